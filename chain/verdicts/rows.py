"""A claimed figure against whole tables of the plans: rows counted, rows added up, the largest and smallest row.

A claim in, a `Finding` out, or none where no table speaks of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chain.claims.assertions import FigureClaim
from chain.claims.cues import says, words_at
from chain.sums import stated_against_sum
from chain.verdicts.documents import Documents
from chain.verdicts.figure_evidence import FigureEvidence
from chain.verdicts.findings import Finding, Quote
from chain.verdicts.register import Register
from domain.claims import Reason, Verdict
from domain.documents import Passage
from domain.figures import Figure
from ingest.table_figures import is_total_row
from vietnamese.folding import fold


@dataclass(frozen=True, slots=True)
class RowJudge:
    """What the rows of a table, taken together, say of a claimed figure."""

    register: Register
    documents: Documents
    evidence: FigureEvidence

    def counted(self, claim: FigureClaim) -> Finding | None:
        """A number of projects, against the rows of a table that lists them; null where none does."""
        if claim.quantity.base_unit not in words_at("rows.words"):
            return None
        knowledge = self.register.knowledge
        named = {source.document_id for source in self.documents.bearing(claim.numbers)}
        for (document_id, _), rows in knowledge.rows_by_table.items():
            listed = [row for row in rows if not is_total_row(row)]
            source = knowledge.sources[document_id]
            if (named and document_id not in named) or not self._is_listed(claim, listed, source.title):
                continue
            if claim.scope.place_said and source.place not in (None, claim.scope.place):
                continue
            same = claim.quantity.value == len(listed)
            return Finding(
                Verdict.SUPPORTED if same else Verdict.CONTRADICTED, None if same else Reason.VALUE,
                "counted_rows", {"count": len(listed)}, quotes=_quotes_of(listed),
            )  # fmt: skip
        return None

    def _is_listed(self, claim: FigureClaim, rows: Sequence[Passage], title: str) -> bool:
        """Whether the headings over the rows have what is counted, and with the title what is said of it."""
        heads = " . ".join((*rows[0].path, *rows[0].columns)) if rows else ""
        listed = fold(claim.quantity.base_unit) in fold(heads)
        return listed and self.register.holds(claim, f"{heads} . {title}")

    def summed(self, claim: FigureClaim, figure: Figure) -> Finding | None:
        """The claimed total is what the rows of the table add up to, where the plan states another."""
        mismatch = stated_against_sum(figure, self.register.knowledge)
        if mismatch is None or mismatch[0].quantity.amount != claim.quantity.amount:
            return None
        total, rows = mismatch
        quotes = (*self.evidence.quotes([figure]), *_quotes_of(rows))
        values = self.evidence.values(figure)
        return Finding(Verdict.SUPPORTED, None, "sum_of_rows", values, total, computed=True, quotes=quotes)

    def superlative_holds(self, claim: FigureClaim, figure: Figure) -> bool:
        """Whether a row that is called the largest or smallest of its table is; no figure of prose is known to be."""
        knowledge = self.register.knowledge
        if claim.extreme is None or says(f"superlatives.{claim.extreme}", knowledge.clause_of(figure)):
            return True
        passage = knowledge.passages[figure.passage_id]
        amounts = [
            other.quantity.amount
            for row in knowledge.rows_by_table.get((passage.document_id, passage.table or 0), ())
            for other in knowledge.figures_by_passage.get(row.passage_id, ())
            if other.quantity.base_unit == figure.quantity.base_unit and other.quantity.amount is not None
        ]
        extreme = max if claim.extreme == "largest" else min
        return figure.row is not None and bool(amounts) and figure.quantity.amount == extreme(amounts)


def _quotes_of(rows: Sequence[Passage]) -> tuple[Quote, ...]:
    return tuple(Quote(row, row.text) for row in rows)
