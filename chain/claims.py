"""A text cut into claims that can be looked up: figures, persons, dates and document numbers.

Text in, `Assertion`s out, each with what it leaves to its neighbours filled in: place, year, indicator,
document. Nothing is compared with the plans here. Wording that this rests on: vietnamese/tables/claims.toml.
"""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache

from chain.cues import without
from chain.stated import Scope as StatedScope
from chain.stated import read_sentence
from chain.written_numbers import with_comparators, with_numerals
from domain.claims import Claim
from domain.figures import Comparator, Level, Quantity
from ingest.scopes import is_money
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.names import find_names
from vietnamese.patterns import alternatives, has_diacritics, matchable, whole_words
from vietnamese.places import find_places
from vietnamese.sentences import sentence_spans
from vietnamese.statements import Statement, find_statements
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch, find_times

_OPENING_CHARACTERS = 60  # how far into a sentence a time still opens it and carries on to the next
_FEWEST_WORDS = 2  # of a sentence that says something of the date or number in it


@dataclass(frozen=True, slots=True)
class Scope:
    """When, where and at which level a claim holds. `year_said`: in its own sentence, not carried over."""

    year: int | None = None
    period: tuple[int, int] | None = None
    relative_to: int | None = None
    place: str | None = None
    level: Level | None = None
    year_said: bool = False
    place_said: bool = False
    below: str | None = None  # a district, town or commune that the claim is about, or the whole country


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A quantity with what it measures. `base` is what a share is a share of, `own` the part of the sentence
    that is about this quantity.

    `word` is the comparator as it was written ("gần"), folded. `achieved`, `targeted` and `denied` tell how it is said.
    """

    claim: Claim
    sentence: str
    quantity: Quantity
    comparator: Comparator
    word: str
    indicator: str
    base: str
    own: str
    scope: Scope
    numbers: tuple[str, ...] = ()
    achieved: bool = False
    targeted: bool = False
    denied: bool = False
    extreme: str | None = None  # "largest" or "smallest", where it is called so


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """A person with what the sentence says of them. `signs`: that they signed or issued something."""

    claim: Claim
    sentence: str
    name: str
    office: str
    signs: bool
    scope: Scope
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A day, month or year on which something was issued, or by which something is due.

    `day` null where only `year` (and `month`) is said. `issues`: of a document; else a deadline.
    """

    claim: Claim
    sentence: str
    day: date | None
    year: int
    month: int | None
    issues: bool
    scope: Scope
    numbers: tuple[str, ...] = ()
    posted: bool = False


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A document's number with what the sentence says of the document."""

    claim: Claim
    sentence: str
    number: str
    scope: Scope


Assertion = FigureClaim | PersonClaim | DateClaim | NumberClaim


@dataclass(slots=True)
class _Carried:
    """What the sentences before lend to the next one."""

    time: TimeMatch | None = None
    place: str | None = None
    indicator: str = ""
    base: str = ""
    numbers: tuple[str, ...] = ()
    title_place: str | None = None
    levels: list[Level] = field(default_factory=list)


# ----- words ---------------------------------------------------------------------------------------------


@cache
def _pattern(path: str, accented: bool) -> re.Pattern[str]:
    section, key = path.split(".")
    return whole_words(table("claims")[section][key], accented=accented)


def spans_of(path: str, text: str) -> list[tuple[int, int]]:
    """Where the words of `section.key` of tables/claims.toml stand in `text`.

    In a text with diacritics they must have their own: the "quan" of "cơ quan" is not "quận".
    """
    form, accented = _form(text)
    return [match.span() for match in _pattern(path, accented).finditer(form)]


@lru_cache(maxsize=4096)
def _form(text: str) -> tuple[str, bool]:
    """`text` as word lists are matched on it, and whether that has diacritics."""
    accented = has_diacritics(text)
    return matchable(text, accented), accented


def _says(path: str, text: str) -> bool:
    return bool(spans_of(path, text))


DOCUMENT_NUMBER = re.compile(
    r"(?<![\w/])\d{1,5}[a-zA-Z]?(?:/\d{4})?\s*[-–/]\s*[A-ZĐa-zđ]{1,6}(?:\s?[-–/]\s?[A-ZĐa-zđ]+\d*)+"
    r"|(?<![\w/])\d{1,5}/[A-ZĐ]{1,4}\b|(?<![\w/])\d{1,5}-[A-ZĐ]{2,}(?:/[A-ZĐ]+)?|(?<![\w/])\d{1,4}/(?:19|20)\d{2}(?![\w/])"
)


@cache
def _named_number() -> re.Pattern[str]:
    names = [name for entry in table("document_kinds")["kind"] for name in entry["names"]]
    return re.compile(
        rf"(?<!\w)(?:{alternatives(names)})\s+(?:so\s*:?\s*)?(\d{{1,5}}[a-z]?(?:/\d{{4}})?)(?![\w/%-]|[.,]\d|\s*(?:%|ty|trieu))"
    )


def find_numbers(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Document numbers with their spans: "472/QĐ-UBND", "Quyết định số 472", "Kế hoạch số 91/2020"."""
    folded = fold(text)
    found = [(match.group(), match.span()) for match in DOCUMENT_NUMBER.finditer(text)]
    found = [
        item
        for item in found
        if re.search(r"[A-Za-zĐđ]", item[0]) or re.search(r"so\s*$", folded[: item[1][0]])
    ]
    for match in _named_number().finditer(folded):
        span = match.span(1)
        is_year = bool(re.fullmatch(r"(?:19|20)\d{2}", match[1])) and "so" not in match.group().split()
        if not is_year and not any(a < span[1] and span[0] < b for _, (a, b) in found):
            found.append((text[slice(*span)], span))
    return sorted(found, key=lambda item: item[1])


# ----- the text ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CutText:
    """The claims of a text, sentence by sentence, and how many sentences have none."""

    assertions: tuple[Assertion, ...]
    unchecked: int


def cut(text: str, today: date) -> CutText:
    """The claims of `text` (any Unicode form; spans count the characters of its NFC form)."""
    normal = unicodedata.normalize("NFC", text)
    carried = _Carried()
    found: list[Assertion] = []
    unchecked = 0
    for span in sentence_spans(normal):
        claims = list(_sentence_claims(normal, span, carried, today))
        found += claims
        unchecked += not claims and bool(re.search(r"\w", normal[slice(*span)]))
    return CutText(tuple(found), unchecked)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it is read: number words as numerals, marks and document numbers blanked.

    `offset` is where it begins in the text; `original` is the text of the file, `back` maps its positions.
    """

    original: str
    form: str
    offset: int
    numbers: tuple[tuple[str, tuple[int, int]], ...]
    times: tuple[TimeMatch, ...]
    places: tuple[tuple[str, tuple[int, int]], ...]

    def claim(self, start: int, end: int) -> Claim:
        """The part of the original that `form[start:end]` stands for, with what opens and closes it."""
        begin, stop = _back(self.original, self.form, start), _back(self.original, self.form, end)
        piece = self.original[begin:stop]
        begin += len(piece) - len(piece.lstrip(" ,;:"))
        stop -= len(piece) - len(piece.rstrip(" ,;:"))
        return Claim(self.original[begin:stop], (self.offset + begin, self.offset + stop))

    def whole(self) -> Claim:
        return self.claim(0, len(self.form))


def _back(original: str, form: str, position: int) -> int:
    """The position in `original` of one in `form`; they differ only where a number word was written as numeral."""
    if len(original) == len(form):
        return position
    if position >= len(form):
        return len(original)
    matcher = difflib.SequenceMatcher(None, form, original, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 <= position < i2:
            return min(j1 + position - i1, j2)
    return len(original)


def _read(text: str, span: tuple[int, int], today: date) -> _Sentence:
    original = text[slice(*span)]
    bare = re.sub(r"[*_`#]", " ", original)
    numbers = find_numbers(bare)
    form = with_numerals(with_comparators(without(bare, [where for _, where in numbers])))
    return _Sentence(original, form, span[0], tuple(numbers), find_times(form, today), find_places(form))


def _sentence_claims(text: str, span: tuple[int, int], carried: _Carried, today: date) -> Iterator[Assertion]:
    sentence = _read(text, span, today)
    figures = list(_figure_claims(sentence, carried))
    others = list(_document_claims(sentence, carried, bool(figures)))
    _carry(sentence, carried, figures)
    yield from sorted([*figures, *others], key=lambda found: found.claim.span)


def _carry(sentence: _Sentence, carried: _Carried, figures: Sequence[FigureClaim]) -> None:
    """Lend this sentence's opening time, its place, its document and its last indicator to the next."""
    said = [time for time in _state_times(sentence) if time.span[0] <= _OPENING_CHARACTERS or not figures]
    if said:
        carried.time = said[0] if len({(time.first, time.last) for time in said}) == 1 else None
    named = dict.fromkeys(place for place, _ in sentence.places)
    if len(named) == 1:
        carried.place = next(iter(named))
    if sentence.numbers:
        carried.numbers = (sentence.numbers[0][0],)
    if figures:
        carried.indicator, carried.base = figures[-1].indicator, figures[-1].base


# ----- figures -------------------------------------------------------------------------------------------


def _figure_claims(sentence: _Sentence, carried: _Carried) -> Iterator[FigureClaim]:
    form = _without_attribution(sentence)
    statements = find_statements(form)
    if not statements:
        return
    stated = _said_of(form, statements)
    behind = [(statement.indicator, base_of_statement(statement)) for statement in statements]
    for index, (statement, quantity) in enumerate(zip(statements, stated, strict=True)):
        indicator, base = _measured(statement, behind[index + 1 :], carried)
        if not re.search(r"[^\W\d_]", indicator):
            continue
        start = 0 if index == 0 else statement.segment[0]
        end = len(form) if index == len(statements) - 1 else statement.segment[1]
        own = form[slice(*statement.segment)]
        lead = form[: statement.match.span[0]]
        word = form[statement.match.span[0] : statement.match.core[0]]
        extreme, indicator = _without_superlative(indicator)
        yield FigureClaim(
            claim=sentence.claim(start, end),
            sentence=sentence.original,
            quantity=quantity.quantity,
            comparator=_comparator(word, quantity.comparator),
            word=fold(word).strip(),
            indicator=indicator,
            base=base,
            own=own,
            scope=_scope(sentence, form, statement, quantity, carried),
            numbers=tuple(number for number, _ in sentence.numbers) or _document_meant(sentence, carried),
            achieved=_is_achieved(own, lead),
            targeted=_says("achieved.targeted", form),
            extreme=extreme,
            denied=quantity.denied and not spans_of("negation.words", word),
        )
        carried.indicator, carried.base = indicator, base


def _comparator(word: str, read: Comparator) -> Comparator:
    """What the words before a number say, where the table of claims has them; else as it was read."""
    found = [
        (end - start, sign)
        for sign in table("claims")["comparators"]
        for start, end in spans_of(f"comparators.{sign}", word)
    ]
    return Comparator(max(found)[1]) if found else read


@dataclass(frozen=True, slots=True)
class _Said:
    """A quantity with the scope that its own sentence gives it."""

    quantity: Quantity
    comparator: Comparator
    scope: StatedScope
    denied: bool = False


def _said_of(form: str, statements: Sequence[Statement]) -> list[_Said]:
    """The scopes of the statements of a sentence, "lần lượt" understood; plain ones where the reading differs."""
    stated = read_sentence(form).quantities
    if len(stated) == len(statements):
        return [_Said(each.quantity, each.comparator, each.scope, each.denied) for each in stated]
    return [_Said(each.match.quantity, each.comparator, StatedScope(level=each.level)) for each in statements]


@cache
def _attributions(accented: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An opening that names a source up to its comma; a sayer with its verb, at a sentence's beginning."""
    words = table("claims")["attribution"]
    openings, sayers, verbs, links = (
        alternatives(words[key], accented=accented) for key in ("openings", "sayers", "verbs", "links")
    )
    return (
        re.compile(rf"^\W*(?:{openings})(?!\w)[^,;:%]*[,:](?!\d)"),
        re.compile(
            rf"^\W*(?:[^,;%]*,\s*)??(?:{sayers})(?!\w)[^,;:%\d]*?\s(?:{verbs})(?!\w)(?:\s+(?:{links})(?!\w))*"
        ),
    )


def _without_attribution(sentence: _Sentence) -> str:
    """The sentence's form with who says it blanked, but for the times, places and levels in that."""
    form = sentence.form
    accented = has_diacritics(form)
    kept = [time.span for time in sentence.times] + [span for _, span in sentence.places]
    kept += [span for _, span in find_levels(form)]
    for pattern in _attributions(accented):
        hidden = matchable(_with_times_hidden(form, sentence.times), accented)
        if (match := pattern.match(hidden)) and re.search(r"\d", form[match.end() :]):
            form = _blanked_but(form, match.end(), kept)
    return form


def _with_times_hidden(text: str, times: Sequence[TimeMatch]) -> str:
    characters = list(text)
    for time in times:
        for index in range(*time.span):
            if characters[index].isdigit():
                characters[index] = "y"
    return "".join(characters)


def _blanked_but(text: str, end: int, kept: Sequence[tuple[int, int]]) -> str:
    characters = [
        character
        if index >= end or character in ",." or any(start <= index < stop for start, stop in kept)
        else " "
        for index, character in enumerate(text)
    ]
    return "".join(characters)


def _measured(statement: Statement, behind: Sequence[tuple[str, str]], carried: _Carried) -> tuple[str, str]:
    """The indicator and its base. Where this quantity has none of its own or only points at it, that of the
    next one of the sentence ("lần lượt 90%, 80% và 70% hồ sơ"), else that of the one before."""
    indicator, base = without_places(statement.indicator), base_of_statement(statement)
    exceptions = spans_of("exceptions.words", indicator)
    if exceptions and re.search(r"\w", indicator[: exceptions[0][0]]):
        indicator = indicator[: exceptions[0][0]]
    anaphors = spans_of("anaphors.phrases", indicator)
    levels = [span for _, span in find_levels(indicator)]
    rest = without(indicator, anaphors + levels + spans_of("fillers.phrases", indicator))
    if re.search(r"[^\W\d_]", rest):
        return without(indicator, anaphors), base
    if is_money(statement.match.quantity) and spans_of("needed.words", indicator):
        return table("claims")["needed"]["indicator"][0], ""
    following = next(((i, b) for i, b in behind if re.search(r"[^\W\d_]", i)), None)
    if following and not re.search(r"[^\W\d_]", without(indicator, spans_of("fillers.light", indicator))):
        return without_places(following[0]), following[1]
    return (carried.indicator, carried.base) if carried.indicator else (without(indicator, anaphors), base)


def _without_superlative(indicator: str) -> tuple[str | None, str]:
    """Which extreme the words call the quantity, and the words without that."""
    for extreme in ("largest", "smallest"):
        if spans := spans_of(f"superlatives.{extreme}", indicator):
            return extreme, without(indicator, spans)
    return None, indicator


def base_of_statement(statement: Statement) -> str:
    return without_places(base_of(statement.indicator, statement.quantity_at, statement.match.quantity))


def base_of(indicator: str, quantity_at: int | None, quantity: Quantity) -> str:
    """What a quantity is a share or a count of: the noun phrase behind it, else the one that opens the indicator."""
    behind = indicator[quantity_at:].strip() if quantity_at is not None else ""
    phrase = behind if re.search(r"[^\W\d_]", behind) and quantity.base_unit.startswith("%") else indicator
    if quantity.base_unit not in ("%", "‰"):
        return ""
    while (spans := spans_of("base.openings", phrase)) and not phrase[: spans[0][0]].strip():
        phrase = phrase[spans[0][1] :]
    phrase = phrase.strip()
    ends = [start for start, _ in spans_of("base.ends", phrase) if start > 0]
    return phrase[: min(ends)].strip() if ends else phrase


def without_places(text: str) -> str:
    """`text` without the names of provinces, with "tỉnh" in front of them, and of what lies in these."""
    spans = [
        (match.start(), match.end() + len(name))
        for match in _below_pattern().finditer(text)
        if (name := _capitalised_run(text[match.end() :]))
    ]
    for _, (start, end) in find_places(text):
        lead = re.search(r"(?:tỉnh|tinh)\s+$", text[:start])
        spans.append((lead.start() if lead else start, end))
    return re.sub(r"\s+", " ", without(text, spans)).strip()


def _is_achieved(own: str, lead: str) -> bool:
    spans = spans_of("achieved.phrases", own)
    return bool(spans) or bool(spans_of("achieved.phrases", lead[-40:]))


_ISSUED_BEFORE = re.compile(
    r"(?:ban\s+hanh|ky|phe\s+duyet|cong\s+bo|dang|thong\s+qua|ra\s+doi)(?:\s+\w+){0,2}\s*(?:vao\s+)?(?:nam|thang\s+\d+)?\s*$"
)


def _state_times(sentence: _Sentence) -> list[TimeMatch]:
    """Times at which something is said to hold: no day, no year of issue, none that is compared with."""
    folded = fold(sentence.form)
    return [
        time
        for time in sentence.times
        if time.kind in (TimeKind.YEAR, TimeKind.PERIOD)
        and not _ISSUED_BEFORE.search(folded[: time.span[0]])
        and not _opens_issue(folded, time)
    ]


def _opens_issue(folded: str, time: TimeMatch) -> bool:
    """ "Năm 2016, UBND tỉnh ban hành …": the year of issue stands before the verb."""
    behind = folded[time.span[1] :]
    return not time.deadline and bool(
        re.match(
            r"\s*,?\s*(?:ubnd|uy ban|chu tich|pho chu tich|tinh|ong|ba)\b[^,;%]{0,60}?\b(?:ban hanh|phe duyet|ky)\b",
            behind,
        )
    )


def _scope(sentence: _Sentence, form: str, statement: Statement, quantity: _Said, carried: _Carried) -> Scope:
    said = quantity.scope
    times = {(time.first, time.last) for time in _state_times(sentence)}
    year, period, year_said = said.year, said.period, True
    if (year, year) not in times and year is not None:
        year = None
    if year is None and period is None:
        year_said = False
        if time := _own_date(sentence, statement):
            year, year_said = time.first, True
        elif carried.time:
            year = carried.time.first if carried.time.kind is TimeKind.YEAR else None
            period = (carried.time.first, carried.time.last) if year is None else None
    below = _below(form, statement)
    return Scope(
        year=year,
        period=period,
        relative_to=said.relative_to,
        place=said.place or carried.place,
        level=(said.level or statement.level) if _names_a_level(form) else None,
        year_said=year_said,
        place_said=bool(said.place),
        below=below,
    )


_OTHER_CAP = re.compile(r"(?:nâng|cung|trung|nang|cung|trung)\s+$", re.IGNORECASE)


def _names_a_level(form: str) -> bool:
    """Whether the sentence names a level; "nâng cấp cơ sở dữ liệu" names none."""
    return any(not _OTHER_CAP.search(form[:start]) for _, (start, _) in find_levels(form)) or not find_levels(
        form
    )


def _own_date(sentence: _Sentence, statement: Statement) -> TimeMatch | None:
    """A day by which the quantity of this statement is due."""
    begin, end = statement.segment
    return next(
        (
            time
            for time in sentence.times
            if time.kind is TimeKind.DATE and time.deadline and begin <= time.span[0] < end
        ),
        None,
    )


@cache
def _below_pattern() -> re.Pattern[str]:
    kinds = alternatives(table("claims")["below"]["kinds"], accented=True)
    return re.compile(rf"(?<!\w)(?:{kinds})\s+", re.IGNORECASE)


def _below(form: str, statement: Statement) -> str | None:
    """A district or town by name, or the country, that the sentence is about: the plans are a province's."""
    for match in _below_pattern().finditer(form):
        if form[: match.start()].lower().endswith(("hợp tác ", "hop tac ")):
            continue
        if name := _capitalised_run(form[match.end() :]):
            return match.group() + name
    lead = form[: statement.match.span[0]]
    country = spans_of("below.country", lead)
    return lead[slice(*country[0])] if country else None


def _capitalised_run(text: str) -> str:
    """The capitalised words that `text` begins with."""
    words = itertools.takewhile(lambda word: word[:1].isupper() and word.isalpha(), text.split(" "))
    run = " ".join(words)
    following = text[len(run) :].lstrip().split(" ")[0].rstrip(",.;:")
    return f"{run} {following}".strip() if following[:1].isupper() and following.isalpha() else run


def _document_meant(sentence: _Sentence, carried: _Carried) -> tuple[str, ...]:
    """The number that "Quyết định này" stands for."""
    form = sentence.form
    pointing = [
        span
        for span in spans_of("anaphors.documents", form)
        if re.search(r"(?:này|đó|trên|nay|do|tren)$", form[slice(*span)])
    ]
    return carried.numbers if pointing else ()


# ----- persons, dates, document numbers ------------------------------------------------------------------


_HONORIFIC = re.compile(r"(?<!\w)(?:ông|bà|đồng chí)\s+", re.IGNORECASE)
_NAME_WORDS = (2, 5)


def _document_claims(sentence: _Sentence, carried: _Carried, has_figures: bool) -> Iterator[Assertion]:
    form, scope = sentence.form, _sentence_scope(sentence, carried)
    numbers = tuple(number for number, _ in sentence.numbers) or _document_meant(sentence, carried)
    signs = _says("issuing.verbs", form)
    found: list[Assertion] = [
        PersonClaim(
            claim=sentence.whole(),
            sentence=sentence.original,
            name=name,
            office=_office_in(form, name),
            signs=signs and not _speaks(form),
            scope=scope,
            numbers=numbers,
        )
        for name in _persons(form)
    ]
    found += _dates(sentence, scope, numbers, signs, has_figures)
    yield from found
    if sentence.numbers and not has_figures and (_is_described(sentence) or not found):
        yield from _numbers(sentence, scope)


def _is_described(sentence: _Sentence) -> bool:
    """Whether a sentence with a document's number also says what the document is about."""
    form = sentence.form
    spans = [time.span for time in sentence.times] + [span for _, span in sentence.places]
    for name in _persons(form):
        spans += [match.span() for match in re.finditer(re.escape(name), form)]
    for path in ("issuing.verbs", "issuing.posting", "issuing.around", "fillers.phrases"):
        spans += spans_of(path, form)
    folded = fold(form)
    offices = (fold(office) for office in table("names")["offices"])
    spans += [match.span() for office in offices for match in re.finditer(re.escape(office), folded)]
    return len(re.findall(r"[^\W\d_]+", without(form, spans))) >= _FEWEST_WORDS


def _persons(form: str) -> tuple[str, ...]:
    honoured = [_capitalised_run(form[match.end() :]) for match in _HONORIFIC.finditer(form)]
    honoured = [name for name in honoured if _NAME_WORDS[0] <= len(name.split()) <= _NAME_WORDS[1]]
    named = [*find_names(form), *(name for name in honoured if not find_places(name))]
    kept = [name for name in named if not any(name != other and name in other for other in named)]
    return tuple(dict.fromkeys(kept))


def _speaks(form: str) -> bool:
    return bool(re.search(r"(?<!\w)(?:cho biet|khang dinh|phat bieu|chia se|nhan manh)(?!\w)", fold(form)))


def _office_in(form: str, name: str) -> str:
    """The office that the sentence gives the person, folded: right before the name, or behind it after a comma."""
    offices = sorted((fold(office) for office in table("names")["offices"]), key=len, reverse=True)
    folded = fold(form)
    at = folded.find(fold(name))
    before, behind = folded[:at], folded[at + len(name) :]
    pattern = "|".join(map(re.escape, offices))
    near = list(re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", before))
    if near and len(before) - near[-1].end() <= 70 and "," not in before[near[-1].end() :].rstrip(" ,"):
        return near[-1].group()
    after = re.match(rf"\s*(?:,|\(|–|-|la|giu chuc|giu chuc vu)\s*(?:quyen )?({pattern})(?!\w)", behind)
    return after[1] if after else ""


def _sentence_scope(sentence: _Sentence, carried: _Carried) -> Scope:
    named = list(dict.fromkeys(place for place, _ in sentence.places))
    said = _state_times(sentence)
    return Scope(
        year=said[0].first if said and said[0].kind is TimeKind.YEAR else None,
        period=next(((t.first, t.last) for t in said if t.kind is TimeKind.PERIOD), None),
        place=named[0] if named else carried.place,
        place_said=bool(named),
        year_said=bool(said),
    )


def _dates(
    sentence: _Sentence, scope: Scope, numbers: tuple[str, ...], signs: bool, has_figures: bool
) -> Iterator[DateClaim]:
    form = sentence.form
    folded = fold(form)
    posted = _says("issuing.posting", form)
    for time in sentence.times:
        if time.kind is TimeKind.DATE:
            behind_number = any(
                0 <= time.span[0] - end <= 12 and "," not in form[end : time.span[0]]
                for _, (_, end) in sentence.numbers
            )
            issues = (signs or posted or behind_number) and not (
                time.deadline and not _issued_at(folded, time)
            )
            if not issues and not time.deadline:
                continue
            yield DateClaim(
                sentence.whole(), sentence.original, time.day, time.first, time.day.month if time.day else None,
                issues, scope, numbers, posted and not signs,
            )  # fmt: skip
        elif (
            time.kind is TimeKind.YEAR
            and (signs or posted)
            and (numbers or not has_figures)
            and (_ISSUED_BEFORE.search(folded[: time.span[0]]) or _opens_issue(folded, time))
        ):
            month = re.search(
                r"thang\s+(\d{1,2})\s*(?:/|nam|$)", folded[max(0, time.span[0] - 14) : time.span[1]]
            )
            yield DateClaim(
                sentence.whole(), sentence.original, None, time.first, int(month[1]) if month else None,
                True, scope, numbers, posted and not signs,
            )  # fmt: skip


def _issued_at(folded: str, time: TimeMatch) -> bool:
    return bool(_ISSUED_BEFORE.search(re.sub(r"(?:vao\s+)?(?:ngay\s+)?$", "", folded[: time.span[0]])))


def _numbers(sentence: _Sentence, scope: Scope) -> Iterator[NumberClaim]:
    for number, _ in sentence.numbers:
        yield NumberClaim(sentence.whole(), sentence.original, number, scope)


def with_scope(claim: FigureClaim, **changes: object) -> FigureClaim:
    """The claim with another scope."""
    return replace(claim, scope=replace(claim.scope, **changes))  # type: ignore[arg-type]
