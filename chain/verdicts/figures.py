"""A claimed figure against the plans: constraint by constraint the field narrows, then values are compared.

A `FigureClaim` in, a `Finding` out. A verdict is never better than what is said of the same indicator, place,
time, level and role; chain.verdicts.values judges what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chain.claims.assertions import FigureClaim
from chain.knowledge import Knowledge
from chain.verdicts.documents import Documents, number_of
from chain.verdicts.figure_evidence import FigureEvidence
from chain.verdicts.findings import Finding
from chain.verdicts.quantities import compared, same_kind
from chain.verdicts.register import Likeness, Register
from chain.verdicts.rows import RowJudge
from chain.verdicts.scopes import level_holds, place_holds, role_holds, time_holds
from chain.verdicts.values import ValueJudge
from domain.claims import Reason, Verdict
from domain.figures import Figure
from prompts.wording import Wording


class FigureJudge:
    """The verdict on a claimed figure, against one state of the store."""

    def __init__(self, register: Register, documents: Documents, wording: Wording) -> None:
        self._knowledge: Knowledge = register.knowledge
        self._register = register
        self._documents = documents
        self._evidence = FigureEvidence(register.knowledge, wording)
        self._rows = RowJudge(register, documents, self._evidence)
        self._values = ValueJudge(register, self._rows, self._evidence)

    def judge(self, claim: FigureClaim) -> Finding:
        alike = [found for found in self._register.of_indicator(claim) if found.figure.quantity.date is None]
        same = [found for found in alike if same_kind(claim.quantity, found.figure.quantity)]
        if counted := self._rows.counted(claim):
            return counted
        if not same:
            return self._of_another_kind(claim, alike)
        if same[0].negated:
            claim = replace(claim, denied=True)
        if claim.scope.below:
            return self._elsewhere(Reason.PLACE, claim, same)
        for reason, holds in (
            (Reason.PLACE, self._in_place),
            (Reason.YEAR, self._in_time),
            (Reason.LEVEL, self._at_level),
            (Reason.ROLE, self._in_role),
        ):
            kept = holds(claim, same)
            if not kept:
                return self._narrowed(reason, claim, same)
            same = kept
        return self._in_document(claim, self._values.judge(claim, same, alike))

    # ----- the scope -------------------------------------------------------------------------------------

    def _in_place(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if place_holds(claim, one.figure)]

    def _in_time(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if time_holds(claim, one.figure, self._knowledge.source_of(one.figure))]

    def _at_level(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if level_holds(claim, one.figure)]

    def _in_role(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [
            one for one in found if role_holds(claim, one.figure, self._register.statement_of(one.figure))
        ]

    def _narrowed(self, reason: Reason, claim: FigureClaim, found: Sequence[Likeness]) -> Finding:
        """Nothing at the claimed place, time, level or in its role."""
        if reason is Reason.LEVEL and claim.scope.level is None:
            results = [(one, compared(claim, one.figure)) for one in found]
            if all(result.wrong for one, result in results if one.is_close_to(found[0])):
                return self._values.contradicted(claim, results)
        return self._elsewhere(reason, claim, found)

    def _elsewhere(self, reason: Reason, claim: FigureClaim, found: Sequence[Likeness]) -> Finding:
        close = [one.figure for one in found if one.is_close_to(found[0])]
        close.sort(key=lambda figure: (_distance(claim, figure), self._evidence.authority(figure)))
        return Finding(
            Verdict.NOT_SUPPORTED, reason, f"other_{reason.value}", self._evidence.values(close[0]), close[0],
            quotes=self._evidence.quotes(close),
        )  # fmt: skip

    # ----- nothing of this indicator ---------------------------------------------------------------------

    def _of_another_kind(self, claim: FigureClaim, alike: Sequence[Likeness]) -> Finding:
        """The indicator is there in another unit, or under another name, or not at all."""
        same_numeral = [one for one in alike if one.figure.quantity.value == claim.quantity.value]
        kept = self._in_time(claim, self._in_place(claim, same_numeral))
        if not kept:
            return self._near(claim)
        figure = kept[0].figure
        return Finding(
            Verdict.CONTRADICTED, Reason.UNIT, "plan_says", self._evidence.values(figure), figure,
            quotes=self._evidence.quotes([figure]),
        )  # fmt: skip

    def _near(self, claim: FigureClaim) -> Finding:
        """Nothing of this indicator; where the claimed value is another's in the same scope, that is shown."""
        if claim.scope.below:
            return Finding(Verdict.NOT_FOUND)
        for figure in self._register.near(claim):
            source = self._knowledge.source_of(figure)
            if place_holds(claim, figure) and time_holds(claim, figure, source):
                return Finding(
                    Verdict.NOT_FOUND, Reason.INDICATOR, "near_value", self._evidence.values(figure),
                    quotes=self._evidence.quotes([figure]),
                )  # fmt: skip
        return Finding(Verdict.NOT_FOUND)

    # ----- the document ----------------------------------------------------------------------------------

    def _in_document(self, claim: FigureClaim, finding: Finding) -> Finding:
        """The document that the claim names must be the one that says so."""
        if not claim.numbers or finding.verdict is not Verdict.SUPPORTED or finding.figure is None:
            return finding
        named = self._documents.bearing(claim.numbers)
        holders = {quote.passage.document_id for quote in finding.quotes}
        if holders & {source.document_id for source in named}:
            return finding
        number = number_of(self._knowledge.source_of(finding.figure))
        return replace(
            finding,
            verdict=Verdict.NOT_SUPPORTED if named else Verdict.CONTRADICTED,
            reason=Reason.NUMBER,
            note="other_number",
            values={"number": number or self._evidence.document(finding.figure)},
        )


def _distance(claim: FigureClaim, figure: Figure) -> tuple[bool, bool, int]:
    """The figure of the same value first, then the one nearest in place and time."""
    year = figure.last_year or 0
    wanted = claim.scope.year or (claim.scope.period[1] if claim.scope.period else year)
    return (
        figure.quantity.amount != claim.quantity.amount,
        not place_holds(claim, figure),
        abs(year - wanted),
    )
