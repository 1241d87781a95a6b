"""What a reader has read when arriving at a passage."""

from dataclasses import replace
from pathlib import Path

from domain.documents import PassageKind
from tests.vectorstore.store_samples import document, new_store, put

TEXTS = (
    "Mở đầu.",
    "Mục tiêu chung.",
    "Đến năm 2020 phấn đấu:",
    "Nộp thuế 90%.",
    "Danh mục dự án:",
    "1 Mạng",
    "2 Máy",
)
PATHS = (
    (),
    ("I. Mục tiêu",),
    ("I. Mục tiêu", "1. Cụ thể"),
    ("I. Mục tiêu", "1. Cụ thể", "a) Thuế"),
    ("II. Dự án",),
    ("II. Dự án",),
    ("II. Dự án",),
)


def test_headings_and_tables_lead_to_a_passage(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    source, passages, figures = document("a.txt", TEXTS)
    passages = tuple(replace(passage, path=path) for passage, path in zip(passages, PATHS, strict=True))
    rows = tuple(replace(row, kind=PassageKind.TABLE_ROW, table=0) for row in passages[5:])
    passages = (*passages[:5], *rows)
    put(store, (source, passages, figures))

    def leading(position: int) -> list[str]:
        return [parent.text for parent in store.parents(passages[position].passage_id)]

    assert leading(3) == ["Mục tiêu chung.", "Đến năm 2020 phấn đấu:"]
    assert leading(6) == ["Danh mục dự án:"]
    assert leading(0) == leading(1) == leading(4) == []


def test_a_heading_that_comes_again_leads_only_to_its_own(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    source, passages, figures = document("a.txt", ("Một.", "Hai.", "Ba.", "Bốn."))
    paths = (("A",), ("B",), ("A",), ("A", "a"))
    passages = tuple(replace(passage, path=path) for passage, path in zip(passages, paths, strict=True))
    put(store, (source, passages, figures))
    assert [parent.text for parent in store.parents(passages[3].passage_id)] == ["Ba."]
