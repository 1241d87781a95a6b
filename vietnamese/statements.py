"""One sentence into its statements: each quantity with the words that say what it measures.

"Trên 60% doanh nghiệp tham gia …; trên 50% doanh nghiệp sử dụng …" gives two statements; in
"đạt tối thiểu 70% đối với cấp tỉnh, 60% đối với cấp huyện" the second takes the indicator of the first.
The wording that this rests on is in tables/statements.toml.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
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
from vietnamese.times import TimeKind, TimeMatch, find_durations, find_times


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity, its indicator in words, its level, and its `segment`: the part of the text that is its own.

    The quantity stands before `indicator[quantity_at:]`: "kinh tế số chiếm" (20%) "GDP của tỉnh".

    `time` is the time that "lần lượt" pairs the quantity with; `aimed`: its clause only says what was aimed at of
    the one before it (", trong khi mục tiêu là 70%"). Spans are half-open, in characters of the text
    that was given to `find_statements`.
    """

    match: QuantityMatch
    indicator: str
    level: Level | None
    segment: tuple[int, int]
    sentence: tuple[int, int]
    comparator: Comparator
    quantity_at: int
    time: TimeMatch | None = None
    aimed: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """A quantity with the raw text before and after it that belongs to it, as spans."""

    match: QuantityMatch
    before: tuple[int, int]
    after: tuple[int, int]
    follows: str  # the mark between this clause and the one before: "", ",", ";", "("


# Whether the text that is being read has diacritics; a fragment of it ("Duy tu") may have none of its own.
_READ_AS_ACCENTED: ContextVar[bool] = ContextVar("read_as_accented", default=False)


def _accented(text: str) -> bool:
    return _READ_AS_ACCENTED.get() or has_diacritics(text)


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
_LIST_OPENING = re.compile(
    r"^\s*(?:(?:[-+•*–—●○▪■·]|\(?\d+(?:\.\d+)*[.)]|\(?[a-zđ][.)]|[IVX]+[.)])\s+|\d+(?:\.\d+)+\s+)*"
)


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
    return spans + find_durations(text)


@cache
def _compounds(accented: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(_words('compounds'), accented=accented)})\s*$")


_LONGEST_LINK = 40  # characters; no word that is stripped from an end is longer


def _is_compound(tail: str, accented: bool) -> bool:
    """Whether the last word of `tail` belongs to the one before it ("mặt bằng", "trở lên")."""
    return bool(_compounds(accented).search(matchable(tail, accented)))


def _stripped(text: str, pattern: re.Pattern[str], accented: bool, *, at_end: bool) -> str:
    """`text` without what `pattern` matches at its end or its beginning, repeatedly."""
    while text:
        if not at_end and _opens_with_place(text):
            break
        start = max(0, len(text) - _LONGEST_LINK) if at_end else 0
        match = pattern.search(matchable(text[start : start + _LONGEST_LINK], accented))
        if not match or match.start() == match.end() or (at_end and _is_compound(text[start:], accented)):
            break
        text = text[: start + match.start()] if at_end else text[match.end() :]
    return text


def _opens_with_place(text: str) -> bool:
    """Whether `text` begins with a province: the "Cần" of "Cần Thơ" is no lead-in."""
    places = find_places(text[:_LONGEST_LINK])
    return bool(places) and places[0][1][0] == len(text) - len(text.lstrip(" ,:;-–"))


def _without_times(text: str) -> str:
    return re.sub(r"\s+", " ", _blank(text, _time_spans(text))).strip()


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,;.:)])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip(' ,;:.–-…"“”')


@cache
def _beginning(section: str, accented: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_words(section), accented=accented)})(?!\w)")


@cache
def _ending(section: str, accented: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)|(?<=:))(?:{alternatives(_words(section), accented=accented)})\s*$")


def _begins(section: str, text: str) -> re.Match[str] | None:
    """A match where `text` begins with a word of that section of the table."""
    accented = _accented(text)
    return _beginning(section, accented).match(matchable(text, accented))


def _ends(section: str, text: str) -> bool:
    accented, tail = _accented(text), text[-_LONGEST_LINK:]
    return bool(_ending(section, accented).search(matchable(tail, accented)))


def is_measure(text: str) -> bool:
    """Whether `text` names what is measured ("Tỷ lệ …", "Diện tích …") and not whom or where."""
    return bool(_begins("measures", text.strip()))


def ends_in_share(text: str) -> bool:
    """Whether `text` ends in a verb that makes what follows a whole ("… đóng góp", "… chiếm")."""
    return _ends("share_verbs", text.rstrip())


def is_generic(text: str) -> bool:
    """Whether a label names no indicator ("Các mục tiêu cụ thể đến năm 2025")."""
    text = _LIST_OPENING.sub("", text)
    accented = _accented(text)
    rest = _anywhere("generic", accented).sub(" ", matchable(_without_times(text), accented))
    return not re.search(r"[^\W\d]", rest)


def short_label(text: str) -> bool:
    """Whether `text` says whom or where and not what: "Khu vực nông thôn", "ngành du lịch"."""
    accented = _accented(text)
    verb = any(
        _anywhere(section, accented).search(matchable(text, accented))
        for section in ("predicate_verbs", "subject_verbs")
    )
    return len(text.split()) <= 7 and not verb and not is_measure(text)


def clean_label(text: str) -> str:
    """A label or a list's opening line as an indicator: no list mark, time, lead-in or brackets."""
    text = re.sub(_LIST_OPENING, "", text).rstrip(" :;.")
    return _clean_before(text)


def _label_colon(before: str) -> int:
    """Where the words before a quantity have a colon that more words follow; -1 where they have none."""
    return before.rfind(":", 0, len(before.rstrip(" :")))


def _after_speech(text: str) -> str:
    """`text` without who says it ("Ông Nam cho biết, …") and on what ground ("Theo kế hoạch, …")."""
    accented = _accented(text)
    form = matchable(text, accented)
    if said := list(_anywhere("speech", accented).finditer(form)):
        text = text[said[-1].end() :].lstrip(" ,:")
    opening = _begins("opening_phrases", text)
    if opening and "," in text:
        text = text[text.index(",") + 1 :]
    return text.lstrip()


def _clean_before(text: str) -> str:
    """What stands before a quantity, reduced to its indicator: no times, lead-ins, verbs of being."""
    accented = _accented(text)
    form = matchable(text, accented)
    if opening := list(_anywhere("targets_open", accented).finditer(form)):
        text = text[opening[-1].end() :]
    text = text[text.rfind("(") + 1 :] if text.rfind("(") > text.rfind(")") else text
    text = text[text.find(")") + 1 :] if ")" in text and "(" not in text[: text.find(")")] else text
    text = text[text.rfind(";") + 1 :]
    topic = _begins("topics", text.strip()) and text.rstrip().endswith(":")
    text = _after_speech(text[_label_colon(text) + 1 :].lstrip())
    lead_end = 0
    for start, end in sorted(_time_spans(text)):
        comma = re.match(r"\s*,", text[end:])
        if comma and len(text[lead_end:start].split()) <= 4:
            lead_end = max(lead_end, end + comma.end())
    text = _without_times(_PARENTHESES.sub(" ", text[lead_end:]))
    text = re.sub(r"^\W+", "", text)
    text = _stripped(text, _anchored("lead_ins", accented, False), accented, at_end=False)
    text = _stripped(text, _anchored("copulas", accented, True), accented, at_end=True)
    if topic and (match := _begins("topics", text)):
        text = text[match.end() :].lstrip()
    text = _last_clause(text)
    places = find_places(text)
    if places and _tidy(fold(text)) == fold(places[0][0]) and len(places) == 1:
        return ""
    return _tidy(text)


def _last_clause(text: str) -> str:
    """Of a long lead the part behind the last comma, where that is a clause of its own ("…, kinh tế số chiếm")."""
    last = text.rpartition(",")[2].strip()
    whole = len(last.split()) >= 3 and _ends("change_verbs", last) and not _is_verb_led(last)
    return last if whole and len(text.split()) > 12 else text


_FRACTION_NEXT = re.compile(r",\s*(?=\d+/\d+\s)")


@cache
def _stop(accented: bool) -> re.Pattern[str]:
    words = alternatives(_words("after_stops"), accented=accented)
    return re.compile(rf"(?:^|[,:;(]|\s-)\s*(?:{words})(?!\w)")


# ", trong đó có dừa xiêm, bưởi da xanh, được đưa lên sàn": the predicate goes on behind the aside.
_ASIDE = re.compile(
    r",\s*(?:trong đó có|trong đó gồm|bao gồm|gồm|nhất là|kể cả)\s[^;:.\d]*?,\s*(?=(?:được|đã|phải|sẽ|có mặt|đạt)\s)",
    re.I,
)


def _clean_after(text: str) -> str:
    accented = _accented(text)
    text = text[: text.index(")")] if ")" in text and "(" not in text[: text.index(")")] else text
    text = _FRACTION_NEXT.split(_PARENTHESES.sub(" ", text))[0]
    text = _ASIDE.sub(" ", text)
    if stop := _stop(accented).search(matchable(text, accented)):
        text = text[: stop.start()]
    text = _tidy(_without_times(text))
    return _tidy(_stripped(text, _anchored("after_ends", accented, True), accented, at_end=True))


def names_only_level(text: str) -> bool:
    """Whether a line names levels and nothing else ("Đối với cấp xã:")."""
    return _level_only(re.sub(_LIST_OPENING, "", text).rstrip(" :"))


def _level_only(text: str) -> bool:
    """Whether `text` names levels and nothing else but words that join them to a quantity."""
    levels = find_levels(text)
    if not levels:
        return False
    accented = _accented(text)
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


_MARK = re.compile(r"[,;(]|\)|\s(?:và|còn|va|con|hoặc|hoac|nhưng|trong khi)\s")


@cache
def _measured_by(accented: bool) -> re.Pattern[str]:
    links = alternatives(_words("measured_by"), accented=accented)
    measures = alternatives(_words("measures"), accented=accented)
    return re.compile(rf"\s(?:{links})\s+(?=(?:một\s+)?(?:{measures})(?!\w)\s+\w)")


def _measure_mark(between: str) -> re.Match[str] | None:
    """Where the measure of a counted thing begins: "64 dự án VỚI tổng vốn đăng ký 23.400 tỷ đồng"."""
    accented = _accented(between)
    marks = list(_measured_by(accented).finditer(matchable(between, accented)))
    return marks[-1] if marks and not re.search(r"[,;]", between[marks[-1].end() :]) else None


def _list_colon(between: str) -> int:
    """Where a quantity's words end with a colon and what it is made up of begins; -1 where they do not.

    "700 tỷ đồng vốn đầu tư: ngân sách Trung ương góp 40 tỷ đồng".
    """
    words = re.match(r"[^,;:()]*[^\W\d_][^,;:()]*:(?=\s*[^\W\d_])", between)
    return words.end() - 1 if words else -1


def _boundary(text: str, left: int, right: int, adjacent: bool) -> tuple[int, int, str]:
    """Where the words after one quantity end and those before the next begin, and the mark between.

    `left` ends the first quantity, `right` begins the second; `adjacent`: nothing of the first follows its unit.
    """
    between = text[left:right]
    marks = [m for m in _MARK.finditer(between) if not _inside_parentheses(between, m.start())]
    semicolons = [m for m in marks if m.group() == ";"]
    led = adjacent and bool(re.match(r"\s*[,;(]", between))
    measure = _measure_mark(between)
    if measure and not semicolons and not led and not _inside_parentheses(between, measure.start()):
        return left + measure.start(), left + measure.end(), ";"
    if (colon := _list_colon(between)) >= 0 and not led:
        return left + colon, left + colon + 1, ";"
    if not marks:
        return right, right, ""
    if led:
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
    """Whether a clause begins with a verb that lacks its subject ("tăng bình quân", not "giảm tỷ lệ …")."""
    verb = _begins("subject_verbs", before)
    if (bare := _begins("bare_verbs", before)) and bare.end() == len(before):
        return True
    return bool(verb and not is_measure(before[verb.end() :]))


def _predicate_of(after: str) -> str | None:
    """From the first verb of `after` on; null where it has none. A verb at the very start is no predicate."""
    accented = _accented(after)
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
    label: str = ""
    part: bool = False  # of what its label names
    bare: bool = False  # words of being and nothing else stand before the quantity
    headed: bool = False  # its opening ends in a colon and so heads the clauses behind it, too
    time: TimeMatch | None = None


def _drafts(text: str, clauses: Sequence[_Clause]) -> list[_Draft]:
    drafts: list[_Draft] = []
    label = ""
    for clause in clauses:
        raw_before = text[slice(*clause.before)]
        raw_after = _blank(text, [clause.match.tail] if clause.match.tail else [])[slice(*clause.after)]
        if (colon := _label_colon(raw_before)) >= 0:
            named = clean_label(raw_before[:colon])
            label = named if not is_generic(named) else ""
            raw_before = raw_before[colon + 1 :]
        drafts.append(_draft(text, clause, raw_before, raw_after, label, drafts[-1] if drafts else None))
    return drafts


def _draft(
    text: str, clause: _Clause, raw_before: str, raw_after: str, label: str, earlier: _Draft | None
) -> _Draft:
    draft = _Draft(
        clause, _aim_in(raw_before) or _clean_before(raw_before), _clean_after(raw_after), None, label=label
    )
    if compared := _COMPARED_WITH.search(draft.before):
        draft.before = draft.before[: compared.start()].rstrip()
    draft.after = "" if draft.after.lower() == "của" else draft.after
    draft.headed = bool(draft.before) and raw_before.rstrip().endswith(":")
    after_level, before_level = _level_only(_PARENTHESES.sub(" ", raw_after)), _level_only(raw_before)
    if after_level:
        draft.level = _one_level(raw_after)
        draft.after = "" if draft.level else draft.after
    if before_level:
        draft.level = _one_level(raw_before)
        draft.before = "" if draft.level else draft.before
    if not draft.level:
        draft.level = _one_level(f"{draft.before} ; {draft.after}")
    bracketed = clause.follows == "(" and not draft.before and _names_unit(draft)
    if _is_mere_unit(text, draft) or (earlier and (bracketed or _repeats(draft, earlier))):
        draft.after = ""
    if draft.before and re.match(r"\s*,", raw_after):
        draft.after = ""
    if _is_said_of_before(text[clause.match.span[0] : clause.match.core[0]]):
        draft.before = _ADVERB.sub("", draft.before)
    if _begins("topics", raw_before.strip()) and draft.after and raw_before.rstrip().endswith(":"):
        draft.before = ""
    draft.bare = not draft.before and _is_said_of_before(text[clause.before[0] : clause.match.core[0]])
    lone_level = (after_level or before_level) and draft.level is not None
    draft.inherits = earlier is not None and not draft.before and (lone_level or not draft.after)
    return draft


# "đạt 41,2%, tăng mạnh so với mức 19,5% của năm 2022": what the thing itself was then.
_COMPARED_WITH = re.compile(
    r"(?:^|\s)(?:(?:tăng|giảm)(?:\s+\w+){0,2}\s+so với(?:\s+mức|\s+con số)?"
    r"|(?:cao|thấp|nhiều|ít|lớn|nhỏ)(?:\s+\w+){0,2}\s+hơn(?:\s+so với)?\s+(?:mức|con số))$",
    re.I,
)


def _aim_in(before: str) -> str:
    """The words of a clause that only says that its quantity was aimed at, without its copula; else nothing."""
    bare = _stripped(
        before.strip(" ,;"), _anchored("copulas", _accented(before), True), _accented(before), at_end=True
    )
    if _is_aim(bare):
        return _CONTRAST.sub("", bare)
    timeless = _WHOLE_YEAR.sub("", _tidy(_without_times(bare)))
    return _CONTRAST.sub("", timeless) if _CONTRAST.match(bare) and _is_aim(timeless) else ""


_WHOLE_YEAR = re.compile(r"\s+(?:cả|của|đến|cho|trong|vào)$", re.I)  # "mục tiêu cả năm 2024"
_CONTRAST = re.compile(r"^(?:trong khi|nhưng|mà)\s+", re.I)


_ADVERB = re.compile(r"(?<!chứng)(?<!địa)(?<!tín)(?<!thôn)\s+(?:chỉ|mới|đã|sẽ|phải|cũng|đều)$")


def _is_said_of_before(words: str) -> bool:
    """Whether a clause opens with a verb of being and so speaks of what was named before it: ", đạt 57% …"."""
    return bool(re.search(r"(?<!\w)(?:đạt|bằng|dat|bang)(?!\w)", words.lower()))


def _names_unit(draft: _Draft) -> bool:
    """Whether nothing follows the number but its unit ("(8 xã)")."""
    return draft.clause.match.noun and fold(draft.after) == fold(draft.clause.match.quantity.base_unit)


def _is_mere_unit(text: str, draft: _Draft) -> bool:
    """Whether the counted thing behind the number only repeats what the words before it measure."""
    match = draft.clause.match
    names = {fold(match.quantity.base_unit), fold(match.quantity.unit)}
    if not match.noun or not draft.before or fold(draft.after) not in names:
        return False
    if _ends("prepositions", draft.before):
        return False
    raw = text[draft.clause.before[0] : match.core[0]]
    return (
        _ends("identity", raw)
        or fold(match.quantity.base_unit) in fold(draft.before)
        or is_measure(draft.before)
        or (match.stated and len(draft.before.split()) >= 3 and short_label(draft.before))
    )


def _repeats(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a count has no words of its own but the unit of the one before: "từ 19 sở xuống còn 14 sở"."""
    left, right = earlier.clause.match.quantity, draft.clause.match.quantity
    mere = draft.clause.match.noun and not draft.before and fold(draft.after) == fold(right.base_unit)
    return mere and fold(left.base_unit) == fold(right.base_unit)


def _inherit(text: str, drafts: list[_Draft]) -> None:
    """Fill in what clauses leave to their neighbours: subject, shared opening, shared predicate."""
    for index, (earlier, draft) in enumerate(itertools.pairwise(drafts)):
        if draft.inherits:
            draft.before = _without_level(earlier.before)
            draft.after = "" if _begins("adjuncts", earlier.after) else _without_level(earlier.after)
            draft.subject = earlier.subject
            draft.label = draft.label or earlier.label
            continue
        opens_part = _begins("part_of", text[slice(*draft.clause.before)].strip())
        if not draft.label and _is_other_area(draft, earlier):
            draft.label, draft.part = _AREA.sub("", f"{earlier.before} {earlier.after}").strip(), True
        elif opens_part and _share_of(draft, earlier):
            draft.label, draft.part = earlier.before, True
        elif _is_aim(draft.before) and not draft.after:
            draft.subject = earlier.subject or earlier.before or earlier.after or earlier.label
        elif _needs_subject(draft, earlier):
            draft.subject = _nearest_subject(drafts[: index + 1], draft.before or "đạt")
        elif opens_part:
            pass
        elif _shares_opening(draft, earlier):
            draft.before, draft.headed = earlier.before, earlier.headed
        elif draft.bare and draft.after:
            draft.subject = _nearest_subject(drafts[: index + 1], "đạt")
        if draft.level is None and _is_part(text, draft, earlier):
            draft.level = earlier.level
    _share_predicates(text, drafts)


_AREA = re.compile(
    r"(?:^|\s)(?:(?:tại|ở|đối với|thuộc|trong)\s+)?(?:(?:khu vực|vùng|địa bàn)\s+)?"
    r"(?:đô thị|thành thị|nông thôn|miền núi|vùng cao|đồng bằng|trung du)(?!\w)",
    re.I,
)


def _is_other_area(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a share only names another area than the one before: ", khu vực nông thôn đạt 45%"."""
    shares = [d.clause.match.quantity.unit.startswith("%") for d in (earlier, draft)]
    named = _AREA.fullmatch(draft.before) and not draft.after
    return all(shares) and bool(named) and bool(_AREA.search(f"{earlier.before} {earlier.after}"))


def _needs_subject(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a clause begins with its verb; a thing that it counts itself is what it is about."""
    if not draft.before and not draft.after:
        return True
    counts = draft.clause.match.noun and draft.after
    same = draft.clause.match.quantity.base_unit == earlier.clause.match.quantity.base_unit
    return _is_verb_led(draft.before) and not (counts and not same)


def _is_aim(before: str) -> bool:
    """Whether a clause only says that its quantity was aimed at, or so before: ", kế hoạch là 60%", "cùng kỳ 47%"."""
    judged = _begins("judging", before)
    said = before[judged.end() :].lstrip() if judged else before
    return any((named := _begins(kind, said)) and named.end() == len(said) for kind in ("aims", "then"))


def _share_of(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a share is of some of those that the share before is of: "…, trong đó có bằng cấp đạt 25%"."""
    shares = [d.clause.match.quantity.unit.startswith("%") for d in (earlier, draft)]
    own = draft.before and not is_measure(draft.before) and not _is_verb_led(draft.before)
    return all(shares) and bool(own) and is_measure(earlier.before) and len(draft.before.split()) <= 8


def _nearest_subject(earlier: Sequence[_Draft], verb: str) -> str:
    """Whom a clause that begins with `verb` speaks of: the last thing said for a change, else the first."""
    if not _begins("change_verbs", verb) and not _begins("bare_verbs", verb):
        return _subject_of(earlier[0])
    for draft in reversed(earlier):
        if (draft.before or draft.after) and not (
            draft.inherits or draft.subject or _is_verb_led(draft.before)
        ):
            return _changed_thing(draft) or _subject_of(draft)
    return _changed_thing(earlier[0]) or _subject_of(earlier[0])


def _changed_thing(draft: _Draft) -> str:
    """The counted thing of a clause ("đón 3,9 triệu lượt khách"), of which a change is said next."""
    if not draft.clause.match.noun or not draft.after or not draft.before:
        return ""
    return f"{draft.before} {draft.after}" if len(draft.before.split()) <= 2 else draft.after


def _is_part(text: str, draft: _Draft, earlier: _Draft) -> bool:
    """Whether a count is of the things that the clause before counts: "241 trạm …, 198 trạm sử dụng …"."""
    left, right = earlier.clause.match, draft.clause.match
    same = left.noun and right.noun and fold(left.quantity.base_unit) == fold(right.quantity.base_unit)
    return bool(same and draft.clause.follows in {",", "("} and not find_levels(draft.after))


def _share_predicates(text: str, drafts: list[_Draft]) -> None:
    """Shares that stand in a row have one predicate; a total followed by its part has not."""
    for index in range(len(drafts) - 2, -1, -1):
        draft, later = drafts[index], drafts[index + 1]
        shared = later.predicate or (_predicate_of(later.after) if not later.before else None)
        joined = _in_a_row(text, draft, later)
        if not joined or draft.before or draft.inherits or not draft.after or not shared:
            continue
        opens_part = _begins("part_of", text[slice(*later.clause.before)].strip())
        if opens_part or (_is_part(text, later, draft) and later.clause.match.noun):
            continue
        if _predicate_of(draft.after) is None:
            draft.predicate = shared


def _in_a_row(text: str, draft: _Draft, later: _Draft) -> bool:
    """Whether two shares are of the same thing or joined by "và", and so may share a predicate."""
    same = draft.after.split()[:1] == later.after.split()[:1]
    levels = len({draft.level, later.level} - {None}) == 2
    if later.clause.follows == ";":
        return same and levels
    link = text[draft.clause.after[1] : later.clause.before[0]]
    joined = same or levels or bool(later.predicate) or bool(re.search(r"và|va", link))
    return later.clause.follows == "," and joined


def _shares_opening(draft: _Draft, earlier: _Draft) -> bool:
    """Whether a clause without words before its number takes those of the clause before it."""
    if draft.before or not earlier.before or draft.clause.follows != ",":
        return False
    if _ends("change_verbs", earlier.before):  # "kinh tế số chiếm 30% GRDP": nothing is left to share
        return _begins("adjuncts", draft.after) is not None
    if _begins("adjuncts", draft.after):
        return True
    if earlier.headed and draft.after and not draft.bare:
        return True
    if not earlier.after or draft.bare:
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
    accented = _accented(draft.before)
    if _anywhere("predicate_verbs", accented).match(matchable(draft.before, accented)):
        return ""
    words = alternatives(_words("subject_verbs"), accented=accented)
    cut = re.search(rf"\s(?:{words})(?!\w)", matchable(draft.before, accented))
    return draft.before[: cut.start()] if cut and cut.start() > 8 else draft.before


def _indicator(draft: _Draft) -> str:
    parts = [draft.subject, _without_level(draft.before), _without_level(draft.after), draft.predicate]
    indicator = _tidy(" ".join(part for part in parts if part))
    return f"{draft.label}: {indicator}" if draft.part else completed(indicator, draft.label)


def completed(indicator: str, label: str) -> str:
    """An indicator that only says whom, where or how much more, with the label or line that it stands under."""
    if not label or not indicator:
        return indicator or label
    if _is_verb_led(indicator) and not is_measure(indicator):
        return f"{label} {indicator[:1].lower()}{indicator[1:]}"
    lacks = names_only_level(indicator) or (is_measure(label) and short_label(indicator))
    return f"{label}: {indicator}" if lacks else indicator


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
    outer = _READ_AS_ACCENTED.set(has_diacritics(text))
    try:
        return tuple(_all_statements(text))
    finally:
        _READ_AS_ACCENTED.reset(outer)


def _all_statements(text: str) -> Iterator[Statement]:
    found = [match for match in find_quantities(text) if not _is_grade(text, match)]
    said: list[str] = []
    for sentence in sentence_spans(text):
        if text[slice(*sentence)].rstrip(' ”"»').endswith("?"):
            continue  # a question states nothing
        if matches := [match for match in found if sentence[0] <= match.core[0] < sentence[1]]:
            statements = _statements(text, sentence, matches, said)
            said += [statement.indicator for statement in statements]
            yield from statements


def _is_grade(text: str, match: QuantityMatch) -> bool:
    """Whether a quantity says which things are meant: "sản phẩm OCOP 3 sao trở lên được đưa lên sàn"."""
    if fold(match.quantity.unit) not in {fold(unit) for unit in _words("grades")}:
        return False
    goes_on = re.match(r"\s+(?:trở\s+(?:lên|xuống)\s+)?[^\W\d_]", text[match.core[1] :])
    named = re.search(r"[^\W\d_]\s+(?:từ\s+)?(?:tối thiểu\s+)?$", text[: match.core[0]])
    return bool(goes_on and named)


def _pair(text: str, sentence: tuple[int, int], drafts: list[_Draft]) -> None:
    """What "lần lượt" lists: as many years, levels or things of the clauses before as there are quantities."""
    accented = _accented(text)
    said = list(
        _anywhere("pairing", accented).finditer(matchable(text[: sentence[1]], accented), sentence[0])
    )
    if not said:
        return
    position = said[-1].start()
    paired = [draft for draft in drafts if draft.clause.match.core[0] > position]
    paired = paired[:1] + list(itertools.takewhile(lambda draft: draft.clause.follows == ",", paired[1:]))
    first = drafts.index(paired[0]) if paired else 0
    times = [time for time in find_times(text[slice(*sentence)]) if time.kind is TimeKind.YEAR]
    levels = [level for level, (start, _) in find_levels(text) if sentence[0] <= start < sentence[1]]
    if len(paired) < 2:
        return
    if paired[0].inherits and first >= len(paired):
        for draft, earlier in zip(paired, drafts[first - len(paired) : first], strict=True):
            draft.before, draft.after, draft.subject = earlier.before, earlier.after, earlier.subject
            draft.level = earlier.level
        return
    aimed = _is_aim(paired[0].before) and first >= len(paired)
    for index, draft in enumerate(paired):
        draft.before = draft.before if index == 0 or not draft.inherits else paired[0].before
        if aimed:
            earlier = drafts[first - len(paired) + index]
            draft.subject = earlier.subject or earlier.before or earlier.after or earlier.label
            draft.level = earlier.level
            continue
        if len(times) == len(paired):
            draft.time = times[index]
        if len(levels) == len(paired):
            draft.level = levels[index]


_WHOLE_ANAPHOR = re.compile(r"(?:tỷ lệ|tỉ lệ|con số|chỉ số|mức|chỉ tiêu|số liệu|số) (?:này|đó|trên)", re.I)
_ANAPHOR = re.compile(
    r"(?:các|những|số|hai|ba|bốn|năm|\d+)\s+((?:[^\W\d_]+\s+){1,3})(?:này|đó|trên|nói trên|kể trên)$"
)


def _resolved(drafts: Sequence[_Draft], said: Sequence[str]) -> list[str]:
    """Indicators with what "các doanh nghiệp này" and "tỷ lệ này" stand for; `said` are those before them."""
    resolved: list[str] = []
    things: str | None = None  # what the sentence speaks of by "các … này"
    for draft in drafts:
        indicator = _indicator(draft)
        anaphor = _ANAPHOR.search(indicator)
        if _WHOLE_ANAPHOR.fullmatch(indicator):
            unit = draft.clause.match.quantity.base_unit
            alike = (
                earlier
                for earlier, other in zip(reversed(resolved), reversed(drafts[: len(resolved)]), strict=True)
                if other.clause.match.quantity.base_unit == unit and not _is_aim_said(earlier)
            )
            indicator = next(alike, indicator)
        elif anaphor:
            noun = anaphor[1].strip()
            named = next(
                filter(None, (_thing(earlier, noun) for earlier in (*resolved, *reversed(said)))), None
            )
            indicator = f"{indicator[: anaphor.start()]}các {named}" if named else indicator
            things = named or things
        elif things and is_measure(indicator) and not re.search(r"\s(?:của|từ|về)\s", indicator):
            indicator = f"{indicator} của các {things}"
        resolved.append(indicator)
    return resolved


def _is_aim_said(indicator: str) -> bool:
    return any(indicator.endswith(f" {aim}") for aim in _words("aims"))


def _thing(indicator: str, noun: str) -> str | None:
    """The counted things of an indicator, where they are `noun`: "số doanh nghiệp công nghệ số" counts them."""
    found = list(re.finditer(rf"(?<!\w){re.escape(noun)}\s(?=\w)", indicator, re.I))
    return indicator[found[-1].start() :] if found else None


_LONGEST_BARE_MEASURE = 6  # syllables of a measure that cannot stand alone


def _named(indicators: Sequence[str], drafts: Sequence[_Draft]) -> list[str]:
    """Indicators, where one is a bare measure with what was said before it ("đường dài 38 km, vốn 500 tỷ").

    A short measure right behind a counted thing is of that thing: "437 sản phẩm …, tổng giá trị giao dịch 96 tỷ".
    """
    named: list[str] = []
    for index, (indicator, draft) in enumerate(zip(indicators, drafts, strict=True)):
        short = len(indicator.split())
        counted = index and drafts[index - 1].clause.match.noun and not draft.clause.match.noun
        of_it = (
            counted
            and short <= _LONGEST_BARE_MEASURE
            and not re.search(r"\s(?:của|từ|về|cua|tu|ve)\s", indicator)
        )
        bare = named and is_measure(indicator) and (short == 1 or of_it)
        named.append(f"{named[-1]}: {indicator}" if bare else indicator)
    return named


def _statements(
    text: str, sentence: tuple[int, int], matches: Sequence[QuantityMatch], said: Sequence[str]
) -> list[Statement]:
    drafts = _drafts(text, _clauses(text, sentence, matches))
    _inherit(text, drafts)
    _pair(text, sentence, drafts)
    return [
        Statement(
            match=draft.clause.match,
            indicator=indicator,
            level=draft.level,
            segment=(draft.clause.before[0], draft.clause.after[1]),
            sentence=sentence,
            comparator=comparator,
            quantity_at=_quantity_at(draft, indicator),
            time=draft.time,
            aimed=bool(_begins("aims", draft.before)) and _is_aim(draft.before),
        )
        for draft, indicator, comparator in zip(
            drafts,
            _named(_resolved(drafts, said), drafts),
            _comparators(drafts),
            strict=True,
        )
    ]
