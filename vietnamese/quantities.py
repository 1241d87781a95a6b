"""Quantities in Vietnamese text: number, comparator, unit and range, with spans. No meaning beyond that.

Left out on purpose: years and dates (vietnamese.times), stretches of the calendar ("6 tháng đầu năm"), document
and outline numbers, service levels ("mức độ 3, 4"), generations ("4G"), versions ("4.0"), fractions ("2/3").
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from domain.figures import Comparator, Quantity
from vietnamese.folding import fold
from vietnamese.numbers import NUMBER, format_number, parse_number
from vietnamese.patterns import alternatives, has_diacritics, matchable, whole_words
from vietnamese.tables import table
from vietnamese.times import find_durations, find_times


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity and where it stands: `span` with its comparator and unit, `core` from number to unit's end.

    `number` ends where the numeral ends, with its multiplier where a counted thing follows ("3,9 triệu" of
    "3,9 triệu lượt khách"). `noun` tells that the unit is a counted thing ("doanh nghiệp"), which belongs to
    what is measured too. `tail` is a comparator that stands apart behind it ("từ 6% GRDP của tỉnh trở lên").
    All spans are half-open, in characters of the NFC text. `stated` tells that the text has a comparator here.
    """

    quantity: Quantity
    span: tuple[int, int]
    core: tuple[int, int]
    number: tuple[int, int]
    noun: bool = False
    stated: bool = False
    tail: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    base: str
    factor: Decimal
    end: int
    noun_at: int | None = None  # where a counted thing begins
    duration: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as it is read: its NFC form, what patterns match on, and the same with blanked-out digits."""

    text: str
    form: str
    accented: bool
    masked: str = field(default="")


# What looks like a number and is none: outline marks, document numbers, generations, versions, times of day.
_MARKS = re.compile(
    r"(?m)^\s*(?:[-+•*]\s+)?\(?\d+(?:\.\d+)*[.)](?=\s)"
    r"|(?<!\w)s[oố]\s*:?\s*\d+\w*\s*/[\w\-–/\s]*?[^\W\d_]{2,}[\w\-]*"
    r"|(?<!\w)\d+[a-z]?(?:/\d{4})?\s*[/-]\s*[^\W\d_]{2,}\w*(?:-[^\W\d_]{2,}\w*)+"
    r"|(?<!\w)\d+/[^\W\d_][\w\-]+|(?<!\w)\d+-[^\W\d_]{2,}/[^\W\d_]+"
    r"|(?<!\w)\d+g(?:/\d+g)*(?!\w)|(?<!\w)\d+\.0(?!\d)|(?<!\w)(?:24/24|24/7|7/7)(?!\w)"
    r"|(?<!\d)\d{1,2}:\d{2}(?!\d)|(?<!\w)\d{1,2}[hg]\d{0,2}(?!\w)|(?<!\w)\d{1,2}\s+gi[oờ]\s+\d{1,2}(?!\d)"
    r"|(?<![\d.,])0\d{1,3}[.\s-]?\d{3,4}[.\s-]?\d{3,4}(?![\d,])"
    r"|(?<!\w)(?:s[oố]|t[ỷỉyi]|m[aậ]t)\s[^.;:\n\d]{3,60}?\s(?:tr[eê]n|tính trên|tinh tren)\s+"
    r"(?:1|10+|\d{1,3}(?:\.000)+)\s+(?:v[aạ]n\s+)?(?:dân|dan|người|nguoi|trẻ|tre|hộ|ho)(?!\w)"
    r"|(?<!\w)c[aả]\s+\d(?=\s+(?:ti[eê]u\s+ch[ií]|m[aặ]t|c[aấ]p|l[iĩ]nh\s+v[uự]c|n[oộ]i\s+dung)(?!\w))"
    r"|(?<!\w)\+84[\d.\s-]{8,}"
)
_NOT_A_REFERENCE = r"(?![\d.,]*\s*%)(?![\d.,]*\s*(?:ty|tỷ|tỉ|ti|trieu|triệu|nghin|nghìn)\b)"
_FRACTION = re.compile(r"(?<![\w./])(\d{1,3})/(\d{1,4})(?![\w/.])")
_DAY_BEFORE = re.compile(r"(?:ng[aà]y|tr[uư][oớ]c|[dđ][eế]n|t[uừ]|h[eế]t|d[iị]p|s[aá]ng|chi[eề]u|t[oố]i)\s+$")


@cache
def _words(accented: bool, *path: str) -> str:
    node = table("units")
    for step in path:
        node = node[step]
    return alternatives(node, accented=accented)


@cache
def _reference_patterns(accented: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Numbers that say where or which: behind strong words always, behind weak ones unless a thing follows."""
    more = r"(?:\s*(?:,|v[aà]|-|–)\s*\d+)*(?:[:/]\d+)*"
    strong = rf"(?<!\w)(?:{_words(accented, 'references', 'strong')})\s*(?:s[oố]\s*:?\s*)?\d+(?:\.\d+)*{more}"
    weak = rf"(?<!\w)(?:{_words(accented, 'references', 'weak')})\s+\d+(?!\w|[.,]\d|\s*%)"
    thing = "|".join(
        _words(accented, *path)
        for path in (("counted", "nouns"), ("measures", "units"), ("durations", "units"), ("money", "units"))
    )
    return (
        re.compile(rf"{strong}{_NOT_A_REFERENCE}(?!\w|[.,]\d)"),
        re.compile(rf"{weak}{_NOT_A_REFERENCE}(?!\s+(?:{thing})(?!\w))"),
    )


@cache
def _comparator_pattern(accented: bool) -> re.Pattern[str]:
    """Words of being, then comparators: "đạt trên", "tối thiểu đạt"; not the "nêu trên là" of a reference."""
    groups = table("comparators")["before"]
    being = alternatives(groups["="], accented=accented)
    words = alternatives(
        (word for sign, entries in groups.items() if sign != "=" for word in entries), accented=accented
    )
    between = alternatives(table("comparators")["between"]["words"], accented=accented)
    back = "|".join(rf"(?<!{word}\s)" for word in ("nêu", "kể", "như", "neu", "ke", "nhu")).replace("|", "")
    return re.compile(rf"(?<!\w)((?:(?:{being})\s+)*(?:{back}(?:{words})\s+(?:(?:{words}|{between})\s+)*)?)$")


@cache
def _comparator_words(accented: bool) -> tuple[tuple[Comparator, re.Pattern[str]], ...]:
    """Comparators in the order in which they win where several words stand before a number."""
    groups = table("comparators")["before"]
    order = (">=", "<=", ">", "<", "~", "=")
    return tuple((Comparator(sign), whole_words(groups[sign], accented=accented)) for sign in order)


@cache
def _signs() -> re.Pattern[str]:
    signs = sorted(table("comparators")["signs"], key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, signs))})\s*$")


@cache
def _comparator_after(accented: bool) -> tuple[tuple[Comparator, re.Pattern[str], re.Pattern[str]], ...]:
    """Comparators right behind a quantity, and those that close a phrase which "từ" opened before it."""
    return tuple(
        (
            Comparator(sign),
            re.compile(rf"(?:\s+\w+)??\s+((?:{alternatives(words, accented=accented)})(?!\w))"),
            re.compile(rf"[^.;:\n\d]{{0,60}}?\s((?:{alternatives(words, accented=accented)})(?!\w))"),
        )
        for sign, words in table("comparators")["after"].items()
    )


@cache
def _difference(accented: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that compare where "so với" follows ("vượt 8,3% so với kế hoạch"): a difference, no bound."""
    entry = table("comparators")["difference"]
    before = re.compile(rf"^(?:{alternatives(entry['before'], accented=accented)})$")
    return before, re.compile(rf"\s*(?:{alternatives(entry['after'], accented=accented)})(?!\w)")


@cache
def _unit_patterns(accented: bool) -> dict[str, re.Pattern[str]]:
    def behind(*path: str, space: str = r"\s*") -> re.Pattern[str]:
        return re.compile(rf"{space}({_words(accented, *path)})(?!\w)")

    ratio = rf"\s*/\s*(?:(?:\d{{1,3}}(?:\.\d{{3}})+|10+|1|một|mot)\s+)?(?:{_words(accented, 'ratios', 'units')})(?!\w)"
    return {
        "rate": behind("rates"),
        "multiplier": behind("multipliers"),
        "money": behind("money", "units"),
        "factor": behind("factors", "units"),
        "not": behind("not_figures", "units"),
        "measure": behind("measures", "units"),
        "duration": behind("durations", "units", space=r"\s+"),
        "noun": behind("counted", "nouns", space=r"\s+"),
        "fallback": re.compile(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?"),
        "ratio": re.compile(rf"(?:{ratio}){{1,2}}"),
        "not_noun": re.compile(_words(accented, "counted", "not_nouns")),
    }


@cache
def _by_form(accented: bool, *path: str) -> dict[str, object]:
    """A section of the units' table by the form in which its words are matched."""
    node = table("units")
    for step in path:
        node = node[step]
    entries = node.items() if isinstance(node, dict) else ((word, word) for word in node)
    return {re.sub(r"\s+", " ", matchable(key, accented)): value for key, value in entries}


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _written(reading: _Reading, match: re.Match[str], *path: str) -> str:
    """A unit as the text has it; in the table's spelling where it was typed without diacritics."""
    written = _squeezed(reading.text[match.start(1) : match.end(1)])
    if has_diacritics(written):
        return written
    spelling = _by_form(False, *path).get(_squeezed(match[1]))
    return (
        str(spelling)
        if isinstance(spelling, str) and has_diacritics(spelling) and not reading.accented
        else written
    )


def _ratio(reading: _Reading, end: int) -> tuple[str, int]:
    """A per-unit tail ("/năm", "/người/năm", "/10.000 dân") behind a unit, and where it ends."""
    match = _unit_patterns(reading.accented)["ratio"].match(reading.form, end)
    if not match:
        return "", end
    parts = [_squeezed(part) for part in reading.text[end : match.end()].split("/")[1:]]
    spelling = _by_form(False, "ratios", "units")
    return "".join(
        f"/{part if has_diacritics(part) else spelling.get(fold(part), part)}" for part in parts
    ), match.end()


def _noun_at(reading: _Reading, position: int) -> tuple[str, int, int] | None:
    """The counted thing that begins at `position`: from the table, else up to two syllables; with its span."""
    patterns = _unit_patterns(reading.accented)
    if match := patterns["noun"].match(reading.masked, position):
        return _written(reading, match, "counted", "nouns"), match.start(1), match.end(1)
    match = patterns["fallback"].match(reading.masked, position)
    stop = patterns["not_noun"]
    if not match or stop.fullmatch(match[1]):
        return None
    second = (
        match[2]
        and (match[2] == "hàng" or not stop.fullmatch(match[2]))
        and reading.text[match.start(2)].islower()
    )
    end = match.end(2) if second else match.end(1)
    return _squeezed(reading.text[match.start(1) : end]), match.start(1), end


def _unit_at(reading: _Reading, position: int) -> _Unit | None:
    """The unit behind a number that ends at `position`; null where there is none."""
    patterns, form = _unit_patterns(reading.accented), reading.masked
    if match := patterns["rate"].match(form, position):
        unit = str(_by_form(reading.accented, "rates")[_squeezed(match[1])])
        return _Unit(unit, unit, Decimal(1), match.end(1))
    factor, multiplier, end = Decimal(1), "", position
    if match := patterns["multiplier"].match(form, position):
        factor = Decimal(10) ** int(str(_by_form(reading.accented, "multipliers")[_squeezed(match[1])]))
        multiplier, end = _canonical_multiplier(fold(match[1])), match.end(1)
    if match := patterns["money"].match(form, end):
        return _money(reading, match, multiplier, factor)
    if match := patterns["factor"].match(form, end):
        tail, end = _ratio(reading, match.end(1))
        return _Unit(f"lần{tail}", f"lần{tail}", factor, end)
    if patterns["not"].match(form, end):
        return None
    for kind in ("measure", "duration"):
        if match := patterns[kind].match(form, end):
            return _measure(reading, match, multiplier, factor, kind)
    return _counted(reading, position, end, multiplier, factor)


def _money(reading: _Reading, match: re.Match[str], multiplier: str, factor: Decimal) -> _Unit:
    written = _squeezed(reading.text[match.start(1) : match.end(1)])
    canonical = {fold(key): value for key, value in table("units")["money"]["canonical"].items()}
    base = canonical.get(fold(written), "đồng" if fold(written) == "dong" else written)
    tail, end = _ratio(reading, match.end(1))
    return _Unit(f"{multiplier} {base}".strip() + tail, base + tail, factor, end)


def _measure(reading: _Reading, match: re.Match[str], multiplier: str, factor: Decimal, kind: str) -> _Unit:
    name = _written(reading, match, f"{kind}s", "units")
    tail, end = _ratio(reading, match.end(1))
    unit = f"{multiplier} {name}".strip()
    return _Unit(unit + tail, name + tail, factor, end, duration=kind == "duration")


def _counted(reading: _Reading, start: int, end: int, multiplier: str, factor: Decimal) -> _Unit | None:
    """A counted thing; "tỷ" with none known behind it is money, "nghìn" alone is not."""
    noun = _noun_at(reading, end)
    known = _unit_patterns(reading.accented)["noun"].match(reading.masked, end)
    if multiplier and not known and (noun is None or multiplier not in {"nghìn", "ngàn", "vạn", "triệu"}):
        tail, end = _ratio(reading, end)
        return _Unit(f"{multiplier} đồng{tail}", f"đồng{tail}", factor, end)
    if noun is None:
        return None
    name, noun_start, noun_end = noun
    tail, noun_end = _ratio(reading, noun_end)
    unit = f"{multiplier} {name}".strip()
    return _Unit(unit + tail, name + tail, factor, noun_end, noun_at=noun_start)


@cache
def _canonical_multipliers() -> dict[str, str]:
    return {fold(word): word.replace("tỉ", "tỷ") for word in table("units")["multipliers"]}


def _canonical_multiplier(folded: str) -> str:
    return _canonical_multipliers()[_squeezed(folded)]


def _reading(text: str) -> _Reading:
    """`text` with everything blanked in its masked form that looks like a quantity and is none."""
    accented = has_diacritics(text)
    form = matchable(text, accented)
    spans = [match.span() for match in _MARKS.finditer(form)]
    spans += [match.span() for pattern in _reference_patterns(accented) for match in pattern.finditer(form)]
    spans += [time.span for time in find_times(text)]
    spans += find_durations(text)
    characters = list(form)
    for start, end in spans:
        for index in range(start, end):
            if characters[index].isdigit():
                characters[index] = "#"
    return _Reading(text, form, accented, "".join(characters))


_NUMBER = re.compile(rf"(?<![\w#.,/])(?<![\d#]-)({NUMBER})(?![\d#]|[.,/]\d|/[^\W\d_])")
_RANGE_TAIL = re.compile(
    rf"\s*(?:-|–|—|~|(?:đến|tới|den|toi)(?:\s+(?:khoảng|khoang|dưới|duoi|gần|gan|trên|tren|không\s+quá|khong\s+qua))?)"
    rf"\s*({NUMBER})(?![\d#]|[.,/]\d)"
)


def _comparator_before(reading: _Reading, start: int, after: int) -> tuple[Comparator | None, int]:
    """The comparator whose words end at `start`, and where they begin; `after` is where the unit ends.

    In a text with diacritics they must be the comparator's own ("quá", not the "qua" of "thông qua").
    """
    before = reading.form[max(0, start - 60) : start]
    if sign := _signs().search(before):
        return Comparator(table("comparators")["signs"][sign[1]]), start - (len(before) - sign.start())
    match = _comparator_pattern(reading.accented).search(before)
    if not match or not match[1]:
        return None, start
    words = match[1]
    changed, compared = _difference(reading.accented)
    if changed.match(words.strip()) and compared.match(reading.form, after):
        return None, start
    for comparator, pattern in _comparator_words(reading.accented):
        if pattern.search(words):
            return comparator, start - len(words)
    return None, start


def _quantity(value: Decimal, unit: _Unit, comparator: Comparator, value_max: Decimal | None) -> Quantity:
    return Quantity(
        value=value,
        unit=unit.text,
        amount=Decimal(f"{(value * unit.factor).normalize():f}"),
        base_unit=unit.base,
        comparator=Comparator.RANGE if value_max is not None else comparator,
        value_max=value_max,
    )


_FROM = re.compile(r"(?<!\w)t[uừ]\s+(?:kho[aả]ng\s+|tr[eê]n\s+|h[oơ]n\s+)?$")


def _read_at(reading: _Reading, match: re.Match[str]) -> QuantityMatch | None:
    """The quantity whose numeral is `match`; null where it has no unit or is a stretch of the calendar."""
    value, number = parse_number(match[1]), match.span(1)
    unit = _unit_at(reading, number[1])
    value_max: Decimal | None = None
    lower, whole = unit, unit is not None and unit.noun_at is None
    tail = _RANGE_TAIL.match(reading.masked, unit.end if unit and whole else number[1])
    if tail and (upper := parse_number(tail[1])) > value:
        upper_unit = _unit_at(reading, tail.end(1))
        if upper_unit and (lower is None or not whole or upper_unit.base.startswith(lower.base)):
            value_max, unit, number = upper, upper_unit, (number[0], tail.end(1))
    if unit is None or (unit.duration and not _is_target_duration(reading, number[0], unit)):
        return None
    return _matched(reading, value, value_max, unit, number)


def _matched(
    reading: _Reading, value: Decimal, value_max: Decimal | None, unit: _Unit, number: tuple[int, int]
) -> QuantityMatch:
    opening = _FROM.search(reading.form, max(0, number[0] - 30), number[0])
    comparator, start = _comparator_before(reading, number[0], unit.end)
    stop, apart = unit.end, None
    if value_max is not None and opening:
        start = opening.start()
    for sign, right_behind, later in _comparator_after(reading.accented):
        after = right_behind.match(reading.form, unit.end)
        after = after or (later.match(reading.masked, unit.end) if opening else None)
        if not after:
            continue
        comparator, apart = sign, after.span(1)
        start = opening.start() if opening else start
        if unit.noun_at is None and apart[0] - unit.end <= 1:
            stop, apart = apart[1], None
    end_of_number = number[1] if unit.noun_at is None else unit.noun_at
    return QuantityMatch(
        _quantity(value, unit, comparator or Comparator.EQUAL, value_max),
        (start, stop),
        (number[0], unit.end),
        (number[0], len(reading.text[:end_of_number].rstrip())),
        unit.noun_at is not None,
        comparator is not None,
        apart,
    )


@cache
def _duration_patterns(accented: bool) -> dict[str, re.Pattern[str]]:
    entry = table("units")["durations"]

    def words(key: str) -> str:
        return alternatives(entry[key], accented=accented)

    bounds = alternatives(
        (w for sign in (">=", "<=", "<", ">") for w in table("comparators")["before"][sign]),
        accented=accented,
    )
    about = alternatives(table("comparators")["before"]["~"], accented=accented)
    return {
        "cue": re.compile(rf"(?:(?<!\w)(?:{words('cues')}|{bounds})|[:≤≥<>])\s*(?:(?:{about})\s+)?$"),
        "subject": re.compile(rf"(?<!\w)(?:{words('subjects')})(?!\w)[^.;\n]*$"),
        "never_before": re.compile(rf"(?<!\w)(?:{words('never_before')})\s*$"),
        "never_after": re.compile(
            rf"\s*(?:(?<!\w)(?:{words('never_after')})(?!\w)|/\s*(?:lần|lan)(?!\w)|\(?[#\d])"
        ),
    }


_AGE_MEASURED = re.compile(
    r"(?<!\w)(?:tuoi\s+tho|tuoi\s+(?:binh\s+quan|trung\s+binh)|tuoi\s+ket\s+hon)[^.;\n]*$"
)


def _is_target_duration(reading: _Reading, start: int, unit: _Unit) -> bool:
    """Whether a time is what is aimed at ("không quá 24 giờ") and not a stretch of the calendar."""
    if unit.base == "tuổi":  # who is meant ("trẻ dưới 16 tuổi"), but for how long people live
        return bool(_AGE_MEASURED.search(fold(reading.text[max(0, start - 60) : start])))
    patterns, before = _duration_patterns(reading.accented), reading.form[max(0, start - 90) : start]
    if patterns["never_before"].search(before) or patterns["never_after"].match(reading.masked, unit.end):
        return False
    return bool(patterns["cue"].search(before) or patterns["subject"].search(before))


@cache
def _out_of(accented: bool) -> re.Pattern[str]:
    """A number, and another of which it is a part: "42 trên tổng số 51"."""
    among = alternatives(table("units")["counted"]["among"], accented=accented)
    return re.compile(
        rf"(?<![\w#.,/])(?!(?:19|20)\d\d\s)({_WHOLE_NUMBER})\s+(?:{among})\s+({_WHOLE_NUMBER})(?![\d#]|[.,/]\d)"
    )


_WHOLE_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"


def _counts_of_totals(reading: _Reading) -> list[QuantityMatch]:
    """ "88/200 xã", "1.145 trên 1.930 bác sĩ": so many of them. "2/3 học viên" is a fraction, "20/6" a day."""
    found = []
    forms = (_FRACTION, _out_of(reading.accented))
    for match in itertools.chain.from_iterable(form.finditer(reading.masked) for form in forms):
        part, total = int(parse_number(match[1])), int(parse_number(match[2]))
        day = total <= 12 and _DAY_BEFORE.search(reading.form[: match.start()])
        known = _unit_patterns(reading.accented)["noun"].match(reading.masked, match.end())
        unit = _unit_at(reading, match.end()) if known and not day and part <= total and total > 4 else None
        if unit:
            found.append(_matched(reading, Decimal(part), None, unit, match.span()))
    return found


_LABELLED = re.compile(
    r"(?<!\w)(?:s[oố]|s[oố]\s+l[uư][oợ]ng|t[oổ]ng\s+s[oố])\s+([^\W\d_]+(?:\s+[^\W\d_]+){0,7}?)\s*"
    r"(?::|(?<!\w)(?:l[aà]|đạt|dat|còn|con|có|co))\s*$"
)
_STANDS_ALONE = re.compile(r"\s*(?:[.;)\n]|,\s|$)")


def _labelled_count(reading: _Reading, match: re.Match[str]) -> QuantityMatch | None:
    """A bare number behind its label: "Số hộ nghèo: 1.284." counts "hộ"."""
    if not _STANDS_ALONE.match(reading.masked, match.end(1)):
        return None
    comparator, start = _comparator_before(reading, match.start(1), match.end(1))
    label = _LABELLED.search(reading.form[max(0, start - 80) : start]) or _LABELLED.search(
        reading.form[max(0, match.start(1) - 80) : match.start(1)]
    )
    noun = counted_noun(reading.text[max(0, start - 80) : start][label.start(1) :]) if label else None
    if not noun or not label:
        return None
    unit = _Unit(noun, noun, Decimal(1), match.end(1))
    quantity = _quantity(parse_number(match[1]), unit, comparator or Comparator.EQUAL, None)
    return QuantityMatch(
        quantity, (start, match.end(1)), match.span(1), match.span(1), stated=comparator is not None
    )


@cache
def _index_before(accented: bool) -> re.Pattern[str]:
    names = alternatives(table("units")["indices"]["names"], accented=accented)
    being = alternatives(table("units")["indices"]["being"], accented=accented)
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)[^.;:,\n\d]{{0,60}}?(?:\s(?:{being})|:)?\s*$")


def _index(reading: _Reading, match: re.Match[str]) -> QuantityMatch | None:
    """A bare number that is the value of an index: "hệ số hiệu quả năng lượng (PUE) không quá 1,6"."""
    if not _STANDS_ALONE.match(reading.masked, match.end(1)):
        return None
    comparator, start = _comparator_before(reading, match.start(1), match.end(1))
    before = reading.form[max(0, start - 90) : start]
    named = _index_before(reading.accented).search(before)
    if named is None or (comparator is None and not named[0].rstrip().endswith(_said_to_be(reading.accented))):
        return None
    value = parse_number(match[1])
    quantity = _quantity(value, _Unit("", "", Decimal(1), match.end(1)), comparator or Comparator.EQUAL, None)
    return QuantityMatch(quantity, (start, match.end(1)), match.span(1), match.span(1), stated=comparator is not None)


@cache
def _said_to_be(accented: bool) -> tuple[str, ...]:
    return (":", *(matchable(word, accented) for word in table("units")["indices"]["being"]))


def find_quantities(text: str) -> tuple[QuantityMatch, ...]:
    """The quantities of `text` (NFC, with or without diacritics), in order, not overlapping."""
    reading = _reading(text)
    found: list[QuantityMatch] = _counts_of_totals(reading)
    counted = [read.number for read in found]
    position = 0
    while match := _NUMBER.search(reading.masked, position):
        position = match.end()
        if any(start <= match.start() < end for start, end in counted):
            continue
        touching = reading.masked[position : position + 1].isalpha()
        patterns = _unit_patterns(reading.accented)
        if touching and not any(
            patterns[kind].match(reading.masked, position) for kind in ("multiplier", "measure", "money")
        ):
            continue
        read = _read_at(reading, match) or _labelled_count(reading, match) or _index(reading, match)
        if read:
            found.append(read)
            position = max(position, read.number[1] if read.noun else read.core[1])
    return tuple(sorted(found, key=lambda read: read.core))


def quantity_in(numeral: str, unit: str) -> Quantity | None:
    """The quantity that a table cell's numeral is in the unit of its column; null where `unit` is none."""
    text = f"{numeral} {unit}"
    accented = has_diacritics(text)
    form = matchable(text, accented)
    read = _unit_at(_Reading(text, form, accented, form), len(numeral))
    return _quantity(parse_number(numeral), read, Comparator.EQUAL, None) if read else None


def is_known_unit(text: str) -> bool:
    """Whether `text` is a unit of the table and nothing more ("tỷ đồng", "hộ"), not just any noun."""
    padded = f"1 {text}"
    accented = has_diacritics(padded)
    form = matchable(padded, accented)
    read = _unit_at(_Reading(padded, form, accented, form), 1)
    if read is None or read.end < len(padded.rstrip()):
        return False
    return read.noun_at is None or bool(_unit_patterns(accented)["noun"].match(form, read.noun_at - 1))


def counted_noun(text: str) -> str | None:
    """The counted thing of the table that `text` begins with: "doanh nghiệp nhỏ" gives "doanh nghiệp"."""
    padded = f" {text}"
    accented = has_diacritics(text)
    for kind in ("noun", "measure", "duration"):
        if match := _unit_patterns(accented)[kind].match(matchable(padded, accented)):
            return _squeezed(padded[match.start(1) : match.end(1)])
    return None


def format_quantity(quantity: Quantity) -> str:
    """The quantity as an answer says it, comparator kept: "trên 95%", "khoảng 53.000 tỷ đồng"."""
    if quantity.date is not None:
        return f"{quantity.date.day}/{quantity.date.month}/{quantity.date.year}"
    assert quantity.value is not None
    glue = "" if quantity.unit.startswith(("%", "‰")) else " "
    number = format_number(quantity.value)
    if quantity.value_max is not None:
        return f"từ {number} đến {format_number(quantity.value_max)}{glue}{quantity.unit}"
    word = table("comparators")["wording"].get(quantity.comparator.value, "")
    return f"{word} {number}{glue}{quantity.unit}".strip()
