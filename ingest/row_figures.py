"""Figures of table rows: each number of a row as a record, with the row's label, year, level and role.

Rows come in reading order. The head of a column says most (year, plan or result, level, unit); then the row's
own column of time; then the headings and lines above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from domain.documents import Passage, Source
from domain.figures import Comparator, Figure, Level, Quantity, Role
from ingest import table_figures
from ingest.identity import figure_id
from ingest.scopes import When, Wording, is_money, own_times, place_of, role_of, says_budget, when_in_path
from vietnamese.folding import syllables
from vietnamese.levels import find_levels
from vietnamese.statements import clean_label, completed, is_measure, names_only_level
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch

_BRACKET_AT_END = re.compile(r"\s*\([^()]*\)\s*$")


class TableReader:
    """Rows in reading order, with the group that the last group row named and the row that has parts below it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._table: int | None = None
        self._group = ""
        self._whole = ""

    def read(self, passage: Passage, caption: str) -> Iterator[Figure]:
        """The figures of one row; `caption` is the last line before the table."""
        if passage.table != self._table:
            self._table, self._group, self._whole = passage.table, "", ""
        label = table_figures.row_label(passage)
        if not label:
            return
        if table_figures.is_group_row(passage):
            self._group = clean_label(label)
        if not _is_part(label):
            self._whole = _of_all().sub("", clean_label(label))
        context = (*reversed(passage.path[-2:]), caption)
        for cell in table_figures.cells_with_quantities(passage, context):
            yield self._cell_figure(passage, cell, label)
        yield from self._deadlines(passage, label)

    def _cell_figure(self, passage: Passage, cell: table_figures.Cell, label: str) -> Figure:
        head = _BRACKET_AT_END.sub("", table_figures.without_unit(cell.head)).strip()
        if table_figures.is_bare_rate(head):
            head = _rate_of(passage, cell.span, head)
        when = self._when(passage, cell.head, label)
        return Figure(
            figure_id=figure_id(passage, cell.span, cell.quantity.value),
            document_id=self._source.document_id,
            passage_id=passage.passage_id,
            indicator=self._indicator(passage, head, label),
            quantity=cell.quantity,
            role=self._role(passage, cell, head, label, when),
            span=cell.span,
            clause=(0, len(passage.text)),
            year=when.year,
            period=when.period,
            relative_to=when.relative_to,
            place=place_of(self._source, label),
            level=_level(head, label) or _level_of_row(passage),
            row=label,
            attributes=table_figures.attributes(passage),
        )

    def _indicator(self, passage: Passage, head: str, label: str) -> str:
        name = _BRACKET_AT_END.sub("", label).strip() if table_figures.named_unit(label) else label
        name = re.sub(r"^(?:[-+•*–]|\(?\d+(?:\.\d+)*[.)]|[a-zđ][.)])\s+", "", name)
        if _is_part(label) and self._whole:
            name = self._whole if names_only_level(name) else f"{self._whole} – {name}"
        elif not table_figures.is_group_row(passage) and is_measure(self._group):
            name = completed(name, self._group)
        if _is_time(name):
            return head
        only_scope = not head or table_figures.says_only_when(head) or names_only_level(head)
        return name if only_scope else f"{head}: {name}"

    def _when(self, passage: Passage, head: str, label: str) -> When:
        """The time of the column, the row, its column of time, the head over the rows' names, headings, title."""
        named_by = table_figures.label_column(passage)
        over = passage.columns[named_by] if named_by is not None else ""
        for times in (own_times(head), own_times(label), table_figures.row_times(passage), own_times(over)):
            said = [time for time in times if time.kind is not TimeKind.RELATIVE]
            if said:
                return _when(said[-1])
        if table_figures.column_role(passage, "time") is not None and not table_figures.is_total_row(passage):
            return when_in_path(passage.path) or When()
        return when_in_path(passage.path) or when_in_path((self._source.title,)) or When()

    def _role(self, passage: Passage, cell: table_figures.Cell, head: str, label: str, when: When) -> Role:
        """What the column's head says; else the words and headings, as for prose."""
        said = table_figures.head_role(cell.head)
        if said == "result":
            return Role.RESULT
        money = is_money(cell.quantity)
        headings = (head,) if said else (*passage.path, head) if money else passage.path
        in_capital = table_figures.column_role(passage, "capital") is not None
        capital = " kinh phí" if in_capital or any(map(says_budget, passage.path[-2:])) else ""
        words = f"{head} {label}{capital}"
        wording = Wording(words if money else label, "", words, words, headings)
        role = role_of(self._source, cell.quantity, wording, When() if money or said else when)
        return Role.TARGET if said and role is not Role.BUDGET else role

    def _deadlines(self, passage: Passage, label: str) -> Iterator[Figure]:
        """Days in the columns of time, as dates by which the row is due."""
        for _, head, time, span in table_figures.deadlines(passage):
            quantity = Quantity(None, "", None, "", Comparator.AT_MOST, None, time.day)
            yield Figure(
                figure_id=figure_id(passage, span, time.day),
                document_id=self._source.document_id,
                passage_id=passage.passage_id,
                indicator=f"{head}: {label}",
                quantity=quantity,
                role=Role.TARGET,
                span=span,
                clause=(0, len(passage.text)),
                year=time.first,
                place=place_of(self._source, label),
                row=label,
                attributes=table_figures.attributes(passage),
            )


@cache
def _of_all() -> re.Pattern[str]:
    """What a row with parts says of itself at its end: ", toàn tỉnh"."""
    words = "|".join(map(re.escape, table("statements")["tables"]["whole"]))
    return re.compile(rf"\s*[,(–-]\s*(?:{words})\s*\)?\s*$", re.I)


_PART = re.compile(r"\s*[-–+•]\s*[^\W\d_]|\s*trong đó", re.I)


def _is_part(label: str) -> bool:
    """Whether a row is a part of the one above it: "- Cấp tỉnh", "+ Trong đó: vốn vay"."""
    return bool(_PART.match(label)) or names_only_level(label)


def _is_time(label: str) -> bool:
    """Whether a row is named by nothing but its year ("2025", "Giai đoạn 2025 - 2027")."""
    return not re.search(r"[^\W\d_]{2}", re.sub(r"(?i)năm|giai đoạn", "", label)) and bool(own_times(label))


def _when(time: TimeMatch) -> When:
    return When(period=(time.first, time.last)) if time.kind is TimeKind.PERIOD else When(year=time.first)


def _rate_of(passage: Passage, span: tuple[int, int], head: str) -> str:
    """A rate with what it is of: "Tỷ lệ (%)" behind "Máy đã cài phần mềm (máy)" is the rate of these."""
    column = table_figures.column_at(passage, span)
    before = passage.columns[column - 1] if column > 0 else ""
    counted = _BRACKET_AT_END.sub("", table_figures.without_unit(before)).strip()
    numbers = column > 0 and re.fullmatch(r"[\d.,]+", passage.cells[column - 1].strip())
    return f"{head} ({counted})" if counted and numbers else head


def _level_of_row(passage: Passage) -> Level | None:
    """The level that a column of levels gives: "Huyện" below "Cấp"."""
    heads = {" ".join(syllables(head)) for head in table("statements")["tables"]["level"]}
    for head, cell in zip(passage.columns, passage.cells, strict=False):
        if " ".join(syllables(head)) in heads:
            found = {level for level, _ in find_levels(cell, short=True)}
            return found.pop() if len(found) == 1 else None
    return None


def _level(head: str, label: str) -> Level | None:
    """The level of a column or a row that is about one ("Cấp huyện"), not of one that mentions it."""
    for text in (head, label):
        found = find_levels(text)
        if len({level for level, _ in found}) == 1:
            level, (start, _) = found[0]
            if not start or re.search(r"(?:đối với|tại|ở|của)\s+$|[-–(:,]\s*$", text[:start]):
                return level
    return None
