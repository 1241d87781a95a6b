"""Which year of a table has most: the columns of a row read across, where other questions read them down.

A reading in, an answer out; a question that names no row asks it of the row that sums the others up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chain.cues import pattern, superlative
from chain.drafting import Draft, bold_quantity, plain_text
from chain.knowledge import Knowledge, words_of
from chain.matching import broken_constraints
from chain.rows import is_of_total_column
from chain.said import said_of
from chain.understanding import Reading
from domain.documents import Passage
from domain.figures import Figure
from ingest.table_figures import is_total_row, row_label
from vietnamese.folding import fold
from vietnamese.units_of_place import own_name, says

_WHICH_YEAR = pattern("years.which_year")
_FEWEST_YEARS = 3  # of two, a comparison tells which is more
_SAID = 0.7  # of the question, by the row with its table's heads, headings and title


def asks_which_year(text: str) -> bool:
    """Whether a question asks in which year there was or will be most or least."""
    return superlative(text) is not None and bool(_WHICH_YEAR.search(fold(text)))


def answer_which_year(draft: Draft) -> bool:
    """Fill `draft` with the year whose figure is the largest or smallest; False where no row is clearly meant."""
    reading, knowledge = draft.reading, draft.knowledge
    rows = [
        (share, figures)
        for passages in knowledge.rows_by_table.values()
        for passage in passages
        if (figures := _over_years(passage, reading, knowledge))
        and (share := _share(passage, reading, knowledge)) is not None
    ]
    if not rows:
        return False
    most = max(share for share, _ in rows)
    meant = [figures for share, figures in rows if share == most]
    if len(meant) != 1:
        return False
    pick = max if superlative(reading.query.terms) == "largest" else min
    best = pick(meant[0], key=lambda figure: figure.quantity.amount or Decimal(0))
    if sum(figure.quantity.amount == best.quantity.amount for figure in meant[0]) > 1:
        return False
    key = draft.state(best)
    name = plain_text(best.indicator)
    draft.line("year_with_most", year=best.last_year, amount=bold_quantity(best), name=name, key=key)
    others = [figure for figure in meant[0] if figure is not best]
    items = "; ".join(f"{figure.last_year}: {bold_quantity(figure)} [{draft.state(figure)}]" for figure in others)
    draft.line("other_years", items=items)
    return True


def _over_years(passage: Passage, reading: Reading, knowledge: Knowledge) -> Sequence[Figure]:
    """The row's figures of one unit, one a year, that the question may ask of; none where there are too few years."""
    asked = replace(reading, unit=None, asks_rows=True)
    figures = [
        figure
        for figure in knowledge.figures_by_passage.get(passage.passage_id, ())
        if figure.last_year is not None
        and figure.quantity.amount is not None
        and not is_of_total_column(figure, passage)
        and not set(broken_constraints(asked, figure, knowledge)) - {"locality"}
    ]
    years = {figure.last_year for figure in figures}
    units = {figure.quantity.base_unit for figure in figures}
    single = len(years) == len(figures) >= _FEWEST_YEARS and len(units) == 1
    of_unit = reading.unit is None or not broken_constraints(reading, figures[0], knowledge) if figures else False
    return figures if single and of_unit else ()


def _share(passage: Passage, reading: Reading, knowledge: Knowledge) -> float | None:
    """How much of the question a row and its table say; null where it means another row, or says too little."""
    label = row_label(passage) or ""
    if not is_total_row(passage):
        name = own_name(label)
        words = set(name.split())
        if not says(reading.spoken, name) and len(words & set(reading.words)) < _NAMED * len(words):
            return None
    source = knowledge.source_of(passage)
    about = source.about.title if source.about and source.about.title else ""
    said = said_of(reading, words_of(" . ".join((label, *passage.columns, *passage.path, source.title, about))))
    return said.share + said.beside if said.share >= _SAID else None


_NAMED = 0.6  # of the words of a row's name that the question says
