"""Where the collection disagrees with itself: indicators of two values, and totals that do not add up.

A store's knowledge in, conflicts out, each with its figures and what they stand in. Two deadlines of one
indicator are no conflict; nor are two documents that both give several values, one of them in common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chain.knowledge import Knowledge
from chain.matching import conflicting
from chain.sums import stated_against_sum
from domain.answers import Citation
from domain.claims import FigureSide
from domain.documents import Passage
from domain.figures import Figure


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two figures that cannot both hold, the more authoritative first; `computed`: the second is a sum of `rows`."""

    figure: Figure
    other: Figure
    computed: bool = False
    rows: tuple[Passage, ...] = ()

    def sides(self, knowledge: Knowledge) -> tuple[FigureSide, FigureSide]:
        """Both figures with the quotations that bear them out."""

        def quoted(figure: Figure) -> tuple[Citation, ...]:
            passage = knowledge.passages[figure.passage_id]
            return (Citation(1, knowledge.source_of(figure), passage, passage.text[slice(*figure.clause)]),)

        rows = tuple(
            Citation(key, knowledge.source_of(row), row, row.text)
            for key, row in enumerate(self.rows, start=1)
        )
        return FigureSide(self.figure, quoted(self.figure)), FigureSide(
            self.other, rows if self.computed else quoted(self.other), self.computed
        )


def find_conflicts(knowledge: Knowledge) -> tuple[Conflict, ...]:
    """All conflicts of the collection, in the order of its documents."""
    return (*_disagreements(knowledge), *_totals(knowledge))


def _disagreements(knowledge: Knowledge) -> Iterator[Conflict]:
    """One conflict for each pair of documents and thing they disagree about."""
    seen: set[tuple[object, ...]] = set()
    for figure in knowledge.figures:
        for other in conflicting(figure, knowledge):
            first, second = sorted((figure, other), key=lambda one: knowledge.source_of(one).authority)
            mark = (
                first.document_id, second.document_id, first.year, first.period, first.place, first.level,
                first.quantity.amount, second.quantity.amount,
            )  # fmt: skip
            if mark not in seen:
                seen.add(mark)
                yield Conflict(first, second)


def _totals(knowledge: Knowledge) -> Iterator[Conflict]:
    """Totals that a document states beside the sums of its own tables."""
    seen: set[tuple[str, object, object]] = set()
    for figure in knowledge.figures:
        mismatch = stated_against_sum(figure, knowledge)
        if mismatch is None:
            continue
        total, rows = mismatch
        mark = (figure.document_id, figure.quantity.amount, total.quantity.amount)
        if mark not in seen:
            seen.add(mark)
            yield Conflict(figure, total, True, rows)
