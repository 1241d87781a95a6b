"""What a question must be before anybody tries to answer it."""

from __future__ import annotations

import re

from domain.errors import UsageError

MOST_CHARACTERS = 2000
_WORD = re.compile(r"[^\W_]")


def checked_question(text: str, most_characters: int = MOST_CHARACTERS) -> str:
    """The question without outer white space and unpaired surrogates, which nothing can encode.

    Raises UsageError question_empty, question_too_long or question_no_words.
    """
    question = text.encode("utf-8", "replace").decode("utf-8").strip()
    if not question:
        raise UsageError("question_empty")
    if len(question) > most_characters:
        raise UsageError("question_too_long", characters=len(question), limit=most_characters)
    if not _WORD.search(question):
        raise UsageError("question_no_words")
    return question
