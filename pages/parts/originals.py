"""The file that a document was read from, as long as it still is the same file. No Streamlit."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the store loads while the page paints
    from vectorstore.store import View


def original_file(view: View, document_id: str) -> Path | None:
    """Null where the file is gone or has changed since it was read."""
    for entry in view.entries:
        if entry.source.document_id == document_id and entry.origin:
            file = Path(entry.origin)
            try:
                changed_at = file.stat().st_mtime_ns
            except OSError:
                return None
            return file if _sha256(file, changed_at) == document_id else None
    return None


@functools.lru_cache(maxsize=256)
def _sha256(file: Path, changed_at: int) -> str:
    """`changed_at` is there for the cache: a file that was not touched is not read again."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""
