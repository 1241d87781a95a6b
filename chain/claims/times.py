"""The times of a sentence told apart: those at which something holds, and those at which something was issued.

A sentence in, its times out. A year of issue ("Năm 2016, UBND tỉnh ban hành …") is no year of a figure.
"""

from __future__ import annotations

import re
from functools import cache

from chain.claims.cues import one_of
from chain.claims.sentences import Sentence
from vietnamese.folding import fold
from vietnamese.times import TimeKind, TimeMatch


def state_times(sentence: Sentence) -> list[TimeMatch]:
    """Times at which something is said to hold: no day, no year of issue, none that is compared with."""
    folded = fold(sentence.form)
    return [
        time
        for time in sentence.times
        if time.kind in (TimeKind.YEAR, TimeKind.PERIOD) and not is_of_issue(folded, time)
    ]


def is_of_issue(folded: str, time: TimeMatch) -> bool:
    """Whether a time of the folded sentence is when a document was issued."""
    return bool(_issued_before().search(folded[: time.span[0]])) or _opens_issue(folded, time)


def is_day_of_issue(folded: str, time: TimeMatch) -> bool:
    """The same of a day, in front of which "ngày" may stand."""
    return bool(_issued_before().search(re.sub(r"(?:vao\s+)?(?:ngay\s+)?$", "", folded[: time.span[0]])))


def _opens_issue(folded: str, time: TimeMatch) -> bool:
    """ "Năm 2016, UBND tỉnh ban hành …": the year of issue stands before the verb."""
    return not time.deadline and bool(_issuer_and_verb().match(folded[time.span[1] :]))


@cache
def _issued_before() -> re.Pattern[str]:
    verbs = one_of("issuing.verbs_before_a_time")
    return re.compile(rf"(?:{verbs})(?:\s+\w+){{0,2}}\s*(?:vao\s+)?(?:nam|thang\s+\d+)?\s*$")


@cache
def _issuer_and_verb() -> re.Pattern[str]:
    issuers, verbs = one_of("issuing.issuers"), one_of("issuing.verbs_behind_an_issuer")
    return re.compile(rf"\s*,?\s*(?:{issuers})\b[^,;%]{{0,60}}?\b(?:{verbs})\b")
