"""The buttons that copy an answer with its evidence, and a link that asks the question again."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from domain.answers import Answer
from pages.parts import export
from prompts.wording import Wording

_FOLDER = Path(__file__).parent
_BUTTONS = st.components.v2.component(
    "hoi_copying",
    html='<div class="row"></div>',
    css=(_FOLDER / "copying.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "copying.js").read_text(encoding="utf-8"),
)


def draw(answer: Answer, name: str, words: Wording) -> None:
    data = {
        "text": export.answer_text(answer, words),
        "question": answer.standalone_question,
        "copyLabel": words.text("page.copy.answer"),
        "linkLabel": words.text("page.copy.link"),
        "done": words.text("page.copy.done"),
        "failed": words.text("page.copy.failed"),
    }
    _BUTTONS(key=f"copying-{name}", data=data, width="content")
