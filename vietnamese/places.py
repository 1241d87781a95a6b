"""Provinces and cities named in text, and what became of them in the merger of 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import takewhile

from vietnamese.patterns import alternatives, has_diacritics, matchable
from vietnamese.tables import table

_QUESTIONS_KEPT = 64  # each is looked at once for every figure


@dataclass(frozen=True, slots=True)
class Merger:
    """A province that became part of `successor` on `day`, by `resolution`."""

    place: str
    successor: str
    day: date
    resolution: str


@cache
def _names() -> dict[str, str]:
    """Each spelling of a province to its name."""
    return {
        spelling: entry["name"]
        for entry in table("provinces")["province"]
        for spelling in (entry["name"], *entry.get("also", ()))
    }


@cache
def _pattern(accented: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    by_form = {matchable(spelling, accented): name for spelling, name in _names().items()}
    return re.compile(rf"(?<!\w)(?:{alternatives(_names(), accented=accented)})(?!\w)"), by_form


def find_places(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The provinces named in `text` (NFC), with spans, in order. Case does not matter.

    In a text with diacritics the name must have its own; without, the folded name counts.
    """
    accented = has_diacritics(text)
    pattern, by_form = _pattern(accented)
    form = matchable(text, accented)
    longer = [match.span() for match in _longer(accented).finditer(form)]
    found = [
        (by_form[re.sub(r"\s+", " ", match.group())], match.span())
        for match in pattern.finditer(form)
        if not _OF_A_PERSON.search(text[: match.start()])
        and not any(start <= match.start() < end for start, end in longer)
    ]
    return tuple(found)


@cache
def _longer(accented: bool) -> re.Pattern[str]:
    """Names that go on behind that of a province ("Đồng Tháp Mười")."""
    return re.compile(rf"(?<!\w)(?:{alternatives(table('provinces')['longer_names'], accented=accented)})(?!\w)")


_OF_A_PERSON = re.compile(
    r"(?:chủ tịch|bác|tư tưởng|cộng sản|lăng|đường|chu tich|bac|tu tuong|cong san)\s+$", re.I
)


@cache
def merger_of(place: str) -> Merger | None:
    """What `place` became part of in 2025; null where it still exists under its name."""
    provinces = table("provinces")
    for entry in provinces["province"]:
        if entry["name"] == place and "merged_into" in entry:
            return Merger(place, entry["merged_into"], provinces["changed_on"], provinces["resolution"])
    return None


@cache
def _locality() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, table("levels")["localities"]))
    several = "".join(rf"(?<!\b(?i:{word}) )" for word in table("levels")["several"])  # "các xã Thái Bình" name none
    return re.compile(rf"(?<!\w)(?<!(?i:hợp tác) )(?<!(?i:cấp) ){several}(?i:{kinds})(?=((?:\s+[^\W\d_]+){{1,4}}))")


@lru_cache(maxsize=_QUESTIONS_KEPT)
def localities_in(text: str) -> tuple[str, ...]:
    """The names of districts, towns and communes that `text` (NFC) names with their kind: "huyện Ninh Hải".

    A town that has the name of its province is named with its kind, so that it is not taken for the province.
    """
    found = []
    for match in _locality().finditer(text):
        words = list(takewhile(lambda word: word[:1].isupper(), match[1].split()))
        if words:
            own = " ".join(words)
            kind = text[match.start() : match.start(1)]
            found.append(f"{kind} {own}" if any(place == own for place, _ in find_places(own)) else own)
    return tuple(found)


@cache
def _before_bracket() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, table("levels")["localities"]))
    leads = "|".join(map(re.escape, table("levels")["leads"]))
    return re.compile(
        rf"(?:^|[,;:]|(?<!\w)(?:{leads}))\s*((?i:{kinds})?\s*(?:[A-ZĐÀ-Ỹ][\w'’]*\s+){{1,4}})\(\s*(?:[^\W\d_]+\s+){{0,3}}$"
    )


def name_before_bracket(text: str, start: int) -> str | None:
    """The place that a number at `start` in brackets is of: "Bảo Lạc" of "Bảo Lâm (17 xóm), Bảo Lạc (14 xóm)"."""
    match = _before_bracket().search(text[max(0, start - 80) : start])
    return match[1].strip() if match else None


@lru_cache(maxsize=_QUESTIONS_KEPT)
def spots_in(text: str) -> tuple[str, ...]:
    """Names in `text` (NFC) that stand without the kind of what they name: "Lộc Bình", "Na Hang".

    Runs of two to four capitalised words that are no province, no person and no body, in a text with diacritics.
    """
    if not has_diacritics(text):
        return ()
    for _, (start, end) in reversed(find_places(text)):
        text = text[:start] + " " * (end - start) + text[end:]
    names, found = table("names"), []
    opening = {word.lower() for word in (*names["family"], *names["bodies"], *names["titles"])}
    opening |= {office.split()[0].lower() for office in names["offices"]}
    for run in _capitalised_runs(text):
        words = [word.group() for word in run]
        before = text[: run[0].start()].rstrip(" \"“'(")
        opens = not before or before[-1] in ".?!:"
        if opens and words[-1] in names["bodies"]:
            continue  # "Theo Quyết định …"
        words = words[1:] if opens and len(words) > _LEAST_OF_A_NAME else words
        if len(words) >= _LEAST_OF_A_NAME and words[0].lower() not in opening:
            found.append(" ".join(words[:_MOST_OF_A_NAME]))
    return tuple(found)


def _capitalised_runs(text: str) -> list[list[re.Match[str]]]:
    """The words of `text` with a capital first letter and small ones behind it, in runs with spaces between."""
    runs: list[list[re.Match[str]]] = []
    end = -1
    for word in _WORD.finditer(text):
        if not word.group().istitle():
            continue
        if end >= 0 and runs and not text[end : word.start()].strip(" ") and text[end : word.start()]:
            runs[-1].append(word)
        else:
            runs.append([word])
        end = word.end()
    return runs


_LEAST_OF_A_NAME, _MOST_OF_A_NAME = 2, 4
_WORD = re.compile(r"[^\W\d_]+")
