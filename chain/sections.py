"""Sections by their kind: "tự nhận những yếu kém gì?" from the section headed "Tồn tại, hạn chế".

People call such sections otherwise than the headings do. Where the question also names a topic of its own, the section
must say it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chain.cues import find_cues, has_cue, pattern, superlative, without
from chain.drafting import Draft, document_name, plain_text
from chain.knowledge import tokens_of, united, words_of
from chain.said import said_of, telling_words
from chain.scope import is_meant, is_running_text
from chain.sentences import sentence_score
from domain.answers import Wanted
from domain.documents import Passage, PassageKind
from vietnamese.folding import fold
from vietnamese.patterns import WordList
from vietnamese.tables import table

_MOST_CHARACTERS = 1900
_NAMED_SAID = 0.45  # of a question that names the section, by the section
_TOPIC_SAID = 0.6  # of the weight of what else the question tells, by the section and the titles over it


def answer_section(draft: Draft) -> bool:
    """Fill `draft` with the section of the kind that the question asks for; False where there is none on its topic."""
    text = draft.reading.query.terms
    for kind in reversed(table("sections")["kind"]):
        spans = _asked(kind["name"]).spans(text)
        conditions = _condition(kind["name"])
        narrower = _narrower(kind["name"])
        if not spans or (conditions and not conditions.spans(text)) or (narrower and narrower.spans(text)):
            continue
        left = set(tokens_of(without(text, spans + (conditions.spans(text) if conditions else []))))
        given = {word for phrase in kind.get("given", ()) for word in tokens_of(phrase)} | _document_words()
        topic = {word: weight for word, weight in telling_words(draft.reading).items() if word in left - given}
        found = [section for section in _sections(draft, kind).values() if _says(draft, section, topic)]
        if len(found) == 1:
            return _quote(draft, found[0])
    return False


def says_its_kind(text: str, quoted: str) -> bool:
    """Whether what is quoted tells of what the question asks for by its kind: of shortcomings, where of these."""
    return all(
        bool(WordList.of(kind["says"]).spans(quoted))
        for kind in table("sections")["kind"]
        if "says" in kind and _asked(kind["name"]).spans(text)
    )


@cache
def _document_words() -> set[str]:
    """The words of the kinds of documents: that a report is asked about need not be said in its section."""
    return {word for entry in table("document_kinds")["kind"] for name in entry["names"] for word in tokens_of(name)}


@cache
def _asked(name: str) -> WordList:
    return WordList.of(_kind(name)["asked"])


@cache
def _condition(name: str) -> WordList | None:
    """Words that must stand beside those that ask, where those alone ask for more ("vì sao … chưa đạt")."""
    return WordList.of(_kind(name)["with"]) if "with" in _kind(name) else None


@cache
def _narrower(name: str) -> WordList | None:
    """Words that ask for a part of such a section, which chain.prose finds ("nguyên nhân chủ quan")."""
    return WordList.of(_kind(name)["but"]) if "but" in _kind(name) else None


def _kind(name: str) -> dict[str, Any]:
    return next(kind for kind in table("sections")["kind"] if kind["name"] == name)


def _sections(draft: Draft, kind: Mapping[str, Any]) -> dict[str, list[Passage]]:
    """The passages under headings of a kind, by document, in the documents that the question may mean."""
    heads = re.compile("|".join(rf"(?<!\w){fold(head)}(?!\w)" for head in kind["heads"]))
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(draft.knowledge.passages.values(), key=lambda p: (p.document_id, p.ordinal)):
        if not passage.path or not is_running_text(passage):
            continue
        headed = any(heads.search(fold(heading)) for heading in passage.path[-2:])
        if headed and is_meant(passage, draft.reading, draft.knowledge):
            found[passage.document_id].append(passage)
    return found


def answer_in_section(draft: Draft) -> bool:
    """Fill `draft` from the section that the question names ("Phần huy động vốn nói …"): what of it says most.

    False where it names none, asks for a number, or the section says too little of the rest of the question.
    """
    text = draft.reading.query.terms
    if draft.reading.query.wanted is Wanted.COMPARISON or has_cue("figure.how_much", text) or superlative(text):
        return False
    if not any(has_cue(path, text) for path in _SECTION_CUES) and not _OPENING_TOPIC.match(text):
        return False
    section = _named(draft, text)
    if not section:
        return False
    lines = [(passage, line.strip()) for passage in section for line in passage.text.split("\n") if line.strip()]
    if sum(len(line) for _, line in lines) > _SHORT_SECTION:
        ranked = sorted(lines, key=lambda item: -sentence_score(draft.reading, item[1]))[:_BEST_LINES]
        lines = [item for item in lines if item in ranked]
    title = draft.knowledge.source_of(section[0]).title
    own = words_of(" . ".join((title, *section[0].path, *(line for _, line in lines))))
    if said_of(draft.reading, own).share < _NAMED_SAID:
        return False
    draft.line(
        "according_to_section",
        document=document_name(draft.knowledge.source_of(section[0]), draft.wording),
        section=plain_text(section[0].path[-1]),
    )
    draft.lines.append("\n".join(f"- {plain_text(line)} [{draft.cite(passage, line)}]" for passage, line in lines))
    return True


_SHORT_SECTION, _BEST_LINES = 1500, 3  # characters of a section that is quoted whole; lines taken from a longer one
_FEWEST_OF_NAME = 2  # words of a heading that follow "phần", "mục" … in a question that names it


def _named(draft: Draft, text: str) -> list[Passage]:
    """The passages of the one section whose heading the question says behind "phần", "mục" or "giải pháp"."""
    tokens = tokens_of(text)
    behind, whole = (_starts(path, text) for path in _SECTION_CUES)
    best: dict[tuple[str, tuple[str, ...]], tuple[int, list[Passage]]] = {}
    for passage in sorted(draft.knowledge.passages.values(), key=lambda p: (p.document_id, p.ordinal)):
        if not passage.path or passage.kind is PassageKind.TABLE_ROW:
            continue
        if not is_meant(passage, draft.reading, draft.knowledge):
            continue
        heading = tokens_of(_NUMBERING.sub("", passage.path[-1]))
        said = max((_common(tokens[start:], heading) for start in behind), default=0)
        said = max(said, _topic_of_heading(text, heading))
        said = max(said, *(len(heading) for start in whole if _common(tokens[start:], heading) == len(heading)), 0)
        if said >= min(_FEWEST_OF_NAME, len(heading)) > 0 and said >= _FEWEST_OF_NAME:
            best.setdefault((passage.document_id, passage.path), (said, []))[1].append(passage)
    most = max((said for said, _ in best.values()), default=0)
    found = [passages for said, passages in best.values() if said == most]
    return found[0] if len(found) == 1 else []


_OPENING_TOPIC = pattern("sections.opening_topic")


def _topic_of_heading(text: str, heading: Sequence[str]) -> int:
    """How many words "Về khoa học công nghệ, …" says of a heading that has all of them side by side."""
    match = _OPENING_TOPIC.match(text)
    topic = tokens_of(match[1]) if match else ()
    if len(topic) < _FEWEST_OF_TOPIC:
        return 0
    whole = any(tuple(heading[at : at + len(topic)]) == topic for at in range(len(heading) - len(topic) + 1))
    return len(topic) if whole else 0


_FEWEST_OF_TOPIC = 3
_SECTION_CUES = ("section.cues", "section.whole")


def _starts(path: str, text: str) -> set[int]:
    """Where a heading may begin among the tokens of a question: right behind each of the cues."""
    return {len(tokens_of(text[:end])) for _, end in find_cues(path, text)}


_NUMBERING = pattern("sections.numbering")


def _common(tokens: Sequence[str], heading: Sequence[str]) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(tokens, heading, strict=False)))


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
