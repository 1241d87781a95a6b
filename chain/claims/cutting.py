"""A text cut into claims that can be looked up: figures, persons, dates and document numbers.

Text in, `Assertion`s out, each with what it leaves to its neighbours filled in: place, year, indicator,
document. Nothing is compared with the plans here. Wording that this rests on: vietnamese/tables/claims.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chain.claims.assertions import Assertion, FigureClaim
from chain.claims.documents import document_claims
from chain.claims.figures import figure_claims
from chain.claims.sentences import Carried, Sentence, read
from chain.claims.times import state_times
from vietnamese.sentences import sentence_spans

_OPENING_CHARACTERS = 60  # how far into a sentence a time still opens it and carries on to the next


@dataclass(frozen=True, slots=True)
class CutText:
    """The claims of a text, sentence by sentence, and how many sentences have none."""

    assertions: tuple[Assertion, ...]
    unchecked: int


def cut(text: str, today: date) -> CutText:
    """The claims of `text` (any Unicode form; spans count the characters of its NFC form)."""
    normal = unicodedata.normalize("NFC", text)
    carried = Carried()
    found: list[Assertion] = []
    unchecked = 0
    for span in sentence_spans(normal):
        claims = list(_sentence_claims(normal, span, carried, today))
        found += claims
        unchecked += not claims and bool(re.search(r"\w", normal[slice(*span)]))
    return CutText(tuple(found), unchecked)


def _sentence_claims(text: str, span: tuple[int, int], carried: Carried, today: date) -> Iterator[Assertion]:
    sentence = read(text, span, today)
    figures = list(figure_claims(sentence, carried))
    others = list(document_claims(sentence, carried, bool(figures)))
    _carry(sentence, carried, figures)
    yield from sorted([*figures, *others], key=lambda found: found.claim.span)


def _carry(sentence: Sentence, carried: Carried, figures: Sequence[FigureClaim]) -> None:
    """Lend this sentence's opening time, its place, its document and its last indicator to the next."""
    said = [time for time in state_times(sentence) if time.span[0] <= _OPENING_CHARACTERS or not figures]
    if said:
        carried.time = said[0] if len({(time.first, time.last) for time in said}) == 1 else None
    named = dict.fromkeys(place for place, _ in sentence.places)
    if len(named) == 1:
        carried.place = next(iter(named))
    if sentence.numbers:
        carried.numbers = (sentence.numbers[0][0],)
    if figures:
        carried.indicator, carried.base = figures[-1].indicator, figures[-1].base
