"""How well a sentence answers a question: its words, the list that it opens, whom it speaks of.

A reading and a sentence in, a score out; which sentences are quoted is chain.prose's matter.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from functools import cache

from chain.cues import pattern
from chain.knowledge import Knowledge, Words, words_of
from chain.understanding import Reading
from domain.documents import Passage
from vietnamese.folding import fold, syllables
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table

ENUMERATION = 0.3  # added to a sentence that lists what is asked for


ANY_TARGET = frozenset({"chi tieu", "muc tieu", "con so", "so lieu"})  # nouns that a label need not say


def asked_noun(reading: Reading) -> str | None:
    """The noun of "những lĩnh vực nào" or "các giải pháp của …", folded: "lĩnh vực", "giải pháp"."""
    text = fold(reading.query.terms)
    match = pattern("sentences.which_of").search(text)
    match = match or pattern("sentences.listed").match(text)
    noun = match[1].strip() if match else None
    return None if noun in {fold(word) for word in table("questions")["prose"]["any_noun"]} else noun


def asks_several(reading: Reading) -> bool:
    """Whether a question asks for several things at once ("những chỉ tiêu nào …"), which no one figure is."""
    return bool(pattern("sentences.which_several").search(fold(reading.query.terms)))


@cache
def alike(noun: str) -> str:
    """A noun and those that are used for it, folded, as the alternatives of a pattern ("ngành": "lĩnh vực")."""
    groups = [[fold(phrase) for phrase in group] for group in table("synonyms")["groups"]]
    nouns = [noun, *(other for group in groups if noun in group for other in group)]
    apart = "".join(rf"(?<!{re.escape(fold(word))} )" for word in table("questions")["prose"]["not_behind"])
    return "|".join(f"{apart}{re.escape(one)}" if " " not in one else re.escape(one) for one in dict.fromkeys(nouns))


def _lists(reading: Reading, sentence: str) -> bool:
    """Whether a sentence opens a list of what is asked for: "một số lĩnh vực cấp thiết như: y tế, …"."""
    noun = asked_noun(reading)
    return bool(noun and re.search(rf"(?<!\w)(?:{alike(noun)})[^:.;]{{0,40}}:\s*\w", fold(sentence)))


def opening_nouns(reading: Reading) -> list[str]:
    """The noun of a list that the question opens with, folded: "Giải pháp thực hiện kế hoạch là gì?"."""
    opened = fold(reading.query.terms)
    return [
        noun for noun in map(fold, table("questions")["prose"]["openings"]) if opened.startswith(f"{noun} ")
    ]


def enumerates(reading: Reading, text: str) -> bool:
    """Whether `text` lists what the question asks for: "các nước …", "một số lĩnh vực … như:"."""
    noun = asked_noun(reading)
    return bool(
        noun
        and noun not in ANY_TARGET
        and pattern("sentences.enumerated", noun=alike(noun)).search(fold(text))
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence need not say itself: the words of its document's title and those of its headings."""

    title: frozenset[str]
    path: Words


_NO_SETTING = Setting(frozenset(), Words(frozenset(), frozenset()))


def setting_of(passage: Passage, knowledge: Knowledge) -> Setting:
    source = knowledge.source_of(passage)
    title = words_of(f"{source.title} . {source.about.title if source.about else ''}").singles
    own = [heading for heading in passage.path if fold(heading) != fold(source.title)]
    return Setting(title, words_of(" . ".join(own)))


_GIVEN = 0.3  # of the weight of a word of the title, where the sentences of its document are compared


_ABOVE = 0.7  # of the weight of a word that the headings say, and not the sentence


def sentence_score(reading: Reading, sentence: str, setting: Setting = _NO_SETTING) -> float:
    own, above = words_of(sentence), setting.path
    weights = {
        word: weight * (_GIVEN if word in setting.title else 1.0) for word, weight in reading.weights.items()
    }
    total = math.fsum(weights.values()) or 1.0
    singles = math.fsum(
        weight * (1.0 if word in own.singles and reading.is_form(word, own) else _ABOVE)
        for word, weight in weights.items()
        if (word in own.singles and reading.is_form(word, own)) or word in above.singles
    )
    pairs = list(itertools.pairwise(reading.words))
    paired = math.fsum(1.0 if pair in own.pairs else _ABOVE * (pair in above.pairs) for pair in pairs)
    bonus = ENUMERATION * (
        enumerates(reading, sentence) + _lists(reading, sentence) + opens_with_subject(reading, sentence)
    )
    return singles / total + (0.5 * paired / len(pairs) if pairs else 0.0) + bonus


def speaks_of(reading: Reading, passage: Passage) -> bool:
    """Whether a sentence of the passage opens with what the question opens with."""
    return any(
        opens_with_subject(reading, passage.text[slice(*span)]) for span in sentence_spans(passage.text)
    )


_SUBJECT = 3  # syllables that a sentence and a question open with together


def opens_with_subject(reading: Reading, sentence: str) -> bool:
    """Whether the sentence speaks of what the question opens with: "Tổ công nghệ số làm gì?".

    Two syllables are enough where the question goes on with what is asked of them ("Tỉnh đoàn được giao gì?").
    """
    places = {tuple(syllables(place)) for place in reading.query.places}
    asked = _without_places(syllables(_ACCORDING.sub("", reading.query.terms)), places)
    opening = _without_places(syllables(_LIST_MARK.sub("", sentence)), places)
    opening = opening[1:] if opening[:1] == ["giao"] else opening
    common = sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(asked, opening, strict=False))
    )
    rest = " ".join(asked[common:])
    return common >= _SUBJECT or (common == _SUBJECT - 1 and bool(_DUTY_ASKED.match(rest)))


_DUTY_ASKED = pattern("sentences.duty_asked")


_ACCORDING = pattern("sentences.according")  # names the document, not whom is asked about


def _without_places(words: list[str], places: set[tuple[str, ...]]) -> list[str]:
    """The syllables without the names of the places that the question names anyway."""
    kept: list[str] = []
    index = 0
    while index < len(words):
        place = next((place for place in places if tuple(words[index : index + len(place)]) == place), None)
        if place:
            index += len(place)
            continue
        kept.append(words[index])
        index += 1
    return kept


_LIST_MARK = re.compile(r"^\s*(?:[-+•*–]|\(?\w{1,2}[.)])\s+")
