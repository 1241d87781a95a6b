"""A news page about a plan: its title, its date, what it reports, and what is furniture."""

from datetime import date

import pytest

from domain.documents import DocumentKind, PassageKind
from ingest.passages import make_passages
from ingest.reading import read_document


@pytest.fixture
def document(write, page_text):
    return read_document(write("trang.txt", page_text), "trang.txt")


def test_a_page_has_no_number_of_its_own(document):
    source = document.source
    assert (source.kind, source.number, source.signer) == (DocumentKind.NEWS, None, None)
    assert source.title == "Tỉnh Lào Cai thử nghiệm một kế hoạch mới"
    assert (source.issued_on, source.place) == (date(2024, 3, 15), "Lào Cai")


def test_what_a_page_is_about(document):
    about = document.source.about
    assert about is not None
    assert (about.number, about.kind) == ("88/KH-UBND", DocumentKind.PLAN)
    assert about.issuer == "UBND tỉnh Lào Cai"
    assert about.title == "Kế hoạch số 88/KH-UBND về thử nghiệm chuyển đổi số năm 2024"


def test_a_cited_plan_is_not_what_a_page_is_about(write):
    text = (
        "Một tỉnh làm nhiều việc\n\nTỉnh tiếp tục thực hiện Kế hoạch số 91/KH-UBND của Tỉnh ủy.\n\nCâu khác."
    )
    assert read_document(write("a.txt", text), "a.txt").source.about is None


def test_signer_named_after_the_office(write):
    text = (
        "Phó Chủ tịch UBND tỉnh Sơn La Trần Thị Mẫu vừa phê duyệt Quy hoạch thử nghiệm tỉnh Sơn La "
        "đến năm 2030.\n\nMột câu khác của trang tin này."
    )
    about = read_document(write("a.txt", text), "a.txt").source.about
    assert about is not None
    assert (about.number, about.signer, about.issuer) == (None, "Trần Thị Mẫu", "UBND tỉnh Sơn La")


def test_furniture_is_apart_from_the_body(document):
    passages = make_passages(document)
    front = "\n".join(passage.text for passage in passages if passage.kind is PassageKind.FRONT_MATTER)
    assert front.split("\n") == [
        "15/3/2024 08:30 Số lượt xem: 12",
        "Nguyễn Văn Báo",
        "(TTX)",
        "Có thể bạn quan tâm",
    ]
    body = [passage for passage in passages if passage.kind is PassageKind.PROSE]
    assert {passage.path for passage in body} == {("Tỉnh Lào Cai thử nghiệm một kế hoạch mới",)}
    assert body[1].text.startswith("Đến năm 2030")  # a new span of time starts a passage


def test_a_digest_names_its_original(write):
    text = (
        "BẢN TÓM LƯỢC, KHÔNG PHẢI NGUYÊN VĂN. Tóm lược bằng lời của dự án từ: Quyết định số 15/QĐ-UBND.\n\n"
        "Bản gốc: Quyết định về một việc; loại: quyết định; số: 15/QĐ-UBND; ngày: 5/2/2024; nơi: Hà Giang; "
        "cơ quan: Chủ tịch UBND tỉnh Hà Giang; người ký: Trần Văn Thử.\n\n# Tên\n\nMột câu."
    )
    source = read_document(write("a.md", text), "a.md").source
    assert source.digest_of == "Quyết định số 15/QĐ-UBND"
    assert (source.kind, source.number, source.issued_on) == (
        DocumentKind.DECISION,
        "15/QĐ-UBND",
        date(2024, 2, 5),
    )
    assert (source.signer, source.place) == ("Trần Văn Thử", "Hà Giang")
