"""What one sentence of a model states: quantities with their scope, dates, years, numbers, names, quotations.

A sentence in, values out; nothing is compared with evidence here. English sentences are read through the
table of English number language (chain.english), so that one set of rules holds for both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chain.cues import pattern
from chain.knowledge import tokens_of
from chain.written_numbers import fractions, with_comparators, with_numerals
from domain.figures import Comparator, Level, Quantity
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.places import find_places
from vietnamese.quantities import find_quantities
from vietnamese.statements import Statement, find_statements
from vietnamese.times import TimeKind, TimeMatch, find_times


@dataclass(frozen=True, slots=True)
class Scope:
    """When, where and at which level something is said to hold; what is not said is None."""

    year: int | None = None
    period: tuple[int, int] | None = None
    relative_to: int | None = None
    place: str | None = None
    level: Level | None = None

    @property
    def timed(self) -> bool:
        return self.year is not None or self.period is not None


@dataclass(frozen=True, slots=True)
class StatedQuantity:
    """A quantity with its own comparator, the words of what it measures, and its scope.

    `own_words` are those of its own part of the sentence alone, without a subject taken from before.
    `denied`: "không đạt trên 95%". `achieved`: "đã đạt". `text` is the part of the sentence that is its own.
    """

    quantity: Quantity
    comparator: Comparator
    words: tuple[str, ...]
    scope: Scope
    denied: bool
    achieved: bool
    text: str
    own_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """Everything in a sentence that can be compared with evidence. `form` is the text that was read."""

    form: str
    quantities: tuple[StatedQuantity, ...]
    times: tuple[TimeMatch, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    numerals: tuple[str, ...]
    fractions: tuple[str, ...]
    names: tuple[str, ...]
    quotations: tuple[str, ...]
    links: bool
    scope: Scope

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(time.day for time in self.times if time.day is not None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the sentence names, ends of periods among them; not those of full dates."""
        own = [time for time in self.times if time.day is None]
        return tuple(dict.fromkeys(year for time in own for year in (time.first, time.last)))

    @property
    def has_numbers(self) -> bool:
        return bool(self.quantities or self.times or self.numbers or self.numerals or self.fractions)


DOCUMENT_NUMBER = re.compile(
    r"(?<![\w/])\d{1,5}[a-zA-Z]?(?:/\d{4})?\s*[-/]\s*[A-ZĐa-zđ]{1,6}(?:[-/][A-ZĐa-zđ]+\d*)+"
    r"|(?<![\w/])\d{1,5}/[A-ZĐ][\w-]*|(?<![\w/])\d{1,5}-[A-ZĐ]{2,}(?:/[A-ZĐ]+)?"
)
_NAMED_NUMBER = pattern("stated.named_number")
_NUMERAL = re.compile(r"(?<!\d)\d+(?:[.,/:]\d+)*")
_QUOTED = re.compile(r"“([^“”]{2,})”|\"([^\"]{2,})\"|«([^«»]{2,})»")
_LINK = re.compile(
    r"https?:|www\.|[\w.+-]+@[\w-]+\.\w|\b[\w-]{2,}\.(?:com|net|org|io|ru|cn|xyz|info|top|vn|dev|app)\b", re.I
)
_DENIED = pattern("stated.denied")
_ACHIEVED = pattern("stated.achieved")
_RESPECTIVELY = pattern("stated.respectively")
_ISSUED = pattern("stated.issued")
# "tăng từ trên 90%" is no "từ trên 90%", which would be at least 90%.
_RISING_FROM = pattern("stated.rising_from")
_WORDS = re.compile(r"[^\W\d_]+|[^\s]")


def read_sentence(text: str, english: bool = False) -> Stated:
    """What `text`, without citation keys, states. `text` has been through `written_numbers.plain`."""
    bare = re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", text)
    form = with_numerals(with_comparators(bare))
    if english:
        from chain.english import in_vietnamese_terms

        form = in_vietnamese_terms(form)
    form = _RISING_FROM.sub(r"\1\2 ", form)
    numbers = [match.span() for match in DOCUMENT_NUMBER.finditer(form)]
    named = [match.span(1) for match in _NAMED_NUMBER.finditer(fold(form))]
    numbers += [span for span in named if not any(a < span[1] and span[0] < b for a, b in numbers)]
    form_without = _blanked(form, numbers)
    times = find_times(form_without)
    statements = find_statements(form_without)
    scope = _scope_of(form_without, times)
    return Stated(
        form=form,
        quantities=_quantities(form_without, statements, times),
        times=times,
        places=tuple(dict.fromkeys(place for place, _ in find_places(form))),
        numbers=tuple(form[slice(*span)] for span in numbers),
        numerals=_numerals(form_without, times),
        fractions=tuple(fractions(form)),
        names=_names(_parted(bare)),
        quotations=tuple(next(part for part in match.groups() if part) for match in _QUOTED.finditer(bare)),
        links=bool(_LINK.search(bare)),
        scope=scope,
    )


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _parted(text: str) -> str:
    """`text` with its places as a mark, so that names on either side do not run together."""
    characters = list(text)
    for _, (start, end) in find_places(text):
        characters[start:end] = "·" * (end - start)
    return "".join(characters)


def _numerals(text: str, times: Sequence[TimeMatch]) -> tuple[str, ...]:
    """Digits that are neither a quantity nor a time nor a document's number: "mức độ 4", "4G"."""
    taken = [match.core for match in find_quantities(text)] + [time.span for time in times]
    return tuple(
        match.group()
        for match in _NUMERAL.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    )


numerals_of = _numerals


def _names(text: str) -> tuple[str, ...]:
    """Runs of two or more capitalised words, but for the first word of the sentence."""
    runs: list[list[str]] = [[]]
    first = True
    for match in _WORDS.finditer(text):
        word = match.group()
        if word[0].isalpha() and word[0].isupper() and not first:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
        first = first and not word[0].isalpha()
    return tuple(" ".join(run) for run in runs if len(run) >= 2)


# ----- scope ---------------------------------------------------------------------------------------------


def _said_times(text: str, times: Sequence[TimeMatch]) -> list[TimeMatch]:
    """Times that something holds at: no full dates, no years in which a document was issued."""
    folded = fold(text)
    return [
        time
        for time in times
        if time.kind in (TimeKind.YEAR, TimeKind.PERIOD) and not _ISSUED.search(folded[: time.span[0]])
    ]


def _scope_of(text: str, times: Sequence[TimeMatch]) -> Scope:
    """The scope that the whole sentence names, where it names one."""
    said = {(time.first, time.last) for time in _said_times(text, times)}
    places = {place for place, _ in find_places(text)}
    levels = {level for level, _ in find_levels(text)}
    only = next(iter(said)) if len(said) == 1 else None
    return Scope(
        year=only[0] if only and only[0] == only[1] else None,
        period=only if only and only[0] != only[1] else None,
        place=next(iter(places)) if len(places) == 1 else None,
        level=next(iter(levels)) if len(levels) == 1 else None,
    )


def _quantities(
    text: str, statements: Sequence[Statement], times: Sequence[TimeMatch]
) -> tuple[StatedQuantity, ...]:
    count = len(statements)
    lists = bool(_RESPECTIVELY.search(fold(text)))
    said = _said_times(text, times)
    listed_times = said if lists and len(said) == count > 1 else None
    levels = _levels_in(text)
    listed_levels = levels if lists and len(levels) == count > 1 else None
    places = find_places(text)
    listed_places = places if lists and len(places) == count > 1 else None
    return tuple(
        _stated(
            text,
            statement,
            times,
            listed_times[index] if listed_times else None,
            listed_levels[index][0] if listed_levels else None,
            listed_places[index][0] if listed_places else None,
            statements[index - 1] if index else None,
        )
        for index, statement in enumerate(statements)
    )


def _stated(
    text: str,
    statement: Statement,
    times: Sequence[TimeMatch],
    time: TimeMatch | None,
    level: Level | None,
    place: str | None,
    previous: Statement | None,
) -> StatedQuantity:
    begin, end = _segment(text, statement)
    indicator = _own_indicator(text, statement, previous)
    before = fold(text[begin : statement.match.number[0]])
    when = time or _time_for(text, statement, _said_times(text, times))
    relative = next(
        (t.first for t in times if t.kind is TimeKind.RELATIVE and begin <= t.span[0] < end), None
    )
    scope = Scope(
        year=when.first if when and when.kind is TimeKind.YEAR else None,
        period=(when.first, when.last) if when and when.kind is TimeKind.PERIOD else None,
        relative_to=relative,
        place=place or _place_for(text, statement),
        level=level or _level_for(text, statement),
    )
    return StatedQuantity(
        quantity=statement.match.quantity,
        comparator=statement.comparator,
        words=tokens_of(_without_places(indicator)),
        scope=scope,
        denied=bool(_DENIED.search(before)),
        achieved=bool(_ACHIEVED.search(fold(text[begin:end]))),
        text=text[begin:end].strip(),
        own_words=_own_words(text, statement, times),
    )


def _segment(text: str, statement: Statement) -> tuple[int, int]:
    """The part of the text that is the quantity's own; a semicolon always ends it."""
    begin, end = statement.segment
    begin = max(begin, text.rfind(";", 0, statement.match.span[0]) + 1)
    semicolon = text.find(";", statement.match.core[1], end)
    return begin, semicolon if semicolon >= 0 else end


def _own_words(text: str, statement: Statement, times: Sequence[TimeMatch]) -> tuple[str, ...]:
    begin, end = _segment(text, statement)
    match = statement.match
    spans = [(match.span[0], match.number[1] if match.noun else max(match.core[1], match.span[1]))]
    spans += [time.span for time in times] + [span for _, span in find_places(text)]
    return tokens_of(_blanked(text, spans)[begin:end])


def _own_indicator(text: str, statement: Statement, previous: Statement | None) -> str:
    """The words of what is measured. A quantity that ends a clause with words before it and no mark between
    ("… trong nhu cầu vốn 700 tỷ đồng") has these, not those of the quantity before."""
    if previous is None or statement.indicator != previous.indicator:
        return statement.indicator
    between = text[previous.match.core[1] : statement.match.span[0]]
    bare = between.strip()
    return bare if len(bare.split()) >= 2 and not re.search(r"[,;(:]", bare) else statement.indicator


def _without_places(text: str) -> str:
    return _blanked(text, [span for _, span in find_places(text)])


def _time_for(text: str, statement: Statement, said: Sequence[TimeMatch]) -> TimeMatch | None:
    """The time in the quantity's own part; else the nearest before it; else the sentence's only one."""
    begin, end = _segment(text, statement)
    own = [time for time in said if begin <= time.span[0] < end]
    if own:
        behind = [time for time in own if time.span[0] >= statement.match.core[1]]
        before = [time for time in own if time.span[1] <= statement.match.span[0]]
        if behind and before:
            between = text[statement.match.core[1] : behind[0].span[0]]
            return behind[0] if len(between) < 60 or behind[0].deadline else before[-1]
        return behind[0] if behind else (before or own)[-1]
    before = [time for time in said if time.span[1] <= begin]
    if before:
        return before[-1]
    return said[0] if len({(time.first, time.last) for time in said}) == 1 else None


def _place_for(text: str, statement: Statement) -> str | None:
    places = find_places(text)
    begin, end = _segment(text, statement)
    own = [place for place, span in places if begin <= span[0] < end]
    if own:
        return own[0] if len(set(own)) == 1 else _nearest_place(text, places, statement)
    before = [place for place, span in places if span[1] <= begin]
    if before:
        return before[-1]
    return places[0][0] if len({place for place, _ in places}) == 1 else None


def _nearest_place(
    text: str, places: Sequence[tuple[str, tuple[int, int]]], statement: Statement
) -> str | None:
    begin = _segment(text, statement)[0]
    before = [place for place, span in places if begin <= span[0] < statement.match.span[0]]
    return before[-1] if before else None


_SHORT_LEVEL = pattern("stated.short_level")
_LEVEL_NAMES = {"tinh": Level.PROVINCE, "huyen": Level.DISTRICT, "xa": Level.COMMUNE}


def _levels_in(text: str) -> list[tuple[Level, tuple[int, int]]]:
    """Levels in order; once "cấp" stands in the sentence, bare "huyện" and "xã" beside it count too."""
    full = find_levels(text)
    if not full:
        return []
    folded = fold(text)
    found = {span: level for level, span in full}
    for match in _SHORT_LEVEL.finditer(folded):
        inside = any(start <= match.start() < end for start, end in found)
        counted = re.search(r"[\d%]\s*$", folded[: match.start()])
        listed = pattern("stated.behind_level").match(folded[match.end() :])
        named = pattern("stated.part_of_name").match(folded[match.end() :])
        if not inside and not counted and listed and not named:
            found[match.span()] = _LEVEL_NAMES[match[1]]
    return sorted(((level, span) for span, level in found.items()), key=lambda item: item[1])


def _level_for(text: str, statement: Statement) -> Level | None:
    levels = _levels_in(text)
    begin, end = _segment(text, statement)
    own = [level for level, span in levels if begin <= span[0] < end]
    if len(set(own)) == 1:
        return own[0]
    if own:
        behind = [level for level, span in levels if statement.match.core[1] <= span[0] < end]
        before = [level for level, span in levels if begin <= span[0] < statement.match.span[0]]
        return before[-1] if before else behind[0]
    if statement.level:
        return statement.level
    return levels[0][0] if len({level for level, _ in levels}) == 1 else None
