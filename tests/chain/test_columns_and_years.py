"""Questions over whole columns: rows with nothing in them, limits, sums of named rows; and the year with most."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Answer, Status
from tests.chain.conftest import assistant_on

REPORT = """# Báo cáo chuyển đổi số tỉnh Yên Bái năm 2024

Ủy ban nhân dân tỉnh ban hành Báo cáo số 57/BC-UBND.

## Kết quả ở các huyện

| TT | Huyện | Số sản phẩm OCOP lên sàn | Hộ có tài khoản (%) | Điểm wifi công cộng |
|----|-------|--------------------------|---------------------|---------------------|
| 1 | Văn Chấn | 42 | 61,5 | 17 |
| 2 | Lục Yên | 28 | 48,0 | |
| 3 | Trạm Tấu | 9 | 33,2 | 4 |
| 4 | Yên Bình | 35 | 57,4 | - |
| 5 | Trấn Yên | 30 | 70,1 | 22 |

## Hồ sơ theo lĩnh vực

| TT | Lĩnh vực | Hồ sơ trực tuyến |
|----|----------|------------------|
| 1 | Đất đai | 3.100 |
| 2 | Hộ tịch | 4.250 |
| 3 | Xây dựng | 640 |
| 4 | Các lĩnh vực còn lại | 9.800 |

## Kinh phí năm 2025

| TT | Nhiệm vụ | Kinh phí (triệu đồng) | Đơn vị chủ trì |
|----|----------|-----------------------|----------------|
| 1 | Dựng trạm phát sóng ở thôn xa | 300 | Văn phòng |
| 2 | Thay máy chủ | 700 | Trung tâm tin học |
| 3 | Dạy kỹ năng số cho thợ thủ công | | Hội Nông dân |
| 4 | Số hóa sổ hộ tịch | 150 | Phòng Tư pháp |
| | Tổng cộng | 1.150 | |
"""

PLAN = """KẾ HOẠCH
Số hóa tư liệu tỉnh Lai Châu

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 44/KH-UBND.

I. KINH PHÍ THỰC HIỆN

Bảng 1. Kinh phí theo nhiệm vụ (đơn vị: triệu đồng)

TT  Nhiệm vụ                      Năm 2025   Năm 2026   Năm 2027   Năm 2028
1   Chụp lại bản đồ cũ                 300        900        450        120
2   Thay tủ lưu phim của kho           700        200        260         80
3   Ghi âm chuyện kể ở bản                        150        170         60
    Tổng cộng                        1.000      1.250        880        260
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("report"), "yen-bai.md", REPORT)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "lai-chau.txt", PLAN)


def rows_named(answer: Answer) -> set[str]:
    """The names of the table's rows that an answer lists."""
    names = {citation.passage.cells[1] for citation in answer.citations if citation.passage.cells}
    return {name for name in names if name in answer.text}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Huyện nào chưa ghi số điểm wifi công cộng?", {"Lục Yên", "Yên Bình"}),
        ("Huyện nào để trống điểm wifi công cộng?", {"Lục Yên", "Yên Bình"}),
        ("Việc nào chưa được bố trí kinh phí?", {"Dạy kỹ năng số cho thợ thủ công"}),
        ("Nhiệm vụ nào không ghi kinh phí?", {"Dạy kỹ năng số cho thợ thủ công"}),
        ("Huyện nào có hơn 30 sản phẩm OCOP lên sàn?", {"Văn Chấn", "Yên Bình"}),
        ("Những huyện nào có dưới 30 sản phẩm OCOP?", {"Lục Yên", "Trạm Tấu"}),
        ("Huyện nào có hơn 60% hộ có tài khoản?", {"Văn Chấn", "Trấn Yên"}),
    ],
)
def test_rows_are_picked_by_what_they_have_in_a_column(report: Assistant, question: str, rows: set[str]):
    answer = report.ask(question)
    assert answer.status is Status.ANSWERED
    assert rows_named(answer) == rows


def test_no_row_is_empty_in_a_full_column(report: Assistant):
    assert report.ask("Huyện nào chưa ghi số sản phẩm OCOP lên sàn?").status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "total", "rows"),
    [
        (
            "Ba huyện Văn Chấn, Lục Yên và Trạm Tấu cộng lại có bao nhiêu sản phẩm OCOP lên sàn?",
            79,
            {"Văn Chấn", "Lục Yên", "Trạm Tấu"},
        ),
        (
            "Tổng số sản phẩm OCOP lên sàn của hai huyện Yên Bình và Trấn Yên là bao nhiêu?",
            65,
            {"Yên Bình", "Trấn Yên"},
        ),
    ],
)
def test_only_the_named_rows_are_added_up(report: Assistant, question: str, total: int, rows: set[str]):
    answer = report.ask(question)
    assert (answer.figures[0].figure.quantity.value, answer.figures[0].computed) == (Decimal(total), True)
    assert rows_named(answer) == rows


def test_shares_are_not_added_up(report: Assistant):
    answer = report.ask("Cộng tỷ lệ hộ có tài khoản của hai huyện Văn Chấn và Yên Bình được bao nhiêu?")
    assert not any(stated.computed for stated in answer.figures)
    assert "118,9" not in answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Lĩnh vực nào có nhiều hồ sơ trực tuyến nhất?", "Hộ tịch"),
        ("Lĩnh vực nào có ít hồ sơ trực tuyến nhất?", "Xây dựng"),
    ],
)
def test_what_is_left_over_is_no_row_to_rank(report: Assistant, question: str, first: str):
    answer = report.ask(question)
    assert answer.figures[0].figure.row == first
    assert "còn lại" not in answer.text


@pytest.mark.parametrize(
    ("question", "year", "amount"),
    [
        ("Năm nào kinh phí của kế hoạch nhiều nhất?", 2026, 1250),
        ("Năm nào kinh phí thực hiện các nhiệm vụ ít nhất?", 2028, 260),
        ("Kinh phí chụp lại bản đồ cũ nhiều nhất vào năm nào?", 2026, 900),
        ("Năm nào kinh phí thay tủ lưu phim của kho nhiều nhất?", 2025, 700),
    ],
)
def test_the_year_with_most_is_read_across_a_row(plan: Assistant, question: str, year: int, amount: int):
    best, *others = plan.ask(question).figures
    assert best.figure.year == year
    assert best.figure.quantity.value == amount
    assert {stated.figure.year for stated in (best, *others)} == {2025, 2026, 2027, 2028}


def test_no_year_is_named_for_what_the_table_does_not_hold(plan: Assistant):
    assert plan.ask("Năm nào có nhiều khách đến kho nhất?").status is Status.NOT_FOUND
