"""Totals that a document states against the sums of its own tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from chain.knowledge import Knowledge
from domain.documents import Passage
from domain.figures import Figure, Quantity, Role
from ingest.scopes import is_money
from ingest.table_figures import is_total_row
from vietnamese.folding import fold

_CLOSE = Decimal("0.05")  # a sum within this share of the stated total is meant to be the same
_TOTAL_WORDS = (
    "nhu cau von",
    "tong von",
    "tong kinh phi",
    "tong muc",
    "tong nhu cau",
    "kinh phi thuc hien",
    "tong so",
)


def computed_figure(
    rows: Sequence[Figure], value: Decimal, amount: Decimal, unit: str, base: str, indicator: str
) -> Figure:
    """A figure that is worked out from `rows`; it stands nowhere in the text."""
    first = rows[0] if rows else None
    identity = hashlib.sha256(f"{indicator}:{value}:{[row.figure_id for row in rows]}".encode()).hexdigest()[
        :16
    ]
    return Figure(
        figure_id=identity,
        document_id=first.document_id if first else "",
        passage_id=first.passage_id if first else "",
        indicator=indicator,
        quantity=Quantity(value, unit, amount, base),
        role=Role.BUDGET if base == "đồng" else Role.OTHER,
        span=(0, 0),
        clause=(0, 0),
        year=first.year if first else None,
        period=first.period if first else None,
        place=first.place if first else None,
    )


def is_total(figure: Figure) -> bool:
    """Whether the indicator speaks of a total ("Tổng kinh phí", "Nhu cầu vốn đầu tư")."""
    return any(word in fold(figure.indicator) for word in _TOTAL_WORDS)


def stated_against_sum(figure: Figure, knowledge: Knowledge) -> tuple[Figure, tuple[Passage, ...]] | None:
    """The sum of a table of the same document that should be `figure` and is not, with its rows; null if none."""
    if figure.row is not None or not is_money(figure.quantity) or figure.quantity.amount is None:
        return None
    if not is_total(figure):
        return None
    for (document_id, _), rows in knowledge.rows_by_table.items():
        if document_id != figure.document_id:
            continue
        priced = [(row, _money_of(row, knowledge)) for row in rows if not is_total_row(row)]
        parts = [(row, money) for row, money in priced if money is not None]
        if len(parts) < 2:
            continue
        amounts = [money.quantity.amount or Decimal(0) for _, money in parts]
        total, stated = sum(amounts, Decimal(0)), figure.quantity.amount
        if total != stated and abs(total - stated) <= stated * _CLOSE:
            unit = parts[0][1].quantity.unit
            value = sum((money.quantity.value or Decimal(0) for _, money in parts), Decimal(0))
            figures = [money for _, money in parts]
            return computed_figure(
                figures, value, total, unit, figure.quantity.base_unit, figure.indicator
            ), tuple(row for row, _ in parts)
    return None


def _money_of(row: Passage, knowledge: Knowledge) -> Figure | None:
    figures = knowledge.figures_by_passage.get(row.passage_id, ())
    return next((figure for figure in figures if is_money(figure.quantity)), None)
