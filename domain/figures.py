"""Quantities and figures: what a number in a plan says, as a typed record.

A `Quantity` is a number with its comparator and unit; a `Figure` says of what, when, where, at which level
and in which role it holds, and where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    EQUAL = "="
    GREATER = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    ABOUT = "~"
    RANGE = "range"


class Role(StrEnum):
    TARGET = "target"
    RESULT = "result"
    BUDGET = "budget"
    OTHER = "other"


class Level(StrEnum):
    """Administrative level, by its Vietnamese name as the interface gives it."""

    PROVINCE = "tỉnh"
    DISTRICT = "huyện"
    COMMUNE = "xã"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` as written; `amount` the same in `base_unit` ("53000000000000" "đồng").

    `value_max` only for a range. A calendar date has `value` null and `date`.
    """

    value: Decimal | None
    unit: str
    amount: Decimal | None
    base_unit: str
    comparator: Comparator = Comparator.EQUAL
    value_max: Decimal | None = None
    date: date | None = None

    def same_amount(self, other: Quantity) -> bool:
        """Whether both name the same quantity, whatever the unit it is written in ("53 nghìn tỷ")."""
        return (self.amount, self.base_unit, self.date) == (other.amount, other.base_unit, other.date) and (
            self.value_max is None
        ) == (other.value_max is None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one passage.

    `span` is the quantity's characters in the passage's text, `clause` those of the sentence that states
    it; both are half-open. `quantity_at` is where in `indicator` the text puts the quantity ("kinh tế số
    chiếm" | "GDP của tỉnh"). `year` is the deadline or the year of the state, `period` a span of years with
    `year` null, `relative_to` the year compared with. `row` names the table row's label ("Kết nối mạng
    diện rộng của tỉnh") and `attributes` its other cells by column, where the figure is a table cell.
    """

    figure_id: str
    document_id: str
    passage_id: str
    indicator: str
    quantity: Quantity
    role: Role
    span: tuple[int, int]
    clause: tuple[int, int]
    year: int | None = None
    period: tuple[int, int] | None = None
    relative_to: int | None = None
    place: str | None = None
    level: Level | None = None
    row: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    quantity_at: int | None = None

    @property
    def last_year(self) -> int | None:
        """The year that it is of, or the last one of its period; null where it has no time."""
        return self.year if self.year is not None else self.period[1] if self.period else None
