"""Training pairs: tokenized passages in, batches of (query, passage) token bags out.

A query is made from the passage itself: one of its sentences, shortened and thinned out, sometimes with the
title or the wording of a question beside it; or the title and heading. The sentence mostly is taken out of
the passage, so that related words are learned and not only the same ones. Nothing here is a vector.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.corpora import TrainingPassage

Tokens = NDArray[np.int32]

QUESTION_PHRASES = Path(__file__).parent / "question_phrases.txt"
_TEXTS_A_BATCH = 20_000
_SHORT_QUERY_TOKENS = 4
_SUBSTITUTE_QUERY_TOKENS = 10


@dataclass(frozen=True, slots=True)
class PairSettings:
    """Shares are probabilities. Values that were tried and left are in the model card's table."""

    title_queries: float = 0.15
    title_beside_sentence: float = 0.3
    sentence_stays: float = 0.3
    question_phrase: float = 0.3
    most_thinned_out: float = 0.4
    longest_query_tokens: int = 24
    neighbours_in_batch: int = 1


@dataclass(frozen=True, slots=True)
class Bags:
    """Token bags laid end to end; bag i starts at `starts[i]`."""

    tokens: NDArray[np.int64]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, bags: Sequence[Tokens]) -> "Bags":
        starts = np.cumsum([0, *(len(bag) for bag in bags[:-1])])
        return cls(np.concatenate(bags).astype(np.int64), starts.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Batch:
    """`ambiguous[i, j]`: passage j answers query i about as well as its own, so it is no negative."""

    queries: Bags
    passages: Bags
    ambiguous: NDArray[np.bool_]


class TokenLists:
    """One token list a text, laid end to end."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
        lists: list[Tokens] = []
        for start in range(0, len(texts), _TEXTS_A_BATCH):
            batch = texts[start : start + _TEXTS_A_BATCH]
            encodings = tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            lists.extend(np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings)
        self.tokens = np.concatenate(lists)
        self.bounds = np.cumsum([0, *map(len, lists)])

    def __getitem__(self, position: int) -> Tokens:
        return self.tokens[self.bounds[position] : self.bounds[position + 1]]

    def span(self, first: int, last: int) -> Tokens:
        """The tokens of the texts from `first` up to, not including, `last`."""
        return self.tokens[self.bounds[first] : self.bounds[last]]


class TokenizedPassages:
    def __init__(self, tokenizer: Tokenizer, passages: Sequence[TrainingPassage]) -> None:
        self.sentences = TokenLists(tokenizer, [text for each in passages for text in each.sentences])
        self.titles = TokenLists(tokenizer, [each.title for each in passages])
        self.headings = TokenLists(tokenizer, [each.heading for each in passages])
        self.pages = np.array([each.page for each in passages])
        self._first_sentence = np.cumsum([0, *(len(each.sentences) for each in passages)])

    def __len__(self) -> int:
        return len(self.pages)

    def sentence_range(self, passage: int) -> tuple[int, int]:
        return int(self._first_sentence[passage]), int(self._first_sentence[passage + 1])

    def body(self, passage: int) -> Tokens:
        return self.sentences.span(*self.sentence_range(passage))


class PairMaker:
    def __init__(
        self,
        passages: TokenizedPassages,
        tokenizer: Tokenizer,
        settings: PairSettings,
        random: np.random.Generator,
    ) -> None:
        self._passages = passages
        self._settings = settings
        self._random = random
        phrases = QUESTION_PHRASES.read_text(encoding="utf-8").splitlines()
        self._phrases = TokenLists(tokenizer, phrases)
        self._phrase_count = len(phrases)

    def batches(self, size: int) -> Iterator[Batch]:
        """Without end; each round goes over the passages once, in groups of neighbours."""
        neighbours = self._settings.neighbours_in_batch
        groups = size // neighbours
        while True:
            offset = self._random.integers(neighbours)
            starts = np.arange(offset, len(self._passages) - neighbours, neighbours)
            self._random.shuffle(starts)
            for first in range(0, len(starts) - groups, groups):
                chosen = (starts[first : first + groups, None] + np.arange(neighbours)).ravel()
                yield self._batch(chosen.tolist())

    def _batch(self, chosen: Sequence[int]) -> Batch:
        draws = self._random.random((len(chosen), 4)).tolist()
        pairs = [self._pair(passage, *drawn) for passage, drawn in zip(chosen, draws, strict=True)]
        pages = self._passages.pages[list(chosen)]
        by_title = np.array([pair[2] for pair in pairs])
        ambiguous = by_title[:, None] & (pages[:, None] == pages[None, :])
        np.fill_diagonal(ambiguous, False)
        return Batch(Bags.of([pair[0] for pair in pairs]), Bags.of([pair[1] for pair in pairs]), ambiguous)

    def _pair(
        self, passage: int, kind: float, place: float, stays: float, beside: float
    ) -> tuple[Tokens, Tokens, bool]:
        """Query, passage, and whether the query is the title: then other passages of the page fit as well.

        The four numbers are draws from [0, 1) that decide what the pair is made of.
        """
        first, last = self._passages.sentence_range(passage)
        by_title = last - first < 2 or kind < self._settings.title_queries
        if by_title:
            query, body = self._title_pair(passage, with_heading=place < 0.5)
        else:
            chosen = first + int(place * (last - first))
            query, body = self._sentence_pair(passage, chosen, stays, beside)
        if self._random.random() < self._settings.question_phrase:
            query = np.concatenate([query, self._phrases[int(self._random.integers(self._phrase_count))]])
        if len(query) == 0:
            query = self._passages.titles[passage]
        if len(query) == 0:
            query = body[:_SUBSTITUTE_QUERY_TOKENS]
        return query, body, by_title

    def _title_pair(self, passage: int, with_heading: bool) -> tuple[Tokens, Tokens]:
        title = self._passages.titles[passage]
        if with_heading:
            title = np.concatenate([title, self._passages.headings[passage]])
        return title, self._passages.body(passage)

    def _sentence_pair(self, passage: int, chosen: int, stays: float, beside: float) -> tuple[Tokens, Tokens]:
        first, last = self._passages.sentence_range(passage)
        sentences, title = self._passages.sentences, self._passages.titles[passage]
        query = self._thinned_out(self._shortened(sentences[chosen]))
        if beside < self._settings.title_beside_sentence:
            query = np.concatenate([query, title])
        if stays < self._settings.sentence_stays:
            body = self._passages.body(passage)
        else:
            body = np.concatenate([sentences.span(first, chosen), sentences.span(chosen + 1, last)])
        if beside > 1 - self._settings.title_beside_sentence:
            body = np.concatenate([title, body])
        return query, body

    def _shortened(self, tokens: Tokens) -> Tokens:
        longest = self._settings.longest_query_tokens
        if len(tokens) <= longest:
            return tokens
        start = int(self._random.integers(len(tokens) - longest + 1))
        return tokens[start : start + longest]

    def _thinned_out(self, tokens: Tokens) -> Tokens:
        if len(tokens) <= _SHORT_QUERY_TOKENS:
            return tokens
        lots = self._random.random(len(tokens))
        kept: Tokens = tokens[lots > self._random.random() * self._settings.most_thinned_out]
        return kept
