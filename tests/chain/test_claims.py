"""How a text is cut into claims: what each is said of, and what it takes from its neighbours."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.claims.assertions import Assertion, DateClaim, FigureClaim, NumberClaim, PersonClaim
from chain.claims.cutting import cut
from chain.claims.document_numbers import find_numbers

TODAY = date(2026, 1, 1)


def figures(text: str) -> list[FigureClaim]:
    return [claim for claim in cut(text, TODAY).assertions if isinstance(claim, FigureClaim)]


def only(text: str) -> Assertion:
    (claim,) = cut(text, TODAY).assertions
    return claim


def test_a_figure_has_its_indicator_base_year_and_place() -> None:
    (claim,) = figures("Đến năm 2030, trên 95% doanh nghiệp Bắc Giang nộp thuế qua mạng.")
    assert (claim.indicator, claim.base) == ("doanh nghiệp nộp thuế qua mạng", "doanh nghiệp")
    assert (claim.scope.year, claim.scope.place) == (2030, "Bắc Giang")


def test_who_says_it_is_no_part_of_the_indicator() -> None:
    (claim,) = figures("Theo Quyết định 472/QĐ-UBND, đến năm 2030 trên 95% doanh nghiệp nộp thuế qua mạng.")
    assert claim.indicator == "doanh nghiệp nộp thuế qua mạng"
    assert claim.numbers == ("472/QĐ-UBND",)


def test_a_sentence_of_several_figures_is_cut_between_them() -> None:
    text = "Quy hoạch cần 700 tỷ đồng, trong đó ngân sách trung ương 40 tỷ đồng, ngân sách tỉnh 44,5 tỷ đồng."
    spans = [claim.claim.span for claim in figures(text)]
    assert len(spans) == 3
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


def test_a_claim_is_the_text_between_its_span() -> None:
    text = unicodedata.normalize("NFD", "Năm 2023, chín mươi phần trăm người dân có hồ sơ sức khỏe điện tử.")
    normal = unicodedata.normalize("NFC", text)
    for claim in cut(text, TODAY).assertions:
        assert normal[slice(*claim.claim.span)] == claim.claim.text


@pytest.mark.parametrize(
    "pointing", ["Đến năm 2030, tỷ lệ này là trên 95%.", "Đến năm 2030, con số đó là 95%."]
)
def test_a_pointing_sentence_takes_the_indicator_of_the_one_before(pointing: str) -> None:
    claim = figures(f"Năm 2020, trên 90% doanh nghiệp nộp thuế qua mạng. {pointing}")[-1]
    assert claim.indicator == "doanh nghiệp nộp thuế qua mạng"
    assert claim.scope.year == 2030


def test_place_and_time_carry_on() -> None:
    claim = figures("Bắc Ninh có kế hoạch đến năm 2025. Hạ tầng cáp quang phủ trên 90% hộ gia đình.")[-1]
    assert (claim.scope.place, claim.scope.year, claim.scope.place_said) == ("Bắc Ninh", 2025, False)


def test_the_year_of_issue_is_not_that_of_the_figures() -> None:
    text = "Năm 2016, UBND tỉnh Bắc Giang phê duyệt quy hoạch. Trên 80% cán bộ y tế được phổ cập tin học."
    assert figures(text)[-1].scope.year is None


@pytest.mark.parametrize(
    ("text", "word"),
    [("thấp hơn 60%", "<"), ("chưa tới 60%", "<"), ("không quá 60%", "<="), ("không dưới 60%", ">=")],
)
def test_comparators(text: str, word: str) -> None:
    assert figures(f"Tỷ lệ hồ sơ xử lý trực tuyến {text}.")[0].comparator.value == word


def test_a_signer_is_a_person_who_signs() -> None:
    claim = only("Kế hoạch chuyển đổi số Bắc Ninh do ông Vương Quốc Tuấn ký.")
    assert isinstance(claim, PersonClaim) and claim.signs
    assert claim.name == "Vương Quốc Tuấn"


def test_a_day_of_issue_and_a_deadline_are_told_apart() -> None:
    issued = only("Quyết định 472/QĐ-UBND được ban hành ngày 31/3/2016.")
    due = only("Các hệ thống thông tin phải có phương án bảo đảm an toàn trước ngày 01/6/2023.")
    assert isinstance(issued, DateClaim) and issued.issues
    assert isinstance(due, DateClaim) and not due.issues


def test_a_document_number_with_what_is_said_of_it() -> None:
    claim = only("Kế hoạch chuyển đổi số tỉnh Bắc Ninh mang số 464/KH-UBND.")
    assert isinstance(claim, NumberClaim) and claim.number == "464/KH-UBND"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Quyết định số 472 và Nghị quyết 433-NQ/TU", ["472", "433-NQ/TU"]),
        ("Kế hoạch 2023 của tỉnh", []),
        ("mạng 24/7, mức độ 3, 4", []),
    ],
)
def test_document_numbers(text: str, numbers: list[str]) -> None:
    assert [number for number, _ in find_numbers(text)] == numbers


def test_sentences_with_nothing_to_check_are_counted() -> None:
    found = cut("Chuyển đổi số là xu thế. Dịch vụ công mức độ 4 rất tiện. Ai cũng mong chờ!", TODAY)
    assert (found.assertions, found.unchecked) == ((), 3)


@given(
    st.text(
        alphabet=st.sampled_from("Bắc Giang 95% năm 2030 , . doanh nghiệp 472/QĐ-UBND tỷ đồng\n"),
        max_size=120,
    )
)
def test_no_text_breaks_it_and_spans_stay_inside(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    for claim in cut(text, TODAY).assertions:
        start, end = claim.claim.span
        assert 0 <= start <= end <= len(normal)
        assert normal[start:end] == claim.claim.text
