"""Who may change documents.

With a password in the settings, whoever knows it; with addresses, whoever signs in as one of them. With
neither, only the person who started the program: the key for that is drawn at start and shown in the terminal
it was started from, never on a page. Where a request comes from proves nothing (a proxy on the same machine
looks like a neighbour), so it only ever takes a right away.
"""

from __future__ import annotations

import hmac
import secrets
import sys
import time
from collections.abc import Mapping

import streamlit as st

from pages.parts import markup, password, session
from prompts.wording import Wording

_EDITOR = "editor"
_PARAMETER = "key"
_WRONG_PASSWORD_SECONDS = 1.0
_OF_A_PROXY = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def may_edit() -> bool:
    given = session.settings()
    if given.editor_emails and _signed_in(given.editor_emails):
        return True
    if not (given.editor_emails or given.editor_password_hash):
        _take_key()
        return bool(st.session_state.get(_EDITOR)) and not through_proxy(st.context.headers)
    return bool(st.session_state.get(_EDITOR))


def draw_entry(words: Wording) -> None:
    """How to get the right, for somebody who has it not."""
    given = session.settings()
    if given.editor_password_hash:
        _draw_password(given.editor_password_hash.get_secret_value(), words)
    if given.editor_emails:
        if st.user.get("is_logged_in"):
            note = words.text("page.rights.not_listed", email=st.user.get("email", ""))
            st.html(markup.element("p", markup.escape(note), css="hq-note"))
        elif st.button(words.text("page.rights.sign_in")):
            st.login()
    if not (given.editor_password_hash or given.editor_emails):
        announce_key()
        st.html(markup.element("p", markup.escape(words.text("page.rights.terminal")), css="hq-note"))


def through_proxy(headers: Mapping[str, str]) -> bool:
    return any(name.lower() in _OF_A_PROXY for name in headers)


@st.cache_resource(show_spinner=False)
def starters_key() -> str:
    return secrets.token_urlsafe(24)


@st.cache_resource(show_spinner=False)
def announce_key() -> None:
    """Show the starter's link in the terminal, once."""
    port = st.get_option("server.port")
    link = f"http://127.0.0.1:{port}/documents?{_PARAMETER}={starters_key()}"
    sys.stderr.write("\n  " + Wording(session.settings().language).text("page.rights.link", link=link) + "\n\n")
    sys.stderr.flush()


def _take_key() -> None:
    """The key of the link, kept for this session and taken out of the address."""
    given = st.query_params.get(_PARAMETER)
    if given is None:
        return
    del st.query_params[_PARAMETER]
    if hmac.compare_digest(given.encode("utf-8"), starters_key().encode("utf-8")):
        st.session_state[_EDITOR] = True


def _draw_password(password_hash: str, words: Wording) -> None:
    with st.form("password", border=False):
        typed = st.text_input(words.text("page.rights.password"), type="password", max_chars=200)
        if st.form_submit_button(words.text("page.rights.enter")):
            if password.fits(typed, password_hash):
                st.session_state[_EDITOR] = True
                st.rerun()
            time.sleep(_WRONG_PASSWORD_SECONDS)
            st.html(markup.element("p", markup.escape(words.text("page.rights.wrong")), css="hq-problem", role="alert"))


def _signed_in(emails: str) -> bool:
    listed = {address.strip().casefold() for address in emails.split(",") if address.strip()}
    user = st.user
    verified = user.get("email_verified", True)
    return bool(user.get("is_logged_in")) and bool(verified) and str(user.get("email", "")).casefold() in listed


