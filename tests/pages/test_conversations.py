import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from domain.answers import Answer, AnswerFigure, Citation, Status
from domain.documents import DocumentKind, Passage, PassageKind, Source
from domain.errors import StoreError
from pages.parts.conversations import FILE_NAME, Conversations, Feedback, Turn, is_id, new_id
from tests.pages.samples import figure

SOURCE = Source("a" * 64, "kế hoạch.pdf", "Kế hoạch", DocumentKind.PLAN, number="1/KH-UBND")
PASSAGE = Passage(
    "a" * 16 + "-0000", "a" * 64, 0, PassageKind.PROSE, ("I. Mục tiêu",), "Đạt trên 95%.", page=2
)
ANSWERED = Turn(
    "Bao nhiêu?",
    Answer(
        "Bao nhiêu?",
        "Bao nhiêu doanh nghiệp?",
        Status.ANSWERED,
        "**Trên 95%** [1].",
        citations=(Citation(1, SOURCE, PASSAGE, "Đạt trên 95%."),),
        figures=(AnswerFigure(figure(), (1,)),),
    ),
)
FAILED = Turn("?!", problem="Câu hỏi chỉ có dấu câu.")


@pytest.fixture
def conversations(tmp_path):
    return Conversations(tmp_path, kept_days=30)


def test_a_conversation_comes_back_as_it_was(conversations):
    conversation = new_id()
    conversations.keep(conversation, 0, ANSWERED)
    conversations.keep(conversation, 1, FAILED)
    assert conversations.turns(conversation) == (ANSWERED, FAILED)
    assert conversations.turns(new_id()) == ()


def test_nothing_is_written_before_there_is_something_to_keep(conversations, tmp_path):
    assert conversations.turns(new_id()) == ()
    assert conversations.feedback(new_id()) == {}
    conversations.delete(new_id())
    assert not list(tmp_path.iterdir())


def test_deleting_leaves_nothing_of_it_in_the_file(conversations, tmp_path):
    conversation, other = new_id(), new_id()
    conversations.keep(conversation, 0, Turn("một câu hỏi rất riêng tư"))
    conversations.keep(other, 0, FAILED)
    conversations.rate(conversation, 0, Feedback(False, True, "lý do cũng riêng tư"))
    conversations.delete(conversation)
    assert conversations.turns(conversation) == ()
    assert conversations.feedback(conversation) == {}
    assert "riêng tư".encode() not in (tmp_path / FILE_NAME).read_bytes()
    assert conversations.turns(other) == (FAILED,)


def test_the_last_word_on_an_answer_counts(conversations):
    conversation = new_id()
    conversations.rate(conversation, 0, Feedback(True))
    conversations.rate(conversation, 0, Feedback(False, True, "sai trang"))
    assert conversations.feedback(conversation) == {0: Feedback(False, True, "sai trang")}


def test_what_is_older_than_its_time_is_dropped_but_not_a_conversation_that_goes_on(conversations, tmp_path):
    old, alive = new_id(), new_id()
    for conversation in (old, alive):
        conversations.keep(conversation, 0, FAILED)
    long_ago = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE turns SET asked_at = ?", (long_ago,))
    conversations.keep(alive, 1, FAILED)
    assert conversations.turns(old) == ()
    assert len(conversations.turns(alive)) == 2


def test_ids_are_not_alike_and_only_such_are_looked_up():
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(map(is_id, ids))
    assert not any(map(is_id, ("", "1", "a" * 21, "a" * 23, "' OR 1=1 --aaaaaaaaaaa", "à" * 22)))


def test_a_broken_file_is_a_clear_error(conversations, tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 100)
    with pytest.raises(StoreError) as error:
        conversations.turns(new_id())
    assert error.value.code == "conversations_broken"
