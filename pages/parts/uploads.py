"""Documents that come through the page: kept in a folder of the store, then ingested like any other.

Names and bytes in, an ingest report out. No Streamlit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from domain.reports import Failure, IngestReport
from ingest.limits import Limits
from ingest.pipeline import ingest
from ingest.reading import READERS
from settings import Settings
from vectorstore.store import Store

Progress = Callable[[str, int, int], None]  # stage, done, total

FOLDER_NAME = "uploads"
SUFFIXES = tuple(READERS)
_UNSAFE = re.compile(r"[^\w .()\[\]&,-]+")
_LONGEST_NAME = 120


def add(files: Iterable[tuple[str, bytes]], store: Store, settings: Settings, progress: Progress) -> IngestReport:
    """A file of the same name is replaced. What cannot be read is in the report, and not kept.

    Raises StoreError where the store cannot be written.
    """
    folder = store.folder / FOLDER_NAME
    folder.mkdir(exist_ok=True)
    kept: dict[Path, bytes | None] = {}  # with what stood there before
    refused: list[Failure] = []
    for name, content in files:
        file = folder / safe_name(name)
        failure = _refusal(file.name, content, settings)
        if failure:
            refused.append(failure)
            continue
        kept[file] = file.read_bytes() if file.exists() else None
        file.write_bytes(content)
    report = ingest(list(kept), store, progress=progress, limits=limits(settings))
    failed = {failure.source for failure in report.failed}
    for file, before in kept.items():
        if file.name in failed:
            _put_back(file, before)
    return replace(report, failed=(*refused, *report.failed))


def _refusal(name: str, content: bytes, settings: Settings) -> Failure | None:
    """Why a file is not even kept."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        return Failure(name, "unsupported_format", (("suffix", suffix or name),))
    size, limit = len(content) // 2**20, limits(settings).file_mib
    if len(content) > limit * 2**20:
        return Failure(name, "file_too_large", (("size_mib", str(size)), ("limit_mib", str(limit))))
    return None


def _put_back(file: Path, before: bytes | None) -> None:
    if before is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(before)


def remove(document_id: str, store: Store) -> None:
    """Take a document out of the store, and its file away if it came through the page."""
    with store.writer() as writer:
        entry = writer.entry(document_id)
        if entry is None:
            return
        writer.remove(document_id)
    file = Path(entry.origin) if entry.origin else None
    if file and file.parent == store.folder / FOLDER_NAME:
        file.unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """The file name alone, without anything that leads out of the folder or hides the file."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = _UNSAFE.sub("_", plain).strip(" .")
    stem, suffix = Path(plain).stem[:_LONGEST_NAME], Path(plain).suffix
    return (stem + suffix) or "_"


def limits(settings: Settings) -> Limits:
    """What reading one file may cost."""
    file_mib = max(1, round(settings.file_max_mebibytes))
    return Limits(
        seconds=settings.file_timeout_seconds,
        memory_mib=settings.file_memory_mebibytes,
        file_mib=file_mib,
        unpacked_mib=max(Limits().unpacked_mib, file_mib),
    )
