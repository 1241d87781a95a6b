"""Thumbs under an answer; a thumb down asks why."""

from __future__ import annotations

import streamlit as st

from pages.parts import this_conversation
from pages.parts.conversations import Feedback
from prompts.wording import Wording

_MOST_CHARACTERS = 1000
_UP = 1


def draw(position: int, words: Wording) -> None:
    def given() -> None:
        helpful = st.session_state[key] == _UP
        this_conversation.rate(position, Feedback(helpful))
        if helpful:
            st.toast(words.text("page.rating.thanks"))

    key = f"rating-{position}"
    st.feedback("thumbs", key=key, on_change=given)


def draw_reason(position: int, words: Wording) -> None:
    """The form under an answer that was found unhelpful; nothing under others."""
    sent = f"rating-sent-{position}"
    if st.session_state.get(f"rating-{position}") != 0 or st.session_state.get(sent):
        return
    with st.form(f"reason-{position}", border=True):
        wrong = st.checkbox(words.text("page.rating.wrong_citation"))
        reason = st.text_input(words.text("page.rating.reason"), max_chars=_MOST_CHARACTERS)
        if st.form_submit_button(words.text("page.rating.send")):
            this_conversation.rate(position, Feedback(False, wrong, reason.strip()))
            st.session_state[sent] = True
            st.toast(words.text("page.rating.thanks"))
            st.rerun()
