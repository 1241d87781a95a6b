"""The figures of the plans by what they measure: those of a claimed indicator, best first.

A claimed figure in, `Likeness`es out, whatever their scope and value. A figure has the claimed indicator where it
holds the claim's words, where what is counted is the same ("doanh nghiệp" is not "hồ sơ") and where nothing
turns the one into the opposite of the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from chain.claims.assertions import FigureClaim
from chain.claims.cues import says
from chain.claims.indicators import base_of
from chain.claims.places import without_places
from chain.knowledge import Knowledge, Words, tokens_of, words_of
from chain.matching import same_indicator
from chain.verdicts.coverage import are_twins, covered, covered_share, missing, pairs_held
from chain.verdicts.phrases import Phrase, PhraseReader
from chain.verdicts.quantities import same_kind
from domain.figures import Figure

_HEAD = 2  # words of what is counted that its head has
_CLAUSE, _SHORT_INDICATOR = (
    0.7,
    6,
)  # how much a word of its sentence counts, where the indicator has so few words
_UNCOVERED_SHARE = 0.24  # of the claim's weight that a figure of its indicator may lack
_LEAST_PRECISION = 0.2  # share of a figure's words that the claim must have
_LEAST_ROW_PRECISION = 0.3  # the same of a table row, whose label names it
_UNASKED_ROW = 0.1  # by how much less a row fits a claim that speaks of no project
_QUALIFIER_SHARE = 0.4  # of the weight of what is counted that a claim may leave out
_FAMILY = 0.08  # by how much less a figure may fit and still be of the claimed indicator
_FAR_FAMILY = 0.25  # the same where it measures the same as the one that fits best
_APART = 1.0  # weight by which the words that tell two figures apart must speak for one of them
_CLOSE = 0.10  # by how much less well it may fit and still be the figure meant
_NEAR_SHARE = 0.35  # of a claim's words that a figure of another indicator has


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a figure has a claim's indicator: `score` orders, `fit` bounds the family, `qualified` tells
    that the figure counts something narrower than the claim says, `negated` that one denies what the other says."""

    figure: Figure
    score: float
    fit: float
    qualified: bool
    negated: bool = False

    def is_close_to(self, best: Likeness) -> bool:
        return self.score >= best.score - _CLOSE


class Register:
    """The figures of one state of the store, indexed by the words of their indicators."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.phrases = PhraseReader(knowledge)
        self._around: dict[tuple[str, tuple[str, ...]], Words] = {}

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

    def prepare(self) -> None:
        """Work out what is the same for every claim."""
        assert self._positions is not None

    def _figure_phrase(self, figure: Figure) -> Phrase:
        text = without_places(figure.indicator)
        base = without_places(base_of(figure.indicator, figure.quantity_at, figure.quantity))
        return self.phrases.phrase(
            text, base, figure.quantity.unit, without_places(self.statement_of(figure))
        )

    def _claim_phrase(self, claim: FigureClaim) -> Phrase:
        return self.phrases.phrase(claim.indicator, claim.base, claim.quantity.unit, claim.own)

    def statement_of(self, figure: Figure) -> str:
        """The part of the figure's clause between semicolons that states it, without the quantity."""
        text = self.knowledge.passages[figure.passage_id].text
        start = max(text.rfind(";", figure.clause[0], figure.span[0]) + 1, figure.clause[0])
        end = text.find(";", figure.span[1], figure.clause[1])
        return (
            text[start : figure.span[0]] + " " + text[figure.span[1] : end if end >= 0 else figure.clause[1]]
        )

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
        return words_of(self.knowledge.clause_of(figure)).singles

    def near(self, claim: FigureClaim) -> list[Figure]:
        """The figures of another indicator that share part of the claim's words and its value; best first."""
        said = self._claim_phrase(claim)
        scored = []
        for figure in self._by_amount.get(claim.quantity.amount, ()):
            if not same_kind(claim.quantity, figure.quantity):
                continue
            held = covered_share(said, self._phrases[figure.figure_id].words)
            if held >= _NEAR_SHARE:
                scored.append((held, figure))
        return [figure for _, figure in sorted(scored, key=lambda item: -item[0])]

    def holds(self, claim: FigureClaim, text: str) -> bool:
        """Whether `text` has the words of the claim's indicator, and there are some."""
        said = self.phrases.phrase(claim.indicator)
        share, foreign = missing(said.weights, covered(said, words_of(text)))
        return bool(said.total) and share <= _UNCOVERED_SHARE and not foreign

    # ----- the same indicator ----------------------------------------------------------------------------

    def of_indicator(self, claim: FigureClaim) -> list[Likeness]:
        """The figures of the claim's indicator, whatever their scope; best first."""
        said = self._claim_phrase(claim)
        if not said.total:
            return []
        rows = says("rows.words", claim.sentence)
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
            return math.fsum(weight if token in said else -weight for token, weight in apart.items())

        return balance(second, first) - balance(first, second) > _APART and not are_twins(first, second)

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
        cover: Sequence[float] = covered(said, own.words, self.around(figure))
        if len(own.tokens) <= _SHORT_INDICATOR:
            cover = self._covered_by_clause(said, figure, cover)
        share, foreign = missing(said.weights, cover)
        if share > _UNCOVERED_SHARE or foreign:
            return None
        precision = covered_share(own, said.words)
        if precision < (_LEAST_PRECISION if figure.row is None else _LEAST_ROW_PRECISION):
            return None
        if not self._same_base(said, own):
            return None
        pairs = pairs_held(said.tokens, own.words)
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
        clause = self._clause_words(figure)
        return [
            max(have, _CLAUSE if t in clause else 0.0) for have, t in zip(cover, said.tokens, strict=True)
        ]

    @staticmethod
    def _same_base(said: Phrase, own: Phrase) -> bool:
        """What the claim counts is in the figure's words, and the head of what the figure counts in the claim's."""
        if not all(covered(said.base, own.words)):
            return False
        if own.base.tokens and said.base.tokens:
            return all(covered(own.base, said.words)[:_HEAD])
        return True

    @staticmethod
    def _is_narrower(said: Phrase, own: Phrase) -> bool:
        """Whether what the figure counts has qualifiers that the claim leaves out ("doanh nghiệp nhỏ và vừa")."""
        if own.degrees - said.degrees:
            return True
        if not own.base.tokens or not said.base.tokens:
            return False
        held = [covered_share(part, said.words) for part in own.conjuncts if part.tokens]
        return 1 - max(held, default=1.0) > _QUALIFIER_SHARE
