"""Rows of a table that a question sets side by side or adds up, each named in the question's own words.

Text and row names in, the names that are meant out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from chain.cues import find_cues, pattern, without
from chain.knowledge import tokens_of, words_of
from chain.understanding import Reading
from vietnamese.folding import fold

_MEANT = 0.7  # of what one side tells that a row's name must hold
_CLEARLY = 0.15  # by which that must exceed what any other row's name holds
_TELLING, _FEWEST_TOLD = 0.5, 2  # the weight of a word that tells something; such words on a side
_NO_PART_OF_A_NAME = ("table.rows", "table.added", "table.sum", "unit.money", "unit.capital", "comparison.cues")
_GOES_ON = pattern("sides.goes_on")  # behind the last name of several


def rows_on_sides(reading: Reading, labels: Sequence[str], links: str) -> list[str]:
    """The two rows that the words before and behind a link ("hơn", "với", "lẫn") mean; [] where they mean no two."""
    text = reading.query.terms
    for start, end in find_cues(links, text):
        meant = [_meant_by(part, labels, reading) for part in (text[:start], text[end:])]
        found = [label for label in meant if label]
        if len(set(found)) == len(meant):
            return found
    return []


def _meant_by(part: str, labels: Sequence[str], reading: Reading) -> str | None:
    """The row that a side means: by all of its words, else by those up to where the sentence goes on."""
    for words in _readings_of(part):
        if found := _row_meant(_told(words, reading), labels, reading):
            return found
    return None


def _readings_of(part: str) -> Iterator[str]:
    yield part
    if goes_on := _GOES_ON.search(fold(part)):
        yield part[: goes_on.start()]


def _told(part: str, reading: Reading) -> dict[str, float]:
    """The words of one side that tell which row it is, with their weights."""
    spans = [span for path in _NO_PART_OF_A_NAME for span in find_cues(path, part)]
    words = tokens_of(without(part, spans))
    return {word: reading.weights[word] for word in words if reading.weights.get(word, 0.0) > _TELLING}


def _row_meant(side: dict[str, float], labels: Sequence[str], reading: Reading) -> str | None:
    """The one row whose name holds most of what a side tells; null where none holds enough of it."""
    if len(side) < _FEWEST_TOLD:
        return None
    shares = []
    for label in labels:
        own = words_of(label)
        held = math.fsum(
            weight for word, weight in side.items() if word in own.singles and reading.is_form(word, own)
        )
        shares.append((held / math.fsum(side.values()), label))
    shares.sort(key=lambda item: -item[0])
    clear = len(shares) < 2 or shares[0][0] - shares[1][0] >= _CLEARLY
    return shares[0][1] if shares and shares[0][0] >= _MEANT and clear else None
