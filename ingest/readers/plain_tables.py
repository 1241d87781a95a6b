"""Tables that a text file draws: cells between bars under a rule of dashes, or columns set by spaces.

Lines in, lines out; the rows of such a table come out with tabs between their cells. Markdown pipe tables and
rows that have tabs already are left as they are. `pandas.read_fwf` is not used: it cuts wherever all lines have one
space, which in a table of few rows is in the middle of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

_BAR = re.compile(r"[|│┃]")
_RULE = re.compile(r"^(?=.*[-=─━].*[-=─━])[\s\-=+|─━┼├┤┬┴┌┐└┘│┃╋]+$")
_MARKDOWN_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
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
    return len(drawn) if any(map(_MARKDOWN_RULE.match, drawn)) else 0


def _barred(lines: Sequence[str]) -> tuple[list[list[str]], int] | None:
    """The rows between bars that `lines` start with, and how many lines they take."""
    drawn = _with_bars(lines)
    taken = len(drawn)
    told = [line.strip() for line in drawn if not _RULE.match(line)]
    framed = all(_BAR.match(line) and _BAR.match(line[-1]) for line in told)
    rows: list[list[str]] = []
    ruled = sum(bool(_RULE.match(line)) for line in drawn)
    ended = True  # a rule ends a row; where each row has one, lines between two rules are one row
    for line in drawn:
        if _RULE.match(line):
            ended = True
            continue
        bare = line.strip()[1:-1] if framed else line
        cells = [cell.strip() for cell in _BAR.split(bare)]
        if rows and len(cells) != len(rows[0]):
            return None
        goes_on = bool(rows) and (not ended if ruled > _RULES_OF_A_FRAME else _is_rest(cells, rows[-1]))
        rows = [*rows[:-1], _together(rows[-1], cells)] if goes_on else [*rows, cells]
        ended = False
    return (rows, taken) if len(rows) > 1 and len(rows[0]) > 1 else None


_RULES_OF_A_FRAME = 3  # above, below the head, and at the end


def _spaced(lines: Sequence[str]) -> tuple[list[list[str]], int] | None:
    """The rows set in columns by spaces that `lines` start with, and how many lines they take."""
    taken = 0
    while taken < len(lines) and _is_set(lines[taken]):
        taken += 1
    drawn = [line.expandtabs() for line in lines[:taken] if not _RULE.match(line)]
    if len(drawn) < _FEWEST_LINES or not _GAP.search(drawn[0].strip()):
        return None
    split = [_GAP.split(line.strip()) for line in drawn]
    cells = split if len({len(row) for row in split}) == 1 else _by_position(drawn)
    width = len(cells[0])
    figures = sum(any(map(_FIGURE.match, row[1:])) for row in cells[1:])
    if width < 2 or figures < _WITH_FIGURES * (len(cells) - 1) or (width < _FEWEST_COLUMNS and figures < len(cells) - 1):
        return None
    rows: list[list[str]] = []
    for row in cells:
        rows = [*rows[:-1], _together(rows[-1], row)] if rows and _is_rest(row, rows[-1]) else [*rows, row]
    return rows, taken


def _is_set(line: str) -> bool:
    """Whether a line may be a row set by spaces, or the rest of one under a later column."""
    if "\t" in line or _BAR.search(line):
        return False
    return bool(_GAP.search(line.strip()) or _RULE.match(line) or line.startswith(" " * 4))


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
    """Whether a row is the rest of the one before: no first cell, no number, nothing under an empty cell."""
    filled = [(own, above) for own, above in zip(cells, before, strict=True) if own]
    if cells[0] or not filled:
        return False
    return all(above and not _FIGURE.match(own) for own, above in filled)


def _together(row: Sequence[str], rest: Sequence[str]) -> list[str]:
    return [f"{above} {own}".strip() for above, own in zip(row, rest, strict=True)]
