"""Token vectors: a tokenizer and training pairs in, one float32 vector a token out.

The start is already a retrieval model: random directions, long for rare tokens and short for frequent ones
(the square root of the inverse document frequency), a token of several syllables leaning on its syllables.
Training then moves related tokens together by multiple-negatives ranking with in-batch negatives.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from training.pairs import Bags, Batch, TokenizedPassages
from training.tokens import SPACE

Vectors = NDArray[np.float32]

_PASSAGES_COUNTED = 40_000
_LEAST_RARITY = 0.3


@dataclass(frozen=True, slots=True)
class VectorSettings:
    dimensions: int = 512
    syllables_in_word: float = 0.8
    rarity_power: float = 0.5
    steps: int = 300
    batch_size: int = 1024
    learning_rate: float = 0.05
    warm_up: float = 0.1
    sharpness: float = 20.0
    passage_to_query: float = 0.5


def initial_vectors(
    tokenizer: Tokenizer,
    passages: TokenizedPassages,
    settings: VectorSettings,
    random: np.random.Generator,
    seed: int,
) -> Vectors:
    """Row 0, the unknown token, is zero; the mean length of the others is one."""
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    rarity = _rarity(len(vocabulary), passages, random) ** settings.rarity_power
    generator = torch.Generator().manual_seed(seed)
    directions = torch.randn(len(vocabulary), settings.dimensions, generator=generator).numpy()
    own = directions * rarity[:, None].astype(np.float32)
    vectors = own.copy()
    for token, row in vocabulary.items():
        syllables = [SPACE + syllable for syllable in token.split(SPACE)[1:]]
        if len(syllables) > 1:
            parts = [vocabulary[syllable] for syllable in syllables if syllable in vocabulary]
            vectors[row] += settings.syllables_in_word * own[parts].sum(axis=0)
    vectors[0] = 0
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1).mean()).astype(np.float32)
    return scaled


def _rarity(tokens: int, passages: TokenizedPassages, random: np.random.Generator) -> NDArray[np.float64]:
    """The inverse document frequency of every token in a sample of the passages."""
    sample = random.choice(len(passages), min(_PASSAGES_COUNTED, len(passages)), replace=False)
    frequencies = np.zeros(tokens)
    for passage in sample.tolist():
        frequencies[np.unique(passages.body(passage))] += 1
    rarity: NDArray[np.float64] = np.log((len(sample) + 1) / (frequencies + 0.5))
    return np.clip(rarity, _LEAST_RARITY, None)


def trained(
    vectors: Vectors, batches: Iterator[Batch], settings: VectorSettings
) -> Iterator[tuple[int, float, torch.nn.EmbeddingBag]]:
    """Trains a copy of `vectors`; after each step gives its number, its loss and the vectors so far."""
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(vectors.copy()), freeze=False)
    rate = settings.learning_rate * float(np.abs(vectors).mean())
    optimizer = torch.optim.Adam(bag.parameters(), lr=rate, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=rate, total_steps=settings.steps, pct_start=settings.warm_up
    )
    for step in range(1, settings.steps + 1):
        loss = _loss(bag, next(batches), settings)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        yield step, loss.item(), bag


def _loss(bag: torch.nn.EmbeddingBag, batch: Batch, settings: VectorSettings) -> torch.Tensor:
    queries, passages = _embedded(bag, batch.queries), _embedded(bag, batch.passages)
    ambiguous = torch.from_numpy(batch.ambiguous)
    return _ranking_loss(queries, passages, ambiguous, settings)


def _embedded(bag: torch.nn.EmbeddingBag, bags: Bags) -> torch.Tensor:
    vectors: torch.Tensor = bag(torch.from_numpy(bags.tokens), torch.from_numpy(bags.starts))
    return vectors


def _ranking_loss(
    queries: torch.Tensor, passages: torch.Tensor, ambiguous: torch.Tensor, settings: VectorSettings
) -> torch.Tensor:
    """Multiple-negatives ranking (Henderson et al. 2017, arXiv:1705.00652), in both directions."""
    cosines = functional.normalize(queries, dim=1) @ functional.normalize(passages, dim=1).T
    logits = (settings.sharpness * cosines).masked_fill(ambiguous, -1e4)
    own = torch.arange(len(logits))
    forth = functional.cross_entropy(logits, own)
    back = functional.cross_entropy(logits.T, own)
    return forth + settings.passage_to_query * back
