"""What somebody who searches notices: the right plan, year and statement first, each statement once."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.documents import About, DocumentKind
from tests.vectorstore.store_samples import SENTENCES, document, new_store, put
from vectorstore import indexes, search
from vectorstore.embedders import Embedder, load_embedder
from vectorstore.store import Store
from vietnamese.folding import fold

TAX = "Trên {}% doanh nghiệp thực hiện nộp thuế qua mạng."
PUPILS = "Cấp học bạ điện tử cho 90% học sinh."
FILES = "Số hóa 80% hồ sơ, kết quả giải quyết thủ tục hành chính."


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load_embedder()


def texts(store: Store, question: str, k: int = 10) -> list[str]:
    return [hit.passage.text for hit in store.search(question, k)]


def places(store: Store, question: str) -> list[str | None]:
    return [store.source(hit.passage.document_id).place for hit in store.search(question)]


def under(made, *paths: Iterable[str]):
    """`made` with a heading path for each passage."""
    source, passages, figures = made
    return (
        source,
        tuple(replace(p, path=tuple(path)) for p, path in zip(passages, paths, strict=True)),
        figures,
    )


# ---- abbreviations --------------------------------------------------------------------------------------


def test_an_abbreviated_question_finds_what_the_whole_one_finds(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    put(store, document("a.txt", (*SENTENCES, PUPILS, FILES)))
    for typed in ("DN nộp thuế", "dn nop thue"):
        assert texts(store, typed, 1) == [SENTENCES[0]]
    assert texts(store, "DVCTT", 1) == [SENTENCES[1]]


def test_an_abbreviation_with_two_meanings_finds_both(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    put(store, document("a.txt", (*SENTENCES, PUPILS, FILES)))
    assert set(texts(store, "tỷ lệ hs", 2)) == {PUPILS, FILES}
    assert texts(store, "học bạ hs", 1) == [PUPILS]


def test_a_short_form_that_means_something_else_here_is_found_as_it_stands(
    tmp_path: Path, bundled: Embedder
) -> None:
    store = new_store(tmp_path, bundled)
    town = "Đầu tư hạ tầng băng rộng ở TT Chũ."  # thị trấn; the table has thông tin
    put(store, document("a.txt", (*SENTENCES, "Đầu tư hạ tầng thông tin.", town)))
    assert texts(store, "hạ tầng TT Chũ", 1) == [town]


# ---- what a question names ------------------------------------------------------------------------------


def test_a_place_lifts_its_plans_and_hides_no_other(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    for name, place in (("a", "Bắc Giang"), ("b", "Bắc Ninh"), ("c", "Hà Nội")):
        put(store, document(f"{name}.txt", (TAX.format(90), FILES), place=place))
    assert places(store, "Bắc Ninh: doanh nghiệp nộp thuế qua mạng")[0] == "Bắc Ninh"
    assert places(store, "bac ninh doanh nghiep nop thue qua mang")[0] == "Bắc Ninh"
    assert set(places(store, "Bắc Ninh: doanh nghiệp nộp thuế qua mạng")) == {
        "Bắc Giang",
        "Bắc Ninh",
        "Hà Nội",
    }


def test_a_document_number_lifts_that_document_and_pages_about_it(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    about = About("464/KH-UBND", DocumentKind.PLAN)
    put(store, document("a.txt", (TAX.format(70), FILES), number="1/KH-UBND"))
    put(store, document("b.txt", (TAX.format(80), FILES), number="472/QĐ-UBND"))
    put(store, document("c.txt", (TAX.format(90), FILES), about=about))
    assert texts(store, "nộp thuế qua mạng theo Quyết định 472", 1) == [TAX.format(80)]
    assert texts(store, "464/KH-UBND nộp thuế qua mạng", 1) == [TAX.format(90)]


def test_a_year_chooses_between_sections_that_say_the_same(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    made = document("a.txt", (TAX.format(90), TAX.format(95), FILES))
    put(
        store,
        under(made, ("II. Mục tiêu đến năm 2020",), ("III. Định hướng đến năm 2030",), ("IV. Giải pháp",)),
    )
    assert texts(store, "nộp thuế qua mạng 2020", 2) == [TAX.format(90), TAX.format(95)]
    assert texts(store, "nộp thuế qua mạng 2030", 2) == [TAX.format(95), TAX.format(90)]


def test_a_level_chooses_between_statements(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    statements = [
        f"{share}% hồ sơ công việc cấp {level} được xử lý trên môi trường mạng."
        for share, level in ((90, "tỉnh"), (80, "huyện"), (60, "xã"))
    ]
    put(store, document("a.txt", tuple(statements)))
    for level, statement in zip(("tỉnh", "huyện", "xã"), statements, strict=True):
        assert texts(store, f"hồ sơ xử lý trên mạng ở cấp {level}", 1) == [statement]


# ---- sentences ------------------------------------------------------------------------------------------

LONG = " ".join(
    [
        "Phát triển hạ tầng băng rộng.",
        "Đào tạo cán bộ.",
        "Tuyên truyền trên báo chí.",
        "Rà soát quy chế.",
        "Tổng vốn đầu tư của nhà máy xử lý nước thải là 90 tỷ đồng.",
        "Kiểm tra định kỳ.",
        "Bảo đảm an ninh.",
        "Hoàn thiện thể chế.",
        "Khen thưởng tập thể.",
        "Công khai ngân sách.",
    ]
)


def test_one_sentence_of_a_long_passage_is_enough(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    put(store, document("a.txt", (*SENTENCES, LONG, "Nước là nguồn sống.", "Nhà máy điện.")))
    assert texts(store, "vốn của nhà máy xử lý nước thải", 1) == [LONG]


def test_a_slow_embedder_is_not_asked_for_sentences(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    put(store, document("a.txt", (*SENTENCES, LONG)))
    assert store.search("nộp thuế qua mạng", 1)
    opened = store.view().indexes
    assert opened is not None
    assert opened.windows is None


def test_threads_that_share_a_store_find_the_same(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    put(
        store,
        document("a.txt", (*(f"Chỉ tiêu số {n} của tỉnh về thuế. {LONG}" for n in range(50)), *SENTENCES)),
    )
    questions = [f"chỉ tiêu số {n}" for n in range(8)]
    expected = [store.search(question) for question in questions]
    again, found = Store.open(tmp_path, lambda: bundled), {}
    threads = [
        threading.Thread(target=lambda asked=question: found.update({asked: again.search(asked)}))
        for question in questions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[question] for question in questions] == expected


def test_what_comes_first_does_not_depend_on_how_much_is_wanted(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    put(store, document("a.txt", tuple(f"Chỉ tiêu số {n} của tỉnh về thuế." for n in range(50))))
    whole = store.search("chỉ tiêu số 17", 100)
    assert len(whole) == 50
    assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)
    for k in (1, 5, search.CANDIDATES, search.CANDIDATES + 5):
        assert store.search("chỉ tiêu số 17", k) == whole[:k]


# ---- near-duplicates ------------------------------------------------------------------------------------


def test_a_page_that_repeats_the_decision_is_folded_into_it(tmp_path: Path, bundled: Embedder) -> None:
    store = new_store(tmp_path, bundled)
    page = document("a-trang-tin.txt", (SENTENCES[0], PUPILS), kind=DocumentKind.NEWS, place="Bắc Giang")
    decision = document("b.txt", SENTENCES, kind=DocumentKind.DECISION, place="Bắc Giang")
    put(store, page, decision)
    first, *rest = store.search("doanh nghiệp nộp thuế qua mạng")
    assert first.passage == decision[1][0]
    assert first.twins == page[1][:1]
    assert page[1][0] not in [hit.passage for hit in rest]
    assert len(rest) == len(SENTENCES)


@pytest.mark.parametrize(
    ("text", "place"),
    [(TAX.format(90), "Bắc Giang"), (TAX.format(95), "Bắc Ninh"), (PUPILS, "Bắc Giang")],
    ids=["another number", "another place", "other words"],
)
def test_what_differs_is_not_folded(tmp_path: Path, bundled: Embedder, text: str, place: str) -> None:
    store = new_store(tmp_path, bundled)
    put(store, document("a.txt", (TAX.format(95), FILES), place="Bắc Giang"))
    put(store, document("b.txt", (text,), place=place))
    hits = store.search("doanh nghiệp nộp thuế qua mạng")
    assert len(hits) == 3
    assert not any(hit.twins for hit in hits)


# ---- older stores ---------------------------------------------------------------------------------------


def test_words_indexed_by_an_older_version_are_indexed_again_and_it_is_said(
    tmp_path: Path, bundled: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(indexes, "FORMAT", "0")
        older.setattr("vectorstore.lexical.FORMAT", "0")
        older.setattr("vectorstore.lexical.lexical_tokens", lambda text: fold(text).split()[:1])
        store = new_store(tmp_path, bundled)
        put(store, document("a.txt"))
        store.close()
    said: list[tuple[str, object]] = []
    opened = Store.open(
        tmp_path, lambda: bundled, notify=lambda code, values: said.append((code, values["kind"]))
    )
    assert texts(opened, "nộp thuế qua mạng", 1) == [SENTENCES[0]]
    assert said == [("index_missing", "lexical")]
