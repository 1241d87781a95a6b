"""Sentence windows: the best two sentences of a passage speak for it."""

from collections.abc import Sequence

import numpy as np
import pytest

from vectorstore.embedders import Embedder, load_embedder
from vectorstore.windows import SentenceWindows, windows

LONG = (
    "Đến năm 2030, trên 95% doanh nghiệp nộp thuế qua mạng. Các sở đều có hệ thống một cửa. "
    "Phát triển thương mại điện tử. Tổng vốn là 700 tỷ đồng."
)


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load_embedder()


def test_windows_are_runs_of_two_sentences_word_for_word() -> None:
    found = windows(LONG)
    assert len(found) == 3
    assert all(window in LONG for window in found)
    assert found[0].endswith("một cửa.")


@pytest.mark.parametrize("passage", ["", "Một câu.", "Một câu. Hai câu."])
def test_a_short_passage_is_its_only_window(passage: str) -> None:
    assert windows(passage) == [passage]


def test_a_passage_scores_as_its_best_window(bundled: Embedder) -> None:
    query = bundled.embed_query("tổng vốn bao nhiêu tỷ đồng")
    (score,) = SentenceWindows(bundled).scores(query, [LONG])
    assert score == pytest.approx(max(bundled.embed_passages(windows(LONG)) @ query))
    assert score > bundled.embed_passages([LONG])[0] @ query


def test_there_is_one_score_a_passage_also_for_repeated_and_empty_ones(bundled: Embedder) -> None:
    scorer = SentenceWindows(bundled)
    scores = scorer.scores(bundled.embed_query("nộp thuế"), [LONG, "", LONG])
    assert scores[0] == scores[2] > scores[1] == 0
    assert scorer.scores(bundled.embed_query("nộp thuế"), []).shape == (0,)


def test_a_passage_is_embedded_once(bundled: Embedder) -> None:
    class Counting:
        id, dimensions, embedded = bundled.id, bundled.dimensions, 0

        def embed_query(self, text: str) -> np.ndarray:
            return bundled.embed_query(text)

        def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
            self.embedded += len(texts)
            return bundled.embed_passages(texts)

    counting = Counting()
    scorer = SentenceWindows(counting)
    query = counting.embed_query("nộp thuế")
    assert scorer.scores(query, [LONG]) == scorer.scores(query, [LONG])
    assert counting.embedded == len(windows(LONG))
