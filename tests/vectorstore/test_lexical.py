"""The lexical index: what matches what, and the corners where bm25s itself fails."""

from pathlib import Path

import numpy as np
import pytest

from vectorstore.lexical import LexicalIndex, lexical_tokens

PASSAGES = [
    "Trên 95% doanh nghiệp thực hiện nộp thuế qua mạng.",
    "Trên 90% cơ quan thực hiện giao dịch điện tử khi làm thủ tục bảo hiểm xã hội.",
    "Các doanh nghiệp tham gia website thương mại điện tử.",
]


def test_tokens_are_folded_syllables_and_their_pairs() -> None:
    assert lexical_tokens("Nộp thuế, qua mạng") == [
        "nop", "thue", "qua", "mang", "nop thue", "thue qua", "qua mang",
    ]  # fmt: skip


def test_the_same_question_scores_the_same_without_diacritics() -> None:
    index = LexicalIndex.build(PASSAGES)
    accented = index.scores("doanh nghiệp nộp thuế qua mạng")
    assert accented.argmax() == 0
    assert np.array_equal(accented, index.scores("doanh nghiep nop thue qua mang"))


def test_there_is_one_score_a_passage_and_zero_without_a_match() -> None:
    index = LexicalIndex.build(PASSAGES)
    scores = index.scores("bảo hiểm")
    assert scores.shape == (3,)
    assert scores[1] > 0
    assert scores[0] == scores[2] == 0


@pytest.mark.parametrize("query", ["", "  ?! ", "zzz qqq"])
def test_a_query_without_any_known_token_scores_zero_everywhere(query: str) -> None:
    assert LexicalIndex.build(PASSAGES).scores(query).tolist() == [0, 0, 0]


@pytest.mark.parametrize("texts", [[], ["", " … "]])
def test_a_corpus_without_a_token_can_be_built_saved_and_asked(texts: list[str], tmp_path: Path) -> None:
    index = LexicalIndex.build(texts)
    index.save(tmp_path / "index")
    loaded = LexicalIndex.load(tmp_path / "index")
    assert len(loaded) == len(texts)
    assert loaded.scores("thuế").tolist() == [0] * len(texts)


def test_a_loaded_index_scores_as_the_built_one(tmp_path: Path) -> None:
    index = LexicalIndex.build([*PASSAGES, ""])
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    query = "doanh nghiệp thương mại điện tử"
    assert len(loaded) == 4
    assert np.array_equal(loaded.scores(query), index.scores(query))


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        LexicalIndex.load(tmp_path)
