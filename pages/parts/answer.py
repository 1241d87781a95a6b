"""An answer on the page: the figure large, the sentence, its citations as chips that open their source."""

from __future__ import annotations

import streamlit as st

from domain.answers import Answer, AnswerFigure, Citation, Status
from pages.parts import copying, markup, phrases, rating, source_view
from prompts.wording import Wording

_MOST_TILES = 4


def draw(answer: Answer, position: int, words: Wording) -> None:
    """`position` is that of its question in the conversation, from 0."""
    name = str(position)
    if " ".join(answer.standalone_question.split()) != " ".join(answer.question.split()):
        _note(words.text("page.chat.understood", question=answer.standalone_question))
    if answer.fallback:
        _note(words.text("page.chat.fallback", reason=answer.fallback))
    tiles = _tiles(answer, words)
    label = words.text("page.chat.citation_label", key="{key}")
    status = markup.element("div", tiles + markup.answer_html(answer.text, label), css="hq-answer")
    st.html(status)
    if answer.citations:
        _chips(answer.citations, name, words)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"actions-{name}"):
        copying.draw(answer, name, words)
        rating.draw(position, words)
    for removed in answer.removed:
        _note(words.text("page.chat.removed", text=removed.text, reason=removed.reason))


def _note(text: str) -> None:
    st.html(markup.element("p", markup.escape(text), css="hq-note"))


def _tiles(answer: Answer, words: Wording) -> str:
    """The figures that answer, large; none where there are too many to be a headline."""
    figures = [figure for figure in answer.figures if figure.figure.quantity.value is not None or
               figure.figure.quantity.date]
    if answer.status is Status.NOT_FOUND or not figures or len(figures) > _MOST_TILES:
        return ""
    alone = len(figures) == 1  # then the sentence below says of what it is
    return markup.element("div", "".join(_tile(figure, alone, words) for figure in figures), css="hq-tiles")


def _tile(answer_figure: AnswerFigure, alone: bool, words: Wording) -> str:
    figure = answer_figure.figure
    value = markup.element("div", markup.escape(phrases.amount(figure.quantity, words)), css="hq-value")
    if alone:
        return markup.element("div", value, css="hq-tile")
    label = markup.element("div", markup.escape(figure.row or figure.indicator), css="hq-label")
    facts = [phrases.circumstances(figure, words)]
    if answer_figure.computed:
        facts.append(words.text("page.chat.computed"))
    where = markup.element("div", markup.escape(" · ".join(filter(None, facts))), css="hq-where")
    return markup.element("div", value + label + where, css="hq-tile")


def _chips(citations: tuple[Citation, ...], name: str, words: Wording) -> None:
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{name}"):
        for citation in citations:
            label = f"{citation.key} · {source_view.chip_label(citation, words)}"
            if st.button(markup.plain(label), key=f"chip-{name}-{citation.key}"):
                source_view.open_dialog(citation, words)
