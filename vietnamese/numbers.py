"""Vietnamese numerals: "," is the decimal mark, "." groups thousands. Text in, exact decimals out."""

from __future__ import annotations

import re
from decimal import Decimal

# A number as plans write it, or with a decimal point as people type it ("44.5").
NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def parse_number(text: str) -> Decimal:
    """The value of a numeral: "592.300" is 592300, "44,5" and "44.5" are 44.5. Raises ValueError."""
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError as error:
        raise ValueError(f"not a number: {text!r}") from error


def format_number(value: Decimal) -> str:
    """The numeral of `value` as plans write it: 592300 is "592.300", 44.5 is "44,5"."""
    digits = f"{value.normalize():f}"
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"
