"""Retrieval on our own questions: whether what a question asks for stands in the passages found first.

In: a store and question sets. Out: recall at 1 and 5 for each way of typing, of our search and of the usual
defaults. A question counts as found at k where the k best passages, of the document that it expects, together
hold every part that a right answer must hold. Questions that need their conversation, the whole table or a
refusal are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from domain.interchange import JsonObject
from evals.answers import holds, plain
from evals.methods import HYBRID, METHODS, TUTORIAL, tutorial_splits
from evals.ways_of_typing import ways_of_typing
from vectorstore.store import Store

KINDS = ("figure", "spelling", "meta", "text")
CUTS = (1, 5)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that a search may return, and the name of the file that it is of."""

    source: str
    text: str


Search = Callable[[str, int], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Row:
    method: str
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


def store_search(store: Store) -> Search:
    """Our search as it ships."""
    names = {source.document_id: source.source for source in store.sources()}
    return lambda text, k: [
        Piece(names[hit.passage.document_id], hit.passage.embedding_text) for hit in store.search(text, k)
    ]


def peers(store: Store) -> dict[str, Search]:
    """The other methods on the same documents.

    All get our passages but the tutorial recipe, which cuts the documents its own way.
    """
    names = {source.document_id: source.source for source in store.sources()}
    ours = [Piece(names[passage.document_id], passage.embedding_text) for passage in store.passages()]
    texts = {
        name: "\n".join(passage.text for passage in store.passages_of(key)) for key, name in names.items()
    }
    splits = zip(texts, tutorial_splits(list(texts.values())), strict=True)
    theirs = [Piece(name, split) for name, parts in splits for split in parts]
    return {
        name: _search_of(name, theirs if name == TUTORIAL else ours) for name in METHODS if name != HYBRID
    }


def _search_of(method_name: str, pieces: Sequence[Piece]) -> Search:
    method = METHODS[method_name]()
    method.index([piece.text for piece in pieces])

    def search(text: str, k: int) -> list[Piece]:
        (scores,) = method.scores([text])
        return [pieces[row] for row in scores.argsort(kind="stable")[::-1][:k]]

    return search


def rows(search: Search, asked: Sequence[JsonObject], names_count: bool, method: str = HYBRID) -> list[Row]:
    """One row a way of typing; `names_count`: the files that questions expect are those of these documents."""
    kept = answerable(asked)
    ways = ways_of_typing([question["question"] for question in kept])
    return [_row(method, way, typed, kept, search, names_count) for way, typed in ways.items()]


def _row(
    method: str,
    way: str,
    typed: Iterable[str],
    asked: Sequence[JsonObject],
    search: Search,
    names_count: bool,
) -> Row:
    found = dict.fromkeys(CUTS, 0)
    for text, question in zip(typed, asked, strict=True):
        pieces = search(text, max(CUTS))
        expected = tuple(question["doc"]) if names_count else ()
        for cut in CUTS:
            found[cut] += _is_held(question, pieces[:cut], expected)
    total = len(asked) or 1
    return Row(method, way, len(asked), found[1] / total, found[5] / total)


def _is_held(question: JsonObject, pieces: Sequence[Piece], expected: tuple[str, ...]) -> bool:
    own = [piece for piece in pieces if not expected or piece.source.startswith(expected)]
    text = plain("\n".join(piece.text for piece in own))
    return all(holds(text, part) for part in question["all"])


def table_of(found: Sequence[Row]) -> str:
    lines = ["| method | typed | questions | recall@1 | recall@5 |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.method} | {row.way} | {row.questions} | {row.recall_at_1:.3f} | {row.recall_at_5:.3f} |"
        for row in found
    ]
    return "\n".join(lines)
