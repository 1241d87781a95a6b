"""The question sets and marks themselves: their form, their split, and that the marks stand on numbers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from chain.assistant import Assistant
from domain.answers import Answer, Status
from evals.asking import (
    LATEST_DOCUMENTS,
    MORE_DOCUMENTS,
    NEWEST_DOCUMENTS,
    OWN_DOCUMENTS,
    QUESTIONS,
    ask_all,
    read_lines,
    topic_of,
)
from evals.calibration import thresholds_set, values_tried
from evals.documents.build import BUILT_ON, TARGET, plan, with_fixed_dates
from evals.extraction import file_text, read_marks
from evals.passages import Piece, answerable, rows
from evals.ways_of_typing import abbreviated

KEYS = [
    "id",
    "kind",
    "question",
    "all",
    "any",
    "no",
    "doc",
    "docs",
    "status",
    "figures",
    "history",
    "no_figures",
]
FILES = sorted(QUESTIONS.glob("*.jsonl"))
BY_TOPIC = [file for file in FILES if file.stem.startswith(("plans", "own"))]
ORIGINALS = Path(__file__).resolve().parents[3] / "shared" / "plans"
TOPICS = 20
LEAST_A_TOPIC = 8
LEAST_HELD_OUT = 5


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_question_has_the_keys_of_the_interface(file: Path) -> None:
    for question in read_lines(file):
        assert list(question) == KEYS
        assert question["question"].strip()
        expects = question["all"] or question["any"] or question["figures"]
        assert bool(expects) != (question["status"] == "not_found"), question["id"]


def test_every_kind_of_question_has_some_held_out() -> None:
    held = Counter(
        question["kind"] for file in FILES if "held-out" in file.stem for question in read_lines(file)
    )
    for kind in ("figure", "text", "table", "compare", "followup", "spelling", "trap", "refuse"):
        assert held[kind] >= LEAST_HELD_OUT, kind


def test_every_topic_has_its_questions() -> None:
    counted = Counter(topic_of(question) for file in BY_TOPIC for question in read_lines(file))
    assert len(counted) == TOPICS
    assert min(counted.values()) >= LEAST_A_TOPIC, counted


def test_ids_are_unique() -> None:
    ids = [question["id"] for file in FILES for question in read_lines(file)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("folder", "marks"), [(OWN_DOCUMENTS, "own"), (ORIGINALS, "plans")])
def test_every_mark_stands_on_its_number(folder: Path, marks: str) -> None:
    if not folder.is_dir():
        pytest.skip("the original documents are not here")
    texts = {file.name: file_text(file) for file in folder.iterdir()}
    for mark in read_marks(QUESTIONS.parent / "figures" / f"{marks}.jsonl"):
        written = texts[mark.source][slice(*mark.facts["span"])]
        assert written[0].isdigit()
        if mark.facts["value"] is not None:
            assert float(written.replace(".", "").replace(",", ".")) == float(mark.facts["value"])


def test_the_invented_documents_say_that_they_are() -> None:
    folders = (OWN_DOCUMENTS, MORE_DOCUMENTS, LATEST_DOCUMENTS, NEWEST_DOCUMENTS)
    for file in (file for folder in folders for file in folder.iterdir()):
        assert "Văn bản giả định" in file_text(file)[:400], file.name


def test_the_word_file_is_what_its_script_builds(tmp_path: Path) -> None:
    plan().save(str(tmp_path / "plan.docx"))
    assert with_fixed_dates((tmp_path / "plan.docx").read_bytes()) == TARGET.read_bytes()
    assert BUILT_ON.tzinfo is not None


def test_phrases_are_shortened_as_people_do() -> None:
    assert abbreviated("Bao nhiêu doanh nghiệp nhỏ và vừa ở tỉnh?") == "Bao nhiêu dnnvv ở tỉnh?"
    assert abbreviated("Thủ tục hành chính cấp xã") == "tthc cấp xã"
    assert abbreviated("Không có gì") == "Không có gì"


def test_recall_needs_every_part_and_the_right_document() -> None:
    question = json.loads(FILES[0].read_text("utf-8").splitlines()[0]) | {
        "kind": "figure", "all": ["95%", "10%"], "doc": ["plan"], "history": [], "status": None,
    }  # fmt: skip
    pieces = [Piece("plan.txt", "Trên 95% hộ"), Piece("plan.txt", "và 10% xã")]
    found = rows(lambda text, k: pieces[:k], [question], names_count=True)
    assert {(row.recall_at_1, row.recall_at_5) for row in found} == {(0.0, 1.0)}
    pages = [Piece("page.txt", piece.text) for piece in pieces]
    elsewhere = rows(lambda text, k: pages[:k], [question], names_count=True)
    assert {row.recall_at_5 for row in elsewhere} == {0.0}
    assert answerable([question | {"status": "not_found"}, question | {"kind": "table"}]) == []


def test_a_threshold_is_moved_everywhere_and_put_back() -> None:
    from dataclasses import replace

    from chain import figure_answers, thresholds

    moved = replace(thresholds.THRESHOLDS, figure_coverage=0.99)
    with thresholds_set(moved):
        assert vars(figure_answers)["THRESHOLDS"].figure_coverage == 0.99
    assert vars(figure_answers)["THRESHOLDS"] is thresholds.THRESHOLDS
    tried = values_tried("figure_coverage")
    assert thresholds.THRESHOLDS.figure_coverage in tried
    assert all(0 <= value <= 1 for value in tried)


def test_the_repository_holds_no_sentence_of_the_originals() -> None:
    if not ORIGINALS.is_dir():
        pytest.skip("the original documents are not here")
    lines = re.split(
        r"[.;\n]+", " ".join(file.read_text("utf-8") for file in ORIGINALS.glob("*.txt")).lower()
    )
    long = {" ".join(line.split()) for line in lines if len(line.split()) >= 12}
    ours = " ".join(file.read_text("utf-8").lower() for file in FILES)
    assert not [line for line in long if line in ours]


class _Echo(Assistant):
    """An assistant that answers every question with itself."""

    def __init__(self) -> None:
        """It needs no documents."""

    def ask(self, question: str, history: Sequence[str] = (), filters: object = None) -> Answer:
        return Answer(question, question, Status.NOT_FOUND, question)


def test_questions_of_two_sets_may_share_an_id() -> None:
    one, other = {"id": "a-01", "question": "Một?"}, {"id": "a-01", "question": "Hai?"}
    assert [answer["text"] for answer in ask_all(_Echo(), [one, other])] == ["Một?", "Hai?"]
