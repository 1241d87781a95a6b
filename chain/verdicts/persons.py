"""A claimed person against the plans: who signed a document, and who holds an office.

A `PersonClaim` in, a `Finding` out. Signers are facts of the source records; offices are read from the text
around a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chain.claims.assertions import PersonClaim
from chain.claims.cues import one_of, words_at
from chain.knowledge import words_of
from chain.verdicts.documents import Documents, office_pattern, sentence_around, signer_of
from chain.verdicts.findings import Finding, Quote
from domain.claims import Reason, Verdict
from domain.documents import Source
from vietnamese.folding import fold, syllables
from vietnamese.tables import table

_BODY_SHARE = 0.7  # of the words of an office's body, by the sentence that gives the person that office
_HOLDER_SHARE = 0.9  # the same by the sentence that gives it to somebody else
_BEFORE_NAME, _BEHIND_NAME = 90, 40  # characters around a name in which its office stands


@dataclass(frozen=True, slots=True)
class PersonJudge:
    """The verdict on what a text says of a person."""

    documents: Documents

    def judge(self, claim: PersonClaim) -> Finding:
        return self._signer(claim) if claim.signs else self._office(claim)

    # ----- who signed ------------------------------------------------------------------------------------

    def _signer(self, claim: PersonClaim) -> Finding:
        place = claim.scope.place if claim.scope.place_said else None
        meant = self.documents.bearing(claim.numbers) or self.documents.described(
            claim.sentence, claim.scope.place, (claim.name,)
        )
        if place:
            meant = [source for source in meant if source.place in (None, place)]
        signed = [source for source in meant if signer_of(source)]
        for source in signed:
            if is_same_name(signer_of(source) or "", claim.name):
                return self._signed_in_office(claim, source)
        if signed:
            signer = {"name": signer_of(signed[0])}
            quotes = self._signature(signed[0])
            return Finding(Verdict.CONTRADICTED, Reason.PERSON, "signed_by", signer, quotes=quotes)
        return self._signed_elsewhere(claim, place, bool(meant))

    def _signed_elsewhere(self, claim: PersonClaim, place: str | None, is_known: bool) -> Finding:
        """Nobody is known to have signed what is meant (`is_known`: a document of the plans)."""
        described = self.documents.described(claim.sentence, None, (claim.name,)) or self.documents.sources
        elsewhere = [s for s in described if is_same_name(signer_of(s) or "", claim.name)]
        if not elsewhere:
            return Finding(Verdict.NOT_FOUND, Reason.PERSON, "signer_unknown" if is_known else None)
        moved = place is not None and elsewhere[0].place not in (None, place)
        reason = Reason.PLACE if moved else Reason.PERSON
        return Finding(Verdict.NOT_SUPPORTED, reason, "signed_other", quotes=self._signature(elsewhere[0]))

    def _signed_in_office(self, claim: PersonClaim, source: Source) -> Finding:
        quotes = self._signature(source)
        known = self._offices(claim.name)
        if claim.office and known and claim.office not in known:
            return _in_other_office(sorted(known)[0], quotes)
        return Finding(Verdict.SUPPORTED, quotes=quotes)

    def _signature(self, source: Source) -> tuple[Quote, ...]:
        name = fold(signer_of(source) or "")
        return self.documents.line(source, lambda text: bool(name) and name in fold(text), lead=2)

    # ----- who holds an office ---------------------------------------------------------------------------

    def _office(self, claim: PersonClaim) -> Finding:
        """A person with an office: what the plans say of the person, and of the office."""
        if not claim.office:
            return Finding(Verdict.NOT_FOUND)
        known = self._offices(claim.name)
        body = _body_words(claim)
        if claim.office in known:
            return self._of_body(body, known[claim.office])
        if known:
            office, quote = next(iter(known.items()))
            return _in_other_office(office, (quote,))
        if holder := self._holder(claim, body):
            name, quote = holder
            return Finding(Verdict.CONTRADICTED, Reason.PERSON, "holder_is", {"name": name}, quotes=(quote,))
        return Finding(Verdict.NOT_FOUND, Reason.PERSON)

    def _of_body(self, body: Sequence[str], quote: Quote) -> Finding:
        """The person holds such an office; whether it is one of that body."""
        title = self.documents.knowledge.source_of(quote.passage).title
        own = words_of(quote.text).singles | words_of(title).singles
        if _share_held(body, own) >= _BODY_SHARE:
            return Finding(Verdict.SUPPORTED, quotes=(quote,))
        return Finding(Verdict.CONTRADICTED, Reason.PERSON, "person_is", quotes=(quote,))

    def _holder(self, claim: PersonClaim, body: Sequence[str]) -> tuple[str, Quote] | None:
        """Who holds the office of that body, as the plans say."""
        if not body:
            return None
        for name in self.documents.knowledge.names:
            quote = self._offices(name).get(claim.office)
            if quote and _share_held(body, words_of(quote.text).singles) >= _HOLDER_SHARE:
                return name, quote
        return None

    def _offices(self, name: str) -> dict[str, Quote]:
        """The offices, folded, that the plans give a person, with the words that do."""
        found: dict[str, Quote] = {}
        for passage in self.documents.knowledge.passages.values():
            folded = fold(passage.text)
            for match in re.finditer(re.escape(fold(name)), folded):
                if office := _office_beside(folded, match.span()):
                    found.setdefault(office, Quote(passage, sentence_around(passage.text, match.start())))
        # A deputy signs for the head of the office, whose title stands above the name.
        return {office: quote for office, quote in found.items() if f"pho {office}" not in found}


def is_same_name(left: str, right: str) -> bool:
    """Whether two names are one person's: the same words, or the shorter ends the longer."""
    shorter, longer = sorted((syllables(left), syllables(right)), key=len)
    return len(shorter) >= 2 and longer[-len(shorter) :] == shorter


def _share_held(body: Sequence[str], words: frozenset[str]) -> float:
    """The share of a body's words that are among `words`; 1 where it has none."""
    return sum(word in words for word in body) / len(body) if body else 1.0


def _in_other_office(office: str, quotes: tuple[Quote, ...]) -> Finding:
    name = {"office": _office_names().get(office, office)}
    return Finding(Verdict.CONTRADICTED, Reason.PERSON, "office_is", name, quotes=quotes)


def _office_beside(folded: str, name: tuple[int, int]) -> str | None:
    """The office behind a name and a comma, else the last one shortly before the name."""
    start, end = name
    before = re.sub(r"\s+", " ", folded[max(0, start - _BEFORE_NAME) : start])
    behind = re.sub(r"\s+", " ", folded[end : end + _BEHIND_NAME])
    if after := re.match(rf"\s*,\s*({office_pattern().pattern})", behind):
        return after[1]
    near = list(office_pattern().finditer(before))
    return near[-1].group() if near else None


def _body_words(claim: PersonClaim) -> list[str]:
    """The words of the body between an office and its holder: "Sở Thông tin và Truyền thông Bắc Giang"."""
    folded = fold(claim.sentence)
    at, office = folded.find(fold(claim.name)), folded.find(claim.office)
    behind_office = folded[office + len(claim.office) : at if office < at else None]
    body = _end_of_body().split(behind_office.strip(" ,"))[0]
    return [word for word in syllables(body) if word not in _around_body()]


@cache
def _end_of_body() -> re.Pattern[str]:
    return re.compile(rf"[,.;]|\b(?:{one_of('persons.ends_of_a_body')})\b")


@cache
def _around_body() -> frozenset[str]:
    return frozenset(map(fold, words_at("persons.around_a_body")))


@cache
def _office_names() -> dict[str, str]:
    return {fold(name): name for name in table("names")["offices"]}
