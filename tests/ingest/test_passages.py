"""Passages: every word once and in order, nothing across a heading, long text cut at sentence ends."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Block, BlockKind, Document, DocumentKind, PassageKind, Source
from ingest.passages import LONGEST_PASSAGE, make_passages

SOURCE = Source("f" * 64, "a.txt", "Tên", DocumentKind.PLAN)


def document(*blocks: Block) -> Document:
    numbered = tuple(
        Block(block.kind, block.text, position, block.level, cells=block.cells, columns=block.columns,
              table=block.table)
        for position, block in enumerate(blocks)
    )  # fmt: skip
    return Document(SOURCE, numbered)


def heading(text: str, level: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, 0, level)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, 0)


def item(text: str, level: int = 1) -> Block:
    return Block(BlockKind.LIST_ITEM, text, 0, level)


def row(*cells: str) -> Block:
    return Block(BlockKind.TABLE_ROW, " ".join(filter(None, cells)), 0, cells=cells,
                 columns=("TT", "Vốn"), table=0)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents whose body words are all different ("b0", "b1", …)."""
    numbers = count()

    def words(least: int, most: int) -> str:
        written = " ".join(f"b{next(numbers)}" for _ in range(draw(st.integers(least, most))))
        return written + draw(st.sampled_from(["", ".", ":", ";"]))

    blocks = []
    for kind in draw(
        st.lists(st.sampled_from(["heading", "paragraph", "long", "item", "inner", "row"]), max_size=25)
    ):
        match kind:
            case "heading":
                blocks.append(heading("Tên mục", draw(st.integers(1, 4))))
            case "paragraph":
                blocks.append(paragraph(words(1, 40)))
            case "long":
                blocks.append(paragraph(" ".join(f"B{words(3, 30)}" for _ in range(30))))
            case "item":
                blocks.append(item(words(1, 60)))
            case "inner":
                blocks.append(item(words(1, 20), level=2))
            case _:
                blocks.append(row(words(1, 2), words(1, 3)))
    return document(*blocks)


@given(documents())
def test_every_word_of_the_body_once_and_in_order(sample: Document) -> None:
    body = [
        word for block in sample.blocks if block.kind is not BlockKind.HEADING for word in block.text.split()
    ]
    passages = make_passages(sample)
    found = [word for passage in passages if passage.text != "Tên mục" for word in passage.text.split()]
    assert found == body
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert len({passage.passage_id for passage in passages}) == len(passages)


@given(documents())
def test_a_passage_is_contiguous_and_not_too_long(sample: Document) -> None:
    sections = "\n".join("\f" if block.kind is BlockKind.HEADING else block.text for block in sample.blocks)
    for passage in make_passages(sample):
        assert passage.text == "Tên mục" or passage.text in sections
        if passage.kind is not PassageKind.TABLE_ROW and ". " in passage.text:
            assert len(passage.text) <= LONGEST_PASSAGE or len(passage.text.split(". ")[0]) > 400


@given(documents())
def test_a_row_is_a_passage_of_its_own(sample: Document) -> None:
    rows = [block.cells for block in sample.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [passage.cells for passage in make_passages(sample) if passage.cells] == rows


def test_a_list_too_long_for_one_passage_keeps_its_introduction() -> None:
    sample = document(
        heading("II. Mục tiêu"),
        paragraph("Các mục tiêu năm 2025:"),
        *(item(f"Mục tiêu số {number}: {'đạt ' * 60}100%.") for number in range(8)),
    )
    first, *others = make_passages(sample)
    assert first.text.startswith("Các mục tiêu năm 2025:\nMục tiêu số 0")
    assert others and all(passage.path == ("II. Mục tiêu", "Các mục tiêu năm 2025:") for passage in others)


def test_a_long_paragraph_keeps_its_label() -> None:
    sentences = " ".join(f"Tỷ lệ thứ {number} đạt trên {number}% vào cuối kỳ." for number in range(1, 60))
    sample = document(heading("Tên"), paragraph(f"Phát triển xã hội số: {sentences}"))
    first, *others = make_passages(sample)
    assert first.path == ("Tên",) and first.text.endswith("kỳ.")
    assert others and {passage.path for passage in others} == {("Tên", "Phát triển xã hội số")}


def test_neighbours_share_a_passage_only_below_one_heading() -> None:
    sample = document(
        heading("1. Một"),
        paragraph("Câu một."),
        paragraph("Câu hai."),
        heading("2. Hai"),
        paragraph("Câu ba."),
    )
    assert [(passage.path, passage.text) for passage in make_passages(sample)] == [
        (("1. Một",), "Câu một.\nCâu hai."),
        (("2. Hai",), "Câu ba."),
    ]


def test_a_table_is_named_by_the_line_above_it() -> None:
    sample = document(heading("III. Kinh phí"), paragraph("Bảng 1. Nhiệm vụ"), row("1", "5"))
    assert make_passages(sample)[-1].path == ("III. Kinh phí", "Bảng 1. Nhiệm vụ")
