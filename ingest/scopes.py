"""Which year, place and role a figure has: from its own words, its sentence, its headings, its document.

The nearest scope that says it wins; a deadline that opens a sentence carries on in a page without headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from domain.documents import DocumentKind, Source
from domain.figures import Quantity, Role
from vietnamese.folding import fold
from vietnamese.patterns import alternatives, has_diacritics, matchable, whole_words
from vietnamese.places import find_places
from vietnamese.quantities import find_quantities
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch, find_times


@dataclass(frozen=True, slots=True)
class When:
    """A figure's time: a year, or a period with `year` null; `relative_to` the year compared with."""

    year: int | None = None
    period: tuple[int, int] | None = None
    relative_to: int | None = None


# A date behind a document's number belongs to that document: "Nghị quyết số 52 ngày 27/9/2020".
_REFERENCE = re.compile(
    r"(?:so\s*:?\s*\d+[\w./–-]*(?:\s*-?\s*[a-z/]+)?|\d+[a-z]?/[\w/–-]+|/[a-z]{2,}[\w-]*)"
    r"\s*,?\s*(?:ban hanh\s+)?(?:ngay)?\s*$"
)
_OPENING_CHARACTERS = 60  # how far into a sentence a deadline still opens it
_AS_OF = re.compile(r"tinh\s+den\s+(?:het\s+)?(?:ngay\s+)?$")
MONEY = ("đồng", "USD", "euro")


@cache
def _of_prices() -> re.Pattern[str]:
    words = alternatives(table("statements")["times"]["of_prices"])
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:(?:quoc gia|nam|giai doan|moi|cua)\s+)*$")


def own_times(text: str) -> tuple[TimeMatch, ...]:
    """The time expressions of `text` but for the dates of documents that it refers to."""
    folded = fold(text)
    return tuple(
        time
        for time in find_times(text)
        if (time.kind is not TimeKind.DATE or not _REFERENCE.search(folded[: time.span[0]]))
        and not _of_prices().search(folded[: time.span[0]])
    )


def _says_time(kind: str, text: str) -> bool:
    return _find("times", kind, text)


def is_yearly(text: str) -> bool:
    """Whether an amount is said to be one of every year ("mỗi năm")."""
    return _says_time("yearly", text)


def says_now(text: str) -> bool:
    """Whether a clause tells of the day on which the document was written ("hiện có", "đến nay")."""
    return _says_time("now", text)


def says_year_before(text: str) -> bool:
    """Whether a clause compares with the year before without naming it ("so với cùng kỳ")."""
    return _says_time("year_before", text)


def _of_times(times: Sequence[TimeMatch]) -> When | None:
    relative = next((time.first for time in times if time.kind is TimeKind.RELATIVE), None)
    said = [time for time in times if time.kind is not TimeKind.RELATIVE]
    if not said:
        return When(relative_to=relative) if relative else None
    last = next((time for time in said if time.kind is not TimeKind.PERIOD and time.deadline), said[-1])
    if last.kind is TimeKind.PERIOD:
        return When(period=(last.first, last.last), relative_to=relative)
    return When(year=last.first, relative_to=relative)


def when_in_sentence(text: str, sentence: tuple[int, int], segment: tuple[int, int]) -> When | None:
    """The time that the sentence gives the figure whose own words are `segment`.

    Its own words first; else the nearest year before them. A period said of another figure does not carry.
    """
    begin, end = max(segment[0], sentence[0]), min(segment[1], sentence[1])
    own = _of_times(own_times(text[begin:end]))
    if own and (own.year or own.period):
        return own
    before = [
        time
        for time in own_times(text[sentence[0] : begin])
        if time.kind in (TimeKind.YEAR, TimeKind.DATE) and _reaches(time, text[sentence[0] : begin])
    ]
    relative = own.relative_to if own else None
    if before:
        return When(year=before[-1].first, relative_to=relative)
    return own


def in_brackets(time: TimeMatch, text: str) -> bool:
    """Whether `text` has a time inside brackets."""
    lead = text[: time.span[0]]
    return lead.rfind("(") > lead.rfind(")")


def _reaches(time: TimeMatch, text: str) -> bool:
    """Whether a time still holds at the end of `text`: not out of its brackets, nor past a ";" in them."""
    return not in_brackets(time, text) or not re.search(r"[;)]", text[time.span[1] :])


def is_as_of(sentence: str, time: TimeMatch) -> bool:
    """Whether a day is that of a state ("tính đến ngày 30/6/2024"), not one by which something is due."""
    return time.kind is TimeKind.DATE and bool(_AS_OF.search(fold(sentence[: time.span[0]])))


def opening_deadline(sentence: str) -> int | None:
    """The year that a sentence opens with ("Cụ thể, đến năm 2020, …"), which holds for what follows it.

    A year behind the first quantity or in brackets opens nothing: "đạt 96,8% (năm 2022 là 94,1%)".
    """
    times = [time for time in own_times(sentence) if time.kind is TimeKind.YEAR or is_as_of(sentence, time)]
    if not times or times[0].span[0] > _OPENING_CHARACTERS:
        return None
    lead = sentence[: times[0].span[0]]
    opens = lead.count("(") == lead.count(")") and not find_quantities(lead)
    return times[0].first if opens else None


def when_in_path(path: Sequence[str]) -> When | None:
    """The time of the innermost heading that names exactly one."""
    for heading in reversed(path):
        times = [time for time in own_times(heading) if time.kind is not TimeKind.RELATIVE]
        years = {(time.first, time.last) for time in times}
        if len(years) == 1:
            return _of_times(times)
        if years:
            return None
    return None


@cache
def _words(section: str, kind: str, accented: bool) -> re.Pattern[str]:
    return whole_words(table("statements")[section][kind], accented=accented)


def _find(section: str, kind: str, text: str) -> bool:
    accented = has_diacritics(text)
    return bool(_words(section, kind, accented).search(matchable(text, accented)))


def _says(role: str, text: str) -> bool:
    return _find("roles", role, text)


def says_target(text: str) -> bool:
    """Whether the words aim at something ("phấn đấu", "mục tiêu")."""
    return _says("target", text)


def says_budget(text: str) -> bool:
    """Whether a heading is of money to be spent ("Phân bổ kinh phí năm 2024")."""
    return _says("budget", text) and not _says("not_budget", text)


def is_money(quantity: Quantity) -> bool:
    return quantity.base_unit.split("/")[0] in MONEY


def reported_year(source: Source) -> int | None:
    """The year that a report tells of: the last one of its title that is not to come."""
    now = reference_year(source)
    if source.kind is not DocumentKind.REPORT or now is None:
        return None
    years = [time.last for time in own_times(source.title) if time.kind is not TimeKind.RELATIVE]
    return max((year for year in years if year <= now), default=None)


def reference_year(source: Source) -> int | None:
    """The year in which the document, or the plan that it is about, was issued."""
    issued = source.issued_on or (source.about.issued_on if source.about else None)
    return issued.year if issued else None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around a figure that tell its role.

    `before` is what its own clause says before the number, `clause` its sentence up to the end of its clause,
    `headings` the trail and the opening lines above it, outermost first.
    """

    indicator: str
    before: str
    clause: str
    sentence: str
    headings: tuple[str, ...]


def heading_role(headings: Sequence[str]) -> Role | None:
    """What the innermost heading that says it makes of the figures below: results or targets."""
    for heading in reversed(headings):
        result, target = _says("result_headings", heading), _says("target_headings", heading)
        if result != target:
            return Role.RESULT if result else Role.TARGET
    return None


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` without the characters of `spans`."""
    return "".join(
        letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in spans)
    )


def says_then(before: str) -> bool:
    """Whether the words before a quantity only say that it was so a year before ("cùng kỳ đạt 47,5%")."""
    words = alternatives(table("statements")["then"])
    return bool(re.fullmatch(rf"\W*(?:{words})(?:\s+(?:dat|la|co|chi dat|chi))?\s*:?\s*", fold(before)))


def _is_aimed(before: str) -> bool:
    before = _without(before, [time.span for time in own_times(before)]).rstrip()
    accented = has_diacritics(before)
    words = alternatives(table("statements")["roles"]["aimed"], accented=accented)
    return bool(re.search(rf"(?<!\w)(?:{words})(?:\s+(?:là|la)|:)?\s*$", matchable(before, accented)))


def tells_of_future(clause: str) -> bool:
    """Whether a clause tells of what is to be: "phấn đấu", "dự kiến"."""
    return _says("future", clause)


def tells_of_past(clause: str) -> bool:
    """Whether a clause tells of what was done or is so: "đã thực hiện gần 8.300 lượt", "mới đạt 38%"."""
    if _says("future", clause):
        return False
    accented = has_diacritics(clause)
    planned = alternatives(table("statements")["roles"]["planned"], accented=accented)
    done = re.search(rf"(?<!\w)(?:đã|da)(?!\w)(?!\s+(?:{planned}))", matchable(clause, accented))
    return _says("present", clause) or bool(done and accented)


def role_of(source: Source, quantity: Quantity, wording: Wording, when: When) -> Role:
    """Target, result or budget, from the words of the figure's clause, its sentence and its headings."""
    issued = reference_year(source)
    year = when.year or (when.period[1] if when.period else None)
    past, coming = (bool(issued and year and year < issued), bool(issued and year and year > issued))
    innermost = wording.headings[-1] if wording.headings else ""
    money_for = (
        is_money(quantity)
        and _says("budget", f"{wording.indicator} {innermost}")
        and not _says("not_budget", wording.indicator)
    )
    if _is_aimed(wording.before) and not money_for:
        return Role.TARGET
    arrived = bool(issued and year and year <= issued)
    told = (
        (arrived and _says_time("estimated", wording.before))
        or tells_of_past(wording.clause)
        or (_says("result", wording.sentence) and not _says("target", wording.sentence))
    )
    above = heading_role(wording.headings)
    if (told or above is Role.RESULT) and not coming and not _says("future", wording.clause):
        return Role.RESULT
    if money_for:
        return Role.RESULT if past else Role.BUDGET
    if past:
        return Role.RESULT
    if source.kind is DocumentKind.REPORT and above is None:
        return Role.TARGET if coming or _says("target", wording.sentence) else Role.RESULT
    return Role.TARGET


def _is_route(sentence: str, start: int, end: int) -> bool:
    """Whether a place is one end of a road ("cao tốc TP. Hồ Chí Minh - Mộc Bài")."""
    before = re.search(r"\w\s*[-–]\s*(?:TP\.?\s*|thành phố\s+)?$", sentence[:start])
    return bool(before or re.match(r"\s*[-–]\s*[^\W\d_a-zà-ỹ]", sentence[end:]))


def place_of(source: Source, sentence: str) -> str | None:
    """The province that the sentence names, if exactly one; else the document's."""
    named = {
        place
        for place, (start, end) in find_places(sentence)
        if sentence[start].isupper() and not _is_route(sentence, start, end)
    }
    return named.pop() if len(named) == 1 else source.place
