"""Where the money of a plan comes from: the sources that one passage lists beside each other, with amounts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from chain.cues import has_cue, pattern, superlative
from chain.drafting import Draft, bold_quantity, plain_text
from chain.knowledge import Knowledge, words_of
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading
from domain.answers import Wanted
from domain.figures import Figure, Role
from ingest.scopes import is_money
from vietnamese.folding import fold

_SOURCE_WORDS = (
    "von",
    "ngan sach",
    "nguon",
    "xa hoi hoa",
    "vien tro",
    "tai tro",
    "vay",
    "oda",
    "tu ",
    "kinh phi tu",
)


def answer_from_sources(draft: Draft) -> bool:
    """Fill `draft` with the sources of funds of the plan that the question means; False where none lists them."""
    text = draft.reading.query.terms
    if not has_cue("table.funds", text) or draft.reading.query.wanted in (Wanted.PROSE, Wanted.COMPARISON):
        return False
    groups = _groups(draft.reading, draft.knowledge)
    if not groups or _WHICH_PROJECTS.search(fold(text)):
        return False
    extreme = superlative(text)
    sources = _named(list(groups[0]), draft.reading)
    if extreme:
        sources.sort(key=lambda figure: figure.quantity.amount or 0, reverse=extreme == "largest")
    lines = []
    if has_cue("unit.money", text) and (total := _total_of(sources, draft.knowledge)):
        draft.lines.append(f"{plain_text(total.indicator)}: {bold_quantity(total)} [{draft.state(total)}].")
    for figure in sources[:1] if extreme else sources:
        key = draft.state(figure)
        lines.append(f"- {plain_text(figure.indicator)}: {bold_quantity(figure)} [{key}]")
    draft.lines.append("\n".join(lines))
    return True


def _named(sources: list[Figure], reading: Reading) -> list[Figure]:
    """The one source that the question names by what tells it from the others; else all."""
    words = [words_of(figure.indicator).singles for figure in sources]
    own = [one - frozenset().union(*(other for other in words if other is not one)) for one in words]
    said = [sum(word in reading.weights for word in apart - _SAID) for apart in own]
    named = [figure for figure, count in zip(sources, said, strict=True) if count]
    return named if len(named) == 1 and max(said) >= _FEWEST_NAMED else sources


_FEWEST_NAMED = 2  # words that only one of the sources has, and the question says


# "Những dự án nào dùng vốn …?" asks for projects, not for sources.
_WHICH_PROJECTS = pattern("funds.which_projects")


def _total_of(sources: Sequence[Figure], knowledge: Knowledge) -> Figure | None:
    """The amount that the sources of one passage make up, where it stands before them."""
    amount = sum((figure.quantity.amount or 0 for figure in sources), Decimal(0))
    return next(
        (
            figure
            for figure in knowledge.figures_by_passage[sources[0].passage_id]
            if figure.span < sources[0].span and figure.quantity.amount == amount
        ),
        None,
    )


_SAID = frozenset(
    "tien nguon khoan kinh phi von lay lon nho nhieu it cao thap nhat".split()
)  # words of the question itself, not of the plan


_TELLS = 1.2  # the weight of a word that the sources of a plan have to say, if the question does


def _groups(reading: Reading, knowledge: Knowledge) -> list[Sequence[Figure]]:
    """Figures of one passage that name two sources or more, the closest document first."""
    found = []
    for passage_id, figures in knowledge.figures_by_passage.items():
        passage = knowledge.passages[passage_id]
        source = knowledge.source_of(passage)
        if reading.query.places and source.place not in reading.query.places:
            continue
        if reading.sources and source.document_id not in {s.document_id for s in reading.sources}:
            continue
        named = [f for f in figures if is_money(f.quantity) and f.row is None and _names_source(f)]
        if len({figure.indicator for figure in named}) < 2:
            continue
        said = " . ".join((*passage.path, source.title, *(knowledge.clause_of(figure) for figure in named)))
        own = words_of(said).singles | _SAID
        total = math.fsum(reading.weights.values())
        share = math.fsum(weight for word, weight in reading.weights.items() if word in own) / (total or 1.0)
        unsaid = max((weight for word, weight in reading.weights.items() if word not in own), default=0.0)
        if share < THRESHOLDS.passage_sure or unsaid >= _TELLS:
            continue
        found.append((-round(share, 1), source.authority, passage.ordinal, named))
    return [named for *_, named in sorted(found, key=lambda item: item[:3])]


def _names_source(figure: Figure) -> bool:
    folded = fold(figure.indicator)
    return figure.role is Role.BUDGET and folded.startswith(_SOURCE_WORDS)
