"""The collection: what is in it, what reading it gave; for whoever may, adding and removing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from domain.documents import Source
from domain.reports import IngestReport
from pages.parts import entrance, markup, phrases, rights, session, states, uploads
from prompts.terminal import failure_lines, progress_name, report_lines
from prompts.wording import Wording
from vectorstore.catalogue import Entry
from vectorstore.store import Store, View

_REPORT = "upload-report"
_UPLOADS = "uploads-so-far"  # counts them, so that each upload gets an empty field


def main() -> None:
    words = session.wording()
    st.html(markup.element("h1", markup.escape(words.text("page.documents.title")), css="hq-title"))
    may_edit = rights.may_edit()
    try:
        store = session.opened_for_writing() if may_edit else session.opened().store
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        states.draw_problem(error)
        if not may_edit:
            rights.draw_entry(words)
        return
    _draw_collection(store.view(), words)
    st.html(markup.element("h2", markup.escape(words.text("page.documents.change")), css="hq-title"))
    if may_edit:
        _draw_upload(store, words)
        _draw_report(words)
        _draw_remove(store, words)
    else:
        rights.draw_entry(words)


def _draw_collection(view: View, words: Wording) -> None:
    passages = view.passage_counts()
    figures = Counter(figure.document_id for figure in view.figures())
    cards = [
        _card(entry.source, passages.get(entry.source.document_id, 0), figures[entry.source.document_id],
              _remarks(entry, view, words), words)
        for entry in view.entries
    ]
    if not cards:
        cards = [markup.element("p", markup.escape(words.text("cli.no_documents")))]
    st.html(markup.element("div", "".join(cards), css="hq-cards"))


def _remarks(entry: Entry, view: View, words: Wording) -> list[str]:
    """What a reader should know before relying on a document."""
    if entry.retired_by is not None:
        return [words.text("page.documents.retired")]
    source = entry.source
    remarks = [words.text("cli.digest_mark")] if source.is_digest else []
    empty = _pages_without_text(source, view)
    if empty:
        remarks.append(words.text("page.documents.empty_pages", pages=", ".join(map(str, empty))))
    return remarks


def _pages_without_text(source: Source, view: View) -> list[int]:
    held = {
        page for passage in view.passages_of(source.document_id) if passage.page
        for page in range(passage.page, (passage.page_end or passage.page) + 1)
    }
    return [page for page in range(1, (source.page_count or 0) + 1) if page not in held]


def _card(source: Source, passages: int, figures: int, remarks: Sequence[str], words: Wording) -> str:
    counts = [words.text("page.documents.counts", passages=passages, figures=figures)]
    if source.page_count:
        counts.append(words.text("page.documents.pages", pages=source.page_count))
    about = source.about and (source.about.number or source.about.title)
    lines = [
        phrases.document_line(source, words),
        *([words.text("page.source.about", about=about)] if about else []),
        " · ".join(counts),
        words.text("page.source.file", file=source.source),
    ]
    title = markup.element("h3", markup.escape(source.title))
    facts = "".join(markup.element("p", markup.escape(line), css="hq-meta") for line in lines)
    noted = "".join(markup.element("p", markup.escape(remark), css="hq-remark") for remark in remarks)
    return markup.element("article", title + facts + noted, css="hq-card")


def _draw_upload(store: Store, words: Wording) -> None:
    given = session.settings()
    limit = words.text(
        "page.documents.limits", formats=", ".join(uploads.SUFFIXES), mebibytes=f"{given.file_max_mebibytes:g}",
        seconds=f"{given.file_timeout_seconds:g}",
    )
    st.html(markup.element("p", markup.escape(limit), css="hq-note"))
    so_far = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        words.text("page.documents.files"), type=[suffix[1:] for suffix in uploads.SUFFIXES],
        accept_multiple_files=True, key=f"upload-{so_far}",
    )
    if not st.button(words.text("page.documents.add"), type="primary", disabled=not files):
        return
    bar = st.progress(0.0)

    def show(stage: str, done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=progress_name(stage, words))

    try:
        st.session_state[_REPORT] = uploads.add(
            [(file.name, file.getvalue()) for file in files], store, given,
            show,
        )
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        message = markup.escape(session.message_of(error))
        st.html(markup.element("p", message, css="hq-problem", role="alert"))
        return
    session.retry()
    st.session_state[_UPLOADS] += 1
    st.rerun()


def _draw_report(words: Wording) -> None:
    report: IngestReport | None = st.session_state.get(_REPORT)
    if report is None:
        return
    failed = (words.text("cli.list_failed", message=line) for line in failure_lines(report, words))
    lines = [*failed, *report_lines(report, words)]
    items = "".join(markup.element("li", markup.escape(line)) for line in lines)
    st.html(markup.element("ul", items, css="hq-report", role="status"))


def _draw_remove(store: Store, words: Wording) -> None:
    sources = {entry.source.document_id: entry.source for entry in store.view().entries}
    if not sources:
        return
    chosen = st.selectbox(
        words.text("page.documents.remove_which"), list(sources), index=None, key="remove-which",
        format_func=lambda document: f"{phrases.document_name(sources[document], words)} · {sources[document].source}",
        placeholder=words.text("page.documents.none"),
    )
    if st.button(words.text("page.documents.remove"), disabled=chosen is None) and chosen:
        try:
            uploads.remove(chosen, store)
        except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
            st.html(markup.element("p", markup.escape(session.message_of(error)), css="hq-problem", role="alert"))
            return
        st.session_state.pop(_REPORT, None)
        session.retry()
        st.rerun()


entrance.run(main)
