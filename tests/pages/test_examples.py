from pathlib import Path

import pytest

from chain.assistant import open_assistant
from domain.answers import Status
from domain.documents import About, DocumentKind, Source
from ingest.pipeline import ingest
from pages.parts.examples import examples, written_examples
from settings import load_settings
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

PLANS = Path(__file__).parents[2] / "plans"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store.create(tmp_path_factory.mktemp("store"), load_embedder)
    ingest([PLANS], made)
    yield made
    made.close()


@pytest.mark.parametrize(("question", "number"), written_examples())
def test_every_question_offered_to_begin_with_is_answered_from_its_document(store, question, number):
    answer = open_assistant(store, load_settings(store=store.folder)).ask(question)
    assert answer.status is Status.ANSWERED
    sources = [citation.source for citation in answer.citations]
    assert any(number in (source.number, source.about and source.about.number) for source in sources)


def test_a_question_is_offered_only_where_its_document_is():
    page = Source("0" * 64, "a.txt", "Tin", DocumentKind.NEWS, about=About("464/KH-UBND", DocumentKind.PLAN))
    offered = examples([page])
    assert offered
    assert set(offered) == {question for question, number in written_examples() if number == "464/KH-UBND"}
    assert not examples([])
