"""Abbreviations written out as the person meant them, and what else they may mean."""

import pytest

from vietnamese.abbreviations import expand, other_readings, written_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dn nop thue qua mang", "doanh nghiep nop thue qua mang"),
        ("DN nộp thuế qua mạng", "doanh nghiệp nộp thuế qua mạng"),
        ("CĐS của bn năm 2025", "chuyển đổi số của Bắc Ninh năm 2025"),
        ("dự án bn tỷ", "dự án bao nhiêu tỷ"),
        ("q.ngãi có mấy xã", "Quảng Ngãi có mấy xã"),
        ("Q.Bình Thạnh có mấy phường", "Q.Bình Thạnh có mấy phường"),
        ("tỉnh BG?", "tỉnh Bắc Giang?"),
        ("472/QĐ-UBND", "472/QĐ-UBND"),
        ("đã có dân số", "đã có dân số"),
        ("dựng trạm tốn nhiêu?", "dựng trạm tốn bao nhiêu?"),
        ("hết nhiu tiền", "hết bao nhiêu tiền"),
        ("có bao nhiêu xã", "có bao nhiêu xã"),
        ("tốn nhiều tiền không?", "tốn nhiều tiền không?"),
        ("cho nao co nhieu tram", "cho nao co nhieu tram"),
    ],
)
def test_a_question_is_written_out_and_folded_only_if_it_was_typed_so(typed: str, meant: str) -> None:
    assert written_out(typed) == meant


def test_only_whole_words_are_abbreviations() -> None:
    assert expand("dnx và adn") == "dnx và adn"


def test_an_abbreviation_may_mean_more_than_one_thing() -> None:
    assert other_readings("số hs được giải quyết") == ("học sinh",)
    assert other_readings("so hs duoc giai quyet") == ("hoc sinh",)
    assert other_readings("doanh nghiệp nộp thuế") == ()
