"""A claimed quantity beside one of the plans: the same, rounded, with another comparator, or what is wrong.

A claim and a figure in, a `Comparison` out. A rounded value must say that it is round. Scopes are not compared
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chain.claims.assertions import FigureClaim
from chain.claims.cues import words_at
from chain.knowledge import tokens_of
from chain.units import is_measure, is_short_for
from domain.figures import Comparator, Figure, Quantity, Role
from ingest.scopes import is_money
from vietnamese.folding import fold, syllables
from vietnamese.patterns import whole_words
from vietnamese.tables import table

_MOST_ROUNDED = Decimal("0.025")  # share of a value by which a rounded one may be off
_UP, _DOWN = {Comparator.GREATER, Comparator.AT_LEAST}, {Comparator.LESS, Comparator.AT_MOST}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a claimed quantity stands to the plan's: the same, rounded, with another comparator, or what is wrong."""

    wrong: str | None = None  # value, unit or comparator
    rounded: bool = False
    other_word: bool = False


def compared(claim: FigureClaim, figure: Figure, siblings: Iterable[Figure] = ()) -> Comparison:
    """The claim's quantity beside the figure's. `siblings`: the same indicator elsewhere, which a round value
    must not be taken from ("27%" of another period is not 27,3% rounded)."""
    ours, theirs = claim.quantity, figure.quantity
    if theirs.value is None or ours.value is None:
        return Comparison("value")
    if not _same_unit(claim, figure):
        return Comparison("unit" if _same_numeral(ours, theirs) else "value")
    if ours.amount == theirs.amount and ours.value_max == theirs.value_max:
        return _directions(claim, figure)
    if _is_rounded(claim, theirs) and not any(
        other.quantity.amount == ours.amount and other.quantity.base_unit == theirs.base_unit
        for other in siblings
    ):
        return Comparison(rounded=True)
    return Comparison("unit" if _same_numeral(ours, theirs) else "value")


def _directions(claim: FigureClaim, figure: Figure) -> Comparison:
    ours, theirs = claim.comparator, figure.quantity.comparator
    if ours is theirs:
        return Comparison()
    if ours in _DOWN or (ours in _UP and theirs in _DOWN):  # below what is stated is another statement
        return Comparison("comparator")
    reached = figure.role is Role.RESULT or figure.quantity.amount == 100
    if ours is Comparator.GREATER and theirs is Comparator.EQUAL and reached:
        return Comparison("comparator")
    return Comparison(other_word=True)


def _same_numeral(ours: Quantity, theirs: Quantity) -> bool:
    return ours.value == theirs.value


def _same_unit(claim: FigureClaim, figure: Figure) -> bool:
    left, right = claim.quantity.base_unit, figure.quantity.base_unit
    if left == right:
        return True
    if is_measure(left) or is_measure(right):
        return {left, right} == {"%", "%/năm"} and bool(_yearly().search(fold(claim.sentence)))
    first, second = syllables(left), syllables(right)
    told = bool(first and second) and set(first) <= set(tokens_of(figure.indicator))
    return told or is_short_for(first, second)


@cache
def _yearly() -> re.Pattern[str]:
    return whole_words(words_at("yearly.words"))


def same_kind(ours: Quantity, theirs: Quantity) -> bool:
    """Whether both are shares, both money, both multiples or both counts."""
    return _kind(ours) == _kind(theirs)


def _kind(quantity: Quantity) -> str:
    if quantity.base_unit.startswith(("%", "‰", "điểm")):
        return "share"
    if is_money(quantity):
        return "money"
    return "factor" if quantity.base_unit == "lần" else "count"


def _is_rounded(claim: FigureClaim, theirs: Quantity) -> bool:
    """Whether the claim says that its value is round, and it is the plan's value rounded so."""
    ours = claim.quantity.amount
    true = theirs.amount
    if ours is None or true is None or not true or ours == true or claim.quantity.value_max is not None:
        return False
    if abs(ours - true) > abs(true) * _MOST_ROUNDED:
        return False
    step = _last_digit(ours)
    says = {side for side, words in _rounding_words().items() if words.search(claim.word)}
    if not (says and step > _last_digit(true)):
        return False
    if "below" in says and ours > true:
        return ours - true <= step
    if "above" in says and ours < true and not theirs.base_unit.startswith("%"):
        return true - ours < step
    return "around" in says and abs(ours - true) * 2 <= step


@cache
def _rounding_words() -> dict[str, re.Pattern[str]]:
    """By the side of the true value on which a rounded one lies: below, above or around."""
    return {side: whole_words(words) for side, words in table("claims")["rounding"].items()}


def _last_digit(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero: 1000 for 53000, 0.5 has 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))
