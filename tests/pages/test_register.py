import io
import zipfile
from decimal import Decimal

import pytest

from domain.figures import Comparator, Level, Quantity, Role
from pages.parts.phrases import amount, circumstances
from pages.parts.register import Choice, projects, series
from prompts.wording import Wording
from tests.pages.samples import figure

VI, EN = Wording("vi"), Wording("en")


def money(value, unit="tỷ đồng", scale=10**9):
    return Quantity(Decimal(value), unit, Decimal(value) * scale, "đồng")


@pytest.mark.parametrize(
    ("quantity", "vietnamese", "english"),
    [
        (Quantity(Decimal(95), "%", Decimal(95), "%", Comparator.GREATER), "trên 95%", "over 95%"),
        (
            Quantity(Decimal("592300"), "tỷ đồng", None, "đồng", Comparator.ABOUT),
            "khoảng 592.300 tỷ đồng",
            "about 592,300 tỷ đồng",
        ),
        (Quantity(Decimal("44.5"), "tỷ đồng", None, "đồng"), "44,5 tỷ đồng", "44.5 tỷ đồng"),
        (Quantity(Decimal(5), "%", Decimal(5), "%", Comparator.RANGE, Decimal(10)), "5 – 10%", "5 – 10%"),
    ],
)
def test_an_amount_is_written_in_the_readers_form(quantity, vietnamese, english):
    assert amount(quantity, VI) == vietnamese
    assert amount(quantity, EN) == english


def test_circumstances_name_what_is_known():
    assert circumstances(figure(level=Level.COMMUNE), VI) == "đến năm 2030 · cấp xã · Bắc Giang"
    assert circumstances(figure(year=None, period=(2016, 2020), place=None), VI) == "2016 – 2020"


def test_filters_exclude():
    target = figure()
    assert Choice().holds(target)
    assert Choice(text="nop THUE", places=("Bắc Giang",), years=(2030,), roles=("target",)).holds(target)
    assert not Choice(text="học sinh").holds(target)
    assert not Choice(places=("Bắc Ninh",)).holds(target)
    assert not Choice(levels=("xã",)).holds(target)
    assert not Choice(years=(2020,)).holds(target)
    assert Choice(years=(2018,)).holds(figure(year=None, period=(2016, 2020)))
    assert not Choice(years=(2018,)).holds(figure(year=None))


def test_an_indicator_over_years_is_one_series_in_one_unit():
    found = series(
        [
            figure(indicator="Giá trị sản xuất", quantity=money(53, "nghìn tỷ đồng", 10**12), year=2020),
            figure(indicator="giá trị sản xuất", quantity=money(592300), year=2030),
            figure(indicator="một mình"),
            figure(indicator="Vốn", row="Dự án", quantity=money(1)),
        ],
        VI,
    )
    (one,) = found
    assert one.name == "Giá trị sản xuất"
    assert one.unit == "nghìn tỷ đồng"
    assert [(point.time, point.value) for point in one.points] == [("2020", 53.0), ("2030", 592.3)]


def test_the_same_figure_of_two_documents_is_one_point():
    assert not series([figure(), figure(document_id="b" * 64)], VI)


def test_projects_come_with_the_largest_first_and_their_funds():
    rows = [
        figure(row="Nhỏ", role=Role.BUDGET, quantity=money(1), attributes=(("Nguồn vốn", "Ngân sách tỉnh"),)),
        figure(row="Lớn", role=Role.BUDGET, quantity=money(140)),
        figure(),
    ]
    assert [(project.name, project.funds) for project in projects(rows, VI)] == [
        ("Lớn", "–"),
        ("Nhỏ", "Ngân sách tỉnh"),
    ]


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path):
    from domain.documents import DocumentKind, Passage, PassageKind, Source
    from pages.parts.register import to_excel

    class View:
        def source(self, document_id):
            return Source(document_id, "a.txt", "=1+1", DocumentKind.PLAN)

        def passage(self, passage_id):
            return Passage(passage_id, "a" * 64, 0, PassageKind.PROSE, (), "Đạt trên 95%.")

    written = to_excel(View(), [figure(indicator='=HYPERLINK("http://example.com")')], VI)
    sheet = zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>95</v>" in sheet
