"""Every page is entered through app.py, which gives it its navigation and style.

Streamlit runs the files in `pages/` alone, as pages of an older kind, until `st.navigation` was called once in
the server's life: whoever opens the link of a page first after a start would get it bare.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import streamlit as st

_APP = Path(__file__).parents[2] / "app.py"
_ENTERED = "entered"


def mark() -> None:
    """Called by app.py before it runs a page."""
    st.session_state[_ENTERED] = True


def run(page: Callable[[], None]) -> None:
    """The page, or app.py, which comes back here."""
    if st.session_state.get(_ENTERED):
        page()
    else:
        runpy.run_path(str(_APP), run_name="__main__")
