"""The value of a claimed figure against the figures of the plans that hold when and where it is said to.

A claim and figures of its indicator and scope in, a `Finding` out: supported, perhaps with notes, where one of
them says so and none of higher rank says otherwise; else contradicted, or not supported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chain.claims.assertions import FigureClaim
from chain.drafting import plain_text
from chain.matching import same_indicator
from chain.verdicts.figure_evidence import FigureEvidence
from chain.verdicts.findings import Finding
from chain.verdicts.quantities import Comparison, compared
from chain.verdicts.register import Likeness, Register
from chain.verdicts.rows import RowJudge
from domain.claims import Reason, Verdict
from domain.figures import Figure
from vietnamese.quantities import format_quantity

_GRAVITY = {"comparator": 0, "unit": 1, "value": 2}  # what is least wrong is shown

Compared = tuple[Likeness, Comparison]


@dataclass(frozen=True, slots=True)
class ValueJudge:
    """The verdict on a claimed value, once its scope is found in the plans."""

    register: Register
    rows: RowJudge
    evidence: FigureEvidence

    def judge(self, claim: FigureClaim, found: Sequence[Likeness], alike: Sequence[Likeness]) -> Finding:
        """`found`: the figures of the claim's scope, best first; `alike`: those of its indicator, of any scope."""
        siblings = [one.figure for one in alike if one not in found]
        whole = [one for one in found if not one.qualified] or found
        close = [one for one in whole if one.is_close_to(whole[0])]
        results = [(one, compared(claim, one.figure, siblings)) for one in close]
        wrong = [pair for pair in results if pair[1].wrong is not None]
        holding = [
            (one, result)
            for one, result in results
            if result.wrong is None
            and not any(self._means_rather(claim, one.figure, rival.figure) for rival, _ in wrong)
        ]
        if not holding:
            return self.contradicted(claim, wrong or results)
        one, result = min(
            holding, key=lambda pair: (pair[1].rounded, self.evidence.authority(pair[0].figure))
        )
        agreeing = [other.figure for other, _ in holding]
        return self._held(claim, one, result, agreeing, self._rivals(one.figure, results))

    def _held(
        self,
        claim: FigureClaim,
        one: Likeness,
        result: Comparison,
        agreeing: Sequence[Figure],
        rivals: Sequence[Figure],
    ) -> Finding:
        """A figure has the claimed value; what may still stand against the claim."""
        figure = one.figure
        if claim.denied:
            quotes = self.evidence.quotes([figure])
            return Finding(Verdict.CONTRADICTED, Reason.INDICATOR, "denied", figure=figure, quotes=quotes)
        if one.qualified:
            return self._narrower(figure)
        if not self.rows.superlative_holds(claim, figure):
            verdict = Verdict.NOT_SUPPORTED if figure.row is None else Verdict.CONTRADICTED
            return self._shown(verdict, Reason.INDICATOR, "not_extreme", figure)
        if rivals and self.evidence.authority(rivals[0]) < self.evidence.authority(figure):
            values = self.evidence.values(rivals[0]) | {"other": self.evidence.document(figure)}
            return Finding(
                Verdict.CONTRADICTED, Reason.VALUE, "disagree_lower", values, rivals[0],
                quotes=self.evidence.quotes([rivals[0], figure]),
            )  # fmt: skip
        return self._supported(claim, figure, result, rivals, agreeing)

    def _supported(
        self,
        claim: FigureClaim,
        figure: Figure,
        result: Comparison,
        rivals: Sequence[Figure],
        agreeing: Sequence[Figure],
    ) -> Finding:
        notes, values = [], self.evidence.values(figure)
        if result.rounded:
            notes.append("rounded")
        elif result.other_word:
            notes.append("other_comparator")
        if not claim.scope.timed and (figure.year or figure.period):
            notes.append("year_not_said")
        if rivals:
            notes.append("disagree")
            values["other"] = self.evidence.document(rivals[0])
            values["other_quantity"] = format_quantity(rivals[0].quantity)
        ranked = sorted(agreeing, key=self.evidence.authority)
        return Finding(
            Verdict.SUPPORTED, None, " ".join(notes) or None, values, figure,
            quotes=self.evidence.quotes([figure, *rivals, *(other for other in ranked if other is not figure)]),
        )  # fmt: skip

    def contradicted(self, claim: FigureClaim, results: Sequence[Compared]) -> Finding:
        """No figure of the scope has the claimed value, or none that is what the claim means."""
        if all(result.wrong is None for _, result in results):
            return self._narrower(results[0][0].figure)
        one, result = min(
            results,
            key=lambda pair: (
                _GRAVITY[pair[1].wrong or "value"],
                -pair[0].score,
                self.evidence.authority(pair[0].figure),
            ),
        )
        if claim.denied:
            return self._shown(Verdict.NOT_SUPPORTED, Reason.INDICATOR, "plan_says", one.figure)
        if summed := self.rows.summed(claim, one.figure):
            return summed
        same = [other.figure for other, verdict in results if verdict.wrong == result.wrong]
        saying = [figure for figure in same if figure.quantity.same_amount(one.figure.quantity)]
        shown = min([one.figure, *saying], key=self.evidence.authority)
        return Finding(
            Verdict.CONTRADICTED, Reason(result.wrong or "value"), "plan_says", self.evidence.values(shown),
            shown, quotes=self.evidence.quotes([shown, *saying, *same]),
        )  # fmt: skip

    def _narrower(self, figure: Figure) -> Finding:
        """The plans give it for something narrower than the claim says, or not quite the same."""
        return Finding(
            Verdict.NOT_SUPPORTED, Reason.INDICATOR, "narrower", {"indicator": plain_text(figure.indicator)},
            figure, quotes=self.evidence.quotes([figure]),
        )  # fmt: skip

    def _shown(self, verdict: Verdict, reason: Reason, note: str, figure: Figure) -> Finding:
        values, quotes = self.evidence.values(figure), self.evidence.quotes([figure])
        return Finding(verdict, reason, note, values, figure, quotes=quotes)

    def _means_rather(self, claim: FigureClaim, chosen: Figure, rival: Figure) -> bool:
        """Whether another figure of the same document and scope is what the claim's words are about."""
        scopes = [
            (f.document_id, f.year, f.period, f.place, f.level, f.quantity.base_unit) for f in (chosen, rival)
        ]
        return scopes[0] == scopes[1] and self.register.means_rather(claim, chosen, rival)

    def _rivals(self, figure: Figure, results: Sequence[Compared]) -> list[Figure]:
        """Figures of other documents that give another value in the same scope, the most authoritative first."""
        rivals = [
            one.figure
            for one, result in results
            if result.wrong is not None
            and one.figure.document_id != figure.document_id
            and (one.figure.year, one.figure.period, one.figure.level, one.figure.place)
            == (figure.year, figure.period, figure.level, figure.place)
            and same_indicator(figure, one.figure, self.register.knowledge)
        ]
        return sorted(rivals, key=self.evidence.authority)
