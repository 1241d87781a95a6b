"""Statements: what each quantity of a sentence is said of, in the sentence's own words."""

from __future__ import annotations

import pytest

from domain.figures import Level
from vietnamese.statements import clean_label, completed, find_statements, is_generic, is_measure, short_label


def told(text: str) -> list[tuple[str, str]]:
    """Each quantity with its indicator, the quantity's place marked by "…"."""
    return [
        (text[slice(*s.match.core)], f"{s.indicator[: s.quantity_at]}…{s.indicator[s.quantity_at :]}")
        for s in find_statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Kinh tế số chiếm 20% GRDP của tỉnh.", ["Kinh tế số chiếm …GRDP của tỉnh"]),
        ("Trên 60% hợp tác xã bán hàng trên sàn; trên 50% hộ dùng ví điện tử.",
         ["…hợp tác xã bán hàng trên sàn", "…hộ dùng ví điện tử"]),
        ("a) Tỷ lệ hộ nghèo còn 3%.", ["Tỷ lệ hộ nghèo…"]),
        ("2.1. Lắp đặt 150 trạm quan trắc.", ["Lắp đặt …trạm quan trắc"]),
        ("(5) Tỷ lệ che phủ rừng: 57,75%.", ["Tỷ lệ che phủ rừng…"]),
        ("Khách quốc tế đạt 152.000 lượt.", ["Khách quốc tế…"]),
        ("Thời gian chờ khám bình quân không quá 30 phút.", ["Thời gian chờ khám bình quân…"]),
        ("Đón từ 4,8 đến 5,2 triệu lượt khách.", ["Đón …lượt khách"]),
        ("Mỗi tổ từ 5 đến 9 thành viên.", ["Mỗi tổ …thành viên"]),
        ("Du lịch góp từ 6% GRDP của tỉnh trở lên.", ["Du lịch góp …GRDP của tỉnh"]),
        ("Mỗi bệnh viện từ hạng II trở lên có tối thiểu 3 kỹ sư.", ["Mỗi bệnh viện từ hạng II trở lên …kỹ sư"]),
        ("Về y tế: 95% người dân tham gia bảo hiểm.", ["…người dân tham gia bảo hiểm"]),
        ("Ông Bình cho biết, tỉnh có 57 dự án đã vận hành.", ["tỉnh …dự án đã vận hành"]),
        ("Theo kết quả rà soát, đến nay toàn tỉnh còn 24.112 hộ nghèo.", ["…hộ nghèo"]),
        ("Tổng kinh phí là 86 tỷ đồng, trong đó ngân sách tỉnh 52 tỷ đồng, còn lại là vốn khác.",
         ["Tổng kinh phí…", "ngân sách tỉnh…"]),
    ],
)  # fmt: skip
def test_indicators(text, indicators):
    assert [indicator for _, indicator in told(text)] == indicators


def test_a_total_does_not_take_the_predicate_of_its_part():
    assert told("Toàn tỉnh có 27 bệnh viện, trong đó 4 bệnh viện đã dùng bệnh án điện tử.") == [
        ("27 bệnh viện", "…bệnh viện"),
        ("4 bệnh viện", "…bệnh viện đã dùng bệnh án điện tử"),
    ]
    first, second = find_statements("241 trạm y tế cấp xã, 198 trạm y tế sử dụng phần mềm chung.")
    assert "sử dụng" not in first.indicator
    assert (first.level, second.level) == (Level.COMMUNE, Level.COMMUNE)


def test_shares_of_a_kind_have_one_predicate():
    text = "90% hồ sơ tại cấp tỉnh, 80% hồ sơ tại cấp huyện được xử lý trên mạng."
    assert [s.indicator for s in find_statements(text)] == ["hồ sơ được xử lý trên mạng"] * 2


def test_levels_of_one_sentence():
    found = find_statements(
        "Tỷ lệ số hóa đạt tối thiểu 70% đối với cấp tỉnh, 60% đối với cấp huyện, 55% đối với cấp xã."
    )
    assert [(str(s.match.quantity.value), s.level, s.comparator.value) for s in found] == [
        ("70", Level.PROVINCE, ">="), ("60", Level.DISTRICT, ">="), ("55", Level.COMMUNE, ">="),
    ]  # fmt: skip
    assert {s.indicator for s in found} == {"Tỷ lệ số hóa"}


def test_a_label_names_what_follows_it():
    text = "Tỷ lệ hồ sơ đúng hạn: cấp tỉnh trên 98%, cấp huyện trên 97%."
    assert [(s.indicator, s.level) for s in find_statements(text)] == [
        ("Tỷ lệ hồ sơ đúng hạn", Level.PROVINCE), ("Tỷ lệ hồ sơ đúng hạn", Level.DISTRICT),
    ]  # fmt: skip
    assert told("Tỷ lệ thu gom chất thải: đô thị 86%; nông thôn 65%.") == [
        ("86%", "Tỷ lệ thu gom chất thải: đô thị…"),
        ("65%", "Tỷ lệ thu gom chất thải: nông thôn…"),
    ]


def test_a_change_is_said_of_what_came_before_it():
    text = "Doanh thu đạt 96 tỷ đồng, gấp 1,8 lần năm 2022; thu ngân sách 17 tỷ đồng, đạt 72% dự toán."
    assert [indicator for _, indicator in told(text)] == [
        "Doanh thu…", "Doanh thu gấp…", "thu ngân sách…", "thu ngân sách …dự toán",
    ]  # fmt: skip
    assert told("Năm 2024 tỉnh đón 3 triệu lượt khách, vượt 8% so với kế hoạch.")[1][1].startswith(
        "tỉnh đón lượt khách"
    )


def test_a_measure_that_cannot_stand_alone_is_of_the_thing_before_it():
    text = "Cấp mới 64 dự án với tổng vốn đăng ký 23.400 tỷ đồng."
    assert [indicator for _, indicator in told(text)] == [
        "Cấp mới …dự án",
        "Cấp mới dự án: tổng vốn đăng ký…",
    ]
    text = "Đón 7 triệu lượt khách, tổng thu từ khách du lịch đạt 8.200 tỷ đồng."
    assert told(text)[1][1] == "tổng thu từ khách du lịch…"


def test_words_that_lean_on_what_was_said_before_are_resolved():
    text = "Tỷ lệ hồ sơ nộp trực tuyến đạt 68%, kế hoạch giao là 60%; năm 2023 tỷ lệ này là 53%."
    assert [indicator for _, indicator in told(text)] == [
        "Tỷ lệ hồ sơ nộp trực tuyến…",
        "Tỷ lệ hồ sơ nộp trực tuyến kế hoạch giao…",
        "Tỷ lệ hồ sơ nộp trực tuyến…",
    ]
    text = "Tỉnh có 440 doanh nghiệp công nghệ số. Doanh thu của các doanh nghiệp này đạt 900 tỷ đồng."
    assert told(text)[1][1] == "Doanh thu của các doanh nghiệp công nghệ số…"


def test_what_a_sum_is_made_up_of_stands_behind_its_colon():
    text = (
        "Quy hoạch cần 700 tỷ đồng vốn: ngân sách Trung ương góp 40 tỷ đồng; ngân sách tỉnh góp 44 tỷ đồng."
    )
    assert [indicator for _, indicator in told(text)][1:] == [
        "ngân sách Trung ương góp…",
        "ngân sách tỉnh góp…",
    ]


def test_a_grade_is_no_count_and_a_place_no_lead_in():
    assert len(told("100% sản phẩm OCOP từ 3 sao trở lên được đưa lên sàn thương mại điện tử.")) == 1
    assert told("Cần Thơ thuộc nhóm 5 địa phương dẫn đầu cả nước.")[0][1].startswith("Cần Thơ")


def test_what_is_listed_respectively_is_paired():
    found = find_statements("Tỷ lệ phòng học kiên cố các năm 2021, 2022, 2023 lần lượt đạt 82%, 88% và 95%.")
    assert [(str(s.match.quantity.value), s.time and s.time.first) for s in found] == [
        ("82", 2021), ("88", 2022), ("95", 2023),
    ]  # fmt: skip
    assert {s.indicator for s in found} == {"Tỷ lệ phòng học kiên cố"}


def test_counts_in_brackets_are_of_what_stands_before():
    found = find_statements("Tỷ lệ xã đạt chuẩn là 50% (8 xã).")
    assert [s.indicator for s in found] == ["Tỷ lệ xã đạt chuẩn"] * 2


def test_labels_tell_whether_they_measure():
    assert is_measure("Tỷ lệ trường đạt chuẩn") and not is_measure("Khu vực nông thôn")
    assert short_label("Khu vực nông thôn") and not short_label("Hộ được dùng nước sạch")
    assert is_generic("2. Các mục tiêu cụ thể đến năm 2025:") and not is_generic("Tỷ lệ trường đạt chuẩn:")
    assert clean_label("- Tỷ lệ trường đạt chuẩn đến năm 2025:") == "Tỷ lệ trường đạt chuẩn"
    assert completed("Khu vực nông thôn", "Tỷ lệ hộ nghèo") == "Tỷ lệ hộ nghèo: Khu vực nông thôn"
    assert (
        completed("Cấp tỉnh và cấp huyện", "Điểm du lịch có wifi")
        == "Điểm du lịch có wifi: Cấp tỉnh và cấp huyện"
    )
    assert completed("Tỷ lệ hộ nghèo", "Tỷ lệ khác") == "Tỷ lệ hộ nghèo"
