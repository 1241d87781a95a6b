"""The marks of a generated sentence: citation keys in brackets, labels and list marks, bold.

Text in; keys, kinds of lines and text with its marks set right out. What a sentence says is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from chain.stated import Stated
from vietnamese.folding import fold
from vietnamese.patterns import alternatives
from vietnamese.tables import table

_KEYS = re.compile(r"\s*[\[【](\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)[\]】]")
_LEAD = re.compile(r"^(?:\s|[-+*]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)*")
_LONGEST_LABEL = 160


def parted(sentence: str) -> tuple[str, str, str]:
    """White space, list and heading marks in front, the sentence, and white space behind."""
    lead = _LEAD.match(sentence)
    start = lead.end() if lead else 0
    body = sentence[start:].rstrip()
    return sentence[:start], body, sentence[start + len(body) :]


def keys_in(text: str) -> tuple[int, ...]:
    """The keys that a text cites, each once, in order."""
    named = (int(key) for match in _KEYS.finditer(text) for key in re.findall(r"\d+", match[1]))
    return tuple(dict.fromkeys(named))


def without_keys(text: str) -> str:
    return _KEYS.sub("", text).strip()


@cache
def _opens_list() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(table('generated')['openings']['words'])})[.…*]*$")


def is_label(lead: str, bare: str, stated: Stated) -> bool:
    """A heading, a line in bold alone, or one that a colon ends."""
    wholly_bold = bool(re.fullmatch(r"\*\*[^*]+\*\*:?", bare))
    short = len(bare) <= _LONGEST_LABEL
    if "#" in lead or bare.rstrip("*").endswith(":") or _opens_list().search(fold(bare)):
        return short
    return wholly_bold and not stated.quantities and short


def balanced(text: str) -> str:
    return text if text.count("**") % 2 == 0 else text.replace("**", "")


def with_marks(text: str, keys: Iterable[int]) -> str:
    """`text` with its keys in front of the mark that ends it."""
    marks = as_marks(keys)
    if not marks:
        return balanced(text)
    body, mark = re.fullmatch(r"(.*?)([.;:!?]?)", balanced(text).rstrip(), re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{body.rstrip()} {marks}{mark}"


def as_marks(keys: Iterable[int]) -> str:
    return "".join(f"[{key}]" for key in keys)
