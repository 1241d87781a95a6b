"""The browser door: `streamlit run app.py`, or `hoi app`. Navigation and style; pages do the rest."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from domain.errors import SettingsError
from pages.parts import entrance, markup, page_language, session
from prompts.wording import LANGUAGES, Wording

_ROOT = Path(__file__).parent
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
_STYLE = _ROOT / "pages" / "parts" / "style.css"


def main() -> None:
    st.set_page_config(page_title="Hỏi Quy Hoạch", page_icon="📑", layout="centered",
                       initial_sidebar_state="collapsed")
    st.html(_STYLE)
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
    _draw_sidebar(words)
    entrance.mark()
    st.navigation(pages, position="top").run()


def _draw_sidebar(words: Wording) -> None:
    with st.sidebar:
        st.segmented_control(
            words.text("page.nav.language"), LANGUAGES, default=words.language, key=session.LANGUAGE,
            format_func=_LANGUAGE_NAMES.__getitem__, required=True,
        )
        st.html(markup.element("p", markup.escape(session.privacy_note()), css="hq-note"))
        page_language.mark(words.language)


main()
