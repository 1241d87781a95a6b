"""Rows of pipe tables without outer bars, and columns that say a level or a rate of the column before."""

from __future__ import annotations

import pytest

from domain.figures import Figure, Level
from ingest.figures import extract_figures
from ingest.passages import make_passages
from ingest.reading import read_document


@pytest.fixture
def figures(write):
    """The figures of a Markdown file with this text."""

    def read(text: str) -> tuple[Figure, ...]:
        document = read_document(write("a.md", text), "a.md")
        return tuple(extract_figures(document.source, make_passages(document)))

    return read


def test_rows_without_outer_bars_whose_first_cell_is_empty(write):
    text = "TT | Việc | Số tiền\n---|---|---\n1 | Mắc loa | 90\n | Thay pin | 15\n2 | Sửa trạm | \n | Cộng | 105\n"
    document = read_document(write("a.md", text), "a.md")
    assert [block.cells for block in document.blocks if block.cells] == [
        ("1", "Mắc loa", "90"),
        ("", "Thay pin", "15"),
        ("2", "Sửa trạm", ""),
        ("", "Cộng", "105"),
    ]


def test_a_column_of_levels_gives_its_figures_their_level(figures):
    table = """# Báo cáo máy tính tỉnh Sơn La năm 2024

| TT | Chỉ tiêu | Cấp | Kết quả (%) |
|----|----------|-----|-------------|
| 1 | Công chức có máy tính | Tỉnh | 100 |
| 2 | Công chức có máy tính | Huyện | 93 |
| 3 | Công chức có máy tính | Xã | 71 |
"""
    assert {str(figure.quantity.value): figure.level for figure in figures(table)} == {
        "100": Level.PROVINCE,
        "93": Level.DISTRICT,
        "71": Level.COMMUNE,
    }


def test_a_bare_rate_is_called_by_the_column_before(figures):
    table = """# Báo cáo máy tính tỉnh Sơn La năm 2024

| TT | Huyện | Máy đã cài phần mềm (máy) | Tỷ lệ (%) |
|----|-------|---------------------------|-----------|
| 1 | Mường La | 246 | 60,0 |
"""
    rate = next(figure for figure in figures(table) if figure.quantity.unit == "%")
    assert rate.indicator == "Tỷ lệ (Máy đã cài phần mềm): Mường La"
