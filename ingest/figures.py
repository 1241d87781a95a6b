"""Figures of a document: every quantity of its passages as a typed record.

Comes in: the source record and the passages. Goes out: `Figure`s in reading order. Sums and conflicts are
worked out when they are asked for, not here. Wording that this rests on: vietnamese/tables/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from domain.documents import DocumentKind, Passage, PassageKind, Source
from domain.figures import Comparator, Figure, Level, Quantity, Role
from ingest.identity import figure_id
from ingest.openings import Line, OpenLines
from ingest.row_figures import TableReader
from ingest.scopes import (
    When,
    Wording,
    in_brackets,
    is_as_of,
    is_money,
    is_yearly,
    opening_deadline,
    own_times,
    place_of,
    reference_year,
    reported_year,
    role_of,
    says_now,
    says_target,
    says_then,
    says_year_before,
    tells_of_future,
    when_in_path,
    when_in_sentence,
)
from vietnamese.levels import find_levels
from vietnamese.patterns import alternatives
from vietnamese.places import name_before_bracket
from vietnamese.sentences import sentence_spans
from vietnamese.statements import (
    Statement,
    clean_label,
    completed,
    find_statements,
    is_generic,
    names_only_level,
)
from vietnamese.tables import table
from vietnamese.times import TimeKind

_LONG_SENTENCE = 300  # characters; a longer one is quoted by its clause
_SHORTEST_QUOTE = 40


def extract_figures(source: Source, passages: Sequence[Passage]) -> tuple[Figure, ...]:
    """All figures of the document, in reading order. Front matter states none."""
    figures: list[Figure] = []
    reader, rows = _Reader(source), TableReader(source)
    for passage in passages:
        if passage.kind is PassageKind.TABLE_ROW:
            figures += rows.read(passage, reader.caption_over(passage))
        elif passage.kind is not PassageKind.FRONT_MATTER:
            figures += reader.prose(passage)
    return tuple(_past_of_undated(source, figures, passages))


def _past_of_undated(
    source: Source, figures: Sequence[Figure], passages: Sequence[Passage]
) -> Sequence[Figure]:
    """In a document without a date, what holds for a year before the first that it aims at is a result."""
    if reference_year(source) is not None:
        return figures
    texts = {passage.passage_id: passage.text for passage in passages}
    aimed = [
        figure.year
        for figure in figures
        if figure.year and says_target(texts[figure.passage_id][slice(*figure.clause)])
    ]
    first = min(aimed, default=None)
    return [
        replace(figure, role=Role.RESULT)
        if first and figure.role is Role.TARGET and figure.year and figure.year < first
        else figure
        for figure in figures
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a statement stands: its passage, its line's opening lines, and the words around its number."""

    passage: Passage
    openings: tuple[str, ...]
    wording: Wording
    own: str  # its clause


class _Reader:
    """Prose in reading order, with what carries on from one sentence to the next."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reported = reported_year(source)
        self._title = when_in_path((source.title,)) or (When(year=self._reported) if self._reported else None)
        self._now = reference_year(source)
        self._lines = OpenLines()
        self._year: int | None = None  # the deadline or day that the last sentence opened with
        self._past: int | None = None  # the last year said that is not to come
        self._path: tuple[str, ...] | None = None
        self._caption = ""  # the last line of prose
        self._captioned: tuple[str, ...] = ()  # the headings over it

    def caption_over(self, row: Passage) -> str:
        """The last line of prose, which may say the unit of a table below it; none from another section."""
        common = min(len(row.path), len(self._captioned))
        return self._caption if row.path[:common] == self._captioned[:common] else ""

    def prose(self, passage: Passage) -> Iterator[Figure]:
        by_sentence: dict[tuple[int, int], list[Statement]] = {}
        for statement in find_statements(passage.text):
            by_sentence.setdefault(statement.sentence, []).append(statement)
        sentences = sentence_spans(passage.text)
        for line in self._lines.lines(passage):
            self._caption, self._captioned = passage.text[slice(*line.span)], passage.path
            if _is_remark(self._caption):
                continue
            for sentence in sentences:
                if line.span[0] <= sentence[0] < line.span[1]:
                    yield from self._sentence(passage, line, sentence, by_sentence.get(sentence, []))

    def _sentence(
        self, passage: Passage, line: Line, sentence: tuple[int, int], statements: Sequence[Statement]
    ) -> Iterator[Figure]:
        text = passage.text[slice(*sentence)]
        self._read(passage.path, text)
        total: Figure | None = None
        told: list[Figure] = []
        behind = (*statements[1:], None)
        for statement, following in zip(statements, behind, strict=False):
            if _is_bracketed_remark(passage.text, statement.match.core):
                continue
            figure = _at_the_time_of(total, self._figure(passage, line, statement))
            figure = self._set_against_aim(figure, statement, following)
            figure = _aimed_with(told[-1] if told else None, figure, passage.text)
            figure = _at_the_time_of_result(told, figure, passage.text[slice(*statement.segment)])
            figure = _of_place_before(told, figure, passage.text)
            figure = _without_place_behind(figure, following, passage.text)
            told.append(figure)
            total = total or (figure if figure.role is Role.BUDGET else None)
            yield figure
        yield from _date_figures(self._source, passage, sentence)
        self._remember(text)

    def _read(self, path: tuple[str, ...], sentence: str) -> None:
        if path != self._path:
            if path[:1] != (self._path or ())[:1]:
                self._past = None
            self._path, self._year = path, None
        opening = opening_deadline(sentence)
        self._year = opening if opening else self._year

    def _remember(self, sentence: str) -> None:
        years = [
            time.last
            for time in own_times(sentence)
            if time.kind is not TimeKind.RELATIVE
            and self._now
            and time.last <= self._now
            and not in_brackets(time, sentence)
        ]
        self._past = years[-1] if years else self._past

    def _figure(self, passage: Passage, line: Line, statement: Statement) -> Figure:
        match = statement.match
        indicator, quantity_at = _completed(statement, passage, line)
        quantity = replace(match.quantity, comparator=statement.comparator)
        place = _placed(passage, line, statement, indicator)
        when, role = self._when_and_role(place, statement, quantity)
        return Figure(
            figure_id=figure_id(passage, match.core, quantity.value),
            document_id=self._source.document_id,
            passage_id=passage.passage_id,
            indicator=indicator,
            quantity=quantity,
            role=role,
            span=match.span,
            clause=_quotable(passage.text, statement),
            year=when.year,
            period=when.period,
            relative_to=when.relative_to,
            place=place_of(self._source, passage.text[slice(*statement.sentence)]),
            level=statement.level or _level_above((*passage.path[-1:], *line.openings)),
            quantity_at=quantity_at,
        )

    def _set_against_aim(self, figure: Figure, statement: Statement, following: Statement | None) -> Figure:
        """What a clause right behind sets its aim against has come about: "đạt 68,5%, trong khi mục tiêu là 70%"."""
        if following is None or not following.aimed or statement.aimed or figure.role is not Role.TARGET:
            return figure
        if following.match.quantity.base_unit != figure.quantity.base_unit:
            return figure
        year = figure.year if figure.year and (not self._now or figure.year <= self._now) else None
        return replace(figure, role=Role.RESULT, year=year or self._reported or self._now, period=None)

    def _when_and_role(self, place: _Place, statement: Statement, quantity: Quantity) -> tuple[When, Role]:
        """The figure's time and role. A result has no time to come; where a change starts is a result."""
        text = place.passage.text
        said = when_in_sentence(text, statement.sentence, statement.segment) or When()
        if said.relative_to and not _is_compared(text, statement):
            said = replace(said, relative_to=None)
        if not said.relative_to and _is_change(text, statement):
            said = replace(said, relative_to=_compared_before(text, statement))
        if statement.time:
            said = replace(said, year=statement.time.first, period=None)
        if base := _base_of_change(text, statement):
            return When(year=base), Role.RESULT
        if self._now and says_then(place.wording.before):
            return When(year=(self._reported or self._now) - 1), Role.RESULT
        if _starts_a_change(text, statement):
            own = said if _times_behind(text, statement) else When(relative_to=said.relative_to)
            return own, Role.RESULT
        own_time = bool(said.year or said.period)
        role = role_of(self._source, quantity, place.wording, said)
        when = said if own_time else self._inherited(said, place, quantity, role)
        if role is not Role.RESULT:
            role = role_of(self._source, quantity, place.wording, when)
        if role is Role.RESULT and not own_time:
            when = self._past_of(when, place)
        return self._compared(when, place), role

    def _compared(self, when: When, place: _Place) -> When:
        year = when.year or self._now
        if when.relative_to or not year or not says_year_before(place.own):
            return when
        return replace(when, relative_to=year - 1)

    def _past_of(self, when: When, place: _Place) -> When:
        """The time of a result: not to come, and now where its clause says so."""
        last = when.year or (when.period[1] if when.period else None)
        if says_now(place.wording.clause) and self._now:
            return When(year=self._now, relative_to=when.relative_to)
        if last and (last <= self._now if self._now else when.period is None):
            return when
        return When(year=self._reported or self._past, relative_to=when.relative_to)

    def _inherited(self, said: When, place: _Place, quantity: Quantity, role: Role) -> When:
        """The time of the lines and headings above, or of the sentence before; capital has only the former."""
        relative = said.relative_to
        above = self._above(place)
        yearly = is_yearly(place.wording.sentence)
        if role is Role.BUDGET or yearly or (quantity.unit == "lần" and relative):
            if quantity.unit == "lần" and not above:
                above = self._carried(place)
            if self._reported and not above:
                above = When(year=self._reported)
            return replace(above, relative_to=relative) if above else When(relative_to=relative)
        return replace(above or self._carried(place), relative_to=relative)

    def _above(self, place: _Place) -> When | None:
        for opening in reversed(place.openings):
            if found := when_in_path((opening,)):
                return found
        path = place.passage.path
        titled = self._source.kind is DocumentKind.NEWS and path[:1] == (self._source.title,)
        return when_in_path(path[1:] if titled else path)

    def _carried(self, place: _Place) -> When:
        """The time of the sentence before, unless what is to come is told; else that of the title."""
        over = self._year and self._now and self._year < self._now and tells_of_future(place.wording.clause)
        return When(year=self._year) if self._year and not over else self._title or When()


def _at_the_time_of(total: Figure | None, part: Figure) -> Figure:
    """A part of the capital that its sentence opened with, with that one's time if it names none of its own."""
    if total is None or part.role is not Role.BUDGET or part.year or part.period:
        return part
    return replace(part, year=total.year, period=total.period)


def _aimed_with(last: Figure | None, figure: Figure, text: str) -> Figure:
    """A quantity that only goes on with a list of aims ("chỉ tiêu là 95%, 90% và 75%") is one of them."""
    if last is None or last.role is not Role.TARGET or figure.role is not Role.RESULT:
        return figure
    goes_on = re.fullmatch(r"\s*(?:,|và|,\s*và)\s*", text[last.span[1] : figure.span[0]])
    same_unit = last.quantity.base_unit == figure.quantity.base_unit
    return replace(figure, role=Role.TARGET) if goes_on and same_unit else figure


def _at_the_time_of_result(told: Sequence[Figure], figure: Figure, own: str) -> Figure:
    """What was aimed at of a result that its sentence gave before ("đạt 41,2% …, chưa đạt chỉ tiêu 45%"): then."""
    if figure.role is not Role.TARGET or own_times(own):
        return figure
    results = (
        other
        for other in told
        if other.role is Role.RESULT
        and (other.year or other.period)
        and other.indicator
        and figure.indicator.startswith(other.indicator)
    )
    result = next(results, None)
    return replace(figure, year=result.year, period=result.period) if result else figure


def _of_place_before(told: Sequence[Figure], figure: Figure, text: str) -> Figure:
    """A number in brackets behind the name of a place is that place's: "… ở Bảo Lâm (17 xóm), Bảo Lạc (14 xóm)"."""
    name = name_before_bracket(text, figure.span[0])
    if name is None or not text[figure.span[1] :].lstrip().startswith(")"):
        return figure
    base = figure.quantity.base_unit
    alike = [one.indicator for one in told if one.quantity.base_unit == base and name not in one.indicator]
    whole = alike[-1] if alike else ""
    own = figure.indicator[: figure.indicator.find(name)] if name in figure.indicator else figure.indicator
    bare = _LINK_AT_END.sub("", whole.split(":")[0] or own).strip(" ,;:")
    return replace(figure, indicator=f"{bare}: {name}" if bare else name, quantity_at=None)


def _without_place_behind(figure: Figure, following: Statement | None, text: str) -> Figure:
    """A figure without the place whose own number follows in brackets ("43 xóm, tập trung ở Bảo Lâm (17 xóm)")."""
    name = name_before_bracket(text, following.match.span[0]) if following else None
    if name is None or not figure.indicator.endswith(name) or figure.indicator.endswith(f": {name}"):
        return figure
    kept = _LINK_AT_END.sub("", figure.indicator.removesuffix(name)).strip(" ,;:")
    at = figure.quantity_at if (figure.quantity_at or 0) <= len(kept) else None
    return replace(figure, indicator=kept, quantity_at=at) if kept else figure


_LINK_AT_END = re.compile(rf"(?:\s+(?:{'|'.join(table('levels')['links'])}))+\s*$")


def _placed(passage: Passage, line: Line, statement: Statement, indicator: str) -> _Place:
    text, (start, end) = passage.text, statement.segment
    own = _ends_a_change(text, statement)
    sentence = text[start:end] if own else text[slice(*statement.sentence)]
    wording = Wording(
        indicator=indicator,
        before=text[start : statement.match.core[0]],
        clause=text[start if own else statement.sentence[0] : end],
        sentence=sentence,
        headings=(*passage.path, *line.openings),
    )
    return _Place(passage, line.openings, wording, text[start:end])


def _is_compared(text: str, statement: Statement) -> bool:
    """Whether "so với năm …" is said of the quantity, and not of a clause behind it (", gấp đôi so với …")."""
    start, end = statement.match.core[1], statement.segment[1]
    times = [
        time for time in own_times(text[:end]) if time.kind is TimeKind.RELATIVE and time.span[0] >= start
    ]
    return not times or "," not in text[start : times[0].span[0]]


_CHANGES = re.compile(r"(?:(?<!\w)(?:tăng|giảm|tang|giam)(?:\s+\w+){0,2}|\(\s*[-+–]?)\s*$")


def _is_change(text: str, statement: Statement) -> bool:
    return bool(_CHANGES.search(text[statement.sentence[0] : statement.match.span[0]]))


def _compared_before(text: str, statement: Statement) -> int | None:
    """The year that a sentence opens its comparison with: "so với năm 2022 giảm 12 vụ, giảm 8 người"."""
    earlier = own_times(text[statement.sentence[0] : statement.segment[0]])
    years = [time for time in earlier if time.kind is TimeKind.RELATIVE]
    if not years:
        return None
    opened = text[statement.sentence[0] + years[-1].span[1] : statement.match.span[0]]
    return years[-1].first if re.match(r"\s*,?\s*(?:tăng|giảm|tang|giam)(?!\w)", opened) else None


def _base_of_change(text: str, statement: Statement) -> int | None:
    """The year compared with, where a quantity in brackets behind it gives what was then.

    "giảm 22% so với năm 2022 (1.646 cuộc)".
    """
    before = text[statement.sentence[0] : statement.match.span[0]].rstrip()
    times = own_times(before[:-1]) if before.endswith("(") else ()
    last = times[-1] if times else None
    compared = last and last.kind is TimeKind.RELATIVE and not before[last.span[1] : -1].strip()
    return last.first if last and compared else None


def _ends_a_change(text: str, statement: Statement) -> bool:
    """Whether a quantity is where something goes to; "hiện nay" before it is said of where it comes from."""
    before = text[statement.sentence[0] : statement.match.span[0]]
    return bool(re.search(r"(?<!\w)(?:xuống|lên|còn|xuong|len|con)(?:\s+(?:còn|đến|mức|thành))?\s*$", before))


_TURNS = re.compile(r"[^.;,\n\d]{0,40}?(?<!\w)(?:xuống|lên|còn|xuong|len|con)(?!\w)[^.;\n]{0,30}\d")


def _starts_a_change(text: str, statement: Statement) -> bool:
    """Whether a quantity is where something comes from: "giảm từ 60% hiện nay xuống dưới 30%"."""
    before = re.search(r"(?<!\w)(?:từ|tu)\s*$", text[: statement.match.span[0]])
    tail = text[statement.match.core[1] : statement.sentence[1]]
    tail = " ".join(tail.split("\n")[:1])
    blanked = re.sub(r"(?:năm\s+|/)?(?:19|20)\d\d", lambda found: " " * len(found[0]), tail)
    return bool(before and statement.match.quantity.value_max is None and _TURNS.match(blanked))


def _times_behind(text: str, statement: Statement) -> bool:
    """Whether the clause of a start of a change names its own time ("25,95% đầu năm 2016")."""
    return bool(own_times(text[statement.match.core[1] : statement.segment[1]]))


@cache
def _remark_words(key: str) -> str:
    return alternatives(table("statements")["digests"][key], accented=True)


def _is_remark(line: str) -> bool:
    """Whether a digest in our words speaks of its original here and not for it."""
    return bool(re.match(rf"\W*(?:{_remark_words('remarks')})", line.lower()))


def _is_bracketed_remark(text: str, core: tuple[int, int]) -> bool:
    opened = text.rfind("(", 0, core[0])
    if opened < 0 or ")" in text[opened : core[0]]:
        return False
    return bool(re.match(rf"\(\s*(?:{_remark_words('brackets')})", text[opened:].lower()))


def _level_above(openings: Sequence[str]) -> Level | None:
    """The level of the nearest line or heading above that names one and nothing else ("Đối với cấp xã:")."""
    for opening in reversed(openings):
        if names_only_level(_unnumbered(opening)):
            levels = {level for level, _ in find_levels(opening)}
            return levels.pop() if len(levels) == 1 else None
    return None


def _completed(statement: Statement, passage: Passage, line: Line) -> tuple[str, int | None]:
    """The indicator with the line or heading that it cannot do without, and where its quantity stands."""
    own = statement.indicator
    label = next((text for text in map(_opening_label, reversed(line.openings)) if text), "")
    full = completed(own, label)
    if len(full.split()) < 2:
        context = label or _heading_label(passage.path)
        full = f"{context}: {own}" if own and context else context or own
    behind = len(own) - statement.quantity_at
    return full, len(full) - behind


def _opening_label(line: str) -> str:
    """What an opening line measures ("Tỷ lệ trường đạt chuẩn:"); empty where it names no indicator."""
    statements = find_statements(line)
    if statements:
        named = statements[0].indicator
        return "" if is_money(statements[0].match.quantity) or is_generic(named) else named
    return "" if is_generic(line) or names_only_level(line) else clean_label(line)


def _heading_label(path: Sequence[str]) -> str:
    """The innermost heading that says what is measured; any, where none does."""
    named = [heading for heading in path if not is_generic(_unnumbered(heading))]
    return _unnumbered((named or list(path) or [""])[-1])


def _unnumbered(heading: str) -> str:
    heading = re.sub(
        r"^(?:\(?[\dIVXLC]+(?:\.\d+)*[.)]|[A-ZĐa-zđ][.)]|[\dIVX.]+\s|(?:Điều|Mục|Phần|Chương)\s+\S+[.:]?)\s*",
        "",
        heading,
    )
    return heading.strip(" :.")


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
        if time.kind is not TimeKind.DATE or not time.deadline or time.day is None or is_as_of(text, time):
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
            figure_id=figure_id(passage, span, time.day),
            document_id=source.document_id,
            passage_id=passage.passage_id,
            indicator=_date_indicator(text, *time.span),
            quantity=quantity,
            role=Role.TARGET,
            span=span,
            clause=sentence,
            year=time.first,
            place=place_of(source, text),
        )


def _is_before(text: str, position: int) -> bool:
    return bool(re.search(r"trước\s+(?:ngày\s+)?$", text[:position]))


_LEADS_TO_DAY = re.compile(
    r"\s*(?:trước|đến|chậm nhất|xong|hoàn thành|vào|là|muộn nhất)*\s*(?:ngày)?\s*$", re.I
)
_SHARE = re.compile(r"^\s*(?:trên |dưới |khoảng |tối thiểu )?\d[\d.,]*\s*%\s*")


def _date_indicator(text: str, start: int, end: int) -> str:
    """What is to be done by a day: the words before it, else those behind it."""
    before = _LEADS_TO_DAY.sub("", re.split(r"[;:]", text[:start])[-1])
    words = clean_label(f"{_SHARE.sub('', before)} ")
    return words or re.split(r"[;.]", text[end:])[0].strip(" ,.:")
