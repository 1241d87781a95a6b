"""Fusion: the scores of several indexes for the same passages in, one score a passage out.

A weighted sum of standard scores, not of ranks: a rank forgets by how much the first beats the second,
and lets the weaker index spoil the stronger one's clear winner. Two stages: `fuse` scores every passage,
`refine` looks at the best of them again, with their sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_STEP_ABOVE_THE_REST = 0.01


CANDIDATES = 30


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
    """Both arrays hold one score for each passage of the store, in the same order; so does the result."""
    if lexical.shape != dense.shape:
        raise ValueError(f"{lexical.shape} lexical scores and {dense.shape} dense ones")
    fused = weights.lexical * standard_scores(lexical) + weights.dense * standard_scores(dense)
    return fused.astype(np.float32)


def refine(
    fused: Scores,
    candidates: Sequence[int],
    lexical: Scores,
    dense: Scores,
    windows: Scores,
    weights: RefinementWeights = RefinementWeights(),
) -> Scores:
    """`fused` with new scores at `candidates`, its best positions (`best(fused, CANDIDATES)`).

    `lexical`, `dense` and `windows` hold one score a candidate, in their order. Standard scores are taken
    among the candidates alone, so that the size of the store has no say; all stay above the rest.
    """
    chosen = list(candidates)
    if not chosen:
        return fused
    among = (
        weights.lexical * standard_scores(lexical)
        + weights.dense * standard_scores(dense)
        + weights.windows * standard_scores(windows)
    )
    refined = fused.astype(np.float64)
    rest = np.delete(refined, chosen)
    floor = rest.max() + _STEP_ABOVE_THE_REST if rest.size else 0.0
    refined[chosen] = floor + among - among.min()
    return refined.astype(np.float32)


def standard_scores(scores: Scores) -> NDArray[np.float64]:
    """Distances from the mean in standard deviations; all zero where the scores do not differ."""
    if scores.size == 0:
        return np.zeros(0)
    wide = scores.astype(np.float64)
    spread = wide.std()
    if spread < 1e-9:
        return np.zeros_like(wide)
    distances: NDArray[np.float64] = (wide - wide.mean()) / spread
    return distances


def best(scores: Scores, k: int) -> Sequence[int]:
    """The positions of the k highest scores, best first; of equal ones the earlier passage first."""
    order: list[int] = np.argsort(-scores, kind="stable")[: max(k, 0)].tolist()
    return order
