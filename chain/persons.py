"""Persons of the plans: their office, and the sentence that says most of what is asked of them."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

from chain.cues import has_cue, pattern
from chain.drafting import Draft, document_name, plain_text
from chain.knowledge import words_of
from domain.documents import Passage
from vietnamese.folding import fold, syllables
from vietnamese.names import names_among
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table


def answer_person(draft: Draft) -> bool:
    """A person of the plans is named in the question: the sentence that says most of what is asked of them."""
    names = names_among(draft.reading.query.terms, draft.knowledge.names)
    if not names:
        return False
    name = max(names, key=len)
    of_name = set(syllables(name))
    asks_office = has_cue("about_document.office", draft.reading.query.terms)
    best: tuple[float, Passage, str] | None = None
    for passage in draft.knowledge.passages.values():
        for quote in _sentences_of_person(passage, name, draft.knowledge.names):
            if asks_office and name not in quote:
                continue
            own = words_of(quote).singles
            score = math.fsum(
                weight
                for word, weight in draft.reading.weights.items()
                if word in own and word not in of_name
            )
            score += 1.0 if name in quote and office_of(quote, name) else 0.0
            if best is None or score > best[0]:
                best = (score, passage, quote)
    if best is None:
        return False
    _, passage, quote = best
    key = draft.cite(passage, quote)
    office = office_of(quote, name).removeprefix(", ") if name in quote else ""
    if office:
        draft.line("office", name=name, office=office, key=key)
    draft.lines.append(f"{plain_text(quote)} [{key}]")
    draft.line("source_line", document=document_name(draft.knowledge.source_of(passage), draft.wording))
    return True


def _sentences_of_person(passage: Passage, name: str, names: Sequence[str]) -> list[str]:
    """The sentences that name a person or go on with what they say, up to the next person.

    A bare name takes the two lines before it; a sentence that announces a count takes what it counts.
    """
    spans = sentence_spans(passage.text)
    found, speaking = [], False
    for index, (start, end) in enumerate(spans):
        text = passage.text[start:end]
        if name in text or _names_shortly(text, name):
            speaking = True
        elif any(other in text or _names_shortly(text, other) for other in names):
            speaking = False
        if not speaking:
            continue
        if opening := _quotation_before(passage.text, start, text):
            found += [passage.text[slice(*span)] for span in spans if opening <= span[0] < start]
        bare = name in text and end - start <= len(name) + 4
        first = spans[max(0, index - 2)][0] if bare else start
        counted = itertools.takewhile(
            lambda span: _COUNTED_OFF.match(fold(passage.text[slice(*span)])), spans[index + 1 :]
        )
        last = max((stop for _, stop in counted), default=end)
        found.append(passage.text[first:last])
    return found


_SPEAKER_BEHIND = pattern("persons.speaker_behind")


def _quotation_before(text: str, start: int, sentence: str) -> int | None:
    """Where the quotation begins whose speaker `sentence` names at its end ("… dự phòng. …", bà Sen đề nghị)."""
    closing = _SPEAKER_BEHIND.search(sentence)
    if closing is None or re.search(r"[\"“«]", sentence[: closing.start()]):
        return None
    line = text.rfind("\n", 0, start) + 1
    opening = max(text.rfind(mark, line, start) for mark in '"“«')
    return opening if opening >= line else None


_COUNTED_OFF = pattern("persons.counted_off")


def _names_shortly(text: str, name: str) -> bool:
    """Whether a sentence speaks of somebody by title and given name ("bà Diệu nói")."""
    given = re.escape(name.split()[-1])
    return bool(pattern("persons.addressed", given=given).search(text))


# The last rank before a name: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / (Đã ký)" is the deputy's.
_OFFICE = pattern("persons.office")


_OFFICE_BEHIND = pattern("persons.office_behind")


def office_line(above: str) -> str:
    """The line above a name that may say the office: the last one but for "(Đã ký)"."""
    lines = [line for line in above.split("\n") if line.strip() and not _SIGNED.fullmatch(line.strip())]
    return lines[-1] if lines else ""


_SIGNED = re.compile(table("document_kinds")["signer"]["signed_mark"], re.I)


def office_of(quote: str, name: str) -> str:
    """The signer's office, where the words right before the name give it."""
    line = re.sub(r"\s+", " ", office_line(quote[: quote.find(name)])).strip()
    match = _OFFICE.search(line) or _OFFICE_BEHIND.match(
        quote[quote.find(name) + len(name) :]
    )
    if not match:
        return ""
    office = match[1].strip()
    return ", " + plain_text(office.capitalize() if office.isupper() else office)
