"""A sentence of a text, read so that claims can be found in it, and what it lends to the next one.

The text and the span of a sentence in, a `Sentence` out: number words as numerals, marks and document numbers
blanked, its times and places found. `Carried` holds what a sentence leaves to its neighbours.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date

from chain.claims.cues import one_of, spans_of
from chain.claims.document_numbers import find_numbers
from chain.cues import without
from chain.written_numbers import with_comparators, with_numerals
from domain.claims import Claim
from vietnamese.places import find_places
from vietnamese.times import TimeMatch, find_times


@dataclass(slots=True)
class Carried:
    """What the sentences before lend to the next one."""

    time: TimeMatch | None = None
    place: str | None = None
    indicator: str = ""
    base: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is read: number words as numerals, marks and document numbers blanked.

    `offset` is where it begins in the text; `original` is the text of the file, `back` maps its positions.
    """

    original: str
    form: str
    offset: int
    numbers: tuple[tuple[str, tuple[int, int]], ...]
    times: tuple[TimeMatch, ...]
    places: tuple[tuple[str, tuple[int, int]], ...]

    def claim(self, start: int, end: int) -> Claim:
        """The part of the original that `form[start:end]` stands for, with what opens and closes it."""
        begin, stop = _back(self.original, self.form, start), _back(self.original, self.form, end)
        piece = self.original[begin:stop]
        begin += len(piece) - len(piece.lstrip(" ,;:"))
        stop -= len(piece) - len(piece.rstrip(" ,;:"))
        return Claim(self.original[begin:stop], (self.offset + begin, self.offset + stop))

    def whole(self) -> Claim:
        return self.claim(0, len(self.form))


def _back(original: str, form: str, position: int) -> int:
    """The position in `original` of one in `form`; they differ only where a number word was written as numeral."""
    if len(original) == len(form):
        return position
    if position >= len(form):
        return len(original)
    matcher = difflib.SequenceMatcher(None, form, original, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 <= position < i2:
            return min(j1 + position - i1, j2)
    return len(original)


def read(text: str, span: tuple[int, int], today: date) -> Sentence:
    original = text[slice(*span)]
    bare = re.sub(r"[*_`#]", " ", original)
    numbers = find_numbers(bare)
    form = with_numerals(with_comparators(without(bare, [where for _, where in numbers])))
    return Sentence(original, form, span[0], tuple(numbers), find_times(form, today), find_places(form))


def numbers_meant(sentence: Sentence, carried: Carried) -> tuple[str, ...]:
    """The document numbers of a sentence, else the one that its "Quyết định này" stands for."""
    if sentence.numbers:
        return tuple(number for number, _ in sentence.numbers)
    documents = (sentence.form[slice(*span)] for span in spans_of("anaphors.documents", sentence.form))
    pointing = re.compile(rf"(?:{one_of('anaphors.pointing', accented=True)})$")
    return carried.numbers if any(pointing.search(document) for document in documents) else ()
