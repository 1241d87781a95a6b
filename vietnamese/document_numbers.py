"""Numbers of public documents named in text: "472/QĐ-UBND", "Quyết định 472", "Nghị quyết 202/2025".

Spans out, and whether a number that somebody typed names a document. Whose number it is, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from vietnamese.folding import fold
from vietnamese.patterns import alternatives
from vietnamese.tables import table
from vietnamese.times import find_times

_WITH_CODE = re.compile(
    r"(?<![\w/])(\d+[a-zA-Z]?(?:/\d{4})?\s*[-/]\s*[A-Za-zĐđ]{1,}[\w]*(?:\s?[-/]\s?[A-Za-zĐđ]+\w*)*)"
)
_CODE = re.compile(r"\d+[a-z]?(?:/\d{4})?\s*[-/]\s*[a-zđ]{1,4}[-/]?[a-zđ]+")
_KIND_AND_YEAR = re.compile(
    r"(?:ke hoach|quyet dinh|nghi quyet|chuong trinh|thong bao)\s+(?:so\s+)?(\d+/(?:19|20)\d\d)(?![\d/])"
)


@cache
def _kind_and_number() -> re.Pattern[str]:
    names = [name for entry in table("document_kinds")["kind"] for name in entry["names"]]
    return re.compile(
        rf"(?<!\w)(?:{alternatives(names)}|van\s+ban)\s+(?:so\s*:?\s*)?(\d{{1,5}}[a-z]?)"
        r"(?![\d.,]|\s*(?:%|ty|trieu|thang|quy|nam|tuan|ngay)(?!\w))(?!/)(?!\w)"
    )


def find_document_numbers(
    text: str, known: Container[str] = frozenset()
) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The document numbers that `text` (NFC) names, with half-open spans: full ones first, then bare ones.

    A bare number that could be a year ("Quyết định 1904") names a document only if it is in `known`.
    """
    found = [(match[1], match.span(1)) for match in _WITH_CODE.finditer(text) if _has_code(match[1])]
    folded = fold(text)
    for pattern in (_kind_and_number(), _KIND_AND_YEAR):
        for match in pattern.finditer(folded):
            inside = any(start <= match.start(1) < end for _, (start, end) in found)
            if not inside and (match[1] in known or not find_times(match[1])):
                found.append((match[1], match.span(1)))
    return tuple(found)


def is_named_by(own: str, typed: str) -> bool:
    """Whether `typed` names the document whose number is `own`: in full, or by its digits alone."""
    whole, wanted = _form(own), _form(typed)
    if whole == wanted:
        return True
    return "/" not in wanted and "-" not in wanted and bool(re.match(rf"{re.escape(wanted)}\b", whole))


def _has_code(text: str) -> bool:
    """A document's number has a code of its kind or issuer: "472/QĐ-UBND", not "24/7" or "CNTT-TT"."""
    return bool(_CODE.search(text.lower()))


def _form(number: str) -> str:
    return re.sub(r"\s+", "", fold(number))
