"""Which figure a question means: the best match, if it is carried, and what stands before it.

Scores come from chain.matching; where an answer ends and a refusal begins is in chain.thresholds.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import replace

from chain.cues import asks_sum, find_cues, has_cue, pattern
from chain.knowledge import Knowledge, united, words_of
from chain.matching import Match, broken_constraints, same_indicator
from chain.qualifiers import may_count, parts_follow, subjects_of
from chain.sums import is_total
from chain.synonyms import holds, meant_at, synonyms_in
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, single_fillers
from domain.figures import Figure, Level, Role
from ingest.scopes import is_money
from ingest.table_figures import head_at, is_total_head, is_total_row, without_unit
from vietnamese.folding import fold, is_syllable, syllables
from vietnamese.places import find_places
from vietnamese.tables import table
from vietnamese.times import find_times
from vietnamese.units_of_place import in_full, is_unit_of_place, own_name, says

# Constraints that a figure may break and still be worth naming.
NEAR_CONSTRAINTS = {"year", "place", "level", "document", "role"}
_FEWEST_WORDS = 4  # of a thing that is measured against
_WHOLE_MARGIN = 0.18  # by which a figure of the place asked about may hold less of the question than another
_AS_COVERED = 0.15  # by which a figure in the very unit may hold less of the question
_WHOLE = 0.95  # of the question covered: all of it


def best_match(matches: Sequence[Match], reading: Reading, knowledge: Knowledge) -> Match | None:
    """The best figure that breaks no constraint, unless one that breaks some is clearly what was meant."""
    holding = [
        match
        for match in matches
        if not match.broken
        and match.figure.quantity.date is None
        and not _is_thin(match, reading)
        and names_row(match.figure, reading, knowledge)
        and not _is_of_one_source(match.figure, reading, knowledge)
    ]
    holding = holding or [m for m in matches if m.broken == ("unit",) and _is_close_in_unit(m, reading)]
    if not any(map(is_carried, holding)) and (neighbour := _in_same_sentence(matches, reading, knowledge)):
        return neighbour
    if holding and (counted := _count_beside(holding[0], matches, reading)):
        return counted
    holding = _totals_first(_exact_units_first(holding, reading), reading, knowledge)
    if not holding or _misses_head(holding[0], reading, knowledge):
        return None
    if apart := _asked_right_before(holding[0], reading, knowledge):
        return apart
    if _is_of_empty_cell(holding[0], reading, knowledge):
        return None
    if not is_carried(holding[0]) and not _stands_out(holding[0], matches, reading, knowledge):
        return None
    closer = [
        match
        for match in matches
        if match.broken and set(match.broken) <= NEAR_CONSTRAINTS and not _is_elsewhere(match, holding[0])
    ]
    if (
        holding[0].coverage < _WHOLE
        and closer
        and closer[0].score > holding[0].score + THRESHOLDS.near_miss_margin
    ):
        return None
    if _is_of_other_levels(holding[0], reading, knowledge):
        return None
    if part := _part_meant(holding[0], reading, knowledge) or _of_level_meant(holding[0], reading, knowledge):
        return part
    if _is_only_measured_against(reading, holding[0], knowledge) or _is_the_wider(holding[0], reading, knowledge):
        return None
    if later := _came_to(holding[0], reading, knowledge):
        return later
    return achieved(holding[0], holding, reading, knowledge)


_BEHIND = 40  # characters between what something came from and what it came to


def _came_to(match: Match, reading: Reading, knowledge: Knowledge) -> Match | None:
    """What came of it, where a figure only says from where ("từ 45 phút xuống còn 12 phút"); else null."""
    own = match.figure
    if own.figure_id not in knowledge.changed_from or has_cue("comparison.cues", reading.query.terms):
        return None
    for figure in knowledge.figures_by_passage[own.passage_id]:
        near = own.span[1] <= figure.span[0] <= own.span[1] + _BEHIND
        if near and figure.quantity.base_unit == own.quantity.base_unit:
            return replace(match, figure=figure, beside=own)
    return None


def _stands_out(match: Match, matches: Sequence[Match], reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a figure in the asked unit holds far more of the question than any of another indicator does.

    People ask in words that no plan has; what is left of the question still points at one indicator.
    """
    if reading.unit is None or match.score < THRESHOLDS.distinct_score:
        return False
    others = (
        other.score
        for other in matches
        if other.figure is not match.figure and not same_indicator(match.figure, other.figure, knowledge)
    )
    margin = match.score - next(others, 0.0)
    return margin >= THRESHOLDS.distinct_margin and match.precision >= THRESHOLDS.distinct_precision


_HEAD = 0.2  # of the question's weight: a word that opens it and weighs as much is what is asked of


def _misses_head(match: Match, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the question opens with a thing that a figure does not speak of: "Lương cán bộ …", not "lượng"."""
    opening = next(iter(reading.words), "")
    total = math.fsum(reading.weights[word] for word in reading.words)
    if not is_syllable(opening) or reading.weights[opening] < max(_HEAD * total, 0.5):
        return False
    own = knowledge.figure_words[match.figure.figure_id]
    said = united((own.indicator, own.sentence, own.around))
    for span, others in synonyms_in(reading.words):
        if 0 in span and any(holds(said, other) for other in others):
            return False
    return not (opening in said.singles and reading.is_form(opening, said))


_BEFORE_AMOUNT = 2  # telling words


def _asked_right_before(best: Match, reading: Reading, knowledge: Knowledge) -> Match | None:
    """The other figure of the sentence whose indicator says what stands right before "bao nhiêu"; else null.

    "63 tin báo lừa đảo, thiệt hại 17,3 tỷ đồng": "Các vụ lừa đảo gây thiệt hại bao nhiêu?" asks for the second.
    """
    own = best.figure
    amounts = find_cues("figure.amount", reading.content)
    if own.row is not None or not amounts or reading.unit is not None:
        return None
    telling = [word for word in syllables(reading.content[: amounts[-1][0]]) if reading.weights.get(word, 0.0) > 0.5]
    asked = telling[-_BEFORE_AMOUNT:]
    said = knowledge.figure_words[own.figure_id].indicator.singles
    if len(asked) < _BEFORE_AMOUNT or any(word in said for word in asked):
        return None
    others = [
        figure
        for figure in knowledge.figures_by_passage[own.passage_id]
        if figure.clause == own.clause
        and figure.quantity.base_unit != own.quantity.base_unit
        and all(word in knowledge.figure_words[figure.figure_id].indicator.singles for word in asked)
        and not broken_constraints(reading, figure, knowledge)
    ]
    return replace(best, figure=others[0]) if len(others) == 1 else None


_MEASURE = 1.0  # the weight of each of two words that together may name what is measured


def _is_of_empty_cell(best: Match, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the question names a column in which the row has nothing, and the figure stands in another.

    Of the row whose cell "Thanh toán trực tuyến (%)" is empty, "Tỷ lệ trực tuyến (%)" is no answer.
    """
    figure = best.figure
    if figure.row is None:
        return False
    row, said = knowledge.passages[figure.passage_id], knowledge.figure_words[figure.figure_id].indicator
    unsaid = {
        pair
        for pair in itertools.pairwise(reading.words)
        if all(reading.weights[word] >= _MEASURE and word not in said.singles for word in pair)
    }
    nothing = table("questions")["table"]["empty_cells"]
    return any(
        cell.strip() in nothing and unsaid & words_of(head).pairs
        for head, cell in zip(row.columns, row.cells, strict=False)
    )


def _part_meant(best: Match, reading: Reading, knowledge: Knowledge) -> Match | None:
    """The part of a figure that the question means: of "1.824 thủ tục, trong đó 736 toàn trình" the latter."""
    figure = best.figure
    if figure.row is not None:
        return None
    text = knowledge.passages[figure.passage_id].text
    own = knowledge.figure_words[figure.figure_id].indicator
    telling = {word for word, weight in reading.weights.items() if weight >= _TELLS_APART}
    unsaid = {word for word in telling if word not in own.singles}
    parts = []
    for other in knowledge.figures_by_passage[figure.passage_id]:
        between = text[figure.span[1] : other.span[0]]
        if not 0 < len(between) <= _WITHIN or other.level is not figure.level:
            continue
        said = knowledge.figure_words[other.figure_id].indicator
        told = sum(word in said.singles and reading.is_form(word, said) for word in unsaid)
        if told >= _FEWEST_APART and parts_follow(between) and not broken_constraints(reading, other, knowledge):
            parts.append((told, other))
    most = max((told for told, _ in parts), default=0)
    meant = [other for told, other in parts if told == most]
    return replace(best, figure=meant[0]) if len(meant) == 1 else None


def _of_level_meant(best: Match, reading: Reading, knowledge: Knowledge) -> Match | None:
    """The figure beside the best one that is of the level the question mentions ("người … ở xã"); else null."""
    own, levels = best.figure, reading.loose_levels
    if not levels or own.level is None or own.level in levels or own.row is not None:
        return None
    beside = [
        figure
        for figure in knowledge.figures_by_passage[own.passage_id]
        if figure.clause == own.clause
        and figure.level in levels
        and figure.quantity.base_unit == own.quantity.base_unit
        and not broken_constraints(reading, figure, knowledge)
    ]
    return replace(best, figure=beside[0]) if len(beside) == 1 else None


def _is_of_other_levels(best: Match, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a sentence or table gives levels one by one, and not the one below the province that is spoken of.

    "Trạm y tế xã" asks for no share of hospitals "tuyến tỉnh" or "tuyến huyện".
    """
    own, levels = best.figure, set(reading.loose_levels) - {Level.PROVINCE}
    if not levels or own.level is None or own.level in levels or reading.query.levels:
        return False
    given = {
        figure.level
        for figure in knowledge.figures_by_passage[own.passage_id]
        if figure.level and figure.quantity.base_unit == own.quantity.base_unit
    }
    return len(given) > 1 and not given & levels


_FEWEST_APART = 2  # telling words of the question that a part says and the whole does not


def _is_the_wider(best: Match, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether another figure of the sentence says a telling word of the question that the best one leaves out.

    "1.824 thủ tục, trong đó 736 toàn trình": of how many are "toàn trình" the first is no answer.
    """
    figure = best.figure
    if figure.row is not None:
        return False
    telling = {word for word, weight in reading.weights.items() if weight >= _TELLS_APART}
    own = knowledge.figure_words[figure.figure_id].indicator
    meant = {reading.words[position] for position in meant_at(synonyms_in(reading.words), own)}
    text = reading.query.terms
    measure = {word for start, end in find_cues("unit.share", text) for word in syllables(text[start:end])}
    unsaid = {word for word in telling - meant - measure if word not in own.singles}  # "tỷ trọng" tells nothing apart
    told = [
        pair
        for pair in itertools.pairwise(reading.words)
        if pair not in own.pairs
        and set(pair) - own.singles - measure
        and all(reading.weights[word] > _TELLS for word in pair)
    ]
    for other in knowledge.figures_by_passage[figure.passage_id]:
        behind = figure.span[1] <= other.span[0] <= figure.span[1] + _WITHIN
        if not behind or other.level is not figure.level:
            continue
        said = knowledge.figure_words[other.figure_id].indicator
        if any(word in said.singles and reading.is_form(word, said) for word in unsaid) or any(
            pair in said.pairs and all(reading.is_form(word, said) for word in pair) for pair in told
        ):
            return not any(word in own.singles and word not in said.singles for word in telling)
    return False


_WITHIN = 120  # characters between a figure and one that is part of it
_TELLS = 0.5  # the weight of a word that tells something
_TELLS_APART = 1.5  # the weight of a word that tells one of two figures of a sentence from the other
_NAMED = 0.25  # of the words of a figure's indicator that the question says


def _is_elsewhere(closer: Match, held: Match) -> bool:
    """Whether a closer figure is only another place's, where the place asked about has as much of the question."""
    as_much = held.coverage >= closer.coverage - _WHOLE_MARGIN and held.precision >= _NAMED
    return "place" in closer.broken and as_much


_SAME_THING, _QUALIFIED = 0.85, 0.8  # shares of an indicator's words that the question has


def _is_only_measured_against(reading: Reading, best: Match, knowledge: Knowledge) -> bool:
    """Whether the plans name just what is asked, but only as what another figure is a share of.

    "Đóng góp 31% tổng giá trị sản xuất công nghiệp của tỉnh" gives no value of that total.
    """
    if best.precision >= _QUALIFIED or reading.unit == "share":
        return False
    asked = {word for word, weight in reading.weights.items() if weight > 0.5}
    return any(
        len(whole) >= _FEWEST_WORDS
        and asked <= whole
        and knowledge.share_of(whole, reading.words) >= _SAME_THING
        for whole in knowledge.wholes
    )


def achieved(chosen: Match, holding: Sequence[Match], reading: Reading, knowledge: Knowledge) -> Match:
    """What came of it, where a year is over and `holding` has both its plan and its result; else `chosen`.

    Of a row whose plan was chosen although results are asked for, what the row says came of it.
    """
    if reading.role == "result" and chosen.figure.row and chosen.figure.role is not Role.RESULT:
        return _result_of_row(chosen, holding)
    if reading.role is not None or chosen.figure.role is not Role.TARGET:
        return chosen
    scope = (chosen.figure.year, chosen.figure.place, chosen.figure.level, chosen.figure.quantity.base_unit)
    for match in holding:
        figure = match.figure
        same = (figure.year, figure.place, figure.level, figure.quantity.base_unit) == scope
        if figure.figure_id in knowledge.changed_from:
            continue
        if figure.role is Role.RESULT and same and same_indicator(chosen.figure, figure, knowledge):
            return match
    return chosen


def _result_of_row(planned: Match, holding: Sequence[Match]) -> Match:
    """The result in the row and the unit of what was planned; itself where the row has none."""
    own = planned.figure
    for match in holding:
        figure = match.figure
        same = (figure.passage_id, figure.quantity.base_unit) == (own.passage_id, own.quantity.base_unit)
        if same and figure.role is Role.RESULT:
            return match
    return planned


_ROW_NAMED_IN_FULL = 0.5
_ROW_NAMED = 0.2  # of the words of a row's name, by rarity
_PAIRS_NAMED, _ROW_SAID = 2, 0.3  # pairs of neighbours that name a row where the question says so much of it


def _is_of_one_source(figure: Figure, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the total of one column alone stands where a whole total is asked for: "Vốn đối ứng" of "tổng vốn"."""
    row = knowledge.passages[figure.passage_id]
    if not asks_sum(reading.query.terms) or not is_money(figure.quantity) or not is_total_row(row):
        return False
    head = head_at(row, figure.span) or ""
    money = {word for words in table("statements")["money_words"] for word in syllables(words)}
    own = words_of(without_unit(head)).singles - money - single_fillers()
    return not is_total_head(head) and not find_times(head) and not own <= set(reading.words)


def names_row(figure: Figure, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether the question says anything of a row's own name: one of eight districts is no answer for all."""
    if figure.row is None or is_total_row(knowledge.passages[figure.passage_id]):
        return True
    if is_unit_of_place(figure.row):
        name = own_name(figure.row)
        if any(own_name(place) == name for place, _ in find_places(figure.row)):
            name = " ".join(syllables(in_full(figure.row)))  # a town of the province's name: "Thành phố Yên Bái"
        return says(reading.spoken, name)
    own = words_of(figure.row)
    paired = sum(pair in own.pairs for pair in itertools.pairwise(reading.words)) >= _PAIRS_NAMED
    if paired and knowledge.share_of(own.singles, reading.words) >= _ROW_SAID:
        return True
    title = words_of(knowledge.source_of(figure).title).singles
    telling = own.singles - title or own.singles  # what the document itself is called names none of its rows
    said = [word for word in reading.words if word in telling and reading.is_form(word, own)]
    whole = is_money(figure.quantity) and asks_sum(reading.query.terms)  # one project is not what all cost
    return knowledge.share_of(telling, said) >= (_ROW_NAMED_IN_FULL if whole else _ROW_NAMED)


def _in_same_sentence(matches: Sequence[Match], reading: Reading, knowledge: Knowledge) -> Match | None:
    """The one figure in the asked unit that stands in the sentence which says what the question does.

    "437 sản phẩm OCOP được đưa lên sàn, tổng giá trị giao dịch hơn 96 tỷ đồng": "OCOP lên sàn bao nhiêu tiền?"
    """
    if reading.unit is None:
        return None
    for match in matches:
        if match.broken != ("unit",) or match.figure.row is not None or match.score < THRESHOLDS.beside_score:
            continue
        beside = [
            figure
            for figure in knowledge.figures_by_passage[match.figure.passage_id]
            if figure.clause == match.figure.clause
            and figure.quantity.date is None
            and not broken_constraints(reading, figure, knowledge)
        ]
        if len(beside) == 1:
            return replace(match, figure=beside[0], broken=(), beside=match.figure)
    return None


def _count_beside(best: Match, matches: Sequence[Match], reading: Reading) -> Match | None:
    """The count that a share only restates, where the noun that is counted is said otherwise.

    Of "59.200 chứng thư chữ ký số, bằng 5,4% dân số" the first tells how many there are.
    """
    if not best.figure.quantity.unit.startswith("%"):
        return None
    beside = [
        match
        for match in matches
        if match.broken == ("unit",)
        and match.figure.clause == best.figure.clause
        and match.figure.passage_id == best.figure.passage_id
        and match.score >= best.score + THRESHOLDS.unit_margin
        and _is_close_in_unit(match, reading)
    ]
    return replace(beside[0], broken=()) if len(beside) == 1 else None


def _is_close_in_unit(match: Match, reading: Reading) -> bool:
    """Whether a figure answers although it counts in another noun than the question ("người", "thành viên")."""
    named = reading.unit not in (None, "usd", "growth", "money", "share", "factor", "duration")
    groups = may_count(reading.unit) if named and reading.unit else None
    said = named and set(syllables(reading.unit or "")) <= set(syllables(match.figure.indicator))
    people = bool(groups) and bool(groups & subjects_of(match.figure.quantity.unit)) if groups else False
    if named and groups is not None and not said and not people:
        return False
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
        and match.coverage >= holding[0].coverage - _AS_COVERED
        and is_carried(match)
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
        and is_carried(match)
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
    heavy = [word for word, weight in reading.weights.items() if weight > 0.5 and word not in single_fillers()]
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
        and pattern("choosing.opens_with_noun", noun=re.escape(noun)).match(fold(match.figure.indicator))
    ):
        return False
    needed = THRESHOLDS.share_precision_of_few_words if heavy <= 2 else THRESHOLDS.share_precision
    return match.precision < needed


def is_carried(match: Match) -> bool:
    """Whether a figure holds enough of the question; one that holds all of it may say a lot more than was asked."""
    whole = match.coverage >= _WHOLE and match.pairs >= _WHOLE
    return (
        match.coverage >= THRESHOLDS.figure_coverage
        and match.score >= THRESHOLDS.figure_score
        and match.gap <= THRESHOLDS.figure_gap
        and (whole or match.precision >= THRESHOLDS.figure_precision)
    )
