"""Answers of a language model: over a real HTTP server that plays scripted behaviour."""

import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from chain.assistant import Turn
from chain.generation import open_generating
from chain.models import Deadline, open_model
from domain.answers import Answer, Mode, Status
from evals.generated import recorded, visible, with_keys
from prompts.wording import Wording, catalogue
from tests.chain.injections import DOCUMENTS, QUESTIONS
from tests.chain.scripted_server import Script, serving, text

QUESTION = "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?"
EVIDENCE = "nộp thuế qua mạng đạt trên 95%"
KEY = "sk-kept-to-itself"


def honest(request):
    return (
        f"Đến năm 2030, tỷ lệ doanh nghiệp nộp thuế qua mạng đạt **trên 95%** [{request.key_of(EVIDENCE)}]."
    )


def settings(server, timeout=10.0, **more):
    values = {
        "model": "scripted", "model_url": server.url, "model_key": SecretStr(KEY),
        "model_timeout_seconds": timeout, "language": "vi",
    }  # fmt: skip
    return SimpleNamespace(**(values | more))


def assistant_at(store, server, **more):
    from datetime import date

    return open_generating(store, settings(server, **more), lambda: date(2026, 11, 22))


@pytest.fixture(scope="module")
def wire(store):
    """One server for the module, and an assistant that asks it."""
    with serving(text("")) as server:
        server.assistant = assistant_at(store, server)
        yield server


def asked(wire, script, question=QUESTION, history=()):
    wire.script, wire.requests[:] = script, []
    return wire.assistant.ask(question, history)


def fallback(code, **values):
    return Wording("vi").text(f"fallback.{code}", **values).split("{")[0].split("…")[0].strip()


# ----- honest ----------------------------------------------------------------------------------------------


def test_an_honest_answer_is_shown_with_its_evidence(wire):
    answer = asked(wire, Script(reply=honest))
    assert answer.mode is Mode.GENERATED
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("Đến năm 2030, tỷ lệ doanh nghiệp nộp thuế qua mạng đạt **trên 95%** [")
    assert answer.fallback is None
    assert answer.removed == ()
    assert (answer.model, answer.prompt_version[:10]) == ("scripted", "answer.vi@")
    [figure] = answer.figures
    assert (figure.figure.quantity.value, figure.figure.year, figure.figure.place) == (95, 2030, "Bắc Giang")
    [citation] = answer.citations
    assert (citation.key,) == figure.citations
    assert "trên 95%" in citation.quote
    assert citation.quote in citation.passage.text


def test_the_key_goes_to_the_server_and_nowhere_else(store, caplog):
    caplog.set_level("DEBUG")
    with serving(Script(reply=honest)) as server:
        assistant = assistant_at(store, server)
        answer = assistant.ask(QUESTION)
        assert server.requests[0].authorization == f"Bearer {KEY}"
    shown = repr(vars(assistant)) + repr(assistant) + repr(answer) + caplog.text
    assert KEY not in shown


def test_no_other_key_is_sent_where_none_is_set(store, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-program")
    with serving(Script(reply=honest)) as server:
        assistant_at(store, server, model_key=None).ask(QUESTION)
        assert "another" not in server.requests[0].authorization


def test_the_host_that_excerpts_go_to_is_named(store):
    with serving(text("")) as server:
        assert assistant_at(store, server).model_host == f"127.0.0.1:{server.server_port}"


def test_nothing_of_a_model_is_imported_where_none_is_set():
    code = (
        "import sys; from types import SimpleNamespace; from chain.assistant import open_assistant\n"
        "assert open_assistant(None, SimpleNamespace(model=None)).model_host is None\n"
        "loaded = {'openai', 'langchain_openai', 'chain.generation', 'chain.models'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_documents_stand_in_the_prompt_as_data_with_their_records(store):
    with serving(Script(reply=honest)) as server:
        assistant_at(store, server).ask(QUESTION)
        user = server.requests[0].user
    assert '<passage key="1"' in user
    assert "= Tỷ lệ doanh nghiệp nộp thuế qua mạng: trên 95% (Mục tiêu đến năm 2030, Bắc Giang)" in user
    assert QUESTION in user


# ----- streaming -------------------------------------------------------------------------------------------


def test_text_comes_sentence_by_sentence_and_the_answer_last(store):
    def reply(request):
        return honest(request) + f" Năm 2020 là trên 98% [{request.key_of(EVIDENCE)}]."

    with serving(Script(reply=reply, between_s=0.005)) as server:
        *pieces, answer = assistant_at(store, server).stream(QUESTION)
    assert len(pieces) == 3  # two sentences, and that the source is a digest
    assert "~~Năm 2020 là trên 98%.~~" in pieces[1]
    assert isinstance(answer, Answer)
    assert "".join(pieces).strip() == answer.text


def test_closing_the_stream_ends_the_request(store):
    script = Script(reply=lambda request: honest(request) + " Câu sau", end="hang")
    with serving(script) as server:
        stream = assistant_at(store, server).stream(QUESTION)
        assert "trên 95%" in next(stream)
        stream.close()
        assert server.gone.wait(2.0)


def test_closing_ends_the_request_whatever_the_client_was_doing(store):
    """Also where the next piece arrives at the moment of closing."""
    with serving(Script(reply=lambda _: "Một câu. Và sau đó nữa", end="hang")) as server:
        model = open_model("scripted", server.url, None, 10.0)
        for _ in range(200):
            stream = model.stream([("user", "?")], Deadline.after(10.0))
            next(stream)
            stream.close()
            assert server.gone.wait(5.0)
            server.gone.clear()


def test_thinking_is_not_shown(wire):
    answer = asked(wire, Script(reply=lambda r: "<think>Có lẽ là 12%? Không.</think>\n" + honest(r)))
    assert answer.mode is Mode.GENERATED
    assert "12%" not in answer.text
    assert answer.removed == ()


def test_a_model_cut_off_by_its_own_limit_loses_the_unfinished_sentence(wire):
    answer = asked(wire, Script(reply=lambda r: honest(r) + " Ngoài ra, đến năm 20", end="length"))
    assert answer.mode is Mode.GENERATED
    assert "đến năm 20 " not in answer.text
    assert "Ngoài ra" not in answer.text


# ----- faults ----------------------------------------------------------------------------------------------

BROKEN = {
    "rate_limited": Script(status=429, headers={"Retry-After": "0"}),
    "key_refused": Script(status=401),
    "model_unknown": Script(status=404),
    "request_refused": Script(status=400),
    "server_error": Script(status=500),
    "broken_off": Script(reply=lambda r: "Đến năm 2030, tỷ lệ doanh", end="cut"),
    "malformed": Script(raw=b"data: {not json\n\n"),
    "empty": text(""),
    "withheld": Script(reply=lambda r: "Đến", end="content_filter"),
    "endless": Script(reply=lambda r: "nộp thuế qua mạng " * 50, endless=True, piece=500),
    "no_support": text("Hoa nở khắp nơi, chim ca ríu rít."),
    "refused": text("Tài liệu không nêu điều này."),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_fault_gives_the_extractive_answer_and_says_why(wire, assistant, code):
    answer = asked(wire, BROKEN[code])
    plain = assistant.ask(QUESTION)
    assert answer.mode is Mode.EXTRACTIVE
    assert (answer.text, answer.figures, answer.status) == (plain.text, plain.figures, plain.status)
    assert fallback(code).split(" 127")[0][:20] in answer.fallback
    assert "sk-" not in answer.fallback


def test_a_stream_killed_after_a_good_sentence_still_ends_in_an_answer(store):
    with serving(Script(reply=lambda r: honest(r) + " Và năm", end="cut")) as server:
        *pieces, answer = assistant_at(store, server).stream(QUESTION)
    assert pieces
    assert answer.mode is Mode.EXTRACTIVE
    assert "đứt giữa chừng" in answer.fallback


def test_no_server_at_all(store):
    with serving(text("")) as server:
        assistant = assistant_at(store, server)
    started = time.monotonic()
    answer = assistant.ask(QUESTION)
    assert time.monotonic() - started < 9  # it waits for nothing: ten seconds are allowed
    assert "không kết nối được" in answer.fallback
    assert answer.figures


@pytest.mark.parametrize(
    "script",
    [
        Script(reply=honest, before_s=30),
        Script(reply=lambda r: "Đến năm", end="hang"),
        Script(reply=lambda r: "a b c " * 200, between_s=0.05, piece=1),
        Script(status=429, headers={"Retry-After": "3600"}),
    ],
    ids=["silent", "falls silent", "trickles", "asks to wait an hour"],
)
def test_the_answer_comes_within_the_time_allowed_plus_half_a_second(store, script):
    with serving(script) as server:
        assistant = assistant_at(store, server, timeout=1.0)
        assistant.chain.invoke(Turn(QUESTION))  # the store is read before the clock starts
        quickest = 99.0
        for _ in range(5):  # other work on the machine may hold up one of them, not all
            started = time.monotonic()
            answer = assistant.ask(QUESTION)
            quickest = min(quickest, time.monotonic() - started)
            if quickest < 1.5:
                break
    assert quickest < 1.5
    assert answer.mode is Mode.EXTRACTIVE
    assert answer.fallback
    assert answer.figures


def test_tries_are_bounded_and_one_may_succeed(store):
    with serving(Script(status=503)) as server:
        assistant_at(store, server).ask(QUESTION)
        assert len(server.requests) == 3
    with serving(Script(reply=honest, status=503, refuse_first=2)) as server:
        assert assistant_at(store, server).ask(QUESTION).mode is Mode.GENERATED
        assert len(server.requests) == 3


def test_every_code_of_a_fallback_has_wording():
    import re
    from pathlib import Path

    root = Path(__file__).parents[2] / "chain"
    source = (root / "models.py").read_text() + (root / "generation.py").read_text()
    codes = set(re.findall(r'given_up\(\s*"(\w+)"|_error\("(\w+)"', source))
    named = {code for pair in codes for code in pair if code} | set(BROKEN) - {"refused"}
    assert {f"fallback.{code}" for code in named} <= set(catalogue("vi"))


# ----- what is asked and what is answered ------------------------------------------------------------------


def test_a_figure_of_another_year_is_no_answer(wire):
    answer = asked(wire, Script(reply=honest), "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2025?")
    assert answer.figures == ()
    assert answer.status is Status.NOT_FOUND
    assert [entry.figure.year for entry in answer.nearest][:1] == [2030]


def test_a_figure_of_another_place_is_not_shown_as_this_ones(wire):
    def reply(request):
        return f"Tỷ lệ doanh nghiệp nộp thuế qua mạng là trên 95% vào năm 2030 [{request.key_of(EVIDENCE)}]."

    answer = asked(wire, Script(reply=reply), "Bắc Ninh: mục tiêu doanh nghiệp nộp thuế qua mạng năm 2030?")
    assert answer.figures == ()
    assert "địa phương" in answer.removed[0].reason


def test_a_model_makes_a_follow_up_stand_alone_where_the_rules_cannot(wire):
    def script(request):
        if request.asks_standalone:
            return text("Tỷ lệ doanh nghiệp dùng chữ ký số khi giao dịch điện tử năm 2030 là bao nhiêu?")
        key = request.key_of("dùng chữ ký số khi giao dịch điện tử đạt trên 80%")
        return text(f"Trên 80% doanh nghiệp dùng chữ ký số vào năm 2030 [{key}].")

    answer = asked(wire, script, "Thế chuyện ký tá bằng token ở các công ty thì ra sao nhỉ?", [QUESTION])
    assert answer.standalone_question.startswith("Tỷ lệ doanh nghiệp dùng chữ ký số")
    assert answer.figures[0].figure.quantity.value == 80


def test_what_a_model_adds_to_a_question_is_not_taken(wire):
    def script(request):
        if request.asks_standalone:
            return text("Doanh nghiệp của Hà Nội nộp thuế qua mạng năm 2045 là bao nhiêu?")
        return Script(reply=honest)

    answer = asked(wire, script, "What is the target for enterprises paying taxes online by 2030?")
    assert "2045" not in answer.standalone_question
    assert "Hà Nội" not in answer.standalone_question


def test_an_english_question_is_answered_in_english(wire):
    def script(request):
        if request.asks_standalone:
            return text("Tỷ lệ doanh nghiệp nộp thuế qua mạng đến năm 2030 là bao nhiêu?")
        assert "Answer the question" in request.user
        key = request.key_of(EVIDENCE)
        return text(
            f"By 2030, over 95% of enterprises in Bắc Giang should pay taxes online "
            f"(“doanh nghiệp nộp thuế qua mạng đạt trên 95%”) [{key}]. By 2025 it is 99% [{key}]."
        )

    answer = asked(wire, script, "What is the target for enterprises paying taxes online by 2030?")
    assert answer.mode is Mode.GENERATED
    assert "over 95%" in visible(answer)
    assert "99%" not in visible(answer)
    assert answer.figures[0].figure.year == 2030
    assert answer.prompt_version.startswith("answer.en@")


# ----- what is written -------------------------------------------------------------------------------------

LYING = [record for kind in dict.fromkeys(r["kind"] for r in recorded("lying"))
         for record in [r for r in recorded("lying") if r["kind"] == kind][:2]]  # fmt: skip


@pytest.mark.parametrize("record", LYING, ids=lambda record: record["id"])
def test_a_lie_over_the_wire_is_not_shown_unmarked(wire, record):
    answer = asked(wire, Script(reply=lambda r: with_keys(record, r.user)), record["question"])
    if answer.mode is Mode.GENERATED:
        assert answer.removed
        assert record["lie"] not in visible(answer)
    else:
        assert answer.fallback


# ----- injections ------------------------------------------------------------------------------------------


class Poisoned:
    """The store with an instruction put into the passage that answers the question."""

    def __init__(self, store, words):
        self._store, self._words = store, words

    def __getattr__(self, name):
        return getattr(self._store, name)

    def passages(self):
        return tuple(self._poisoned(passage) for passage in self._store.passages())

    def search(self, *arguments):
        from dataclasses import replace

        return tuple(
            replace(hit, passage=self._poisoned(hit.passage)) for hit in self._store.search(*arguments)
        )

    def _poisoned(self, passage):
        from dataclasses import replace

        if EVIDENCE not in passage.text:
            return passage
        return replace(passage, text=f"{passage.text}\n{self._words}")


def shows(answer, words):
    return answer.mode is Mode.GENERATED and words in visible(answer)


@pytest.mark.parametrize(("words", "obeys", "shown"), DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_an_instruction_in_a_document_changes_nothing(wire, store, words, obeys, shown):
    def reply(request):
        key = request.key_of(EVIDENCE)
        assert words not in request.user
        assert request.user.count("</evidence>") == 1
        return honest(request) + " " + obeys.replace("[1]", f"[{key}]")

    wire.script = Script(reply=reply)
    poisoned = assistant_at(Poisoned(store, words), wire)
    obedient = poisoned.ask(QUESTION)
    assert not shows(obedient, shown)
    assert obedient.figures[0].figure.quantity.value == 95
    wire.script = Script(reply=honest)
    steadfast = poisoned.ask(QUESTION)
    assert steadfast.mode is Mode.GENERATED
    assert steadfast.removed == ()


@pytest.mark.parametrize(("question", "obeys", "shown"), QUESTIONS, ids=range(len(QUESTIONS)))
def test_an_instruction_in_a_question_changes_nothing(wire, question, obeys, shown):
    def reply(request):
        return obeys.replace("[1]", f"[{request.key_of(EVIDENCE)}]")

    answer = asked(wire, Script(reply=reply), question)
    assert not shows(answer, shown)


def test_a_tracing_variable_of_another_program_sends_nothing(store, monkeypatch):
    from langchain_core.tracers.context import _tracing_v2_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    traced = []

    class Watched(Poisoned):
        def search(self, *arguments):
            traced.append(_tracing_v2_is_enabled())
            return super().search(*arguments)

    with serving(Script(reply=honest)) as server:
        assistant_at(Watched(store, ""), server).ask(QUESTION)
    assert traced
    assert not any(traced)
