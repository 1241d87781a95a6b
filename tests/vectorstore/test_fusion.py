"""Fusion: a weighted sum of standard scores, the same every time."""

import numpy as np
import pytest

from vectorstore.fusion import FusionWeights, best, fuse, put_on_top, refine, standard_scores


def scores(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def fused(lexical: np.ndarray, dense: np.ndarray) -> np.ndarray:
    return fuse(standard_scores(lexical), standard_scores(dense))


def test_agreement_beats_either_index_alone() -> None:
    assert best(fused(scores(10, 9, 0, 0), scores(0.1, 0.6, 0.62, 0.1)), 2) == [1, 0]


def test_the_scale_of_an_index_does_not_matter() -> None:
    lexical, dense = scores(3, 2, 0, 0), scores(0.2, 0.7, 0.3, 0.1)
    assert np.allclose(fused(lexical, dense), fused(lexical * 100, dense + 5), atol=1e-5)


def test_an_index_that_says_nothing_changes_nothing() -> None:
    dense = scores(0.2, 0.7, 0.3)
    assert best(fused(scores(0, 0, 0), dense), 3) == best(dense, 3)


def test_weights_decide_between_indexes_that_disagree() -> None:
    lexical, dense = scores(1, 0, 0), scores(0, 1, 0)
    assert best(fuse(lexical, dense, FusionWeights(lexical=1, dense=0.5)), 1) == [0]
    assert best(fuse(lexical, dense, FusionWeights(lexical=0.5, dense=1)), 1) == [1]


def test_equal_scores_keep_the_order_of_the_passages() -> None:
    assert best(scores(1, 2, 2, 1), 10) == [1, 2, 0, 3]


@pytest.mark.parametrize("k", [0, -1])
def test_none_wanted_gives_none(k: int) -> None:
    assert best(scores(1, 2), k) == []


def test_no_passages_give_no_scores() -> None:
    assert fuse(scores(), scores()).shape == (0,)
    assert standard_scores(scores()).shape == (0,)


def test_scores_of_different_stores_are_refused() -> None:
    with pytest.raises(ValueError, match="2"):
        fuse(scores(1, 2), scores(1))


def test_refining_reorders_the_candidates_and_leaves_the_rest_below_in_order() -> None:
    first = scores(5, 4, 3, 2, 1)
    again = refine(scores(1, 1, 1), scores(0.3, 0.3, 0.3), scores(0.1, 0.2, 0.9))
    refined = put_on_top(first, [0, 1, 2], again)
    assert best(refined, 5) == [2, 1, 0, 3, 4]
    assert np.array_equal(refined[3:], first[3:])
    assert refined[2] - refined[0] == pytest.approx(again[2] - again[0])


def test_refining_all_or_no_passages() -> None:
    again = refine(scores(0, 0), scores(0, 0), scores(0, 1))
    assert best(put_on_top(scores(2, 1), [0, 1], again), 2) == [1, 0]
    assert put_on_top(scores(), [], refine(scores(), scores(), scores())).shape == (0,)
