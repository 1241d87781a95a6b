"""Numbers of documents as claims write them: "472/QĐ-UBND", "Quyết định số 472", "Kế hoạch số 91/2020".

A text in, numbers with their spans out. Looser than vietnamese.document_numbers, which reads questions: a
claim that names a number wrongly is found as well. Whose number it is, is not known here.
"""

from __future__ import annotations

import re
from functools import cache

from vietnamese.document_numbers import is_named_by
from vietnamese.folding import fold
from vietnamese.patterns import alternatives
from vietnamese.tables import table

_WITH_CODE = re.compile(
    r"(?<![\w/])\d{1,5}[a-zA-Z]?(?:/\d{4})?\s*[-–/]\s*[A-ZĐa-zđ]{1,6}(?:\s?[-–/]\s?[A-ZĐa-zđ]+\d*)+"
    r"|(?<![\w/])\d{1,5}/[A-ZĐ]{1,4}\b|(?<![\w/])\d{1,5}-[A-ZĐ]{2,}(?:/[A-ZĐ]+)?|(?<![\w/])\d{1,4}/(?:19|20)\d{2}(?![\w/])"
)


@cache
def kind_names() -> str:
    """An alternation of the folded names of the kinds of documents."""
    return alternatives(name for entry in table("document_kinds")["kind"] for name in entry["names"])


@cache
def _named_number() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{kind_names()})\s+(?:so\s*:?\s*)?(\d{{1,5}}[a-z]?(?:/\d{{4}})?)(?![\w/%-]|[.,]\d|\s*(?:%|ty|trieu))"
    )


def find_kinds(text: str) -> list[tuple[int, int]]:
    """Where the kinds of documents are named in `text`: "Quyết định", "Kế hoạch"."""
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{kind_names()})(?!\w)", fold(text))]


def bears(own: str | None, number: str) -> bool:
    """Whether a document whose number is `own` is the one that `number` names, in full or by its digits."""
    return bool(own) and is_named_by((own or "").replace("–", "-"), number.replace("–", "-"))


def find_numbers(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Document numbers with their spans: "472/QĐ-UBND", "Quyết định số 472", "Kế hoạch số 91/2020"."""
    folded = fold(text)
    found = [(match.group(), match.span()) for match in _WITH_CODE.finditer(text)]
    found = [
        item
        for item in found
        if re.search(r"[A-Za-zĐđ]", item[0]) or re.search(r"so\s*$", folded[: item[1][0]])
    ]
    for match in _named_number().finditer(folded):
        span = match.span(1)
        is_year = bool(re.fullmatch(r"(?:19|20)\d{2}", match[1])) and "so" not in match.group().split()
        if not is_year and not any(a < span[1] and span[0] < b for _, (a, b) in found):
            found.append((text[slice(*span)], span))
    return sorted(found, key=lambda item: item[1])
