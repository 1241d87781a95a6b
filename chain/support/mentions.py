"""What a sentence names and no cited passage holds: dates, years, places, numbers, names, addresses, quotations.

A sentence and its passages in, the code of the first such reason out, or none. Quantities are not compared here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chain.stated import Stated
from chain.support.passages import CitedPassage, squeezed, united
from chain.understanding import Reading
from vietnamese.folding import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question names, which a sentence may name that says that nothing is given."""

    years: frozenset[int]
    text: str

    @classmethod
    def of(cls, reading: Reading) -> Asked:
        query = reading.query
        years = frozenset((*query.years, *(query.period or ())))
        return cls(years, squeezed(f"{query.question} {query.standalone}"))

    def holds_numeral(self, numeral: str) -> bool:
        return bool(re.search(rf"(?<![\d.,]){re.escape(numeral)}(?![\d.,]\d|\d)", self.text))


def unheld(stated: Stated, passages: Sequence[CitedPassage], asked: Asked | None = None) -> str | None:
    """The reason why a sentence cannot stand: something that it names, and neither passages nor `asked` do."""
    if stated.links:
        return "link"
    return (
        _unheld_time(stated, passages, asked)
        or _unheld_place(stated, passages, asked)
        or _unheld_numeral(stated, passages, asked)
    )


def _unheld_time(stated: Stated, passages: Sequence[CitedPassage], asked: Asked | None) -> str | None:
    if not united(passage.dates for passage in passages).issuperset(stated.dates):
        return "date"
    years = united(passage.years for passage in passages) | (asked.years if asked else frozenset())
    if not years.issuperset(stated.years):
        return "year"
    periods = {(time.first, time.last) for time in stated.times if time.first != time.last}
    if asked is None and periods - united(passage.periods for passage in passages):
        return "year"
    return None


def _unheld_place(stated: Stated, passages: Sequence[CitedPassage], asked: Asked | None) -> str | None:
    places = united(passage.places for passage in passages)
    text = _text(passages, asked)
    if any(place not in places and not (asked and fold(place) in text) for place in stated.places):
        return "place"
    return None


def _unheld_numeral(stated: Stated, passages: Sequence[CitedPassage], asked: Asked | None) -> str | None:
    """Also of names: all that is looked up in the text itself."""
    text = _text(passages, asked)
    if not all(_holds_number(text, number) for number in stated.numbers):
        return "number"
    numerals = united(passage.numerals for passage in passages)
    lacking = [numeral for numeral in stated.numerals if numeral not in numerals]
    if any(asked is None or not asked.holds_numeral(numeral) for numeral in lacking):
        return "numeral"
    if not all(_holds_words(text, words) for words in stated.fractions):
        return "numeral"
    if not all(_holds_words(text, words) for words in stated.names):
        return "name"
    return None


def is_misquoted(stated: Stated, passages: Sequence[CitedPassage]) -> bool:
    """Whether a part of a quotation, between marks of omission, stands in no passage."""
    for quotation in stated.quotations:
        form = squeezed(quotation).strip(" .,;:…")
        parts = [part.strip(" .,;:") for part in re.split(r"…|\.\.\.|\[|\]", form) if part.strip(" .,;:")]
        if not all(any(part in passage.folded for passage in passages) for part in parts):
            return True
    return False


def _text(passages: Sequence[CitedPassage], asked: Asked | None) -> str:
    return " ".join(passage.folded for passage in passages) + (asked.text if asked else "")


def _holds_number(text: str, number: str) -> bool:
    form = re.escape(squeezed(number))
    return bool(re.search(rf"(?<![\w/.,-]){form}(?!\w|[.,]\d|%| %| ty| trieu)", text))


def _holds_words(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(squeezed(words))}(?!\w)", text))
