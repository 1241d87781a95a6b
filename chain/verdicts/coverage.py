"""How far words hold a phrase: word by word, as a share of its weight, and what is left uncovered.

A `Phrase`, or what it is a share of, and words in; numbers from 0 to 1 out. Synonyms count nearly in full.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from chain.knowledge import Words
from chain.synonyms import holds
from chain.verdicts.phrases import Phrase, Weighted

_AROUND, _SYNONYM = 0.85, 0.95  # how much a word counts that stands in the headings only, or by a synonym
_UNCOVERED_RUN = 2.4  # weight of a run of uncovered words that says something else …
_UNCOVERED_WORD = 3.2  # … or of a single one


def covered(said: Weighted, words: Words, around: Words | None = None) -> list[float]:
    """How far each content word is held by `words`, or by those around: 0 to 1. Synonyms count."""
    cover = [1.0 if token in words.singles else 0.0 for token in said.tokens]
    if around is not None:
        cover = [
            have or (_AROUND if token in around.singles else 0.0)
            for have, token in zip(cover, said.tokens, strict=True)
        ]
    for span, others in said.synonyms:
        if min(cover[span.start : span.stop]) < 1 and any(holds(words, other) for other in others):
            for position in span:
                cover[position] = max(cover[position], _SYNONYM)
    return cover


def missing(weights: Sequence[float], cover: Sequence[float]) -> tuple[float, bool]:
    """The share of weight that is not covered, and whether a run of uncovered words says something else."""
    total = math.fsum(weights)
    lost = math.fsum(weight * (1 - have) for weight, have in zip(weights, cover, strict=True))
    runs = [
        [weight for weight, _ in run]
        for uncovered, run in itertools.groupby(zip(weights, cover, strict=True), lambda pair: pair[1] < 0.5)
        if uncovered
    ]
    foreign = any(math.fsum(run) > (_UNCOVERED_RUN if len(run) > 1 else _UNCOVERED_WORD) for run in runs)
    return (lost / total if total else 0.0), foreign


def covered_share(part: Weighted, words: Words) -> float:
    """The share of a part's weight that `words` cover, 0 to 1."""
    total = part.total
    cover = covered(part, words)
    return math.fsum(w * c for w, c in zip(part.weights, cover, strict=True)) / total if total else 0.0


def pairs_held(tokens: Sequence[str], words: Words) -> float:
    """The share of neighbouring words that stand side by side in `words`."""
    pairs = list(itertools.pairwise(tokens))
    return sum(pair in words.pairs for pair in pairs) / len(pairs) if pairs else 1.0


def are_twins(left: Phrase, right: Phrase) -> bool:
    """Whether two indicators have the same content words."""
    return frozenset(left.tokens) == frozenset(right.tokens)
