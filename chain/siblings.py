"""Figures that belong to the one chosen: other levels and years left open, coordinated subjects, the authority."""

from __future__ import annotations

import math
from collections.abc import Sequence

from chain.cues import pattern
from chain.knowledge import Knowledge, Words
from chain.matching import (
    Match,
    is_restated,
    same_indicator,
)
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading
from domain.figures import Figure
from vietnamese.folding import fold

_MOST_SIBLINGS = 6
_LINKS = frozenset("cac so trong linh vuc hoat dong von".split())  # words that tell no two indicators apart


def scope_of(figure: Figure) -> tuple[object, ...]:
    return (figure.year, figure.period, figure.place, figure.level, figure.relative_to)


def family_of(best: Figure, matches: Sequence[Match], knowledge: Knowledge) -> list[Figure]:
    """The best figure with those that answer the question as well: other levels, years or places of the same
    indicator that the question leaves open. One for each scope, of the highest authority."""
    top = next(match.score for match in matches if match.figure is best)
    chosen: dict[tuple[object, ...], Figure] = {scope_of(best): best}
    for match in matches:
        if match.broken or match.score < top - THRESHOLDS.family_margin:
            continue
        figure = match.figure
        if figure.figure_id in knowledge.changed_from and figure is not best:
            continue
        if same_indicator(best, figure, knowledge) and figure.quantity.unit == best.quantity.unit:
            rival = chosen.get(scope_of(figure))
            if rival is None or outranks(figure, rival, knowledge):
                chosen[scope_of(figure)] = figure
    family = sorted(
        chosen.values(), key=lambda figure: (figure.place or "", figure.year or 0, level_order(figure))
    )
    return family if len(family) <= _MOST_SIBLINGS else [chosen[scope_of(best)]]


def authoritative(figure: Figure, matches: Sequence[Match], knowledge: Knowledge) -> Figure:
    """The same figure as the document of the highest authority states it, whatever its wording."""
    twins = [
        match.figure
        for match in matches
        if not match.broken
        and match.score >= THRESHOLDS.twin_score
        and scope_of(match.figure) == scope_of(figure)
        and match.figure.quantity.unit == figure.quantity.unit
        and (
            same_indicator(figure, match.figure, knowledge)
            or (
                figure.quantity.same_amount(match.figure.quantity)
                and is_restated(figure, match.figure, knowledge)
            )
        )
    ]
    return min((figure, *twins), key=lambda twin: knowledge.source_of(twin).authority)


def coordinated(
    lead: Figure, matches: Sequence[Match], reading: Reading, knowledge: Knowledge
) -> list[Figure]:
    """The figure with its siblings, where the question names several ("A và B có cán bộ …").

    A sibling stands in the same passage under the same scope; what tells the two apart is in the question.
    """
    words = knowledge.figure_words[lead.figure_id].indicator
    if not _coordinates(reading, words):
        return [lead]
    asked = set(reading.words)
    own = words.singles
    siblings = [lead]
    for match in matches:
        figure = match.figure
        others = knowledge.figure_words[figure.figure_id].indicator
        other = others.singles
        beside = (
            figure.passage_id == lead.passage_id and scope_of(figure) == scope_of(lead) and figure is not lead
        )
        if not beside or match.broken or figure.quantity.unit != lead.quantity.unit or figure.row != lead.row:
            continue
        if (
            match.score >= THRESHOLDS.twin_score
            and (others.pairs - words.pairs)
            and (other ^ own) <= asked | _LINKS
        ):
            siblings.append(figure)
    if len(siblings) == 1:
        siblings += _complement(lead, matches, reading, knowledge)
    return sorted(siblings, key=lambda figure: (knowledge.passages[figure.passage_id].ordinal, figure.span))


_TELLING = 0.5  # the weight of a word that tells what is asked about
_LINK = pattern("siblings.link")


def _coordinates(reading: Reading, indicator: Words) -> bool:
    """Whether the question joins two things ("A và B") that are not joined so in the indicator itself."""
    joined = [
        match.groups()
        for match in _LINK.finditer(fold(reading.query.terms))
        if "," not in match[0] or all(reading.weights.get(word, 0.0) > _TELLING for word in match.groups())
    ]  # the comma of "Tới 2020, trong số …" joins nothing
    within = indicator.pairs
    return any(
        (left, right) not in within and not {(left, "va"), ("va", right)} <= within for left, right in joined
    )


def _complement(
    lead: Figure, matches: Sequence[Match], reading: Reading, knowledge: Knowledge
) -> list[Figure]:
    """The figure of the same scope that says what the question names beside the lead, if one does."""
    asked = {word: weight for word, weight in reading.weights.items() if weight > 0.5}
    total = math.fsum(asked.values()) or 1.0
    own = knowledge.figure_words[lead.figure_id].indicator.singles
    best: tuple[float, Figure] | None = None
    lead_score = next((match.score for match in matches if match.figure is lead), 1.0)
    for match in matches:
        figure = match.figure
        if (
            match.broken
            or scope_of(figure) != scope_of(lead)
            or figure.quantity.base_unit != lead.quantity.base_unit
        ):
            continue
        if same_indicator(lead, figure, knowledge) or (figure.row is None) != (lead.row is None):
            continue
        other = knowledge.figure_words[figure.figure_id].indicator.singles
        added = math.fsum(weight for word, weight in asked.items() if word in other - own) / total
        lost = math.fsum(weight for word, weight in asked.items() if word in own - other) / total
        near = match.score >= THRESHOLDS.complement_score * lead_score
        if near and min(added, lost) >= THRESHOLDS.complement and (best is None or match.score > best[0]):
            best = (match.score, figure)
    return [best[1]] if best else []


def outranks(figure: Figure, rival: Figure, knowledge: Knowledge) -> bool:
    return knowledge.source_of(figure).authority < knowledge.source_of(rival).authority


def level_order(figure: Figure) -> int:
    return ["PROVINCE", "DISTRICT", "COMMUNE"].index(figure.level.name) if figure.level else -1
