"""Saying that the plans do not say: one friendly line, what they do cover, and questions they can answer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from chain.cues import find_cues
from chain.drafting import Draft
from chain.knowledge import Knowledge
from domain.answers import Status
from domain.figures import Figure, Role
from vietnamese.folding import fold, syllables
from vietnamese.patterns import alternatives
from vietnamese.tables import table

_MOST_SUGGESTIONS = 3
_LONGEST_SUGGESTED = 80  # characters of an indicator in a suggested question


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:(?:{alternatives(table('questions')['task']['asking'])})\s+)*")


def is_task(text: str) -> bool:
    """Whether the question asks for other work than an answer ("Viết giúp tôi một bài thơ …")."""
    opening = _asking().match(fold(text))
    return any(opening is not None and start == opening.end() for start, _ in find_cues("task.openings", text))


def asks_contact(text: str, knowledge: Knowledge) -> bool:
    """Whether a telephone number, an address or the like is asked for that no document gives."""
    for start, end in find_cues("task.contact", text):
        pairs = itertools.pairwise(syllables(text[start:end]))
        if any(not knowledge.pair_frequencies[pair] for pair in pairs):
            return True
    return False


def refuse(draft: Draft) -> None:
    """Nothing in the plans carries the question."""
    draft.status = Status.NOT_FOUND
    draft.suggestions = suggested_questions(draft.knowledge)
    places = sorted({source.place for source in draft.knowledge.sources.values() if source.place})
    draft.line("out_of_scope", places=", ".join(places) or "…", documents=len(draft.knowledge.sources))


def suggested_questions(knowledge: Knowledge, beside: Sequence[Figure] = ()) -> tuple[str, ...]:
    """Questions that the register answers, of different documents and headings where it can."""
    taken = {figure.indicator for figure in beside}
    chosen: list[Figure] = []
    groups: set[tuple[str, tuple[str, ...]]] = set()
    ordered = sorted(
        knowledge.figures, key=lambda figure: (knowledge.source_of(figure).authority, -(figure.year or 0))
    )
    for relaxed in (False, True):
        for figure in ordered:
            group = (figure.document_id, () if not relaxed else knowledge.passages[figure.passage_id].path)
            fits = (
                figure.role is Role.TARGET
                and figure.year
                and figure.row is None
                and figure.quantity.value is not None
            )
            if len(chosen) == _MOST_SUGGESTIONS or not fits or figure.indicator in taken or group in groups:
                continue
            if 18 <= len(figure.indicator) <= _LONGEST_SUGGESTED:
                chosen.append(figure)
                groups.add(group)
                taken.add(figure.indicator)
    return tuple(_question(figure) for figure in chosen)


def _question(figure: Figure) -> str:
    """A question that `figure` answers, in the order of its own words."""
    at = len(figure.indicator) if figure.quantity_at is None else figure.quantity_at
    before, after = figure.indicator[:at].strip(), figure.indicator[at:].strip()
    unit = "%" if figure.quantity.unit.startswith("%") else figure.quantity.unit
    if fold(after).startswith(fold(unit)):
        after = after[len(unit) :].strip()  # "bao nhiêu bậc", not "bao nhiêu bậc bậc"
    scope = " ".join(
        part for part in (f"cấp {figure.level.value}" if figure.level else "", f"năm {figure.year}") if part
    )
    asked = f"{before} bao nhiêu {unit} {after} {scope}" if after else f"{before} {scope} là bao nhiêu"
    place = f"{figure.place}: " if figure.place and figure.place not in figure.indicator else ""
    text = re.sub(r"\s+", " ", asked).strip()
    return f"{place}{text}?" if place else f"{text[:1].upper()}{text[1:]}?"
