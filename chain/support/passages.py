"""A passage that a model may cite, with all that a sentence may rest on: words, years, dates, numerals, places.

An evidence item in; sets out, each read once, when it is first asked for. Nothing is compared here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from chain.evidence import EvidenceItem
from chain.knowledge import tokens_of
from chain.stated import numerals_of
from chain.written_numbers import with_numerals
from domain.figures import Comparator, Figure, Quantity
from vietnamese.abbreviations import expand
from vietnamese.folding import fold
from vietnamese.places import find_places
from vietnamese.quantities import find_quantities
from vietnamese.sentences import sentence_spans
from vietnamese.times import find_times

T = TypeVar("T")
BareQuantity = tuple[Decimal | None, str, Comparator, Decimal | None]


class CitedPassage:
    """An evidence item with what its text holds."""

    def __init__(self, item: EvidenceItem) -> None:
        self.item = item
        self.text = item.text
        self.folded = squeezed(item.text)

    def clause_of(self, figure: Figure) -> str:
        return self.item.body[slice(*figure.clause)]

    @cached_property
    def spelled(self) -> frozenset[str]:
        return frozenset(spelled(self.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(itertools.pairwise(spelled(self.text)))

    @cached_property
    def figure_words(self) -> dict[str, tuple[str, ...]]:
        return {figure.figure_id: tokens_of(figure.indicator) for figure in self.item.figures}

    @cached_property
    def years(self) -> frozenset[int]:
        years = {year for time in find_times(self.text) for year in (time.first, time.last)}
        years |= {figure.year for figure in self.item.figures if figure.year}
        years |= {year for figure in self.item.figures for year in figure.period or ()}
        return frozenset(years | {day.year for day in self.dates})

    @cached_property
    def dates(self) -> frozenset[date]:
        source = self.item.source
        issued = [source.issued_on, source.about.issued_on if source.about else None]
        found = [time.day for time in find_times(self.text)]
        return frozenset(day for day in (*issued, *found) if day is not None)

    @cached_property
    def periods(self) -> frozenset[tuple[int, int]]:
        said = {(time.first, time.last) for time in find_times(self.text) if time.first != time.last}
        return frozenset(said | {figure.period for figure in self.item.figures if figure.period})

    @cached_property
    def numerals(self) -> frozenset[str]:
        return frozenset(numerals_of(self.text, find_times(self.text)))

    @cached_property
    def places(self) -> frozenset[str]:
        named = {place for place, _ in find_places(self.text)}
        return frozenset(named | ({self.item.source.place} if self.item.source.place else set()))

    @cached_property
    def quantities(self) -> tuple[tuple[BareQuantity, frozenset[str]], ...]:
        """All quantities of the text, whether the register holds them or not, with the words of their sentences."""
        found = []
        for start, end in sentence_spans(self.item.body):
            sentence = with_numerals(self.item.body[start:end])
            words = frozenset(tokens_of(sentence))
            for match in find_quantities(sentence):
                found.append((bare(match.quantity, match.quantity.comparator), words))
        return tuple(found)


def bare(quantity: Quantity, comparator: Comparator) -> BareQuantity:
    """What two mentions of one quantity have in common, however it is written."""
    return quantity.amount, quantity.base_unit, comparator, quantity.value_max


def united(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset(itertools.chain.from_iterable(sets))


def squeezed(text: str) -> str:
    """Folded, white space made one space, none around the marks of numbers."""
    text = re.sub(r"[*_|\"“”]", "", fold(text))
    return re.sub(r"\s*([/–-])\s*", r"\1", re.sub(r"\s+", " ", text)).replace("–", "-")


def spelled(text: str) -> list[str]:
    """The syllables with their diacritics, in lower case, abbreviations written out."""
    return re.findall(r"[^\W_]+", expand(text).lower())
