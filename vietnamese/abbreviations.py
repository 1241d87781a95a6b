"""Abbreviations written out: "dn nop thue" is "doanh nghiệp nop thue". Tables: tables/abbreviations.toml."""

from __future__ import annotations

import re
from functools import cache

from vietnamese.folding import fold
from vietnamese.tables import table

_WORD = re.compile(r"(?<![\w/-])[^\W_]+(?:-[^\W\d_]+)?(?![\w/-])")


@cache
def _readings() -> dict[str, str]:
    return {fold(key): values[0] for key, values in table("abbreviations")["abbreviations"].items()}


def expand(text: str) -> str:
    """`text` with every abbreviation of the table replaced by its first reading.

    Parts of document numbers ("472/QĐ-UBND") stay.
    """
    return _WORD.sub(lambda match: _written_out(match.group()), text)


def _written_out(word: str) -> str:
    """The first reading of an abbreviation. A word with diacritics other than đ is none: "đã" is not "DA"."""
    bare = word.replace("đ", "d").replace("Đ", "D")
    return _readings().get(bare.lower(), word) if bare.isascii() else word


def readings_of(word: str) -> tuple[str, ...]:
    """All readings of one abbreviation; empty where it is none."""
    return tuple(table("abbreviations")["abbreviations"].get(fold(word), ()))
