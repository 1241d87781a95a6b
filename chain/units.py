"""Units of quantities compared: which are measures, and which nouns that are counted are short for others.

Units as vietnamese.quantities gives them (`base_unit`) in, yes or no out.
"""

from __future__ import annotations

from collections.abc import Sequence

from vietnamese.tables import table


def is_measure(unit: str) -> bool:
    """Whether a unit is a share, money or a multiple, which has no shorter name, and not a noun that is counted."""
    return unit.startswith(tuple(table("units")["compared_whole"]["openings"]))


def is_short_for(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the words of one unit begin those of the other, whichever is longer: "dịch vụ", "dịch vụ công"."""
    shorter, longer = sorted((left, right), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter
