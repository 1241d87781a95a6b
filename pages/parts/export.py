"""A conversation to take away: plain text, Markdown and Word, every answer with its references in full.

Turns in, text or bytes out; no Streamlit.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from domain.answers import Answer
from pages.parts import markup
from pages.parts.conversations import Turn
from prompts.terminal import citation_line
from prompts.wording import Wording

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARKS = re.compile(r"\*\*|~~|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_~|\[\]<>#-])")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def answer_text(answer: Answer, words: Wording) -> str:
    """The answer without marks, then each citation with its quotation."""
    return "\n\n".join([_unmarked(answer.text).strip(), *_references(answer, words)])


def to_markdown(turns: Iterable[Turn], words: Wording) -> str:
    parts = [f"# {words.text('page.export.title')}"]
    for turn in turns:
        parts.append(f"## {markup.plain(turn.question)}")
        if turn.answer is None:
            parts.append(markup.plain(turn.problem))
        else:
            parts.append(turn.answer.text)
            parts += [markup.plain(reference) for reference in _references(turn.answer, words)]
    return "\n\n".join(parts) + "\n"


def to_word(turns: Iterable[Turn], words: Wording) -> bytes:
    """A .docx: a heading for each question, its answer, its references as a list."""
    from docx import Document

    document = Document()
    document.core_properties.title = words.text("page.export.title")
    document.core_properties.author = ""
    document.add_heading(words.text("page.export.title"), level=0)
    for turn in turns:
        document.add_heading(_printable(turn.question), level=1)
        if turn.answer is None:
            document.add_paragraph(_printable(turn.problem))
            continue
        for line in filter(None, (line.strip() for line in turn.answer.text.splitlines())):
            _add_line(document.add_paragraph(), line)
        for reference in _references(turn.answer, words):
            document.add_paragraph(_printable(reference)).paragraph_format.left_indent = 230_000  # EMU
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_line(paragraph, line: str) -> None:  # type: ignore[no-untyped-def]  # python-docx has no types
    for position, piece in enumerate(_BOLD.split(line)):
        paragraph.add_run(_printable(_unmarked(piece))).bold = position % 2 == 1


def _references(answer: Answer, words: Wording) -> Iterator[str]:
    for citation in answer.citations:
        yield f"{citation_line(citation, words)}\n“{citation.quote}”"


def _unmarked(text: str) -> str:
    return _ESCAPED.sub(r"\1", _MARKS.sub("", text))


def _printable(text: str) -> str:
    """Without the control characters that XML does not hold."""
    return _NOT_IN_XML.sub("", text)
