"""Where an answer ends and a refusal begins. Calibrated by evals/calibration.py; its table says on what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares between 0 and 1 of the question's weight; margins are differences of scores."""

    figure_coverage: float = 0.62
    figure_score: float = 0.50
    figure_gap: float = 0.28
    figure_precision: float = 0.16
    share_precision: float = 0.18
    share_precision_of_few_words: float = 0.60
    distinct_score: float = 0.45
    distinct_margin: float = 0.12
    distinct_precision: float = 0.35
    unit_margin: float = 0.18
    complement_score: float = 0.75
    complement: float = 0.20
    slot_margin: float = 0.20
    near_miss_margin: float = 0.12
    family_margin: float = 0.05
    nearest_margin: float = 0.12
    twin_score: float = 0.35
    strong_score: float = 0.80
    passage_coverage: float = 0.60
    passage_pairs: float = 0.30
    prose_said: float = 0.63
    prose_beside: float = 0.77
    prose_confidence: float = 0.26
    prose_further: float = 0.75
    listing_coverage: float = 0.45
    passage_sure: float = 0.80
    passage_pairs_where_sure: float = 0.12
    heading: float = 0.60
    nearest_coverage: float = 0.40
    nearest_confidence: float = 0.42
    nearest_said: float = 0.50
    nearest_figure: float = 0.55
    same_measure: float = 0.6
    beside_score: float = 0.70
    row_coverage: float = 0.55


THRESHOLDS = Thresholds()
