"""Prose, lists, persons and dates that no record holds: the passages' own sentences, verbatim.

Passages come from the hybrid search; the section whose heading names the topic comes first. Where the words
of the question are not carried by a passage, nothing is said.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chain.confidence import confidence, signs_of
from chain.cues import adds_up, asks_sum, has_cue, pattern, superlative
from chain.drafting import Draft, document_name, plain_text
from chain.facts import documents_meant
from chain.knowledge import Knowledge, Words, tokens_of, united, words_of
from chain.matching import OTHER_FORM, prepare, spots_named
from chain.qualifiers import qualifiers_of, says_all
from chain.said import said_of, telling_words
from chain.scope import is_meant
from chain.sections import says_its_kind
from chain.sentences import (
    ANY_TARGET,
    ENUMERATION,
    alike,
    asked_noun,
    enumerates,
    opening_nouns,
    sentence_score,
    setting_of,
    speaks_of,
)
from chain.synonyms import Synonyms, meant_at
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading, asked_clause, asks_why, sets_result_against_plan
from domain.answers import Hit, Wanted
from domain.documents import Passage, PassageKind
from domain.figures import Quantity
from ingest.scopes import is_money
from vietnamese.folding import fold, syllables
from vietnamese.names import find_names
from vietnamese.places import find_places, localities_in, spots_in
from vietnamese.quantities import find_quantities
from vietnamese.sentences import sentence_spans
from vietnamese.tables import table
from vietnamese.times import TimeKind, find_durations, find_times

_CANDIDATES = 12
_MOST_CHARACTERS = 1900
_MOST_SENTENCES = 3
_LONG_SENTENCE = 350
_PASSAGES_READ = 5
_OFFICE_HELD = 0.7  # of the word pairs of the office that is asked for
_YEAR_NAMED = 0.2  # added to a passage of the year that is asked about
_ROW_IS_NO_PROSE = 0.4  # taken from a table row where the question asks how things are, and from closing formulas
_CLOSE = 0.85  # of the best sentence's score
_HEADING_WEIGHT, _PAIR_WEIGHT, _SEARCH_WEIGHT = 0.35, 0.35, 0.25


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the share of the question's words that it covers, by word and by pair, and its score."""

    passage: Passage
    coverage: float
    pairs: float
    heading: float
    score: float


def answer_from_passages(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Fill `draft` with what the passages say; False where none carries the question, or too little speaks for it."""
    found = ranked(draft.reading, hits, draft.knowledge)
    if not _answer_from(draft, found):
        return False
    if _holds_both_sides(draft) and holds_what_is_worked_on(draft) and is_sure(draft, found):
        return True
    draft.clear()
    return False


def _holds_both_sides(draft: Draft) -> bool:
    """Whether all years stand in what is quoted that a comparison names, or a question that names several."""
    query = draft.reading.query
    if query.wanted is not Wanted.COMPARISON and len(query.years) < 2:
        return True
    quoted = " ".join(" . ".join((*citation.passage.path, citation.quote)) for citation in draft.citations)
    own = {
        year
        for citation in draft.citations
        for figure in draft.knowledge.figures_by_passage.get(citation.passage.passage_id, ())
        for year in (figure.year, *(figure.period or ()))
    }
    return all(year in own or str(year) in quoted for year in query.years or query.period or ())


_NEEDS_AN_AMOUNT = (Wanted.FIGURE, Wanted.COMPARISON, Wanted.DATE, Wanted.ANYTHING)
_EXTREME_ASKED = pattern("prose.extreme_asked")
_EXTREME = pattern("prose.extreme")


def holds_what_is_worked_on(draft: Draft) -> bool:
    """Whether quoted sentences can answer a question that works on figures.

    No sentence adds up what the question does; of an extreme it has to say that it is one; the amounts that are
    named have to stand in it, an amount where one is asked for, and two where they are set against each other.
    """
    reading = draft.reading
    text, wanted = reading.query.terms, reading.query.wanted
    if adds_up(text) or (asks_sum(text) and has_cue("table.rows", text)):
        return False
    quoted = " . ".join(citation.quote for citation in draft.citations)
    above = " . ".join(heading for citation in draft.citations for heading in citation.passage.path)
    if not says_all(qualifiers_of(text), f"{quoted} . {above}"):
        return False
    if superlative(text) and _EXTREME_ASKED.search(fold(text)) and not _says_extreme(draft):
        return False
    if has_cue("figure.degree", text) and not _says_year(draft):
        return False
    if sets_result_against_plan(text) and len(find_quantities(quoted)) < _TWO:
        return False
    spots = spots_named(reading, draft.knowledge)
    around = f"{quoted} . {above} . {' . '.join(citation.source.title for citation in draft.citations)}".lower()
    of_several = _asks_which_place(text) or wanted is Wanted.COMPARISON  # of two the one that it is may stand alone
    if spots and not (any if of_several else all)(spot.lower() in around for spot in spots):
        return False
    if not says_its_kind(text, f"{quoted} . {above}"):
        return False
    if _is_of_other_years(draft) or (_asks_which_place(text) and not _names_place(quoted, reading)):
        return False
    held = [match.quantity for match in find_quantities(quoted)]
    amounts = {(quantity.base_unit, quantity.amount) for quantity in held}
    named = [hint for hint in reading.hints if hint.base_unit == "%" or is_money(hint)]
    if any((hint.base_unit, hint.amount) not in amounts for hint in named):
        return False
    of_amount = wanted in _NEEDS_AN_AMOUNT and not has_cue("table.funds", text)
    if of_amount and reading.unit in _KINDS and not any(map(_KINDS[reading.unit], held)):
        return False
    return not has_cue("comparison.dearer", text) or any(
        len(find_quantities(sentence)) >= _TWO and said_of(reading, words_of(sentence)).share >= _BOTH_TOLD
        for sentence in (quoted[slice(*span)] for span in sentence_spans(quoted))
    )


def _is_of_other_years(draft: Draft) -> bool:
    """Whether all that is quoted names years, and none of them is the one year of the question."""
    years = set(draft.reading.query.years)
    if len(years) != 1:
        return False
    told = [{year for time in find_times(one.quote) for year in (time.first, time.last)} for one in draft.citations]
    return bool(told) and all(own and not own & years for own in told)


def _asks_which_place(text: str) -> bool:
    return bool(pattern("prose.which_place").search(fold(text)))


def _names_place(quoted: str, reading: Reading) -> bool:
    """Whether a place is named that the question itself does not name."""
    own = {place for place, _ in find_places(quoted)} - set(reading.query.places)
    return bool(localities_in(quoted) or spots_in(quoted) or own)


def _says_extreme(draft: Draft) -> bool:
    """Whether a quoted sentence that says some of the question says that something is the most or the least."""
    return any(
        _EXTREME.search(sentence.lower()) and said_of(draft.reading, words_of(sentence)).share >= _SOME
        for citation in draft.citations
        for sentence in (citation.quote[slice(*span)] for span in sentence_spans(citation.quote))
    )


_SOME = 0.2  # of what a question tells


def _says_year(draft: Draft) -> bool:
    """Whether what is quoted, or what stands over it, is of a year that the question names, if it names one."""
    years = draft.reading.query.years
    knowledge = draft.knowledge
    said = " ".join(
        " . ".join((*citation.passage.path, citation.quote, citation.source.title)) for citation in draft.citations
    )
    own = {
        figure.last_year
        for citation in draft.citations
        for figure in knowledge.figures_by_passage.get(citation.passage.passage_id, ())
    }
    if any(own):
        return not years or bool(own & set(years))
    return not years or any(str(year) in said for year in years)


_TWO, _BOTH_TOLD = 2, 0.5  # amounts of a sentence that sets two things against each other, and what it says of them
_KINDS: dict[str | None, Callable[[Quantity], bool]] = {
    "money": is_money,
    "share": lambda quantity: quantity.unit.startswith(("%", "‰", "điểm")),
    "growth": lambda quantity: quantity.unit.startswith("%"),
    "factor": lambda quantity: quantity.unit == "lần",
}


def is_sure(draft: Draft, found: Sequence[Found], least: float | None = None) -> bool:
    """Whether enough speaks for what is quoted in `draft`; `found` are all passages that were looked at.

    The holder of an office, and the causes of the kind it names, speak for themselves.
    """
    if draft.reading.query.wanted is Wanted.PERSON and _OFFICE_ASKED.search(fold(draft.reading.query.terms)):
        return True
    if asks_why(draft.reading.query.terms) and (headed := _reasons_of_kind(draft)):
        return any(citation.passage is passage for citation in draft.citations for passage in headed)
    quoted = {citation.passage.passage_id for citation in draft.citations}
    scores = {item.passage.passage_id: item.score for item in found}
    own = max((scores.get(passage_id, 0.0) for passage_id in quoted), default=0.0)
    other = max((score for passage_id, score in scores.items() if passage_id not in quoted), default=0.0)
    signs = signs_of(draft.reading, draft.citations, own - other)
    return confidence(signs) >= (THRESHOLDS.prose_confidence if least is None else least)


def _answer_from(draft: Draft, found: Sequence[Found]) -> bool:
    if draft.reading.query.wanted is Wanted.NUMBER and (meant := documents_meant(draft.reading, draft.knowledge)):
        found = [item for item in found if item.passage.document_id in {source.document_id for source in meant}]
    if not found or not _knows_years(draft.reading, found, draft.knowledge):
        return False
    if draft.reading.query.wanted in (Wanted.FIGURE, Wanted.COMPARISON):
        found = [item for item in found if _names_year(draft, item.passage)]
        if not found:
            return False
    labelled = _labelled_line(draft.reading, found)
    if labelled and found[0].heading < THRESHOLDS.heading:
        return _quote_line(draft, *labelled)
    listing = [item for item in found if enumerates(draft.reading, item.passage.text)]
    if listing and listing[0].coverage >= THRESHOLDS.listing_coverage:
        return _quote_sentences(draft, listing)
    if not _is_carried(found[0], draft.reading):
        return False
    about = [
        item for item in found if _is_carried(item, draft.reading) and speaks_of(draft.reading, item.passage)
    ]
    duty = has_cue("prose.how", draft.reading.query.terms)
    if about and (duty or draft.reading.query.wanted in (Wanted.PROSE, Wanted.LIST)):
        return _quote_sentences(draft, about[:1])
    if asks_why(draft.reading.query.terms):
        headed = _reasons_of_kind(draft)
        return _quote_section(draft, headed) if headed else _quote_sentences(draft, found)
    best = found[0]
    wanted = draft.reading.query.wanted
    if wanted in (Wanted.PERSON, Wanted.DATE, Wanted.NUMBER):
        return _one_sentence(draft, found, _HOLDS[wanted])
    if best.heading >= THRESHOLDS.heading:
        return _quote_section(draft, _section(best.passage, draft.knowledge), enough=True)
    if best.passage.kind is PassageKind.LIST and _asks_list(draft.reading):
        return _quote_section(draft, [best.passage], enough=True)
    return _quote_sentences(draft, found)


def _holds_year(draft: Draft, passage: Passage, span: tuple[int, int]) -> bool:
    """Whether a sentence has a figure of a year that the question names, or none at all."""
    years = set(draft.reading.query.years)
    inside = [
        figure
        for figure in draft.knowledge.figures_by_passage.get(passage.passage_id, ())
        if span[0] <= figure.span[0] < span[1] and figure.last_year is not None
    ]
    return not years or not inside or any(figure.last_year in years for figure in inside)


def _names_year(draft: Draft, passage: Passage) -> bool:
    """Whether a passage has a figure or says a word of a year that the question names, if it names one."""
    years = set(draft.reading.query.years)
    own = draft.knowledge.figures_by_passage.get(passage.passage_id, ())
    said = f"{draft.knowledge.source_of(passage).title} {' '.join(passage.path)} {passage.text}"
    return not years or any(figure.last_year in years for figure in own) or any(str(year) in said for year in years)


def _knows_years(reading: Reading, found: Sequence[Found], knowledge: Knowledge) -> bool:
    """Whether the documents found speak of a year that the question names, if it names one."""
    years = {str(year) for year in reading.query.years}
    if not years:
        return True
    documents = {item.passage.document_id for item in found}
    for passage in knowledge.passages.values():
        if passage.document_id in documents and years & knowledge.passage_words[passage.passage_id].singles:
            return True
    titles = " ".join(knowledge.sources[document].title for document in documents)
    return any(year in titles for year in years)


def named_section(draft: Draft) -> bool:
    """Fill `draft` with the section whose heading the question says word for word ("Mục tiêu chung …?")."""
    reading, knowledge = draft.reading, draft.knowledge
    question = f" {' '.join(syllables(reading.query.terms))} "
    best: tuple[float, int, Passage] | None = None  # how much of the question, where the heading stands in it
    for passage in knowledge.passages.values():
        if (
            not passage.path
            or passage.kind is PassageKind.TABLE_ROW
            or not is_meant(passage, reading, knowledge)
        ):
            continue
        title = knowledge.source_of(passage).title
        heading = [word for word in syllables(passage.path[-1]) if not word.isdigit() and word not in _ROMAN]
        if (
            len(heading) < 2
            or fold(passage.path[-1]) == fold(title)
            or f" {' '.join(heading)} " not in question
        ):
            continue
        own = words_of(f"{title} . {' . '.join(passage.path)}").singles
        share = math.fsum(weight for word, weight in reading.weights.items() if word in own)
        share += _year_of_path(passage, reading)
        at = question.index(f" {' '.join(heading)} ")
        if best is None or (share, -at) > (best[0], -best[1]):
            best = (share, at, passage)
    total = math.fsum(reading.weights.values())
    if best is None or best[0] < THRESHOLDS.passage_coverage * total:
        return False
    section = _section(best[2], knowledge)
    if not _states_what_is_counted(reading, section):
        return False
    if parts := _parts_named(reading, section):
        return _quote_line(draft, *parts)
    return _quote_section(draft, section)


def _states_what_is_counted(reading: Reading, section: Sequence[Passage]) -> bool:
    """Whether a section has any amount of the kind that a question asks for; true where it asks for none."""
    if reading.query.wanted is not Wanted.FIGURE or reading.unit not in _KINDS:
        return True
    stated = (match.quantity for passage in section for match in find_quantities(passage.text))
    return any(map(_KINDS[reading.unit], stated))


def _parts_named(reading: Reading, section: Sequence[Passage]) -> tuple[Passage, tuple[int, int]] | None:
    """The one line of a section whose label the question says ("Chủ quan: …" of the causes); null where none is."""
    found = []
    for passage in section:
        start = 0
        for line in passage.text.split("\n"):
            label = line.split(":")[0] if ":" in line else ""
            words = tokens_of(label)
            if 1 < len(words) <= _LABEL_WORDS and set(itertools.pairwise(words)) <= words_of(reading.content).pairs:
                found.append((passage, (start, start + len(line))))
            start += len(line) + 1
    return found[0] if len(found) == 1 else None


_LABEL_WORDS = 4


def _year_of_path(passage: Passage, reading: Reading) -> float:
    """A bonus for a section of the year that is asked about, a malus for one of another year."""
    years = {time.first for heading in passage.path for time in find_times(heading)}
    if not reading.query.years or not years:
        return 0.0
    return 2.0 if years & set(reading.query.years) else -2.0


_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii a b c d".split())


def _asks_list(reading: Reading) -> bool:
    return has_cue("list.cues", reading.query.terms) or has_cue("prose.cues", reading.query.terms)


def _is_carried(found: Found, reading: Reading) -> bool:
    """Whether the passage holds enough of the question: most of its words, and some of them side by side."""
    if found.coverage < THRESHOLDS.passage_coverage:
        return False
    few = sum(1 for weight in reading.weights.values() if weight > 0.5) <= 1
    needed = (
        THRESHOLDS.passage_pairs_where_sure
        if found.coverage >= THRESHOLDS.passage_sure
        else THRESHOLDS.passage_pairs
    )
    return few or found.pairs >= needed


# ----- ranking -------------------------------------------------------------------------------------------


def ranked(reading: Reading, hits: Sequence[Hit], knowledge: Knowledge) -> list[Found]:
    """Candidates from the search and from headings, with the documents and places that the question names."""
    best_score = max((hit.score for hit in hits), default=0.0)
    least_score = min((hit.score for hit in hits), default=0.0)
    spread = (best_score - least_score) or 1.0
    search = {hit.passage.passage_id: (hit.score - least_score) / spread for hit in hits}
    candidates = {
        hit.passage.passage_id: hit.passage for hit in hits if hit.passage.passage_id in knowledge.passages
    }
    candidates |= {p.passage_id: p for p in _under_headings(reading, knowledge)}
    asked = prepare(reading)
    found = []
    for passage in candidates.values():
        if not is_meant(passage, reading, knowledge):
            continue
        source = knowledge.source_of(passage)
        own = knowledge.passage_words[passage.passage_id]
        document = words_of(
            f"{source.title} . {source.place or ''} . {source.about.title if source.about else ''}"
        )
        coverage, pairs = _coverage(reading, asked.synonyms, united((own, document)), own)
        heading = _heading_share(reading, passage, source.title)
        score = (
            coverage
            + _PAIR_WEIGHT * pairs
            + _HEADING_WEIGHT * heading
            + _SEARCH_WEIGHT * search.get(passage.passage_id, 0.0)
        )
        if enumerates(reading, passage.text):
            score += ENUMERATION
        if any(str(year) in f"{source.title} {passage.text}" for year in reading.query.years):
            score += _YEAR_NAMED
        asks_rows = reading.query.wanted is Wanted.LIST and has_cue("table.rows", reading.query.terms)
        if passage.kind is PassageKind.TABLE_ROW and reading.query.wanted in _NO_ROWS and not asks_rows:
            score -= _ROW_IS_NO_PROSE
        if passage.kind is PassageKind.FRONT_MATTER and reading.query.wanted in (Wanted.PROSE, Wanted.LIST):
            score -= 0.3
        if len(passage.text) <= _LONG_SENTENCE and _closes(passage.text, reading):
            score -= _ROW_IS_NO_PROSE
        found.append(Found(passage, coverage, pairs, heading, score))
    return sorted(
        found, key=lambda f: (-round(f.score, 6), knowledge.source_of(f.passage).authority, f.passage.ordinal)
    )


_NO_ROWS = (Wanted.PROSE, Wanted.LIST)


def _coverage(reading: Reading, synonyms: Synonyms, own: Words, body: Words) -> tuple[float, float]:
    """Shares of the question's words and word pairs that `own` holds, by weight."""
    words, weights = reading.words, reading.weights
    total = math.fsum(weights[word] for word in words)
    if not total:
        return 0.0, 0.0
    by_synonym = meant_at(synonyms, body)
    held = [
        (1.0 if reading.is_form(word, own) else OTHER_FORM) if word in own.singles
        else 0.8 if i in by_synonym else 0.0
        for i, word in enumerate(words)
    ]  # fmt: skip
    coverage = math.fsum(weights[word] * share for word, share in zip(words, held, strict=True)) / total
    pair_weights = [
        (min(weights[left], weights[right]), (left, right), index)
        for index, (left, right) in enumerate(itertools.pairwise(words))
    ]
    pair_total = math.fsum(weight for weight, *_ in pair_weights)
    covered = math.fsum(
        weight for weight, pair, index in pair_weights
        if pair in own.pairs or (index in by_synonym and index + 1 in by_synonym)
    )  # fmt: skip
    return coverage, covered / pair_total if pair_total else 1.0


def _heading_share(reading: Reading, passage: Passage, title: str = "") -> float:
    """How much of the question the headings name, and how much of the innermost heading it names.

    A page's title is no heading of a section.
    """
    path = [heading for heading in passage.path if fold(heading) != fold(title)]
    if not path:
        return 0.0
    total = math.fsum(reading.weights[word] for word in reading.words)
    trail = words_of(" . ".join((*path, title)))
    asked = (
        math.fsum(reading.weights[word] for word in reading.words if word in trail.singles) / total
        if total
        else 0.0
    )
    inner = [word for word in tokens_of(path[-1]) if not word.isdigit() and len(word) > 1]
    named = sum(word in reading.weights for word in inner) / len(inner) if inner else 0.0
    return asked * (0.5 + 0.5 * named)


def _under_headings(reading: Reading, knowledge: Knowledge) -> list[Passage]:
    """The passages whose headings name the question's topic."""
    return [
        passage
        for passage in knowledge.passages.values()
        if passage.path
        and passage.kind is not PassageKind.TABLE_ROW
        and _heading_share(reading, passage, knowledge.source_of(passage).title) >= 0.55
    ]


# ----- quoting -------------------------------------------------------------------------------------------


def _section(best: Passage, knowledge: Knowledge) -> list[Passage]:
    """The passages of the best one's section, in order."""
    path = best.path
    if not path:
        return [best]
    return [
        passage
        for passage in sorted(knowledge.passages.values(), key=lambda p: p.ordinal)
        if passage.document_id == best.document_id and passage.path[: len(path)] == path
    ]


def _where(draft: Draft, passage: Passage) -> str:
    name = document_name(draft.knowledge.source_of(passage), draft.wording)
    if not passage.path or fold(passage.path[-1]) == fold(draft.knowledge.source_of(passage).title):
        return draft.wording.text("answer.according_to", document=name)
    return draft.wording.text(
        "answer.according_to_section", document=name, section=plain_text(passage.path[-1])
    )


def _quote_section(draft: Draft, passages: Sequence[Passage], *, enough: bool = False) -> bool:
    """The section's paragraphs and items as a list, as far as they fit; with `enough` only if it says enough."""
    used = 0
    items = []
    for passage in passages:
        for line in passage.text.split("\n"):
            if used and used + len(line) > _MOST_CHARACTERS:
                break
            quote = line[:_MOST_CHARACTERS].strip()
            if not quote:
                continue
            key = draft.cite(passage, passage.text if len(passage.text) <= _MOST_CHARACTERS else quote)
            items.append(f"- {plain_text(quote)} [{key}]")
            used += len(quote)
    if enough and not _say_enough(draft):
        draft.citations.clear()
        return False
    draft.lines.append(_where(draft, passages[0]))
    draft.lines.append("\n".join(items))
    return True


_LABEL = re.compile(r"\s*([^:.;]{6,70}):\s+\S")


def _labelled_line(reading: Reading, found: Sequence[Found]) -> tuple[Passage, tuple[int, int]] | None:
    """The paragraph whose opening label is the topic of the question ("Phát triển xã hội số: …")."""
    if not _asks_list(reading):
        return None
    best: tuple[float, Passage, tuple[int, int]] | None = None
    for item in found:
        start = 0
        for line in item.passage.text.split("\n"):
            if match := _LABEL.match(line):
                noun = asked_noun(reading)
                if noun and noun not in ANY_TARGET and not set(noun.split()) <= words_of(match[1]).singles:
                    start += len(line) + 1
                    continue
                share = _label_share(reading, match[1])
                if share >= THRESHOLDS.heading and (best is None or share > best[0]):
                    best = (share, item.passage, (start, start + len(line)))
            start += len(line) + 1
    return best[1:] if best else None


_DOCUMENT_WORDS = frozenset({"ke", "hoach", "quy", "thuc", "hien", "de"})


def _label_share(reading: Reading, label: str) -> float:
    heavy = {
        word: weight
        for word, weight in reading.weights.items()
        if weight > 0.3 and word not in _DOCUMENT_WORDS
    }
    total = math.fsum(heavy.values())
    own = words_of(label).singles
    return math.fsum(weight for word, weight in heavy.items() if word in own) / total if total else 0.0


def _quote_line(draft: Draft, passage: Passage, span: tuple[int, int]) -> bool:
    """One paragraph, sentence by sentence."""
    quote = passage.text[slice(*span)]
    key = draft.cite(passage, quote)
    draft.lines.append(_where(draft, passage))
    items = [quote[slice(*sentence)] for sentence in sentence_spans(quote)]
    draft.lines.append("\n".join(f"- {plain_text(item)} [{key}]" for item in items))
    return True


_NAME_OF_A_KIND = 2  # syllables; longer ones are said in other words too
_Candidate = tuple[float, int, tuple[int, int], Passage]  # score negated, rank of the passage, span


def _quote_sentences(draft: Draft, found: Sequence[Found]) -> bool:
    """The best sentence of the best passages, with the next best of its passage where they come close."""
    candidates = []
    for rank, item in enumerate(found[:_PASSAGES_READ]):
        if rank and not _is_carried(item, draft.reading):
            continue
        text, setting = item.passage.text, setting_of(item.passage, draft.knowledge)
        for sentence in sentence_spans(text):
            for span in _parts(text, sentence):
                said = sentence_score(draft.reading, text[slice(*span)], setting)
                score = said + _SEARCH_WEIGHT * item.score - 0.02 * rank
                candidates.append((-score, rank, span, item.passage))
    candidates = [
        item for item in candidates if not _closes(item[3].text[slice(*item[2])], draft.reading)
    ] or candidates
    if draft.reading.query.wanted in (Wanted.FIGURE, Wanted.COMPARISON):
        candidates = [item for item in candidates if _holds_year(draft, item[3], item[2])]
        if not candidates:
            return False
    noun = asked_noun(draft.reading)
    naming = [
        candidate
        for candidate in candidates
        if noun
        and re.search(rf"(?<!\w)(?:{alike(noun)})(?!\w)", fold(candidate[3].text[slice(*candidate[2])]))
    ]
    if noun and not naming and len(noun.split()) <= _NAME_OF_A_KIND and draft.reading.query.wanted is Wanted.LIST:
        return False  # "những nước nào" from no sentence that names any
    candidates = naming or candidates
    if draft.reading.query.wanted in _NO_ROWS and not _asks_of_rows(draft.reading):
        candidates = [item for item in candidates if not _is_row_of_figures(item[3])]
        if not candidates:
            return False
    if asks_why(draft.reading.query.terms):
        candidates = [
            candidate
            for candidate in candidates
            if (_tells_why(candidate[3].text, candidate[2]) or _stands_under_reasons(candidate[3]))
            and not _is_whole_topic(draft, candidate[3])
        ]
        if not candidates:
            return False
    top, _, _, passage = min(candidates, key=lambda item: item[:3])
    chosen = sorted(
        (candidate for candidate in candidates if candidate[3] is passage and candidate[0] <= _CLOSE * top),
        key=lambda item: item[:3],
    )[:_MOST_SENTENCES]
    if replied := _replied(draft, passage, chosen[0][2]):
        return _quote_line(draft, *replied)
    items = []
    opening = noun or next(iter(opening_nouns(draft.reading)), None)
    if opening and (opened := _opens_list(passage.text, [span for _, _, span, _ in chosen], opening)):
        return _quote_line(draft, passage, opened)
    if paragraph := _paragraph_of(draft.reading, passage, [span for _, _, span, _ in chosen]):
        chosen = [(top, 0, span, passage) for span in paragraph]
    for _, _, (start, end), _ in sorted(chosen, key=lambda item: item[2]):
        quote = passage.text[start:end].strip()
        items.append(f"- {plain_text(quote[:_MOST_CHARACTERS])} [{draft.cite(passage, quote)}]")
        if quote.endswith(":"):
            items += _announced(draft, passage, end)
    if asks_why(draft.reading.query.terms):
        items += _reasons(draft, passage, max(span[1] for _, _, span, _ in chosen))
    if not _say_enough(draft):
        draft.citations.clear()
        return False
    draft.lines.append(_where(draft, passage))
    draft.lines.append("\n".join(items))
    _add_further(draft, candidates, passage, top)
    return True


def _asks_of_rows(reading: Reading) -> bool:
    """Whether a row of a table may answer: the question asks what the columns say beside the figures."""
    return any(has_cue(f"table.{name}", reading.query.terms) for name in ("agency", "time", "funds", "place"))


def _is_row_of_figures(passage: Passage) -> bool:
    """Whether a row only has figures beside its name: it tells how much, and not what or how."""
    worded = [cell for cell in passage.cells if len(cell.split()) > _WORDS_OF_A_MARK]
    return passage.kind is PassageKind.TABLE_ROW and len(worded) <= 1


_WORDS_OF_A_MARK = 2
_SHORT_PARAGRAPH = 650  # characters; a paragraph that is no longer is quoted whole where all on a topic is asked for


def _paragraph_of(
    reading: Reading, passage: Passage, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The sentences of the paragraph that the best ones stand in, where the question asks for all on its topic."""
    if not has_cue("prose.how", reading.query.terms) or asks_why(reading.query.terms):
        return []
    start = passage.text.rfind("\n", 0, spans[0][0]) + 1
    stop = passage.text.find("\n", start)
    stop = stop if stop >= 0 else len(passage.text)
    if stop - start > _SHORT_PARAGRAPH or any(span[0] < start or span[1] > stop for span in spans):
        return []
    return [span for span in sentence_spans(passage.text) if start <= span[0] and span[1] <= stop]


def _closes(text: str, reading: Reading) -> bool:
    """Whether a text is one of the formulas that close every decision, and the question asks of no such thing."""
    folded, asked = fold(text), fold(reading.query.terms)
    closing = [fold(formula) for formula in table("questions")["prose"]["closing"]]
    return any(formula in folded and " ".join(formula.split()[-2:]) not in asked for formula in closing)


_BOTH_SIDES_SAID = 0.9  # of a question that compares
_CLAUSE_SAID = 0.6  # of the clause that asks, by what is quoted


def _say_enough(draft: Draft) -> bool:
    """Whether what is quoted, with the headings over it, says enough of the question to be its answer."""
    held = [words_of(citation.quote) for citation in draft.citations]
    above = [
        words_of(" . ".join((*citation.passage.path, citation.source.title))) for citation in draft.citations
    ]
    own = united((*held, *above))
    text = draft.reading.query.terms
    asked = draft.reading.part(len(text) - len(asked_clause(text)), len(text))
    if asked.words != draft.reading.words and telling_words(asked) and said_of(asked, own).share < _CLAUSE_SAID:
        return False  # of "… thì lãnh đạo bị xử lý ra sao?" nothing that is asked
    said = said_of(draft.reading, own)
    if draft.reading.query.wanted is Wanted.COMPARISON:
        return said.share >= _BOTH_SIDES_SAID
    return said.share >= THRESHOLDS.prose_said or said.beside >= THRESHOLDS.prose_beside


_FURTHER, _FURTHER_CHARACTERS = 3, 1000  # sentences of other passages that say as much, and their length


def _add_further(draft: Draft, candidates: Sequence[_Candidate], passage: Passage, top: float) -> None:
    """What other passages of the same document say of the question, where they say about as much of it."""
    if asks_why(draft.reading.query.terms):
        return
    further: list[str] = []
    used, taken = 0, {passage.passage_id}
    for score, _, (start, end), other in sorted(candidates, key=lambda item: item[:3]):
        quote = other.text[start:end].strip()
        close = score <= THRESHOLDS.prose_further * top and other.document_id == passage.document_id
        if not close or other.passage_id in taken or quote.endswith(":") or len(further) == _FURTHER:
            continue
        used += len(quote)
        if used > _FURTHER_CHARACTERS:
            break
        taken.add(other.passage_id)
        further.append(f"- {plain_text(quote)} [{draft.cite(other, quote)}]")
    if further:
        draft.line("also_said")
        draft.lines.append("\n".join(further))


def _replied(draft: Draft, passage: Passage, span: tuple[int, int]) -> tuple[Passage, tuple[int, int]] | None:
    """What an interview replies, where the best sentence is the question put to somebody."""
    if not passage.text[slice(*span)].rstrip(' ”"»').endswith("?"):
        return None
    behind = passage.text[span[1] :]
    if behind.strip():
        start = span[1] + len(behind) - len(behind.lstrip())
        stop = passage.text.find("\n", start)
        return passage, (start, stop if stop >= 0 else len(passage.text))
    later = [
        other
        for other in draft.knowledge.passages.values()
        if other.document_id == passage.document_id and other.ordinal > passage.ordinal
    ]
    reply = min(later, key=lambda other: other.ordinal, default=None)
    if reply is None or reply.kind is PassageKind.TABLE_ROW:
        return None
    stop = reply.text.find("\n")
    return reply, (0, stop if stop >= 0 else len(reply.text))


def _reasons(draft: Draft, passage: Passage, end: int) -> list[str]:
    """The sentence behind one that is asked why, in the same paragraph, where it gives reasons."""
    spans = [span for span in sentence_spans(passage.text) if span[0] >= end]
    if not spans or "\n" in passage.text[end : spans[0][0]]:
        return []
    quote = passage.text[slice(*spans[0])].strip()
    return [f"- {plain_text(quote)} [{draft.cite(passage, quote)}]"] if _REASON.search(quote.lower()) else []


_REASON = pattern("prose.reason")


def _stands_under_reasons(passage: Passage) -> bool:
    """Whether the innermost heading says that reasons follow ("3. Nguyên nhân")."""
    return bool(passage.path and _REASONS_HEAD.match(passage.path[-1].lower()))


def _reasons_of_kind(draft: Draft) -> list[Passage]:
    """The section of the reasons of the kind that is asked for: "Nguyên nhân chủ quan"."""
    asked = words_of(draft.reading.query.terms)
    for passage in draft.knowledge.passages.values():
        if not _stands_under_reasons(passage) or not is_meant(passage, draft.reading, draft.knowledge):
            continue
        behind = _REASONS_HEAD.sub("", passage.path[-1].lower())
        pairs = set(itertools.pairwise(tokens_of(behind)))
        if pairs and pairs <= asked.pairs:
            return _section(passage, draft.knowledge)
    return []


def _is_whole_topic(draft: Draft, passage: Passage) -> bool:
    """Whether the question names no more than a document's title does, so that no passage is meant before others."""
    title = setting_of(passage, draft.knowledge).title
    return all(word in title for word, weight in draft.reading.weights.items() if weight > _TELLING)


_TELLING = 0.5  # the weight of a word that tells what is asked about


def _tells_why(text: str, span: tuple[int, int]) -> bool:
    """Whether a sentence or the one behind it gives a reason; a question put in an interview may lead to one."""
    line_start = text.rfind("\n", 0, span[0]) + 1
    behind = text[span[1] :].split("\n")[0].strip()
    following = behind[: sentence_spans(behind)[0][1]] if behind else ""
    asked = text[slice(*span)].rstrip(' ”"»').endswith("?")
    headed = bool(_REASONS_HEAD.match(text[line_start : span[1]].lower()))
    return asked or headed or bool(_REASON.search(f"{text[slice(*span)]} {following}".lower()))


_REASONS_HEAD = pattern("prose.reasons_head")


def _opens_list(text: str, spans: Sequence[tuple[int, int]], noun: str) -> tuple[int, int] | None:
    """The paragraph from a sentence that opens a list of what is asked ("các giải pháp: Đẩy mạnh …"), to its end."""
    for start, end in spans:
        if re.search(rf"(?<!\w)(?:{alike(noun)})[^:.]{{0,40}}:\s*\w", fold(text[start:end])):
            stop = text.find("\n", start)
            return (start, min(stop if stop >= 0 else len(text), start + _MOST_CHARACTERS))
    return None


def _announced(draft: Draft, passage: Passage, end: int) -> list[str]:
    """What a sentence announces with its colon: the lines behind it, else the list that follows the passage."""
    if rest := passage.text[end:].strip():
        lines = [(passage, line) for line in rest.split("\n") if line.strip()]
    else:
        later = sorted(
            (
                other
                for other in draft.knowledge.passages.values()
                if other.document_id == passage.document_id and other.ordinal > passage.ordinal
            ),
            key=lambda other: other.ordinal,
        )
        listed = itertools.takewhile(lambda other: other.kind is PassageKind.LIST, later)
        lines = [(other, line) for other in listed for line in other.text.split("\n") if line.strip()]
    items, used = [], 0
    for source, line in lines:
        used += len(line)
        if used > _MOST_CHARACTERS:
            break
        items.append(f"- {plain_text(line.strip())} [{draft.cite(source, line.strip())}]")
    return items


def _parts(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """A long sentence by its semicolons."""
    start, end = span
    if end - start <= _LONG_SENTENCE:
        return [span]
    cuts = [start, *(start + match.end() for match in re.finditer(r";\s*", text[start:end])), end]
    return [(left, right) for left, right in itertools.pairwise(cuts) if right - left >= 12]


_DOCUMENT_NUMBER = re.compile(r"\d+[\w]*\s*(?:/\d{4})?\s*[-/]\s*[A-ZĐ]{2,}")
_NUMBER_WORD = pattern("prose.number_word")


def _names_time(text: str) -> bool:
    return (
        any(time.kind in (TimeKind.DATE, TimeKind.YEAR) for time in find_times(text)) or "kể từ ngày" in text
    )


_BODY_ASKED = pattern("prose.body_asked")
_KINDS_OF_BODY = {"so": ("Sở",), "bo": ("Bộ",), "ban": ("Ban",)}


def says_verb(text: str, reading: Reading) -> bool:
    """Whether a sentence has the verb of the question, where that tells bodies apart: who examined a document."""
    asked, said = fold(reading.query.terms), fold(text)
    verb = pattern("prose.verb_said").search(asked)
    if "chu tri" in asked and reading.query.wanted is Wanted.PERSON and not pattern("prose.leads").search(said):
        return False  # who held a meeting is not said to have led it
    return verb is None or verb[0] in said


def _names_somebody(text: str, reading: Reading) -> bool:
    """Whether the sentence names a person; or a body, where bodies do what the question asks about."""
    if not says_verb(text, reading):
        return False
    if asked := _BODY_ASKED.search(fold(reading.query.terms)):
        kinds = _KINDS_OF_BODY.get(asked[1], table("names")["bodies_that_act"])
        return any(re.search(rf"(?<!\w){kind}\s", text) for kind in kinds)
    if find_names(text):
        return True
    by_bodies = pattern("prose.task").search(fold(reading.query.terms))
    return by_bodies is not None and any(f"{body} " in text for body in table("names")["bodies"])


_OFFICE_ASKED = pattern("prose.office_asked")


def _holds_office(text: str, reading: Reading) -> bool:
    """Whether the sentence has the whole office that the question asks for ("Giám đốc Sở Y tế")."""
    match = _OFFICE_ASKED.search(fold(reading.query.terms))
    if not match:
        return True
    places = {word for place in reading.query.places for word in tokens_of(place)} | {"tinh", "cua"}
    wanted = [word for word in tokens_of(match[1]) if word not in places]
    pairs = list(itertools.pairwise(wanted))
    own = words_of(text)
    return sum(pair in own.pairs for pair in pairs) >= _OFFICE_HELD * len(pairs)


def _is_deputy_of(text: str, reading: Reading) -> bool:
    """Whether the sentence only names the deputy of the office that the question asks for."""
    office = pattern("prose.office").search(fold(reading.query.terms))
    if not office or pattern("prose.deputy", office=office[0]).search(fold(reading.query.terms)):
        return False
    return not pattern("prose.no_deputy", office=office[0]).search(fold(text))


# What a sentence must hold to answer who, when and which number.
_HOLDS: dict[Wanted, Callable[[str, Reading], bool]] = {
    Wanted.PERSON: lambda text, reading: (
        _names_somebody(text, reading) and not _is_deputy_of(text, reading) and _holds_office(text, reading)
    ),
    Wanted.DATE: lambda text, reading: _names_time(text),
    Wanted.NUMBER: lambda text, reading: bool(_DOCUMENT_NUMBER.search(text) or _NUMBER_WORD.search(text)),
}


def quote_duration(draft: Draft, hits: Sequence[Hit]) -> bool:
    """The sentence that says how long or how often, where no record does ("định kỳ 6 tháng một lần")."""
    if draft.reading.unit != "duration":
        return False
    found = ranked(draft.reading, hits, draft.knowledge)
    carried = [item for item in found if _is_carried(item, draft.reading)]
    return bool(carried) and _one_sentence(draft, carried, lambda text, _: _names_duration(text))


def _names_duration(text: str) -> bool:
    units = table("units")["durations"]["units"]
    return bool(find_durations(text)) or any(match.quantity.unit in units for match in find_quantities(text))


def _one_sentence(draft: Draft, found: Sequence[Found], holds: Callable[[str, Reading], bool]) -> bool:
    """The sentence that names a person, a date or a number and holds most of the question."""
    candidates = []
    for rank, item in enumerate(found[:6]):
        text = item.passage.text
        for start, end in sentence_spans(text):
            if holds(text[start:end], draft.reading):
                score = sentence_score(draft.reading, text[start:end])
                candidates.append((-score, rank, start, end, item.passage))
    if not candidates:
        return False
    score, _, start, end, passage = min(candidates, key=lambda item: item[:3])
    if -score < THRESHOLDS.passage_coverage:
        return False
    quote = passage.text[start:end]
    key = draft.cite(passage, quote)
    draft.lines.append(f"{plain_text(quote)} [{key}]")
    draft.line("source_line", document=document_name(draft.knowledge.source_of(passage), draft.wording))
    return True


_TELLS = 1.5  # the weight of a word that the sentence must have


def _holds_heaviest(reading: Reading, sentence: str) -> bool:
    """Whether the sentence has every word of the question that tells much, "tiểu" as well as "học sinh"."""
    own = words_of(sentence)
    return all(
        word in own.singles and reading.is_form(word, own)
        for word, weight in reading.weights.items()
        if weight >= _TELLS
    )


def quote_unquantified(draft: Draft, hits: Sequence[Hit]) -> bool:
    """A statement without a number where one was asked for ("Hầu hết cán bộ … được trang bị máy tính")."""
    for item in ranked(draft.reading, hits, draft.knowledge)[:4]:
        text = item.passage.text
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            match = pattern("prose.most_of").match(fold(sentence))
            part = sentence.split(";")[0] if match else ""
            enough = match and sentence_score(draft.reading, part) >= THRESHOLDS.passage_coverage + 0.35
            if enough and _holds_heaviest(draft.reading, part):
                key = draft.cite(item.passage, sentence)
                draft.lines.append(draft.wording.text("answer.unquantified", quote=plain_text(part), key=key))
                return True
    return False
