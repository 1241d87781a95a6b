"""Document numbers as people name them."""

import pytest

from vietnamese.document_numbers import find_document_numbers, is_named_by


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Quyết định số 472/QĐ-UBND nói gì?", ["472/QĐ-UBND"]),
        ("quyet dinh 472 noi gi", ["472"]),
        ("Nghị quyết 202/2025/QH15", ["202/2025/QH15"]),
        ("Kế hoạch 2023", []),
        ("hỗ trợ 24/7 cho CNTT-TT", []),
        ("Quyết định 700 tỷ đồng", []),
    ],
)
def test_numbers_are_found_by_code_or_by_the_kind_before_them(text: str, numbers: list[str]) -> None:
    found = find_document_numbers(text)
    assert [number for number, _ in found] == numbers
    assert all(text[start:end] == number for number, (start, end) in found)


def test_a_number_is_named_in_full_or_by_its_digits() -> None:
    assert is_named_by("472/QĐ-UBND", "472/qđ-ubnd")
    assert is_named_by("472/QĐ-UBND", "472")
    assert not is_named_by("472/QĐ-UBND", "47")
    assert not is_named_by("472/QĐ-UBND", "472/KH-UBND")
