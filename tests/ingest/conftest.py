"""Where the tests of reading find their files: the shipped digests, and the five plans where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_samples import REPOSITORY

SHARED = REPOSITORY.parent / "shared"


@pytest.fixture
def write(tmp_path):
    """Write a file of the test and give its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture(scope="session")
def five_plans() -> list[Path]:
    """The five real documents the project started with; they are not part of the repository."""
    paths = sorted((SHARED / "plans").glob("*.txt"))
    if not paths:
        pytest.skip("the five original plans are not beside this checkout")
    return paths
