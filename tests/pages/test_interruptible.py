"""What comes is handed on, a wait can be left, and an error arrives where the items are read."""

import threading

import pytest

from pages.parts.interruptible import interruptible


def test_items_come_in_order_and_end():
    assert [item for item in interruptible(iter("abc"), 5) if item] == ["a", "b", "c"]


def test_nothing_yet_is_handed_on_and_closing_closes_the_source():
    go_on, closed = threading.Event(), threading.Event()

    def source():
        try:
            go_on.wait(10)
            yield "late"
            yield "never asked for"
        finally:
            closed.set()

    items = interruptible(source(), 0.01)
    assert next(items) is None
    items.close()
    go_on.set()
    assert closed.wait(10)


def test_an_error_of_the_source_is_raised():
    def source():
        yield 1
        raise ValueError("broken")

    items = interruptible(source(), 5)
    assert next(items) == 1
    with pytest.raises(ValueError, match="broken"):
        next(items)
