"""Whether what a model wrote stands in the evidence that it cites, sentence by sentence.

A number holds where a figure of a cited passage has the same value, unit, comparator, year, place and level,
and no other figure of these passages fits the sentence's words better. What fails is struck out with its
reason; what rests on nothing is marked. Order of the sentences matters: labels and years carry on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from chain.evidence import EvidenceItem, EvidenceSet
from chain.knowledge import Knowledge, tokens_of
from chain.stated import Scope, Stated, StatedQuantity, numerals_of, read_sentence
from chain.understanding import Reading
from chain.written_numbers import plain, with_numerals
from domain.answers import AnswerFigure, Removed
from domain.figures import Figure, Role
from prompts.wording import Wording
from vietnamese.abbreviations import expand
from vietnamese.folding import fold, syllables
from vietnamese.levels import find_levels
from vietnamese.places import find_places
from vietnamese.quantities import find_quantities
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import find_times

_PROSE_COVERAGE = 0.55  # share of a sentence's content words that the cited passages must hold
_ENOUGH_PAIRS = 0.35  # share of neighbouring words that stand side by side in the passage
_PROSE_COVERAGE_UNCITED = 0.75  # of a sentence that names no passage, by the one that it is then given
_ON_TOPIC_COVERAGE = 0.4  # by one passage, of an uncited sentence that may stand, marked
_INDICATOR_COVERAGE = 0.4  # share of the words of what is measured that the figure's surroundings must hold
_RIVAL_MARGIN = 0.06  # by how much another figure must fit the words better to be the one meant
_FEW_WORDS = 1.15  # weights of content words below which what is measured is taken from the sentence before
_BY_SYNONYM = 0.6  # of a word that an indicator says in other words
_SINGLE_FILLER = 0.15  # share of the weight of a syllable that says nothing, or is another without diacritics
_KEYS = re.compile(r"\s*[\[【](\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)[\]】]")
_OPENING = re.compile(r"(?<!\w)(?:sau|sau day|duoi day|nhu sau|the following|as follows)[.…*]*$")
_LEAD = re.compile(r"^(?:\s|[-+*]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)*")


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence after its check. `text` is what is shown; `supported` tells that it states something proven."""

    text: str
    supported: bool = False
    refusal: bool = False
    keys: tuple[int, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(slots=True)
class _Context:
    """What the sentences before lend to the next one."""

    label: Scope = field(default_factory=Scope)
    label_words: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    words: tuple[str, ...] = ()


class _Passage:
    """An evidence item with what its text holds, read once."""

    def __init__(self, item: EvidenceItem) -> None:
        self.item = item
        self.text = item.text
        self.folded = _squeezed(item.text)

    @cached_property
    def spelled(self) -> frozenset[str]:
        return frozenset(_spelled(self.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(itertools.pairwise(_spelled(self.text)))

    @cached_property
    def figure_words(self) -> dict[str, tuple[str, ...]]:
        return {figure.figure_id: tokens_of(figure.indicator) for figure in self.item.figures}

    @cached_property
    def years(self) -> frozenset[int]:
        years = {year for time in find_times(self.text) for year in (time.first, time.last)}
        years |= {figure.year for figure in self.item.figures if figure.year}
        years |= {year for figure in self.item.figures for year in figure.period or ()}
        return frozenset(years | {day.year for day in self.dates})

    @cached_property
    def dates(self) -> frozenset[date]:
        source = self.item.source
        issued = [source.issued_on, source.about.issued_on if source.about else None]
        found = [time.day for time in find_times(self.text)]
        return frozenset(day for day in (*issued, *found) if day is not None)

    @cached_property
    def periods(self) -> frozenset[tuple[int, int]]:
        said = {(time.first, time.last) for time in find_times(self.text) if time.first != time.last}
        return frozenset(said | {figure.period for figure in self.item.figures if figure.period})

    @cached_property
    def numerals(self) -> frozenset[str]:
        return frozenset(numerals_of(self.text, find_times(self.text)))

    @cached_property
    def places(self) -> frozenset[str]:
        named = {place for place, _ in find_places(self.text)}
        return frozenset(named | ({self.item.source.place} if self.item.source.place else set()))

    @cached_property
    def loose(self) -> tuple[tuple[tuple[object, ...], frozenset[str]], ...]:
        """Quantities of the text that the register may not hold: amount, unit, comparator, and the words of
        their sentences."""
        found = []
        for start, end in sentence_spans(self.item.body):
            sentence = with_numerals(self.item.body[start:end])
            words = frozenset(tokens_of(sentence))
            for match in find_quantities(sentence):
                quantity = match.quantity
                known = (quantity.amount, quantity.base_unit, quantity.comparator, quantity.value_max)
                found.append((known, words))
        return tuple(found)


class SentenceChecker:
    """Checks the sentences of one answer, in order."""

    def __init__(
        self,
        evidence: EvidenceSet,
        reading: Reading,
        knowledge: Knowledge,
        wording: Wording,
        english: bool = False,
    ) -> None:
        self._evidence = evidence
        self._passages = {item.key: _Passage(item) for item in evidence.items}
        self._reading = reading
        self._knowledge = knowledge
        self._wording = wording
        self._english = english
        self._context = _Context()
        self._question_years = frozenset((*reading.query.years, *(reading.query.period or ())))
        self._question_text = _squeezed(f"{reading.query.question} {reading.query.standalone}")

    def check(self, sentence: str) -> Checked:
        """The sentence as it may be shown. White space and list marks around it stay as they are."""
        sentence = plain(sentence)
        lead = _LEAD.match(sentence)
        start = lead.end() if lead else 0
        body = sentence[start:].rstrip()
        tail = sentence[start + len(body) :]
        if not body:
            return Checked(sentence)
        checked = self._checked(sentence[:start], body)
        return replace(checked, text=sentence[:start] + checked.text + tail)

    # ----- one sentence ----------------------------------------------------------------------------------

    def _checked(self, lead: str, body: str) -> Checked:
        named = [int(key) for match in _KEYS.finditer(body) for key in re.findall(r"\d+", match[1])]
        keys = tuple(dict.fromkeys(key for key in named if key in self._passages))
        unknown = [key for key in dict.fromkeys(named) if key not in self._passages]
        bare = _KEYS.sub("", body).strip()
        lost = tuple(self._removal(f"[{key}]", "key") for key in unknown)
        if not re.search(r"\w", bare):
            return Checked("".join(f"[{key}]" for key in keys), keys=keys, removed=lost)
        stated = read_sentence(bare, self._english)
        if _is_label(lead, bare, stated):
            return self._label(bare, stated, keys, lost)
        if self._is_refusal(stated):
            return self._refusal(bare, keys, stated, lost)
        if unknown and not keys:
            if stated.has_numbers or stated.names:
                return self._struck(bare, "key", lost)
            return self._uncited(bare, stated, lost)
        if not keys:
            return self._uncited(bare, stated, lost)
        return self._cited(bare, stated, keys, lost)

    def _cited(self, bare: str, stated: Stated, keys: tuple[int, ...], lost: tuple[Removed, ...]) -> Checked:
        passages = [self._passages[key] for key in keys]
        found, reason = self._support(stated, passages)
        if reason:
            return self._struck(bare, reason, lost)
        self._carry(stated)
        return Checked(_with_marks(bare, keys), supported=True, keys=keys, figures=tuple(found), removed=lost)

    def _uncited(self, bare: str, stated: Stated, lost: tuple[Removed, ...]) -> Checked:
        """A sentence without a key: it takes that of the one passage that bears it out, else it is no answer."""
        for passage in self._passages.values():
            found, reason = self._support(stated, [passage])
            proven = found or self._coverage(stated, [passage]) >= _PROSE_COVERAGE_UNCITED
            if not reason and proven:
                self._carry(stated)
                key = passage.item.key
                text = _with_marks(bare, (key,))
                return Checked(text, supported=True, keys=(key,), figures=tuple(found), removed=lost)
        nearest = max((self._coverage(stated, [p]) for p in self._passages.values()), default=0.0)
        if stated.has_numbers or stated.names or stated.quotations or stated.links:
            return self._struck(bare, "link" if stated.links else "no_citation", lost)
        if nearest < _ON_TOPIC_COVERAGE:
            return self._struck(bare, "no_citation", lost)
        mark = self._wording.text("generated.unproven")
        return Checked(f"{_balanced(bare)} {mark}", removed=(*lost, self._removal(bare, "no_citation")))

    def _label(self, bare: str, stated: Stated, keys: tuple[int, ...], lost: tuple[Removed, ...]) -> Checked:
        """A heading or an opening line ("Đến năm 2030:"): it lends its scope to what follows."""
        passages = [self._passages[key] for key in keys] or list(self._passages.values())
        found: list[AnswerFigure] = []
        reason = self._outside(stated, passages)
        if not reason and stated.quantities:
            found, reason = self._quantities(stated, passages)
        self._context = _Context(label=stated.scope, label_words=tokens_of(bare), words=tokens_of(bare))
        if reason:
            return self._struck(bare, reason, lost)
        return Checked(
            _with_marks(bare, keys), supported=bool(found), keys=keys, figures=tuple(found), removed=lost
        )

    def _is_refusal(self, stated: Stated) -> bool:
        return bool(_refusals().search(fold(stated.form))) and not stated.quantities

    def _refusal(
        self, bare: str, keys: tuple[int, ...], stated: Stated, lost: tuple[Removed, ...]
    ) -> Checked:
        reason = self._outside(stated, [self._passages[key] for key in keys], asked=True)
        if reason:
            return self._struck(bare, reason, lost)
        return Checked(_with_marks(bare, keys), refusal=True, keys=keys, removed=lost)

    def _struck(self, bare: str, reason: str, lost: tuple[Removed, ...]) -> Checked:
        text = re.sub(r"\*\*|__", "", bare).strip()
        return Checked(f"~~{text}~~", removed=(*lost, self._removal(text, reason)))

    def _removal(self, text: str, reason: str) -> Removed:
        return Removed(text, self._wording.text(f"removed.{reason}"))

    def _carry(self, stated: Stated) -> None:
        """Lend the sentence's scope and topic to the next one."""
        if stated.scope.timed:
            self._context.scope = stated.scope
        elif stated.years:
            self._context.scope = Scope()
        words = tuple(word for quantity in stated.quantities for word in quantity.words)
        self._context.words = words if len(words) >= 4 else self._context.words + words

    def new_paragraph(self) -> None:
        """What a paragraph said no longer holds for the next; a label goes on for its list."""
        self._context.scope = Scope()

    # ----- support ---------------------------------------------------------------------------------------

    def _support(self, stated: Stated, passages: Sequence[_Passage]) -> tuple[list[AnswerFigure], str | None]:
        """The figures that bear the sentence out, and the reason why it does not hold; one of them is empty."""
        reason = self._outside(stated, passages) or self._misquoted(stated, passages)
        if reason:
            return [], reason
        found, reason = self._quantities(stated, passages)
        if reason:
            return [], reason
        if not stated.quantities and not self._is_prose_proven(stated, passages):
            return [], "no_support"
        return found, None

    def _outside(self, stated: Stated, passages: Sequence[_Passage], asked: bool = False) -> str | None:
        """What the sentence names and no passage holds: a date, year, place, number, name or address.

        `asked`: what the question names may be named too (a sentence that says that nothing is given)."""
        years = frozenset().union(*(passage.years for passage in passages)) if passages else frozenset()
        text = " ".join(passage.folded for passage in passages) + (self._question_text if asked else "")
        if stated.links:
            return "link"
        if any(day not in passage_dates for day in stated.dates for passage_dates in [_dates(passages)]):
            return "date"
        if any(year not in years and not (asked and year in self._question_years) for year in stated.years):
            return "year"
        periods = {(time.first, time.last) for time in stated.times if time.first != time.last}
        if not asked and any(
            period not in passage_periods for period in periods for passage_periods in [_periods(passages)]
        ):
            return "year"
        places = frozenset().union(*(passage.places for passage in passages)) if passages else frozenset()
        if any(place not in places and not (asked and fold(place) in text) for place in stated.places):
            return "place"
        if any(not _holds_number(text, number) for number in stated.numbers):
            return "number"
        if any(not self._holds_numeral(numeral, passages, asked) for numeral in stated.numerals):
            return "numeral"
        if any(not _holds_words(text, words) for words in (*stated.fractions, *stated.names)):
            return "numeral" if any(not _holds_words(text, words) for words in stated.fractions) else "name"
        return None

    def _holds_numeral(self, numeral: str, passages: Sequence[_Passage], asked: bool) -> bool:
        if any(numeral in passage.numerals for passage in passages):
            return True
        return asked and bool(
            re.search(rf"(?<![\d.,]){re.escape(numeral)}(?![\d.,]\d|\d)", self._question_text)
        )

    def _misquoted(self, stated: Stated, passages: Sequence[_Passage]) -> str | None:
        for quotation in stated.quotations:
            form = _squeezed(quotation).strip(" .,;:…")
            parts = [part.strip(" .,;:") for part in re.split(r"…|\.\.\.|\[|\]", form) if part.strip(" .,;:")]
            if not all(any(part in passage.folded for passage in passages) for part in parts):
                return "quotation"
        return None

    def _is_prose_proven(self, stated: Stated, passages: Sequence[_Passage]) -> bool:
        if self._english:
            return bool(stated.quotations) or self._coverage(stated, passages) >= _PROSE_COVERAGE
        return self._coverage(stated, passages) >= _PROSE_COVERAGE

    def _coverage(self, stated: Stated, passages: Sequence[_Passage]) -> float:
        """The share of the sentence's content words that the passages hold, by weight; less where few of its
        words stand side by side there."""
        held = frozenset().union(*(passage.spelled for passage in passages)) if passages else frozenset()
        spelled = _spelled(stated.form)
        weights = dict(self._content([fold(word) for word in spelled]))
        total = sum(weights.get(fold(word), 0.0) for word in spelled)
        common = sum(weights.get(fold(word), 0.0) for word in spelled if word in held)
        paired = list(itertools.pairwise(spelled))
        pairs = frozenset().union(*(passage.pairs for passage in passages)) if passages else frozenset()
        together = sum(pair in pairs for pair in paired) / len(paired) if paired else 0.0
        return common / total * min(1.0, together / _ENOUGH_PAIRS) if total else 0.0

    def _content(self, words: Sequence[str]) -> list[tuple[str, float]]:
        """Words, each once, with their weights; those that say nothing of a topic weigh next to nothing."""
        weights: dict[str, float] = {}
        for word, share in _topic(words):
            weight = share * max(self._knowledge.rarity(word), 0.1)
            weights[word] = max(weight, weights.get(word, 0.0))
        return list(weights.items())

    # ----- quantities ------------------------------------------------------------------------------------

    def _quantities(
        self, stated: Stated, passages: Sequence[_Passage]
    ) -> tuple[list[AnswerFigure], str | None]:
        found: list[AnswerFigure] = []
        earlier: tuple[str, ...] = ()
        for claim in stated.quantities:
            entry, reason = self._quantity(claim, stated, passages, earlier)
            if reason:
                return [], reason
            if entry:
                found.append(entry)
            earlier = claim.words if len(claim.words) >= 3 else earlier + claim.words
        return found, None

    def _quantity(
        self, claim: StatedQuantity, stated: Stated, passages: Sequence[_Passage], earlier: tuple[str, ...]
    ) -> tuple[AnswerFigure | None, str | None]:
        """The figure that bears `claim` out, or the reason why none does."""
        if claim.denied:
            return None, "negation"
        scope = self._implied(claim.scope)
        judged = [
            (self._mismatches(claim, scope, figure, passage, stated), figure, passage)
            for passage in passages
            for figure in passage.item.figures
        ]
        holding = [(figure, passage) for wrong, figure, passage in judged if not wrong]
        if not holding:
            return self._without_record(claim, scope, passages, [wrong for wrong, _, _ in judged])
        rivals = [
            (figure, other)
            for wrong, figure, other in judged
            if wrong
            and set(wrong) <= {"value", "comparator"}
            and not figure.quantity.same_amount(claim.quantity)
            and _same_service_level(claim, figure)
        ]
        for words in self._measured(claim, earlier):
            best, passage = max(holding, key=lambda pair: self._affinity(words, pair[0], pair[1]))
            if self._is_meant(words, best, passage, rivals) and _same_service_level(claim, best):
                return AnswerFigure(best, (passage.item.key,)), None
        return None, "indicator"

    def _is_meant(
        self,
        words: Sequence[tuple[str, float]],
        figure: Figure,
        passage: _Passage,
        rivals: Sequence[tuple[Figure, _Passage]],
    ) -> bool:
        """Whether the words speak of this figure's indicator, and of no rival's more."""
        own = self._affinity(words, figure, passage)
        if any(self._affinity(words, rival, other) > own + _RIVAL_MARGIN for rival, other in rivals):
            return False
        return self._indicator_coverage(words, figure, passage) >= _INDICATOR_COVERAGE

    def _without_record(
        self,
        claim: StatedQuantity,
        scope: Scope,
        passages: Sequence[_Passage],
        judged: Sequence[tuple[str, ...]],
    ) -> tuple[AnswerFigure | None, str | None]:
        """A quantity that no record bears out: computed, or in the text alone, or wrong."""
        cited = {passage.item.key for passage in passages}
        for entry in self._evidence.computed:
            if set(entry.citations) & cited and _same_quantity(claim, entry.figure):
                return entry, None
        quantity = claim.quantity
        known = (quantity.amount, quantity.base_unit, claim.comparator, quantity.value_max)
        registered = any("value" not in wrong and "unit" not in wrong for wrong in judged)
        if not registered and not scope.level and self._stands_in_text(known, claim, passages):
            return None, None
        reasons = min(judged, key=lambda wrong: (_gravity(wrong), len(wrong)), default=("value",))
        return None, reasons[0]

    def _stands_in_text(
        self, known: tuple[object, ...], claim: StatedQuantity, passages: Sequence[_Passage]
    ) -> bool:
        """Whether a sentence of the passages states this quantity in the words of the claim."""
        words = self._content(tokens_of(claim.text))
        total = sum(weight for _, weight in words)
        return any(
            quantity == known
            and sum(weight for word, weight in words if word in said) >= _PROSE_COVERAGE * total
            for passage in passages
            for quantity, said in passage.loose
        )

    def _mismatches(
        self, claim: StatedQuantity, scope: Scope, figure: Figure, passage: _Passage, stated: Stated
    ) -> tuple[str, ...]:
        """In what the figure differs from the claim, gravest first."""
        wrong = []
        same_numeral = claim.quantity.value == figure.quantity.value
        if not _same_quantity(claim, figure, yearly=_says_yearly(stated.form)):
            wrong.append("unit" if same_numeral else "value")
        if claim.comparator != figure.quantity.comparator:
            wrong.append("comparator")
        if not _same_time(scope, figure, passage):
            wrong.append("year")
        if scope.place and scope.place != figure.place:
            wrong.append("place")
        if not self._same_level(scope, figure, passage):
            wrong.append("level")
        if claim.achieved and figure.role is Role.TARGET and not _says_achieved(figure, passage):
            wrong.append("role")
        return tuple(wrong)

    def _implied(self, scope: Scope) -> Scope:
        """The scope with what its label, the sentence before and the question leave to be understood."""
        label, before, query = self._context.label, self._context.scope, self._reading.query
        year, period = scope.year, scope.period
        if not scope.timed:
            lender = label if label.timed else before
            year, period = lender.year, lender.period
            if (
                not lender.timed
                and len(query.years) == 1
                and not query.period
                and not self._reading.comparing
            ):
                year = query.years[0]
        place = scope.place or label.place or (query.places[0] if len(query.places) == 1 else None)
        level = scope.level or label.level
        return replace(scope, year=year, period=period, place=place, level=level)

    def _same_level(self, scope: Scope, figure: Figure, passage: _Passage) -> bool:
        if scope.level is None:
            asked = self._reading.query.levels
            return figure.level is None or (len(asked) == 1 and figure.level == asked[0])
        if figure.level is not None:
            return figure.level == scope.level
        clause = passage.item.body[slice(*figure.clause)]
        named = {level for level, _ in find_levels(f"{figure.indicator} . {clause}", short=True)}
        return scope.level in named

    # ----- what is measured ------------------------------------------------------------------------------

    def _measured(self, claim: StatedQuantity, earlier: tuple[str, ...]) -> Iterator[list[tuple[str, float]]]:
        """The content words of what the claim measures; where they are few, those before lend theirs.

        A second reading has the words of its own part alone, without a subject that it may not have."""
        words = claim.words
        for lent in (earlier, self._context.label_words or self._context.words, self._reading.words):
            if _is_telling(words):
                break
            words += tuple(lent)
        yield self._content(words)
        if claim.own_words != words and _is_telling(claim.own_words):
            yield self._content(claim.own_words)

    def _affinity(self, words: Sequence[tuple[str, float]], figure: Figure, passage: _Passage) -> float:
        """How well the words fit the figure's indicator, 0 to 1: their share that it holds, and the cosine of both."""
        own = passage.figure_words[figure.figure_id]
        of_words = sum(weight for _, weight in words)
        of_figure = sum(weight for _, weight in self._content(own))
        if not of_words or not of_figure:
            return 0.0
        held, near = frozenset(own), _widened(frozenset(own))
        common = sum(
            weight * (1.0 if word in held else _BY_SYNONYM) for word, weight in words if word in near
        )
        return float(0.6 * common / of_words + 0.4 * common / (of_words * of_figure) ** 0.5)

    def _indicator_coverage(
        self, words: Sequence[tuple[str, float]], figure: Figure, passage: _Passage
    ) -> float:
        clause = passage.item.body[slice(*figure.clause)]
        around = " ".join((figure.indicator, clause, *passage.item.passage.path, passage.item.source.title))
        held = _widened(frozenset(tokens_of(around)))
        known = [
            (word, weight * (1.0 if word in self._knowledge.frequencies else 0.6)) for word, weight in words
        ]
        total = sum(weight for _, weight in known)
        return sum(weight for word, weight in known if word in held) / total if total else 1.0


# ----- comparisons ---------------------------------------------------------------------------------------


def _same_quantity(claim: StatedQuantity, figure: Figure, yearly: bool = False) -> bool:
    ours, theirs = claim.quantity, figure.quantity
    if ours.amount != theirs.amount or ours.value_max != theirs.value_max:
        return False
    return _same_unit(ours.base_unit, theirs.base_unit, yearly)


def _same_unit(ours: str, theirs: str, yearly: bool) -> bool:
    if ours == theirs:
        return True
    measures = ("%", "‰", "điểm", "đồng", "USD", "euro", "lần")
    if ours.startswith(measures) or theirs.startswith(measures):
        return yearly and ours == "%" and theirs == "%/năm"
    left, right = fold(ours).split(), fold(theirs).split()
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _says_yearly(text: str) -> bool:
    return bool(
        re.search(
            r"(?<!\w)(?:moi nam|hang nam|hằng năm|mot nam|binh quan nam|per year|a year|annual\w*|each year)(?!\w)",
            fold(text),
        )
    )


def _same_time(scope: Scope, figure: Figure, passage: _Passage) -> bool:
    if scope.relative_to is not None and scope.relative_to != figure.relative_to:
        clause = passage.item.body[slice(*figure.clause)]
        if str(scope.relative_to) not in clause:
            return False
    if scope.period is not None:
        if figure.period is not None:
            return figure.period == scope.period
        return scope.period in passage.periods and figure.year in (None, scope.period[1])
    if scope.year is None:
        return True
    if figure.year is not None:
        return figure.year == scope.year
    if figure.period is not None:
        return figure.period[1] == scope.year
    return scope.year in passage.years


def _same_service_level(claim: StatedQuantity, figure: Figure) -> bool:
    """ "mức độ 3" and "mức độ 4" are different things."""

    def degrees(text: str) -> frozenset[str]:
        found = re.findall(r"(?:muc(?:\s+do)?|level)\s+(\d(?:\s*(?:,|va|and|-)\s*\d)*)", fold(text))
        return frozenset(digit for part in found for digit in re.findall(r"\d", part))

    ours, theirs = degrees(claim.text), degrees(figure.indicator)
    return not ours or not theirs or ours == theirs


def _says_achieved(figure: Figure, passage: _Passage) -> bool:
    clause = fold(passage.item.body[slice(*figure.clause)])
    return bool(re.search(r"(?<!\w)da(?!\w)", clause)) or figure.year is None


_GRAVITY = {"value": 8, "unit": 4, "comparator": 2}


def _gravity(wrong: Sequence[str]) -> int:
    return sum(_GRAVITY.get(reason, 1) for reason in wrong)


def _dates(passages: Sequence[_Passage]) -> frozenset[date]:
    return frozenset(day for passage in passages for day in passage.dates)


def _periods(passages: Sequence[_Passage]) -> frozenset[tuple[int, int]]:
    return frozenset(period for passage in passages for period in passage.periods)


def _squeezed(text: str) -> str:
    """Folded, white space made one space, none around the marks of numbers."""
    text = re.sub(r"[*_|\"“”]", "", fold(text))
    return re.sub(r"\s*([/–-])\s*", r"\1", re.sub(r"\s+", " ", text)).replace("–", "-")


def _holds_number(text: str, number: str) -> bool:
    form = re.escape(_squeezed(number))
    return bool(re.search(rf"(?<![\w/.,-]){form}(?!\w|[.,]\d|%| %| ty| trieu)", text))


def _holds_words(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_squeezed(words))}(?!\w)", text))


def _spelled(text: str) -> list[str]:
    """The syllables with their diacritics, in lower case, abbreviations written out."""
    return re.findall(r"[^\W_]+", expand(text).lower())


def _widened(words: frozenset[str]) -> frozenset[str]:
    """`words` with those of the phrases that people use for the same."""
    more = set(words)
    for group in table("synonyms")["groups"]:
        phrases = [syllables(phrase) for phrase in group]
        if any(all(word in words for word in phrase) for phrase in phrases):
            more.update(word for phrase in phrases for word in phrase)
    return frozenset(more)


@cache
def _filler_phrases() -> tuple[frozenset[tuple[str, ...]], frozenset[str], int]:
    """Folded phrases that say nothing of a topic, those of one syllable apart, and the length of the longest."""
    phrases = [tuple(syllables(phrase)) for phrase in table("generated")["fillers"]["words"]]
    several = frozenset(phrase for phrase in phrases if len(phrase) > 1)
    return several, frozenset(p[0] for p in phrases if len(p) == 1), max(len(p) for p in phrases)


def _topic(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The words with a share of weight: none for phrases that say nothing, little for such single syllables."""
    several, single, longest = _filler_phrases()
    index = 0
    while index < len(words):
        size = next((n for n in range(longest, 1, -1) if tuple(words[index : index + n]) in several), 0)
        if size:
            index += size
            continue
        word = words[index]
        index += 1
        if not word.isdigit():
            yield word, _SINGLE_FILLER if word in single else 1.0


def _is_telling(words: Sequence[str]) -> bool:
    """Whether the words say what is measured; "tỷ lệ này" does not."""
    return sum(share for _, share in _topic(words)) >= _FEW_WORDS


@cache
def _refusals() -> re.Pattern[str]:
    phrases = "|".join(re.escape(fold(phrase)) for phrase in table("generated")["refusals"]["phrases"])
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")


# ----- marks ---------------------------------------------------------------------------------------------


def _is_label(lead: str, bare: str, stated: Stated) -> bool:
    """A heading, a line in bold alone, or one that a colon ends."""
    wholly_bold = bool(re.fullmatch(r"\*\*[^*]+\*\*:?", bare))
    short = len(bare) <= 160
    if "#" in lead or bare.rstrip("*").endswith(":") or _OPENING.search(fold(bare)):
        return short
    return wholly_bold and not stated.quantities and short


def _balanced(text: str) -> str:
    return text if text.count("**") % 2 == 0 else text.replace("**", "")


def _with_marks(text: str, keys: Iterable[int]) -> str:
    """`text` with its keys in front of the mark that ends it."""
    marks = _marks(keys)
    if not marks:
        return _balanced(text)
    body, mark = re.fullmatch(r"(.*?)([.;:!?]?)", _balanced(text).rstrip(), re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{body.rstrip()} {marks}{mark}"


def _marks(keys: Iterable[int]) -> str:
    return "".join(f"[{key}]" for key in keys)
