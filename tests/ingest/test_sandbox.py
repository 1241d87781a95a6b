"""Bad files: each costs one clear error, none costs the run."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from domain.errors import ReadError
from ingest.limits import Limits
from ingest.sandbox import Sandbox, read_isolated

REPOSITORY = Path(__file__).resolve().parents[2]
PDF = next((REPOSITORY / "plans").glob("*.pdf"))
DOCX = next((REPOSITORY / "plans").glob("*.docx"))


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(seconds=20)) as shared:
        yield shared


def code_of(sandbox: Sandbox, path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        sandbox.read(path, path.name)
    assert caught.value.values["source"] == path.name
    return caught.value.code


def zip_bomb() -> bytes:
    """A small package that unpacks to far more than it may."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "file_empty"),
        ("empty.pdf", b"", "file_empty"),
        ("blank.txt", b" \n\t\n ", "no_text"),
        ("picture.png", b"\x89PNG", "unsupported_format"),
        ("binary.txt", bytes(range(256)) * 64, "broken_file"),
        ("truncated.pdf", PDF.read_bytes()[:20000], "broken_file"),
        ("rubbish.pdf", b"%PDF-1.7\n" + b"rubbish" * 100, "broken_file"),
        ("truncated.docx", DOCX.read_bytes()[:20000], "broken_file"),
        ("not-a-package.docx", b"PK\x03\x04 rubbish", "broken_file"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "encrypted"),
    ],
)
def test_bad_files(sandbox, write, name, content, code):
    assert code_of(sandbox, write(name, content)) == code


def test_zip_bomb(sandbox, write):
    assert code_of(sandbox, write("bomb.docx", zip_bomb())) == "file_too_large"


def test_file_too_large(write):
    with Sandbox(Limits(file_mib=1)) as sandbox:
        assert code_of(sandbox, write("large.txt", b"a" * 2_000_000)) == "file_too_large"


def test_missing_file(sandbox, tmp_path):
    assert code_of(sandbox, tmp_path / "missing.txt") == "file_not_readable"


def test_encrypted_pdf(sandbox, tmp_path):
    writer = PdfWriter(clone_from=PdfReader(PDF))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    assert code_of(sandbox, tmp_path / "locked.pdf") == "encrypted"


def test_pdf_encrypted_without_a_password_is_read(sandbox, tmp_path):
    writer = PdfWriter(clone_from=PdfReader(PDF))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(tmp_path / "open.pdf")
    assert sandbox.read(tmp_path / "open.pdf", "open.pdf").source.number == "472/QĐ-UBND"


def slow_pdf(path: Path) -> Path:
    """One page of very many operators."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf " + b"1 0 0 1 50 700 Tm (a) Tj " * 400_000 + b"ET")
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(path)
    return path


def test_a_page_that_takes_too_long(tmp_path, write):
    path = slow_pdf(tmp_path / "slow.pdf")
    with Sandbox(Limits(seconds=1)) as sandbox:
        started = time.monotonic()
        assert code_of(sandbox, path) == "too_slow"
        assert time.monotonic() - started < 20
        assert sandbox.read(write("a.txt", "Một câu."), "a.txt").blocks[0].text == "Một câu."


def test_a_file_that_takes_too_much_memory(write):
    pytest.importorskip("resource")
    text = "Một câu dài về một việc. " * 200_000
    with Sandbox(Limits(memory_mib=160)) as sandbox:
        assert code_of(sandbox, write("large.txt", "\n\n".join([text] * 6))) == "too_much_memory"
        assert sandbox.read(write("a.txt", "Một câu."), "a.txt").blocks[0].text == "Một câu."


def test_a_process_that_died_is_replaced(write):
    path = write("a.txt", "Một câu.")
    with Sandbox() as sandbox:
        sandbox.read(path, "a.txt")
        assert sandbox._worker is not None
        sandbox._worker._process.kill()
        assert sandbox.read(path, "a.txt").blocks[0].text == "Một câu."


def test_one_file_costs_little(write):
    path = write("a.txt", "Một câu.")
    started = time.monotonic()
    read_isolated(path, "a.txt")
    assert time.monotonic() - started < 20  # a tenth of a second where nothing else runs; the limit is 120
