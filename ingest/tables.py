"""Table rows: which row is the head, which rows repeat it, and which tables are only there for layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from ingest.joining import starts_lower
from ingest.patterns import compiled_all
from ingest.readers.raw import RawBlock
from vietnamese.folding import fold
from vietnamese.tables import table

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"^[\d.,%\s–-]+$")


def with_columns(blocks: Sequence[RawBlock]) -> tuple[tuple[RawBlock, tuple[str, ...]], ...]:
    """Each block with the column heads of its table (none for what is no row).

    Head rows are dropped, also where a later page repeats them; tables that only lay out a letterhead or
    the signatures become paragraphs. A table split by its own repeated head is one table.
    """
    scan = _Scan()
    for number, group in groupby(blocks, key=lambda block: block.table):
        rows = list(group)
        if number is None:
            scan.prose(rows)
        elif _is_layout(rows):
            scan.prose(list(_lines(rows)))
        else:
            scan.rows([_on_one_line(row) for row in rows])
    return tuple(scan.found)


@dataclass
class _Scan:
    """The blocks so far, and the heads and number of the table that the last of them stands in."""

    found: list[tuple[RawBlock, tuple[str, ...]]] = field(default_factory=list)
    count: int = 0
    last: tuple[tuple[str, ...], int] | None = None

    def prose(self, blocks: list[RawBlock]) -> None:
        self.found.extend((block, ()) for block in blocks)
        self.last = None

    def rows(self, rows: list[RawBlock]) -> None:
        heads, body = _split_head(rows)
        goes_on = self.last is not None and (
            _same(heads, self.last[0]) or (not heads and len(rows[0].cells) == len(self.last[0]))
        )
        if self.last is None or not goes_on:
            self.last = heads or ("",) * len(rows[0].cells), self.count
            self.count += 1
        columns, number = self.last
        kept = [row for row in body if not _same(row.cells, columns)]
        if not kept and not goes_on:
            kept = rows[:1]  # a table of nothing but its head: what it says must not be lost
        if goes_on and kept and _is_rest_of_row(kept, self.found[-1][0]):
            self.found[-1] = _whole(self.found[-1][0], kept.pop(0)), columns
        self.found.extend((replace(row, table=number, text=_text(row.cells)), columns) for row in kept)


def _is_rest_of_row(rows: list[RawBlock], before: RawBlock) -> bool:
    """Whether the first of `rows` is what a page end cut off the row `before`: it alone has no number."""
    first = rows[0]
    if first.page == before.page or first.cells[0] or not before.cells[0]:
        return False
    texts = [(left, right) for left, right in zip(before.cells, first.cells, strict=True) if right]
    if not all(left for left, _ in texts):
        return False
    return any(starts_lower(right) for _, right in texts) or all(row.cells[0] for row in rows[1:])


def _whole(row: RawBlock, rest: RawBlock) -> RawBlock:
    cells = tuple(f"{left} {right}".strip() for left, right in zip(row.cells, rest.cells, strict=True))
    return replace(row, cells=cells, text=_text(cells))


def _on_one_line(row: RawBlock) -> RawBlock:
    return replace(row, cells=tuple(cell.replace("\n", " ") for cell in row.cells))


def _text(cells: tuple[str, ...]) -> str:
    return " ".join(cell for cell in cells if cell)


def _same(cells: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    return bool(cells) and any(cells) and [fold(cell) for cell in cells] == [fold(head) for head in columns]


def _split_head(rows: list[RawBlock]) -> tuple[tuple[str, ...], list[RawBlock]]:
    """The column heads and the rows below them; no heads where the first row does not look like one."""
    marked = 0
    while marked < len(rows) - 1 and rows[marked].head:
        marked += 1
    if not marked:
        marked = 1 if len(rows) > 1 and _looks_like_head(rows[0], rows[1:]) else 0
        if marked and len(rows) > 2 and _is_second_head(rows[0], rows[1]):
            marked = 2
    return (_merged(rows[:marked]), rows[marked:]) if marked else ((), rows)


def _merged(heads: list[RawBlock]) -> tuple[str, ...]:
    """Heads over several rows as one a column: "Kinh phí" over "Ngân sách tỉnh" is both, outermost first."""
    columns = []
    for column in zip(*(head.cells for head in heads), strict=True):
        parts = list(dict.fromkeys(filter(None, column)))
        columns.append(" ".join(parts))
    if len(heads) > 1:
        carried = ""
        for index, cell in enumerate(heads[0].cells):
            carried = cell or carried
            if not cell and columns[index] and carried and index:
                columns[index] = f"{carried} {columns[index]}"
    return tuple(columns)


def _looks_like_head(first: RawBlock, others: list[RawBlock]) -> bool:
    """A first row of words only, over rows that hold numbers or that are no shorter."""
    if sum(map(bool, first.cells)) < max(2, len(first.cells) - 2):
        return False
    known = {fold(name) for name in table("outline")["tables"]["first_heads"]}
    if fold(first.cells[0]) in known:
        return True
    if any(_NUMBER.match(cell) and not _YEAR.fullmatch(cell) for cell in first.cells if cell):
        return False
    if any(_YEAR.fullmatch(cell) for cell in first.cells):  # a head of years over rows of other numbers
        return not _NUMBER.match(first.cells[0] or "") and not any(
            _YEAR.fullmatch(cell) for row in others for cell in row.cells
        )
    numeric = any(_NUMBER.match(cell) for row in others for cell in row.cells if cell)
    return numeric or max(map(len, first.cells)) <= 60


def _is_second_head(first: RawBlock, second: RawBlock) -> bool:
    """Whether the second row only names parts of heads that the first row left open."""
    if any(_NUMBER.match(cell) for cell in second.cells if cell) or not any(second.cells):
        return False
    gaps = [index for index, cell in enumerate(first.cells) if not cell]
    filled = [index for index, cell in enumerate(second.cells) if cell]
    under = {index - 1 for index in gaps} | set(gaps)
    return bool(gaps) and all(index in under for index in filled)


@cache
def _layout_patterns() -> tuple[re.Pattern[str], ...]:
    return compiled_all(tuple(table("outline")["tables"]["layout"]))


def _is_layout(rows: list[RawBlock]) -> bool:
    """A letterhead, a signature, or one single column: no table at all."""
    if all(len([cell for cell in row.cells if cell]) <= 1 for row in rows):
        return True
    if len(rows) > 6 or max(len(row.cells) for row in rows) > 3:
        return False
    return any(
        pattern.match(line)
        for row in rows
        for cell in row.cells
        for line in cell.split("\n")
        for pattern in _layout_patterns()
    )


def _lines(rows: list[RawBlock]) -> Iterator[RawBlock]:
    """The lines of a layout, column by column: a signature stands beside the recipients, not among them."""
    seen: set[tuple[int, str]] = set()
    for column in zip(*(row.cells for row in rows), strict=True):
        for at, (row, cell) in enumerate(zip(rows, column, strict=True)):
            if (at, cell) not in seen:  # a merged cell stands in each of its columns
                seen.add((at, cell))
                yield from (RawBlock(line, page=row.page) for line in cell.split("\n") if line)
