from pathlib import Path

import pytest

from pages.parts import password, rights, uploads
from settings import load_settings
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

TEXT = "Số: 12/KH-UBND\n\nKẾ HOẠCH\n\nĐến năm 2027, 64% thôn có nhà văn hóa số.\n".encode()


@pytest.fixture
def store(tmp_path):
    made = Store.create(tmp_path / "store", load_embedder)
    yield made
    made.close()


def add(store, *files):
    settings = load_settings(store=store.folder, file_max_mebibytes=1.0)
    return uploads.add(files, store, settings, lambda stage, done, total: None)


def kept(store):
    return sorted(path.name for path in (store.folder / uploads.FOLDER_NAME).iterdir())


def test_a_file_is_kept_and_ingested_and_removed_again(store):
    report = add(store, ("kế hoạch.txt", TEXT))
    assert report.added == ("kế hoạch.txt",)
    (source,) = store.sources()
    assert kept(store) == ["kế hoạch.txt"]
    uploads.remove(source.document_id, store)
    assert not store.sources()
    assert not kept(store)


def test_the_same_name_replaces(store):
    add(store, ("a.txt", TEXT))
    report = add(store, ("a.txt", TEXT.replace(b"64%", b"65%")))
    assert report.replaced == ("a.txt",)
    assert "65%" in store.passages()[-1].text or any("65%" in passage.text for passage in store.passages())


def test_what_cannot_be_read_is_told_and_not_kept_and_the_others_go_on(store):
    report = add(
        store, ("tốt.txt", TEXT), ("hỏng.pdf", b"%PDF-1.7 broken"), ("x.exe", b"MZ"), ("to.txt", b"a" * 2**21)
    )
    assert report.added == ("tốt.txt",)
    assert {failure.source: failure.code for failure in report.failed}.keys() == {
        "hỏng.pdf",
        "x.exe",
        "to.txt",
    }
    assert kept(store) == ["tốt.txt"]


def test_a_broken_replacement_leaves_what_was_there(store):
    add(store, ("a.txt", TEXT))
    report = add(store, ("a.txt", b""))
    assert report.failed
    assert (store.folder / uploads.FOLDER_NAME / "a.txt").read_bytes() == TEXT
    assert store.sources()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "..\\..\\a.txt",
        "/abs.txt",
        ".ẩn.txt",
        "a\0b.txt",
        "<img src=x>.txt",
        "x" * 500 + ".txt",
    ],
)
def test_a_name_cannot_leave_the_folder(name):
    safe = uploads.safe_name(name)
    assert safe == Path(safe).name
    assert not safe.startswith(".")
    assert safe.endswith(".txt")
    assert len(safe) < 150
    assert not set("<>\0/\\") & set(safe)


def test_a_password_fits_its_hash_and_no_other():
    hashed = password.hashed("mật khẩu")
    assert password.fits("mật khẩu", hashed)
    assert not password.fits("mat khau", hashed)
    assert hashed != password.hashed("mật khẩu")
    assert not any(password.fits("", broken) for broken in ("", "x", "scrypt$$", "scrypt$!$!", "a$b$c$d"))


@pytest.mark.parametrize("name", ["X-Forwarded-For", "forwarded", "Via", "x-real-ip"])
def test_a_proxy_is_noticed(name):
    assert rights.through_proxy({"Host": "127.0.0.1:8501", name: "x"})
    assert not rights.through_proxy({"Host": "127.0.0.1:8501"})
