"""A quantity that a model wrote beside a figure of the register: in what they differ.

A stated quantity with its scope and a figure in, codes of the differences out, gravest first. Which figure is
meant is decided in chain.support.quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chain.stated import Scope, StatedQuantity
from chain.support.passages import CitedPassage
from chain.units import is_measure, is_short_for
from domain.figures import Figure, Level, Role
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.patterns import alternatives
from vietnamese.tables import table

_GRAVITY = {"value": 8, "unit": 4, "comparator": 2}


def mismatches(
    claim: StatedQuantity,
    scope: Scope,
    figure: Figure,
    passage: CitedPassage,
    sentence: str,
    asked_levels: Sequence[Level],
) -> tuple[str, ...]:
    """In what the figure differs from the claim. `scope` is the claim's with what is left to be understood."""
    wrong = []
    if not same_quantity(claim, figure, yearly=_says_yearly(sentence)):
        wrong.append("unit" if claim.quantity.value == figure.quantity.value else "value")
    if claim.comparator != figure.quantity.comparator:
        wrong.append("comparator")
    if not _same_time(scope, figure, passage):
        wrong.append("year")
    if scope.place and scope.place != figure.place:
        wrong.append("place")
    if not _same_level(scope, figure, passage, asked_levels):
        wrong.append("level")
    if claim.achieved and figure.role is Role.TARGET and not _says_achieved(figure, passage):
        wrong.append("role")
    return tuple(wrong)


def gravity(wrong: Sequence[str]) -> int:
    return sum(_GRAVITY.get(reason, 1) for reason in wrong)


def same_quantity(claim: StatedQuantity, figure: Figure, yearly: bool = False) -> bool:
    ours, theirs = claim.quantity, figure.quantity
    if ours.amount != theirs.amount or ours.value_max != theirs.value_max:
        return False
    return _same_unit(ours.base_unit, theirs.base_unit, yearly)


def _same_unit(ours: str, theirs: str, yearly: bool) -> bool:
    if ours == theirs:
        return True
    if is_measure(ours) or is_measure(theirs):
        return yearly and ours == "%" and theirs == "%/năm"
    return is_short_for(fold(ours).split(), fold(theirs).split())


def _says_yearly(text: str) -> bool:
    return bool(_yearly().search(fold(text)))


@cache
def _yearly() -> re.Pattern[str]:
    words, stems = (alternatives(table("generated")["yearly"][key]) for key in ("words", "stems"))
    return re.compile(rf"(?<!\w)(?:{words}|(?:{stems})\w*)(?!\w)")


def _same_time(scope: Scope, figure: Figure, passage: CitedPassage) -> bool:
    relative_to = scope.relative_to
    if relative_to not in (None, figure.relative_to) and str(relative_to) not in passage.clause_of(figure):
        return False
    if scope.period is not None:
        if figure.period is not None:
            return figure.period == scope.period
        return scope.period in passage.periods and figure.year in (None, scope.period[1])
    if scope.year is None:
        return True
    if figure.last_year is not None:
        return figure.last_year == scope.year
    return scope.year in passage.years


def same_service_level(claim: StatedQuantity, figure: Figure) -> bool:
    """ "mức độ 3" and "mức độ 4" are different things."""

    def degrees(text: str) -> frozenset[str]:
        found = re.findall(r"(?:muc(?:\s+do)?|level)\s+(\d(?:\s*(?:,|va|and|-)\s*\d)*)", fold(text))
        return frozenset(digit for part in found for digit in re.findall(r"\d", part))

    ours, theirs = degrees(claim.text), degrees(figure.indicator)
    return not ours or not theirs or ours == theirs


def _says_achieved(figure: Figure, passage: CitedPassage) -> bool:
    clause = fold(passage.item.body[slice(*figure.clause)])
    return bool(re.search(r"(?<!\w)da(?!\w)", clause)) or figure.year is None


def _same_level(scope: Scope, figure: Figure, passage: CitedPassage, asked_levels: Sequence[Level]) -> bool:
    if scope.level is None:
        return figure.level is None or (len(asked_levels) == 1 and figure.level == asked_levels[0])
    if figure.level is not None:
        return figure.level == scope.level
    around = f"{figure.indicator} . {passage.clause_of(figure)}"
    return scope.level in {level for level, _ in find_levels(around, short=True)}
