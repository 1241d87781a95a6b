"""The conversation of this visitor: in the session while the page is open, in the file for when it is again.

Its id stands in the address (?c=…), so that a reload finds it. A file that cannot be written does not stop
anybody from asking.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from domain.errors import StoreError
from pages.parts import session
from pages.parts.conversations import Conversations, Feedback, Turn, is_id, new_id

_TURNS = "turns"
_ID = "conversation"
_RUNNING = "running-question"
_PARAMETER = "c"
_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class _Running:
    """The question that is being answered. An object, because a stopped script may not touch the session."""

    question: str | None = None


def kept() -> Conversations:
    given = session.settings()
    return Conversations(given.store, given.conversation_days)


def turns() -> list[Turn]:
    """The questions so far, oldest first; from the file at the first look of a session."""
    if _TURNS not in st.session_state:
        st.session_state[_TURNS] = _found_again()
    if st.session_state[_TURNS] and st.query_params.get(_PARAMETER) != _id():
        st.query_params[_PARAMETER] = _id()
    found: list[Turn] = st.session_state[_TURNS]
    return found


def _found_again() -> list[Turn]:
    asked_for = st.query_params.get(_PARAMETER, "")
    if not is_id(asked_for):
        return []
    try:
        found = kept().turns(asked_for)
    except StoreError as error:
        _LOGGER.warning("%s %s", error.code, error.values)
        return []
    if found:
        st.session_state[_ID] = asked_for
    return list(found)


def _id() -> str:
    conversation: str = st.session_state.setdefault(_ID, new_id())
    return conversation


def begin_turn(question: str) -> Callable[[Turn], StoreError | None]:
    """A function that adds the turn when it is there, also after the script was stopped; and says what failed."""
    running: _Running = st.session_state.setdefault(_RUNNING, _Running())
    so_far, conversation, file = turns(), _id(), kept()
    running.question = question
    st.query_params[_PARAMETER] = conversation

    def keep(turn: Turn) -> StoreError | None:
        running.question = None
        so_far.append(turn)
        try:
            file.keep(conversation, len(so_far) - 1, turn)
        except StoreError as error:
            _LOGGER.warning("%s %s", error.code, error.values)
            return error
        return None

    return keep


def cut_off() -> str | None:
    """The question whose answer a click elsewhere interrupted."""
    running: _Running | None = st.session_state.get(_RUNNING)
    return running.question if running else None


def begin() -> None:
    """A new one; the old one stays in the file under its id."""
    for name in (_TURNS, _ID, _RUNNING):
        st.session_state.pop(name, None)
    st.query_params.clear()


def delete() -> None:
    try:
        kept().delete(_id())
    except StoreError as error:
        st.toast(session.message_of(error))
        return
    begin()


def rate(position: int, feedback: Feedback) -> None:
    try:
        kept().rate(_id(), position, feedback)
    except StoreError as error:
        st.toast(session.message_of(error))
