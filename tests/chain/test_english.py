"""English without a language model: questions by the table, and saying so where the table does not reach."""

import json
from pathlib import Path

import pytest

from chain.english import in_vietnamese, in_vietnamese_terms, is_english
from chain.stated import read_sentence
from domain.answers import Status

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "evals" / "questions-english.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("What is the target for enterprises paying taxes online by 2030?", True),
        ("Who signed Decision 472?", True),
        ("dn nop thue qua mang 2030", False),
        ("Muc tieu cua tinh la gi", False),
        ("Bao nhiêu doanh nghiệp tham gia website thương mại điện tử?", False),
        ("the con so nam 2030 la bao nhieu", False),
        ("CNTT 2020 target?", False),
    ],
)
def test_english_is_recognised(text, english):
    assert is_english(text) is english


def test_a_question_with_a_word_that_the_table_does_not_know_is_not_guessed():
    assert in_vietnamese("What percentage of enterprises should pay bribes online by 2030?") is None


def test_right_answers_to_english_questions(assistant):
    right = wrong = 0
    for question in QUESTIONS:
        answer = assistant.ask(question["question"])
        values = {wanted["value"] for wanted in question["figures"]}
        first = answer.figures[0].figure if answer.figures else None
        if question["status"] == "not_found":
            wrong += answer.status is not Status.NOT_FOUND
        elif answer.status is Status.NOT_FOUND:
            continue
        elif all(part in answer.text for part in question["all"]) and (
            not values or (first and float(first.quantity.value) in values)
        ):
            right += 1
        else:
            wrong += 1
    assert len([q for q in QUESTIONS if q["status"] is None]) >= 20
    assert right >= 18
    assert wrong == 0


def test_it_says_what_it_can_answer_where_it_cannot(assistant):
    answer = assistant.ask("What is the weather in Hanoi tomorrow?")
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("Without a language model I can answer English questions only about")


def test_a_follow_up_in_english(assistant):
    first = "What percentage of enterprises should pay taxes online by 2030?"
    answer = assistant.ask("and by 2020?", [first])
    assert answer.figures[0].figure.quantity.value == 90


@pytest.mark.parametrize(
    ("english", "value", "unit", "comparator"),
    [
        ("over 95% of enterprises", 95, "%", ">"),
        ("about 592,300 billion VND", 592300, "tỷ đồng", "~"),
        ("44.5 billion dong from the provincial budget", 44.5, "tỷ đồng", "="),
        ("at least 70 percent at provincial level", 70, "%", ">="),
        ("approximately 27.3% per year", 27.3, "%/năm", "~"),
        ("no more than 40%", 40, "%", "<="),
    ],
)
def test_english_numbers_are_read_as_the_documents_write_them(english, value, unit, comparator):
    [stated] = read_sentence(f"The target is {english}.", english=True).quantities
    assert (float(stated.quantity.value), stated.quantity.unit, stated.comparator.value) == (
        value,
        unit,
        comparator,
    )


def test_quotations_are_left_as_they_are():
    quoted = "“đạt trên 95% by 2030”"
    assert quoted in in_vietnamese_terms(f"By 2030 it is over 95% ({quoted})")
