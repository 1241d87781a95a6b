"""Tables that text files draw with bars, frames and spaces, and what only looks like one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import text as text_reader
from ingest.readers.raw import RawBlock
from ingest.reading import read_document

BARS = """Kết quả tới giữa năm:

STT | Xã           | Số loa | Ghi chú
----+--------------+--------+---------
1   | Bản Mòng     | 12     | đủ
2   | Nà Khoa      | 7      | thiếu pin
"""

FRAME = """+-----+--------------+--------+-----------+
| STT | Xã           | Số loa | Ghi chú   |
+-----+--------------+--------+-----------+
| 1   | Bản Mòng     | 12     | đủ        |
| 2   | Nà Khoa      | 7      | thiếu pin |
+-----+--------------+--------+-----------+
"""

BOX = """┌─────┬──────────────┬────────┬───────────┐
│ STT │ Xã           │ Số loa │ Ghi chú   │
├─────┼──────────────┼────────┼───────────┤
│ 1   │ Bản Mòng     │ 12     │ đủ        │
│ 2   │ Nà Khoa      │ 7      │ thiếu pin │
└─────┴──────────────┴────────┴───────────┘
"""

SPACES = """STT  Xã            Số loa   Ghi chú
1    Bản Mòng          12   đủ
2    Nà Khoa            7   thiếu pin
"""


@pytest.fixture
def cells(write):
    """Reads a text file with one table: its heads, then its rows."""

    def read(text: str) -> list[tuple[str, ...]]:
        rows = [block for block in read_document(write("a.txt", text), "a.txt").blocks if block.cells]
        return [rows[0].columns, *(row.cells for row in rows)] if rows else []

    return read


@pytest.mark.parametrize("drawn", [BARS, FRAME, BOX, SPACES], ids=["bars", "frame", "box", "spaces"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_drawn_table_is_read_cell_by_cell(cells, drawn, end):
    assert cells(drawn.replace("\n", end)) == [
        ("STT", "Xã", "Số loa", "Ghi chú"),
        ("1", "Bản Mòng", "12", "đủ"),
        ("2", "Nà Khoa", "7", "thiếu pin"),
    ]


def test_text_right_above_and_below_a_table_is_none_of_it(write):
    table = "Xã       | Số loa\n---------+-------\nBản Mòng | 12\nNà Khoa  | 7"
    text = f"Bảng 4. Loa theo xã\n{table}\nNguồn: các xã báo về.\n"
    blocks = read_document(write("a.txt", text), "a.txt").blocks
    assert [block.text for block in blocks if not block.cells] == [
        "Bảng 4. Loa theo xã",
        "Nguồn: các xã báo về.",
    ]
    assert [block.cells for block in blocks if block.cells] == [("Bản Mòng", "12"), ("Nà Khoa", "7")]


TO_THE_RIGHT = """Xã              Số loa    Hộ nghe (%)
Bản Mòng            12           45,5
Nà Khoa              7            8,2
Pá Lau           1.104           61,0
"""


def test_numbers_set_to_the_right_stay_under_their_heads(cells):
    assert cells(TO_THE_RIGHT)[1:] == [
        ("Bản Mòng", "12", "45,5"),
        ("Nà Khoa", "7", "8,2"),
        ("Pá Lau", "1.104", "61,0"),
    ]


WITH_GAPS = {
    "bars": """TT | Xã       | Số loa | Hộ nghe
---+----------+--------+--------
1  | Bản Mòng | 12     | 450
2  | Nà Khoa  |        | 820
   | Cộng     | 12     | 1.270
""",
    "spaces": """TT  Xã          Số loa   Hộ nghe
1   Bản Mòng        12       450
2   Nà Khoa                  820
    Cộng            12     1.270
""",
}


@pytest.mark.parametrize("drawn", WITH_GAPS.values(), ids=WITH_GAPS)
def test_an_empty_cell_stays_empty_and_a_total_row_is_a_row(cells, drawn):
    assert cells(drawn)[2:] == [("2", "Nà Khoa", "", "820"), ("", "Cộng", "12", "1.270")]


WRAPPED = {
    "bars": """TT | Việc             | Số tiền
---+------------------+--------
1  | Mắc loa ở các    | 90
   | bản xa đường     |
2  | Thay pin         | 15
""",
    "frame": """+----+------------------+---------+
| TT | Việc             | Số tiền |
+----+------------------+---------+
| 1  | Mắc loa ở các    | 90      |
|    | bản xa đường     |         |
+----+------------------+---------+
| 2  | Thay pin         | 15      |
+----+------------------+---------+
""",
    "spaces": """TT  Việc              Số tiền
1   Mắc loa ở các          90
    bản xa đường
2   Thay pin               15
""",
}


@pytest.mark.parametrize("drawn", WRAPPED.values(), ids=WRAPPED)
def test_a_cell_over_two_lines_is_one_cell(cells, drawn):
    assert cells(drawn)[1:] == [("1", "Mắc loa ở các bản xa đường", "90"), ("2", "Thay pin", "15")]


def test_a_markdown_table_is_read_as_before(cells):
    assert cells("| TT | Việc | Tiền |\n|----|------|-----:|\n| 1 | Mắc loa | 90 |\n| | bản xa | |\n") == [
        ("TT", "Việc", "Tiền"),
        ("1", "Mắc loa", "90"),
        ("", "bản xa", ""),
    ]


LETTERHEAD = """UBND TỈNH SƠN LA              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ VĂN HÓA                        Độc lập - Tự do - Hạnh phúc
Số: 16/KH-SVH                   Sơn La, ngày 3 tháng 4 năm 2024

KẾ HOẠCH
Mắc loa ở các bản
"""


def test_a_letterhead_in_two_columns_is_no_table(write):
    document = read_document(write("a.txt", LETTERHEAD), "a.txt")
    assert not any(block.cells for block in document.blocks)
    assert document.source.number == "16/KH-SVH"


@pytest.mark.parametrize(
    "text",
    [
        "Năm nay tỉnh mắc thêm 5 loa.  Sang năm mắc 9 loa.\nCác xã báo về  trước ngày rằm.  Sở gom lại.\n"
        "Mỗi bản có 2 người trông.  Loa mở  cả tuần.\n",
        "Các việc phải làm:\n1.  Mắc loa ở 5 bản\n2.  Thay 40 cục pin\n3.  Kiểm tra 12 trạm\n",
    ],
    ids=["prose", "list"],
)
def test_double_spaces_make_no_table(write, text):
    blocks = read_document(write("a.txt", text), "a.txt").blocks
    assert not any(block.cells for block in blocks)
    assert " ".join(" ".join(block.text for block in blocks).split()) == " ".join(text.split())


WORDS = st.text("abghmnđắộùỷ", min_size=1, max_size=6)
NUMBERS = st.integers(0, 99_999).map(str)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.tuples(
        st.lists(WORDS, min_size=width, max_size=width),
        st.lists(st.tuples(WORDS, *[WORDS | NUMBERS] * (width - 1)), min_size=1, max_size=6),
    )
)


def read_text(text: str) -> tuple[RawBlock, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(text, "utf-8")
        return text_reader.read(path).blocks


@settings(deadline=None)
@given(TABLES, st.booleans(), st.booleans())
def test_what_is_drawn_with_bars_reads_back(drawn, framed, to_the_right):
    rows = [tuple(drawn[0]), *drawn[1]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    align = str.rjust if to_the_right else str.ljust
    lines = [" | ".join(map(align, row, widths)) for row in rows]
    rule = "-+-".join("-" * width for width in widths)
    if framed:
        lines, rule = [f"| {line} |" for line in lines], f"+-{rule}-+"
    lines = [lines[0], rule, *lines[1:]]
    text = "\n".join([rule, *lines, rule] if framed else lines)
    assert [block.cells for block in read_text(text)] == rows
