"""The terminal door, called as a process calls it; once in a process of its own where that matters."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cli
from domain.interchange import FIGURE_COLUMNS

ROOT = Path(__file__).parents[1]
PLANS = ROOT / "plans"
HOI = [sys.executable, str(ROOT / "cli.py")]


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "store"
    assert cli.main(["ingest", str(PLANS), "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def hoi(monkeypatch, tmp_path, capsys):
    """Run `hoi` with these arguments: exit status, standard output, standard error."""
    for name in [name for name in os.environ if name.startswith("HOI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOI_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*arguments):
        capsys.readouterr()
        try:
            status: object = cli.main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = leaving.code
        out, err = capsys.readouterr()
        return status, out, err

    return run


def one_line(err):
    return err.endswith("\n") and err.count("\n") == 1 and err.startswith("hoi: ")


# ---- ingest, documents, remove --------------------------------------------------------------------------


def test_ingest_reports_and_is_idempotent(hoi):
    status, out, err = hoi("ingest", PLANS, "--json")
    report = json.loads(out)
    assert (status, err) == (0, "")
    assert list(report) == [
        "added",
        "unchanged",
        "replaced",
        "removed",
        "failed",
        "warnings",
        "passages",
        "figures",
        "seconds",
    ]
    assert len(report["added"]) == 5
    status, out, _ = hoi("ingest", PLANS, "--json")
    again = json.loads(out)
    assert (again["unchanged"], again["added"]) == (report["added"], [])
    assert (again["passages"], again["figures"]) == (report["passages"], report["figures"])


def test_ingest_says_in_words_what_it_did(hoi, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Kế hoạch\n\nTrên 95% hộ.", encoding="utf-8")
    (tmp_path / "in" / "b.pdf").write_text("nothing", encoding="utf-8")
    status, out, err = hoi("ingest", tmp_path / "in")
    assert status == 0
    assert "Thêm: a.txt" in out
    assert one_line(err)
    assert "b.pdf" in err


@pytest.mark.parametrize("name", ["nowhere", "table.xlsx", "empty.txt"])
def test_a_named_file_that_fails_is_status_1_and_one_line(hoi, tmp_path, name):
    if name != "nowhere":
        (tmp_path / name).touch()
    status, out, err = hoi("ingest", tmp_path / name, "--json")
    assert status == 1
    assert one_line(err)
    assert name in err
    (failure,) = json.loads(out)["failed"]
    assert set(failure) == {"source", "code", "message"}


def test_an_empty_folder_is_no_failure(hoi, tmp_path):
    (tmp_path / "in").mkdir()
    status, out, err = hoi("ingest", tmp_path / "in", "--json")
    assert (status, err) == (0, "")
    assert [warning["code"] for warning in json.loads(out)["warnings"]] == ["nothing_found"]


def test_documents_are_listed(hoi, filled):
    status, out, _ = hoi("documents", "--store", filled, "--json")
    listed = json.loads(out)
    assert status == 0
    assert len(listed) == 5
    assert all(document["digest"] and document["passages"] > 0 for document in listed)
    _, out, _ = hoi("documents", "--store", filled)
    assert "472/QĐ-UBND" in out
    assert "bản tóm lược, không phải nguyên văn" in out


def test_documents_are_removed_by_any_of_their_names_or_not_at_all(hoi):
    hoi("ingest", PLANS)
    assert hoi("remove", "472/QĐ-UBND", "no such document")[0] == 1
    assert len(json.loads(hoi("documents", "--json")[1])) == 5
    assert hoi("remove", "472/QĐ-UBND")[0] == 0
    assert len(json.loads(hoi("documents", "--json")[1])) == 4


# ---- ask ------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_its_evidence(hoi, filled):
    status, out, err = hoi(
        "ask", "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?", "--json", "--store", filled
    )
    answer = json.loads(out)
    assert (status, err, answer["status"]) == (0, "", "answered")
    assert answer["figures"][0]["value"] == 95
    assert answer["citations"][0]["digest"] is True
    assert answer["timings_ms"]["total"] > 0


def test_a_person_reads_the_answer_and_its_quotation(hoi, filled):
    status, out, _ = hoi(
        "ask", "Mục", "tiêu", "doanh", "nghiệp", "nộp", "thuế", "qua", "mạng", "2030", "--store", filled
    )
    assert status == 0
    assert "trên 95%" in out
    assert "[1]" in out
    assert "“" in out


@pytest.mark.parametrize(
    ("question", "word"), [("", "trống"), ("   ", "trống"), ("?!…", "dấu câu"), ("thuế " * 20_000, "2000")]
)
def test_a_question_that_is_none_is_one_clear_line(hoi, filled, question, word):
    status, out, err = hoi("ask", question, "--store", filled)
    assert (status, out) == (1, "")
    assert one_line(err)
    assert word in err


def test_without_a_store_or_documents_there_is_one_clear_line(hoi, tmp_path):
    for command in (("ask", "Mục tiêu?"), ("search", "thuế"), ("documents",), ("figures",), ("remove", "x")):
        status, out, err = hoi(*command)
        assert (status, out) == (1, "")
        assert one_line(err)
        assert "hoi ingest" in err
    (tmp_path / "in").mkdir()
    hoi("ingest", tmp_path / "in")
    assert "hoi ingest" in hoi("ask", "Mục tiêu?")[2]


def test_a_batch_answers_line_by_line_and_survives_bad_lines(hoi, filled, tmp_path):
    lines = [
        '{"id": "a", "question": "Mục tiêu doanh nghiệp nộp thuế qua mạng 2030?", "x": 1}'.encode(),
        b"not json",
        b'["a list"]',
        b'{"id": 4}',
        b'{"id": {"n": 5}, "question": "?!"}',
        b"",
        b'{"id": "h", "question": "c\xc3\xb2n 2020?", "history": "none"}',
        b'{"id": "g", "question": "\xff"}',
        b'{"id": "s", "question": "\\ud800 thu\\u1ebf"}',
        b'{"id": "b", "question": "con 2020?", "history": [{"question": "nop thue qua mang 2030?"}]}',
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines))
    status, out, err = hoi("ask", "--batch", batch, "--json", "--store", filled)
    results = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [result["id"] for result in results] == ["a", None, None, 4, {"n": 5}, "h", None, "s", "b"]
    assert [set(result) == {"id", "error"} for result in results] == [
        False,
        True,
        True,
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert results[0]["figures"][0]["value"] == 95
    assert results[-1]["figures"][0]["value"] == 90


def test_a_missing_batch_file_is_one_clear_line(hoi, filled, tmp_path):
    status, _, err = hoi("ask", "--batch", tmp_path / "nowhere", "--store", filled)
    assert status == 1
    assert one_line(err)


# ---- search, figures ------------------------------------------------------------------------------------


def test_search_gives_at_most_k_results_best_first(hoi, filled, tmp_path):
    status, out, _ = hoi("search", "nộp thuế qua mạng", "--k", 3, "--json", "--store", filled)
    found = json.loads(out)
    scores = [result["score"] for result in found["results"]]
    assert (status, list(found)) == (0, ["id", "results"])
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert list(found["results"][0]) == ["passage_id", "source", "score", "path", "page", "text"]
    assert len(json.loads(hoi("search", "thuế", "--json", "--store", filled)[1])["results"]) == 10
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        '{"id": 1, "question": "nộp thuế qua mạng"}\n{"id": 2, "question": ""}\n', encoding="utf-8"
    )
    lines = [
        json.loads(line)
        for line in hoi("search", "--batch", batch, "--k", 3, "--store", filled)[1].splitlines()
    ]
    assert [result["passage_id"] for result in lines[0]["results"]] == [
        result["passage_id"] for result in found["results"]
    ]
    assert set(lines[1]) == {"id", "error"}


def test_figures_are_listed_and_filtered(hoi, filled):
    every = json.loads(hoi("figures", "--json", "--store", filled)[1])
    some = json.loads(hoi("figures", "--json", "--place", "bac ninh", "--year", "2025", "--store", filled)[1])
    assert 0 < len(some) < len(every)
    assert {figure["place"] for figure in some} == {"Bắc Ninh"}
    assert all(
        figure["year"] == 2025 or figure["period"][0] <= 2025 <= figure["period"][1] for figure in some
    )
    assert all(figure["citation"]["quote"] for figure in every)


def test_figures_as_csv_open_in_a_spreadsheet(hoi, filled):
    out = hoi("figures", "--csv", "--store", filled)[1]
    assert out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert list(rows[0]) == list(FIGURE_COLUMNS)
    assert len(rows) == len(json.loads(hoi("figures", "--json", "--store", filled)[1]))
    assert hoi("figures", "--csv", "--year", "1900", "--store", filled)[1].count("\n") == 1


# ---- wrong usage, languages, settings -------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ask",),
        ("ask", "x", "--batch", "y"),
        ("nonsense",),
        ("ingest",),
        ("remove",),
        ("search", "x", "--k", "0"),
        ("search", "x", "--k", "ten"),
        ("figures", "--json", "--csv"),
        ("figures", "--year", "soon"),
        ("ask", "x", "--nonsense"),
        ("documents", "--store"),
    ],
)
def test_wrong_usage_is_status_2(hoi, arguments):
    status, out, err = hoi(*arguments)
    assert (status, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("ingest",),
        ("figures", "--json", "--csv"),
        ("figures", "--year", "x"),
        ("ask", "--batch"),
        ("ask", "x", "--no"),
    ],
)
def test_usage_errors_speak_the_language(hoi, monkeypatch, arguments):
    english = ("the following", "invalid", "expected", "not allowed", "unrecognized", "usage", "argument ")
    vietnamese = hoi(*arguments)[2]
    assert not any(word in vietnamese for word in english)
    monkeypatch.setenv("HOI_LANGUAGE", "en")
    assert "wrong usage" in hoi(*arguments)[2]


@pytest.mark.parametrize("command", ["ingest", "documents", "remove", "ask", "search", "figures", "app"])
def test_every_command_has_help_and_a_store(hoi, monkeypatch, command):
    status, out, _ = hoi(command, "--help")
    assert status == 0
    assert "--store DIR" in out
    assert "cách dùng" in out
    assert "show this help" not in out
    monkeypatch.setenv("HOI_LANGUAGE", "en")
    assert "usage: " in hoi(command, "--help")[1]


def test_errors_speak_the_language_of_the_settings(hoi, monkeypatch):
    monkeypatch.setenv("HOI_LANGUAGE", "en")
    assert "There is no store" in hoi("documents")[2]


def test_a_wrong_setting_is_one_clear_line(hoi, monkeypatch):
    monkeypatch.setenv("HOI_STOR", "x")
    status, _, err = hoi("documents")
    assert status == 1
    assert one_line(err)
    assert "HOI_STORE" in err


def test_a_broken_store_is_one_clear_line(hoi, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "catalogue.sqlite").write_bytes(b"rubbish" * 1000)
    for command in (("documents",), ("ask", "Mục tiêu?"), ("ingest", PLANS)):
        status, out, err = hoi(*command)
        assert (status, out) == (1, "")
        assert one_line(err)


def test_a_damaged_index_is_rebuilt_with_a_notice(hoi, tmp_path):
    hoi("ingest", PLANS)
    for path in (tmp_path / "store").glob("chroma-*/*/data_level0.bin"):
        path.write_bytes(b"rubbish")
    status, out, err = hoi("ask", "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?")
    assert status == 0
    assert "trên 95%" in out
    assert err.count("\n") == 1
    assert hoi("ask", "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?")[2] == ""


# ---- as a process ---------------------------------------------------------------------------------------


def process(*arguments, seed="random", **options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOI_")}
    environment |= {"LC_ALL": "C", "PYTHONHASHSEED": str(seed)}
    return subprocess.Popen(
        [*HOI, *map(str, arguments)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_output_is_utf8_whatever_the_locale(filled):
    out, err = process("documents", "--store", filled).communicate()
    assert "Bắc Giang" in out.decode("utf-8")
    assert err == b""


def test_a_reader_that_stops_reading_is_no_error(filled):
    running = process("figures", "--json", "--store", filled)
    running.stdout.read(1)
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 0
    running.stderr.close()


def test_every_process_gives_the_same_answer(filled):
    """Two projects fit this question equally well; which stands first must not hang on the order of a set."""
    question = "Hai dự án nâng cấp trung tâm tích hợp dữ liệu cộng lại bao nhiêu?"
    running = [process("ask", question, "--store", filled, seed=seed) for seed in range(1, 7)]
    assert len({one.communicate()[0] for one in running}) == 1


def test_an_interrupt_is_one_clear_line(filled):
    running = process("ask", "--batch", "-", "--store", filled, stdin=subprocess.PIPE)
    running.stdin.write(b'{"id": 1, "question": "n')
    running.stdin.flush()
    time.sleep(2)  # let it come to where it waits for more input
    running.send_signal(signal.SIGINT)
    _, err = running.communicate()
    assert running.returncode == 1
    assert one_line(err.decode("utf-8"))


def test_a_question_needs_none_of_the_slow_libraries(filled):
    script = (
        f"import sys, cli; status = cli.main(['ask', 'nộp thuế qua mạng 2030', '--store', {str(filled)!r}]);"
        "slow = {'torch', 'sentence_transformers', 'streamlit', 'pandas', 'chromadb'};"
        "assert not slow & set(sys.modules), slow & set(sys.modules); sys.exit(status)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
