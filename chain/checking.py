"""Claims of a text checked against the plans: a verdict each, with the plan's own words beside it.

`Checker` is all that the doors call. Extractive: the same text gives the same report every time. A verdict is
never better than what is said of the same indicator, place, level and time; what is unclear is not supported.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from chain.claims.assertions import Assertion, DateClaim, FigureClaim, NumberClaim, PersonClaim
from chain.claims.cutting import cut
from chain.knowledge import Knowledge
from chain.verdicts.dates import DateJudge
from chain.verdicts.documents import Documents
from chain.verdicts.figures import FigureJudge
from chain.verdicts.findings import Finding, Quote
from chain.verdicts.numbers import NumberJudge
from chain.verdicts.persons import PersonJudge
from chain.verdicts.register import Register
from domain.answers import AnswerFigure, Citation
from domain.claims import CheckedClaim, CheckReport
from prompts.wording import Wording

Progress = Callable[[int, int], None]
_MOST_QUOTES = 3


class Checker:
    """Checks texts against one state of the store. Safe to share between threads: it holds no text."""

    def __init__(self, knowledge: Knowledge, wording: Wording, today: date) -> None:
        self.knowledge = knowledge
        self._wording = wording
        self._today = today
        register = Register(knowledge)
        documents = Documents(knowledge, register.phrases)
        self._figures = FigureJudge(register, documents, wording)
        self._persons = PersonJudge(documents)
        self._dates = DateJudge(documents, register)
        self._numbers = NumberJudge(documents, register.phrases)
        register.prepare()

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
                return self._figures.judge(assertion)
            case PersonClaim():
                return self._persons.judge(assertion)
            case DateClaim():
                return self._dates.judge(assertion)
            case NumberClaim():
                return self._numbers.judge(assertion)


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
