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

from chain.cues import (
    adds_up,
    asks_mean,
    asks_sum,
    find_cues,
    has_cue,
    pattern,
    puts_together,
    superlative,
    superlative_spans,
    without,
)
from chain.knowledge import Knowledge, Words, tokens_of, words_of
from chain.matching import broken_constraints
from chain.qualifiers import fund_spans
from chain.rows import Row, Selection, is_excluded, is_within
from chain.synonyms import holds, meant_at, synonyms_in
from chain.understanding import Reading, single_fillers
from domain.documents import Passage
from domain.figures import Comparator, Figure, Quantity
from ingest.scopes import is_money
from ingest.table_figures import (
    column_at,
    column_role,
    is_bare_rate,
    is_group_row,
    is_total_head,
    is_total_row,
    label_column,
    row_label,
    without_unit,
)
from vietnamese.abbreviations import expand
from vietnamese.folding import fold, syllables
from vietnamese.levels import find_levels
from vietnamese.numbers import NUMBER
from vietnamese.patterns import alternatives
from vietnamese.quantities import find_quantities
from vietnamese.tables import table
from vietnamese.times import find_times
from vietnamese.units_of_place import in_full, kind_of, own_name, says, spoken

_FEWEST_ROWS = 3
_CAPTION = 300  # characters before a table that may say what it holds
_HELD = 0.75  # of the question's weight that the column and what stands around it must hold
_NAMED = 0.5  # of the column's own words that the question must say
_OPERATIONS = ("sum", "altogether", "average")
_WORK = ("largest", "smallest", "place", "list", "who", "empty", "added", *_OPERATIONS)
_ASKS_WHICH = pattern("columns.asks_which")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head without the unit, and its figures in the order of the rows."""

    head: str
    figures: tuple[Figure, ...]


def column_asked(reading: Reading, knowledge: Knowledge) -> Selection | None:
    """The rows with the figures of the column that the question names; null where it names none."""
    text = reading.query.terms
    works = superlative(text) or any(has_cue(f"table.{name}", text) for name in _OPERATIONS)
    empty = has_cue("table.empty", text) and bool(_ASKS_WHICH.search(fold(text)))
    together = puts_together(text)
    if not works and not empty and not together and not _COMPARED.search(fold(text)):
        return None
    held = [
        _Held(column, share + _HEAD_COUNTS * _head_said(column, reading) + _RANKED_BY * _is_ranked_by(column, text),
             is_total_head(column.head), _weight_said(column, reading))
        for column in _columns(reading, knowledge, empty=empty)
        if (share := _share(column, reading, knowledge)) is not None
    ]  # fmt: skip
    if limits := _limits(text):
        of_unit = [item for item in held if item.column.figures[0].quantity.base_unit in limits]
        held = of_unit or held
    if not held:
        return None
    best = max(held, key=lambda item: item.fit)
    if sum(item.fit == best.fit for item in held) > 1:
        return None
    if empty:
        return _empty_rows(best.column, text, knowledge)
    selection = _of_kind(_selection(best.column, knowledge), text)
    if (asks_sum(text) or adds_up(text) or together) and not superlative(text):
        if not works and len(_rows_named(best.column, text)) < _SEVERAL:
            return None  # "gộp" of several rows, and these are not named
        works = True
        selection = _of_agency(_of_funds(_named(selection, text), text), text)
    if not works:
        return _within_limit(selection, text)
    kept = tuple(row for row in selection.rows if not _is_rest(row.label) and not is_excluded(row, reading))
    return replace(selection, rows=kept) if superlative(text) else selection


@dataclass(frozen=True, slots=True)
class _Held:
    """A column that the question may name: how well it and its table say it, and what tells it from others as good."""

    column: Column
    share: float
    is_total: bool
    said: float

    @property
    def fit(self) -> tuple[float, bool, float]:
        return round(self.share, 6), self.is_total, round(self.said, 6)


_HEAD_COUNTS = 0.2  # what the share of its head counts for that the question says
_RANKED_BY = 0.3  # … and its head's standing right before the superlative: "tăng mạnh nhất"
_BEFORE = 2  # words


def _is_ranked_by(column: Column, text: str) -> bool:
    """Whether a word of a column's head stands right before what the question ranks by."""
    spans = [span for name in ("largest", "smallest") for span in find_cues(f"table.{name}", text)]
    starts = [start for start, _ in spans + superlative_spans(text)]
    before = set(syllables(text[: min(starts)])[-_BEFORE:]) if starts else set()
    return bool(before & words_of_head(column.head))


def _weight_said(column: Column, reading: Reading) -> float:
    """The weight of the question's words that a column's head says."""
    own = words_of(column.head).singles
    return math.fsum(weight for word, weight in reading.weights.items() if word in own)


def _named(selection: Selection, text: str) -> Selection:
    """The rows that the question names, where it names several ("Văn Chấn, Lục Yên và Văn Yên cộng lại")."""
    asked = spoken(text)
    rows = tuple(row for row in selection.rows if says(asked, own_name(row.label)))
    if len(rows) < _SEVERAL:
        count = _COUNTED.search(fold(text))
        kept = () if count else selection.rows  # "sáu bệnh viện tuyến tỉnh" are not all rows
        return replace(selection, rows=kept)
    return replace(selection, rows=rows, described=", ".join(row.label for row in rows))


_SEVERAL = 2


def _of_funds(selection: Selection, text: str) -> Selection:
    """The rows that the sources pay for which the question names, in a table that says who pays for each row."""
    named = [fold(text[start:end]) for start, end in fund_spans(text)]
    funds = column_role(selection.rows[0].passage, "funds") if selection.rows else None
    if not named or funds is None:
        return selection
    rows = tuple(row for row in selection.rows if any(name in fold(row.passage.cells[funds]) for name in named))
    return replace(selection, rows=rows, described=", ".join(named))


def _of_agency(selection: Selection, text: str) -> Selection:
    """The rows that the body is in charge of which the question names ("do Sở Y tế chủ trì")."""
    agency = column_role(selection.rows[0].passage, "agency") if selection.rows else None
    if agency is None or not pattern("rows.charged").search(fold(text)):
        return selection
    asked = spoken(expand(text))
    rows = tuple(row for row in selection.rows if says(asked, spoken(expand(row.passage.cells[agency])).strip()))
    return replace(selection, rows=rows)


def _is_rest(label: str) -> bool:
    """Whether a row gathers others, or what they leave over ("Các lĩnh vực còn lại")."""
    name = " ".join(syllables(label))
    sums_up = name.startswith(("cong ", "tong cong"))
    return sums_up or name in {" ".join(syllables(rest)) for rest in table("questions")["table"]["rest"]}


def _empty_rows(column: Column, text: str, knowledge: Knowledge) -> Selection | None:
    """The rows of a column's table that have nothing in it; null where all have something."""
    first = knowledge.passages[column.figures[0].passage_id]
    index = column_at(first, column.figures[0].span)
    nothing = table("questions")["table"]["empty_cells"]
    rows = tuple(
        Row(passage, row_label(passage) or "", None, "")
        for passage in knowledge.rows_by_table[first.document_id, first.table or 0]
        if index < len(passage.cells)
        and passage.cells[index].strip() in nothing
        and not is_total_row(passage)
        and not is_group_row(passage)
        and row_label(passage)
    )
    whole = _selection(column, knowledge)
    return _of_kind(replace(whole, rows=rows, limited=True), text) if rows else None


_COMPARED = pattern("columns.compared")


def _head_said(column: Column, reading: Reading) -> float:
    """The share of the words of a column's head that the question says."""
    own = words_of_head(column.head)
    said = set(reading.words) | _words_meant(reading, words_of(column.head))
    return len(own & said) / len(own) if own else 0.0


_COUNTED = pattern("columns.counted")
_ORDINAL = pattern("rows.ordinal")


def _of_kind(selection: Selection, text: str) -> Selection:
    """The rows of the kinds of place that the question names ("huyện nào …"), if it names any of theirs."""
    asked = spoken(without(text, [span for _, span in find_levels(text)]))  # "cấp huyện" are towns too
    if (kind := _WHICH_KIND.search(fold(text))) and not _is_of_label_head(kind[1], selection):
        return replace(selection, rows=tuple(row for row in selection.rows if _is_of(kind[1], row.label)))
    kinds = {kind_of(row.label) for row in selection.rows} - {""}
    named = {kind for kind in kinds if says(asked, kind)}
    rows = tuple(row for row in selection.rows if kind_of(row.label) in named)
    if not rows:
        return selection
    noun = in_full(rows[0].label)[: len(next(iter(named)))].lower() if len(named) == 1 else selection.noun
    return replace(selection, rows=rows, noun=noun)


# A body that rows may be of, asked for by its kind: "sở nào", "bệnh viện nào".
_WHICH_KIND = pattern("columns.which_kind")


def _is_of(kind: str, label: str) -> bool:
    return fold(in_full(label)).startswith(f"{kind} ")


def _is_of_label_head(kind: str, selection: Selection) -> bool:
    """Whether the head over the rows' names says that they are of a kind."""
    return says(spoken(selection.noun), kind)


def _within_limit(selection: Selection, text: str) -> Selection | None:
    """The rows whose amounts are within the limit that the question sets ("huyện nào dưới 60%?")."""
    figures = [row.figure for row in selection.rows if row.figure]
    limit = _limit(text, figures[0].quantity, selection.described) if figures else None
    if limit is None:
        return None
    rows = tuple(row for row in selection.rows if row.figure and is_within(row.figure.quantity, limit))
    return replace(selection, rows=rows, limited=True)


def _limits(text: str) -> set[str]:
    """The units of the bounds that a question sets ("trên 80%")."""
    found = (match.quantity for match in find_quantities(text))
    return {quantity.base_unit for quantity in found if quantity.comparator is not Comparator.EQUAL}


def _limit(text: str, measured: Quantity, head: str) -> Quantity | None:
    """The bound that the question sets in the unit of a column; a bare number ("trên 75") is in that unit.

    So is a number of what the column's head names ("hơn 30 sản phẩm").
    """
    for match in find_quantities(text):
        own = match.quantity.base_unit == measured.base_unit
        if own and match.quantity.comparator is not Comparator.EQUAL:
            return match.quantity
    bare = _COMPARED.search(fold(text))
    number = re.compile(NUMBER).match(text, bare.end() - 1) if bare else None
    behind = text[number.end() :] if number else ""
    counted = re.match(r"\s*([^\W\d_]+)", behind)
    of_column = counted is not None and fold(counted[1]) in words_of(head).singles - _OF_TIME
    if number is None or (
        re.match(r"\s*(?:%|[^\W\d_])", behind) and not _GOES_ON.match(fold(behind)) and not of_column
    ):
        return None
    unit = measured.unit or _OF_MARKS
    read = find_quantities(f"{text[: number.end()]} {unit}")
    if not measured.unit and read:
        return replace(read[-1].quantity, unit="", base_unit="")
    return read[-1].quantity if read and read[-1].quantity.base_unit == measured.base_unit else None


_OF_MARKS = "điểm"  # stands for the unit of a column that has none, so that its bound is read


_OF_TIME = frozenset({"thang", "nam", "quy", "ngay", "tuan", "ky"})
_GOES_ON = pattern("columns.goes_on")


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


def _columns(reading: Reading, knowledge: Knowledge, *, empty: bool) -> list[Column]:
    """The columns whose figures break no constraint of the question; total rows are none of their figures.

    The rows that it names are no constraint, nor is a level, nor "chưa" where it asks which rows have nothing.
    """
    given = {"locality", "level", "qualifier"} if empty else {"locality", "level"}
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
        if given.issuperset(broken_constraints(asked, figure, knowledge)):
            grouped[figure.document_id, passage.table or 0, column_at(passage, figure.span)].append(figure)
    return [
        Column(_head(figures[0], index, knowledge), tuple(figures))
        for (_, _, index), figures in grouped.items()
        if len(figures) >= _FEWEST_ROWS and len({figure.quantity.base_unit for figure in figures}) == 1
    ]


def _head(figure: Figure, index: int, knowledge: Knowledge) -> str:
    """The head of a column without its unit; a bare "Tỷ lệ (%)" with the head before it, of which it is the rate."""
    columns = knowledge.passages[figure.passage_id].columns
    if index >= len(columns):
        return ""
    head = without_unit(columns[index])
    return f"{head} {without_unit(columns[index - 1])}" if index and is_bare_rate(head) else head


def _share(column: Column, reading: Reading, knowledge: Knowledge) -> float | None:
    """How much of the question the column and its table hold, 0 to 1; null where the question names it not.

    The question must say the column, and name the rows by what heads their names or by asking which.
    """
    text = reading.query.terms
    first = knowledge.passages[column.figures[0].passage_id]
    spans = [span for name in _WORK for span in find_cues(f"table.{name}", text)] + superlative_spans(text)
    spans += [match.span() for match in _ORDINAL.finditer(fold(text))]
    spans += [match.span(1) for match in _COUNTED.finditer(fold(text))]
    talk = {fold(word) for word in table("questions")["table"]["talk"]}
    left = set(tokens_of(without(text, spans))) - _words_of_rows_named(column, text) - talk
    money = is_money(column.figures[0].quantity)
    own = frozenset() if is_total_head(column.head) else words_of_head(column.head)
    left |= own  # "được hài lòng nhất" names the column "Hài lòng (%)" by the very words of its superlative
    heavy = {word: weight for word, weight in reading.weights.items() if weight > 0.5 and word in left}
    label = label_column(first)
    nouns = (
        set(tokens_of(first.columns[label])) if label is not None and label < len(first.columns) else set()
    )
    named_table = has_cue("table.place", text)
    kinds = {kind_of(figure.row or "") for figure in column.figures} - {""}
    of_kind = {syllable for kind in kinds for syllable in kind.split()}
    named_kind = any(says(reading.spoken, kind) for kind in kinds)
    if (kind := _WHICH_KIND.search(fold(text))) and not (
        set(kind[1].split()) <= nouns or any(_is_of(kind[1], figure.row or "") for figure in column.figures)
    ):
        return None
    if not named_table and _asks_for_others(text, column, nouns):
        return None
    if (
        not named_table
        and not named_kind
        and len(_rows_named(column, text)) < _SEVERAL
        and not (superlative(text) and _kinds_counted(text))
        and not (superlative(text) and has_cue("table.who", text))
        and not (nouns and nouns <= set(reading.words))
        and not (_ASKS_WHICH.search(fold(text)) and not asks_sum(text))
    ):
        return None
    words = {fold(word) for word in table("statements")["money_words"]} if money else set()
    spoken = own | {syllable for word in words for syllable in word.split()}
    head = words_of(column.head)
    meant = {reading.words[position] for position in meant_at(synonyms_in(reading.words), head)}
    named = own & set(reading.words) | _words_meant(reading, head) & own
    spoken |= meant
    if money and not own and not has_cue("unit.money", text):
        return None
    is_share = column.figures[0].quantity.unit.startswith("%")
    if (reading.unit == "share" and not is_share) or (is_share and _adds(text)):
        return None
    whole = head.singles
    few = len(named) < _NAMED * len(own) and len(whole & set(reading.words)) < _NAMED * len(whole)
    if own and few and not (money and has_cue("unit.money", text)):
        return None
    source = knowledge.source_of(first)
    context = (*first.path, *first.columns, source.title, source.place or "", _caption(first, knowledge))
    said = words_of(" . ".join(context))
    around = said.singles | {reading.words[position] for position in meant_at(synonyms_in(reading.words), said)}
    total = math.fsum(heavy.values())
    if not total:
        return _HELD if _is_of_the_time(column.head, reading) and has_cue("table.empty", text) else None
    if kinds:
        units = {syllable for kind in table("levels")["kinds"] for syllable in syllables(kind)}
        heavy = {word: weight for word, weight in heavy.items() if word in spoken or word not in units}
        total = math.fsum(heavy.values()) or total
    held = math.fsum(weight for word, weight in heavy.items() if word in spoken)
    held += 0.8 * math.fsum(
        weight for word, weight in heavy.items() if word not in spoken and word in around | nouns | of_kind
    )
    return held / total if held >= _HELD * total else None


def _asks_for_others(text: str, column: Column, nouns: set[str]) -> bool:
    """Whether a question asks for things ("mặt hàng nào …?") where the rows are places."""
    places = sum(bool(kind_of(figure.row or "")) for figure in column.figures)
    if places <= len(column.figures) / 2:
        return False
    asked = [match[1].split() for match in pattern("columns.asked_thing").finditer(fold(text))]
    known = nouns | {word for kind in table("levels")["kinds"] for word in syllables(kind)}
    known |= {word for who in table("questions")["table"]["who"] for word in syllables(who)}
    return bool(asked) and not any(set(words) & (known | _OF_ANY_ROW) for words in asked)


_OF_ANY_ROW = frozenset({"cai", "ben", "noi", "dau"})


def _is_of_the_time(head: str, reading: Reading) -> bool:
    """Whether a column is of the very years that the question names ("Kinh phí 2024 - 2025")."""
    told = {(time.first, time.last) for time in find_times(head)}
    query = reading.query
    asked = {query.period} if query.period else {(year, year) for year in query.years}
    return bool(asked) and told == asked


def _adds(text: str) -> bool:
    """Whether a question has amounts added up, and does not only rank, bound or average them: shares have no sum."""
    if superlative(text) or asks_mean(text) or has_cue("table.empty", text):
        return asks_sum(text) or adds_up(text)
    return not _COMPARED.search(fold(text))


def words_of_head(head: str) -> frozenset[str]:
    """The words that tell a column: not its time ("Năm 2026"), nor what it says of any number ("Số …", "(lũy kế)")."""
    bare = _PART_OF_YEAR.sub(" ", _BRACKET.sub(" ", head))
    for time in reversed(find_times(bare)):
        bare = bare[: time.span[0]] + " " * (time.span[1] - time.span[0]) + bare[time.span[1] :]
    words = words_of(bare).singles
    telling = words - single_fillers() - _OF_ANY_NUMBER
    return telling or words


_BRACKET = re.compile(r"\([^()]*\)")
_PART_OF_YEAR = pattern("columns.part_of_year")  # "6T/2024"
_OF_ANY_NUMBER = frozenset({"so", "luong", "tong", "nam"})


def _words_meant(reading: Reading, head: Words) -> set[str]:
    """The words of a column's head that the question says in others ("trắng sóng" of "chưa có sóng")."""
    return {
        word
        for _, others in synonyms_in(reading.words)
        for other in others
        if holds(head, other)
        for word in other
    }


def _kinds_counted(text: str) -> bool:
    """Whether a question counts places of a kind: "ba huyện …"."""
    kinds = alternatives([*table("levels")["kinds"], *table("questions")["table"]["who"]])
    return bool(pattern("columns.counted_kinds", kinds=kinds).search(fold(text)))


def _rows_named(column: Column, text: str) -> list[str]:
    """The names, folded, of the column's rows that the question says in full."""
    asked = spoken(text)
    names = (own_name(figure.row or "") for figure in column.figures)
    return [name for name in names if says(asked, name)]


def _words_of_rows_named(column: Column, text: str) -> set[str]:
    """The words of the names of the column's rows that the question says in full."""
    return {word for name in _rows_named(column, text) for word in name.split()}


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
