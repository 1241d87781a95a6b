"""Figure questions answered from the register: the figure, its siblings, its twins elsewhere, or a near miss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chain.cues import has_cue
from chain.drafting import (
    Draft,
    bold_quantity,
    document_name,
    funds_text,
    level_text,
    plain_text,
    scope_text,
    statement_text,
    time_text,
)
from chain.knowledge import Knowledge, words_of
from chain.matching import (
    Match,
    broken_constraints,
    conflicting,
    is_restated,
    merged_into,
    same_indicator,
    score_figures,
)
from chain.sums import is_total, stated_against_sum
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading
from domain.answers import Status
from domain.figures import Figure
from ingest.scopes import is_money
from vietnamese.folding import fold
from vietnamese.tables import table

_MOST_TWINS = 4
_WHOLE = 0.95  # of the question covered: all of it
_MOST_LISTED = 14
_MOST_SIBLINGS = 6
_MOST_NEAREST = 4
_NEAR_CONSTRAINTS = {"year", "place", "level", "document", "role"}


def answer_from_register(draft: Draft, matches: Sequence[Match] | None = None) -> bool:
    """Fill `draft` from the register; False where no figure is what the question asks of."""
    reading, knowledge = draft.reading, draft.knowledge
    matches = score_figures(reading, knowledge) if matches is None else matches
    best = _best(matches, reading, knowledge)
    if best is not None and best.figure.row is not None and has_cue("table.sum", reading.query.terms):
        return False
    if best is None:
        return _near_miss(draft, matches)
    family = [
        _authoritative(figure, matches, knowledge) for figure in _family(best.figure, matches, knowledge)
    ]
    family = [figure for figure in family if figure.level in reading.loose_levels] or family
    family = family if len(family) > 1 else _coordinated(family[0], matches, reading, knowledge)
    _state_family(draft, family)
    _agreement(draft, family[0])
    _hinted(draft, family, matches)
    _other_twins(draft, family, matches)
    _sum_note(draft, family[0])
    _merger_note(draft, family[0])
    return True


def answer_deadline(draft: Draft) -> bool:
    """The day by which something is due, from the register's dates; else the year of its figure."""
    matches = score_figures(draft.reading, draft.knowledge)
    dated = [
        match for match in matches if match.figure.quantity.date and not match.broken and _is_carried(match)
    ]
    if dated:
        key = draft.state(dated[0].figure)
        draft.line(
            "deadline",
            date=bold_quantity(dated[0].figure),
            indicator=plain_text(dated[0].figure.indicator),
            key=key,
        )
        return True
    return False


def _best(matches: Sequence[Match], reading: Reading, knowledge: Knowledge) -> Match | None:
    """The best figure that breaks no constraint, unless one that breaks some is clearly what was meant."""
    holding = [
        match
        for match in matches
        if not match.broken and match.figure.quantity.date is None and not _is_thin(match, reading)
    ]
    holding = holding or [m for m in matches if m.broken == ("unit",) and _is_close_in_unit(m, reading)]
    holding = _totals_first(_exact_units_first(holding, reading), reading, knowledge)
    if not holding or not _is_carried(holding[0]):
        return None
    closer = [match for match in matches if match.broken and set(match.broken) <= _NEAR_CONSTRAINTS]
    if closer and closer[0].score > holding[0].score + THRESHOLDS.near_miss_margin:
        return None
    return holding[0]


def _is_close_in_unit(match: Match, reading: Reading) -> bool:
    """Whether a figure answers although it counts in another noun than the question ("người", "thành viên")."""
    named = reading.unit not in (None, "usd", "growth", "money", "share", "factor")
    counted = not match.figure.quantity.unit.startswith("%") and not is_money(match.figure.quantity)
    return named and counted and match.score >= THRESHOLDS.strong_score and match.figure.quantity.date is None


def _exact_units_first(holding: list[Match], reading: Reading) -> list[Match]:
    """Where the question counts a thing ("bao nhiêu lượt"), figures in that unit before close shares."""
    if reading.unit is None or not holding:
        return holding
    best = holding[0].score
    exact = [
        match
        for match in holding
        if fold(reading.unit) in fold(match.figure.quantity.unit)
        and match.score >= best - THRESHOLDS.unit_margin
        and _is_carried(match)
    ]
    return exact + [match for match in holding if match not in exact]


def _totals_first(holding: list[Match], reading: Reading, knowledge: Knowledge) -> list[Match]:
    """Where the question asks what the whole plan costs, its total before the rows of its tables."""
    if reading.unit != "money" or not holding:
        return holding
    best = holding[0].score
    totals = [
        match
        for match in holding
        if match.figure.row is None
        and _is_carried(match)
        and match.score >= best - THRESHOLDS.unit_margin
        and is_total(match.figure)
        and _asks_whole_plan(reading, match.figure, knowledge)
    ]
    return totals + [match for match in holding if match not in totals]


def _asks_whole_plan(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether all that the question names stands in the title of the figure's document or in its indicator."""
    source = knowledge.source_of(figure)
    titles = f"{source.title} . {source.about.title if source.about and source.about.title else ''}"
    money = " ".join(table("statements")["money_words"])
    own = words_of(f"{titles} . {figure.indicator} . {money}").singles
    heavy = [word for word, weight in reading.weights.items() if weight > 0.5]
    return all(word in own for word in heavy)


def _is_thin(match: Match, reading: Reading) -> bool:
    """Whether a share would answer a question that only names who is counted ("bao nhiêu dân?")."""
    counted = reading.unit not in ("share", "growth", None) or "bao nhieu" in fold(reading.query.terms)
    if (
        not counted
        or has_cue("unit.share", reading.query.terms)
        or not match.figure.quantity.unit.startswith("%")
    ):
        return False
    heavy = sum(weight > 0.5 for weight in reading.weights.values())
    noun = fold(reading.unit or "")
    if (
        match.coverage >= _WHOLE
        and noun
        and re.match(rf"(?:cac |so )?{re.escape(noun)}", fold(match.figure.indicator))
    ):
        return False
    needed = THRESHOLDS.share_precision_of_few_words if heavy <= 2 else THRESHOLDS.share_precision
    return match.precision < needed


def _is_carried(match: Match) -> bool:
    return (
        match.coverage >= THRESHOLDS.figure_coverage
        and match.score >= THRESHOLDS.figure_score
        and match.gap <= THRESHOLDS.figure_gap
        and match.precision >= THRESHOLDS.figure_precision
    )


def _scope(figure: Figure) -> tuple[object, ...]:
    return (figure.year, figure.period, figure.place, figure.level, figure.relative_to)


def _family(best: Figure, matches: Sequence[Match], knowledge: Knowledge) -> list[Figure]:
    """The best figure with those that answer the question as well: other levels, years or places of the same
    indicator that the question leaves open. One for each scope, of the highest authority."""
    top = next(match.score for match in matches if match.figure is best)
    chosen: dict[tuple[object, ...], Figure] = {_scope(best): best}
    for match in matches:
        if match.broken or match.score < top - THRESHOLDS.family_margin:
            continue
        figure = match.figure
        if same_indicator(best, figure, knowledge) and figure.quantity.unit == best.quantity.unit:
            rival = chosen.get(_scope(figure))
            if rival is None or _outranks(figure, rival, knowledge):
                chosen[_scope(figure)] = figure
    family = sorted(
        chosen.values(), key=lambda figure: (figure.place or "", figure.year or 0, _level_order(figure))
    )
    return family if len(family) <= _MOST_SIBLINGS else [chosen[_scope(best)]]


def _authoritative(figure: Figure, matches: Sequence[Match], knowledge: Knowledge) -> Figure:
    """The same figure as the document of the highest authority states it, whatever its wording."""
    twins = [
        match.figure
        for match in matches
        if not match.broken
        and match.score >= THRESHOLDS.twin_score
        and _scope(match.figure) == _scope(figure)
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


def _coordinated(
    lead: Figure, matches: Sequence[Match], reading: Reading, knowledge: Knowledge
) -> list[Figure]:
    """The figure with its siblings, where the question names several ("A và B có cán bộ …").

    A sibling stands in the same passage under the same scope; what tells the two apart is in the question.
    """
    if not re.search(r"(?<!\w)(?:va|voi|hay|hoac|lan)(?!\w)|,", fold(reading.query.terms)):
        return [lead]
    asked = set(reading.words)
    own = knowledge.figure_words[lead.figure_id].indicator.singles
    siblings = [lead]
    for match in matches:
        figure = match.figure
        other = knowledge.figure_words[figure.figure_id].indicator.singles
        beside = (
            figure.passage_id == lead.passage_id and _scope(figure) == _scope(lead) and figure is not lead
        )
        if not beside or match.broken or figure.quantity.unit != lead.quantity.unit or figure.row != lead.row:
            continue
        if match.score >= THRESHOLDS.twin_score and (other - own) and (other ^ own) <= asked | _LINKS:
            siblings.append(figure)
    if len(siblings) == 1:
        siblings += _complement(lead, matches, reading, knowledge)
    return sorted(siblings, key=lambda figure: (knowledge.passages[figure.passage_id].ordinal, figure.span))


def _complement(
    lead: Figure, matches: Sequence[Match], reading: Reading, knowledge: Knowledge
) -> list[Figure]:
    """The figure of the same scope that says what the question names beside the lead, if one does."""
    asked = {word: weight for word, weight in reading.weights.items() if weight > 0.5}
    total = sum(asked.values()) or 1.0
    own = knowledge.figure_words[lead.figure_id].indicator.singles
    best: tuple[float, Figure] | None = None
    for match in matches:
        figure = match.figure
        if (
            match.broken
            or _scope(figure) != _scope(lead)
            or figure.quantity.base_unit != lead.quantity.base_unit
        ):
            continue
        if same_indicator(lead, figure, knowledge) or (figure.row is None) != (lead.row is None):
            continue
        other = knowledge.figure_words[figure.figure_id].indicator.singles
        added = sum(weight for word, weight in asked.items() if word in other - own) / total
        lost = sum(weight for word, weight in asked.items() if word in own - other) / total
        if min(added, lost) >= THRESHOLDS.complement and (best is None or match.score > best[0]):
            best = (match.score, figure)
    return [best[1]] if best else []


_LINKS = frozenset("cac so trong linh vuc hoat dong von".split())  # words that tell no two indicators apart


def _outranks(figure: Figure, rival: Figure, knowledge: Knowledge) -> bool:
    return knowledge.source_of(figure).authority < knowledge.source_of(rival).authority


def _level_order(figure: Figure) -> int:
    return ["PROVINCE", "DISTRICT", "COMMUNE"].index(figure.level.name) if figure.level else -1


def _state_family(draft: Draft, family: Sequence[Figure]) -> None:
    wording = draft.wording
    if len(family) == 1:
        figure = family[0]
        key = draft.state(figure)
        draft.lines.append(_headline(draft, figure, key))
        return
    parts = []
    for figure in family:
        key = draft.state(figure)
        parts.append(f"{_difference(figure, family, draft)}: {bold_quantity(figure)} [{key}]")
    lead = family[0]
    draft.lines.append("; ".join(parts)[:1].upper() + "; ".join(parts)[1:] + ".")
    draft.lines.append(
        wording.text("answer.what", indicator=plain_text(lead.indicator), scope=_common_scope(family, draft))
    )


def _headline(draft: Draft, figure: Figure, key: int) -> str:
    statement = statement_text(figure, draft.wording)
    funds = funds_text(figure, draft.wording)
    scope = scope_text(figure, draft.wording)
    if figure.row is not None:
        small = f"{scope[:1].lower()}{scope[1:]}"
        return f"{bold_quantity(figure)} – {plain_text(figure.indicator)}{funds} ({small}) [{key}]."
    return f"{scope}: {statement}{funds} [{key}]."


def _difference(figure: Figure, family: Sequence[Figure], draft: Draft) -> str:
    """What tells this figure from its siblings: place, year, level."""
    parts = []
    if len({other.place for other in family}) > 1:
        parts.append(figure.place or "")
    if len({(other.year, other.period) for other in family}) > 1:
        parts.append(time_text(figure, draft.wording) or draft.wording.text("answer.no_year"))
    if len({other.level for other in family}) > 1:
        parts.append(level_text(figure.level, draft.wording) or draft.wording.text("answer.no_level"))
    if not parts:
        parts.append(plain_text(figure.indicator))
    return ", ".join(part for part in parts if part)


def _common_scope(family: Sequence[Figure], draft: Draft) -> str:
    first = family[0]
    same_time = len({(figure.year, figure.period) for figure in family}) == 1
    common = replace(
        first,
        level=first.level if len({figure.level for figure in family}) == 1 else None,
        place=first.place if len({figure.place for figure in family}) == 1 else None,
        year=first.year if same_time else None,
        period=first.period if same_time else None,
    )
    return scope_text(common, draft.wording)


# ----- the same indicator elsewhere ----------------------------------------------------------------------


def _other_twins(draft: Draft, family: Sequence[Figure], matches: Sequence[Match]) -> None:
    """One line for another year or level, one for a document that disagrees."""
    lead, knowledge = family[0], draft.knowledge
    scopes = {_scope(figure) for figure in family}
    twins: dict[tuple[object, ...], Figure] = {}
    for match in matches:
        figure = match.figure
        if figure in family or figure.place != lead.place or figure.quantity.unit != lead.quantity.unit:
            continue
        if _scope(figure) in scopes or not same_indicator(lead, figure, knowledge):
            continue
        if _scope(figure) not in twins or _outranks(figure, twins[_scope(figure)], knowledge):
            twins[_scope(figure)] = figure
    _disagreements(draft, family)
    if twins:
        nearest = sorted(twins.values(), key=lambda figure: _scopes_apart(figure, lead))[:_MOST_TWINS]
        listed = sorted(nearest, key=lambda figure: (figure.year or 0, _level_order(figure)))
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
        same = other.document_id != figure.document_id and _scope(other) == _scope(figure)
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


# ----- near misses ---------------------------------------------------------------------------------------


def _near_miss(draft: Draft, matches: Sequence[Match]) -> bool:
    """Say that the plans do not give it and what they give instead; False where nothing is near."""
    near = [
        match
        for match in matches
        if _is_carried(match) and match.broken and set(match.broken) <= _NEAR_CONSTRAINTS
    ]
    if not near:
        return False
    thin = next((match for match in matches if not match.broken and _is_carried(match)), None)
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
        if same and all(_scope(match.figure) != _scope(other) for other in listed):
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


def list_targets(draft: Draft) -> bool:
    """All figures of a place, year or document, where the question asks for "những mục tiêu nào" of no topic."""
    reading, knowledge = draft.reading, draft.knowledge
    if not re.search(r"(?:nhung|cac)\s+(?:chi tieu|muc tieu)", fold(reading.query.terms)):
        return False
    if any(weight > 0.5 for weight in reading.weights.values()) or not (
        reading.query.places or reading.query.years or reading.sources
    ):
        return False
    held = [figure for figure in knowledge.figures if not broken_constraints(reading, figure, knowledge)]
    held = [figure for figure in held if figure.row is None and figure.quantity.date is None]
    if not held:
        return False
    best = min(knowledge.source_of(figure).authority for figure in held)
    held = [figure for figure in held if knowledge.source_of(figure).authority == best][:_MOST_LISTED]
    draft.lines.append(
        "\n".join(f"- {statement_text(figure, draft.wording)} [{draft.state(figure)}]" for figure in held)
    )
    return True


def is_strong(draft: Draft) -> bool:
    """Whether the register has just what the question says, so that no prose can be meant."""
    best = _best(score_figures(draft.reading, draft.knowledge), draft.reading, draft.knowledge)
    return best is not None and best.score >= THRESHOLDS.strong_score


def carries(draft: Draft) -> bool:
    """Whether the register answers the question, near misses aside."""
    return _best(score_figures(draft.reading, draft.knowledge), draft.reading, draft.knowledge) is not None
