"""Which rows of which table a question is about: by document, source of funds, cells, limits and topic.

Comes in: a reading. Goes out: a `Selection` of rows; what is done with them is chain.tables' matter.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from chain.cues import asks_mean, asks_sum, find_cues, has_cue, pattern, pattern_part, superlative, without
from chain.knowledge import Knowledge, Words, tokens_of, united, words_of
from chain.qualifiers import funds_named, qualifiers_of, says_all
from chain.sides import rows_on_sides
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, how_many
from domain.documents import Passage
from domain.figures import Comparator, Figure, Quantity, Role
from ingest.scopes import is_money
from ingest.table_figures import (
    column_role,
    head_at,
    is_group_row,
    is_total_head,
    is_total_row,
    label_column,
    row_label,
)
from vietnamese.abbreviations import expand
from vietnamese.folding import fold, syllables
from vietnamese.patterns import has_diacritics, whole_words
from vietnamese.quantities import find_quantities
from vietnamese.tables import table
from vietnamese.units_of_place import kind_of


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its name, its main quantity (null where the cell is empty) and where its money comes from."""

    passage: Passage
    label: str
    figure: Figure | None
    funds: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a question is about, and how it described them; `described` is empty for all rows.

    `noun` is what the rows are called when they are counted; `limited`: they are those within a limit.
    """

    rows: tuple[Row, ...]
    described: str
    noun: str = "dự án"
    limited: bool = False


def tables_asked(reading: Reading, knowledge: Knowledge) -> list[tuple[Row, ...]]:
    """The tables that the question may mean, the best match first: by document, place, year and row noun."""
    wanted_documents = {source.document_id for source in reading.sources}
    candidates = []
    for (document_id, _), passages in knowledge.rows_by_table.items():
        source = knowledge.sources[document_id]
        if wanted_documents and document_id not in wanted_documents:
            continue
        if reading.query.places and source.place not in reading.query.places:
            continue
        rows = tuple(_row(passage, knowledge, reading) for passage in passages if not is_total_row(passage))
        rows = tuple(row for row in rows if row.label)
        if not rows:
            continue
        heading = _heading_of(passages[0], knowledge)
        score = math.fsum(reading.weights.get(word, 0.0) for word in heading.singles)
        if not _is_about(_row_noun(reading.query.terms), heading):
            continue
        noun = _row_noun(reading.query.terms)
        if _names_document(reading.query.terms, source.title) or (noun in _KIN and _are_no_projects(rows)):
            continue
        has_noun = all(word in heading.singles for word in noun.split())
        candidates.append((not has_noun, -round(score, 6), source.authority, -len(rows), rows))
    return [rows for *_, rows in sorted(candidates, key=lambda item: item[:4])]


def _names_document(text: str, title: str) -> bool:
    """Whether "đề án" or "chương trình" is the document itself ("kinh phí thực hiện Đề án"), not its rows."""
    noun, folded = _row_noun(text), fold(text)
    if noun not in {"de an", "chuong trinh"} or noun not in fold(title):
        return False
    return not pattern("rows.rows_of_kind", noun=noun).search(folded)


_KIN = frozenset(
    {"du an", "nhiem vu", "hop phan", "hang muc", "de an", "cong trinh"}
)  # rows go by any of these


def _is_about(noun: str, heading: Words) -> bool:
    """Whether a table's headings speak of such rows."""
    nouns = _KIN if noun in _KIN else {noun}
    return any(all(word in heading.singles for word in name.split()) for name in nouns)


def names_rows(text: str) -> bool:
    """Whether a question speaks of rows of a table; "chỉ tiêu" only where it asks which or how many there are."""
    folded = fold(text)
    return any(
        folded[start:end] != "chi tieu" or _ASKED_FOR.search(folded[:start]) or _WHICH.match(folded[end:])
        for start, end in find_cues("table.rows", text)
    )


def _are_no_projects(rows: Sequence[Row]) -> bool:
    """Whether the rows are places or indicators, which no list of projects names."""
    first = rows[0].passage
    label = label_column(first)
    head = fold(first.columns[label]) if label is not None and label < len(first.columns) else ""
    if any(name in head for name in _KIN):
        return False
    places = sum(bool(kind_of(row.label)) for row in rows)
    return places > len(rows) / 2 or _NO_PROJECTS.match(head) is not None


_NO_PROJECTS = whole_words(table("questions")["table"]["no_projects"])


def _row_noun(text: str) -> str:
    """What the question calls the rows, folded: the noun that it asks for, else the first one that it has."""
    folded = fold(text)
    found = find_cues("table.rows", text)
    asked = (span for span in found if _ASKED_FOR.search(folded[: span[0]]) or _WHICH.match(folded[span[1] :]))
    start, end = next(asked, (found or [(0, 0)])[0])
    return folded[start:end]


_ASKED_FOR = pattern("rows.asked_for")
_WHICH = pattern("rows.which")


def _row(passage: Passage, knowledge: Knowledge, reading: Reading) -> Row:
    figures = _as_asked(knowledge.figures_by_passage.get(passage.passage_id, ()), reading)
    money = [figure for figure in figures if is_money(figure.quantity)]
    funds = column_role(passage, "funds")
    return Row(
        passage=passage,
        label=row_label(passage) or "",
        figure=next(iter([*(one for one in money if is_of_total_column(one, passage)), *money, *figures]), None),
        funds=passage.cells[funds] if funds is not None else "",
    )


def _as_asked(figures: Sequence[Figure], reading: Reading) -> Sequence[Figure]:
    """Of a row's figures those of the year and the role that the question asks for; all where none is."""
    if of_period := [figure for figure in figures if reading.query.period and figure.period == reading.query.period]:
        return of_period
    years = reading.query.years
    of_year = [figure for figure in figures if figure.last_year in years or figure.last_year is None]
    of_year = of_year if years else list(figures)
    role = {"result": Role.RESULT, "target": Role.TARGET}.get(reading.role or "")
    return [figure for figure in of_year if figure.role is role] or of_year


def is_of_total_column(figure: Figure, passage: Passage) -> bool:
    """Whether a figure of the row `passage` stands in the column that sums its years or sources up."""
    head = head_at(passage, figure.span)
    return head is not None and is_total_head(head)


def selected(reading: Reading, rows: Sequence[Row], knowledge: Knowledge) -> Selection | None:
    """The rows that hold the question's filters; null where its topic is not in the table at all."""
    text = reading.query.terms
    numbered = _numbered_rows(text, rows)
    if len(numbered) > 1:
        return Selection(numbered, ", ".join(row.label for row in numbered))
    if len(added := _rows_added(reading, rows)) > 1:
        return Selection(added, ", ".join(row.label for row in added))
    named = (
        _named_row(text, rows)
        or _row_said(reading, rows, knowledge)
        or next(iter(numbered), None)
        or _end_row(text, rows)
    )
    if named:
        return Selection((named,), named.label)
    described: list[str] = []
    chosen = [row for row in rows if not is_group_row(row.passage)] or list(rows)
    funds, funds_spans = _funds_asked(text, rows)
    if funds:
        only = has_cue("table.only", text)
        needed = all if len(funds) > 1 and has_cue("table.both", text) else any
        held = [row for row in chosen if needed(_has_source(row, source, only=only) for source in funds)]
        refused = _is_negated(text, funds_spans)
        chosen = [row for row in chosen if row.funds and row not in held] if refused else held
        described += funds
    chosen = [row for row in chosen if not is_excluded(row, reading)]
    columns, column_spans = _cells_asked(text, rows)
    for value in dict.fromkeys(value for _, value in columns):
        held_by = [column for column, other in columns if other == value]
        agency = column_role(rows[0].passage, "agency")
        held_by = [agency] if agency is not None and agency in held_by else held_by
        chosen = [row for row in chosen if any(value in fold(expand(row.passage.cells[at])) for at in held_by)]
        described.append(value)
    if timed := _within_time(reading, chosen):
        chosen = timed
        described.append(" - ".join(map(str, reading.query.period or reading.query.years)))
    limits = [
        match
        for match in find_quantities(text)
        if is_money(match.quantity) and not _NO_LIMIT.search(fold(text[: match.span[0]]))
    ]
    for match in limits:
        chosen = [row for row in chosen if row.figure and is_within(row.figure.quantity, match.quantity)]
        described.append(text[slice(*match.span)])
    unfunded = bool(funds_named(text)) and not funds and column_role(rows[0].passage, "funds") is None
    if unfunded or _asks_more(text, rows, limits, columns):
        return None
    topic = _topic(reading, rows, [*funds_spans, *column_spans, *(match.span for match in limits)], knowledge)
    if topic:
        by_topic = [row for row in chosen if _topic_share(topic, row, reading) >= THRESHOLDS.row_coverage]
        if not by_topic and not _is_of_document(topic, rows[0].passage, knowledge):
            return None
        count = how_many(text, ROW_NOUNS)
        if count and count > 1 and not superlative(text) and not limits:
            counted = _as_many(count, chosen, topic, reading)
            if counted is None:
                return None
            by_topic = counted
        else:
            by_topic = _closest(by_topic or chosen, topic, reading)
        if asks_sum(text) and not _say_the_topic(by_topic, topic, reading):
            return None
        chosen, described = by_topic, [*described, " ".join(topic)]
    return Selection(tuple(chosen), ", ".join(described))


_WHOLE_TOPIC = 0.45  # of the words of its topic that the rows which a question adds up must have between them


def _say_the_topic(rows: Sequence[Row], topic: Sequence[str], reading: Reading) -> bool:
    """Whether rows that are to be added up have the topic between them: two of health are not all of a scheme."""
    own = united([words_of(f"{row.label} {row.funds}") for row in rows])
    total = math.fsum(reading.weights[word] for word in topic)
    held = math.fsum(reading.weights[word] for word in topic if word in own.singles)
    return held >= _WHOLE_TOPIC * total


def _asks_more(text: str, rows: Sequence[Row], limits: Sequence[object], columns: Sequence[object]) -> bool:
    """Whether a question filters rows by what was not found in them: a bound in another unit, who is in charge.

    Nor do rows answer of what none of them speaks: "giải ngân" in a list of projects to be funded.
    """
    first = rows[0].passage
    said = " . ".join((*first.path, *first.columns, *(cell for row in rows for cell in row.passage.cells)))
    bounded = bool(_BOUND.search(fold(text))) and not limits
    charged = bool(_CHARGED.search(fold(text))) and not columns and column_role(first, "agency") is not None
    worked_out = has_cue("table.missing", text) or asks_mean(text)
    unsaid = not worked_out and not says_all(qualifiers_of(text), said)
    return bounded or charged or unsaid


# "do Sở Y tế chủ trì": rows of one body; "cơ quan nào chủ trì?" asks for it.
_CHARGED = pattern("rows.charged")


_BOUND = pattern("rows.bound")
_NO_LIMIT = pattern("rows.no_limit")  # a number that is talked about


def is_excluded(row: Row, reading: Reading) -> bool:
    """Whether a row is what the question says it does not mean ("không tính thuê dịch vụ")."""
    own = words_of(" . ".join(row.passage.cells)).singles
    return any(words <= own for words in reading.excluded)


def _rows_added(reading: Reading, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The two rows that a question adds up, each in its own words ("cộng cả dự án … lẫn dự án …")."""
    if not has_cue("table.added", reading.query.terms):
        return ()
    meant = rows_on_sides(reading, [row.label for row in rows], "table.links")
    return tuple(row for row in rows if row.label in meant)


def fit_of(selection: Selection, rows: Sequence[Row], reading: Reading, knowledge: Knowledge) -> float:
    """How much of the question a table with its best chosen row says, 0 to 1, by word and by pair of words."""
    heading = _heading_of(rows[0].passage, knowledge)
    named = selection.rows if selection.described else ()
    held = [united((heading, words_of(" . ".join(row.passage.cells)))) for row in named] or [heading]
    return max(_share_held(words, reading) for words in held)


def _share_held(own: Words, reading: Reading) -> float:
    weights, words = reading.weights, reading.words
    total = math.fsum(weights[word] for word in words)
    if not total:
        return 0.0
    single = math.fsum(weights[word] for word in words if word in own.singles and reading.is_form(word, own))
    pairs = [(min(weights[a], weights[b]), (a, b)) for a, b in itertools.pairwise(words)]
    whole = math.fsum(weight for weight, _ in pairs)
    paired = math.fsum(weight for weight, pair in pairs if pair in own.pairs)
    return (single / total + (paired / whole if whole else 0.0)) / 2


def _heading_of(first: Passage, knowledge: Knowledge) -> Words:
    """The words that stand over a table: its headings, its columns and the title of its document."""
    return words_of(" . ".join((*first.path, *first.columns, knowledge.source_of(first).title)))


def _within_time(reading: Reading, rows: Sequence[Row]) -> list[Row]:
    """The rows that are to be done in the very years that the question names ("thực hiện năm 2024 - 2025")."""
    query = reading.query
    span = query.period or (query.years[0], query.years[-1]) if query.period or query.years else None
    if span is None:
        return []
    return [row for row in rows if _time_of(row) == span]


def _time_of(row: Row) -> tuple[int, int] | None:
    """The first and last year of the row's cell that says when it is to be done."""
    column = column_role(row.passage, "time")
    years = [int(year) for year in _YEAR.findall(row.passage.cells[column])] if column is not None else []
    return (min(years), max(years)) if years else None


_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


_ROW_NUMBER = pattern("rows.row_number")
_FURTHER_NUMBER = pattern("rows.further_number")


_SHORTEST_NAME = 16  # characters of a row's name that a question must say in full


def _named_row(text: str, rows: Sequence[Row]) -> Row | None:
    """The row whose whole name stands in the question."""
    folded = re.sub(r"\s+", " ", fold(text))
    named = [row for row in rows if len(row.label) >= _SHORTEST_NAME and fold(row.label) in folded]
    longest = max(named, key=lambda row: len(row.label), default=None)
    return _going_on(longest, folded, rows) if longest else None


_SAME_ROW = 0.7  # of the words of a name that a row must share with it to be meant instead


def _going_on(named: Row, folded: str, rows: Sequence[Row]) -> Row:
    """The row whose name goes on as the question does: of "… của tỉnh" and "… của Tỉnh ủy" the second."""
    label = fold(named.label)
    behind = syllables(folded[folded.find(label) + len(label) :])[:1]
    pair, words = (syllables(label)[-1], *behind), words_of(named.label).singles
    for row in rows:
        own = words_of(row.label)
        if row is not named and pair in own.pairs and len(words & own.singles) >= _SAME_ROW * len(words):
            return row
    return named


_SAID = 0.75  # of the weight of a row's name that a question says, for the row to be meant
_CLEARLY = 0.15  # by which that must exceed what it says of any other row's name
_FEWEST_SAID = 3  # words
_NOT_FILLER = 0.3  # the weight of a word of the question that tells something


def _row_said(reading: Reading, rows: Sequence[Row], knowledge: Knowledge) -> Row | None:
    """The one row of whose name the question says nearly all ("Trung tâm điều hành (IOC)" of "… (IOC) cấp tỉnh")."""
    shares: list[tuple[float, Row, float]] = []
    most_held = 0.0
    for row in rows:
        own = words_of(row.label)
        weights = {word: max(knowledge.rarity(word), 0.1) for word in own.singles}
        said = {
            word: weight
            for word, weight in weights.items()
            if reading.weights.get(word, 0.0) > _NOT_FILLER and reading.is_form(word, own)
        }
        held = math.fsum(reading.weights[word] for word in said)
        most_held = max(most_held, held)
        if len(said) >= _FEWEST_SAID:
            shares.append((math.fsum(said.values()) / math.fsum(weights.values()), row, held))
    shares.sort(key=lambda item: -item[0])
    if (
        not shares or shares[0][0] < _SAID or shares[0][2] < most_held
    ):  # another row holds more of the question
        return None
    return shares[0][1] if len(shares) == 1 or shares[0][0] - shares[1][0] >= _CLEARLY else None


_SHORT_NAME = re.compile(r"\(([A-ZĐ][\w.-]{1,9})\)")


def row_by_name(reading: Reading, knowledge: Knowledge) -> Row | None:
    """The one row of all tables of whose name the question says nearly all, without calling it a project."""
    rows = _rows_of_all(reading, knowledge)
    return _named_row(reading.query.terms, rows) or _row_said(reading, rows, knowledge) or _row_holding(reading, rows)


_FEWEST_HELD = 3  # telling words of a question that must all stand in one row's name


def _row_holding(reading: Reading, rows: Sequence[Row]) -> Row | None:
    """The one row whose name holds all that the question tells, but for who, when and how much it asks."""
    text = reading.query.terms
    spans = [span for path in _ASKED_OF_ROW for span in find_cues(path, text)]
    left = set(tokens_of(without(text, spans)))
    telling = [word for word, weight in reading.weights.items() if weight > 0.5 and word in left]
    if len(telling) < _FEWEST_HELD or reading.hints:
        return None
    held = []
    for row in rows:
        own = words_of(row.label)
        if all(word in own.singles and reading.is_form(word, own) for word in telling):
            held.append(row)
    return held[0] if len(held) == 1 else None


_ASKED_OF_ROW = (
    "table.agency", "table.time", "table.funds", "unit.capital", "wanted.person.cues", "wanted.date.cues",
)  # fmt: skip


def row_by_short_name(reading: Reading, knowledge: Knowledge) -> Row | None:
    """The one row whose name has a short form in brackets that the question says ("… (IOC)")."""
    asked = set(tokens_of(reading.query.question)) | set(syllables(reading.query.standalone))
    found = [
        row
        for row in _rows_of_all(reading, knowledge)
        if any(fold(short) in asked for short in _SHORT_NAME.findall(row.label))
    ]
    return found[0] if len(found) == 1 else None


def _rows_of_all(reading: Reading, knowledge: Knowledge) -> list[Row]:
    """The rows of all tables of the documents and places that the question names."""
    allowed = {source.document_id for source in reading.sources}
    found: list[Row] = []
    for (document_id, _), passages in knowledge.rows_by_table.items():
        place = knowledge.sources[document_id].place
        if (allowed and document_id not in allowed) or (
            reading.query.places and place not in reading.query.places
        ):
            continue
        found += (_row(passage, knowledge, reading) for passage in passages if not is_total_row(passage))
    return [row for row in found if row.label]


def _end_row(text: str, rows: Sequence[Row]) -> Row | None:
    """The first or last row, where the question names it by its place."""
    if has_cue("table.first", text):
        return rows[0]
    return rows[-1] if has_cue("table.last", text) else None


def _numbered_rows(text: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that the question names by their numbers in the table ("dự án số 13", "dự án 16 và 17")."""
    folded = fold(text)
    wanted = []
    for match in _ROW_NUMBER.finditer(folded):
        wanted.append(match[1])
        end = match.end()
        while further := _FURTHER_NUMBER.match(folded, end):
            wanted.append(further[1])
            end = further.end()
    by_number = {row.passage.cells[0].strip(" ."): row for row in reversed(rows) if row.passage.cells}
    return tuple(by_number[number] for number in dict.fromkeys(wanted) if number in by_number)


_AS_GOOD = 0.8  # of the best row's share of the topic


def _closest(rows: Sequence[Row], topic: Sequence[str], reading: Reading) -> list[Row]:
    """Of rows that hold the topic, those that hold about as much as the best one; all where many are asked for."""
    text = fold(reading.query.terms)
    many = pattern("rows.several").search(text)
    each = pattern("rows.each").search(text)
    if many and (each or not pattern("rows.how_much").search(text)):
        return list(rows)
    best = max(_topic_share(topic, row, reading) for row in rows)
    return [row for row in rows if _topic_share(topic, row, reading) >= _AS_GOOD * best]


_LEAST_SHARE = 0.4  # of the topic, of each of several rows that a question counts


def _as_many(count: int, rows: Sequence[Row], topic: Sequence[str], reading: Reading) -> list[Row] | None:
    """The rows that a question counts ("hai dự án y tế"), where just so many hold its topic; else null."""
    shares = sorted(((_topic_share(topic, row, reading), row) for row in rows), key=lambda item: -item[0])
    if len(shares) < count or shares[count - 1][0] < _LEAST_SHARE:
        return None
    if len(shares) > count and shares[count][0] >= shares[count - 1][0]:
        return None
    chosen = [row for _, row in shares[:count]]
    return [row for row in rows if row in chosen]


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
    sources = list(dict.fromkeys(part for row in rows for part in _funds_of(row)))
    for source in sources:
        for form in _forms(source):
            lead = (
                r"(?:von|nguon|nguon von|tu|bang|kinh phi|do chinh)\s+(?:cua\s+|tu\s+|cac\s+)?"
                if form == "doanh nghiep"
                else ""
            )
            for match in re.finditer(rf"(?<!\w){lead}{re.escape(form)}(?!\w)", folded):
                if source not in named:
                    named.append(source)
                spans.append(match.span())
    generic = pattern("rows.budget").search(folded)
    if not named and generic:
        named = [source for source in sources if fold(source).startswith("ngan sach")]
        spans = [generic.span()] if named else []
    elif generic:
        spans.append(generic.span())  # "chỉ PPP, không kèm ngân sách" names no topic by it
    return named, spans


def _is_negated(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the question asks for what does *not* come from the sources ("không dùng ngân sách")."""
    cues = find_cues("table.not", text)
    return any(0 <= start - cue_end <= 12 for start, _ in spans for _, cue_end in cues)


def _funds_of(row: Row) -> list[str]:
    """The single sources of a cell ("Ngân sách TW, ngân sách tỉnh"); sentences are no source."""
    parts = [part.strip() for part in pattern("rows.sources_apart").split(row.funds)]
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
            value = fold(expand(cell)).strip()
            if column in skipped or not _MANY_LETTERS.search(value) or len(value.split()) > _LONGEST_VALUE:
                continue
            for part in {value, *re.split(r"\s*[,;]\s*", value)}:
                position = folded.find(part) if len(part) >= 6 else -1
                if position >= 0:
                    found[column, part] = (position, position + len(part))
    whole = {
        key: (start, end)
        for key, (start, end) in found.items()
        if not any(first <= start and end <= last and (first, last) != (start, end) for first, last in found.values())
    }  # "UBND tỉnh" within "Văn phòng UBND tỉnh" is no value of its own
    return list(whole), list(whole.values())


_LONGEST_VALUE = 16  # syllables of a cell that a question may name, such as a body in charge
_MANY_LETTERS = re.compile(r"[a-z]{2}.*[a-z]{2}")


def is_within(quantity: Quantity, limit: Quantity) -> bool:
    """Whether a quantity is within a limit of its unit ("dưới 5 tỷ", "từ 2 đến 5 tỷ"); exactly it where it is none."""
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


ROW_NOUNS = pattern_part("rows")
_CUES = (
    "first",
    "last",
    "not",
    "both",
    "only",
    "time",
    "sum",
    "added",
    "count",
    "largest",
    "smallest",
    "missing",
    "average",
    "funds",
    "list",
    "rows",
)


def _topic(
    reading: Reading, rows: Sequence[Row], taken: Sequence[tuple[int, int]], knowledge: Knowledge
) -> list[str]:
    """The content words left when cues, filters and the table's own heading are taken away."""
    text = reading.query.terms
    spans = [span for name in _CUES for span in find_cues(f"table.{name}", text)]
    spans += find_cues("unit.money", text) + list(taken)
    spans += [match.span() for match in pattern("rows.ordinal").finditer(fold(text))]
    if how_many(text, ROW_NOUNS):
        spans += [match.span() for match in pattern("rows.counted").finditer(fold(text))]
    left = (
        set(tokens_of(without(reading.content, spans)))
        if len(reading.content) == len(text)
        else set(tokens_of(without(text, spans)))
    )
    first = rows[0].passage
    heading = _heading_of(first, knowledge)
    heavy = [
        word for word in dict.fromkeys(reading.words) if word in left and _is_heavy(word, reading, knowledge)
    ]
    typed = not has_diacritics(text)
    talk = {fold(word) for word in table("questions")["table"]["talk"] if typed or word in reading.typed}
    given = _given_by(heading, reading, knowledge)
    return [word for word in heavy if word not in given and word not in talk]


def _given_by(heading: Words, reading: Reading, knowledge: Knowledge) -> set[str]:
    """The words that a table's heading says, but for those it has in other compounds.

    "Giao" of "giao thông" is not said by the heading "Giao nhiệm vụ".
    """
    apart = {
        word
        for pair in itertools.pairwise(reading.words)
        if knowledge.pair_frequencies[pair] and pair not in heading.pairs
        for word in pair
    }
    together = {word for pair in itertools.pairwise(reading.words) if pair in heading.pairs for word in pair}
    return {word for word in heading.singles if word in together or word not in apart}


def _is_heavy(word: str, reading: Reading, knowledge: Knowledge) -> bool:
    return reading.weights[word] >= max(knowledge.rarity(word), 0.1) * 0.9


def _topic_share(topic: Sequence[str], row: Row, reading: Reading) -> float:
    """How much of the topic a row's name and funds hold; of alternatives ("giáo dục, trường học") the best."""
    words: Words = words_of(f"{row.label} {row.funds}")
    shares = []
    for part in _alternatives(topic, reading.query.terms):
        total = math.fsum(reading.weights[word] for word in part)
        shares.append(
            math.fsum(
                reading.weights[word] for word in part if word in words.singles and reading.is_form(word, words)
            )
            / total
            if total
            else 0.0
        )
    return max(shares, default=0.0)


def _alternatives(topic: Sequence[str], text: str) -> list[list[str]]:
    """The topic's words by the parts of the question that commas and "hoặc" divide."""
    many = pattern("rows.all_of_them").search(fold(text))
    links = r",|\b(?:hoặc|hay|hoac|và|với|va|voi)\b" if many else r",|\b(?:hoặc|hay|hoac)\b"
    parts = [set(tokens_of(part)) for part in re.split(links, text)]
    divided = [[word for word in topic if word in part] for part in parts]
    return [part for part in divided if part] or [list(topic)]
