"""What the model may cite: a closed set of passages under short keys, each with its records from the register.

Chosen by the extractive answer (what it cites comes first) and by the search; written out as data for a
prompt. Sums, counts and differences that the extractive answer worked out come along as computed records.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from chain.drafting import kind_text, quantity_text, scope_text
from chain.knowledge import Knowledge
from chain.matching import Match
from domain.answers import Answer, AnswerFigure, Hit
from domain.documents import Passage, Source
from domain.figures import Figure
from prompts.wording import Wording
from vietnamese.folding import fold
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table

_MOST_PASSAGES = 12
_MOST_CITED = 6  # of the passages that a long extractive answer cites
_MOST_FIGURES = 12  # that match the question best
_MOST_CHARACTERS = 12_000
_SHORTEST_SHARE = 0.25  # of the best search score; what is found below it is left out


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One passage under its key, with the register's figures of it."""

    key: int
    source: Source
    passage: Passage
    figures: tuple[Figure, ...]

    @property
    def body(self) -> str:
        """The passage's text, as long as it is, without sentences that give a reader's machine orders."""
        return without_orders(self.passage.text)

    @property
    def text(self) -> str:
        """Everything of the passage that a statement may rest on: headings, body, and what the document is."""
        source, about = self.source, self.source.about
        known = [source.title, source.number, source.issuer, source.signer, source.place, source.digest_of]
        if about:
            known += [about.title, about.number, about.issuer, about.signer]
        heads = [column for column in self.passage.columns if column]
        return "\n".join((*self.passage.path, *heads, self.body, *(part for part in known if part)))


@dataclass(frozen=True)
class EvidenceSet:
    """The closed set. `computed` are figures worked out from several passages, with their keys."""

    items: tuple[EvidenceItem, ...]
    computed: tuple[AnswerFigure, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[int, EvidenceItem]:
        return {item.key: item for item in self.items}


def gather(
    extractive: Answer, hits: Sequence[Hit], matches: Sequence[Match], knowledge: Knowledge
) -> EvidenceSet:
    """The passages that the extractive answer cites, then those of the search and of the figures that match
    the question best, in turn, as far as they fit."""
    wanted = [citation.passage for citation in extractive.citations][:_MOST_CITED]
    wanted += _passages_of((*extractive.figures, *extractive.nearest), knowledge)
    least = hits[0].score * _SHORTEST_SHARE if hits else 0.0
    found = [hit.passage for hit in hits if hit.score >= least]
    holding = [match.figure for match in matches if not match.broken][:_MOST_FIGURES]
    matched = list(dict.fromkeys(knowledge.passages[figure.passage_id] for figure in holding))
    for pair in itertools.zip_longest(found, matched):
        wanted += [passage for passage in pair if passage is not None]
    chosen: dict[str, Passage] = {}
    used = 0
    for passage in wanted:
        if passage.passage_id in chosen or passage.passage_id not in knowledge.passages:
            continue
        if len(chosen) >= _MOST_PASSAGES or (chosen and used + len(passage.text) > _MOST_CHARACTERS):
            continue
        chosen[passage.passage_id] = passage
        used += len(passage.text)
    items = tuple(
        EvidenceItem(key, knowledge.source_of(passage), passage, _figures_of(passage, knowledge))
        for key, passage in enumerate(chosen.values(), start=1)
    )
    return EvidenceSet(items, _computed(extractive, items))


@lru_cache(maxsize=1024)
def without_orders(text: str) -> str:
    """`text` with the sentences blanked that address a language model instead of a reader.

    What a document orders is no evidence, and is neither shown to the model nor accepted from it."""
    characters = list(text)
    for start, end in sentence_spans(text):
        if _orders().search(fold(text[start:end])):
            characters[start:end] = " " * (end - start)
    return "".join(characters)


@cache
def _orders() -> re.Pattern[str]:
    patterns = table("generated")["orders"]["patterns"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _figures_of(passage: Passage, knowledge: Knowledge) -> tuple[Figure, ...]:
    """The register's figures of the passage, but for those in sentences that give orders."""
    body = without_orders(passage.text)
    figures = knowledge.figures_by_passage.get(passage.passage_id, ())
    return tuple(figure for figure in figures if body[slice(*figure.span)].strip())


def _passages_of(stated: Sequence[AnswerFigure], knowledge: Knowledge) -> list[Passage]:
    ids = [entry.figure.passage_id for entry in stated if not entry.computed]
    return [knowledge.passages[passage_id] for passage_id in ids if passage_id in knowledge.passages]


def _computed(extractive: Answer, items: Sequence[EvidenceItem]) -> tuple[AnswerFigure, ...]:
    """The computed figures whose passages are all in the set, with the keys that they have here."""
    here = {item.passage.passage_id: item.key for item in items}
    there = {citation.key: citation.passage.passage_id for citation in extractive.citations}
    found = []
    for entry in extractive.figures:
        keys = [here.get(there.get(key, "")) for key in entry.citations]
        if entry.computed and keys and all(keys):
            found.append(AnswerFigure(entry.figure, tuple(key for key in keys if key), computed=True))
    return tuple(found)


def written(evidence: EvidenceSet, wording: Wording) -> str:
    """The set as the prompt gives it. Marks that could close a passage are escaped: documents are data."""
    parts = [_written_item(item, wording) for item in evidence.items]
    parts += [_written_computed(entry, wording) for entry in evidence.computed]
    return "\n".join(parts)


def _written_item(item: EvidenceItem, wording: Wording) -> str:
    source, passage = item.source, item.passage
    number = source.number or (source.about.number if source.about else None)
    issued = source.issued_on or (source.about.issued_on if source.about else None)
    facts = [kind_text(source, wording), number, issued.isoformat() if issued else None, source.place]
    document = ", ".join(part for part in (*facts, source.title) if part)
    lines = [
        f'<passage key="{item.key}" document="{_data(document)}" section="{_data(" › ".join(passage.path))}">',
        _data(_body(item)),
        *(f"  = {_record(figure, wording)}" for figure in item.figures),
        "</passage>",
    ]
    return "\n".join(lines)


def _body(item: EvidenceItem) -> str:
    """The passage's text; a table row's cells under their heads."""
    passage = item.passage
    if not passage.cells or item.body != passage.text:
        return re.sub(r"[ \t]{2,}", " ", item.body).strip()
    return passage.embedding_text.split("\n", len(passage.path))[-1]


def _written_computed(entry: AnswerFigure, wording: Wording) -> str:
    keys = "".join(f"[{key}]" for key in entry.citations)
    return f'<computed keys="{keys}">{_record(entry.figure, wording)}</computed>'


def _record(figure: Figure, wording: Wording) -> str:
    return _data(f"{figure.indicator}: {quantity_text(figure)} ({scope_text(figure, wording)})")


def _data(text: str) -> str:
    return html.escape(text, quote=True).replace("&#x27;", "'")
