"""Sentence windows: how near the best two neighbouring sentences of a passage come to a question.

A passage's one vector is the mean of all that it says, and a question is mostly about a sentence or two of
it. Windows are embedded when a passage becomes a candidate, not stored: that is cheap with the bundled
embedder, and the vectors of passages seen before are kept. With a slow embedder leave windows out.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedders import Embedder, Vectors
from vietnamese.sentences import sentence_spans

Scores = NDArray[np.float32]

_SENTENCES_A_WINDOW = 2
_PASSAGES_KEPT = 2_000


class SentenceWindows:
    """Scores passages by their best window; safe to share between threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def scores(self, query: Vectors, passages: Sequence[str]) -> Scores:
        """One cosine similarity a passage; `query` is a vector of the same embedder."""
        with self._lock:
            found = self._windows(passages)
        return np.array([float((vectors @ query).max(initial=-1)) for vectors in found], dtype=np.float32)

    def _windows(self, passages: Sequence[str]) -> list[Vectors]:
        unseen = [passage for passage in dict.fromkeys(passages) if passage not in self._kept]
        if unseen:
            cut = [windows(passage) for passage in unseen]
            vectors = self._embedder.embed_passages([window for parts in cut for window in parts])
            ends = np.cumsum([len(parts) for parts in cut])
            self._kept.update(zip(unseen, np.split(vectors, ends[:-1]), strict=True))
        found = [self._kept[passage] for passage in passages]
        while len(self._kept) > _PASSAGES_KEPT:
            self._kept.popitem(last=False)
        return found


def windows(passage: str) -> list[str]:
    """Each run of two neighbouring sentences; the whole passage where it has no more."""
    spans = sentence_spans(passage)
    if len(spans) <= _SENTENCES_A_WINDOW:
        return [passage]
    return [
        passage[spans[first][0] : spans[first + _SENTENCES_A_WINDOW - 1][1]]
        for first in range(len(spans) - _SENTENCES_A_WINDOW + 1)
    ]
