"""Pieces of text ready to be compared: their content words in order, each with its weight.

Text in, a `Phrase` out. A word weighs more the rarer it is, in the plans and at large; fillers weigh next to
nothing. What holds a phrase is worked out in chain.verdicts.coverage.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container
from dataclasses import dataclass

from chain.claims.cues import spans_of
from chain.cues import pattern, without
from chain.knowledge import Knowledge, Words, tokens_of, words_of
from chain.synonyms import Synonyms, synonyms_in
from vietnamese.abbreviations import expand
from vietnamese.folding import fold, syllables
from vietnamese.levels import find_levels
from vietnamese.quantities import find_quantities
from vietnamese.rarity import rarity_of

_LIGHT = 0.25  # weight of a filler that may still tell two figures apart
_UNKNOWN, _IN_PLANS, _AT_LARGE = 0.45, 0.5, 0.35  # shares of the two rarities in a word's weight


@dataclass(frozen=True, slots=True)
class Weighted:
    """Content words in order, with their weight and where synonyms stand among them."""

    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    synonyms: Synonyms

    @property
    def total(self) -> float:
        return math.fsum(self.weights)

    def share_in(self, words: Container[str]) -> float:
        """The share of the weight whose words are among `words`, 0 to 1; 0 where nothing weighs."""
        held = math.fsum(
            weight for token, weight in zip(self.tokens, self.weights, strict=True) if token in words
        )
        return held / (self.total or 1.0)


@dataclass(frozen=True, slots=True)
class Phrase(Weighted):
    """A piece of text: its content words, all its `words`, and `base`, what it is a share or count of.

    `conjuncts` are the parts of the base between commas; `negations` the words that are denied; `degrees` the
    levels of service and ages.
    """

    words: Words
    base: Weighted
    conjuncts: tuple[Weighted, ...]
    negations: frozenset[str]
    degrees: frozenset[str]


class PhraseReader:
    """Makes phrases; what a word weighs depends on how many passages of the plans hold it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def phrase(self, text: str, base: str = "", unit: str = "", own: str = "") -> Phrase:
        """`text` with its content words weighed; `base` what it is a share or count of. `own` is the text that
        tells what is denied, where that is more than `text`."""
        tokens, weights = self._weighed(text)
        return Phrase(
            tokens,
            weights,
            synonyms_in(tokens),
            words_of(f"{text} . {unit}"),
            self._base(base),
            tuple(self._base(part) for part in base.split(",")),
            _negations(own or text),
            _degrees(text),
        )

    def _base(self, text: str) -> Weighted:
        tokens, weights = self._weighed(text)
        kept = [(token, weight) for token, weight in zip(tokens, weights, strict=True) if weight > _LIGHT]
        tokens = tuple(token for token, _ in kept)
        return Weighted(tokens, tuple(weight for _, weight in kept), synonyms_in(tokens))

    def _weighed(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        text = expand(text)
        fillers = spans_of("fillers.phrases", text)
        fillers += spans_of("achieved.phrases", text) + [span for _, span in find_levels(text)]
        light = spans_of("light.phrases", text)
        tokens: list[str] = []
        weights: list[float] = []
        for match in re.finditer(r"[^\W_]+", text):
            weak = any(start <= match.start() < end for start, end in fillers)
            if weak and not any(start <= match.start() < end for start, end in light):
                continue
            for token in tokens_of(match.group()):
                tokens.append(token)
                weights.append(_LIGHT if weak else self._weight(match.group().lower(), token))
        return tuple(tokens), tuple(weights)

    def _weight(self, typed: str, token: str) -> float:
        at_large = min(rarity_of(typed), 6.0)
        if token.isdigit():
            return 1.0
        if not self._knowledge.frequencies[token]:
            return _UNKNOWN * at_large
        return max(_IN_PLANS * min(self._knowledge.rarity(token), 4.0) + _AT_LARGE * at_large, 0.1)


def _negations(text: str) -> frozenset[str]:
    """What is negated: the folded word behind each "không"; the numbers' own comparators are none."""
    masked = without(text, [match.span for match in find_quantities(text)] + spans_of("negation.none", text))
    found = set()
    for _, end in spans_of("negation.words", masked):
        behind = syllables(masked[end : end + 30])
        found.add(behind[0] if behind else "")
    return frozenset(found)


def _degrees(text: str) -> frozenset[str]:
    """The levels of service and the ages: "mức độ 3, 4" is {3, 4}, "từ 15 tuổi trở lên" {15}."""
    found = pattern("claim_phrases.degree").findall(fold(text))
    ages = pattern("claim_phrases.age").findall(fold(text))
    return frozenset([digit for part in found for digit in re.findall(r"\d", part)] + ages)
