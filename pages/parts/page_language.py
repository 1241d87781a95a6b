"""Tells the browser which language the page is in, for those who have it read aloud: Streamlit says English."""

from __future__ import annotations

import streamlit as st

_MARK = st.components.v2.component(
    "hoi_page_language",
    html="<span></span>",
    js="export default ({ data }) => { document.documentElement.lang = data; }",
)


def mark(language: str) -> None:
    _MARK(key="page-language", data=language, height=1)
