"""Years, periods and dates in Vietnamese text, with their spans. "năm nay" is resolved against a given day.

What a time is said *of* is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vietnamese.folding import fold
from vietnamese.tables import table


class TimeKind(StrEnum):
    YEAR = "year"  # "đến năm 2030", "năm 2023", "cuối năm 2020", "2030"
    PERIOD = "period"  # "giai đoạn 2016 – 2020"
    DATE = "date"  # "ngày 01/6/2023"
    RELATIVE = "relative"  # "so với năm 2020": what is compared with


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """One time expression. `first` and `last` are equal but for a period; `day` only for a full date.

    `deadline` is True for "đến năm 2030", "trước ngày …". `span` is half-open, in characters.
    """

    kind: TimeKind
    first: int
    last: int
    span: tuple[int, int]
    deadline: bool = False
    day: date | None = None


_YEAR = r"(?:19|20)\d{2}"
_DASH = r"\s*(?:-|–|—|÷|den(?:\s+het)?(?:\s+nam)?|toi(?:\s+nam)?)\s*"
_PERIOD = re.compile(
    rf"(?<![\d/.,])(?:(?:trong\s+)?(?:giai\s+doan|thoi\s+ky|nhung\s+nam|cac\s+nam|tu\s+nam|tu)\s*:?\s*)?(?<!\d)({_YEAR}){_DASH}({_YEAR})(?![\d/])"
)
_DAY = r"0?[1-9]|[12]\d|3[01]"
_MONTH = r"0?[1-9]|1[0-2]"
_DATE = re.compile(
    rf"(?<![\d/])(?:ngay\s+)?({_DAY})\s*[/.-]\s*({_MONTH})\s*[/.-]\s*({_YEAR})(?!\d)"
    rf"|(?<!\w)(?:ngay\s+)?({_DAY})\s+thang\s+({_MONTH})\s*,?\s+nam\s+({_YEAR})(?!\d)"
)
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?:thang\s+(?:{_MONTH})\s*(?:/|-|\s+nam\s+)\s*|quy\s+(?:iv|i{{1,3}}|[1-4])\s*(?:/|-|\s+nam\s+|\s+)\s*)({_YEAR})(?!\d)"
)
_BARE_YEAR = re.compile(
    rf"(?<![\d.,/])(?:nam\s+)?({_YEAR})(?![\d/]|[.,]\d|\s*%|\s*(?:ty\b(?!\s+(?:le|trong|suat)\b)|trieu\b))"
)
# "Mười năm sau", "vài năm tới" are stretches, no year.
_COUNT_BEFORE = r"(?<!mot )(?<!hai )(?<!ba )(?<!bon )(?<!muoi )(?<!may )(?<!vai )(?<!nhieu )(?<!\d )"
_SAID_YEAR = re.compile(rf"(?<!\w){_COUNT_BEFORE}nam\s+(nay|ngoai|truoc|sau|toi|kia)(?!\w)")
_EXPLAINED = re.compile(rf"\s*[(,]\s*(?:tuc\s+)?(?:la\s+)?(?:nam\s+)?{_YEAR}")  # "năm nay (2023)"
# "Mười năm sau mốc 2020": the year that is so far from the one that is named.
_YEARS_FROM = re.compile(
    rf"(?<!\w)(\w+)\s+nam\s+(sau|truoc)\s+(?:(?:moc|nam|thoi diem|ke tu)\s+)*({_YEAR})(?!\d)"
)
# "Mười năm sau đó", "năm kế tiếp": said from the year that was spoken of before.
_YEARS_ON = re.compile(
    r"(?<!\w)(?:(\w+)\s+)?nam\s+(sau|truoc|ke tiep|tiep theo|lien sau|lien truoc|ke truoc)"
    r"(?:\s+(?:do|ay|nua))?(?!\w|\s+\d)"
)
_YEAR_SHIFT = {"nay": 0, "ngoai": -1, "truoc": -1, "sau": 1, "toi": 1, "kia": -2}
_OF_THAT = (
    r"(?:(?:cuoi|dau|cung\s+ky|ca|thoi\s+diem|muc|ket\s+qua|thuc\s+hien|cua|ke\s+hoach)\s+){0,3}(?:nam\s+)?$"
)
_RELATIVE = re.compile(
    rf"so\s+(?:voi|sanh\s+voi)\s+{_OF_THAT}"
    rf"|(?:gap|bang)\s+(?:(?:hon|khoang|gan|tren)\s+)?[\d.,]+\s*(?:lan|%)\s+(?:so\s+voi\s+)?{_OF_THAT}"
)
_DEADLINE = re.compile(
    r"(?:den|toi|truoc|vao|cham\s+nhat|tam\s+nhin|dinh\s+huong)\s+(?:het\s+|cuoi\s+|dau\s+|giua\s+|thang\s+\d+\s+)?(?:nam\s+|ngay\s+)?$"
)


def _calendar_day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _kind_before(folded: str, start: int, kind: TimeKind) -> tuple[TimeKind, bool]:
    before = folded[max(0, start - 50) : start]
    if kind is TimeKind.YEAR and _RELATIVE.search(before):
        return TimeKind.RELATIVE, False
    return kind, bool(_DEADLINE.search(before))


# Stretches of the calendar that are neither a year nor what is measured.
_STRETCHES = re.compile(
    r"(?<!\w)(?:trong\s+)?\d+\s+(?:thang|quy|nam|ngay|tuan)\s+(?:dau|cuoi|qua|toi|gan\s+day|gan\s+nhat|lien\s+tiep|lien\s+tuc|tiep\s+theo|con\s+lai|tro\s+lai\s+day)(?:\s+(?:cua\s+)?nam)?(?!\w)"
    r"|(?<!\w)(?:dinh\s+ky|cu|moi|ke\s+hoach|trong)\s+\d+\s+(?:thang|quy|nam|ngay|tuan)(?!\w)(?!\s+lam\s+viec)(?:\s*,?\s+(?:hang|mot)\s+nam)?"
    rf"|(?<!\w)ngay\s+(?:{_DAY})\s*(?:/|\s+thang\s+)\s*(?:{_MONTH})(?![\d/])"
    rf"|(?<!\w)(?:thang|quy|tuan|ngay)\s+\d{{1,2}}(?!\w|[.,]\d|\s*%)"
    r"|(?<!\w)\d+\s+(?:thang|nam|ngay|tuan|phut|giay|gio)\s*/\s*lan(?!\w)|(?<!\w)\d+\s+(?:thang|nam|ngay|tuan)\s+mot\s+lan(?!\w)"
)


def find_durations(text: str) -> list[tuple[int, int]]:
    """Spans of `text` (NFC) that name a stretch or a place of the calendar: "6 tháng đầu năm", "ngày 20/6"."""
    return [match.span() for match in _STRETCHES.finditer(fold(text))]


def _is_nam(word: str) -> bool:
    """Whether "nam" is the south or part of a name ("Quảng Nam tới 2028"), not "năm"."""
    return word[:1] == "N" and word.isascii()


def find_times(text: str, today: date | None = None) -> tuple[TimeMatch, ...]:
    """All time expressions of `text` (NFC), in order, not overlapping. `today` resolves "năm nay".

    Beside one year that is named, "năm trước" is the one before that: "năm 2023 so với năm trước".
    """
    folded = fold(text)
    found: list[TimeMatch] = []
    taken = [False] * (len(folded) + 1)

    def add(match: re.Match[str], kind: TimeKind, first: int, last: int, day: date | None = None) -> None:
        start, end = match.span()
        if any(taken[start:end]):
            return
        taken[start:end] = [True] * (end - start)
        kind, deadline = _kind_before(folded, start, kind)
        found.append(TimeMatch(kind, first, last, (start, end), deadline, day))

    for match in _DATE.finditer(folded):
        parts = [part for part in match.groups() if part]
        if day := _calendar_day(*parts):
            add(match, TimeKind.DATE, day.year, day.year, day)
    for match in _PERIOD.finditer(folded):
        first, last = int(match[1]), int(match[2])
        if first < last:
            add(match, TimeKind.PERIOD, first, last)
    for match in _YEARS_FROM.finditer(folded):
        if count := _count(match[1]):
            year = int(match[3]) + (count if match[2] == "sau" else -count)
            add(match, TimeKind.YEAR, year, year)
    for match in _MONTH_YEAR.finditer(folded):
        add(match, TimeKind.YEAR, int(match[1]), int(match[1]))
    for match in _BARE_YEAR.finditer(folded):
        add(match, TimeKind.YEAR, int(match[1]), int(match[1]))
    if today:
        named = {time.first for time in found if time.kind is TimeKind.YEAR}
        for match in _SAID_YEAR.finditer(folded):
            if _is_nam(text[match.start() : match.start() + 3]) or _EXPLAINED.match(folded, match.end()):
                continue
            shift = _YEAR_SHIFT[match[1]]
            year = (min(named) if shift and len(named) == 1 else today.year) + shift
            add(match, TimeKind.YEAR, year, year)
    return tuple(sorted(found, key=lambda time: time.span))


def _count(word: str) -> int | None:
    """A small number in figures or in words, folded; null for any other word."""
    words = {fold(name): value for name, value in table("numbers")["words"].items()}
    return int(word) if word.isdigit() else words.get(word)


def without_years_counted_on(text: str) -> str:
    """`text` without "mười năm sau đó," at its beginning or between commas, which the year that it names explains."""
    for match in reversed(list(_YEARS_ON.finditer(fold(text)))):
        if match[1] and _count(match[1]):
            text = text[: match.start()] + text[match.end() :].lstrip(" ,")
    return text


def with_years_counted_on(text: str, year: int) -> str:
    """`text` with "mười năm sau đó" and "năm kế tiếp" as the years that they are, counted from `year`."""
    folded, parts, at = fold(text), [], 0
    for match in _YEARS_ON.finditer(folded):
        count = _count(match[1]) if match[1] else None
        back = "truoc" in match[2]
        parts += [text[at : match.start() if count or not match[1] else match.start(2) - len("năm ")]]
        parts.append(f"năm {year - (count or 1) if back else year + (count or 1)}")
        at = match.end()
    return "".join((*parts, text[at:]))
