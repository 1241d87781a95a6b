"""What a quantity of a sentence measures: its indicator, and what it is a share of.

A statement of a sentence in, words out. Where a quantity has no words of its own it takes those of the next
one, or of the sentence before. The figures of the plans are read by the same `base_of`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chain.claims.cues import says, spans_of, words_at
from chain.claims.places import without_places
from chain.claims.sentences import Carried
from chain.cues import without
from domain.figures import Quantity
from ingest.scopes import is_money
from vietnamese.levels import find_levels
from vietnamese.statements import Statement

_LETTER = re.compile(r"[^\W\d_]")


def measured(statement: Statement, behind: Sequence[tuple[str, str]], carried: Carried) -> tuple[str, str]:
    """The indicator and its base. Where this quantity has none of its own or only points at it, that of the
    next one of the sentence ("lần lượt 90%, 80% và 70% hồ sơ"), else that of the one before."""
    indicator, base = without_places(statement.indicator), base_of_statement(statement)
    exceptions = spans_of("exceptions.words", indicator)
    if exceptions and re.search(r"\w", indicator[: exceptions[0][0]]):
        indicator = indicator[: exceptions[0][0]]
    anaphors = spans_of("anaphors.phrases", indicator)
    levels = [span for _, span in find_levels(indicator)]
    rest = without(indicator, anaphors + levels + spans_of("fillers.phrases", indicator))
    if _LETTER.search(rest):
        return without(indicator, anaphors), base
    if is_money(statement.match.quantity) and says("needed.words", indicator):
        return words_at("needed.indicator")[0], ""
    following = next(((i, b) for i, b in behind if _LETTER.search(i)), None)
    if following and not _LETTER.search(without(indicator, spans_of("fillers.light", indicator))):
        return without_places(following[0]), following[1]
    return (carried.indicator, carried.base) if carried.indicator else (without(indicator, anaphors), base)


def without_superlative(indicator: str) -> tuple[str | None, str]:
    """Which extreme the words call the quantity, and the words without that."""
    for extreme in ("largest", "smallest"):
        if spans := spans_of(f"superlatives.{extreme}", indicator):
            return extreme, without(indicator, spans)
    return None, indicator


def base_of_statement(statement: Statement) -> str:
    return without_places(base_of(statement.indicator, statement.quantity_at, statement.match.quantity))


def base_of(indicator: str, quantity_at: int | None, quantity: Quantity) -> str:
    """What a quantity is a share or a count of: the noun phrase behind it, else the one that opens the indicator."""
    behind = indicator[quantity_at:].strip() if quantity_at is not None else ""
    phrase = behind if _LETTER.search(behind) and quantity.base_unit.startswith("%") else indicator
    if quantity.base_unit not in ("%", "‰"):
        return ""
    while (spans := spans_of("base.openings", phrase)) and not phrase[: spans[0][0]].strip():
        phrase = phrase[spans[0][1] :]
    phrase = phrase.strip()
    ends = [start for start, _ in spans_of("base.ends", phrase) if start > 0]
    return phrase[: min(ends)].strip() if ends else phrase
