"""How a figure of the plans is shown beside a claim: its quotation, what fills a note, its document's rank.

Figures in; quotations and values for the wording out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chain.drafting import document_name, level_text, plain_text
from chain.knowledge import Knowledge
from chain.verdicts.findings import Quote
from domain.figures import Figure
from prompts.wording import Wording
from vietnamese.quantities import format_quantity


@dataclass(frozen=True, slots=True)
class FigureEvidence:
    """What a finding shows of figures, in the wording of one language."""

    knowledge: Knowledge
    wording: Wording

    def quotes(self, figures: Iterable[Figure]) -> tuple[Quote, ...]:
        """The clauses that state the figures, each once."""
        quotes: dict[tuple[str, str], Quote] = {}
        for figure in figures:
            passage = self.knowledge.passages[figure.passage_id]
            text = self.knowledge.clause_of(figure)
            quotes.setdefault((passage.passage_id, text), Quote(passage, text))
        return tuple(quotes.values())

    def authority(self, figure: Figure) -> tuple[int, int]:
        return self.knowledge.source_of(figure).authority

    def document(self, figure: Figure) -> str:
        return document_name(self.knowledge.source_of(figure), self.wording)

    def values(self, figure: Figure) -> dict[str, object]:
        """What fills the notes of prompts/wording."""
        when = f"{figure.period[0]}–{figure.period[1]}" if figure.period else str(figure.year or "")
        return {
            "quantity": format_quantity(figure.quantity),
            "when": when or self.wording.text("answer.no_year"),
            "place": figure.place or "",
            "level": level_text(figure.level, self.wording) or self.wording.text("answer.no_level"),
            "indicator": plain_text(figure.indicator),
            "document": self.document(figure),
        }
