"""Training text: the two corpora in, passages out.

A passage is what the model will embed later: about a paragraph, known with its page (a Wikipedia page,
an article of law), its heading and its sentences. Nothing here knows about tokens or vectors.
"""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LAW_FILE = "law_articles.jsonl.xz"
WIKI_FILE = "wiki_pages.jsonl.xz"
WANTED_CHARACTERS = 900
LEAST_CHARACTERS = 120
LEAST_SENTENCE_CHARACTERS = 15

_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_WIKI_HEADING = re.compile(r"^=+\s*(.*?)\s*=+$")
_WIKI_APPENDICES = {
    "tham khảo",
    "liên kết ngoài",
    "chú thích",
    "xem thêm",
    "ghi chú",
    "đọc thêm",
    "thư mục",
    "nguồn",
}


@dataclass(frozen=True, slots=True)
class TrainingPassage:
    page: int
    title: str
    heading: str
    sentences: tuple[str, ...]


def read_passages(corpora: Path) -> Iterator[TrainingPassage]:
    """The passages of both corpora, in corpus order: those of one page or chapter are neighbours."""
    page = 0
    for record in _records(corpora / LAW_FILE):
        page += 1
        for sentences in _cut(record["text"].splitlines()):
            yield TrainingPassage(page, record["title"], record["chapter"], sentences)
    for record in _records(corpora / WIKI_FILE):
        page += 1
        for heading, lines in _wiki_sections(record["text"]):
            for sentences in _cut(lines):
                yield TrainingPassage(page, record["title"], heading, sentences)


def _records(file: Path) -> Iterator[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _wiki_sections(text: str) -> Iterator[tuple[str, list[str]]]:
    heading, lines = "", []
    for line in text.splitlines():
        match = _WIKI_HEADING.match(line.strip())
        if match is None:
            lines.append(line)
            continue
        if lines and heading.lower() not in _WIKI_APPENDICES:
            yield heading, lines
        heading, lines = match[1], []
    if lines and heading.lower() not in _WIKI_APPENDICES:
        yield heading, lines


def _cut(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Whole sentences gathered into passages of about the wanted length; scraps are dropped."""
    gathered: list[str] = []
    size = 0
    for line in lines:
        for sentence in _SENTENCE_END.split(line.strip()):
            if not sentence:
                continue
            gathered.append(sentence)
            size += len(sentence)
            if size >= WANTED_CHARACTERS:
                yield tuple(gathered)
                gathered, size = [], 0
    if size >= LEAST_CHARACTERS:
        yield tuple(gathered)
