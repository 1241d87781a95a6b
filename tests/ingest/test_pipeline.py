import os
import shutil
import sys
from pathlib import Path

import pytest

import ingest.pipeline as pipeline
from domain.reports import IngestReport
from ingest.passages import make_passages
from ingest.pipeline import ingest
from ingest.sandbox import Sandbox
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

PLANS = Path(__file__).parents[2] / "plans"
ONE = "Kế hoạch thuế\n\nĐến năm 2030, trên 95% doanh nghiệp thực hiện nộp thuế qua mạng.\n"
TWO = "Kế hoạch mạng\n\nĐến năm 2025, 100% xã có hạ tầng băng rộng cố định.\n"


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "store", load_embedder)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "plans"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "sub" / "two.md").write_text(TWO, encoding="utf-8")
    return folder


def sources(store):
    return [source.source for source in store.sources()]


def warned(report):
    return [(warning.source, warning.code) for warning in report.warnings]


def failed(report):
    return [(failure.source, failure.code) for failure in report.failed]


def test_a_folder_is_read_with_its_subfolders(store, folder):
    report = ingest([folder], store)
    assert report.added == ("one.txt", "sub/two.md")
    assert (report.failed, report.warnings) == ((), ())
    assert (report.passages, report.figures) == store.view().counts()
    assert report.figures == 2
    assert store.search("nop thue qua mang", 1)[0].passage.text.endswith("nộp thuế qua mạng.")


def test_a_file_is_named_by_itself(store, folder):
    assert ingest([folder / "sub" / "two.md"], store).added == ("two.md",)


def test_what_is_known_costs_nothing(store, folder, monkeypatch):
    ingest([folder], store)
    generation = store.generation
    monkeypatch.setattr(Sandbox, "read", None)
    report = ingest([folder], store)
    assert report.unchanged == ("one.txt", "sub/two.md")
    assert (report.added, report.replaced, store.generation) == ((), (), generation)


def test_a_changed_file_replaces_its_passages(store, folder):
    ingest([folder], store)
    (folder / "one.txt").write_text(ONE.replace("95", "97"), encoding="utf-8")
    report = ingest([folder], store)
    assert (report.replaced, report.unchanged) == (("one.txt",), ("sub/two.md",))
    assert "97%" in store.search("nộp thuế qua mạng", 1)[0].passage.text
    assert len(store.sources()) == 2


def test_code_that_reads_otherwise_reads_again(store, folder, monkeypatch):
    ingest([folder], store)
    monkeypatch.setattr(pipeline, "extraction_version", lambda: "another")
    assert ingest([folder], store).replaced == ("one.txt", "sub/two.md")
    assert ingest([folder], store).unchanged == ("one.txt", "sub/two.md")


def test_a_vanished_file_is_removed_only_when_asked(store, folder):
    ingest([folder], store)
    (folder / "one.txt").unlink()
    assert ingest([folder], store).removed == ()
    assert len(store.sources()) == 2
    report = ingest([folder], store, prune=True)
    assert (report.removed, sources(store)) == (("one.txt",), ["sub/two.md"])


def test_pruning_looks_only_below_the_ingested_folders(store, folder):
    ingest([folder], store)
    shutil.rmtree(folder / "sub")
    (folder / "one.txt").unlink()
    other = folder.parent / "other"
    other.mkdir()
    (other / "three.txt").write_text(TWO.replace("100", "90"), encoding="utf-8")
    assert ingest([other], store, prune=True).removed == ()
    assert ingest([folder.parent / "gone"], store, prune=True).removed == ()
    assert len(store.sources()) == 3


def test_the_same_bytes_are_one_document(store, folder):
    shutil.copy(folder / "one.txt", folder / "copy.txt")
    for _ in range(2):
        report = ingest([folder], store)
        assert warned(report) == [("one.txt", "duplicate")]
        assert sources(store) == ["copy.txt", "sub/two.md"]


def test_a_renamed_file_keeps_its_document(store, folder, monkeypatch):
    ingest([folder], store)
    (folder / "one.txt").rename(folder / "eins.txt")
    monkeypatch.setattr(Sandbox, "read", None)
    report = ingest([folder], store, prune=True)
    assert (report.unchanged, report.removed) == (("eins.txt", "sub/two.md"), ())
    assert warned(report) == [("eins.txt", "renamed")]
    assert sources(store) == ["eins.txt", "sub/two.md"]


def test_a_moved_folder_with_a_changed_file_has_no_old_version_left(store, folder):
    ingest([folder], store)
    moved = folder.rename(folder.parent / "moved")
    (moved / "one.txt").write_text(ONE.replace("95", "97"), encoding="utf-8")
    report = ingest([moved], store)
    assert (report.replaced, report.unchanged) == (("one.txt",), ("sub/two.md",))
    assert sources(store) == ["one.txt", "sub/two.md"]


def test_files_of_one_name_in_two_folders_are_two_documents(store, folder):
    other = folder.parent / "other"
    other.mkdir()
    (other / "one.txt").write_text(TWO.replace("100", "90"), encoding="utf-8")
    ingest([folder], store)
    assert ingest([other], store).added == ("one.txt",)
    assert sources(store) == ["one.txt", "one.txt", "sub/two.md"]


def test_one_bad_file_never_stops_the_others(store, folder):
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "broken.docx").write_bytes(b"PK no package")
    (folder / "empty.txt").touch()
    report = ingest([folder], store)
    assert report.added == ("one.txt", "sub/two.md")
    assert [source for source, _ in failed(report)] == ["broken.docx", "broken.pdf", "empty.txt"]
    assert sources(store) == ["one.txt", "sub/two.md"]


def test_a_changed_file_that_breaks_keeps_its_old_version(store, folder):
    ingest([folder], store)
    (folder / "one.txt").write_bytes(b"")
    report = ingest([folder], store, prune=True)
    assert failed(report) == [("one.txt", "file_empty")]
    assert sources(store) == ["one.txt", "sub/two.md"]


def test_an_error_of_our_own_code_is_the_files_alone(store, folder, monkeypatch):
    def failing(document):
        if document.source.source == "one.txt":
            raise ZeroDivisionError("oops")
        return make_passages(document)

    monkeypatch.setattr(pipeline, "make_passages", failing)
    report = ingest([folder], store)
    assert failed(report) == [("one.txt", "extraction_failed")]
    assert report.added == ("sub/two.md",)


def test_hidden_files_and_the_store_are_passed_over_and_others_named(store, folder):
    (folder / ".hidden.txt").write_text(ONE, encoding="utf-8")
    (folder / "~$one.docx").write_text("lock", encoding="utf-8")
    (folder / "table.xlsx").write_text("x", encoding="utf-8")
    report = ingest([folder.parent], store)
    assert report.added == ("plans/one.txt", "plans/sub/two.md")
    assert warned(report) == [("plans/table.xlsx", "unsupported_skipped")]


def test_what_was_named_and_cannot_be_read_has_failed(store, folder):
    (folder / "table.xlsx").write_text("x", encoding="utf-8")
    report = ingest([folder / "table.xlsx", folder / "nowhere.txt", folder / "one.txt"], store)
    assert failed(report) == [
        ("table.xlsx", "unsupported_format"),
        (str(folder / "nowhere.txt"), "path_missing"),
    ]
    assert report.added == ("one.txt",)


def test_an_empty_folder_is_said_to_be_empty(store, tmp_path):
    (tmp_path / "empty").mkdir()
    report = ingest([tmp_path / "empty"], store)
    assert warned(report) == [(str(tmp_path / "empty"), "nothing_found")]
    assert report == IngestReport(warnings=report.warnings, seconds=report.seconds)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_has_failed(store, folder):
    (folder / "one.txt").chmod(0)
    assert failed(ingest([folder], store)) == [("one.txt", "file_not_readable")]


def test_a_path_given_twice_is_read_once(store, folder):
    report = ingest([folder, folder / "one.txt", folder / "sub" / ".." / "one.txt"], store)
    assert (report.added, report.warnings) == (("one.txt", "sub/two.md"), ())


def test_a_long_run_is_kept_in_parts(store, folder, monkeypatch):
    monkeypatch.setattr(pipeline, "_COMMIT_SECONDS", 0.0)
    report = ingest([folder], store)
    assert report.added == ("one.txt", "sub/two.md")
    assert (store.generation, len(store.sources())) == (2, 2)


def test_the_digests_that_ship_are_read_whole(store):
    report = ingest([PLANS], store)
    assert (len(report.added), report.failed, report.tables) == (5, (), 1)
    assert all(source.is_digest for source in store.sources())
    assert report.figures > 100


def test_progress_is_told(store, folder):
    told = []
    ingest([folder], store, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told == [("read", 1, 2), ("read", 2, 2)]
