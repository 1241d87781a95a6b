"""Names of places in a claim: what lies below the province, and a text without any place.

Text in, names or text out. The provinces themselves are found by vietnamese.places.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from chain.claims.cues import one_of, spans_of, words_at
from chain.cues import without
from vietnamese.places import find_places
from vietnamese.statements import Statement


def without_places(text: str) -> str:
    """`text` without the names of provinces, with "tỉnh" in front of them, and of what lies in these."""
    spans = [
        (match.start(), match.end() + len(name))
        for match in _kinds_below().finditer(text)
        if (name := capitalised_run(text[match.end() :]))
    ]
    for _, (start, end) in find_places(text):
        lead = _province().search(text[:start])
        spans.append((lead.start() if lead else start, end))
    return re.sub(r"\s+", " ", without(text, spans)).strip()


def place_below(form: str, statement: Statement) -> str | None:
    """A district or town by name, or the country, that the sentence is about: the plans are a province's."""
    for match in _kinds_below().finditer(form):
        if _is_another_word(form, match.start()):
            continue
        if name := capitalised_run(form[match.end() :]):
            return match.group() + name
    lead = form[: statement.match.span[0]]
    country = spans_of("below.country", lead)
    return lead[slice(*country[0])] if country else None


def _is_another_word(form: str, start: int) -> bool:
    """Whether the word of a kind at `start` is the end of another: "hợp tác xã"."""
    return form[:start].lower().endswith(tuple(f"{word} " for word in words_at("below.not_behind")))


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('places.province', accented=True)})\s+$")


@cache
def _kinds_below() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of('below.kinds', accented=True)})\s+", re.IGNORECASE)


def capitalised_run(text: str) -> str:
    """The capitalised words that `text` begins with."""
    words = itertools.takewhile(lambda word: word[:1].isupper() and word.isalpha(), text.split(" "))
    run = " ".join(words)
    following = text[len(run) :].lstrip().split(" ")[0].rstrip(",.;:")
    return f"{run} {following}".strip() if following[:1].isupper() and following.isalpha() else run
