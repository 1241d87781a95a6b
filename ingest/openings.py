"""Which lines of a list stand above a line: what a line that ends in a colon opens for those below it.

Comes in: passages in reading order. Goes out, for each line, the opening lines that it stands under, outermost
first. What they give to a figure (year, level, indicator) is decided in ingest.figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.documents import Passage
from vietnamese.quantities import find_quantities

_LONGEST_OPENING = 300  # characters; a longer line is a statement of its own
_GOES_ON = (":", ";", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a passage: its half-open span, and the opening lines above it, outermost first."""

    span: tuple[int, int]
    openings: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    depth: int
    text: str
    holds_siblings: bool = False  # its items are no deeper than itself


class OpenLines:
    """The opening lines at this point of the document; a list may run over several passages."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._path: tuple[str, ...] = ()
        self._last = ""

    def lines(self, passage: Passage) -> Iterator[Line]:
        """The lines of `passage`, which must come in reading order."""
        if not _same_section(passage.path, self._path):
            self._open, self._last = [], ""
        self._path = passage.path
        start = 0
        for index, text in enumerate(passage.text.split("\n")):
            depth = passage.depths[index] if index < len(passage.depths) else 0
            self._close(depth)
            yield Line((start, start + len(text)), tuple(opening.text for opening in self._open))
            if _opens(text, depth):
                self._open.append(_Open(depth, text))
            self._last = text.rstrip()
            start += len(text) + 1

    def _close(self, depth: int) -> None:
        """Leave the openings that a line at `depth` no longer stands under."""
        while self._open and not self._stays(self._open[-1], depth):
            self._open.pop()

    def _stays(self, opening: _Open, depth: int) -> bool:
        if opening.depth != depth:
            return opening.depth < depth
        first = self._last == opening.text.rstrip()
        opening.holds_siblings = opening.holds_siblings or (first and self._last.endswith(":"))
        return opening.holds_siblings and self._last.endswith(_GOES_ON)


def _same_section(path: Sequence[str], before: Sequence[str]) -> bool:
    """Whether two trails are one; the rest of a list that was cut carries its introduction as a last part."""
    if tuple(path) == tuple(before):
        return True
    longer, shorter = (path, before) if len(path) > len(before) else (before, path)
    return tuple(longer[:-1]) == tuple(shorter) and longer[-1].endswith(":")


def _opens(text: str, depth: int) -> bool:
    """Whether items stand below the line: it ends in a colon, or is an item that is no sentence."""
    bare = text.rstrip()
    if len(bare) > _LONGEST_OPENING:
        return False
    if bare.endswith(":"):
        return True
    return depth > 0 and not bare.endswith((".", ";", ",", "…")) and not find_quantities(bare)
