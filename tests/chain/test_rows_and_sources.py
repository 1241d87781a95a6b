"""Rows with several columns: two set side by side, what a source of funds gives, a bare rate, an empty cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Status
from tests.chain.conftest import assistant_on

REPORT = """# Báo cáo chấm điểm chuyển đổi số tỉnh Hòa Bình năm 2024

Ủy ban nhân dân tỉnh ban hành Báo cáo số 91/BC-UBND.

## Điểm của các sở

| TT | Đơn vị | Điểm tự chấm | Điểm thẩm định | Số cán bộ | Số cán bộ nữ |
|----|--------|--------------|----------------|-----------|--------------|
| 1 | Sở Xây dựng | 91,5 | 84,0 | 62 | 21 |
| 2 | Sở Y tế | 88,0 | 86,5 | 75 | 40 |
| 3 | Sở Nội vụ | 79,0 | 77,5 | 48 | 19 |
| 4 | Sở Tư pháp | 70,5 | 72,0 | 31 | 12 |

## Máy tính ở các huyện

| TT | Huyện | Máy tính (chiếc) | Đã cài phần mềm (máy) | Tỷ lệ (%) | Hồ sơ trực tuyến (%) | Thanh toán trực tuyến (%) |
|----|-------|------------------|-----------------------|-----------|----------------------|---------------------------|
| 1 | Cao Phong | 340 | 289 | 85,0 | 71,0 | 41,5 |
| 2 | Mai Châu | 410 | 246 | 60,0 | 66,5 | |
| 3 | Kim Bôi | 520 | 468 | 90,0 | 58,0 | 37,0 |
"""

PLAN = """# Kế hoạch số hóa di tích tỉnh Ninh Bình giai đoạn 2025-2027

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 52/KH-UBND.

## Danh mục dự án

| TT | Dự án | Tổng vốn (tỷ đồng) | Ngân sách trung ương (tỷ đồng) | Ngân sách tỉnh (tỷ đồng) | Doanh nghiệp (tỷ đồng) |
|----|-------|--------------------|--------------------------------|--------------------------|------------------------|
| 1 | Quét ba chiều các ngôi đình | 9 | 5 | 2,5 | 1,5 |
| 2 | Bản đồ số hang động | 6,4 | 3 | 1,4 | 2 |
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("report"), "hoa-binh.md", REPORT)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "ninh-binh.md", PLAN)


def values(assistant: Assistant, question: str, *history: str) -> list[Decimal | None]:
    return [stated.figure.quantity.value for stated in assistant.ask(question, history).figures]


@pytest.mark.parametrize(
    ("question", "sides", "apart"),
    [
        ("Điểm tự chấm và điểm thẩm định của Sở Xây dựng chênh nhau thế nào?", ("91.5", "84.0"), "7,5 điểm"),
        ("Sở Tư pháp tự chấm và được thẩm định vênh nhau bao nhiêu?", ("70.5", "72.0"), "1,5 điểm"),
    ],
)
def test_two_columns_of_one_row_are_set_side_by_side(
    report: Assistant, question: str, sides: tuple[str, str], apart: str
):
    answer = report.ask(question)
    own = [str(stated.figure.quantity.value) for stated in answer.figures if not stated.computed]
    assert own == list(sides)
    assert apart in answer.text


def test_the_columns_of_another_row_are_compared_in_a_follow_up(report: Assistant):
    before = "Điểm tự chấm và điểm thẩm định của Sở Xây dựng chênh nhau thế nào?"
    assert values(report, "Còn Sở Nội vụ?", before)[:2] == [Decimal("79.0"), Decimal("77.5")]


def test_a_source_of_funds_gives_a_row_what_stands_in_its_column(plan: Assistant):
    question = "Doanh nghiệp góp bao nhiêu cho dự án quét ba chiều các ngôi đình?"
    assert values(plan, question) == [Decimal("1.5")]


def test_a_source_of_the_row_before_is_asked_in_a_follow_up(plan: Assistant):
    before = "Dự án Bản đồ số hang động cần bao nhiêu vốn?"
    assert values(plan, before)[0] == Decimal("6.4")
    assert values(plan, "trong đó ngân sách trung ương góp mấy tỷ?", before) == [Decimal(3)]


def test_a_part_of_what_a_body_has_is_asked_in_a_follow_up(report: Assistant):
    assert values(report, "trong số đó có bao nhiêu cán bộ nữ?", "Sở Y tế có bao nhiêu cán bộ?") == [
        Decimal(40)
    ]


def test_which_department_is_not_answered_by_a_district(report: Assistant):
    assert report.ask("Sở nào có điểm thẩm định cao nhất?").figures[0].figure.row == "Sở Y tế"
    assert report.ask("Huyện nào có nhiều máy tính nhất?").figures[0].figure.row == "Kim Bôi"
    assert report.ask("Sở nào có nhiều máy tính nhất?").status is Status.NOT_FOUND


def test_a_bare_rate_is_asked_by_the_column_before(report: Assistant):
    assert values(report, "Tỷ lệ máy đã cài phần mềm ở Cao Phong là bao nhiêu?") == [Decimal("85.0")]
    lowest = report.ask("Huyện nào có tỷ lệ máy đã cài phần mềm thấp nhất?").figures[0].figure
    assert (lowest.row, lowest.quantity.value) == ("Mai Châu", Decimal("60.0"))


def test_an_empty_cell_is_not_answered_by_another_column(report: Assistant):
    assert values(report, "Thanh toán trực tuyến ở Kim Bôi đạt bao nhiêu phần trăm?") == [Decimal("37.0")]
    answer = report.ask("Thanh toán trực tuyến ở Mai Châu đạt bao nhiêu phần trăm?")
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures
