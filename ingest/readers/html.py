"""HTML: the main content of a page as headings, paragraphs, list items and table rows.

Menus, scripts and footers are dropped; which names they go by is a table (outline.toml, [page]). Nothing is
fetched: a page is read as it was saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from ingest.cleaning import clean
from ingest.joining import continues
from ingest.outline import matches_zone
from ingest.patterns import compiled, compiled_all
from ingest.readers.encoding import decode
from ingest.readers.grid import Cell, rows_of
from ingest.readers.raw import RawBlock, RawDocument, RawWarning
from vietnamese.tables import table

_DROPPED = (
    "script style noscript template iframe svg button select nav aside head object video audio canvas".split()
)
_BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead "
        "tr ul"
    ).split()
)
_HEADING = re.compile(r"h([1-6])$")
_BOLD = {"b", "strong"}
_SHARE_OF_TEXT = 0.4  # an <article> with less of the page's text is not its main content


def read(path: Path) -> RawDocument:
    """The blocks of the main content of an HTML file, in reading order."""
    data = path.read_bytes()
    soup, warnings = _parsed(data, path.name)
    title = clean(soup.title.get_text()) if soup.title else None
    _drop_furniture(soup)
    found = _blocks(_main(soup))
    if not found:  # what was taken for a menu or a footer is all there is
        found = _blocks(_parsed(data, path.name)[0].body)
    return RawDocument(tuple(found), warnings, title=title or None)


def _blocks(element: Tag | None) -> list[RawBlock]:
    walk = _Walk()
    if element is not None:
        for unread in element.find_all(_DROPPED):
            unread.decompose()
        walk.element(element)
        walk.flush()
    return walk.found


def _parsed(data: bytes, source: str) -> tuple[BeautifulSoup, tuple[RawWarning, ...]]:
    """The tree. Bytes that are UTF-8 are read as that, whatever the page says; else as it says."""
    try:
        return BeautifulSoup(data.decode("utf-8-sig"), "lxml"), ()
    except UnicodeDecodeError:
        pass
    if re.search(rb"charset\s*=", data[:4096], re.I) or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return BeautifulSoup(data, "lxml"), ()
    text, warnings = decode(data, source)
    return BeautifulSoup(text, "lxml"), warnings


def _drop_furniture(soup: BeautifulSoup) -> None:
    for element in [element for element in soup.find_all(True) if _is_furniture(element)]:
        element.decompose()


def _is_furniture(element: Tag) -> bool:
    """Whether an element is hidden, frames the page, or has a name that says so and holds no title."""
    if element.name in {"html", "body", "article", "main", "h1"}:
        return False
    if element.has_attr("hidden") or "display:none" in str(element.get("style", "")).replace(" ", ""):
        return True
    if element.name in {"header", "footer"} and not element.find_parent(["article", "main"]):
        return not _is_letterhead(element)
    names = compiled(table("outline")["page"]["html_furniture"])
    named = " ".join([*_classes(element), str(element.get("id", "")), str(element.get("role", ""))])
    return bool(names.search(named.lower())) and element.find("h1") is None and not _is_letterhead(element)


def _is_letterhead(element: Tag) -> bool:
    """Whether a line of the element opens an official document ("Số: 512/BC-UBND"), whatever its class."""
    opens = compiled_all(tuple(table("outline")["zones"]["official"]))
    return any(pattern.match(line.strip()) for line in element.strings for pattern in opens)


def _classes(element: Tag) -> list[str]:
    value = element.get("class")
    return [value] if isinstance(value, str) else list(value or ())


def _main(soup: BeautifulSoup) -> Tag:
    """The element with the main content: the largest article or main, if it holds much of the page."""
    body = soup.body or soup
    everything = len(body.get_text())
    candidates = body.find_all(
        lambda element: element.name in {"article", "main"} or element.get("role") == "main"
    )
    best = max(candidates, key=lambda element: len(element.get_text()), default=None)
    return best if best is not None and len(best.get_text()) >= _SHARE_OF_TEXT * everything else body


@dataclass
class _Walk:
    """The blocks found so far and the inline text that is not yet one."""

    found: list[RawBlock] = field(default_factory=list)
    inline: list[tuple[str, bool]] = field(default_factory=list)  # text and whether it is bold
    lists: list[str] = field(default_factory=list)
    marker: str | None = None
    mark: int | None = None
    tables: int = 0

    def element(self, element: Tag) -> None:
        for child in element.children:
            if isinstance(child, PreformattedString):
                continue  # comments, declarations
            if isinstance(child, NavigableString):
                self.inline.append((str(child).replace("\n", " ").replace("\r", " "), False))
            elif isinstance(child, Tag):
                self._child(child)

    def _child(self, child: Tag) -> None:
        if child.name == "br":
            self.inline.append(("\n", False))
        elif child.name == "table":
            self.flush()
            self._table(child)
        elif child.name in _BLOCKS:
            self._block(child)
        elif child.name in _BOLD and not _holds_blocks(child):
            before = len(self.inline)
            self.element(child)
            self.inline[before:] = [(text, True) for text, _ in self.inline[before:]]
        else:
            self.element(child)

    def _block(self, child: Tag) -> None:
        self.flush()
        if child.name in {"ul", "ol"}:
            self.lists.append(child.name)
            for number, item in enumerate(child.find_all("li", recursive=False), start=1):
                self.marker = "-" if child.name == "ul" else f"{number}."
                self.element(item)
                self.flush()
                self.marker = None
            self.lists.pop()
            return
        if heading := _HEADING.match(child.name):
            self.mark = int(heading[1])
        self.element(child)
        self.flush()
        self.mark = None

    def flush(self) -> None:
        """Turn the inline text gathered so far into blocks: one a line, wrapped lines joined."""
        if not any(text.strip() for text, _ in self.inline):
            self.inline.clear()
            return
        bold = all(is_bold for text, is_bold in self.inline if text.strip())
        lead = self._lead()
        lines = _lines("".join(text for text, _ in self.inline))
        self.inline.clear()
        for index, line in enumerate(lines):
            self.found.append(
                RawBlock(
                    line,
                    mark=self.mark,
                    bold=bold,
                    lead=None if index or bold else lead,
                    marker=self.marker,
                    depth=len(self.lists) if self.marker else 0,
                )
            )
            self.marker = None  # a second paragraph of an item has no mark of its own

    def _lead(self) -> str | None:
        leading: list[str] = []
        for text, is_bold in self.inline:
            if text.strip() and not is_bold:
                break
            leading.append(text)
        return clean("".join(leading)) or None

    def _table(self, element: Tag) -> None:
        if _is_layout(element):
            self.element(element)
            self.flush()
            return
        if element.caption and (caption := clean(element.caption.get_text())):
            self.found.append(RawBlock(caption))
        rows = [row for row in element.find_all("tr") if row.find_parent("table") is element]
        for cells, head in rows_of([_cells(row) for row in rows]):
            self.found.append(
                RawBlock(" ".join(filter(None, cells)), cells=cells, table=self.tables, head=head)
            )
        self.tables += 1


def _holds_blocks(element: Tag) -> bool:
    return any(isinstance(inner, Tag) and inner.name in _BLOCKS for inner in element.descendants)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in filter(None, map(clean, text.split("\n"))):
        if lines and continues(lines[-1], line) and not matches_zone("signed", line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _is_layout(element: Tag) -> bool:
    return (
        element.get("role") == "presentation"
        or element.find("table") is not None
        or (len(element.find_all(["td", "th"])) == 1)
    )


def _cells(row: Tag) -> list[Cell]:
    in_head = row.find_parent("thead") is not None
    return [
        Cell(_cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"), in_head or cell.name == "th")
        for cell in row.find_all(["td", "th"], recursive=False)
    ]


def _cell_text(cell: Tag) -> str:
    """The text of a cell, its paragraphs and <br> apart by line feeds."""
    walk = _Walk()
    walk.element(cell)
    walk.flush()
    return "\n".join(block.text for block in walk.found)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return int(value) if value.isdigit() else 1
