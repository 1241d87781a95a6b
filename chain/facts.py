"""Who, when and which number: questions about documents, from their metadata with the lines that say it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from datetime import date

from chain.cues import find_cues, has_cue, pattern, without
from chain.drafting import Draft, document_name, plain_text, plan_name, short, statement_text
from chain.knowledge import Knowledge, tokens_of, words_of
from chain.persons import answer_person, office_line, office_of
from chain.understanding import Reading
from domain.answers import Status, Wanted
from domain.documents import DocumentKind, Passage, PassageKind, Source
from domain.figures import Role
from ingest.outline import matches_zone
from vietnamese.document_numbers import is_named_by
from vietnamese.folding import fold, syllables
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import TimeKind, find_times

_TELLING = 0.5  # the weight of a word that tells what is asked about
_TITLE_COVERAGE = 0.5  # of the question's words, by the document's title, place and number
_META_CUES = (
    "wanted.person.cues", "wanted.date.cues", "wanted.number.cues", "wanted.place.cues", "wanted.issuer.cues",
    "about_document.signed", "about_document.dated", "about_document.written",
)  # fmt: skip


def answer_fact(draft: Draft) -> bool:
    """Fill `draft` where the question asks for a document's signer, date, number, place or issuer."""
    reading, knowledge = draft.reading, draft.knowledge
    wanted, text = reading.query.wanted, reading.query.terms
    if reading.unknown_number:
        return _unknown_document(draft)
    if _recipients(draft) or _executors(draft) or _author(draft):
        return True
    if wanted is not Wanted.NUMBER and answer_person(draft):
        return True
    if _related_number(draft) or _in_force(draft) or _cited_by_kind(draft):
        return True
    if _proposer(draft):
        return True
    if _asks_end(draft):
        draft.status = Status.NOT_FOUND
        draft.line("end_not_said")
        return True
    if not _is_about_document(wanted, text):
        return False
    sources = documents_meant(reading, knowledge)
    if not sources:
        return False
    if wanted is Wanted.NUMBER:
        sources = tuple(source for source in sources if not _asks_another(reading, source))
        if not sources:
            return False
    answer: dict[Wanted, Callable[[Draft, Source], bool]] = {
        Wanted.PERSON: _signer,
        Wanted.DATE: _date,
        Wanted.NUMBER: _number,
        Wanted.DOCUMENT: _place,
    }
    if has_cue("wanted.issuer.cues", text):
        return any(_issuer(draft, source) for source in sources)
    others = [other for other, cues in _ALSO_ASKED.items() if other is not wanted and has_cue(cues, text)]
    if len(set(reading.query.document_numbers)) > 1:
        named = _one_for_each_number(reading, sources)
        given = [answer[wanted](draft, source) for source in named]  # all of them, though one may fail
        if all(given):
            return True
        draft.clear()
    for source in sources:
        if answer[wanted](draft, source):
            for other in others:
                answer[other](draft, source)
            return True
    return _fact_not_given(draft, sources[0], wanted)


def _asks_another(reading: Reading, source: Source) -> bool:
    """Whether the question asks which document `source` rests on or replaces, not for its own number."""
    text, own = _without_citing(reading.query.terms), fold(_title_words(source))
    relations = [*itertools.chain(*table("names")["relations"]), *table("names")["follows"]]
    if any(re.search(rf"(?<!\w){fold(word)}(?!\w)", text) and fold(word) not in own for word in relations):
        return True
    kind = _kind_asked(reading.content)
    if kind and kind not in _kind_names(source) and _WHICH_NUMBER.search(text[max(text.find(kind), 0) + len(kind) :]):
        return True
    return any(
        re.search(rf"(?<!\w){fold(body)}(?!\w)", text) and fold(body) not in own
        for body in table("names")["issuers_above"]
    )


def _without_citing(text: str) -> str:
    """The question, folded, without where the asker wants to cite ("để ghi vào phần căn cứ")."""
    folded = fold(text)
    for words in map(fold, table("names")["for_citing"]):
        folded = folded.replace(words, " ")
    return folded


def _one_for_each_number(reading: Reading, sources: Sequence[Source]) -> list[Source]:
    """The document of the highest authority for each number that the question names."""
    found = []
    for number in reading.query.document_numbers:
        own = [source for source in sources if any(is_named_by(other, number) for other in source.numbers)]
        found += sorted(own, key=lambda source: source.authority)[:1]
    return found


_ALSO_ASKED = {
    Wanted.PERSON: "wanted.person.cues",
    Wanted.DATE: "wanted.date.cues",
    Wanted.NUMBER: "wanted.number.cues",
    Wanted.DOCUMENT: "wanted.place.cues",
}


def _is_about_document(wanted: Wanted, text: str) -> bool:
    if has_cue("wanted.issuer.cues", text) or wanted in (Wanted.NUMBER, Wanted.DOCUMENT):
        return True
    if wanted is Wanted.PERSON:
        return has_cue("about_document.signed", text) and not has_cue("about_document.proposed", text)
    return wanted is Wanted.DATE and has_cue("about_document.dated", text) and "hieu luc" not in fold(text)


def _unsaid_of_document(reading: Reading, source: Source, cue: str) -> list[str]:
    """The telling words of the question that neither the document's title nor the words of asking (`cue`) have."""
    spans = find_cues(f"about_document.{cue}", reading.query.terms)
    asked = {word for start, end in spans for word in tokens_of(reading.query.terms[start:end])}
    own = words_of(_title_words(source)).singles | asked
    said = set(tokens_of(reading.query.terms.split("?")[0]))  # behind it stands what the answer is for
    return [
        word for word, weight in reading.weights.items() if weight > _TELLING and word not in own and word in said
    ]


def asks_when_issued(text: str) -> bool:
    """Whether a question asks when a document was issued, not by when one has to be."""
    return has_cue("about_document.issued", text) and not has_cue("about_document.due", text)


def answer_card(draft: Draft) -> bool:
    """What a document is, where the question says nothing but its number."""
    reading = draft.reading
    if not reading.sources:
        return False
    source = reading.sources[0]
    cues = find_cues("about_document.named", reading.query.terms)
    if len(_unsaid_of_document(reading, source, "named")) > (1 if cues else 0) or not _card(draft, source):
        return False
    if not cues and has_cue("list.cues", reading.query.terms):
        _tell_aims(draft, source)  # "Kế hoạch 6649 có những gì?" asks for more than its title
    return True


def summarise(draft: Draft) -> bool:
    """What a document is, its general aim, else its first targets, where a summary of it is asked for."""
    reading, knowledge = draft.reading, draft.knowledge
    if not has_cue("summary.cues", reading.query.terms):
        return False
    meant = sorted(documents_meant(reading, knowledge), key=lambda source: source.authority)
    for source in meant:
        if not _card(draft, source):
            continue
        _tell_aims(draft, source)
        return True
    return False


def _tell_aims(draft: Draft, source: Source) -> None:
    """The general aim of a document, else its first targets."""
    aim = _general_aim(source, draft.knowledge)
    if aim is None:
        _state_targets(draft, source)
        return
    text = f"**{plain_text(aim.path[-1])}**: {plain_text(aim.text)}"
    draft.lines.append(f"{text} [{draft.cite(aim)}]")


def _general_aim(source: Source, knowledge: Knowledge) -> Passage | None:
    """The passage under the heading "Mục tiêu chung"; null where the document has none."""
    aims = [
        passage
        for passage in knowledge.passages.values()
        if passage.document_id == source.document_id
        and any(_GENERAL_AIM.search(fold(heading)) for heading in passage.path[-1:])
    ]
    return min(aims, key=lambda passage: passage.ordinal, default=None)


def _state_targets(draft: Draft, source: Source) -> None:
    """The first targets of a document, each with its citation."""
    targets = [
        figure
        for figure in draft.knowledge.figures
        if figure.document_id == source.document_id
        and figure.role is Role.TARGET
        and not figure.quantity.date
    ]
    items = [
        f"- {statement_text(figure, draft.wording)} [{draft.state(figure)}]"
        for figure in targets[:_MOST_TARGETS]
    ]
    draft.lines.append("\n".join(items))


_MOST_TARGETS = 8  # in a summary
_GENERAL_AIM = pattern("facts.general_aim")


def answer_span(draft: Draft) -> bool:
    """For which years a document is ("Kế hoạch 6649 dành cho năm nào?"): its title, where that names them."""
    reading = draft.reading
    if not has_cue("about_document.span", reading.query.terms):
        return False
    for source in sorted(documents_meant(reading, draft.knowledge), key=lambda source: source.authority):
        title = source.about.title if source.about and source.about.title else source.title
        own = words_of(
            f"{_title_words(source)} . {' . '.join(table('questions')['about_document']['lasting'])}"
        )
        heavy = [word for word, weight in reading.weights.items() if weight > _TELLING]
        if find_times(title) and all(word in own.singles for word in heavy) and _card(draft, source):
            return True
    return False


def _author(draft: Draft) -> bool:
    """Who wrote a page: what it says of itself, else the name that closes it."""
    reading, knowledge = draft.reading, draft.knowledge
    if not has_cue("about_document.written", reading.query.terms):
        return False
    pages = [source for source in documents_meant(reading, knowledge) if source.kind is DocumentKind.NEWS]
    pages = pages or ([only] if (only := _only_of_kind(reading, knowledge)) else [])
    for source in pages:
        for passage in reversed(_front_first(knowledge, source)):
            if found := _AUTHOR.search(passage.text) or _closing_name(passage):
                name, document = found[1].strip(), document_name(source, draft.wording)
                draft.line("author", name=name, document=document, key=draft.cite(passage))
                return True
    return False


_AUTHOR = pattern("facts.author")
_NAME_LINE = re.compile(r"(?m)^[^\S\n]*([^\W\d_]+(?:[ .][^\W\d_]+){1,3})[^\S\n]*$")


def _closing_name(passage: Passage) -> re.Match[str] | None:
    """A line of the close of a page that is a name and nothing else."""
    if passage.kind is not PassageKind.FRONT_MATTER:
        return None
    lines = _NAME_LINE.finditer(passage.text)
    return next((line for line in lines if all(word.istitle() for word in line[1].split())), None)


def _recipients(draft: Draft) -> bool:
    """To whom a document was sent: its list "Nơi nhận"."""
    reading, knowledge = draft.reading, draft.knowledge
    if not has_cue("about_document.sent", reading.query.terms):
        return False
    for source in documents_meant(reading, knowledge):
        by_name = "noi nhan" in fold(reading.query.terms)
        if not by_name and len(_unsaid_of_document(reading, source, "sent")) > 1:
            continue  # something of its content is sent
        for passage in knowledge.passages.values():
            at = fold(passage.text).find("noi nhan")
            if passage.document_id == source.document_id and at >= 0:
                quote = passage.text[at:].strip()
                if "nhu tren" in fold(quote):
                    _addressee(draft, source)
                key = draft.cite(passage, quote)
                lines = [line.strip(" -–•;") for line in quote.split("\n") if line.strip()]
                draft.lines.append("\n".join(f"- {plain_text(line)} [{key}]" for line in lines))
                draft.line("source_line", document=document_name(source, draft.wording))
                return True
    return False


def _addressee(draft: Draft, source: Source) -> None:
    """To whom a report is addressed, which its list of recipients calls "Như trên"."""
    found = _line_with(draft.knowledge, source, lambda text: fold(text).startswith("kinh gui"), "")
    if found:
        draft.lines.append(f"{plain_text(found[1])} [{draft.cite(*found)}]")


def _executors(draft: Draft) -> bool:
    """Who has to carry a decision out: the formula that closes it."""
    reading, knowledge = draft.reading, draft.knowledge
    if not reading.sources or not has_cue("about_document.executed", reading.query.terms):
        return False
    closing = [fold(formula) for formula in table("questions")["prose"]["closing"]]
    for source in reading.sources:
        if _unsaid_of_document(reading, source, "executed"):
            continue  # one of its tasks is meant
        found = _line_with(knowledge, source, lambda text: any(formula in fold(text) for formula in closing), "")
        if found:
            draft.lines.append(f"{plain_text(found[1])} [{draft.cite(*found)}]")
            draft.line("source_line", document=document_name(source, draft.wording))
            return True
    return False


def _card(draft: Draft, source: Source) -> bool:
    title = source.about.title if source.about and source.about.title else source.title
    quoted = _title_quoted(draft.knowledge, source, title)
    if quoted is None:
        return False
    key = draft.cite(*quoted)
    draft.line("card", document=plan_name(source, draft.wording), title=plain_text(title), key=key)
    return True


def _title_quoted(knowledge: Knowledge, source: Source, title: str) -> tuple[Passage, str] | None:
    """Where a document states its title, over however many lines; without the kind that may be a heading."""
    words = syllables(title)
    kinds = [len(syllables(name)) for name in _kind_names(source) if fold(title).startswith(name)]
    wholes = [words, *(words[length:] for length in kinds)]
    for part in [*wholes, *(whole[: len(whole) // 2] for whole in wholes)]:
        pattern = re.compile(r"\W+".join(map(re.escape, part)))
        for passage in _front_first(knowledge, source):
            if len(part) >= _FEWEST_OF_TITLE and (found := pattern.search(fold(passage.text))):
                spans = sentence_spans(passage.text)
                start = max((start for start, _ in spans if start <= found.start()), default=found.start())
                end = min((end for _, end in spans if end >= found.end()), default=found.end())
                return passage, passage.text[start:end]
    return None


_FEWEST_OF_TITLE = 3  # syllables that tell a title


_DOCUMENT_NUMBER = re.compile(r"\d+[\w]*(?:/\d{4})?\s*[/-]\s*[A-ZĐ][\w-]*(?:\s*/\s*[A-ZĐ][\w-]*)?")


def _related_number(draft: Draft) -> bool:
    """Which document another one replaces, amends or rests on: the sentence that says so."""
    reading = draft.reading
    groups = (tuple(map(fold, group)) for group in table("names")["relations"])
    asked = _without_citing(reading.query.terms)
    relation = next((group for group in groups if any(word in asked for word in group)), None)
    handed_in = None if relation else _handed_in(asked)
    relation = relation or handed_in
    if relation is None or reading.query.wanted is not Wanted.NUMBER:
        return False
    kind = _kind_asked(reading.content) or ""
    if handed_in or kind in _ANY_KIND or any(kind in _kind_names(source) for source in reading.sources):
        kind = ""  # the document itself is spoken of, not one that it rests on
    best: tuple[float, Passage, str, str] | None = None
    for passage in draft.knowledge.passages.values():
        if not _may_cite(passage, draft):
            continue
        for start, end in sentence_spans(passage.text):
            quote = passage.text[start:end]
            said = next((word for word in relation if word in fold(quote)), None)
            if not said or kind not in fold(quote) or not _DOCUMENT_NUMBER.search(quote):
                continue
            told = _told_of(reading, quote, kind)
            if best is None or told > best[0]:
                best = (told, passage, quote, said)
    return best is not None and _quote_cited(draft, *best[1:], kind)


_ANY_KIND = frozenset({"van ban", "tai lieu"})


def _handed_in(asked: str) -> tuple[str, ...] | None:
    """What a document is called by which another is proposed or examined: "… trình bằng văn bản số mấy?"."""
    return next(
        (
            (fold(called),)
            for verb, called in table("names")["handed_in"]
            if pattern("facts.verb", verb=fold(verb)).search(asked)
        ),
        None,
    )


def _proposer(draft: Draft) -> bool:
    """Who proposed a document: the line of its front matter that says so ("Xét đề nghị của Sở …")."""
    reading, knowledge = draft.reading, draft.knowledge
    if reading.query.wanted is not Wanted.PERSON or not has_cue(
        "about_document.proposed", reading.query.terms
    ):
        return False
    for source in documents_meant(reading, knowledge):
        for passage in _front_first(knowledge, source):
            for start, end in sentence_spans(passage.text):
                quote = passage.text[start:end].strip()
                if passage.kind is PassageKind.FRONT_MATTER and matches_zone("proposal", quote):
                    draft.lines.append(f"{plain_text(quote)} [{draft.cite(passage, quote)}]")
                    draft.line("source_line", document=document_name(source, draft.wording))
                    return True
    return False


def _asks_end(draft: Draft) -> bool:
    """Whether the question asks what ended or changed a document, of which no document in the store speaks."""
    ends = [word for group in table("names")["ends"] for word in map(fold, group)]
    return draft.reading.query.wanted is Wanted.NUMBER and any(
        pattern("facts.ended_by", word=word).search(fold(draft.reading.query.terms))
        for word in ends
    )


def _in_force(draft: Draft) -> bool:
    """From when a document is in force: the sentence that says so, and its date where it counts from that day."""
    asked = pattern("facts.in_force_asked").search(fold(draft.reading.query.terms))
    if draft.reading.query.wanted is not Wanted.DATE or asked is None:
        return False
    only = _only_of_kind(draft.reading, draft.knowledge, of_any=True)
    for source in documents_meant(draft.reading, draft.knowledge) or ((only,) if only else ()):
        for passage in draft.knowledge.passages.values():
            if passage.document_id != source.document_id:
                continue
            for start, end in sentence_spans(passage.text):
                quote = passage.text[start:end].strip()
                said = fold(quote).replace("het hieu luc", "")
                if not _IN_FORCE.search(said) or not pattern("facts.from_day").search(fold(quote)):
                    continue
                draft.lines.append(f"{plain_text(quote)} [{draft.cite(passage, quote)}]")
                if "ngay ky" in fold(quote):
                    _date(draft, source)
                return True
    return False


_IN_FORCE = pattern("facts.in_force")


def _told_of(reading: Reading, quote: str, kind: str) -> float:
    """How much of the question a sentence says: its words, and once more what follows the noun of `kind` in it."""
    behind = words_of(quote[max(fold(quote).find(kind), 0) :] if kind else quote)
    pairs = [pair for pair in itertools.pairwise(reading.words) if pair in behind.pairs]
    about = _ABOUT.search(reading.query.terms)
    topic = list(itertools.pairwise(tokens_of(about[1]))) if about else []
    on_topic = bool(topic) and all(pair in behind.pairs for pair in topic)
    return _ON_TOPIC * on_topic + math.fsum(
        [
            *(weight for word, weight in reading.weights.items() if word in words_of(quote).singles),
            *(weight for word, weight in reading.weights.items() if word in behind.singles),
            *(min(reading.weights[left], reading.weights[right]) for left, right in pairs),
        ]
    )


_ABOUT = pattern("facts.about")  # what the question says the document is about
_ON_TOPIC = 5.0  # for a sentence that says just that; more than any few words weigh


def _may_cite(passage: Passage, draft: Draft) -> bool:
    """Whether a passage is of the documents, else of the places, that the question names."""
    reading = draft.reading
    if reading.sources:
        return passage.document_id in {source.document_id for source in reading.sources}
    place = draft.knowledge.source_of(passage).place
    return not reading.query.places or place is None or place in reading.query.places


def _quote_cited(draft: Draft, passage: Passage, quote: str, word: str, kind: str = "") -> bool:
    """The number that follows `word`, and `kind` behind it, in the quotation; and the quotation."""
    behind = quote[max(fold(quote).find(fold(word)), 0) :]
    behind = behind[max(fold(behind).find(kind), 0) :]
    number = _DOCUMENT_NUMBER.search(behind) or _DOCUMENT_NUMBER.search(quote)
    key = draft.cite(passage, quote)
    if number:
        draft.line("cited_number", number=number[0].strip(), key=key)
    draft.lines.append(f"{plain_text(short(quote, 400))} [{key}]")
    draft.line("source_line", document=document_name(draft.knowledge.source_of(passage), draft.wording))
    return True


def _cited_by_kind(draft: Draft) -> bool:
    """A document that the plans only cite, asked for by its kind ("Tờ trình … ngày nào?", "Báo cáo … số mấy?")."""
    reading, knowledge = draft.reading, draft.knowledge
    asks_number = has_cue("wanted.number.cues", reading.query.terms)
    if reading.query.wanted not in (Wanted.NUMBER, Wanted.DATE) and not asks_number:
        return False
    kind = _kind_asked(reading.content)
    if kind is None or any(
        kind in _kind_names(source) or re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", fold(source.title))
        for source in documents_meant(reading, knowledge)
    ):
        return False
    best: tuple[float, Passage, str] | None = None
    of_year = documents_meant(reading, knowledge) if reading.query.years else ()
    meant = {source.document_id for source in of_year}  # "kế hoạch năm 2023" is one; "quy hoạch" alone may be cited
    for passage in knowledge.passages.values():
        if not _may_cite(passage, draft) or (meant and passage.document_id not in meant):
            continue
        for start, end in sentence_spans(passage.text):
            quote = passage.text[start:end]
            if re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", fold(quote)) and _is_citation(quote):
                score = _told_of(reading, quote, kind)
                if best is None or score > best[0]:
                    best = (score, passage, quote)
    if best is None:
        return False
    _, passage, quote = best
    if reading.query.wanted is Wanted.DATE:
        behind = quote[fold(quote).find(kind) :]
        dated = next((time for time in find_times(behind) if time.day), None)
        number = _DOCUMENT_NUMBER.search(behind)
        if dated and (number or dated.span[0] <= _NEAR_ITS_DAY) and (day := dated.day):
            name = number[0].strip() if number else _titled(behind)
            draft.line(
                "cited_date",
                date=f"{day.day}/{day.month}/{day.year}",
                number=plain_text(name),
                document=document_name(knowledge.source_of(passage), draft.wording),
                key=draft.cite(passage, quote),
            )
            return True
    return _quote_cited(draft, passage, quote, kind)


_NEAR_ITS_DAY = 80  # characters between a document without a number and the day that is its own


def _is_citation(quote: str) -> bool:
    """Whether a sentence cites a document: by number, or by title and day as laws are."""
    return bool(_DOCUMENT_NUMBER.search(quote)) or any(time.day for time in find_times(quote))


def _titled(behind: str) -> str:
    """The title of a law up to its day: "Luật Công nghệ thông tin"."""
    cut = pattern("facts.number_or_day").search(behind)
    return behind[: cut.start()] if cut else short(behind, 60)


def _kind_asked(text: str) -> str | None:
    """The kind of document that the question asks for, folded: the one whose number it asks, else the first."""
    names = [fold(name) for entry in table("document_kinds")["kind"] for name in entry["names"]]
    found = [
        (match.start(), -len(name), name)
        for name in names
        for match in re.finditer(rf"(?<!\w){name}(?!\w)", fold(text))
    ]
    folded = fold(text)
    numbered = [item for item in found if _WHICH_NUMBER.match(folded[item[0] - item[1] :])]
    return min(numbered or found)[2] if found else None


_WHICH_NUMBER = pattern("facts.which_number")


def _kind_names(source: Source) -> set[str]:
    """The names of a document's kind and of the kind it is about, folded."""
    kinds = {source.kind.value} | ({source.about.kind.value} if source.about and source.about.kind else set())
    return {
        fold(name)
        for entry in table("document_kinds")["kind"]
        if entry["kind"] in kinds
        for name in entry["names"]
    }


def documents_meant(reading: Reading, knowledge: Knowledge) -> tuple[Source, ...]:
    """The documents that the question means: by number, else by the words of their titles; best first."""
    if reading.sources:
        return reading.sources
    text = reading.query.terms
    spans = [span for path in _META_CUES for span in find_cues(path, text)]
    words = [
        word
        for word in dict.fromkeys(tokens_of(without(text, spans)))
        if word in reading.weights or word.isdigit()
    ]
    weights = {word: reading.weights.get(word, 1.0) for word in words}
    total = math.fsum(weights.values())
    if not total:
        return ()
    scored = []
    for source in knowledge.sources.values():
        if reading.query.places and source.place not in reading.query.places:
            continue
        own = words_of(_title_words(source))
        share = math.fsum(weight for word, weight in weights.items() if word in own.singles) / total
        years = {str(year) for year in reading.query.years}
        issued = {str(source.issued_on.year)} if source.issued_on else set()
        if share >= _TITLE_COVERAGE and (not years or years & (own.singles | issued)):
            scored.append((-round(share, 2), source.authority, source.source, source))
    if not scored and (only := _only_of_kind(reading, knowledge)):
        return (only,)
    return tuple(source for *_, source in sorted(scored, key=lambda item: item[:3]))


def _only_of_kind(reading: Reading, knowledge: Knowledge, *, of_any: bool = False) -> Source | None:
    """The one document of the kind and the place that the question names ("bài báo ở Quảng Ngãi"); null elsewhere.

    News and reports only, unless `of_any`: plans and decisions are many, and most are only cited.
    """
    kind = _kind_asked(reading.content)
    if kind is None or not reading.query.places:
        return None
    own = [
        source
        for source in knowledge.sources.values()
        if source.place in reading.query.places
        and kind in _kind_names(source)
        and (of_any or source.kind in (DocumentKind.NEWS, DocumentKind.REPORT))
    ]
    return own[0] if len(own) == 1 else None


def _title_words(source: Source) -> str:
    about = source.about
    parts = [source.title, source.number, source.place, source.issuer, source.kind.value, _kind_words(source)]
    parts += [about.title, about.number, about.issuer] if about else []
    return " . ".join(part for part in parts if part)


def _kind_words(source: Source) -> str:
    words = {
        "decision": "quyết định văn bản",
        "plan": "kế hoạch văn bản",
        "report": "báo cáo văn bản",
        "news": "bài báo trang tin bài viết",
    }
    about = source.about.kind.value if source.about and source.about.kind else ""
    return f"{words.get(source.kind.value, '')} {words.get(about, '')}"


# ----- the facts -----------------------------------------------------------------------------------------


def _signer(draft: Draft, source: Source) -> bool:
    name = source.signer or (source.about.signer if source.about else None)
    passage_quote = _line_with(
        draft.knowledge, source, lambda text: name is not None and name in text, name or ""
    )
    if not name or passage_quote is None:
        return False
    passage, quote = passage_quote
    above, _, line = quote[: quote.find(name)].rpartition("\n")
    key = draft.cite(passage, line + quote[quote.find(name) :])
    office = office_of(quote, name)
    if office and above and not office_of(line + quote[quote.find(name) :], name):
        # a signature may be the right one of two columns: its lines do not follow each other in the file
        office += f" [{draft.cite(passage, office_line(above))}]"
    draft.line("signer", name=name, office=office, document=plan_name(source, draft.wording), key=key)
    return True


def _date(draft: Draft, source: Source) -> bool:
    if has_cue("about_document.passed", draft.reading.query.terms) and _passed(draft, source):
        return True
    about = None if source.number else source.about  # a report on a plan has a day of its own
    issued = source.issued_on if about is None else about.issued_on
    published = source.issued_on if about is not None else None
    asks_page = bool(pattern("facts.news").search(fold(draft.reading.query.terms)))
    day = published if asks_page and published else issued
    if day is None:
        return False
    passage_quote = _line_with(draft.knowledge, source, lambda text: _has_date(text, day), "")
    if passage_quote is None:
        return False
    key = draft.cite(*passage_quote)
    date_text = f"{day.day}/{day.month}/{day.year}"
    if day is published and day is not issued:
        draft.line("posted", date=date_text, document=f"“{short(source.title)}”", key=key)
    else:
        draft.line("issued", date=date_text, document=plan_name(source, draft.wording), key=key)
    return True


def _passed(draft: Draft, source: Source) -> bool:
    """The day on which a council passed a resolution, where a sentence says it beside the day of the document."""
    passage_quote = _line_with(draft.knowledge, source, lambda text: bool(_PASSED.search(fold(text))), "")
    day = passage_quote and next((time.day for time in find_times(passage_quote[1]) if time.day), None)
    if passage_quote is None or day is None:
        return False
    key = draft.cite(*passage_quote)
    date_text = f"{day.day}/{day.month}/{day.year}"
    draft.line("passed", date=date_text, document=plan_name(source, draft.wording), key=key)
    return True


_PASSED = pattern("facts.passed")


def _has_date(text: str, day: date) -> bool:
    return any(time.kind is TimeKind.DATE and time.day == day for time in find_times(text))


def _number(draft: Draft, source: Source) -> bool:
    number = source.number or (source.about.number if source.about else None)
    if not number:
        return False
    bare = re.sub(r"\W", "", number)
    passage_quote = _line_with(draft.knowledge, source, lambda text: bare in re.sub(r"\W", "", text), "")
    if passage_quote is None:
        return False
    key = draft.cite(*passage_quote)
    title = source.about.title if source.about and source.about.title else source.title
    draft.line("number", number=number, title=plain_text(title), key=key)
    return True


def _place(draft: Draft, source: Source) -> bool:
    place = source.place
    if not place:
        return False
    number = re.sub(r"\W", "", source.number or (source.about.number if source.about else None) or "")

    def names_both(text: str) -> bool:
        return place in text and number in re.sub(r"\W", "", text)

    passage_quote = _line_with(draft.knowledge, source, names_both, "") or _line_with(
        draft.knowledge, source, lambda text: place in text, ""
    )
    if passage_quote is None:
        return False
    key = draft.cite(*passage_quote)
    draft.line("place_of_document", place=place, document=plan_name(source, draft.wording), key=key)
    return True


def _issuer(draft: Draft, source: Source) -> bool:
    issuer = source.issuer or (source.about.issuer if source.about else None)
    if not issuer:
        return False
    core = fold(issuer.split(" tỉnh ")[0].replace("UBND", "").strip() or "ubnd")
    passage_quote = _line_with(
        draft.knowledge,
        source,
        lambda text: core in fold(text) or "uy ban nhan dan" in fold(text) or "ubnd" in fold(text),
        "",
    )
    if passage_quote is None:
        return False
    key = draft.cite(*passage_quote)
    draft.line("issuer", issuer=plain_text(issuer), document=plan_name(source, draft.wording), key=key)
    return True


def _fact_not_given(draft: Draft, source: Source, wanted: Wanted) -> bool:
    """The document is there and does not say it."""
    draft.status = Status.NOT_FOUND
    passages = [p for p in draft.knowledge.passages.values() if p.document_id == source.document_id]
    if not passages:
        return False
    draft.line(f"not_given_{wanted.value}", document=plan_name(source, draft.wording))
    if source.issued_on and source.about and wanted is Wanted.DATE:
        quote = _line_with(
            draft.knowledge, source, lambda text: _has_date(text, source.issued_on or date.min), ""
        )
        if quote:
            day = source.issued_on
            draft.line("page_dated", date=f"{day.day}/{day.month}/{day.year}", key=draft.cite(*quote))
    return True


def _unknown_document(draft: Draft) -> bool:
    """A number that no document of the collection bears: what the documents that cite it say of it."""
    number = draft.reading.unknown_number or ""
    cited = _sentence_citing(number, draft.knowledge)
    if cited is None:
        if "/" not in number:
            return False
        draft.status = Status.NOT_FOUND
        draft.line("unknown_document", number=plain_text(number))
        return True
    passage, quote, behind = cited
    following = _DOCUMENT_NUMBER.search(quote, behind)
    own_part = quote[behind : following.start() if following else len(quote)]
    day = next((time.day for time in find_times(own_part) if time.day), None)
    document = document_name(draft.knowledge.source_of(passage), draft.wording)
    if draft.reading.query.wanted is Wanted.DATE and day:
        key = draft.cite(passage, quote)
        date_text = f"{day.day}/{day.month}/{day.year}"
        draft.line("cited_date", date=date_text, number=plain_text(number), document=document, key=key)
        return True
    if draft.reading.query.wanted is Wanted.DATE:
        draft.status = Status.NOT_FOUND
        key = draft.cite(passage, quote)
        draft.line("cited_no_date", number=plain_text(number), quote=plain_text(short(quote, 300)), key=key)
        return True
    draft.lines.append(f"{plain_text(quote)} [{draft.cite(passage, quote)}]")
    draft.line("source_line", document=document)
    return True


def _sentence_citing(number: str, knowledge: Knowledge) -> tuple[Passage, str, int] | None:
    """The first sentence that cites the document of that number, and where the number ends in it."""
    parts = [re.escape(part) for part in re.findall(r"\d+|[^\W\d_]+", fold(number))]
    if not parts:
        return None
    own = r"[\s/–-]*".join(parts)
    kinds = r"(?:nghi quyet|quyet dinh|ke hoach|nghi dinh|thong tu|chi thi|bao cao|to trinh|luat|cong van)\s+(?:so\s+)?"
    pattern = re.compile(rf"(?<!\w){own if len(parts) > 1 else kinds + own}(?![\w/])")
    for passage in knowledge.passages.values():
        for start, end in sentence_spans(passage.text):
            quote = passage.text[start:end]
            if match := pattern.search(fold(quote)):
                return passage, quote, match.end()
    return None


def _front_first(knowledge: Knowledge, source: Source) -> list[Passage]:
    """The passages of a document in order, what stands before its first heading first."""
    own = [passage for passage in knowledge.passages.values() if passage.document_id == source.document_id]
    return sorted(own, key=lambda p: (p.kind is not PassageKind.FRONT_MATTER, p.ordinal))


def _line_with(
    knowledge: Knowledge, source: Source, holds: Callable[[str], bool], name: str
) -> tuple[Passage, str] | None:
    """The first sentence of the document that holds, front matter first; a bare name takes the lines before it."""
    for passage in _front_first(knowledge, source):
        spans = sentence_spans(passage.text)
        for index, (start, end) in enumerate(spans):
            if not holds(passage.text[start:end]):
                continue
            first = start
            if name and end - start <= len(name) + 4:
                first = spans[max(0, index - 2)][0]
            if end - first < 12 and index:
                first = spans[index - 1][0]
            return passage, passage.text[first:end]
    return None
