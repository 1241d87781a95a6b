"""One question to a real small model, for whoever has one: skipped without TEST_MODEL_URL.

Start any OpenAI-compatible server, for example one of

    llama-server -m model.gguf --port 8080                       # llama.cpp; TEST_MODEL=model
    transformers serve --port 8080                               # TEST_MODEL=<name of an instruct model>
    ollama serve                                                 # port 11434, TEST_MODEL=<name pulled>

and run `TEST_MODEL=… TEST_MODEL_URL=http://127.0.0.1:8080/v1 make test`. Whatever the model writes, the answer
must hold: no number without support, and either checked sentences or the extractive answer.
"""

import os
from types import SimpleNamespace

import pytest

from chain.generation import open_generating
from domain.answers import Mode
from evals.generated import unsupported_numbers

QUESTIONS = (
    "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?",
    "Vốn đầu tư thực hiện quy hoạch lấy từ những nguồn nào?",
    "What percentage of enterprises should use digital signatures by 2030?",
)


@pytest.mark.skipif(not os.environ.get("TEST_MODEL_URL"), reason="no real model: set TEST_MODEL_URL")
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_a_real_model_writes_holds(store, question):
    from datetime import date

    settings = SimpleNamespace(
        model=os.environ.get("TEST_MODEL", "default"), model_url=os.environ["TEST_MODEL_URL"], model_key=None,
        model_timeout_seconds=300.0, language="vi",
    )  # fmt: skip
    answer = open_generating(store, settings, date.today).ask(question)
    assert answer.text
    assert answer.mode is Mode.GENERATED or answer.fallback
    if answer.mode is Mode.GENERATED:
        assert not unsupported_numbers(answer)
