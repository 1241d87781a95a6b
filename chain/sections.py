"""Sections by their kind: "tự nhận những yếu kém gì?" from the section headed "Tồn tại, hạn chế".

People call such sections otherwise than the headings do. Where the question also names a topic of its own, the section
must say it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chain.cues import without
from chain.drafting import Draft, document_name, plain_text
from chain.knowledge import tokens_of, united, words_of
from chain.said import telling_words
from domain.documents import Passage, PassageKind
from vietnamese.folding import fold
from vietnamese.patterns import WordList
from vietnamese.tables import table

_MOST_CHARACTERS = 1900
_TOPIC_SAID = 0.6  # of the weight of what else the question tells, by the section and the titles over it


def answer_section(draft: Draft) -> bool:
    """Fill `draft` with the section of the kind that the question asks for; False where there is none on its topic."""
    text = draft.reading.query.terms
    for kind in reversed(table("sections")["kind"]):
        spans = _asked(kind["name"]).spans(text)
        conditions = _condition(kind["name"])
        if not spans or (conditions and not conditions.spans(text)):
            continue
        left = set(tokens_of(without(text, spans + (conditions.spans(text) if conditions else []))))
        topic = {word: weight for word, weight in telling_words(draft.reading).items() if word in left}
        found = [section for section in _sections(draft, kind).values() if _says(draft, section, topic)]
        if len(found) == 1:
            return _quote(draft, found[0])
    return False


@cache
def _asked(name: str) -> WordList:
    return WordList.of(_kind(name)["asked"])


@cache
def _condition(name: str) -> WordList | None:
    """Words that must stand beside those that ask, where those alone ask for more ("vì sao … chưa đạt")."""
    return WordList.of(_kind(name)["with"]) if "with" in _kind(name) else None


def _kind(name: str) -> dict[str, Any]:
    return next(kind for kind in table("sections")["kind"] if kind["name"] == name)


def _sections(draft: Draft, kind: Mapping[str, Any]) -> dict[str, list[Passage]]:
    """The passages under headings of a kind, by document, in the documents that the question may mean."""
    heads = re.compile("|".join(rf"(?<!\w){fold(head)}(?!\w)" for head in kind["heads"]))
    reading, knowledge = draft.reading, draft.knowledge
    named = {source.document_id for source in reading.sources}
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(knowledge.passages.values(), key=lambda p: (p.document_id, p.ordinal)):
        source = knowledge.source_of(passage)
        if passage.kind in (PassageKind.TABLE_ROW, PassageKind.FRONT_MATTER) or not passage.path:
            continue
        meant = (not named or source.document_id in named) and (
            not reading.query.places or source.place is None or source.place in reading.query.places
        )
        filters = reading.query.filters
        allowed = (not filters.documents or source.document_id in filters.documents) and (
            not filters.kinds or source.kind.value in filters.kinds
        )
        if meant and allowed and any(heads.search(fold(heading)) for heading in passage.path[-2:]):
            found[passage.document_id].append(passage)
    return found


def _says(draft: Draft, section: Sequence[Passage], topic: Mapping[str, float]) -> bool:
    """Whether a section with its headings and its document's titles says what else the question tells."""
    source = draft.knowledge.source_of(section[0])
    about = source.about.title if source.about and source.about.title else ""
    above = words_of(" . ".join((source.title, about, source.place or "", source.issuer or "")))
    own = united((above, *(words_of(" . ".join((*passage.path, passage.text))) for passage in section)))
    total = math.fsum(topic.values())
    held = math.fsum(weight for word, weight in topic.items() if word in own.singles)
    return held >= _TOPIC_SAID * total


def _quote(draft: Draft, section: Sequence[Passage]) -> bool:
    """The section's lines as a list, as far as they fit."""
    source = draft.knowledge.source_of(section[0])
    draft.line(
        "according_to_section",
        document=document_name(source, draft.wording),
        section=plain_text(section[0].path[-1]),
    )
    items: list[str] = []
    used = 0
    for passage in section:
        for line in (line.strip() for line in passage.text.split("\n")):
            used += len(line)
            if line and (not items or used <= _MOST_CHARACTERS):
                items.append(f"- {plain_text(line)} [{draft.cite(passage, line)}]")
    draft.lines.append("\n".join(items))
    return True
