"""What is refused because the nearest text does not say it, and what one sentence or row gives by its own words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from chain.confidence import Signs, confidence
from domain.answers import Answer, Status
from tests.chain.conftest import assistant_on

PLAN = """TỈNH ỦY TRÀ VINH	ĐẢNG CỘNG SẢN VIỆT NAM
Số 21-CTr/TU	Trà Vinh, ngày 05 tháng 3 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG
về chuyển đổi số tỉnh Trà Vinh giai đoạn 2024 - 2027

Thực hiện Nghị quyết số 12-NQ/TU ngày 04/5/2021, Tỉnh ủy ban hành chương trình với các nội dung sau:

I. THỰC TRẠNG

1. Đến ngày 31/12/2023, tỉnh cung cấp 1.902 thủ tục hành chính trên Cổng dịch vụ công, trong đó 801 thủ tục toàn trình.

2. Trung tâm điều hành đô thị Duyên Hải khai trương quý II năm 2023; trung tâm Cầu Kè khai trương quý I năm 2025.

3. Nguyên nhân

- Khách quan: nhiều ấp nằm xa trục cáp quang.

- Chủ quan: lãnh đạo một số đơn vị chưa chỉ đạo sát.

II. CHÍNH SÁCH

1. Hỗ trợ 2,5 triệu đồng/tháng đối với người phụ trách công nghệ thông tin cấp tỉnh, 1,5 triệu đồng/tháng với cấp xã.

2. Kho dữ liệu của tỉnh phải dời sang năm 2025.

3. Các cơ quan ưu tiên thuê dịch vụ thay cho mua sắm máy chủ.

III. KINH PHÍ

Bảng 1. Các dự án (đơn vị: tỷ đồng)

| TT | Dự án | Năm 2024 | Năm 2025 | Cộng | Cơ quan chủ trì |
|----|-------|----------|----------|------|-----------------|
| 1 | Kho dữ liệu dùng chung | 12 | 20 | 32 | Sở Thông tin và Truyền thông |
| 2 | Bến cảng thông minh Định An | 15 | 18 | 33 | Ban Quản lý Khu kinh tế Định An |
| 3 | Giám sát luồng tàu Định An | 7 | 9 | 16 | Ban Quản lý Khu kinh tế Định An |
| | Tổng cộng | 34 | 47 | 81 | |

PHỤ LỤC. TRẠM KHÁM TỪ XA THEO HUYỆN

| TT | Chỉ tiêu năm 2023 | Trạm khám từ xa | Hồ sơ quá hạn |
|----|-------------------|-----------------|---------------|
| 1 | Huyện Càng Long | 6 | 28 |
| 2 | Huyện Trà Cú | 9 | 74 |

T/M BAN THƯỜNG VỤ
BÍ THƯ

Kim Thị Sa Rây
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "tra-vinh.txt", PLAN)


def amounts(answer: Answer) -> list[Decimal | None]:
    return [stated.figure.quantity.value for stated in answer.figures]


def test_a_letterhead_of_the_party_gives_number_day_and_signer(plan: Assistant):
    assert "Kim Thị Sa Rây" in plan.ask("Chương trình hành động 21-CTr/TU do ai ký?").text
    assert "5/3/2024" in plan.ask("Chương trình 21-CTr/TU ban hành ngày nào?").text


def test_the_part_is_meant_where_the_question_says_what_only_the_part_is(plan: Assistant):
    assert amounts(plan.ask("Cuối 2023 Trà Vinh có mấy thủ tục hành chính làm toàn trình?"))[0] == 801
    assert amounts(plan.ask("Cuối 2023 Trà Vinh cung cấp mấy thủ tục hành chính trên cổng?"))[0] == 1902


def test_the_level_that_is_mentioned_is_meant(plan: Assistant):
    asked = "Người phụ trách công nghệ thông tin ở xã được hỗ trợ bao nhiêu tiền một tháng?"
    assert amounts(plan.ask(asked))[0] == Decimal("1.5")


def test_one_line_of_a_section_answers_where_its_label_is_named(plan: Assistant):
    text = plan.ask("Nguyên nhân chủ quan của Trà Vinh là gì?").text
    assert "chưa chỉ đạo sát" in text
    assert "cáp quang" not in text


def test_rows_are_those_of_the_body_that_is_named(plan: Assistant):
    asked = "Cộng các dự án do Ban Quản lý Khu kinh tế Định An chủ trì thì tổng vốn bao nhiêu?"
    assert amounts(plan.ask(asked))[0] == 49


def test_years_are_added_up_where_a_sum_is_asked_for(plan: Assistant):
    answer = plan.ask("Tính chung hai năm 2024 và 2025 thì kho dữ liệu dùng chung được cấp bao nhiêu tỷ?")
    assert Decimal(32) in amounts(answer)


def test_two_rows_are_compared_by_their_totals_where_no_year_is_named(plan: Assistant):
    assert amounts(plan.ask("Bến cảng Định An đắt hơn kho dữ liệu dùng chung bao nhiêu?"))[:2] == [33, 32]
    assert amounts(plan.ask("Năm 2024 bến cảng Định An đắt hơn kho dữ liệu dùng chung bao nhiêu?"))[:2] == [15, 12]


def test_a_comparison_of_totals_gives_no_sum(plan: Assistant):
    text = plan.ask("So sánh tổng vốn các dự án của Trà Vinh năm 2024 và năm 2025").text
    assert "Cộng lại" not in text


def test_the_unit_of_one_table_is_not_that_of_the_next_section(plan: Assistant):
    answer = plan.ask("Huyện Trà Cú có mấy trạm khám từ xa?")
    assert answer.figures[0].figure.quantity.value == 9
    assert "đồng" not in answer.figures[0].figure.quantity.unit


def test_the_head_over_the_names_of_rows_gives_the_year(plan: Assistant):
    assert plan.ask("Huyện Trà Cú có mấy hồ sơ quá hạn năm 2023?").figures[0].figure.year == 2023
    assert plan.ask("Huyện Trà Cú có mấy hồ sơ quá hạn năm 2026?").status is not Status.ANSWERED


def test_an_amount_is_told_by_what_has_it(plan: Assistant):
    assert "Bến cảng thông minh" in plan.ask("Khoản 33 tỷ đồng trong chương trình dành cho việc gì?").text
    assert plan.ask("Khoản 57 tỷ đồng trong chương trình dành cho việc gì?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao kho dữ liệu của tỉnh phải dời sang năm 2025?",  # no reason is given
        "Năm nào các cơ quan thuê dịch vụ nhiều tiền nhất?",  # no sentence tells an extreme
        "Chương trình 21-CTr/TU thay cho kế hoạch nào trước đó?",  # its own number is not asked for
        "Vĩnh Châu có mấy trạm khám từ xa?",  # a place that no row has
        "Số liệu của chương trình được chốt đến hôm nào?",  # no cut-off day is said
        "Thuê dịch vụ hay mua máy chủ, cái nào rẻ hơn?",  # no amounts are set against each other
    ],
)
def test_what_the_nearest_text_does_not_say_is_not_found(plan: Assistant, question: str):
    assert plan.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (["Trung tâm điều hành đô thị Duyên Hải khai trương khi nào?"], "còn Cầu Kè?", "quý I năm 2025"),
        (["Huyện Càng Long có mấy trạm khám từ xa?"], "huyện này có mấy hồ sơ quá hạn?", "28"),
        (["Huyện Càng Long có mấy trạm khám từ xa?"], "mấy hồ sơ quá hạn?", "28"),
        (["Huyện Càng Long có mấy trạm khám từ xa?"], "Nguyên nhân chủ quan là gì?", "chưa chỉ đạo sát"),
    ],
)
def test_a_follow_up_stays_with_the_place_or_takes_the_one_it_names(
    plan: Assistant, before: list[str], after: str, said: str
):
    assert said in plan.ask(after, before).text


def test_more_that_is_said_makes_an_answer_surer():
    little = Signs(said=0.6, beside=0.3, alone=0.4, unsaid=0.4, told=1.5, ahead=0.0, quotations=3)
    much = Signs(said=1.0, beside=0.9, alone=0.9, unsaid=0.0, told=2.5, ahead=0.4, quotations=1)
    assert 0 < confidence(little) < confidence(much) < 1
