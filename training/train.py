"""`make train`: the corpora in, the bundled embedding model out, the same for the same seed.

Stages: passages (corpora), tokenizer (tokens), training pairs (pairs), token vectors (vectors), the saved
folder (export). No benchmark enters; how good a model is, `evals` measures.
"""

import argparse
import json
import time
from dataclasses import asdict, fields, replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer

from training.corpora import LAW_FILE, WIKI_FILE, TrainingPassage, read_passages
from training.export import save_model
from training.pairs import PairMaker, PairSettings, TokenizedPassages
from training.tokens import train_tokenizer
from training.vectors import Vectors, VectorSettings, initial_vectors, trained

SYLLABLE_TOKENS = 18_000
WORD_ROUNDS = (12_000, 6_000)
_PASSAGES_FOR_TOKENS = 60_000
_REPORT_EVERY_STEPS = 100

Settings = TypeVar("Settings", PairSettings, VectorSettings)


def make_tokenizer(passages: list[TrainingPassage], seed: int) -> Tokenizer:
    sample = Random(seed).sample(passages, min(_PASSAGES_FOR_TOKENS, len(passages)))
    texts = ["\n".join(passage.sentences) for passage in sample]
    return train_tokenizer(texts, SYLLABLE_TOKENS, WORD_ROUNDS)


def make_vectors(
    tokenizer: Tokenizer,
    passages: list[TrainingPassage],
    pair_settings: PairSettings,
    vector_settings: VectorSettings,
    seed: int,
) -> Vectors:
    tokenized = TokenizedPassages(tokenizer, passages)
    return vectors_of(tokenizer, tokenized, pair_settings, vector_settings, seed)


def vectors_of(
    tokenizer: Tokenizer,
    tokenized: TokenizedPassages,
    pair_settings: PairSettings,
    vector_settings: VectorSettings,
    seed: int,
) -> Vectors:
    random = np.random.default_rng(seed)
    vectors = initial_vectors(tokenizer, tokenized, vector_settings, random, seed)
    batches = PairMaker(tokenized, tokenizer, pair_settings, random).batches(vector_settings.batch_size)
    started, losses = time.monotonic(), []
    for step, loss, bag in trained(vectors, batches, vector_settings):
        losses.append(loss)
        if step % _REPORT_EVERY_STEPS == 0 or step == vector_settings.steps:
            mean = np.mean(losses[-_REPORT_EVERY_STEPS:])
            print(f"step {step}  loss {mean:.3f}  {time.monotonic() - started:.0f} s", flush=True)
        if step == vector_settings.steps:
            vectors = bag.weight.detach().numpy()
    return vectors


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    passages = list(read_passages(options.corpora))
    print(f"{len(passages)} passages", flush=True)
    if options.tokenizer:
        tokenizer = Tokenizer.from_file(str(options.tokenizer))
    else:
        tokenizer = make_tokenizer(passages, options.seed)
    print(f"{tokenizer.get_vocab_size()} tokens", flush=True)
    pair_settings = _changed(PairSettings(), options.set)
    vector_settings = _changed(VectorSettings(), options.set)
    vectors = make_vectors(tokenizer, passages, pair_settings, vector_settings, options.seed)
    save_model(options.output, tokenizer, vectors)
    if options.log:
        _append(
            options.log, asdict(pair_settings) | asdict(vector_settings) | {"output": str(options.output)}
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the bundled embedding model.")
    parser.add_argument("--corpora", type=Path, required=True, help="folder with the two corpora")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--tokenizer", type=Path, help="use this tokenizer.json, train none")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--log", type=Path, help="append the settings to this file, one JSON object a line")
    parser.add_argument(
        "--set", nargs="*", default=[], metavar="NAME=VALUE", help="change a setting of the pairs or vectors"
    )
    options = parser.parse_args()
    for name in (LAW_FILE, WIKI_FILE):
        if not (options.corpora / name).is_file():
            parser.error(f"{options.corpora} holds no {name}; the model card says what it is")
    return options


def _changed(settings: Settings, changes: list[str]) -> Settings:
    """`settings` with those of `changes` that it knows."""
    known = {field.name for field in fields(settings)}
    values: dict[str, Any] = {}
    for change in changes:
        name, _, value = change.partition("=")
        if name in known:
            values[name] = type(getattr(settings, name))(value)
    return replace(settings, **values)


def _append(file: Path, record: dict[str, Any]) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
