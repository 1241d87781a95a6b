"""One sentence into its statements: each quantity with the words that say what it measures.

"Trên 60% doanh nghiệp tham gia …; trên 50% doanh nghiệp sử dụng …" gives two statements; in
"đạt tối thiểu 70% đối với cấp tỉnh, 60% đối với cấp huyện" the second takes the indicator of the first.
The wording that this rests on is in tables/statements.toml.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from domain.figures import Comparator, Level
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.patterns import alternatives, has_diacritics, matchable
from vietnamese.places import find_places
from vietnamese.quantities import QuantityMatch, find_quantities
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import find_times


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity, its indicator in words, its level, and its `segment`: the part of the text that is its own.

    The quantity stands before `indicator[quantity_at:]`: "kinh tế số chiếm" (20%) "GDP của tỉnh".

    Spans are half-open, in characters of the text that was given to `find_statements`.
    """

    match: QuantityMatch
    indicator: str
    level: Level | None
    segment: tuple[int, int]
    sentence: tuple[int, int]
    comparator: Comparator
    quantity_at: int


@dataclass(frozen=True, slots=True)
class _Clause:
    """A quantity with the raw text before and after it that belongs to it, as spans."""

    match: QuantityMatch
    before: tuple[int, int]
    after: tuple[int, int]
    follows: str  # the mark between this clause and the one before: "", ",", ";", "("


@cache
def _words(section: str) -> tuple[str, ...]:
    return tuple(table("statements")[section])


@cache
def _anchored(section: str, accented: bool, at_end: bool) -> re.Pattern[str]:
    words = alternatives(_words(section), accented=accented)
    tail = rf"(?:(?<!\w)(?:{words})|[:,;–-])\s*$" if at_end else rf"^\s*(?:[,;:–-]|(?:{words})(?!\w))\s*"
    return re.compile(tail)


@cache
def _anywhere(section: str, accented: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(_words(section), accented=accented)})(?!\w)")


_PARENTHESES = re.compile(r"\([^()]*\)?")
_LIST_OPENING = re.compile(r"^\s*(?:(?:[-+•*–]|\d+[.)]|[a-zđ][.)])\s+)?")


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


_TIME_LINK = re.compile(
    r"(?:so\s+voi\s+)?(?:(?:den|vao|trong|tu nay den|tinh den|tu|o|ke tu|truoc|sau|den het|cham nhat)\s+)?"
    r"(?:(?:het|cuoi|dau|giua|thoi diem)\s+)?$"
)


def _time_spans(text: str) -> list[tuple[int, int]]:
    """Spans of time expressions with the words that lead in to them."""
    folded = fold(text)
    spans = []
    for time in find_times(text):
        lead = _TIME_LINK.search(folded[: time.span[0]])
        start = lead.start() if lead else time.span[0]
        if start and folded[start - 1].isalnum():
            start = time.span[0]
        spans.append((start, time.span[1]))
    return spans


def _stripped(text: str, pattern: re.Pattern[str], accented: bool, *, at_end: bool) -> str:
    while text and (match := pattern.search(matchable(text, accented))):
        if match.start() == match.end():
            break
        text = text[: match.start()] if at_end else text[match.end() :]
    return text


def _without_times(text: str) -> str:
    return re.sub(r"\s+", " ", _blank(text, _time_spans(text))).strip()


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,;.:)])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip(' ,;:.–-…"“”')


def _clean_before(text: str) -> str:
    """What stands before a quantity, reduced to its indicator: no times, lead-ins, verbs of being."""
    accented = has_diacritics(text)
    form = matchable(text, accented)
    if opening := list(_anywhere("targets_open", accented).finditer(form)):
        text = text[opening[-1].end() :]
    text = text[text.rfind("(") + 1 :] if text.rfind("(") > text.rfind(")") else text
    text = text[text.rfind(";") + 1 :]
    text = text[text.rfind(":", 0, len(text.rstrip(" :"))) + 1 :]
    lead_end = 0
    for _, end in _time_spans(text):
        if re.match(r"\s*,", text[end:]):
            lead_end = end + len(re.match(r"\s*,", text[end:]).group())  # type: ignore[union-attr]
    text = _without_times(_PARENTHESES.sub(" ", text[lead_end:]))
    text = re.sub(r"^\W+", "", text)
    text = _stripped(text, _anchored("lead_ins", accented, False), accented, at_end=False)
    text = _stripped(text, _anchored("copulas", accented, True), accented, at_end=True)
    places = find_places(text)
    if places and _tidy(fold(text)) == fold(places[0][0]) and len(places) == 1:
        return ""
    return _tidy(text)


def _clean_after(text: str) -> str:
    text = text[: text.index(")")] if ")" in text and "(" not in text[: text.index(")")] else text
    text = _PARENTHESES.sub(" ", text)
    return _tidy(_without_times(text))


def _level_only(text: str) -> bool:
    """Whether `text` names levels and nothing else but words that join them to a quantity."""
    levels = find_levels(text)
    if not levels:
        return False
    accented = has_diacritics(text)
    rest = _blank(text, [span for _, span in levels] + _time_spans(text))
    rest = _anywhere("level_links", accented).sub(" ", matchable(rest, accented))
    rest = _anywhere("copulas", accented).sub(" ", rest) if re.search(r"\w", rest) else rest
    return not re.search(r"\w", rest)


def _without_level(text: str) -> str:
    """`text` without its level and the words that join it ("tại cấp tỉnh")."""
    levels = find_levels(text)
    if len({level for level, _ in levels}) != 1:
        return text
    links = re.compile(r"(?:(?<!\w)(?:doi\s+voi|tai|o|cho|thuoc)\s+)+$")
    spans = []
    for _, (start, end) in levels:
        if link := links.search(fold(text[:start])):
            spans.append((link.start(), end))
    return _tidy(_blank(text, spans)) if spans else text


def _one_level(text: str) -> Level | None:
    levels = {level for level, _ in find_levels(text)}
    return levels.pop() if len(levels) == 1 else None


_MARK = re.compile(r"[,;(]|\)|\s(?:và|còn|va|con|hoặc|hoac)\s")


def _boundary(text: str, left: int, right: int, adjacent: bool) -> tuple[int, int, str]:
    """Where the words after one quantity end and those before the next begin, and the mark between.

    `left` ends the first quantity, `right` begins the second; `adjacent`: nothing of the first follows its unit.
    """
    between = text[left:right]
    marks = [m for m in _MARK.finditer(between) if not _inside_parentheses(between, m.start())]
    if not marks:
        return right, right, ""
    semicolons = [m for m in marks if m.group() == ";"]
    if adjacent and re.match(r"\s*[,;(]", between):
        first = marks[0]
        return left + first.start(), left + first.end(), first.group()
    if semicolons:
        return left + semicolons[0].start(), left + semicolons[-1].end(), ";"
    opening = [m for m in marks if m.group() == "("]
    if opening and not between[opening[-1].end() :].count(")"):
        return left + opening[-1].start(), left + opening[-1].end(), "("
    chosen = [m for m in marks if m.group() in {",", ")"}] or marks
    joined = [
        m
        for m in marks
        if m.end() >= len(between.rstrip()) and m.group().strip() in {"và", "va", "còn", "con"}
    ]
    last = joined[-1] if joined else chosen[-1]
    return left + last.start(), left + last.end(), ","


def _inside_parentheses(text: str, position: int) -> bool:
    opened = text.rfind("(", 0, position)
    return opened >= 0 and ")" in text[position:] and ")" not in text[opened:position]


def _clauses(text: str, sentence: tuple[int, int], matches: Sequence[QuantityMatch]) -> list[_Clause]:
    """The sentence cut into one clause a quantity."""
    start, end = sentence
    start += len(_LIST_OPENING.match(text[start:end]).group())  # type: ignore[union-attr]
    begins, marks = [start], [""]
    ends: list[int] = []
    for left, right in itertools.pairwise(matches):
        left_end = left.number[1] if left.noun else max(left.core[1], left.span[1])
        adjacent = not re.match(r"\s*[^\W\d_]", text[left_end : right.span[0]])
        stop, begin, mark = _boundary(text, left_end, right.span[0], adjacent)
        ends.append(stop)
        begins.append(begin)
        marks.append(mark)
    ends.append(_clause_end(text, matches[-1], end))
    clauses = []
    for match, begin, stop, mark in zip(matches, begins, ends, marks, strict=True):
        after = match.number[1] if match.noun else max(match.core[1], match.span[1])
        clauses.append(_Clause(match, (begin, match.span[0]), (min(after, stop), stop), mark))
    return clauses


def _clause_end(text: str, match: QuantityMatch, end: int) -> int:
    """The last quantity's words end at a semicolon, or with the sentence."""
    semicolon = text.find(";", match.core[1], end)
    return semicolon if semicolon >= 0 else end


def _is_verb_led(before: str) -> bool:
    accented = has_diacritics(before)
    return bool(
        re.match(
            rf"(?:{alternatives(_words('subject_verbs'), accented=accented)})(?!\w)",
            matchable(before, accented),
        )
    )


def _predicate_of(after: str) -> str | None:
    """From the first verb of `after` on; null where it has none. A verb at the very start is no predicate."""
    accented = has_diacritics(after)
    match = _anywhere("predicate_verbs", accented).search(matchable(after, accented), 1)
    return after[match.start() :] if match else None


@dataclass(slots=True)
class _Draft:
    clause: _Clause
    before: str
    after: str
    level: Level | None
    inherits: bool = False
    subject: str = ""
    predicate: str = ""


def _drafts(text: str, clauses: Sequence[_Clause]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for clause in clauses:
        raw_before, raw_after = text[slice(*clause.before)], text[slice(*clause.after)]
        before, after = _clean_before(raw_before), _clean_after(raw_after)
        draft = _Draft(clause, before, after, None)
        after_level, before_level = _level_only(raw_after), _level_only(raw_before)
        if after_level:
            draft.level, draft.after = _one_level(raw_after), ""
        if before_level:
            draft.level, draft.before = _one_level(raw_before), ""
        if not draft.level:
            draft.level = _one_level(f"{before} ; {after}")
        if (after_level or before_level or not draft.after) and not draft.before and drafts:
            draft.inherits = True
        drafts.append(draft)
    return drafts


def _inherit(drafts: list[_Draft]) -> None:
    """Fill in what clauses leave to their neighbours: subject, shared opening, shared predicate."""
    for earlier, draft in itertools.pairwise(drafts):
        if draft.inherits:
            draft.before = _without_level(earlier.before)
            draft.after = _without_level(earlier.after)
            draft.subject = earlier.subject
            continue
        if _is_verb_led(draft.before) or (not draft.before and not draft.after):
            draft.subject = _subject_of(drafts[0])
        elif _shares_opening(draft, earlier):
            draft.before = earlier.before
    for index in range(len(drafts) - 2, -1, -1):
        draft, later = drafts[index], drafts[index + 1]
        shared = later.predicate or (_predicate_of(later.after) if not later.before else None)
        if later.clause.follows != "," or draft.before or draft.inherits or not draft.after or not shared:
            continue
        if _predicate_of(draft.after) is None:
            draft.predicate = shared


def _shares_opening(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a clause without words before its number takes those of the clause before it."""
    if draft.before or not earlier.before or not earlier.after or draft.clause.follows != ",":
        return False
    return not _predicate_of(draft.after) or _is_offering(earlier.before)


def _is_offering(before: str) -> bool:
    """Whether an opening ends in a verb that takes every counted thing behind it ("cung cấp 55% … và 30% …")."""
    return bool(
        re.search(r"(?:cung cap|cung cap duoc|phu|bao dam|dam bao|trang bi|xay dung|dao tao)$", fold(before))
    )


def _subject_of(draft: _Draft) -> str:
    """What the statements behind this one are about."""
    if not draft.before:
        return draft.after
    accented = has_diacritics(draft.before)
    if _anywhere("predicate_verbs", accented).match(matchable(draft.before, accented)):
        return ""
    words = alternatives(_words("subject_verbs"), accented=accented)
    cut = re.search(rf"\s(?:{words})(?!\w)", matchable(draft.before, accented))
    return draft.before[: cut.start()] if cut and cut.start() > 8 else draft.before


def _indicator(draft: _Draft) -> str:
    parts = [draft.subject, _without_level(draft.before), _without_level(draft.after), draft.predicate]
    return _tidy(" ".join(part for part in parts if part))


def _quantity_at(draft: _Draft, indicator: str) -> int:
    """Where in the indicator the quantity stands: behind what comes before it in the text."""
    behind = _tidy(" ".join(part for part in (_without_level(draft.after), draft.predicate) if part))
    return len(indicator) - len(behind) if behind and indicator.endswith(behind) else len(indicator)


def _comparators(drafts: Sequence[_Draft]) -> list[Comparator]:
    """Each quantity's comparator; "tối thiểu 70% đối với cấp tỉnh, 60% …" carries on to the bare ones."""
    comparators: list[Comparator] = []
    for index, draft in enumerate(drafts):
        own = draft.clause.match.quantity.comparator
        bare = own is Comparator.EQUAL and not draft.clause.match.stated
        carries = index and draft.inherits and bare and comparators[-1] is not Comparator.RANGE
        comparators.append(comparators[-1] if carries else own)
    return comparators


def find_statements(text: str) -> tuple[Statement, ...]:
    """The statements of `text` (NFC), sentence by sentence, in order."""
    found = find_quantities(text)
    statements: list[Statement] = []
    for sentence in sentence_spans(text):
        matches = [match for match in found if sentence[0] <= match.core[0] < sentence[1]]
        if matches:
            statements += _statements(text, sentence, matches)
    return tuple(statements)


_ANAPHOR = re.compile(r"(?:các|những|số)\s+((?:[^\W\d_]+\s+){1,3})(?:này|đó|trên|nói trên|kể trên)$")


def _resolved(indicators: Sequence[str]) -> list[str]:
    """ "doanh thu của các doanh nghiệp này", with what an earlier statement of the sentence says of them."""
    resolved: list[str] = []
    for indicator in indicators:
        anaphor = _ANAPHOR.search(indicator)
        noun = anaphor[1].strip() if anaphor else ""
        named = next((earlier for earlier in resolved if noun and earlier.startswith(noun)), None)
        resolved.append(f"{indicator[: anaphor.start()]}các {named}" if anaphor and named else indicator)
    return resolved


def _statements(text: str, sentence: tuple[int, int], matches: Sequence[QuantityMatch]) -> list[Statement]:
    drafts = _drafts(text, _clauses(text, sentence, matches))
    _inherit(drafts)
    return [
        Statement(
            match=draft.clause.match,
            indicator=indicator,
            level=draft.level,
            segment=(draft.clause.before[0], draft.clause.after[1]),
            sentence=sentence,
            comparator=comparator,
            quantity_at=_quantity_at(draft, indicator),
        )
        for draft, indicator, comparator in zip(
            drafts, _resolved([_indicator(draft) for draft in drafts]), _comparators(drafts), strict=True
        )
    ]
