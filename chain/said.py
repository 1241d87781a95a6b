"""How much of a question a text says: the share of its telling words, and of those that stand side by side.

A reading and the words of a text in, shares out; whether that is enough is for the answerers to decide.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from chain.knowledge import Words
from chain.synonyms import meant_at, synonyms_in
from chain.understanding import Reading
from vietnamese.folding import syllables
from vietnamese.tables import table

_TELLING = 0.5  # the weight of a word that tells what is asked about
_RARE = 3.5  # the weight of a word that is enough by itself: "5G"


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a question: the share of the telling words, and of their pairs; whether a rare one."""

    share: float
    beside: float
    rare: bool


def telling_words(reading: Reading) -> dict[str, float]:
    return {word: weight for word, weight in reading.weights.items() if weight > _TELLING}


def said_of(reading: Reading, own: Words) -> Said:
    """How much of a question `own` says, synonyms and the words of the asked unit among it."""
    meant = {reading.words[position] for position in meant_at(synonyms_in(reading.words), own)}
    meant |= _money_words() if reading.unit == "money" else set()
    telling = telling_words(reading)
    held = {
        word for word in telling if word in meant or (word in own.singles and reading.is_form(word, own))
    }
    pairs = [pair for pair in itertools.pairwise(reading.words) if set(pair) <= set(telling)]
    beside = sum(set(pair) <= held and (pair in own.pairs or set(pair) <= meant) for pair in pairs)
    total = math.fsum(telling.values()) or 1.0
    return Said(
        share=math.fsum(telling[word] for word in sorted(held)) / total,
        beside=beside / len(pairs) if pairs else 0.0,
        rare=any(telling[word] >= _RARE for word in held),
    )


def _money_words() -> set[str]:
    return set(syllables(" ".join(table("statements")["money_words"])))
