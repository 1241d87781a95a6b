"""Tables with merged cells as plain rows: a merged cell has its text once, the places it covers are empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WIDEST = 60  # columns; a span beyond this is a mistake of the file


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file gives it. Lines of its text are kept apart by line feeds."""

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False


def rows_of(grid: Iterable[Sequence[Cell]]) -> list[tuple[tuple[str, ...], bool]]:
    """The rows of a table, all of one width, and whether every filled cell of the row is a head."""
    rows: list[tuple[list[str], bool]] = []
    covered: dict[int, int] = {}  # column to the rows that a cell above still covers
    for cells in grid:
        texts: list[str] = []
        coming: dict[int, int] = {}
        for cell in cells:
            _skip(texts, covered)
            start = len(texts)
            width = min(max(cell.columns, 1), _WIDEST)
            texts.extend([cell.text, *[""] * (width - 1)])
            if cell.rows > 1:
                coming.update(dict.fromkeys(range(start, start + width), cell.rows - 1))
        _skip(texts, covered)
        covered = {column: left - 1 for column, left in covered.items() if left > 1} | coming
        heads = [cell.head for cell in cells if cell.text]
        rows.append((texts, bool(heads) and all(heads)))
    width = max((len(texts) for texts, _ in rows), default=0)
    return [(tuple(texts + [""] * (width - len(texts))), head) for texts, head in rows if any(texts)]


def _skip(texts: list[str], covered: dict[int, int]) -> None:
    """Leave the places empty that a cell above covers."""
    while covered.get(len(texts), 0) > 0:
        texts.append("")
