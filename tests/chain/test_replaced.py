"""Follow-ups that name only what is other than in the question before: a rank, a source of funds, a level, the cost."""

from __future__ import annotations

import pytest

from chain.assistant import Assistant
from tests.chain.conftest import assistant_on

PLAN = """# Kế hoạch số hóa thư viện tỉnh Sơn La năm 2025

Ủy ban nhân dân tỉnh ban hành Kế hoạch số 83/KH-UBND.

## Mục tiêu

Đến hết năm 2025, dịch vụ thư viện trực tuyến mức độ 3 đạt 45%; dịch vụ thư viện trực tuyến mức độ 4 đạt 62%.

Tỷ lệ sách được quét: cấp tỉnh tối thiểu 85%, cấp huyện tối thiểu 70%, cấp xã tối thiểu 55%.

Sơn La mở 64 phòng đọc số.

## Kinh phí

Kinh phí mở các phòng đọc số là 3,2 tỷ đồng.

Tổng kinh phí thực hiện kế hoạch là 96 tỷ đồng, trong đó ngân sách trung ương 40 tỷ đồng, ngân sách tỉnh 31 tỷ đồng, \
vốn xã hội hóa 25 tỷ đồng.
"""

RANK_3 = "Dịch vụ thư viện trực tuyến mức độ 3 đạt bao nhiêu?"
TOTAL = "Tổng kinh phí thực hiện kế hoạch là bao nhiêu?"
PROVINCE = "Tỷ lệ sách được quét ở cấp tỉnh là bao nhiêu?"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "son-la.md", PLAN)


@pytest.mark.parametrize(
    ("before", "question", "value"),
    [
        (RANK_3, "mức độ 4 thì bao nhiêu?", 62),
        (RANK_3, "còn mức 4?", 62),
        (TOTAL, "thế phần ngân sách tỉnh?", 31),
        (TOTAL, "phần xã hội hóa thì sao?", 25),
        ("Ngân sách trung ương chi bao nhiêu cho kế hoạch?", "thế phần ngân sách tỉnh?", 31),
        (PROVINCE, "thế huyện thì mức tối thiểu là bao nhiêu?", 70),
        (PROVINCE, "còn xã thì tối thiểu bao nhiêu?", 55),
    ],
)
def test_the_rest_is_taken_from_the_question_before(plan: Assistant, before: str, question: str, value: int):
    assert plan.ask(question, [before]).figures[0].figure.quantity.value == value


def test_what_was_counted_is_what_the_cost_is_asked_of(plan: Assistant):
    answer = plan.ask("tốn bao nhiêu?", ["Sơn La mở bao nhiêu phòng đọc số?"])
    assert "3,2 tỷ đồng" in answer.text


def test_a_rank_that_the_plan_does_not_give_is_not_answered_with_the_one_before(plan: Assistant):
    answer = plan.ask("mức độ 2 thì bao nhiêu?", [RANK_3])
    assert "mức độ 2" in answer.standalone_question
    assert not answer.figures
