"""HTML, DOCX and PDF: real small files, made here or shipped with the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from domain.documents import Block, BlockKind, Document, DocumentKind, PassageKind
from domain.errors import ReadError
from ingest.passages import make_passages
from ingest.reading import read_document

REPOSITORY = Path(__file__).resolve().parents[2]
DIGEST = "bac-giang-472-qd-ubnd-2016-tom-luoc"


def outline(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]


def rows(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def body(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in document.blocks]


# ---- HTML -----------------------------------------------------------------------------------------------


def test_html_plan(write, plan_html):
    document = read_document(write("ke-hoach.html", plan_html), "ke-hoach.html")
    source = document.source
    assert (source.kind, source.number, source.place) == (DocumentKind.PLAN, "7/KH-UBND", "Yên Bái")
    assert (source.issued_on, source.signer) == (date(2024, 1, 5), "Lê Thị Mẫu")
    assert source.issuer == "UBND tỉnh Yên Bái"
    assert source.title == "Kế hoạch chuyển đổi số tỉnh Yên Bái năm 2024"
    assert outline(document) == [(1, "I. MỤC TIÊU"), (2, "1. Về chính quyền số:")]
    text = "\n".join(block.text for block in document.blocks)
    assert "Trang chủ" not in text and "Bản quyền" not in text


def test_html_lists_and_tables(write, plan_html):
    document = read_document(write("ke-hoach.html", plan_html), "ke-hoach.html")
    items = [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items[:4] == [
        (1, "100% thủ tục trực tuyến;"),
        (1, "60% hồ sơ trực tuyến."),
        (1, "Mục ngoài"),
        (2, "Mục trong"),
    ]
    table = rows(document)
    assert table[0].columns == ("TT", "Nhiệm vụ", "Kinh phí Tỉnh", "Kinh phí Khác")
    assert [row.cells for row in table] == [("1", "Chung", "10", ""), ("2", "", "20", "5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_html_encoding_from_the_bytes(write, encoding):
    page = "<html><head><meta charset='{}'></head><body><h1>Ti\u00eau</h1><p>{}</p></body></html>"
    text = "Mạng truyền số liệu của tỉnh đạt 100%. " * 3
    spelled = text if encoding != "cp1258" else _for_cp1258(text)
    document = read_document(write("a.html", page.format(encoding, spelled).encode(encoding)), "a.html")
    assert document.blocks[1].text == text.strip()


def _for_cp1258(text: str) -> str:
    """Windows-1258 holds letters and tone marks apart."""
    pairs = {"ạ": "a\u0323", "ề": "ê\u0300", "ố": "ô\u0301", "ệ": "ê\u0323", "ủ": "u\u0309", "ỉ": "i\u0309"}
    return "".join(pairs.get(character, character) for character in text)


def test_html_line_breaks_and_bold_lead(write):
    page = "<p><b>Điều 1.</b> Phê duyệt kế hoạch này.</p><p>Dòng một<br>Dòng hai<br>nối tiếp</p>"
    document = read_document(write("a.html", f"<h1>Tên trang</h1>{page}"), "a.html")
    assert [block.text for block in document.blocks] == [
        "Tên trang", "Điều 1.", "Phê duyệt kế hoạch này.", "Dòng một", "Dòng hai nối tiếp",
    ]  # fmt: skip


# ---- DOCX -----------------------------------------------------------------------------------------------


def make_docx(path: Path) -> Path:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 21/KH-UBND"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSơn La, ngày 9 tháng 8 năm 2023"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Chuyển đổi số tỉnh Sơn La năm 2024")
    document.add_heading("I. Mục tiêu", level=1)
    document.add_heading("Mục tiêu chung", level=2)
    broken = document.add_paragraph("Câu thứ nhất.")
    broken.add_run().add_break(WD_BREAK.LINE)
    broken.add_run("Câu thứ hai.")
    document.add_paragraph("Các chỉ tiêu:")
    document.add_paragraph("Chỉ tiêu một đạt 70%.", style="List Bullet")
    document.add_paragraph("Chỉ tiêu hai đạt 80%.", style="List Bullet")
    document.add_heading("II. Kinh phí", level=1)
    table = document.add_table(rows=4, cols=3)
    for index, cells in enumerate(
        [("TT", "Nhiệm vụ", "Vốn"), ("1", "Chung", "5,5"), ("2", "", "7"), ("3", "Riêng", "")]
    ):
        for cell, text in zip(table.rows[index].cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    document.add_paragraph("Bước thứ nhất của quy trình này.", style="List Number")
    document.add_paragraph("Bước thứ hai của quy trình này.", style="List Number")
    document.save(str(path))
    return path


def test_docx_plan(tmp_path):
    document = read_document(make_docx(tmp_path / "a.docx"), "a.docx")
    source = document.source
    assert (source.number, source.kind, source.place) == ("21/KH-UBND", DocumentKind.PLAN, "Sơn La")
    assert (source.issued_on, source.issuer) == (date(2023, 8, 9), "UBND tỉnh Sơn La")
    assert source.title == "Kế hoạch chuyển đổi số tỉnh Sơn La năm 2024"
    assert outline(document) == [(1, "I. Mục tiêu"), (2, "Mục tiêu chung"), (1, "II. Kinh phí")]
    texts = [block.text for block in document.blocks]
    assert "Câu thứ nhất." in texts and "Câu thứ hai." in texts
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.marker, item.text) for item in items] == [
        ("-", "Chỉ tiêu một đạt 70%."),
        ("-", "Chỉ tiêu hai đạt 80%."),
        ("1.", "1. Bước thứ nhất của quy trình này."),
        ("2.", "2. Bước thứ hai của quy trình này."),
    ]


def test_docx_table_with_a_merged_cell(tmp_path):
    table = rows(read_document(make_docx(tmp_path / "a.docx"), "a.docx"))
    assert [row.cells for row in table] == [("1", "Chung", "5,5"), ("2", "", "7"), ("3", "Riêng", "")]
    assert {row.columns for row in table} == {("TT", "Nhiệm vụ", "Vốn")}


def test_docx_in_a_font_of_the_time_before_unicode(tmp_path):
    document = docx.Document()
    for _ in range(3):
        document.add_paragraph("§iÒu 1. Phª duyÖt kÕ ho¹ch chuyÓn ®æi sè cña tØnh.")
    document.save(str(tmp_path / "a.docx"))
    read = read_document(tmp_path / "a.docx", "a.docx")
    assert read.blocks[1].text == "Phê duyệt kế hoạch chuyển đổi số của tỉnh."
    assert [warning.code for warning in read.warnings] == ["legacy_encoding"]


# ---- PDF ------------------------------------------------------------------------------------------------


def test_the_shipped_pdf_reads_like_the_text_it_was_made_from():
    pdf = read_document(REPOSITORY / "plans" / f"{DIGEST}.pdf", "a.pdf")
    text = read_document(REPOSITORY / "digests" / f"{DIGEST}.md", "a.md")
    assert body(pdf) == body(text)
    assert outline(pdf) == outline(text)
    assert [row.cells for row in rows(pdf)] == [row.cells for row in rows(text)]
    assert pdf.source.page_count == max(block.page or 0 for block in pdf.blocks)
    assert (pdf.source.number, pdf.source.signer) == (text.source.number, text.source.signer)


class Paper(FPDF):  # type: ignore[misc]
    """Pages with a running head and a page number."""

    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 6, "UBND tinh Mau - Ke hoach so 5/KH-UBND", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 6, f"Trang {self.page_no()}/{{nb}}", align="C")


def make_pdf(path: Path, pages: int = 3) -> Path:
    pdf = Paper()
    for page in range(1, pages + 1):
        pdf.add_page()
        pdf.set_font("helvetica", "B", 15)
        pdf.multi_cell(0, 9, f"{'I' * page}. Phan thu {page}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 6, f"Doan van cua trang {page} " + "dai qua mot dong " * 12 + "het.",
                       new_x="LMARGIN", new_y="NEXT")  # fmt: skip
        pdf.ln(4)
        with pdf.table() as table:
            for cells in [("STT", "Du an", "Von"), (str(page), f"Du an {page} " + "rat dai " * 12, "1,5")]:
                table.row(cells)
    pdf.output(str(path))
    return path


def test_pdf_headings_paragraphs_tables_and_pages(tmp_path):
    document = read_document(make_pdf(tmp_path / "a.pdf"), "a.pdf")
    assert outline(document) == [(1, "I. Phan thu 1"), (1, "II. Phan thu 2"), (1, "III. Phan thu 3")]
    paragraphs = [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert [(block.page, block.text[:19]) for block in paragraphs] == [
        (page, f"Doan van cua trang {page}"[:19]) for page in (1, 2, 3)
    ]
    assert all(block.text.endswith("het.") for block in paragraphs)
    assert [(row.page, row.cells[0], row.cells[2]) for row in rows(document)] == [
        (1, "1", "1,5"), (2, "2", "1,5"), (3, "3", "1,5"),
    ]  # fmt: skip
    assert rows(document)[0].columns == ("STT", "Du an", "Von")


def test_pdf_running_heads_feet_and_doubled_text_are_dropped(tmp_path):
    text = "\n".join(block.text for block in read_document(make_pdf(tmp_path / "a.pdf"), "a.pdf").blocks)
    assert "Trang 1/3" not in text and "5/KH-UBND" not in text
    assert text.count("Du an 2") == 1


def test_pdf_row_cut_by_a_page_end(tmp_path):
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for part in (("2", "Du an hai con", "3,5"), ("", "phan sau cua ten", "")):
        pdf.add_page()
        with pdf.table(first_row_as_headings=False) as table:
            table.row(("STT", "Du an", "Von"))
            table.row(("1", "Du an mot", "2,5") if part[0] else part)
            table.row(part if part[0] else ("3", "Du an ba", "4"))
    pdf.output(str(tmp_path / "a.pdf"))
    table = rows(read_document(tmp_path / "a.pdf", "a.pdf"))
    assert [row.cells for row in table] == [
        ("1", "Du an mot", "2,5"),
        ("2", "Du an hai con phan sau cua ten", "3,5"),
        ("3", "Du an ba", "4"),
    ]
    assert {row.table for row in table} == {0}


def test_pdf_pages_without_text_are_warned_about(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(make_pdf(tmp_path / "a.pdf", pages=1)))
    writer.add_blank_page(width=600, height=800)
    writer.write(tmp_path / "b.pdf")
    document = read_document(tmp_path / "b.pdf", "b.pdf")
    assert [(warning.code, warning.page) for warning in document.warnings] == [("page_without_text", 2)]
    assert document.source.page_count == 2


def test_pdf_without_any_text(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(width=600, height=800)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(ReadError) as caught:
        read_document(tmp_path / "a.pdf", "a.pdf")
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("name", ["bac-ninh-464-kh-ubnd-2020-trang-tin-tom-luoc.html",
                                  "bac-giang-6649-kh-ubnd-2023-trang-tin-tom-luoc.docx"])  # fmt: skip
def test_shipped_pages_read_like_the_text_they_were_made_from(name):
    shipped = read_document(REPOSITORY / "plans" / name, name)
    text = read_document((REPOSITORY / "digests" / name).with_suffix(".md"), "a.md")
    assert body(shipped) == body(text)
    assert shipped.source.about == text.source.about and shipped.source.about is not None
    assert shipped.source.digest_of == text.source.digest_of
    kinds = {passage.kind for passage in make_passages(shipped)}
    assert PassageKind.LIST in kinds
