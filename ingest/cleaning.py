"""Text as everything downstream sees it: NFC, white space made one space, invisible characters dropped."""

from __future__ import annotations

import re
import unicodedata

_MARKS_OF_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff" + _MARKS_OF_DIRECTION))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SPACE = re.compile(r"\s+")


def without_invisible(text: str) -> str:
    """`text` in NFC without soft hyphens, zero-width characters and controls; line ends are kept."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_INVISIBLE)))


def clean(text: str) -> str:
    """`text` on one line: NFC, every run of white space one space, nothing invisible."""
    return _SPACE.sub(" ", without_invisible(text)).strip()
