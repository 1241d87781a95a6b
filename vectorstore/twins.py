"""Near-duplicates among hits, folded into one: the same statement in several documents.

A page repeats the decision that it reports on, and a reader wants it once, from the document that has
authority. Two passages are twins where they are of different documents and nearly the same words, with the
same numbers, and their places do not differ: provinces copy each other's wording, not each other's plans.
What stands before a document's body (number, legal grounds, signature) says who and when, and is never folded.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from domain.answers import Hit
from domain.documents import PassageKind, Source
from vietnamese.folding import syllables

_SHARED = 0.8  # of the pairs of syllables that either passage has
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Words = frozenset[tuple[str, str]]


def folded(hits: Sequence[Hit], source_of: Callable[[str], Source]) -> tuple[Hit, ...]:
    """`hits`, best first, each set of twins as one hit in the place and with the score of its best.

    Its passage is the one whose document has authority; `twins` holds the others, by authority.
    """
    groups: list[list[Hit]] = []
    for hit in hits:
        own = next((group for group in groups if _are_twins(group[0], hit, source_of)), None)
        if own is None:
            groups.append([hit])
        else:
            own.append(hit)
    return tuple(_as_one(group, source_of) for group in groups)


def _as_one(group: list[Hit], source_of: Callable[[str], Source]) -> Hit:
    first, *others = sorted(
        (hit.passage for hit in group), key=lambda passage: source_of(passage.document_id).authority
    )
    return dataclasses.replace(group[0], passage=first, twins=tuple(others))


def _are_twins(one: Hit, other: Hit, source_of: Callable[[str], Source]) -> bool:
    first, second = one.passage, other.passage
    if first.document_id == second.document_id or PassageKind.FRONT_MATTER in (first.kind, second.kind):
        return False
    if _numbers(first.text) != _numbers(second.text):
        return False
    return _is_shared(_pairs(first.text), _pairs(second.text)) and _may_be_of_one_place(
        source_of(first.document_id), source_of(second.document_id)
    )


def _is_shared(one: Words, other: Words) -> bool:
    return len(one & other) >= _SHARED * len(one | other) > 0


def _may_be_of_one_place(one: Source, other: Source) -> bool:
    return one.place is None or other.place is None or one.place == other.place


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(_NUMBER.findall(text)))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Words:
    return frozenset(pairwise(syllables(text)))
