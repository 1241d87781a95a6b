"""Quantities: what people write is read, what is formatted reads back as itself, what is none is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import Comparator, Quantity
from vietnamese.folding import fold
from vietnamese.numbers import format_number, parse_number
from vietnamese.quantities import counted_noun, find_quantities, format_quantity, quantity_in

UNITS = [
    ("%", "%", 0),
    ("%/năm", "%/năm", 0),
    ("tỷ đồng", "đồng", 9),
    ("triệu đồng", "đồng", 6),
    ("nghìn tỷ đồng", "đồng", 12),
    ("triệu USD", "USD", 6),
    ("lần", "lần", 0),
    ("doanh nghiệp", "doanh nghiệp", 0),
    ("ha", "ha", 0),
    ("triệu lượt khách", "lượt khách", 6),
    ("ngày làm việc", "ngày làm việc", 0),
    ("m³/ngày đêm", "m³/ngày đêm", 0),
    ("bác sĩ/10.000 dân", "bác sĩ/10.000 dân", 0),
]
VALUES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999999"), places=2)
STATED = [sign for sign in Comparator if sign is not Comparator.RANGE]


def only(text: str) -> Quantity:
    (match,) = find_quantities(text)
    return match.quantity


def said(text: str) -> list[tuple[str, str]]:
    return [(format_number(m.quantity.value or Decimal(0)), m.quantity.unit) for m in find_quantities(text)]


# ----- laws ----------------------------------------------------------------------------------------------


@given(VALUES, st.sampled_from(UNITS), st.sampled_from(STATED))
def test_what_is_formatted_reads_back_as_itself(value, unit, comparator):
    text, base, power = unit
    quantity = Quantity(value, text, value * Decimal(10) ** power, base, comparator)
    sentence = f"Chỉ tiêu này là {format_quantity(quantity)}."
    read = only(sentence)
    assert (read.value, read.unit, read.base_unit, read.comparator) == (value, text, base, comparator)
    assert read.same_amount(quantity)


@given(VALUES, VALUES, st.sampled_from(UNITS[:5]))
def test_a_range_reads_back_as_itself(first, second, unit):
    low, high = sorted((first, second))
    if low == high:
        return
    text, base, power = unit
    quantity = Quantity(low, text, low * Decimal(10) ** power, base, Comparator.RANGE, high)
    read = only(f"Chỉ tiêu đạt {format_quantity(quantity)}.")
    assert (read.value, read.value_max, read.unit, read.comparator) == (low, high, text, Comparator.RANGE)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_numerals_read_back_as_themselves(value):
    assert parse_number(format_number(value)) == value


@given(VALUES, st.sampled_from(UNITS))
def test_spans_hold_the_number_and_the_unit(value, unit):
    text = f"Đến nay, mức cần đạt là {format_number(value)} {unit[0]} cho cả tỉnh"
    (match,) = find_quantities(text)
    assert text[slice(*match.number)].startswith(format_number(value))
    assert text[slice(*match.core)].replace(" ", "") == f"{format_number(value)}{unit[0]}".replace(" ", "")
    assert match.span[0] <= match.core[0] < match.core[1] <= match.span[1]


@given(VALUES, st.sampled_from(UNITS[:8]))
def test_without_diacritics_the_amount_is_the_same(value, unit):
    text = f"chi tieu dat tren {format_number(value)} {fold(unit[0])}"
    assert only(text).amount == value * Decimal(10) ** unit[2]


# ----- equal amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("53 nghìn tỷ", "53.000 tỷ đồng"),
        ("44,5 tỷ", "44.500 triệu đồng"),
        ("0,7 nghìn tỷ", "700 tỷ đồng"),
        ("1,2 triệu đồng", "1.200 nghìn đồng"),
        ("3,9 triệu lượt khách", "3.900 nghìn lượt khách"),
        ("12 phần trăm", "12%"),
        ("44.5 ty dong", "44,5 tỷ đồng"),
        ("27 tỉ đồng", "27 tỷ VNĐ"),
    ],
)
def test_equal_quantities_compare_equal(left, right):
    assert only(left).same_amount(only(right))


def test_a_range_is_never_the_same_as_its_lower_end():
    assert not only("từ 10 đến 15%").same_amount(only("10%"))


# ----- comparators and ranges ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comparator", "span"),
    [
        ("đạt trên 95% doanh nghiệp", ">", "đạt trên 95%"),
        ("tối thiểu 60% xã", ">=", "tối thiểu 60%"),
        ("đạt từ 90% trở lên", ">=", "từ 90% trở lên"),
        ("góp từ 6% tổng sản phẩm của tỉnh trở lên", ">=", "từ 6%"),
        ("không dưới 15 triệu USD", ">=", "không dưới 15 triệu USD"),
        ("chưa đến 45%", "<", "chưa đến 45%"),
        ("không quá 24 giờ", "<=", "không quá 24 giờ"),
        ("từ 3% trở xuống", "<=", "từ 3% trở xuống"),
        ("xấp xỉ 31%", "~", "xấp xỉ 31%"),
        ("ước đạt 8%", "~", "ước đạt 8%"),
        ("≥ 98%", ">=", "≥ 98%"),
        ("< 5%", "<", "< 5%"),
        ("vượt 75% dân số", ">", "vượt 75%"),
        ("vượt 8,3% so với kế hoạch", "=", "8,3%"),
        ("cao hơn 2 điểm phần trăm so với năm trước", "=", "2 điểm phần trăm"),
    ],
)
def test_comparators(text, comparator, span):
    (match,) = find_quantities(text)
    assert match.quantity.comparator.value == comparator
    assert text[slice(*match.span)] == span


def test_or_more_may_stand_apart_and_its_place_is_known():
    text = "Du lịch góp từ 6% tổng sản phẩm của tỉnh trở lên."
    (match,) = find_quantities(text)
    assert match.tail and text[slice(*match.tail)] == "trở lên"


def test_or_more_of_another_thing_is_no_comparator():
    assert only("100% cán bộ có trình độ cao đẳng trở lên").comparator is Comparator.EQUAL


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("từ 4,8 đến 5,2 triệu lượt khách", "4.8", "5.2", "triệu lượt khách"),
        ("15.000 - 16.000 lao động", "15000", "16000", "lao động"),
        ("giảm từ 4% đến 5%/năm", "4", "5", "%/năm"),
        ("từ 80% đến dưới 90%", "80", "90", "%"),
        ("trên 50% đến 60%", "50", "60", "%"),
        ("7,5 – 8%/năm", "7.5", "8", "%/năm"),
        ("20% – 25%/năm", "20", "25", "%/năm"),
    ],
)
def test_ranges(text, low, high, unit):
    read = only(text)
    assert (read.comparator, read.value, read.value_max, read.unit) == (
        Comparator.RANGE, Decimal(low), Decimal(high), unit,
    )  # fmt: skip


def test_from_one_to_another_is_two_quantities():
    assert said("giảm từ 25,95% xuống còn 7,89%") == [("25,95", "%"), ("7,89", "%")]


# ----- units ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Toàn tỉnh có 412 cơ sở lưu trú", "cơ sở lưu trú"),
        ("tinh gọn còn 14 sở", "sở"),
        ("thu nhập 43,2 triệu đồng/người/năm", "triệu đồng/người/năm"),
        ("120 lít/người/ngày đêm", "lít/người/ngày đêm"),
        ("đạt 9,8 bác sĩ/vạn dân", "bác sĩ/vạn dân"),
        ("nuôi 35 nghìn ha", "nghìn ha"),
        ("khai trương 12 quầy hàng", "quầy hàng"),
        ("gấp 1,8 lần", "lần"),
        ("tổng vốn 85 tỷ", "tỷ đồng"),
        ("Tuổi thọ trung bình đạt 76,5 tuổi", "tuổi"),
    ],
)
def test_units(text, unit):
    assert only(text).unit == unit


def test_some_of_all_counts_the_some():
    assert said("88/200 xã có nhà văn hóa") == [("88", "xã")]


def test_a_bare_number_counts_what_its_label_names():
    assert said("Số hộ nghèo: 1.284.") == [("1.284", "hộ")]


def test_cells_take_the_unit_of_their_column():
    read = quantity_in("27,5", "nghìn ha")
    assert read and (read.amount, read.base_unit) == (Decimal(27500), "ha")
    assert quantity_in("3", "tháng")


def test_counted_noun_takes_the_longest_name():
    assert counted_noun("lượt khách quốc tế") == "lượt khách"
    assert counted_noun("xanh biếc") is None


# ----- what is none --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "định kỳ 6 tháng báo cáo một lần",
        "riêng 7 tháng đầu năm 2024",
        "trước ngày 15 tháng 12 hằng năm",
        "trước ngày 20/6 và 20/12 hằng năm",
        "quý I và quý 2 năm 2025",
        "lúc 15:48 ngày 12/6/2023",
        "từ 8 giờ 30 sáng",
        "điện thoại 0205.3871.234",
        "theo Điều 5, khoản 2 và Phụ lục 2",
        "Mẫu số 03 kèm theo",
        "khóa XIX, lần thứ 20, thế kỷ 21",
        "dịch vụ công mức độ 3, 4",
        "Quyết định số 749/QĐ-TTg và Nghị quyết 36a/NQ-CP",
        "mạng 4G, 5G và nền tảng 2.0",
        "trong 5 năm tới, kế hoạch 5 năm",
        "kỷ niệm 134 năm ngày sinh",
        "trẻ em dưới 16 tuổi",
        "từ 2/3 học viên trở lên",
        "hoạt động 24/24 giờ, 24/7",
        "Dự án 1: hạ tầng; giai đoạn 2",
        "đường dây 220 kV",
        "1.1. Mục tiêu\n2) Nhiệm vụ",
    ],
)
def test_marks_references_and_the_calendar_are_no_figures(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("không quá 15 ngày làm việc", ("15", "ngày làm việc")),
        ("thời gian tra cứu giảm còn 20 phút", ("20", "phút")),
        ("Thời gian chờ khám bình quân dưới 10 phút", ("10", "phút")),
        ("thời hạn vay tối đa 60 tháng", ("60", "tháng")),
        ("mức 5 tỷ đồng", ("5", "tỷ đồng")),
        ("bằng 1,4 lần năm 2021", ("1,4", "lần")),
    ],
)
def test_times_that_are_aimed_at_stay(text, expected):
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Đã lắp tại 42 trên 51 doanh nghiệp kho, bãi.", 42, "doanh nghiệp"),
        ("Còn 120 trên tổng số 3.797 thôn, bản chưa có sóng.", 120, "thôn, bản"),
        ("Cấp chữ ký số cho 1.145 trên 1.930 bác sĩ.", 1145, "bác sĩ"),
    ],
)
def test_of_a_number_out_of_another_the_part_is_counted(text, value, unit):
    assert (only(text).value, only(text).unit, only(text).comparator) == (value, unit, Comparator.EQUAL)


def test_a_year_before_a_bound_is_no_part_of_it():
    assert said("Đến 2025 trên 3.000 hộ có mạng.") == [("3.000", "hộ")]
    assert only("Đến 2025 trên 3.000 hộ có mạng.").comparator is Comparator.GREATER


def test_the_value_of_an_index_needs_no_unit():
    read = only("Hệ số hiệu quả năng lượng (PUE) không quá 1,6.")
    assert (read.value, read.unit, read.comparator) == (Decimal("1.6"), "", Comparator.AT_MOST)
    assert find_quantities("Kết quả kiểm tra không quá 1,6.") == ()
