"""Administrative levels named in text: "cấp tỉnh", "cấp huyện", "cấp xã"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from domain.figures import Level
from vietnamese.folding import fold
from vietnamese.patterns import whole_words
from vietnamese.tables import table


@cache
def _patterns(section: str) -> tuple[tuple[Level, re.Pattern[str]], ...]:
    return tuple((Level(level), whole_words(names)) for level, names in table("levels")[section].items())


def find_levels(text: str, *, short: bool = False) -> tuple[tuple[Level, tuple[int, int]], ...]:
    """The levels named in `text` (NFC) with their spans, in order.

    `short` also takes "huyện" for the district level, as in a question like "huyện thì sao?".
    """
    folded = fold(text)
    found = [
        (level, match.span())
        for section in (("levels", "short") if short else ("levels",))
        for level, pattern in _patterns(section)
        for match in pattern.finditer(folded)
        if _is_spelt(level, section, text[slice(*match.span())])
    ]
    return tuple(sorted(found, key=lambda item: item[1]))


def _is_spelt(level: Level, section: str, written: str) -> bool:
    """Whether a short name was typed with its own diacritics or with none: "tính" is not "tỉnh"."""
    if section != "short" or written.isascii():
        return True
    return unicodedata.normalize("NFC", written).lower() in table("levels")[section][level.value]


_NOT_A_LEVEL = re.compile(
    r"xa\s+(?:hoi|luan)|hop\s+tac\s+xa|thi\s+xa|huyen\s+(?:vung|uy)|vien\s+xa|phuong\s+(?:an|tien|huong|phap|thuc)|truong\s+xa"
)


def find_loose_levels(text: str) -> tuple[tuple[Level, tuple[int, int]], ...]:
    """Levels named in passing: "huyện phải xử lý bao nhiêu", "UBND cấp huyện"; not the "xã" of "xã hội"."""
    folded = fold(text)
    masked = [match.span() for match in _NOT_A_LEVEL.finditer(folded)]
    return tuple(
        (level, span)
        for level, span in find_levels(text, short=True)
        if not any(start <= span[0] < end for start, end in masked)
        and (level is not Level.PROVINCE or folded[slice(*span)].startswith(("cap", "tuyen")))
    )
