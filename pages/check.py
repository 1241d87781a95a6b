"""Checking an article: its claims coloured in the text, a verdict each, what the plans say beside it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.claims import CheckedClaim, CheckReport
from domain.errors import ReadError
from pages.parts import article, entrance, markup, session, source_view, states, uploads
from prompts.check_report import summary_text, verdict_text, write_word
from prompts.terminal import progress_name
from prompts.wording import Wording

_CHECKED = "checked-article"  # the text and its report
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def main() -> None:
    words = session.wording()
    st.html(markup.element("h1", markup.escape(words.text("page.check.title")), css="hq-title hq-wide"))
    st.html(markup.element("p", markup.escape(words.text("page.check.intro")), css="hq-note"))
    text = _draw_input(words)
    pressed = st.button(words.text("page.check.start"), type="primary")
    if pressed and not text.strip():
        _problem(words.text("page.check.empty"))
        return
    if pressed:
        try:
            st.session_state[_CHECKED] = (text, _checked(text, words))
        except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
            states.draw_problem(error)
            return
    if _CHECKED in st.session_state:
        checked_text, report = st.session_state[_CHECKED]
        _draw_report(checked_text, report, words)


def _draw_input(words: Wording) -> str:
    """The article: pasted, or read from a file by the readers that documents are read by."""
    text = st.text_area(words.text("page.check.paste"), height=200, key="article", max_chars=article.MOST_CHARACTERS)
    file = st.file_uploader(
        words.text("page.check.upload", formats=", ".join(uploads.SUFFIXES)), key="article-file",
        type=[suffix[1:] for suffix in uploads.SUFFIXES],
    )
    if file is None:
        return text
    try:
        return article.text_of(file.name, file.getvalue(), uploads.limits(session.settings()))
    except ReadError as error:
        _problem(session.message_of(error))
        return ""


def _checked(text: str, words: Wording) -> CheckReport:
    from chain.checking import Checker
    from chain.knowledge import Knowledge

    bar = st.progress(0.0, text=progress_name("check", words))
    checker = Checker(Knowledge(session.opened().store), words, date.today())

    def show(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=progress_name("check", words))

    report = checker.check(article.normalised(text), show)
    bar.empty()
    return report


def _draw_report(text: str, report: CheckReport, words: Wording) -> None:
    st.html(markup.element("p", markup.escape(summary_text(report, words)), css="hq-summary", role="status"))
    if not report.claims:
        return
    st.download_button(
        words.text("page.check.word"), lambda: write_word(report, words), "kiem-chung.docx", _WORD_TYPE,
        on_click="ignore",
    )
    beside, verdicts = st.columns([1, 1], gap="medium")
    with beside.container(key="article-checked"):
        st.html(article.coloured(article.normalised(text), report, words))
    with verdicts:
        for number, checked in enumerate(report.claims, start=1):
            _draw_claim(number, checked, words)


def _draw_claim(number: int, checked: CheckedClaim, words: Wording) -> None:
    """The claim, its verdict in words, and what the plans say, each with a button that opens the source."""
    parts = [
        markup.element("h2", markup.escape(f"{number}. {checked.claim.text}"), css="hq-claim"),
        article.badge(checked.verdict, verdict_text(checked, words)),
        markup.element("p", markup.escape(checked.note), css="hq-where") if checked.note else "",
    ]
    with st.container(gap="xsmall", key=f"chips-claim-{number}"):
        st.html(markup.element("section", "".join(parts), css="hq-checked"))
        for place, citation in enumerate(checked.evidence):
            st.html(markup.element("blockquote", markup.marked(citation.quote, []), css="hq-evidence"))
            label = source_view.chip_label(citation, words)
            if st.button(markup.plain(label), key=f"claim-{number}-{place}"):
                source_view.open_dialog(citation, words)


def _problem(text: str) -> None:
    st.html(markup.element("p", markup.escape(text), css="hq-problem", role="alert"))


entrance.run(main)
