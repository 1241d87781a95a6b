"""A claimed document number against the plans: whose it is, and what a plan says that cites it.

A `NumberClaim` in, a `Finding` out. The sentence must fit the place, kind, years and title of the document.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chain.claims.assertions import NumberClaim
from chain.claims.document_numbers import find_kinds
from chain.cues import pattern, without
from chain.knowledge import words_of
from chain.verdicts.documents import (
    TITLE_SHARE,
    Documents,
    issued_on,
    kinds_of,
    naming_part,
    naming_words,
    number_of,
    title_of,
)
from chain.verdicts.findings import Finding, Quote
from chain.verdicts.phrases import PhraseReader
from domain.claims import Reason, Verdict
from domain.documents import Source
from vietnamese.folding import fold
from vietnamese.tables import table
from vietnamese.times import TimeKind, find_times

_SAID_SHARE = 0.7  # of a sentence's words, by the sentence of a plan that says the same


@dataclass(frozen=True, slots=True)
class NumberJudge:
    """The verdict on a document number and what is said of that document."""

    documents: Documents
    phrases: PhraseReader

    def judge(self, claim: NumberClaim) -> Finding:
        if borne := self.documents.bearing([claim.number]):
            return self._known(claim, borne)
        if cited := self._cited(claim):
            return cited
        described = self.documents.described(claim.sentence, claim.scope.place)
        meant = [source for source in described if number_of(source)]
        if meant:
            return _numbered(meant[0], self.documents.number_line(meant[0]))
        return Finding(Verdict.NOT_FOUND, Reason.NUMBER)

    def _known(self, claim: NumberClaim, borne: Sequence[Source]) -> Finding:
        """The number of a document of the plans, against what the sentence says of that."""
        source = borne[0]
        quotes = self.documents.number_line(source)
        if claim.scope.place_said and source.place and claim.scope.place != source.place:
            place = {"place": source.place}
            return Finding(Verdict.CONTRADICTED, Reason.PLACE, "document_place", place, quotes=quotes)
        if _is_of_another_kind(claim, source):
            return _numbered(source, quotes)
        if not _years_fit(claim, borne):
            return _titled(Reason.YEAR, source, quotes)
        said = self.documents.naming_phrase(claim.sentence)
        own = self.documents.title_words(borne)
        words = [(t, w) for t, w in zip(said.tokens, said.weights, strict=True) if not t.isdigit()]
        total = math.fsum(weight for _, weight in words)
        if total and math.fsum(weight for token, weight in words if token in own) / total < TITLE_SHARE:
            return _titled(Reason.NUMBER, source, quotes)
        return Finding(Verdict.SUPPORTED, quotes=quotes)

    def _cited(self, claim: NumberClaim) -> Finding | None:
        """A number that a plan cites, against what the citing sentence says of it."""
        citing = list(self.documents.citing(claim.number))
        if not citing:
            return None
        phrase = naming_part(claim.sentence)
        said = self.phrases.phrase(without(phrase, find_kinds(phrase)))
        for quote, _ in citing:
            if not said.total or said.share_in(words_of(quote.text).singles) >= _SAID_SHARE:
                return Finding(Verdict.SUPPORTED, quotes=(quote,))
        return Finding(Verdict.NOT_SUPPORTED, Reason.NUMBER, "cited_otherwise", quotes=(citing[0][0],))


def _numbered(source: Source, quotes: tuple[Quote, ...]) -> Finding:
    number = {"number": number_of(source)}
    return Finding(Verdict.CONTRADICTED, Reason.NUMBER, "numbered", number, quotes=quotes)


def _titled(reason: Reason, source: Source, quotes: tuple[Quote, ...]) -> Finding:
    title = {"title": title_of(source)}
    return Finding(Verdict.CONTRADICTED, reason, "document_title", title, quotes=quotes)


def _years_fit(claim: NumberClaim, sources: Sequence[Source]) -> bool:
    """Whether the years of the sentence, if any, are those that the documents' titles or days of issue give."""
    times = find_times(claim.sentence)
    years = {time.first for time in times if time.kind is not TimeKind.DATE}
    years |= {time.last for time in times if time.kind is TimeKind.PERIOD}
    titled = (time for source in sources for time in find_times(naming_words(source)))
    own = {year for time in titled for year in (time.first, time.last)}
    own |= {day.year for source in sources if (day := issued_on(source))}
    return not years or not own or years <= own


def _is_of_another_kind(claim: NumberClaim, source: Source) -> bool:
    """Whether the word right before the number names another kind than the document's ("Kế hoạch 472")."""
    folded = fold(claim.sentence)
    before = folded[: folded.find(fold(claim.number))]
    for entry in table("document_kinds")["kind"]:
        for name in entry["names"]:
            if pattern("claim_numbers.kind", name=fold(name)).search(before):
                return entry["kind"] not in kinds_of(source)
    return False
