"""Tells the browser which language the page is in, and puts Streamlit's own few words into it.

Streamlit says that every page is English, and names its buttons in English for those who have them read aloud.
Its words stand in the catalogues under page.streamlit, in the English one as Streamlit writes them.
"""

from __future__ import annotations

import functools
from pathlib import Path

import streamlit as st

from prompts.wording import LANGUAGES, Wording

_KEYS = (
    "thumbs_up", "thumbs_down", "rating", "send", "stop", "stop_script", "close", "dismiss", "expand_sidebar",
    "collapse_sidebar", "sidebar", "navigation", "home", "skip", "clear_all", "clear_value", "no_results", "open",
    "select_all", "selected_values", "notifications", "show_password", "hide_password", "running", "upload",
    "add_files",
)
_MARK = st.components.v2.component(
    "hoi_page_language",
    html="<span></span>",
    js=(Path(__file__).parent / "page_language.js").read_text(encoding="utf-8"),
)


def mark(words: Wording) -> None:
    _MARK(key="page-language", data={"language": words.language, "words": _words(words.language)}, height=1)


@functools.cache
def _words(language: str) -> dict[str, str]:
    """Each of Streamlit's words, in whatever language it stands now, with what it should be."""
    here = Wording(language)
    return {
        Wording(other).text(f"page.streamlit.{key}"): here.text(f"page.streamlit.{key}")
        for other in LANGUAGES for key in _KEYS
    }
