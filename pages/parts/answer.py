"""An answer on the page: the figure large, the sentence, its citations as chips that open their source."""

from __future__ import annotations

import streamlit as st

from domain.answers import Answer, AnswerFigure, Citation, Status
from domain.figures import Quantity
from pages.parts import copying, markup, phrases, rating, source_view
from prompts.terminal import check_lines
from prompts.wording import Wording

_MOST_TILES = 4
_MOST_NAMED = 6  # citations whose chips all say where they lead; of more, only what is new is said
_LONGEST_TITLE = 240  # characters


def draw(answer: Answer, position: int, words: Wording) -> None:
    """`position` is that of its question in the conversation, from 0."""
    name = str(position)
    if " ".join(answer.standalone_question.split()) != " ".join(answer.question.split()):
        _note(words.text("page.chat.understood", question=answer.standalone_question))
    titles = {str(citation.key): _title(citation, words) for citation in answer.citations}
    text = markup.answer_html(answer.text, titles)
    st.html(markup.element("div", _tiles(answer, words) + text, css="hq-answer") + _check(answer, words))
    if answer.citations:
        _chips(answer.citations, name, words)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"actions-{name}"):
        copying.draw(answer, name, words)
        rating.draw(position, words)


def _note(text: str) -> None:
    st.html(markup.element("p", markup.escape(text), css="hq-note"))


def _check(answer: Answer, words: Wording) -> str:
    """What the check of a language model's answer found, or why the answer is not the model's."""
    result, *removed = [markup.escape(line) for line in check_lines(answer, words) if line] or [""]
    if not result:
        return ""
    items = "".join(markup.element("li", line) for line in removed)
    listed = markup.element("ul", items) if items else ""
    css = "hq-check hq-check-found" if answer.fallback or removed else "hq-check"
    return markup.element("div", markup.element("p", result) + listed, css=css, role="status")


def _title(citation: Citation, words: Wording) -> str:
    """What is shown of a source when the pointer rests on its mark."""
    title = f"{source_view.chip_label(citation, words)}: “{' '.join(citation.quote.split())}”"
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


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
    value = markup.element("div", _amount(figure.quantity, words), css="hq-value")
    if alone:
        return markup.element("div", value, css="hq-tile")
    label = markup.element("div", markup.escape(figure.row or figure.indicator), css="hq-label")
    facts = [phrases.circumstances(figure, words)]
    if answer_figure.computed:
        facts.append(words.text("page.chat.computed"))
    where = markup.element("div", markup.escape(" · ".join(filter(None, facts))), css="hq-where")
    return markup.element("div", value + label + where, css="hq-tile")


_LONG_UNIT = 8  # characters; "điểm phần trăm" is set smaller than its number, so that both fit on a line


def _amount(quantity: Quantity, words: Wording) -> str:
    """A quantity as markup."""
    text = phrases.amount(quantity, words)
    if len(quantity.unit) < _LONG_UNIT or not text.endswith(quantity.unit):
        return markup.escape(text)
    number = markup.escape(text.removesuffix(quantity.unit))
    return number + markup.element("span", markup.escape(quantity.unit), css="hq-unit")


def _chips(citations: tuple[Citation, ...], name: str, words: Wording) -> None:
    with st.container(horizontal=True, gap="xsmall", key=f"chips-{name}"):
        named: set[str] = set()
        for citation in citations:
            where = source_view.chip_label(citation, words)
            label = str(citation.key) if where in named else f"{citation.key} · {where}"
            if len(citations) > _MOST_NAMED:
                named.add(where)
            if st.button(markup.plain(label), key=f"chip-{name}-{citation.key}"):
                source_view.open_dialog(citation, words)
