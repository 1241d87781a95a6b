"""Judging answers: a question with what it expects and the answer's JSON in, a grade with its reasons out.

Right means that everything asked for is there and nothing is said that the citations do not hold. Refused
means that the program said the plans do not say, where they do. Everything else is wrong, save that an answer
which holds part of what was asked and states nothing false is called partly right. Numbers are compared as
numbers and units as amounts: "53 nghìn tỷ" is "53.000 tỷ đồng", and "27%" is not in "27,3%".
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from domain.interchange import JsonObject

_HEADLINE_CHARACTERS = {"figure": 240, "spelling": 240, "followup": 240}  # the answer itself stands here
_MOST_CHARACTERS = {"text": 2500, "compare": 1500, "table": 1500, "refuse": 1200, "trap": 1200}
_MOST_CHARACTERS_ELSE = 900
_SHORTEST_QUOTE = 8


class Grade(StrEnum):
    RIGHT = "right"
    PARTLY = "partly right"
    REFUSED = "refused"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer is not right. One that `misleads` says or shows something that is not so."""

    reason: str
    misleads: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    grade: Grade
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The text of each file that may be quoted, by name, made plain. `names_count`: whether a question's
    expected documents are checked; digests of the documents bear other names."""

    texts: Mapping[str, str]
    names_count: bool = True


# ----- text and numbers ----------------------------------------------------------------------------------

# A Vietnamese number: "." groups thousands, "," is the decimal mark. Not part of a date or document number.
_NUMBER = re.compile(r"(?<![\d.,/])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<rest>\d+))?(?![\d/])(?![.,]\d)")
_MARKUP = (
    (re.compile(r"<br\s*/?>"), " "),
    (re.compile(r"<[^>]+>|\u200b|\\"), ""),
    (re.compile(r"^\s*(?:#{1,6}|[-+*•–])\s+", re.MULTILINE), ""),
    (re.compile(r"[*_`]"), ""),
    (re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+"), " "),  # the rule below a table's heads
    (re.compile(r"[|\s]+"), " "),
    (re.compile(" %"), "%"),
)


def plain(text: object) -> str:
    """Lower-case NFC without Markdown marks and table bars, white space made one space."""
    kept = unicodedata.normalize("NFC", str(text)).lower()
    for pattern, instead in _MARKUP:
        kept = pattern.sub(instead, kept)
    return kept.strip()


def _value(match: re.Match[str]) -> Decimal:
    return Decimal(f"{match['whole'].replace('.', '')}.{match['rest'] or 0}").normalize()


def numbers(text: str) -> set[Decimal]:
    return {_value(match) for match in _NUMBER.finditer(text)}


def holds(text: str, part: str) -> bool:
    """Whether plain `text` holds `part`; a number that `part` starts with is compared as a number."""
    part = plain(part)
    lead = _NUMBER.match(part)
    if lead is None:
        return part in text
    words = part[lead.end() :]
    return any(
        _value(match) == _value(lead) and text.startswith(words, match.end())
        for match in _NUMBER.finditer(text)
    )


_POWERS = (("nghìn tỷ", 12), ("ngàn tỷ", 12), ("tỷ", 9), ("tỉ", 9), ("triệu", 6), ("nghìn", 3), ("ngàn", 3))


def _amount(value: object, unit: object) -> tuple[Decimal, str]:
    """(amount, base unit): (53, "nghìn tỷ") and (53000, "tỷ đồng") are the same."""
    name = plain(unit or "")
    for word, power in _POWERS:
        if name == word or name.startswith(word + " "):
            return Decimal(str(value)) * Decimal(10) ** power, name[len(word) :].strip() or "đồng"
    return Decimal(str(value)), name


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def same_figure(wanted: JsonObject, got: JsonObject) -> bool:
    """Whether an answer's figure is the one wanted, in all that the question says of it."""
    if "value" in wanted and not _same_value(wanted, got):
        return False
    years = {got.get("year"), *_list(got.get("period") or [])}
    if "year" in wanted and years.isdisjoint(_list(wanted["year"])):
        return False
    if any(
        name in wanted and got.get(name) not in _list(wanted[name])
        for name in ("level", "comparator", "role")
    ):
        return False
    return "place" not in wanted or plain(wanted["place"]) == plain(got.get("place") or "")


def _same_value(wanted: JsonObject, got: JsonObject) -> bool:
    units = _list(wanted.get("unit", got.get("unit")))
    try:
        own = _amount(got["value"], got.get("unit"))
        return any(_amount(wanted["value"], unit) == own for unit in units)
    except (InvalidOperation, KeyError):
        return False


# ----- what an answer states without support -------------------------------------------------------------


def unsupported(answer: JsonObject, asked: str) -> Iterator[Fault]:
    """Figures that their quotation does not hold, numbers of the text that nothing holds, keys of nothing."""
    citations = {citation.get("key"): citation for citation in answer.get("citations") or []}
    quotes = {key: numbers(plain(citation.get("quote", ""))) for key, citation in citations.items()}
    figures = [*(answer.get("figures") or []), *(answer.get("nearest") or [])]
    for figure in figures:
        yield from _unsupported_figure(figure, quotes)
    text = re.sub(r"~~.*?~~", " ", str(answer.get("text", "")), flags=re.DOTALL)
    for key in sorted({int(key) for key in re.findall(r"\[(\d+)\]", text)} - set(citations)):
        yield Fault(f"[{key}] names no citation", misleads=True)
    if answer.get("status") == "not_found":
        return
    known = numbers(plain(f"{asked} {answer.get('standalone_question') or ''}")).union(*quotes.values())
    known |= _numbers_of_places(citations.values()) | _numbers_of_figures(figures)
    for lost in sorted(_stated(text) - known)[:3]:
        yield Fault(f"number {lost:f} stands in no quotation", misleads=True)


def _unsupported_figure(figure: JsonObject, quotes: Mapping[Any, set[Decimal]]) -> Iterator[Fault]:
    keys = _list(figure.get("citations") or figure.get("citation") or [])
    if figure.get("computed"):
        if not keys:
            yield Fault(f"computed figure {figure.get('value')} names no citation", misleads=True)
        return
    value = figure.get("value")
    if value is None:
        return
    held = set[Decimal]().union(*(quotes.get(key, set()) for key in keys))
    if Decimal(str(value)).normalize() not in held:
        yield Fault(f"figure {value} {figure.get('unit')} is not in its quotation", misleads=True)


def _numbers_of_places(citations: Iterable[JsonObject]) -> set[Decimal]:
    """Numbers that say where something stands: pages, sections, document numbers and dates."""
    found: set[Decimal] = set()
    for citation in citations:
        names = [citation.get(name) for name in ("page", "number", "title", "issued_on")]
        about = json.dumps(citation.get("about") or {}, ensure_ascii=False)
        parts = [str(part) for part in (*names, *(citation.get("path") or []), about)]
        found |= {Decimal(digits).normalize() for digits in re.findall(r"\d+", " ".join(parts))}
        found |= {number for part in parts for number in numbers(plain(part))}
    return found


def _numbers_of_figures(figures: Iterable[JsonObject]) -> set[Decimal]:
    """Years that figures bear, and values that the program worked out itself."""
    found: set[Decimal] = set()
    for figure in figures:
        years = [figure.get("year"), figure.get("relative_to"), *_list(figure.get("period") or [])]
        found |= {Decimal(str(year)).normalize() for year in years if year is not None}
        if figure.get("computed") and figure.get("value") is not None:
            found.add(abs(Decimal(str(figure["value"])).normalize()))
    return found


def _stated(text: str) -> set[Decimal]:
    """The numbers of a text, without list marks, citation keys and dates."""
    bare = re.sub(r"(?m)^\s*\d+[.)]\s", " ", text)
    bare = re.sub(r"\[\d+\](?:\(\S*\))?|\b\d{1,2}/\d{1,2}/\d{4}\b", " ", bare)
    return numbers(plain(bare))


# ----- judging -------------------------------------------------------------------------------------------


def judge(question: JsonObject, answer: JsonObject, sources: Sources | None = None) -> Judgement:
    found = tuple(_faults(question, answer, sources))
    if not found:
        return Judgement(Grade.RIGHT, found)
    if answer.get("status") == "not_found" and question.get("status") != "not_found":
        return Judgement(Grade.REFUSED, found)
    partly = not any(fault.misleads for fault in found) and _holds_some(question, answer)
    return Judgement(Grade.PARTLY if partly else Grade.WRONG, found)


def _holds_some(question: JsonObject, answer: JsonObject) -> bool:
    """Whether at least one part or figure that the question asks for is there."""
    text = plain(answer.get("text", ""))
    if any(holds(text, part) for part in (*question.get("all", []), *question.get("any", []))):
        return True
    figures = answer.get("figures") or []
    return any(same_figure(want, figure) for want in question.get("figures") or [] for figure in figures)


def _faults(question: JsonObject, answer: JsonObject, sources: Sources | None) -> Iterator[Fault]:
    text = plain(answer.get("text", ""))
    figures = answer.get("figures") or []
    for unwanted in question.get("no_figures", []):
        if any(same_figure(unwanted, figure) for figure in figures):
            yield Fault(f"states a figure that the plans do not hold: {unwanted}", misleads=True)
    if sources is not None:
        yield from _misquoted(answer, sources.texts)
    yield from unsupported(answer, question["question"])
    for part in question.get("no", []):
        if holds(text, part):
            yield Fault(f"holds {part!r}", misleads=True)
    if len(text) > _MOST_CHARACTERS.get(question["kind"], _MOST_CHARACTERS_ELSE):
        yield Fault(f"{len(text)} characters are too many")
    if question.get("status") == "not_found":
        yield from _not_refused(question["kind"], answer)
    elif answer.get("status") not in ("answered", "partial"):
        yield Fault(f"status {answer.get('status')!r}, should answer", misleads=True)
    else:
        yield from _missing(question, text, figures)
        if sources is None or sources.names_count:
            yield from _not_cited(question, answer)


def _misquoted(answer: JsonObject, texts: Mapping[str, str]) -> Iterator[Fault]:
    for citation in answer.get("citations") or []:
        name, quote = _file(citation), plain(citation.get("quote", ""))
        if name not in texts:
            yield Fault(f"cites an unknown file {name!r}", misleads=True)
        elif len(quote) < _SHORTEST_QUOTE or quote not in texts[name]:
            yield Fault(f"quotation is not in {name}: {quote[:80]!r}", misleads=True)


def _file(citation: JsonObject) -> str:
    return Path(citation.get("source") or "").name


def _not_refused(kind: str, answer: JsonObject) -> Iterator[Fault]:
    status = answer.get("status")
    if status != "not_found" and not (kind == "trap" and status == "partial"):
        yield Fault(f"status {status!r}, should refuse", misleads=True)
    if kind == "refuse" and answer.get("figures"):
        yield Fault("refuses, yet states figures", misleads=True)


def _missing(question: JsonObject, text: str, figures: Sequence[JsonObject]) -> Iterator[Fault]:
    head = text[: _HEADLINE_CHARACTERS.get(question["kind"], len(text))]
    for part in question.get("all", []):
        if not holds(head, part):
            yield Fault(f"lacks {part!r}" + (" in its headline" if holds(text, part) else ""))
    choices = question.get("any")
    if choices and not any(holds(head, part) for part in choices):
        yield Fault(f"lacks any of {choices}")
    wanted = question.get("figures") or []
    for want in wanted:
        if not any(same_figure(want, figure) for figure in figures):
            yield Fault(f"no figure {want}")
    if (
        wanted
        and figures
        and question["kind"] != "compare"
        and not any(same_figure(want, figures[0]) for want in wanted)
    ):
        shown = " ".join(str(figures[0].get(name)) for name in ("value", "unit", "year"))
        yield Fault(f"first figure is {shown}", misleads=True)


def _not_cited(question: JsonObject, answer: JsonObject) -> Iterator[Fault]:
    """Expected documents: the first citation's, of prose and comparisons any citation's."""
    names = [_file(citation) for citation in answer.get("citations") or []]
    read = names if question["kind"] in ("text", "compare") else names[:1]
    expected = tuple(question.get("doc") or ())
    if expected and not any(name.startswith(expected) for name in read):
        yield Fault(f"cites {names[:3]}, not {list(expected)}", misleads=True)
    for document in question.get("docs", []):
        if not any(name.startswith(document) for name in names):
            yield Fault(f"does not cite {document}")
