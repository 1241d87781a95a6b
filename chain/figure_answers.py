"""Figure questions answered from the register: the figure with its siblings, a deadline, a list, or a near miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chain.choosing import best_match, is_carried
from chain.cues import adds_up, asks_sum, has_cue, pattern, superlative
from chain.differences import state_sum
from chain.drafting import (
    Draft,
    agency_text,
    bold_quantity,
    funds_text,
    level_text,
    plain_text,
    scope_text,
    statement_text,
    time_text,
)
from chain.elsewhere import add_notes
from chain.knowledge import Knowledge, words_of
from chain.matching import (
    Match,
    broken_constraints,
    score_figures,
)
from chain.near_misses import answer_near_miss
from chain.rows import ROW_NOUNS
from chain.said import said_of
from chain.sentences import opens_with_subject
from chain.siblings import authoritative, coordinated, family_of
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, how_many
from domain.figures import Figure
from ingest.table_figures import is_group_row, is_total_row
from vietnamese.folding import fold

_MOST_LISTED = 14


def answer_from_register(draft: Draft, matches: Sequence[Match] | None = None) -> bool:
    """Fill `draft` from the register; False where no figure is what the question asks of."""
    reading, knowledge = draft.reading, draft.knowledge
    matches = score_figures(reading, knowledge) if matches is None else matches
    if adds_up(reading.query.terms):
        return False
    matches = _of_the_very_year(matches, reading)
    best = best_match(matches, reading, knowledge)
    if best is not None and _is_one_of_many(best.figure, knowledge) and _asks_of_several(reading.query.terms):
        return False
    if best is not None and _asks_which_place(reading.query.terms):
        several = bool(_SEVERAL.search(fold(reading.query.terms)) or superlative(reading.query.terms))
        if several or not _is_one_of_many(best.figure, knowledge):
            return False
    if best is None:
        return answer_near_miss(draft, matches)
    if best.beside is not None:
        return state_in_sentence(draft, best.figure)
    family = [
        authoritative(figure, matches, knowledge) for figure in family_of(best.figure, matches, knowledge)
    ]
    family = [figure for figure in family if figure.level in reading.loose_levels] or family
    family = family if len(family) > 1 else coordinated(family[0], matches, reading, knowledge)
    _state_family(draft, family)
    if len(family) > 1 and has_cue("table.added", reading.query.terms):
        state_sum(draft, family)
    add_notes(draft, family, matches)
    return True


def state_in_sentence(draft: Draft, figure: Figure) -> bool:
    """A figure that answers by the sentence it stands in, with that sentence."""
    key = draft.state(figure)
    quote = draft.citations[-1].quote
    draft.lines.append(_headline(draft, figure, key))
    draft.line("in_sentence", quote=plain_text(quote), key=key)
    return True


def _of_the_very_year(matches: Sequence[Match], reading: Reading) -> Sequence[Match]:
    """`matches` without those of a period that ends in the year asked for, where their passage has one of that year."""
    years = set(reading.query.years)
    if len(years) != 1 or reading.query.period:
        return matches
    exact = {match.figure.passage_id for match in matches if not match.broken and match.figure.year in years}
    return [match for match in matches if not (match.figure.period and match.figure.passage_id in exact)]


# "Những huyện nào có …?" asks for rows of a table; a figure of running text names none of them.
_WHICH_PLACE = pattern("figure_answers.which_place")


_SEVERAL = pattern("figure_answers.several")


def _asks_which_place(text: str) -> bool:
    return bool(_WHICH_PLACE.search(fold(text))) or has_cue("table.which_body", text)


def _asks_of_several(text: str) -> bool:
    return asks_sum(text) or (how_many(text, ROW_NOUNS) or 1) > 1


def _is_one_of_many(figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure is that of one row, and not of one that sums up others."""
    row = knowledge.passages[figure.passage_id]
    return figure.row is not None and not is_total_row(row) and not is_group_row(row)


def answer_deadline(draft: Draft) -> bool:
    """The day by which something is due, from the register's dates; else the year of its figure."""
    matches = score_figures(draft.reading, draft.knowledge)
    due = [match for match in matches if match.figure.quantity.date and not match.broken]
    dated = [
        match
        for match in due
        if (is_carried(match) and _is_told(match.figure, draft)) or _is_of_subject(match.figure, draft)
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


_DUE_SAID = 0.7  # of a question by when something is due, by the sentence or row of the day, its headings and title


def _is_told(figure: Figure, draft: Draft) -> bool:
    """Whether what is due on a day is what the question asks of, and not another thing of the same kind."""
    passage, source = draft.knowledge.passages[figure.passage_id], draft.knowledge.source_of(figure)
    about = source.about.title if source.about and source.about.title else ""
    own = (figure.indicator, draft.knowledge.clause_of(figure), *passage.path, source.title, about)
    return said_of(draft.reading, words_of(" . ".join(own))).share >= _DUE_SAID


def _is_of_subject(figure: Figure, draft: Draft) -> bool:
    """Whether a deadline's sentence opens with whom the question opens with ("Tỉnh đoàn … trước ngày 15/8")."""
    sentence = draft.knowledge.passages[figure.passage_id].text[slice(*figure.clause)]
    return opens_with_subject(draft.reading, sentence)


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
    told_apart = len({_scope(figure) for figure in family}) > 1
    draft.lines.append("; ".join(parts)[:1].upper() + "; ".join(parts)[1:] + ".")
    if not told_apart:  # each stands with its own indicator
        draft.lines.append(f"{_common_scope(family, draft)}.")
        return
    draft.lines.append(
        wording.text("answer.what", indicator=plain_text(lead.indicator), scope=_common_scope(family, draft))
    )


def _headline(draft: Draft, figure: Figure, key: int) -> str:
    statement = statement_text(figure, draft.wording)
    funds = funds_text(figure, draft.wording)
    scope = scope_text(figure, draft.wording)
    if figure.row is not None:
        small = f"{scope[:1].lower()}{scope[1:]}"
        funds += agency_text(figure, draft)
        return f"{bold_quantity(figure)} – {plain_text(figure.indicator)}{funds} ({small}) [{key}]."
    return f"{scope}: {statement}{funds} [{key}]."


def _scope(figure: Figure) -> tuple[object, ...]:
    return (figure.place, figure.year, figure.period, figure.level)


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


_ALL_TARGETS = pattern("figure_answers.all_targets")


def list_targets(draft: Draft) -> bool:
    """All figures of a place, year or document, where the question asks for "những mục tiêu nào" of no topic."""
    reading, knowledge = draft.reading, draft.knowledge
    if not _ALL_TARGETS.search(fold(reading.query.terms)):
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
    best = best_match(score_figures(draft.reading, draft.knowledge), draft.reading, draft.knowledge)
    return best is not None and best.score >= THRESHOLDS.strong_score


def carries(draft: Draft) -> bool:
    """Whether the register answers the question, near misses aside."""
    return (
        best_match(score_figures(draft.reading, draft.knowledge), draft.reading, draft.knowledge) is not None
    )
