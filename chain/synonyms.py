"""Phrases that people use for the same: the groups of vietnamese/tables/synonyms.toml, found in words.

Folded words in, positions and the other phrases of the group out. How much a synonym counts is not said here.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

from chain.knowledge import Words
from vietnamese.folding import syllables
from vietnamese.tables import table

SynonymPhrase = tuple[str, ...]
Synonyms = tuple[tuple[range, tuple[SynonymPhrase, ...]], ...]


@cache
def _groups() -> tuple[tuple[SynonymPhrase, ...], ...]:
    return tuple(tuple(tuple(syllables(phrase)) for phrase in group) for group in table("synonyms")["groups"])


@cache
def _phrases_with(word: str) -> tuple[tuple[SynonymPhrase, tuple[SynonymPhrase, ...]], ...]:
    """The synonym phrases that begin with `word`, each with the others of its group."""
    return tuple(
        (phrase, tuple(other for other in group if other != phrase))
        for group in _groups()
        for phrase in group
        if phrase[:1] == (word,)
    )


def synonyms_in(tokens: Sequence[str]) -> Synonyms:
    """Where a phrase of the table of synonyms stands in `tokens`, with the others of its group."""
    found = []
    for index, word in enumerate(tokens):
        for phrase, others in _phrases_with(word):
            if tuple(tokens[index : index + len(phrase)]) == phrase:
                found.append((range(index, index + len(phrase)), others))
    return tuple(found)


def holds(words: Words, phrase: Sequence[str]) -> bool:
    """Whether `words` have the phrase: its only word, or its words side by side."""
    if len(phrase) == 1:
        return phrase[0] in words.singles
    return all(pair in words.pairs for pair in itertools.pairwise(phrase))


def meant_at(synonyms: Synonyms, words: Words) -> set[int]:
    """The positions of the tokens in `synonyms_in` that `words` mean by another phrase of the same group."""
    return {
        position
        for span, others in synonyms
        if any(holds(words, other) for other in others)
        for position in span
    }


def widened(words: frozenset[str]) -> frozenset[str]:
    """`words` with those of the phrases that people use for the same."""
    more = set(words)
    for group in _groups():
        if any(words.issuperset(phrase) for phrase in group):
            more.update(word for phrase in group for word in phrase)
    return frozenset(more)
