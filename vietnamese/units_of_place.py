"""Names of districts, towns and communes as rows of a table have them: "Huyện Lạc Thủy", "TX. Sông Cầu", "Tuy Hòa".

A label comes in; out come its kind, its own name and whether a question says it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from vietnamese.folding import syllables
from vietnamese.patterns import alternatives
from vietnamese.tables import table

_LONGEST_NAME = 4  # words of the bare name of a place
_TEXTS_KEPT = 64
_LABELS_KEPT = 4096  # a question is compared with every row of the store


@cache
def _shortened() -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(table("levels")["shortened"], key=len, reverse=True)))
    return re.compile(rf"^\s*({forms})\.?\s+(?=[^\W\d_])")


@lru_cache(maxsize=_LABELS_KEPT)
def in_full(label: str) -> str:
    """A label with the kind that it opens with written out: "TX. Sông Cầu" as "thị xã Sông Cầu"."""
    match = _shortened().match(label)
    if match is None or not all(word[:1].isupper() for word in label[match.end() :].split()):
        return label  # "H. Nội dung khác" is numbered
    return f"{table('levels')['shortened'][match[1]]} {label[match.end() :]}"


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"({alternatives(table('levels')['kinds'])})(?!\w)")


@lru_cache(maxsize=_LABELS_KEPT)
def _parts(label: str) -> tuple[str, str]:
    words = " ".join(syllables(in_full(label)))
    match = _kind().match(words)
    return (match[1], words[match.end() :].strip() or words) if match else ("", words)


def kind_of(label: str) -> str:
    """The kind of place that a label opens with, folded: "huyen", "thanh pho"; empty where it opens with none."""
    return _parts(label)[0]


def own_name(label: str) -> str:
    """A label, folded, without the kind that it opens with: "Huyện Tân Hưng" is "tan hung"."""
    return _parts(label)[1]


def is_unit_of_place(label: str) -> bool:
    """Whether a label is that of a district or a commune ("Huyện Lạc Thủy", "Lạc Thủy")."""
    words = label.split()
    capitalised = 0 < len(words) <= _LONGEST_NAME and all(word[:1].isupper() for word in words)
    return capitalised or bool(kind_of(label))


@lru_cache(maxsize=_TEXTS_KEPT)
def spoken(text: str) -> str:
    """The folded syllables of a text with a space on either side, for `says`."""
    return f" {' '.join(syllables(text))} "


def says(spoken_text: str, name: str) -> bool:
    """Whether a text, as `spoken` gives it, has a folded name in full."""
    return bool(name) and f" {name} " in spoken_text
