"""Figures of a document: every quantity of its passages as a typed record.

Comes in: the source record and the passages. Goes out: `Figure`s in reading order. Sums and conflicts are
worked out when they are asked for, not here. Wording that this rests on: vietnamese/tables/.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.documents import Passage, PassageKind, Source
from domain.figures import Comparator, Figure, Level, Quantity, Role
from ingest import table_figures
from ingest.scopes import (
    When,
    is_money,
    opening_deadline,
    own_times,
    place_of,
    role_of,
    when_in_path,
    when_in_sentence,
)
from vietnamese.levels import find_levels
from vietnamese.sentences import sentence_spans
from vietnamese.statements import Statement, find_statements
from vietnamese.times import TimeKind, find_times

_LONG_SENTENCE = 300  # characters; a longer one is quoted by its clause
_SHORTEST_QUOTE = 40


def extract_figures(source: Source, passages: Sequence[Passage]) -> tuple[Figure, ...]:
    """All figures of the document, in reading order. Front matter states none."""
    figures: list[Figure] = []
    carried = _Carried(source)
    for passage in passages:
        if passage.kind is PassageKind.TABLE_ROW:
            figures += _row_figures(source, passage)
        elif passage.kind is not PassageKind.FRONT_MATTER:
            figures += _prose_figures(source, passage, carried)
    return tuple(figures)


class _Carried:
    """The deadline that carries from one sentence to the next, in a page without headings."""

    def __init__(self, source: Source) -> None:
        self._title = when_in_path((source.title,))
        self._year: int | None = None
        self._path: tuple[str, ...] | None = None

    def read(self, path: tuple[str, ...], sentence: str) -> None:
        if path != self._path:
            self._path, self._year = path, None
        opening = opening_deadline(sentence)
        self._year = opening if opening else self._year

    def for_path(self, path: tuple[str, ...]) -> When:
        """Headings first; then the sentence before; then the title, where it names one time."""
        in_path = when_in_path(path)
        if in_path:
            return in_path
        if self._year:
            return When(year=self._year)
        return self._title or When()


def _figure_id(passage: Passage, span: tuple[int, int], value: object) -> str:
    return hashlib.sha256(f"{passage.passage_id}:{span}:{value}".encode()).hexdigest()[:16]


def _prose_figures(source: Source, passage: Passage, carried: _Carried) -> Iterator[Figure]:
    statements = find_statements(passage.text)
    by_sentence: dict[tuple[int, int], list[Statement]] = {}
    for statement in statements:
        by_sentence.setdefault(statement.sentence, []).append(statement)
    for sentence in sentence_spans(passage.text):
        carried.read(passage.path, passage.text[slice(*sentence)])
        for statement in by_sentence.get(sentence, []):
            yield _statement_figure(source, passage, statement, carried)
        yield from _date_figures(source, passage, sentence)


def _statement_figure(source: Source, passage: Passage, statement: Statement, carried: _Carried) -> Figure:
    text, match = passage.text, statement.match
    sentence = text[slice(*statement.sentence)]
    indicator = _with_heading(statement.indicator, passage, statement)
    quantity = replace(match.quantity, comparator=statement.comparator)
    said = when_in_sentence(text, statement.sentence, statement.segment)
    role = role_of(source, quantity, indicator, sentence, passage.path, said or When())
    when = (
        said
        if said and (said.year or said.period)
        else _inherited(said, carried, passage, quantity, role, sentence)
    )
    role = role_of(source, quantity, indicator, sentence, passage.path, when)
    return Figure(
        figure_id=_figure_id(passage, match.core, quantity.value),
        document_id=source.document_id,
        passage_id=passage.passage_id,
        indicator=indicator,
        quantity=quantity,
        role=role,
        span=match.span,
        clause=_quotable(text, statement),
        year=when.year,
        period=when.period,
        relative_to=when.relative_to,
        place=place_of(source, sentence),
        level=statement.level,
        quantity_at=statement.quantity_at if indicator == statement.indicator else None,
    )


def _inherited(
    said: When | None, carried: _Carried, passage: Passage, quantity: Quantity, role: Role, sentence: str
) -> When:
    """The time of the headings or of the sentence before; capital and yearly shares have none of their own."""
    relative = said.relative_to if said else None
    if (
        role is Role.BUDGET
        or re.search(r"h[àằ]ng năm|mỗi năm", sentence)
        or (quantity.unit == "lần" and relative)
    ):
        in_path = when_in_path(passage.path)
        if quantity.unit == "lần" and not in_path:
            in_path = carried.for_path(passage.path)
        return replace(in_path, relative_to=relative) if in_path else When(relative_to=relative)
    return replace(carried.for_path(passage.path), relative_to=relative)


def _with_heading(indicator: str, passage: Passage, statement: Statement) -> str:
    """An indicator too short to stand alone takes the list's opening line or the innermost heading."""
    if len(indicator.split()) >= 2 or not (passage.path or passage.text):
        return indicator
    line = passage.text.split("\n", 1)[0]
    opening = line.rstrip(" :") if line.rstrip().endswith(":") and statement.sentence[0] > len(line) else ""
    context = opening or (passage.path[-1] if passage.path else "")
    return re.sub(r"^[\dIVX.]+\s+", "", f"{context}: {indicator}" if indicator else context)


def _quotable(text: str, statement: Statement) -> tuple[int, int]:
    """The sentence; where that is long, the part between semicolons that holds the whole statement."""
    start, end = statement.sentence
    if end - start <= _LONG_SENTENCE:
        return start, end
    left = text.rfind(";", start, statement.match.span[0])
    right = text.find(";", statement.match.core[1], end)
    begin = start if left < 0 else left + 1
    stop = end if right < 0 else right
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
    return (begin, stop) if stop - begin >= _SHORTEST_QUOTE else (start, end)


def _date_figures(source: Source, passage: Passage, sentence: tuple[int, int]) -> Iterator[Figure]:
    """Deadlines given as a day: "trước ngày 01/6/2023"."""
    text = passage.text[slice(*sentence)]
    for time in own_times(text):
        if time.kind is not TimeKind.DATE or not time.deadline or time.day is None:
            continue
        span = (sentence[0] + time.span[0], sentence[0] + time.span[1])
        quantity = Quantity(
            None,
            "",
            None,
            "",
            Comparator.LESS if _is_before(text, time.span[0]) else Comparator.AT_MOST,
            None,
            time.day,
        )
        yield Figure(
            figure_id=_figure_id(passage, span, time.day),
            document_id=source.document_id,
            passage_id=passage.passage_id,
            indicator=_date_indicator(text, time.span[0]),
            quantity=quantity,
            role=Role.TARGET,
            span=span,
            clause=sentence,
            year=time.first,
            place=place_of(source, text),
        )


def _is_before(text: str, position: int) -> bool:
    return bool(re.search(r"trước\s+(?:ngày\s+)?$", text[:position]))


def _date_indicator(text: str, position: int) -> str:
    statement = re.split(r"[;:]", text[:position])[-1]
    statement = re.sub(r"\s*(?:trước|đến|chậm nhất|xong|hoàn thành)*\s*(?:ngày)?\s*$", "", statement)
    return re.sub(r"^\s*(?:trên |dưới |khoảng |tối thiểu )?\d[\d.,]*\s*%\s*", "", statement).strip(" ,.")


def _row_figures(source: Source, passage: Passage) -> Iterator[Figure]:
    label = table_figures.row_label(passage)
    if not label:
        return
    level = _row_level(label)
    for cell in table_figures.cells_with_quantities(passage):
        head = re.sub(r"\s*\([^()]*\)\s*$", "", cell.head).strip()
        when = _row_when(cell.head, label, passage, source)
        is_bare_year = bool(find_times(head)) and len(head.split()) <= 3
        indicator = label if is_bare_year or not head else f"{head}: {label}"
        yield Figure(
            figure_id=_figure_id(passage, cell.span, cell.quantity.value),
            document_id=source.document_id,
            passage_id=passage.passage_id,
            indicator=indicator,
            quantity=cell.quantity,
            role=_row_role(source, cell, head, label, passage, when),
            span=cell.span,
            clause=(0, len(passage.text)),
            year=when.year,
            period=when.period,
            relative_to=when.relative_to,
            place=place_of(source, label),
            level=level,
            row=label,
            attributes=table_figures.attributes(passage),
        )


def _row_level(label: str) -> Level | None:
    """The level of a row that is about one ("Cấp huyện", "Tỷ lệ hồ sơ … tại cấp xã"), not one that mentions it."""
    found = find_levels(label)
    if len({level for level, _ in found}) != 1:
        return None
    level, (start, _) = found[0]
    return level if not start or re.search(r"(?:đối với|tại|ở)\s+$|[-–(:]\s*$", label[:start]) else None


def _row_when(head: str, label: str, passage: Passage, source: Source) -> When:
    for text in (head, label):
        times = [time for time in own_times(text) if time.kind is not TimeKind.RELATIVE]
        if times:
            last = times[-1]
            return (
                When(period=(last.first, last.last))
                if last.kind is TimeKind.PERIOD
                else When(year=last.first)
            )
    return when_in_path(passage.path) or when_in_path((source.title,)) or When()


def _row_role(
    source: Source, cell: table_figures.Cell, head: str, label: str, passage: Passage, when: When
) -> Role:
    if is_money(cell.quantity):
        return role_of(
            source, cell.quantity, f"{head} {label}", f"{head} {label}", (*passage.path, head), When()
        )
    return role_of(source, cell.quantity, label, f"{head} {label}", passage.path, when)
