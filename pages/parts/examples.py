"""Questions to start with that the documents at hand can answer: written ones, where their document is there.

No Streamlit.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.documents import Source

_FILE = Path(__file__).with_name("examples.toml")


def examples(sources: Iterable[Source]) -> tuple[str, ...]:
    """None where the documents are others than those the questions were written for."""
    numbers = {number for source in sources for number in _numbers(source)}
    return tuple(question for question, number in written_examples() if number in numbers)


def _numbers(source: Source) -> Iterator[str]:
    if source.number:
        yield source.number
    if source.about and source.about.number:
        yield source.about.number


@functools.cache
def written_examples() -> tuple[tuple[str, str], ...]:
    """Each question with the number of the document that answers it."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["example"]
    return tuple((entry["question"], entry["number"]) for entry in entries)
