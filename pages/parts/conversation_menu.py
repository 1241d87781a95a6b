"""What can be done with the conversation: a new one, taking it away, deleting it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import export, markup, session, this_conversation
from pages.parts.conversations import Turn
from prompts.wording import Wording

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw(turns: Sequence[Turn], words: Wording) -> None:
    """The downloads hold what `turns` holds when they are asked for."""
    with st.popover(words.text("page.menu.label")):
        st.button(words.text("page.menu.new"), on_click=this_conversation.begin, width="stretch")
        st.download_button(
            words.text("page.menu.word"), lambda: export.to_word(turns, words), "hoi-quy-hoach.docx", _WORD_TYPE,
            on_click="ignore", width="stretch",
        )
        st.download_button(
            words.text("page.menu.markdown"), lambda: export.to_markdown(turns, words), "hoi-quy-hoach.md",
            "text/markdown", on_click="ignore", width="stretch",
        )
        st.button(words.text("page.menu.delete"), on_click=this_conversation.delete, width="stretch")
        note = words.text("page.menu.kept", days=session.settings().conversation_days)
        st.html(markup.element("p", markup.escape(note), css="hq-note"))
