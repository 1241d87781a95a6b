"""Conversations as they are kept: questions with their answers, in the order they were asked."""

from __future__ import annotations

from dataclasses import dataclass

from domain.answers import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the line that says why there is none."""

    question: str
    answer: Answer | None = None
    problem: str = ""
