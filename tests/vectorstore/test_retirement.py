from datetime import date

import pytest

from domain.documents import About, DocumentKind
from tests.vectorstore.store_samples import document
from vectorstore.retirement import originals_of_digests

DECISION = {
    "kind": DocumentKind.DECISION,
    "number": "472/QĐ-UBND",
    "place": "Bắc Giang",
    "issued_on": date(2016, 3, 31),
    "title": "Quyết định phê duyệt Quy hoạch",
}
ABOUT = About("6649/KH-UBND", DocumentKind.PLAN)
PAGE = {
    "kind": DocumentKind.NEWS,
    "title": "Kế hoạch Chuyển đổi số năm 2023",
    "about": ABOUT,
    "place": "Bắc Giang",
}


def source(name, **facts):
    return document(name, **facts)[0]


def is_retired(digest, *others):
    return digest.document_id in originals_of_digests((digest, *others))


def test_a_decision_is_matched_by_its_number():
    digest = source("tom-luoc.md", **DECISION, digest_of="Quyết định 472")
    original = source("goc.pdf", **DECISION | {"title": "Về việc phê duyệt", "number": "472 /QĐ-UBND"})
    assert originals_of_digests((digest, original)) == {digest.document_id: original.document_id}


@pytest.mark.parametrize(
    "change",
    [
        {"number": "473/QĐ-UBND"},
        {"place": "Bắc Ninh"},
        {"issued_on": date(2017, 3, 31)},
        {"number": None},
        {"digest_of": "cũng là tóm lược"},
    ],
)
def test_another_decision_retires_nothing(change):
    digest = source("tom-luoc.md", **DECISION, digest_of="Quyết định 472")
    assert not is_retired(digest, source("khac.pdf", **DECISION | change))


def test_a_fact_that_is_not_known_contradicts_nothing():
    digest = source("tom-luoc.md", **DECISION, digest_of="Quyết định 472")
    assert is_retired(digest, source("goc.pdf", **DECISION | {"place": None, "issued_on": None}))


def test_a_page_is_matched_by_its_title():
    digest = source("tom-luoc.md", **PAGE | {"about": None}, digest_of="trang tin")
    assert is_retired(digest, source("goc.html", **PAGE | {"about": None}))
    assert not is_retired(digest, source("khac.html", **PAGE | {"about": None, "title": "Nông thôn mới"}))


def test_a_page_is_matched_by_the_plan_that_it_reports():
    digest = source("tom-luoc.md", **PAGE, digest_of="trang tin")
    assert is_retired(digest, source("goc.html", **PAGE | {"title": "Tỉnh vừa ban hành kế hoạch mới"}))
    other = About("464/KH-UBND", DocumentKind.PLAN)
    assert not is_retired(digest, source("khac.html", **PAGE | {"about": other}))


def test_the_plan_itself_is_not_the_original_of_a_page_about_it():
    digest = source("tom-luoc.md", **PAGE, digest_of="trang tin")
    plan = {"kind": DocumentKind.PLAN, "number": "6649/KH-UBND", "about": None}
    assert not is_retired(digest, source("ke-hoach.pdf", **PAGE | plan))


def test_the_page_with_the_same_title_is_preferred_to_another_about_the_same_plan():
    digest = source("tom-luoc.md", **PAGE, digest_of="trang tin")
    other = source("khac.html", **PAGE | {"title": "Báo khác đưa tin"})
    original = source("goc.html", **PAGE)
    for others in ((other, original), (original, other)):
        assert originals_of_digests((digest, *others)) == {digest.document_id: original.document_id}
