"""The two search indexes of one state of the catalogue: dense (Chroma) and lexical (BM25).

Both are built from the catalogue alone and refuse to open for another state, embedder or file content
(`vectorstore.folders`). Rows are the catalogue's current passages in its own order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from domain.errors import StoreError
from vectorstore import dense
from vectorstore.catalogue import Catalogue, Vectors
from vectorstore.dense import DenseIndex, ExactIndex, Scores
from vectorstore.embedders import Embedder, StaticEmbedder
from vectorstore.folders import IndexIdentity, IndexUnusableError, build_folder, check_folder
from vectorstore.fusion import standard_scores
from vectorstore.lexical import FORMAT, LexicalIndex
from vectorstore.windows import SentenceWindows

Progress = Callable[[str, int, int], None]  # stage, done, total
DENSE, LEXICAL = "chroma", "lexical"
_LIKELY = 200  # rows, best by words, whose meaning is compared whether or not it is near
_EMBEDDING_BATCH = 256


class BrokenIndexError(Exception):
    """The index of `kind` cannot be opened, for `reason`; `missing` where it was never built."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason

    @property
    def missing(self) -> bool:
        return self.reason == "missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the indexes say of every row, in standard scores, and the question's vector."""

    by_words: Scores
    by_meaning: Scores
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Indexes:
    """Both indexes, open. `position_of` gives the row of a passage id.

    `windows` looks at the sentences of candidates; null where the embedder is too slow to do so at each question.
    """

    dense: DenseIndex | ExactIndex
    lexical: LexicalIndex
    embedder: Embedder
    position_of: dict[str, int]
    windows: SentenceWindows | None

    @classmethod
    def open(
        cls, folder: Path, catalogue: Catalogue, embedder: Embedder, ids: tuple[str, ...], at_once: bool
    ) -> Indexes:
        """Raises BrokenIndexError where one of them has to be built again.

        `at_once` leaves Chroma closed, though checked, and answers from the vectors themselves.
        """
        open_dense = _open_exact if at_once else _open_dense
        return cls(
            dense=_opened(DENSE, lambda: open_dense(folder, catalogue, embedder, len(ids))),
            lexical=_opened(LEXICAL, lambda: _open_lexical(folder, catalogue, len(ids))),
            embedder=embedder,
            position_of={passage_id: position for position, passage_id in enumerate(ids)},
            windows=SentenceWindows(embedder) if isinstance(embedder, StaticEmbedder) else None,
        )

    def evidence(self, phrasings: Sequence[str]) -> Evidence:
        """By words whatever one of the `phrasings` holds counts, by meaning all of them together."""
        vector = self.embedder.embed_query(" ".join(phrasings))
        by_words = standard_scores(self.lexical.scores(*phrasings))
        likely = np.argsort(-by_words, kind="stable")[:_LIKELY]
        return Evidence(by_words, self.dense.standard_scores(vector, self.position_of, likely), vector)


def build_indexes(folder: Path, catalogue: Catalogue, embedder: Embedder, progress: Progress) -> None:
    """Build what cannot be opened for the state that `catalogue` shows; its vectors must be there.

    Raises StoreError index_failed, after which the folder holds no half index under its final name.
    """
    passages = catalogue.passages()
    ids = tuple(passage.passage_id for passage in passages)
    if not ids:
        return
    try:
        work: list[Callable[[], object]] = []
        if _unusable(lambda: _open_dense(folder, catalogue, embedder, len(ids))):
            vectors = catalogue.vectors(embedder.id, embedder.dimensions)
            identity = _dense_identity(catalogue, embedder, len(ids))
            work.append(lambda: _build_dense(folder, identity, ids, vectors, progress))
        if _unusable(lambda: _open_lexical(folder, catalogue, len(ids))):
            texts = [passage.embedding_text for passage in passages]
            other = _lexical_identity(catalogue, len(ids))
            work.append(lambda: build_folder(folder, other, lambda empty: LexicalIndex.build(texts).save(empty)))
        _do_together(work)
    except (KeyboardInterrupt, SystemExit, StoreError):
        raise
    except BaseException as error:  # Chroma's Rust panics are no Exceptions
        raise StoreError("index_failed", folder=folder, detail=f"{type(error).__name__}: {error}") from error


def _build_dense(
    folder: Path, identity: IndexIdentity, ids: Sequence[str], vectors: Vectors, progress: Progress
) -> None:
    def told(done: int, total: int) -> None:
        progress("index", done, total)

    build_folder(
        folder,
        identity,
        lambda empty: DenseIndex.build(empty, ids, vectors, told),
        dense.changed_by_reading(len(ids)),
    )


def _do_together(work: Sequence[Callable[[], object]]) -> None:
    """Chroma lets go of the interpreter while it builds, so that the words are indexed meanwhile."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in [pool.submit(task) for task in work]:
            done.result()


def are_built(folder: Path, catalogue: Catalogue, embedder: Embedder, count: int) -> bool:
    """Whether there is a folder for each index; a cheap look that opens none."""
    identities = _dense_identity(catalogue, embedder, count), _lexical_identity(catalogue, count)
    return all((folder / identity.folder_name).is_dir() for identity in identities)


def embed_missing(catalogue: Catalogue, embedder: Embedder, progress: Progress) -> int:
    """Give every current passage a vector of `embedder`, in the open transaction; how many were embedded."""
    texts = catalogue.texts_without_vector(embedder.id)
    for start in range(0, len(texts), _EMBEDDING_BATCH):
        batch = texts[start : start + _EMBEDDING_BATCH]
        catalogue.add_vectors(embedder.id, batch, embedder.embed_passages(batch))
        progress("embed", start + len(batch), len(texts))
    return len(texts)


def _dense_identity(catalogue: Catalogue, embedder: Embedder, count: int) -> IndexIdentity:
    key = f"{embedder.id} {embedder.dimensions}"
    return IndexIdentity(DENSE, catalogue.generation, catalogue.stamp, key, count)


def _lexical_identity(catalogue: Catalogue, count: int) -> IndexIdentity:
    return IndexIdentity(LEXICAL, catalogue.generation, catalogue.stamp, FORMAT, count)


def _open_dense(folder: Path, catalogue: Catalogue, embedder: Embedder, count: int) -> DenseIndex:
    index_folder = check_folder(folder, _dense_identity(catalogue, embedder, count))
    dense.check(index_folder)
    return DenseIndex.open(index_folder, count, catalogue.first_vector(embedder.id))


def _open_exact(folder: Path, catalogue: Catalogue, embedder: Embedder, count: int) -> ExactIndex:
    identity = _dense_identity(catalogue, embedder, count)
    dense.check(check_folder(folder, identity))
    return ExactIndex.open(folder / identity.folder_name)


def _open_lexical(folder: Path, catalogue: Catalogue, count: int) -> LexicalIndex:
    index_folder = check_folder(folder, _lexical_identity(catalogue, count))
    try:
        return LexicalIndex.load(index_folder)
    except Exception as error:  # whatever is wrong with its files, it is built again
        raise IndexUnusableError(f"{type(error).__name__}: {error}") from error


def _unusable(open_index: Callable[[], object]) -> bool:
    try:
        opened = open_index()
    except IndexUnusableError:
        return True
    if isinstance(opened, DenseIndex):
        opened.close()
    return False


def _opened(kind: str, open_index: Callable[[], Any]) -> Any:
    try:
        return open_index()
    except IndexUnusableError as error:
        raise BrokenIndexError(kind, str(error)) from error
