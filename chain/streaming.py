"""A model's stream cut into finished sentences, so that each can be checked before it is shown.

Text in pieces of any size in, whole sentences with the white space behind them out. A model's thinking
(`<think>…</think>`) is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KEYS = r"(?:\s*[\[【][^\[\]【】\n]{1,40}[\]】])*"
# A sentence ends at its mark, keys behind it included, when something that can open a sentence follows; a line
# feed ends one too, and so does a semicolon behind a key.
_END = re.compile(
    rf"[.!?…][\"”’)*_]*{_KEYS}[.*_]*(?P<gap>\s+)(?=[^\s\[【])|\n+(?=[^\n])|[\]】]\s*;(?P<after>\s+)(?=[^\s\[【])"
)
_NO_END = re.compile(
    r"(?:^|[\s(])(?:\d{1,2}|[IVXLC]+|[a-zđ]|TP|Tp|KT|PGS|TS|GS|ThS|Ô|Mr|Mrs|Ms|Dr|St|No|no|vs|e\.g|i\.e|v\.v|tr|approx)\.$"
)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_PARTIAL_TAG = re.compile(r"<(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?$")


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences of a stream as they are finished; joined they are the text without its thinking."""
    buffer = ""
    for piece in pieces:
        buffer += piece
        ready, buffer = _without_thoughts(buffer)
        while cut := _first_end(ready):
            yield ready[:cut]
            ready = ready[cut:]
        buffer = ready + buffer
    rest = _THOUGHT.sub("", buffer)
    while cut := _first_end(rest):
        yield rest[:cut]
        rest = rest[cut:]
    if rest:
        yield rest


def _without_thoughts(buffer: str) -> tuple[str, str]:
    """What can be read of the buffer, and what must wait: an unfinished thought, the beginning of a tag."""
    buffer = re.sub(r"<think>.*?</think>\s*", "", buffer, flags=re.DOTALL)
    open_at = buffer.find("<think>")
    if open_at < 0 and (partial := _PARTIAL_TAG.search(buffer)):
        open_at = partial.start()
    return (buffer, "") if open_at < 0 else (buffer[:open_at], buffer[open_at:])


def _first_end(text: str) -> int | None:
    for match in _END.finditer(text):
        if match.group().startswith("\n"):
            return match.end()
        is_abbreviation = match.group()[0] == "." and _NO_END.search(text[: match.start() + 1])
        if match["after"] or not (text[match.end()].islower() or is_abbreviation):
            return match.end()
    return None
