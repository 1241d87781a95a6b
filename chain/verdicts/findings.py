"""What is found of a claim: a verdict with the code of its note, what fills that, and quotations.

The judges of this package make findings; chain.checking words them. Nothing is worded or looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.claims import Reason, Verdict
from domain.documents import Passage
from domain.figures import Figure


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, verbatim."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with the code of its note and what fills that, the plan's figure and the quotations."""

    verdict: Verdict
    reason: Reason | None = None
    note: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    figure: Figure | None = None
    computed: bool = False
    quotes: tuple[Quote, ...] = ()
