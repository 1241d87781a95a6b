"""What every page shares: settings, the wording in the reader's language, the store and its assistant.

The store and the assistant load in a thread of their own, so that a page paints at once and can be typed
into meanwhile. One of each serves all visitors of the process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import streamlit as st

from domain.answers import Answer, Filters
from domain.errors import HoiError, StoreError
from prompts.wording import LANGUAGES, Wording
from settings import Settings, load_settings

if TYPE_CHECKING:  # it loads while the page paints
    from vectorstore.store import Store

_LOGGER = logging.getLogger(__name__)
LANGUAGE = "language"
_DEFAULT_MODEL_URL = "https://api.openai.com/v1"  # where the chain goes without HOI_MODEL_URL
NOTHING_THERE = ("store_missing", "store_empty")


class Assistant(Protocol):
    """What `chain.assistant` opens."""

    def stream(
        self, question: str, history: Sequence[str] = (), filters: Filters | None = None
    ) -> Iterator[str | Answer]: ...

    def suggestions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Opened:
    store: Store
    assistant: Assistant


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Raises SettingsError."""
    return load_settings()


def language() -> str:
    """The reader's choice, else that of the link (?lang=en), else that of the settings."""
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else settings().language


def choose_language(chosen: str) -> None:
    st.session_state[LANGUAGE] = chosen


def wording() -> Wording:
    return Wording(language())


def model_host() -> str | None:
    """The host that questions and excerpts go to. From the settings: nothing is loaded for it."""
    given = settings()
    if not given.model:
        return None
    return urlsplit(given.model_url or _DEFAULT_MODEL_URL).hostname or given.model


def privacy_note() -> str:
    """Whether anything leaves this machine, and where to."""
    host = model_host()
    return wording().text("page.nav.model", host=host) if host else wording().text("page.nav.privacy")


def message_of(error: Exception) -> str:
    """One line for whoever reads the page; what was not foreseen goes to the log as well."""
    if isinstance(error, HoiError):
        return wording().error(error)
    _LOGGER.error("unexpected error in a page", exc_info=error)
    return wording().text("error.unexpected", detail=type(error).__name__)


@st.cache_resource(show_spinner=False)
def loading() -> Future[Opened]:
    """The store and the assistant, while they load. The same for all; `retry` starts anew."""
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")
    future = worker.submit(_open, settings())
    worker.shutdown(wait=False)
    return future


def retry() -> None:
    """Load again where loading failed, after the store was made or mended."""
    if loading().done() and loading().exception():
        loading.clear()


def opened() -> Opened:
    """The store in its newest state and the assistant; waits for them. Raises HoiError."""
    ready = loading().result()
    ready.store.refresh()
    return ready


def opened_for_writing() -> Store:
    """The store in its newest state, made if there is none. Raises HoiError."""
    try:
        return opened().store
    except StoreError as error:
        if error.code not in NOTHING_THERE:
            raise
    from vectorstore.store import Store

    return _store(Store.create, settings())


def _store(opener: Callable[..., Store], given: Settings) -> Store:
    from vectorstore.embedders import load_embedder

    return opener(
        given.store,
        lambda: load_embedder(given.embedder),
        lock_timeout_seconds=given.lock_timeout_seconds,
    )


def _open(given: Settings) -> Opened:
    from chain.assistant import open_assistant
    from vectorstore.store import Store

    store = _store(Store.open, given)
    if not store.sources():
        store.close()
        raise StoreError("store_empty", folder=given.store)
    return Opened(store, open_assistant(store, given))
