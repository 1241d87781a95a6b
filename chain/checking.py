"""Claims of a text checked against the plans: a verdict each, with the plan's own words beside it.

`check_text` is all that the doors call. Extractive: the same text gives the same report every time. A verdict
is never better than what is said of the same indicator, place, level and time; what is unclear is not supported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chain.claim_documents import Documents, Finding, Quote, number_of
from chain.claim_figures import (
    Comparison,
    Likeness,
    Register,
    compared,
    is_close,
    level_holds,
    place_holds,
    role_holds,
    same_kind,
    time_holds,
)
from chain.claims.assertions import Assertion, DateClaim, FigureClaim, NumberClaim, PersonClaim
from chain.claims.cues import spans_of
from chain.claims.cutting import cut
from chain.drafting import document_name, level_text, plain_text
from chain.knowledge import Knowledge
from chain.matching import same_indicator
from chain.sums import stated_against_sum
from domain.answers import AnswerFigure, Citation
from domain.claims import CheckedClaim, CheckReport, Reason, Verdict
from domain.documents import Passage
from domain.figures import Figure
from ingest.table_figures import is_total_row
from prompts.wording import Wording
from vietnamese.folding import fold
from vietnamese.quantities import format_quantity
from vietnamese.tables import table

Progress = Callable[[int, int], None]
_MOST_QUOTES = 3


class Checker:
    """Checks texts against one state of the store. Safe to share between threads: it holds no text."""

    def __init__(self, knowledge: Knowledge, wording: Wording, today: date) -> None:
        self.knowledge = knowledge
        self._wording = wording
        self._today = today
        self._register = Register(knowledge)
        self._documents = Documents(knowledge, self._register)
        self._register.prepare()

    def check(self, text: str, progress: Progress | None = None) -> CheckReport:
        """The claims of `text` with their verdicts; `progress` is told how many of how many are done."""
        started = time.perf_counter()
        found = cut(text, self._today)
        evidence = _Evidence(self.knowledge)
        checked = []
        for index, assertion in enumerate(found.assertions):
            if progress:
                progress(index, len(found.assertions))
            checked.append(self._checked(assertion, evidence))
        if progress:
            progress(len(checked), len(checked))
        return CheckReport(tuple(checked), found.unchecked, (time.perf_counter() - started) * 1000)

    def _checked(self, assertion: Assertion, evidence: _Evidence) -> CheckedClaim:
        finding = self._finding(assertion)
        citations = tuple(evidence.cite(quote) for quote in finding.quotes[:_MOST_QUOTES])
        keys = tuple(citation.key for citation in citations)
        return CheckedClaim(
            claim=assertion.claim,
            verdict=finding.verdict,
            reason=finding.reason,
            note=self._note(finding),
            figure=AnswerFigure(finding.figure, keys[:1], finding.computed) if finding.figure else None,
            evidence=tuple(dict.fromkeys(citations)),
        )

    def _note(self, finding: Finding) -> str | None:
        if finding.note is None:
            return None
        return " ".join(
            self._wording.text(f"check.{note}", **finding.values) for note in finding.note.split()
        )

    def _finding(self, assertion: Assertion) -> Finding:
        match assertion:
            case FigureClaim():
                return FigureJudge(self.knowledge, self._register, self._documents, self._wording).judge(
                    assertion
                )
            case PersonClaim():
                return self._documents.judge_person(assertion)
            case DateClaim():
                return self._documents.judge_date(assertion)
            case NumberClaim():
                return self._documents.judge_number(assertion)


class _Evidence:
    """The citations of one report: the same quotation has the same key throughout."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._citations: dict[tuple[str, str], Citation] = {}

    def cite(self, quote: Quote) -> Citation:
        place = quote.passage.passage_id, quote.text.strip()
        if place not in self._citations:
            source = self._knowledge.source_of(quote.passage)
            self._citations[place] = Citation(len(self._citations) + 1, source, quote.passage, place[1])
        return self._citations[place]


# ----- figures -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureJudge:
    """The verdict on one claimed figure: constraint by constraint the field narrows, then values are compared."""

    knowledge: Knowledge
    register: Register
    documents: Documents
    wording: Wording

    def judge(self, claim: FigureClaim) -> Finding:
        alike = [found for found in self.register.of_indicator(claim) if found.figure.quantity.date is None]
        same = [found for found in alike if same_kind(claim.quantity, found.figure.quantity)]
        if counted := self._counted(claim):
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
        return self._in_document(claim, self._valued(claim, same, alike))

    # ----- the scope -------------------------------------------------------------------------------------

    def _in_place(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if place_holds(claim, one.figure)]

    def _in_time(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if time_holds(claim, one.figure, self.knowledge.source_of(one.figure))]

    def _at_level(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if level_holds(claim, one.figure)]

    def _in_role(self, claim: FigureClaim, found: Sequence[Likeness]) -> list[Likeness]:
        return [one for one in found if role_holds(claim, one.figure, self.register.statement_of(one.figure))]

    def _narrowed(self, reason: Reason, claim: FigureClaim, found: Sequence[Likeness]) -> Finding:
        """Nothing at the claimed place, time, level or in its role."""
        if reason is Reason.LEVEL and claim.scope.level is None:
            close = [one for one in found if is_close(one, found[0])]
            if all(compared(claim, one.figure).wrong for one in close):
                return self._contradicted(claim, found)
        return self._elsewhere(reason, claim, found)

    def _elsewhere(self, reason: Reason, claim: FigureClaim, found: Sequence[Likeness]) -> Finding:
        close = [one for one in found if is_close(one, found[0])]
        close.sort(key=lambda one: (self._distance(claim, one.figure), self._authority(one.figure)))
        figure = close[0].figure
        return Finding(
            Verdict.NOT_SUPPORTED, reason, f"other_{reason.value}", self._values(figure), figure,
            quotes=self._quotes(one.figure for one in close),
        )  # fmt: skip

    def _distance(self, claim: FigureClaim, figure: Figure) -> tuple[bool, bool, int]:
        """The figure of the same value first, then the one nearest in place and time."""
        year = figure.year or (figure.period[1] if figure.period else 0)
        wanted = claim.scope.year or (claim.scope.period[1] if claim.scope.period else year)
        return (
            figure.quantity.amount != claim.quantity.amount,
            not place_holds(claim, figure),
            abs(year - wanted),
        )

    # ----- the value -------------------------------------------------------------------------------------

    def _valued(self, claim: FigureClaim, found: Sequence[Likeness], alike: Sequence[Likeness]) -> Finding:
        siblings = [one.figure for one in alike if one not in found]
        whole = [one for one in found if not one.qualified]
        close = [one for one in (whole or found) if is_close(one, (whole or found)[0])]
        results = [(one, compared(claim, one.figure, siblings)) for one in close]
        rivals_of = [one.figure for one, result in results if result.wrong is not None]
        holding = [
            (one, result)
            for one, result in results
            if result.wrong is None
            and not any(self._means_rather(claim, one.figure, rival) for rival in rivals_of)
        ]
        if not holding:
            return self._contradicted(claim, close, [pair for pair in results if pair[1].wrong] or results)
        one, result = min(holding, key=lambda pair: (pair[1].rounded, self._authority(pair[0].figure)))
        if claim.denied:
            return Finding(
                Verdict.CONTRADICTED,
                Reason.INDICATOR,
                "denied",
                figure=one.figure,
                quotes=self._quotes([one.figure]),
            )
        if one.qualified:
            return self._narrower(one.figure)
        if not self._superlative_holds(claim, one.figure):
            verdict = Verdict.NOT_SUPPORTED if one.figure.row is None else Verdict.CONTRADICTED
            return Finding(
                verdict, Reason.INDICATOR, "not_extreme", self._values(one.figure), one.figure,
                quotes=self._quotes([one.figure]),
            )  # fmt: skip
        rivals = self._rivals(one.figure, results)
        if rivals and self._authority(rivals[0]) < self._authority(one.figure):
            values = self._values(rivals[0]) | {"other": self._name(one.figure)}
            return Finding(
                Verdict.CONTRADICTED, Reason.VALUE, "disagree_lower", values, rivals[0],
                quotes=self._quotes([rivals[0], one.figure]),
            )  # fmt: skip
        return self._supported(claim, one.figure, result, rivals, [pair[0].figure for pair in holding])

    def _supported(
        self,
        claim: FigureClaim,
        figure: Figure,
        result: Comparison,
        rivals: Sequence[Figure],
        agreeing: Sequence[Figure],
    ) -> Finding:
        notes, values = [], self._values(figure)
        if result.rounded:
            notes.append("rounded")
        elif result.other_word:
            notes.append("other_comparator")
        if claim.scope.year is None and claim.scope.period is None and (figure.year or figure.period):
            notes.append("year_not_said")
        if rivals:
            notes.append("disagree")
            values |= {"other": self._name(rivals[0]), "other_quantity": format_quantity(rivals[0].quantity)}
        ranked = sorted(agreeing, key=self._authority)
        return Finding(
            Verdict.SUPPORTED, None, " ".join(notes) or None, values, figure,
            quotes=self._quotes([figure, *rivals, *(other for other in ranked if other is not figure)]),
        )  # fmt: skip

    def _narrower(self, figure: Figure) -> Finding:
        """The plans give it for something narrower than the claim says, or not quite the same."""
        return Finding(
            Verdict.NOT_SUPPORTED, Reason.INDICATOR, "narrower", {"indicator": plain_text(figure.indicator)},
            figure, quotes=self._quotes([figure]),
        )  # fmt: skip

    def _means_rather(self, claim: FigureClaim, chosen: Figure, rival: Figure) -> bool:
        """Whether another figure of the same document and scope is what the claim's words are about."""
        scopes = [
            (f.document_id, f.year, f.period, f.place, f.level, f.quantity.base_unit) for f in (chosen, rival)
        ]
        return scopes[0] == scopes[1] and self.register.means_rather(claim, chosen, rival)

    def _superlative_holds(self, claim: FigureClaim, figure: Figure) -> bool:
        """Whether a row that is called the largest or smallest of its table is; no figure of prose is known to be."""
        if claim.extreme is None or spans_of(f"superlatives.{claim.extreme}", self._clause(figure)):
            return True
        passage = self.knowledge.passages[figure.passage_id]
        rows = self.knowledge.rows_by_table.get((passage.document_id, passage.table or 0), ())
        amounts = [
            other.quantity.amount
            for row in rows
            for other in self.knowledge.figures_by_passage.get(row.passage_id, ())
            if other.quantity.base_unit == figure.quantity.base_unit and other.quantity.amount is not None
        ]
        extreme = max if claim.extreme == "largest" else min
        return figure.row is not None and bool(amounts) and figure.quantity.amount == extreme(amounts)

    def _rivals(self, figure: Figure, results: Sequence[tuple[Likeness, Comparison]]) -> list[Figure]:
        """Figures of other documents that give another value in the same scope, the most authoritative first."""
        rivals = [
            one.figure
            for one, result in results
            if result.wrong is not None
            and one.figure.document_id != figure.document_id
            and (one.figure.year, one.figure.period, one.figure.level, one.figure.place)
            == (figure.year, figure.period, figure.level, figure.place)
            and same_indicator(figure, one.figure, self.knowledge)
        ]
        return sorted(rivals, key=self._authority)

    def _contradicted(
        self,
        claim: FigureClaim,
        found: Sequence[Likeness],
        results: Sequence[tuple[Likeness, Comparison]] = (),
    ) -> Finding:
        results = results or [(one, compared(claim, one.figure)) for one in found]
        if all(result.wrong is None for _, result in results):
            return self._narrower(results[0][0].figure)
        order = {"comparator": 0, "unit": 1, "value": 2}
        one, result = min(
            results,
            key=lambda pair: (
                order[pair[1].wrong or "value"],
                -pair[0].score,
                self._authority(pair[0].figure),
            ),
        )
        if claim.denied:
            return Finding(
                Verdict.NOT_SUPPORTED, Reason.INDICATOR, "plan_says", self._values(one.figure), one.figure,
                quotes=self._quotes([one.figure]),
            )  # fmt: skip
        if summed := self._summed(claim, one.figure):
            return summed
        same = [other for other, verdict in results if verdict.wrong == result.wrong]
        saying = [o.figure for o in same if o.figure.quantity.same_amount(one.figure.quantity)]
        shown = min([one.figure, *saying], key=self._authority)
        return Finding(
            Verdict.CONTRADICTED, Reason(result.wrong or "value"), "plan_says", self._values(shown),
            shown, quotes=self._quotes([shown, *saying, *(other.figure for other in same)]),
        )  # fmt: skip

    def _summed(self, claim: FigureClaim, figure: Figure) -> Finding | None:
        """The claimed total is what the rows of the table add up to, where the plan states another."""
        mismatch = stated_against_sum(figure, self.knowledge)
        if mismatch is None or mismatch[0].quantity.amount != claim.quantity.amount:
            return None
        total, rows = mismatch
        quotes = (*self._quotes([figure]), *(Quote(row, row.text) for row in rows))
        return Finding(
            Verdict.SUPPORTED, None, "sum_of_rows", self._values(figure), total, computed=True, quotes=quotes
        )

    def _counted(self, claim: FigureClaim) -> Finding | None:
        """A number of projects, against the rows of a table that lists them; null where none does."""
        if claim.quantity.base_unit not in table("claims")["rows"]["words"]:
            return None
        named = {source.document_id for source in self.documents.bearing(claim.numbers)}
        for (document_id, _), rows in self.knowledge.rows_by_table.items():
            listed = [row for row in rows if not is_total_row(row)]
            source = self.knowledge.sources[document_id]
            if (named and document_id not in named) or not self._is_listed(claim, listed, source.title):
                continue
            if claim.scope.place_said and source.place not in (None, claim.scope.place):
                continue
            same = claim.quantity.value == len(listed)
            return Finding(
                Verdict.SUPPORTED if same else Verdict.CONTRADICTED, None if same else Reason.VALUE,
                "counted_rows", {"count": len(listed)}, quotes=tuple(Quote(row, row.text) for row in listed),
            )  # fmt: skip
        return None

    def _is_listed(self, claim: FigureClaim, rows: Sequence[Passage], title: str) -> bool:
        """Whether the headings over the rows have what is counted, and with the title what is said of it."""
        heads = " . ".join((*rows[0].path, *rows[0].columns)) if rows else ""
        listed = fold(claim.quantity.base_unit) in fold(heads)
        return listed and self.register.holds(claim, f"{heads} . {title}")

    def _of_another_kind(self, claim: FigureClaim, alike: Sequence[Likeness]) -> Finding:
        """The indicator is there in another unit, or under another name, or not at all."""
        same_numeral = [one for one in alike if one.figure.quantity.value == claim.quantity.value]
        kept = self._in_time(claim, self._in_place(claim, same_numeral))
        if kept:
            figure = kept[0].figure
            return Finding(
                Verdict.CONTRADICTED, Reason.UNIT, "plan_says", self._values(figure), figure,
                quotes=self._quotes([figure]),
            )  # fmt: skip
        return self._near(claim)

    def _near(self, claim: FigureClaim) -> Finding:
        """Nothing of this indicator; where the claimed value is another's in the same scope, that is shown."""
        for figure in self.register.near(claim):
            source = self.knowledge.source_of(figure)
            if place_holds(claim, figure) and time_holds(claim, figure, source) and not claim.scope.below:
                return Finding(
                    Verdict.NOT_FOUND, Reason.INDICATOR, "near_value", self._values(figure),
                    quotes=self._quotes([figure]),
                )  # fmt: skip
        return Finding(Verdict.NOT_FOUND)

    def _in_document(self, claim: FigureClaim, finding: Finding) -> Finding:
        """The document that the claim names must be the one that says so."""
        if not claim.numbers or finding.verdict is not Verdict.SUPPORTED or finding.figure is None:
            return finding
        named = self.documents.bearing(claim.numbers)
        holders = {quote.passage.document_id for quote in finding.quotes}
        if holders & {source.document_id for source in named}:
            return finding
        source = self.knowledge.source_of(finding.figure)
        number = number_of(source) or document_name(source, self.wording)
        verdict = Verdict.NOT_SUPPORTED if named else Verdict.CONTRADICTED
        return replace(
            finding, verdict=verdict, reason=Reason.NUMBER, note="other_number", values={"number": number}
        )

    # ----- evidence --------------------------------------------------------------------------------------

    def _quotes(self, figures: object) -> tuple[Quote, ...]:
        quotes: dict[tuple[str, str], Quote] = {}
        for figure in figures:  # type: ignore[attr-defined]
            passage = self.knowledge.passages[figure.passage_id]
            text = self._clause(figure)
            quotes.setdefault((passage.passage_id, text), Quote(passage, text))
        return tuple(quotes.values())

    def _clause(self, figure: Figure) -> str:
        return self.knowledge.passages[figure.passage_id].text[slice(*figure.clause)]

    def _authority(self, figure: Figure) -> tuple[int, int]:
        return self.knowledge.source_of(figure).authority

    def _name(self, figure: Figure) -> str:
        return document_name(self.knowledge.source_of(figure), self.wording)

    def _values(self, figure: Figure) -> dict[str, object]:
        when = f"{figure.period[0]}–{figure.period[1]}" if figure.period else str(figure.year or "")
        return {
            "quantity": format_quantity(figure.quantity),
            "when": when or self.wording.text("answer.no_year"),
            "place": figure.place or "",
            "level": level_text(figure.level, self.wording) or self.wording.text("answer.no_level"),
            "indicator": plain_text(figure.indicator),
            "document": self._name(figure),
        }


def check_text(
    text: str, knowledge: Knowledge, wording: Wording, today: date, progress: Progress | None = None
) -> CheckReport:
    """The claims of `text` checked. For several texts keep one `Checker`: it prepares the register once."""
    return Checker(knowledge, wording, today).check(text, progress)
