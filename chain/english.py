"""English: questions turned into Vietnamese by a table of terms, and English number language read as Vietnamese.

Text in, text out. Without a language model a question is turned only where every word of it is known; what is
not known is never guessed. The table: vietnamese/tables/english.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from chain.drafting import Draft
from domain.answers import Answer, Hit, Status
from domain.figures import Comparator, Quantity
from vietnamese.patterns import has_diacritics
from vietnamese.places import find_places
from vietnamese.quantities import format_quantity
from vietnamese.tables import table

_WORD = re.compile(r"[a-zà-ỹđ0-9][a-zà-ỹđ0-9'’.-]*")
_ENOUGH_SIGNS = 2
_ENOUGH_SHARE = 0.3
_VIETNAMESE_MARKS = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def is_english(text: str) -> bool:
    """Whether a question is in English: enough of its words are English ones that Vietnamese does not have."""
    words = re.findall(r"[^\W\d_]+", _without_places(text).lower())
    if not words or sum(bool(_VIETNAMESE_MARKS.search(word)) for word in words) > len(words) / 4:
        return False
    signs = sum(word in _signs() for word in words)
    return signs >= _ENOUGH_SIGNS and signs >= _ENOUGH_SHARE * len(words)


def in_vietnamese(question: str) -> str | None:
    """An English question in Vietnamese, by the table; null where the table does not know every word."""
    text = re.sub(r"\s+", " ", question.lower()).strip(" ?!.")
    parts: dict[str, list[str]] = {"asking": [], "terms": [], "scope": [], "years": []}

    def take(section: str) -> Callable[[re.Match[str]], str]:
        def taken(match: re.Match[str]) -> str:
            parts[section].append(table("english")[section][re.sub(r"\s+", " ", match.group())])
            return " | "

        return taken

    for section in ("terms", "scope", "asking"):
        text = _phrases(section).sub(take(section), text)
    text = re.sub(r"\b((?:19|20)\d{2})\s*(?:-|–|to|and|until)\s*((?:19|20)\d{2})\b", r" \1-\2 ", text)
    for match in re.finditer(r"\b(?:19|20)\d{2}(?:-(?:19|20)\d{2})?\b", text):
        parts["years"].append(match.group())
    text = re.sub(r"\b(?:19|20)\d{2}(?:-(?:19|20)\d{2})?\b", " ", text)
    left = [word for word in _WORD.findall(text) if word.strip("'’.-") not in _noise()]
    if left:
        return None
    if not parts["terms"] and "ai ký" not in parts["asking"]:
        return _leaning(parts)
    return _composed(parts)


def _leaning(parts: Mapping[str, list[str]]) -> str | None:
    """A question of constraints alone ("and by 2020?"), which leans on the one before."""
    scope = [*(f"năm {year}" for year in parts["years"]), *parts["scope"]]
    return f"còn {' '.join(scope)}?" if scope else None


def _composed(parts: Mapping[str, list[str]]) -> str:
    asking = list(dict.fromkeys(parts["asking"]))
    years = [f"giai đoạn {year}" if "-" in year else f"năm {year}" for year in dict.fromkeys(parts["years"])]
    scope = [word for word in dict.fromkeys(parts["scope"]) if word != "giai đoạn"]
    lead = [word for word in asking if word in {"tỷ lệ", "ai ký", "so sánh", "còn"}]
    tail = [word for word in asking if word not in {*lead, "ký", "ban hành"}]
    if "ai ký" not in asking and "còn" not in asking and "khi nào" not in asking and not tail:
        tail = ["là bao nhiêu"]
    if "khi nào" in asking:
        tail = ["ban hành khi nào"]
    subjects = table("english")["subjects"]["terms"]
    terms = sorted(_longest(list(dict.fromkeys(parts["terms"]))), key=lambda term: term not in subjects)
    return " ".join((*lead, *terms, *scope, " và ".join(years), *tail)).strip().replace("  ", " ") + "?"


def _longest(terms: list[str]) -> list[str]:
    """`terms` without those whose words another one says already."""
    return [
        term
        for term in terms
        if not any(other != term and set(term.split()) <= set(other.split()) for other in terms)
    ]


def in_vietnamese_terms(text: str) -> str:
    """An English sentence with its numbers, comparators, times, levels and known terms in Vietnamese.

    Quotations in it stay as they are."""
    pieces = re.split(r"(“[^”]*”|\"[^\"]*\")", text)
    return "".join(piece if index % 2 else _sentence_terms(piece) for index, piece in enumerate(pieces))


def _sentence_terms(text: str) -> str:
    text = re.sub(
        r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,/])\d+\.\d+(?![\d.])",
        _vietnamese_numeral,
        text,
    )
    text = re.sub(
        r"(?i)\b(?:VND|dong)\s*(\d[\d.,]*)\s*(thousand billion|trillion|billion|million)?", r"\1 \2 VND", text
    )
    text = _phrases("times", r"(?=\s+(?:(?:19|20)\d{2}))").sub(_replacing("times"), text)
    text = re.sub(r"\b((?:19|20)\d{2})\s+to\s+((?:19|20)\d{2})\b", r"\1-\2", text)
    text = _phrases("comparators", r"(?=\s+\d)").sub(_replacing("comparators"), text)
    text = _phrases("numbers", "", r"(?<=[\d\s%])").sub(_replacing("numbers"), text)
    text = _phrases("levels").sub(_replacing("levels"), text)
    text = _phrases("terms").sub(_replacing("terms"), text)
    return re.sub(r"(\d)\s+%", r"\1%", _phrases("scope").sub(_replacing("scope"), text))


def _vietnamese_numeral(match: re.Match[str]) -> str:
    return match.group().translate(str.maketrans(",.", ".,"))


def _replacing(section: str) -> Callable[[re.Match[str]], str]:
    entries = table("english")[section]
    return lambda match: str(entries[re.sub(r"\s+", " ", match.group().lower())])


@cache
def _phrases(section: str, behind: str = "", before: str = "") -> re.Pattern[str]:
    entries = sorted(table("english")[section], key=len, reverse=True)
    words = "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries)
    return re.compile(rf"{before}(?<![^\W\d_])(?<!-)(?:{words})(?![\w-]){behind}", re.IGNORECASE)


@cache
def _signs() -> frozenset[str]:
    return frozenset(table("english")["signs"]["words"])


@cache
def _noise() -> frozenset[str]:
    return frozenset(table("english")["noise"]["words"])


def _without_places(text: str) -> str:
    for _, (start, end) in reversed(find_places(text) if has_diacritics(text) else ()):
        text = text[:start] + " " + text[end:]
    return text


# ----- answers without a model ---------------------------------------------------------------------------


def answered_in_english(
    draft: Draft, filled: Callable[[Draft, Sequence[Hit]], Answer], hits: Sequence[Hit]
) -> Answer:
    """The extractive answer to an English question, or that only a model could read the question.

    `draft` has the English wording; its reading is that of the question in Vietnamese."""
    if is_english(draft.reading.query.standalone):
        draft.status = Status.NOT_FOUND
        draft.line("english_only", topics=", ".join(table("english")["topics"]["names"]))
        return draft.finished()
    answer = filled(draft, hits)
    text = answer.text
    for entry in (*answer.figures, *answer.nearest):
        text = text.replace(
            format_quantity(entry.figure.quantity), _quantity_in_english(entry.figure.quantity)
        )
    return replace(answer, text=text)


def _quantity_in_english(quantity: Quantity) -> str:
    """The quantity with its comparator in English; number and unit stay as the document writes them."""
    word = table("english")["wording"].get(quantity.comparator.value, "")
    bare = format_quantity(replace(quantity, comparator=Comparator.EQUAL))
    return f"{word} {bare}".strip() if quantity.value is not None else bare
