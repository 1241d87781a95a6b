"""What the register says of a claimed figure: the figures of the same indicator, and how they compare with it.

A figure has the claimed indicator where it holds the claim's words, where what is counted is the same
("doanh nghiệp" is not "hồ sơ") and where nothing turns the one into the opposite of the other. Values are
compared as quantities; a rounded one must say that it is.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from chain.claims.assertions import FigureClaim
from chain.claims.cues import spans_of
from chain.claims.indicators import base_of
from chain.claims.places import without_places
from chain.cues import without
from chain.knowledge import Knowledge, Words, tokens_of, words_of
from chain.matching import same_indicator
from domain.documents import Source
from domain.figures import Comparator, Figure, Level, Quantity, Role
from vietnamese.abbreviations import expand
from vietnamese.folding import fold, syllables
from vietnamese.levels import find_levels
from vietnamese.quantities import find_quantities
from vietnamese.rarity import rarity_of
from vietnamese.tables import table
from vietnamese.times import find_times

_LIGHT = 0.25  # weight of a filler that may still tell two figures apart
_AROUND, _SYNONYM = 0.85, 0.95  # how much a word counts that stands in the headings only, or by a synonym
_HEAD = 2  # words of what is counted that its head has
_CLAUSE, _SHORT_INDICATOR = 0.7, 6  # the same of its sentence, where the indicator has so few words
_UNCOVERED_SHARE = 0.24  # of the claim's weight that a figure of its indicator may lack …
_UNCOVERED_RUN = 2.4  # … and the weight of the longest run of such words …
_UNCOVERED_WORD = 3.2  # … or of a single one
_LEAST_PRECISION = 0.2  # share of a figure's words that the claim must have
_LEAST_ROW_PRECISION = 0.3  # the same of a table row, whose label names it
_UNASKED_ROW = 0.1  # by how much less a row fits a claim that speaks of no project
_QUALIFIER_SHARE = 0.4  # of the weight of what is counted that a claim may leave out
_FAMILY = 0.08  # by how much less a figure may fit and still be of the claimed indicator
_FAR_FAMILY = 0.25  # the same where it measures the same as the one that fits best
_APART = 1.0  # weight by which the words that tell two figures apart must speak for one of them
_CLOSE = 0.10  # by how much less well it may fit and still be the figure meant
_NEAR_SHARE = 0.35  # of a claim's words that a figure of another indicator has
_UNKNOWN, _IN_PLANS, _AT_LARGE = 0.45, 0.5, 0.35  # shares of the two rarities in a word's weight
_MOST_ROUNDED = Decimal("0.025")  # share of a value by which a rounded one may be off


Synonyms = tuple[tuple[range, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What a quantity is a share of, as content words with their weight."""

    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    synonyms: Synonyms


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of text ready to be compared: its content words in order with their weight, and all its words."""

    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    synonyms: Synonyms
    words: Words
    base: Base
    conjuncts: tuple[Base, ...]
    negations: frozenset[str]
    degrees: frozenset[str]

    @property
    def total(self) -> float:
        return sum(self.weights)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a figure has a claim's indicator: `score` orders, `fit` bounds the family, `qualified` tells
    that the figure counts something narrower than the claim says, `negated` that one denies what the other says."""

    figure: Figure
    score: float
    fit: float
    qualified: bool
    negated: bool = False


class Register:
    """The figures of one state of the store, indexed by the words of their indicators."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def _phrases(self) -> dict[str, Phrase]:
        return {figure.figure_id: self._figure_phrase(figure) for figure in self.knowledge.figures}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {figure.figure_id: index for index, figure in enumerate(self.knowledge.figures)}

    @cached_property
    def _positions(self) -> dict[str, set[int]]:
        """Which figures, by their position, hold a word: in their indicator, headings or short sentence."""
        index: dict[str, set[int]] = defaultdict(set)
        for position, figure in enumerate(self.knowledge.figures):
            own = self._phrases[figure.figure_id]
            held = own.words.singles | self.around(figure).singles
            if len(own.tokens) <= _SHORT_INDICATOR:
                held |= self._clause_words(figure)
            for word in held:
                index[word].add(position)
        return index

    @cached_property
    def _by_amount(self) -> dict[object, list[Figure]]:
        index: dict[object, list[Figure]] = defaultdict(list)
        for figure in self.knowledge.figures:
            index[figure.quantity.amount].append(figure)
        return index

    @cached_property
    def _around(self) -> dict[tuple[object, ...], Words]:
        return {}

    def prepare(self) -> None:
        """Work out what is the same for every claim."""
        assert self._positions is not None

    def phrase(self, text: str, base: str, unit: str, own: str = "") -> Phrase:
        """`text` with its content words weighed; `base` what it is a share or count of. `own` is the text that
        tells what is denied, where that is more than `text`."""
        tokens, weights = self._weighed(text)
        return Phrase(
            tokens,
            weights,
            _synonyms_in(tokens),
            words_of(f"{text} . {unit}"),
            self._base(base),
            tuple(self._base(part) for part in base.split(",")),
            _negations(own or text),
            _degrees(text),
        )

    def _base(self, text: str) -> Base:
        tokens, weights = self._weighed(text)
        kept = [(token, weight) for token, weight in zip(tokens, weights, strict=True) if weight > _LIGHT]
        tokens = tuple(token for token, _ in kept)
        return Base(tokens, tuple(weight for _, weight in kept), _synonyms_in(tokens))

    def _figure_phrase(self, figure: Figure) -> Phrase:
        text = without_places(figure.indicator)
        base = without_places(base_of(figure.indicator, figure.quantity_at, figure.quantity))
        return self.phrase(text, base, figure.quantity.unit, without_places(self.statement_of(figure)))

    def statement_of(self, figure: Figure) -> str:
        """The part of the figure's clause between semicolons that states it, without the quantity."""
        text = self.knowledge.passages[figure.passage_id].text
        start = max(text.rfind(";", figure.clause[0], figure.span[0]) + 1, figure.clause[0])
        end = text.find(";", figure.span[1], figure.clause[1])
        return (
            text[start : figure.span[0]] + " " + text[figure.span[1] : end if end >= 0 else figure.clause[1]]
        )

    def _weighed(self, text: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        text = expand(text)
        fillers = spans_of("fillers.phrases", text)
        fillers += spans_of("achieved.phrases", text) + [span for _, span in find_levels(text)]
        light = spans_of("light.phrases", text)
        tokens: list[str] = []
        weights: list[float] = []
        for match in re.finditer(r"[^\W_]+", text):
            weak = any(start <= match.start() < end for start, end in fillers)
            if weak and not any(start <= match.start() < end for start, end in light):
                continue
            for token in tokens_of(match.group()):
                tokens.append(token)
                weights.append(_LIGHT if weak else self._weight(match.group().lower(), token))
        return tuple(tokens), tuple(weights)

    def _weight(self, typed: str, token: str) -> float:
        at_large = min(rarity_of(typed), 6.0)
        if token.isdigit():
            return 1.0
        if not self.knowledge.frequencies[token]:
            return _UNKNOWN * at_large
        return max(_IN_PLANS * min(self.knowledge.rarity(token), 4.0) + _AT_LARGE * at_large, 0.1)

    def around(self, figure: Figure) -> Words:
        """The words of the figure's headings and of its document's title."""
        path = self.knowledge.passages[figure.passage_id].path
        place = figure.document_id, path
        if place not in self._around:
            source = self.knowledge.source_of(figure)
            title = source.about.title or "" if source.about else ""
            self._around[place] = words_of(" . ".join((*path, source.title, title)))
        return self._around[place]

    def _clause_words(self, figure: Figure) -> frozenset[str]:
        return words_of(self.knowledge.passages[figure.passage_id].text[slice(*figure.clause)]).singles

    def near(self, claim: FigureClaim) -> list[Figure]:
        """The figures of another indicator that share part of the claim's words and its value; best first."""
        said = self.phrase(claim.indicator, claim.base, claim.quantity.unit, claim.own)
        scored = []
        for figure in self._by_amount.get(claim.quantity.amount, ()):
            if not same_kind(claim.quantity, figure.quantity):
                continue
            held = _share(said.weights, _cover(said, self._phrases[figure.figure_id].words, None))
            if held >= _NEAR_SHARE:
                scored.append((held, figure))
        return [figure for _, figure in sorted(scored, key=lambda item: -item[0])]

    def holds(self, claim: FigureClaim, text: str) -> bool:
        """Whether `text` has the words of the claim's indicator, and there are some."""
        said = self.phrase(claim.indicator, "", "")
        share, foreign = _missing(said.weights, _cover(said, words_of(text), None))
        return bool(said.total) and share <= _UNCOVERED_SHARE and not foreign

    # ----- the same indicator ----------------------------------------------------------------------------

    def of_indicator(self, claim: FigureClaim) -> list[Likeness]:
        """The figures of the claim's indicator, whatever their scope; best first."""
        said = self.phrase(claim.indicator, claim.base, claim.quantity.unit, claim.own)
        if not said.total:
            return []
        rows = bool(spans_of("rows.words", claim.sentence))
        alike = [found for figure in self._candidates(said) if (found := self._alike(said, figure, rows))]
        if not alike:
            return []
        alike = [found for found in alike if not found.negated] or alike
        best = max(alike, key=lambda found: found.score)
        family = [found for found in alike if self._is_family(found, best)]
        return sorted(family, key=lambda found: (-round(found.score, 6), self._order[found.figure.figure_id]))

    def _is_family(self, found: Likeness, best: Likeness) -> bool:
        """Whether a figure is of the indicator that fits best: it fits nearly as well, or measures the same."""
        if found.fit >= best.fit - _FAMILY:
            return True
        return found.fit >= best.fit - _FAR_FAMILY and same_indicator(
            best.figure, found.figure, self.knowledge
        )

    def means_rather(self, claim: FigureClaim, chosen: Figure, rival: Figure) -> bool:
        """Whether what tells two figures apart is said of `rival` and not of `chosen` ("trong lĩnh vực khác")."""
        said = frozenset(tokens_of(f"{claim.indicator} {claim.base}"))
        first, second = self._phrases[chosen.figure_id], self._phrases[rival.figure_id]

        def balance(one: Phrase, other: Phrase) -> float:
            """What is said of the words that only `one` has, less what is not said of them."""
            apart = {
                token: weight
                for token, weight in zip(one.tokens, one.weights, strict=True)
                if token not in other.words.singles
            }
            return sum(weight if token in said else -weight for token, weight in apart.items())

        return balance(second, first) - balance(first, second) > _APART and not _twins(first, second)

    def _candidates(self, said: Phrase) -> list[Figure]:
        """The figures that could hold enough of the claim's weight, by the index alone."""
        potential: dict[int, float] = defaultdict(float)
        for index, (token, weight) in enumerate(zip(said.tokens, said.weights, strict=True)):
            holding = set(self._positions.get(token, ()))
            for span, others in said.synonyms:
                if index in span:
                    for other in others:
                        holding |= set.intersection(*(self._positions.get(word, set()) for word in other))
            for position in holding:
                potential[position] += weight
        least = (1 - _UNCOVERED_SHARE) * said.total - 1e-6
        chosen = sorted(position for position, weight in potential.items() if weight >= least)
        return [self.knowledge.figures[position] for position in chosen]

    def _alike(self, said: Phrase, figure: Figure, rows: bool) -> Likeness | None:
        own = self._phrases[figure.figure_id]
        if not said.degrees <= own.degrees:
            return None
        cover = _cover(said, own.words, self.around(figure))
        if len(own.tokens) <= _SHORT_INDICATOR:
            cover = self._covered_by_clause(said, figure, cover)
        share, foreign = _missing(said.weights, cover)
        if share > _UNCOVERED_SHARE or foreign:
            return None
        precision = _share(own.weights, _cover(own, said.words, None))
        if precision < (_LEAST_PRECISION if figure.row is None else _LEAST_ROW_PRECISION):
            return None
        if not self._same_base(said, own):
            return None
        pairs = _pairs(said.tokens, own.words)
        unasked = _UNASKED_ROW if figure.row is not None and not rows else 0.0
        fit = 0.75 * (1 - share) + 0.25 * pairs - unasked
        score = 0.5 * (1 - share) + 0.2 * pairs + 0.3 * precision - unasked
        return Likeness(
            figure,
            score,
            fit,
            figure.row is None and self._is_narrower(said, own),
            negated=not said.negations <= own.negations,
        )

    def _covered_by_clause(self, said: Phrase, figure: Figure, cover: Sequence[float]) -> list[float]:
        """An indicator of few words is told by its sentence too ("số nộp ngân sách" of which enterprises)."""
        clause = words_of(self.knowledge.passages[figure.passage_id].text[slice(*figure.clause)]).singles
        return [
            max(have, _CLAUSE if t in clause else 0.0) for have, t in zip(cover, said.tokens, strict=True)
        ]

    @staticmethod
    def _same_base(said: Phrase, own: Phrase) -> bool:
        """What the claim counts is in the figure's words, and the head of what the figure counts in the claim's."""
        if not all(_cover(said.base, own.words, None)):
            return False
        if own.base.tokens and said.base.tokens:
            return all(_cover(own.base, said.words, None)[:_HEAD])
        return True

    @staticmethod
    def _is_narrower(said: Phrase, own: Phrase) -> bool:
        """Whether what the figure counts has qualifiers that the claim leaves out ("doanh nghiệp nhỏ và vừa")."""
        if own.degrees - said.degrees:
            return True
        if not own.base.tokens or not said.base.tokens:
            return False
        held = [_share(part.weights, _cover(part, said.words, None)) for part in own.conjuncts if part.tokens]
        return 1 - max(held, default=1.0) > _QUALIFIER_SHARE


@cache
def _groups() -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(tuple(syllables(phrase)) for phrase in group) for group in table("synonyms")["groups"])


@cache
def _phrases_with(word: str) -> tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
    """The synonym phrases that begin with `word`, each with the others of its group."""
    return tuple(
        (phrase, tuple(other for other in group if other != phrase))
        for group in _groups()
        for phrase in group
        if phrase[:1] == (word,)
    )


def _synonyms_in(tokens: Sequence[str]) -> Synonyms:
    """Where a phrase of the table of synonyms stands in `tokens`, with the others of its group."""
    found = []
    for index, word in enumerate(tokens):
        for phrase, others in _phrases_with(word):
            if tuple(tokens[index : index + len(phrase)]) == phrase:
                found.append((range(index, index + len(phrase)), others))
    return tuple(found)


def _holds(words: Words, phrase: Sequence[str]) -> bool:
    if len(phrase) == 1:
        return phrase[0] in words.singles
    return all(pair in words.pairs for pair in itertools.pairwise(phrase))


def _cover(said: Phrase | Base, words: Words, around: Words | None) -> list[float]:
    """How far each content word is held by `words`, or by those around: 0 to 1. Synonyms count."""
    cover = [1.0 if token in words.singles else 0.0 for token in said.tokens]
    if around is not None:
        cover = [
            have or (_AROUND if token in around.singles else 0.0)
            for have, token in zip(cover, said.tokens, strict=True)
        ]
    for span, others in said.synonyms:
        if min(cover[span.start : span.stop]) < 1 and any(_holds(words, other) for other in others):
            for position in span:
                cover[position] = max(cover[position], _SYNONYM)
    return cover


def _twins(left: Phrase, right: Phrase) -> bool:
    """Whether two indicators have the same content words."""
    return frozenset(left.tokens) == frozenset(right.tokens)


def _missing(weights: Sequence[float], cover: Sequence[float]) -> tuple[float, bool]:
    """The share of weight that is not covered, and whether a run of uncovered words says something else."""
    total = sum(weights)
    lost = sum(weight * (1 - have) for weight, have in zip(weights, cover, strict=True))
    runs = [
        [weight for weight, _ in run]
        for uncovered, run in itertools.groupby(zip(weights, cover, strict=True), lambda pair: pair[1] < 0.5)
        if uncovered
    ]
    foreign = any(sum(run) > (_UNCOVERED_RUN if len(run) > 1 else _UNCOVERED_WORD) for run in runs)
    return (lost / total if total else 0.0), foreign


def _share(weights: Sequence[float], cover: Sequence[float]) -> float:
    total = sum(weights)
    return sum(w * c for w, c in zip(weights, cover, strict=True)) / total if total else 0.0


def _pairs(tokens: Sequence[str], words: Words) -> float:
    pairs = list(itertools.pairwise(tokens))
    return sum(pair in words.pairs for pair in pairs) / len(pairs) if pairs else 1.0


def _negations(text: str) -> frozenset[str]:
    """What is negated: the folded word behind each "không"; the numbers' own comparators are none."""
    masked = without(text, [match.span for match in find_quantities(text)] + spans_of("negation.none", text))
    found = set()
    for _, end in spans_of("negation.words", masked):
        behind = syllables(masked[end : end + 30])
        found.add(behind[0] if behind else "")
    return frozenset(found)


def _degrees(text: str) -> frozenset[str]:
    """The levels of service and the ages: "mức độ 3, 4" is {3, 4}, "từ 15 tuổi trở lên" {15}."""
    found = re.findall(
        r"(?:muc(?:\s+do)?|cap\s+do)\s+(\d(?:\s*(?:,|va|-|–)\s*\d)*)(?!\d|[.,]\d|\s*%)", fold(text)
    )
    ages = re.findall(r"(\d+)\s+tuoi", fold(text))
    return frozenset([digit for part in found for digit in re.findall(r"\d", part)] + ages)


# ----- scope ---------------------------------------------------------------------------------------------


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
    if figure.year is not None:
        return figure.year == scope.year
    if figure.period is not None:
        return figure.period[1] == scope.year
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
    return bool(spans_of(f"levels.{level.value}", without(text, spans_of("levels.others", text))))


def role_holds(claim: FigureClaim, figure: Figure, clause: str) -> bool:
    """A target is no result, and a result no target."""
    if claim.achieved and figure.role in (Role.TARGET, Role.BUDGET):
        return bool(spans_of("achieved.phrases", clause))
    return not (claim.targeted and not claim.achieved and figure.role is Role.RESULT)


# ----- values --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a claimed quantity stands to the plan's: the same, rounded, with another comparator, or what is wrong."""

    wrong: str | None = None  # value, unit or comparator
    rounded: bool = False
    other_word: bool = False


_UP, _DOWN = {Comparator.GREATER, Comparator.AT_LEAST}, {Comparator.LESS, Comparator.AT_MOST}


def compared(claim: FigureClaim, figure: Figure, siblings: Iterable[Figure] = ()) -> Comparison:
    """The claim's quantity beside the figure's. `siblings`: the same indicator elsewhere, which a round value
    must not be taken from ("27%" of another period is not 27,3% rounded)."""
    ours, theirs = claim.quantity, figure.quantity
    if theirs.value is None or ours.value is None:
        return Comparison("value")
    if not same_unit(ours, theirs, claim.sentence, figure):
        return Comparison("unit" if _same_numeral(ours, theirs) else "value")
    if ours.amount == theirs.amount and ours.value_max == theirs.value_max:
        return _directions(claim, figure)
    if _is_rounded(claim, theirs) and not any(
        other.quantity.amount == ours.amount and other.quantity.base_unit == theirs.base_unit
        for other in siblings
    ):
        return Comparison(rounded=True)
    return Comparison("unit" if _same_numeral(ours, theirs) else "value")


def _directions(claim: FigureClaim, figure: Figure) -> Comparison:
    ours, theirs = claim.comparator, figure.quantity.comparator
    if ours is theirs:
        return Comparison()
    if (ours in _UP and theirs in _DOWN) or (ours in _DOWN and theirs in _UP):
        return Comparison("comparator")
    if ours in _DOWN:  # below what is stated as such is another statement
        return Comparison("comparator")
    if (
        ours is Comparator.GREATER
        and theirs is Comparator.EQUAL
        and (figure.role is Role.RESULT or figure.quantity.amount == 100)
    ):
        return Comparison("comparator")
    return Comparison(other_word=True)


def _same_numeral(ours: Quantity, theirs: Quantity) -> bool:
    return ours.value == theirs.value


def same_unit(ours: Quantity, theirs: Quantity, sentence: str, figure: Figure) -> bool:
    left, right = ours.base_unit, theirs.base_unit
    if left == right:
        return True
    measures = ("%", "‰", "điểm", "đồng", "USD", "euro", "lần")
    if left.startswith(measures) or right.startswith(measures):
        growth = re.search(r"(?<!\w)(?:moi nam|hang nam|binh quan|tang truong|mot nam)(?!\w)", fold(sentence))
        return {left, right} == {"%", "%/năm"} and bool(growth)
    first, second = syllables(left), syllables(right)
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and (
        longer[: len(shorter)] == shorter or set(first) <= set(tokens_of(figure.indicator))
    )


def same_kind(ours: Quantity, theirs: Quantity) -> bool:
    """Whether both are shares, both money, both multiples or both counts."""
    return _kind(ours.base_unit) == _kind(theirs.base_unit)


def _kind(base: str) -> str:
    if base.startswith(("%", "‰", "điểm")):
        return "share"
    if base.split("/")[0] in {"đồng", "USD", "euro"}:
        return "money"
    return "factor" if base == "lần" else "count"


@cache
def _rounding_words() -> dict[str, frozenset[str]]:
    return {key: frozenset(map(fold, words)) for key, words in table("claims")["rounding"].items()}


def _is_rounded(claim: FigureClaim, theirs: Quantity) -> bool:
    """Whether the claim says that its value is round, and it is the plan's value rounded so."""
    ours = claim.quantity.amount
    true = theirs.amount
    if ours is None or true is None or not true or ours == true or claim.quantity.value_max is not None:
        return False
    if abs(ours - true) > abs(true) * _MOST_ROUNDED:
        return False
    step = _last_digit(ours)
    says = {
        key for key, words in _rounding_words().items() if any(_word_in(word, claim.word) for word in words)
    }
    if not (says and step > _last_digit(true)):
        return False
    if "below" in says and ours > true:
        return ours - true <= step
    if "above" in says and ours < true and not theirs.base_unit.startswith("%"):
        return true - ours < step
    return "around" in says and abs(ours - true) * 2 <= step


def _word_in(word: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def _last_digit(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero: 1000 for 53000, 0.5 has 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def is_close(found: Likeness, best: Likeness) -> bool:
    return found.score >= best.score - _CLOSE
