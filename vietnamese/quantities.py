"""Quantities in Vietnamese text: number, comparator, unit and range, with spans. No meaning beyond that.

Left out on purpose: years and dates (vietnamese.times), document and outline numbers, service levels
("mức độ 3, 4"), generations ("4G"), versions ("4.0").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from domain.figures import Comparator, Quantity
from vietnamese.folding import fold
from vietnamese.numbers import NUMBER, format_number, parse_number
from vietnamese.patterns import alternatives, has_diacritics, matchable, whole_words
from vietnamese.tables import table
from vietnamese.times import find_times


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity and where it stands: `span` with its comparator and unit, `core` from number to unit's end.

    `number` ends where the numeral ends. `noun` tells that the unit is a counted thing ("doanh nghiệp"),
    which belongs to what is measured too. All spans are half-open, in characters of the NFC text.
    `stated` tells that the text has a comparator of its own here.
    """

    quantity: Quantity
    span: tuple[int, int]
    core: tuple[int, int]
    number: tuple[int, int]
    noun: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    base: str
    factor: Decimal
    end: int
    noun: bool = False


# What looks like a number and is none: document numbers, references, outline marks, service levels, versions.
_NO_QUANTITY = re.compile(
    r"(?m)^\s*(?:[-+•*]\s+)?\d+(?:\.\d+)*[.)](?=\s)"
    r"|(?<!\w)(?:muc(?:\s+do)?|cap\s+do|dieu|khoan|muc|phan|chuong|phu\s+luc|bieu(?:\s+so)?|bang|so\s+hieu|stt|ap|phuong\s+an)\s+\d+(?:\s*(?:,|va|-|–)\s*\d+)*(?![\d.,]*\s*%)(?![\d,.]*\s*(?:ty|trieu)\b)(?!\w)"
    r"|(?<!\w)(?:nghi\s+quyet|quyet\s+dinh|ke\s+hoach|nghi\s+dinh|thong\s+tu|chi\s+thi|bao\s+cao|to\s+trinh|cong\s+van|luat|ket\s+luan|chuong\s+trinh|thong\s+bao)\s+(?:so\s*:?\s*)\d+[\w/\-]*"
    r"|(?<!\w)so\s*:?\s*\d+[\w]*\s*/[\w\-–/\s]*?[a-z]{2,}[\w\-]*"
    r"|(?<![\w])\d+[a-z]?(?:/\d{4})?\s*[/-]\s*[a-z]{2,}[\w]*(?:-[a-z]{2,}\w*)+"
    r"|(?<![\w])\d+/[a-z][\w\-]+"
    r"|(?<!\w)\d+g(?:/\d+g)*(?!\w)|(?<!\w)\d+\.0(?!\d)|(?<!\w)24/7(?!\w)|(?<!\d)\d{1,2}:\d{2}(?!\d)"
    r"|(?<!\w)(?:cntt|web|office|windows|iso|ipv|quoc\s+lo|duong\s+tinh|version|phien\s+ban|khoa|nhiem\s+ky|lan\s+thu|thu)\s*[\d.]+(?:[:/]\d+)*(?!\w)"
)
_TRAILING_RATIO = re.compile(
    r"\s*/\s*(?:nguoi|nam|thang|ngay|ho|km2|m2|ha|1\.000\s+dan|dan)(?:\s*/\s*nam)?(?!\w)"
)
_NOUN_STOP = frozenset(
    "cua trong duoc co dat tai cho de va voi la tren duoi den toi tu o do boi ve theo nay khi nam so vao thi se da "
    "dang ma nhu hoac hay gom qua ra cac nhung mot nhat len nop tang giam chiem".split()
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
def _comparator_after() -> tuple[tuple[Comparator, re.Pattern[str]], ...]:
    return tuple(
        (Comparator(sign), re.compile(rf"(?:\s+\w+){{0,1}}?\s+(?:{alternatives(words)})(?!\w)"))
        for sign, words in table("comparators")["after"].items()
    )


@cache
def _unit_patterns() -> dict[str, re.Pattern[str]]:
    units = table("units")
    money = alternatives(units["money"]["units"])
    return {
        "rate": re.compile(rf"\s*({alternatives(units['rates'])})(?!\w)"),
        "multiplier": re.compile(rf"\s*({alternatives(units['multipliers'])})(?!\w)"),
        "money": re.compile(rf"\s*({money})(?!\w)"),
        "factor": re.compile(rf"\s*({alternatives(units['factors']['units'])})(?!\w)"),
        "not": re.compile(rf"\s*({alternatives(units['not_figures']['units'])})(?!\w)"),
        "noun": re.compile(rf"\s+({alternatives(units['counted']['nouns'])})(?!\w)"),
        "fallback": re.compile(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?"),
    }


@cache
def _folded_keys(*path: str) -> dict[str, object]:
    node = table("units")
    for step in path:
        node = node[step]
    return {re.sub(r"\s+", " ", fold(key)): value for key, value in node.items()}


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _ratio(text: str, folded: str, end: int) -> tuple[str, int]:
    """A per-unit tail ("/năm", "/người/năm") behind a unit, and where it ends."""
    match = _TRAILING_RATIO.match(folded, end)
    return (re.sub(r"\s+", "", match.group()), match.end()) if match else ("", end)


def _noun_at(text: str, folded: str, position: int) -> tuple[str, int] | None:
    """The counted thing that begins at `position`: from the table, else up to two syllables."""
    if match := _unit_patterns()["noun"].match(folded, position):
        return _squeezed(text[match.start(1) : match.end(1)]), match.end(1)
    match = _unit_patterns()["fallback"].match(folded, position)
    if not match or match[1] in _NOUN_STOP:
        return None
    end = match.end(1) if not match[2] or match[2] in _NOUN_STOP else match.end(2)
    return _squeezed(text[match.start(1) : end]), end


def _unit_at(text: str, folded: str, position: int) -> _Unit | None:
    """The unit behind a number that ends at `position`; null where there is none."""
    patterns = _unit_patterns()
    if match := patterns["rate"].match(folded, position):
        unit = str(_folded_keys("rates")[_squeezed(match[1])])
        return _Unit(unit, unit, Decimal(1), match.end(1))
    factor, multiplier, end = Decimal(1), "", position
    match = patterns["multiplier"].match(folded, position)
    if match and _has_own_accents(text[match.start(1) : match.end(1)], table("units")["multipliers"]):
        factor = Decimal(10) ** int(str(_folded_keys("multipliers")[_squeezed(match[1])]))
        multiplier, end = _canonical_multiplier(match[1]), match.end(1)
    if match := patterns["money"].match(folded, end):
        written = _squeezed(text[match.start(1) : match.end(1)])
        base = {fold(key): value for key, value in table("units")["money"]["canonical"].items()}.get(
            fold(written), "đồng" if fold(written) == "dong" else written
        )
        tail, end = _ratio(text, folded, match.end(1))
        unit = f"{multiplier} {base}".strip()
        return _Unit(unit + _accent(tail), base + _accent(tail), factor, end)
    if match := patterns["factor"].match(folded, end):
        return _Unit("lần", "lần", factor, match.end(1))
    if match := patterns["not"].match(folded, end):
        return None
    noun = _noun_at(text, folded, end)
    if multiplier and (noun is None or not patterns["noun"].match(folded, end)):
        money = not noun or fold(multiplier) not in {"nghin", "ngan", "van", "trieu"}
        if money:
            tail, end = _ratio(text, folded, end)
            return _Unit(f"{multiplier} đồng{_accent(tail)}", f"đồng{_accent(tail)}", factor, end)
    if noun is None:
        return None
    name, noun_end = noun
    tail, noun_end = _ratio(text, folded, noun_end)
    unit = f"{multiplier} {name}".strip()
    return _Unit(unit + _accent(tail), name + _accent(tail), factor, noun_end, noun=True)


def _has_own_accents(written: str, words: Iterable[str]) -> bool:
    """Whether `written` is one of `words`, or one without its diacritics: "Ngân" is not "ngàn"."""
    written = _squeezed(written).lower()
    return not has_diacritics(written) or written in words


@cache
def _canonical_multipliers() -> dict[str, str]:
    return {fold(word): word.replace("tỉ", "tỷ") for word in table("units")["multipliers"]}


def _canonical_multiplier(folded: str) -> str:
    return _canonical_multipliers()[_squeezed(folded)]


def _accent(tail: str) -> str:
    return {"/nam": "/năm", "/nguoi": "/người", "/thang": "/tháng", "/ngay": "/ngày", "/ho": "/hộ"}.get(
        tail, tail.replace("/nguoi/nam", "/người/năm")
    )


def _masked(text: str, folded: str) -> str:
    """`folded` with everything blanked that looks like a quantity and is none."""
    characters = list(folded)
    spans = [match.span() for match in _NO_QUANTITY.finditer(folded)]
    spans += [time.span for time in find_times(text)]
    for start, end in spans:
        for index in range(start, end):
            if characters[index].isdigit():
                characters[index] = "#"
    return "".join(characters)


_NUMBER = re.compile(rf"(?<![\w#.,/])(?<![\d#]-)({NUMBER})(?![\d#]|[.,/]\d|/[a-z])")
_RANGE_TAIL = re.compile(rf"\s*(?:-|–|—|den|toi)\s*(?:khoang\s+)?({NUMBER})(?![\d#]|[.,/]\d)")


def _comparator_before(text: str, start: int, accented: bool) -> tuple[Comparator | None, int]:
    """The comparator whose words end at `start`, and where they begin.

    In a text with diacritics they must be the comparator's own ("quá", not the "qua" of "thông qua").
    """
    match = _comparator_pattern(accented).search(matchable(text[max(0, start - 60) : start], accented))
    if not match or not match[1]:
        return None, start
    words = match[1]
    for comparator, pattern in _comparator_words(accented):
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


def _read_at(text: str, folded: str, match: re.Match[str]) -> QuantityMatch | None:
    value, end = parse_number(match[1]), match.end(1)
    value_max: Decimal | None = None
    unit = _unit_at(text, folded, end)
    tail = _RANGE_TAIL.match(folded, unit.end if unit and not unit.noun else end)
    before = folded[max(0, match.start() - 4) : match.start()]
    if tail and (upper := parse_number(tail[1])) > value:
        upper_unit = _unit_at(text, folded, tail.end(1))
        if upper_unit and (unit is None or unit.noun or unit.base == upper_unit.base):
            value_max, unit, end = upper, upper_unit, tail.end(1)
    if unit is None:
        return None
    comparator, start = _comparator_before(text, match.start(), has_diacritics(text))
    stop = unit.end
    if value_max is not None and before.endswith("tu "):
        start = match.start() - 3
    for sign, pattern in _comparator_after():
        if after := pattern.match(folded, unit.end):
            comparator, stop = sign, after.end() if not unit.noun else unit.end
            if before.endswith("tu "):
                start = match.start() - 3
    quantity = _quantity(value, unit, comparator or Comparator.EQUAL, value_max)
    return QuantityMatch(
        quantity, (start, stop), (match.start(), unit.end), match.span(1), unit.noun, comparator is not None
    )


def find_quantities(text: str) -> tuple[QuantityMatch, ...]:
    """The quantities of `text` (NFC, with or without diacritics), in order, not overlapping."""
    folded = fold(text)
    masked = _masked(text, folded)
    found: list[QuantityMatch] = []
    position = 0
    while match := _NUMBER.search(masked, position):
        position = match.end()
        if masked[position : position + 1].isalpha() and not _unit_patterns()["multiplier"].match(
            masked, position
        ):
            continue
        read = _read_at(text, masked, match)
        if read:
            found.append(read)
            position = max(position, read.core[1] if not read.noun else match.end())
            if read.quantity.value_max is not None:
                position = read.core[1]
    return tuple(found)


def counted_noun(text: str) -> str | None:
    """The counted thing of the table that `text` begins with: "doanh nghiệp nhỏ" gives "doanh nghiệp"."""
    match = _unit_patterns()["noun"].match(" " + fold(text))
    return _squeezed(f" {text}"[match.start(1) : match.end(1)]) if match else None


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
