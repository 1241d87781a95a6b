"""The documents of the plans as claims name them: by number, or by the words of their titles.

What a sentence says of a document in, `Source`s and the lines that bear them out. A page about a plan counts as
the plan: number, signer and day are the plan's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property

from chain.claims.cues import spans_of, words_at
from chain.claims.document_numbers import bears, find_kinds, find_numbers, kind_names
from chain.cues import without
from chain.knowledge import Knowledge, words_of
from chain.verdicts.findings import Quote
from chain.verdicts.phrases import Phrase, PhraseReader
from domain.documents import Passage, PassageKind, Source
from vietnamese.folding import fold
from vietnamese.names import find_names
from vietnamese.patterns import whole_words
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import TimeKind, find_times

TITLE_SHARE = 0.6  # of the words that describe a document, by its title, place and kind
_AS_WELL = 0.05  # by how much less a title may have them and name the document as well
_SHORT_SENTENCE = 40  # characters; a shorter one (a signature, a number) is quoted with those before it


def number_of(source: Source) -> str | None:
    return source.number or (source.about.number if source.about else None)


def signer_of(source: Source) -> str | None:
    return source.signer or (source.about.signer if source.about else None)


def issued_on(source: Source) -> date | None:
    """The day on which the plan was issued: of a page about a plan, the plan's, not the page's."""
    return source.about.issued_on if source.about else source.issued_on


def title_of(source: Source) -> str:
    return (source.about.title if source.about and source.about.title else None) or source.title


def kinds_of(source: Source) -> frozenset[str]:
    about = source.about
    return frozenset({source.kind.value} | ({about.kind.value} if about and about.kind else set()))


def naming_words(source: Source) -> str:
    """Everything that names the document, with the names of its kind."""
    about, kinds = source.about, kinds_of(source)
    names = [n for entry in table("document_kinds")["kind"] if entry["kind"] in kinds for n in entry["names"]]
    parts = [source.title, source.number, source.place, source.issuer, *names]
    parts += [about.title, about.number, about.issuer] if about else []
    return " . ".join(part for part in parts if part)


class Documents:
    """The documents of one state of the store, found by what a sentence says of them."""

    def __init__(self, knowledge: Knowledge, phrases: PhraseReader) -> None:
        self.knowledge = knowledge
        self.sources = sorted(knowledge.sources.values(), key=lambda source: source.authority)
        self._phrases = phrases
        self._titles = {s.document_id: words_of(naming_words(s)).singles for s in self.sources}

    def bearing(self, numbers: Iterable[str]) -> list[Source]:
        return [
            source for source in self.sources if any(bears(number_of(source), number) for number in numbers)
        ]

    def described(self, text: str, place: str | None, names: Sequence[str] = ()) -> list[Source]:
        """The documents whose title has the words by which `text` names one; best first."""
        said = self.naming_phrase(text, names)
        if not said.total:
            return []
        shares = [
            (said.share_in(self.title_words([source])), source)
            for source in self.sources
            if not (place and source.place and place != source.place)
        ]
        named = [(share, source) for share, source in shares if share >= TITLE_SHARE]
        best = max((share for share, _ in named), default=0.0)
        return [source for share, source in named if share >= best - _AS_WELL]

    def naming_phrase(self, text: str, names: Sequence[str] = ()) -> Phrase:
        """The words by which `text` names a document; `names` are persons whose names do not."""
        return self._phrases.phrase(naming_part(text, names))

    def title_words(self, sources: Iterable[Source]) -> frozenset[str]:
        return frozenset().union(*(self._titles[source.document_id] for source in sources))

    # ----- lines -----------------------------------------------------------------------------------------

    def number_line(self, source: Source) -> tuple[Quote, ...]:
        """The line that gives the document's number; none where it has none."""
        bare = re.sub(r"\W", "", fold(number_of(source) or ""))
        return self.line(source, lambda text: bool(bare) and bare in re.sub(r"\W", "", fold(text)), lead=1)

    def line(self, source: Source, holds: Callable[[str], bool], lead: int = 0) -> tuple[Quote, ...]:
        """The first sentence of the document that holds, if one does, front matter first; a short one with `lead`
        sentences before it."""
        passages = [p for p in self.knowledge.passages.values() if p.document_id == source.document_id]
        for passage in sorted(passages, key=lambda p: (p.kind is not PassageKind.FRONT_MATTER, p.ordinal)):
            spans = sentence_spans(passage.text)
            for index, (start, end) in enumerate(spans):
                if holds(passage.text[start:end]):
                    return (Quote(passage, passage.text[slice(*_with_lead(spans, index, lead))]),)
        return ()

    def citing(self, number: str) -> Iterator[tuple[Quote, int]]:
        """The sentences that cite a document's number, with where it ends in them."""
        parts = [re.escape(part) for part in re.findall(r"\d+|[^\W\d_]+", fold(number))]
        if not parts:
            return
        own = r"[\s/–-]*".join(parts)
        if len(parts) == 1:
            own = rf"(?:{kind_names()})\s+(?:so\s+)?{own}"
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


def sentence_around(text: str, position: int) -> str:
    """The sentence of `text` at `position`; a short one with the two before it."""
    spans = sentence_spans(text)
    index = next((i for i, (start, end) in enumerate(spans) if start <= position < end), 0)
    return text[slice(*_with_lead(spans, index, 2))]


def _with_lead(spans: Sequence[tuple[int, int]], index: int, lead: int) -> tuple[int, int]:
    start, end = spans[index]
    return (spans[max(0, index - lead)][0], end) if end - start < _SHORT_SENTENCE else (start, end)


@cache
def office_pattern() -> re.Pattern[str]:
    """An office, in folded text."""
    return whole_words(table("names")["offices"])


@cache
def _particles() -> re.Pattern[str]:
    return whole_words(words_at("issuing.particles"))


def naming_part(text: str, names: Sequence[str] = ()) -> str:
    """The words by which a sentence names a document: no persons, offices, numbers, dates of issue or verbs."""
    folded = fold(text)
    spans = [span for _, span in find_numbers(text)]
    spans += [time.span for time in find_times(text) if time.kind is TimeKind.DATE]
    spans += spans_of("issuing.verbs", text) + spans_of("issuing.posting", text)
    for name in (*names, *find_names(text)):
        spans += [match.span() for match in re.finditer(re.escape(fold(name)), folded)]
    for pattern in (office_pattern(), _particles()):
        spans += [match.span() for match in pattern.finditer(folded)]
    phrase = without(text, spans)
    kinds = find_kinds(phrase)
    behind = phrase[kinds[0][0] :] if kinds else phrase
    return behind if len(behind.split()) >= 3 else phrase
