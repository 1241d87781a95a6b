"""Names of districts and communes as rows have them: with the kind in full, shortened or left out."""

from __future__ import annotations

import pytest

from vietnamese.units_of_place import is_unit_of_place, kind_of, own_name, says, spoken


@pytest.mark.parametrize(
    ("label", "kind", "name"),
    [
        ("Huyện Tân Hưng", "huyen", "tan hung"),
        ("TX. Sông Cầu", "thi xa", "song cau"),
        ("TP Tuy Hòa", "thanh pho", "tuy hoa"),
        ("H. Phú Hòa", "huyen", "phu hoa"),
        ("Lạc Thủy", "", "lac thuy"),
        ("Huyện", "huyen", "huyen"),
    ],
)
def test_a_row_is_told_by_its_kind_and_its_own_name(label, kind, name):
    assert (kind_of(label), own_name(label)) == (kind, name)


def test_a_numbered_heading_is_no_district():
    assert kind_of("H. Nội dung khác") == ""
    assert not is_unit_of_place("H. Nội dung khác")


def test_a_name_is_said_in_full_or_not_at_all():
    assert says(spoken("Phú Hòa đạt bao nhiêu?"), own_name("H. Phú Hòa"))
    assert not says(spoken("Đông Phú đạt bao nhiêu?"), own_name("H. Phú Hòa"))
