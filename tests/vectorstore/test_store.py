import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from domain.documents import DocumentKind
from domain.errors import StoreError
from tests.vectorstore.store_samples import SENTENCES, HashingEmbedder, document, new_store, put
from vectorstore.catalogue import FILE_NAME, batches
from vectorstore.store import Store

ROOT = Path(__file__).parents[2]


def reopened(store, embedder=None, **options):
    chosen = embedder or HashingEmbedder()
    return Store.open(store.folder, lambda: chosen, **options)


class Notices(list[str]):
    def __call__(self, code, values):
        self.append(code)


# ---- searching ------------------------------------------------------------------------------------------


def test_the_passage_that_says_it_is_found_first(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    for question in ("doanh nghiệp nộp thuế qua mạng", "DOANH NGHIEP NOP THUE QUA MANG?"):
        hits = store.search(question, 2)
        assert hits[0].passage.text == SENTENCES[0]
        assert len(hits) == 2
        assert hits[0].score > hits[1].score


def test_nothing_is_found_for_nothing(tmp_path):
    store = new_store(tmp_path)
    assert store.search("thuế", 5) == ()
    put(store, document("a.txt"))
    assert store.search("", 5) == store.search("?!… ", 5) == store.search("thuế", 0) == ()
    assert len(store.search("thuế", 100)) == len(SENTENCES)


def test_equal_passages_keep_the_order_of_the_documents(tmp_path):
    store = new_store(tmp_path)
    put(store, *(document(f"{name}.txt", SENTENCES[:2], place=f"Tỉnh {name}") for name in "cab"))
    hits = store.search("nộp thuế qua mạng", 3)
    assert [store.source(hit.passage.document_id).source for hit in hits] == ["a.txt", "b.txt", "c.txt"]
    assert hits == reopened(store).search("nộp thuế qua mạng", 3)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_store_may_be_very_small(tmp_path, count):
    store = new_store(tmp_path)
    put(store, document("a.txt", SENTENCES[:count]))
    notices = Notices()
    for _ in range(3):
        assert len(reopened(store, notify=notices).search("nộp thuế", 9)) == count
    assert notices == []


def test_a_passage_without_words_can_be_stored(tmp_path):
    store = new_store(tmp_path)
    source, passages, _ = document("a.txt", ("…", "nộp thuế"))
    put(store, (source, passages, ()))
    assert store.search("nộp thuế", 1)[0].passage.text == "nộp thuế"


# ---- reading --------------------------------------------------------------------------------------------


def test_what_was_put_is_read_back(tmp_path):
    store = new_store(tmp_path)
    source, passages, figures = document("a.txt")
    put(store, (source, passages, figures))
    for reading in (store, reopened(store)):
        assert reading.sources() == (source,)
        assert reading.source(source.document_id) == source
        assert reading.passages() == reading.passages_of(source.document_id) == passages
        assert reading.passage(passages[1].passage_id) == passages[1]
        assert reading.neighbours(passages[0].passage_id) == passages[1:2]
        assert reading.figures() == figures
        assert reading.figures_of(passages[1].passage_id) == figures[1:2]
        assert reading.view().counts() == (len(passages), len(figures))


def test_what_is_not_there_is_a_key_error(tmp_path):
    store = new_store(tmp_path)
    with pytest.raises(KeyError):
        store.source("x")
    with pytest.raises(KeyError):
        store.passage("x")


def test_documents_are_named_by_id_source_number_or_beginning(tmp_path):
    store = new_store(tmp_path)
    one, two = document("a/x.txt", number="472/QĐ-UBND"), document("b.txt", number="1/KH")
    put(store, one, two)
    view = store.view()
    for name in (one[0].document_id, one[0].document_id[:8].upper(), "a/x.txt", "472/qđ-ubnd"):
        assert view.named(name) == (one[0],)
    assert view.named("nothing") == view.named("") == ()


# ---- writing --------------------------------------------------------------------------------------------


def test_a_changed_file_replaces_its_older_version(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"), document("b.txt"))
    changed = document("a.txt", ("Trên 80% doanh nghiệp dùng chữ ký số.",))
    with store.writer() as writer:
        older = writer.put(*changed)
    assert [entry.source.source for entry in older] == ["a.txt"]
    assert [source.source for source in store.sources()] == ["a.txt", "b.txt"]
    assert store.passages_of(changed[0].document_id) == changed[1]
    assert len(store.passages()) == len(store.view().passage_ids) == 1 + len(SENTENCES)
    assert store.search("chữ ký số", 1)[0].passage == changed[1][0]


def test_files_of_one_name_in_two_folders_are_two_documents(tmp_path):
    store = new_store(tmp_path)
    with store.writer() as writer:
        writer.put(*document("a.txt"), origin="/one/a.txt")
        writer.put(*document("a.txt", SENTENCES[:2]), origin="/two/a.txt")
    assert len(store.sources()) == 2


def test_only_new_texts_are_embedded(tmp_path):
    embedder = HashingEmbedder()
    store = new_store(tmp_path, embedder)
    put(store, document("a.txt"))
    embedder.embedded.clear()
    put(store, document("a.txt", (*SENTENCES, "Câu mới.")), document("b.txt"))
    assert embedder.embedded == ["I. Mục tiêu\nCâu mới."]


def test_removing_takes_everything_with_it(tmp_path):
    store = new_store(tmp_path)
    one, two = document("a.txt"), document("b.txt", ("Câu khác.",))
    put(store, one, two)
    with store.writer() as writer:
        writer.remove(one[0].document_id)
    assert store.sources() == (two[0],)
    assert store.figures() == two[2]
    assert [hit.passage for hit in store.search("thuế", 9)] == list(two[1])
    with store.writer() as writer:
        writer.remove(two[0].document_id)
    assert store.search("thuế", 9) == ()


def test_a_failing_writer_leaves_the_state_of_before(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    generation = store.generation
    with pytest.raises(ZeroDivisionError), store.writer() as writer:
        writer.put(*document("b.txt"))
        raise ZeroDivisionError
    assert (store.generation, len(store.sources())) == (generation, 1)
    assert reopened(store).search("thuế", 1)


def test_a_writer_that_changes_nothing_makes_no_generation(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    with store.writer():
        pass
    assert store.generation == 1


def test_a_second_writer_is_told(tmp_path):
    store = new_store(tmp_path)
    other = reopened(store, lock_timeout_seconds=0.1)
    with store.writer(), pytest.raises(StoreError) as caught, other.writer():
        raise AssertionError("two writers")
    assert caught.value.code == "store_locked"
    assert caught.value.values["seconds"] == "0.1"


def test_a_second_writer_waits_for_the_first(tmp_path):
    store = new_store(tmp_path)
    entered, done = threading.Event(), []

    def write_later():
        entered.wait()
        put(reopened(store), document("b.txt"))
        done.append(True)

    thread = threading.Thread(target=write_later)
    thread.start()
    with store.writer() as writer:
        entered.set()
        writer.put(*document("a.txt"))
    thread.join()
    store.refresh()
    assert done
    assert [source.source for source in store.sources()] == ["a.txt", "b.txt"]


def test_old_indexes_are_dropped_but_the_last_but_one_is_kept(tmp_path):
    store = new_store(tmp_path)
    for name in "abcd":
        put(store, document(f"{name}.txt"))
    generations = {path.name.split("-")[1] for path in tmp_path.iterdir() if path.is_dir()}
    assert generations == {"3", "4"}


# ---- several processes ----------------------------------------------------------------------------------


def test_a_reader_sees_another_writers_work_after_a_refresh(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    reader = reopened(store)
    assert not reader.refresh()
    put(store, document("b.txt", ("Hạ tầng băng rộng cố định.",)))
    assert len(reader.sources()) == 1  # one state until asked
    assert reader.search("hạ tầng băng rộng", 1)[0].passage.text in SENTENCES
    assert reader.refresh()
    assert reader.generation == store.generation
    assert reader.search("hạ tầng băng rộng", 1)[0].passage.text == "Hạ tầng băng rộng cố định."
    assert not reader.refresh()


def test_a_view_does_not_change_under_its_reader(tmp_path):
    store = new_store(tmp_path)
    one = document("a.txt")
    put(store, one)
    view = store.view()
    with store.writer() as writer:
        writer.remove(one[0].document_id)
    assert store.sources() == ()
    assert view.passage(one[1][0].passage_id) == one[1][0]


def test_a_store_that_was_made_anew_is_noticed(tmp_path):
    store = new_store(tmp_path / "store")
    put(store, document("a.txt"))
    reader = reopened(store)
    shutil.rmtree(tmp_path / "store")
    with pytest.raises(StoreError, match="store_missing"):
        reader.refresh()
    put(new_store(tmp_path / "store"), document("b.txt"))
    assert reader.refresh()
    assert [source.source for source in reader.sources()] == ["b.txt"]
    assert reader.search("nộp thuế", 1)


def test_many_threads_search_one_store(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    expected, found = store.search("nộp thuế", 2), []
    fresh = reopened(store)
    threads = [threading.Thread(target=lambda: found.append(fresh.search("nộp thuế", 2))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


# ---- indexes that fail their check ----------------------------------------------------------------------


def index_files(folder):
    return sorted(path for path in folder.glob("*-*-*/**/*") if path.is_file())


def damage_folder(folder):
    for path in folder.glob("chroma-*"):
        shutil.rmtree(path)
    for path in folder.glob("lexical-*"):
        shutil.rmtree(path)


def damage_by(change):
    def damage(folder):
        for path in index_files(folder):
            change(path)

    return damage


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (damage_folder, "index_missing"),
        (damage_by(Path.unlink), "index_broken"),
        (damage_by(lambda path: os.truncate(path, path.stat().st_size // 2)), "index_broken"),
        (damage_by(lambda path: path.write_bytes(b"\xff" * path.stat().st_size)), "index_broken"),
        (damage_by(lambda path: os.truncate(path, 0)), "index_broken"),
    ],
)
@pytest.mark.parametrize("one_question", [False, True])
def test_damaged_indexes_are_rebuilt_with_a_notice(tmp_path, damage, code, one_question):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    expected = store.search("nộp thuế", 4)
    store.close()
    damage(tmp_path)
    notices = Notices()
    for _ in range(2):
        hits = reopened(store, notify=notices, one_question=one_question).search("nộp thuế", 4)
        assert [hit.passage for hit in hits] == [hit.passage for hit in expected]
        assert notices == [code]


@pytest.mark.parametrize(
    "pattern",
    [
        "chroma-*/chroma.sqlite3",
        "chroma-*/*/*.bin",
        "chroma-*/moments.npz",
        "lexical-*/*.npy",
        "*/manifest.json",
    ],
)
def test_one_damaged_file_is_enough(tmp_path, pattern):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    expected = store.search("nộp thuế", 4)
    store.close()
    for path in tmp_path.glob(pattern):
        content = bytearray(path.read_bytes())
        for position in range(0, len(content), 97):
            content[position] ^= 0x5A
        path.write_bytes(content)
    assert reopened(store, notify=Notices()).search("nộp thuế", 4) == expected


@pytest.mark.parametrize(
    "pattern", ["chroma-*/vectors.npy", "chroma-*/moments.npz", "chroma-*/manifest.json"]
)
def test_an_index_that_lacks_a_file_is_rebuilt_in_its_place(tmp_path, pattern):
    """Chroma had the folder open when the file was missed; it must not go on with what was deleted."""
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    expected = [hit.passage for hit in store.search("nộp thuế", 4)]
    store.close()
    for path in tmp_path.glob(pattern):
        path.unlink()
    again = reopened(store, notify=Notices())
    for _ in range(3):
        assert [hit.passage for hit in again.search("nộp thuế", 4)] == expected


def test_indexes_taken_away_while_open_are_rebuilt(tmp_path):
    notices = Notices()
    store = new_store(tmp_path, notify=notices)
    put(store, document("a.txt"))
    expected = store.search("nộp thuế", 4)
    damage_folder(tmp_path)
    assert store.search("nộp thuế", 4) == expected


def test_a_builder_that_was_killed_leaves_nothing_behind(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    leftover = tmp_path / "chroma-1-0123456789ab.building"
    leftover.mkdir()
    put(store, document("b.txt"))
    assert not leftover.exists()


def test_another_embedder_embeds_everything_again_and_says_so(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    other, notices, stages = HashingEmbedder("other", 48), Notices(), set()
    changed = reopened(store, other, notify=notices, progress=lambda stage, done, total: stages.add(stage))
    assert changed.search("nộp thuế qua mạng", 1)[0].passage.text == SENTENCES[0]
    assert len(other.embedded) == len(SENTENCES)
    assert "embedder_changed" in notices
    assert {"embed", "index"} <= stages
    assert reopened(store, notify=notices).search("nộp thuế qua mạng", 1)
    assert notices.count("embedder_changed") == 1  # the first embedder's vectors are still there


def test_the_change_of_embedder_can_be_prepared(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    other = HashingEmbedder("other")
    changed = reopened(store, other)
    changed.prepare()
    assert len(other.embedded) == len(SENTENCES)
    changed.prepare()
    assert len(other.embedded) == len(SENTENCES)


# ---- digests --------------------------------------------------------------------------------------------


def test_a_digest_is_retired_by_its_original_and_comes_back_without_it(tmp_path):
    store = new_store(tmp_path)
    facts = {"kind": DocumentKind.DECISION, "number": "472/QĐ-UBND"}
    digest = document("tom-luoc.md", ("Bản tóm lược nói về thuế.",), digest_of="Quyết định 472", **facts)
    original = document("goc.pdf", **facts)
    put(store, digest)
    assert store.sources() == (digest[0],)
    put(store, original)
    assert store.sources() == (original[0],)
    assert store.passages() == original[1]
    assert store.figures() == original[2]
    assert all(hit.passage.document_id == original[0].document_id for hit in store.search("thuế", 9))
    with pytest.raises(KeyError):
        store.passage(digest[1][0].passage_id)
    with store.writer() as writer:
        writer.remove(original[0].document_id)
    assert store.sources() == (digest[0],)
    assert store.search("thuế", 9)[0].passage == digest[1][0]


# ---- killed processes -----------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
import vectorstore.indexes, vectorstore.store, vectorstore.folders
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from tests.vectorstore.store_samples import document, new_store, put

def kill(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def kill_after(owner, name):
    inner = getattr(owner, name)
    def killing(*args, **options):
        inner(*args, **options)
        kill()
    setattr(owner, name, killing)

store = new_store(Path({folder!r}))
point = {point!r}
if point == "after put":
    kill_after(vectorstore.store.Writer, "put")
elif point == "after embedding":
    kill_after(vectorstore.store, "embed_missing")
elif point == "while Chroma is written":
    vectorstore.dense.batches = lambda count, most: (slice(i, i + 1) if i < 2 else kill() for i in range(9))
elif point == "before the rename":
    vectorstore.folders._flush = kill
elif point == "before the commit":
    kill_after(vectorstore.store, "build_indexes")
elif point == "after the commit":
    kill_after(Catalogue, "commit")
put(store, document("b.txt", ("Hạ tầng băng rộng cố định.", "Câu thứ hai.", "Câu thứ ba.")))
"""


@pytest.mark.parametrize(
    "point",
    [
        "after put",
        "after embedding",
        "while Chroma is written",
        "before the rename",
        "before the commit",
        "after the commit",
    ],
)
def test_a_process_killed_at_any_moment_leaves_a_store_that_opens(tmp_path, point):
    store = new_store(tmp_path)
    put(store, document("a.txt"))
    script = KILLED.format(root=str(ROOT), folder=str(tmp_path), point=point)
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    again = reopened(store)
    committed = point == "after the commit"
    assert [source.source for source in again.sources()] == ["a.txt", "b.txt"][: 1 + committed]
    assert again.search("nộp thuế qua mạng", 1)[0].passage.text == SENTENCES[0]
    put(again, document("c.txt", ("Hạ tầng băng rộng cố định.",)))
    assert again.search("hạ tầng băng rộng", 1)[0].passage.text == "Hạ tầng băng rộng cố định."
    assert not list(tmp_path.glob("*.building"))


def test_the_catalogue_is_all_that_is_needed(tmp_path):
    store = new_store(tmp_path / "one")
    put(store, document("a.txt"))
    expected = store.search("nộp thuế", 4)
    store.close()
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / FILE_NAME, tmp_path / "two" / FILE_NAME)
    moved = Store.open(tmp_path / "two", HashingEmbedder, notify=Notices())
    assert moved.search("nộp thuế", 4) == expected


def test_a_single_question_gets_the_same_answer_without_chroma(tmp_path):
    store = new_store(tmp_path)
    put(store, document("a.txt", tuple(f"Chỉ tiêu số {n} của tỉnh về thuế." for n in range(40))))
    expected = store.search("chỉ tiêu số 17", 5)
    script = (
        "import sys; from pathlib import Path; from tests.vectorstore.store_samples import *;"
        "from vectorstore.store import Store;"
        f"store = Store.open(Path({str(tmp_path)!r}), HashingEmbedder, one_question=True);"
        "print(*(hit.passage.passage_id for hit in store.search('chỉ tiêu số 17', 5)));"
        "assert 'chromadb' not in sys.modules"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
    )
    assert found.stdout.split() == [hit.passage.passage_id for hit in expected]


@pytest.mark.parametrize(("count", "most"), [(0, 5), (1, 5), (5, 5), (6, 5), (11, 5), (12, 3)])
def test_batches_cover_every_row_once_and_none_is_left_alone(count, most):
    slices = list(batches(count, most))
    assert [row for rows in slices for row in range(count)[rows]] == list(range(count))
    assert all(rows.stop - rows.start <= most for rows in slices)
    assert count < 2 or all(rows.stop - rows.start >= 2 for rows in slices)


def test_far_passages_share_what_is_left_of_the_mean(tmp_path, monkeypatch):
    """Scores do not depend on how many neighbours Chroma is asked for."""
    import vectorstore.dense

    store = new_store(tmp_path)
    put(store, document("a.txt", tuple(f"Chỉ tiêu số {n} của tỉnh về thuế." for n in range(40))))
    whole = store.search("chỉ tiêu số 17", 5)
    monkeypatch.setattr(vectorstore.dense, "NEAREST", 10)
    part = reopened(store).search("chỉ tiêu số 17", 5)
    assert [hit.passage for hit in part][:1] == [hit.passage for hit in whole][:1]
    assert np.allclose(part[0].score, whole[0].score, atol=1e-3)
