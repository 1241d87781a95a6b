"""Comparisons over years, levels or places: one figure for each, with differences in exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chain.choosing import achieved, best_match, names_row
from chain.columns import words_of_head
from chain.cues import adds_up, find_cues, has_cue, pattern
from chain.differences import state_difference, state_sum
from chain.drafting import Draft, bold_quantity, level_text, plain_text, time_text
from chain.figure_answers import answer_from_register, state_in_sentence
from chain.knowledge import Knowledge, words_of
from chain.matching import Match, broken_constraints, likeness, same_indicator, score_figures
from chain.rows import is_of_total_column
from chain.said import said_of
from chain.sides import rows_on_sides
from chain.sums import is_total
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, sets_result_against_plan
from domain.answers import Status
from domain.documents import Passage
from domain.figures import Figure, Level, Role
from ingest.table_figures import column_at, head_at, is_total_row, row_label, says_only_when, without_unit
from vietnamese.folding import fold, syllables
from vietnamese.tables import table
from vietnamese.times import find_times
from vietnamese.units_of_place import own_name, says

_MOST_ROWS = 6  # that are compared side by side


@dataclass(frozen=True, slots=True)
class Slot:
    """One side of a comparison: the constraint that tells it from the others, and what holds it."""

    name: str
    reading: Reading
    figure: Figure | None = None
    row: str | None = None


def answer_comparison(draft: Draft) -> bool:
    """Fill `draft` with a comparison; False where the question compares nothing that the register holds."""
    matches = score_figures(draft.reading, draft.knowledge)
    slots = _of_one_row(draft) or _slots(draft)
    if len(slots) == _TWO and all(slot.figure for slot in slots):
        _state_sides(draft, slots)
        _work_out(draft, slots)
        return True
    if len(slots) < _TWO:
        return _between_things(draft) or _within_family(draft, matches)
    filled = _whole_plans(slots, draft) or _filled(
        slots, [match for match in matches if match.figure.quantity.unit != "lần"], draft.knowledge
    )
    held = [slot for slot in filled if slot.figure]
    if not held:
        return answer_from_register(draft, matches)
    if any(slot.figure.quantity.date for slot in held if slot.figure):
        return False
    text = draft.reading.query.terms
    of_years = not any(slot.row for slot in filled) and len(draft.reading.query.places) < _TWO
    if of_years and pattern("figure_answers.which_row_of_table").search(fold(text)):
        return False  # "nơi nào … năm 2024 ít hơn năm 2023?" asks for rows
    if len(held) < len(filled) and not any(_is_sure(slot, matches) for slot in held):
        return False
    if len(held) < len(filled) and _asks_difference(draft.reading.query.terms):
        return _state_stated_difference(draft, filled) or _near_one_side(draft, filled)
    _state_stated_ratio(draft, filled, matches)
    _state(draft, filled)
    draft.status = Status.ANSWERED if len(held) == len(filled) else Status.PARTIAL
    return True


_TWO = 2


def _of_one_row(draft: Draft) -> list[Slot]:
    """The two columns that the question names of the one row that it names ("tự chấm" and "thẩm định" of a body)."""
    reading, knowledge = draft.reading, draft.knowledge
    words = set(reading.words)
    found = []
    for rows in knowledge.rows_by_table.values():
        if sum(says(reading.spoken, name) for name in set(map(own_name, _labels(rows)))) > 1:
            continue  # two rows are set side by side
        for row in rows:
            label = row_label(row)
            if is_total_row(row) or not label or not says(reading.spoken, own_name(label)):
                continue
            figures = [
                (head, figure)
                for figure in knowledge.figures_by_passage.get(row.passage_id, ())
                if (head := head_at(row, figure.span)) and words_of_head(head) <= words
                and {time.last for time in find_times(head)} <= {*reading.query.years}
                and not set(broken_constraints(replace(reading, unit=None), figure, knowledge)) - {"locality", "level"}
            ]  # fmt: skip
            units = {figure.quantity.base_unit for _, figure in figures}
            context = (label, *(head for head, _ in figures), *row.path[-1:], knowledge.source_of(row).title)
            told = said_of(reading, words_of(" . ".join(context))).share >= _ROW_TOLD
            if len(figures) == _TWO and len(units) == 1 and told:
                found.append([Slot(plain_text(without_unit(head)), reading, figure) for head, figure in figures])
    return found[0] if len(found) == 1 else []


_ROW_TOLD = 0.75  # of the question, by the row whose columns are compared, its table and its title
_SURE = 0.65  # the score of the one side that is told where the other is missing


def _is_sure(slot: Slot, matches: Sequence[Match]) -> bool:
    """Whether the figure of a side is clearly what the question asks of."""
    return any(match.figure is slot.figure and match.score >= _SURE for match in matches)


def _asks_difference(text: str) -> bool:
    """Whether one number is asked for that takes both sides: by how much, or how many times."""
    if _BOUNDED.search(fold(text)):
        return False
    cues = any(has_cue(f"comparison.{cue}", text) for cue in ("by_how_much", "ratio"))
    return cues or bool(_BY_HOW_MUCH.search(fold(text)))


# "Không thấp hơn bao nhiêu?" asks for a bound.
_BOUNDED = pattern("comparison.bounded")
_BY_HOW_MUCH = pattern("comparison.by_how_much")  # "năm 2025 hơn năm 2024 bao nhiêu?"


def _state_stated_difference(draft: Draft, slots: Sequence[Slot]) -> bool:
    """By how much a figure differs from the year that is missing, where its own sentence says so.

    "Dành 410 tỷ đồng, tăng 65 tỷ đồng so với năm 2024": what is asked is 65, although 2024 itself is not given.
    """
    missing = {year for slot in slots if slot.figure is None for year in slot.reading.query.years}
    for slot in slots:
        if slot.figure is None or len(missing) != 1:
            continue
        for other in draft.knowledge.figures_by_passage[slot.figure.passage_id]:
            related = other.relative_to in missing and other.quantity.base_unit == slot.figure.quantity.base_unit
            if related and other.clause == slot.figure.clause and other is not slot.figure:
                return state_in_sentence(draft, other)
    return False


def _near_one_side(draft: Draft, slots: Sequence[Slot]) -> bool:
    """Say that one side is not given, so that there is no difference, and what the other one is."""
    missing = ", ".join(slot.name for slot in slots if slot.figure is None)
    items = [
        f"{slot.name}: {bold_quantity(slot.figure)} [{draft.near(slot.figure)}]" for slot in slots if slot.figure
    ]
    draft.status = Status.NOT_FOUND
    draft.line("one_side_missing", missing=missing, items="; ".join(items))
    return True


def _between_things(draft: Draft) -> bool:
    """Two things of which one is "hơn" the other: the best figure of what stands on either side."""
    reading, knowledge, text = _of_amounts(draft.reading), draft.knowledge, draft.reading.query.terms
    for start, end in find_cues("comparison.sides", text):
        parts = (reading.part(0, start), reading.part(end, len(text)))
        if any(len(_telling(part)) < _FEWEST_TOLD for part in parts):
            continue
        best = [best_match(score_figures(part, knowledge), part, knowledge) for part in parts]
        first, last = (match.figure if match else None for match in best)
        if first and last and _are_two_things(first, last):
            slots = [Slot(plain_text(figure.indicator), reading, figure) for figure in (first, last)]
            _state_sides(draft, slots)
            _state_difference(draft, slots)
            return True
    return False


def _are_two_things(first: Figure, last: Figure) -> bool:
    """Whether two figures measure different things in one unit, of one time and place."""
    same_scope = (first.year, first.period, first.place) == (last.year, last.period, last.place)
    same_unit = first.quantity.base_unit == last.quantity.base_unit
    return first.indicator != last.indicator and same_scope and same_unit


def _telling(reading: Reading) -> list[str]:
    return [word for word, weight in reading.weights.items() if weight > _TELLING]


def compares_rows(draft: Draft) -> bool:
    """Whether the question sets rows of one table side by side."""
    return bool(_row_slots(draft, draft.reading))


def _slots(draft: Draft) -> list[Slot]:
    query = draft.reading.query
    years = query.years
    if query.period and not any(figure.period == query.period for figure in _near_figures(draft)):
        years = query.period
    reading = _of_amounts(draft.reading)
    if len(years) == len(query.places) >= 2:
        return [
            Slot(
                f"{place}, {year}",
                replace(reading, query=replace(query, years=(year,), places=(place,), period=None)),
            )
            for place, year in zip(query.places, years, strict=True)
        ]
    if len(years) >= 2:
        readings = [
            replace(reading, query=replace(query, years=(year,), period=None)) for year in sorted(years)
        ]
        return [
            Slot(draft.wording.text("answer.slot_year", year=year), reading)
            for year, reading in zip(sorted(years), readings, strict=True)
        ]
    if len(query.places) >= 2:
        return [
            Slot(place, replace(reading, query=replace(query, places=(place,)))) for place in query.places
        ]
    if len(query.levels) >= 2 and not _is_with_time_before(query.terms):
        levels = sorted(query.levels, key=list(Level).index)
        return [
            Slot(level_text(level, draft.wording), replace(reading, query=replace(query, levels=(level,))))
            for level in levels
        ]
    return _row_slots(draft, reading) or _role_slots(draft, reading)


def _is_with_time_before(text: str) -> bool:
    """Whether a question compares with a year that it does not name ("so với cùng kỳ năm ngoái"), not its levels."""
    return has_cue("comparison.before", text)


def _of_amounts(reading: Reading) -> Reading:
    """The reading for either side: "gấp mấy lần" asks for a factor of two amounts, not for a factor."""
    return replace(reading, unit=None) if reading.unit == "factor" else reading


def _row_slots(draft: Draft, reading: Reading) -> list[Slot]:
    """The rows of a table that the question names by what tells them from the other rows ("Tân An và Tân Hưng")."""
    for rows in draft.knowledge.rows_by_table.values():
        labels = _labels(rows)
        names = {label: own_name(label) for label in labels}
        named = [label for label in labels if " " in names[label] and says(reading.spoken, names[label])]
        if 2 <= len(named) <= _MOST_ROWS:
            of_rate = has_cue("comparison.progress", reading.query.terms) and reading.unit is None
            asked = replace(reading, unit="share") if of_rate and _have_shares(rows, draft.knowledge) else reading
            return [Slot(label, asked, row=label) for label in named]
    return _two_rows(draft, reading)


def _labels(rows: Sequence[Passage]) -> list[str]:
    """The names of a table's rows, but for those that sum others up."""
    return [label for row in rows if not is_total_row(row) and (label := row_label(row))]


def _have_shares(rows: Sequence[Passage], knowledge: Knowledge) -> bool:
    figures = (figure for row in rows for figure in knowledge.figures_by_passage.get(row.passage_id, ()))
    return any(figure.quantity.unit.startswith("%") for figure in figures)


def _two_rows(draft: Draft, reading: Reading) -> list[Slot]:
    """The rows that the words before and behind "hơn", "với" or "và" mean, where both mean one of the same table."""
    for rows in draft.knowledge.rows_by_table.values():
        labels = _labels(rows)
        if found := rows_on_sides(reading, labels, "comparison.links"):
            return [Slot(label, reading, row=label) for label in found]
    return []


_TELLING, _FEWEST_TOLD = 0.5, 2  # the weight of a word that tells something; such words on a side


def _role_slots(draft: Draft, reading: Reading) -> list[Slot]:
    """What was aimed at and what came of it, where the question names both ("kế hoạch và thực hiện")."""
    text = reading.query.terms
    named = all(has_cue(f"comparison.{role}", text) for role in ("target", "result"))
    if not named and not sets_result_against_plan(text):
        return []
    return [
        Slot(draft.wording.text(f"answer.slot_{role}"), replace(reading, role=role, comparing=False))
        for role in ("target", "result")
    ]


def _whole_plans(slots: Sequence[Slot], draft: Draft) -> list[Slot]:
    """What whole plans of several places cost, where the question says no more than their titles do; else []."""
    reading, knowledge = draft.reading, draft.knowledge
    if reading.unit != "money" or len(reading.query.places) < 2:
        return []
    filled = []
    for slot in slots:
        totals = [
            figure
            for figure in knowledge.figures
            if figure.row is None and figure.role is Role.BUDGET and is_total(figure)
            and not broken_constraints(slot.reading, figure, knowledge)
        ]  # fmt: skip
        largest = max(totals, key=lambda figure: figure.quantity.amount or 0, default=None)
        filled.append(replace(slot, figure=largest))
    titles = [knowledge.source_of(slot.figure).title for slot in filled if slot.figure]
    named = words_of(" . ".join((*titles, *table("statements")["money_words"]))).singles
    telling = [word for word in _telling(reading) if not has_cue("unit.money", word)]
    return filled if titles and all(word in named or word in _PLAN_WORDS for word in telling) else []


_PLAN_WORDS = frozenset(syllables("kế hoạch đề án chương trình quyết định bên cái tiền vốn"))


def _near_figures(draft: Draft) -> list[Figure]:
    matches = score_figures(draft.reading, draft.knowledge)
    return [match.figure for match in matches if _is_carried(match) and not match.broken]


def _filled(slots: Sequence[Slot], matches: Sequence[Match], knowledge: Knowledge) -> list[Slot]:
    """Each slot with the best figure that holds its constraints and measures what the best of all does."""
    holding = [
        [
            match
            for match in matches
            if not broken_constraints(slot.reading, match.figure, knowledge)
            and slot.row in (None, match.figure.row)
            and (slot.reading.role is None or _has_role(match.figure, slot.reading.role))
            and _is_carried(match)
            and names_row(match.figure, slot.reading, knowledge)
            and not (slot.reading.query.years and _is_over_years(match.figure))
        ]
        for slot in slots
    ]
    holding = [_of_very_level(found, slot.reading) for slot, found in zip(slots, holding, strict=True)]
    lead = max((found[0] for found in holding if found), key=lambda match: match.score, default=None)
    if lead is None:
        return list(slots)
    filled = []
    for slot, found in zip(slots, holding, strict=True):
        if slot.row:
            filled.append(replace(slot, figure=_figure_of_row(slot, lead.figure, knowledge)))
            continue
        same = [match for match in found if same_indicator(lead.figure, match.figure, knowledge)]
        close = [
            match
            for match in found
            if match.score >= lead.score - THRESHOLDS.slot_margin
            and match.figure.quantity.base_unit == lead.figure.quantity.base_unit
        ]
        chosen = (same or close or _same_unasked(slot, lead, matches, knowledge) or [None])[0]  # type: ignore[list-item]
        if chosen is None:
            filled.append(slot)
            continue
        chosen = achieved(chosen, same, slot.reading, knowledge)
        filled.append(replace(slot, figure=_authoritative(chosen, found, knowledge)))
    return _levels_beside(_planned_beside(_each_its_own(filled), knowledge), knowledge)


def _is_over_years(figure: Figure) -> bool:
    """Whether a count is that of several years together, which is no one year's."""
    shares = figure.quantity.unit.startswith(("%", "‰"))
    return figure.period is not None and figure.period[0] < figure.period[1] and not shares


def _levels_beside(slots: Sequence[Slot], knowledge: Knowledge) -> list[Slot]:
    """What the sentence of one side's figure gives for the level of another: "2,5 triệu đối với cấp tỉnh, 2,0 …"."""
    held = next((slot.figure for slot in slots if slot.figure and slot.figure.level), None)
    if held is None or len({slot.reading.query.levels for slot in slots}) < len(slots):
        return list(slots)
    filled = []
    for slot in slots:
        beside = [
            figure
            for figure in knowledge.figures_by_passage[held.passage_id]
            if figure.clause == held.clause
            and (figure.level,) == slot.reading.query.levels
            and figure.quantity.base_unit == held.quantity.base_unit
        ]
        filled.append(replace(slot, figure=beside[0]) if slot.figure is None and len(beside) == 1 else slot)
    return filled


_BEHIND = 80  # characters between a result and the plan that its sentence sets beside it


def _planned_beside(slots: Sequence[Slot], knowledge: Knowledge) -> list[Slot]:
    """What was planned, where only the result's own sentence says it: "đạt 61%, chỉ tiêu giao là 65%"."""
    result = next((slot.figure for slot in slots if slot.figure and slot.reading.role == "result"), None)
    if result is None:
        return list(slots)
    text = knowledge.passages[result.passage_id].text
    planned = [
        figure
        for figure in knowledge.figures_by_passage[result.passage_id]
        if result.span[1] <= figure.span[0] <= result.span[1] + _BEHIND
        and figure.quantity.base_unit == result.quantity.base_unit
        and has_cue("comparison.target", text[result.span[1] : figure.span[0]])
        and "\n" not in text[result.span[1] : figure.span[0]]
    ]
    return [
        replace(slot, figure=planned[0])
        if slot.figure is None and slot.reading.role == "target" and planned
        else slot
        for slot in slots
    ]


def _each_its_own(slots: Sequence[Slot]) -> list[Slot]:
    """The slots without a figure that another holds with better right: of its very level, else before it."""
    own: dict[str, Slot] = {}
    for slot in slots:
        if slot.figure is None:
            continue
        other = own.get(slot.figure.figure_id)
        if other is None or slot.figure.level in slot.reading.query.levels:
            own[slot.figure.figure_id] = slot
    return [
        slot if slot.figure is None or own[slot.figure.figure_id] is slot else replace(slot, figure=None)
        for slot in slots
    ]


def _of_very_level(found: list[Match], reading: Reading) -> list[Match]:
    """The matches of just the level that is asked for, where there are any: "cấp tỉnh" is not the whole province."""
    levels = reading.query.levels
    return [match for match in found if match.figure.level in levels] or found if levels else found


def _figure_of_row(slot: Slot, lead: Figure, knowledge: Knowledge) -> Figure | None:
    """The figure of a slot's row in the lead's column, or in the lead's unit."""
    own = [
        figure
        for figure in knowledge.figures
        if figure.row == slot.row
        and figure.document_id == lead.document_id
        and figure.quantity.base_unit == lead.quantity.base_unit
    ]
    lead_head = head_at(knowledge.passages[lead.passage_id], lead.span)
    timeless = not slot.reading.query.years and not slot.reading.query.period
    if timeless and lead_head is not None and says_only_when(lead_head):  # nothing but its year tells the column
        whole = [figure for figure in own if is_of_total_column(figure, knowledge.passages[figure.passage_id])]
        if whole:
            return whole[0]
    column = column_at(knowledge.passages[lead.passage_id], lead.span)
    beside = [
        figure for figure in own if column_at(knowledge.passages[figure.passage_id], figure.span) == column
    ]
    return next(iter(beside or own), None)


def _has_role(figure: Figure, role: str) -> bool:
    return (figure.role is Role.RESULT) == (role == "result")


def _same_unasked(slot: Slot, lead: Match, matches: Sequence[Match], knowledge: Knowledge) -> list[Match]:
    """The lead's indicator under the slot's constraints, although it holds less of the question's words."""
    return [
        match
        for match in matches
        if same_indicator(lead.figure, match.figure, knowledge)
        and not broken_constraints(slot.reading, match.figure, knowledge)
    ]


def _is_carried(match: Match) -> bool:
    return (
        match.coverage >= THRESHOLDS.figure_coverage - 0.05 and match.score >= THRESHOLDS.figure_score - 0.05
    )


def _authoritative(chosen: Match, found: Sequence[Match], knowledge: Knowledge) -> Figure:
    """The same figure as the most authoritative document states it."""
    twins = [
        match.figure
        for match in found
        if same_indicator(chosen.figure, match.figure, knowledge)
        and match.figure.level == chosen.figure.level
        and match.figure.role == chosen.figure.role
        and match.score >= chosen.score - THRESHOLDS.family_margin
    ]
    return min([*twins, chosen.figure], key=lambda figure: knowledge.source_of(figure).authority)


def _state_sides(draft: Draft, slots: Sequence[Slot]) -> None:
    parts = []
    for slot in slots:
        if slot.figure is None:
            parts.append(f"{slot.name}: {draft.wording.text('answer.slot_missing')}")
            continue
        key = draft.state(slot.figure)
        parts.append(f"{slot.name}: {bold_quantity(slot.figure)} [{key}]")
    line = "; ".join(parts)
    draft.lines.append(f"{line[:1].upper()}{line[1:]}.")


def _state(draft: Draft, slots: Sequence[Slot]) -> None:
    _state_sides(draft, slots)
    held = [slot for slot in slots if slot.figure]
    lead = held[0].figure
    assert lead is not None
    draft.lines.append(draft.wording.text("answer.compared", indicator=plain_text(lead.indicator)))
    if len(held) == len(slots):
        _work_out(draft, slots)


def _work_out(draft: Draft, slots: Sequence[Slot]) -> None:
    """The sum of the sides where one is asked for, else their difference."""
    text = draft.reading.query.terms
    compares = any(has_cue(f"comparison.{cue}", text) for cue in ("cues", "sides", "side_by_side"))
    if (adds_up(text) or has_cue("table.added", text)) and not compares and not _asks_difference(text):
        state_sum(draft, [slot.figure for slot in slots if slot.figure])
    else:
        _state_difference(draft, slots)


def _state_difference(draft: Draft, slots: Sequence[Slot]) -> None:
    """The difference of the first and the last side, or their ratio where that is asked for."""
    first, last = slots[0], slots[-1]
    assert first.figure and last.figure
    state_difference(draft, first.figure, last.figure, (first.name, last.name))


def _state_stated_ratio(draft: Draft, slots: Sequence[Slot], matches: Sequence[Match]) -> None:
    """The ratio that a document states itself ("gấp hơn 11 lần so với năm 2020")."""
    years = {slot.figure.year for slot in slots if slot.figure}
    for match in matches:
        figure = match.figure
        if (
            figure.quantity.unit == "lần"
            and figure.relative_to in years
            and figure.year in years
            and _is_carried(match)
            and (has_cue("comparison.ratio", draft.reading.query.terms) or _is_ratio_of(figure, slots, draft))
        ):
            key = draft.state(figure)
            draft.line("stated_ratio", items=f"{bold_quantity(figure)} [{key}]")
            return


def _is_ratio_of(ratio: Figure, slots: Sequence[Slot], draft: Draft) -> bool:
    """Whether a stated ratio is of what the slots measure."""
    return any(
        slot.figure and likeness(ratio, slot.figure, draft.knowledge) >= THRESHOLDS.same_measure
        for slot in slots
    )


def _within_family(draft: Draft, matches: Sequence[Match]) -> bool:
    """A comparison that names no sides ("giữa các cấp"): the family of the best figure, with its spread."""
    if not answer_from_register(draft, matches):
        return False
    text = draft.reading.query.terms
    sets_apart = _asks_difference(text) or has_cue("comparison.both_sides", text)
    if draft.status is Status.ANSWERED and len(draft.figures) == 1 and sets_apart:
        draft.clear()  # one of the two that are compared is no answer to by how much they differ
        return False
    stated = [stated.figure for stated in draft.figures if not stated.computed]
    if has_cue("table.added", draft.reading.query.terms):
        return True
    if draft.status is Status.ANSWERED and len(stated) >= 2:
        names = _names(stated, draft)
        slots = [Slot(name, draft.reading, figure) for name, figure in zip(names, stated, strict=True)]
        _state_difference(draft, slots)
    return True


def _name(figure: Figure, draft: Draft) -> str:
    parts = [figure.place or "", time_text(figure, draft.wording), level_text(figure.level, draft.wording)]
    return ", ".join(part for part in parts if part)


def _names(figures: Sequence[Figure], draft: Draft) -> list[str]:
    """What tells the figures apart: place, time and level; nothing where only their indicators do."""
    names = [_name(figure, draft) for figure in figures]
    return names if len(set(names)) == len(names) else [""] * len(names)
