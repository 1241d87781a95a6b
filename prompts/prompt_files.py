"""Prompts of the language model as files: `templates/<name>.<language>.md`, in parts that `+++ <role>` opens.

Read once and checked when read: a prompt must have exactly the blanks that the program fills. Its version is
a hash of its text, so that an answer's record says which wording produced it.
"""

from __future__ import annotations

import functools
import hashlib
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "templates"
_PART = re.compile(r"^\+\+\+ (system|user)\n", re.MULTILINE)
_VERSION_DIGITS = 12

# Every prompt with the blanks that it must have, in every language.
BLANKS: Mapping[tuple[str, str], frozenset[str]] = {
    ("answer", "vi"): frozenset({"most_sentences", "refusal", "evidence", "question"}),
    ("answer", "en"): frozenset({"most_sentences", "refusal", "evidence", "question", "standalone"}),
    ("standalone", "vi"): frozenset({"history", "question"}),
    ("standalone", "en"): frozenset({"history", "question"}),
}

Message = tuple[str, str]
"""A role ("system", "user") and its text."""


class PromptError(ValueError):
    """A prompt file has other parts or blanks than the program fills: a fault of the program's files."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file. `version` is "<name>.<language>@<hash>"."""

    version: str
    parts: tuple[Message, ...]

    def messages(self, **values: object) -> tuple[Message, ...]:
        """The parts with their blanks filled. A value is put in as it is: braces in it stay."""
        return tuple((role, string.Formatter().vformat(text, (), values)) for role, text in self.parts)


@functools.cache
def prompt(name: str, language: str) -> Prompt:
    """The prompt `name` in `language`. Raises PromptError where the file has wrong parts or blanks."""
    text = (_FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    return parsed(name, language, text)


def parsed(name: str, language: str, text: str) -> Prompt:
    """The prompt that `text` holds, checked. Raises PromptError."""
    pieces = _PART.split(text)
    parts = tuple((role, body.strip()) for role, body in zip(pieces[1::2], pieces[2::2], strict=True))
    if [role for role, _ in parts] != ["system", "user"] or pieces[0].strip():
        raise PromptError(f"{name}.{language}: a prompt has one system part and one user part")
    found = {blank for _, body in parts for _, blank, _, _ in string.Formatter().parse(body) if blank is not None}
    if found != BLANKS[name, language]:
        raise PromptError(f"{name}.{language}: blanks {sorted(found ^ BLANKS[name, language])} do not fit")
    digest = hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]
    return Prompt(f"{name}.{language}@{digest}", parts)
