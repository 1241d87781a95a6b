"""What the plans say of the same indicator elsewhere: other years and levels, other documents, other totals.

Each is one line under an answer; the merger of provinces is one, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from chain.cues import has_cue
from chain.drafting import (
    Draft,
    bold_quantity,
    document_name,
    level_text,
    time_text,
)
from chain.matching import (
    Match,
    conflicting,
    merged_into,
    same_indicator,
)
from chain.siblings import level_order, outranks, scope_of
from chain.sums import stated_against_sum
from chain.thresholds import THRESHOLDS
from domain.figures import Figure

_MOST_TWINS = 4


def add_notes(draft: Draft, family: Sequence[Figure], matches: Sequence[Match]) -> None:
    """The lines under an answer that states `family`."""
    _agreement(draft, family[0])
    _hinted(draft, family, matches)
    _other_twins(draft, family, matches)
    _sum_note(draft, family[0])
    _merger_note(draft, family[0])


def _other_twins(draft: Draft, family: Sequence[Figure], matches: Sequence[Match]) -> None:
    """One line for another year or level, one for a document that disagrees."""
    lead, knowledge = family[0], draft.knowledge
    scopes = {scope_of(figure) for figure in family}
    twins: dict[tuple[object, ...], Figure] = {}
    for match in matches:
        figure = match.figure
        if figure in family or figure.place != lead.place or figure.quantity.unit != lead.quantity.unit:
            continue
        if scope_of(figure) in scopes or not same_indicator(lead, figure, knowledge):
            continue
        if scope_of(figure) not in twins or outranks(figure, twins[scope_of(figure)], knowledge):
            twins[scope_of(figure)] = figure
    _disagreements(draft, family)
    if twins:
        nearest = sorted(twins.values(), key=lambda figure: _scopes_apart(figure, lead))[:_MOST_TWINS]
        listed = sorted(nearest, key=lambda figure: (figure.year or 0, level_order(figure)))
        draft.line("elsewhere", items="; ".join(_twin_text(draft, figure, lead) for figure in listed))


def _scopes_apart(figure: Figure, lead: Figure) -> int:
    """In how many of time and level two figures differ."""
    return ((figure.year, figure.period) != (lead.year, lead.period)) + (figure.level != lead.level)


def _twin_text(draft: Draft, figure: Figure, lead: Figure) -> str:
    parts = [time_text(figure, draft.wording), level_text(figure.level, draft.wording)]
    scope = ", ".join(part for part in parts if part) or document_name(
        draft.knowledge.source_of(figure), draft.wording
    )
    return f"{scope}: {bold_quantity(figure).strip('*')} [{draft.near(figure)}]"


def _disagreements(draft: Draft, family: Sequence[Figure]) -> None:
    """Other documents that give another value for the same indicator, place, level and time."""
    for own in family:
        for rival in conflicting(own, draft.knowledge):
            _say_disagreement(draft, own, rival)


def _say_disagreement(draft: Draft, own: Figure, rival: Figure) -> None:
    draft.line(
        "disagree",
        other=document_name(draft.knowledge.source_of(rival), draft.wording),
        quantity=bold_quantity(rival),
        key=draft.near(rival),
        authority=document_name(draft.knowledge.source_of(own), draft.wording),
    )


def _hinted(draft: Draft, family: Sequence[Figure], matches: Sequence[Match]) -> None:
    """Values that the question names and another document gives for the same scope."""
    for hint in draft.reading.hints:
        if any(figure.quantity.same_amount(hint) for figure in family):
            continue
        for match in matches:
            figure = match.figure
            stated = [near.figure.figure_id for near in draft.nearest]
            if figure in family or figure.figure_id in stated or not figure.quantity.same_amount(hint):
                continue
            if (
                match.score >= THRESHOLDS.twin_score
                and not match.broken
                and figure.document_id != family[0].document_id
            ):
                _say_disagreement(draft, family[0], figure)
                break


def _agreement(draft: Draft, figure: Figure) -> None:
    """Where the question asks whether documents agree: the others that give the same value."""
    if not has_cue("agreement.cues", draft.reading.query.terms):
        return
    knowledge = draft.knowledge
    agreeing: dict[str, Figure] = {}
    for other in knowledge.figures:
        same = other.document_id != figure.document_id and scope_of(other) == scope_of(figure)
        if same and other.quantity.same_amount(figure.quantity) and same_indicator(figure, other, knowledge):
            agreeing.setdefault(other.document_id, other)
    if agreeing:
        names = [
            f"{document_name(knowledge.source_of(other), draft.wording)} [{draft.near(other)}]"
            for other in agreeing.values()
        ]
        draft.line("agree", documents="; ".join(names), quantity=bold_quantity(figure))


def _sum_note(draft: Draft, figure: Figure) -> None:
    """Where a document's table adds up to another total than the one it states."""
    mismatch = stated_against_sum(figure, draft.knowledge)
    if mismatch is None:
        return
    computed, rows = mismatch
    keys = tuple(draft.cite(row) for row in rows)
    draft.state_computed(computed, keys)
    draft.line("sum_differs", total=bold_quantity(computed), first=keys[0], last=keys[-1])


def _merger_note(draft: Draft, figure: Figure) -> None:
    """What became of the province, where the question reaches past the merger of 2025."""
    query = draft.reading.query
    successor = merged_into(figure.place) if figure.place else None
    if successor and figure.place in query.places and any(year >= 2026 for year in query.years):
        draft.line("merged", place=figure.place, successor=successor)
