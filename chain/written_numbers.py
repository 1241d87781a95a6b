"""Numbers however a model writes them: one plain form of its text, numerals instead of number words.

Text in, text out. Characters that look like digits become digits, what could hide or unhide text is dropped.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from vietnamese.patterns import alternatives
from vietnamese.tables import table

_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_DROPPED = re.compile(r"[`\\${}]|~+")
_ABOUT = re.compile(r"(?<!~)~(?=\s*\d)")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ \t]*\|(.*?)\|?[ \t]*$", re.MULTILINE)


def plain(text: str) -> str:
    """A model's text as this program shows it: NFKC, no links, tags, code, formulas or strike-through."""
    text = html.unescape(html.unescape(text))
    text = "".join(
        character for character in text if unicodedata.category(character) not in {"Cf", "Co", "Cn"}
    )
    text = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    text = "".join(_digit(character) for character in text)
    text = _LINK.sub(lambda link: f"[{link[1]}]" if link[1].isdigit() else link[1], text)
    text = _TAG.sub(" ", text)
    text = _TABLE_ROW.sub(_list_item, _TABLE_RULE.sub("", text)) if "|" in text else text
    text = re.sub(r"^([ \t]*)[•–—]\s+", r"\1- ", text, flags=re.MULTILINE)
    return _DROPPED.sub("", _ABOUT.sub("≈", text))


def _list_item(row: re.Match[str]) -> str:
    """A row of a Markdown table as a list item; its heads as the opening line of the list."""
    cells = [cell.strip() for cell in row[1].split("|") if cell.strip()]
    text = " – ".join(cells)
    return f"- {text}" if re.search(r"\[\d|\d\s*%", text) else f"{text}:"


_SYMBOLS = {
    "≥": "tối thiểu ",
    ">=": "tối thiểu ",
    "≤": "không quá ",
    "<=": "không quá ",
    "≈": "khoảng ",
    ">": "trên ",
    "<": "dưới ",
}


def with_comparators(text: str) -> str:
    """`text` with signs before a number as words: "≥ 70%" is "tối thiểu 70%"."""
    return re.sub(r"(>=|<=|[≥≤≈><])\s*(?=\d)", lambda match: _SYMBOLS[match[1]], text)


def _digit(character: str) -> str:
    """Any script's decimal digit as 0 to 9."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


_UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_UNIT = "|".join(_UNITS)
_TENS = rf"(?:(?:{_UNIT})\s+mươi(?:\s+(?:{_UNIT}))?|mười(?:\s+(?:{_UNIT}))?)"
_HUNDREDS = rf"(?:(?:{_UNIT})\s+trăm(?:\s+(?:(?:linh|lẻ)\s+(?:{_UNIT})|{_TENS}))?)"
_DECIMALS = rf"(?:\s+phẩy\s+(?:{_UNIT}))?"
_NOT_YEAR = "".join(
    f"(?<!{word} )"
    for word in ("mỗi", "hằng", "hàng", "từng", "cuối", "đầu", "trong", "theo", "vào", "cả", "đến", "các")
)


@cache
def _pattern() -> re.Pattern[str]:
    nouns = alternatives(table("units")["counted"]["nouns"], accented=True)
    measures = r"phần\s+trăm|%|nghìn|ngàn|triệu|t[ỷỉ](?!\s+(?:lệ|trọng|suất|số))|lần|đồng"
    return re.compile(
        rf"(?<!\w){_NOT_YEAR}(?P<long>{_HUNDREDS}|{_TENS})(?P<decimals>{_DECIMALS})(?=\s+(?:{measures}|{nouns})(?!\w)|\s*%)"
        rf"|(?<!\w){_NOT_YEAR}(?P<one>{_UNIT}){_DECIMALS}(?=\s+(?:{measures})(?!\w)|\s*%)"
        rf"|(?<!\w){_NOT_YEAR}(?P<few>hai|ba|bốn|sáu|bảy|tám|chín)(?=\s+(?:{nouns})(?!\w))",
        re.IGNORECASE,
    )


def _value(words: str) -> str:
    """The numeral of number words up to 999, with its decimals."""
    whole, _, decimals = words.lower().partition(" phẩy ")
    total = 0
    for word in whole.split():
        if word == "mươi":
            total = total // 10 * 10 + total % 10 * 10
        elif word == "trăm":
            total *= 100
        elif word == "mười":
            total += 10
        else:
            total += _UNITS.get(word, 0)
    return f"{total},{_UNITS[decimals.strip()]}" if decimals.strip() in _UNITS else str(total)


def with_numerals(text: str) -> str:
    """`text` with number words before a unit as numerals: "chín mươi lăm phần trăm" is "95 phần trăm"."""
    return _pattern().sub(lambda match: _value(" ".join(match.group().split())), text)


@cache
def _fractions() -> re.Pattern[str]:
    words = table("generated")["fractions"]["words"]
    return re.compile(rf"(?<!\w)(?:{alternatives(words, accented=True)})(?!\w)", re.IGNORECASE)


def fractions(text: str) -> list[str]:
    """Shares and multiples in words ("một nửa", "gấp đôi"), which must stand in the evidence word for word."""
    return [match.group().lower() for match in _fractions().finditer(text)]
