"""What a question asks for told from what is only worded alike: means, districts, levels, sections, sums."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Status
from domain.figures import Level
from tests.chain.conftest import assistant_on

REPORT = """ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH
Số: 77/BC-UBND
Hòa Bình, ngày 12 tháng 12 năm 2024

BÁO CÁO
Kết quả xây dựng chính quyền số tỉnh Hòa Bình năm 2024

I. KẾT QUẢ

1. Tổng kinh phí bố trí cho chính quyền số năm 2024 là 90 tỷ đồng, đến nay đã giải ngân 63 tỷ đồng.

2. Toàn tỉnh có 1.482 thôn, trong đó 1.440 thôn đã có sóng 4G; còn 42 thôn chưa có sóng.

3. Cán bộ chuyên trách công nghệ thông tin: bình quân mỗi huyện có 1,4 người; năm 2025 bố trí tối thiểu 2 người.

4. Tỷ lệ hồ sơ nộp trực tuyến năm 2024 đạt 61%, chỉ tiêu giao cho năm 2024 là 65%.

II. TỒN TẠI, VƯỚNG MẮC

- Máy quét ở cấp xã còn thiếu.

- Nhiều người cao tuổi chưa quen dùng dịch vụ công trực tuyến.

III. CHỈ TIÊU NĂM 2025

| TT | Chỉ tiêu | Kết quả 2024 | Năm 2025 |
|----|----------|--------------|----------|
| 1 | Hồ sơ thủ tục hành chính nộp trực tuyến, toàn tỉnh | 61% | 70% |
| 1.1 | - Cấp tỉnh | 78% | 85% |
| 1.2 | - Cấp xã | 52% | 62% |
| 2 | Thanh toán trực tuyến | 38% | 50% |

IV. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính: cân đối kinh phí; hướng dẫn thanh quyết toán.

2. Sở Nội vụ: đưa kết quả vào chấm điểm thi đua.

V. KIẾN NGHỊ

Đề nghị Bộ Thông tin và Truyền thông hỗ trợ kinh phí phủ sóng các thôn còn lại.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("report"), "hoa-binh.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Hòa Bình năm 2024 đã giải ngân bao nhiêu tiền cho chính quyền số?", "63"),
        ("Bình quân mỗi huyện của Hòa Bình có mấy người chuyên trách công nghệ thông tin?", "1.4"),
        ("Hòa Bình còn bao nhiêu thôn chưa có sóng?", "42"),
    ],
)
def test_words_that_change_the_measure_have_to_be_said(report: Assistant, question: str, value: str) -> None:
    answer = report.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.figures[0].figure.quantity.value == Decimal(value)


def test_a_district_is_not_answered_with_its_province(report: Assistant) -> None:
    answer = report.ask("Huyện Lạc Sơn của Hòa Bình có tỷ lệ hồ sơ nộp trực tuyến năm 2024 bao nhiêu?")
    assert answer.status is Status.NOT_FOUND and not answer.figures


def test_parts_of_a_row_belong_to_the_row_above(report: Assistant) -> None:
    answer = report.ask("Hồ sơ trực tuyến năm 2025 của cấp xã ở Hòa Bình là bao nhiêu phần trăm?")
    figure = answer.figures[0].figure
    assert (figure.quantity.value, figure.level) == (Decimal(62), Level.COMMUNE)
    assert "Hồ sơ thủ tục hành chính" in figure.indicator and "toàn tỉnh" not in figure.indicator


def test_levels_of_a_table_side_by_side(report: Assistant) -> None:
    answer = report.ask("So sánh hồ sơ trực tuyến năm 2025 giữa cấp tỉnh và cấp xã của Hòa Bình")
    assert [stated.figure.quantity.value for stated in answer.figures] == [Decimal(85), Decimal(62), Decimal(-23)]


def test_plan_beside_result(report: Assistant) -> None:
    text = report.ask("Hồ sơ nộp trực tuyến Hòa Bình năm 2024: giao bao nhiêu và làm được bao nhiêu?").text
    assert "65%" in text and "61%" in text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Sở Nội vụ Hòa Bình được giao làm gì?", "chấm điểm thi đua"),
        ("Hòa Bình tự thấy còn những yếu kém gì?", "Máy quét"),
        ("Hòa Bình kiến nghị gì với trung ương?", "phủ sóng"),
        ("Phần kiến nghị của báo cáo nói gì?", "phủ sóng"),
    ],
)
def test_sections_by_what_people_call_them(report: Assistant, question: str, held: str) -> None:
    answer = report.ask(question)
    assert answer.status is Status.ANSWERED and held in answer.text
    assert answer.citations[0].quote in answer.citations[0].passage.text


@pytest.mark.parametrize(
    ("question", "history", "value"),
    [
        ("năm kế tiếp thì sao?", "Thanh toán trực tuyến của Hòa Bình năm 2024 là bao nhiêu?", "50"),
        ("thế Sở Tài chính?", "Sở Nội vụ Hòa Bình phải làm gì?", None),
    ],
)
def test_follow_ups(report: Assistant, question: str, history: str, value: str | None) -> None:
    answer = report.ask(question, [history])
    if value is None:
        assert "thanh quyết toán" in answer.text
    else:
        assert answer.figures[0].figure.quantity.value == Decimal(value)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Cộng các dự án chỉ trông vào ngân sách tỉnh thì cần bao nhiêu tỷ?", "27"),
        ("Hai dự án dành cho ngành y tế gộp lại là mấy tỷ?", "22.3"),
    ],
)
def test_what_is_to_be_added_up_is(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(question)
    assert answer.figures[0].computed and answer.figures[0].figure.quantity.value == Decimal(value)


def test_what_the_question_does_not_mean_is_left_out(assistant: Assistant) -> None:
    text = assistant.ask("Nâng cấp trung tâm tích hợp dữ liệu (không phải bên Tỉnh ủy) hết bao nhiêu tỷ?").text
    assert text.startswith("**45 tỷ đồng**")


def test_what_is_done_in_a_field_comes_from_the_paragraph_about_it(assistant: Assistant) -> None:
    text = assistant.ask("Về y tế, quy hoạch định xây dựng những hệ thống gì?").text
    assert "dịch bệnh" in text and "giao thông" not in text
