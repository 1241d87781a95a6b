"""Whether a figure of the plans holds when, where, at which level and in which role a claim says.

A claim and a figure in, yes or no out. What a claim leaves open holds; a figure without a time of its own holds
where its document reaches.
"""

from __future__ import annotations

from chain.claims.assertions import FigureClaim
from chain.claims.cues import says, spans_of
from chain.cues import without
from domain.documents import Source
from domain.figures import Figure, Level, Role
from vietnamese.times import find_times


def time_holds(claim: FigureClaim, figure: Figure, source: Source) -> bool:
    """Whether the figure holds at the time of the claim; one without a time holds where its document reaches."""
    scope = claim.scope
    if scope.relative_to is not None and figure.relative_to not in (None, scope.relative_to):
        return False
    if scope.period is not None:
        if figure.period is not None:
            return figure.period == scope.period
        if figure.year is not None:
            return figure.year == scope.period[1]
        return _reaches(source, scope.period[1])
    if scope.year is None:
        return True
    if figure.last_year is not None:
        return figure.last_year == scope.year
    return _reaches(source, scope.year)


def _reaches(source: Source, year: int) -> bool:
    """Whether a document's title, or its year of issue, leaves room for that year."""
    titles = f"{source.title} {source.about.title or '' if source.about else ''}"
    years = {y for time in find_times(titles) for y in (time.first, time.last)}
    if source.issued_on:
        years.add(source.issued_on.year)
    return (
        not years
        or year in years
        or (len(years) > 1 and min(years) <= year <= min(max(years), min(years) + 10))
    )


def place_holds(claim: FigureClaim, figure: Figure) -> bool:
    return claim.scope.place is None or figure.place is None or claim.scope.place == figure.place


def level_holds(claim: FigureClaim, figure: Figure) -> bool:
    level = claim.scope.level
    if level is None:
        return figure.level is None or _names_level(claim.sentence, figure.level)
    if figure.level is not None:
        return figure.level == level
    return _names_level(figure.indicator, level)


def _names_level(text: str, level: Level) -> bool:
    """Whether `text` has the level's own word: "100% sở, ban, ngành, huyện"; not the "xã" of "xã hội"."""
    return says(f"levels.{level.value}", without(text, spans_of("levels.others", text)))


def role_holds(claim: FigureClaim, figure: Figure, clause: str) -> bool:
    """A target is no result, and a result no target."""
    if claim.achieved and figure.role in (Role.TARGET, Role.BUDGET):
        return says("achieved.phrases", clause)
    return not (claim.targeted and not claim.achieved and figure.role is Role.RESULT)
