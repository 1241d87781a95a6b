"""Levels and provinces named in text, accented and not."""

from __future__ import annotations

import pytest

from domain.figures import Level
from vietnamese.levels import find_levels, find_loose_levels
from vietnamese.places import find_places, localities_in, merger_of, spots_in


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("90% tại cấp tỉnh, 80% tại cấp huyện và 60% tại cấp xã", [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]),
        ("bệnh viện tuyến huyện", [Level.DISTRICT]),
        ("cap xa dat 55%", [Level.COMMUNE]),
        ("kinh tế - xã hội, hợp tác xã", []),
    ],
)  # fmt: skip
def test_levels(text, levels):
    assert [level for level, _ in find_levels(text)] == levels


def test_loose_levels_leave_society_alone():
    assert find_loose_levels("xã hội và hợp tác xã") == ()
    assert [level for level, _ in find_loose_levels("huyện thì sao")] == [Level.DISTRICT]


@pytest.mark.parametrize("text", ["tỉnh Thái Nguyên", "tinh thai nguyen", "THÁI NGUYÊN"])
def test_places(text):
    assert [place for place, _ in find_places(text)] == ["Thái Nguyên"]


def test_the_president_is_no_city():
    assert find_places("ngày sinh Chủ tịch Hồ Chí Minh") == ()
    assert find_places("Thành phố Hồ Chí Minh")


def test_mergers_name_what_became_of_a_province():
    merger = merger_of("Quảng Nam")
    assert merger and merger.successor == "Đà Nẵng"
    assert merger_of("Lạng Sơn") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Vĩnh Châu có bao nhiêu hộ dùng chữ ký số?", ("Vĩnh Châu",)),
        ("Theo Quyết định 472 thì Na Hang có mấy trạm?", ("Na Hang",)),
        ("Còn Bảo Lộc?", ("Bảo Lộc",)),
        ("Bắc Giang và Thái Bình, tỉnh nào cao hơn?", ()),
        ("Cổng Dịch vụ công của Sở Thông tin có mấy thủ tục?", ()),
        ("lộc bình có mấy tổ", ()),
    ],
)
def test_names_without_their_kind(text: str, named: tuple[str, ...]):
    assert spots_in(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("xã Tân Lập đạt bao nhiêu?", ("Tân Lập",)),
        ("cấp xã Bắc Giang đạt bao nhiêu?", ()),
        ("Cấp huyện Sơn La đạt bao nhiêu?", ()),
    ],
)
def test_a_level_before_a_province_names_no_commune(text: str, named: tuple[str, ...]):
    assert localities_in(text) == named
