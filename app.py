"""The browser door: `streamlit run app.py`, or `hoi app`. Navigation and style; pages do the rest."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from domain.errors import SettingsError
from pages.parts import entrance, markup, page_language, session
from prompts.wording import LANGUAGES, Wording

_ROOT = Path(__file__).parent
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
_PARTS = _ROOT / "pages" / "parts"


def main() -> None:
    st.set_page_config(page_title="Hỏi Quy Hoạch", page_icon=_PARTS / "icon.svg", layout="centered",
                       initial_sidebar_state="collapsed")
    st.html(_PARTS / "style.css")
    st.logo(_PARTS / "logo.svg", size="large")
    try:
        session.settings()
    except SettingsError as error:
        message = markup.escape(Wording("vi").error(error))
        st.html(markup.element("p", message, css="hq-problem", role="alert"))
        return
    words = session.wording()
    pages = [
        st.Page(_ROOT / "pages" / "chat.py", title=words.text("page.nav.chat"), default=True),
        st.Page(_ROOT / "pages" / "check.py", title=words.text("page.nav.check")),
        st.Page(_ROOT / "pages" / "figures.py", title=words.text("page.nav.figures")),
        st.Page(_ROOT / "pages" / "documents.py", title=words.text("page.nav.documents")),
    ]
    _draw_masthead(words)
    entrance.mark()
    st.navigation(pages, position="top").run()


def _draw_masthead(words: Wording) -> None:
    """At the right of the navigation: the other language, by its own name."""
    with st.container(key="masthead"):
        for language in LANGUAGES:
            if language != words.language:
                st.button(_LANGUAGE_NAMES[language], key=f"language-{language}", type="tertiary",
                          on_click=session.choose_language, args=(language,))
        page_language.mark(words)


main()
