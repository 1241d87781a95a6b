"""The page when it cannot answer yet: nothing ingested, a broken store, a setting that is wrong."""

from __future__ import annotations

import streamlit as st

from domain.errors import StoreError
from pages.parts import markup, session


def draw_problem(error: Exception) -> None:
    """What is wrong, what to do about it, and a button that tries again."""
    words = session.wording()
    nothing_there = isinstance(error, StoreError) and error.code in session.NOTHING_THERE
    title = words.text("page.state.empty_title" if nothing_there else "page.state.broken_title")
    parts = [
        markup.element("h2", markup.escape(title)),
        markup.element("p", markup.escape(session.message_of(error))),
    ]
    if nothing_there:
        folder = session.settings().store
        parts.append(markup.element("p", markup.escape(words.text("page.state.empty_help"))))
        parts.append(markup.element("pre", markup.escape(f'.venv/bin/hoi ingest plans --store "{folder}"')))
    st.html(markup.element("div", "".join(parts), css="hq-state", role="alert"))
    if st.button(words.text("page.state.retry"), key="retry"):
        session.retry()
        st.rerun()
