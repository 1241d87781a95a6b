"""Lines for a person at a terminal."""

from domain.answers import Hit
from prompts.terminal import hit_lines
from prompts.wording import Wording
from tests.vectorstore.store_samples import SENTENCES, document


def test_a_statement_made_in_two_documents_is_shown_once_with_both_places() -> None:
    decision, page = document("quyet-dinh.pdf")[1][0], document("trang-tin.html")[1][0]
    sources = {decision.document_id: "quyet-dinh.pdf", page.document_id: "trang-tin.html"}
    assert list(hit_lines(1, Hit(decision, 2.0, (page,)), sources, Wording("vi"))) == [
        "1. quyet-dinh.pdf · I. Mục tiêu",
        f"   {SENTENCES[0]}",
        "   Cũng viết trong trang-tin.html · I. Mục tiêu",
    ]
