"""Plain text: its characters, read as text that may carry Markdown marks and tab-separated tables."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.encoding import decode
from ingest.readers.markdown import blocks
from ingest.readers.raw import RawDocument


def read(path: Path) -> RawDocument:
    """The blocks of a text file; what looks like a Markdown link stays as it stands."""
    text, warnings = decode(path.read_bytes(), path.name)
    return RawDocument(blocks(text), warnings)
