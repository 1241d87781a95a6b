"""The checks of generated sentences over all recorded answers, and how text is cut and cleaned for them."""

import pytest

from chain.stated import read_sentence
from chain.streaming import sentences
from chain.written_numbers import plain, with_numerals
from evals.generated import measure, recorded

KINDS = ("value", "swapped", "rounded", "invented", "unit", "year", "place", "level", "comparator", "key")


@pytest.fixture(scope="module")
def measured(store):
    return measure(store)


def test_there_are_enough_recorded_answers():
    kinds = [record["kind"] for record in recorded("lying")]
    assert all(kinds.count(kind) >= 10 for kind in KINDS)
    assert len(recorded("honest")) >= len(KINDS) * 10


def test_no_lie_is_shown_unmarked(measured):
    assert measured.lies_shown == 0


def test_no_number_is_shown_that_nothing_supports(measured):
    assert measured.unsupported_numbers == 0


def test_honest_answers_lose_next_to_nothing(measured):
    assert measured.honest_lost <= 0.02


def test_citations_by_the_measure_of_alce(measured):
    assert measured.citation_recall >= 0.9
    assert measured.citation_precision >= 0.9


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_stream_is_cut_into_the_same_sentences_whatever_its_pieces(size):
    text = (
        "<think>Hmm. 12%?</think>Đến năm 2030, đạt trên 95%. [1] Ông TP. Bắc Giang có 53.000 tỷ đồng [2]. "
        "Gồm:\n- Cấp tỉnh: 70% [1]\n- Cấp xã: 55% [1]; cấp huyện: 60% [2]"
    )
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert [sentence.strip() for sentence in sentences(pieces)] == [
        "Đến năm 2030, đạt trên 95%. [1]",
        "Ông TP. Bắc Giang có 53.000 tỷ đồng [2].",
        "Gồm:",
        "- Cấp tỉnh: 70% [1]",
        "- Cấp xã: 55% [1];",
        "cấp huyện: 60% [2]",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("9\u200b5%", "95%"), ("９５%", "95%"), ("&#57;5%", "95%"), ("`95%`", "95%"), ("$95\\%$", "95%"),
        ("~~95%~~", "95%"), ("<b>95</b>%", " 95 %"), ("[a](http://x.com)", "a"), ("~95%", "≈95%"), ("٩٥%", "95%"),
        ("| Mục tiêu | 95% |", "- Mục tiêu – 95%"),
    ],
)  # fmt: skip
def test_nothing_hides_a_number(written, shown):
    assert plain(written) == shown


@pytest.mark.parametrize(
    ("words", "numerals"),
    [
        ("chín mươi lăm phần trăm", "95 phần trăm"),
        ("một trăm linh năm doanh nghiệp", "105 doanh nghiệp"),
        ("hai mươi bảy phẩy ba phần trăm", "27,3 phần trăm"),
        ("năm mươi ba nghìn tỷ đồng", "53 nghìn tỷ đồng"),
        ("ba dự án", "3 dự án"),
        ("mỗi năm tỷ lệ tăng", "mỗi năm tỷ lệ tăng"),
    ],
)
def test_numbers_in_words(words, numerals):
    assert with_numerals(words) == numerals


def test_what_a_sentence_states():
    stated = read_sentence(
        "Theo Quyết định 472/QĐ-UBND ngày 31/3/2016, ở cấp tỉnh, cấp huyện lần lượt là trên 70% và trên 60% năm 2023"
    )
    assert stated.numbers == ("472/QĐ-UBND",)
    assert [day.isoformat() for day in stated.dates] == ["2016-03-31"]
    assert [(float(q.quantity.value), q.scope.level, q.scope.year) for q in stated.quantities] == [
        (70, "tỉnh", 2023),
        (60, "huyện", 2023),
    ]
