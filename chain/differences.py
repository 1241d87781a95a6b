"""By how much two figures differ, or how many times one is the other: worked out in exact decimals, and stated."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from chain.cues import has_cue
from chain.drafting import Draft
from chain.sums import computed_figure
from domain.figures import Comparator, Figure, Quantity, Role
from vietnamese.numbers import format_number

_RATIO_DIGITS = Decimal("0.01")


def state_difference(draft: Draft, first: Figure, last: Figure, names: tuple[str, str] = ("", "")) -> None:
    """The difference of two figures, or their ratio where that is asked for; nothing where they have none.

    `names` tell the two apart; without them the difference is stated alone.
    """
    if first.quantity.base_unit != last.quantity.base_unit or None in (
        first.quantity.amount,
        last.quantity.amount,
    ):
        return
    if Comparator.RANGE in (first.quantity.comparator, last.quantity.comparator):
        return
    keys = (draft.cite_figure(first), draft.cite_figure(last))
    if has_cue("comparison.ratio", draft.reading.query.terms):
        _state_ratio(draft, first, last, keys)
        return
    difference = _difference(first, last)
    draft.state_computed(difference, keys)
    quantity = difference.quantity
    assert quantity.value is not None
    shown = f"{format_number(abs(quantity.value))} {quantity.unit}"
    if all(names):
        code = "no_difference" if quantity.value == 0 else "difference"
        draft.line(code, quantity=shown, first=names[0], last=names[1])
    elif quantity.value != 0:
        draft.line("bare_difference", quantity=shown)


def state_sum(draft: Draft, figures: Sequence[Figure]) -> None:
    """What figures of one unit come to together; nothing where they are shares or of several units."""
    units = {figure.quantity.unit for figure in figures}
    values = [figure.quantity.value for figure in figures if figure.quantity.value is not None]
    amounts = [figure.quantity.amount for figure in figures if figure.quantity.amount is not None]
    if any(figure.quantity.comparator is not Comparator.EQUAL for figure in figures):
        return
    if len(units) != 1 or units.pop().startswith("%") or not len(values) == len(amounts) == len(figures):
        return
    first = figures[0].quantity
    keys = tuple(draft.cite_figure(figure) for figure in figures)
    label = draft.wording.text("answer.sum_indicator")
    total = sum(values, Decimal(0))
    computed = computed_figure(figures, total, sum(amounts, Decimal(0)), first.unit, first.base_unit, label)
    draft.state_computed(replace(computed, year=None, period=None), keys)
    draft.line("sum_of_sides", quantity=f"{format_number(total)} {first.unit}")


def _difference(first: Figure, last: Figure) -> Figure:
    value_first, value_last = first.quantity.value or Decimal(0), last.quantity.value or Decimal(0)
    amount_first, amount_last = first.quantity.amount or Decimal(0), last.quantity.amount or Decimal(0)
    unit, base = first.quantity.unit, first.quantity.base_unit
    value = value_last - value_first
    if first.quantity.unit != last.quantity.unit:
        value, unit = amount_last - amount_first, base
        if value_first and amount_first:  # in the unit of the first: "245.000 triệu đồng" from "546 tỷ đồng"
            value, unit = value * value_first / amount_first, first.quantity.unit
    if unit.startswith("%"):
        unit = base = "điểm phần trăm"
    return _computed(first, last, value, amount_last - amount_first, unit, base)


def _state_ratio(draft: Draft, first: Figure, last: Figure, keys: tuple[int, int]) -> None:
    low, high = sorted((first, last), key=lambda figure: figure.quantity.amount or Decimal(0))
    divisor = low.quantity.amount
    if not divisor:
        return
    ratio = (
        ((high.quantity.amount or Decimal(0)) / divisor).quantize(_RATIO_DIGITS, ROUND_HALF_UP).normalize()
    )
    ratio = Decimal(f"{ratio:f}")
    computed = _computed(first, last, ratio, ratio, "lần", "lần")
    draft.state_computed(computed, keys)
    draft.line("ratio", ratio=f"{format_number(ratio)} lần")


def _computed(first: Figure, last: Figure, value: Decimal, amount: Decimal, unit: str, base: str) -> Figure:
    identity = hashlib.sha256(f"compared:{first.figure_id}:{last.figure_id}:{unit}".encode()).hexdigest()[:16]
    return Figure(
        figure_id=identity,
        document_id=last.document_id,
        passage_id=last.passage_id,
        indicator=last.indicator,
        quantity=Quantity(value, unit, amount, base),
        role=Role.OTHER,
        span=(0, 0),
        clause=(0, 0),
        year=last.year,
        relative_to=first.year if first.year != last.year else None,
        place=last.place if first.place == last.place else None,
        level=last.level if first.level == last.level else None,
    )
