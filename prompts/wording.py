"""The wording of errors, warnings, the terminal, the page and answers, one catalogue a language.

`wording/<language>.toml` holds sentences in sections; a key is `section.name` ("error.store_missing"). A
sentence has named blanks in braces. Looked up by the doors only; inner packages raise codes with values.
"""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Mapping
from pathlib import Path

from domain.errors import HoiError

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "wording"
_UNKNOWN_VALUE = "…"  # stands where a blank was given no value: a message is never lost to a missing value


class Wording:
    """All sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._sentences = catalogue(language)

    def text(self, key: str, /, **values: object) -> str:
        """The sentence `key` with its blanks filled. Raises KeyError for an unknown key."""
        return string.Formatter().vformat(self._sentences[key], (), _Blanks(values))

    def raw(self, key: str) -> str:
        """The sentence `key` with its blanks open."""
        return self._sentences[key]

    def has(self, key: str) -> bool:
        return key in self._sentences

    def error(self, error: HoiError) -> str:
        """One line for an error; a code without wording is named as it is."""
        return self.error_of(error.code, error.values)

    def error_of(self, code: str, values: Mapping[str, object]) -> str:
        return self._coded("error", code, values)

    def warning_of(self, code: str, values: Mapping[str, object]) -> str:
        return self._coded("warning", code, values)

    def _coded(self, section: str, code: str, values: Mapping[str, object]) -> str:
        key = f"{section}.{code}"
        sentence = self.text(key, **values) if self.has(key) else self.text("error.unexpected", detail=code)
        return " ".join(sentence.split())


class _Blanks(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return _UNKNOWN_VALUE


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every sentence of `language` by its dotted key."""
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


def _flatten(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat += _flatten(value, f"{prefix}{name}.")
        else:
            flat.append((prefix + name, str(value)))
    return flat


def blanks(sentence: str) -> set[str]:
    """The names of the blanks in a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
