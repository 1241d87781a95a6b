"""What stands behind a signature, and signatures in columns, tables and with names of every kind."""

from __future__ import annotations

import pytest

from domain.documents import BlockKind, Document, Passage, PassageKind
from ingest.figures import extract_figures
from ingest.passages import make_passages
from ingest.reading import read_document

HEAD = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 46/QĐ-UBND

Lai Châu, ngày 8 tháng 4 năm 2024

QUYẾT ĐỊNH

Về việc ban hành Kế hoạch dự án quét bản đồ cũ

Căn cứ Luật Thử nghiệm ngày 01/01/2020;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch dự án quét bản đồ cũ.

"""
SIGNED = """TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

(Đã ký)

Lò Thị Mẫu

"""
ATTACHED = """# KẾ HOẠCH DỰ ÁN

(Ban hành kèm theo Quyết định số 46/QĐ-UBND ngày 8 tháng 4 năm 2024)

## 1. Mục tiêu

Đến năm 2026, 65% bản đồ cũ được quét.

## 2. Kinh phí

Kinh phí quét bản đồ là 3,4 tỷ đồng.
"""


@pytest.fixture
def read(write):
    """Reads a document of this name and text."""

    def document(name: str, text: str) -> Document:
        return read_document(write(name, text), name)

    return document


def prose(document: Document) -> list[Passage]:
    return [passage for passage in make_passages(document) if passage.kind is PassageKind.PROSE]


def test_a_plan_behind_the_signature_of_its_decision_is_no_front_matter(read):
    document = read("lai-chau.md", HEAD + SIGNED + ATTACHED)
    text = {passage.path: passage.text for passage in prose(document)}
    assert text["KẾ HOẠCH DỰ ÁN", "1. Mục tiêu"] == "Đến năm 2026, 65% bản đồ cũ được quét."
    assert document.source.signer == "Lò Thị Mẫu"


def test_the_figures_of_an_attached_plan_are_in_the_register(read):
    document = read("lai-chau.md", HEAD + SIGNED + ATTACHED)
    figures = extract_figures(document.source, make_passages(document))
    assert {(str(figure.quantity.value), figure.year) for figure in figures} >= {("65", 2026), ("3.4", None)}


BY_LETTERS = """PHẦN A. HIỆN TRẠNG

A.1. Kho bản đồ

Kho có 900 tờ bản đồ.

A.2. Máy quét

Kho có 2 máy quét.

PHẦN B. VIỆC PHẢI LÀM

B.1. Quét bản đồ

Mỗi tháng quét 50 tờ.
"""


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]


def test_an_outline_of_letters_and_numbers(read):
    assert headings(read("lai-chau.txt", BY_LETTERS)) == [
        (1, "PHẦN A. HIỆN TRẠNG"),
        (2, "A.1. Kho bản đồ"),
        (2, "A.2. Máy quét"),
        (1, "PHẦN B. VIỆC PHẢI LÀM"),
        (2, "B.1. Quét bản đồ"),
    ]


TWO_COLUMNS = """Nơi nhận:                               TM. ỦY BAN NHÂN DÂN
- Các huyện, thành phố;                     KT. CHỦ TỊCH
- Kho lưu trữ tỉnh;                         PHÓ CHỦ TỊCH
- Lưu: VT.
                                              (Đã ký)

                                           Lò Thị Mẫu

"""
APPENDIX = "Phụ lục\n\nDANH MỤC BẢN ĐỒ\n\n" + "".join(
    f"{number}. Tờ bản đồ thứ {number} vẽ vùng núi phía tây của tỉnh.\n\n" for number in range(1, 81)
)


def test_a_signature_in_two_columns_before_a_long_appendix(read):
    document = read("lai-chau.txt", HEAD + TWO_COLUMNS + APPENDIX)
    lines = [block.text for block in document.blocks]
    assert document.source.signer == "Lò Thị Mẫu"
    assert {"Các huyện, thành phố;", "Kho lưu trữ tỉnh;", "KT. CHỦ TỊCH"} <= set(lines)


ROWS = {
    "a.md": HEAD
    + """| | |
|---|---|
| **Nơi nhận:** | **TM. ỦY BAN NHÂN DÂN** |
| - Các huyện; | **CHỦ TỊCH** |
| - Lưu: VT. | (Đã ký) |
| | **Lò Thị Mẫu** |
""",
    "a.html": "".join(f"<p>{line}</p>" for line in HEAD.splitlines() if line)
    + """<table><tr><td>Nơi nhận:</td><td>TM. ỦY BAN NHÂN DÂN</td></tr>
<tr><td>- Các huyện;</td><td>CHỦ TỊCH</td></tr><tr><td>- Lưu: VT.</td><td>(Đã ký)</td></tr>
<tr><td></td><td>Lò Thị Mẫu</td></tr></table>""",
}


@pytest.mark.parametrize(("name", "text"), ROWS.items(), ids=ROWS)
def test_a_signature_in_several_rows_of_a_table(read, name, text):
    document = read(name, text)
    lines = [block.text for block in document.blocks]
    assert document.source.signer == "Lò Thị Mẫu"
    assert lines.index("Lưu: VT.") < lines.index("TM. ỦY BAN NHÂN DÂN")
    assert not any(block.cells for block in document.blocks)


@pytest.mark.parametrize("person", ["Lò Thị Mẫu", "H'Loan Mlô", "Y’Thử Niê"])
def test_a_signature_of_broken_lines_and_names_of_every_kind(read, person):
    html = "".join(f"<p>{line}</p>" for line in HEAD.splitlines() if line)
    broken = f"{html}<p>CHỦ TỊCH<br>(đã ký)<br>{person}</p>"
    assert read("a.html", broken).source.signer == person
    assert read("a.txt", HEAD + SIGNED.replace("Lò Thị Mẫu", person)).source.signer == person
