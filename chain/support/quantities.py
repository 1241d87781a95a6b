"""The quantities of a sentence that a model wrote, each against the register's figures of the cited passages.

A sentence and its passages in; the figures that bear it out, or the reason why one quantity has none. A number
holds where a figure has the same value, unit, comparator, year, place and level, and no other fits the words better.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chain.evidence import EvidenceSet
from chain.knowledge import Knowledge, tokens_of
from chain.stated import Scope, Stated, StatedQuantity
from chain.support.agreement import gravity, mismatches, same_quantity, same_service_level
from chain.support.context import Context
from chain.support.passages import BareQuantity, CitedPassage, bare
from chain.support.topics import Topics, WeightedWords, is_telling
from chain.synonyms import widened
from chain.understanding import Reading
from domain.answers import AnswerFigure
from domain.figures import Figure

_TEXT_COVERAGE = 0.55  # share of a sentence's words that one of the text with the same quantity must hold
_INDICATOR_COVERAGE = 0.4  # share of the words of what is measured that the figure's surroundings must hold
_RIVAL_MARGIN = 0.06  # by how much another figure must fit the words better to be the one meant
_BY_SYNONYM = 0.6  # of a word that an indicator says in other words
_UNKNOWN_WORD = 0.6  # of a word that stands nowhere in the plans
_ENOUGH_WORDS = 3  # of what a quantity measures, that the next one needs none from before it

Candidate = tuple[Figure, CitedPassage]


@dataclass(frozen=True, slots=True)
class QuantityChecker:
    """Finds the figures that bear a sentence's quantities out."""

    evidence: EvidenceSet
    reading: Reading
    knowledge: Knowledge
    topics: Topics

    def figures(
        self, stated: Stated, passages: Sequence[CitedPassage], context: Context
    ) -> tuple[list[AnswerFigure], str | None]:
        """The figures, or the reason why a quantity does not hold; one of them is empty."""
        found: list[AnswerFigure] = []
        earlier: tuple[str, ...] = ()
        for claim in stated.quantities:
            words = self._measured(claim, (earlier, context.lent_words, self.reading.words))
            scope = context.implied(claim.scope, self.reading)
            entry, reason = self._figure(claim, scope, words, stated.form, passages)
            if reason:
                return [], reason
            if entry:
                found.append(entry)
            earlier = claim.words if len(claim.words) >= _ENOUGH_WORDS else earlier + claim.words
        return found, None

    def _figure(
        self,
        claim: StatedQuantity,
        scope: Scope,
        measured: Iterator[WeightedWords],
        sentence: str,
        passages: Sequence[CitedPassage],
    ) -> tuple[AnswerFigure | None, str | None]:
        """The figure that bears `claim` out, or the reason why none does."""
        if claim.denied:
            return None, "negation"
        levels = self.reading.query.levels
        judged = [
            (mismatches(claim, scope, figure, passage, sentence, levels), figure, passage)
            for passage in passages
            for figure in passage.item.figures
        ]
        holding = [(figure, passage) for wrong, figure, passage in judged if not wrong]
        if not holding:
            return self._without_record(claim, scope, passages, [wrong for wrong, _, _ in judged])
        rivals = [
            (figure, passage)
            for wrong, figure, passage in judged
            if wrong
            and set(wrong) <= {"value", "comparator"}
            and not figure.quantity.same_amount(claim.quantity)
            and same_service_level(claim, figure)
        ]
        for words in measured:
            best, passage = max(holding, key=lambda pair: self._affinity(words, *pair))
            if self._is_meant(words, best, passage, rivals) and same_service_level(claim, best):
                return AnswerFigure(best, (passage.item.key,)), None
        return None, "indicator"

    def _without_record(
        self,
        claim: StatedQuantity,
        scope: Scope,
        passages: Sequence[CitedPassage],
        judged: Sequence[tuple[str, ...]],
    ) -> tuple[AnswerFigure | None, str | None]:
        """A quantity that no record bears out: computed, or in the text alone, or wrong."""
        cited = {passage.item.key for passage in passages}
        for entry in self.evidence.computed:
            if set(entry.citations) & cited and same_quantity(claim, entry.figure):
                return entry, None
        registered = any("value" not in wrong and "unit" not in wrong for wrong in judged)
        known = bare(claim.quantity, claim.comparator)
        if not registered and not scope.level and self._stands_in_text(known, claim, passages):
            return None, None
        reasons = min(judged, key=lambda wrong: (gravity(wrong), len(wrong)), default=("value",))
        return None, reasons[0]

    def _stands_in_text(
        self, known: BareQuantity, claim: StatedQuantity, passages: Sequence[CitedPassage]
    ) -> bool:
        """Whether a sentence of the passages states this quantity in the words of the claim."""
        words = self.topics.content(tokens_of(claim.text))
        total = math.fsum(weight for _, weight in words)
        return any(
            quantity == known
            and math.fsum(weight for word, weight in words if word in said) >= _TEXT_COVERAGE * total
            for passage in passages
            for quantity, said in passage.quantities
        )

    # ----- what is measured ------------------------------------------------------------------------------

    def _measured(self, claim: StatedQuantity, lenders: Sequence[Sequence[str]]) -> Iterator[WeightedWords]:
        """The content words of what the claim measures; where they are few, `lenders` lend theirs.

        A second reading has the words of its own part alone, without a subject that it may not have."""
        words = claim.words
        for lent in lenders:
            if is_telling(words):
                break
            words += tuple(lent)
        yield self.topics.content(words)
        if claim.own_words != words and is_telling(claim.own_words):
            yield self.topics.content(claim.own_words)

    def _is_meant(
        self, words: WeightedWords, figure: Figure, passage: CitedPassage, rivals: Sequence[Candidate]
    ) -> bool:
        """Whether the words speak of this figure's indicator, and of no rival's more."""
        own = self._affinity(words, figure, passage)
        if any(self._affinity(words, *rival) > own + _RIVAL_MARGIN for rival in rivals):
            return False
        return self._indicator_coverage(words, figure, passage) >= _INDICATOR_COVERAGE

    def _affinity(self, words: WeightedWords, figure: Figure, passage: CitedPassage) -> float:
        """How well the words fit the figure's indicator, 0 to 1: their share that it holds, and the cosine of both."""
        own = passage.figure_words[figure.figure_id]
        of_words = math.fsum(weight for _, weight in words)
        of_figure = math.fsum(weight for _, weight in self.topics.content(own))
        if not of_words or not of_figure:
            return 0.0
        held, near = frozenset(own), widened(frozenset(own))
        common = math.fsum(
            weight * (1.0 if word in held else _BY_SYNONYM) for word, weight in words if word in near
        )
        return float(0.6 * common / of_words + 0.4 * common / (of_words * of_figure) ** 0.5)

    def _indicator_coverage(self, words: WeightedWords, figure: Figure, passage: CitedPassage) -> float:
        """The share of the words that the figure's indicator, clause, headings and title hold."""
        item = passage.item
        around = (figure.indicator, passage.clause_of(figure), *item.passage.path, item.source.title)
        held = widened(frozenset(tokens_of(" ".join(around))))
        known = [
            (word, weight * (1.0 if word in self.knowledge.frequencies else _UNKNOWN_WORD))
            for word, weight in words
        ]
        total = math.fsum(weight for _, weight in known)
        return math.fsum(weight for word, weight in known if word in held) / total if total else 1.0
