"""Cutting Vietnamese text into sentences, by spans. Line feeds end a sentence; abbreviations do not."""

from __future__ import annotations

import re

_UPPER = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
_END = re.compile(rf"(?<=[.!?…])[\"”’)]?\s+(?=[\"“‘(]?[{_UPPER}0-9])|\n")
_NO_END = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*|[IVXLC]+|[a-zđ])\.$|(?:^|\s)(?:TP|Tp|KT|PGS|TS|GS|ThS|Th\.S|Ô|Mr|St|tr|v\.v|No)\.$"
)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the sentences of `text`, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() != "\n" and _NO_END.search(text[start : match.start()]):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    stripped = []
    for begin, end in spans:
        piece = text[begin:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            stripped.append((begin + left, begin + len(piece.rstrip())))
    return tuple(stripped)
