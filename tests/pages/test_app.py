"""The app under Streamlit's own tester: what needs no browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("store")
    store = Store.create(made, load_embedder)
    ingest([ROOT / "plans"], store)
    store.close()
    return made


@pytest.fixture
def app(monkeypatch, folder):
    import streamlit as st

    st.cache_resource.clear()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("HOI_STORE", str(folder))
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    st.cache_resource.clear()


def shown(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def test_it_starts_with_questions_and_answers_the_first(app):
    app.run()
    assert not app.exception
    first = next(button for button in app.button if (button.key or "").startswith("example-"))
    first.click().run()
    assert not app.exception
    assert "trên 95%" in shown(app)


def test_a_typed_question_is_answered_and_the_language_can_be_english(app, monkeypatch):
    monkeypatch.setenv("HOI_LANGUAGE", "en")
    app.run()
    assert "Every answer cites" in shown(app)
    app.chat_input[0].set_value("Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?").run()
    assert not app.exception
    assert "over 95%" in shown(app)


def test_a_setting_that_is_wrong_is_one_clear_line(app, monkeypatch):
    monkeypatch.setenv("HOI_LANGUAGE", "fr")
    app.run()
    assert not app.exception
    assert "HOI_LANGUAGE" in shown(app)
