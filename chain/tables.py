"""Questions about the rows of a table: rankings, sums, counts, means, lists and what is left open.

Which rows are meant is chain.rows' matter; their capital is the register's. Whatever is computed names its rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from chain.columns import column_asked, fund_column_asked
from chain.cues import (
    adds_up,
    asks_mean,
    asks_sum,
    find_cues,
    has_cue,
    pattern,
    pattern_part,
    puts_together,
    superlative,
)
from chain.differences import state_difference
from chain.drafting import Draft, bold_quantity, named_with_place, plain_text, scope_text, short
from chain.knowledge import tokens_of
from chain.matching import broken_constraints
from chain.qualifiers import fund_spans, funds_named
from chain.rows import (
    ROW_NOUNS,
    Row,
    Selection,
    fit_of,
    names_rows,
    row_by_name,
    row_by_short_name,
    selected,
    tables_asked,
)
from chain.sides import rows_on_sides
from chain.sums import computed_figure, is_total
from chain.understanding import asks_why, how_many, ordinal
from domain.answers import Status, Wanted
from domain.documents import Passage
from domain.figures import Figure, Quantity
from ingest.scopes import is_money
from ingest.table_figures import column_at, column_role, head_at, without_unit
from vietnamese.folding import fold
from vietnamese.numbers import format_number

_LIST_CHARACTERS = 1100  # of the rows named in an answer; longer labels are cut to fit
_MOST_NAMED = 15  # rows; those of a longer table are counted, not named
_SHORTEST_LABEL, _LONGEST_LABEL = 28, 110


def answer_from_table(draft: Draft) -> bool:
    """Fill `draft` where the question works on rows; False where it does not."""
    text = draft.reading.query.terms
    several_places = len(draft.reading.query.places) > 1
    if several_places and (superlative(text) or draft.reading.query.wanted is Wanted.COMPARISON):
        return False  # which of several provinces has most is in no one table
    if _KINDS_OF_PROJECTS.search(fold(text)):
        return False  # no row says what kind it is
    any_rows = has_cue("table.any_rows", text) and (asks_sum(text) or adds_up(text))
    if not (find_cues("table.rows", text) or any_rows) or _asks_of_a_body(text):
        return _attribute(draft, text) or _from_column(draft, text)
    if has_cue("table.empty", text) and _from_column(draft, text):
        return True
    if superlative(text) and (selection := fund_column_asked(draft.reading, draft.knowledge)):
        return _ranked(draft, text, selection)
    return _from_tables(draft, text) or _from_column(draft, text)


_KINDS_OF_PROJECTS = pattern("tables.kinds_of_projects")


def _from_tables(draft: Draft, text: str) -> bool:
    """Work on the table that fits the question best; on one of each document where several fit as well."""
    reading, knowledge = draft.reading, draft.knowledge
    options: list[tuple[bool, float, Selection]] = []
    for rows in tables_asked(reading, knowledge):
        selection = selected(reading, rows, knowledge)
        if selection is None:
            continue
        trial = Draft(reading, knowledge, draft.wording)
        if _work(trial, text, selection):
            fit = fit_of(selection, rows, reading, knowledge)
            options.append((trial.status is not Status.NOT_FOUND, fit, selection))
    if not options:
        return False
    found, best, first = max(options, key=lambda option: option[:2])
    chosen = {_document_of(first): first}
    for ok, fit, selection in options:
        if ok and found and selection.rows and fit >= best - _FITS_AS_WELL:
            chosen.setdefault(_document_of(selection), selection)
    if len(chosen) == 1:
        return _work(draft, text, first)
    others = []
    for selection in chosen.values():
        source = knowledge.source_of(selection.rows[0].passage)
        name = named_with_place(source, draft.wording)
        if sum(map(len, draft.lines)) > _SEVERAL_TABLES:
            others.append(name)
            continue
        draft.line("according_to", document=name)
        _work(draft, text, selection)
    if others:
        draft.line("tables_elsewhere", documents="; ".join(others))
    return True


_FITS_AS_WELL = 0.04  # of the question's weight that a table may hold less than the best one
_SEVERAL_TABLES = 700  # characters after which further tables are only named


def _document_of(selection: Selection) -> str | None:
    return selection.rows[0].passage.document_id if selection.rows else None


def _attribute(draft: Draft, text: str) -> bool:
    """When a row is due, who is in charge of it or who pays, where the question says its (short) name ("IOC")."""
    if _asks_which(text) or not any(has_cue(f"table.{name}", text) for name in ("time", "agency", "funds")):
        return False
    row = row_by_short_name(draft.reading, draft.knowledge) or row_by_name(draft.reading, draft.knowledge)
    return row is not None and _one_row(draft, text, row)


def _from_column(draft: Draft, text: str) -> bool:
    """Work on the rows of the column that the question names."""
    selection = column_asked(draft.reading, draft.knowledge)
    if selection is None:
        return False
    if selection.limited:
        return _listed(draft, selection)
    if superlative(text):
        return _ranked(draft, text, selection)
    if asks_mean(text):
        return _averaged(draft, selection)
    return not _asks_for_names(text) and _summed(draft, selection)


def _asks_for_names(text: str) -> bool:
    """Whether a question asks which rows there are and for no sum of them."""
    sums = asks_sum(text) or adds_up(text) or puts_together(text)
    return not sums and bool(pattern("tables.which_of_them").search(fold(text)))


_PLACES = pattern_part("places_of_rows")
_HOW_MANY_ROWS = pattern("tables.how_many_rows")


def _work(draft: Draft, text: str, selection: Selection) -> bool:
    if has_cue("table.missing", text) or has_cue("table.empty", text):
        return _missing(draft, selection)
    if draft.reading.unit == "money" and not _has_any(selection, is_money):
        return False
    if draft.reading.unit == "share" and not _has_any(selection, _is_share):
        return False
    if _asks_which(text) and _NOT.search(fold(text)) and not selection.described:
        return False  # of all rows those that are not so
    if _adds_up_others(text, selection) or _is_of_another_size(text, selection) or _asks_only_of_funds(text, selection):
        return False
    if len(selection.rows) == 1 and _sets_apart(text):
        return False
    counts_rows = has_cue("table.count", text) and names_rows(text)
    if len(selection.rows) == 1 and not _is_plural(text) and not counts_rows:
        return _one_row(draft, text, selection.rows[0])
    if find_cues("table.rows", text) and not names_rows(text):
        return False
    if superlative(text) or _ranks(text):
        return _ranked(draft, text, selection)
    if len(selection.rows) == 2 and draft.reading.query.wanted is Wanted.COMPARISON:
        return _mean_both(draft, selection.rows) and _state_two(draft, selection.rows)
    if asks_mean(text):
        return _averaged(draft, selection)
    counts = _HOW_MANY_ROWS.search(fold(text)) or (has_cue("table.count", text) and not _asks_money(text))
    if counts and not asks_sum(text):
        return _counted(draft, selection)
    if _asks_which(text) and not asks_sum(text):
        return _listed(draft, selection)
    described_money = _asks_money(text) and _is_plural(text) and selection.described
    if asks_sum(text) or has_cue("table.added", text) or described_money:
        return _summed(draft, selection)
    named = selection.described or _LISTS.search(fold(text))
    if has_cue("table.list", text) and (
        selection.described or has_cue("table.funds", text) or _is_plural(text)
    ):
        how_much = draft.reading.unit == "money" and has_cue("figure.how_much", text)
        return bool(named) and not how_much and _listed(draft, selection)
    return False


_NOT = pattern("tables.not")


def _is_of_another_size(text: str, selection: Selection) -> bool:
    """Whether the question counts the rows that it asks about ("ba dự án nào chậm?"), and these are not so many."""
    count = how_many(text, ROW_NOUNS)
    named = len(_ROW_NAMED.findall(fold(text))) if _TWO_OF_THEM.search(fold(text)) and asks_sum(text) else 0
    if named > 1 and len(selection.rows) > named:
        return True  # "dự án A và dự án B tổng cộng …" adds up no third one
    return bool(count and count > 1 and not superlative(text) and len(selection.rows) != count)


def _has_any(selection: Selection, kind: Callable[[Quantity], bool]) -> bool:
    """Whether any row has an amount of a kind; rows without amounts may still be named."""
    amounts = [row.figure.quantity for row in selection.rows if row.figure]
    return not amounts or any(map(kind, amounts))


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit.startswith(("%", "‰"))


_TWO_OF_THEM = pattern("tables.two_of_them")


_ROW_NAMED = pattern("tables.row_named")
_APART = pattern("tables.apart")


def _sets_apart(text: str) -> bool:
    """Whether a question sets two rows against each other, so that one alone is no answer."""
    return bool(_APART.search(fold(text))) and bool(_LINKED.search(fold(text)))


_LINKED = pattern("tables.linked")


def _adds_up_others(text: str, selection: Selection) -> bool:
    """Whether the question adds up several rows, of which only one was found."""
    added = has_cue("table.added", text) or (asks_sum(text) and _TWO_OF_THEM.search(fold(text)))
    return bool(added) and len(selection.rows) == 1


def _asks_only_of_funds(text: str, selection: Selection) -> bool:
    """Whether it is asked where the money of all projects comes from, and not which projects there are."""
    works = superlative(text) or asks_sum(text) or has_cue("table.count", text) or _asks_which(text)
    lists = bool(_LISTS.search(fold(text)))
    return has_cue("table.funds", text) and len(selection.rows) > _FEW_ROWS and not works and not lists


_FEW_ROWS = 3


# All rows are listed where that is said; "các dự án" alone may be whose money is asked about.
_LISTS = pattern("tables.lists")


_WORK_ON_ROWS = ("sum", "count", "largest", "smallest", "missing", "average", "funds", "time")


def _asks_of_a_body(text: str) -> bool:
    """Whether "nhiệm vụ" is what somebody has to do ("Ban Chỉ đạo có nhiệm vụ gì?"), not a row."""
    works_on_rows = any(has_cue(f"table.{name}", text) for name in _WORK_ON_ROWS) or _asks_money(text)
    duty = pattern("tables.task_of_body").search(fold(text))
    return bool(duty) and not works_on_rows and "chu tri" not in fold(text)


def _asks_money(text: str) -> bool:
    return has_cue("unit.money", text)


def _asks_which(text: str) -> bool:
    """Whether the question asks for the rows themselves ("những dự án nào", "liệt kê …")."""
    return bool(pattern("tables.which_rows").search(fold(text)))


def _is_plural(text: str) -> bool:
    return bool(pattern("tables.all_rows").search(fold(text)))


# ----- operations ----------------------------------------------------------------------------------------


def _missing(draft: Draft, selection: Selection) -> bool:
    rows = [row for row in selection.rows if row.figure is None]
    if not rows:
        return False
    draft.line("rows_without_amount")
    _name_rows(draft, rows)
    return True


def _mean_both(draft: Draft, rows: Sequence[Row]) -> bool:
    """Whether the two rows are those that the question sets against each other, one on either side of its link."""
    text = draft.reading.query.terms
    counted = how_many(text, ROW_NOUNS) == len(rows) or pattern("tables.numbered").search(fold(text))
    told = set(rows_on_sides(draft.reading, [row.label for row in rows], "comparison.links"))
    return bool(counted) or told == {row.label for row in rows}


def _state_two(draft: Draft, rows: Sequence[Row]) -> bool:
    """Two rows side by side, and by how much their amounts differ."""
    figures = [row.figure for row in rows if row.figure]
    if len(figures) < 2:
        return False
    _state_rows(draft, rows)
    state_difference(draft, figures[0], figures[1])
    return True


def _ranks(text: str) -> list[tuple[str, int]]:
    """The ranks on both sides of "hơn", "và" …: of "lớn nhất hơn lớn thứ hai" the first and the second largest."""
    for start, end in find_cues("comparison.links", text):
        sides = [text[:start], text[end:]]
        found = [(superlative(side), ordinal(side) or 1) for side in sides]
        if all(name for name, _ in found) and len(set(found)) > 1:
            return [(name, rank) for name, rank in found if name]
    return []


def _ranked(draft: Draft, text: str, selection: Selection) -> bool:
    largest = superlative(text) == "largest"
    rows = [row for row in selection.rows if row.figure and row.figure.quantity.amount is not None]
    if not rows:
        return False
    if ranks := _ranks(text):
        ordered = sorted(rows, key=_amount)
        if max(rank for _, rank in ranks) > len(ordered):
            return False
        chosen = [ordered[-rank] if name == "largest" else ordered[rank - 1] for name, rank in ranks]
        return _state_two(draft, chosen)
    rows.sort(key=lambda row: -_amount(row) if largest else _amount(row))
    rank = ordinal(text)
    if rank:
        if rank > len(rows):
            return False
        chosen = [row for row in rows if _amount(row) == _amount(rows[rank - 1])]
    else:
        count = how_many(text, f"{ROW_NOUNS}|{_PLACES}|{re.escape(fold(selection.noun))}")
        chosen = rows[: count or 1]
        if not count:
            chosen = [row for row in rows if _amount(row) == _amount(rows[0])]
        elif has_cue("table.added", text):
            return _summed(draft, replace(selection, rows=tuple(chosen)))
    _state_rows(draft, chosen)
    return True


def _one_row(draft: Draft, text: str, row: Row) -> bool:
    """What the question asks of the row that it names: its amount, its funds, who is in charge of it, when."""
    money = has_cue("unit.money", text)
    if _is_elsewhere(draft, row):
        return False
    told = False
    if has_cue("table.funds", text) and row.funds and not money and not _WHICH_ROW.search(fold(text)):
        key = draft.state(row.figure) if row.figure else draft.cite(row.passage)
        amount = f" ({bold_quantity(row.figure).strip('*')})" if row.figure else ""
        draft.line(
            "row_funds_of", funds=plain_text(row.funds), label=plain_text(row.label), amount=amount, key=key
        )
        told = True
    if not money and not _WHICH_ROW.search(fold(text)):
        told = _state_agency(draft, text, row.passage) or told
        told = _state_time(draft, text, row) or told
    if told:
        return True
    how = draft.reading.query.wanted is Wanted.PROSE and (has_cue("prose.how", text) or asks_why(text))
    how = how or bool(pattern("tables.duty_asked").search(fold(text)))
    if (draft.reading.query.wanted in (Wanted.DATE, Wanted.PERSON) or how) and not money:
        return False  # its amount says neither when nor who nor how
    if row.figure is None and draft.knowledge.figures_by_passage.get(row.passage.passage_id):
        return False  # it has amounts, but of other years than the one that is asked for
    if row.figure is None:
        key = draft.cite(row.passage)
        if cell := _capital_in_words(row.passage):
            draft.line("row_amount_in_words", cell=plain_text(cell), label=plain_text(row.label), key=key)
            return True
        draft.status = Status.PARTIAL
        draft.line("row_without_amount", label=plain_text(row.label), key=key)
        return True
    if heads := _heads_of_sources(text, row.passage):
        of_source = _of_source_asked(draft, heads, row)
        if of_source is None:
            return False  # the row's total is not what one source gives
        head = head_at(row.passage, of_source.span) or ""
        row = replace(row, figure=of_source, label=f"{row.label} – {without_unit(head)}")
    _state_rows(draft, [row])
    _state_parts(draft, text, row)
    _state_agency(draft, text, row.passage)
    _state_time(draft, text, row)
    return True


def _is_elsewhere(draft: Draft, row: Row) -> bool:
    """Whether the question names a district or a commune that the row does not speak of."""
    figures = draft.knowledge.figures_by_passage.get(row.passage.passage_id, ())
    broken = [broken_constraints(draft.reading, figure, draft.knowledge) for figure in figures]
    return bool(broken) and all("locality" in one for one in broken)


def _heads_of_sources(text: str, passage: Passage) -> list[str]:
    """The heads of the columns for the sources that the question names, where a table has a column for each."""
    sources = funds_named(text)
    if not sources or column_role(passage, "funds") is not None:
        return []
    named = [fold(text[start:end]) for start, end in fund_spans(text)]
    exact = [head for head in passage.columns if any(name in fold(head) for name in named)]
    return exact or [head for head in passage.columns if all(source.is_said(head) for source in sources)]


def _of_source_asked(draft: Draft, heads: Sequence[str], row: Row) -> Figure | None:
    """What the source gives that the question names; null where no one cell says it."""
    years = set(draft.reading.query.years)
    given = [
        figure
        for figure in draft.knowledge.figures_by_passage.get(row.passage.passage_id, ())
        if is_money(figure.quantity)
        and (not years or figure.last_year in years or figure.last_year is None)
        and head_at(row.passage, figure.span) in heads
    ]
    return given[0] if len(given) == 1 else None


# The row itself is asked for: "Công an tỉnh chủ trì dự án gì?".
_WHICH_ROW = pattern("tables.which_row")


def _capital_in_words(passage: Passage) -> str:
    """What the cell for a row's amount says where it gives none: "Tùy thuộc vào quy mô …"; else nothing."""
    column = column_role(passage, "capital")
    return passage.cells[column] if column is not None and column < len(passage.cells) else ""


def _state_time(draft: Draft, text: str, row: Row) -> bool:
    """When the row is to be done, where that is asked and the row says it."""
    time = column_role(row.passage, "time")
    if time is None or not has_cue("table.time", text) or not row.passage.cells[time]:
        return False
    cell, key = plain_text(row.passage.cells[time]), draft.cite(row.passage)
    draft.line("row_time_of", time=cell, label=plain_text(row.label), key=key)
    return True


def _state_parts(draft: Draft, text: str, row: Row) -> None:
    """The amounts by source of funds that the question names beside the total ("trong đó ngân sách Trung ương …")."""
    passage, asked = row.passage, f" {' '.join(tokens_of(text))} "
    for figure in draft.knowledge.figures_by_passage.get(passage.passage_id, ()):
        head = without_unit(passage.columns[column_at(passage, figure.span)])
        source = " ".join(tokens_of(head))
        if figure is not row.figure and is_money(figure.quantity) and source and f" {source} " in asked:
            key = draft.state(figure)
            draft.line("part_of_row", source=plain_text(head), amount=bold_quantity(figure), key=key)


def _state_agency(draft: Draft, text: str, passage: Passage) -> bool:
    """Who is in charge of the row, where that is asked and the row says it."""
    agency = column_role(passage, "agency")
    if agency is None or not has_cue("table.agency", text) or not passage.cells[agency]:
        return False
    head, cell = plain_text(passage.columns[agency]), plain_text(passage.cells[agency])
    draft.line("cell_of_row", head=head, cell=cell, key=draft.cite(passage))
    return True


def _amount(row: Row) -> Decimal:
    assert row.figure is not None and row.figure.quantity.amount is not None
    return row.figure.quantity.amount


def _state_rows(draft: Draft, rows: Sequence[Row]) -> None:
    """The rows with their amounts, each a figure of the answer."""
    lines = []
    for row in rows:
        assert row.figure is not None
        key = draft.state(row.figure)
        funds = draft.wording.text("answer.row_funds", funds=plain_text(row.funds)) if row.funds else ""
        lines.append(f"{bold_quantity(row.figure)} – {plain_text(row.label)}{funds} [{key}]")
    if len(lines) == 1:
        scope = scope_text(rows[0].figure, draft.wording) if rows[0].figure else ""
        before, _, key_mark = lines[0].rpartition(" [")
        draft.lines.append(f"{before} ({scope[:1].lower()}{scope[1:]}) [{key_mark}.")
    else:
        draft.lines.append("\n".join(f"- {line}" for line in lines))


def _counted(draft: Draft, selection: Selection) -> bool:
    if not selection.rows:
        return False
    keys = tuple(draft.cite(row.passage) for row in selection.rows)
    noun = draft.reading.query.terms[slice(*find_cues("table.rows", draft.reading.query.terms)[0])]
    unit = noun.lower() if fold(noun) != noun else "dự án" if noun == "du an" else noun
    count = Decimal(len(selection.rows))
    draft.state_computed(_count(selection.rows, count, unit), keys)
    if not selection.described and len(selection.rows) > _MOST_NAMED:
        draft.line("counted_all", count=format_number(count), unit=unit, first=keys[0], last=keys[-1])
        return True
    draft.lines.append(draft.wording.text("answer.counted", count=format_number(count), unit=unit))
    _name_rows(draft, selection.rows)
    return True


def _summed(draft: Draft, selection: Selection) -> bool:
    rows = [row for row in selection.rows if row.figure and row.figure.quantity.amount is not None]
    if not rows:
        return False
    first = rows[0].figure
    assert first is not None
    if len(rows) == 1:
        _state_rows(draft, rows)
        return True
    if any(row.figure.quantity.unit != first.quantity.unit for row in rows if row.figure):
        return False
    value = sum((row.figure.quantity.value or Decimal(0) for row in rows if row.figure), Decimal(0))
    amount = sum((_amount(row) for row in rows), Decimal(0))
    keys = tuple(draft.cite(row.passage) for row in rows)
    unit, base = first.quantity.unit, first.quantity.base_unit
    label = draft.wording.text("answer.sum_indicator")
    draft.state_computed(
        computed_figure([row.figure for row in rows if row.figure], value, amount, unit, base, label), keys
    )
    count = Decimal(len(rows))
    draft.state_computed(_count(rows, count, selection.noun), keys)
    total = f"**{f'{format_number(value)} {unit}'.strip()}**"
    draft.line("summed", total=total, count=format_number(count), unit=selection.noun)
    if not selection.described and (stated := _stated_total(draft, rows, amount)):
        draft.line("stated_total", total=bold_quantity(stated), key=draft.state(stated))
    _name_rows(draft, rows)
    return True


_MEANT_AS_TOTAL = Decimal("0.05")  # a stated total that differs by no more is one of these rows


def _stated_total(draft: Draft, rows: Sequence[Row], amount: Decimal) -> Figure | None:
    """The total that the document itself states for all rows of a table."""
    document = rows[0].passage.document_id
    return next(
        (
            figure
            for figure in draft.knowledge.figures
            if figure.document_id == document
            and figure.row is None
            and is_money(figure.quantity)
            and is_total(figure)
            and abs((figure.quantity.amount or Decimal(0)) - amount) <= amount * _MEANT_AS_TOTAL
        ),
        None,
    )


def _averaged(draft: Draft, selection: Selection) -> bool:
    """The mean amount of the rows, to two decimals."""
    figures = [row.figure for row in selection.rows if row.figure and row.figure.quantity.value is not None]
    if len(figures) < 2 or len({figure.quantity.unit for figure in figures}) > 1:
        return False
    first, count = figures[0].quantity, Decimal(len(figures))
    value = _mean([figure.quantity.value or Decimal(0) for figure in figures])
    amount = _mean([figure.quantity.amount or Decimal(0) for figure in figures])
    keys = tuple(draft.cite_figure(figure) for figure in figures)
    label = draft.wording.text("answer.mean_indicator")
    draft.state_computed(computed_figure(figures, value, amount, first.unit, first.base_unit, label), keys)
    noun = selection.noun
    draft.state_computed(computed_figure(figures, count, count, noun, noun, noun), keys)
    shown = f"**{format_number(value)} {first.unit}**"
    draft.line("averaged", mean=shown, count=format_number(count), unit=noun, first=keys[0], last=keys[-1])
    return True


def _mean(values: Sequence[Decimal]) -> Decimal:
    mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Decimal(f"{mean.normalize():f}")


def _listed(draft: Draft, selection: Selection) -> bool:
    rows = selection.rows
    if not rows:
        draft.status = Status.NOT_FOUND
        draft.line("no_rows")
        return True
    if len(rows) == 1 and rows[0].figure:
        _state_rows(draft, rows)
        return True
    count = Decimal(len(rows))
    keys = tuple(draft.cite(row.passage) for row in rows)
    draft.state_computed(_count(rows, count, selection.noun), keys)
    draft.lines.append(draft.wording.text("answer.counted", count=format_number(count), unit=selection.noun))
    _name_rows(draft, rows)
    return True


def _name_rows(draft: Draft, rows: Sequence[Row]) -> None:
    """The rows by name, with their amounts; labels are cut where there are many."""
    limit = max(_SHORTEST_LABEL, min(_LONGEST_LABEL, _LIST_CHARACTERS // max(len(rows), 1) - 22))
    lines = []
    for row in rows:
        key = draft.cite(row.passage)
        amount = f": {bold_quantity(row.figure).strip('*')}" if row.figure else ""
        lines.append(f"- {short(row.label, limit)}{amount} [{key}]")
    draft.lines.append("\n".join(lines))


def _count(rows: Sequence[Row], count: Decimal, unit: str) -> Figure:
    """How many rows there are, as a figure."""
    figure = computed_figure([row.figure for row in rows if row.figure], count, count, unit, unit, unit)
    return replace(figure, document_id=rows[0].passage.document_id, passage_id=rows[0].passage.passage_id)
