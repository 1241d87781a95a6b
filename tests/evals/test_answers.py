"""The judge of answers: each rule is shown an answer that keeps it and one that breaks it."""

from __future__ import annotations

import copy
import importlib.util
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evals.answers import Grade, Sources, holds, judge, numbers, plain, same_figure

JUDGE_GIVEN = Path(__file__).resolve().parents[3] / "shared" / "score_answers.py"
TEXT = "Mục tiêu. Trên 95% số doanh nghiệp thực hiện nộp thuế qua mạng. Nhu cầu vốn: 53.000 tỷ đồng."
QUOTE = "Trên 95% số doanh nghiệp thực hiện nộp thuế qua mạng."


def question(**changes: Any) -> dict[str, Any]:
    return {
        "id": "figures-01",
        "kind": "figure",
        "question": "Bao nhiêu doanh nghiệp nộp thuế qua mạng năm 2030?",
        "all": ["95%"],
        "any": [],
        "no": [],
        "doc": ["plan"],
        "docs": [],
        "status": None,
        "figures": [{"value": 95, "unit": "%", "year": 2030}],
        "history": [],
        "no_figures": [],
    } | changes


def figure(**changes: Any) -> dict[str, Any]:
    return {
        "value": 95,
        "unit": "%",
        "year": 2030,
        "period": None,
        "relative_to": None,
        "place": "Bắc Giang",
        "level": None,
        "comparator": ">",
        "role": "target",
        "computed": False,
        "citations": [1],
    } | changes


def answer(**changes: Any) -> dict[str, Any]:
    return {
        "id": "figures-01",
        "status": "answered",
        "standalone_question": "Bao nhiêu doanh nghiệp nộp thuế qua mạng năm 2030?",
        "text": "Mục tiêu đến năm 2030: **trên 95%** [1].",
        "citations": [{"key": 1, "source": "plan.txt", "quote": QUOTE, "path": ["III. Đến năm 2030"]}],
        "figures": [figure()],
        "nearest": [],
    } | changes


REFUSAL = answer(status="not_found", text="Các văn bản không nói về điều này.", citations=[], figures=[])
SOURCES = Sources({"plan.txt": plain(TEXT), "other.txt": plain(QUOTE)})


def grade(asked: dict[str, Any], said: dict[str, Any]) -> Grade:
    return judge(asked, said, SOURCES).grade


def test_a_full_answer_is_right() -> None:
    assert judge(question(), answer(), SOURCES) == judge(question(), answer())
    assert grade(question(), answer()) is Grade.RIGHT


def test_a_refusal_is_refused_where_the_plans_say_and_right_where_they_do_not() -> None:
    assert grade(question(), REFUSAL) is Grade.REFUSED
    assert grade(question(kind="trap", status="not_found", all=[], figures=[]), REFUSAL) is Grade.RIGHT
    assert grade(question(kind="refuse", status="not_found", all=[], figures=[]), answer()) is Grade.WRONG


@pytest.mark.parametrize(
    "said",
    [
        answer(text="Mục tiêu đến năm 2030: **trên 90%** [1]."),
        answer(text="Trên 95% [1], và 12% số hộ."),
        answer(text="Trên 95% [2]."),
        answer(figures=[figure(value=90), figure()]),
        answer(figures=[figure(value=90, computed=True, citations=[]), figure()]),
        answer(citations=[{"key": 1, "source": "plan.txt", "quote": "Trên 95% số hợp tác xã nộp thuế."}]),
        answer(citations=[{"key": 1, "source": "plan.txt", "quote": "95%"}]),
        answer(citations=[{"key": 1, "source": "other.txt", "quote": QUOTE}]),
        answer(citations=[{"key": 1, "source": "unknown.txt", "quote": QUOTE}]),
        answer(status="error"),
    ],
)
def test_what_misleads_is_wrong(said: dict[str, Any]) -> None:
    assert grade(question(), said) is Grade.WRONG


def test_omissions_alone_are_partly_right() -> None:
    two = question(all=["95%", "trên 10%"])
    assert grade(two, answer()) is Grade.PARTLY
    assert grade(question(), answer(text="dài " * 300 + "95% [1]")) is Grade.PARTLY
    assert grade(question(all=["10%"], figures=[]), answer()) is Grade.WRONG


def test_the_answer_must_stand_in_its_headline() -> None:
    late = answer(text="Theo văn bản này. " * 16 + "Trên 95% [1].")
    assert grade(question(), late) is Grade.PARTLY
    assert grade(question(kind="meta"), late) is Grade.RIGHT


def test_forbidden_parts_and_figures() -> None:
    assert grade(question(no=["trên 95%"]), answer()) is Grade.WRONG
    trap = question(kind="trap", status="not_found", all=[], figures=[], no_figures=[{"year": 2025}])
    assert grade(trap, REFUSAL | {"figures": [figure(year=2025)]}) is Grade.WRONG
    assert grade(trap, REFUSAL | {"nearest": []}) is Grade.RIGHT


def test_documents_are_checked_only_where_their_names_count() -> None:
    other = question(doc=["decision"], docs=["page"])
    assert grade(other, answer()) is Grade.WRONG
    assert judge(other, answer(), Sources(SOURCES.texts, names_count=False)).grade is Grade.RIGHT


@pytest.mark.parametrize(
    ("text", "part", "held"),
    [
        ("gồm 2026 nhiệm vụ", "6 nhiệm vụ", False),
        ("gồm 6 nhiệm vụ", "6 nhiệm vụ", True),
        ("khoảng 27,3%/năm", "27%", False),
        ("khoảng 27,0%/năm", "27%", True),
        ("53.000 tỷ đồng", "53000 tỷ", True),
        ("ngày 31/3/2016", "31", False),
        ("số 472/qđ-ubnd", "472/QĐ-UBND", True),
    ],
)
def test_numbers_are_compared_as_numbers(text: str, part: str, held: bool) -> None:
    assert holds(text, part) is held


def test_units_are_compared_as_amounts() -> None:
    wanted = {"value": 53, "unit": "nghìn tỷ đồng"}
    assert same_figure(wanted, figure(value=53000, unit="tỷ đồng"))
    assert not same_figure(wanted, figure(value=53, unit="tỷ đồng"))
    assert not same_figure(wanted, figure(value=None))
    assert same_figure(
        {"value": 27, "unit": "%/năm", "year": 2016},
        figure(value=27, unit="%/năm", year=None, period=[2016, 2020]),
    )
    assert not same_figure({"level": ["huyện"]}, figure(level="xã"))


def test_markdown_is_not_text() -> None:
    assert plain("## **Tổng** | 5 %\n- <b>Một</b>") == "tổng 5% một"
    assert numbers("1.234,5 và 6,0, ngày 1/2/2020") == numbers("6; 1234,5")


# ----- the judge that was given --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def given() -> ModuleType:
    if not JUDGE_GIVEN.is_file():
        pytest.skip("the judge that was given is not here")
    spec = importlib.util.spec_from_file_location("judge_given", JUDGE_GIVEN)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(chance: random.Random) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Questions and answers with some of their fields replaced by ones that fit less or more."""
    of_questions: dict[str, list[Any]] = {
        "kind": ["figure", "meta", "text", "compare", "trap", "refuse", "table", "followup"],
        "all": [["95%"], ["95%", "10%"], []],
        "any": [[], ["trên 95%", "ba"], ["hai"]],
        "no": [[], ["90%"]],
        "doc": [[], ["plan"], ["other"]],
        "docs": [[], ["plan", "other"]],
        "status": [None, None, "not_found"],
        "figures": [[], [{"value": 95, "year": [2029, 2030]}], [{"value": 90}], [{"place": "Bắc Giang"}]],
        "no_figures": [[], [{"year": 2030}], [{"value": 4}]],
    }
    of_answers: dict[str, list[Any]] = {
        "status": ["answered", "partial", "not_found"],
        "text": [
            "Trên 95% [1].",
            "Trên 90% [1] ~~4%~~.",
            "95% " + "dài " * 400,
            "Năm 2030, **95 %** [3]",
            "1. hai",
        ],
        "figures": [[], [figure()], [figure(value=90)], [figure(value=4, computed=True), figure()]],
        "citations": [[], answer()["citations"], [{"key": 1, "source": "x/other.txt", "quote": "số"}]],
    }
    for _ in range(3000):
        asked, said = copy.deepcopy((question(), answer()))
        for target, choices in ((asked, of_questions), (said, of_answers)):
            for name in chance.sample(list(choices), 2):
                target[name] = chance.choice(choices[name])
        yield asked, said


def test_it_judges_as_the_judge_that_was_given(given: ModuleType) -> None:
    seen = set()
    for asked, said in spoilt(random.Random(0)):
        theirs = list(given.faults(asked, said, dict(SOURCES.texts)))
        ours = judge(asked, said, SOURCES)
        assert [fault.reason for fault in ours.faults] == theirs or len(ours.faults) == len(theirs), (
            asked,
            said,
        )
        refused = said["status"] == "not_found" and asked["status"] != "not_found"
        expected = "right" if not theirs else "refused" if refused else "wrong"
        assert {"partly right": "wrong"}.get(ours.grade, ours.grade) == expected
        seen.add(ours.grade)
    assert seen == set(Grade)
