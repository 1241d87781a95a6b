"""Figures of table rows: which column names the row, which hold quantities, what unit and year they have.

Works on one row at a time, from its column heads and its passage's heading path; sums are not made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from domain.documents import Passage
from domain.figures import Quantity
from vietnamese.folding import fold
from vietnamese.numbers import NUMBER, parse_number
from vietnamese.patterns import alternatives
from vietnamese.quantities import find_quantities
from vietnamese.tables import table
from vietnamese.times import find_times

_ONLY_NUMBER = re.compile(rf"\s*[-+]?({NUMBER})\s*")
_ROMAN = re.compile(r"[ivxlc]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A quantity of a row: which column, its head, and where the quantity stands in the passage's text."""

    column: int
    head: str
    quantity: Quantity
    span: tuple[int, int]


@cache
def _heads(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(table('statements')['tables'][section])})(?!\w)")


def _head_is(section: str, head: str) -> bool:
    return bool(_heads(section).search(fold(head)))


def label_column(passage: Passage) -> int | None:
    """The column that names the row: by its head, else the first with words in it."""
    named = [
        index
        for index, head in enumerate(passage.columns)
        if _head_is("label", head)
        and not _is_ordinal(head)
        and not _head_is("funds", head)
        and index < len(passage.cells)
        and re.search(r"[^\W\d_]{2}", passage.cells[index])
    ]
    if named:
        return named[0]
    worded = [index for index, cell in enumerate(passage.cells) if re.search(r"[^\W\d_]{2}.*\s", cell)]
    return worded[0] if worded else None


def _is_ordinal(head: str) -> bool:
    return fold(head).strip(" .") in {fold(word) for word in table("statements")["tables"]["ordinal"]}


def row_label(passage: Passage) -> str | None:
    """The row's name ("Kết nối mạng diện rộng của tỉnh"); null where no cell names it."""
    column = label_column(passage)
    return passage.cells[column] if column is not None else None


def is_total_row(passage: Passage) -> bool:
    """Whether the row sums the others up ("Tổng cộng")."""
    words = alternatives(table("statements")["tables"]["total"])
    return any(
        re.match(rf"(?:{words})(?!\w)", fold(cell).strip())
        for cell in passage.cells
        if re.search(r"[^\W\d_]", cell)
    )


def column_role(passage: Passage, section: str) -> int | None:
    """The first column whose head is of that kind ("funds", "time", "agency"); null where none is."""
    return next((index for index, head in enumerate(passage.columns) if _head_is(section, head)), None)


def attributes(passage: Passage) -> tuple[tuple[str, str], ...]:
    """The row's cells by column head, without its number and empty cells."""
    return tuple(
        (head, cell)
        for head, cell in zip(passage.columns, passage.cells, strict=False)
        if cell and head and not _is_ordinal(head)
    )


def _cell_spans(passage: Passage) -> list[tuple[int, int]]:
    """Where each cell stands in the passage's text."""
    spans, position = [], 0
    for cell in passage.cells:
        start = passage.text.find(cell, position) if cell else position
        start = position if start < 0 else start
        spans.append((start, start + len(cell)))
        position = start + len(cell)
    return spans


def _head_unit(head: str, unit_cell: str) -> str:
    """The unit that a head gives in brackets ("(tỷ đồng)", "ĐVT: %"), else the row's unit cell."""
    bracket = re.search(r"\(([^()]*)\)\s*$", head) or re.search(
        r"(?:đvt|đơn vị(?: tính)?)\s*:\s*(.+)$", head, re.I
    )
    inside = bracket[1] if bracket else ""
    inside = re.sub(r"(?i)^\s*(?:đvt|đơn vị(?: tính)?)\s*:\s*", "", inside)
    if inside and find_quantities(f"1 {inside}"):
        return inside
    return unit_cell


def _quantity_with_unit(value: Decimal, numeral: str, unit: str) -> Quantity:
    found = find_quantities(f"{numeral} {unit}") if unit else ()
    if found and found[0].number == (0, len(numeral)):
        return found[0].quantity
    return Quantity(value=value, unit=unit, amount=value, base_unit=unit)


def cells_with_quantities(passage: Passage) -> tuple[Cell, ...]:
    """The quantities of a row's cells, with the units of their heads. Ordinals and years are left out."""
    unit_column = column_role(passage, "unit")
    unit_column = (
        unit_column if unit_column is not None and not _is_ordinal(passage.columns[unit_column]) else None
    )
    unit_cell = passage.cells[unit_column] if unit_column is not None else ""
    label = label_column(passage)
    found = []
    for index, (head, cell, span) in enumerate(
        zip(passage.columns, passage.cells, _cell_spans(passage), strict=False)
    ):
        if not cell or index in (label, unit_column) or _is_ordinal(head):
            continue
        number = _ONLY_NUMBER.fullmatch(cell)
        if number and not _is_year(number[1]):
            unit = _head_unit(head, unit_cell)
            if not unit and (index == 0 or not head):
                continue
            quantity = _quantity_with_unit(parse_number(number[1]), number[1], unit)
            start = span[0] + number.start(1)
            found.append(Cell(index, head, quantity, (start, start + len(number[1]))))
        elif not number:
            found += _worded_quantities(index, head, cell, span)
    return tuple(found)


def _worded_quantities(index: int, head: str, cell: str, span: tuple[int, int]) -> list[Cell]:
    """A cell that states quantities with their own units ("trên 90%", "45 tỷ đồng")."""
    return [
        Cell(index, head, match.quantity, (span[0] + match.span[0], span[0] + match.span[1]))
        for match in find_quantities(cell)
        if len(cell) <= 60
    ]


def _is_year(numeral: str) -> bool:
    return bool(find_times(numeral))
