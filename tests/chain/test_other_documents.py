"""Questions over a document of another layout: columns, parts of a sum, plan against result, anaphors."""

from __future__ import annotations

import pytest

from chain.assistant import Assistant
from domain.answers import Status
from tests.chain.conftest import assistant_on

REPORT = """# Kết quả chuyển đổi số tỉnh Yên Bái năm 2024

Ủy ban nhân dân tỉnh vừa ban hành Báo cáo số 31/BC-UBND về chuyển đổi số. Báo cáo do Phó Chủ tịch UBND tỉnh \
Hoàng Thị Minh Ngọc ký.

## Kết quả năm 2024

Tỷ lệ hồ sơ nộp trực tuyến đạt 68,4%, kế hoạch giao là 60%; năm 2023 tỷ lệ này là 53,2%. Có 437 sản phẩm OCOP \
được đưa lên sàn thương mại điện tử, tổng giá trị giao dịch hơn 96 tỷ đồng.

Thời gian chờ của người dân tại bộ phận một cửa giảm từ 26 phút còn 11 phút.

## Kết quả theo địa phương

| STT | Địa phương | Tổ công nghệ số (tổ) | Thanh toán trực tuyến (%) |
|---|---|---|---|
| 1 | Thành phố Yên Bái | 94 | 66,1 |
| 2 | Huyện Văn Chấn | 118 | 55,0 |
| 3 | Huyện Mù Cang Chải | 58 | 36,7 |

## Kinh phí

| TT | Nội dung | Kinh phí (triệu đồng) Năm 2025 | Kinh phí (triệu đồng) Năm 2026 | Chủ trì |
|---|---|---|---|---|
| 1 | Phòng học thông minh ở trường nội trú | 15.600 | 21.400 | Sở Giáo dục và Đào tạo |
| 2 | Kho dữ liệu y tế dùng chung | 9.800 | 5.000 | Sở Y tế |
| 3 | Bảo đảm an toàn thông tin | 2.100 | 1.500 | Công an tỉnh |
| Tổng cộng | | 27.500 | 27.900 | |

## Giải pháp

Tỉnh tập trung vào các giải pháp:

- Miễn, giảm phí cho hồ sơ nộp trực tuyến;
- Bố trí mỗi xã một cán bộ có trình độ công nghệ thông tin.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_on(tmp_path_factory.mktemp("other"), "yen-bai.md", REPORT)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Địa phương nào có nhiều tổ công nghệ số nhất?", ["118 tổ", "Huyện Văn Chấn"]),
        ("3 địa phương trong bảng có tất cả bao nhiêu tổ công nghệ số?", ["270 tổ"]),
        ("Thanh toán trực tuyến ở Văn Chấn và Mù Cang Chải chênh nhau thế nào?", ["55%", "36,7%", "18,3"]),
        ("Kinh phí phòng học thông minh năm 2026?", ["21.400 triệu đồng"]),
        ("Tổng kinh phí năm 2025 là bao nhiêu?", ["27.500 triệu đồng"]),
        ("Kho dữ liệu y tế dùng chung năm 2025 hết bao nhiêu tiền, ai chủ trì?", ["9.800 triệu", "Sở Y tế"]),
        ("Tỷ lệ hồ sơ nộp trực tuyến năm 2023 và 2024?", ["53,2%", "68,4%"]),
        ("Tỷ lệ hồ sơ nộp trực tuyến năm 2024 kế hoạch bao nhiêu, thực hiện bao nhiêu?", ["60%", "68,4%"]),
        ("Sản phẩm OCOP bán trên sàn thương mại điện tử được bao nhiêu tiền?", ["96 tỷ đồng"]),
        ("Người dân chờ ở bộ phận một cửa bao lâu?", ["11 phút"]),
        ("Tỉnh tập trung vào những giải pháp nào?", ["Miễn, giảm phí", "mỗi xã một cán bộ"]),
        ("Ai ký Báo cáo 31/BC-UBND?", ["Hoàng Thị Minh Ngọc"]),
    ],
)
def test_it_is_answered(asked: Assistant, question: str, held: list[str]) -> None:
    answer = asked.ask(question)
    assert answer.status is Status.ANSWERED
    assert [part for part in held if part not in answer.text] == []


def test_one_row_is_no_answer_for_the_whole_province(asked: Assistant) -> None:
    answer = asked.ask("Yên Bái có bao nhiêu tổ công nghệ số?")
    assert not answer.figures or answer.figures[0].figure.row is None
