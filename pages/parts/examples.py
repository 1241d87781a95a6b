"""Questions to start with that the documents at hand can answer.

Written ones where their document is there, else made from the register of figures. No Streamlit.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.documents import Source
from domain.figures import Figure, Role

_FILE = Path(__file__).with_name("examples.toml")
_LONGEST_INDICATOR = 70


def examples(sources: Iterable[Source], figures: Iterable[Figure], most: int = 4) -> tuple[str, ...]:
    numbers = {number for source in sources for number in _numbers(source)}
    written = [question for question, number in _written() if number in numbers]
    return tuple(written[:most]) or tuple(_made(figures, most))


def _numbers(source: Source) -> Iterator[str]:
    if source.number:
        yield source.number
    if source.about and source.about.number:
        yield source.about.number


@functools.cache
def _written() -> tuple[tuple[str, str], ...]:
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["example"]
    return tuple((entry["question"], entry["number"]) for entry in entries)


def _made(figures: Iterable[Figure], most: int) -> Iterator[str]:
    """One question a document, about a target whose indicator is short enough to be read at a glance."""
    asked: set[str] = set()
    for figure in figures:
        fits = figure.role is Role.TARGET and figure.year and 10 < len(figure.indicator) <= _LONGEST_INDICATOR
        if fits and figure.document_id not in asked and len(asked) < most:
            asked.add(figure.document_id)
            indicator = figure.indicator[0].upper() + figure.indicator[1:]
            place = f" của {figure.place}" if figure.place and figure.place not in indicator else ""
            yield f"{indicator}{place} đến năm {figure.year}?"
