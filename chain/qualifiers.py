"""Words that change what a figure measures: "bình quân", "giải ngân", "chưa có", "vốn do doanh nghiệp bỏ ra".

A question in, what an answer to it must say out. The words stand in tables/qualifiers.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from chain.cues import pattern
from vietnamese.folding import fold
from vietnamese.patterns import WordList, has_diacritics
from vietnamese.tables import table


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Words that a question may have, those in which they mean something else, and what then is or is not said."""

    asked: WordList
    meaningless: WordList | None
    said: WordList | None
    unsaid: WordList | None
    marks: tuple[str, ...] = ()  # that say it without a word: the "/" of "triệu đồng/năm"
    of_indicator: bool = False  # the rest of the sentence says nothing of it

    def is_asked(self, text: str) -> bool:
        within = self.meaningless.spans(text) if self.meaningless else []
        return any(
            not any(first <= start and end <= last for first, last in within)
            and not _ENDS.match(text, end)
            for start, end in self.asked.spans(text)
        )

    def is_said(self, text: str) -> bool:
        if self.unsaid and self.unsaid.spans(text):
            return False
        return self.said is None or bool(self.said.spans(text)) or any(mark in text for mark in self.marks)


_QUESTIONS_KEPT = 64  # each is looked at once for every figure
_ENDS = pattern("qualifiers.ends")


@lru_cache(maxsize=_QUESTIONS_KEPT)
def qualifiers_of(question: str) -> tuple[Qualifier, ...]:
    """What the sentence of an answer to `question` has to say."""
    return tuple(qualifier for qualifier in _all("qualifier") if qualifier.is_asked(question))


@lru_cache(maxsize=_QUESTIONS_KEPT)
def funds_named(question: str) -> tuple[Qualifier, ...]:
    """The sources of funds that `question` names, where it asks what they give."""
    return tuple(qualifier for qualifier in _all("funds") if qualifier.is_asked(question))


def fund_spans(question: str) -> list[tuple[int, int]]:
    """Where `question` names sources of funds, longest names first where they overlap."""
    found: list[tuple[int, int]] = []
    spans = (span for qualifier in _all("funds") for span in qualifier.asked.spans(question))
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= first or last <= start for first, last in found):
            found.append((start, end))
    return sorted(found)


def says_all(qualifiers: Iterable[Qualifier], text: str) -> bool:
    return all(qualifier.is_said(text) for qualifier in qualifiers)


@lru_cache(maxsize=_QUESTIONS_KEPT)
def subjects_of(text: str) -> frozenset[int]:
    """Who or what a text speaks of, by their groups in the table."""
    return frozenset(index for index, names in enumerate(_subjects()) if names.spans(text))


@lru_cache(maxsize=_QUESTIONS_KEPT)
def may_count(noun: str) -> frozenset[int] | None:
    """The groups of whom `noun` may count a share; null where it counts anything ("đơn vị")."""
    counted, folded = table("qualifiers")["counted"], fold(noun)
    if folded in map(fold, counted["anything"]):
        return None
    if folded in map(fold, counted["people"]):
        rows = table("qualifiers")["subject"]
        return frozenset(index for index, row in enumerate(rows) if row.get("people"))
    return subjects_of(noun)


def parts_follow(text: str) -> bool:
    """Whether `text`, which stands between two figures, says that the second is a part of the first."""
    return bool(_of_parts().spans(text))


@cache
def _of_parts() -> WordList:
    return WordList.of(table("qualifiers")["part"]["cues"])


@cache
def _subjects() -> tuple[WordList, ...]:
    return tuple(WordList.of(row["names"]) for row in table("qualifiers")["subject"])


@cache
def _all(section: str) -> tuple[Qualifier, ...]:
    def words(row: dict[str, list[str]], key: str) -> WordList | None:
        found = [word for word in row.get(key, ()) if word[0].isalpha()]
        return WordList.of(found) if found else None

    return tuple(
        Qualifier(
            WordList.of(row["asked"]),
            words(row, "but"),
            words(row, "said"),
            words(row, "unsaid"),
            tuple(word for word in row.get("said", ()) if not word[0].isalpha()),
            bool(row.get("of_indicator")),
        )
        for row in table("qualifiers")[section]
    )


# ----- what a question does not mean -----------------------------------------------------------------------


def excluded_spans(question: str) -> list[tuple[int, int]]:
    """Where `question` names what it does not mean: "(không phải bên Tỉnh ủy)", up to the next mark."""
    return [(start, stop) for _, start, stop in _excluded(question)]


def exclusion_spans(question: str) -> list[tuple[int, int]]:
    """The same with the words that say so: "ngoài nhóm A", not only "A"."""
    return [(cue, stop) for cue, _, stop in _excluded(question)]


def _excluded(question: str) -> list[tuple[int, int, int]]:
    spans = []
    for start, end in _exclusions().spans(question):
        if not has_diacritics(question) and " " not in question[start:end]:
            continue  # "tru so" is no "trừ"
        if not _APART.search(question[:start]) and not _always().spans(question[start:end]):
            continue
        stop = _STOP.search(question, end)
        spans.append((start, end, stop.start() if stop else len(question)))
    return spans


_STOP = pattern("qualifiers.stop")


_APART = re.compile(r"(?:^|[,;:(–-])\s*$")


@cache
def _exclusions() -> WordList:
    exclusion = table("qualifiers")["exclusion"]
    return WordList.of((*exclusion["cues"], *exclusion["always"]))


@cache
def _always() -> WordList:
    return WordList.of(table("qualifiers")["exclusion"]["always"])
