"""Which rows of a table met what was planned for them: a column of aims beside a column of results.

"Những huyện nào chưa đạt kế hoạch hồ sơ trực tuyến?" is answered row by row, both amounts shown.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chain.cues import has_cue
from chain.drafting import Draft, bold_quantity, plain_text
from chain.knowledge import Knowledge, words_of
from chain.matching import broken_constraints
from chain.sums import computed_figure
from chain.understanding import Reading
from domain.figures import Figure, Role
from ingest.table_figures import column_at, is_group_row, is_total_row, label_column
from vietnamese.numbers import format_number

_FEWEST_ROWS = 3
_NAMED = 0.5  # of the weight of the question's telling words that the two columns and their table must say
_TELLING = 0.5  # the weight of a word that tells what is asked about


@dataclass(frozen=True, slots=True)
class _Aimed:
    """A row's aim and what came of it, in one unit."""

    row: str
    aim: Figure
    result: Figure


def answer_attainment(draft: Draft) -> bool:
    """Fill `draft` with the rows that met, or did not meet, what was planned; False where none of this is asked."""
    text = draft.reading.query.terms
    if not (has_cue("attainment.aims", text) and has_cue("attainment.which", text)):
        return False
    missed, met = has_cue("attainment.missed", text), has_cue("attainment.met", text)
    if not (missed or met):
        return False
    best: tuple[float, list[_Aimed]] | None = None
    for rows in _tables(draft.reading, draft.knowledge).values():
        share = _share(rows[0], draft.reading, draft.knowledge)
        if len(rows) >= _FEWEST_ROWS and share >= _NAMED and (best is None or share > best[0]):
            best = (share, rows)
    if best is None:
        return False
    chosen = [row for row in best[1] if _is_met(row) != missed]
    if not chosen:
        unit = _noun_of(best[1][0], draft)
        draft.line("none_missed" if missed else "none_met", count=len(best[1]), unit=unit)
        draft.cite_figure(best[1][0].result)
        return True
    lines, keys = [], []
    for row in chosen:
        key = draft.state(row.result)
        draft.state(row.aim)
        keys.append(key)
        lines.append(
            "- "
            + draft.wording.text(
                "answer.aimed_row",
                row=plain_text(row.row),
                result=bold_quantity(row.result),
                aim=bold_quantity(row.aim).strip("*"),
                key=key,
            )
        )
    count = Decimal(len(chosen))
    unit = _noun_of(best[1][0], draft)
    results = [row.result for row in chosen]
    draft.state_computed(computed_figure(results, count, count, unit, unit, unit), tuple(keys))
    of_all = Decimal(len(best[1]))
    every = [row.result for row in best[1]]
    draft.state_computed(computed_figure(every, of_all, of_all, unit, unit, unit), tuple(keys))
    head = "missed_rows" if missed else "met_rows"
    draft.line(head, count=format_number(count), all=len(best[1]), unit=unit)
    draft.lines.append("\n".join(lines))
    return True


def _noun_of(row: _Aimed, draft: Draft) -> str:
    """What the rows of the table are, by the head of their names' column: "địa phương"."""
    passage = draft.knowledge.passages[row.result.passage_id]
    label = label_column(passage)
    named = passage.columns[label].lower() if label is not None and label < len(passage.columns) else ""
    return named or draft.wording.text("answer.row_unit")


def _is_met(row: _Aimed) -> bool:
    """Whether what came of it is as good as what was aimed at: of costs, waits and shortfalls no more than that."""
    if has_cue("attainment.less", row.row):
        return (row.result.quantity.amount or Decimal(0)) <= (row.aim.quantity.amount or Decimal(0))
    return (row.result.quantity.amount or Decimal(0)) >= (row.aim.quantity.amount or Decimal(0))


def _tables(reading: Reading, knowledge: Knowledge) -> Mapping[tuple[str, int, int, int], list[_Aimed]]:
    """The rows with an aim and a result of it, by document, table and the two columns."""
    found: dict[tuple[str, int, int, int], list[_Aimed]] = defaultdict(list)
    for passage_id, figures in knowledge.figures_by_passage.items():
        passage = knowledge.passages[passage_id]
        if passage.table is None or is_total_row(passage) or is_group_row(passage):
            continue
        allowed = [f for f in figures if f.row and not set(broken_constraints(reading, f, knowledge)) & _ASKED]
        for aim in allowed:
            for result in allowed:
                if _is_pair(aim, result):
                    columns = (column_at(passage, aim.span), column_at(passage, result.span))
                    found[(aim.document_id, passage.table, *columns)].append(
                        _Aimed(aim.row or "", aim, result)
                    )
    return found


_ASKED = {"year", "place", "document"}


def _is_pair(aim: Figure, result: Figure) -> bool:
    same = aim.quantity.base_unit == result.quantity.base_unit and aim.year == result.year
    told = aim.quantity.amount is not None and result.quantity.amount is not None
    return same and told and aim.role is Role.TARGET and result.role is Role.RESULT


def _share(row: _Aimed, reading: Reading, knowledge: Knowledge) -> float:
    """How much of what the question tells the two columns, the table and its document say."""
    passage = knowledge.passages[row.result.passage_id]
    columns = [passage.columns[column_at(passage, figure.span)] for figure in (row.aim, row.result)]
    source = knowledge.source_of(passage)
    own = words_of(" . ".join((*columns, *passage.path, *passage.columns[:2], source.title))).singles
    own |= words_of(row.row.split(" ")[0]).singles
    telling = {word: weight for word, weight in reading.weights.items() if weight > _TELLING}
    total = math.fsum(telling.values())
    return math.fsum(weight for word, weight in telling.items() if word in own) / total if total else 1.0
