"""The store as a LangChain retriever."""

from pathlib import Path

from chain.retriever import PlanRetriever, hits_of
from domain.documents import DocumentKind
from tests.vectorstore.store_samples import SENTENCES, document, new_store, put


def test_twins_come_along_so_that_a_question_about_the_page_can_be_answered_from_it(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    page = document("a.txt", SENTENCES[:1], kind=DocumentKind.NEWS)
    put(store, page, document("b.txt", kind=DocumentKind.DECISION))
    hits = hits_of(PlanRetriever(library=store, k=2).invoke("nộp thuế qua mạng"))
    assert [store.source(hit.passage.document_id).source for hit in hits] == ["b.txt", "a.txt", "b.txt"]
    assert hits[0].score == hits[1].score > hits[2].score
