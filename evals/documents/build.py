"""Builds files/dong-thap-nong-nghiep-so-2025.docx, an invented plan with nested lists and two tables.

Word's own structure carries what the other documents write out: headings are styles, the list marks are
typed, a table has merged-looking empty cells. Two builds give the same bytes. Needs python-docx.

usage: python -m evals.documents.build
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document

TARGET = Path(__file__).parent / "files" / "dong-thap-nong-nghiep-so-2025.docx"
BUILT_ON = datetime(2026, 1, 1, tzinfo=UTC)

NOTE = (
    "Văn bản giả định do dự án Hỏi Quy Hoạch soạn để kiểm thử; số văn bản, tên người và mọi số liệu đều "
    "không có thật."
)
HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP",
    "Số: 52/KH-UBND",
    "Đồng Tháp, ngày 10 tháng 3 năm 2025",
    "KẾ HOẠCH",
    "Chuyển đổi số trong nông nghiệp tỉnh Đồng Tháp năm 2025, tầm nhìn đến năm 2030",
    "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ; theo đề nghị của Sở Nông nghiệp "
    "và Môi trường tại Công văn số 388/SNNMT-KH ngày 28/02/2025, Ủy ban nhân dân tỉnh ban hành Kế hoạch:",
)
RESULTS = (
    "Đến cuối năm 2024, diện tích trồng trọt được cấp mã số vùng trồng là 62.400 ha, đạt 104% kế hoạch năm. "
    "Số hợp tác xã nông nghiệp đang hoạt động là 1.250 hợp tác xã, trong đó 310 hợp tác xã có ứng dụng công nghệ số.",
    "Sản phẩm OCOP bán trên sàn thương mại điện tử: 428 sản phẩm, doanh thu đạt 96,7 tỷ đồng năm 2024, gấp 1,8 lần "
    "năm 2022.",
)
RESULT_TABLE = (
    ("STT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2024", "Thực hiện 2024", "Kế hoạch 2025"),
    ("1", "Hộ nông dân có tài khoản trên nền tảng số nông nghiệp", "%", "30", "27,5", "45"),
    ("2", "Trạm quan trắc nước tự động", "trạm", "40", "46", "60"),
    ("3", "Máy bay không người lái phục vụ sản xuất", "chiếc", "150", "212", "320"),
    ("4", "Doanh thu bán hàng trực tuyến của hợp tác xã", "tỷ đồng", "80", "71,3", "110"),
)
TARGETS = (
    "- Tỷ lệ diện tích lúa áp dụng nhật ký đồng ruộng điện tử đạt từ 10 đến 15%.",
    "- Tỷ lệ cán bộ khuyến nông được tập huấn chuyển đổi số:",
    "+ Cấp tỉnh: 100%;",
    "+ Cấp huyện: tối thiểu 90%;",
    "+ Cấp xã: trên 70%.",
    "- Lượng phân bón hóa học giảm 12% so với năm 2023; lượng nước tưới giảm ít nhất 20% so với năm 2020.",
    "- Thu hút tối thiểu 3 doanh nghiệp công nghệ đầu tư, vốn đăng ký không dưới 15 triệu USD.",
)
VISION = (
    "- Kinh tế số chiếm tối thiểu 20% GRDP ngành nông nghiệp.",
    "- Tỷ lệ diện tích lúa áp dụng nhật ký đồng ruộng điện tử đạt trên 60%.",
    "- Doanh thu nông sản bán qua thương mại điện tử đạt 1,2 nghìn tỷ đồng, tốc độ tăng bình quân giai đoạn "
    "2026 - 2030 khoảng 28%/năm.",
    "- Dưới 5% hộ nông dân chưa tiếp cận dịch vụ số.",
)
TASKS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Kinh phí (triệu đồng)"),
    (
        "1",
        "Cơ sở dữ liệu vùng trồng, vùng nuôi",
        "Sở Nông nghiệp và Môi trường",
        "UBND các huyện",
        "Tháng 9/2025",
        "6.500",
    ),
    (
        "2",
        "Sàn giao dịch xoài, sen và hoa kiểng",
        "Sở Công Thương",
        "Liên minh Hợp tác xã",
        "30/11/2025",
        "3.200",
    ),
    (
        "3",
        "Mạng quan trắc mặn, nước tự động",
        "Chi cục Thủy lợi",
        "Đài Khí tượng Thủy văn",
        "Quý II/2025",
        "9.800",
    ),
    (
        "4",
        "Tập huấn kỹ năng số cho nông dân",
        "Hội Nông dân tỉnh",
        "Trường Đại học Đồng Tháp",
        "Cả năm",
        "1.450",
    ),
    (
        "5",
        "Truy xuất nguồn gốc bằng mã QR",
        "Sở Công Thương",
        "Sở Nông nghiệp và Môi trường",
        "31/12/2025",
        "2.050",
    ),
    ("", "Cộng", "", "", "", "23.000"),
)
SOLUTIONS = (
    "a) Mỗi xã thành lập ít nhất một tổ công nghệ số cộng đồng nông nghiệp, mỗi tổ từ 5 đến 9 thành viên.",
    "b) Ngân hàng Chính sách xã hội cho vay ưu đãi hợp tác xã mua thiết bị số, mức vay tối đa 2 tỷ đồng, thời "
    "hạn không quá 60 tháng.",
    "c) Lồng ghép nội dung chuyển đổi số vào chương trình xây dựng nông thôn mới, đề án một triệu héc-ta "
    "lúa chất lượng cao.",
    "d) Đài Phát thanh và Truyền hình tỉnh mở chuyên mục hướng dẫn nông dân livestream bán hàng, mỗi tuần hai số.",
)
CLOSING = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Thiện Nghĩa Sơn")


def add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def plan() -> Document:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = BUILT_ON
    document.core_properties.title = document.core_properties.comments = ""
    for text in (NOTE, *HEAD):
        document.add_paragraph(text)
    document.add_heading("Phần I. KẾT QUẢ NĂM 2024", level=1)
    for text in RESULTS:
        document.add_paragraph(text)
    document.add_paragraph("Bảng 1. Kết quả thực hiện năm 2024 và kế hoạch năm 2025")
    add_table(document, RESULT_TABLE)
    document.add_heading("Phần II. MỤC TIÊU", level=1)
    for heading, items in (("1. Mục tiêu năm 2025", TARGETS), ("2. Tầm nhìn đến năm 2030", VISION)):
        document.add_heading(heading, level=2)
        for text in items:
            document.add_paragraph(text)
    document.add_heading("Phần III. NHIỆM VỤ VÀ KINH PHÍ", level=1)
    document.add_paragraph(
        "Tổng kinh phí năm 2025 là 23 tỷ đồng, do ngân sách tỉnh bảo đảm 70%, phần còn lại huy động "
        "từ doanh nghiệp và hợp tác xã. Phân công như sau:"
    )
    add_table(document, TASKS)
    document.add_heading("Phần IV. GIẢI PHÁP", level=1)
    for text in (*SOLUTIONS, *CLOSING):
        document.add_paragraph(text)
    return document


def with_fixed_dates(archive: bytes) -> bytes:
    """The same ZIP archive with every member dated BUILT_ON."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, BUILT_ON.timetuple()[:6])
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def main() -> None:
    buffer = io.BytesIO()
    plan().save(buffer)
    TARGET.write_bytes(with_fixed_dates(buffer.getvalue()))


if __name__ == "__main__":
    main()
