"""Follow-ups, documents and persons, comparisons, prose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Status

TAX_2020 = "Đến năm 2020 bao nhiêu doanh nghiệp nộp thuế qua mạng?"


@pytest.mark.parametrize(
    ("history", "question", "understood", "held"),
    [
        ([TAX_2020], "còn năm 2030?", "2030", "trên 95%"),
        (["Năm 2021 hồ sơ công việc cấp tỉnh xử lý trên mạng?"], "cấp huyện thì sao?", "cấp huyện", "80%"),
        ([TAX_2020], "ai ký quyết định này?", "472/QĐ-UBND", "Nguyễn Thị Thu Hà"),
        (["Kinh phí hệ thống giao thông thông minh?"], "nguồn vốn từ đâu?", "giao thông thông minh", "PPP"),
        ([TAX_2020, "còn năm 2030?"], "kê khai thuế của hộ kinh doanh thì sao?", "2030", "trên 75%"),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out(
    assistant: Assistant, history: list[str], question: str, understood: str, held: str
) -> None:
    answer = assistant.ask(question, history)
    assert understood in answer.standalone_question
    assert held in answer.text


def test_a_new_topic_inherits_nothing(assistant: Assistant) -> None:
    question = "Bao nhiêu phần trăm dân số Bắc Ninh có tài khoản thanh toán điện tử?"
    answer = assistant.ask(question, [TAX_2020])
    assert answer.standalone_question == question
    assert answer.figures[0].figure.place == "Bắc Ninh"


def test_another_place_is_not_answered_with_this_one(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Bắc Ninh thì sao?", ["Năm 2021 hồ sơ công việc cấp xã xử lý trên mạng của Bắc Giang?"]
    )
    assert answer.status is Status.NOT_FOUND and not answer.figures


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Ai ký Quyết định 472?", "Nguyễn Thị Thu Hà"),
        ("Quyết định 472/QĐ-UBND ban hành ngày nào?", "31/3/2016"),
        ("Kế hoạch 464/KH-UBND của tỉnh nào?", "Bắc Ninh"),
        ("ai ky ke hoach chuyen doi so bac ninh", "Vương Quốc Tuấn"),
        ("Trần Minh Chiêu là ai?", "Giám đốc"),
        ("Nghị quyết 36a/NQ-CP ban hành ngày nào?", "14/10/2015"),
    ],
)
def test_documents_and_persons(assistant: Assistant, question: str, held: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED and held in answer.text


def test_what_a_page_does_not_say_of_its_plan_is_not_made_up(assistant: Assistant) -> None:
    answer = assistant.ask("Ai ký Kế hoạch 6649/KH-UBND?")
    assert answer.status is Status.NOT_FOUND and "6649" in answer.text


@pytest.mark.parametrize(
    ("question", "values", "computed"),
    [
        ("So sánh doanh nghiệp dùng chữ ký số năm 2020 và 2030", ["50", "80"], "30"),
        ("Đóng góp của CNTT vào GRDP năm 2020 và 2030?", ["4.1", "7.4"], "3.3"),
        ("Giá trị sản xuất CNTT 2030 gấp mấy lần 2020?", ["53000", "592300"], "11.18"),
    ],
)
def test_comparisons_are_exact(assistant: Assistant, question: str, values: list[str], computed: str) -> None:
    answer = assistant.ask(question)
    stated = [
        s.figure.quantity.value for s in answer.figures if not s.computed and s.figure.quantity.unit != "lần"
    ]
    assert stated[:2] == [Decimal(value) for value in values]
    assert [s.figure.quantity.value for s in answer.figures if s.computed] == [Decimal(computed)]


def test_sides_that_the_plans_do_not_give_make_a_partial_answer(assistant: Assistant) -> None:
    answer = assistant.ask("So sánh kinh tế số trong GRDP của Bắc Ninh và Bắc Giang")
    assert answer.status is Status.PARTIAL and "văn bản không nêu" in answer.text


def test_prose_is_quoted_with_its_section(assistant: Assistant) -> None:
    answer = assistant.ask("Giải pháp về an toàn, an ninh thông tin gồm những gì?")
    assert "quy chế nội bộ" in answer.text
    paths = [" ".join(citation.passage.path).lower() for citation in answer.citations]
    assert any("an toàn, an ninh" in path for path in paths)


@pytest.mark.parametrize("question", ["", "   ", "???", "a" * 3000])
def test_odd_questions_do_not_break_the_chain(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Quyết định 472 ban hành ngày nào, ở đâu?", ["31/3/2016", "Bắc Giang"]),
        ("Kế hoạch 464/KH-UBND kéo dài từ năm nào tới năm nào?", ["2021", "2025"]),
        ("Quyết định 472 về việc gì?", ["Quy hoạch phát triển công nghệ thông tin"]),
        ("Ai viết bài về kinh tế số Bắc Giang?", ["Việt Hùng"]),
    ],
)
def test_what_a_document_says_of_itself(assistant: Assistant, question: str, held: list[str]) -> None:
    assert [part for part in held if part not in assistant.ask(question).text] == []


def test_contact_data_is_not_made_up(assistant: Assistant) -> None:
    answer = assistant.ask("Cho tôi số điện thoại của Sở Thông tin và Truyền thông")
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures
