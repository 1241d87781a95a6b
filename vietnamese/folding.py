"""Folding: the form in which accented and unaccented Vietnamese are the same text.

Text comes in as anybody typed it (NFC or NFD, any case, old or new tone placement); out comes the
lower-case text without diacritics, and its syllables. It does not expand abbreviations or mend slips.
"""

import re
import unicodedata
from functools import cache

from vietnamese.tables import table

_WORD = re.compile(r"[^\W_]+")
_COMBINING_MARKS = re.compile("[\u0300-\u036f]")
_NO_TWIN_BY_DECOMPOSITION = {"đ": "d", "ð": "d", "ø": "o", "ł": "l"}


def _fold_character(character: str) -> str:
    """One lower-case character without its marks; the character itself where that is not one character."""
    lowered = character.lower()
    if lowered in _NO_TWIN_BY_DECOMPOSITION:
        return _NO_TWIN_BY_DECOMPOSITION[lowered]
    base = [part for part in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(part)]
    if len(base) == 1:
        return base[0]
    return lowered if len(lowered) == 1 else character


class _FoldingTable(dict[int, str]):
    """A table for `str.translate` that works a character out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        folded = self[code_point] = _fold_character(chr(code_point))
        return folded


_TABLE = _FoldingTable()


def fold(text: str) -> str:
    """`text` in lower case, without diacritics, đ as d.

    The result has exactly one character for each character of the NFC form of `text`: a span found in
    `fold(text)` is the same span in `unicodedata.normalize("NFC", text)`.
    """
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def syllables(text: str) -> list[str]:
    """The folded syllables, numbers and foreign words of `text` in order, without punctuation.

    "53.000 tỷ" gives ["53", "000", "ty"], "472/QĐ-UBND" gives ["472", "qd", "ubnd"].
    """
    return _WORD.findall(_COMBINING_MARKS.sub("", fold(text)))


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def _toned(word: str) -> str:
    """One lower-case NFC word with its tone mark at the end, wherever it was typed: "hoà" is "hòa"."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _TONES.sub("", parts)) + "".join(_TONES.findall(parts))


def accented_syllables(text: str) -> list[str]:
    """The syllables of `text` in order as `syllables` gives them, but with their diacritics.

    The tone mark of a syllable stands at its end, so that old and new tone placement are the same.
    """
    return [_toned(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())]


@cache
def _syllable_pattern() -> re.Pattern[str]:
    parts = table("syllables")
    initials, rimes = (
        "|".join(sorted(set(parts[key]), key=len, reverse=True)) for key in ("initials", "rimes")
    )
    return re.compile(rf"(?:{initials})(?:{rimes})")


def is_syllable(folded: str) -> bool:
    """Whether a folded word could be a Vietnamese syllable: "thue" is one, "thuee" is not."""
    misspelt = re.match(r"ng[eiy]|c[eiy]|k[aou]|ge|gh[aouy]|ngh[aou]", folded)
    return not misspelt and bool(_syllable_pattern().fullmatch(folded))
