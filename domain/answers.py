"""A question understood, and its answer. The JSON of `hoi ask` is `Answer` written out (prompts/json)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.documents import Passage, Source
from domain.figures import Figure, Level


class Wanted(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"
    TABLE = "table"  # a row, a cell or an aggregate over rows
    LIST = "list"
    PERSON = "person"
    DATE = "date"
    NUMBER = "number"  # a document's own number
    DOCUMENT = "document"  # which document, of which place, of what kind
    COMPARISON = "comparison"
    PROSE = "prose"
    ANYTHING = "anything"  # a bare topic: a figure if there is one, else prose


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user pinned by hand; unlike the constraints in a question, these exclude."""

    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question made to stand alone, its constraints and what it asks for.

    `tokens` are folded content syllables, abbreviations expanded. `terms` is the text that is searched.
    """

    question: str
    standalone: str
    terms: str
    tokens: tuple[str, ...]
    wanted: Wanted
    years: tuple[int, ...] = ()
    period: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    document_numbers: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score (higher is better; not comparable between questions).

    `twins` are passages of other documents that say the same in nearly the same words, with less authority.
    """

    passage: Passage
    score: float
    twins: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """`quote` is one contiguous span of the passage, verbatim. `key` is the [n] in the text."""

    key: int
    source: Source
    passage: Passage
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure in an answer with the keys of its citations; `computed` marks sums, counts, differences."""

    figure: Figure
    citations: tuple[int, ...]
    computed: bool = False


class Status(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


class Mode(StrEnum):
    EXTRACTIVE = "extractive"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Removed:
    """Something a model wrote that its evidence does not hold."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Section 3 of the design, as a value. `text` is Markdown with [1] marks."""

    question: str
    standalone_question: str
    status: Status
    text: str
    mode: Mode = Mode.EXTRACTIVE
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    nearest: tuple[AnswerFigure, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: str | None = None
    prompt_version: str | None = None
    fallback: str | None = None
    removed: tuple[Removed, ...] = ()
    total_ms: float = 0.0
