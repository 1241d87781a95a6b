"""The claimed figures of a sentence: each quantity with its indicator, comparator and scope.

A sentence and what its neighbours lend it in, `FigureClaim`s out. What a quantity measures is worked out in
chain.claims.indicators; the scope that the sentence itself gives is that of chain.stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chain.claims.assertions import ClaimScope, FigureClaim
from chain.claims.attribution import without_attribution
from chain.claims.cues import one_of, says, spans_of
from chain.claims.indicators import base_of_statement, measured, without_superlative
from chain.claims.places import place_below
from chain.claims.sentences import Carried, Sentence, numbers_meant
from chain.claims.times import state_times
from chain.stated import Scope, read_sentence
from domain.figures import Comparator, Quantity
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.statements import Statement, find_statements
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch


def figure_claims(sentence: Sentence, carried: Carried) -> Iterator[FigureClaim]:
    form = without_attribution(sentence)
    statements = find_statements(form)
    if not statements:
        return
    stated = _said_of(form, statements)
    behind = [(statement.indicator, base_of_statement(statement)) for statement in statements]
    for index, (statement, quantity) in enumerate(zip(statements, stated, strict=True)):
        indicator, base = measured(statement, behind[index + 1 :], carried)
        if not re.search(r"[^\W\d_]", indicator):
            continue
        start = 0 if index == 0 else statement.segment[0]
        end = len(form) if index == len(statements) - 1 else statement.segment[1]
        own = form[slice(*statement.segment)]
        lead = form[: statement.match.span[0]]
        word = form[statement.match.span[0] : statement.match.core[0]]
        extreme, indicator = without_superlative(indicator)
        yield FigureClaim(
            claim=sentence.claim(start, end),
            sentence=sentence.original,
            quantity=quantity.quantity,
            comparator=_comparator(word, quantity.comparator),
            word=fold(word).strip(),
            indicator=indicator,
            base=base,
            own=own,
            scope=_scope(sentence, form, statement, quantity, carried),
            numbers=numbers_meant(sentence, carried),
            achieved=_is_achieved(own, lead),
            targeted=says("achieved.targeted", form),
            extreme=extreme,
            denied=quantity.denied and not says("negation.words", word),
        )
        carried.indicator, carried.base = indicator, base


def _comparator(word: str, read: Comparator) -> Comparator:
    """What the words before a number say, where the table of claims has them; else as it was read."""
    found = [
        (end - start, sign)
        for sign in table("claims")["comparators"]
        for start, end in spans_of(f"comparators.{sign}", word)
    ]
    return Comparator(max(found)[1]) if found else read


@dataclass(frozen=True, slots=True)
class _Said:
    """A quantity with the scope that its own sentence gives it."""

    quantity: Quantity
    comparator: Comparator
    scope: Scope
    denied: bool = False


def _said_of(form: str, statements: Sequence[Statement]) -> list[_Said]:
    """The scopes of the statements of a sentence, "lần lượt" understood; plain ones where the reading differs."""
    stated = read_sentence(form).quantities
    if len(stated) == len(statements):
        return [_Said(each.quantity, each.comparator, each.scope, each.denied) for each in stated]
    return [_Said(each.match.quantity, each.comparator, Scope(level=each.level)) for each in statements]


def _is_achieved(own: str, lead: str) -> bool:
    return says("achieved.phrases", own) or says("achieved.phrases", lead[-40:])


def _scope(
    sentence: Sentence, form: str, statement: Statement, quantity: _Said, carried: Carried
) -> ClaimScope:
    said = quantity.scope
    times = {(time.first, time.last) for time in state_times(sentence)}
    year, period = said.year, said.period
    if (year, year) not in times and year is not None:
        year = None
    if year is None and period is None:
        if time := _own_date(sentence, statement):
            year = time.first
        elif carried.time:
            year = carried.time.first if carried.time.kind is TimeKind.YEAR else None
            period = (carried.time.first, carried.time.last) if year is None else None
    return ClaimScope(
        year=year,
        period=period,
        relative_to=said.relative_to,
        place=said.place or carried.place,
        level=(said.level or statement.level) if _names_a_level(form) else None,
        place_said=bool(said.place),
        below=place_below(form, statement),
    )


def _names_a_level(form: str) -> bool:
    """Whether the sentence names a level; "nâng cấp cơ sở dữ liệu" names none."""
    levels = find_levels(form)
    return not levels or any(not _other_level_word().search(form[:start]) for _, (start, _) in levels)


@cache
def _other_level_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('levels.other_cap', accented=True)})\s+$", re.IGNORECASE)


def _own_date(sentence: Sentence, statement: Statement) -> TimeMatch | None:
    """A day by which the quantity of this statement is due."""
    begin, end = statement.segment
    return next(
        (
            time
            for time in sentence.times
            if time.kind is TimeKind.DATE and time.deadline and begin <= time.span[0] < end
        ),
        None,
    )
