"""From files and folders to the store: what is new is read, what is known costs nothing.

Paths and a store in, an `IngestReport` out. A file is known by the SHA-256 of its bytes and the version of
the code that read it, and the same file by its absolute path. One bad file never stops the others. Messages
are codes; nothing is printed.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from domain.documents import Document, ReadWarning, Source
from domain.errors import HoiError, ReadError, StoreError
from domain.reports import Failure, IngestReport
from ingest.figures import extract_figures
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.passages import make_passages
from ingest.reading import READERS
from ingest.sandbox import Sandbox
from ingest.version import extraction_version
from vectorstore.catalogue import Entry
from vectorstore.store import Store, View, Writer

Progress = Callable[[str, int, int], None]  # stage, done, total

_COMMIT_SECONDS = 300.0  # a long run is kept in parts, so that stopping it costs little


@dataclass(frozen=True, slots=True)
class _File:
    """A file to ingest. `folder` is the ingested folder it was found in; null for a file named itself."""

    path: Path
    source: str
    folder: Path | None

    @property
    def origin(self) -> str:
        return str(self.path)


@dataclass(slots=True)
class _Outcome:
    """What became of the files so far."""

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    warnings: list[ReadWarning] = field(default_factory=list)
    tables: int = 0

    def warn(self, source: str, code: str, **values: str) -> None:
        self.warnings.append(ReadWarning(source, code, values=tuple(values.items())))

    def fail(self, source: str, error: HoiError) -> None:
        values = tuple((name, str(value)) for name, value in error.values.items() if name != "source")
        self.failed.append(Failure(source, error.code, values))


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    prune: bool = False,
    progress: Progress = lambda stage, done, total: None,
    limits: Limits = DEFAULT_LIMITS,
) -> IngestReport:
    """Bring the store up to date with `paths`, files or folders; `prune` removes what vanished from folders.

    Raises StoreError where the store cannot be written; whatever is wrong with a file stands in the report.
    """
    started = time.monotonic()
    outcome = _Outcome()
    retired_before = _retired(store.view())
    files = _found(paths, store.folder, outcome)
    run = _Run(store, outcome, limits, {file.origin: _hash(file, outcome) for file in files})
    readable = [file for file in files if run.hashes[file.origin]]
    run.take(readable, progress)
    if prune:
        run.prune([Path(os.path.normpath(path.absolute())) for path in paths if path.is_dir()])
    store.prepare()
    view = store.view()
    for source in sorted(_retired(view) - retired_before):
        outcome.warn(source, "digest_retired")
    passages, figures = view.counts()
    return IngestReport(
        added=tuple(outcome.added),
        unchanged=tuple(outcome.unchanged),
        replaced=tuple(outcome.replaced),
        removed=tuple(outcome.removed),
        failed=tuple(outcome.failed),
        warnings=tuple(outcome.warnings),
        passages=passages,
        figures=figures,
        tables=outcome.tables,
        seconds=time.monotonic() - started,
    )


# ---- finding files --------------------------------------------------------------------------------------


def _found(paths: Sequence[Path], store_folder: Path, outcome: _Outcome) -> list[_File]:
    """The files to ingest, each once, in the order of the paths and by name within a folder."""
    files: dict[Path, _File] = {}
    for given in paths:
        path = Path(os.path.normpath(given.absolute()))
        if path.is_dir():
            for file in _walk(path, store_folder.absolute(), outcome):
                files.setdefault(file.path, file)
        elif not path.exists():
            outcome.fail(str(given), ReadError("path_missing"))
        elif path.suffix.lower() not in READERS:
            outcome.fail(path.name, ReadError("unsupported_format", suffix=path.suffix.lower() or path.name))
        else:
            files.setdefault(path, _File(path, path.name, None))
    return list(files.values())


def _walk(folder: Path, store_folder: Path, outcome: _Outcome) -> Iterator[_File]:
    """The readable files below `folder`, by name; hidden ones and the store itself are passed over."""
    found = False
    for parent, folders, names in os.walk(folder, onerror=lambda error: _unreadable(error, folder, outcome)):
        folders[:] = sorted(
            name for name in folders if not _is_hidden(name) and Path(parent, name) != store_folder
        )
        for name in sorted(name for name in names if not _is_hidden(name)):
            path = Path(parent, name)
            source = path.relative_to(folder).as_posix()
            if path.suffix.lower() not in READERS:
                outcome.warn(source, "unsupported_skipped", suffix=path.suffix.lower() or name)
            elif path.is_file():
                found = True
                yield _File(path, source, folder)
    if not found:
        outcome.warn(str(folder), "nothing_found")


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # "~$" is what Word leaves beside an open document


def _unreadable(error: OSError, folder: Path, outcome: _Outcome) -> None:
    path = Path(error.filename or folder)
    outcome.fail(str(path), ReadError("file_not_readable", detail=error.strerror))


def _hash(file: _File, outcome: _Outcome) -> str | None:
    """The document id of a file; null, and a failure in the report, where it cannot be read."""
    try:
        with file.path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        outcome.fail(file.source, ReadError("file_not_readable", detail=error.strerror))
        return None


# ---- taking files in ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """One ingest run. `hashes` gives the document id of each file by its absolute path."""

    store: Store
    outcome: _Outcome
    limits: Limits
    hashes: dict[str, str | None]
    taken: dict[str, str] = field(default_factory=dict)  # source by document id, of this run

    def take(self, files: Sequence[_File], progress: Progress) -> None:
        """Bring `files` into the store, in transactions of a few minutes."""
        position = 0
        with Sandbox(self.limits) as sandbox:
            while position < len(files):
                with self.store.writer() as writer:
                    stop = time.monotonic() + _COMMIT_SECONDS
                    for file in files[position:]:
                        self._take_one(file, writer, sandbox)
                        position += 1
                        progress("read", position, len(files))
                        if time.monotonic() > stop:
                            break

    def _take_one(self, file: _File, writer: Writer, sandbox: Sandbox) -> None:
        document_id = self.hashes[file.origin]
        assert document_id
        if document_id in self.taken:
            self.outcome.warn(file.source, "duplicate", other=self.taken[document_id])
            return
        known = writer.entry(document_id)
        if known and not self._is_same_file(known, file):
            if self._still_there(known):
                self.outcome.warn(file.source, "duplicate", other=known.source.source)
                return
            self.outcome.warn(file.source, "renamed", other=known.source.source)
        self.taken[document_id] = file.source
        if known and known.version == extraction_version():
            self._keep(known, file, writer)
        else:
            self._read(file, writer, sandbox)

    def _keep(self, known: Entry, file: _File, writer: Writer) -> None:
        """The bytes are known; only the name may be new."""
        if (known.source.source, known.origin) != (file.source, file.origin):
            writer.rename(replace(known.source, source=file.source), file.origin)
        self.outcome.unchanged.append(file.source)

    def _read(self, file: _File, writer: Writer, sandbox: Sandbox) -> None:
        try:
            document = sandbox.read(file.path, file.source)
            passages = make_passages(document)
            figures = extract_figures(document.source, passages)
            moved = self._moved_here(document.source, writer)
            older = writer.put(document.source, passages, figures, file.origin, extraction_version())
        except ReadError as error:
            self.outcome.fail(file.source, error)
        except StoreError as error:
            if error.code != "document_rejected":
                raise
            self.outcome.fail(file.source, error)
        except Exception as error:  # noqa: BLE001 - one file of a batch: it is reported, the others go on
            detail = f"{type(error).__name__}: {error}"
            self.outcome.fail(file.source, ReadError("extraction_failed", detail=detail))
        else:
            if moved and moved not in older:
                writer.remove(moved.source.document_id)
            (self.outcome.replaced if older or moved else self.outcome.added).append(file.source)
            self._note(document, len(passages))

    def _note(self, document: Document, passages: int) -> None:
        self.outcome.warnings += document.warnings
        self.outcome.tables += len({block.table for block in document.blocks if block.table is not None})
        if not passages:
            self.outcome.warn(document.source.source, "no_passages")

    def _is_same_file(self, known: Entry, file: _File) -> bool:
        return known.origin in (None, file.origin)

    def _still_there(self, known: Entry) -> bool:
        """Whether the file that a document was read from still holds the same bytes."""
        assert known.origin is not None
        if known.origin in self.hashes:
            return self.hashes[known.origin] == known.source.document_id
        try:
            with Path(known.origin).open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == known.source.document_id
        except OSError:
            return False

    def _moved_here(self, source: Source, writer: Writer) -> Entry | None:
        """An older version of `source` whose folder has moved: named alike, and the old path is gone."""
        for entry in writer.entries():
            if entry.origin and _are_versions(entry.source, source) and not Path(entry.origin).exists():
                return entry
        return None

    def prune(self, folders: Sequence[Path]) -> None:
        """Remove the documents whose files vanished from `folders`."""
        with self.store.writer() as writer:
            for entry in writer.entries():
                if entry.origin and _has_vanished(Path(entry.origin), folders):
                    writer.remove(entry.source.document_id)
                    self.outcome.removed.append(entry.source.source)


def _has_vanished(origin: Path, folders: Sequence[Path]) -> bool:
    return any(origin.is_relative_to(folder) for folder in folders) and not origin.exists()


def _are_versions(one: Source, other: Source) -> bool:
    """Whether two files of different content are the same document: the name alone could be a coincidence."""
    if one.source != other.source:
        return False
    return one.number == other.number if one.number or other.number else one.title == other.title


def _retired(view: View) -> set[str]:
    return {entry.source.source for entry in view.entries if entry.retired_by is not None}
