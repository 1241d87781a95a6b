"""Questions in other words than the plans', with the reasons for asking in front; rows counted, ranks, schemes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Answer, Status
from tests.chain.conftest import assistant_on

SCHEME = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU

ĐỀ ÁN
Phát triển chợ thông minh tỉnh Lai Châu giai đoạn 2025 - 2030
(Ban hành kèm theo Quyết định số 1204/QĐ-UBND ngày 07 tháng 8 năm 2025 của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu)

I. MỤC TIÊU

Đến năm 2030, 80% tiểu thương tại chợ hạng 1 chấp nhận thanh toán bằng mã QR; ở chợ hạng 2, tỷ lệ này là 45%.

II. HẠN CHẾ VÀ NGUYÊN NHÂN

1. Nguyên nhân khách quan

- Nhiều chợ họp theo phiên, xa trung tâm.

2. Nguyên nhân chủ quan

- Ban quản lý chợ còn kiêm nhiệm, ngại thay đổi.

III. TỔ CHỨC THỰC HIỆN

1. Sở Công Thương: chủ trì triển khai Đề án; báo cáo trước ngày 15 tháng 12 hằng năm.

2. Ủy ban nhân dân các huyện, thành phố: rà soát các chợ trên địa bàn; bố trí mặt bằng cho điểm giao dịch số.

PHỤ LỤC

| STT | Tên nhiệm vụ | Chủ trì | Kinh phí (triệu đồng) | Nguồn vốn |
|-----|--------------|---------|-----------------------|-----------|
| 1 | Phần mềm quản lý chợ | Sở Công Thương | 2.400 | Ngân sách tỉnh |
| 2 | Điểm truy cập mạng không dây tại chợ | Sở Thông tin và Truyền thông | 1.800 | Hợp tác công tư (PPP) |
| 3 | Trạm sạc xe điện tại chợ | Sở Công Thương | 3.100 | Hợp tác công tư (PPP) |
|     | Tổng cộng |  | 7.300 |  |
"""


@pytest.fixture(scope="module")
def markets(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("markets"), "lai-chau.txt", SCHEME)


def first_value(answer: Answer) -> Decimal | None:
    return answer.figures[0].figure.quantity.value


@pytest.mark.parametrize(
    ("question", "value", "year"),
    [
        ("Phòng tôi đang lập biểu theo dõi, doanh nghiệp nhỏ và vừa ở Bắc Giang dùng nền tảng số phải đạt "
         "bao nhiêu phần trăm năm 2023?", "50", 2023),
        ("Bạn đọc hỏi: kinh tế số của Bắc Ninh được kỳ vọng đóng góp bao nhiêu phần trăm GDP tỉnh vào năm 2025?",
         "20", 2025),
        ("kt so bac ninh 2025 chiem may % gdp", "20", 2025),
    ],
)  # fmt: skip
def test_who_asks_and_what_for_does_not_hide_the_figure(
    assistant: Assistant, question: str, value: str, year: int
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert (first_value(answer), answer.figures[0].figure.year) == (Decimal(value), year)


@pytest.mark.parametrize(
    "question",
    [
        "Phòng tôi đang lập biểu theo dõi, tỷ lệ hộ nghèo ở Bắc Giang năm 2023 là bao nhiêu phần trăm?",
        "Bạn đọc hỏi: bao nhiêu phần trăm trẻ em Bắc Ninh được tiêm chủng vào năm 2025?",
        "Giá một vé xe buýt ở Bắc Giang là bao nhiêu?",
        "Chỉ tôi cách nấu bún đậu cho ngon",
    ],
)
def test_what_no_plan_says_is_refused_however_it_is_framed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures


def test_two_projects_are_added_up_and_never_answered_by_one(assistant: Assistant) -> None:
    answer = assistant.ask("Hai dự án cho ngành y tế trong danh mục ưu tiên tổng cộng bao nhiêu tiền?")
    assert answer.figures[0].computed
    assert first_value(answer) == Decimal("22.3")


def test_projects_of_a_count_that_no_table_has_are_not_listed(assistant: Assistant) -> None:
    answer = assistant.ask("Bốn dự án nào của Bắc Giang đang chậm tiến độ?")
    assert "25 dự án" not in answer.text
    assert not answer.figures


def test_ten_years_after_is_no_year_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Mười năm sau mốc 2020, tức đến 2030, bao nhiêu phần trăm cán bộ y tế Bắc Giang dùng được tin học?"
    )
    assert "2027" not in answer.text


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        ("Dự án nâng cấp Trung tâm Tích hợp dữ liệu của tỉnh Bắc Giang cần bao nhiêu vốn?", "tiền đó lấy từ đâu?",
         "gân sách"),
        ("Dự án giao thông thông minh của Bắc Giang cần bao nhiêu vốn?", "còn cái đất đai – xây dựng?", "39,5"),
        ("Năm 2021 Bắc Giang đặt mục tiêu xử lý bao nhiêu hồ sơ công việc cấp tỉnh trên mạng?",
         "văn bản trao đổi giữa các cơ quan cùng năm thì phải điện tử hóa bao nhiêu?", "năm 2021"),
    ],
)  # fmt: skip
def test_what_a_row_or_a_year_before_lends(
    assistant: Assistant, history: str, question: str, said: str
) -> None:
    answer = assistant.ask(question, [history])
    assert answer.status is Status.ANSWERED
    assert said in answer.text[:240]


def test_a_scheme_bears_the_number_of_the_decision_that_it_was_issued_with(markets: Assistant) -> None:
    source = markets.ask("Chợ hạng 1 có bao nhiêu phần trăm tiểu thương nhận mã QR?").citations[0].source
    assert (source.number, str(source.issued_on), source.place) == ("1204/QĐ-UBND", "2025-08-07", "Lai Châu")
    assert source.title.startswith("Đề án phát triển chợ thông minh")


def test_a_figure_of_one_rank_does_not_answer_for_another(markets: Assistant) -> None:
    assert first_value(markets.ask("Tiểu thương chợ hạng 1 nhận mã QR đạt bao nhiêu phần trăm?")) == 80
    other = markets.ask("Tiểu thương chợ hạng 2 nhận mã QR đạt bao nhiêu phần trăm?")
    assert all(stated.figure.quantity.value != 80 for stated in other.figures)


def test_a_table_with_an_empty_cell_in_a_text_file_is_one_table(markets: Assistant) -> None:
    answer = markets.ask("Cộng mấy dự án PPP trong phụ lục thì cần bao nhiêu vốn?")
    assert (first_value(answer), answer.figures[0].computed) == (Decimal(4900), True)


def test_reasons_of_the_kind_that_is_asked_for(markets: Assistant) -> None:
    text = markets.ask("Về phía chủ quan, vì sao chợ thông minh còn chậm?").text
    assert "kiêm nhiệm" in text and "theo phiên" not in text


def test_whom_a_duty_is_of(markets: Assistant) -> None:
    text = markets.ask("Theo Đề án, Ủy ban nhân dân các huyện, thành phố phải làm gì?").text
    assert "bố trí mặt bằng" in text


def test_a_short_paragraph_is_quoted_whole_where_all_on_its_topic_is_asked(assistant: Assistant) -> None:
    text = assistant.ask("Quy hoạch định hướng ứng dụng CNTT trong nông nghiệp, nông thôn ra sao?").text
    assert "khuyến nông" in text


def test_this_year_explained_in_brackets_is_that_year(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Chỉ tiêu năm nay (2023) cho doanh nghiệp dùng hợp đồng điện tử ở Bắc Giang là mấy phần trăm?"
    )
    assert (first_value(answer), answer.figures[0].figure.year) == (Decimal(80), 2023)
    assert "2026" not in answer.text
