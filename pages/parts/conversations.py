"""Conversations and what readers think of answers, in a SQLite file of their own beside the store.

A conversation is found by an id that cannot be guessed; it is kept for some days after its last question,
then dropped. Domain values in, domain values out; no Streamlit.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.answers import Answer
from domain.errors import StoreError
from vectorstore import records

FILE_NAME = "conversations.sqlite"
_ID_BYTES = 16
_ID_LENGTH = 22  # of _ID_BYTES in URL-safe base 64
_BUSY_SECONDS = 5.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL,
    position     INTEGER NOT NULL,
    asked_at     TEXT NOT NULL,
    question     TEXT NOT NULL,
    answer       TEXT,              -- domain.answers.Answer
    problem      TEXT NOT NULL,
    PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS turns_by_time ON turns (asked_at);
CREATE TABLE IF NOT EXISTS feedback (
    conversation   TEXT NOT NULL,
    position       INTEGER NOT NULL,
    given_at       TEXT NOT NULL,
    helpful        INTEGER NOT NULL,
    wrong_citation INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the line that says why there is none."""

    question: str
    answer: Answer | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    helpful: bool
    wrong_citation: bool = False
    reason: str = ""


def new_id() -> str:
    return secrets.token_urlsafe(_ID_BYTES)


def is_id(text: str) -> bool:
    """Whether `text` looks like an id of ours; anything else in a link is not looked up."""
    return len(text) == _ID_LENGTH and text.replace("-", "a").replace("_", "a").isalnum() and text.isascii()


class Conversations:
    """The file in the folder of a store, made when the first conversation is kept. Raises StoreError."""

    def __init__(self, folder: Path, kept_days: int) -> None:
        self._file = folder / FILE_NAME
        self._kept = timedelta(days=kept_days)

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """None for a conversation that is not known, or no longer."""
        if not self._file.exists():
            return ()
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT question, answer, problem FROM turns WHERE conversation = ? ORDER BY position",
                (conversation,),
            ).fetchall()
        return tuple(
            Turn(question, records.from_text(Answer, answer) if answer else None, problem)
            for question, answer, problem in rows
        )

    def keep(self, conversation: str, position: int, turn: Turn) -> None:
        """Add a turn; conversations whose time is over are dropped on the occasion."""
        answer = records.to_text(turn.answer) if turn.answer else None
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?)",
                (conversation, position, _now(), turn.question, answer, turn.problem),
            )
            self._drop_old(connection)

    def rate(self, conversation: str, position: int, feedback: Feedback) -> None:
        with self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)",
                (conversation, position, _now(), feedback.helpful, feedback.wrong_citation, feedback.reason),
            )

    def feedback(self, conversation: str) -> dict[int, Feedback]:
        """By the position of the turn."""
        if not self._file.exists():
            return {}
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT position, helpful, wrong_citation, reason FROM feedback WHERE conversation = ?",
                (conversation,),
            ).fetchall()
        return {
            position: Feedback(bool(helpful), bool(wrong), reason) for position, helpful, wrong, reason in rows
        }

    def delete(self, conversation: str) -> None:
        """The conversation and what was said about its answers."""
        if not self._file.exists():
            return
        with self._connection() as connection:
            for table in ("turns", "feedback"):
                connection.execute(f"DELETE FROM {table} WHERE conversation = ?", (conversation,))

    def _drop_old(self, connection: sqlite3.Connection) -> None:
        oldest = (datetime.now(UTC) - self._kept).isoformat()
        over = "SELECT conversation FROM turns GROUP BY conversation HAVING max(asked_at) < ?"
        for table in ("feedback", "turns"):
            connection.execute(f"DELETE FROM {table} WHERE conversation IN ({over})", (oldest,))

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        try:
            with contextlib.closing(sqlite3.connect(self._file, timeout=_BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                connection.executescript(_SCHEMA)
                with connection:
                    yield connection
        except sqlite3.Error as error:
            raise StoreError("conversations_broken", file=self._file, detail=error) from error


def _now() -> str:
    return datetime.now(UTC).isoformat()
