"""Where a quotation stands: its characters in a passage, the cells of a table row that it touches.

A quotation is one contiguous span of its passage but for white space. No Streamlit.
"""

from __future__ import annotations

import re

from domain.documents import Passage

Span = tuple[int, int]


def quote_span(text: str, quote: str) -> Span | None:
    """The half-open span of `quote` in `text`, white space aside; null where it does not stand there."""
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None


def cell_spans(passage: Passage) -> tuple[Span, ...]:
    """Where each cell of a table row stands in the row's text; an empty cell has an empty span."""
    spans, position = [], 0
    for cell in passage.cells:
        start = passage.text.find(cell, position)
        if start < 0:
            start, end = position, position
        else:
            end = start + len(cell)
        spans.append((start, end))
        position = end
    return tuple(spans)


def overlaps(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])
