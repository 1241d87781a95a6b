"""Who says what a sentence claims: "Theo Quyết định 472/QĐ-UBND, …", "Tỉnh đặt mục tiêu …".

A sentence in, its form out with that blanked, so that it is no part of what is measured. Times, places and
levels in it stay: they are the claim's too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chain.claims.cues import one_of
from chain.claims.sentences import Sentence
from vietnamese.levels import find_levels
from vietnamese.patterns import has_diacritics, matchable
from vietnamese.times import TimeMatch


def without_attribution(sentence: Sentence) -> str:
    """The sentence's form with who says it blanked, but for the times, places and levels in that."""
    form = sentence.form
    accented = has_diacritics(form)
    kept = [time.span for time in sentence.times] + [span for _, span in sentence.places]
    kept += [span for _, span in find_levels(form)]
    for pattern in _attributions(accented):
        hidden = matchable(_with_times_hidden(form, sentence.times), accented)
        if (match := pattern.match(hidden)) and re.search(r"\d", form[match.end() :]):
            form = _blanked_but(form, match.end(), kept)
    return form


@cache
def _attributions(accented: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An opening that names a source up to its comma; a sayer with its verb, at a sentence's beginning."""
    openings, sayers, verbs, links = (
        one_of(f"attribution.{key}", accented=accented) for key in ("openings", "sayers", "verbs", "links")
    )
    return (
        re.compile(rf"^\W*(?:{openings})(?!\w)[^,;:%]*[,:](?!\d)"),
        re.compile(
            rf"^\W*(?:[^,;%]*,\s*)??(?:{sayers})(?!\w)[^,;:%\d]*?\s(?:{verbs})(?!\w)(?:\s+(?:{links})(?!\w))*"
        ),
    )


def _with_times_hidden(text: str, times: Sequence[TimeMatch]) -> str:
    characters = list(text)
    for time in times:
        for index in range(*time.span):
            if characters[index].isdigit():
                characters[index] = "y"
    return "".join(characters)


def _blanked_but(text: str, end: int, kept: Sequence[tuple[int, int]]) -> str:
    characters = [
        character
        if index >= end or character in ",." or any(start <= index < stop for start, stop in kept)
        else " "
        for index, character in enumerate(text)
    ]
    return "".join(characters)
