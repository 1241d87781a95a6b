"""The signer of a document whose signature is the right one of two columns: quotations stay verbatim."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.answers import Answer
from tests.chain.conftest import assistant_on

SIGNED = """UBND TỈNH SƠN LA                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 84/KH-UBND                      Độc lập - Tự do - Hạnh phúc

                                    Sơn La, ngày 9 tháng 5 năm 2024

KẾ HOẠCH
Quét sổ sách của thư viện năm 2024

I. MỤC TIÊU

Đến cuối năm 2024, 70% sổ sách được quét.

"""
TWO_COLUMNS = """Nơi nhận:                               TM. ỦY BAN NHÂN DÂN
- Thường trực Tỉnh ủy;                      KT. CHỦ TỊCH
- Các huyện;                                PHÓ CHỦ TỊCH
- Lưu: VT.
                                              (Đã ký)

                                           Quàng Thị Mẫu
"""
ONE_COLUMN = """TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Quàng Thị Mẫu
"""


def asked(folder: Path, text: str) -> Answer:
    return assistant_on(folder, "son-la.txt", text).ask("Ai ký Kế hoạch 84/KH-UBND?")


@pytest.mark.parametrize("end", [TWO_COLUMNS, ONE_COLUMN], ids=["two columns", "one column"])
def test_the_signer_is_named_with_the_office(tmp_path: Path, end: str):
    text = asked(tmp_path, SIGNED + end).text
    assert "Quàng Thị Mẫu" in text
    assert "phó chủ tịch" in text.lower()


def test_a_name_in_the_right_column_is_quoted_as_it_stands_in_the_file(tmp_path: Path):
    quotes = [citation.quote for citation in asked(tmp_path, SIGNED + TWO_COLUMNS).citations]
    assert "Quàng Thị Mẫu" in quotes
    assert [quote for quote in quotes if quote not in SIGNED + TWO_COLUMNS] == []
