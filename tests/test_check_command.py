"""`hoi check` and `hoi figures --conflicts`, as a person and as a script use them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import pytest

import cli

PLANS = Path(__file__).parents[1] / "plans"
TRUE = "Đến năm 2020, trên 60% doanh nghiệp Bắc Giang tham gia website thương mại điện tử."
FALSE = "Dự án nâng cấp Trung tâm Tích hợp dữ liệu của tỉnh có vốn 45 triệu đồng."
ARTICLE = f"{TRUE} {FALSE} Ai cũng mong thủ tục nhanh gọn."
KEYS = ["claim", "span", "verdict", "reason", "note", "figure", "evidence"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("filled") / "store")
    assert cli.main(["ingest", str(PLANS), "--store", folder]) == 0
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "bai.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def test_json_is_that_of_the_interface(store: str, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(article), "--json", "--store", store]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [claim["verdict"] for claim in report["claims"]] == ["supported", "contradicted"]
    assert report["unchecked"] == 1
    for claim in report["claims"]:
        assert list(claim) == KEYS
        assert ARTICLE[slice(*claim["span"])] == claim["claim"]
        assert claim["figure"]["citations"][0] in [citation["key"] for citation in claim["evidence"]]


def test_the_text_comes_from_the_standard_input_too(
    store: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert cli.main(["check", "--store", store]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"✓ {TRUE}"
    assert "trái với văn bản (đơn vị)" in "\n".join(lines)
    assert lines[-1].startswith("2 điều kiểm chứng được: 1 được xác nhận, 1 trái với văn bản")


def test_the_word_file_holds_what_an_editor_files(
    store: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ket-qua.docx"
    assert cli.main(["check", str(article), "--docx", str(target), "--store", store]) == 0
    written = docx.Document(str(target))
    paragraphs = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert TRUE in paragraphs and FALSE in paragraphs and "trái với văn bản" in paragraphs
    facts = {row.cells[0].text: row.cells[1].text for table in written.tables for row in table.rows}
    assert facts["Số hiệu"] == "472/QĐ-UBND" and facts["Ngày"] == "31/3/2016"
    assert len(facts["SHA-256"]) == 64 and facts["Trang"].isdigit()
    assert facts["Nguyên văn"] and facts["Mục"]
    assert "✓" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_or_written_is_one_clear_line(
    store: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ma-cu.txt").write_bytes(b"\xff\xfe\x00")
    for arguments in (
        [str(tmp_path / "khong-co.txt")],
        [str(tmp_path / "ma-cu.txt")],
        [str(article), "--docx", str(tmp_path / "khong-co" / "a.docx")],
    ):
        assert cli.main(["check", *arguments, "--store", store]) == 1
        error = capsys.readouterr().err
        assert error.startswith("hoi: ") and error.count("\n") == 1


def test_conflicts_with_both_quotations(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["figures", "--conflicts", "--json", "--store", store]) == 0
    (total,) = json.loads(capsys.readouterr().out)
    assert total["value"] == 700 and "700" in total["citation"]["quote"]
    (added,) = total["conflicts_with"]
    assert added["value"] == 700.4 and added["computed"] and len(added["rows"]) == 23


def test_conflicts_as_text_and_as_a_table(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["figures", "--conflicts", "--store", store]) == 0
    assert "tổng của 23 dòng" in capsys.readouterr().out
    assert cli.main(["figures", "--conflicts", "--csv", "--store", store]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [row["value"] for row in rows] == ["700", "700.4"]
    assert {row["conflict"] for row in rows} == {"1"}


def test_no_conflicts_are_said_to_be_none(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["figures", "--conflicts", "--place", "Bắc Ninh", "--store", store]) == 0
    assert capsys.readouterr().out.startswith("Không thấy số liệu nào mâu thuẫn")
