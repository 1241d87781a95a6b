"""Conflicts inside the collection as JSON and as lines for a terminal. Values in, plain types and strings out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from domain.claims import FigureSide
from domain.interchange import JsonObject, citation_json, figure_json
from prompts.terminal import citation_line, figure_line
from prompts.wording import Wording

_WIDTH = 100
_MOST_ROWS = 3  # of a sum that are quoted at a terminal


def conflict_json(sides: tuple[FigureSide, FigureSide]) -> JsonObject:
    """The more authoritative figure as `hoi figures` lists it, with what it conflicts with beside it."""
    first, second = (_side_json(side) for side in sides)
    return first | {"conflicts_with": [second]}


def _side_json(side: FigureSide) -> JsonObject:
    keys = [citation.key for citation in side.citations]
    citations = [citation_json(citation) for citation in side.citations]
    inline = {"citation": citations[0]} | ({"rows": citations} if side.computed else {})
    return figure_json(side.figure, keys, side.computed) | inline


def conflict_lines(sides: tuple[FigureSide, FigureSide], wording: Wording) -> Iterator[str]:
    """Both figures, each with its quotations; of a sum its first rows and how many more there are."""
    for side in sides:
        citation = side.citations[0]
        line = figure_line(side.figure, citation.source, citation.passage, wording)
        mark = wording.text("check.conflict.sum", rows=len(side.citations)) if side.computed else ""
        yield f"{line}{mark}"
        for shown in side.citations[:_MOST_ROWS]:
            yield "  " + citation_line(shown, wording)
            yield from textwrap.wrap(
                f"“{shown.quote}”", _WIDTH, initial_indent="    ", subsequent_indent="    "
            )
    yield ""
