"""The register of figures against figures marked by hand, field by field.

In: marks (JSON lines in evals/figures/) with the files they mark, and a store's figures with their passages.
Out: precision and recall of each field. A figure is matched with a mark by the place of its first digit in
the file, never by its value, so that a number read wrongly counts as read wrongly and not as missed.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from bs4 import BeautifulSoup
from docx.table import Table

from domain.documents import Passage
from domain.figures import Figure
from domain.interchange import JsonObject, figure_json
from vietnamese.folding import syllables

FIELDS = (
    "found",
    "value and unit",
    "year",
    "place",
    "level",
    "comparator",
    "role",
    "relative to",
    "indicator",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure marked by hand. `facts` are its fields; {"any": […]} allows each of several readings.

    An `optional` mark counts neither way: reasonable people disagree whether it is a figure. A mark with
    `about` names words that the indicator must hold; the others say nothing of the indicator.
    """

    source: str
    start: int
    facts: JsonObject
    optional: bool


@dataclass(frozen=True, slots=True)
class Score:
    field: str
    right: int
    extracted: int
    marked: int

    @property
    def precision(self) -> float:
        return self.right / self.extracted if self.extracted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of a mark and what the register has at its place; marks missed; figures that nobody marked."""

    pairs: tuple[tuple[Mark, JsonObject], ...]
    missed: tuple[Mark, ...]
    invented: tuple[JsonObject, ...]


# ----- marks and files -----------------------------------------------------------------------------------


def read_marks(file: Path) -> tuple[Mark, ...]:
    lines = file.read_text("utf-8").splitlines()
    return tuple(_mark(json.loads(line)) for line in lines if line.strip())


def _mark(record: JsonObject) -> Mark:
    return Mark(record["source"], record["span"][0], record, bool(record.get("optional")))


def file_text(file: Path) -> str:
    """The text that marks count characters of: NFC; of .docx and .html only what a reader sees, in order."""
    match file.suffix:
        case ".docx":
            text = "\n".join(_docx_texts(file))
        case ".html":
            text = BeautifulSoup(file.read_text("utf-8"), "lxml").get_text("\n")
        case _:
            text = file.read_text("utf-8")
    return unicodedata.normalize("NFC", text)


def _docx_texts(file: Path) -> Iterator[str]:
    for part in docx.Document(str(file)).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield part.text


# ----- where a figure stands -----------------------------------------------------------------------------


def _skeleton(text: str) -> tuple[str, list[int]]:
    """The letters and digits of `text` and where each stands: what survives white space and markup."""
    kept = [(character, index) for index, character in enumerate(text) if character.isalnum()]
    return "".join(character for character, _ in kept), [index for _, index in kept]


def passage_starts(text: str, passages: Sequence[Passage]) -> dict[str, int]:
    """Where in the skeleton of the file's `text` each passage starts; passages in reading order."""
    skeleton, _ = _skeleton(text)
    starts: dict[str, int] = {}
    at = 0
    for passage in passages:
        body, _ = _skeleton(passage.text)
        found = skeleton.find(body, at)
        if found < 0:
            found = skeleton.find(body)
        if found >= 0:
            starts[passage.passage_id] = at = found
    return starts


def place_of(figure: Figure, passage: Passage, start: int, text: str) -> int | None:
    """The index in the file's `text` of the figure's first digit, its passage starting at `start`."""
    _, file_indexes = _skeleton(text)
    _, indexes = _skeleton(passage.text)
    digit = next((i for i in range(*figure.span) if passage.text[i].isdigit()), None)
    return None if digit is None else file_indexes[start + indexes.index(digit)]


def located(
    files: Mapping[str, Path],
    passages: Sequence[Passage],
    figures: Iterable[Figure],
    names: Mapping[str, str],
) -> Iterator[tuple[str, int | None, JsonObject]]:
    """Each figure with its file's name and the place of its first digit; `names` maps document ids to files."""
    by_id = {passage.passage_id: passage for passage in passages}
    texts = {name: file_text(file) for name, file in files.items()}
    starts: dict[str, int] = {}
    for document_id, name in names.items():
        own = [passage for passage in passages if passage.document_id == document_id]
        starts |= passage_starts(texts[name], own)
    for figure in figures:
        name, passage = names[figure.document_id], by_id[figure.passage_id]
        start = starts.get(figure.passage_id)
        place = None if start is None else place_of(figure, passage, start, texts[name])
        yield name, place, figure_json(figure, [])


# ----- comparing -----------------------------------------------------------------------------------------


def compare(marks: Iterable[Mark], figures: Iterable[tuple[str, int | None, JsonObject]]) -> Comparison:
    open_marks = {(mark.source, mark.start): mark for mark in marks}
    pairs: list[tuple[Mark, JsonObject]] = []
    invented: list[JsonObject] = []
    for name, place, figure in figures:
        mark = open_marks.pop((name, place), None) if place is not None else None
        if mark is None:
            invented.append(figure | {"source": name})
        elif not mark.optional:
            pairs.append((mark, figure))
    missed = tuple(mark for mark in open_marks.values() if not mark.optional)
    return Comparison(tuple(pairs), missed, tuple(invented))


def scores(comparison: Comparison) -> tuple[Score, ...]:
    """One score a field; the indicator's counts only the marks that say something of it, if there are any."""
    extracted = len(comparison.pairs) + len(comparison.invented)
    marked = len(comparison.pairs) + len(comparison.missed)
    found = [
        Score(field, _right(field, comparison.pairs), extracted, marked)
        for field in FIELDS
        if field != "indicator"
    ]
    naming = tuple((mark, figure) for mark, figure in comparison.pairs if "about" in mark.facts)
    unread = sum("about" in mark.facts for mark in comparison.missed)
    if naming or unread:
        right = _right("indicator", naming)
        found.append(Score("indicator", right, len(naming), len(naming) + unread))
    return tuple(found)


def _right(field: str, pairs: Sequence[tuple[Mark, JsonObject]]) -> int:
    return sum(holds(field, mark.facts, figure) for mark, figure in pairs)


def holds(field: str, facts: JsonObject, figure: JsonObject) -> bool:
    """Whether the register's `figure` says of `field` what the mark's `facts` say."""
    if field == "found":
        return True
    if field == "indicator":
        return set(syllables(facts.get("about", ""))) <= set(syllables(figure["indicator"]))
    if field == "value and unit":
        values = ("value", "value_max", "date")
        same = all(_same_number(facts[name], figure[name]) for name in values)
        return same and _allowed(facts["unit"], figure["unit"])
    if field == "year":
        return _allowed(facts["year"], figure["year"]) and _allowed(facts["period"], figure["period"])
    name = field.replace(" ", "_")
    return _allowed(facts[name], figure[name])


def _same_number(wanted: Any, got: Any) -> bool:
    if wanted is None or got is None or "-" in str(wanted):
        return bool(wanted == got)
    return Decimal(str(wanted)) == Decimal(str(got))


def _allowed(wanted: Any, got: Any) -> bool:
    allowed = wanted["any"] if isinstance(wanted, dict) else [wanted]
    return got in allowed


def table(rows: Sequence[Score]) -> str:
    """The scores as a Markdown table."""
    lines = ["| field | precision | recall | right / extracted / marked |", "|---|---|---|---|"]
    for row in rows:
        counts = f"{row.right} / {row.extracted} / {row.marked}"
        lines.append(f"| {row.field} | {row.precision:.3f} | {row.recall:.3f} | {counts} |")
    return "\n".join(lines)
