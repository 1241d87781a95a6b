"""One question to one state of the store: hits out, best first.

Both indexes score every passage (`indexes`), what the question names is a bonus (`bonuses`), the best
candidates are looked at again with their sentences (`windows`), and near-duplicates become one hit (`twins`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from domain.answers import Hit
from domain.documents import Passage, Source
from vectorstore.bonuses import passage_bonus, row_bonuses
from vectorstore.fusion import CANDIDATES, Scores, best, fuse, put_on_top, refine
from vectorstore.indexes import Evidence, Indexes
from vectorstore.queries import read_query
from vectorstore.twins import folded
from vectorstore.windows import SentenceWindows


class State(Protocol):
    """What a search reads of a state of the store, beside its indexes. Rows are those of the indexes."""

    @property
    def passage_ids(self) -> tuple[str, ...]: ...
    @property
    def document_rows(self) -> Mapping[str, slice]: ...
    @property
    def source_of(self) -> Mapping[str, Source]: ...
    def passage(self, passage_id: str) -> Passage: ...


def search(state: State, indexes: Indexes, text: str, k: int) -> tuple[Hit, ...]:
    """The at most `k` best passages for `text`; equal scores stand in the order of the documents.

    Raises IndexUnusableError where an index was damaged or taken away since it was opened. Which passage
    comes first does not depend on `k`.
    """
    query = read_query(text)
    evidence = indexes.evidence(query.phrasings)
    bonuses = row_bonuses(query, state.source_of, state.document_rows, len(state.passage_ids))
    fused = fuse(evidence.by_words, evidence.by_meaning) + bonuses
    rows = best(fused, CANDIDATES)
    candidates = [state.passage(state.passage_ids[row]) for row in rows]
    own = np.array([passage_bonus(query, passage) for passage in candidates])
    again = _scored_again(indexes.windows, evidence, rows, candidates)
    among = fused[rows] + own if again is None else again + bonuses[rows] + own
    scores = put_on_top(fused, rows, among)
    near = [Hit(candidates[place], float(scores[rows[place]])) for place in best(among, len(rows))]
    far = [
        Hit(state.passage(state.passage_ids[row]), float(scores[row])) for row in best(fused, k)[len(rows) :]
    ]
    return (*folded(near, state.source_of.__getitem__), *far)[:k]


def _scored_again(
    windows: SentenceWindows | None, evidence: Evidence, rows: Sequence[int], candidates: Sequence[Passage]
) -> Scores | None:
    """The candidates' scores with their sentences; null where those are not looked at."""
    if windows is None:
        return None
    return refine(
        evidence.by_words[rows],
        evidence.by_meaning[rows],
        windows.scores(evidence.vector, [passage.embedding_text for passage in candidates]),
    )
