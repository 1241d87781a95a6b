"""The chat: a question, its answer with citations, and the conversation so far."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

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
    reading_along,
    session,
    states,
    this_conversation,
)
from pages.parts.conversations import Turn
from pages.parts.examples import examples
from pages.parts.interruptible import interruptible
from prompts.wording import Wording

_ASKED = "asked"  # a question that a button asked
_LOOK_SECONDS = 0.2  # how long Stop may go unnoticed while nothing comes


def main() -> None:
    words = session.wording()
    turns = this_conversation.turns()
    talk, dock = st.container(key="talk"), st.container(key="dock")
    with dock:
        typed = st.chat_input(words.text("page.chat.placeholder"), key="question", submit_mode="stop")
        tools = st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="tools")
    question = typed or st.session_state.pop(_ASKED, None) or _linked(turns) or this_conversation.cut_off()
    with talk:
        if turns or question:
            _draw_conversation(turns, question, tools, words)
        else:
            _draw_welcome(tools, words)


def _draw_conversation(turns: list[Turn], question: str | None, tools: DeltaGenerator, words: Wording) -> None:
    asked_before = len(turns)
    for position, turn in enumerate(turns):
        with st.container(key=f"turn-{position}"):
            _draw_question(turn.question)
            _draw_reply(turn, position, words)
            if not question and position == asked_before - 1:
                _draw_suggestions(turn, position, words)
    with tools:
        reading_along.mark(asked_before + bool(question))
    if not question:
        _draw_tools(tools, words, turns)
        return
    with st.container(key=f"turn-{asked_before}"):
        _draw_question(question)
        _draw_tools(tools, words, turns)
        turn = _answered(question, turns, words)
        _draw_reply(turn, asked_before, words)
        _draw_suggestions(turn, asked_before, words)


def _linked(turns: list[Turn]) -> str | None:
    """The question of a link (?q=…), once."""
    if "q" not in st.query_params or turns:
        return None
    question = st.query_params["q"]
    del st.query_params["q"]
    return question


def _draw_tools(place: DeltaGenerator, words: Wording, turns: list[Turn] | None = None) -> None:
    """Filters, and what can be done with the conversation where there is one."""
    with place:
        with contextlib.suppress(HoiError):  # the reply, or the welcome, tells what is wrong
            view = session.opened().store.view()
            filters.draw(view, words)
            summary = filters.summary(filters.pinned(view), view, words)
            if summary:
                st.html(markup.element("p", markup.escape(summary), css="hq-note"))
        if turns is not None:
            conversation_menu.draw(turns, words)
        if session.model_host():
            st.html(markup.element("p", markup.escape(session.privacy_note()), css="hq-note"))


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
        if not session.model_host():
            text = f"{text} {session.privacy_note()}"
        st.html(markup.element("p", markup.escape(text), css="hq-note"))
    _draw_tools(tools, words)


def _ask(question: str) -> None:
    st.session_state[_ASKED] = question


def _draw_question(question: str) -> None:
    st.html(markup.element("h2", markup.marked(question, []), css="hq-question"))


def _draw_reply(turn: Turn, position: int, words: Wording) -> None:
    if turn.answer is None:
        st.html(markup.element("p", markup.escape(turn.problem), css="hq-problem", role="alert"))
        return
    answers.draw(turn.answer, position, words)
    rating.draw_reason(position, words)


def _answered(question: str, earlier: list[Turn], words: Wording) -> Turn:
    """The turn, kept. Stop ends it and is kept as such; any other click while it runs asks again."""
    keep = this_conversation.begin_turn(question)
    place = st.empty()
    place.html(_coming("", words))
    try:
        turn = _asked(question, [turn.question for turn in earlier], place, words)
        place.empty()
    except StopException:
        keep(Turn(question, problem=words.text("page.chat.stopped")))
        raise
    not_kept = keep(turn)
    if not_kept:
        st.toast(session.message_of(not_kept))
    return turn


def _coming(written: str, words: Wording) -> str:
    """The answer as far as it is written, and what is going on; the style shows which of the two holds."""
    host = session.model_host()
    doing = words.text("page.chat.writing", host=host) if host else words.text("page.chat.searching")
    states = markup.element("span", markup.escape(doing), css="hq-going-on") + markup.element(
        "span", markup.escape(words.text("page.chat.stopped")), css="hq-ended")
    text = markup.element("div", markup.answer_html(written), css="hq-answer-coming")
    return text + markup.element("p", states, css="hq-note hq-waiting", role="status")


def _asked(question: str, history: list[str], place: DeltaGenerator, words: Wording) -> Turn:
    """What a language model writes shows in `place` as it comes."""
    try:
        checked = checked_question(question, session.settings().question_max_characters)
        opened = session.opened()
        stream = opened.assistant.stream(checked, history, filters.pinned(opened.store.view()))
        return Turn(question, _streamed(stream, place, words))
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        return Turn(question, problem=session.message_of(error))


def _streamed(stream: Iterator[str | Answer], place: DeltaGenerator, words: Wording) -> Answer | None:
    """The answer at the end of a stream; each look at `place` is where Stop takes hold."""
    written, answer = "", None
    with contextlib.closing(interruptible(stream, _LOOK_SECONDS)) as items:
        for item in items:
            if isinstance(item, Answer):
                answer = item
            else:
                written += item or ""
                place.html(_coming(written, words))
    return answer


def _draw_suggestions(turn: Turn, position: int, words: Wording) -> None:
    if turn.answer is None or not turn.answer.suggestions:
        return
    with st.container(gap="xxsmall", key="suggestions"):
        st.html(markup.element("p", markup.escape(words.text("page.chat.suggestions")), css="hq-note"))
        for number, question in enumerate(turn.answer.suggestions):
            st.button(markup.plain(question), key=f"suggestion-{position}-{number}", on_click=_ask,
                      args=(question,), type="tertiary", wrap=True)


entrance.run(main)
