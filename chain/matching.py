"""Figures matched against a reading: how well each is what the question asks of, and which constraints it holds.

The score is the share of the question's content words that a figure covers, by weight: its indicator counts
in full, its headings less, its sentence's other words least. A figure that breaks a constraint keeps its
score, so that a near miss can be told from a miss.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chain.cues import has_cue, pattern
from chain.knowledge import FigureWords, Knowledge, Words, united, words_of
from chain.qualifiers import funds_named, may_count, qualifiers_of, subjects_of
from chain.synonyms import Synonyms, holds, meant_at, synonyms_in
from chain.understanding import Reading
from domain.answers import Wanted
from domain.figures import Figure, Level, Role
from ingest.scopes import is_money
from vietnamese.folding import fold, syllables
from vietnamese.levels import find_levels, find_loose_levels
from vietnamese.places import localities_in, merger_of, spots_in
from vietnamese.tables import table
from vietnamese.units_of_place import own_name, says, spoken

# How much a word counts by where it stands.
INDICATOR, SYNONYM, AROUND, SENTENCE = 1.0, 0.85, 0.7, 0.35
SYNONYM_OF_PHRASE = 0.95  # where several words of the question mean it together
OTHER_FORM = 0.3  # of what a word counts for where it stands with other diacritics than were typed
_UNCOVERED = 0.3  # a word that counts for less is not held
SINGLES, PAIRS, PRECISION = 0.55, 0.25, 0.20  # parts of the score


@dataclass(frozen=True, slots=True)
class Match:
    """A figure with its score (0 to 1), the share of the question it covers, and the constraints it breaks.

    `gap` is the weight of the longest run of the question's words that it does not hold, as a share;
    `precision` the share of the indicator's own words that the question has; `pairs` the share of the
    question's pairs of neighbouring words that it has side by side. `beside` is the figure of its sentence
    that was matched in its place.
    """

    figure: Figure
    score: float
    coverage: float
    broken: tuple[str, ...] = ()
    gap: float = 0.0
    precision: float = 1.0
    pairs: float = 1.0
    beside: Figure | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question's words prepared once: which positions each synonym phrase would cover."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    pair_weights: tuple[float, ...]
    synonyms: Synonyms
    implied: frozenset[str] = frozenset()
    levels: tuple[Level, ...] = ()
    level_words: frozenset[int] = frozenset()
    is_form: Callable[[str, Words], bool] = lambda word, own: True

    @property
    def total(self) -> float:
        return math.fsum(self.weights)


def prepare(reading: Reading) -> Asked:
    words = reading.words
    weights = tuple(reading.weights[word] for word in words)
    pairs = tuple(min(left, right) for left, right in itertools.pairwise(weights))
    return Asked(
        words,
        weights,
        pairs,
        synonyms_in(words),
        _implied(reading),
        reading.loose_levels,
        reading.level_words,
        reading.is_form,
    )


def _implied(reading: Reading) -> frozenset[str]:
    """Words of an indicator that a question about money means without saying them."""
    return (
        frozenset(syllables(" ".join(table("statements")["money_words"])))
        if reading.unit == "money"
        else frozenset()
    )


def _covered(asked: Asked, own: FigureWords, level: Level | None) -> list[float]:
    """How far each word of the question is covered, 0 to 1; `level` is the figure's."""
    cover = []
    holds_level = _holds_level(asked, level)
    for position, word in enumerate(asked.words):
        if holds_level and position in asked.level_words:
            cover.append(INDICATOR)
            continue
        places = ((own.indicator, INDICATOR), (own.around, AROUND), (own.sentence, SENTENCE))
        cover.append(
            max(
                (
                    share if asked.is_form(word, held) else share * OTHER_FORM
                    for held, share in places
                    if word in held.singles
                ),
                default=0.0,
            )
        )
    for span, others in asked.synonyms:
        held = [other for other in others if holds(own.indicator, other)]
        if held:
            share = SYNONYM_OF_PHRASE if min(len(span), max(map(len, held))) > 1 else SYNONYM
            for position in span:
                cover[position] = max(cover[position], share)
    return cover


def _holds_level(asked: Asked, level: Level | None) -> bool:
    return level is not None and level in asked.levels


def _pair_cover(asked: Asked, own: FigureWords, cover: Sequence[float], level: Level | None) -> float:
    """Share of the question's word pairs that the figure has side by side."""
    total = math.fsum(asked.pair_weights)
    if not total:
        return 1.0
    covered = 0.0
    held = asked.level_words if _holds_level(asked, level) else frozenset()
    for index, weight in enumerate(asked.pair_weights):
        pair = (asked.words[index], asked.words[index + 1])
        if pair in own.indicator.pairs or index in held or index + 1 in held:
            covered += weight
        elif pair in own.around.pairs:
            covered += weight * AROUND
        elif min(ends := (cover[index], cover[index + 1])) >= SYNONYM and min(ends) < INDICATOR:
            covered += weight * min(ends)
        elif pair in own.sentence.pairs:
            covered += weight * SENTENCE
    return covered / total


def _longest_gap(asked: Asked, cover: Sequence[float]) -> float:
    """The share of the question's weight in its longest run of words that the figure does not hold."""
    longest = run = 0.0
    for share, weight in zip(cover, asked.weights, strict=True):
        run = run + weight if share < _UNCOVERED else 0.0
        longest = max(longest, run)
    return longest / asked.total


def _precision(asked: Asked, own: FigureWords, knowledge: Knowledge) -> float:
    """Share of the indicator's own words that the question has."""
    wanted = set(asked.words) | asked.implied
    for _span, others in asked.synonyms:
        wanted.update(word for other in others if holds(own.indicator, other) for word in other)
    return knowledge.share_of(own.indicator.singles, wanted)


def score_figures(reading: Reading, knowledge: Knowledge) -> list[Match]:
    """Every figure that shares a word with the question, best first; ties by authority, then by order."""
    asked = prepare(reading)
    if not asked.total:
        return []
    order = {figure.figure_id: index for index, figure in enumerate(knowledge.figures)}
    named = {(hint.base_unit, hint.amount) for hint in reading.hints if hint.base_unit == "%"}
    matches = []
    for figure in knowledge.figures:
        own = knowledge.figure_words[figure.figure_id]
        cover = _covered(asked, own, figure.level)
        coverage = math.fsum(c * w for c, w in zip(cover, asked.weights, strict=True)) / asked.total
        if coverage <= 0.2:
            continue
        precision = _precision(asked, own, knowledge)
        pairs = _pair_cover(asked, own, cover, figure.level)
        score = SINGLES * coverage + PAIRS * pairs + PRECISION * precision
        if (figure.quantity.base_unit, figure.quantity.amount) in named:
            score += _NAMED
        broken, gap = broken_constraints(reading, figure, knowledge), _longest_gap(asked, cover)
        matches.append(Match(figure, score, coverage, broken, gap, precision, pairs))

    def key(match: Match) -> tuple[object, ...]:
        return (
            -round(match.score, 6),
            match.figure.figure_id in knowledge.changed_from,
            knowledge.source_of(match.figure).authority,
            order[match.figure.figure_id],
        )

    return sorted(matches, key=key)


_NAMED = 0.15  # added to a figure of just the share that the question names; amounts of money only tell which plan


# ----- constraints ---------------------------------------------------------------------------------------


def broken_constraints(reading: Reading, figure: Figure, knowledge: Knowledge) -> tuple[str, ...]:
    """Which constraints of the question a figure breaks: year, place, level, unit, role and so on, as named below."""
    checks = {
        "year": _year_holds(reading, figure),
        "place": _place_holds(reading, figure),
        "level": _level_holds(reading, figure),
        "unit": (_unit_holds(reading, figure) or _counts_unnamed(reading, figure, knowledge))
        and _counts_the_noun(reading, figure, knowledge)
        and _is_spent(reading, figure, knowledge),
        "role": _role_holds(reading, figure),
        "rank": _rank_holds(reading, figure),
        "qualifier": _qualifiers_hold(reading, figure, knowledge),
        "subject": _subjects_hold(reading, figure, knowledge) and _terms_hold(reading, figure, knowledge),
        "locality": _localities_hold(reading, figure, knowledge) and _body_holds(reading, figure, knowledge),
        "document": not reading.sources or figure.document_id in {s.document_id for s in reading.sources},
    }
    if not _filters_hold(reading, figure, knowledge):
        checks["document"] = False
    return tuple(name for name, holds in checks.items() if not holds)


def _year_holds(reading: Reading, figure: Figure) -> bool:
    query = reading.query
    years = query.years or query.filters.years
    if query.period:
        return figure.period == query.period or (figure.period is None and figure.year == query.period[1])
    if figure.period and len(years) == 1 and is_money(figure.quantity) and figure.period[0] < figure.period[1]:
        return bool(pattern("matching.up_to_year", year=years[0]).search(fold(query.terms))) and (
            figure.last_year in years
        )  # what a plan costs from 2025 to 2030 is not what it costs in 2030
    return not years or figure.last_year in years


def _place_holds(reading: Reading, figure: Figure) -> bool:
    return not reading.query.places or figure.place in reading.query.places


def _level_holds(reading: Reading, figure: Figure) -> bool:
    levels = reading.query.levels
    if not levels or figure.level in levels:
        return True
    if figure.level is not None:
        return False
    named = {level for level, _ in find_levels(figure.indicator)}
    if levels == (Level.PROVINCE,):  # of the whole province, unless it is said to be of what is below it
        below = {level for level, _ in find_loose_levels(figure.indicator)} - {Level.PROVINCE}
        return not below or "cấp tỉnh" in figure.indicator or bool(figure.row)
    return set(levels) <= named


_DURATIONS = frozenset(fold(unit).split(" ")[0] for unit in table("units")["durations"]["units"])


def _unit_holds(reading: Reading, figure: Figure) -> bool:
    unit, quantity = reading.unit, figure.quantity
    money = quantity.base_unit.split("/")[0] in {"đồng", "USD", "euro"}
    if reading.counts_only and quantity.unit.startswith("%") and unit not in ("share", "growth", None):
        return False
    if unit is None:
        return reading.asks_rows or figure.row is None or not money or figure.role is not Role.BUDGET
    if unit == "usd":
        return quantity.base_unit.startswith("USD")
    if unit == "growth":
        return quantity.unit == "%/năm" or (quantity.unit == "%" and "tang" in fold(figure.indicator))
    if unit == "money":
        return money
    if unit == "share":
        return quantity.unit.startswith(("%", "‰", "điểm"))
    if unit == "factor":
        return quantity.unit == "lần"
    if unit == "duration":
        measured = fold(quantity.base_unit).split(" ")[0]
        said = _DURATION_SAID.search(fold(reading.query.terms))
        return measured in _DURATIONS and (said is None or measured == _SAME_DURATION.get(said[1], said[1]))
    if fold(unit) == "nguoi" and (may_count(unit) or frozenset()) & subjects_of(quantity.base_unit):
        return True  # "bao nhiêu người" counts members, too
    if quantity.unit in _PIECES and fold(unit) in fold(figure.indicator):
        return True
    return (
        quantity.unit.startswith("%")
        or fold(unit) in fold(quantity.unit)
        or (bool(quantity.unit) and fold(quantity.unit) in fold(unit))
    )


def _counts_unnamed(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a number without a unit stands among heads or under headings that name what the question counts."""
    if reading.unit is None or reading.unit in _KINDS_OF_UNIT or figure.quantity.unit:
        return False
    own = knowledge.figure_words[figure.figure_id]
    heads = knowledge.passages[figure.passage_id].columns
    said = own.indicator.singles | own.around.singles | words_of(" . ".join(heads)).singles
    return all(word in said for word in syllables(reading.unit))


_DURATION_SAID = pattern("matching.duration_said")
_SAME_DURATION = {"tieng": "gio"}
_PIECES = frozenset({"", "chiếc", "cái", "bộ", "máy", "thiết bị"})  # units that say nothing of what is counted


_KINDS_OF_UNIT = frozenset({"money", "share", "factor", "usd", "growth", "duration"})


def _counts_the_noun(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a share is one of what the question counts: "bao nhiêu người" is no share of documents."""
    noun = reading.unit
    if noun is None or noun in _KINDS_OF_UNIT or not figure.quantity.unit.startswith("%"):
        return True
    groups = may_count(noun)
    if groups is None:
        return True
    asked = syllables(noun)
    if figure.row is not None and not groups:
        counted = _COUNTED_BY.split(fold(figure.indicator))[0]  # "dân số … | có chữ ký số": people, no signatures
        return all(word in syllables(counted) for word in asked)
    own = knowledge.figure_words[figure.figure_id]
    if fold(noun) in _UNITS_OF_PLACE:  # of "cơ quan đến cấp xã" the communes are not counted
        counted = fold(f"{figure.indicator} . {knowledge.clause_of(figure)}")
        return bool(pattern("matching.noun", noun=re.escape(fold(noun))).search(counted))
    said = own.indicator.singles | own.sentence.singles
    return any(word in said for word in asked) or bool(
        groups & knowledge.figure_subjects[figure.figure_id]
    )


_UNITS_OF_PLACE = frozenset(map(fold, table("levels")["kinds"]))
_COUNTED_BY = pattern("matching.counted_by")  # behind what a share counts


def _role_holds(reading: Reading, figure: Figure) -> bool:
    if reading.role == "result":
        return figure.role is not Role.TARGET
    return reading.role != "target" or figure.role is not Role.RESULT


def _is_spent(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """False for money that is earned or produced, where the question asks what something costs."""
    asks_cost = reading.unit == "money" and has_cue("unit.cost", reading.query.terms)
    if not asks_cost or figure.role is Role.BUDGET or not is_money(figure.quantity):
        return True
    if has_cue("unit.earned", figure.indicator):
        return False
    return has_cue("unit.spent", f"{figure.indicator} . {knowledge.clause_of(figure)}")


_RANKED = pattern("matching.ranked")


def _rank_holds(reading: Reading, figure: Figure) -> bool:
    """False for a figure of another rank than the question names: of "chợ hạng 1", where "chợ hạng 2" is meant."""
    said = set(_RANKED.findall(fold(figure.indicator)))
    asked = set(_RANKED.findall(fold(reading.query.terms)))
    nouns = {noun for noun, _ in said} & {noun for noun, _ in asked}
    return all(any(rank in said for rank in asked if rank[0] == noun) for noun in nouns)


def _qualifiers_hold(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure's sentence says what changes the measure: "bình quân", "giải ngân", whose money it is."""
    asked = reading.query.terms
    own_words = knowledge.figure_words[figure.figure_id].indicator.singles
    if any(words <= own_words for words in reading.excluded):
        return False
    qualifiers = qualifiers_of(asked)
    funds = funds_named(asked) if reading.unit == "money" else ()
    if not qualifiers and not funds:
        return True
    own = " . ".join((figure.indicator, *(f"{head} {cell}" for head, cell in figure.attributes)))
    clause = f"{own} . {figure.quantity.unit} . {knowledge.clause_of(figure)}"
    measured = f"{figure.indicator} . {figure.quantity.unit}" if figure.row else clause  # of a row its own column
    if not all(one.is_said(figure.indicator if one.of_indicator else measured) for one in qualifiers):
        return False
    if not funds or any(source.is_said(own) for source in funds):
        return True
    alone = sum(
        other.clause == figure.clause and is_money(other.quantity)
        for other in knowledge.figures_by_passage[figure.passage_id]
    )
    return alone == 1 and any(source.is_said(clause) for source in funds)


def _subjects_hold(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure's sentence speaks of those that the question asks about, if it says of whom it speaks."""
    asked = subjects_of(reading.content)  # no "UBND" of a document's number
    if not asked:
        return True
    own = knowledge.figure_subjects[figure.figure_id]
    return not own or bool(own & asked)


def _terms_hold(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure speaks of the terms that are no Vietnamese words ("ERP"), where its document has them."""
    if reading.query.wanted is Wanted.COMPARISON:
        return True  # each side has its own
    known = knowledge.document_words[figure.document_id]
    terms = [word for word in reading.words if word in known and knowledge.is_term(word)]
    if not terms:
        return True
    own, passage = knowledge.figure_words[figure.figure_id], knowledge.passages[figure.passage_id]
    of_others = [
        knowledge.figure_words[other.figure_id].indicator.singles
        for other in knowledge.figures_by_passage[figure.passage_id]
        if other.clause == figure.clause and other.figure_id != figure.figure_id
    ]
    if any(term in said and term not in own.indicator.singles for term in terms for said in of_others):
        return False  # "187 doanh nghiệp …, 23 doanh nghiệp dùng ERP": the ERP is another figure's
    cells = (cell for _, cell in figure.attributes)
    row = words_of(" . ".join((figure.row or "", *cells, *passage.columns)))
    said = united((own.indicator, own.sentence, own.around, row))
    meant = {reading.words[position] for position in meant_at(synonyms_in(reading.words), said)}
    return all(word in said.singles or word in meant for word in terms)


def spots_named(reading: Reading, knowledge: Knowledge) -> list[str]:
    """The places that a question names without their kind ("Lộc Bình"), as far as no document has them as words."""
    return [spot for spot in spots_in(reading.content) if knowledge.is_name(spot)]


def _localities_hold(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure's sentence or row names a district or a commune that the question names.

    What a province has is no answer for one of its districts.
    """
    if figure.row is None and (name := knowledge.bracketed[figure.figure_id]):
        return says(reading.spoken, own_name(name))
    named = localities_in(reading.query.terms)
    spots = spots_named(reading, knowledge)
    if not named and not spots:
        return True
    passage, source = knowledge.passages[figure.passage_id], knowledge.source_of(figure)
    said = " . ".join((figure.indicator, figure.row or "", knowledge.clause_of(figure), *passage.path)).lower()
    if named and not any(name.lower() in said for name in named):
        return False
    titles = f"{source.title} . {source.about.title if source.about else ''}"
    around = f" {' '.join(syllables(f'{said} . {titles}'))} "
    return not spots or any(f" {' '.join(syllables(spot))} " in around for spot in spots)


def _body_holds(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    """Whether a figure speaks of the body that the question names, where a table has a row for that body.

    What the whole province has is no answer for "Sở Tư pháp", which has a row of its own.
    """
    named = [name for name in knowledge.bodies_with_rows[figure.document_id] if says(reading.spoken, name)]
    if not named:
        return True
    cells = [cell for _, cell in figure.attributes]
    above = knowledge.passages[figure.passage_id].path[-1:]
    said = spoken(" . ".join((figure.row or "", figure.indicator, knowledge.clause_of(figure), *cells, *above)))
    return any(says(said, name) for name in named)


def _filters_hold(reading: Reading, figure: Figure, knowledge: Knowledge) -> bool:
    filters, source = reading.query.filters, knowledge.source_of(figure)
    if filters.documents and figure.document_id not in filters.documents:
        return False
    if filters.kinds and source.kind.value not in filters.kinds:
        return False
    if filters.places and figure.place not in filters.places:
        return False
    return not filters.years or figure.year in filters.years


def merged_into(place: str) -> str | None:
    """The province that `place` belongs to today, where that is another."""
    merger = merger_of(place)
    return merger.successor if merger else None


# ----- the same indicator elsewhere ----------------------------------------------------------------------


def _levels_of_service(figure: Figure) -> frozenset[str]:
    """The small numbers in an indicator: "mức độ 3" and "mức độ 4" are different things."""
    return frozenset(word for word in syllables(figure.indicator) if word.isdigit() and len(word) <= 2)


def likeness(left: Figure, right: Figure, knowledge: Knowledge) -> float:
    """How alike two indicators are, 0 to 1: the share of their words, by weight, that both have."""
    first, second = (knowledge.figure_words[figure.figure_id].indicator.singles for figure in (left, right))
    either = math.fsum(knowledge.rarity(word) for word in first | second)
    return math.fsum(knowledge.rarity(word) for word in first & second) / either if either else 0.0


def same_indicator(left: Figure, right: Figure, knowledge: Knowledge) -> bool:
    """Whether two figures measure the same thing, whatever the year, place, level or document."""
    if left.quantity.base_unit != right.quantity.base_unit or (left.row is None) != (right.row is None):
        return False
    if _levels_of_service(left) != _levels_of_service(right):
        return False
    alike = likeness(left, right, knowledge)
    if alike >= _ALIKE:
        return True
    first, second = (knowledge.figure_words[figure.figure_id].indicator.singles for figure in (left, right))
    common = math.fsum(knowledge.rarity(word) for word in first & second)
    smaller = min(math.fsum(knowledge.rarity(word) for word in words) for words in (first, second))
    return smaller > 0 and common / smaller >= _CONTAINED and alike >= _ALIKE_WHERE_CONTAINED


def is_restated(left: Figure, right: Figure, knowledge: Knowledge) -> bool:
    """Whether two figures of the same amount are one statement in other words."""
    first, second = (knowledge.figure_words[figure.figure_id].indicator.singles for figure in (left, right))
    if first <= second or second <= first:
        return True
    alike = likeness(left, right, knowledge) >= _ALIKE_WHERE_RESTATED
    return alike and _levels_of_service(left) == _levels_of_service(right)


def conflicting(figure: Figure, knowledge: Knowledge) -> tuple[Figure, ...]:
    """The figures of other documents that give another value for the same indicator, place, level and time.

    Of each document only its closest figure counts; one that gives the same value settles the matter.
    """
    closest: dict[str, tuple[float, Figure]] = {}
    for other in knowledge.figures:
        if (
            other.document_id == figure.document_id
            or other.level != figure.level
            or other.place != figure.place
        ):
            continue
        if (other.year, other.period, other.role is Role.RESULT) != (
            figure.year,
            figure.period,
            figure.role is Role.RESULT,
        ):
            continue
        alike = likeness(figure, other, knowledge)
        if alike >= _ALIKE_IN_CONFLICT and same_indicator(figure, other, knowledge):
            best = closest.get(other.document_id)
            if best is None or alike > best[0]:
                closest[other.document_id] = (alike, other)
    return tuple(other for _, other in closest.values() if not other.quantity.same_amount(figure.quantity))


_ALIKE, _ALIKE_WHERE_CONTAINED, _CONTAINED, _ALIKE_IN_CONFLICT = 0.6, 0.45, 0.92, 0.7
_ALIKE_WHERE_RESTATED = 0.45
