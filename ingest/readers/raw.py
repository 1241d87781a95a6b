"""What a reader hands on: the lines and cells of a file with the marks that the file gives them.

Text is cleaned (NFC, white space made one space, markup dropped) but nothing is judged yet: no heading
level, no table head, no metadata.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One paragraph, heading line, list item or table row.

    `mark` is the heading level that the file states (#, h2, Heading 2, font size), null where it states
    none. `bold` means the whole text, `lead` a bold beginning ("Điều 1."). `marker` is a list mark that is
    no longer in the text, `depth` its nesting from 1. A table row has `cells` and its `table`, counted
    from 0; `head` where the file itself calls it a head row. `escaped` tells that the text starts with a
    mark that was escaped, so that it is no list mark: "\\* Xây dựng …".
    """

    text: str
    page: int | None = None
    mark: int | None = None
    bold: bool = False
    italic: bool = False
    lead: str | None = None
    marker: str | None = None
    depth: int = 0
    cells: tuple[str, ...] = ()
    table: int | None = None
    head: bool = False
    escaped: bool = False

    @property
    def is_row(self) -> bool:
        return self.table is not None


@dataclass(frozen=True, slots=True)
class RawWarning:
    """What the reader noticed, by code; `values` fill the blanks of its wording."""

    code: str
    page: int | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The blocks of a file in reading order. `title` only where the file states one apart from its text."""

    blocks: tuple[RawBlock, ...]
    warnings: tuple[RawWarning, ...] = ()
    page_count: int | None = None
    title: str | None = None
