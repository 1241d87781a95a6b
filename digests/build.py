"""Build the shipped documents in plans/ from the Markdown digests beside this script.

In: the Markdown files named in SHIPPED. Out: one document each, in the format that SHIPPED gives it, byte
for byte the same on every run. Needs fpdf2 and python-docx, and for the PDF a TrueType font that covers
Vietnamese (Debian: fonts-dejavu-core). What the digests say is not checked here but in tests/test_plans.py.

usage: python digests/build.py [--out DIR] [--font FILE] [--bold-font FILE]
"""

import argparse
import io
import sys
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx
from fpdf import FPDF
from fpdf.fonts import FontFace
from markdown_it import MarkdownIt
from markdown_it.token import Token

HERE = Path(__file__).resolve().parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
BUILT_ON = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that two builds give the same bytes
SHIPPED = {
    "bac-giang-472-qd-ubnd-2016-tom-luoc": "pdf",
    "bac-giang-quy-hoach-cntt-trang-tin-tom-luoc": "md",
    "bac-giang-kinh-te-so-2021-bai-bao-tom-luoc": "txt",
    "bac-ninh-464-kh-ubnd-2020-trang-tin-tom-luoc": "html",
    "bac-giang-6649-kh-ubnd-2023-trang-tin-tom-luoc": "docx",
}
HEADING_POINTS = {1: 16.0, 2: 13.5, 3: 12.0, 4: 11.0, 5: 10.5}
BODY_POINTS = 10.0
HTML_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<article>
{body}</article>
</body>
</html>
"""


class BuildError(Exception):
    """A digest cannot be built; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading (`level` 1 to 6), paragraph, list item or table, in reading order.

    `runs` holds the text in stretches of one weight, each with whether it is bold; `rows` holds the cells of
    a table, heads first. A line break within a paragraph is a newline.
    """

    kind: str
    runs: tuple[tuple[str, bool], ...] = ()
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def all_bold(self) -> bool:
        return all(bold for text, bold in self.runs if text.strip())


def pieces(markdown: str) -> Iterator[Piece]:
    """The pieces of a digest. Knows only the Markdown that the digests use."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and before is not None:
            if before.type == "heading_open":
                yield Piece("heading", runs(token), level=int(before.tag[1]))
            elif before.type in {"th_open", "td_open"}:
                cells.append(Piece("cell", runs(token)).text)
            else:
                yield Piece("item" if token.level > 1 else "paragraph", runs(token))
        elif token.type == "tr_close":
            rows.append(tuple(cells))
            cells = []
        elif token.type == "table_close":
            yield Piece("table", rows=tuple(rows))
            rows = []


def runs(inline: Token) -> tuple[tuple[str, bool], ...]:
    """The text of an inline token in stretches of one weight."""
    found: list[tuple[str, bool]] = []
    bold = False
    for child in inline.children or ():
        if child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif child.type in {"softbreak", "hardbreak"}:
            found.append((" " if child.type == "softbreak" else "\n", bold))
        elif child.content:
            found.append((child.content, bold))
    return tuple(found)


class DigestPdf(FPDF):  # type: ignore[misc]  # fpdf2 is untyped here
    """An A4 page with "Trang 2/9" at its foot."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("body", size=8)
        self.cell(0, 5, f"Trang {self.page_no()}/{{nb}}", align="C")


def pdf_bytes(title: str, content: Sequence[Piece], font: Path, bold_font: Path) -> bytes:
    pdf = DigestPdf(format="A4")
    pdf.set_creation_date(BUILT_ON)
    pdf.set_title(title)
    pdf.set_lang("vi")
    pdf.set_margins(22, 20)
    pdf.set_auto_page_break(True, margin=20)
    for path, style in ((font, ""), (bold_font, "B")):
        if not path.is_file():
            raise BuildError(
                f"font not found: {path}. Install Debian's fonts-dejavu-core, or name a TrueType font that "
                "covers Vietnamese with --font and --bold-font."
            )
        pdf.add_font("body", style, path)
    pdf.add_page()
    for piece in content:
        draw(pdf, piece)
    return bytes(pdf.output())


def draw(pdf: FPDF, piece: Piece) -> None:
    """Draw one piece below what is already there."""
    if piece.kind == "heading":
        draw_heading(pdf, piece)
    elif piece.kind == "table":
        draw_table(pdf, piece.rows)
    else:
        pdf.set_font("body", size=BODY_POINTS)
        if piece.text.endswith(":") and pdf.will_page_break(18):
            pdf.add_page()  # what introduces a list stays with it
        if piece.kind == "item":
            pdf.set_x(pdf.l_margin + 3)
            pdf.cell(4, 5.4, "-")
        marked = "".join(f"**{text}**" if bold and text.strip() else text for text, bold in piece.runs)
        align = "C" if piece.all_bold else "L"
        pdf.multi_cell(0, 5.4, marked, align=align, markdown=True, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.2 if piece.kind == "item" else 2.4)


def draw_heading(pdf: FPDF, piece: Piece) -> None:
    """Draw a heading on the page of the text that follows; an appendix starts a page."""
    if piece.text.startswith("Phụ lục") or pdf.will_page_break(26):
        pdf.add_page()
    pdf.ln(2.5)
    pdf.start_section(piece.text, level=piece.level - 1, strict=False)
    pdf.set_font("body", "B", HEADING_POINTS[piece.level])
    align = "C" if piece.level == 1 else "L"
    pdf.multi_cell(0, 6.4, piece.text, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1.6)


def draw_table(pdf: FPDF, rows: Sequence[Sequence[str]]) -> None:
    """Draw a ruled table; its heads are repeated on every page."""
    pdf.set_font("body", size=BODY_POINTS - 0.5)
    with pdf.table(
        rows,
        col_widths=(12, 78, 36, 40),
        text_align=("CENTER", "LEFT", "RIGHT", "LEFT"),
        line_height=5.2,
        padding=1.6,
        headings_style=FontFace(emphasis="BOLD"),
    ):
        pass
    pdf.ln(4)


def docx_bytes(title: str, content: Sequence[Piece]) -> bytes:
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, "Hỏi Quy Hoạch", "vi-VN", ""
    core.created = core.modified = BUILT_ON
    for piece in content:
        if piece.kind == "table":
            raise BuildError(f"{title}: a table in a digest that ships as DOCX; ship it as PDF")
        if piece.kind == "heading":
            document.add_heading(piece.text, level=piece.level)
            continue
        paragraph = document.add_paragraph(style="List Bullet" if piece.kind == "item" else None)
        for text, bold in piece.runs:
            paragraph.add_run(text).bold = bold or None
    buffer = io.BytesIO()
    document.save(buffer)
    return with_fixed_dates(buffer.getvalue())


def with_fixed_dates(archive: bytes) -> bytes:
    """The same ZIP archive with every member dated BUILT_ON."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, BUILT_ON.timetuple()[:6])
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def html_text(title: str, markdown: str) -> str:
    return HTML_PAGE.format(title=title, body=MarkdownIt("commonmark").enable("table").render(markdown))


def plain_text(content: Sequence[Piece]) -> str:
    """One line a piece; a blank line before each that is no list item after another."""
    lines: list[str] = []
    last = ""
    for piece in content:
        if piece.kind == "table":
            raise BuildError("a table in a digest that ships as plain text; ship it as PDF")
        if lines and not (piece.kind == last == "item"):
            lines.append("")
        lines.append(f"- {piece.text}" if piece.kind == "item" else piece.text)
        last = piece.kind
    return "\n".join(lines) + "\n"


def original_name(content: Sequence[Piece]) -> str:
    """The name of the original, from the digest's second line."""
    return content[1].text.removeprefix("Bản gốc: ").split(";")[0]


def built(name: str, suffix: str, font: Path, bold_font: Path) -> bytes:
    """The bytes of the document that ships for the digest `name`."""
    markdown = (HERE / f"{name}.md").read_text("utf-8")
    if not unicodedata.is_normalized("NFC", markdown):
        raise BuildError(f"{name}.md is not in Unicode form NFC; normalise it")
    content = tuple(pieces(markdown))
    title = f"{original_name(content)} (bản tóm lược)"
    if suffix == "pdf":
        return pdf_bytes(title, content, font, bold_font)
    if suffix == "docx":
        return docx_bytes(title, content)
    if suffix == "html":
        return html_text(title, markdown).encode()
    return (plain_text(content) if suffix == "txt" else markdown).encode()


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the shipped documents from the digests.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "plans", help="folder to write to")
    parser.add_argument("--font", type=Path, default=FONTS / "DejaVuSerif.ttf", help="the PDF's font")
    parser.add_argument("--bold-font", type=Path, default=FONTS / "DejaVuSerif-Bold.ttf", help="and its bold")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for name, suffix in SHIPPED.items():
            path = options.out / f"{name}.{suffix}"
            path.write_bytes(built(name, suffix, options.font, options.bold_font))
            print(path)
    except BuildError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
