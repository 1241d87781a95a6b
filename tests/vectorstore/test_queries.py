"""What a search is for: every phrasing, and the facts that a question names."""

import unicodedata

from domain.figures import Level
from vectorstore.queries import read_query


def test_what_was_typed_comes_first_and_stays_beside_what_it_may_mean() -> None:
    assert read_query("CNTT của DN").phrasings == ("CNTT của DN", "công nghệ thông tin của doanh nghiệp")
    assert read_query("hs").phrasings == ("hs", "ho so", "hoc sinh")
    assert read_query("nộp thuế qua mạng").phrasings == ("nộp thuế qua mạng",)


def test_years_places_levels_and_numbers_are_read() -> None:
    query = read_query("CĐS cấp huyện của tỉnh BN giai đoạn 2021-2025 theo Kế hoạch 464/KH-UBND")
    assert query.years == (2021, 2025)
    assert query.places == ("Bắc Ninh",)
    assert query.levels == (Level.DISTRICT,)
    assert query.numbers == ("464/KH-UBND",)


def test_a_question_in_decomposed_letters_is_the_same_question() -> None:
    question = "DN nộp thuế ở Bắc Giang năm 2030"
    assert read_query(unicodedata.normalize("NFD", question)) == read_query(question)
