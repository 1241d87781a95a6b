"""Tables that a text file draws: cells between bars under a rule of dashes, or columns set by spaces.

Lines in, lines out; the rows of such a table come out with tabs between their cells. Markdown pipe tables and
rows that have tabs already are left as they are. `pandas.read_fwf` is not used: it cuts wherever all lines have one
space, which in a table of few rows is in the middle of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import chain, groupby, pairwise

from ingest.joining import starts_lower
from ingest.readers.markdown import PIPE_RULE

_BAR = re.compile(r"[|│┃]")
_RULE = re.compile(r"^(?=.*[-=─━].*[-=─━])[\s\-=+|─━┼├┤┬┴┌┐└┘│┃╋]+$")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WITHIN = re.compile(r"(?<=\S) (?=\S)")
_FIGURE = re.compile(r"^[\d.,%+/–-]+$|^\d")
_FEWEST_LINES = 3  # of a table set by spaces; two lines may stand below each other by chance
_FEWEST_COLUMNS = 3  # where hardly a cell is a number
_WITH_FIGURES = 0.5  # of the lines below the head


def with_tables(lines: Sequence[str]) -> Iterator[str]:
    """`lines` with tabs between the cells of their drawn tables."""
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        chunk = list(group)
        yield from chunk if is_blank else _chunk(chunk)


def _chunk(lines: Sequence[str]) -> Iterator[str]:
    """A run of lines without a blank one; text may stand right above or below its table."""
    rest = list(lines)
    while rest:
        if taken := _markdown(rest):
            yield from rest[:taken]
            rest = rest[taken:]
            continue
        for read in (_barred, _spaced):
            if found := read(rest):
                rows, taken = found
                yield from ("\t".join(row) for row in rows)
                rest = rest[taken:]
                break
        else:
            yield rest.pop(0)


def _with_bars(lines: Sequence[str]) -> Sequence[str]:
    """The rows between bars that `lines` start with, and the rules between them."""
    taken = 0
    while taken < len(lines) and "\t" not in lines[taken] and (_BAR.search(lines[taken]) or _RULE.match(lines[taken])):
        taken += 1
    return lines[:taken]


def _markdown(lines: Sequence[str]) -> int:
    """How many of the first lines are a Markdown pipe table, which is read as such."""
    drawn = _with_bars(lines)
    return len(drawn) if any(map(PIPE_RULE.match, drawn)) else 0


def _barred(lines: Sequence[str]) -> tuple[list[list[str]], int] | None:
    """The rows between bars that `lines` start with, and how many lines they take."""
    drawn = _with_bars(lines)
    taken = len(drawn)
    told = [line.strip() for line in drawn if not _RULE.match(line)]
    framed = all(_BAR.match(line) and _BAR.match(line[-1]) for line in told)
    groups: list[list[list[str]]] = [[]]  # the rows between two rules
    for line in drawn:
        if _RULE.match(line):
            groups.append([])
            continue
        bare = line.strip()[1:-1] if framed else line
        groups[-1].append([cell.strip() for cell in _BAR.split(bare)])
    groups = [group for group in groups if group]
    if not groups or any(len(row) != len(groups[0][0]) for group in groups for row in group):
        return None
    apart = len(groups) > _HEAD_AND_BODY and all(_is_one_row(group) for group in groups)
    rows = [reduce(_together, group) for group in groups] if apart else [*chain.from_iterable(map(_wrapped, groups))]
    return (rows, taken) if len(rows) > 1 and len(rows[0]) > 1 else None


_HEAD_AND_BODY = 2


def _is_one_row(group: Sequence[Sequence[str]]) -> bool:
    """Whether the lines between two rules may be one row: one first cell, and no number below a cell."""
    return not any(row[0] for row in group[1:]) and not any(
        _FIGURE.match(cell) and above[index] for above, row in pairwise(group) for index, cell in enumerate(row)
    )


def _wrapped(group: Sequence[list[str]]) -> list[list[str]]:
    """The rows of a group, with what is the rest of a row joined to it."""
    rows: list[list[str]] = []
    for row in group:
        rows = [*rows[:-1], _together(rows[-1], row)] if rows and _is_rest(row, rows[-1]) else [*rows, row]
    return rows


def _spaced(lines: Sequence[str]) -> tuple[list[list[str]], int] | None:
    """The rows set in columns by spaces that `lines` start with, and how many lines they take."""
    first = _GAP.search(lines[0].expandtabs())
    second_column = first.end() if first else 0
    taken = 0
    while taken < len(lines) and _is_set(lines[taken], second_column):
        taken += 1
    drawn = [line.expandtabs() for line in lines[:taken] if not _RULE.match(line)]
    if len(drawn) < _FEWEST_LINES or not _GAP.search(drawn[0].strip()):
        return None
    split = [_GAP.split(line.strip()) for line in drawn]
    cells = split if len({len(row) for row in split}) == 1 else _by_position(drawn)
    width = len(cells[0])
    figures = sum(any(map(_FIGURE.match, row[1:])) for row in cells[1:])
    needed = len(cells) - 1 if width < _FEWEST_COLUMNS else _WITH_FIGURES * (len(cells) - 1)
    if width < 2 or figures < needed:
        return None
    return _wrapped(cells), taken


def _is_set(line: str, second_column: int) -> bool:
    """Whether a line may be a row set by spaces, or the rest of one under its second column or a later one."""
    if "\t" in line or _BAR.search(line):
        return False
    indent = len(line) - len(line.lstrip())
    return bool(_GAP.search(line.strip()) or _RULE.match(line) or 0 < second_column <= indent + 1)


def _by_position(lines: Sequence[str]) -> list[list[str]]:
    """Cells cut where all lines have a space, and none has a single one between two words."""
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    within = {match.start() for line in padded for match in _WITHIN.finditer(line)}
    cuts = []
    at = 0
    for is_blank, run in groupby(all(line[at] == " " for line in padded) for at in range(width)):
        end = at + len(list(run))
        if is_blank and at and end < width and within.isdisjoint(range(at, end)):
            cuts.append(end)
        at = end
    return [[line[start:end].strip() for start, end in pairwise([0, *cuts, width])] for line in padded]


def _is_rest(cells: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a row is the rest of the one before: no first cell, no number, nothing under an empty cell.

    One cell alone that opens with a capital may name the rows below it ("Phần B").
    """
    filled = [(own, above) for own, above in zip(cells, before, strict=True) if own]
    if cells[0] or not filled:
        return False
    own, above = filled[0]
    names_others = len(filled) == 1 and not (starts_lower(own) or _LEFT_OPEN.search(above))
    return not names_others and all(above and not _FIGURE.match(own) for own, above in filled)


_LEFT_OPEN = re.compile(r"(?:,|(?<!\w)(?:và|hoặc|của|cho|với|các|về|tại))$")


def _together(row: Sequence[str], rest: Sequence[str]) -> list[str]:
    return [f"{above} {own}".strip() for above, own in zip(row, rest, strict=True)]
