"""The store: one folder with the catalogue and its search indexes. Reading, searching and writing.

A `View` is one unchanging state of the store: its answers stay consistent while others write. A `Store`
holds the newest view, swaps it on `refresh()` and lets one writer at a time in, across processes. Whatever
an index lacks is rebuilt from the catalogue and said through `notify`, by code.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from domain.answers import Hit
from domain.documents import Passage, Source
from domain.errors import StoreError
from domain.figures import Figure
from vectorstore.catalogue import FILE_NAME, Catalogue, Entry
from vectorstore.context import leading_to
from vectorstore.embedders import Embedder
from vectorstore.folders import IndexUnusableError, drop_old_folders
from vectorstore.indexes import (
    DENSE,
    BrokenIndexError,
    Indexes,
    Progress,
    are_built,
    build_indexes,
    embed_missing,
)
from vectorstore.retirement import originals_of_digests
from vectorstore.search import search
from vietnamese.folding import fold

Notify = Callable[[str, Mapping[str, object]], None]

_LOCK_FILE = "writer.lock"
_LOCK_TIMEOUT_SECONDS = 30.0
_GENERATIONS_KEPT = 2  # a reader may still have the last but one open
_SHORTEST_ID = 6  # characters of a document id that may stand for it
_WORD = re.compile(r"[^\W_]")
_LOGGER = logging.getLogger(__name__)


def _log(code: str, values: Mapping[str, object]) -> None:
    _LOGGER.warning("%s %s", code, dict(values))


def _no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show none."""


class View:
    """One state of the store. Retired digests are not in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = Catalogue.open(folder)
        weakref.finalize(self, self.catalogue.close)  # a pinned connection keeps the write-ahead log growing
        self.catalogue.pin()
        self.generation = self.catalogue.generation
        self.stamp = self.catalogue.stamp
        self.indexes: Indexes | None = None

    @functools.cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every document with what the catalogue knows of it, retired digests among them."""
        return self.catalogue.entries()

    @functools.cached_property
    def source_of(self) -> Mapping[str, Source]:
        """The documents by their id."""
        return {
            entry.source.document_id: entry.source for entry in self.entries if entry.retired_by is None
        }

    @functools.cached_property
    def passage_ids(self) -> tuple[str, ...]:
        return self.catalogue.passage_ids()

    @functools.cached_property
    def document_rows(self) -> Mapping[str, slice]:
        """The rows of each document id among `passage_ids`, where its passages stand together."""
        counts, rows, start = self.passage_counts(), {}, 0
        for document_id in self.source_of:
            rows[document_id] = slice(start, start + counts.get(document_id, 0))
            start = rows[document_id].stop
        return rows

    @functools.cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return self.catalogue.passages()

    @functools.cached_property
    def _figures(self) -> tuple[Figure, ...]:
        return self.catalogue.figures()

    def sources(self) -> tuple[Source, ...]:
        """All documents by source name."""
        return tuple(self.source_of.values())

    def source(self, document_id: str) -> Source:
        """Raises KeyError for a document that is not in this state."""
        return self.source_of[document_id]

    def passages(self) -> tuple[Passage, ...]:
        """All passages, document by document in reading order."""
        return self._passages

    def passage(self, passage_id: str) -> Passage:
        """Raises KeyError for a passage that is not in this state."""
        found = self.catalogue.passage(passage_id)
        if found is None or found.document_id not in self.source_of:
            raise KeyError(passage_id)
        return found

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of one document in reading order."""
        return self.catalogue.passages_of(document_id)

    def neighbours(self, passage_id: str, distance: int = 1) -> tuple[Passage, ...]:
        """The passages at most `distance` before and after one, in reading order, without itself."""
        passage = self.passage(passage_id)
        return self.catalogue.neighbours(passage.document_id, passage.ordinal, distance)

    def parents(self, passage_id: str) -> tuple[Passage, ...]:
        """What leads to a passage, in reading order: what stands directly beneath each heading above its own,
        and what comes before its table."""
        passage = self.passage(passage_id)
        before = [other for other in self.passages_of(passage.document_id) if other.ordinal < passage.ordinal]
        return leading_to(passage, before)

    def figures(self) -> tuple[Figure, ...]:
        """All figures in the order of their passages."""
        return self._figures

    def figures_of(self, passage_id: str) -> tuple[Figure, ...]:
        """The figures of one passage in the order of its text."""
        return self.catalogue.figures_of(passage_id)

    def named(self, name: str) -> tuple[Source, ...]:
        """The documents, retired ones too, that a person means by `name`.

        A document id, else a source name, else a document number, else the beginning of a document id.
        """
        every = [entry.source for entry in self.entries]
        number = _folded_number(name)
        rules: tuple[Callable[[Source], bool], ...] = (
            lambda source: source.document_id == name.lower(),
            lambda source: source.source == name,
            lambda source: source.number is not None and _folded_number(source.number) == number,
            lambda source: len(name) >= _SHORTEST_ID and source.document_id.startswith(name.lower()),
        )
        return next(filter(None, (tuple(filter(rule, every)) for rule in rules)), ())

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has, by document id."""
        return self.catalogue.passage_counts()

    def counts(self) -> tuple[int, int]:
        """How many passages and figures there are."""
        return len(self.passage_ids), self.catalogue.figure_count()


class Store:
    """The store in a folder, for one process; safe to share between threads."""

    def __init__(
        self,
        folder: Path,
        load_embedder: Callable[[], Embedder],
        lock_timeout_seconds: float = _LOCK_TIMEOUT_SECONDS,
        notify: Notify = _log,
        progress: Progress = _no_progress,
        one_question: bool = False,
    ) -> None:
        """Use `open` or `create`."""
        self.folder = folder
        self._load_embedder = load_embedder
        self._lock_timeout_seconds = lock_timeout_seconds
        self._notify = notify
        self._progress = progress
        self._one_question = one_question
        self._swap = threading.RLock()
        self._view = View(folder)
        self._watch, self._watched_file = _watch(folder)

    @classmethod
    def open(
        cls,
        folder: Path,
        load_embedder: Callable[[], Embedder],
        *,
        lock_timeout_seconds: float = _LOCK_TIMEOUT_SECONDS,
        notify: Notify = _log,
        progress: Progress = _no_progress,
        one_question: bool = False,
    ) -> Store:
        """The store in `folder`. Raises StoreError store_missing, store_newer or store_broken.

        `load_embedder` is called when it is first needed: to search or to write. `one_question` is for a
        process that will search only once: it then does without importing Chroma.
        """
        return cls(folder, load_embedder, lock_timeout_seconds, notify, progress, one_question)

    @classmethod
    def create(
        cls,
        folder: Path,
        load_embedder: Callable[[], Embedder],
        *,
        lock_timeout_seconds: float = _LOCK_TIMEOUT_SECONDS,
        notify: Notify = _log,
        progress: Progress = _no_progress,
    ) -> Store:
        """The store in `folder`, made there if there is none. Raises StoreError."""
        Catalogue.create(folder).close()
        return cls(folder, load_embedder, lock_timeout_seconds, notify, progress)

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards."""
        self._watch.close()
        self._view.catalogue.close()
        if self._view.indexes:
            self._view.indexes.dense.close()

    # ----- reading -----------------------------------------------------------------------------------

    @functools.cached_property
    def embedder(self) -> Embedder:
        return self._load_embedder()

    @property
    def generation(self) -> int:
        """How often the store was changed; of the state that is being read."""
        return self._view.generation

    def view(self) -> View:
        """The state that is being read, for callers that read several times and must not see a change."""
        return self._view

    def refresh(self) -> bool:
        """Look whether somebody wrote; from then on the new state is read. Cheap: ask at each question."""
        with self._swap:
            if _file_identity(self.folder) != self._watched_file:
                self._watch.close()
                self._watch, self._watched_file = _watch(self.folder)
            if self._watch.stamp == self._view.stamp:
                return False
            self._view = View(self.folder)
            return True

    def sources(self) -> tuple[Source, ...]:
        return self._view.sources()

    def source(self, document_id: str) -> Source:
        return self._view.source(document_id)

    def passages(self) -> tuple[Passage, ...]:
        return self._view.passages()

    def passage(self, passage_id: str) -> Passage:
        return self._view.passage(passage_id)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        return self._view.passages_of(document_id)

    def neighbours(self, passage_id: str, distance: int = 1) -> tuple[Passage, ...]:
        return self._view.neighbours(passage_id, distance)

    def parents(self, passage_id: str) -> tuple[Passage, ...]:
        return self._view.parents(passage_id)

    def figures(self) -> tuple[Figure, ...]:
        return self._view.figures()

    def figures_of(self, passage_id: str) -> tuple[Figure, ...]:
        return self._view.figures_of(passage_id)

    def search(self, text: str, k: int = 10) -> tuple[Hit, ...]:
        """The at most `k` best passages for `text`, best first; none for a text without words.

        Abbreviations are understood, and what `text` names (a place, a document's number, a year, a level)
        lifts the passages that are of it.
        """
        if k < 1 or not _WORD.search(text):
            return ()
        view = self._searchable()
        if not view.passage_ids:
            return ()
        assert view.indexes is not None
        try:
            return search(view, view.indexes, text, k)
        except IndexUnusableError as error:
            self._notify("index_broken", {"kind": DENSE, "detail": error})
            view.indexes.dense.close()
            view.indexes = None
            view = self._searchable()
            assert view.indexes is not None
            return search(view, view.indexes, text, k)

    def prepare(self) -> None:
        """See now to what the next search would have to: vectors of the embedder in use, and the indexes."""
        with self._swap:
            view = self._view
            count = len(view.passage_ids)
            if count and not are_built(self.folder, view.catalogue, self.embedder, count):
                self._searchable()

    def _searchable(self) -> View:
        """The view with its indexes open, rebuilt where they have to be."""
        with self._swap:
            view = self._view
            if view.indexes is not None or not view.passage_ids:
                return view
            try:
                _open_indexes(view, self.embedder, self._one_question)
            except BrokenIndexError as error:
                code = "index_missing" if error.missing else "index_broken"
                self._notify(code, {"kind": error.kind, "detail": error.reason})
                self._rebuild()
            return self._view

    def _rebuild(self) -> None:
        """Build the indexes of the newest state, unless another process just did."""
        with self._writers_lock():
            catalogue = Catalogue.open(self.folder)
            try:
                self._embed(catalogue)
                build_indexes(self.folder, catalogue, self.embedder, self._progress)
            finally:
                catalogue.close()
            self._view = View(self.folder)
            try:
                _open_indexes(self._view, self.embedder, self._one_question)
            except BrokenIndexError as error:
                raise StoreError("index_failed", folder=self.folder, detail=error.reason) from error

    def _embed(self, catalogue: Catalogue) -> None:
        """Vectors of the embedder in use for every passage, in a transaction of their own."""
        missing = len(catalogue.texts_without_vector(self.embedder.id))
        if not missing:
            return
        self._notify("embedder_changed", {"embedder": self.embedder.id, "count": missing})
        catalogue.begin()
        try:
            embed_missing(catalogue, self.embedder, self._progress)
            catalogue.commit()
        finally:
            catalogue.rollback()

    # ----- writing -----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """Changes that become visible together, with their indexes, or not at all.

        One writer at a time across processes: waits, then raises StoreError store_locked. A process that is
        killed anywhere in here leaves the state of before.
        """
        with self._writers_lock():
            catalogue = Catalogue.open(self.folder)
            try:
                catalogue.begin()
                writer = Writer(catalogue)
                yield writer
                if writer.changed:
                    self._finish(catalogue)
                    catalogue.commit()
                    drop_old_folders(self.folder, catalogue.generation - _GENERATIONS_KEPT + 1)
            finally:
                catalogue.rollback()
                catalogue.close()
        self.refresh()
        self._watch.checkpoint()

    def _finish(self, catalogue: Catalogue) -> None:
        """Make what was written searchable before anybody sees it."""
        entries = catalogue.entries()
        originals = originals_of_digests(entry.source for entry in entries)
        for entry in entries:
            document_id = entry.source.document_id
            if originals.get(document_id) != entry.retired_by:
                catalogue.retire(document_id, originals.get(document_id))
        catalogue.drop_unused_vectors()
        embed_missing(catalogue, self.embedder, self._progress)
        catalogue.new_generation()
        build_indexes(self.folder, catalogue, self.embedder, self._progress)

    @contextlib.contextmanager
    def _writers_lock(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / _LOCK_FILE, timeout=self._lock_timeout_seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreError(
                "store_locked", folder=self.folder, seconds=f"{self._lock_timeout_seconds:g}"
            ) from error
        except OSError as error:
            raise StoreError("store_unwritable", folder=self.folder, detail=error) from error
        try:
            yield
        finally:
            lock.release()


class Writer:
    """Changes to the catalogue within one transaction. Made by `Store.writer`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries = {entry.source.document_id: entry for entry in catalogue.entries()}
        self.changed = False

    def entries(self) -> tuple[Entry, ...]:
        """Every document as it stands now, retired digests among them."""
        return tuple(self._entries.values())

    def entry(self, document_id: str) -> Entry | None:
        return self._entries.get(document_id)

    def put(
        self,
        source: Source,
        passages: Iterable[Passage],
        figures: Iterable[Figure],
        origin: str | None = None,
        version: str = "",
    ) -> tuple[Entry, ...]:
        """Add a document; what it replaces is returned: the same bytes, or the same file changed.

        The same file is the same `origin` (its absolute path), or the same `source` where one of the two has
        no origin. Raises StoreError document_rejected, and then nothing has changed.
        """
        entry = Entry(source, origin, version, None)
        older = tuple(old for old in self._entries.values() if _same_file(old, entry))
        self._catalogue.replace([old.source.document_id for old in older], entry, passages, figures)
        for old in older:
            del self._entries[old.source.document_id]
        self._entries[source.document_id] = entry
        self.changed = True
        return older

    def rename(self, source: Source, origin: str | None) -> None:
        """The same bytes under another name: `source` carries the new one."""
        self._catalogue.rename(source, origin)
        old = self._entries[source.document_id]
        self._entries[source.document_id] = Entry(source, origin, old.version, old.retired_by)
        self.changed = True

    def remove(self, document_id: str) -> None:
        """Raises KeyError for a document that is not there."""
        del self._entries[document_id]
        self._catalogue.delete(document_id)
        self.changed = True


def _folded_number(number: str) -> str:
    return "".join(fold(number).split())


def _same_file(old: Entry, new: Entry) -> bool:
    if old.source.document_id == new.source.document_id:
        return True
    if old.origin is None or new.origin is None:
        return old.source.source == new.source.source
    return old.origin == new.origin


def _open_indexes(view: View, embedder: Embedder, at_once: bool) -> None:
    indexes = Indexes.open(view.folder, view.catalogue, embedder, view.passage_ids, at_once)
    weakref.finalize(view, indexes.dense.close)
    view.indexes = indexes


def _watch(folder: Path) -> tuple[Catalogue, object]:
    """A connection that sees every commit, and the file it is open on."""
    return Catalogue.open(folder), _file_identity(folder)


def _file_identity(folder: Path) -> object:
    try:
        status = (folder / FILE_NAME).stat()
    except OSError as error:
        raise StoreError("store_missing", folder=folder) from error
    return status.st_dev, status.st_ino
