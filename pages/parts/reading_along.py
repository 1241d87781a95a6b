"""What a conversation does in the browser by itself: a new question moves to the top, marks open their source."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = st.components.v2.component(
    "hoi_reading_along",
    html="<span></span>",
    js=(Path(__file__).parent / "reading_along.js").read_text(encoding="utf-8"),
)


def mark(questions: int) -> None:
    """`questions` stand on the page; where there is one more than before, the last moves to the top."""
    _SCRIPT(key="reading-along", data=questions, height=1)
