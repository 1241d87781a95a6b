"""Figures of table rows: which column names the row, which hold quantities, what unit and year they have.

Works on one row at a time, from its column heads and its passage's heading path; sums are not made here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from domain.documents import Passage
from domain.figures import Quantity
from vietnamese.folding import fold, syllables
from vietnamese.numbers import NUMBER, parse_number
from vietnamese.patterns import alternatives
from vietnamese.quantities import counted_noun, find_quantities, is_known_unit, quantity_in
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch, find_times

_ONLY_NUMBER = re.compile(rf"\s*[-+]?({NUMBER})\s*")
_LONGEST_WORDED = 60  # characters; a longer cell is text that mentions numbers


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
    if worded:
        return worded[0]
    first = passage.cells[0] if passage.cells else ""
    names_row = len(first) <= 20 and (find_times(first) or re.search(r"[^\W\d_]{3}", first))
    return 0 if names_row else None


def _is_ordinal(head: str) -> bool:
    return fold(head).strip(" .") in {fold(word) for word in table("statements")["tables"]["ordinal"]}


def row_label(passage: Passage) -> str | None:
    """The row's name ("Kết nối mạng diện rộng của tỉnh"); null where no cell names it."""
    column = label_column(passage)
    return passage.cells[column] if column is not None else None


def is_total_row(passage: Passage) -> bool:
    """Whether the row sums the others up ("Tổng cộng", "TỔNG CỘNG (A+B)"); not "Tổng số hộ nghèo"."""
    words = alternatives(table("statements")["tables"]["total"])
    first = next((cell for cell in passage.cells if re.search(r"[^\W\d_]{2}", cell)), "")
    marks = r"(?:\s*[(\[]?\s*(?:[ivxa-z]|\d{1,2})(?:\s*[-+,;=]\s*(?:[ivx]+|[a-z]|\d{1,2}))*\s*[)\]]?)?"
    return bool(re.fullmatch(rf"(?:[ivx]+\.\s*)?(?:{words}){marks}[\s:.*]*", fold(first).strip()))


def is_total_name(label: str) -> bool:
    """Whether a row of this name sums the others up."""
    words = alternatives(table("statements")["tables"]["total"])
    return bool(re.fullmatch(rf"(?:{words})[\s:.*]*", fold(label).strip()))


def is_bare_rate(head: str) -> bool:
    """Whether a column is called a rate and nothing else."""
    return " ".join(syllables(head)) in {" ".join(syllables(name)) for name in table("statements")["tables"]["rate"]}


def is_total_head(head: str) -> bool:
    """Whether a column sums the others up ("Tổng cộng (triệu đồng)", "Kinh phí Cộng")."""
    words = alternatives(table("statements")["tables"]["total"])
    below = "|".join(map(re.escape, table("statements")["tables"]["total_below"]))
    bare = without_unit(head).strip()
    return bool(re.match(rf"(?:{words})(?!\w)", fold(bare)) or re.search(rf"\s(?:{below})$", bare))


def unit_column(passage: Passage) -> int | None:
    """The column that gives each row's unit ("ĐVT"), never "Đơn vị chủ trì" or one of names; null where none does."""
    names = {fold(word) for word in table("statements")["tables"]["unit"]}
    return next(
        (
            index
            for index, (head, cell) in enumerate(zip(passage.columns, passage.cells, strict=False))
            if fold(head).strip(" .:") in names and _may_be_unit(cell)
        ),
        None,
    )


def _may_be_unit(cell: str) -> bool:
    """Whether a cell may give a unit ("Lượt khách", "%"); "Huyện Cao Lộc" and "Tổng cộng" name a row."""
    named = any(word.istitle() for word in cell.split()[1:]) and not is_known_unit(cell)
    return not named and not _TOTAL_CELL.match(fold(cell))


_TOTAL_CELL = re.compile(r"(?:tong|cong)(?!\w)")


def column_role(passage: Passage, section: str) -> int | None:
    """The first column whose head is of that kind ("funds", "time", "agency"); null where none is."""
    return next(
        (
            index
            for index, head in enumerate(passage.columns)
            if _head_is(section, head) and not (section == "funds" and _is_amount(passage, index))
        ),
        None,
    )


def _is_amount(passage: Passage, index: int) -> bool:
    """Whether a cell is a number: a column of amounts by source of funds says where no row's money comes from."""
    return index < len(passage.cells) and bool(_ONLY_NUMBER.fullmatch(passage.cells[index]))


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


def column_at(passage: Passage, span: tuple[int, int]) -> int:
    """The column of the cell that `span` of the row's text stands in; -1 for none."""
    spans = enumerate(_cell_spans(passage))
    return next((index for index, (start, end) in spans if start <= span[0] < end), -1)


def head_at(passage: Passage, span: tuple[int, int]) -> str | None:
    """The head of the column that `span` of the row's text stands in; null where it has none."""
    column = column_at(passage, span)
    return passage.columns[column] if 0 <= column < len(passage.columns) else None


_UNIT_IS = re.compile(r"(?:đvt|đơn\s+vị(?:\s+(?:tính|vốn|tiền|kinh\s+phí))?)\s*:?\s*([^)\n;.:]+)", re.I)
_LAST_BRACKET = re.compile(r"\(([^()]*)\)\s*:?\s*$")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")


def named_unit(text: str, *, bracket: bool = True) -> str:
    """The unit that a head, a label or a caption gives: "(tỷ đồng)", "ĐVT: %"; empty where it gives none."""
    found = _UNIT_IS.search(text) or (_LAST_BRACKET.search(text) if bracket else None)
    inside = re.sub(r"(?i)^\s*(?:tính\s+theo|theo)\s+", "", found[1].strip()) if found else ""
    if re.fullmatch(r"[IVX]+|[A-H]|.*[+=].*", inside):
        return ""  # "(A+B)": rows that a total sums up
    named = bool(_UNIT_IS.search(text)) and quantity_in("1", inside) is not None
    return inside if inside and len(inside.split()) <= 4 and (named or is_known_unit(inside)) else ""


def without_unit(head: str) -> str:
    """A column's head without the bracket that gives its unit, wherever that stands."""
    return _BRACKET.sub(lambda bracket: "" if is_known_unit(bracket[1].strip()) else bracket[0], head).strip()


def _unit_of_head(head: str) -> str:
    """The unit of a column: "Kinh phí (triệu đồng) Năm 2025" has it in the head that spans its neighbours too."""
    inner = (bracket[1].strip() for bracket in _BRACKET.finditer(head))
    return (
        named_unit(head)
        or next((unit for unit in inner if is_known_unit(unit)), "")
        or _counted(head, said=True)
    )


def _counted(head: str, *, said: bool) -> str:
    """What a column counts: "Hồ sơ TTHC Tiếp nhận"; where it is `said` to count, "Số Tổ công nghệ số cộng đồng"."""
    number = _NUMBER_OF.match(fold(head))
    if _head_is("measured", head) or (said and not number):
        return ""
    noun = counted_noun(head[number.end() if number else 0 :].lower()) or ""
    return "" if noun in table("statements")["money_words"] else noun


_NUMBER_OF = re.compile(r"(?:tong\s+)?so(?:\s+luong)?\s+(?=[a-z])|(?=diem(?!\w))")


def _money_of(caption: str) -> str:
    """The unit of the sums in a line that leads to a table: "Kinh phí là 186.400 triệu đồng, chia theo năm:"."""
    if not caption.rstrip().endswith(":"):
        return ""
    units = {match.quantity.unit for match in find_quantities(caption)}
    return units.pop() if len(units) == 1 and all("đồng" in unit for unit in units) else ""


def _unit(head: str, label: str, unit_cell: str, context: Sequence[str]) -> str:
    """The unit of a cell: of its column's head, its row, its unit cell, else of what stands above the table."""
    above = (unit for text in context if (unit := named_unit(text) or _money_of(text)))
    unit = _unit_of_head(head) or unit_cell or named_unit(label) or next(above, "")
    unit = unit or _counted(head, said=False)
    return unit[:1].lower() + unit[1:] if unit[1:2].islower() or unit[1:2] == " " else unit


def _quantity_with_unit(value: Decimal, numeral: str, unit: str) -> Quantity:
    read = quantity_in(numeral, unit) if unit else None
    if read is None:
        return Quantity(value=value, unit=unit, amount=value, base_unit=unit)
    if value < 0 and read.amount is not None:
        return replace(read, value=value, amount=-read.amount)
    return read


def cells_with_quantities(passage: Passage, context: Sequence[str] = ()) -> tuple[Cell, ...]:
    """The quantities of a row's cells. `context`: lines above the table that may give its unit, nearest first.

    Ordinals, years, and the columns that name the row, its unit and its time are left out.
    """
    units, label = unit_column(passage), label_column(passage)
    unit_cell = passage.cells[units] if units is not None else ""
    name = passage.cells[label] if label is not None else ""
    found: list[Cell] = []
    for index, (head, cell, span) in enumerate(
        zip(passage.columns, passage.cells, _cell_spans(passage), strict=False)
    ):
        if not cell or index in (label, units) or _is_ordinal(head) or _head_is("time", head):
            continue
        unit = _unit(head, name, unit_cell, context)
        if number := _ONLY_NUMBER.fullmatch(cell):
            if _is_year(number[1]) or (not unit and (index == 0 or not head)):
                continue
            sign = -1 if cell.strip().startswith("-") else 1
            quantity = _quantity_with_unit(sign * parse_number(number[1]), number[1], unit)
            start = span[0] + number.start(1)
            found.append(Cell(index, head, quantity, (start, start + len(number[1]))))
        else:
            found += _worded_quantities(index, head, cell, span, unit)
    return tuple(found)


_COMPARED = re.compile(
    rf"[^\d\n]{{0,20}}(?:{NUMBER})(?:\s*(?:-|–|đến)\s*(?:{NUMBER}))?(?:\s+trở\s+(?:lên|xuống))?\s*"
)


def _worded_quantities(index: int, head: str, cell: str, span: tuple[int, int], unit: str) -> list[Cell]:
    """A cell that states quantities in words ("trên 90%", "≥ 98", "45 tỷ đồng")."""
    if len(cell) > _LONGEST_WORDED:
        return []
    matches = find_quantities(cell)
    if not matches and unit and _COMPARED.fullmatch(cell):
        behind = re.search(r"\s+trở\s+(?:lên|xuống)\s*$", cell)
        body, tail = (cell[: behind.start()], behind.group()) if behind else (cell, "")
        matches = find_quantities(f"{body.rstrip()} {unit}{tail}")
    return [
        Cell(index, head, match.quantity, (span[0] + match.span[0], min(span[0] + match.span[1], span[1])))
        for match in matches
    ]


def deadlines(passage: Passage) -> tuple[tuple[int, str, TimeMatch, tuple[int, int]], ...]:
    """The days in a row's columns of time: column, its head, the time, and where it stands."""
    return tuple(
        (index, head, time, (span[0] + time.span[0], span[0] + time.span[1]))
        for index, (head, cell, span) in enumerate(
            zip(passage.columns, passage.cells, _cell_spans(passage), strict=False)
        )
        if _head_is("time", head)
        for time in find_times(cell)
        if time.kind is TimeKind.DATE and time.day is not None
    )


def row_times(passage: Passage) -> tuple[TimeMatch, ...]:
    """The times in a row's own columns of time ("2026 - 2029", "Quý II/2025")."""
    return tuple(
        time
        for head, cell in zip(passage.columns, passage.cells, strict=False)
        if _head_is("time", head)
        for time in find_times(cell)
    )


def head_role(head: str) -> str | None:
    """Whether a head opens with a word of plans ("Kế hoạch 2025": "target") or of results ("TH 2024")."""
    found = [
        (match.start(), -len(match[0]), section)
        for section in ("target", "result")
        if (match := _heads(section).search(fold(head)))
    ]
    return min(found)[2] if found else None


def says_only_when(head: str) -> bool:
    """Whether a head names a time or a kind of plan and no indicator: "KH 2025", "Năm 2030"."""
    rest = fold(head)
    for time in find_times(head):
        rest = rest[: time.span[0]] + " " * (time.span[1] - time.span[0]) + rest[time.span[1] :]
    for section in ("target", "result", "when_only"):
        rest = _heads(section).sub(" ", rest)
    return not re.search(r"[^\W\d_]", rest)


def is_group_row(passage: Passage) -> bool:
    """Whether the row names those below it: numbered "A", "II", or with a name and nothing else."""
    filled = [cell for cell in passage.cells if cell]
    mark = re.fullmatch(r"[IVX]+\.?|[A-H]\.?", passage.cells[0].strip()) if passage.cells else None
    return bool(mark) or (len(filled) == 1 and bool(re.search(r"[^\W\d_]{2}", filled[0])))


def _is_year(numeral: str) -> bool:
    return bool(find_times(numeral))
