"""A claimed date against the plans: when a document was issued, and by when something is due.

A `DateClaim` in, a `Finding` out. Days of issue are facts of the source records, or stand where a plan cites a
document; deadlines are figures of the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chain.claims.assertions import DateClaim
from chain.cues import without
from chain.knowledge import words_of
from chain.verdicts.documents import Documents, issued_on
from chain.verdicts.findings import Finding, Quote
from chain.verdicts.register import Register
from domain.claims import Reason, Verdict
from domain.figures import Figure
from vietnamese.times import find_times

_DEADLINE_SHARE = 0.6  # of a sentence's words, by what a plan sets a deadline for


@dataclass(frozen=True, slots=True)
class DateJudge:
    """The verdict on a day, month or year that a text gives."""

    documents: Documents
    register: Register

    def judge(self, claim: DateClaim) -> Finding:
        return self._issue(claim) if claim.issues else self._deadline(claim)

    def _issue(self, claim: DateClaim) -> Finding:
        borne = self.documents.bearing(claim.numbers)
        meant = borne or self.documents.described(claim.sentence, claim.scope.place)
        if not borne and (cited := self._cited(claim)):
            return cited
        for source in meant:
            day = source.issued_on if claim.posted and source.about else issued_on(source)
            if day is None:
                continue
            quotes = self.documents.line(source, lambda text, day=day: _has_day(text, day))  # type: ignore[misc]
            same_month = day.year == claim.year and claim.month in (None, day.month)
            same = day == claim.day if claim.day else same_month
            return Finding(Verdict.SUPPORTED, quotes=quotes) if same else _issued(day, quotes)
        return Finding(Verdict.NOT_FOUND, Reason.DATE, "date_unknown" if meant else None)

    def _cited(self, claim: DateClaim) -> Finding | None:
        """The date that a plan gives with a document that it cites."""
        for number in claim.numbers:
            for quote, end in self.documents.citing(number):
                day = next((time.day for time in find_times(quote.text[end:]) if time.day), None)
                if day is None:
                    continue
                if day == claim.day or (claim.day is None and day.year == claim.year):
                    return Finding(Verdict.SUPPORTED, quotes=(quote,))
                return _issued(day, (quote,))
        return None

    def _deadline(self, claim: DateClaim) -> Finding:
        """A day by which something is due, against the deadlines of the register."""
        figure = self._due(claim)
        if figure is None or figure.quantity.date is None:
            return Finding(Verdict.NOT_FOUND)
        knowledge = self.register.knowledge
        quotes = (Quote(knowledge.passages[figure.passage_id], knowledge.clause_of(figure)),)
        if figure.quantity.date == claim.day:
            return Finding(Verdict.SUPPORTED, figure=figure, quotes=quotes)
        due = {"date": _written(figure.quantity.date)}
        return Finding(Verdict.CONTRADICTED, Reason.DATE, "due_on", due, figure=figure, quotes=quotes)

    def _due(self, claim: DateClaim) -> Figure | None:
        """The deadline that the sentence speaks of."""
        times = [time.span for time in find_times(claim.sentence)]
        said = self.register.phrases.phrase(without(claim.sentence, times))
        best: tuple[float, Figure | None] = (0.0, None)
        for figure in self.register.knowledge.figures:
            elsewhere = claim.scope.place_said and figure.place not in (None, claim.scope.place)
            if figure.quantity.date is None or elsewhere:
                continue
            clause = words_of(self.register.knowledge.clause_of(figure)).singles
            share = said.share_in(clause | self.register.around(figure).singles)
            if share >= _DEADLINE_SHARE and share > best[0]:
                best = share, figure
        return best[1]


def _issued(day: date, quotes: tuple[Quote, ...]) -> Finding:
    return Finding(Verdict.CONTRADICTED, Reason.DATE, "issued_on", {"date": _written(day)}, quotes=quotes)


def _has_day(text: str, day: date) -> bool:
    return any(time.day == day for time in find_times(text))


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
