"""Figures: each number of a document with its indicator, time, level and role, in several layouts."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from domain.documents import Passage, PassageKind
from domain.figures import Figure
from ingest.figures import extract_figures
from ingest.passages import make_passages
from ingest.reading import read_document
from ingest.table_figures import head_role, is_total_row, says_only_when, unit_column

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 15/KH-UBND
Hà Giang, ngày 5 tháng 2 năm 2024

KẾ HOẠCH
{title}

Căn cứ Luật Thử nghiệm ngày 01 tháng 01 năm 2020;
"""


@pytest.fixture
def read(tmp_path: Path):
    """Figures of a plan of Hà Giang of 2024 with this body; those that start with a mark are Markdown."""

    def figures(
        body: str, title: str = "Phát triển thử nghiệm tỉnh Hà Giang", name: str = "a.txt"
    ) -> list[Figure]:
        path = tmp_path / name
        path.write_text(HEAD.format(title=title) + "\n" + dedent(body), "utf-8")
        document = read_document(path, name)
        return list(extract_figures(document.source, make_passages(document)))

    return figures


def times(figures: list[Figure]) -> dict[str, object]:
    return {str(f.quantity.value or f.quantity.date): f.year or f.period for f in figures}


def roles(figures: list[Figure]) -> dict[str, str]:
    return {str(f.quantity.value or f.quantity.date): f.role.value for f in figures}


# ----- lists ---------------------------------------------------------------------------------------------


def test_an_item_that_ends_in_a_colon_is_the_indicator_of_those_below(read):
    figures = read("""\
        I. MỤC TIÊU
        1. Mục tiêu đến năm 2027
        - Tỷ lệ trường đạt chuẩn quốc gia:
        + Khu vực nông thôn: từ 70% trở lên;
        + Cấp xã: khoảng 50%.
        - Tỷ lệ hộ nghèo còn 3%.
        """)
    assert [(f.indicator, f.level, f.year) for f in figures] == [
        ("Tỷ lệ trường đạt chuẩn quốc gia: Khu vực nông thôn", None, 2027),
        ("Tỷ lệ trường đạt chuẩn quốc gia", "xã", 2027),
        ("Tỷ lệ hộ nghèo", None, 2027),
    ]


def test_a_line_gives_its_year_to_its_items_and_beats_the_heading(read):
    figures = read("""\
        I. MỤC TIÊU ĐẾN NĂM 2030
        1. Giáo dục
        a) Các mức cần đạt đến năm 2026:
        - Tỷ lệ huy động trẻ nhà trẻ đạt 38%.
        b) Đến năm 2028
        - Tỷ lệ huy động trẻ nhà trẻ đạt 42%.
        c) Các mức khác:
        - Tỷ lệ huy động trẻ nhà trẻ đạt 45%.
        """)
    assert times(figures) == {"38": 2026, "42": 2028, "45": 2030}


def test_a_line_gives_its_level_to_its_items(read):
    figures = read("""\
        I. MỤC TIÊU
        1. Đối với cấp xã:
        - Tỷ lệ hồ sơ trực tuyến đạt 60%.
        - Tỷ lệ hồ sơ số hóa đạt 70%.
        2. Nội dung khác
        - Tỷ lệ hài lòng đạt 90%.
        """)
    assert [f.level for f in figures] == ["xã", "xã", None]


def test_the_place_of_the_quantity_in_a_completed_indicator(read):
    (figure,) = read("""\
        I. MỤC TIÊU
        - Tỷ lệ trường đạt chuẩn:
        + Xã miền núi: 50%.
        """)
    assert figure.quantity_at == len(figure.indicator)


# ----- what is, and what is aimed at ---------------------------------------------------------------------


def test_results_never_have_a_year_to_come(read):
    figures = read(
        """\
        I. THỰC TRẠNG
        Tỷ lệ hồ sơ trực tuyến mới đạt 38%. Hiện có 412 cơ sở lưu trú.
        II. MỤC TIÊU
        Tỷ lệ hồ sơ trực tuyến đạt 80%.
        """,
        title="Phát triển thử nghiệm tỉnh Hà Giang đến năm 2030",
    )
    assert roles(figures) == {"38": "result", "412": "result", "80": "target"}
    assert times(figures) == {"38": None, "412": 2024, "80": 2030}


def test_a_day_that_opens_a_section_holds_for_its_results(read):
    figures = read("""\
        I. HIỆN TRẠNG
        1. Tính đến ngày 30 tháng 6 năm 2023, toàn tỉnh có 27 bệnh viện, trong đó 4 bệnh viện dùng bệnh án điện tử.
        2. Tỷ lệ người dân có hồ sơ sức khỏe đạt 61,4%.
        """)
    assert times(figures) == {"27": 2023, "4": 2023, "61.4": 2023}


def test_a_target_that_was_missed_is_a_target(read):
    figures = read("""\
        I. KẾT QUẢ NĂM 2023
        Trạm được lắp tại 6 địa điểm, chưa đạt mục tiêu 10 địa điểm.
        """)
    assert roles(figures) == {"6": "result", "10": "target"}


def test_where_a_change_comes_from_is_a_result(read):
    figures = read("""\
        I. MỤC TIÊU ĐẾN NĂM 2028
        Giảm tỷ lệ chôn lấp từ 60% hiện nay xuống dưới 30%.
        """)
    assert roles(figures) == {"60": "result", "30": "target"}
    assert times(figures) == {"60": None, "30": 2028}


def test_the_year_that_is_compared_with(read):
    figures = read("""\
        I. KẾT QUẢ
        Năm 2023, doanh thu đạt 96 tỷ đồng, gấp 1,8 lần năm 2021; sản lượng tăng 12% so với cùng kỳ.
        Giá trị sản xuất (giá so sánh năm 2010) đạt 500 tỷ đồng.
        """)
    assert [(str(f.quantity.value), f.year, f.relative_to) for f in figures][:3] == [
        ("96", 2023, None),
        ("1.8", 2023, 2021),
        ("12", 2023, 2022),
    ]
    assert figures[3].year != 2010


def test_capital_is_a_budget_and_investment_attracted_is_not(read):
    figures = read("""\
        I. MỤC TIÊU
        Thu hút 3 dự án, vốn đăng ký không dưới 15 triệu USD.
        II. KINH PHÍ
        1. Tổng kinh phí: 45,6 tỷ đồng, trong đó:
        a) Ngân sách tỉnh: 40 tỷ đồng;
        b) Xã hội hóa: 5,6 tỷ đồng.
        """)
    assert roles(figures) == {
        "3": "target",
        "15": "target",
        "45.6": "budget",
        "40": "budget",
        "5.6": "budget",
    }


def test_remarks_of_a_digest_are_no_figures(read):
    figures = read("""\
        I. KINH PHÍ
        Tổng kinh phí là 700 tỷ đồng (bản gốc viết như vậy, các dòng cộng lại được 701 tỷ đồng).

        Ghi chú của bản tóm lược: các dòng cộng lại được 701 tỷ đồng.
        """)
    assert [str(f.quantity.value) for f in figures] == ["700"]


def test_deadlines_are_dates_with_what_is_due(read):
    figures = read("""\
        I. NHIỆM VỤ
        1. Sở Y tế hoàn thành số hóa hồ sơ trước ngày 30/6/2025.
        2. Đến 31/12/2025 hoàn thành 100% việc kết nối.
        """)
    dates = [(f.indicator, str(f.quantity.date), f.year) for f in figures if f.quantity.date]
    assert dates[0] == ("Sở Y tế hoàn thành số hóa hồ sơ", "2025-06-30", 2025)
    assert dates[1][1:] == ("2025-12-31", 2025) and "việc kết nối" in dates[1][0]


def test_the_clause_and_the_span_are_in_the_passage(read, tmp_path):
    read("I. MỤC TIÊU\n- Tỷ lệ hộ nghèo còn dưới 3% vào năm 2026; thu nhập đạt 60 triệu đồng/người/năm.\n")
    document = read_document(tmp_path / "a.txt", "a.txt")
    passages = {p.passage_id: p for p in make_passages(document)}
    for figure in extract_figures(document.source, tuple(passages.values())):
        text = passages[figure.passage_id].text
        assert text[slice(*figure.span)] in text[slice(*figure.clause)]
        assert any(character.isdigit() for character in text[slice(*figure.span)])


# ----- tables --------------------------------------------------------------------------------------------

PLAN_AND_RESULT = """\
I. KẾT QUẢ NĂM 2023

| TT | Chỉ tiêu | ĐVT | KH 2023 | TH 2023 | Kế hoạch 2024 |
|---|---|---|---|---|---|
| I | Diện tích | | | | |
| 1 | Cây ăn quả | ha | 300 | 312,5 | 340 |
| 2 | Trạm quan trắc (trạm) | | 40 | 46 | > 60 |
"""


def test_the_column_says_whether_it_was_planned_or_done(read):
    figures = read(PLAN_AND_RESULT, name="a.md")
    assert [(str(f.quantity.value), f.quantity.unit, f.role, f.year) for f in figures] == [
        ("300", "ha", "target", 2023),
        ("312.5", "ha", "result", 2023),
        ("340", "ha", "target", 2024),
        ("40", "trạm", "target", 2023),
        ("46", "trạm", "result", 2023),
        ("60", "trạm", "target", 2024),
    ]
    assert figures[0].indicator == "Diện tích: Cây ăn quả" and figures[5].quantity.comparator == ">"


def test_rows_have_their_own_time_and_days_are_deadlines(read):
    figures = read(
        """\
        III. KINH PHÍ GIAI ĐOẠN 2024 - 2030

        Phân kỳ đầu tư (ĐVT: tỷ đồng):

        | STT | Danh mục dự án | Tổng mức đầu tư | Nguồn vốn | Thời gian thực hiện |
        |---|---|---|---|---|
        | 1 | Đường nội đồng | 14,2 | Ngân sách tỉnh | 2026 - 2029 |
        | 2 | Chợ đầu mối | 6,8 | Xã hội hóa | Quý II/2025 |
        | 3 | Trạm bơm | 9 | Ngân sách tỉnh | 31/12/2027 |
        | | Tổng cộng | 30 | | |
        """,
        name="a.md",
    )
    assert times(figures) == {
        "14.2": (2026, 2029), "6.8": 2025, "9": 2027, "2027-12-31": 2027, "30": (2024, 2030),
    }  # fmt: skip
    assert {f.quantity.unit for f in figures if f.quantity.value} == {"tỷ đồng"}
    assert roles(figures)["30"] == "budget" and roles(figures)["2027-12-31"] == "target"
    assert dict(figures[0].attributes)["Nguồn vốn"] == "Ngân sách tỉnh"


def test_columns_named_by_level(read):
    figures = read(
        """\
        II. GIAO CHỈ TIÊU NĂM 2024

        | TT | Nội dung | Cấp tỉnh | Cấp xã | Đơn vị chủ trì |
        |---|---|---|---|---|
        | 1 | Tỷ lệ văn bản ký số (%) | ≥ 98 | 75 | Văn phòng UBND tỉnh |
        """,
        name="a.md",
    )
    assert [(f.indicator, f.level, f.quantity.unit, f.quantity.comparator.value) for f in figures] == [
        ("Tỷ lệ văn bản ký số", "tỉnh", "%", ">="),
        ("Tỷ lệ văn bản ký số", "xã", "%", "="),
    ]


def test_a_head_of_bare_years(read):
    body = (
        "I. SẢN LƯỢNG\nBiểu 1. Sản lượng (ĐVT: triệu m³)\nNăm\t2023\t2025\t2030\nNước sạch\t81\t92,5\t118\n"
    )
    assert times(read(body)) == {"81": 2023, "92.5": 2025, "118": 2030}


def row(columns: tuple[str, ...], cells: tuple[str, ...]) -> Passage:
    return Passage(
        "a", "b", 0, PassageKind.TABLE_ROW, (), " ".join(filter(None, cells)), columns=columns, cells=cells
    )


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Tổng cộng", True), ("TỔNG CỘNG (A+B)", True), ("Cộng", True), ("TỔNG", True), ("Tổng số", True),
        ("Tổng số hộ nghèo", False), ("Cộng đồng dân cư", False), ("Tổng đài 1022", False),
    ],
)  # fmt: skip
def test_total_rows(label, total):
    assert is_total_row(row(("TT", "Danh mục", "Vốn"), ("", label, "30"))) is total


def test_what_heads_say():
    assert head_role("KH 2025") == head_role("Chỉ tiêu giao năm 2025") == "target"
    assert head_role("Ước thực hiện 2024") == head_role("TH 2023") == "result"
    assert head_role("Kế hoạch thực hiện 2025") == "target" and head_role("Năm 2025") is None
    assert says_only_when("Kế hoạch năm 2025") and not says_only_when("Vốn năm 2025")
    assert unit_column(row(("TT", "Nội dung", "Đơn vị chủ trì"), ("1", "a", "b"))) is None
    assert unit_column(row(("TT", "Nội dung", "ĐVT"), ("1", "a", "%"))) == 2


def test_rows_named_by_a_year(read):
    figures = read(
        """\
        IV. KINH PHÍ

        Tổng kinh phí: 186.400 triệu đồng, chia theo năm như sau:

        | Năm | Đào tạo | Tổng cộng |
        |---|---|---|
        | 2024 | 12.500 | 26.700 |
        | 2025-2027 | 45.100 | 159.700 |
        | Cộng | 57.600 | 186.400 |
        """,
        name="a.md",
    )[1:]
    assert [(f.indicator, f.year or f.period, f.quantity.unit) for f in figures][:4] == [
        ("Đào tạo", 2024, "triệu đồng"),
        ("Tổng cộng", 2024, "triệu đồng"),
        ("Đào tạo", (2025, 2027), "triệu đồng"),
        ("Tổng cộng", (2025, 2027), "triệu đồng"),
    ]
    assert len(figures) == 6 and {f.role for f in figures} == {"budget"}


def test_a_comparison_holds_for_the_changes_that_it_opens(read):
    figures = read("""\
        I. KẾT QUẢ NĂM 2023
        Xảy ra 198 vụ; so với năm 2022 giảm 12 vụ (-5,7%), giảm 8 người chết.
        """)
    assert [f.relative_to for f in figures] == [None, 2022, 2022, 2022]
