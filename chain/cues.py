"""Cues: the words that tell what a question asks for, found with the lists of tables/questions.toml."""

from __future__ import annotations

from functools import cache
from typing import Any

from vietnamese.patterns import WordList
from vietnamese.tables import table


@cache
def _words(path: str) -> WordList:
    node: Any = table("questions")
    for step in path.split("."):
        node = node[step]
    return WordList.of(node)


def find_cues(path: str, text: str) -> list[tuple[int, int]]:
    """Spans of the cues of section `path` ("wanted.person.cues") in `text`."""
    return _words(path).spans(text)


def has_cue(path: str, text: str) -> bool:
    return bool(find_cues(path, text))


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with `spans` blanked."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
