"""Regular expressions built from the tables, and the form of a text that they are matched on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from vietnamese.folding import fold


def has_diacritics(text: str) -> bool:
    """Whether `text` was typed with Vietnamese letters or tone marks."""
    return any(ord(character) > 127 and character.isalpha() for character in text)


def matchable(text: str, accented: bool) -> str:
    """`text` in lower case, folded unless `accented`; as long as the NFC form of `text`."""
    normal = unicodedata.normalize("NFC", text)
    lowered = "".join(low if len(low := character.lower()) == 1 else character for character in normal)
    return lowered if accented else fold(normal)


def alternatives(words: Iterable[str], *, accented: bool = False) -> str:
    """An alternation of `words`, longest first; white space in them matches any white space."""
    formed = sorted({matchable(word, accented) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace(",", r"\s*,") for word in formed)


def whole_words(words: Iterable[str], *, accented: bool = False) -> re.Pattern[str]:
    """Matches any of `words` where no letter or digit touches it."""
    return re.compile(rf"(?<!\w)(?:{alternatives(words, accented=accented)})(?!\w)")
