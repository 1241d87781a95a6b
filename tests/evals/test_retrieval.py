"""The retrieval measurements: what is counted as found, and how questions are spoilt on purpose."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from evals.methods import BM25, MINILM
from evals.retrieval import (
    CostRow,
    QuestionSet,
    cost_table,
    gold_ranks,
    quality_rows,
    quality_table,
    read_squad,
    worst_margin,
)
from evals.ways_of_typing import ways_of_typing, with_slips

XQUAD = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "xquad-vi-dev.json"

ASKED = QuestionSet(
    passages=("Doanh nghiệp nộp thuế qua mạng.", "Thủ tục bảo hiểm xã hội.", "Thương mại điện tử."),
    questions=("nộp thuế thế nào?", "bảo hiểm xã hội là gì?"),
    gold=(0, 1),
)


def test_a_squad_file_gives_passages_and_answerable_questions(tmp_path: Path) -> None:
    asked = [{"question": "Một?"}, {"question": "Hai?", "is_impossible": True}]
    paragraphs = [{"context": "A.", "qas": []}, {"context": "B.", "qas": asked}]
    file = tmp_path / "squad.json"
    file.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    assert read_squad(file) == QuestionSet(("A.", "B."), ("Một?",), (1,))


def test_the_rank_of_the_right_passage_counts_ties_and_misses_against_the_method() -> None:
    scores = np.array([[3, 2, 1], [1, 1, 0], [0.5, 0, -np.inf]], dtype=np.float32)
    assert gold_ranks(scores, [0, 1, 2]).tolist() == [1, 2, 4]


def test_slips_are_seeded_and_spoil_a_word_but_not_the_length() -> None:
    question = "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?"
    spoilt = with_slips(question, random.Random(1))
    assert spoilt == with_slips(question, random.Random(1)) != question
    assert len(spoilt.split()) == len(question.split())
    assert "2030?" in spoilt


def test_every_question_is_asked_in_every_way() -> None:
    ways = ways_of_typing(ASKED.questions)
    assert {len(questions) for questions in ways.values()} == {2}
    assert ways["without diacritics"][1] == "bao hiem xa hoi la gi?"
    assert ways["with abbreviations"][1] == "bhxh là gì?"


def test_rows_and_their_table() -> None:
    rows = quality_rows(ASKED, ["hybrid", "dense alone", "BM25 alone"])
    assert [row.recall_at_1 for row in rows if row.questions == "as typed"] == [1, 1, 1]
    assert quality_table(rows).count("\n") == len(rows) + 1
    assert "+0.000" in worst_margin(rows)


def test_a_cost_is_shown_with_its_ratio_to_the_usual_default() -> None:
    ours = CostRow("hybrid", 0.5, 3000.0, 0.2, 1.0, 150.0)
    lexical = CostRow(BM25, 0.5, None, 0.1, 0.1, 70.0)
    default = CostRow(MINILM, 10.0, 15.0, 8.0, 20.0, 900.0)
    lines = cost_table([ours, lexical, default]).splitlines()
    assert lines[2].startswith("| hybrid | 0.50 (0.05×) | 3000 (200×) |")
    assert "| – |" in lines[3]


@pytest.mark.skipif(not XQUAD.exists(), reason="../shared with the benchmark is not here")
def test_search_keeps_its_quality_on_xquad() -> None:
    rows = quality_rows(read_squad(XQUAD), ["hybrid", "dense alone", "BM25 alone"])
    found = {(row.method, row.questions): row for row in rows}
    assert found["hybrid", "as typed"].recall_at_1 >= 0.935
    assert found["hybrid", "as typed"].recall_at_5 >= 0.985
    assert found["hybrid", "without diacritics"].recall_at_1 >= found["hybrid", "as typed"].recall_at_1 - 0.01
    for way in ("as typed", "without diacritics", "with typing slips", "with abbreviations"):
        assert found["hybrid", way].recall_at_1 >= found["BM25 alone", way].recall_at_1 - 0.005
        assert found["hybrid", way].recall_at_5 >= found["BM25 alone", way].recall_at_5 - 0.005
