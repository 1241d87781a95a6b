"""Verdicts on claims over the shipped digests: what holds is confirmed, and nothing false is."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chain.checking import Checker
from chain.knowledge import Knowledge
from domain.claims import CheckedClaim, Reason, Verdict
from domain.figures import Comparator, Figure, Quantity, Role
from domain.interchange import check_json
from prompts.wording import Wording
from vietnamese.quantities import format_quantity

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def checker(knowledge: Knowledge) -> Checker:
    return Checker(knowledge, Wording("vi"), TODAY)


def first(checker: Checker, text: str) -> CheckedClaim:
    return checker.check(text).claims[0]


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("Đến năm 2020, trên 60% doanh nghiệp Bắc Giang tham gia website thương mại điện tử.", "supported", None),
        ("Đến năm 2030, trên 60% doanh nghiệp Bắc Giang tham gia website thương mại điện tử.", "contradicted", "value"),
        ("Dự án nâng cấp Trung tâm Tích hợp dữ liệu của tỉnh có vốn 45 triệu đồng.", "contradicted", "unit"),
        ("Đến năm 2030, dưới 95% doanh nghiệp Bắc Giang nộp thuế qua mạng.", "contradicted", "comparator"),
        ("Đến năm 2035, trên 95% doanh nghiệp Bắc Giang nộp thuế qua mạng.", "not_supported", "year"),
        ("Đến năm 2030, trên 95% doanh nghiệp Bắc Ninh nộp thuế qua mạng.", "not_supported", "place"),
        ("Năm 2021, Bắc Giang phấn đấu xử lý trên mạng 90% hồ sơ công việc.", "not_supported", "level"),
        ("Năm 2023, 90% người dân Bắc Giang đã có hồ sơ sức khỏe điện tử.", "not_supported", "role"),
        ("Năm 2023, 90% doanh nghiệp Bắc Giang có hồ sơ sức khỏe điện tử.", "not_found", "indicator"),
        ("Đến năm 2030, trên 95% doanh nghiệp Bắc Giang không nộp thuế qua mạng.", "contradicted", "indicator"),
        ("Bắc Giang sẽ có 12 khu công nghiệp vào năm 2025.", "not_found", None),
        ("Kế hoạch chuyển đổi số Bắc Ninh do ông Vương Quốc Tuấn ký.", "supported", None),
        ("Kế hoạch chuyển đổi số Bắc Ninh do ông Nguyễn Văn Linh ký.", "contradicted", "person"),
        ("Quyết định 472/QĐ-UBND được ban hành ngày 13/3/2016.", "contradicted", "date"),
        ("Kế hoạch chuyển đổi số tỉnh Bắc Ninh mang số 446/KH-UBND.", "contradicted", "number"),
        (
            "Theo Kế hoạch 6649/KH-UBND, đến năm 2030 trên 95% doanh nghiệp Bắc Giang nộp thuế qua mạng.",
            "not_supported",
            "number",
        ),
    ],
)  # fmt: skip
def test_a_verdict_for_every_reason(checker: Checker, text: str, verdict: str, reason: str | None) -> None:
    checked = first(checker, text)
    assert (checked.verdict.value, checked.reason and checked.reason.value) == (verdict, reason)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("đạt gần 600 nghìn tỷ đồng", Verdict.SUPPORTED),
        ("đạt khoảng 592 nghìn tỷ đồng", Verdict.SUPPORTED),
        ("đạt 600 nghìn tỷ đồng", Verdict.CONTRADICTED),
        ("đạt khoảng 650 nghìn tỷ đồng", Verdict.CONTRADICTED),
    ],
)
def test_a_rounded_figure_must_say_so_and_be_right(checker: Checker, text: str, verdict: Verdict) -> None:
    claim = f"Đến năm 2030, tổng giá trị sản xuất công nghiệp và dịch vụ CNTT Bắc Giang {text}."
    assert first(checker, claim).verdict is verdict


def test_another_comparator_is_noted(checker: Checker) -> None:
    checked = first(checker, "Đến năm 2030, 95% doanh nghiệp Bắc Giang nộp thuế qua mạng.")
    assert checked.verdict is Verdict.SUPPORTED
    assert checked.note and "trên 95%" in checked.note


def test_a_total_of_rows_is_shown_beside_the_stated_one(checker: Checker) -> None:
    checked = first(checker, "Nhu cầu vốn để thực hiện quy hoạch CNTT Bắc Giang là 700,4 tỷ đồng.")
    assert checked.figure and checked.figure.computed
    assert checked.note and "700 tỷ đồng" in checked.note


def test_a_superlative_is_checked_over_the_table(checker: Checker) -> None:
    true = "Dự án xây dựng hệ thống giao thông thông minh ở Bắc Giang có vốn {} 98 tỷ đồng."
    assert first(checker, true.format("")).verdict is Verdict.SUPPORTED
    assert first(checker, true.format("lớn nhất,")).verdict is not Verdict.SUPPORTED


# ----- laws over the whole register ----------------------------------------------------------------------


def stated(
    figure: Figure, quantity: Quantity | None = None, year: int | None = None, place: str | None = None
) -> str:
    """A sentence that states the figure, or a changed one."""
    at = figure.quantity_at if figure.quantity_at is not None else len(figure.indicator)
    before, after = figure.indicator[:at].strip(), figure.indicator[at:].strip()
    when = f"Đến năm {year or figure.year}, " if figure.year else ""
    level = f"ở cấp {figure.level.value} " if figure.level else ""
    value = format_quantity(quantity or figure.quantity)
    return f"{when}tỉnh {place or figure.place}, {before} {level}{value} {after}.".replace("  ", " ")


@pytest.fixture(scope="module")
def shares(knowledge: Knowledge) -> list[Figure]:
    return [
        figure
        for figure in knowledge.figures
        if figure.quantity.base_unit == "%" and figure.row is None and figure.year and figure.place
    ]


def verdicts(checker: Checker, texts: list[str]) -> list[Verdict]:
    return [claim.verdict for text in texts for claim in checker.check(text).claims[:1]]


def test_what_the_plans_state_is_supported(checker: Checker, shares: list[Figure]) -> None:
    found = verdicts(checker, [stated(figure) for figure in shares])
    assert found.count(Verdict.SUPPORTED) >= 0.95 * len(shares)


def test_no_other_value_is_supported(checker: Checker, shares: list[Figure]) -> None:
    def changed(figure: Figure) -> Quantity:
        value = (figure.quantity.value or Decimal(0)) * Decimal("0.8")
        return replace(figure.quantity, value=value.quantize(Decimal(1)) if value > 2 else value)

    assert Verdict.SUPPORTED not in verdicts(checker, [stated(f, changed(f)) for f in shares])


def test_no_other_year_is_supported(checker: Checker, shares: list[Figure]) -> None:
    assert Verdict.SUPPORTED not in verdicts(checker, [stated(f, year=(f.year or 0) + 4) for f in shares])


def test_no_other_place_is_supported(checker: Checker, shares: list[Figure]) -> None:
    assert Verdict.SUPPORTED not in verdicts(checker, [stated(f, place="Cà Mau") for f in shares])


def test_no_opposite_comparator_is_supported(checker: Checker, shares: list[Figure]) -> None:
    greater = [figure for figure in shares if figure.quantity.comparator is Comparator.GREATER]
    texts = [stated(f, replace(f.quantity, comparator=Comparator.LESS)) for f in greater]
    assert greater and Verdict.SUPPORTED not in verdicts(checker, texts)


def test_no_target_is_supported_as_a_result(checker: Checker, shares: list[Figure]) -> None:
    targets = [figure for figure in shares if figure.role is Role.TARGET]
    texts = [stated(figure).removesuffix(".") + " đã đạt được trên thực tế." for figure in targets]
    assert targets and Verdict.SUPPORTED not in verdicts(checker, texts)


# ----- the report ----------------------------------------------------------------------------------------


def test_what_is_not_supported_has_a_reason_and_evidence(checker: Checker, shares: list[Figure]) -> None:
    for figure in shares[:20]:
        checked = first(checker, stated(figure, place="Cà Mau"))
        if checked.verdict is Verdict.NOT_SUPPORTED:
            assert checked.reason is Reason.PLACE
            assert checked.evidence and checked.note and checked.figure


def test_quotations_stand_in_their_passages(checker: Checker, shares: list[Figure]) -> None:
    for figure in shares:
        for citation in first(checker, stated(figure)).evidence:
            assert citation.quote in citation.passage.text


def test_keys_are_given_once_a_quotation(checker: Checker) -> None:
    text = "Đến năm 2030, trên 95% doanh nghiệp Bắc Giang nộp thuế qua mạng. Đến năm 2030, tỷ lệ này là trên 90%."
    cited = [citation for claim in checker.check(text).claims for citation in claim.evidence]
    assert len({citation.key for citation in cited}) == len({(c.passage.passage_id, c.quote) for c in cited})


def test_the_same_text_gives_the_same_report(knowledge: Knowledge) -> None:
    text = "Năm 2023, 90% người dân Bắc Giang có hồ sơ sức khỏe điện tử. Trên 80% doanh nghiệp dùng hợp đồng điện tử."
    reports = [check_json(Checker(knowledge, Wording("vi"), TODAY).check(text)) for _ in range(2)]
    assert reports[0] == reports[1]


def test_progress_is_told_to_the_end(checker: Checker) -> None:
    told: list[tuple[int, int]] = []
    checker.check(
        "Năm 2023, 90% người dân Bắc Giang có hồ sơ sức khỏe điện tử.", lambda *done: told.append(done)
    )
    assert told == [(0, 1), (1, 1)]


def test_an_empty_text_has_no_claims(checker: Checker) -> None:
    report = checker.check(" \n ")
    assert (report.claims, report.unchecked) == ((), 0)


def test_an_article_is_checked_quickly(checker: Checker, shares: list[Figure]) -> None:
    article = " ".join(stated(figure) for figure in (shares * 3)[:120]) + " Chuyển đổi số là xu thế." * 200
    assert len(article.split()) > 3000
    started = time.process_time()
    checker.check(article)
    assert time.process_time() - started < 4  # seconds of one core
