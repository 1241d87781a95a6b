"""How sure it is that quoted sentences answer a question: a number from what they say of it, and what others say.

Weights by evals/withheld.py: development questions asked of a store without the passages that answer them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from chain.knowledge import words_of
from chain.said import said_of, telling_words
from chain.understanding import Reading
from domain.answers import Citation
from vietnamese.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer of quoted sentences, or against it.

    Of the sentence that says most of the question: `said` and `beside` are the shares of the telling words and of
    their pairs, by the sentence with its headings and titles; `alone` by itself; `unsaid` the share of telling words
    that not even a title has. `told` is how much the question tells, `ahead` by how much its passage leads the ranking
    of passages, `quotations` how many there are.
    """

    said: float
    beside: float
    alone: float
    unsaid: float
    told: float
    ahead: float
    quotations: float


def signs_of(reading: Reading, citations: Sequence[Citation], ahead: float) -> Signs:
    """The signs of an answer that quotes `citations`; `ahead` as in `Signs`."""
    telling = telling_words(reading)
    best = (0.0, 0.0, 0.0, 1.0)
    for citation in citations:
        source = citation.source
        titles = (source.title, source.place, source.number, source.about.title if source.about else None)
        above = " . ".join((*citation.passage.path, *(title for title in titles if title)))
        for start, end in sentence_spans(citation.quote):
            sentence = citation.quote[start:end]
            own = words_of(f"{sentence} . {above}")
            said, alone = said_of(reading, own), said_of(reading, words_of(sentence))
            unsaid = sum(word not in own.singles for word in telling) / max(1, len(telling))
            best = max(best, (said.share, said.beside, alone.share, unsaid), key=_weight)
    told = math.log(max(_LEAST_TOLD, math.fsum(telling.values())))
    return Signs(*best, told, ahead, len(citations))


def _weight(signs: tuple[float, float, float, float]) -> float:
    said, beside, alone, _ = signs
    return said + alone + beside / 2


_LEAST_TOLD = 0.5


def confidence(signs: Signs) -> float:
    """Between 0 and 1: how likely such an answer is right."""
    total = _BIAS + math.fsum(weight * value for weight, value in zip(_WEIGHTS, astuple(signs), strict=True))
    return 1 / (1 + math.exp(-total))


_BIAS = -5.95
_WEIGHTS = (1.70, 2.27, 0.93, -1.39, 1.02, 2.93, -0.59)
