import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.answers import Answer, AnswerFigure, Citation, Hit, Removed, Status
from domain.documents import About, DocumentKind, Passage, PassageKind, ReadWarning, Source
from domain.figures import Comparator, Figure, Level, Quantity, Role
from domain.interchange import (
    FIGURE_COLUMNS,
    answer_json,
    figure_with_citation_json,
    flat_figure,
    json_number,
    plain_decimal,
    report_json,
    search_json,
    source_json,
)
from domain.reports import Failure, IngestReport

SOURCE = Source(
    document_id="a" * 64,
    source="quyet-dinh.pdf",
    title="Quy hoạch",
    kind=DocumentKind.DECISION,
    number="472/QĐ-UBND",
    issuer="UBND tỉnh Bắc Giang",
    issued_on=date(2016, 3, 31),
    place="Bắc Giang",
)
PASSAGE = Passage(
    "aaaaaaaaaaaaaaaa-0000",
    SOURCE.document_id,
    0,
    PassageKind.PROSE,
    ("III. Định hướng", "2. Ứng dụng"),
    "Nộp thuế qua mạng trên 95%.",
    page=7,
)
FIGURE = Figure(
    "f1",
    SOURCE.document_id,
    PASSAGE.passage_id,
    "doanh nghiệp nộp thuế qua mạng",
    Quantity(Decimal("95.0"), "%", Decimal("95.0"), "%", Comparator.GREATER),
    Role.TARGET,
    (18, 26),
    (0, 27),
    year=2030,
    place="Bắc Giang",
    level=Level.PROVINCE,
)


def test_an_answer_has_the_keys_of_the_design_in_its_order():
    answer = Answer(
        question="Còn 2030?",
        standalone_question="Nộp thuế qua mạng 2030?",
        status=Status.ANSWERED,
        text="**Trên 95%** [1]",
        citations=(Citation(1, SOURCE, PASSAGE, "Nộp thuế qua mạng trên 95%."),),
        figures=(AnswerFigure(FIGURE, (1,)),),
        removed=(Removed("96%", "number"),),
        total_ms=1.23456,
    )
    written = answer_json(answer, "q1")
    assert list(written) == [
        "id",
        "question",
        "standalone_question",
        "status",
        "mode",
        "text",
        "citations",
        "figures",
        "nearest",
        "suggestions",
        "model",
        "prompt_version",
        "fallback",
        "removed",
        "timings_ms",
    ]
    assert list(written["citations"][0]) == [
        "key",
        "document_id",
        "number",
        "title",
        "kind",
        "issuer",
        "issued_on",
        "place",
        "about",
        "digest",
        "path",
        "page",
        "quote",
        "source",
        "passage_id",
    ]
    assert written["figures"][0] == {
        "indicator": "doanh nghiệp nộp thuế qua mạng",
        "role": "target",
        "comparator": ">",
        "value": 95,
        "value_max": None,
        "unit": "%",
        "amount": "95",
        "base_unit": "%",
        "date": None,
        "year": 2030,
        "period": None,
        "relative_to": None,
        "place": "Bắc Giang",
        "level": "tỉnh",
        "computed": False,
        "citations": [1],
    }
    assert written["removed"] == [{"text": "96%", "reason": "number"}]
    assert written["timings_ms"] == {"total": 1.235}
    assert json.loads(json.dumps(written, ensure_ascii=False)) == written


def test_about_and_digest_reach_the_citation():
    about = About("6649/KH-UBND", DocumentKind.PLAN, issued_on=date(2022, 12, 30))
    page = Source("b" * 64, "trang.html", "Tin", DocumentKind.NEWS, about=about, digest_of="Tin gốc")
    written = source_json(page)
    assert written["about"]["number"] == "6649/KH-UBND"
    assert written["about"]["issued_on"] == "2022-12-30"
    assert written["digest"] is True
    assert written["number"] is None


def test_a_date_has_a_null_value():
    figure = Figure(
        "f2",
        SOURCE.document_id,
        PASSAGE.passage_id,
        "hoàn thành",
        Quantity(None, "", None, "", date=date(2023, 6, 1)),
        Role.TARGET,
        (0, 1),
        (0, 1),
    )
    written = figure_with_citation_json(figure, SOURCE, PASSAGE, PASSAGE.text)
    assert (written["value"], written["amount"], written["date"]) == (None, None, "2023-06-01")
    assert written["citation"]["quote"] == PASSAGE.text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**30), max_value=10**30))
def test_a_decimal_survives_as_plain_text(value: Decimal):
    text = plain_decimal(value)
    assert text is not None
    assert Decimal(text) == value
    assert "E" not in text.upper()
    assert "." not in text or text[-1] not in "0."


def test_a_whole_value_is_a_whole_json_number():
    assert json.dumps([json_number(Decimal("95.0")), json_number(Decimal("44.5")), json_number(None)]) == (
        "[95, 44.5, null]"
    )
    assert json_number(Decimal("5.3E+13")) == 53_000_000_000_000


def test_search_results():
    assert search_json([Hit(PASSAGE, 1.5)], {SOURCE.document_id: SOURCE.source}, 7) == {
        "id": 7,
        "results": [
            {
                "passage_id": PASSAGE.passage_id,
                "source": "quyet-dinh.pdf",
                "score": 1.5,
                "path": list(PASSAGE.path),
                "page": 7,
                "text": PASSAGE.text,
            }
        ],
    }


def test_a_report_has_exactly_the_keys_of_the_design():
    report = IngestReport(
        added=("a.txt",),
        failed=(Failure("b.pdf", "file_broken", (("detail", "x"),)),),
        warnings=(ReadWarning("a.txt", "page_without_text", 2),),
        passages=3,
        figures=2,
        seconds=0.5,
    )
    written = report_json(report, lambda code, values: f"{code} {sorted(values)}", lambda code, values: code)
    assert list(written) == [
        "added",
        "unchanged",
        "replaced",
        "removed",
        "failed",
        "warnings",
        "passages",
        "figures",
        "seconds",
    ]
    assert written["failed"] == [
        {"source": "b.pdf", "code": "file_broken", "message": "file_broken ['detail', 'source']"}
    ]
    assert written["warnings"] == [
        {"source": "a.txt", "page": 2, "code": "page_without_text", "message": "page_without_text"}
    ]


def test_a_csv_row_has_a_column_for_each_field_whatever_is_null():
    with_about = Source("b" * 64, "t", "=HYPERLINK(1)", DocumentKind.NEWS, about=About("1/KH-UBND", None))
    rows = [
        flat_figure(figure_with_citation_json(FIGURE, source, PASSAGE, PASSAGE.text))
        for source in (SOURCE, with_about)
    ]
    assert list(rows[0]) == list(rows[1]) == list(FIGURE_COLUMNS)
    assert rows[0]["citation_path"] == "III. Định hướng > 2. Ứng dụng"
    assert rows[0]["comparator"] == ">"
    assert rows[1]["citation_title"] == "'=HYPERLINK(1)"
    assert rows[1]["citation_about_number"] == "1/KH-UBND"
