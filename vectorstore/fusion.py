"""Fusion: the scores of several indexes for the same passages in, one score a passage out.

A weighted sum of standard scores, not of ranks: a rank forgets by how much the first beats the second,
and lets the weaker index spoil the stronger one's clear winner. Two stages: `fuse` scores every passage,
`refine` scores the best of them again, with their sentences, and `put_on_top` brings both together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
AnyScores = NDArray[np.floating[Any]]

CANDIDATES = 30
_NO_SPREAD = 1e-9
_STEP_ABOVE_THE_REST = 0.01


@dataclass(frozen=True, slots=True)
class FusionWeights:
    lexical: float = 1.0
    dense: float = 0.6


@dataclass(frozen=True, slots=True)
class RefinementWeights:
    lexical: float = 1.0
    dense: float = 0.4
    windows: float = 0.6


def fuse(lexical: Scores, dense: Scores, weights: FusionWeights = FusionWeights()) -> Scores:
    """Both arrays hold one standard score for each passage of the store, in the same order; so does the sum."""
    if lexical.shape != dense.shape:
        raise ValueError(f"{lexical.shape} lexical scores and {dense.shape} dense ones")
    fused: Scores = weights.lexical * lexical + weights.dense * dense
    return fused


def refine(
    lexical: AnyScores, dense: AnyScores, windows: AnyScores, weights: RefinementWeights = RefinementWeights()
) -> Scores:
    """New scores for the candidates, from three scores for each of them, in their order.

    Standard scores are taken among the candidates alone, so that the size of the store has no say.
    """
    refined: Scores = (
        weights.lexical * standard_scores(lexical)
        + weights.dense * standard_scores(dense)
        + weights.windows * standard_scores(windows)
    )
    return refined


def put_on_top(scores: Scores, rows: Sequence[int], among: Scores) -> Scores:
    """`scores` with `among` at `rows`, as far apart as they are there, and all of them above the rest."""
    chosen = list(rows)
    raised = scores.copy()
    if chosen:
        rest = np.delete(scores, chosen)
        floor = rest.max() + _STEP_ABOVE_THE_REST if rest.size else 0.0
        raised[chosen] = floor + among - among.min()
    return raised


def standard_scores(scores: AnyScores) -> Scores:
    """Distances from the mean in standard deviations; all zero where the scores do not differ."""
    if scores.size == 0:
        return np.zeros(0)
    wide = scores.astype(np.float64)
    spread = wide.std()
    if spread < _NO_SPREAD:
        return np.zeros_like(wide)
    distances: Scores = (wide - wide.mean()) / spread
    return distances


def best(scores: Scores, k: int) -> Sequence[int]:
    """The positions of the k highest scores, best first; of equal ones the earlier passage first."""
    order: list[int] = np.argsort(-scores, kind="stable")[: max(k, 0)].tolist()
    return order
