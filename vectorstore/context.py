"""What leads to a passage in its document: the passages that a reader has read when arriving at it.

Passages in, passages out. What stands beside it is `View.neighbours`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from domain.documents import Passage, PassageKind


def leading_to(passage: Passage, before: Sequence[Passage]) -> tuple[Passage, ...]:
    """Of the passages `before` it (in reading order): those directly beneath each heading above its own, and
    for a row of a table the passage that its table follows, under the same heading."""
    found = {
        other.ordinal: other
        for depth in range(1, len(passage.path))
        for other in _beneath(passage, before, depth)
    }
    if passage.kind is PassageKind.TABLE_ROW:
        outside = [other for other in before if other.table != passage.table]
        if outside and outside[-1].path == passage.path:
            found[outside[-1].ordinal] = outside[-1]
    return tuple(found[ordinal] for ordinal in sorted(found))


def _beneath(passage: Passage, before: Sequence[Passage], depth: int) -> list[Passage]:
    """A heading may come twice in a document: the section that the passage is in reaches back without a gap."""
    heading = passage.path[:depth]
    section = takewhile(lambda other: other.path[:depth] == heading, reversed(before))
    return [other for other in section if other.path == heading]
