"""The scorer of figures: found by place, judged field by field, and able to find fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from evals.extraction import FIELDS, Mark, compare, file_text, holds, passage_starts, place_of, scores
from tests.evals.samples import figure_at, passage

TEXT = "**Mục tiêu**\n\nĐến năm 2030: *trên 95%* doanh nghiệp;\n- 95% hợp tác xã."
FIRST, SECOND = "Đến năm 2030: trên 95% doanh nghiệp;", "95% hợp tác xã."


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "value": "95",
        "value_max": None,
        "date": None,
        "unit": "%",
        "comparator": ">",
        "year": 2030,
        "period": None,
        "relative_to": None,
        "place": "Bắc Giang",
        "level": None,
        "role": "target",
    } | changes


def got(**changes: Any) -> dict[str, Any]:
    return facts(value=95, indicator="doanh nghiệp nộp thuế") | changes


def test_a_figure_is_found_where_it_stands_whatever_the_markup() -> None:
    passages = [passage(0, FIRST), passage(1, SECOND)]
    starts = passage_starts(TEXT, passages)
    places = [place_of(figure_at(one, "95%"), one, starts[one.passage_id], TEXT) for one in passages]
    assert places == [TEXT.index("95"), TEXT.rindex("95")]


def test_precision_and_recall_count_what_was_missed_and_what_was_invented() -> None:
    marks = [Mark("a", place, facts(), optional=False) for place in (1, 2, 3)]
    marks.append(Mark("a", 4, facts(), optional=True))
    found = compare(marks, [("a", 1, got()), ("a", 2, got(level="xã")), ("a", 4, got()), ("a", 9, got())])
    by_field = {score.field: score for score in scores(found)}
    assert (by_field["found"].right, by_field["found"].extracted, by_field["found"].marked) == (2, 3, 3)
    assert by_field["level"].precision == pytest.approx(1 / 3)
    assert by_field["level"].recall == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("value and unit", {"value": 90}),
        ("value and unit", {"unit": "%/năm"}),
        ("value and unit", {"value_max": 97}),
        ("year", {"year": 2020}),
        ("year", {"period": [2021, 2030]}),
        ("place", {"place": "Bắc Ninh"}),
        ("level", {"level": "xã"}),
        ("comparator", {"comparator": "="}),
        ("role", {"role": "result"}),
        ("relative to", {"relative_to": 2020}),
        ("indicator", {"indicator": "hợp tác xã"}),
    ],
)
def test_a_field_read_wrongly_spoils_that_field_alone(field: str, change: dict[str, Any]) -> None:
    marked, read = facts(about="doanh nghiệp"), got(**change)
    assert [name for name in FIELDS if not holds(name, marked, read)] == [field]


def test_a_mark_may_allow_several_readings() -> None:
    marked = facts(year={"any": [None, 2030]})
    assert holds("year", marked, got(year=None)) and holds("year", marked, got())
    assert not holds("year", marked, got(year=2025))


def test_a_date_is_compared_as_a_date() -> None:
    marked = facts(value=None, date="2023-06-01", unit={"any": ["", None]})
    assert holds("value and unit", marked, got(value=None, date="2023-06-01", unit=""))
    assert not holds("value and unit", marked, got(value=None, date="2023-06-02", unit=""))


def test_a_word_file_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "một", "5%"
    document.add_paragraph("Sau bảng")
    document.save(str(tmp_path / "a.docx"))
    assert file_text(tmp_path / "a.docx") == "Trước bảng\nmột\t5%\nSau bảng"


def test_the_indicator_is_scored_only_where_it_is_marked() -> None:
    silent = compare([Mark("a", 1, facts(), optional=False)], [("a", 1, got())])
    assert "indicator" not in {score.field for score in scores(silent)}
    naming = [Mark("a", place, facts(about="hợp tác xã"), optional=False) for place in (1, 2)]
    found = compare(naming, [("a", 1, got(indicator="số hợp tác xã")), ("a", 2, got())])
    indicator = next(score for score in scores(found) if score.field == "indicator")
    assert (indicator.right, indicator.extracted, indicator.marked) == (1, 2, 2)
