"""How common a syllable is in Vietnamese at large: data/rarity.tsv, counted by training/frequencies.py.

Tells a word that says nothing of the topic ("làm", "vượt") from one that does ("camera", "nghèo"), where the
plans at hand are too few to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

UNSEEN = 9.5  # of a word that the table does not have


@cache
def _table() -> Mapping[str, float]:
    lines = (files(__package__) / "data" / "rarity.tsv").read_text("utf-8").splitlines()
    return {word: float(value) for word, value in (line.split("\t") for line in lines)}


def rarity_of(word: str) -> float:
    """ln(passages / passages that hold `word`), from about 1 for "và" to 9 for "covid".

    `word` is one syllable in lower case, as it was typed: with its diacritics, or folded.
    """
    return _table().get(word, UNSEEN)
