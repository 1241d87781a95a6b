"""Vietnamese typed in fonts of the time before Unicode (TCVN3, also called ABC, and VNI), made readable.

Such text looks like Western European letters: "§iÒu 1. Phª duyÖt". It is recognised by how often characters
stand in it that Unicode text hardly holds, and converted by vietnamese/tables/legacy_fonts.toml.
"""

from __future__ import annotations

import re
from functools import cache

from vietnamese.tables import table

_UNICODE = 0.02  # of all letters: a text with more letters of Vietnamese is Unicode already
_SIGNATURES = 0.04  # of all letters: fewer may be French or German
_CONVERTED = 0.08  # of all letters: what a Vietnamese text has at least, once it is readable
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def vietnamese_share(text: str) -> float:
    """How many of the letters of `text` only Vietnamese has, as a share."""
    letters = sum(map(str.isalpha, text))
    return len(_VIETNAMESE.findall(text)) / letters if letters else 0.0


def legacy_font(text: str) -> str | None:
    """ "tcvn3" or "vni" where `text` was typed for such fonts, null for everything else."""
    sample = text[:200_000]
    letters = sum(map(str.isalpha, sample))
    if not letters or vietnamese_share(sample) > _UNICODE:
        return None
    shares = {
        name: sum(map(sample.count, characters)) / letters
        for name, characters in table("legacy_fonts")["signatures"].items()
    }
    name: str = max(shares, key=lambda font: shares[font])
    if shares[name] < _SIGNATURES or vietnamese_share(unicode_text(sample, name)) < _CONVERTED:
        return None
    return name


def unicode_text(text: str, font: str) -> str:
    """`text` as the font showed it."""
    return _pattern(font).sub(lambda match: _characters(font)[match[0]], text)


@cache
def _characters(font: str) -> dict[str, str]:
    characters: dict[str, str] = table("legacy_fonts")[font]
    return characters


@cache
def _pattern(font: str) -> re.Pattern[str]:
    longest_first = sorted(_characters(font), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
