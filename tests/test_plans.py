"""The shipped digests: built from their sources, complete, marked as digests, and in our own words.

What compares with the originals is skipped where those do not lie beside the checkout.
"""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import docx
import pdfplumber
import pypdf
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
PLANS = ROOT / "plans"
DIGESTS = ROOT / "digests"
ORIGINALS = ROOT.parent / "shared" / "plans"

DECISION = "bac-giang-472-qd-ubnd-2016-tom-luoc"
ORIGINAL_OF = {  # digest: how the file name of its original starts
    DECISION: "004",
    "bac-giang-quy-hoach-cntt-trang-tin-tom-luoc": "000",
    "bac-giang-kinh-te-so-2021-bai-bao-tom-luoc": "001",
    "bac-ninh-464-kh-ubnd-2020-trang-tin-tom-luoc": "002",
    "bac-giang-6649-kh-ubnd-2023-trang-tin-tom-luoc": "003",
}
FACTS = {  # what the second paragraph of a digest says of its original
    DECISION: {
        "loại": "quyết định",
        "số": "472/QĐ-UBND",
        "ngày": "31/3/2016",
        "nơi": "Bắc Giang",
        "người ký": "Nguyễn Thị Thu Hà",
    },
    "bac-giang-quy-hoach-cntt-trang-tin-tom-luoc": {
        "loại": "trang tin",
        "nơi": "Bắc Giang",
        "người ký văn bản": "Nguyễn Thị Thu Hà",
    },
    "bac-giang-kinh-te-so-2021-bai-bao-tom-luoc": {
        "loại": "bài báo",
        "nơi": "Bắc Giang",
        "cơ quan": "TTXVN",
        "tác giả": "Việt Hùng",
    },
    "bac-ninh-464-kh-ubnd-2020-trang-tin-tom-luoc": {
        "loại": "trang tin",
        "ngày": "23/11/2020",
        "nơi": "Bắc Ninh",
        "người ký văn bản": "Vương Quốc Tuấn",
    },
    "bac-giang-6649-kh-ubnd-2023-trang-tin-tom-luoc": {"loại": "trang tin", "nơi": "Bắc Giang"},
}
CAPITAL = """
    20,0 0,5 3,45 1,35 99,8 102,5 18,0 39,5 1,1 10,8 2,8 45 1,5 0,5 4,9 16,5 64,9 8,0 14,3 140,0 3,5 3,5 98,0
"""  # tỷ đồng, of the projects 1 to 23 of the decision; 24 and 25 have none
NAMES = (  # names and titles, which our words cannot differ from
    "về việc phê duyệt Quy hoạch phát triển công nghệ thông tin tỉnh Bắc Giang đến năm 2020 và định hướng "
    "đến năm 2030",
    "Quy hoạch phát triển công nghệ thông tin tỉnh Bắc Giang đến năm 2020 và định hướng đến năm 2030",
    "Quy hoạch tổng thể phát triển kinh tế xã hội tỉnh Bắc Giang đến năm 2020 và tầm nhìn đến năm 2030",
    "Trung tâm Nghiên cứu phát triển phần mềm và ứng dụng công nghệ thông tin",
    "Bắc Giang phát triển hạ tầng công nghệ thông tin, phát triển kinh tế số",
    "Chuyển đổi số trong các cơ quan nhà nước tỉnh Bắc Giang năm 2023",
    "chuyển đổi số tỉnh Bắc Ninh giai đoạn 2021 - 2025, định hướng đến năm 2030",
    "Phấn đấu đến năm 2030, Bắc Ninh có chỉ số cao nhất về Chính phủ số, kinh tế số",
)
LONGEST_SHARED_RUN = 12  # words
OPENING = "BẢN TÓM LƯỢC, KHÔNG PHẢI NGUYÊN VĂN. Tóm lược bằng lời của dự án Hỏi Quy Hoạch từ: "
FIGURE = re.compile(
    r"(?:(?:trên|khoảng|tối thiểu|ít nhất|hơn) )?\d[\d.,]*(?:%/năm|%| tỷ đồng| lần)", re.IGNORECASE
)

digests = pytest.mark.parametrize("name", ORIGINAL_OF)
needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals do not lie here")


def source(name: str) -> str:
    return (DIGESTS / f"{name}.md").read_text("utf-8")


def original(name: str) -> str:
    (path,) = ORIGINALS.glob(f"{ORIGINAL_OF[name]}*.txt")
    return unicodedata.normalize("NFC", path.read_text("utf-8"))


def shipped(name: str, folder: Path = PLANS) -> Path:
    (path,) = folder.glob(f"{name}.*")
    return path


def paragraphs(path: Path) -> list[str]:
    """The non-empty lines of a shipped document as its reader sees them."""
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    elif path.suffix == ".html":
        page = BeautifulSoup(path.read_text("utf-8"), "lxml")
        text = "\n".join(article.get_text() for article in page.select("article"))
    else:
        text = path.read_text("utf-8")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def build(folder: Path) -> None:
    """Build into `folder`; skip the test where what building needs is not installed."""
    pytest.importorskip("fpdf", reason="fpdf2, which builds the PDF, is not installed")
    command = [sys.executable, str(DIGESTS / "build.py"), "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "font not found" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents built anew."""
    folder = tmp_path_factory.mktemp("plans")
    build(folder)
    return folder


def numbers(text: str) -> set[str]:
    joined = re.sub(r"\s+/", "/", text)  # "24 /3/2016"
    return set(re.findall(r"\d(?:[\d.,/:]*\d)?", joined))


def words(text: str) -> list[str]:
    return re.findall(r"[\w%]+(?:[/.,:-]\w+)*", text.lower())


def nameless(text: str) -> str:
    """The text with every name of NAMES replaced by a break."""
    text = re.sub(r" {2,}\n", " ", text)
    for name in NAMES:
        text = text.replace(name, "\n")
    return text


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def project_rows() -> list[list[str]]:
    with pdfplumber.open(shipped(DECISION)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    assert len(tables) > 1, "the table should go over a page, its heads repeated"
    for heads, *_ in tables:
        columns = [" ".join((head or "").split()) for head in heads]
        assert columns == ["STT", "Danh mục dự án", "Nhu cầu vốn đầu tư (tỷ đồng)", "Nguồn vốn"]
    return [[" ".join((cell or "").split()) for cell in row] for _, *rows in tables for row in rows]


def test_plans_holds_the_five_documents_and_nothing_else() -> None:
    assert sorted(path.stem for path in PLANS.iterdir()) == sorted(ORIGINAL_OF)
    assert {path.suffix for path in PLANS.iterdir()} == {".pdf", ".docx", ".html", ".md", ".txt"}


@digests
def test_a_shipped_document_says_what_its_source_says(name: str, rebuilt: Path) -> None:
    assert paragraphs(shipped(name)) == paragraphs(shipped(name, rebuilt)), "run digests/build.py"


def test_two_builds_give_the_same_bytes(rebuilt: Path, tmp_path: Path) -> None:
    build(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (rebuilt / path.name).read_bytes(), path.name


def test_a_missing_font_is_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="fpdf2, which builds the PDF, is not installed")
    command = [sys.executable, str(DIGESTS / "build.py"), "--out", str(tmp_path), "--font", "no-such.ttf"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "font not found: no-such.ttf" in done.stderr
    assert done.stderr.count("\n") == 1


@digests
def test_a_document_starts_by_saying_that_it_is_a_digest(name: str) -> None:
    assert " ".join(paragraphs(shipped(name))).startswith(OPENING)


@digests
def test_the_second_paragraph_names_the_original(name: str) -> None:
    first, second = source(name).split("\n\n")[:2]
    assert first.startswith(OPENING)
    assert first.endswith(".")
    pairs = dict(pair.split(": ", 1) for pair in second.removesuffix(".").split("; "))
    assert next(iter(pairs)) == "Bản gốc"
    assert {key: pairs.get(key) for key in FACTS[name]} == FACTS[name]


def test_every_project_has_its_row() -> None:
    rows = project_rows()
    assert [row[0] for row in rows] == [str(number) for number in range(1, 26)]
    assert [row[2] for row in rows] == [*CAPITAL.split(), "", ""]
    assert all(row[1] for row in rows)
    total = sum(Decimal(row[2].replace(",", ".")) for row in rows if row[2])
    assert total == Decimal("700.4")
    hired = sum(Decimal(row[2].replace(",", ".")) for row in rows if row[3] == "Thuê dịch vụ")
    assert hired == Decimal("99.1")


@needs_originals
def test_a_project_keeps_the_capital_and_source_of_the_original() -> None:
    lines = (line.split("\t") for line in original(DECISION).splitlines())
    wanted = [line for line in lines if line[0].isdigit()]
    for want, got in zip(wanted, project_rows(), strict=True):
        assert got[2] == want[2]
        if not want[3].startswith("Tùy thuộc"):  # that one is a sentence
            assert got[3] == want[3]


@needs_originals
@digests
def test_no_number_of_the_original_is_lost(name: str) -> None:
    assert not numbers(original(name)) - numbers(source(name))


@needs_originals
@digests
def test_every_figure_keeps_its_comparator_and_unit(name: str) -> None:
    def figures(text: str) -> Counter[str]:
        return Counter(figure.lower() for figure in FIGURE.findall(" ".join(text.split())))

    assert not figures(original(name)) - figures(source(name))


@needs_originals
@digests
def test_no_long_run_of_an_original_stands_in_a_digest(name: str) -> None:
    length = LONGEST_SHARED_RUN + 1
    theirs = set().union(*(runs(nameless(original(other)), length) for other in ORIGINAL_OF))
    ours = [line for line in re.split(r"\n|\|", nameless(source(name))) if not line.startswith("#")]
    for line in ours:
        shared = runs(line, length) & theirs
        assert not shared, " ".join(sorted(shared)[0])
