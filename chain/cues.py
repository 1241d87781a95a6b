"""Cues: the words that tell what a question asks for, found with the lists of tables/questions.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from vietnamese.folding import fold
from vietnamese.patterns import WordList, alternatives
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


@cache
def pattern(path: str, **words: str) -> re.Pattern[str]:
    """The regular expression `path` ("rows.which") of tables/patterns.toml; `words` are patterns put in for <names>."""
    section, name = path.split(".")
    return re.compile(_filled(table("patterns")[section][name], words))


def pattern_part(name: str) -> str:
    """A part of the patterns, as the alternatives of one ("rows": what a row of a table is)."""
    return str(table("patterns")["parts"][name])


_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


def _filled(form: str | list[str], words: Mapping[str, str]) -> str:
    joined = form if isinstance(form, str) else "|".join(form)
    return _PART.sub(lambda name: f"(?:{words.get(name[1]) or pattern_part(name[1])})", joined)


def has_cue(path: str, text: str) -> bool:
    return bool(find_cues(path, text))


def asks_sum(text: str) -> bool:
    """Whether a question asks for a sum; the "tổng" of "tổng thể" or "tổng hợp" does not."""
    return has_cue("table.sum", without(text, find_cues("table.no_sum", text)))


def puts_together(text: str) -> bool:
    """Whether a question puts things together ("gộp A với B", "cộng"); the "cộng" of "cộng đồng" does not."""
    return has_cue("table.added", without(text, find_cues("table.no_added", text)))


def asks_mean(text: str) -> bool:
    """Whether a question asks for a mean; "xếp loại trung bình" is a mark."""
    return has_cue("table.average", without(text, find_cues("table.class", text)))


def adds_up(text: str) -> bool:
    """Whether a question has several things added up ("cộng các dự án …"), which no one figure of a text is."""
    return bool(pattern("cues.adds_up").search(fold(text)))


def superlative(text: str) -> str | None:
    """Whether the question asks for the "largest" or the "smallest" of several; null where it asks for neither.

    Words may stand between: "nhiều vốn nhất". "Ít nhất 80%" sets a bound and asks for none.
    """
    for name in ("largest", "smallest"):
        if has_cue(f"table.{name}", text):
            return name
    folded = fold(text)
    for name in ("largest", "smallest"):
        words = alternatives(table("questions")["superlative"][name])
        if pattern("cues.superlative", words=words).search(folded):
            return name
    return "smallest" if pattern("cues.slowest").search(folded) else None


def superlative_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a superlative stand, without what stands between them."""
    words = [word for name in ("largest", "smallest") for word in table("questions")["superlative"][name]]
    found = pattern("cues.superlative", words=alternatives(words)).finditer(fold(text))
    return [match.span(group) for match in found for group in (1, 2)]


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with `spans` blanked."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
