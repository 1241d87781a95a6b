"""The chat: a question, its answer with citations, and the conversation so far."""

from __future__ import annotations

import streamlit as st

from domain.questions import checked_question
from pages.parts import answer as answers
from pages.parts import markup, session, states
from pages.parts.conversations import Turn
from pages.parts.examples import examples
from prompts.wording import Wording

_TURNS = "turns"
_ASKED = "asked"  # a question that a button or a link asked


def main() -> None:
    words = session.wording()
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    typed = st.chat_input(words.text("page.chat.placeholder"), key="question", submit_mode="stop")
    question = typed or st.session_state.pop(_ASKED, None)
    if not turns and not question:
        _draw_welcome(words)
        return
    for position, turn in enumerate(turns):
        _draw_turn(turn, position, words)
    if question:
        _draw_question(question)
        turns.append(_answered(question, [turn.question for turn in turns], words))
        _draw_reply(turns[-1], len(turns) - 1, words)
    _draw_suggestions(turns[-1], len(turns) - 1)


def _draw_welcome(words: Wording) -> None:
    title = markup.element("h1", markup.escape(words.text("page.chat.title")))
    intro = markup.element("p", markup.escape(words.text("page.chat.intro")))
    st.html(markup.element("div", title + intro, css="hq-welcome"))
    place = st.empty()
    if not session.loading().done():
        place.html(markup.element("p", markup.escape(words.text("page.chat.loading")), css="hq-note"))
    try:
        opened = session.opened()
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        states.draw_problem(error)
        return
    store = opened.store
    with place.container(key="examples"):
        for question in examples(store.sources()) or opened.assistant.suggestions():
            st.button(markup.plain(question), key=f"example-{question}", on_click=_ask, args=(question,),
                      width="stretch")
    passages, figures = store.view().counts()
    text = words.text("page.chat.holds", documents=len(store.sources()), passages=passages, figures=figures)
    st.html(markup.element("p", markup.escape(text), css="hq-note"))


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
    else:
        answers.draw(turn.answer, str(position), words)


def _answered(question: str, history: list[str], words: Wording) -> Turn:
    with st.spinner(words.text("page.chat.searching")):
        try:
            checked = checked_question(question, session.settings().question_max_characters)
            return Turn(question, session.opened().assistant.ask(checked, history))
        except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
            return Turn(question, problem=session.message_of(error))


def _draw_suggestions(turn: Turn, position: int) -> None:
    if turn.answer is None:
        return
    with st.container(horizontal=True, gap="xsmall", key="suggestions"):
        for number, question in enumerate(turn.answer.suggestions):
            st.button(markup.plain(question), key=f"suggestion-{position}-{number}", on_click=_ask,
                      args=(question,), wrap=True)


main()
