"""The dense index: Chroma, embedded, in a folder of its own, cosine space. The only importer of chromadb.

Unit vectors with passage ids in, nearest passage ids with cosine similarities out. Vectors are always given
explicitly: without them Chroma would fetch a model. Known limits that shape this file: batches and reads are
bounded, writing in place can corrupt the index when killed (hence `vectorstore.folders`), and a metadata
filter is slow, so that filtering happens outside.
"""

from __future__ import annotations

import logging
import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from vectorstore.catalogue import Vectors, batches
from vectorstore.folders import IndexUnusableError

_LOGGER = logging.getLogger(__name__)

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

Scores = NDArray[np.float64]
Rows = NDArray[np.intp]

_COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
_DATABASE_FILES = (_DATABASE, _DATABASE + "-wal", _DATABASE + "-shm")
_GRAPH_FILES = ("data_level0.bin", "header.bin", "length.bin", "link_lists.bin")
_SYNC_ROWS = 2  # Chroma writes the graph to disk with every batch of so many rows; the least it takes
_MOMENTS = "moments.npz"
_VECTORS = "vectors.npy"
NEAREST = 400  # rows whose similarity is known one by one; also the width of the search through the graph
_ONE_THREAD_UP_TO = 5000  # rows: below, one thread builds the same graph every time
_SELF_SIMILARITY = 0.99  # a vector must find itself at least this near
_NO_SPREAD = 1e-9


class DenseIndex:
    """How near each passage is to a question, by cosine similarity."""

    def __init__(self, client: Client, collection: Collection, moments: Moments, vectors: Vectors) -> None:
        self._client = client
        self._collection = collection
        self._moments = moments
        self._vectors = vectors

    @classmethod
    def build(
        cls, folder: Path, ids: Sequence[str], vectors: Vectors, progress: Callable[[int, int], None]
    ) -> None:
        """Write an index of `vectors` (rows of unit length, one for each id) into the empty `folder`."""
        Moments.of(vectors).save(folder)
        np.save(folder / _VECTORS, vectors)
        hnsw: dict[str, Any] = {"space": "cosine", "ef_search": NEAREST, "sync_threshold": _SYNC_ROWS}
        if len(ids) <= _ONE_THREAD_UP_TO:
            hnsw["num_threads"] = 1
        configuration: Any = {"hnsw": hnsw}
        client = _client(folder)
        try:
            collection = client.create_collection(
                _COLLECTION, configuration=configuration, embedding_function=None
            )
            for rows in batches(len(ids), client.get_max_batch_size() - _SYNC_ROWS):
                collection.add(ids=list(ids[rows]), embeddings=vectors[rows])
                progress(rows.stop, len(ids))
        finally:
            client.close()

    @classmethod
    def open(cls, folder: Path, count: int, probe: tuple[str, Vectors] | None) -> DenseIndex:
        """The index in `folder`, which passed `check`, tried with the vector of one passage.

        Raises IndexUnusableError where it does not hold what it should; nothing stays open then, since Chroma
        would go on with the old files where new ones are built in the same place.
        """
        client = None
        try:
            client = _client(folder)
            return cls._opened(folder, client, count, probe)
        except IndexUnusableError:
            _close_quietly(client)
            raise
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # Chroma's Rust panics are no Exceptions
            _close_quietly(client)
            raise IndexUnusableError(f"{type(error).__name__}: {error}") from error

    @classmethod
    def _opened(
        cls, folder: Path, client: Client, count: int, probe: tuple[str, Vectors] | None
    ) -> DenseIndex:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        index = cls(client, collection, Moments.load(folder), _vectors(folder))
        found = collection.count()
        nearest = index.nearest(probe[1]) if probe and np.any(probe[1]) else []
        if found != count or index._moments.count != count:
            raise IndexUnusableError(f"{found} of {count} rows")
        if nearest and nearest[0][1] < _SELF_SIMILARITY:
            raise IndexUnusableError("a vector does not find itself")
        return index

    def nearest(self, vector: Vectors) -> list[tuple[str, float]]:
        """The nearest passage ids with their cosine similarity to `vector`, nearest first.

        Raises IndexUnusableError where the files were damaged or taken away since they were opened.
        """
        try:
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=min(NEAREST, self._moments.count),
                include=["distances"],
            )
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # Chroma's Rust panics are no Exceptions
            raise IndexUnusableError(f"{type(error).__name__}: {error}") from error
        distances = found["distances"]
        assert distances is not None
        return [
            (passage_id, 1.0 - distance)
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def standard_scores(self, vector: Vectors, position_of: Mapping[str, int], also: Rows) -> Scores:
        """The similarity of every row to `vector`, in standard deviations from the mean of all rows.

        Only the nearest rows, and those in `also`, are known one by one; the others share the mean of what
        is left of them.
        """
        scores = np.zeros(self._moments.count)
        mean, spread = self._moments.of_similarities(vector)
        if spread < _NO_SPREAD:
            return scores
        nearest = [position_of[name] for name, _ in self.nearest(vector) if name in position_of]
        rows = np.union1d(np.array(nearest, dtype=np.intp), also)
        standard = (self._vectors[rows] @ vector - mean) / spread
        if len(rows) < len(scores):
            scores[:] = -standard.sum() / (len(scores) - len(rows))
        scores[rows] = standard
        return scores

    def close(self) -> None:
        self._client.close()


class ExactIndex:
    """The same scores straight from all vectors: slower for each question, and there at once.

    Importing Chroma takes longer than answering one question.
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @classmethod
    def open(cls, folder: Path) -> ExactIndex:
        """The vectors beside the index in `folder`. Raises IndexUnusableError."""
        try:
            return cls(_vectors(folder))
        except (OSError, ValueError) as error:
            raise IndexUnusableError(f"{type(error).__name__}: {error}") from error

    def standard_scores(self, vector: Vectors, position_of: Mapping[str, int], also: Rows) -> Scores:
        """As `DenseIndex.standard_scores`, every row known."""
        similarities = (self._vectors @ vector).astype(np.float64)
        spread = float(similarities.std())
        return (similarities - similarities.mean()) / spread if spread >= _NO_SPREAD else 0 * similarities

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and second moment of all vectors: the mean and spread of any question's similarities to them."""

    count: int
    mean: Vectors
    second: Vectors

    @classmethod
    def of(cls, vectors: Vectors) -> Moments:
        return cls(len(vectors), vectors.mean(axis=0), vectors.T @ vectors / np.float32(len(vectors)))

    def save(self, folder: Path) -> None:
        np.savez(folder / _MOMENTS, count=np.array(self.count), mean=self.mean, second=self.second)

    @classmethod
    def load(cls, folder: Path) -> Moments:
        with np.load(folder / _MOMENTS, allow_pickle=False) as stored:
            return cls(int(stored["count"]), stored["mean"], stored["second"])

    def of_similarities(self, vector: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the similarity of `vector` to all rows."""
        mean = float(self.mean @ vector)
        return mean, math.sqrt(max(float(vector @ self.second @ vector) - mean * mean, 0.0))


def _vectors(folder: Path) -> Vectors:
    """The vectors of an index, row for row, left on the disk until they are looked at."""
    stored: Vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
    return stored


def changed_by_reading(count: int) -> tuple[str, ...]:
    """The files of an index of `count` rows that change while it is read.

    Too few rows to be synced are held in the log, and written into the graph whenever it is opened.
    """
    return _DATABASE_FILES + (_GRAPH_FILES if count < _SYNC_ROWS else ())


def _close_quietly(client: Client | None) -> None:
    """Let go of a client whose files are damaged; closing it may fail as they did."""
    if client is None:
        return
    try:
        client.close()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 — Chroma's Rust panics are no Exceptions
        _LOGGER.debug("closing a damaged index: %s", error)


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)


def check(folder: Path) -> None:
    """Look at Chroma's own database before Chroma does: a damaged one can hang it.

    Raises IndexUnusableError.
    """
    path = folder / _DATABASE
    try:
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                raise IndexUnusableError("not a database")
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except (OSError, sqlite3.DatabaseError) as error:
        raise IndexUnusableError(f"{type(error).__name__}: {error}") from error
    if verdict != "ok":
        raise IndexUnusableError(str(verdict))
