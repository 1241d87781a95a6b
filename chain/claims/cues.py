"""The word lists of vietnamese/tables/claims.toml, found in a text.

A path ("achieved.phrases") and a text in, spans out. In a text with diacritics the words must have their own:
the "quan" of "cơ quan" is not "quận".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from vietnamese.patterns import alternatives, has_diacritics, matchable, whole_words
from vietnamese.tables import table


@cache
def _pattern(path: str, accented: bool) -> re.Pattern[str]:
    return whole_words(words_at(path), accented=accented)


def words_at(path: str) -> list[str]:
    """The words of `section.key` of tables/claims.toml."""
    section, key = path.split(".")
    words: list[str] = table("claims")[section][key]
    return words


def one_of(path: str, *, accented: bool = False) -> str:
    """An alternation of the words of `section.key`, for a larger pattern; folded unless `accented`."""
    return alternatives(words_at(path), accented=accented)


def spans_of(path: str, text: str) -> list[tuple[int, int]]:
    """Where the words of `section.key` of tables/claims.toml stand in `text`."""
    form, accented = _form(text)
    return [match.span() for match in _pattern(path, accented).finditer(form)]


def says(path: str, text: str) -> bool:
    return bool(spans_of(path, text))


@lru_cache(maxsize=4096)
def _form(text: str) -> tuple[str, bool]:
    """`text` as word lists are matched on it, and whether that has diacritics."""
    accented = has_diacritics(text)
    return matchable(text, accented), accented
