"""An iterator that somebody may stop waiting for: what comes is handed on, and so is that nothing has come yet.

It is read in a thread of its own, because a page can be stopped only between two steps of its own. No Streamlit.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")


def interruptible(source: Iterator[T], seconds: float) -> Generator[T | None, None, None]:
    """The items of `source`, and null whenever none has come for so long. Closing it closes `source`.

    `source` is closed once its next item is there, or its time is over: until then it runs on unseen.
    """
    items: queue.SimpleQueue[tuple[T | None, BaseException | None, bool]] = queue.SimpleQueue()
    stopped = threading.Event()
    threading.Thread(target=_read, args=(source, items, stopped), name="interruptible", daemon=True).start()
    try:
        while True:
            try:
                item, error, over = items.get(timeout=seconds)
            except queue.Empty:
                yield None
                continue
            if error:
                raise error
            if over:
                return
            yield item
    finally:
        stopped.set()


def _read(
    source: Iterator[T],
    items: queue.SimpleQueue[tuple[T | None, BaseException | None, bool]],
    stopped: threading.Event,
) -> None:
    try:
        for item in source:
            if stopped.is_set():
                break
            items.put((item, None, False))
    except Exception as error:  # noqa: BLE001  raised again where the items are read
        items.put((None, error, False))
    finally:
        close = getattr(source, "close", None)
        if close:
            close()
        items.put((None, None, True))
