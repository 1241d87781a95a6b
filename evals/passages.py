"""Retrieval on our own questions: whether what a question asks for stands in the passages found first.

In: a store and question sets. Out: recall at 1 and 5 for each way of typing. A question counts as found at k
where the k best passages, of the document that it expects, together hold every part that a right answer must
hold. Questions that need their conversation, the whole table or a refusal are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from domain.answers import Hit
from domain.interchange import JsonObject
from evals.answers import holds, plain
from evals.retrieval import ways_of_typing
from vietnamese.folding import fold
from vietnamese.tables import table

Search = Callable[[str, int], Sequence[Hit]]

KINDS = ("figure", "spelling", "meta", "text")
CUTS = (1, 5)


@dataclass(frozen=True, slots=True)
class Row:
    way: str
    questions: int
    recall_at_1: float
    recall_at_5: float


def answerable(asked: Sequence[JsonObject]) -> list[JsonObject]:
    return [
        question
        for question in asked
        if question["kind"] in KINDS
        and question["all"]
        and not question["history"]
        and not question["status"]
    ]


def rows(
    search: Search, asked: Sequence[JsonObject], sources: Mapping[str, str], names_count: bool
) -> list[Row]:
    """One row a way of typing; `sources` gives the file name of each document id."""
    kept = answerable(asked)
    ways = ways_of_typing([question["question"] for question in kept])
    ways["with abbreviations"] = tuple(abbreviated(question["question"]) for question in kept)
    return [_row(way, typed, kept, search, sources, names_count) for way, typed in ways.items()]


def _row(
    way: str,
    typed: Sequence[str],
    asked: Sequence[JsonObject],
    search: Search,
    sources: Mapping[str, str],
    names_count: bool,
) -> Row:
    found = dict.fromkeys(CUTS, 0)
    for text, question in zip(typed, asked, strict=True):
        hits = search(text, max(CUTS))
        expected = question["doc"] if names_count else []
        for cut in CUTS:
            found[cut] += _is_held(question, hits[:cut], expected, sources)
    total = len(asked) or 1
    return Row(way, len(asked), found[1] / total, found[5] / total)


def _is_held(
    question: JsonObject, hits: Sequence[Hit], expected: Sequence[str], sources: Mapping[str, str]
) -> bool:
    own = [
        hit for hit in hits if not expected or sources[hit.passage.document_id].startswith(tuple(expected))
    ]
    text = plain("\n".join(hit.passage.embedding_text for hit in own))
    return all(holds(text, part) for part in question["all"])


# ----- abbreviations -------------------------------------------------------------------------------------


@cache
def _short_forms() -> dict[str, str]:
    """Abbreviations that people type, by what they stand for, without diacritics."""
    entries = table("abbreviations")["abbreviations"]
    return {
        fold(readings[0]): key for key, readings in reversed(entries.items()) if len(readings[0].split()) > 1
    }


@cache
def _long_forms() -> re.Pattern[str]:
    longest_first = sorted(_short_forms(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def abbreviated(question: str) -> str:
    """The question with every phrase that has an abbreviation shortened to it."""
    form = fold(question)
    if len(form) != len(question):
        return question
    pieces, at = [], 0
    for match in _long_forms().finditer(form):
        pieces += [question[at : match.start()], _short_forms()[match.group()]]
        at = match.end()
    return "".join([*pieces, question[at:]])


def table_of(found: Sequence[Row]) -> str:
    lines = ["| typed | questions | recall@1 | recall@5 |", "|---|---|---|---|"]
    lines += [
        f"| {row.way} | {row.questions} | {row.recall_at_1:.3f} | {row.recall_at_5:.3f} |" for row in found
    ]
    return "\n".join(lines)
