"""Which figure of the plans has the value that a question names: "Con số 830 tỷ đồng là khoản gì?".

The amount decides, in whatever unit it is written, within the documents and places that the question names.
"""

from __future__ import annotations

from chain.cues import has_cue
from chain.drafting import Draft, statement_text
from chain.figure_answers import state_in_sentence
from chain.matching import broken_constraints
from chain.understanding import Reading
from domain.figures import Figure

_MOST = 3  # figures of one value that are told; of more no one is meant
_WHERE = frozenset({"place", "document", "year", "level"})


def asks_what_it_is(reading: Reading) -> bool:
    """Whether a question names an amount and asks what it is."""
    return bool(reading.hints) and has_cue("figure.what_is", reading.query.terms)


def answer_by_value(draft: Draft) -> bool:
    """Fill `draft` with what has just the amount that the question names; False where nothing does, or too much."""
    reading, knowledge = draft.reading, draft.knowledge
    wanted = {(hint.base_unit, hint.amount) for hint in reading.hints if hint.amount is not None}
    found: dict[tuple[str, tuple[int, int]], Figure] = {}
    for figure in knowledge.figures:
        if (figure.quantity.base_unit, figure.quantity.amount) not in wanted:
            continue
        if not _WHERE & set(broken_constraints(reading, figure, knowledge)):
            found.setdefault((figure.passage_id, figure.clause), figure)
    figures = sorted(found.values(), key=lambda figure: knowledge.source_of(figure).authority)
    if not 0 < len(figures) <= _MOST:
        return False
    if len(figures) == 1:
        return state_in_sentence(draft, figures[0])
    items = [f"- {statement_text(figure, draft.wording)} [{draft.state(figure)}]" for figure in figures]
    draft.lines.append("\n".join(items))
    return True
