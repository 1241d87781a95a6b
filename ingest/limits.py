"""What one file may cost: limits with their units in the names, and the checks that need no reading."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ReadError

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file; `memory_mib` is address space and counts where the system can hold it."""

    seconds: float = 120.0
    memory_mib: int = 2048
    file_mib: int = 64
    unpacked_mib: int = 256


DEFAULT_LIMITS = Limits()


def check_size(path: Path, limits: Limits) -> None:
    """Raise ReadError where `path` is empty, too large, or a package that unpacks to too much.

    A package can lie about its sizes only downwards at its own cost: no more is unpacked than it states.
    """
    size = path.stat().st_size
    if size == 0:
        raise ReadError("file_empty")
    if size > limits.file_mib * _MEBIBYTE:
        raise ReadError("file_too_large", size_mib=size // _MEBIBYTE, limit_mib=limits.file_mib)
    if path.suffix.lower() == ".docx" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked > limits.unpacked_mib * _MEBIBYTE:
            raise ReadError("file_too_large", size_mib=unpacked // _MEBIBYTE, limit_mib=limits.unpacked_mib)
