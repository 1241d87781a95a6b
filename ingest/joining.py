"""Which lines belong to one paragraph: lines wrapped at a width, and paragraphs broken by a page end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vietnamese.tables import table

_ENDS = re.compile(r"[.:;!?…][\"”’)\]*_]*(?:\s?\.?\s?/\s?\.?)?$")  # also "… này./." that closes a decision
_LEADING_MARKUP = re.compile(r"^[*_\"“‘(\[]+")
_POINT = re.compile(r"[a-zđ][.)]\s")  # "a) …" begins a point, whatever stands before it
_WIDEST_WRAP = 130  # characters; a line longer than this was not wrapped by hand or by a page
_NARROWEST_WRAP = 45


def ends_sentence(text: str) -> bool:
    return bool(_ENDS.search(text.rstrip()))


def starts_lower(text: str) -> bool:
    bare = _LEADING_MARKUP.sub("", text.lstrip())
    return bare[:1].islower() and not _POINT.match(bare)


def continues(previous: str, following: str) -> bool:
    """Whether `following` goes on in the middle of a sentence that `previous` left open."""
    if not previous or ends_sentence(previous):
        return False
    goes_on = following[:1].isdigit() and previous.split()[-1].lower() in table("outline")["before_numbers"]
    return starts_lower(following) or goes_on  # "… cả năm | 2024 là 70%"


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which `lines` were wrapped, null where they were not or are too few to tell."""
    if len(lines) < 3:
        return None
    lengths = sorted(map(len, lines))
    width = lengths[int(0.98 * (len(lengths) - 1))] if len(lengths) > 50 else lengths[-1]
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP else None


def is_wrapped(previous: str, following: str, width: int | None) -> bool:
    """Whether `following` is the next line of the paragraph of `previous`, wrapped at `width`."""
    if continues(previous, following):
        return True
    if width is None or previous == following:
        return False
    first_word = following.split(maxsplit=1)[0] if following.split() else ""
    fits = len(previous) + 1 + len(first_word) <= width
    return not fits and (not ends_sentence(previous) or len(previous) >= 0.85 * width)
