"""The language model behind any OpenAI-compatible address: messages in, text as it comes out, or ModelError.

Every call has a deadline that holds for all tries together. The client runs on an event loop of its own, so
that a call can be given up at once in whatever state it is: connecting, waiting, or in the middle of a line.
The key goes to the client and nowhere else; messages of errors are dropped, because servers echo keys.
"""

from __future__ import annotations

import asyncio
import functools
import json
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from domain.errors import ModelError
from prompts.prompt_files import Message

_TRIES = 3
_PAUSE_SECONDS = 0.25  # before the second try; twice that before the third
_DEFAULT_URL = "https://api.openai.com/v1"
_NO_KEY = "none"  # what a local server that asks for no key is sent; never one from other variables


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time that a whole answer must keep. `seconds` is what was allowed."""

    seconds: float
    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(seconds, time.monotonic() + seconds)

    def left(self) -> float:
        return self.at - time.monotonic()


def given_up(code: str, **values: object) -> ModelError:
    """The error that makes the extractive answer take over; `code` is one of the section [fallback]."""
    return ModelError(code, **values)


class LanguageModel(Protocol):
    """What the chain needs of a model. `host` is where questions and excerpts go."""

    @property
    def name(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def timeout_seconds(self) -> float: ...

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Iterator[str]:
        """The model's text in pieces. Closing the iterator ends the request. Raises ModelError."""
        ...


class ChatModel:
    """A LangChain chat model with a deadline, bounded tries and errors of ours."""

    def __init__(self, client: Any, name: str, host: str, timeout_seconds: float) -> None:
        self._client = client
        self.name = name
        self.host = host
        self.timeout_seconds = timeout_seconds

    def __repr__(self) -> str:
        return f"ChatModel({self.name!r} at {self.host!r})"

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Iterator[str]:
        """The model's text in pieces, within `deadline`. Raises ModelError with a code of [fallback]."""
        pieces: queue.SimpleQueue[str | ModelError | None] = queue.SimpleQueue()
        pump = asyncio.run_coroutine_threadsafe(self._pump(list(messages), pieces, deadline), _loop())
        try:
            while True:
                piece = self._next(pieces, deadline)
                if piece is None:
                    return
                yield piece
        finally:
            pump.cancel()

    def _next(self, pieces: queue.SimpleQueue[str | ModelError | None], deadline: Deadline) -> str | None:
        try:
            piece = pieces.get(timeout=max(deadline.left(), 0.001))
        except queue.Empty:
            raise self._error("timeout") from None
        if isinstance(piece, ModelError):
            raise piece
        return piece

    async def _pump(
        self,
        messages: list[Message],
        pieces: queue.SimpleQueue[str | ModelError | None],
        deadline: Deadline,
    ) -> None:
        """Put the text into `pieces`, then None or the error. Failures before any text are tried again."""
        for attempt in range(1, _TRIES + 1):
            began = False
            try:
                async for piece in self._pieces(messages):
                    began = True
                    pieces.put(piece)
                pieces.put(None)
                return
            except Exception as error:  # noqa: BLE001 - whatever the client raises becomes one ModelError
                fault = self._fault(error, began)
                pause = _pause(error, attempt)
                if (
                    began
                    or attempt == _TRIES
                    or fault.code not in _WORTH_ANOTHER_TRY
                    or pause >= deadline.left()
                ):
                    pieces.put(fault)
                    return
            await asyncio.sleep(pause)

    async def _pieces(self, messages: list[Message]) -> AsyncIterator[str]:
        from langsmith import tracing_context

        finish: str | None = None
        with tracing_context(enabled=False):  # a variable of another program must not send excerpts elsewhere
            async for chunk in self._client.astream(messages):
                if text := str(chunk.text):
                    yield text
                finish = chunk.response_metadata.get("finish_reason") or finish
        if finish is None:
            raise ConnectionResetError
        if finish != "stop":
            raise _EndedError(finish)

    def _error(self, code: str, **values: object) -> ModelError:
        seconds = f"{self.timeout_seconds:g}"
        return given_up(code, model=self.name, host=self.host, seconds=seconds, **values)

    def _fault(self, error: Exception, began: bool) -> ModelError:
        """The ModelError for what the client raised; `began` tells that text had come."""
        code, values = _code_of(error)
        if code == "unreachable" and began:
            code = "broken_off"
        return self._error(code, **values)


class _EndedError(Exception):
    """The model stopped for another reason than having finished: "length", "content_filter"."""


_WORTH_ANOTHER_TRY = {"unreachable", "rate_limited", "server_error"}
_BY_STATUS = {
    401: "key_refused",
    403: "key_refused",
    404: "model_unknown",
    408: "server_error",
    429: "rate_limited",
}


def _code_of(error: Exception) -> tuple[str, dict[str, object]]:
    """The code of [fallback] for an error of the client, and the values of its sentence."""
    import openai

    if isinstance(error, _EndedError):
        return ("cut_short" if str(error) == "length" else "withheld"), {}
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return "timeout", {}
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        code = _BY_STATUS.get(status, "server_error" if status >= 500 else "request_refused")
        return code, {"status": status}
    if isinstance(error, openai.APIConnectionError | ConnectionError):
        return "unreachable", {}
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | openai.APIResponseValidationError):
        return "malformed", {}
    if type(error).__module__.split(".")[0] in {"httpx", "httpx2", "httpcore", "httpcore2", "h11"}:
        return "unreachable", {}
    if isinstance(error, openai.APIError):
        return "server_error", {"status": "–"}
    return "malformed", {}


def _pause(error: Exception, attempt: int) -> float:
    """Seconds before the next try: what the server asks for, else a little more each time."""
    response = getattr(error, "response", None)
    asked = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return max(float(asked), 0.0)
    except ValueError:
        return _PAUSE_SECONDS * attempt


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop that all calls share, on a thread that ends with the program."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


def open_model(name: str, url: str | None, key: str | None, timeout_seconds: float) -> ChatModel:
    """The model `name` at `url` (OpenAI's own address without one). Contacts nothing yet."""
    import openai  # noqa: F401
    from langchain.chat_models import init_chat_model

    client: Any = init_chat_model(
        name,
        model_provider="openai",
        base_url=url or _DEFAULT_URL,
        api_key=key or _NO_KEY,
        timeout=timeout_seconds,
        max_retries=0,  # tries are counted here, under one deadline
        temperature=0,
        stream_usage=False,
        stream_chunk_timeout=None,  # its asyncio.wait_for loses some cancellations in Python 3.11
    )
    _ = client.root_async_client.chat.completions  # loads now what the first answer would wait for
    address = urlsplit(url or _DEFAULT_URL)
    host = f"{address.hostname or ''}:{address.port}" if address.port else address.hostname or ""
    return ChatModel(client, name, host, timeout_seconds)
