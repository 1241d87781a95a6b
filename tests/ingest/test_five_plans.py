"""The five real documents: their outline, passages and metadata, against golden files.

The golden files hold numbers, lengths and places only, no sentence of a plan. `HOI_REGENERATE=1` writes
them anew; the tests fail while it is set.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import textwrap
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from domain.documents import Block, BlockKind, Document, DocumentKind, Passage, PassageKind
from ingest.outline import numbering
from ingest.passages import make_passages
from ingest.reading import read_document

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def plans(five_plans: list[Path]) -> dict[str, Document]:
    """The documents by the three digits that their names start with."""
    return {path.name[:3]: read_document(path, path.name) for path in five_plans}


def check_golden(name: str, text: str) -> None:
    """Compare `text` with the golden file, or write it and fail."""
    path = GOLDEN / name
    if os.environ.get("HOI_REGENERATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        pytest.fail(f"{name} was written anew; unset HOI_REGENERATE")
    assert text == path.read_text("utf-8")


def short(text: str) -> str:
    """A heading by its number, anything else by its length and a digest."""
    number = numbering(text)
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{number.lead.strip()} ({len(text)})" if number else f"{len(text)} characters, {mark}"


def described(document: Document) -> str:
    """The blocks as an indented outline with counts, then the passages."""
    lines: list[str] = []
    body: list[Block] = []
    passages: list[str] = []
    for block in (*document.blocks, None):
        if block is not None and block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        lines.extend(counted(body, lines))
        body = []
        if block is not None:
            lines.append(f"{'  ' * (block.level - 1)}{short(block.text)}")
    for passage in make_passages(document):
        path = "/".join(map(first, passage.path))
        passages.append(f"{passage.ordinal:3} {passage.kind:12} {path} {len(passage.text)}")
    return "\n".join([*lines, "", *passages, ""])


def first(heading: str) -> str:
    number = numbering(heading)
    return number.lead.strip() if number else f"({len(heading)})"


def counted(body: list[Block], lines: list[str]) -> list[str]:
    if not body:
        return []
    kinds = ", ".join(
        f"{sum(block.kind is kind for block in body)} {kind}"
        for kind in BlockKind
        if any(block.kind is kind for block in body)
    )  # fmt: skip
    indent = len(lines[-1]) - len(lines[-1].lstrip()) + 2 if lines else 0
    return [f"{' ' * indent}· {kinds}, {sum(len(block.text) for block in body)} characters"]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_outline_and_passages(plans: dict[str, Document], name: str) -> None:
    check_golden(f"{name}.outline.txt", described(plans[name]))


@pytest.mark.parametrize("change", ["plain", "wrapped", "windows line ends", "decomposed"])
def test_the_same_decision_typed_otherwise(
    five_plans: list[Path], plans: dict[str, Document], tmp_path: Path, change: str
) -> None:
    text = next(path for path in five_plans if path.name.startswith("004")).read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_bytes(CHANGES[change](text).encode("utf-8"))
    outline = [(block.kind, block.level, block.text) for block in read_document(path, "a.txt").blocks]
    assert outline == [(block.kind, block.level, block.text) for block in plans["004"].blocks]


def without_marks(text: str) -> str:
    text = re.sub(r"(?m)^#+\s+|\*\*|\\", "", text)
    return re.sub(r"\*([^*\n]+)\*", r"\1", text)


def wrapped(text: str) -> str:
    wrap = partial(textwrap.fill, width=80, break_long_words=False, break_on_hyphens=False)
    return "\n".join(line if "\t" in line else wrap(line) for line in text.split("\n"))


CHANGES: dict[str, Callable[[str], str]] = {
    "plain": without_marks,
    "wrapped": wrapped,
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "decomposed": partial(unicodedata.normalize, "NFD"),
}


def test_quotations_are_found_in_the_files(five_plans: list[Path], plans: dict[str, Document]) -> None:
    plain = _scorer(five_plans[0].parents[1] / "score_answers.py")
    for path in five_plans:
        source = plain(path.read_text("utf-8"))
        lost = [
            passage.ordinal
            for passage in _passages(plans[path.name[:3]])
            if plain(passage.text) not in source
        ]
        assert lost == [], path.name


def _passages(document: Document) -> tuple[Passage, ...]:
    return make_passages(document)


def _scorer(path: Path) -> Callable[[str], str]:
    """How quotations are compared with their source."""
    if not path.exists():
        pytest.skip("the scorer is not beside the plans")
    specification = importlib.util.spec_from_file_location("score_answers", path)
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    plain: Callable[[str], str] = module.plain
    return plain


def test_the_table_of_projects(plans: dict[str, Document]) -> None:
    rows = [passage for passage in make_passages(plans["004"]) if passage.kind is PassageKind.TABLE_ROW]
    assert [row.cells[0] for row in rows] == [str(number) for number in range(1, 26)]
    assert {len(row.columns) for row in rows} == {4} and {row.table for row in rows} == {0}
    amounts = [float(row.cells[2].replace(",", ".")) for row in rows if row.cells[2]]
    assert len(amounts) == 23 and round(sum(amounts), 1) == 700.4


def test_metadata_of_the_decision(plans: dict[str, Document]) -> None:
    source = plans["004"].source
    assert (source.number, source.kind, source.place) == ("472/QĐ-UBND", DocumentKind.DECISION, "Bắc Giang")
    assert (source.issuer, source.signer) == ("Chủ tịch UBND tỉnh Bắc Giang", "Nguyễn Thị Thu Hà")
    assert source.issued_on == date(2016, 3, 31)


@pytest.mark.parametrize(
    ("name", "place", "number", "signer"),
    [
        ("000", "Bắc Giang", None, "Nguyễn Thị Thu Hà"),
        ("002", "Bắc Ninh", "464/KH-UBND", "Vương Quốc Tuấn"),
        ("003", "Bắc Giang", "6649/KH-UBND", None),
    ],
)
def test_pages_about_a_plan(
    plans: dict[str, Document], name: str, place: str, number: str, signer: str
) -> None:
    source = plans[name].source
    assert (source.kind, source.number, source.signer, source.place) == (DocumentKind.NEWS, None, None, place)
    assert source.about is not None
    assert (source.about.number, source.about.kind, source.about.signer) == (
        number,
        DocumentKind.PLAN,
        signer,
    )


def test_a_page_about_no_plan(plans: dict[str, Document]) -> None:
    assert (plans["001"].source.about, plans["001"].source.place) == (None, "Bắc Giang")
    assert plans["002"].source.issued_on == date(2020, 11, 23)
