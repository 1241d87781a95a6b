"""Plain text: its characters, read as text that may carry Markdown marks and tables of tabs, bars or spaces.

A letterhead and a signature are often set in two columns by spaces; each column is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ingest.outline import matches_zone
from ingest.readers.encoding import decode
from ingest.readers.markdown import blocks
from ingest.readers.plain_tables import with_tables
from ingest.readers.raw import RawDocument

_HEAD_LINES, _CLOSING_LINES = 15, 30  # of a file, that may be set in two columns
_TWO_COLUMNS = re.compile(r"(?P<left>\S.*?)\s{4,}(?P<right>\S.*)")
_CELLS = re.compile(r"[|\t]")
_FAR_IN = 20  # spaces before a line of the right column that has nothing on its left


def read(path: Path) -> RawDocument:
    """The blocks of a text file; what looks like a Markdown link stays as it stands."""
    text, warnings = decode(path.read_bytes(), path.name)
    return RawDocument(blocks("\n".join(_by_columns(list(with_tables(text.split("\n")))))), warnings)


def _by_columns(lines: Sequence[str]) -> Iterator[str]:
    """The lines; where the first or last ones stand in two columns, those of the left before those of the right."""
    numbered = enumerate(lines)
    for is_blank, group in groupby(numbered, key=lambda item: not item[1].strip()):
        chunk = list(group)
        own = [line for _, line in chunk]
        within = (
            chunk[-1][0] < _HEAD_LINES
            or chunk[0][0] >= len(lines) - _CLOSING_LINES
            or matches_zone("closing", own[0].strip())  # appendices may follow a signature
        )
        if is_blank or not within or not any(map(_stands_in_columns, own)):
            yield from own
            continue
        left, right = _columns(own)
        for line in (*left, *right):
            yield line
            yield ""


def _stands_in_columns(line: str) -> bool:
    """Whether spaces set a line in two columns; bars and tabs make the cells of a table."""
    return not _CELLS.search(line) and bool(_TWO_COLUMNS.fullmatch(line.strip()))


def _columns(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        match = _TWO_COLUMNS.fullmatch(line.strip())
        if match:
            left.append(match["left"])
            right.append(match["right"])
        else:
            (right if len(line) - len(line.lstrip()) >= _FAR_IN else left).append(line.strip())
    return left, right
