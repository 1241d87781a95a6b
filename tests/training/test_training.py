"""Training end to end on a toy corpus: the same seed gives the same model, and what is saved can be read."""

import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from training.corpora import LAW_FILE, WIKI_FILE, TrainingPassage, read_passages
from training.export import quantised, save_model
from training.pairs import PairMaker, PairSettings, TokenizedPassages
from training.tokens import train_tokenizer
from training.train import make_vectors
from training.vectors import VectorSettings
from vectorstore.embedders import StaticEmbedder

WORDS = "ngân sách nhà nước doanh nghiệp nộp thuế bảo hiểm xã hội giáo dục đào tạo y tế giao thông".split()
SMALL = VectorSettings(dimensions=16, steps=5, batch_size=8)


def write(file: Path, records: list[dict[str, str]]) -> None:
    with lzma.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record) + "\n" for record in records)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(0)
    folder = tmp_path_factory.mktemp("corpora")

    def text() -> str:
        sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(4)]
        return " ".join(sentences)

    law = [{"title": "Điều", "chapter": "Chương", "topic": "", "text": text()} for _ in range(40)]
    wiki = [{"title": "Trang", "text": f"{text()}\n\n== Tham khảo ==\n{text()}"} for _ in range(10)]
    write(folder / LAW_FILE, law)
    write(folder / WIKI_FILE, wiki)
    return folder


@pytest.fixture(scope="module")
def passages(corpora: Path) -> list[TrainingPassage]:
    return list(read_passages(corpora))


def test_passages_are_whole_sentences_without_appendices(passages: list[TrainingPassage]) -> None:
    assert len(passages) == 50
    assert all(len(passage.sentences) == 4 for passage in passages)
    assert [passage.page for passage in passages] == sorted(passage.page for passage in passages)


def test_tokens_are_folded_and_reach_across_syllables(passages: list[TrainingPassage]) -> None:
    texts = [" ".join(passage.sentences) for passage in passages] + ["ngân sách nhà nước"] * 50
    tokenizer = train_tokenizer(texts, 200, [20])
    assert tokenizer.encode("Ngân sách").tokens == tokenizer.encode("ngan sach").tokens == ["▁ngan▁sach"]
    assert tokenizer.encode("ngân, sách").tokens == ["▁ngan", "▁sach"]


def test_the_same_seed_gives_the_same_vectors_and_they_can_be_read(
    passages: list[TrainingPassage], tmp_path: Path
) -> None:
    tokenizer = train_tokenizer([" ".join(passage.sentences) for passage in passages], 200, [20])
    first, again = (make_vectors(tokenizer, passages, PairSettings(), SMALL, seed=1) for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, make_vectors(tokenizer, passages, PairSettings(), SMALL, seed=2))
    save_model(tmp_path / "model", tokenizer, first)
    read = StaticEmbedder(tmp_path / "model").embed_query("ngân sách")
    exact = first[tokenizer.encode("ngân sách").ids].sum(axis=0)
    assert read @ exact / np.linalg.norm(exact) == pytest.approx(1, abs=1e-3)


def test_the_queried_sentence_is_left_out_of_its_passage_when_it_does_not_stay(
    passages: list[TrainingPassage],
) -> None:
    tokenizer = train_tokenizer([" ".join(passage.sentences) for passage in passages], 200, [])
    tokenized = TokenizedPassages(tokenizer, passages)
    settings = PairSettings(
        title_queries=0, title_beside_sentence=0, sentence_stays=0, question_phrase=0, most_thinned_out=0
    )
    batch = next(PairMaker(tokenized, tokenizer, settings, np.random.default_rng(0)).batches(10))
    ends = np.append(batch.passages.starts[1:], len(batch.passages.tokens))
    whole = {len(tokenized.body(passage)) for passage in range(len(passages))}
    assert len(batch.queries.starts) == 10
    assert all(length < max(whole) for length in ends - batch.passages.starts)
    assert not batch.ambiguous.any()


def test_quantised_rows_come_back_within_half_a_step() -> None:
    vectors = np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)
    vectors[3] = 0
    embeddings, factors = quantised(vectors)
    assert embeddings.dtype == np.int8
    assert np.abs(embeddings * factors[:, None] - vectors).max() <= factors.max() / 2 + 1e-6
