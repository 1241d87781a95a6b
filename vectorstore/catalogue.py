"""The catalogue: documents, passages, figures and vectors in one SQLite file. It is the truth.

Domain values in, domain values out. A `Catalogue` is one connection: a reading one pins the state it first
saw until it is closed, a writing one holds one transaction. It knows nothing of search indexes.

Each commit that changes documents counts the generation up and draws a new `stamp`. An index carries the
stamp it was built from: a generation number alone could be reached twice by writers that were killed.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.documents import Passage, Source
from domain.errors import StoreError
from domain.figures import Figure
from vectorstore import records

FILE_NAME = "catalogue.sqlite"
SCHEMA_VERSION = 1
_BUSY_TIMEOUT_SECONDS = 10.0

Vectors = NDArray[np.float32]

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    source      TEXT NOT NULL,      -- path relative to the ingested folder
    origin      TEXT,               -- absolute path it was read from
    version     TEXT NOT NULL,      -- of the code that read it
    number      TEXT,
    kind        TEXT NOT NULL,
    place       TEXT,
    issued_on   TEXT,
    retired_by  TEXT,               -- document_id of the original, for a digest whose original is here
    record      TEXT NOT NULL       -- domain.documents.Source
);
CREATE INDEX documents_by_origin ON documents (origin);
CREATE TABLE passages (
    passage_id  TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    text_digest BLOB NOT NULL,      -- of the text that is embedded
    record      TEXT NOT NULL       -- domain.documents.Passage
);
CREATE INDEX passages_by_document ON passages (document_id, ordinal);
CREATE INDEX passages_by_text ON passages (text_digest);
CREATE TABLE figures (
    position    INTEGER PRIMARY KEY,
    figure_id   TEXT NOT NULL,
    passage_id  TEXT NOT NULL REFERENCES passages ON DELETE CASCADE,
    document_id TEXT NOT NULL,
    indicator   TEXT NOT NULL,
    role        TEXT NOT NULL,
    year        INTEGER,
    place       TEXT,
    level       TEXT,
    amount      TEXT,
    base_unit   TEXT NOT NULL,
    record      TEXT NOT NULL       -- domain.figures.Figure
);
CREATE INDEX figures_by_passage ON figures (passage_id);
CREATE INDEX figures_by_document ON figures (document_id);
CREATE INDEX figures_by_place_and_year ON figures (place, year);
CREATE TABLE vectors (
    embedder_id TEXT NOT NULL,
    text_digest BLOB NOT NULL,
    vector      BLOB NOT NULL,      -- float32, little endian
    UNIQUE (embedder_id, text_digest)
);
"""

_READ_ORDER = "ORDER BY d.source, d.document_id, p.ordinal"
_CURRENT = "JOIN documents d ON d.document_id = p.document_id AND d.retired_by IS NULL"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue knows of a document beside its source record."""

    source: Source
    origin: str | None
    version: str
    retired_by: str | None


def text_digest(text: str) -> bytes:
    """What a stored vector is keyed by: the same text is embedded once."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


class Catalogue:
    """One connection to the catalogue of the store in `folder`."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._lock = threading.RLock()  # a page answers several people from one connection

    # ----- opening and closing ---------------------------------------------------------------------

    @classmethod
    def open(cls, folder: Path) -> Catalogue:
        """The catalogue in `folder`. Raises StoreError store_missing, store_broken or store_newer."""
        if not (folder / FILE_NAME).is_file():
            raise StoreError("store_missing", folder=folder)
        catalogue = cls(_connect(folder), folder)
        try:
            catalogue._check()
        except StoreError:
            catalogue.close()
            raise
        return catalogue

    @classmethod
    def create(cls, folder: Path) -> Catalogue:
        """The catalogue in `folder`, made there if there is none."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store_unwritable", folder=folder, detail=error) from error
        connection = _connect(folder)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                _create_tables(connection)
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            connection.close()
            raise _store_error(error, folder) from error
        connection.close()
        return cls.open(folder)

    def close(self) -> None:
        self._connection.close()

    def _check(self) -> None:
        found = self.meta("schema_version")
        if found is None:
            raise StoreError("store_broken", folder=self._folder, detail="no schema version")
        if int(found) > SCHEMA_VERSION:
            raise StoreError("store_newer", folder=self._folder, found=found, known=SCHEMA_VERSION)

    def pin(self) -> None:
        """From here on every read sees the state of this moment, whatever other processes write."""
        self._execute("BEGIN")
        self.meta("stamp")

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise _store_error(error, self._folder) from error

    def _execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            with self._lock:
                self._connection.executemany(statement, rows)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise _store_error(error, self._folder) from error

    # ----- reading ---------------------------------------------------------------------------------

    def meta(self, name: str) -> str | None:
        rows = self._execute("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    @property
    def generation(self) -> int:
        return int(self.meta("generation") or 0)

    @property
    def stamp(self) -> str:
        return self.meta("stamp") or ""

    def entries(self) -> tuple[Entry, ...]:
        """Every document, retired digests among them, by source name."""
        rows = self._execute(
            "SELECT record, origin, version, retired_by FROM documents ORDER BY source, document_id"
        )
        return tuple(
            Entry(records.from_text(Source, str(record)), _text(origin), str(version), _text(retired_by))
            for record, origin, version, retired_by in rows
        )

    def passage_ids(self) -> tuple[str, ...]:
        """The ids of all passages of documents that are not retired, in the order of the indexes."""
        rows = self._execute(f"SELECT p.passage_id FROM passages p {_CURRENT} {_READ_ORDER}")
        return tuple(str(passage_id) for (passage_id,) in rows)

    def passages(self) -> tuple[Passage, ...]:
        """All passages of documents that are not retired, in the order of the indexes."""
        return _passages(self._execute(f"SELECT p.record FROM passages p {_CURRENT} {_READ_ORDER}"))

    def passage(self, passage_id: str) -> Passage | None:
        found = _passages(self._execute("SELECT record FROM passages WHERE passage_id = ?", (passage_id,)))
        return found[0] if found else None

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        statement = "SELECT record FROM passages WHERE document_id = ? ORDER BY ordinal"
        return _passages(self._execute(statement, (document_id,)))

    def neighbours(self, document_id: str, ordinal: int, distance: int) -> tuple[Passage, ...]:
        return _passages(self._execute(
            "SELECT record FROM passages WHERE document_id = ? AND ordinal BETWEEN ? AND ? AND ordinal <> ? "
            "ORDER BY ordinal",
            (document_id, ordinal - distance, ordinal + distance, ordinal),
        ))

    def figures(self) -> tuple[Figure, ...]:
        """All figures of documents that are not retired, in the order of their passages."""
        return _figures(self._execute(
            f"SELECT f.record FROM figures f JOIN passages p ON p.passage_id = f.passage_id {_CURRENT} "
            f"{_READ_ORDER}, f.position"
        ))

    def figures_of(self, passage_id: str) -> tuple[Figure, ...]:
        return _figures(
            self._execute("SELECT record FROM figures WHERE passage_id = ? ORDER BY position", (passage_id,))
        )

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has, by document id."""
        rows = self._execute("SELECT document_id, count(*) FROM passages GROUP BY document_id")
        return {str(document_id): int(str(count)) for document_id, count in rows}

    def figure_count(self) -> int:
        rows = self._execute(
            f"SELECT count(*) FROM figures f JOIN passages p ON p.passage_id = f.passage_id {_CURRENT}"
        )
        return int(str(rows[0][0]))

    def vectors(self, embedder_id: str, dimensions: int) -> Vectors:
        """The vectors of `passage_ids()`, row for row. All must be there: see `texts_without_vector`."""
        rows = self._execute(
            f"SELECT v.vector FROM passages p {_CURRENT} JOIN vectors v "
            f"ON v.text_digest = p.text_digest AND v.embedder_id = ? {_READ_ORDER}",
            (embedder_id,),
        )
        joined = b"".join(bytes(vector) for (vector,) in rows if isinstance(vector, bytes))
        return np.frombuffer(joined, dtype="<f4").reshape(-1, dimensions)

    def first_vector(self, embedder_id: str) -> tuple[str, Vectors] | None:
        """A passage that has a vector of `embedder_id`, and that vector; to try an index with."""
        rows = self._execute(
            f"SELECT p.passage_id, v.vector FROM passages p {_CURRENT} JOIN vectors v "
            "ON v.text_digest = p.text_digest AND v.embedder_id = ? LIMIT 1",
            (embedder_id,),
        )
        if not rows or not isinstance(rows[0][1], bytes):
            return None
        return str(rows[0][0]), np.frombuffer(rows[0][1], dtype="<f4")

    def texts_without_vector(self, embedder_id: str) -> tuple[str, ...]:
        """The embedding texts of current passages that `embedder_id` has no vector for, each once."""
        rows = self._execute(
            f"SELECT p.record FROM passages p {_CURRENT} LEFT JOIN vectors v "
            "ON v.text_digest = p.text_digest AND v.embedder_id = ? "
            f"WHERE v.rowid IS NULL {_READ_ORDER}",
            (embedder_id,),
        )
        return tuple(dict.fromkeys(passage.embedding_text for passage in _passages(rows)))

    # ----- writing, inside one transaction -----------------------------------------------------------

    def begin(self) -> None:
        """Open the writing transaction; waits a little for another one, then StoreError store_locked."""
        self._execute("PRAGMA synchronous = FULL")
        self._execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self._execute("ROLLBACK")

    def checkpoint(self) -> None:
        """Move what was committed from the write-ahead log into the file, as far as readers let it."""
        self._execute("PRAGMA wal_checkpoint(PASSIVE)")

    def new_generation(self) -> None:
        self._set_meta("generation", str(self.generation + 1))
        self._set_meta("stamp", uuid.uuid4().hex)

    def _set_meta(self, name: str, value: str) -> None:
        self._execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def replace(
        self, older: Iterable[str], entry: Entry, passages: Iterable[Passage], figures: Iterable[Figure]
    ) -> None:
        """Put a document in the place of the documents `older`, whole or not at all.

        Raises StoreError document_rejected where its passages or figures do not fit together.
        """
        self._execute("SAVEPOINT document")
        try:
            for document_id in older:
                self.delete(document_id)
            self._insert(entry, passages, figures)
        except sqlite3.IntegrityError as error:
            self._execute("ROLLBACK TO document")
            raise StoreError("document_rejected", source=entry.source.source, detail=error) from error
        finally:
            self._execute("RELEASE document")

    def _insert(self, entry: Entry, passages: Iterable[Passage], figures: Iterable[Figure]) -> None:
        source = entry.source
        self._execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            (source.document_id, source.source, entry.origin, entry.version, source.number, source.kind.value,
             source.place, source.issued_on.isoformat() if source.issued_on else None,
             records.to_text(source)),
        )
        self._execute_many("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", map(_passage_row, passages))
        self._execute_many(
            "INSERT INTO figures VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_figure_row, figures)
        )

    def rename(self, source: Source, origin: str | None) -> None:
        """The same file under another name: `source` carries the new one."""
        self._execute(
            "UPDATE documents SET source = ?, origin = ?, record = ? WHERE document_id = ?",
            (source.source, origin, records.to_text(source), source.document_id),
        )

    def delete(self, document_id: str) -> None:
        self._execute("DELETE FROM figures WHERE document_id = ?", (document_id,))
        self._execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
        self._execute("DELETE FROM documents WHERE document_id = ?", (document_id,))

    def retire(self, document_id: str, original: str | None) -> None:
        self._execute("UPDATE documents SET retired_by = ? WHERE document_id = ?", (original, document_id))

    def add_vectors(self, embedder_id: str, texts: Sequence[str], vectors: Vectors) -> None:
        self._execute_many(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            ((embedder_id, text_digest(text), vector.astype("<f4").tobytes())
             for text, vector in zip(texts, vectors, strict=True)),
        )

    def drop_unused_vectors(self) -> None:
        self._execute("DELETE FROM vectors WHERE text_digest NOT IN (SELECT text_digest FROM passages)")


def _connect(folder: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            folder / FILE_NAME, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        raise _store_error(error, folder) from error
    return connection


def _create_tables(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    meta = {"schema_version": str(SCHEMA_VERSION), "generation": "0", "stamp": uuid.uuid4().hex}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


def _store_error(error: sqlite3.DatabaseError, folder: Path) -> StoreError:
    """What SQLite's error means to whoever has to act on it."""
    if isinstance(error, sqlite3.OperationalError):
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return StoreError("store_locked", folder=folder, seconds=_BUSY_TIMEOUT_SECONDS)
        if name.startswith(("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_IOERR_WRITE")):
            return StoreError("store_unwritable", folder=folder, detail=error)
    return StoreError("store_broken", folder=folder, detail=error)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _passages(rows: Iterable[tuple[object, ...]]) -> tuple[Passage, ...]:
    return tuple(records.from_text(Passage, str(record)) for (record,) in rows)


def _figures(rows: Iterable[tuple[object, ...]]) -> tuple[Figure, ...]:
    return tuple(records.from_text(Figure, str(record)) for (record,) in rows)


def _passage_row(passage: Passage) -> tuple[object, ...]:
    return (passage.passage_id, passage.document_id, passage.ordinal, text_digest(passage.embedding_text),
            records.to_text(passage))


def _figure_row(figure: Figure) -> tuple[object, ...]:
    quantity = figure.quantity
    return (figure.figure_id, figure.passage_id, figure.document_id, figure.indicator, figure.role.value,
            figure.year, figure.place, figure.level.value if figure.level else None,
            None if quantity.amount is None else str(quantity.amount), quantity.base_unit,
            records.to_text(figure))


def batches(count: int, most: int) -> Iterator[slice]:
    """As few slices of at most `most` rows as cover `count` rows, of nearly the same size."""
    parts = -(-count // most)
    return (slice(count * part // parts, count * (part + 1) // parts) for part in range(parts))
