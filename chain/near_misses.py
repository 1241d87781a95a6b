"""Near misses: that the plans do not give a figure, and the nearest that they do give, labelled as such."""

from __future__ import annotations

from collections.abc import Sequence

from chain.choosing import NEAR_CONSTRAINTS, is_carried
from chain.drafting import (
    Draft,
    scope_text,
    statement_text,
)
from chain.matching import (
    Match,
    merged_into,
    same_indicator,
)
from chain.siblings import scope_of
from chain.thresholds import THRESHOLDS
from domain.answers import Status
from domain.figures import Figure

_MOST_NEAREST = 4


def answer_near_miss(draft: Draft, matches: Sequence[Match]) -> bool:
    """Say that the plans do not give it and what they give instead; False where nothing is near."""
    near = [
        match
        for match in matches
        if is_carried(match) and match.broken and set(match.broken) <= NEAR_CONSTRAINTS
    ]
    if not near:
        return False
    thin = next((match for match in matches if not match.broken and is_carried(match)), None)
    if thin is not None and thin.score >= near[0].score:
        draft.status = Status.NOT_FOUND
        draft.line("not_quite", items=_nearest_text(draft, thin.figure))
        return True
    closest = max(match.score for match in near) - THRESHOLDS.nearest_margin
    near = sorted((m for m in near if m.score >= closest), key=lambda m: (len(m.broken), -round(m.score, 6)))
    lead = near[0]
    draft.status = Status.NOT_FOUND
    listed: list[Figure] = []
    for match in near:
        if len(listed) == _MOST_NEAREST or len(match.broken) > len(lead.broken):
            break
        same = match.figure is lead.figure or same_indicator(lead.figure, match.figure, draft.knowledge)
        if same and all(scope_of(match.figure) != scope_of(other) for other in listed):
            listed.append(match.figure)
    items = "; ".join(_nearest_text(draft, figure) for figure in listed)
    draft.line("near_miss", missing=_missing_text(draft, lead), items=items)
    _merger_reminder(draft, lead)
    return True


def _nearest_text(draft: Draft, figure: Figure) -> str:
    key = draft.near(figure)
    return f"{scope_text(figure, draft.wording)}: {statement_text(figure, draft.wording)} [{key}]"


def _missing_text(draft: Draft, match: Match) -> str:
    """Which constraint nothing holds: "cho năm 2025", "của Bắc Ninh", "ở cấp xã"."""
    query, wording = draft.reading.query, draft.wording
    parts = []
    if "year" in match.broken:
        parts.append(
            wording.text("answer.for_period", first=query.period[0], last=query.period[1])
            if query.period
            else wording.text("answer.for_year", year=", ".join(map(str, query.years or query.filters.years)))
        )
    if "place" in match.broken:
        parts.append(wording.text("answer.for_place", place=", ".join(query.places)))
    if "level" in match.broken:
        parts.append(wording.text("answer.for_level", level=", ".join(level.value for level in query.levels)))
    if "document" in match.broken:
        parts.append(wording.text("answer.in_document", number=", ".join(query.document_numbers) or "…"))
    if "role" in match.broken:
        parts.append(wording.text(f"answer.as_{draft.reading.role}"))
    return " ".join(parts)


def _merger_reminder(draft: Draft, match: Match) -> None:
    if "place" not in match.broken or not match.figure.place:
        return
    years = draft.reading.query.years
    reaches_past = not years or any(year >= 2025 for year in years)
    if reaches_past and merged_into(match.figure.place) in draft.reading.query.places:
        draft.line("merged", place=match.figure.place, successor=merged_into(match.figure.place))
