"""What the tests of reading share: a way to write files, the five plans, and invented documents.

The documents have the shape of real ones; nothing in them is quoted from a plan.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"

DECISION = """Số: *15* /QĐ-UBND

*Hà Giang, ngày 5 tháng 2 năm 2024*

**QUYẾT ĐỊNH**

**Về việc phê duyệt Đề án thử nghiệm
của tỉnh Hà Giang đến năm 2027**

**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ GIANG**

Căn cứ Luật Thử nghiệm ngày 01/01/2020;

Căn cứ Nghị quyết số 36-NQ/TW ngày 01/7/2014 của một cơ quan khác;

Xét đề nghị của Sở Thử nghiệm tại Tờ trình số 09/TTr-STN ngày 16/1/2024,

## **QUYẾT ĐỊNH:**

**Điều 1.** Phê duyệt Đề án thử nghiệm với các nội dung sau:

### **I. Mục tiêu**

#### **1. Mục tiêu chung**

Một câu về mục tiêu chung còn dang dở ở cuối

trang và được nối lại ở trang sau.

## 2. Mục tiêu cụ thể

### 2.1. Hạ tầng

Trên 70% cơ quan có kết nối.

### 2.2. Ứng dụng

#### \\* Chính quyền số

100% văn bản ở dạng điện tử.

\\* Công dân số

Trên 50% người dân có tài khoản.

## II. Kinh phí

- Tổng số: 12,5 tỷ đồng.

- Nguồn vốn:

+ Ngân sách trung ương: 10 tỷ đồng

+ Ngân sách tỉnh: 2,5 tỷ đồng

### 2. Danh mục dự án (*Phụ lục đính kèm*)

**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký.

**Điều 3.** Chánh Văn phòng; các sở, ban, ngành chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Thử

**Phụ lục**

**DANH MỤC DỰ ÁN ĐẾN NĂM 2027**

*(Kèm theo Quyết định số 15/QĐ-UBND)*

STT\tDự án\tVốn (tỷ đồng)\tNguồn
1\tDự án một\t7,5\tNgân sách tỉnh
2\tDự án hai\t5\tThuê dịch vụ

STT\t <b>Dự án</b>\t<b>Vốn (tỷ đồng)</b>\t<b>Nguồn</b>
3\tDự án ba\t\tTùy quy mô
4\tDự án bốn\t\t"""

PAGE = """Tỉnh Lào Cai thử nghiệm một kế hoạch mới

15/3/2024 08:30 Số lượt xem: 12

(LCP) - UBND tỉnh Lào Cai vừa ban hành Kế hoạch số 88/KH-UBND về thử nghiệm chuyển đổi số năm 2024.

Theo Kế hoạch, đến năm 2025, 80% hồ sơ được xử lý trực tuyến; kế hoạch thực hiện Nghị quyết số 52-NQ/TW.

Đến năm 2030, 95% hồ sơ được xử lý trực tuyến.

Nguyễn Văn Báo

(TTX)

Có thể bạn quan tâm"""

PLAN_HTML = """<html><head><title>Kế hoạch</title></head><body><nav>Trang chủ</nav><article>
<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH YÊN BÁI<br>Số: 7/KH-UBND</td>
<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br><i>Yên Bái, ngày 05 tháng 01 năm 2024</i></td></tr></table>
<p><b>KẾ HOẠCH</b></p><p><b>Chuyển đổi số tỉnh Yên Bái năm 2024</b></p>
<p>Thực hiện Quyết định số 749/QĐ-TTg, UBND tỉnh ban hành kế hoạch:</p>
<p><b>I. MỤC TIÊU</b></p><p>1. Về chính quyền số:</p>
<p>- 100% thủ tục trực tuyến;</p><p>- 60% hồ sơ trực tuyến.</p>
<ul><li>Mục ngoài<ul><li>Mục trong</li></ul></li></ul>
<p><i>Bảng 1. Kinh phí</i></p>
<table><thead><tr><th rowspan="2">TT</th><th rowspan="2">Nhiệm vụ</th><th colspan="2">Kinh phí</th></tr>
<tr><th>Tỉnh</th><th>Khác</th></tr></thead>
<tr><td>1</td><td rowspan="2">Chung</td><td>10</td><td></td></tr>
<tr><td>2</td><td>20</td><td>5</td></tr></table>
<table><tr><td><b>Nơi nhận:</b><br>- Lưu: VT.</td>
<td><b>TM. ỦY BAN NHÂN DÂN<br>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH</b><br><b>Lê Thị Mẫu</b></td></tr></table>
</article><footer>Bản quyền</footer></body></html>"""


@pytest.fixture
def write(tmp_path: Path):
    """Write a file of the test and give its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture(scope="session")
def five_plans() -> list[Path]:
    """The five real documents the project started with; they are not part of the repository."""
    paths = sorted((SHARED / "plans").glob("*.txt"))
    if not paths:
        pytest.skip("the five original plans are not beside this checkout")
    return paths


@pytest.fixture
def decision_text() -> str:
    return DECISION


@pytest.fixture
def page_text() -> str:
    return PAGE


@pytest.fixture
def plan_html() -> str:
    return PLAN_HTML
