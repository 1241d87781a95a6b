"""What the plans mean to do in one field: "Y tế sẽ ứng dụng CNTT thế nào?" from the paragraph that is about it.

Many sentences name a field among others; the paragraph that speaks of it alone is the one that is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chain.cues import has_cue
from chain.drafting import Draft, document_name, plain_text
from chain.duties import LIST_MARK, opens_with_body
from chain.knowledge import united, words_of
from chain.said import said_of
from chain.scope import is_meant, is_running_text
from domain.documents import Passage
from vietnamese.patterns import WordList
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table

_FEWEST_MENTIONS, _MOST_OTHERS = 2, 1  # of the field in a paragraph, and other fields named there
_SAID = 0.4  # of the question, by the paragraph with what stands over it
_MOST_CHARACTERS = 1500


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph about a field: which passage, its text, and how surely it is the one that is asked for."""

    passage: Passage
    text: str
    score: float


def answer_field(draft: Draft) -> bool:
    """Fill `draft` with the paragraph about the field that the question names; False where none is about it."""
    text = draft.reading.query.terms
    fields = _fields_in(text)
    if len(fields) != 1 or has_cue("prose.why", text) or not _asks_what_is_done(text):
        return False
    field = next(iter(fields))
    if table("fields")["field"][field].get("never_asked"):
        return False
    found = [
        paragraph
        for passage in draft.knowledge.passages.values()
        if is_running_text(passage)
        and is_meant(passage, draft.reading, draft.knowledge)
        and _has_other_fields(draft, passage, field)
        for line in passage.text.split("\n")
        if (paragraph := _about(draft, passage, line.strip(), field))
    ]
    if not found:
        return False
    best = min(found, key=lambda item: (-round(item.score, 6), *_order(draft, item)))
    section = [
        item
        for item in found
        if (item.passage.document_id, item.passage.path) == (best.passage.document_id, best.passage.path)
    ]
    draft.line("according_to", document=document_name(draft.knowledge.source_of(best.passage), draft.wording))
    items: list[str] = []
    used = len(best.text)
    for item in sorted(section, key=lambda item: _order(draft, item)):
        used += len(item.text) if item is not best else 0
        if item is not best and used > _MOST_CHARACTERS:
            continue
        quote = item.text[:_MOST_CHARACTERS]
        key = draft.cite(item.passage, quote)
        items += [f"- {plain_text(quote[slice(*span)])} [{key}]" for span in sentence_spans(quote)]
    draft.lines.append("\n".join(items))
    return True


def _order(draft: Draft, item: Paragraph) -> tuple[object, ...]:
    """By authority of the document, then as they stand in it."""
    return draft.knowledge.source_of(item.passage).authority, item.passage.ordinal, item.passage.text.find(item.text)


def _asks_what_is_done(text: str) -> bool:
    return any(has_cue(path, text) for path in ("prose.how", "prose.cues", "prose.which", "list.cues"))


@cache
def _words() -> tuple[WordList, ...]:
    return tuple(WordList.of(row["words"]) for row in table("fields")["field"])


def _fields_in(text: str) -> dict[int, int]:
    """How often each field is named in `text`, by its place in the table; those that are not are left out."""
    counted = {index: len(words.spans(text)) for index, words in enumerate(_words())}
    return {index: count for index, count in counted.items() if count}


def _has_other_fields(draft: Draft, passage: Passage, field: int) -> bool:
    """Whether a passage is of a document on more than the field: of a health plan every paragraph is about health."""
    source = draft.knowledge.source_of(passage)
    about = source.about.title if source.about and source.about.title else ""
    return field not in _fields_in(f"{source.title} . {about}")


def _about(draft: Draft, passage: Passage, line: str, field: int) -> Paragraph | None:
    """The paragraph where it speaks of the field again and again and of hardly another; else null."""
    named = _fields_in(line)
    others = len(named) - (field in named)
    labelled = field in _fields_in(match[1]) if (match := _LABEL.match(line)) else False
    if opens_with_body(LIST_MARK.sub("", line)) or (not labelled and named.get(field, 0) < _FEWEST_MENTIONS):
        return None
    if others > _MOST_OTHERS:
        return None
    source = draft.knowledge.source_of(passage)
    above = words_of(" . ".join((*passage.path, source.title, table("fields")["field"][field]["name"])))
    said = said_of(draft.reading, united((words_of(line), above)))
    if said.share < _SAID:
        return None
    return Paragraph(passage, line, min(named[field], 4) - 2 * others + 3 * said.share + 3 * labelled)


_LABEL = re.compile(r"\s*(?:[-+•*–]\s*|\(?[\w.]{1,5}[.)]\s*)?([^:.;]{4,50}):\s+\S")  # "a) Du lịch: …"
