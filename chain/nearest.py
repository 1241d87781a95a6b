"""The sentence nearest to a question: the one figure in it where it says what is asked, else under a refusal.

Comes after the register and the passages have found nothing: people ask in other words than the plans', and the
search still brings the sentence first. What it says of the question is measured word by word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence

from chain.cues import adds_up, asks_sum, superlative
from chain.drafting import Draft, document_name, plain_text
from chain.figure_answers import state_in_sentence
from chain.knowledge import Knowledge, Words, united, words_of
from chain.matching import broken_constraints
from chain.prose import Found, holds_what_is_worked_on, is_sure, ranked, says_verb
from chain.qualifiers import parts_follow, qualifiers_of, says_all
from chain.said import said_of, telling_words
from chain.sentences import alike, asked_noun, sentence_score, setting_of
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, asks_why
from domain.answers import Hit, Wanted
from domain.documents import Passage, PassageKind
from domain.figures import Figure
from vietnamese.folding import fold
from vietnamese.sentences import sentence_spans

_ALONE = 0.5  # of a question's telling words that a sentence says itself, its headings and titles apart
_BESIDE = 0.3  # of such words that stand side by side in the question, the share that must do so in the sentence
_LONGEST = 400  # characters; of a longer sentence its beginning is enough to tell whether it helps
_PASSAGES_READ = 3
_FEWEST = 3  # telling words of a question whose figure may be taken from a sentence …
_LEAST_TOLD = 6.0  # … and their weights added up: "Dân số … bao nhiêu người?" tells too little


def answer_from_nearest(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Fill `draft` with the one figure in the asked unit of the sentence that says all but all of the question."""
    reading, knowledge = draft.reading, draft.knowledge
    telling = telling_words(reading)
    if asks_sum(reading.query.terms) or adds_up(reading.query.terms) or superlative(reading.query.terms):
        return False
    if reading.unit is None or len(telling) < _FEWEST or math.fsum(telling.values()) < _LEAST_TOLD:
        return False
    best: tuple[float, Figure] | None = None
    told = [item for item in ranked(reading, hits, knowledge) if item.passage.kind is not PassageKind.TABLE_ROW]
    for passage, span in _sentences(told[:_PASSAGES_READ]):
        sentence = words_of(passage.text[slice(*span)])
        said = said_of(reading, united((sentence, _document_words(passage, knowledge))))
        alone = said_of(reading, sentence).share
        if said.share < THRESHOLDS.nearest_figure or said.beside < _BESIDE or alone < _ALONE:
            continue
        figures = [
            figure
            for figure in knowledge.figures_by_passage.get(passage.passage_id, ())
            if span[0] <= figure.span[0] < span[1]
            and figure.figure_id not in knowledge.changed_from
            and _is_in_unit(figure, reading, knowledge)
        ]
        meant = len(figures) == 1 and not _says_more(passage, span, figures[0], telling, knowledge)
        if meant and (best is None or said.share > best[0]):
            best = (said.share, figures[0])
    return best is not None and state_in_sentence(draft, best[1])


def _says_more(
    passage: Passage, span: tuple[int, int], own: Figure, telling: Collection[str], knowledge: Knowledge
) -> bool:
    """Whether a part of `own` in the sentence says telling words of the question that it does not.

    "226 mã số vùng trồng, trong đó 143 mã phục vụ xuất khẩu sang Trung Quốc": of those for China 226 is no answer.
    """
    said = knowledge.figure_words[own.figure_id].indicator.singles
    return any(
        sum(word in knowledge.figure_words[other.figure_id].indicator.singles - said for word in telling) >= _MORE
        for other in knowledge.figures_by_passage[passage.passage_id]
        if own.span[1] <= other.span[0] < span[1] and parts_follow(passage.text[own.span[1] : other.span[0]])
    )


_MORE = 2


def quote_nearest(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Fill `draft` with the sentence nearest to a question that asks for no number and tells a lot of what it means.

    Such a sentence is the answer where so much of the question stands in it; of a question in few words it is not.
    """
    if asks_why(draft.reading.query.terms):
        return False  # a sentence that says so gives no reason
    weights = telling_words(draft.reading)
    enough = _TOLD_OF_SOMEBODY if draft.reading.query.wanted is Wanted.PERSON else _TOLD_OF_A_LIST
    if len(weights) < _WORDS_OF_A_LIST or math.fsum(weights.values()) < enough:
        return False
    ranks = ranked(draft.reading, hits, draft.knowledge)
    found = _nearest(draft, ranks)
    if found is None or found[0].kind is PassageKind.TABLE_ROW:
        return False
    passage, quote = found
    if draft.reading.query.wanted is Wanted.PROSE:
        said = said_of(draft.reading, words_of(" . ".join((*passage.path, quote))))
        if draft.reading.unit or said.share < _HOW_SAID or said.beside < _HOW_SAID:
            return False
    if not says_all(qualifiers_of(draft.reading.query.terms), quote):
        return False
    if draft.reading.query.wanted is Wanted.PERSON and not says_verb(quote, draft.reading):
        return False
    noun = asked_noun(draft.reading)
    if noun and len(noun.split()) == 1 and not re.search(rf"(?<!\w)(?:{alike(noun)})(?!\w)", fold(quote)):
        return False
    key = draft.cite(passage, quote)
    if not (holds_what_is_worked_on(draft) and is_sure(draft, ranks, THRESHOLDS.nearest_confidence)):
        draft.citations.clear()
        return False
    draft.line("according_to", document=document_name(draft.knowledge.source_of(passage), draft.wording))
    draft.lines.append(f"- {plain_text(quote)} [{key}]")
    return True


_HOW_SAID = 0.6  # of a question how things are, by word and by pair of words
_WORDS_OF_A_LIST, _TOLD_OF_A_LIST, _TOLD_OF_SOMEBODY = 5, 12.0, 18.0  # telling words, and their weights added up


def name_nearest(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Put the sentence nearest to the question under a refusal; False where none is near."""
    found = _nearest(draft, ranked(draft.reading, hits, draft.knowledge))
    if found is None:
        return False
    passage, quote = found
    quote = quote if len(quote) <= _LONGEST else quote[:_LONGEST].rsplit(" ", 1)[0]
    name = document_name(draft.knowledge.source_of(passage), draft.wording)
    draft.lines = [draft.wording.text("answer.nearest_passage", document=name)]
    draft.lines.append(f"- {plain_text(quote)} [{draft.cite(passage, quote)}]")
    return True


def _nearest(draft: Draft, found: Sequence[Found]) -> tuple[Passage, str] | None:
    """The sentence that says most of the question, with its passage; null where none says enough."""
    told = [item for item in found if item.passage.kind is not PassageKind.FRONT_MATTER]
    if not told or told[0].coverage < THRESHOLDS.nearest_coverage:
        return None
    passage = told[0].passage
    setting = setting_of(passage, draft.knowledge)
    spans = sentence_spans(passage.text)
    best = max(spans, key=lambda span: sentence_score(draft.reading, passage.text[slice(*span)], setting))
    quote = passage.text[slice(*best)].strip()
    title = draft.knowledge.source_of(passage).title
    headings = [heading for heading in passage.path if heading != title]
    said = said_of(draft.reading, words_of(" . ".join((*headings, quote))))
    if said.share < THRESHOLDS.nearest_said or not (said.rare or said.beside > _BESIDE):
        return None
    return passage, quote


def _sentences(found: Sequence[Found]) -> Iterator[tuple[Passage, tuple[int, int]]]:
    for item in found:
        if item.passage.kind is not PassageKind.FRONT_MATTER:
            for span in sentence_spans(item.passage.text):
                yield item.passage, span


def _document_words(passage: Passage, knowledge: Knowledge) -> Words:
    """What a sentence need not say: its headings, the title and the issuer of its document."""
    source = knowledge.source_of(passage)
    about = source.about.title if source.about and source.about.title else ""
    return words_of(" . ".join((*passage.path, source.title, source.issuer or "", about)))


def _is_in_unit(figure: Figure, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a figure holds all constraints of the question and counts just what it asks for."""
    if figure.quantity.date is not None or broken_constraints(reading, figure, knowledge):
        return False
    kinds = ("money", "share", "growth", "duration", "factor", "usd")
    return reading.unit in kinds or fold(reading.unit or "") in fold(figure.quantity.unit)
