"""Times: years, periods, days and years compared with, with and without diacritics."""

from __future__ import annotations

from datetime import date

import pytest

from vietnamese.times import TimeKind, find_durations, find_times


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("đến năm 2030", TimeKind.YEAR, 2030, 2030),
        ("den nam 2030", TimeKind.YEAR, 2030, 2030),
        ("giai đoạn 2016 – 2020", TimeKind.PERIOD, 2016, 2020),
        ("từ năm 2023 đến năm 2025", TimeKind.PERIOD, 2023, 2025),
        ("2024 tới 2028", TimeKind.PERIOD, 2024, 2028),
        ("Quý II/2025", TimeKind.YEAR, 2025, 2025),
        ("tháng 9/2025", TimeKind.YEAR, 2025, 2025),
        ("so với năm 2023", TimeKind.RELATIVE, 2023, 2023),
        ("so với cùng kỳ năm 2023", TimeKind.RELATIVE, 2023, 2023),
        ("gấp 1,8 lần năm 2022", TimeKind.RELATIVE, 2022, 2022),
        ("bằng 95% năm 2022", TimeKind.RELATIVE, 2022, 2022),
    ],
)
def test_times(text, kind, first, last):
    (time,) = find_times(text)
    assert (time.kind, time.first, time.last) == (kind, first, last)


@pytest.mark.parametrize(
    "text", ["trước ngày 01/6/2023", "trước ngày 01 tháng 6 năm 2023", "truoc ngay 1-6-2023"]
)
def test_days(text):
    (time,) = find_times(text)
    assert (time.day, time.deadline) == (date(2023, 6, 1), True)


def test_spans_are_the_words():
    text = "Đến năm 2025 đạt 70%, năm 2030 đạt 90%"
    assert [text[slice(*time.span)] for time in find_times(text)] == ["năm 2025", "năm 2030"]


def test_an_amount_is_no_year():
    assert find_times("2.000 xã, 2020 tỷ đồng, 2.020 ha") == ()


def test_this_year_needs_a_day_to_stand_on():
    assert find_times("năm nay") == ()
    assert find_times("năm nay", date(2025, 5, 1))[0].first == 2025


@pytest.mark.parametrize(
    "text", ["6 tháng đầu năm", "định kỳ 3 tháng", "ngày 20/6", "5 năm tới", "15 phút/lần"]
)
def test_stretches_of_the_calendar(text):
    assert find_durations(text)
