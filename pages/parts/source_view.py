"""The source of a citation, in a drawer: its document, and the passage with the quotation highlighted."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from domain.answers import Citation
from domain.documents import Passage, Source
from pages.parts import markup, originals, pdf_pages, phrases, quotation, session
from prompts.wording import Wording

_PAGE = "source-page"
_LONGEST_CHIP = 48  # characters


def chip_label(citation: Citation, words: Wording) -> str:
    """The document's number or the beginning of its title, and the page."""
    name = phrases.document_name(citation.source, words)
    if len(name) > _LONGEST_CHIP:
        name = name[: _LONGEST_CHIP - 1].rstrip() + "…"
    return ", ".join(filter(None, (name, phrases.page_mark(citation.passage, words))))


def open_dialog(citation: Citation, words: Wording) -> None:
    """At the right on a wide screen, over everything on a phone."""
    st.session_state[_PAGE] = citation.passage.page
    title = words.text("page.source.title", key=citation.key)
    st.dialog(title, width="medium", position="right")(_draw)(citation, words)


def _draw(citation: Citation, words: Wording) -> None:
    said_twice = citation.passage.cells or citation.passage.text.split() == citation.quote.split()
    quote = "" if said_twice else markup.element("blockquote", markup.marked(citation.quote, []), css="hq-quote")
    passage = passage_html(citation.passage, citation.quote, words)
    st.html(quote + source_head(citation.source, words) + passage)
    file = originals.original_file(session.opened().store.view(), citation.source.document_id)
    if file is None:
        return
    if file.suffix.lower() == ".pdf" and citation.passage.page:
        _draw_page(file, citation, words)
    st.download_button(
        words.text("page.source.download"), data=file.read_bytes, file_name=file.name, on_click="ignore",
        key="download-source",
    )


def _draw_page(file: Path, citation: Citation, words: Wording) -> None:
    """The page as a picture, the quotation marked, with the pages before and after at hand."""
    page, last = st.session_state[_PAGE], citation.source.page_count or citation.passage.page
    with st.container(horizontal=True, vertical_alignment="center", key="pages"):
        st.button(words.text("page.source.previous"), on_click=_turn_to, args=(page - 1,), disabled=page <= 1)
        st.button(words.text("page.source.next"), on_click=_turn_to, args=(page + 1,), disabled=page >= last)
        st.html(markup.element("p", markup.escape(
            words.text("page.source.page_of", page=page, pages=last)), css="hq-meta"))
    alt = words.text("page.source.picture", page=page, title=citation.source.title)
    try:
        st.image(_picture(file, page, citation.quote), width="stretch", alt=alt)
    except Exception as error:  # noqa: BLE001  the edge: a page that cannot be drawn is told, the text stays
        st.html(markup.element("p", markup.escape(session.message_of(error)), css="hq-problem"))


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(file: Path, page: int, quote: str) -> bytes:
    return pdf_pages.picture(file, page, quote)


def _turn_to(page: int) -> None:
    st.session_state[_PAGE] = page


def source_head(source: Source, words: Wording) -> str:
    """Title, number, date, issuer; for a digest that it is one and of what, for a page what it reports on."""
    parts = [
        markup.element("h3", markup.escape(source.title)),
        markup.element("p", markup.escape(phrases.document_line(source, words)), css="hq-meta"),
    ]
    if source.digest_of:
        text = words.text("page.source.digest", original=source.digest_of)
        parts.append(markup.element("p", markup.escape(text), css="hq-digest"))
    if source.about and (source.about.title or source.about.number):
        about = source.about.title or source.about.number or ""
        text = words.text("page.source.about", about=about)
        parts.append(markup.element("p", markup.escape(text), css="hq-meta"))
    file = words.text("page.source.file", file=source.source)
    parts.append(markup.element("p", markup.escape(file), css="hq-meta"))
    return markup.element("div", "".join(parts), css="hq-source")


def passage_html(passage: Passage, quote: str, words: Wording) -> str:
    """Section path, page and the passage verbatim, the quotation highlighted."""
    place = " › ".join((*passage.path, *filter(None, [phrases.page_mark(passage, words)])))
    trail = markup.element("p", markup.escape(place), css="hq-path") if place else ""
    body = _row(passage, quote) if passage.cells else _prose(passage, quote)
    return markup.element("div", trail + body, css="hq-passage")


def _prose(passage: Passage, quote: str) -> str:
    span = quotation.quote_span(passage.text, quote)
    return markup.element("p", markup.marked(passage.text, [span] if span else []))


def _row(passage: Passage, quote: str) -> str:
    """A table row as column head and cell, one below the other: it fits any width."""
    span = quotation.quote_span(passage.text, quote) or (0, 0)
    touched = [quotation.overlaps(span, cell) for cell in quotation.cell_spans(passage)]
    rows = []
    for column, cell, is_quoted in zip(passage.columns, passage.cells, touched, strict=True):
        spans = [(0, len(cell))] if is_quoted else []
        rows.append(markup.element("dt", markup.escape(column)))
        rows.append(markup.element("dd", markup.marked(cell, spans)))
    return markup.element("dl", "".join(rows), css="hq-row")
