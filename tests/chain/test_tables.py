"""Questions about the 25 projects of the decision's appendix, as its digest has them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Status


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Dự án lớn nhất cần bao nhiêu vốn?", "140"),
        ("Dự án lớn thứ hai?", "102.5"),
        ("du an nho nhat", "0.5"),
        ("Kinh phí kết nối mạng diện rộng của tỉnh?", "2.8"),
    ],
)
def test_ranks_and_cells(assistant: Assistant, question: str, value: str) -> None:
    answer = assistant.ask(question)
    assert answer.figures[0].figure.quantity.value == Decimal(value)
    assert not answer.figures[0].computed


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("Tổng vốn các dự án thuê dịch vụ là bao nhiêu?", "99.1", "tỷ đồng"),
        ("Có bao nhiêu dự án hợp tác công tư?", "8", "dự án"),
        ("Tổng vốn của tất cả các dự án trong phụ lục?", "700.4", "tỷ đồng"),
        ("Trung bình mỗi dự án cần bao nhiêu vốn?", "30.45", "tỷ đồng"),
    ],
)
def test_what_is_computed_is_marked_and_names_its_rows(
    assistant: Assistant, question: str, value: str, unit: str
) -> None:
    answer = assistant.ask(question)
    stated = answer.figures[0]
    assert stated.computed
    assert (stated.figure.quantity.value, stated.figure.quantity.unit) == (Decimal(value), unit)
    assert len(stated.citations) > 1
    assert all(citation.passage.cells for citation in answer.citations if citation.key in stated.citations)


def test_ties_are_all_named(assistant: Assistant) -> None:
    answer = assistant.ask("Dự án nhỏ nhất là dự án nào?")
    assert len(answer.figures) == 2 and "thư điện tử" in answer.text and "CIO" in answer.text


def test_rows_without_an_amount(assistant: Assistant) -> None:
    answer = assistant.ask("Những dự án nào chưa nêu nhu cầu vốn?")
    assert answer.status is Status.ANSWERED
    assert "phần cứng" in answer.text and "phần mềm" in answer.text


def test_limits_filter_rows(assistant: Assistant) -> None:
    answer = assistant.ask("Liệt kê các dự án trên 90 tỷ đồng")
    amounts = {c.passage.cells[2] for c in answer.citations}
    assert amounts == {"99,8", "102,5", "140,0", "98,0"}


def test_a_sum_that_differs_from_the_stated_total_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Nhu cầu vốn đầu tư của quy hoạch là bao nhiêu?")
    assert answer.figures[0].figure.quantity.value == 700
    assert "700,4 tỷ đồng" in answer.text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Dự án số 16 và 17 cộng lại bao nhiêu?", ["81,4 tỷ đồng"]),
        ("Dự án lớn nhất hơn dự án lớn thứ hai bao nhiêu?", ["140 tỷ", "102,5 tỷ", "37,5 tỷ đồng"]),
        ("Ba dự án lớn nhất cộng lại bao nhiêu?", ["342,3 tỷ đồng"]),
        ("Vốn ngân sách tỉnh nhiều hơn vốn ngân sách trung ương bao nhiêu?", ["44,5", "40", "4,5 tỷ đồng"]),
        ("Xếp 3 dự án nhiều vốn nhất theo thứ tự giảm dần", ["140", "102,5", "99,8"]),
    ],
)
def test_rows_are_set_against_each_other(assistant: Assistant, question: str, held: list[str]) -> None:
    assert [part for part in held if part not in assistant.ask(question).text] == []
