"""Claims of a text and what the plans say of them. The JSON of `hoi check` is `CheckReport` written out.

`Claim.span` is half-open, in characters of the NFC form of the text that was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.answers import AnswerFigure, Citation
from domain.figures import Figure


class Verdict(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"  # the plans say otherwise of this indicator, place, level and year
    NOT_SUPPORTED = "not_supported"  # they give it only for another place, level, period or role
    NOT_FOUND = "not_found"  # they do not speak of it


class Reason(StrEnum):
    """In what a claim departs from the plans."""

    VALUE = "value"
    UNIT = "unit"
    YEAR = "year"
    PLACE = "place"
    LEVEL = "level"
    COMPARATOR = "comparator"
    INDICATOR = "indicator"
    ROLE = "role"
    PERSON = "person"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a text says and that can be looked up: the part of the text and where it stands."""

    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict. `note` is a sentence for the reader; `figure` is the plan's own.

    `evidence` is never empty but for what was not found; the most authoritative document comes first.
    """

    claim: Claim
    verdict: Verdict
    reason: Reason | None = None
    note: str | None = None
    figure: AnswerFigure | None = None
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The claims of a text in reading order. `unchecked` counts the sentences that have none."""

    claims: tuple[CheckedClaim, ...]
    unchecked: int
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class FigureSide:
    """One side of a conflict inside the collection: a figure, or a sum of rows, with its quotations."""

    figure: Figure
    citations: tuple[Citation, ...]
    computed: bool = False
