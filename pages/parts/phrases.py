"""Values in the reader's form: amounts, times and names of documents, in the language of the page.

Domain values in, plain text out; the words come from the catalogues. No Streamlit.
"""

from __future__ import annotations

from domain.documents import Passage, Source
from domain.figures import Comparator, Figure, Quantity
from domain.interchange import plain_decimal
from prompts.terminal import date_text, number_text
from prompts.wording import Wording

_JOINED_UNITS = ("%",)  # written without a space before them


def amount(quantity: Quantity, wording: Wording) -> str:
    """A quantity with its comparator: "trên 95%", "khoảng 592.300 tỷ đồng", "5 – 10%"."""
    if quantity.value is None:
        return date_text(quantity.date, wording) if quantity.date else ""
    value = number_text(plain_decimal(quantity.value) or "", wording)
    if quantity.value_max is not None:
        value = f"{value} – {number_text(plain_decimal(quantity.value_max) or '', wording)}"
    unit = quantity.unit if quantity.unit.startswith(_JOINED_UNITS) else f" {quantity.unit}"
    compared = quantity.comparator not in (Comparator.EQUAL, Comparator.RANGE)
    word = wording.text(f"page.comparator.{quantity.comparator.name.lower()}") + " " if compared else ""
    return f"{word}{value}{unit}".strip()


def time_of(figure: Figure, wording: Wording) -> str:
    """ "đến năm 2030" for a target, "năm 2021" for a result, "2016 – 2020" for a period; "" if unknown."""
    if figure.period:
        return f"{figure.period[0]} – {figure.period[1]}"
    if figure.year is None:
        return ""
    return wording.text(f"page.time.{figure.role.value}", year=figure.year)


def circumstances(figure: Figure, wording: Wording) -> str:
    """When, at which level and where a figure holds, as far as it is known."""
    level = wording.text(f"page.level.{figure.level.name.lower()}") if figure.level else ""
    return " · ".join(part for part in (time_of(figure, wording), level, figure.place or "") if part)


def document_name(source: Source, wording: Wording) -> str:
    """The shortest name that tells documents apart: a number, that of the plan a page is about, else a title."""
    if source.number:
        return source.number
    if source.about and source.about.number:
        return wording.text("cli.about_number", number=source.about.number)
    return source.title


def document_line(source: Source, wording: Wording) -> str:
    """Kind, number, date and issuer in one line, as far as they are known."""
    parts = [
        wording.text(f"kind.{source.kind.value}"),
        source.number or "",
        date_text(source.issued_on, wording) if source.issued_on else "",
        source.issuer or "",
        source.place or "",
    ]
    return " · ".join(part for part in parts if part)


def page_mark(passage: Passage, wording: Wording) -> str:
    """ "trang 3", or "trang 3 – 4"; "" for a file without pages."""
    if passage.page is None:
        return ""
    if passage.page_end and passage.page_end != passage.page:
        return wording.text("page.source.pages", first=passage.page, last=passage.page_end)
    return wording.text("page.source.page", page=passage.page)
