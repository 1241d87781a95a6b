"""A question into a `Reading`: constraints, what is asked for, and its content words with their weight.

Text and knowledge in, values out. Follow-ups are completed before (chain.followups); nothing is looked up
here beyond which words, documents and places the plans know.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from chain.cues import find_cues, has_cue, pattern, superlative, without
from chain.knowledge import Knowledge, Words, tokens_of
from chain.qualifiers import excluded_spans, exclusion_spans
from domain.answers import Filters, Query, Wanted
from domain.documents import Source
from domain.figures import Level, Quantity
from vietnamese.abbreviations import written_out
from vietnamese.document_numbers import find_document_numbers, is_named_by
from vietnamese.folding import accented_syllables, fold, is_syllable, syllables
from vietnamese.levels import find_levels, find_loose_levels
from vietnamese.numbers import parse_number
from vietnamese.patterns import alternatives, has_diacritics
from vietnamese.places import find_places
from vietnamese.quantities import counted_noun, find_quantities
from vietnamese.rarity import rarity_of
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch, find_times
from vietnamese.units_of_place import spoken

_FILLER_WEIGHT = 0.08  # of a word that says nothing of the topic
_UNSURE_FILLER_WEIGHT = 0.25  # of one that may be another word without its diacritics ("co": có, cơ)
_IN_PLANS, _AT_LARGE, _AT_LARGE_ALONE = 0.5, 0.35, 0.45  # shares of the two rarities in a word's weight
_WORD = re.compile(r"[^\W_]+")
_SMALL_NUMBER = 2.0  # the weight of the 3 in "mức độ 3"; longer numbers are hints, not topics
_COMMON = 6.0  # the rarity below which a word that the plans do not have is no slip
_LEVEL_WEIGHT = 0.35  # of a word that names a level in passing
_SHORTEST_SLIP = 3  # letters; shorter words are not mended


@dataclass(frozen=True, slots=True)
class Reading:
    """A `Query` with what matching needs: content words in order and the weight of each.

    `unit` is "money", "share", "factor" or a counted noun where the question asks for one; `sources` are
    the documents that it names by number. `loose_levels` are levels that it names without "cấp" or inside a
    body's name: they choose between siblings and exclude nothing. `hints` are quantities that it names;
    `typed` are its words as they were typed, in lower case. `asks_rows`: it speaks of rows of a table
    or of money, so that a row may answer it. `level_words` are the positions of words that name a level.
    `counts_only`: it asks how many there are ("là bao nhiêu người?"), which no share answers.
    `excluded` are the words of each thing that it says it does not mean ("không phải bên Tỉnh ủy").
    `forms` are the diacritics that a word was typed with, where the plans know the word so.
    """

    query: Query
    words: tuple[str, ...]
    weights: Mapping[str, float]
    sources: tuple[Source, ...] = ()
    unknown_number: str | None = None
    unit: str | None = None
    role: str | None = None
    content: str = ""
    comparing: bool = False
    loose_levels: tuple[Level, ...] = ()
    asks_rows: bool = False
    typed: frozenset[str] = frozenset()
    hints: tuple[Quantity, ...] = ()
    excluded: tuple[frozenset[str], ...] = ()
    level_words: frozenset[int] = frozenset()
    counts_only: bool = False
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def spoken(self) -> str:
        """What the question says, for `vietnamese.units_of_place.says`."""
        return spoken(self.query.terms)

    def part(self, start: int, end: int) -> Reading:
        """The reading of `query.terms[start:end]` alone, under the same constraints."""
        if len(self.content) != len(self.query.terms):
            return self
        inside = [start <= match.start() < end for match in _WORD.finditer(self.content)]
        words = tuple(word for word, kept in zip(self.words, inside, strict=True) if kept)
        return replace(
            self, words=words, weights={word: self.weights[word] for word in words}, level_words=frozenset()
        )

    def is_form(self, word: str, own: Words) -> bool:
        """Whether `own` holds a word of the question with the diacritics that it was typed with."""
        forms = self.forms.get(word)
        return forms is None or not forms.isdisjoint(own.accented)


# "2021 so 2023", "giảm bao nhiêu so 2023"; the "so" of "cong nghe so 2027" is no comparison.
_BARE_SO = pattern("understanding.bare_so")


def normalised(question: str) -> str:
    """NFC, white space made one space, "2021 so 2023" as "2021 so với 2023"; "số 2027" stays.

    A bound is written as its number: "cao hơn mức 70%" as "cao hơn 70%", "chưa tới một nửa" as "chưa tới 50%".
    """
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", question)).strip()
    text = _BARE_SO.sub(r"\1 với ", text)
    return pattern("understanding.half").sub(r"\1 50%", pattern("understanding.bound_named").sub(r"\1 ", text))


def _as_defined(text: str, knowledge: Knowledge) -> str:
    """`text` with the abbreviations that the plans explain written out, however they were typed."""
    explained = knowledge.explained
    accented = has_diacritics(text)

    def meant(match: re.Match[str]) -> str:
        written = explained.get(fold(match.group()))
        return match.group() if written is None else written if accented else fold(written)

    return _ALONE.sub(meant, text) if explained else text


_ALONE = re.compile(r"(?<![\w/-])[^\W_]+(?![\w/-])")  # no part of a document's number


def read_question(
    standalone: str, asked: str, knowledge: Knowledge, today: date, filters: Filters
) -> Reading:
    """The reading of a question that stands alone; `asked` is how it was typed."""
    text = mended(written_out(_as_defined(normalised(standalone), knowledge)), knowledge)
    numbers, named = named_documents(text, knowledge)
    without_numbers = without(text, [_with_kind(text, span) for _, span in numbers])
    times = find_times(without_numbers, today)
    places = find_places(without_numbers)
    levels = find_levels(without_numbers)
    quantities = find_quantities(without_numbers)
    hints = [match.core if not match.noun else match.number for match in quantities]
    not_meant = excluded_spans(without_numbers)
    named_apart = [time.span for time in times] + [span for _, span in places] + hints
    content = without(without_numbers, named_apart + exclusion_spans(without_numbers))
    level_spans = _spans_of_levels(content)
    words, weights = _weighted(content, level_spans, knowledge)
    kinds = {time.kind for time in times}
    comparing = has_cue("comparison.cues", text) or {TimeKind.RELATIVE, TimeKind.YEAR} <= kinds
    year_kinds = {TimeKind.YEAR, TimeKind.DATE} | ({TimeKind.RELATIVE} if comparing else set())
    query = Query(
        question=asked,
        standalone=standalone,
        terms=text,
        tokens=words,
        wanted=_wanted(text, times, places, [level for level, _ in levels]),
        years=tuple(dict.fromkeys(time.first for time in times if time.kind in year_kinds)),
        period=next(((time.first, time.last) for time in times if time.kind is TimeKind.PERIOD), None),
        places=tuple(dict.fromkeys(place for place, _ in places)) or filters.places,
        levels=_compared_levels(without_numbers)
        if comparing and not levels
        else _level_constraints(without_numbers, levels),
        document_numbers=tuple(number for number, _ in numbers),
        filters=filters,
    )
    return Reading(
        query=query,
        words=words,
        weights=weights,
        sources=named,
        unknown_number=numbers[0][0] if numbers and not named else None,
        unit=_unit_asked(text),
        counts_only=any(pattern.search(fold(text)) for pattern in (_HOW_MANY_AT_END, _PIECES, _HOW_MANY_IN_ALL)),
        role=None if comparing or len(query.years) > 1 else _role_asked(_without_outlook(text, today)),
        content=content,
        comparing=comparing,
        asks_rows=any(
            has_cue(cue, text) for cue in ("table.rows", "table.funds", "table.added", "unit.money")
        ),
        typed=frozenset(word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))),
        hints=tuple(match.quantity for match in quantities),
        excluded=tuple(
            words for span in not_meant for words in _telling_parts(without_numbers[slice(*span)], knowledge) if words
        ),
        forms=_forms(content, knowledge),
        level_words=frozenset(
            position for position, match in enumerate(_WORD.finditer(content)) if _within(match, level_spans)
        ),
        loose_levels=tuple(dict.fromkeys(level for level, _ in find_loose_levels(without_numbers))),
    )


# ----- words ---------------------------------------------------------------------------------------------


_CUES_WITHOUT_TOPIC = (
    "ignored.phrases",
    "wanted.person.cues", "wanted.date.cues", "wanted.number.cues", "wanted.place.cues", "comparison.cues",
    "comparison.difference", "comparison.ratio", "unit.factor",
)  # fmt: skip


def _forms(content: str, knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """The accented forms of each word that was typed with diacritics; none of what may be a slip.

    "lương" is a word of its own, although the plans only have "lượng"; "sô" is "số".
    """
    forms: dict[str, set[str]] = {}
    unsure: set[str] = set()
    for typed in _WORD.findall(content):
        word, form = fold(typed), accented_syllables(typed)[0]
        meant = form in knowledge.accented_vocabulary or rarity_of(typed.lower()) < _COMMON
        if form != word and meant:
            forms.setdefault(word, set()).add(form)
        else:
            unsure.add(word)
    return {word: frozenset(own) for word, own in forms.items() if word not in unsure}


_BODY_BEFORE_LEVEL = pattern("understanding.body_before_level")


def _spans_of_levels(content: str) -> list[tuple[int, int]]:
    """Where the question names a level, with the body that it names it by ("Ủy ban nhân dân cấp huyện")."""
    folded = fold(content)
    bodies = [
        (_BODY_BEFORE_LEVEL.search(folded[:start]), start, end)
        for _, (start, end) in find_loose_levels(content)
    ]
    return [(body.start() if body else start, end) for body, start, end in bodies]


def _within(word: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start() < end for start, end in spans)


def _weighted(
    content: str, level_spans: Sequence[tuple[int, int]], knowledge: Knowledge
) -> tuple[tuple[str, ...], dict[str, float]]:
    """The content words in order, folded, each with its weight; fillers weigh next to nothing."""
    accented = has_diacritics(content)
    filler_spans = [span for path in _CUES_WITHOUT_TOPIC for span in find_cues(path, content)]
    telling = find_cues("ignored.but", content) + find_cues("ignored.within", content)
    filler_spans = _framing_spans(content, knowledge) + [
        span
        for span in filler_spans
        if not _in_compound(content, span, knowledge)
        and not any(start <= span[0] and span[1] <= end for start, end in telling)
    ]
    kept = set(tokens_of(without(content, filler_spans)))
    sure = {
        word
        for span in filler_spans
        if " " in content[slice(*span)]
        for word in syllables(content[slice(*span)])
    }
    words: list[str] = []
    weights: dict[str, float] = {}
    for match in _WORD.finditer(content):
        typed, word = match.group().lower(), fold(match.group())
        words.append(word)
        weight = _weight(typed, word, knowledge)
        if _within(match, level_spans):
            weight *= _LEVEL_WEIGHT
        if word in kept:
            weights[word] = max(weight, weights.get(word, 0.0))
        elif word not in weights:
            known = accented or word in sure
            weights[word] = min(weight, 1.0) * (_FILLER_WEIGHT if known else _UNSURE_FILLER_WEIGHT)
    return tuple(words), weights


_OR = pattern("understanding.or")


def _telling_parts(text: str, knowledge: Knowledge) -> list[frozenset[str]]:
    """The words that tell something in each of the alternatives of a text, folded."""
    parts = [tokens_of(without(part, find_cues("ignored.phrases", part))) for part in _OR.split(text)]
    return [frozenset(word for word in part if knowledge.frequencies[word]) for part in parts]


_CLAUSE = re.compile(r"[^,:;.!?\n]+")
_OF_PLANS = 0.34  # of a clause's pairs of syllables that stand side by side in some plan


def _framing_spans(content: str, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Clauses before the one that asks which only say who asks and what for ("Phòng tôi đang lập biểu, …")."""
    clauses = [match for match in _CLAUSE.finditer(content) if syllables(match.group())]
    framing = []
    for clause in clauses[:-1]:
        if find_cues("figure.how_much", clause.group()) or find_cues("list.cues", clause.group()):
            break
        pairs = list(itertools.pairwise(syllables(clause.group())))
        known = sum(knowledge.pair_frequencies[pair] > 0 for pair in pairs)
        announces = content[clause.end() : clause.end() + 1] == ":"
        if has_cue("ignored.asker", clause.group()) and (announces or known < _OF_PLANS * len(pairs)):
            framing.append(clause.span())
    return framing


@cache
def single_fillers() -> frozenset[str]:
    """Fillers of one syllable, folded: two of them side by side make no word."""
    phrases = table("questions")["ignored"]["phrases"]
    return frozenset(fold(phrase) for phrase in phrases if len(phrase.split()) == 1)


def _in_compound(text: str, span: tuple[int, int], knowledge: Knowledge) -> bool:
    """Whether a filler of one syllable is part of a word here: the "giao" of "giao thông"."""
    words = syllables(text[slice(*span)])
    if len(words) != 1:
        return False
    fillers = single_fillers()
    before = [word for word in syllables(text[: span[0]])[-1:] if word not in fillers]
    after = [word for word in syllables(text[span[1] :])[:1] if word not in fillers]
    return any(knowledge.is_compound(left, words[0], words[0]) for left in before) or any(
        knowledge.is_compound(words[0], right, words[0]) for right in after
    )


def _weight(typed: str, word: str, knowledge: Knowledge) -> float:
    """How much a word tells: by the plans and by the language at large; by that alone where no plan has it."""
    at_large = rarity_of(typed)
    if typed.isdigit():
        return _SMALL_NUMBER if len(typed) == 1 else 0.1
    if not knowledge.frequencies[word]:
        return _AT_LARGE_ALONE * at_large
    return max(_IN_PLANS * min(knowledge.rarity(word), 4.0) + _AT_LARGE * min(at_large, 6.0), 0.1)


def mended(text: str, knowledge: Knowledge) -> str:
    """`text` with typing slips mended: a word that is no syllable, one slip from a known one that fits in."""
    if not knowledge.passages:
        return text
    pieces = re.split(r"(\W+)", text)
    bare = [syllables(piece)[0] if syllables(piece) else "" for piece in pieces]
    for index, word in enumerate(bare):
        if (other := _with_other_vowel(word)) and not knowledge.frequencies[word] and knowledge.frequencies[other]:
            pieces[index] = pieces[index][:-1] + pieces[index][-1].translate(_OTHER_VOWEL)
            bare[index] = other
            continue
        if (
            len(word) < _SHORTEST_SLIP
            or not word.isalpha()
            or knowledge.frequencies[word]
            or is_syllable(word)
        ):
            continue
        before = bare[index - 2] if index >= 2 else ""
        after = bare[index + 2] if index + 2 < len(bare) else ""
        if better := _fitting(word, before, after, knowledge, both=is_syllable(word)):
            pieces[index] = better
    return "".join(pieces)


def _with_other_vowel(word: str) -> str:
    """A word that ends in "i" with "y" and the other way round: both "kí" and "ký" are written."""
    return f"{word[0]}{'y' if word[1] == 'i' else 'i'}" if _EITHER_VOWEL.fullmatch(word) else ""


_EITHER_VOWEL = re.compile(r"[hklmst][iy]")
_OTHER_VOWEL = str.maketrans("iíìỉĩịyýỳỷỹỵ", "yýỳỷỹỵiíìỉĩị")


def _fitting(word: str, before: str, after: str, knowledge: Knowledge, *, both: bool) -> str | None:
    """The known word one slip away that stands beside a neighbour somewhere in the plans; most frequent first.

    `both` asks for both neighbours: a word that could be Vietnamese is not mended lightly.
    """
    near = [
        known
        for known in knowledge.frequencies
        if abs(len(known) - len(word)) <= 1
        and known.isalpha()
        and len(known) > 1
        and DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1
    ]
    fits = [
        known
        for known in near
        if ((before, known) in knowledge.known_pairs) + ((known, after) in knowledge.known_pairs) >= 1 + both
    ]
    return max(fits, key=lambda known: (knowledge.frequencies[known], known)) if fits else None


# ----- documents named -----------------------------------------------------------------------------------


def named_documents(
    text: str, knowledge: Knowledge
) -> tuple[tuple[tuple[str, tuple[int, int]], ...], tuple[Source, ...]]:
    """The document numbers that the question names, with spans, and the documents that bear them.

    "472/QĐ-UBND" and "Quyết định 472" both name the decision; a page about a plan answers for its number.
    """
    digits = re.compile(r"\d+")
    known = {
        own[0] for source in knowledge.sources.values() for own in map(digits.match, source.numbers) if own
    }
    numbers = find_document_numbers(text, known)
    found = [
        source
        for number, span in numbers
        for source in knowledge.sources.values()
        if any(is_named_by(own, number) for own in source.numbers) and _is_of_kind(text, span, source)
    ]
    return numbers, tuple(sorted(dict.fromkeys(found), key=lambda source: source.authority))


def _is_of_kind(text: str, span: tuple[int, int], source: Source) -> bool:
    """Whether a document is of the kind that stands before its bare number: "Nghị quyết 52" is no plan 52."""
    start, _ = _with_kind(text, span)
    named = pattern("understanding.number_word").sub("", fold(text[start : span[0]]))
    number = text[slice(*span)]
    kinds = {source.kind} | ({source.about.kind} if source.about else set())
    rows = {row["kind"] for row in table("document_kinds")["kind"] if named in map(fold, row["names"])}
    if rows & {"plan", "programme"}:  # a decision approves them and lends them its number
        rows.add("decision")
    return not rows or "/" in number or not rows.isdisjoint(kinds)


def _with_kind(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span of a document's number with the noun of its kind before it ("Quyết định 472")."""
    names = [name for entry in table("document_kinds")["kind"] for name in entry["names"]]
    match = pattern("understanding.kind_before", names=alternatives(names)).search(fold(text[: span[0]]))
    return (match.start(), span[1]) if match else span


# ----- what is asked for ---------------------------------------------------------------------------------


# "chữ ký số | bao nhiêu tiền" does not ask for a document's number.
_NUMBER_OF_A_THING = pattern("understanding.number_of_a_thing")


# "kế hoạch bao nhiêu, thực hiện bao nhiêu?": what was aimed at and what came of it.
_PLAN_AND_RESULT = pattern("understanding.plan_and_result")


def sets_result_against_plan(text: str) -> bool:
    """Whether a question asks for what was aimed at and for what came of it."""
    return bool(_PLAN_AND_RESULT.search(fold(text)))


# "nhiều vốn hơn dự án B bao nhiêu?"
_MORE_THAN = pattern("understanding.more_than")


# "Phủ Lý hơn Lý Nhân bao nhiêu về tỷ lệ …?"
_MORE_THAN_ONE = pattern("understanding.more_than_one")


# "Cao Lộc với Đình Lập, nơi nào có nhiều hồ sơ hơn?", "địa phương nào dưới 60?": what is asked for are rows.
_WHICH_MORE = pattern("understanding.which_more")
_LIMITED = pattern("understanding.limited")


def _wanted(
    text: str, times: Sequence[TimeMatch], places: Sequence[object], levels: Sequence[object]
) -> Wanted:
    if has_cue("wanted.issuer.cues", text):
        return Wanted.DOCUMENT
    of_row = bool(pattern("understanding.which_row").search(fold(text))) or has_cue("table.which_body", text)
    ranks = of_row and (superlative(text) or _LIMITED.search(fold(text)))
    if has_cue("wanted.person.cues", text) and not has_cue("table.funds", text) and not ranks:
        return Wanted.PERSON
    years = {time.first for time in times if time.kind is TimeKind.YEAR}
    between_years = len(years) > 1 and has_cue("comparison.cues", text)
    if has_cue("wanted.date.cues", text) and not has_cue("unit.duration", text) and not between_years and not ranks:
        return Wanted.DATE
    which_more = bool(_WHICH_MORE.search(fold(text)))
    of_rows = has_cue("table.funds", text) or has_cue("table.empty", text) or which_more or _LIMITED.search(fold(text))
    asks_place = _asks_place(text) and not of_rows
    if asks_place and not has_cue("comparison.cues", text) and not superlative(text):
        return Wanted.DOCUMENT
    if (
        has_cue("wanted.number.cues", text)
        and not _NUMBER_OF_A_THING.search(fold(text))
        and not has_cue("figure.cues", without(text, find_cues("wanted.number.cues", text)))
    ):
        return Wanted.NUMBER
    if pattern("understanding.which_figures").search(fold(text)):
        return Wanted.LIST
    if asks_why(text) and not has_cue("figure.amount", text):
        return Wanted.PROSE
    each = bool(pattern("understanding.each_of").search(fold(text)))
    of_years = {TimeKind.RELATIVE, TimeKind.YEAR} <= {time.kind for time in times}
    compares = has_cue("comparison.cues", text) or each or _opens_comparison(text) or of_years
    asked = asked_clause(text)
    if asked != text and has_cue("prose.how", asked) and not has_cue("figure.how_much", asked):
        return Wanted.PROSE  # "… thấp hơn chỉ tiêu thì bị xử lý ra sao?" compares nothing
    if has_cue("prose.how", text) and not has_cue("figure.how_much", text) and not compares:
        return Wanted.PROSE
    several = (
        len(set(levels)) > 1
        or len({time.first for time in times if time.kind is TimeKind.YEAR}) > 1
        or len(set(places)) > 1
    )
    if (
        compares
        or several
        or which_more
        or _MORE_THAN.search(fold(text))
        or _MORE_THAN_ONE.search(fold(text))
        or sets_result_against_plan(text)
    ):
        return Wanted.COMPARISON
    if _WHAT_KIND.search(fold(text)) and not has_cue("figure.how_much", text) and not has_cue("table.funds", text):
        return Wanted.LIST
    if has_cue("figure.cues", text):
        return Wanted.FIGURE
    if has_cue("prose.cues", text):
        return Wanted.PROSE
    if has_cue("list.cues", text):
        return Wanted.LIST
    return Wanted.FIGURE if times or levels else Wanted.ANYTHING


# "Vốn Trung ương rót vào loại dự án nào?" asks for kinds of projects, and for no amount.
_WHAT_KIND = pattern("understanding.what_kind")


def asks_why(text: str) -> bool:
    """Whether a question asks for reasons: "vì sao …", "Sao dự án … lại bị lùi?"."""
    return has_cue("prose.why", text) or bool(_WHY_SO.search(fold(text)))


_WHY_SO = pattern("understanding.why_so")


def _opens_comparison(text: str) -> bool:
    """Whether a question opens with "so" and sets two things side by side: "So A với B về …"."""
    opened = any(start == 0 for start, _ in find_cues("comparison.side_by_side", text))
    return opened and bool(pattern("understanding.joined").search(fold(text)))


def asked_clause(text: str) -> str:
    """The part of a question behind its "thì": "lãnh đạo bị xử lý ra sao?"; all of it where it has none."""
    return _BEHIND_THEN.split(text)[-1]


_BEHIND_THEN = pattern("understanding.behind_then")


def _asks_place(text: str) -> bool:
    """Whether a question asks for one place ("tỉnh nào"); "những địa phương nào" asks for a list."""
    plural = pattern("understanding.several")
    ranks = find_cues("wanted.place.but", text)
    return any(
        not plural.search(fold(text[:start])) and not any(first <= start < last for first, last in ranks)
        for start, _ in find_cues("wanted.place.cues", text)
    )


def _level_constraints(text: str, levels: Sequence[tuple[Level, tuple[int, int]]]) -> tuple[Level, ...]:
    """Levels that constrain; not those inside the name of a body ("Ủy ban nhân dân cấp huyện")."""
    kept = []
    for level, (start, _) in levels:
        if not pattern("understanding.body_before_level").search(fold(text[:start])):
            kept.append(level)
    return tuple(dict.fromkeys(kept))


def _compared_levels(text: str) -> tuple[Level, ...]:
    """The levels that a comparison names without "cấp" ("tỉnh với huyện"), where there are two or more."""
    named = tuple(dict.fromkeys(level for level, _ in find_levels(text, short=True)))
    return named if len(named) > 1 else ()


# "chiếm bao nhiêu tổng kinh phí" asks for a share, "chiếm bao nhiêu tỷ" for money.
_WHAT_SHARE = pattern("understanding.what_share")
_MEANT_WITH_DIACRITICS = frozenset({"cho", "so", "bac", "bo", "diem", "ho", "xe", "ban"})


def _unit_asked(text: str) -> str | None:
    """The kind of unit that the question asks for; a counted noun where it asks "bao nhiêu <noun>"."""
    if pattern("understanding.share").search(fold(text)) or _WHAT_SHARE.search(fold(text)):
        return "share"
    if _INHABITANTS.search(fold(text)):
        return "người"
    for unit in ("factor", "usd", "growth", "money", "share", "duration"):
        if has_cue(f"unit.{unit}", text):
            return unit
    form = fold(text)
    if _SUM_AT_END.search(form) and _PAID.search(form):
        return "money"
    form = _MACHINES.sub("   ", form) if not has_diacritics(text) else form
    noun = pattern("understanding.counted_noun").search(form)
    if noun:
        found = counted_noun(text[noun.start(1) : noun.end(1)])
        bare = found and has_diacritics(text) and found.isascii() and fold(found) in _MEANT_WITH_DIACRITICS
        if found and not bare:
            return found
    spent = _SPENT.search(form) and ("tiền" in text.lower() or not has_diacritics(text))
    return "money" if spent or has_cue("unit.capital", text) else None


_SUM_AT_END = pattern("understanding.sum_at_end")
_PAID = pattern("understanding.paid")
_INHABITANTS = pattern("understanding.inhabitants")
_MACHINES = pattern("understanding.machines")  # "máy tính", not "mấy tỉnh"
_PLAN_OF_YEAR = pattern("understanding.plan_of_year")
_HOW_MANY_AT_END = pattern("understanding.how_many_at_end")

_HOW_MANY_IN_ALL = pattern("understanding.how_many_in_all")
_PIECES = pattern("understanding.pieces")  # counted, no share
_SPENT = pattern("understanding.spent")


def _without_outlook(text: str, today: date) -> str:
    """`text` without a "tính đến" that leads to a year to come or says what is expected: that asks for no result."""
    spans = [match.span() for match in pattern("understanding.estimated").finditer(fold(text))]
    spans += [
        match.span()
        for match in pattern("understanding.counted_until").finditer(fold(text))
        if int(match[1]) > today.year
    ]
    return without(text, spans)


def _role_asked(text: str) -> str | None:
    if sets_result_against_plan(text):
        return None
    if _PLAN_OF_YEAR.search(fold(text)) or _NEEDED_BY.search(fold(text)):
        return "target"
    if _NOW.search(text.lower()) and "so voi" not in fold(text):
        return "result"
    return next((role for role in ("target", "result") if has_cue(f"role.{role}", text)), None)


_NEEDED_BY = pattern("understanding.needed_by")
# "hiện chạy được bao lâu?", not "thực hiện", "hiện đại"
_NOW = pattern("understanding.now")


# ----- numbers in questions about tables -----------------------------------------------------------------


@cache
def _number_words(section: str) -> dict[str, int]:
    return {fold(word): value for word, value in table("numbers")[section].items()}


def how_many(text: str, noun_pattern: str) -> int | None:
    """The count before a noun: "ba dự án", "5 dự án"; "trong 25 dự án" names the rows to choose among."""
    counts = pattern("understanding.counted_before", nouns=noun_pattern).finditer(fold(text))
    for among, count in (match.groups() for match in counts):
        if count.isdigit() and len(count) <= 2 and not among:
            return int(parse_number(count))
        if count in _number_words("words") and not among:
            return _number_words("words")[count]
    return None


def ordinal(text: str) -> int | None:
    """The rank in "lớn thứ hai", "thứ 3"."""
    match = pattern("understanding.ordinal").search(fold(text))
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else _number_words("ordinals").get(match[1])
