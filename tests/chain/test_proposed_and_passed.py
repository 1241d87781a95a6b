"""By which document another was proposed, and on which day a council passed one: not its own number and day."""

from __future__ import annotations

import pytest

from chain.assistant import Assistant
from tests.chain.conftest import assistant_on

PLAN = """ỦY BAN NHÂN DÂN TỈNH HÀ NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 64/KH-UBND

Hà Nam, ngày 5 tháng 3 năm 2025

KẾ HOẠCH

Số hóa thư viện tỉnh Hà Nam đến năm 2028

Căn cứ Luật Thử nghiệm ngày 01/01/2020;

Theo đề nghị của Sở Văn hóa tại Tờ trình số 118/TTr-SVH ngày 20/2/2025,

I. MỤC TIÊU

Đến năm 2028, 70% sách được quét.
"""

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 27/NQ-HĐND

Hà Nam, ngày 12 tháng 7 năm 2024

NGHỊ QUYẾT

Về chính sách hỗ trợ thư viện số tỉnh Hà Nam

Căn cứ Luật Thử nghiệm ngày 01/01/2020;

QUYẾT NGHỊ:

Điều 1. Hỗ trợ mỗi thư viện xã 30 triệu đồng.

Điều 2. Nghị quyết này được Hội đồng nhân dân tỉnh khóa XIX, kỳ họp thứ 15 thông qua ngày 10 tháng 7 năm 2024.
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("plan"), "ke-hoach.txt", PLAN)


@pytest.fixture(scope="module")
def resolution(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("resolution"), "nghi-quyet.txt", RESOLUTION)


def test_the_number_of_the_proposal_is_told(plan: Assistant):
    before = "Đến năm 2028 bao nhiêu phần trăm sách được quét?"
    answer = plan.ask("Sở Văn hóa trình kế hoạch này bằng văn bản số mấy?", [before])
    assert answer.text.startswith("**118/TTr-SVH**")


def test_a_plans_own_number_is_still_told(plan: Assistant):
    assert plan.ask("Kế hoạch số hóa thư viện là văn bản số mấy?").text.startswith("**64/KH-UBND**")


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Nghị quyết 27/NQ-HĐND được thông qua ngày nào?", "10/7/2024"),
        ("Hội đồng nhân dân tỉnh biểu quyết thông qua nghị quyết về thư viện số khi nào?", "10/7/2024"),
        ("Nghị quyết 27/NQ-HĐND ban hành ngày nào?", "12/7/2024"),
    ],
)
def test_the_day_of_the_vote_is_not_that_of_the_document(resolution: Assistant, question: str, day: str):
    assert resolution.ask(question).text.startswith(f"**{day}**")
