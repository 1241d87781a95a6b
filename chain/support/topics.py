"""What a sentence is about: its content words with their weights, and how far passages hold them.

Words in, weights and shares out. Phrases that say nothing of a topic (tables/generated.toml) weigh nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from functools import cache

from chain.knowledge import Knowledge
from chain.support.passages import CitedPassage, spelled, united
from vietnamese.folding import fold, syllables
from vietnamese.tables import table

WeightedWords = Sequence[tuple[str, float]]

_ENOUGH_PAIRS = 0.35  # share of neighbouring words that stand side by side in the passage
_FEW_WORDS = 1.15  # weights of content words below which what is measured is taken from the sentence before
_SINGLE_FILLER = 0.15  # share of the weight of a syllable that says nothing, or is another without diacritics
_LEAST_RARITY = 0.1


class Topics:
    """Weighs words by how rare they are in the plans."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def content(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Words, each once, with their weights; those that say nothing of a topic weigh next to nothing."""
        weights: dict[str, float] = {}
        for word, share in _topic(words):
            weight = share * max(self._knowledge.rarity(word), _LEAST_RARITY)
            weights[word] = max(weight, weights.get(word, 0.0))
        return list(weights.items())

    def coverage(self, text: str, passages: Sequence[CitedPassage]) -> float:
        """The share of a text's content words that the passages hold, by weight; less where few of its words
        stand side by side there."""
        words = spelled(text)
        held = united(passage.spelled for passage in passages)
        weights = dict(self.content([fold(word) for word in words]))
        total = math.fsum(weights.get(fold(word), 0.0) for word in words)
        common = math.fsum(weights.get(fold(word), 0.0) for word in words if word in held)
        paired = list(itertools.pairwise(words))
        pairs = united(passage.pairs for passage in passages)
        together = sum(pair in pairs for pair in paired) / len(paired) if paired else 0.0
        return common / total * min(1.0, together / _ENOUGH_PAIRS) if total else 0.0


def is_telling(words: Sequence[str]) -> bool:
    """Whether the words say what is measured; "tỷ lệ này" does not."""
    return math.fsum(share for _, share in _topic(words)) >= _FEW_WORDS


def _topic(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The words with a share of weight: none for phrases that say nothing, little for such single syllables."""
    several, single, longest = _filler_phrases()
    index = 0
    while index < len(words):
        size = next((n for n in range(longest, 1, -1) if tuple(words[index : index + n]) in several), 0)
        if size:
            index += size
            continue
        word = words[index]
        index += 1
        if not word.isdigit():
            yield word, _SINGLE_FILLER if word in single else 1.0


@cache
def _filler_phrases() -> tuple[frozenset[tuple[str, ...]], frozenset[str], int]:
    """Folded phrases that say nothing of a topic, those of one syllable apart, and the length of the longest."""
    phrases = [tuple(syllables(phrase)) for phrase in table("generated")["fillers"]["words"]]
    several = frozenset(phrase for phrase in phrases if len(phrase) > 1)
    return several, frozenset(p[0] for p in phrases if len(p) == 1), max(len(p) for p in phrases)
