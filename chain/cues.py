"""Cues: the words that tell what a question asks for, matched from tables/questions.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from vietnamese.patterns import has_diacritics, matchable, whole_words
from vietnamese.tables import table


@cache
def _entries(path: str) -> tuple[str, ...]:
    node: Any = table("questions")
    for step in path.split("."):
        node = node[step]
    return tuple(node)


@cache
def _pattern(path: str, accented: bool) -> re.Pattern[str]:
    return whole_words(_entries(path), accented=accented)


def find_cues(path: str, text: str) -> list[tuple[int, int]]:
    """Spans of the cues of section `path` ("wanted.person.cues") in `text`.

    A question typed with diacritics is held to them: "ai kí" is no cue in "tài khoản".
    """
    accented = has_diacritics(text)
    return [match.span() for match in _pattern(path, accented).finditer(matchable(text, accented))]


def has_cue(path: str, text: str) -> bool:
    return bool(find_cues(path, text))


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with `spans` blanked."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
