"""Folders that hold a search index: built beside, then switched, and checked before they are opened.

An index is written into a folder whose name ends in ".building" and renamed when it is whole, so that a
folder under its final name was never half written: the name is the dirty mark. A manifest says which state
of the catalogue, which key (the embedder, say) and how many rows it was built from, and holds check sums of
the files that do not change while they are read. A folder that fails the check is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

_MANIFEST = "manifest.json"
_BUILDING = ".building"
_NAME = re.compile(r"(?P<kind>[a-z]+)-(?P<generation>\d+)-[0-9a-f]{12}(?:\.building)?")
_READ_BYTES = 1 << 20


class IndexUnusableError(Exception):
    """An index folder is missing, stale or broken; the reason in a word or two, for the log."""


@dataclass(frozen=True, slots=True)
class IndexIdentity:
    """What an index was built from. Two indexes of one identity are interchangeable."""

    kind: str  # "chroma" or "lexical"
    generation: int
    stamp: str
    key: str  # what else decides its content: the embedder's id, the tokens' version
    count: int

    @property
    def folder_name(self) -> str:
        digest = hashlib.sha256(f"{self.key}\n{self.stamp}".encode()).hexdigest()[:12]
        return f"{self.kind}-{self.generation}-{digest}"


def build_folder(
    store: Path, identity: IndexIdentity, fill: Callable[[Path], None], changing: tuple[str, ...] = ()
) -> Path:
    """The folder of the index `identity` in `store`, made by `fill` in a new empty folder.

    `changing` names the files that reading may change; they are not summed.
    """
    final = store / identity.folder_name
    building = store / (identity.folder_name + _BUILDING)
    for leftover in (building, final):
        shutil.rmtree(leftover, ignore_errors=True)
    building.mkdir()
    fill(building)
    manifest = {"identity": asdict(identity), "sums": _sums(building, changing)}
    (building / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    _flush(building)
    building.rename(final)
    return final


def check_folder(store: Path, identity: IndexIdentity) -> Path:
    """The folder of the index `identity`. Raises IndexUnusableError where it must be built again."""
    folder = store / identity.folder_name
    if not folder.is_dir():
        raise IndexUnusableError("missing")
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["identity"] != asdict(identity):
            raise IndexUnusableError("built from something else")
        for name, expected in manifest["sums"].items():
            if _sum(folder / name) != expected:
                raise IndexUnusableError(f"{name} has changed")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusableError(f"{type(error).__name__}: {error}") from error
    return folder


def drop_old_folders(store: Path, oldest_kept: int) -> None:
    """Remove indexes of generations before `oldest_kept` and what killed builders left behind.

    Only for the holder of the writer's lock: nobody else is building.
    """
    for folder in store.iterdir():
        name = _NAME.fullmatch(folder.name)
        if name and (folder.name.endswith(_BUILDING) or int(name["generation"]) < oldest_kept):
            shutil.rmtree(folder, ignore_errors=True)


def _sums(folder: Path, changing: tuple[str, ...]) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): _sum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in changing
    }


def _sum(path: Path) -> int:
    """CRC-32: it guards against torn and damaged files, not against an attacker."""
    total = 0
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            total = zlib.crc32(block, total)
    return total


def _flush(folder: Path) -> None:
    """Make the files last before the rename that declares them whole."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
