"""PDF with a text layer: paragraphs, headings by font, and ruled tables, page by page.

pypdf gives the text with its places and fonts; pdfplumber reads the tables of the pages that have ruled
lines. Running heads, feet and page numbers are dropped, lines are joined to paragraphs. Nothing is
recognised from images: a page without text is warned about.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from domain.errors import ReadError
from ingest.cleaning import clean
from ingest.joining import ends_sentence, starts_lower
from ingest.legacy import unicode_text
from ingest.outline import matches_zone, numbering, starts_paragraph
from ingest.readers.raw import RawBlock, RawDocument, RawWarning

_RULING = re.compile(rb"[\d.]\s+(?:re|l)\b")
_FEWEST_RULES = 6  # strokes; fewer make no table
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:[Tt]rang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$")
_BOLD = re.compile(r"bold|black|heavy|semibold", re.I)
_LEGACY_FONT = re.compile(r"VNI-|\.Vn")
_ITEM = re.compile(r"^([-+*•–●▪])\s+(?=\S)")
_MARGIN = 0.12  # of the page height: where running heads, feet and page numbers stand
_LARGER = 0.7  # points above the body size that make a heading
_SURELY_FULL = 0.9  # of the widest line on the page: characters differ in width
_PERHAPS_FULL = 0.75


def read(path: Path) -> RawDocument:
    """The blocks of a PDF file, each with its page."""
    with ExitStack() as open_files:
        reader = PdfReader(path)
        _unlock(reader)
        tables = _Tables(path, open_files)
        pages = [_page(page, number, tables) for number, page in enumerate(reader.pages, start=1)]
        title = clean(str(reader.metadata.title or "")) if reader.metadata else ""
    without_text = [page.number for page in pages if not page.items]
    if len(without_text) == len(pages):
        raise ReadError("no_text")
    warnings = tuple(RawWarning("page_without_text", number) for number in without_text)
    blocks = _Blocks(_sizes(pages))
    for page in _without_running_lines(pages):
        blocks.page(page)
    return RawDocument(tuple(blocks.finished()), warnings, len(pages), title or None)


def _unlock(reader: PdfReader) -> None:
    """Open a file that is encrypted without a password; raise ReadError where one is needed."""
    if not reader.is_encrypted:
        return
    try:
        if not reader.decrypt(""):
            raise ReadError("encrypted")
    except (DependencyError, NotImplementedError, FileNotDecryptedError) as error:
        raise ReadError("encrypted") from error


# ---- lines ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text; `x` and `y` in points from the lower left corner, `size` in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    table: int


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    height: float
    items: tuple[_Line | _Row, ...]


@dataclass
class _Chunk:
    text: str
    x: float
    y: float
    size: float
    bold: bool


def _page(page: Any, number: int, tables: _Tables) -> _Page:
    height = float(page.mediabox.height)
    lines = list(_lines(page))
    items: Sequence[_Line | _Row] = lines
    if lines and _has_rules(page):
        items = tables.placed(number, lines, float(page.mediabox.left), float(page.mediabox.top))
    return _Page(number, height, tuple(items))


def _has_rules(page: Any) -> bool:
    """Whether the page draws enough straight lines for a table; read from its operators, not rendered."""
    contents = page.get_contents()
    if contents is None:
        return False
    return sum(1 for _ in _RULING.finditer(contents.get_data())) >= _FEWEST_RULES


def _lines(page: Any) -> Iterator[_Line]:
    """The lines of a page in the order of its text layer."""
    chunks: list[_Chunk] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = (tm[2] ** 2 + tm[3] ** 2) ** 0.5 * (cm[2] ** 2 + cm[3] ** 2) ** 0.5
        name = str((font or {}).get("/BaseFont", ""))
        if legacy := _LEGACY_FONT.search(name):
            text = unicode_text(text, "vni" if legacy[0] == "VNI-" else "tcvn3")
        chunks.append(_Chunk(text, x, y, abs(size * scale), bool(_BOLD.search(name))))

    page.extract_text(visitor_text=visit)
    line: list[_Chunk] = []
    for chunk in chunks:
        parts = chunk.text.split("\n")
        for index, part in enumerate(parts):
            if index:
                yield from _line(line)
                line = []
            if part:
                line.append(replace(chunk, text=part))
    yield from _line(line)


def _line(chunks: Sequence[_Chunk]) -> Iterator[_Line]:
    text = clean("".join(chunk.text for chunk in chunks))
    inked = [chunk for chunk in chunks if chunk.text.strip()]
    if not text or not inked:
        return
    sizes: Counter[float] = Counter()
    for chunk in inked:
        sizes[round(chunk.size * 2) / 2] += len(chunk.text)
    bold = all(chunk.bold for chunk in inked if any(character.isalnum() for character in chunk.text))
    leading = []
    for chunk in chunks:
        if chunk.text.strip() and not chunk.bold:
            break
        leading.append(chunk.text)
    yield _Line(
        text,
        inked[0].x,
        inked[0].y,
        sizes.most_common(1)[0][0],
        bold,
        None if bold else clean("".join(leading)) or None,
    )


def _sizes(pages: Sequence[_Page]) -> list[float]:
    """The body size, then the larger ones, the largest first."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.items:
            if isinstance(line, _Line):
                sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return [body, *sorted((size for size in sizes if size >= body + _LARGER), reverse=True)]


# ---- running heads and feet -----------------------------------------------------------------------------


def _without_running_lines(pages: Sequence[_Page]) -> Iterator[_Page]:
    """Pages without page numbers and without the lines that stand at the same edge of many pages."""
    seen = Counter(key for page in pages for key in {_running_key(line) for line in _edge_lines(page)})
    often = max(2, round(0.4 * len(pages)))
    for page in pages:
        edge = _edge_lines(page)
        dropped = {
            id(line)
            for line in edge
            if _PAGE_NUMBER.match(line.text) or (len(pages) > 2 and seen[_running_key(line)] >= often)
        }
        yield replace(page, items=tuple(item for item in page.items if id(item) not in dropped))


def _running_key(line: _Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y / 10)


def _edge_lines(page: _Page) -> list[_Line]:
    """The outermost two lines in the upper and in the lower margin."""
    lines = sorted((item for item in page.items if isinstance(item, _Line)), key=lambda line: line.y)
    lower = [line for line in lines[:2] if line.y < _MARGIN * page.height]
    upper = [line for line in lines[-2:] if line.y > (1 - _MARGIN) * page.height]
    return [*lower, *upper]


# ---- tables ---------------------------------------------------------------------------------------------


@dataclass
class _Tables:
    """The ruled tables of a file; pdfplumber is opened when a page needs it."""

    path: Path
    open_files: ExitStack
    file: Any = None
    count: int = 0

    def placed(self, number: int, lines: Sequence[_Line], left: float, top: float) -> list[_Line | _Row]:
        """The lines of a page with its tables in the place of their text."""
        page = self._opened().pages[number - 1]
        items: list[_Line | _Row] = list(lines)
        for found in page.find_tables({"explicit_horizontal_lines": _ends_of_rules(page)}):
            rows = [tuple(cell or "" for cell in row) for row in found.extract()]
            rows = [row for row in rows if any(cell.strip() for cell in row)]
            if len(rows) < 2 or len(rows[0]) < 2:
                continue
            inside = _inside(found.bbox, items, left, top)
            if not inside:
                continue
            items[inside[0] : inside[0] + 1] = [_Row(row, self.count) for row in rows]
            gone = {id(lines_) for lines_ in (item for item in lines) if id(lines_) in inside[1]}
            items = [item for item in items if id(item) not in gone]
            self.count += 1
        page.close()
        return items

    def _opened(self) -> Any:
        if self.file is None:
            import pdfplumber  # only for files with ruled tables: it takes a third of a second

            self.file = self.open_files.enter_context(pdfplumber.open(self.path))
        return self.file


def _ends_of_rules(page: Any) -> list[float]:
    """Where the vertical rules of a page begin and end: a row that the page end cuts has no line there."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > 2]
    if not upright:
        return []
    return [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]


def _inside(
    box: tuple[float, float, float, float], items: Sequence[_Line | _Row], left: float, top: float
) -> tuple[int, set[int]] | None:
    """Where the text of a table starts among `items`, and the identities of its lines; null without any."""
    x0, upper, x1, lower = box
    found = [
        (index, id(item))
        for index, item in enumerate(items)
        if isinstance(item, _Line)
        and x0 - 3 <= item.x - left <= x1 + 3
        and upper - 2 <= top - item.y <= lower + 2
    ]
    return (found[0][0], {identity for _, identity in found}) if found else None


# ---- paragraphs -----------------------------------------------------------------------------------------


@dataclass
class _Blocks:
    """The blocks of the pages read so far. `sizes` are the body size and the heading sizes."""

    sizes: Sequence[float]
    done: list[RawBlock] = field(default_factory=list)
    open: list[_Line] = field(default_factory=list)
    open_page: int = 0

    def page(self, page: _Page) -> None:
        lines = [item for item in page.items if isinstance(item, _Line)]
        shape = _Shape.of(lines)
        first = True
        for item in page.items:
            if isinstance(item, _Row):
                self._close()
                self.done.append(
                    RawBlock(
                        " ".join(filter(None, item.cells)),
                        page=page.number,
                        cells=item.cells,
                        table=item.table,
                    )
                )
            elif self.open and self._goes_on(item, shape, new_page=first):
                self.open.append(item)
            else:
                self._close()
                self.open, self.open_page = [item], page.number
            first = False

    def finished(self) -> list[RawBlock]:
        self._close()
        return self.done

    def _goes_on(self, line: _Line, shape: _Shape, new_page: bool) -> bool:
        """Whether `line` continues the paragraph that is open."""
        last = self.open[-1]
        if abs(last.size - line.size) > 0.4 or last.bold != line.bold:
            return self._changes_inside_sentence(last, line)
        gap = last.y - line.y
        pitch = shape.pitch * max(1.0, line.size / (self.sizes[0] or line.size))
        apart = not new_page and (gap > pitch * 1.3 + 1 or gap < -1)
        full = shape.filled(last, line)
        surely = full >= _SURELY_FULL
        if apart or self._starts_item(line, last, full >= _PERHAPS_FULL):
            return False
        if ends_sentence(last.text):
            hanging = 20 if len(self.open) == 1 else 8  # points; a list item hangs below its mark
            return surely and not new_page and line.x - last.x <= hanging
        return not line.text[:1].isupper() or full >= _PERHAPS_FULL or self._is_title_in_capitals(last, line)

    @staticmethod
    def _is_title_in_capitals(last: _Line, line: _Line) -> bool:
        """A bold title in capitals over two lines; "KT. CHỦ TỊCH" over "PHÓ CHỦ TỊCH" is none."""
        capitals = last.bold and last.text.isupper() and line.text.isupper()
        return capitals and not any(matches_zone("signature", text) for text in (last.text, line.text))

    @staticmethod
    def _changes_inside_sentence(last: _Line, line: _Line) -> bool:
        """Whether bold begins or ends at a line end inside a sentence."""
        if numbering(line.text) is not None or _ITEM.match(line.text):
            return False
        return abs(last.size - line.size) <= 0.4 and not ends_sentence(last.text) and starts_lower(line.text)

    @staticmethod
    def _starts_item(line: _Line, last: _Line, full: bool) -> bool:
        if mark := _ITEM.match(line.text):
            return ends_sentence(last.text) or not full or not starts_lower(line.text[mark.end() :])
        if starts_paragraph(line.text, last.text):
            return True
        return numbering(line.text) is not None and (not full or line.bold)

    def _close(self) -> None:
        if not self.open:
            return
        first = self.open[0]
        text = _joined(self.open)
        larger = [size for size in self.sizes[1:] if size <= first.size + 0.2]
        self.done.append(
            RawBlock(
                text,
                page=self.open_page,
                mark=min(self.sizes.index(larger[0]), 6) if larger and first.size in self.sizes[1:] else None,
                bold=all(line.bold for line in self.open),
                lead=first.lead,
            )
        )
        self.open = []


def _joined(lines: Sequence[_Line]) -> str:
    """The text of lines; "09/TTr-" and "STTTT" are one number."""
    text = lines[0].text
    for line in lines[1:]:
        text += line.text if re.search(r"\w[-/]$", text) and line.text[:1].isalnum() else f" {line.text}"
    return text


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a page is set: distance of its lines in points, left edge, where a full line ends."""

    pitch: float
    left: float
    width: float

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> _Shape:
        gaps = Counter(
            round(above.y - below.y)
            for above, below in itertools.pairwise(lines)
            if 4 < above.y - below.y < 60 and above.size == below.size
        )
        common = [gap for gap, count in gaps.items() if count >= 0.5 * max(gaps.values())] if gaps else []
        left = min((line.x for line in lines), default=0.0)
        return cls(
            pitch=min(common) if common else 18.0,
            left=left,
            width=max((_extent(line, left) for line in lines), default=0.0),
        )

    def filled(self, line: _Line, following: _Line) -> float:
        """How far the first word of `following` would reach at the end of `line`; 1 is the widest line."""
        word = following.text.split(maxsplit=1)[0]
        return (_extent(line, self.left) + (len(word) + 1) * line.size) / (self.width or 1.0)


def _extent(line: _Line, left: float) -> float:
    """Where a line ends, in half points from `left`, if characters are half as wide as high."""
    return len(line.text) * line.size + 2 * (line.x - left)
