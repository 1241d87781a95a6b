"""Questions about the rows of a table: rankings, sums, counts, filters and what is left open.

Rows are passages with cells; their capital is the register's. Whatever is computed names its rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chain.cues import find_cues, has_cue, without
from chain.drafting import Draft, bold_quantity, plain_text, short
from chain.knowledge import Knowledge, Words, tokens_of, words_of
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, how_many, ordinal
from domain.answers import Status
from domain.documents import Passage
from domain.figures import Comparator, Figure, Quantity, Role
from ingest.scopes import is_money
from ingest.table_figures import column_role, is_total_row, label_column, row_label
from vietnamese.folding import fold
from vietnamese.numbers import format_number
from vietnamese.quantities import find_quantities

_LIST_CHARACTERS = 1100  # of the rows named in an answer; longer labels are cut to fit
_SHORTEST_LABEL, _LONGEST_LABEL = 28, 110


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its name, its main quantity (null where the cell is empty) and where its money comes from."""

    passage: Passage
    label: str
    figure: Figure | None
    funds: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a question is about, and how it described them; `described` is empty for all rows."""

    rows: tuple[Row, ...]
    described: str


def answer_from_table(draft: Draft) -> bool:
    """Fill `draft` where the question works on rows; False where it does not."""
    text = draft.reading.query.terms
    if not find_cues("table.rows", text):
        return False
    for rows in _tables_asked(draft.reading, draft.knowledge):
        selection = _selected(draft.reading, rows, draft.knowledge)
        if selection is not None and _work(draft, text, selection):
            return True
    return False


def _work(draft: Draft, text: str, selection: Selection) -> bool:
    if has_cue("table.missing", text):
        return _missing(draft, selection)
    if len(selection.rows) == 1 and not _is_plural(text) and not has_cue("table.count", text):
        return _one_row(draft, text, selection.rows[0])
    if has_cue("table.largest", text) or has_cue("table.smallest", text):
        return _ranked(draft, text, selection)
    if has_cue("table.average", text):
        return False
    if has_cue("table.count", text) and not _asks_money(text):
        return _counted(draft, selection)
    if has_cue("table.sum", text) or (_asks_money(text) and _is_plural(text) and selection.described):
        return _summed(draft, selection)
    if has_cue("table.list", text) and (
        selection.described or has_cue("table.funds", text) or _is_plural(text)
    ):
        return _listed(draft, selection)
    return False


def _asks_money(text: str) -> bool:
    return has_cue("unit.money", text)


def _is_plural(text: str) -> bool:
    return bool(
        re.search(
            r"(?<!\w)(?:cac|nhung|tat ca|toan bo|moi)\s+(?:du an|nhiem vu|de an|hang muc|chuong trinh)",
            fold(text),
        )
    )


# ----- which rows ----------------------------------------------------------------------------------------


def _tables_asked(reading: Reading, knowledge: Knowledge) -> list[tuple[Row, ...]]:
    """The tables that the question may mean, the best match first: by document, place, year and row noun."""
    wanted_documents = {source.document_id for source in reading.sources}
    candidates = []
    for (document_id, _), passages in knowledge.rows_by_table.items():
        source = knowledge.sources[document_id]
        if wanted_documents and document_id not in wanted_documents:
            continue
        if reading.query.places and source.place not in reading.query.places:
            continue
        rows = tuple(_row(passage, knowledge) for passage in passages if not is_total_row(passage))
        rows = tuple(row for row in rows if row.label)
        if not rows:
            continue
        heading = words_of(" . ".join((*passages[0].path, *passages[0].columns, source.title)))
        score = sum(reading.weights.get(word, 0.0) for word in heading.singles)
        noun = _row_noun(reading.query.terms)
        has_noun = all(word in heading.singles for word in noun.split())
        candidates.append((not has_noun, -round(score, 6), source.authority, -len(rows), rows))
    return [rows for *_, rows in sorted(candidates, key=lambda item: item[:4])]


def _row_noun(text: str) -> str:
    start, end = (find_cues("table.rows", text) or [(0, 0)])[0]
    return fold(text[start:end])


def _row(passage: Passage, knowledge: Knowledge) -> Row:
    figures = knowledge.figures_by_passage.get(passage.passage_id, ())
    money = [figure for figure in figures if is_money(figure.quantity)]
    funds = column_role(passage, "funds")
    return Row(
        passage=passage,
        label=row_label(passage) or "",
        figure=next(iter([*money, *figures]), None),
        funds=passage.cells[funds] if funds is not None else "",
    )


def _selected(reading: Reading, rows: Sequence[Row], knowledge: Knowledge) -> Selection | None:
    """The rows that hold the question's filters; null where its topic is not in the table at all."""
    text = reading.query.terms
    described: list[str] = []
    chosen = list(rows)
    funds, funds_spans = _funds_asked(text, rows)
    if funds:
        only = has_cue("table.only", text)
        chosen = [row for row in chosen if any(_has_source(row, source, only=only) for source in funds)]
        described += funds
    columns, column_spans = _cells_asked(text, rows)
    for column, value in columns:
        chosen = [row for row in chosen if value in fold(row.passage.cells[column])]
        described.append(value)
    limits = [match for match in find_quantities(text) if is_money(match.quantity)]
    for match in limits:
        chosen = [row for row in chosen if row.figure and _within(row.figure.quantity, match.quantity)]
        described.append(text[slice(*match.span)])
    topic = _topic(reading, rows, [*funds_spans, *column_spans, *(match.span for match in limits)], knowledge)
    if topic:
        by_topic = [row for row in chosen if _topic_share(topic, row, reading) >= THRESHOLDS.row_coverage]
        if not by_topic and not _is_of_document(topic, rows[0].passage, knowledge):
            return None
        by_topic = by_topic or chosen
        chosen, described = by_topic, [*described, " ".join(topic)]
    return Selection(tuple(chosen), ", ".join(described))


def _is_of_document(topic: Sequence[str], passage: Passage, knowledge: Knowledge) -> bool:
    """Whether the topic is that of the whole document, so that it picks no rows."""
    source = knowledge.source_of(passage)
    own = words_of(f"{source.title} . {source.about.title if source.about else ''}").singles
    whole = [other for other in knowledge.passages.values() if other.document_id == source.document_id]
    common = {
        word
        for word in topic
        if sum(word in knowledge.passage_words[p.passage_id].singles for p in whole) * 4 >= len(whole)
    }
    return all(word in own or word in common for word in topic)


def _funds_asked(text: str, rows: Sequence[Row]) -> tuple[list[str], list[tuple[int, int]]]:
    """Sources of funds that the question names, out of those in the table, and where it names them."""
    folded = fold(text)
    named: list[str] = []
    spans: list[tuple[int, int]] = []
    for source in dict.fromkeys(part for row in rows for part in _funds_of(row)):
        for form in _forms(source):
            lead = (
                r"(?:von|nguon|nguon von|tu|bang|kinh phi)\s+(?:cua\s+|tu\s+|cac\s+)?"
                if form == "doanh nghiep"
                else ""
            )
            for match in re.finditer(rf"(?<!\w){lead}{re.escape(form)}(?!\w)", folded):
                if source not in named:
                    named.append(source)
                spans.append(match.span())
    return named, spans


def _funds_of(row: Row) -> list[str]:
    """The single sources of a cell ("Ngân sách TW, ngân sách tỉnh"); sentences are no source."""
    parts = [part.strip() for part in re.split(r"[,;+]|\svà\s", row.funds)]
    return [part for part in parts if part and len(part.split()) <= 6]


def _forms(source: str) -> list[str]:
    folded = fold(source)
    bare = re.sub(r"\s*\([^()]*\)", "", folded).strip()
    bracket = re.search(r"\(([^()]*)\)", folded)
    forms = [folded, bare, *([bracket[1]] if bracket else [])]
    if bare.endswith(" tw"):
        forms.append(bare[:-2] + "trung uong")
    return [form for form in dict.fromkeys(forms) if form]


def _has_source(row: Row, source: str, *, only: bool) -> bool:
    """Whether the row's money comes from `source`; `only` from nothing else."""
    if only and len(_funds_of(row)) != 1:
        return False
    return any(set(_forms(part)) & set(_forms(source)) for part in _funds_of(row))


def _cells_asked(text: str, rows: Sequence[Row]) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Values of other columns that the question names ("do Sở Công Thương chủ trì"), folded, and where."""
    folded = fold(text)
    found: dict[tuple[int, str], tuple[int, int]] = {}
    skipped = {label_column(rows[0].passage), column_role(rows[0].passage, "funds")}
    for row in rows:
        for column, cell in enumerate(row.passage.cells):
            value = fold(cell).strip()
            if column in skipped or not _MANY_LETTERS.search(value) or len(value.split()) > 8:
                continue
            for part in {value, *re.split(r"\s*[,;]\s*", value)}:
                position = folded.find(part) if len(part) >= 6 else -1
                if position >= 0:
                    found[column, part] = (position, position + len(part))
    return list(found), list(found.values())


_MANY_LETTERS = re.compile(r"[a-z]{2}.*[a-z]{2}")


def _within(quantity: Quantity, limit: Quantity) -> bool:
    if quantity.amount is None or limit.amount is None or quantity.base_unit != limit.base_unit:
        return False
    amount, bound = quantity.amount, limit.amount
    if limit.value_max is not None and limit.value:
        return bound <= amount <= limit.value_max * (bound / limit.value)
    return {
        Comparator.GREATER: amount > bound,
        Comparator.AT_LEAST: amount >= bound,
        Comparator.LESS: amount < bound,
        Comparator.AT_MOST: amount <= bound,
    }.get(limit.comparator, amount == bound)


_ROW_NOUNS = "hop phan|du an|nhiem vu|de an|hang muc|chuong trinh|cong trinh"
_CUES = ("only", "time", "sum", "count", "largest", "smallest", "missing", "average", "funds", "list", "rows")


def _topic(
    reading: Reading, rows: Sequence[Row], taken: Sequence[tuple[int, int]], knowledge: Knowledge
) -> list[str]:
    """The content words left when cues, filters and the table's own heading are taken away."""
    text = reading.query.terms
    spans = [span for name in _CUES for span in find_cues(f"table.{name}", text)]
    spans += find_cues("unit.money", text) + list(taken)
    spans += [match.span() for match in re.finditer(r"(?<!\w)thu\s+\w+", fold(text))]
    if how_many(text, _ROW_NOUNS):
        spans += [match.span() for match in re.finditer(rf"(?<!\w)\w+\s+(?:{_ROW_NOUNS})(?!\w)", fold(text))]
    left = (
        set(tokens_of(without(reading.content, spans)))
        if len(reading.content) == len(text)
        else set(tokens_of(without(text, spans)))
    )
    first = rows[0].passage
    heading = words_of(" . ".join((*first.path, *first.columns, knowledge.source_of(first).title)))
    heavy = [
        word for word in dict.fromkeys(reading.words) if word in left and _is_heavy(word, reading, knowledge)
    ]
    return [word for word in heavy if word not in heading.singles and word not in _TABLE_TALK]


# Words of a question about rows that name no topic, folded.
_TABLE_TALK = frozenset(
    "dung su can hinh thuc von tong thu xep hang danh muc uu tien tung duoc bo tri nhu cau lon nho "
    "tat ca toan bo moi cong lai het trong theo co bang phu luc".split()
)


def _is_heavy(word: str, reading: Reading, knowledge: Knowledge) -> bool:
    return reading.weights[word] >= max(knowledge.rarity(word), 0.1) * 0.9


def _topic_share(topic: Sequence[str], row: Row, reading: Reading) -> float:
    """How much of the topic a row's name and funds hold; of alternatives ("giáo dục, trường học") the best."""
    words: Words = words_of(f"{row.label} {row.funds}")
    shares = []
    for part in _alternatives(topic, reading.query.terms):
        total = sum(reading.weights[word] for word in part)
        shares.append(
            sum(reading.weights[word] for word in part if word in words.singles) / total if total else 0.0
        )
    return max(shares, default=0.0)


def _alternatives(topic: Sequence[str], text: str) -> list[list[str]]:
    """The topic's words by the parts of the question that commas and "hoặc" divide."""
    parts = [set(tokens_of(part)) for part in re.split(r",|\bhoặc\b|\bhay\b", text)]
    divided = [[word for word in topic if word in part] for part in parts]
    return [part for part in divided if part] or [list(topic)]


# ----- operations ----------------------------------------------------------------------------------------


def _missing(draft: Draft, selection: Selection) -> bool:
    rows = [row for row in selection.rows if row.figure is None]
    if not rows:
        return False
    draft.line("rows_without_amount")
    _name_rows(draft, rows)
    return True


def _ranked(draft: Draft, text: str, selection: Selection) -> bool:
    largest = has_cue("table.largest", text)
    rows = [row for row in selection.rows if row.figure and row.figure.quantity.amount is not None]
    if not rows:
        return False
    rows.sort(key=lambda row: -_amount(row) if largest else _amount(row))
    rank = ordinal(text)
    if rank:
        if rank > len(rows):
            return False
        chosen = [row for row in rows if _amount(row) == _amount(rows[rank - 1])]
    else:
        count = how_many(text, _ROW_NOUNS)
        chosen = rows[: count or 1]
        if not count:
            chosen = [row for row in rows if _amount(row) == _amount(rows[0])]
    _state_rows(draft, chosen)
    return True


def _one_row(draft: Draft, text: str, row: Row) -> bool:
    """The row that the question names: where its money comes from, where that is asked, else its amount."""
    if has_cue("table.funds", text) and row.funds and not has_cue("unit.money", text):
        key = draft.state(row.figure) if row.figure else draft.cite(row.passage)
        amount = f" ({bold_quantity(row.figure).strip('*')})" if row.figure else ""
        draft.line(
            "row_funds_of", funds=plain_text(row.funds), label=plain_text(row.label), amount=amount, key=key
        )
        return True
    time = column_role(row.passage, "time")
    if has_cue("table.time", text) and time is not None and row.passage.cells[time]:
        key = draft.cite(row.passage)
        draft.line(
            "row_time_of", time=plain_text(row.passage.cells[time]), label=plain_text(row.label), key=key
        )
        return True
    if row.figure is None:
        draft.line("row_without_amount", label=plain_text(row.label), key=draft.cite(row.passage))
        return True
    _state_rows(draft, [row])
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
        draft.lines.append(lines[0] + ".")
    else:
        draft.lines.append("\n".join(f"- {line}" for line in lines))


def _counted(draft: Draft, selection: Selection) -> bool:
    if not selection.rows:
        return False
    keys = tuple(draft.cite(row.passage) for row in selection.rows)
    noun = draft.reading.query.terms[slice(*find_cues("table.rows", draft.reading.query.terms)[0])]
    unit = noun.lower() if fold(noun) != noun else "dự án" if noun == "du an" else noun
    count = Decimal(len(selection.rows))
    draft.state_computed(_computed(selection.rows[0], count, count, unit, unit, unit), keys)
    draft.lines.append(draft.wording.text("answer.counted", count=format_number(count), unit=unit))
    _name_rows(draft, selection.rows)
    return True


def _summed(draft: Draft, selection: Selection) -> bool:
    rows = [row for row in selection.rows if row.figure and row.figure.quantity.amount is not None]
    if not rows:
        return False
    first = rows[0].figure
    assert first is not None
    if any(row.figure.quantity.unit != first.quantity.unit for row in rows if row.figure):
        return False
    value = sum((row.figure.quantity.value or Decimal(0) for row in rows if row.figure), Decimal(0))
    amount = sum((_amount(row) for row in rows), Decimal(0))
    keys = tuple(draft.cite(row.passage) for row in rows)
    unit, base = first.quantity.unit, first.quantity.base_unit
    label = draft.wording.text("answer.sum_indicator")
    draft.state_computed(_computed(rows[0], value, amount, unit, base, label), keys)
    count = Decimal(len(rows))
    noun = "dự án"
    draft.state_computed(_computed(rows[0], count, count, noun, noun, noun), keys)
    draft.lines.append(
        draft.wording.text(
            "answer.summed", total=f"**{format_number(value)} {unit}**", count=format_number(count)
        )
    )
    _name_rows(draft, rows)
    return True


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
    draft.state_computed(_computed(rows[0], count, count, "dự án", "dự án", "dự án"), keys)
    draft.lines.append(draft.wording.text("answer.counted", count=format_number(count), unit="dự án"))
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


def _computed(row: Row, value: Decimal, amount: Decimal, unit: str, base: str, indicator: str) -> Figure:
    identity = hashlib.sha256(f"computed:{row.passage.passage_id}:{value}:{unit}".encode()).hexdigest()[:16]
    return Figure(
        figure_id=identity,
        document_id=row.passage.document_id,
        passage_id=row.passage.passage_id,
        indicator=indicator,
        quantity=Quantity(value, unit, amount, base),
        role=Role.BUDGET if base == "đồng" else Role.OTHER,
        span=(0, 0),
        clause=(0, 0),
        year=row.figure.year if row.figure else None,
        place=row.figure.place if row.figure else None,
    )
