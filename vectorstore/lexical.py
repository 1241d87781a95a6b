"""The lexical index: BM25 over folded syllables, pairs of them, and syllables as spelt.

Texts come in with or without diacritics and meet on their folded form; the pairs stand for Vietnamese words,
which mostly are two syllables. Where a question has diacritics, what they tell apart counts too. Out comes
one score for every passage, in the order in which the index was built. What a passage is, and which version
of the store an index belongs to, is known elsewhere.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from vietnamese.folding import syllables

Scores = NDArray[np.float32]

FORMAT = "2: folded syllables, pairs, spelling"  # count up whenever a token of a passage or its weight changes
_SIZE_FILE = "size.json"
_SPELT_MARK = "="  # no syllable holds it, so spelt and folded tokens never meet
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+")
_TERM_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75


def lexical_tokens(text: str) -> list[str]:
    """What a passage is found by: folded syllables, pairs of them ("doanh nghiep"), and syllables as spelt."""
    single = syllables(text)
    return [*single, *_pairs(single), *_spelt(text)]


def query_tokens(text: str) -> list[str]:
    """What is looked up. Without any diacritics the spelling says nothing, and folded syllables count twice."""
    single = syllables(text)
    spelt = _spelt(text)
    without_diacritics = all(token.isascii() for token in spelt)
    return [*single, *_pairs(single), *(single if without_diacritics else spelt)]


def tokens_of_phrasings(phrasings: Iterable[str]) -> list[str]:
    """Each token as often as the phrasing that has it most often."""
    wanted: Counter[str] = Counter()
    for phrasing in phrasings:
        wanted |= Counter(query_tokens(phrasing))
    return list(wanted.elements())


def _pairs(single: list[str]) -> Iterator[str]:
    return (f"{left} {right}" for left, right in pairwise(single))


def _spelt(text: str) -> list[str]:
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [_SPELT_MARK + _tone_last(word) for word in words]


@lru_cache(maxsize=50_000)
def _tone_last(word: str) -> str:
    """`word` with its tone mark at the end, where old and new tone placement (hoà, hòa) are the same."""
    if word.isascii():
        return word
    marks = unicodedata.normalize("NFD", word)
    rest = "".join(mark for mark in marks if mark not in _TONE_MARKS)
    tones = "".join(mark for mark in marks if mark in _TONE_MARKS)
    return unicodedata.normalize("NFC", rest) + tones


class LexicalIndex:
    """BM25 scores of all passages for a query; made by `build` or `load`."""

    def __init__(self, size: int, bm25: bm25s.BM25 | None) -> None:
        """`bm25` is None where no passage holds any token: bm25s cannot index that."""
        self._size = size
        self._bm25 = bm25

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        tokens = [lexical_tokens(text) for text in texts]
        if not any(tokens):
            return cls(len(texts), None)
        bm25 = bm25s.BM25(k1=_TERM_SATURATION, b=_LENGTH_WEIGHT)
        bm25.index(tokens, show_progress=False)
        return cls(len(texts), bm25)

    def save(self, folder: Path) -> None:
        """Writes into `folder`, which is made if need be. Not atomic: write beside, then switch."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)
        described = {"format": FORMAT, "passages": self._size, "tokens": self._bm25 is not None}
        (folder / _SIZE_FILE).write_text(json.dumps(described), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Maps the scores into memory.

        Raises OSError or ValueError where the folder holds no whole index, or one of another `FORMAT`.
        """
        described = json.loads((folder / _SIZE_FILE).read_text(encoding="utf-8"))
        if described.get("format") != FORMAT:
            raise ValueError(f"format {described.get('format')}, not {FORMAT}")
        bm25 = None
        if described["tokens"]:
            bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        return cls(described["passages"], bm25)

    def scores(self, *phrasings: str) -> Scores:
        """One score a passage, zero where nothing of the query occurs; `phrasings` are of the same query."""
        if self._bm25 is None:
            return np.zeros(self._size, dtype=np.float32)
        known = self._bm25.get_tokens_ids(tokens_of_phrasings(phrasings))
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        found: Scores = self._bm25.get_scores_from_ids(known)
        return found
