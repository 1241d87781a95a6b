"""The chat: a question, its answer with citations, and the conversation so far."""

from __future__ import annotations

import contextlib

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from domain.answers import Answer
from domain.errors import HoiError
from domain.questions import checked_question
from pages.parts import answer as answers
from pages.parts import (
    conversation_menu,
    entrance,
    filters,
    markup,
    rating,
    session,
    states,
    this_conversation,
)
from pages.parts.conversations import Turn
from pages.parts.examples import examples
from prompts.wording import Wording

_ASKED = "asked"  # a question that a button asked


def main() -> None:
    words = session.wording()
    turns = this_conversation.turns()
    typed = st.chat_input(words.text("page.chat.placeholder"), key="question", submit_mode="stop")
    question = typed or st.session_state.pop(_ASKED, None) or _linked(turns)
    tools = st.bottom.container(horizontal=True, gap="xsmall", key="tools")
    if not turns and not question:
        _draw_welcome(tools, words)
        return
    for position, turn in enumerate(turns):
        _draw_turn(turn, position, words)
    if question:
        _draw_question(question)
        place = st.empty()
        with st.spinner(words.text("page.chat.searching")):
            turn = _answered(question, [turn.question for turn in turns], place)
        place.empty()
        this_conversation.add(turn)
        _draw_reply(turn, len(turns) - 1, words)
    _draw_tools(tools, words)
    if turns[-1].answer:
        _draw_suggestions(turns[-1].answer, len(turns) - 1)


def _linked(turns: list[Turn]) -> str | None:
    """The question of a link (?q=…), once."""
    if "q" not in st.query_params or turns:
        return None
    question = st.query_params["q"]
    del st.query_params["q"]
    return question


def _draw_tools(place: DeltaGenerator, words: Wording) -> None:
    """Filters and what can be done with the conversation."""
    with place:
        with contextlib.suppress(HoiError):  # the reply, or the welcome, tells what is wrong
            view = session.opened().store.view()
            filters.draw(view, words)
            summary = filters.summary(filters.pinned(view), view, words)
            if summary:
                st.html(markup.element("p", markup.escape(summary), css="hq-note"))
        conversation_menu.draw(words)


def _draw_welcome(tools: DeltaGenerator, words: Wording) -> None:
    title = markup.element("h1", markup.escape(words.text("page.chat.title")))
    intro = markup.element("p", markup.escape(words.text("page.chat.intro")))
    st.html(markup.element("div", title + intro, css="hq-welcome"))
    place = st.empty()
    if not session.loading().done():
        place.html(markup.element("p", markup.escape(words.text("page.chat.loading")), css="hq-note"))
    try:
        opened = session.opened()
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        with place.container():
            states.draw_problem(error)
        return
    store = opened.store
    with place.container(key="examples"):
        for question in examples(store.sources()) or opened.assistant.suggestions():
            st.button(markup.plain(question), key=f"example-{question}", on_click=_ask, args=(question,),
                      width="stretch")
        passages, figures = store.view().counts()
        text = words.text(
            "page.chat.holds", documents=len(store.sources()), passages=passages, figures=figures
        )
        st.html(markup.element("p", markup.escape(text), css="hq-note"))
    _draw_tools(tools, words)


def _ask(question: str) -> None:
    st.session_state[_ASKED] = question


def _draw_turn(turn: Turn, position: int, words: Wording) -> None:
    _draw_question(turn.question)
    _draw_reply(turn, position, words)


def _draw_question(question: str) -> None:
    st.html(markup.element("h2", markup.marked(question, []), css="hq-question"))


def _draw_reply(turn: Turn, position: int, words: Wording) -> None:
    if turn.answer is None:
        st.html(markup.element("p", markup.escape(turn.problem), css="hq-problem", role="alert"))
        return
    answers.draw(turn.answer, position, words)
    rating.draw_reason(position, words)


def _answered(question: str, history: list[str], place: DeltaGenerator) -> Turn:
    """The turn; what a language model writes shows in `place` as it comes, and Stop ends its request."""
    try:
        checked = checked_question(question, session.settings().question_max_characters)
        opened = session.opened()
        written, answer = "", None
        for item in opened.assistant.stream(checked, history, filters.pinned(opened.store.view())):
            if isinstance(item, str):
                written += item
                place.html(markup.element("div", markup.answer_html(written), css="hq-answer-coming"))
            else:
                answer = item
        return Turn(question, answer)
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        return Turn(question, problem=session.message_of(error))


def _draw_suggestions(answer: Answer, position: int) -> None:
    with st.container(horizontal=True, gap="xsmall", key="suggestions"):
        for number, question in enumerate(answer.suggestions):
            st.button(markup.plain(question), key=f"suggestion-{position}-{number}", on_click=_ask,
                      args=(question,), wrap=True)


entrance.run(main)
