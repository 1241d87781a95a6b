"""DOCX: paragraphs with their styles and automatic numbers, list items, tables and footnotes in order.

Headers, footers, text boxes and comments are left out, and so is deleted text of tracked changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from domain.errors import ReadError
from ingest.cleaning import clean
from ingest.legacy import legacy_font, unicode_text, vietnamese_share
from ingest.readers.grid import Cell, rows_of
from ingest.readers.raw import RawBlock, RawDocument, RawWarning

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:txbxContent"), _FALLBACK, qn("w:moveFrom"), qn("w:pict"), qn("w:instrText")}
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # a password-protected DOCX is an OLE file


def read(path: Path) -> RawDocument:
    """The blocks of the body of a DOCX file."""
    with path.open("rb") as file:
        if file.read(4) == _ENCRYPTED:
            raise ReadError("encrypted")
    document = docx.Document(str(path))
    warnings = tuple(_to_unicode(document.element.body))
    walk = _Walk(document)
    walk.container(document.element.body)
    return RawDocument(tuple(walk.found), warnings, title=clean(document.core_properties.title or "") or None)


def _to_unicode(body: Any) -> Iterator[RawWarning]:
    """Convert text typed in fonts of the time before Unicode, where most of the file is such text."""
    nodes = [node for node in body.iter(qn("w:t")) if node.text]
    font = legacy_font(" ".join(node.text for node in nodes))
    if font is None:
        return
    for node in nodes:
        if not vietnamese_share(node.text):
            node.text = unicode_text(node.text, font)
    yield RawWarning("legacy_encoding", values=(("encoding", font),))


@dataclass
class _Walk:
    """The blocks found so far."""

    document: Any
    found: list[RawBlock] = field(default_factory=list)
    tables: int = 0

    def __post_init__(self) -> None:
        self.styles = _Styles(self.document)
        self.numbers = _Numbers(self.document)
        self.footnotes = _footnotes(self.document)

    def container(self, element: Any) -> None:
        """Paragraphs and tables of the body or of a content control, in order."""
        for child in element:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
                self.container(child)

    def _paragraph(self, paragraph: Any) -> None:
        lines = [clean(line) for line in _text(paragraph).split("\n")]
        text = clean(" ".join(lines))
        if not text:
            return
        mark = self.styles.mark(paragraph)
        label, depth = self.numbers.label(paragraph, self.styles)
        bullet = label is not None and not any(character.isalnum() for character in label)
        bold = self.styles.is_bold(paragraph)
        parts = [line for line in lines if line] if mark is None else [text]
        for index, part in enumerate(parts):
            first = index == 0
            self.found.append(
                RawBlock(
                    f"{label} {part}" if first and label and not bullet else part,
                    mark=mark,
                    bold=bold,
                    marker="-" if first and bullet else None,
                    depth=depth if first and bullet else 0,
                )
            )
        self.found.extend(RawBlock(note) for note in self._notes(paragraph))

    def _notes(self, paragraph: Any) -> Iterator[str]:
        for reference in paragraph.iter(qn("w:footnoteReference")):
            if note := self.footnotes.get(reference.get(qn("w:id"))):
                yield note

    def _table(self, element: Any) -> None:
        grid = [_cells(row) for row in element.iterchildren(qn("w:tr"))]
        for cells, head in rows_of(grid):
            self.found.append(
                RawBlock(" ".join(filter(None, cells)), cells=cells, table=self.tables, head=head)
            )
        self.tables += 1


def _text(element: Any) -> str:
    """The visible text of a paragraph, line breaks as line feeds."""
    parts: list[str] = []

    def visit(node: Any) -> None:
        if node.tag in _SKIPPED:
            return
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append(" ")
        elif node.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        for child in node:
            visit(child)

    visit(element)
    return "".join(parts)


def _cells(row: Any) -> list[Cell]:
    """The cells of a row; one that continues a merged cell above is empty."""
    properties = row.find(qn("w:trPr"))
    head = properties is not None and properties.find(qn("w:tblHeader")) is not None
    cells: list[Cell] = []
    for cell in row.iter(qn("w:tc")):
        if (
            cell.getparent() is not row
            and cell.getparent().getparent() is not row
            and (cell.getparent().tag != qn("w:sdtContent"))
        ):
            continue  # a cell of a table inside this one: its text is read with the outer cell
        span = _value(cell, "w:gridSpan")
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        covered = merged is not None and merged.get(qn("w:val")) != "restart"
        lines = [line for paragraph in cell.iter(qn("w:p")) for line in _text(paragraph).split("\n")]
        text = "" if covered else "\n".join(filter(None, map(clean, lines)))
        cells.append(Cell(text, int(span) if span and span.isdigit() else 1, head=head))
    return cells


def _value(cell: Any, name: str) -> str | None:
    element = cell.find(f"{qn('w:tcPr')}/{qn(name)}")
    return element.get(qn("w:val")) if element is not None else None


def _footnotes(document: Any) -> dict[str, str]:
    """Footnotes by their id."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            notes = {note.get(qn("w:id")): clean(_text(note)) for note in root.iter(qn("w:footnote"))}
            return {identifier: text for identifier, text in notes.items() if identifier and text}
    return {}


class _Styles:
    """What the styles of a document say of a paragraph: its heading level, whether it is bold."""

    def __init__(self, document: Any) -> None:
        styles = document.styles.element
        self._by_id = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}

    def chain(self, paragraph: Any) -> Iterator[Any]:
        """The properties of a paragraph and of its styles, the nearest first."""
        properties = paragraph.find(qn("w:pPr"))
        style_id = None
        if properties is not None:
            yield properties
            style = properties.find(qn("w:pStyle"))
            style_id = style.get(qn("w:val")) if style is not None else None
        seen: set[str] = set()
        while style_id and style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            based = style.find(qn("w:basedOn"))
            style_id = based.get(qn("w:val")) if based is not None else None

    def mark(self, paragraph: Any) -> int | None:
        """The heading level, from 1, by outline level or by the name of the style."""
        for properties in self.chain(paragraph):
            level = properties.find(f".//{qn('w:outlineLvl')}")
            if level is not None and (value := level.get(qn("w:val"), "9")).isdigit() and int(value) < 9:
                return int(value) + 1
            if properties.tag == qn("w:style"):
                name = (properties.get(qn("w:styleId")) or "").lower()
                if name == "title":
                    return 1
                if name.startswith("heading") and name[7:].isdigit():
                    return int(name[7:])
        return None

    def is_bold(self, paragraph: Any) -> bool:
        """Whether every visible run is bold, by itself or by the style of the paragraph."""
        by_style = any(
            _is_on(style.find(f"{qn('w:rPr')}/{qn('w:b')}"))
            for style in self.chain(paragraph)
            if style.tag == qn("w:style")
        )
        runs = [run for run in paragraph.iter(qn("w:r")) if clean(_text(run))]
        return bool(runs) and all(
            by_style if (bold := run.find(f"{qn('w:rPr')}/{qn('w:b')}")) is None else _is_on(bold)
            for run in runs
        )


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in {"0", "false", "off"}


class _Numbers:
    """Automatic numbers: "1.", "II.", "a)", bullets; counted as the document is read."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # format, text, start
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                self._read_level(abstract.get(qn("w:abstractNumId")), level)
        for number in root.iter(qn("w:num")):
            abstract = number.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._abstract[number.get(qn("w:numId"))] = abstract.get(qn("w:val"))

    def _read_level(self, abstract: str, level: Any) -> None:
        def value(name: str, default: str) -> str:
            element = level.find(qn(name))
            return element.get(qn("w:val"), default) if element is not None else default

        start = value("w:start", "1")
        self._levels[abstract, int(level.get(qn("w:ilvl"), "0"))] = (
            value("w:numFmt", "decimal"),
            value("w:lvlText", ""),
            int(start) if start.isdigit() else 1,
        )

    def label(self, paragraph: Any, styles: _Styles) -> tuple[str | None, int]:
        """The number or bullet shown before a paragraph, null without one; and its depth from 1."""
        for properties in styles.chain(paragraph):
            found = properties.find(f".//{qn('w:numPr')}")
            if found is None:
                continue
            number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
            number_id = number.get(qn("w:val")) if number is not None else None
            if number_id in {None, "0"}:
                return None, 0
            depth = int(level.get(qn("w:val"), "0")) if level is not None else 0
            return self._next(number_id, depth), depth + 1
        return None, 0

    def _next(self, number_id: str, depth: int) -> str | None:
        abstract = self._abstract.get(number_id)
        if abstract is None or (abstract, depth) not in self._levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        form, text, start = self._levels[abstract, depth]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        if form == "bullet":
            return "-"
        for level in range(depth + 1):
            shape = self._levels.get((abstract, level), ("decimal", "", 1))
            text = text.replace(f"%{level + 1}", _written(counts.get(level, shape[2]), shape[0]))
        return text.strip() or None


def _written(number: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    signs = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written
