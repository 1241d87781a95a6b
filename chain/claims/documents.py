"""Persons, dates of issue, deadlines and document numbers that a sentence claims something of.

A sentence and what its neighbours lend it in, `PersonClaim`s, `DateClaim`s and `NumberClaim`s out. A number is
a claim of its own where the sentence says what its document is about, or nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chain.claims.assertions import Assertion, ClaimScope, DateClaim, NumberClaim, PersonClaim
from chain.claims.cues import one_of, says, spans_of, words_at
from chain.claims.places import capitalised_run
from chain.claims.sentences import Carried, Sentence, numbers_meant
from chain.claims.times import is_day_of_issue, is_of_issue, state_times
from chain.cues import without
from vietnamese.folding import fold
from vietnamese.names import find_names
from vietnamese.patterns import whole_words
from vietnamese.places import find_places
from vietnamese.tables import table
from vietnamese.times import TimeKind

_NAME_WORDS = (2, 5)  # of a person's name behind an honorific
_FEWEST_WORDS = 2  # of a sentence that says something of the date or number in it


def document_claims(sentence: Sentence, carried: Carried, has_figures: bool) -> Iterator[Assertion]:
    form, scope = sentence.form, _sentence_scope(sentence, carried)
    numbers = numbers_meant(sentence, carried)
    signs = says("issuing.verbs", form)
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
        for number, _ in sentence.numbers:
            yield NumberClaim(sentence.whole(), sentence.original, number, scope)


def _is_described(sentence: Sentence) -> bool:
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
    honoured = [capitalised_run(form[match.end() :]) for match in _honorific().finditer(form)]
    honoured = [name for name in honoured if _NAME_WORDS[0] <= len(name.split()) <= _NAME_WORDS[1]]
    named = [*find_names(form), *(name for name in honoured if not find_places(name))]
    kept = [name for name in named if not any(name != other and name in other for other in named)]
    return tuple(dict.fromkeys(kept))


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of('persons.honorifics', accented=True)})\s+", re.IGNORECASE)


def _speaks(form: str) -> bool:
    """Whether the sentence has a person say something."""
    return bool(_speaking().search(fold(form)))


@cache
def _speaking() -> re.Pattern[str]:
    return whole_words(words_at("persons.speaking"))


def _office_in(form: str, name: str) -> str:
    """The office that the sentence gives the person, folded: right before the name, or behind it after a comma."""
    folded = fold(form)
    at = folded.find(fold(name))
    before, behind = folded[:at], folded[at + len(name) :]
    offices, behind_a_name = _offices()
    near = list(offices.finditer(before))
    if near and len(before) - near[-1].end() <= 70 and "," not in before[near[-1].end() :].rstrip(" ,"):
        return near[-1].group()
    after = behind_a_name.match(behind)
    return after[1] if after else ""


@cache
def _offices() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An office, folded, and one that stands behind the name of who holds it."""
    folded = sorted((fold(office) for office in table("names")["offices"]), key=len, reverse=True)
    offices, links = "|".join(map(re.escape, folded)), one_of("persons.holding")
    return (
        re.compile(rf"(?<!\w)(?:{offices})(?!\w)"),
        re.compile(rf"\s*(?:,|\(|–|-|{links})\s*(?:quyen )?({offices})(?!\w)"),
    )


def _sentence_scope(sentence: Sentence, carried: Carried) -> ClaimScope:
    named = list(dict.fromkeys(place for place, _ in sentence.places))
    said = state_times(sentence)
    return ClaimScope(
        year=said[0].first if said and said[0].kind is TimeKind.YEAR else None,
        period=next(((t.first, t.last) for t in said if t.kind is TimeKind.PERIOD), None),
        place=named[0] if named else carried.place,
        place_said=bool(named),
    )


def _dates(
    sentence: Sentence, scope: ClaimScope, numbers: tuple[str, ...], signs: bool, has_figures: bool
) -> Iterator[DateClaim]:
    form = sentence.form
    folded = fold(form)
    posted = says("issuing.posting", form)
    for time in sentence.times:
        if time.kind is TimeKind.DATE:
            behind_number = any(
                0 <= time.span[0] - end <= 12 and "," not in form[end : time.span[0]]
                for _, (_, end) in sentence.numbers
            )
            issues = (signs or posted or behind_number) and (
                not time.deadline or is_day_of_issue(folded, time)
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
            and is_of_issue(folded, time)
        ):
            month = re.search(
                r"thang\s+(\d{1,2})\s*(?:/|nam|$)", folded[max(0, time.span[0] - 14) : time.span[1]]
            )
            yield DateClaim(
                sentence.whole(), sentence.original, None, time.first, int(month[1]) if month else None,
                True, scope, numbers, posted and not signs,
            )  # fmt: skip
