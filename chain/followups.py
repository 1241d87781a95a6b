"""Follow-ups made to stand alone: what a short question leaves to the one before is filled in.

"còn năm 2030?" replaces the year, "cấp xã?" the level, "Bắc Ninh thì sao?" the place; "kế hoạch đó" becomes
the document of the answer before. A question with a topic of its own keeps to itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from chain.cues import find_cues, has_cue, pattern, without
from chain.duties import body_span, opens_with_body
from chain.knowledge import Knowledge, tokens_of
from chain.qualifiers import fund_spans
from chain.understanding import mended, named_documents, normalised
from domain.answers import Answer
from domain.documents import Passage, Source
from domain.figures import Level
from ingest.table_figures import is_total_name, is_total_row, row_label
from prompts.wording import Wording
from vietnamese.abbreviations import written_out
from vietnamese.folding import fold
from vietnamese.levels import find_levels
from vietnamese.patterns import alternatives, has_diacritics
from vietnamese.places import find_places, localities_in, spots_in
from vietnamese.tables import table
from vietnamese.times import TimeKind, TimeMatch, find_times, with_years_counted_on, without_years_counted_on
from vietnamese.units_of_place import is_unit_of_place, own_name, says

_META = (
    "wanted.person.cues",
    "wanted.date.cues",
    "wanted.number.cues",
    "wanted.issuer.cues",
    "about_document.signed",
    "about_document.dated",
)


def _followup_spans(section: str, text: str) -> list[tuple[int, int]]:
    return find_cues(f"followup.{section}", text)


def _document_anaphors(text: str) -> list[tuple[int, int]]:
    """Where a question speaks of the document before: "kế hoạch đó", "báo cáo này", "nó"."""
    kinds = alternatives(name for entry in table("document_kinds")["kind"] for name in entry["names"])
    that = alternatives(table("questions")["followup"]["that"])
    pattern = rf"(?<!\w)(?:{kinds})\s+(?:dua\s+tin\s+|viet\s+)?(?:{that})(?!\w)"
    named = [match.span() for match in re.finditer(pattern, fold(text))]
    return named or _followup_spans("anaphors", text)


def stand_alone(
    question: str,
    previous: str,
    answer_before: Callable[[], Answer],
    knowledge: Knowledge,
    wording: Wording,
    today: date,
) -> str:
    """`question` as it reads without the conversation; `previous` stands alone already."""
    answer_before = cache(answer_before)  # it is a whole answer, and several rules look at it
    text = _years_counted_on(mended(written_out(normalised(question)), knowledge), previous, today)
    if anaphors := _document_anaphors(text):
        return _with_document(text, anaphors[0], answer_before(), knowledge, wording)
    if (among := _followup_spans("among", text)) and _has_parts(_row_before(answer_before())):
        return _with_row(text, among[0], answer_before(), previous)
    if (spoken := _followup_spans("place_anaphors", text)) and (named := _locality_before(answer_before(), previous)):
        return text[: spoken[0][0]] + named + text[spoken[0][1] :]
    if anaphors := _followup_spans("row_anaphors", text):
        return _with_row(text, anaphors[0], answer_before(), previous)
    if anaphors := [span for span in _followup_spans("thing_anaphors", text) if not _is_other_ho(text, span)]:
        return _with_things(text, anaphors[0], answer_before())
    if (there := _THERE.search(fold(text))) and (row := _row_before(answer_before())):
        return f"{text[: there.start()]}ở {row}{text[there.end() :]}"  # "Tỷ lệ ở đó?" asks for the row before
    if named_documents(text, knowledge)[0]:
        return question
    if other := _row_replaced(text, previous, answer_before, knowledge):
        return other
    if other := _body_replaced(text, previous) or _spot_replaced(text, previous, knowledge):
        return other
    own = _own_topic(text, today)
    asks_of_row = [path for path in ("table.time", "table.agency") if has_cue(path, text)]
    if not own and asks_of_row and (row := _row_before(answer_before())):
        return f"Dự án {row}{_of_place(answer_before())}: {text}"
    of_funds = has_cue("table.funds", text)
    if not own and not of_funds and any(has_cue(path, text) for path in _META) and not find_times(text):
        return _meta_of(text, answer_before(), previous, knowledge, wording)
    if of_funds and (not own or (_is_fragment(text, today) and _row_before(answer_before()))):
        return _funds_of(text, answer_before(), previous)
    if rest := _levels_left(text, previous):
        return _levels_replaced(previous, rest)
    if not own and (swapped := _superlative_replaced(text, previous)):
        return swapped
    if _ALL_YEARS.search(fold(text)) and set(own) <= _NUMBERS:
        return _without_times(previous, today)
    if swapped := _rank_replaced(text, previous, own) or _funds_replaced(text, previous, own, today, answer_before):
        return swapped
    if not own and not _names_constraint(text, today) and (things := _spent_on_things(text, previous, answer_before)):
        return things
    if not own or (_names_constraint(text, today) and set(own) <= set(tokens_of(previous))):
        return _constraints_replaced(text, previous, today)
    if swapped := _superlative_replaced(text, previous):
        return swapped
    if (_leans(text) or _is_fragment(text, today)) and (row := _row_asked_like(text, previous, answer_before)):
        return row
    if _leans(text) or _is_fragment(text, today) or _SAME_YEAR.search(fold(text)):
        inherited = _constraints_inherited(text, previous, today)
        return inherited if _leans(text) else _of_row_before(inherited, text, own, answer_before)
    if len(text.split()) <= _LONGEST_OF_A_ROW and not find_times(text, today):
        return _of_row_before(question, text, own, answer_before)
    return question


_WE = pattern("followups.we")


def _is_other_ho(text: str, span: tuple[int, int]) -> bool:
    """Whether a bare "ho" is "hồ" or "hộ" ("ho so"), or "chúng" opens "chúng tôi", who asks."""
    if _WE.match(fold(text[span[1] :])):
        return True
    return text[slice(*span)].lower() == "ho" and not has_diacritics(text)


_SAME_YEAR = pattern("followups.same_year")
_THERE = pattern("followups.there")


def _years_counted_on(text: str, previous: str, today: date) -> str:
    """ "Mười năm sau đó?" after a question about 2020 asks for 2030."""
    years = [time.last for time in find_times(previous, today) if time.kind is not TimeKind.RELATIVE]
    named = [time for time in find_times(text) if time.kind is not TimeKind.RELATIVE]
    if named:  # "mười năm sau, tức 2030" says the year itself
        return without_years_counted_on(text)
    return with_years_counted_on(text, years[-1]) if years else text


_FRAGMENT_WORDS = 5  # at most; a longer question stands on its own


def _is_fragment(text: str, today: date) -> bool:
    """Whether a question is too short to have a time or place of its own ("mức độ 4?")."""
    return len(text.split()) <= _FRAGMENT_WORDS and not find_times(text, today) and not find_places(text)


_THE_OTHERS = pattern("followups.the_others")


def _levels_left(text: str, previous: str) -> list[Level]:
    """The levels that the question before did not name ("hai cấp còn lại?")."""
    if not _THE_OTHERS.search(fold(text)) or len(text.split()) > _FRAGMENT_WORDS + 1:
        return []
    named = {level for level, _ in find_levels(previous)}
    return [level for level in Level if level not in named] if named else []


def _superlative_replaced(text: str, previous: str) -> str | None:
    """ "còn ít nhất?" after a question about the largest row asks for the smallest of the same."""
    ranks = ("table.largest", "table.smallest")
    asked = [span for path in ranks for span in find_cues(path, text)]
    old = [span for path in ranks for span in find_cues(path, previous)]
    if not asked or not old or len(text.split()) > _FRAGMENT_WORDS + 1:
        return None
    (start, end), (begin, stop) = asked[0], old[0]
    ordinal = re.match(r"\s+\w+", text[end:]) if "thu" in fold(text[start:end]) else None
    words = text[start : end + (ordinal.end() if ordinal else 0)]
    return previous[:begin] + words + previous[stop:]


_RANKED = pattern("followups.ranked")


def _rank_replaced(text: str, previous: str, topic: Sequence[str]) -> str | None:
    """ "mức độ 4 thì bao nhiêu?" after a question about "mức độ 3" asks the same of the other rank."""
    asked, old = _RANKED.findall(fold(text)), list(_RANKED.finditer(fold(previous)))
    if len(asked) != 1 or len(old) != 1:
        return None
    noun, rank = str(asked[0][0]), str(asked[0][1])
    noun_before, rank_before = old[0].groups()
    if noun not in (noun_before, noun_before.split()[0]) or rank == rank_before:
        return None
    if not set(topic) <= {*noun.split(), *tokens_of(previous)}:
        return None
    start, end = old[0].span(2)
    return previous[:start] + rank + previous[end:]


_ALL_YEARS = pattern("followups.all_years")
_NUMBERS = frozenset(fold(word) for word in table("numbers")["words"])


def _without_times(previous: str, today: date) -> str:
    """ "cả ba năm thì hết bao nhiêu?" asks the question before of all years together."""
    kept = without(previous, [time.span for time in find_times(previous, today)])
    return _append(re.sub(r"\s+", " ", kept).strip(), "tổng cộng" if has_diacritics(previous) else "tong cong")


def _funds_replaced(
    text: str, previous: str, topic: Sequence[str], today: date, answer_before: Callable[[], Answer]
) -> str | None:
    """ "thế phần ngân sách tỉnh?" after a question about money asks what that source gives of it."""
    asked = fund_spans(text)
    if len(asked) != 1 or not (has_cue("unit.money", previous) or has_cue("unit.capital", previous)):
        return None
    words = text[slice(*asked[0])]
    if not set(topic) <= {*tokens_of(words), *tokens_of(previous), "phan"}:
        return None
    if row := _row_before(answer_before()):
        source = words.removesuffix(" góp")
        return f"{source} góp bao nhiêu tiền cho dự án {row}{_of_place(answer_before())}?"
    if old := fund_spans(previous):
        start, end = old[0]
        return previous[:start] + words + previous[end:]
    return _constraints_inherited(f"{words} là bao nhiêu tiền", previous, today)


def _spent_on_things(text: str, previous: str, answer_before: Callable[[], Answer]) -> str | None:
    """ "tốn bao nhiêu tiền?" after a count of things asks what these cost."""
    if not has_cue("unit.money", text) or has_cue("unit.money", previous) or has_cue("unit.capital", previous):
        return None
    figure = next((stated.figure for stated in answer_before().figures), None)
    if figure is None or figure.row is not None:
        return None
    place = f" của {figure.place}" if figure.place and find_places(previous) else ""
    return f"{figure.indicator}{place} {text}"


def _names_constraint(text: str, today: date) -> bool:
    """Whether a question names a time, a place or a level."""
    return bool(find_times(text, today) or find_places(text) or find_levels(text, short=True))


_WITHOUT_TOPIC = (
    "table.funds", "table.time", "table.agency", "figure.how_much", "comparison.cues", "role.result", "unit.money",
)  # fmt: skip


def _own_topic(text: str, today: date) -> list[str]:
    """Content words of the question itself: no constraints, cues, fillers or words that lean back."""
    spans = [time.span for time in find_times(text, today)] + [span for _, span in find_places(text)]
    spans += [span for _, span in find_levels(text, short=True)]
    for section in ("leads", "tails", "changes"):
        spans += _followup_spans(section, text)
    for path in (*_META, *_WITHOUT_TOPIC, "comparison.result", "comparison.target"):
        spans += find_cues(path, text)
    spans += find_cues("ignored.phrases", text)
    return [word for word in tokens_of(without(text, spans)) if not word.isdigit()]


def _leans(text: str) -> bool:
    """Whether the question opens or ends with words that lean on the one before ("còn … thì sao?")."""
    bare = fold(text).strip(" ?.!")
    leads = alternatives(word for word in table("questions")["followup"]["leads"])
    tails = alternatives(word for word in table("questions")["followup"]["tails"] if word != "còn")
    verbs = alternatives(table("statements")["subject_verbs"])
    return bool(re.match(rf"(?:{leads}|{verbs})(?!\w)", bare) or re.search(rf"(?<!\w)(?:{tails})$", bare))


# ----- constraints ---------------------------------------------------------------------------------------


def _constraints_replaced(text: str, previous: str, today: date) -> str:
    """The question before with the constraints of this one in the place of its own."""
    result = previous
    times = find_times(text, today)
    if times and has_cue("comparison.cues", text):
        cue = text[slice(*max(find_cues("comparison.cues", text), key=lambda span: span[1] - span[0]))]
        result = _append(previous, f"và {_time_words(times[0])} {cue}")
    elif times:
        result = _times_replaced(result, times, today)
    levels = find_levels(text, short=True)
    if levels:
        result = _levels_replaced(result, [level for level, _ in levels])
    places = [place for place, _ in find_places(text)]
    if places:
        result = _places_replaced(result, places)
    if (grows := find_cues("unit.growth", text)) and not has_cue("unit.growth", previous):
        result = _append(result, text[slice(*grows[0])])
    came = find_cues("role.result", text) or find_cues("comparison.result", text)
    if came and not has_cue("role.result", previous):
        result = _append(_AIMED_IN.sub(r"năm \1", result), text[slice(*came[0])])
    result = re.sub(r"\s+", " ", result).strip()
    return result if has_diacritics(previous) else fold(result)


_AIMED_IN = pattern("followups.aimed_in")


def _time_words(time: TimeMatch) -> str:
    if time.kind is TimeKind.PERIOD:
        return f"giai đoạn {time.first} – {time.last}"
    return f"năm {time.first}"


def _append(text: str, words: str) -> str:
    stripped = text.rstrip(" ?.!")
    return f"{stripped} {words}{text[len(stripped) :].strip() or '?'}"


def _times_replaced(text: str, times: Sequence[TimeMatch], today: date) -> str:
    words = " và ".join(dict.fromkeys(_time_words(time) for time in times))
    old = [time for time in find_times(text, today) if time.kind is not TimeKind.RELATIVE]
    if not old:
        return _append(text, words)
    start, end = old[0].span
    kept = text[:start] + words + text[end:]
    for time in reversed(old[1:]):
        shift = len(kept) - len(text)
        kept = kept[: time.span[0] + shift].rstrip(" ,và") + kept[time.span[1] + shift :]
    return kept


def _levels_replaced(text: str, levels: Sequence[Level]) -> str:
    words = " và ".join(f"cấp {level.value}" for level in dict.fromkeys(levels))
    old = find_levels(text)
    if not old:
        return _append(text, words)
    start, end = old[0][1]
    return text[:start] + words + text[end:]


def _places_replaced(text: str, places: Sequence[str]) -> str:
    words = " và ".join(dict.fromkeys(places))
    old = find_places(text)
    if not old:
        return _append(text, f"của {words}")
    start, end = old[0][1]
    return text[:start] + words + text[end:]


def _bare(text: str) -> str:
    """A follow-up without the words that lean on the question before: "chữ ký số" of "còn chữ ký số thì sao?"."""
    leads = alternatives(word for word in table("questions")["followup"]["leads"])
    tails = alternatives(word for word in table("questions")["followup"]["tails"] if word != "còn")
    start = match.end() if (match := re.match(rf"\s*(?:(?:{leads})(?!\w)\s*)+", fold(text))) else 0
    bare = text[start:].rstrip(" ?.!")
    if tail := re.search(rf"\s*(?<!\w)(?:{tails})\s*$", fold(bare)):
        bare = bare[: tail.start()]
    return bare.strip()


def _constraints_inherited(text: str, previous: str, today: date) -> str:
    """A new indicator under the year and place of the question before ("còn chữ ký số thì sao?")."""
    bare = _bare(text)
    if find_times(bare, today) and (find_places(bare) or not find_places(previous)):
        return text  # it has what it could take over
    result = bare + "?"
    if not find_times(bare, today) and (old := find_times(previous, today)):
        result = _append(result, _time_words(old[0]))
    if not find_places(bare) and (places := find_places(previous)):
        result = _append(result, f"của {places[0][0]}")
    return result


def _row_asked_like(text: str, previous: str, answer_before: Callable[[], Answer]) -> str | None:
    """Another project's money, where that of one was asked ("còn cái đất đai – xây dựng?")."""
    if not has_cue("unit.capital", previous) and not has_cue("unit.money", previous):
        return None
    if has_cue("table.rows", text) or has_cue("figure.amount", text):
        return None
    if any(has_cue(path, text) for path in ("table.funds", "table.time", "table.agency")):
        return None
    if not _row_before(answer_before()) or len({stated.figure.row for stated in answer_before().figures}) != 1:
        return None
    name = _bare(text)
    name = pattern("followups.opening_classifier").sub("", name)
    asked = "cần bao nhiêu vốn?" if has_diacritics(text) else "can bao nhieu von?"
    return f"Dự án {name}{_of_place(answer_before())} {asked}"


# ----- what the answer before was about ------------------------------------------------------------------


def _document_before(answer: Answer) -> Source | None:
    return answer.citations[0].source if answer.citations else None


def _name_of(source: Source) -> str:
    """How a question names a document, so that it is found again."""
    number = source.number or (source.about.number if source.about else None)
    if number:
        kind = (
            source.kind.value
            if source.number
            else (source.about.kind.value if source.about and source.about.kind else "plan")
        )
        word = {
            "decision": "Quyết định",
            "plan": "Kế hoạch",
            "resolution": "Nghị quyết",
            "report": "Báo cáo",
        }.get(kind, "văn bản")
        return f"{word} {number}"
    return f"văn bản “{source.title}”"


def _named_before(previous: str, answer: Answer, knowledge: Knowledge) -> Source | None:
    _, named = named_documents(previous, knowledge)
    return named[0] if named else _document_before(answer)


def _with_document(
    text: str, span: tuple[int, int], answer: Answer, knowledge: Knowledge, wording: Wording
) -> str:
    del wording
    numbers, known = named_documents(answer.standalone_question, knowledge)
    if numbers and not known:  # the store only cites it
        name = " ".join(text[slice(*span)].split()[:-1])
        return f"{text[: span[0]]}{name} {numbers[0][0]}{text[span[1] :]}"
    source = _named_before(answer.standalone_question, answer, knowledge)
    return text if source is None else text[: span[0]] + _name_of(source) + text[span[1] :]


def _meta_of(text: str, answer: Answer, previous: str, knowledge: Knowledge, wording: Wording) -> str:
    del wording
    source = _named_before(previous, answer, knowledge)
    return text if source is None else _append(text, _name_of(source))


def _row_before(answer: Answer) -> str | None:
    stated = [stated.figure for stated in (*answer.figures, *answer.nearest)]
    rows = {
        citation.passage.passage_id: row_label(citation.passage)
        for citation in answer.citations
        if citation.passage.cells
    }
    cited = next(iter(rows.values())) if len(rows) == 1 and not stated else None
    return next((figure.row for figure in stated if figure.row and not is_total_name(figure.row)), cited)


def _of_place(answer: Answer) -> str:
    """The place of the row before: other provinces may have a project of that name."""
    place = next(
        (stated.figure.place for stated in (*answer.figures, *answer.nearest) if stated.figure.row), None
    )
    return f" của {place}" if place else ""


def _with_row(text: str, span: tuple[int, int], answer: Answer, previous: str) -> str:
    row = _row_before(answer)
    if _has_parts(row):
        times = find_times(previous)
        kept = f"{text[: span[0]]}ở {row}{text[span[1] :]}"
        return kept if find_times(text) or not times else _append(kept, _time_words(times[0]))
    if row:
        return f"{text[: span[0]]}dự án {row}{_of_place(answer)}{text[span[1] :]}"
    figure = next((stated.figure for stated in (*answer.figures, *answer.nearest)), None)
    topic = figure.indicator if figure else previous.rstrip(" ?.!")
    return f"{text[: span[0]]}{topic}{text[span[1] :]}"


def _has_parts(row: str | None) -> bool:
    """Whether a row is one of a place or a body, of which other columns tell parts ("trong số đó …")."""
    return row is not None and (is_unit_of_place(row) or opens_with_body(row))


def _with_things(text: str, span: tuple[int, int], answer: Answer) -> str:
    """ "doanh thu của họ?" after a count of enterprises asks it of these enterprises."""
    figure = next((stated.figure for stated in (*answer.figures, *answer.nearest)), None)
    if figure is None:
        return text
    noun, indicator = figure.quantity.base_unit, figure.indicator
    at = fold(indicator).find(fold(noun)) if noun else -1
    things = indicator[at:] if at >= 0 else indicator
    return f"{text[: span[0]]}{things}{text[span[1] :]}"


def _row_replaced(
    text: str, previous: str, answer_before: Callable[[], Answer], knowledge: Knowledge
) -> str | None:
    """ "thế Văn Lãng?" after a question about the row of "Huyện Chi Lăng" asks the same of that row."""
    if len(text.split()) > _FRAGMENT_WORDS + 1:
        return None
    asked = f" {' '.join(tokens_of(text))} "
    named = [
        rows
        for rows in knowledge.rows_by_table.values()
        if any(" " in name and says(asked, name) for name in _names(rows))
    ]
    before = _row_before(answer_before()) if named else None
    whole = own_name(before) if before else ""
    for rows in named:
        names = _names(rows)
        old = next((name for name in names if whole == name or whole.endswith(f" {name}")), whole)
        place = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", fold(previous)) if old else None
        new = next((name for name in names if " " in name and says(asked, name)), None)
        if place and new and new != old and old in names:
            found = re.search(rf"(?<!\w){re.escape(new)}(?!\w)", fold(text))
            words = text[slice(*found.span())] if found else new
            return previous[: place.start()] + words + previous[place.end() :]
    return None


def _body_replaced(text: str, previous: str) -> str | None:
    """ "thế Sở Nội vụ?" after "Sở Tài chính phải làm gì?" asks what that body has to do."""
    bare = _bare(text)
    if len(text.split()) > _LONGEST_BODY or has_cue("duty.cues", text) or not opens_with_body(bare):
        return None
    span = body_span(previous)
    return f"{previous[: span[0]]}{bare}{previous[span[1] :]}" if span else None


def _spot_replaced(text: str, previous: str, knowledge: Knowledge) -> str | None:
    """ "còn Bảo Lộc?" after a question about Đà Lạt asks the same of Bảo Lộc, where a document names both."""
    bare, old = _bare(text), spots_in(previous)
    if spots_in(f", {bare}") != (bare,) or len(old) != 1 or find_places(bare):
        return None
    names = (old[0].lower(), bare.lower())
    passages = knowledge.passages.values()
    named_by = [{passage.document_id for passage in passages if name in passage.text.lower()} for name in names]
    if not named_by[0] & named_by[1]:
        return None
    return previous.replace(old[0], bare)


def _of_row_before(question: str, text: str, topic: Sequence[str], answer_before: Callable[[], Answer]) -> str:
    """`question` about the district or the commune of the answer before, where `text` names no place itself.

    Only what a column of that row's table tells is asked of the row: all of the `topic` stands in its head.
    """
    if find_places(text) or localities_in(text) or spots_in(text) or has_cue("followup.elsewhere", text):
        return question
    row = _row_before(answer_before())
    heads = [head for citation in answer_before().citations for head in citation.passage.columns]
    told = any(topic and set(topic) <= set(tokens_of(head)) for head in heads)
    return _append(question, f"ở {row}") if row and told and is_unit_of_place(row) else question


def _locality_before(answer: Answer, previous: str) -> str | None:
    """The district or commune that was spoken of: of the row before, else the one that the question before names."""
    row = _row_before(answer)
    if row and is_unit_of_place(row):
        return row
    named = localities_in(previous)
    return named[0] if len(named) == 1 else None


_LONGEST_OF_A_ROW = 8  # words of a follow-up that goes on about the row before
_LONGEST_BODY = 9  # words of a follow-up that only names a body


def _names(rows: Sequence[Passage]) -> list[str]:
    """The names of a table's rows, folded, without the words that they open with together ("Cảng cá Đề Gi")."""
    names = [own_name(label) for row in rows if not is_total_row(row) and (label := row_label(row))]
    opening = {" ".join(name.split()[:_OPENING]) for name in names}
    shared = {lead for lead in opening if sum(name.startswith(f"{lead} ") for name in names) > 1}
    leads = [next((f"{lead} " for lead in shared if name.startswith(f"{lead} ")), "") for name in names]
    return [name.removeprefix(lead) for name, lead in zip(names, leads, strict=True)]


_OPENING = 2  # words that several rows may share: "cảng cá"


def _funds_of(text: str, answer: Answer, previous: str) -> str:
    row = _row_before(answer)
    if row:
        return f"Nguồn vốn của dự án {row}{_of_place(answer)}?"
    return _append(previous, "– " + text.rstrip(" ?.!"))
