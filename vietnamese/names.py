"""Names of persons in text: runs of capitalised words that begin with a family name."""

from __future__ import annotations

import re
from functools import cache

from vietnamese.folding import fold
from vietnamese.patterns import alternatives, matchable
from vietnamese.places import find_places
from vietnamese.tables import table

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_SHORTEST, _LONGEST = 2, 5  # words of a name


@cache
def _family_names() -> frozenset[str]:
    return frozenset(table("names")["family"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("names")["titles"])


def find_names(text: str) -> tuple[str, ...]:
    """The names of persons in `text`, in order, each once. Place names are none."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        for words in _capitalised(run.split(" ")):
            start = next((i for i, word in enumerate(words) if word in _family_names()), None)
            titled = words[0].lower() in _titles() and len(words) > _SHORTEST
            if titled and not find_places(" ".join(words)):
                start = 1  # whatever the family name is
            if start is None:
                continue
            name = words[start : start + _LONGEST]
            whole = " ".join(name)
            if len(name) >= _SHORTEST and not find_places(whole) and not _is_of_place(whole, text):
                found.setdefault(whole)
    return tuple(found)


# "Chủ tịch UBND tỉnh Nguyễn Văn An" names a person behind a body.
_NO_BODY = r"(?<!ubnd )(?<!hđnd )(?<!nhân dân )(?<!tịch )(?<!bí thư )"


def _is_of_place(name: str, text: str) -> bool:
    """Whether `text` names a place by it: "huyện Văn Chấn"."""
    kinds = alternatives(table("names")["before_places"], accented=True)
    return bool(
        re.search(rf"{_NO_BODY}(?<!\w)(?:{kinds})\s+{re.escape(name.lower())}(?!\w)", matchable(text, True))
    )


def _capitalised(words: list[str]) -> list[list[str]]:
    """The runs of words that begin with a capital and go on in small letters, with a title before them."""
    runs: list[list[str]] = [[]]
    for before, word in zip(["", *words], words, strict=False):
        if word.istitle():
            titled = not runs[-1] and before in _titles()  # "bà Lộc Thị Sen"
            runs[-1] += [before, word] if titled else [word]
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def names_among(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the `known` names `text` has, with or without diacritics."""
    folded = fold(text)
    return tuple(name for name in known if re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded))
