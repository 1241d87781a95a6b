"""What a body has to do: "Sở Tài chính được giao làm gì?" from the paragraphs that open with its name.

Plans give each body its paragraph ("3. Sở Tài chính: tham mưu bố trí kinh phí; …") or its own heading; where none
does, this answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chain.cues import find_cues, pattern
from chain.drafting import Draft, document_name, plain_text
from chain.knowledge import tokens_of, words_of
from chain.said import said_of
from chain.scope import is_meant, is_running_text
from domain.documents import Passage
from vietnamese.folding import syllables
from vietnamese.patterns import WordList
from vietnamese.places import find_places
from vietnamese.tables import table

_MOST_CHARACTERS = 1500
LIST_MARK = re.compile(r"^\s*(?:[-+•*–]|\(?[\w.]{1,5}[.)])\s*")
_FEWEST_SYLLABLES = 2
_PLACE_WORDS = frozenset({"tinh", "thanh", "pho", "cua"})


def answer_duty(draft: Draft) -> bool:
    """Fill `draft` with what the plans give a body to do, where the question names one; False where they do not."""
    name = body_asked(draft.reading.query.terms)
    if not name:
        return False
    found = [
        (passage, line)
        for passage in draft.knowledge.passages.values()
        if is_running_text(passage) and is_meant(passage, draft.reading, draft.knowledge)
        for line in _lines_of(name, passage)
    ]
    if not found:
        return False
    documents = {passage.document_id for passage, _ in found}
    best = min(documents, key=lambda document: _closeness(draft, [p for p, _ in found if p.document_id == document]))
    own = sorted(
        ((passage, line) for passage, line in found if passage.document_id == best),
        key=lambda item: item[0].ordinal,
    )
    document = document_name(draft.knowledge.sources[best], draft.wording)
    items: list[str] = []
    used = 0
    for passage, line in own:
        used += len(line)
        if items and used > _MOST_CHARACTERS:
            break
        items.append(f"- {plain_text(line)} [{draft.cite(passage, line)}]")
    draft.line("according_to", document=document)
    draft.lines.append("\n".join(items))
    return True


def body_asked(text: str) -> tuple[str, ...]:
    """The folded syllables of the body whose duties `text` asks for, without its province; () where it has none."""
    span = body_span(text)
    if span is None:
        return ()
    name = " ".join(tokens_of(text[slice(*span)]))
    for place in {" ".join(syllables(place)) for place, _ in find_places(text)}:
        name = pattern("duties.of_place", place=re.escape(place)).sub("", name)
    words = tuple(name.split())
    return words if len(words) >= _FEWEST_SYLLABLES and "nao" not in words else ()


def body_span(text: str) -> tuple[int, int] | None:
    """Where `text` names the body whose duties it asks for."""
    cues = find_cues("duty.cues", text)
    bodies = _bodies().spans(text[: cues[0][0]]) if cues else []
    if not bodies:
        return None
    start, end = bodies[0][0], cues[0][0]
    name = text[start:end]
    ends = [span[0] for span in find_cues("duty.stops", name) if span[0]]
    ends += [mark.start() for mark in re.finditer(r"[;:?(]", name)]
    name = name[: min(ends, default=len(name))]
    return start, start + len(name.rstrip())


def opens_with_body(text: str) -> bool:
    """Whether `text` begins with a word that opens the name of a body ("Sở Nội vụ")."""
    return any(start == 0 for start, _ in _bodies().spans(text))


@cache
def _bodies() -> WordList:
    return WordList.of(table("names")["bodies_that_act"])


def _lines_of(name: tuple[str, ...], passage: Passage) -> list[str]:
    """The paragraphs of a passage that open with a body's name; all of them under a heading that is its name."""
    heading = _opening(passage.path[-1]) if passage.path else ()
    lines = [line.strip() for line in passage.text.split("\n") if line.strip()]
    if heading[: len(name)] == name and set(heading[len(name) :]) <= _PLACE_WORDS | _province_words(heading):
        return lines
    found = []
    for index, line in enumerate(lines):
        if _opening(line)[: len(name)] == name and len(_opening(line)) > len(name):
            found.append(line)
            if line.endswith(":"):
                found += [other for other in lines[index + 1 :] if LIST_MARK.match(other)]
    return found


def _province_words(words: Sequence[str]) -> set[str]:
    return {word for place, _ in find_places(" ".join(words)) for word in syllables(place)}


def _opening(line: str) -> tuple[str, ...]:
    """The folded syllables of a line without its list mark and the "Giao" of an order."""
    words = tokens_of(LIST_MARK.sub("", line))
    return words[1:] if words[:1] == ("giao",) else words


def _closeness(draft: Draft, passages: Sequence[Passage]) -> tuple[object, ...]:
    """Sorts first the document whose passages say most of the question with its title, then the one of authority."""
    source = draft.knowledge.source_of(passages[0])
    about = source.about.title if source.about and source.about.title else ""
    text = " . ".join((source.title, about, *(passage.text for passage in passages)))
    return -round(said_of(draft.reading, words_of(text)).share, 6), source.authority, source.document_id
