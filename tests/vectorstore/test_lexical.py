"""The lexical index: what matches what, and the corners where bm25s itself fails."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest

from vectorstore.lexical import FORMAT, LexicalIndex, lexical_tokens, query_tokens, tokens_of_phrasings

PASSAGES = [
    "Trên 95% doanh nghiệp thực hiện nộp thuế qua mạng.",
    "Trên 90% cơ quan thực hiện giao dịch điện tử khi làm thủ tục bảo hiểm xã hội.",
    "Các doanh nghiệp tham gia website thương mại điện tử.",
]


def spelt(text: str) -> list[str]:
    return [token for token in lexical_tokens(text) if token.startswith("=")]


def test_tokens_are_folded_syllables_their_pairs_and_the_spelling() -> None:
    assert lexical_tokens("Vốn, dự án") == ["von", "du", "an", "von du", "du an", *spelt("vốn dự án")]


def test_a_question_without_diacritics_asks_for_no_spelling() -> None:
    assert query_tokens("von du an") == ["von", "du", "an", "von du", "du an", "von", "du", "an"]
    assert query_tokens("vốn dự án") == lexical_tokens("vốn dự án")


def test_old_and_new_tone_placement_are_the_same_spelling() -> None:
    assert spelt("hoà bình, thuỷ lợi") == spelt("hòa bình, thủy lợi")
    assert spelt("hoà") != spelt("hoá")


def test_a_question_finds_the_same_with_and_without_diacritics_in_any_normal_form() -> None:
    index = LexicalIndex.build(PASSAGES)
    question = "doanh nghiệp nộp thuế qua mạng"
    assert index.scores(question).argmax() == index.scores("doanh nghiep nop thue qua mang").argmax() == 0
    assert np.array_equal(index.scores(question), index.scores(unicodedata.normalize("NFD", question)))


def test_diacritics_decide_where_the_question_has_them() -> None:
    index = LexicalIndex.build(["chợ bán lẻ", "cho ban lễ"])
    assert index.scores("chợ").argmax() == 0
    assert index.scores("lễ").argmax() == 1
    assert np.ptp(index.scores("cho")) == 0


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


def test_phrasings_of_one_query_add_what_the_others_lack() -> None:
    assert sorted(tokens_of_phrasings(["DN nộp thuế", "doanh nghiệp nộp thuế"])) == sorted(
        {*query_tokens("DN nộp thuế"), *query_tokens("doanh nghiệp nộp thuế")}
    )
    index = LexicalIndex.build([*PASSAGES, "DN nhỏ"])
    assert np.all(index.scores("dn", "doanh nghiep")[[0, 2, 3]] > 0)


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    LexicalIndex.build(PASSAGES).save(tmp_path)
    described = (tmp_path / "size.json").read_text(encoding="utf-8")
    (tmp_path / "size.json").write_text(described.replace(FORMAT, "1"), encoding="utf-8")
    with pytest.raises(ValueError, match="format 1"):
        LexicalIndex.load(tmp_path)


def test_the_tokens_are_those_of_the_format() -> None:
    """Where this fails, stored indexes hold other tokens than questions ask for: give FORMAT another number."""
    assert FORMAT.startswith("2:")
    assert lexical_tokens("Hoà 95%, Đ") == [
        "hoa", "95", "d", "hoa 95", "95 d", "=hoa\u0300", "=95", "=đ",
    ]  # fmt: skip
