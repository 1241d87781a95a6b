"""Administrative levels named in text: "cấp tỉnh", "cấp huyện", "cấp xã"."""

from __future__ import annotations

import re
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
    ]
    return tuple(sorted(found, key=lambda item: item[1]))
