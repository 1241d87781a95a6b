"""What people get: the figure with its citation, or an honest "the plans do not say"."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from chain.assistant import Assistant
from domain.answers import Answer, Status
from domain.figures import Comparator, Level, Role


def first_line(answer: Answer) -> str:
    return answer.text.split("\n", 1)[0]


@pytest.mark.parametrize(
    ("question", "value", "unit", "year", "place"),
    [
        ("Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?", "95", "%", 2030, "Bắc Giang"),
        ("dn nop thue qua mang 2030", "95", "%", 2030, "Bắc Giang"),
        ("Doanh nghiệp nộp thuế qua mạng năm 2020 là bao nhiêu", "90", "%", 2020, "Bắc Giang"),
        ("kinh te so chiem bao nhieu GRDP bac ninh 2025", "20", "%", 2025, "Bắc Ninh"),
        (
            "Bắc Giang có bao nhiêu doanh nghiệp CNTT, điện tử viễn thông?",
            "440",
            "doanh nghiệp",
            2020,
            "Bắc Giang",
        ),
        ("tỷ lệ người dân có hồ sơ sức khoẻ điện tử 2023", "90", "%", 2023, "Bắc Giang"),
    ],
)
def test_a_figure_question_gets_its_figure_first(
    assistant: Assistant, question: str, value: str, unit: str, year: int, place: str
) -> None:
    answer = assistant.ask(question)
    figure = answer.figures[0].figure
    assert answer.status is Status.ANSWERED
    assert (figure.quantity.value, figure.quantity.unit) == (Decimal(value), unit)
    assert (figure.year, figure.place) == (year, place)
    assert value in first_line(answer) and "**" in first_line(answer)


def test_comparators_are_kept_and_other_years_named(assistant: Assistant) -> None:
    answer = assistant.ask("Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?")
    assert answer.figures[0].figure.quantity.comparator is Comparator.GREATER
    assert "**trên 95%**" in first_line(answer)
    assert "2020: trên 90%" in answer.text


def test_every_quotation_stands_in_its_passage_and_holds_its_figure(assistant: Assistant) -> None:
    for question in (
        "Chữ ký số năm 2020?",
        "so sánh hồ sơ công việc cấp tỉnh và cấp xã 2023",
        "Dự án lớn nhất?",
    ):
        answer = assistant.ask(question)
        assert answer.citations
        for citation in answer.citations:
            assert citation.quote in citation.passage.text
        for stated in answer.figures:
            if not stated.computed:
                passage = next(c.passage for c in answer.citations if c.key in stated.citations)
                start, end = stated.figure.span
                assert re.search(r"\d", passage.text[start:end])


def test_three_levels_are_three_figures(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2023 tỷ lệ hồ sơ công việc xử lý trên môi trường mạng là bao nhiêu?")
    assert [stated.figure.level for stated in answer.figures] == [
        Level.PROVINCE,
        Level.DISTRICT,
        Level.COMMUNE,
    ]


def test_a_result_is_no_target(assistant: Assistant) -> None:
    answer = assistant.ask("Doanh thu của các doanh nghiệp công nghệ thông tin năm 2019?")
    assert answer.figures[0].figure.role is Role.RESULT
    assert first_line(answer).startswith("Kết quả năm 2019")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Doanh nghiệp nộp thuế qua mạng năm 2025?", "2025"),
        ("Hồ sơ công việc cấp xã xử lý trên mạng của Bắc Ninh năm 2023?", "Bắc Ninh"),
        ("Kinh tế số chiếm bao nhiêu GRDP của Bắc Giang?", "Bắc Giang"),
    ],
)
def test_a_near_miss_is_said_to_be_one(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures and answer.nearest
    assert said in first_line(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Ai vô địch World Cup 2022?",
        "Bắc Giang có bao nhiêu trường đại học?",
        "Dân số Bắc Giang là bao nhiêu?",
        "Giá vàng hôm nay bao nhiêu?",
        "Hãy viết một bài thơ về mùa thu",
        "tỷ lệ hộ nghèo Bắc Giang 2020",
    ],
)
def test_what_the_plans_do_not_cover_is_refused_with_questions_that_they_answer(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND and not answer.figures
    assert len(answer.suggestions) == 3
    for suggestion in answer.suggestions:
        assert assistant.ask(suggestion).status is Status.ANSWERED


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.ask("an toàn thông tin gồm những giải pháp gì") for _ in range(2))
    assert (first.text, first.citations) == (second.text, second.citations)


def test_a_digest_is_named_as_one(assistant: Assistant) -> None:
    assert "không phải nguyên văn" in assistant.ask("Chữ ký số năm 2020?").text


@pytest.mark.parametrize(
    "question",
    [
        "Viết giúp tôi một bài thơ về chuyển đổi số",
        "Dân số tỉnh Bắc Giang là bao nhiêu người?",
        "Lương cán bộ công nghệ thông tin Bắc Giang bao nhiêu?",
        "Thủ đô của Nhật Bản là thành phố nào?",
        "Kinh tế số Bắc Giang chiếm bao nhiêu phần trăm GRDP năm 2025?",
    ],
)
def test_words_that_only_look_alike_carry_no_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND and not answer.figures


def test_the_end_of_a_place_name_is_no_result(assistant: Assistant) -> None:
    answer = assistant.ask("Văn bản điện tử của các cơ quan nhà nước trong tỉnh đến năm 2020 đạt bao nhiêu?")
    assert answer.status is Status.ANSWERED and "80%" in answer.text
