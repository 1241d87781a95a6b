"""Questions spoilt as people spoil them: without diacritics, with typing slips, with abbreviations."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache

from vietnamese.folding import fold
from vietnamese.tables import table


def with_slips(text: str, chance: random.Random) -> str:
    """One word in eight, and at least one, with a letter swapped with the next, left out or doubled."""
    words = text.split()
    long = [position for position, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    for position in chance.sample(long, min(len(long), max(1, len(words) // 8))):
        words[position] = _slipped(words[position], chance)
    return " ".join(words)


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
    )
    return chance.choice(slips)


def ways_of_typing(questions: Sequence[str], seed: int = 0) -> dict[str, tuple[str, ...]]:
    """Each question in each way; `seed` is that of the slips."""
    chance = random.Random(seed)
    return {
        "as typed": tuple(questions),
        "without diacritics": tuple(fold(question) for question in questions),
        "with typing slips": tuple(with_slips(question, chance) for question in questions),
        "with abbreviations": tuple(abbreviated(question) for question in questions),
    }


@cache
def _short_forms() -> dict[str, str]:
    """Abbreviations that people type, by what they stand for, without diacritics."""
    entries = table("abbreviations")["abbreviations"]
    return {
        fold(readings[0]): key for key, readings in reversed(entries.items()) if len(readings[0].split()) > 1
    }


@cache
def _long_forms() -> re.Pattern[str]:
    longest_first = sorted(_short_forms(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def abbreviated(question: str) -> str:
    """The question with every phrase that has an abbreviation shortened to it."""
    form = fold(question)
    if len(form) != len(question):
        return question
    pieces, at = [], 0
    for match in _long_forms().finditer(form):
        pieces += [question[at : match.start()], _short_forms()[match.group()]]
        at = match.end()
    return "".join([*pieces, question[at:]])
