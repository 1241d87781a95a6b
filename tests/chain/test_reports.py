"""Questions over reports, tables of districts and news of conferences, as other provinces write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from chain.assistant import Assistant
from domain.answers import Status
from domain.figures import Role
from evals.asking import MORE_DOCUMENTS
from ingest.pipeline import ingest
from prompts.wording import Wording
from tests.chain.conftest import TODAY
from vectorstore.embedders import load_embedder
from vectorstore.store import Store


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("reports")
    store = Store.create(folder / "store", lambda: load_embedder(None))
    assert not ingest([MORE_DOCUMENTS], store).failed
    return Assistant(store, Wording("vi"), lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Huyện nào của Vĩnh Long có tỷ lệ hồ sơ trực tuyến dưới 55%?", ["Mang Thít", "Trà Ôn"]),
        ("Huyện nào của Lạng Sơn có điểm DTI cao nhất?", ["Hữu Lũng", "77,9 điểm"]),
        ("Cao Lộc với Đình Lập, nơi nào có nhiều hồ sơ nộp trực tuyến hơn?", ["15.915", "4.472", "11.443"]),
        ("Huyện Long Hồ có bao nhiêu tổ công nghệ số cộng đồng?", ["114 tổ"]),
        ("Thanh toán trực tuyến ở Lạng Sơn năm 2023 thay đổi ra sao so với năm trước?", ["19,5%", "41,2%"]),
        ("Thanh toán trực tuyến ở Vĩnh Long đạt bao nhiêu so với kế hoạch đề ra?", ["38%", "50%"]),
        ("Nền tảng IOC của Hà Tĩnh làm trong những năm nào?", ["2025 - 2027"]),
        ("Dự án trung tâm SOC của Thái Bình kinh phí bao nhiêu, cơ quan nào chủ trì?", ["18.200", "Sở TTTT"]),
        ("Theo bà Huỳnh Thị Mỹ Diệu, Phú Yên mất điểm DTI nặng nhất ở đâu?", ["dữ liệu mở", "nhân lực"]),
        ("Kết luận hội nghị, ông Đặng Văn Khải yêu cầu những việc gì?", ["Một là", "Hai là", "Ba là"]),
        ("Tỉnh đoàn Thái Bình được giao việc gì và phải xong khi nào?", ["15/8/2022", "thanh niên"]),
        ("Báo cáo 512/BC-UBND ra ngày nào, ai ký?", ["18/12/2023", "Hoàng Thế Dương"]),
        ("Lạng Sơn còn những chỉ tiêu nào chưa đạt?", ["phủ sóng 4G tới thôn"]),
    ],
)
def test_it_is_answered(asked: Assistant, question: str, held: list[str]) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert [part for part in held if part not in answer.text] == []


@pytest.mark.parametrize(
    ("question", "value", "year", "role"),
    [
        ("Năm 2022 tỷ lệ thôn có sóng 4G ở Lạng Sơn là bao nhiêu?", "94.1", 2022, Role.RESULT),
        ("Năm 2023 tỷ lệ thôn có sóng 4G ở Lạng Sơn là bao nhiêu?", "96.8", 2023, Role.RESULT),
        ("Chỉ tiêu thanh toán trực tuyến năm 2023 của Lạng Sơn?", "45", 2023, Role.TARGET),
    ],
)
def test_what_was_reached_is_told_from_aims_and_other_years(
    asked: Assistant, question: str, value: str, year: int, role: Role
) -> None:
    figure = asked.ask(question).figures[0].figure
    assert (str(figure.quantity.value), figure.year, figure.role) == (value, year, role)


@pytest.mark.parametrize(
    ("turns", "held"),
    [
        (["Tỷ lệ hồ sơ trực tuyến của huyện Chi Lăng tỉnh Lạng Sơn?", "thế Văn Lãng?"], "62%"),
        (
            [
                "Kinh phí dự án Kho dữ liệu dùng chung và Cổng dữ liệu mở của Thái Bình?",
                "làm trong những năm nào?",
            ],
            "2023 - 2025",
        ),
        (["Ai ký Báo cáo 512/BC-UBND?", "báo cáo đó ra ngày nào"], "18/12/2023"),
    ],
)
def test_a_follow_up_keeps_to_its_row_place_and_document(
    asked: Assistant, turns: list[str], held: str
) -> None:
    *history, question = turns
    assert held in asked.ask(question, history).text
