"""What the plans say of a claimed person, date or document number: from metadata, with the line that says it.

A claim names a document by its number or by the words of its title; who signed it, when and under which
number are facts of its source record. Nothing is worded here: a finding carries codes and values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from chain.claim_figures import Register
from chain.claims.assertions import DateClaim, NumberClaim, PersonClaim
from chain.claims.cues import spans_of
from chain.claims.document_numbers import find_numbers
from chain.cues import without
from chain.knowledge import Knowledge, words_of
from domain.claims import Reason, Verdict
from domain.documents import Passage, PassageKind, Source
from domain.figures import Figure
from vietnamese.folding import fold, syllables
from vietnamese.names import find_names
from vietnamese.patterns import alternatives
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import TimeKind, find_times

_TITLE_SHARE = 0.6  # of the words that describe a document, by its title, place and kind
_SAID_SHARE = 0.7  # of a sentence's words, by the sentence of a plan that says the same
_DEADLINE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, verbatim."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with the code of its note and what fills that, the plan's figure and the quotations."""

    verdict: Verdict
    reason: Reason | None = None
    note: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    figure: Figure | None = None
    computed: bool = False
    quotes: tuple[Quote, ...] = ()


_NOT_FOUND = Finding(Verdict.NOT_FOUND)


def number_of(source: Source) -> str | None:
    return source.number or (source.about.number if source.about else None)


def signer_of(source: Source) -> str | None:
    return source.signer or (source.about.signer if source.about else None)


def issued_on(source: Source) -> date | None:
    """The day on which the plan was issued: of a page about a plan, the plan's, not the page's."""
    return source.about.issued_on if source.about else source.issued_on


class Documents:
    """The documents of one state of the store, found by what a sentence says of them."""

    def __init__(self, knowledge: Knowledge, register: Register) -> None:
        self.knowledge = knowledge
        self._register = register
        self._sources = sorted(knowledge.sources.values(), key=lambda source: source.authority)
        self._titles = {s.document_id: words_of(_title_words(s)).singles for s in self._sources}

    def bearing(self, numbers: Iterable[str]) -> list[Source]:
        return [
            source for source in self._sources if any(_bears(number_of(source), number) for number in numbers)
        ]

    def described(self, text: str, place: str | None, names: Sequence[str] = ()) -> list[Source]:
        """The documents whose title has the words by which `text` names one; best first."""
        phrase = _document_phrase(text, names)
        said = self._register.phrase(phrase, "", "")
        scored = []
        for source in self._sources:
            if place and source.place and place != source.place:
                continue
            own = self._titles[source.document_id]
            share = sum(w for t, w in zip(said.tokens, said.weights, strict=True) if t in own) / (
                said.total or 1.0
            )
            if said.total and share >= _TITLE_SHARE:
                scored.append((share, source))
        best = max((share for share, _ in scored), default=0.0)
        return [source for share, source in scored if share >= best - 0.05]

    def line(self, source: Source, holds: Callable[[str], bool], lead: int = 0) -> Quote | None:
        """The first sentence of the document that holds, front matter first, with `lead` sentences before it."""
        passages = [p for p in self.knowledge.passages.values() if p.document_id == source.document_id]
        for passage in sorted(passages, key=lambda p: (p.kind is not PassageKind.FRONT_MATTER, p.ordinal)):
            spans = sentence_spans(passage.text)
            for index, (start, end) in enumerate(spans):
                if holds(passage.text[start:end]):
                    first = spans[max(0, index - lead)][0] if end - start < 40 else start
                    return Quote(passage, passage.text[first:end])
        return None

    # ----- persons ---------------------------------------------------------------------------------------

    def judge_person(self, claim: PersonClaim) -> Finding:
        if claim.signs:
            return self._judge_signer(claim)
        return self._judge_office(claim)

    def _judge_signer(self, claim: PersonClaim) -> Finding:
        place = claim.scope.place if claim.scope.place_said else None
        meant = self.bearing(claim.numbers) or self.described(
            claim.sentence, claim.scope.place, (claim.name,)
        )
        if place:
            meant = [source for source in meant if source.place in (None, place)]
        signed = [source for source in meant if signer_of(source)]
        for source in signed:
            if same_name(signer_of(source) or "", claim.name):
                return self._office_holds(claim, source)
        if signed:
            source = signed[0]
            quote = self._signature(source)
            return Finding(
                Verdict.CONTRADICTED, Reason.PERSON, "signed_by", {"name": signer_of(source)},
                quotes=(quote,) if quote else (),
            )  # fmt: skip
        elsewhere = [
            source
            for source in (self.described(claim.sentence, None, (claim.name,)) or self._sources)
            if same_name(signer_of(source) or "", claim.name)
        ]
        if meant or elsewhere:
            quotes = tuple(quote for source in elsewhere[:1] if (quote := self._signature(source)))
            if not elsewhere:
                return Finding(Verdict.NOT_FOUND, Reason.PERSON, "signer_unknown")
            moved = place is not None and elsewhere[0].place not in (None, place)
            return Finding(
                Verdict.NOT_SUPPORTED, Reason.PLACE if moved else Reason.PERSON, "signed_other", quotes=quotes
            )
        return Finding(Verdict.NOT_FOUND, Reason.PERSON)

    def _office_holds(self, claim: PersonClaim, source: Source) -> Finding:
        quote = self._signature(source)
        quotes = (quote,) if quote else ()
        known = self._offices(claim.name)
        if claim.office and known and claim.office not in known:
            return Finding(
                Verdict.CONTRADICTED,
                Reason.PERSON,
                "office_is",
                {"office": _office_name(sorted(known)[0])},
                quotes=quotes,
            )
        return Finding(Verdict.SUPPORTED, quotes=quotes)

    def _signature(self, source: Source) -> Quote | None:
        name = signer_of(source)
        return self.line(source, lambda text: bool(name) and fold(name or "") in fold(text), lead=2)

    def _offices(self, name: str) -> dict[str, Quote]:
        """The offices, folded, that the plans give a person, with the words that do."""
        found: dict[str, Quote] = {}
        for passage in self.knowledge.passages.values():
            folded = fold(passage.text)
            for match in re.finditer(re.escape(fold(name)), folded):
                before = re.sub(r"\s+", " ", folded[max(0, match.start() - 90) : match.start()])
                behind = re.sub(r"\s+", " ", folded[match.end() : match.end() + 40])
                near = list(_offices_pattern().finditer(before))
                after = re.match(rf"\s*,\s*({_offices_pattern().pattern})", behind)
                office = after[1] if after else (near[-1].group() if near else None)
                if office:
                    start, end = _sentence_around(passage.text, match.start())
                    found.setdefault(office, Quote(passage, passage.text[start:end]))
        # A deputy signs for the head of the office, whose title stands above the name.
        return {office: quote for office, quote in found.items() if f"pho {office}" not in found}

    def _judge_office(self, claim: PersonClaim) -> Finding:
        """A person with an office: what the plans say of the person, and of the office."""
        if not claim.office:
            return _NOT_FOUND
        known = self._offices(claim.name)
        body = self._body_words(claim)
        if claim.office in known:
            quote = known[claim.office]
            own = (
                words_of(quote.text).singles | words_of(self.knowledge.source_of(quote.passage).title).singles
            )
            if sum(word in own for word in body) >= _SAID_SHARE * len(body):
                return Finding(Verdict.SUPPORTED, quotes=(quote,))
            return Finding(Verdict.CONTRADICTED, Reason.PERSON, "person_is", quotes=(quote,))
        if known:
            office, quote = next(iter(known.items()))
            return Finding(
                Verdict.CONTRADICTED,
                Reason.PERSON,
                "office_is",
                {"office": _office_name(office)},
                quotes=(quote,),
            )
        holder = self._holder(claim, body)
        if holder:
            name, quote = holder
            return Finding(Verdict.CONTRADICTED, Reason.PERSON, "holder_is", {"name": name}, quotes=(quote,))
        return Finding(Verdict.NOT_FOUND, Reason.PERSON)

    def _body_words(self, claim: PersonClaim) -> list[str]:
        """The words of the body between an office and its holder: "Sở Thông tin và Truyền thông Bắc Giang"."""
        folded = fold(claim.sentence)
        at, office = folded.find(fold(claim.name)), folded.find(claim.office)
        between = (
            folded[office + len(claim.office) : at] if office < at else folded[office + len(claim.office) :]
        )
        behind = re.split(r"[,.;]|\b(?:la|cho biet|khang dinh|da|vua|noi|phat bieu)\b", between.strip(" ,"))[
            0
        ]
        return [word for word in syllables(behind) if word not in {"ong", "ba", "tinh", "cua", "dong", "chi"}]

    def _holder(self, claim: PersonClaim, body: Sequence[str]) -> tuple[str, Quote] | None:
        """Who holds the office of that body, as the plans say."""
        if not body:
            return None
        for name in self.knowledge.names:
            quote = self._offices(name).get(claim.office)
            if quote and sum(word in words_of(quote.text).singles for word in body) >= 0.9 * len(body):
                return name, quote
        return None

    # ----- dates -----------------------------------------------------------------------------------------

    def judge_date(self, claim: DateClaim) -> Finding:
        if not claim.issues:
            return self._judge_deadline(claim)
        meant = self.bearing(claim.numbers) or self.described(claim.sentence, claim.scope.place)
        if claim.numbers and not self.bearing(claim.numbers) and (cited := self._cited_date(claim)):
            return cited
        for source in meant:
            day = source.issued_on if claim.posted and source.about else issued_on(source)
            if day is None:
                continue
            quote = self.line(source, lambda text, day=day: _has_day(text, day))  # type: ignore[misc]
            quotes = (quote,) if quote else ()
            same = (
                day == claim.day
                if claim.day
                else (day.year == claim.year and claim.month in (None, day.month))
            )
            if same:
                return Finding(Verdict.SUPPORTED, quotes=quotes)
            return Finding(
                Verdict.CONTRADICTED, Reason.DATE, "issued_on", {"date": _written(day)}, quotes=quotes
            )
        return Finding(Verdict.NOT_FOUND, Reason.DATE, "date_unknown" if meant else None)

    def _cited_date(self, claim: DateClaim) -> Finding | None:
        """The date that a plan gives with a document that it cites."""
        for number in claim.numbers:
            for quote, end in self._citing(number):
                day = next((time.day for time in find_times(quote.text[end:]) if time.day), None)
                if day is None:
                    continue
                if day == claim.day or (claim.day is None and day.year == claim.year):
                    return Finding(Verdict.SUPPORTED, quotes=(quote,))
                return Finding(
                    Verdict.CONTRADICTED, Reason.DATE, "issued_on", {"date": _written(day)}, quotes=(quote,)
                )
        return None

    def _judge_deadline(self, claim: DateClaim) -> Finding:
        """A day by which something is due, against the deadlines of the register."""
        times = [time.span for time in find_times(claim.sentence)]
        said = self._register.phrase(without(claim.sentence, times), "", "")
        best: tuple[float, Figure] | None = None
        for figure in self.knowledge.figures:
            if figure.quantity.date is None or (
                claim.scope.place_said and figure.place not in (None, claim.scope.place)
            ):
                continue
            passage = self.knowledge.passages[figure.passage_id]
            own = (
                words_of(passage.text[slice(*figure.clause)]).singles | self._register.around(figure).singles
            )
            share = sum(w for t, w in zip(said.tokens, said.weights, strict=True) if t in own) / (
                said.total or 1
            )
            if share >= _DEADLINE_SHARE and (best is None or share > best[0]):
                best = share, figure
        if best is None:
            return _NOT_FOUND
        figure = best[1]
        passage = self.knowledge.passages[figure.passage_id]
        quotes = (Quote(passage, passage.text[slice(*figure.clause)]),)
        if figure.quantity.date == claim.day:
            return Finding(Verdict.SUPPORTED, figure=figure, quotes=quotes)
        return Finding(
            Verdict.CONTRADICTED, Reason.DATE, "due_on", {"date": _written(figure.quantity.date or date.min)},
            figure=figure, quotes=quotes,
        )  # fmt: skip

    # ----- document numbers ------------------------------------------------------------------------------

    def judge_number(self, claim: NumberClaim) -> Finding:
        borne = self.bearing([claim.number])
        if borne:
            return self._judge_known_number(claim, borne)
        if cited := self._judge_cited_number(claim):
            return cited
        meant = [source for source in self.described(claim.sentence, claim.scope.place) if number_of(source)]
        if meant:
            quote = self._number_line(meant[0])
            return Finding(
                Verdict.CONTRADICTED, Reason.NUMBER, "numbered", {"number": number_of(meant[0])},
                quotes=(quote,) if quote else (),
            )  # fmt: skip
        return Finding(Verdict.NOT_FOUND, Reason.NUMBER)

    def _judge_known_number(self, claim: NumberClaim, borne: Sequence[Source]) -> Finding:
        source = borne[0]
        quote = self._number_line(source)
        quotes = (quote,) if quote else ()
        if claim.scope.place_said and source.place and claim.scope.place != source.place:
            return Finding(
                Verdict.CONTRADICTED, Reason.PLACE, "document_place", {"place": source.place}, quotes=quotes
            )
        said = self._register.phrase(_document_phrase(claim.sentence, ()), "", "")
        own = frozenset().union(*(self._titles[s.document_id] for s in borne))
        if _wrong_kind(claim, source):
            return Finding(
                Verdict.CONTRADICTED, Reason.NUMBER, "numbered", {"number": number_of(source)}, quotes=quotes
            )
        years = {time.first for time in find_times(claim.sentence) if time.kind is not TimeKind.DATE}
        years |= {time.last for time in find_times(claim.sentence) if time.kind is TimeKind.PERIOD}
        titles = {
            year for s in borne for time in find_times(_title_words(s)) for year in (time.first, time.last)
        } | {day.year for s in borne if (day := issued_on(s))}
        if years and titles and not years <= titles:
            return Finding(
                Verdict.CONTRADICTED, Reason.YEAR, "document_title", {"title": _title(source)}, quotes=quotes
            )
        total = sum(w for t, w in zip(said.tokens, said.weights, strict=True) if not t.isdigit())
        held = sum(w for t, w in zip(said.tokens, said.weights, strict=True) if t in own and not t.isdigit())
        if total and held / total < _TITLE_SHARE:
            return Finding(
                Verdict.CONTRADICTED,
                Reason.NUMBER,
                "document_title",
                {"title": _title(source)},
                quotes=quotes,
            )
        return Finding(Verdict.SUPPORTED, quotes=quotes)

    def _judge_cited_number(self, claim: NumberClaim) -> Finding | None:
        """A number that a plan cites, against what the citing sentence says of it."""
        citing = list(self._citing(claim.number))
        if not citing:
            return None
        phrase = _document_phrase(claim.sentence, ())
        kinds = [match.span() for match in re.finditer(rf"(?<!\w)(?:{_kind_names()})(?!\w)", fold(phrase))]
        said = self._register.phrase(without(phrase, kinds), "", "")
        for quote, _ in citing:
            own = words_of(quote.text).singles
            held = sum(w for t, w in zip(said.tokens, said.weights, strict=True) if t in own)
            if not said.total or held / said.total >= _SAID_SHARE:
                return Finding(Verdict.SUPPORTED, quotes=(quote,))
        return Finding(Verdict.NOT_SUPPORTED, Reason.NUMBER, "cited_otherwise", quotes=(citing[0][0],))

    def _number_line(self, source: Source) -> Quote | None:
        bare = re.sub(r"\W", "", fold(number_of(source) or ""))
        return self.line(source, lambda text: bool(bare) and bare in re.sub(r"\W", "", fold(text)), lead=1)

    def _citing(self, number: str) -> Iterable[tuple[Quote, int]]:
        """The sentences that cite a document's number, with where it ends in them."""
        parts = [re.escape(part) for part in re.findall(r"\d+|[^\W\d_]+", fold(number))]
        if not parts:
            return
        own = r"[\s/–-]*".join(parts)
        if len(parts) == 1:
            own = rf"(?:{_kind_names()})\s+(?:so\s+)?{own}"
        pattern = re.compile(rf"(?<!\w){own}(?![\d/])(?!\w)")
        for passage, folded, (start, end) in self._sentences:
            if match := pattern.search(folded):
                yield Quote(passage, passage.text[start:end]), match.end()

    @cached_property
    def _sentences(self) -> tuple[tuple[Passage, str, tuple[int, int]], ...]:
        """Every sentence that has a digit: its passage, its folded text and where it stands."""
        return tuple(
            (passage, fold(passage.text[start:end]), (start, end))
            for passage in self.knowledge.passages.values()
            for start, end in sentence_spans(passage.text)
            if re.search(r"\d", passage.text[start:end])
        )


# ----- words ---------------------------------------------------------------------------------------------


def same_name(left: str, right: str) -> bool:
    """Whether two names are one person's: the same words, or the shorter ends the longer."""
    first, second = syllables(left), syllables(right)
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 2 and longer[-len(shorter) :] == shorter


def _bears(own: str | None, number: str) -> bool:
    if not own:
        return False
    form, wanted = (re.sub(r"\s+", "", fold(text)).replace("–", "-") for text in (own, number))
    return form == wanted or (
        "/" not in wanted and "-" not in wanted and bool(re.match(rf"{re.escape(wanted)}\b", form))
    )


@cache
def _kind_names() -> str:
    return alternatives(name for entry in table("document_kinds")["kind"] for name in entry["names"])


@cache
def _offices_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(table('names')['offices'])})(?!\w)")


@cache
def _office_names() -> dict[str, str]:
    return {fold(name): name for name in table("names")["offices"]}


def _office_name(folded: str) -> str:
    return _office_names().get(folded, folded)


def _document_phrase(text: str, names: Sequence[str]) -> str:
    """The words by which a sentence names a document: no persons, offices, numbers, dates of issue or verbs."""
    spans = [span for _, span in find_numbers(text)]
    spans += [time.span for time in find_times(text) if time.kind is TimeKind.DATE]
    spans += spans_of("issuing.verbs", text) + spans_of("issuing.posting", text)
    folded = fold(text)
    for name in (*names, *find_names(text)):
        spans += [match.span() for match in re.finditer(re.escape(fold(name)), folded)]
    spans += [match.span() for match in _offices_pattern().finditer(folded)]
    spans += [
        match.span()
        for match in re.finditer(
            r"(?<!\w)(?:do|boi|ong|ba|vua|da|moi|duoc|ngay|so|thang|nguoi|chinh thuc|nam (?=(?:19|20)\d\d\s*$))(?!\w)",
            folded,
        )
    ]
    phrase = without(text, spans)
    kinds = list(re.finditer(rf"(?<!\w)(?:{_kind_names()})(?!\w)", fold(phrase)))
    behind = phrase[kinds[0].start() :] if kinds else phrase
    return behind if len(behind.split()) >= 3 else phrase


def _title(source: Source) -> str:
    return (source.about.title if source.about and source.about.title else None) or source.title


def _title_words(source: Source) -> str:
    """Everything that names the document, with the names of its kind."""
    about = source.about
    kinds = {source.kind.value} | ({about.kind.value} if about and about.kind else set())
    names = [n for entry in table("document_kinds")["kind"] if entry["kind"] in kinds for n in entry["names"]]
    parts = [source.title, source.number, source.place, source.issuer, *names]
    parts += [about.title, about.number, about.issuer] if about else []
    return " . ".join(part for part in parts if part)


def _wrong_kind(claim: NumberClaim, source: Source) -> bool:
    """Whether the word right before the number names another kind than the document's ("Kế hoạch 472")."""
    own = {source.kind.value} | ({source.about.kind.value} if source.about and source.about.kind else set())
    folded = fold(claim.sentence)
    at = folded.find(fold(claim.number))
    for entry in table("document_kinds")["kind"]:
        for name in entry["names"]:
            if re.search(rf"(?<!\w){fold(name)}\s+(?:so\s*:?\s*)?$", folded[:at]):
                return entry["kind"] not in own
    return False


def _sentence_around(text: str, position: int) -> tuple[int, int]:
    spans = sentence_spans(text)
    index = next((i for i, (start, end) in enumerate(spans) if start <= position < end), 0)
    start, end = spans[index]
    return (spans[max(0, index - 2)][0], end) if end - start < 40 else (start, end)


def _has_day(text: str, day: date) -> bool:
    return any(time.day == day for time in find_times(text))


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
