"""Amounts that lie near what is asked and are not it: no monthly one, of a whole period, a count, earnings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chain.assistant import Assistant
from domain.answers import Status
from tests.chain.conftest import assistant_on

PLAN = """# Kế hoạch bán hàng số tỉnh Hà Nam giai đoạn 2025-2028

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 64/KH-UBND.

## Chính sách

- Mỗi tổ bán hàng số được hỗ trợ 12 triệu đồng để mua máy tính bảng.

## Kinh phí

Tổng kinh phí thực hiện giai đoạn 2025-2028 là 48 tỷ đồng.

## Tình hình

- Công an tỉnh tiếp nhận 63 vụ lừa đảo qua mạng, thiệt hại 17,3 tỷ đồng.

- Doanh thu của các làng nghề qua mạng đạt 82 tỷ đồng.
"""

MONTHLY = """# Kế hoạch phát thanh số tỉnh Hà Nam năm 2025

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 65/KH-UBND.

## Chính sách

- Người trực đài xã được hỗ trợ 300.000 đồng/tháng.

- Người trực đài xã được hỗ trợ 2 triệu đồng để mua máy ghi âm.
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "ha-nam.md", PLAN)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Mỗi tổ bán hàng số được hỗ trợ bao nhiêu tiền?", "12"),
        ("Kinh phí thực hiện giai đoạn 2025-2028 là bao nhiêu?", "48"),
        ("Có bao nhiêu vụ lừa đảo qua mạng?", "63"),
        ("Các vụ lừa đảo qua mạng gây thiệt hại bao nhiêu?", "17.3"),
        ("Doanh thu của các làng nghề qua mạng là bao nhiêu?", "82"),
    ],
)
def test_the_amount_that_is_asked_for_is_stated(plan: Assistant, question: str, value: str):
    assert [stated.figure.quantity.value for stated in plan.ask(question).figures] == [Decimal(value)]


@pytest.mark.parametrize(
    "question",
    [
        "Mỗi tổ bán hàng số mỗi tháng được hỗ trợ bao nhiêu tiền?",
        "Hằng tháng mỗi tổ bán hàng số được hỗ trợ mấy triệu?",
        "Năm 2026 kinh phí thực hiện kế hoạch là bao nhiêu?",
        "Năm 2028 kế hoạch chi bao nhiêu tiền?",
        "Các làng nghề qua mạng tốn bao nhiêu kinh phí?",
    ],
    ids=["a month", "each month", "a year within", "the last year", "costs"],
)
def test_an_amount_of_something_else_is_no_answer(plan: Assistant, question: str):
    answer = plan.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures


def test_what_is_paid_each_month_is_told_from_what_is_paid_once(tmp_path: Path):
    assistant = assistant_on(tmp_path, "phat-thanh.md", MONTHLY)
    answer = assistant.ask("Mỗi tháng người trực đài xã được hỗ trợ bao nhiêu tiền?")
    assert answer.figures[0].figure.quantity.value == Decimal(300_000)
