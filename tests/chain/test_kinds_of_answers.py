"""An answer is of the kind that is asked for: rows of the kind named, amounts in the unit, and of whom and where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Answer, Status
from domain.figures import Role
from tests.chain.conftest import assistant_on

PLAN = """# Quyết định về danh mục dự án hạ tầng số tỉnh Yên Bái giai đoạn 2024 - 2026

Ủy ban nhân dân tỉnh ban hành Quyết định số 61/QĐ-UBND.

## Điều 1. Nguyên tắc

Tối thiểu 10% kinh phí mỗi dự án phải dành cho an toàn thông tin. Trung tâm dữ liệu sau nâng cấp có 48 tủ rack,
công suất điện 420 kW, hệ số hiệu quả năng lượng (PUE) không quá 1,6.

Còn 120 trên tổng số 1.797 thôn, bản chưa có sóng băng rộng. Thu phí trực tuyến đạt 68,5%, trong khi mục tiêu cả năm
2024 là 70% và năm 2025 là 85%. Còn 43 xóm lõm sóng, tập trung ở Mường Lò (17 xóm), Nậm Khắt (14 xóm) và Púng Luông
(12 xóm).

## Điều 2. Danh mục dự án

Bảng 1. Danh mục dự án (triệu đồng)

| TT | Tên dự án | Chủ đầu tư | Thời gian | Kinh phí 2024 - 2025 | Kinh phí 2026 | Kinh phí Cộng |
|----|-----------|------------|-----------|------|------|------|
| 1 | Nâng cấp trung tâm dữ liệu | Sở Thông tin và Truyền thông | 2024-2026 | 46.000 | 38.000 | 84.000 |
| 2 | Cảm biến cảnh báo lũ quét | Sở Nông nghiệp | 2025-2026 | 12.000 | 27.000 | 39.000 |
| 3 | Phòng, chống mã độc tập trung | Công an tỉnh | 2024-2026 | 9.000 | 14.000 | 23.000 |
| 4 | Mạng 5G dùng riêng khu công nghiệp | Công ty Mạng Xanh | 2024-2026 | 55.000 | 50.000 | 105.000 |
| | Tổng cộng | | | 122.000 | 129.000 | 251.000 |

## Điều 3. Hỗ trợ có mục tiêu

Bảng 2. Tiến độ số hóa hồ sơ ở các huyện

| TT | Địa phương | Hồ sơ phải số hóa | Hồ sơ đã số hóa | Tỷ lệ (%) |
|----|------------|-------------------|-----------------|-----------|
| 1 | TX. Nghĩa Lộ | 4.000 | 3.480 | 87,0 |
| 2 | H. Văn Yên | 6.000 | 4.320 | 72,0 |
| 3 | H. Trấn Yên | 5.000 | 2.050 | 41,0 |
| 4 | H. Mù Cang Chải | 3.000 | 990 | 33,0 |
| | Toàn tỉnh | 18.000 | 10.840 | 60,2 |
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "yen-bai.md", PLAN)


def first(answer: Answer) -> Decimal | None:
    """The value of the first figure of an answer."""
    return answer.figures[0].figure.quantity.value if answer.figures else None


def names_in(answer: Answer) -> set[str]:
    names = {cell for citation in answer.citations for cell in citation.passage.cells}
    return {name for name in names if name in answer.text}


def test_a_share_is_asked_for_and_not_the_projects(plan: Assistant):
    answer = plan.ask("Mỗi dự án buộc phải chi tối thiểu bao nhiêu phần trăm cho an toàn thông tin?")
    assert (first(answer), answer.figures[0].figure.quantity.unit) == (Decimal(10), "%")


def test_the_part_and_not_the_total_is_what_has_no_signal(plan: Assistant):
    assert first(plan.ask("Còn mấy thôn, bản chưa có sóng băng rộng?")) == Decimal(120)


def test_what_is_set_against_an_aim_has_come_about(plan: Assistant):
    aimed = plan.ask("Năm 2025 thu phí trực tuyến phải đạt bao nhiêu phần trăm?")
    assert (first(aimed), aimed.figures[0].figure.role) == (Decimal(85), Role.TARGET)


def test_a_number_in_brackets_is_of_the_place_before_it(plan: Assistant):
    answer = plan.ask("Riêng Nậm Khắt còn mấy xóm lõm sóng?")
    assert first(answer) == Decimal(14)
    assert "Nậm Khắt" in answer.text and "Mường Lò" not in answer.text.split("[1]")[0]
    assert first(plan.ask("Yên Bái còn bao nhiêu xóm lõm sóng?")) == Decimal(43)


def test_the_column_that_sums_the_years_up_ranks_projects(plan: Assistant):
    answer = plan.ask("Trong danh mục dự án, dự án nào nhiều vốn nhất?")
    assert (first(answer), "Mạng 5G" in answer.text) == (Decimal(105000), True)


def test_places_are_no_projects(plan: Assistant):
    answer = plan.ask("Liệt kê các dự án trong danh mục.")
    assert not any("Văn Yên" in name for name in names_in(answer))


def test_a_body_that_invests_in_a_project_names_it(plan: Assistant):
    answer = plan.ask("Công an tỉnh làm chủ đầu tư dự án gì, bao nhiêu tiền?")
    assert (first(answer), "mã độc" in answer.text) == (Decimal(23000), True)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Huyện, thị xã nào số hóa được trên 70% hồ sơ?", {"TX. Nghĩa Lộ", "H. Văn Yên"}),
        ("Những địa phương nào số hóa hồ sơ chưa tới một nửa?", {"H. Trấn Yên", "H. Mù Cang Chải"}),
        ("Địa phương nào có tỷ lệ số hóa hồ sơ cao hơn mức 80%?", {"TX. Nghĩa Lộ"}),
    ],
)
def test_bounds_are_read_however_they_are_put(plan: Assistant, question: str, rows: set[str]):
    answer = plan.ask(question)
    assert answer.status is Status.ANSWERED
    assert names_in(answer) & {"TX. Nghĩa Lộ", "H. Văn Yên", "H. Trấn Yên", "H. Mù Cang Chải"} == rows


def test_the_slowest_is_the_one_with_the_lowest_rate(plan: Assistant):
    answer = plan.ask("Huyện nào số hóa hồ sơ chậm nhất, đạt mấy phần trăm?")
    assert (first(answer), "Mù Cang Chải" in answer.text) == (Decimal("33.0"), True)


def test_progress_is_compared_by_rates(plan: Assistant):
    answer = plan.ask("So tiến độ số hóa hồ sơ giữa Văn Yên và Trấn Yên.")
    assert [figure.figure.quantity.value for figure in answer.figures[:2]] == [Decimal("72.0"), Decimal("41.0")]


def test_names_of_towns_are_compared_without_their_shortened_kind(plan: Assistant):
    answer = plan.ask("Hồ sơ đã số hóa của Nghĩa Lộ hơn Trấn Yên bao nhiêu?")
    assert "1.430" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Dự án chậm tiến độ thì bị xử lý ra sao?",
        "Thời gian cấp phép ở Púng Luông không quá mấy phút?",
        "Mặt hàng nào ở Yên Bái bán chạy nhất?",
    ],
)
def test_what_is_not_said_is_not_answered_by_an_amount(plan: Assistant, question: str):
    assert plan.ask(question).status is Status.NOT_FOUND
