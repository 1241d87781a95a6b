"""The conversation of this visitor: in the session while the page is open, in the file for when it is again.

Its id stands in the address (?c=…), so that a reload finds it. A file that cannot be written does not stop
anybody from asking.
"""

from __future__ import annotations

import logging

import streamlit as st

from domain.errors import StoreError
from pages.parts import session
from pages.parts.conversations import Conversations, Feedback, Turn, is_id, new_id

_TURNS = "turns"
_ID = "conversation"
_PARAMETER = "c"
_LOGGER = logging.getLogger(__name__)


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


def add(turn: Turn) -> None:
    so_far = turns()
    so_far.append(turn)
    try:
        kept().keep(_id(), len(so_far) - 1, turn)
        st.query_params[_PARAMETER] = _id()
    except StoreError as error:
        _LOGGER.warning("%s %s", error.code, error.values)
        st.toast(session.message_of(error))


def begin() -> None:
    """A new one; the old one stays in the file under its id."""
    for name in (_TURNS, _ID):
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
