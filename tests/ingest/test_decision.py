"""A decision in flawed Markdown: outline, lists, table, front matter, metadata."""

from datetime import date

import pytest

from domain.documents import BlockKind, DocumentKind, PassageKind
from ingest.passages import make_passages
from ingest.reading import read_document


@pytest.fixture
def document(write, decision_text):
    return read_document(write("quyet-dinh.txt", decision_text), "a/quyet-dinh.txt")


@pytest.fixture
def passages(document):
    return make_passages(document)


def test_numbering_wins_over_marks(document):
    headings = [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == [
        (1, "Điều 1."),
        (1, "I. Mục tiêu"),
        (2, "1. Mục tiêu chung"),
        (2, "2. Mục tiêu cụ thể"),
        (3, "2.1. Hạ tầng"),
        (3, "2.2. Ứng dụng"),
        (4, "Chính quyền số"),
        (4, "Công dân số"),
        (1, "II. Kinh phí"),
        (2, "2. Danh mục dự án (Phụ lục đính kèm)"),
        (1, "Điều 2."),
        (1, "Điều 3."),
        (1, "Phụ lục"),
        (2, "DANH MỤC DỰ ÁN ĐẾN NĂM 2027"),
    ]


def test_metadata_are_the_documents_own(document):
    source = document.source
    assert (source.number, source.kind, source.place) == ("15/QĐ-UBND", DocumentKind.DECISION, "Hà Giang")
    assert (source.issuer, source.signer) == ("Chủ tịch UBND tỉnh Hà Giang", "Trần Văn Thử")
    assert source.issued_on == date(2024, 2, 5)
    assert source.title == ("Quyết định về việc phê duyệt Đề án thử nghiệm của tỉnh Hà Giang đến năm 2027")
    assert source.source == "a/quyet-dinh.txt"
    assert source.about is None and source.digest_of is None


def test_a_paragraph_broken_by_a_page_end_is_whole(passages):
    whole = "Một câu về mục tiêu chung còn dang dở ở cuối trang và được nối lại ở trang sau."
    assert any(passage.text == whole for passage in passages)


def test_a_list_keeps_what_introduces_it(passages):
    found = [passage for passage in passages if "Nguồn vốn:" in passage.text]
    assert [passage.text.split("\n") for passage in found] == [
        [
            "Tổng số: 12,5 tỷ đồng.",
            "Nguồn vốn:",
            "Ngân sách trung ương: 10 tỷ đồng",
            "Ngân sách tỉnh: 2,5 tỷ đồng",
        ]
    ]
    assert found[0].kind is PassageKind.LIST


def test_list_items_know_their_mark_and_depth(document):
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM][:4]
    assert [(item.marker, item.level) for item in items] == [("-", 1), ("-", 1), ("+", 2), ("+", 2)]


def test_table_rows_with_a_repeated_head(passages):
    rows = [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]
    assert [row.cells[0] for row in rows] == ["1", "2", "3", "4"]
    assert {row.table for row in rows} == {0}
    assert {row.columns for row in rows} == {("STT", "Dự án", "Vốn (tỷ đồng)", "Nguồn")}
    assert {row.path for row in rows} == {("Phụ lục", "DANH MỤC DỰ ÁN ĐẾN NĂM 2027")}
    assert rows[2].text == "3 Dự án ba Tùy quy mô"
    assert rows[3].cells == ("4", "Dự án bốn", "", "")


def test_articles_and_closing(passages):
    by_path = {passage.path: passage for passage in passages if passage.path}
    assert by_path["Điều 2.",].text == "Quyết định này có hiệu lực kể từ ngày ký."
    assert by_path["Điều 3.",].kind is PassageKind.PROSE
    front = [passage.text for passage in passages if passage.kind is PassageKind.FRONT_MATTER]
    assert front[0].startswith("Số: 15 /QĐ-UBND\nHà Giang, ngày 5 tháng 2 năm 2024")
    assert front[-1] == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Thử"
    assert any(text.startswith("Xét đề nghị") for text in front)


def test_a_heading_without_a_body_is_found_by_itself(passages):
    assert any(
        passage.text == "2. Danh mục dự án (Phụ lục đính kèm)" and passage.path == ("II. Kinh phí",)
        for passage in passages
    )
