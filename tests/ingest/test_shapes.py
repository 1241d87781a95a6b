"""Other shapes of documents: a law, a page of a news site, flawed text; quotations stay verbatim in all."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import BlockKind, DocumentKind, PassageKind
from domain.errors import ReadError
from ingest.passages import make_passages
from ingest.reading import read_document

LAW = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Luật số: 20/2023/QH15

LUẬT
THỬ NGHIỆM

Căn cứ Hiến pháp;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Luật này quy định về thử nghiệm.
2. Luật này không quy định về việc khác:
a) Trường hợp thứ nhất;
b) Trường hợp thứ hai.

Điều 2. Đối tượng áp dụng
Luật này áp dụng với cơ quan, tổ chức.

Chương II
THI HÀNH

Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024.

CHỦ TỊCH QUỐC HỘI
(Đã ký)
Vương Thị Thử"""

NEWS = """<html><head><title>Phú Thọ thử nghiệm - Báo</title></head><body>
<div id="header"><a>Trang chủ</a></div><div class="main-menu"><ul><li>Tin tức</li></ul></div>
<div class="content"><h1>Phú Thọ thử nghiệm</h1><span>Thứ Hai, 12/02/2024 - 10:11</span>
<div><strong>(PTO) - Chủ tịch UBND tỉnh Phú Thọ Bùi Văn Mẫu vừa ký ban hành Quyết định số 123/QĐ-UBND ngày
05/02/2024 phê duyệt Đề án thử nghiệm.</strong></div>
<div>Theo đó, 90% hồ sơ được xử lý trực tuyến.</div><figcaption>Một cửa. Ảnh: P.V</figcaption>
<h2>Kinh phí</h2><p>Trong đó:<br/>- Ngân sách tỉnh: 100 tỷ đồng;<br/>- Nguồn khác: 20 tỷ đồng.</p></div>
<div class="related"><h3>Tin liên quan</h3></div></body></html>"""


def test_law(write):
    document = read_document(write("luat.txt", LAW), "luat.txt")
    source = document.source
    assert (source.number, source.kind) == ("20/2023/QH15", DocumentKind.LAW)
    assert (source.title, source.issuer, source.signer) == ("Luật thử nghiệm", "Quốc hội", "Vương Thị Thử")
    assert source.place is None
    passages = {passage.path: passage for passage in make_passages(document) if passage.path}
    assert list(passages) == [
        ("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh"),
        ("Chương I", "QUY ĐỊNH CHUNG", "Điều 2. Đối tượng áp dụng"),
        ("Chương II", "THI HÀNH", "Điều 3. Hiệu lực"),
    ]
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.marker, item.level) for item in items] == [("1.", 1), ("2.", 1), ("a)", 2), ("b)", 2)]


def test_page_of_a_news_site(write):
    document = read_document(write("tin.html", NEWS), "tin.html")
    source = document.source
    assert (source.title, source.issued_on, source.place) == (
        "Phú Thọ thử nghiệm",
        date(2024, 2, 12),
        "Phú Thọ",
    )
    assert source.about is not None
    assert (source.about.number, source.about.signer) == ("123/QĐ-UBND", "Bùi Văn Mẫu")
    assert (source.about.issuer, source.about.issued_on) == ("UBND tỉnh Phú Thọ", date(2024, 2, 5))
    passages = make_passages(document)
    assert "Trang chủ" not in str(passages) and "Tin liên quan" not in str(passages)
    assert [passage.text for passage in passages if passage.kind is PassageKind.LIST] == [
        "Trong đó:\nNgân sách tỉnh: 100 tỷ đồng;\nNguồn khác: 20 tỷ đồng."
    ]


def plain(text: str) -> str:
    """What a quotation and its source are compared in: section 3 of the design, in code."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"<[^>]+>", "", text).replace("\\", "")
    text = re.sub(r"(?m)^\s*(?:#{1,6}|[-+*•–])\s+", "", text)
    text = re.sub(r"\|(?:\s*:?-{2,}:?\s*\|)+", " ", re.sub(r"[*_`]", "", text))
    return re.sub(r"\s+", " ", text.replace("|", " ")).strip()


FRAGMENTS = st.lists(
    st.sampled_from(
        ["Số: 12/KH-UBND", "Căn cứ Luật A;", "QUYẾT ĐỊNH:", "Điều 1. Phê duyệt kế hoạch.", "Điều 2.",
         "I. MỤC TIÊU", "1. Mục tiêu", "2.1. Hạ tầng", "a) Câu một;", "- Nguồn vốn:", "+ Vốn tỉnh: 5 tỷ", "* Sao",
         "\\* Xây dựng", "Phụ lục", "DANH MỤC DỰ ÁN", "STT\tTên\tVốn", "1\tMột\t5,5", "2\tHai\t", "\t\t",
         "| A | B |", "|---|---|", "| 1 | 2 |", "**Đậm** rồi", "**Cả dòng đậm**", "## Tiêu đề", "#### 1. Đầu",
         "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A", "Nơi nhận:", "Bảng 1. Tên", "câu nối tiếp",
         "Mục tiêu phát triển: Tỷ lệ đạt 5%. Tỷ lệ khác 6%.", "Đến năm 2030, tỷ lệ đạt 95%", "23/11/2020 15:48",
         "Ảnh: Ai đó", "---", "", "   - thụt vào", "Chương I", "QUY ĐỊNH CHUNG", "<b>Đậm</b>", "-Dính liền",
         "Hà Giang, ngày 5 tháng 2 năm 2024", "● Chấm tròn"]
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None)
@given(FRAGMENTS, st.sampled_from(["\n", "\n\n"]), st.sampled_from([".txt", ".md"]))
def test_every_passage_is_verbatim(lines, end, suffix):
    text = end.join(lines)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_text(text, "utf-8")
        try:
            passages = make_passages(read_document(path, path.name))
        except ReadError as error:
            assert error.code in {"no_text", "file_empty"}
            return
    assert [passage.text for passage in passages if plain(passage.text) not in plain(text)] == []


WITH_A_PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
Số: 77/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Lai Châu, ngày 4 tháng 5 năm 2024

QUYẾT ĐỊNH
V/v ban hành Kế hoạch thử nghiệm

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Theo đề nghị của Giám đốc Sở B,

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thử nghiệm.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.

Nơi nhận:
- Như Điều 2;
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hà Thị Mẫu

KẾ HOẠCH
THỬ NGHIỆM NĂM 2024
(Ban hành kèm theo Quyết định số 77/QĐ-UBND)

I. MỤC TIÊU
1. 100% cơ quan có mạng:
- Cấp tỉnh 100%;
- Cấp xã 90%.
2. 80% hồ sơ trực tuyến."""


def test_a_plan_attached_to_a_decision(write):
    document = read_document(write("a.txt", WITH_A_PLAN), "a.txt")
    source = document.source
    assert (source.issuer, source.signer) == ("Chủ tịch UBND tỉnh Lai Châu", "Hà Thị Mẫu")
    assert source.title == "Quyết định về việc ban hành Kế hoạch thử nghiệm"
    passages = make_passages(document)
    assert [passage.path for passage in passages if passage.path] == [
        ("Điều 1.",),
        ("Điều 2.",),
        ("KẾ HOẠCH", "THỬ NGHIỆM NĂM 2024"),
        ("KẾ HOẠCH", "THỬ NGHIỆM NĂM 2024", "I. MỤC TIÊU"),
    ]
    items = [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items[1:] == [
        (1, "1. 100% cơ quan có mạng:"),
        (2, "Cấp tỉnh 100%;"),
        (2, "Cấp xã 90%."),
        (1, "2. 80% hồ sơ trực tuyến."),
    ]


def test_a_page_inside_a_form_and_a_page_of_furniture_only(write):
    form = "<body><form id='aspnetForm'><h1>Tên trang</h1><p>Một câu.</p><select><option>2024</option></select></form>"
    assert [block.text for block in read_document(write("a.html", form), "a").blocks] == [
        "Tên trang",
        "Một câu.",
    ]
    footer = "<body><footer><p>Một câu trong chân trang.</p></footer></body>"
    assert read_document(write("b.html", footer), "b").blocks[0].text == "Một câu trong chân trang."
