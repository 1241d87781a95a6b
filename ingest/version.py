"""The version of the code that turns a file into passages and figures.

A digest of its own source text: a release that reads files differently reads them again, one that does not
costs nothing.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGES = ("domain", "ingest", "vietnamese")
_NO_PART_IN_READING = {
    "answers.py",
    "interchange.py",
    "pipeline.py",
    "reports.py",
    "sandbox.py",
    "version.py",
}


@functools.cache
def extraction_version() -> str:
    """Changes whenever the code or the tables do that decide what is read out of a file."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in {".py", ".toml"} and path.name not in _NO_PART_IN_READING:
                yield path
