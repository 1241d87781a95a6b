"""Questions that name a column of a table and no row: which row has most, what they add up to, their mean.

"Địa phương nào có nhiều tổ công nghệ số nhất?" names the column "Tổ công nghệ số (tổ)" and the rows by the
head of their names, "Địa phương". Comes in: a reading. Goes out: the rows with that column's figures, for
chain.tables to work on; which rows hold a topic or a source of funds is chain.rows' matter.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from chain.cues import asks_sum, find_cues, has_cue, superlative, superlative_spans, without
from chain.knowledge import Knowledge, tokens_of, words_of
from chain.matching import broken_constraints
from chain.rows import Row, Selection, is_within
from chain.synonyms import meant_at, synonyms_in
from chain.understanding import Reading
from domain.documents import Passage
from domain.figures import Comparator, Figure, Quantity
from ingest.scopes import is_money
from ingest.table_figures import (
    column_at,
    column_role,
    is_group_row,
    is_total_head,
    is_total_row,
    label_column,
    without_unit,
)
from vietnamese.folding import fold, syllables
from vietnamese.numbers import NUMBER
from vietnamese.patterns import alternatives
from vietnamese.quantities import find_quantities
from vietnamese.tables import table

_FEWEST_ROWS = 3
_CAPTION = 300  # characters before a table that may say what it holds
_HELD = 0.75  # of the question's weight that the column and what stands around it must hold
_NAMED = 0.5  # of the column's own words that the question must say
_OPERATIONS = ("sum", "altogether", "average")
_WORK = ("largest", "smallest", "place", "list", "who", *_OPERATIONS)
_ASKS_WHICH = re.compile(r"(?<!\w)(?:nao|dau|ai|gi)(?!\w)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head without the unit, and its figures in the order of the rows."""

    head: str
    figures: tuple[Figure, ...]


def column_asked(reading: Reading, knowledge: Knowledge) -> Selection | None:
    """The rows with the figures of the column that the question names; null where it names none."""
    text = reading.query.terms
    works = superlative(text) or any(has_cue(f"table.{name}", text) for name in _OPERATIONS)
    if not works and not _COMPARED.search(fold(text)):
        return None
    held = [
        (share, is_total_head(column.head), _head_said(column, reading), column)
        for column in _columns(reading, knowledge)
        if (share := _share(column, reading, knowledge)) is not None
    ]
    if not held:
        return None
    best = max(held, key=lambda item: (round(item[0], 6), *item[1:3]))
    tied = [item for item in held if item[:3] == best[:3]]
    if len(tied) > 1:
        return None
    selection = _of_kind(_selection(best[3], knowledge), text)
    return selection if works else _within_limit(selection, text)


_COMPARED = re.compile(
    r"(?<!\w)(?:tren|duoi|hon|qua|vuot|it nhat|toi thieu|toi da|chua den|chua toi|chua duoc|chua day|tu)\s+\d"
)


def _head_said(column: Column, reading: Reading) -> float:
    """The share of the words of a column's head that the question says."""
    own = words_of(column.head).singles
    return len(own & set(reading.words)) / len(own) if own else 0.0


_ORDINAL = re.compile(r"(?<!\w)thu\s+\w+")


def _of_kind(selection: Selection, text: str) -> Selection:
    """The rows of the kinds of place that the question names ("huyện nào …"), if it names any of theirs."""
    asked = f" {' '.join(syllables(text))} "
    kinds = {_kind_of(row.label) for row in selection.rows} - {""}
    named = {kind for kind in kinds if f" {kind} " in asked}
    rows = tuple(row for row in selection.rows if _kind_of(row.label) in named)
    if not rows:
        return selection
    noun = rows[0].label[: len(next(iter(named)))].lower() if len(named) == 1 else selection.noun
    return replace(selection, rows=rows, noun=noun)


def _within_limit(selection: Selection, text: str) -> Selection | None:
    """The rows whose amounts are within the limit that the question sets ("huyện nào dưới 60%?")."""
    figures = [row.figure for row in selection.rows if row.figure]
    limit = _limit(text, figures[0].quantity) if figures else None
    if limit is None:
        return None
    rows = tuple(row for row in selection.rows if row.figure and is_within(row.figure.quantity, limit))
    return replace(selection, rows=rows, limited=True)


def _limit(text: str, measured: Quantity) -> Quantity | None:
    """The bound that the question sets in the unit of a column; a bare number ("trên 75") is in that unit."""
    for match in find_quantities(text):
        own = match.quantity.base_unit == measured.base_unit
        if own and match.quantity.comparator is not Comparator.EQUAL:
            return match.quantity
    bare = _COMPARED.search(fold(text))
    number = re.compile(NUMBER).match(text, bare.end() - 1) if bare else None
    behind = text[number.end() :] if number else ""
    if number is None or (re.match(r"\s*(?:%|[^\W\d_])", behind) and not _GOES_ON.match(fold(behind))):
        return None
    read = find_quantities(f"{text[: number.end()]} {measured.unit}")
    return read[-1].quantity if read and read[-1].quantity.base_unit == measured.base_unit else None


_GOES_ON = re.compile(r"\s+(?:la|thi|gom|co|o|cua|trong|va|,)(?!\w)")


def _kind_of(label: str) -> str:
    """The kind of place that a row's name opens with, folded: "huyen", "thanh pho"."""
    kinds = alternatives(table("levels")["kinds"])
    match = re.match(rf"({kinds})(?!\w)", " ".join(syllables(label)))
    return match[1] if match else ""


def fund_column_asked(reading: Reading, knowledge: Knowledge) -> Selection | None:
    """The rows with the amounts of one source of funds, where a table has a column for each and the question
    names one ("vốn xã hội hóa lớn nhất"); null elsewhere."""
    selection = column_asked(reading, knowledge)
    if selection is None:
        return None
    first = selection.rows[0].passage
    head = words_of(selection.described).singles
    named = len(head) > 1 and head <= set(reading.words) and not is_total_head(selection.described)
    return selection if named and column_role(first, "funds") is None else None


def _columns(reading: Reading, knowledge: Knowledge) -> list[Column]:
    """The columns whose figures break no constraint of the question; total rows are none of their figures."""
    asked = replace(reading, unit=None, asks_rows=True)
    grouped: dict[tuple[str, int, int], list[Figure]] = defaultdict(list)
    for figure in knowledge.figures:
        passage = knowledge.passages[figure.passage_id]
        if (
            figure.row is None
            or figure.quantity.amount is None
            or is_total_row(passage)
            or is_group_row(passage)
        ):
            continue
        if not broken_constraints(asked, figure, knowledge):
            grouped[figure.document_id, passage.table or 0, column_at(passage, figure.span)].append(figure)
    return [
        Column(_head(figures[0], index, knowledge), tuple(figures))
        for (_, _, index), figures in grouped.items()
        if len(figures) >= _FEWEST_ROWS and len({figure.quantity.base_unit for figure in figures}) == 1
    ]


def _head(figure: Figure, index: int, knowledge: Knowledge) -> str:
    columns = knowledge.passages[figure.passage_id].columns
    return without_unit(columns[index]) if index < len(columns) else ""


def _share(column: Column, reading: Reading, knowledge: Knowledge) -> float | None:
    """How much of the question the column and its table hold, 0 to 1; null where the question names it not.

    The question must say the column, and name the rows by what heads their names or by asking which.
    """
    text = reading.query.terms
    first = knowledge.passages[column.figures[0].passage_id]
    spans = [span for name in _WORK for span in find_cues(f"table.{name}", text)] + superlative_spans(text)
    spans += [match.span() for match in _ORDINAL.finditer(fold(text))]
    left = set(tokens_of(without(text, spans)))
    heavy = {word: weight for word, weight in reading.weights.items() if weight > 0.5 and word in left}
    money = is_money(column.figures[0].quantity)
    own = frozenset() if is_total_head(column.head) else words_of(column.head).singles
    label = label_column(first)
    nouns = (
        set(tokens_of(first.columns[label])) if label is not None and label < len(first.columns) else set()
    )
    named_table = has_cue("table.place", text)
    kinds = {_kind_of(figure.row or "") for figure in column.figures} - {""}
    of_kind = {syllable for kind in kinds for syllable in kind.split()}
    named_kind = any(f" {kind} " in f" {' '.join(syllables(text))} " for kind in kinds)
    if (
        not named_table
        and not named_kind
        and not (nouns and nouns <= set(reading.words))
        and not (_ASKS_WHICH.search(fold(text)) and not asks_sum(text))
    ):
        return None
    words = {fold(word) for word in table("statements")["money_words"]} if money else set()
    spoken = own | {syllable for word in words for syllable in word.split()}
    named = own & set(reading.words)
    if money and not own and not has_cue("unit.money", text):
        return None
    if reading.unit == "share" and not column.figures[0].quantity.unit.startswith("%"):
        return None
    if own and len(named) < _NAMED * len(own) and not (money and has_cue("unit.money", text)):
        return None
    source = knowledge.source_of(first)
    context = (*first.path, *first.columns, source.title, source.place or "", _caption(first, knowledge))
    said = words_of(" . ".join(context))
    around = said.singles | {reading.words[position] for position in meant_at(synonyms_in(reading.words), said)}
    total = math.fsum(heavy.values())
    if not total:
        return None
    if kinds:
        units = {syllable for kind in table("levels")["kinds"] for syllable in syllables(kind)}
        heavy = {word: weight for word, weight in heavy.items() if word in spoken or word not in units}
        total = math.fsum(heavy.values()) or total
    held = math.fsum(weight for word, weight in heavy.items() if word in spoken)
    held += 0.8 * math.fsum(
        weight for word, weight in heavy.items() if word not in spoken and word in around | nouns | of_kind
    )
    return held / total if held >= _HELD * total else None


def _caption(row: Passage, knowledge: Knowledge) -> str:
    """The text right before the table."""
    before = [
        passage
        for passage in knowledge.passages.values()
        if passage.document_id == row.document_id
        and passage.ordinal < row.ordinal
        and passage.table != row.table
    ]
    return max(before, key=lambda passage: passage.ordinal).text[-_CAPTION:] if before else ""


def _selection(column: Column, knowledge: Knowledge) -> Selection:
    rows = tuple(
        Row(knowledge.passages[figure.passage_id], figure.row or "", figure, "") for figure in column.figures
    )
    first = rows[0].passage
    label = label_column(first)
    noun = first.columns[label].lower() if label is not None and label < len(first.columns) else ""
    return Selection(rows, column.head, noun or "dòng")
