"""Markdown, and plain text that carries Markdown marks and tab-separated tables.

Out come blocks with heading marks, list marks and table rows. A CommonMark parser is not used: the texts
are scans and web pages with flawed marks ("\\* heading", "+" items, bold over two lines, tabs for cells),
which it would read as the letter of the standard says and not as they are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from ingest.cleaning import clean, without_invisible
from ingest.joining import continues, is_wrapped, wrap_width
from ingest.outline import starts_paragraph
from ingest.readers.encoding import decode
from ingest.readers.raw import RawBlock, RawDocument

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ITEM = re.compile(r"^(\s*)([-+*•–])\s+(?=\S)(.*)$")
_RULE = re.compile(r"^\s*(?:[-+*•–]|(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}|```\w*)\s*$")
_UNDERLINE = re.compile(r"^\s*={3,}\s*$")
PIPE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-{0,}:?\s*$")
_TAG = re.compile(
    r"</?(?:b|i|u|s|strong|em|sup|sub|span|br|p|div|font|center|table|tbody|tr|td|th)\b[^<>]*/?>", re.I
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"\*\*|__")
_STARRED = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_SCORED = re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"\n]{0,300}\")?\)")
_LEAD = re.compile(r"^(?:\*\*|<b>|__)(.+?)(?:\*\*|</b>|__)")
_STAR = "\ue000"  # stands for an escaped star while emphasis is dropped


_SHARE_WRAPPED = 0.25  # of the pairs of lines in a file that was wrapped at a width
_FEWEST_WRAPPED = 8


def read(path: Path) -> RawDocument:
    """The blocks of a Markdown file; links are read as their text."""
    text, warnings = decode(path.read_bytes(), path.name)
    return RawDocument(blocks(_LINK.sub(r"\1", text)), warnings)


def blocks(text: str) -> tuple[RawBlock, ...]:
    """The blocks of a text with (or without) Markdown marks."""
    chunks = list(_chunks(text))
    scan = _Scan(_width_of_all(chunks))
    for chunk in chunks:
        scan.take(chunk)
    return tuple(scan.found)


def _width_of_all(chunks: Sequence[Sequence[str]]) -> int | None:
    """The width at which all the file was wrapped: where many lines go on in the next one."""
    prose = [[line for line in chunk if "\t" not in line and "|" not in line] for chunk in chunks]
    pairs = [pair for chunk in prose for pair in pairwise(chunk)]
    going_on = sum(continues(before, after) for before, after in pairs)
    if going_on < _SHARE_WRAPPED * len(pairs) or going_on < _FEWEST_WRAPPED:
        return None
    return wrap_width([line for chunk in prose for line in chunk])


def _chunks(text: str) -> Iterator[list[str]]:
    """Runs of lines between blank lines and rules; a rule of dashes is a run of its own.

    Such a rule stays in the text: what stands before and after it is not contiguous in the file.
    """
    chunk: list[str] = []
    for line in without_invisible(text).splitlines():
        if line.strip() and not _RULE.match(line):
            chunk.append(line)
            continue
        if chunk:
            yield chunk
        chunk = []
        if line.strip().startswith("--"):
            yield [line]
    if chunk:
        yield chunk


@dataclass
class _Scan:
    """The blocks found so far; `width` is that at which all the file was wrapped, if it was."""

    width: int | None
    found: list[RawBlock] = field(default_factory=list)
    tables: int = 0

    def take(self, chunk: list[str]) -> None:
        position = 0
        while position < len(chunk):
            rows, taken = _tab_rows(chunk[position:]) or _pipe_rows(chunk[position:]) or ([], 0)
            if rows:
                self._add_rows(rows)
                position += taken
                continue
            end = position + 1
            while end < len(chunk) and not (_tab_rows(chunk[end:]) or _pipe_rows(chunk[end:])):
                end += 1
            self.found.extend(_prose(chunk[position:end], self.width))
            position = end

    def _add_rows(self, rows: list[tuple[str, ...]]) -> None:
        last = self.found[-1] if self.found else None
        if last is not None and last.is_row and len(last.cells) == len(rows[0]):
            table = last.table  # a table that a blank line or a page end broke in two
        else:
            table, self.tables = self.tables, self.tables + 1
        self.found.extend(RawBlock(" ".join(filter(None, cells)), cells=cells, table=table) for cells in rows)


def _tab_rows(lines: list[str]) -> tuple[list[tuple[str, ...]], int] | None:
    """The tab-separated rows that `lines` start with, two at least, and how many lines they take."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if "\t" not in line.strip() and not (rows and line.count("\t") == len(rows[0]) - 1):
            break
        cells = tuple(_inline(cell) for cell in line.split("\t"))
        if rows and len(cells) > len(rows[0]) and not any(cells[len(rows[0]) :]):
            cells = cells[: len(rows[0])]
        if rows and len(cells) < len(rows[0]):
            cells += ("",) * (len(rows[0]) - len(cells))
        if (rows and len(cells) != len(rows[0])) or not any(cells):
            break
        rows.append(cells)
    return (rows, len(rows)) if len(rows) > 1 else None


def _pipe_rows(lines: list[str]) -> tuple[list[tuple[str, ...]], int] | None:
    """The rows of a Markdown pipe table that `lines` start with, and how many lines it takes."""
    if "|" not in lines[0] or not (
        lines[0].lstrip().startswith("|") or PIPE_RULE.match("".join(lines[1:2]))
    ):
        return None
    rows: list[tuple[str, ...]] = []
    taken = 0
    for line in lines:
        if "|" not in line:
            break
        taken += 1
        if PIPE_RULE.match(line):
            continue
        width = len(rows[0]) if rows else 0
        cells = _cells(line.strip().strip("|"))
        if 0 < len(cells) < width and len(bare := _cells(line)) == width:
            cells = bare  # rows without outer bars: the bar is that behind an empty first cell, or before the last
        width = width or len(cells)
        rows.append((cells + ("",) * width)[:width] if len(cells) < width else cells[:width])
    return (rows, taken) if rows and len(rows[0]) > 1 else None


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_inline(cell) for cell in re.split(r"(?<!\\)\|", line))


def _prose(lines: list[str], width: int | None) -> Iterator[RawBlock]:
    """Headings, list items and paragraphs of a chunk without tables."""
    if len(lines) > 1 and _UNDERLINE.match(lines[1]) and not _ITEM.match(lines[0]):
        yield _block(lines[0], mark=1)
        lines = lines[2:]
    width = width or wrap_width(lines)
    depths: list[int] = []
    for line in _logical_lines(lines, width):
        if heading := _HEADING.match(line):
            yield _block(heading[2], mark=len(heading[1]))
        elif (item := _ITEM.match(line)) and not _is_emphasis(line):
            yield replace(_block(item[3]), marker=item[2], depth=_depth(depths, len(item[1].expandtabs(4))))
        else:
            yield _block(line)


def _is_open_bold(line: str) -> bool:
    """Whether bold begins in `line` and does not end, and the line is not broken on purpose."""
    return line.count("**") % 2 == 1 and not line.endswith(("\\", "  "))


def _is_emphasis(line: str) -> bool:
    return line.lstrip().startswith("**")


def _depth(indents: list[int], indent: int) -> int:
    """The nesting of an item by its indent; `indents` are those of the items it may stand in."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents)


def _logical_lines(lines: list[str], width: int | None) -> Iterator[str]:
    """Lines with those wrapped joined to the one they continue."""
    current: str | None = None
    for line in lines:
        starts_block = _HEADING.match(line) or _ITEM.match(line)
        if current is None:
            current = line
        elif _is_open_bold(current) or (
            not starts_block
            and not starts_paragraph(line.strip(), current)
            and not _HEADING.match(current)
            and is_wrapped(current.strip(), line.strip(), width)
        ):
            current = f"{current.rstrip()} {line.strip()}"
        else:
            yield current
            current = line
    if current is not None:
        yield current


def _block(line: str, mark: int | None = None) -> RawBlock:
    bare = line.strip().removesuffix("\\")  # a backslash at the end is a hard line break
    text = _inline(bare)
    lead = _LEAD.match(bare)
    lead_text = _inline(lead[1]) if lead else None
    whole = lead_text == text or (bare.startswith("**") and bare.endswith("**") and bare.count("**") == 2)
    return RawBlock(
        text,
        mark=mark,
        bold=bool(whole),
        italic=bool(_STARRED.fullmatch(bare)),
        lead=lead_text if lead_text and not whole else None,
        escaped=text.startswith("*"),
    )


def _inline(text: str) -> str:
    """`text` without emphasis, tags and escapes, cleaned."""
    text = _TAG.sub(lambda tag: " " if tag[0].lower().startswith("<br") else "", text)
    text = text.replace("\\*", _STAR)
    text = _BOLD.sub("", text)
    text = _SCORED.sub(r"\1", _STARRED.sub(r"\1", text)).replace("`", "")
    return clean(_ESCAPE.sub(r"\1", text).replace(_STAR, "*"))
