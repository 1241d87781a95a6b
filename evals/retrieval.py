"""Retrieval measured: a SQuAD file in, recall and cost of our search and of the usual defaults out.

A question counts as answered at rank k when the passage that it was asked of is among the first k. Cost is
measured in a fresh process a method, so that imports and memory are each method's own. Our own question sets
are asked in `evals.passages`.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.methods import BM25, HYBRID, METHODS, MINILM, Method, Scores
from evals.ways_of_typing import ways_of_typing

_COST_QUERIES = 100
_SPEED_RUNS = 3
_LONG_SECONDS = 5.0


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
    """`load_seconds` run from the start of the process to the first answer; `embedded_a_second` are passages.

    `index_seconds` is all that has to be done with the passages before the first question, embedding included.
    """

    method: str
    load_seconds: float
    embedded_a_second: float | None
    index_seconds: float
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
    embedded_a_second = _embedding_speed(method, asked.passages)
    index_seconds = _least_seconds(lambda: method.index(asked.passages))
    query_seconds = [_seconds(partial(method.scores, [query])) for query in asked.questions[:_COST_QUERIES]]
    return CostRow(
        method=name,
        load_seconds=load_seconds,
        embedded_a_second=embedded_a_second,
        index_seconds=index_seconds,
        query_milliseconds=1000 * statistics.median(query_seconds),
        memory_megabytes=_peak_memory_megabytes(),
    )


def _embedding_speed(method: Method, passages: Sequence[str]) -> float | None:
    if method.embedder is None:
        return None
    return len(passages) / _least_seconds(lambda: method.embedder.embed_passages(passages))


def _peak_memory_megabytes() -> float:
    """Of this process alone: where /proc is missing, the figure of getrusage may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(fields["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _least_seconds(work: Callable[[], object]) -> float:
    """The shortest of a few runs; what takes long is not repeated."""
    runs: list[float] = []
    while len(runs) < _SPEED_RUNS and sum(runs) < _LONG_SECONDS:
        runs.append(_seconds(work))
    return min(runs)


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
    """Markdown; in brackets how many times all-MiniLM's, where that was measured too."""
    base = next((row for row in rows if row.method == MINILM), None)
    lines = [
        f"| method | {' | '.join(heading for heading, _, _ in _COSTS)} |",
        "|---" * (len(_COSTS) + 1) + "|",
    ]
    for row in rows:
        cells = [_cell(getattr(row, name), getattr(base, name, None), digits) for _, name, digits in _COSTS]
        lines.append(f"| {row.method} | {' | '.join(cells)} |")
    return "\n".join(lines)


_COSTS = (
    ("load s", "load_seconds", 2),
    ("passages embedded / s", "embedded_a_second", 0),
    ("index s", "index_seconds", 2),
    ("query ms", "query_milliseconds", 2),
    ("peak memory MB", "memory_megabytes", 0),
)


def _cell(value: float | None, base: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return f"{value:.{digits}f}" + (f" ({value / base:.3g}×)" if base else "")


def _ratio(value: float, base: float | None) -> str:
    return f"{value / base:.2f}×" if base else "–"


def worst_margin(rows: Sequence[QualityRow]) -> str:
    """Where our search stands lowest against BM25 alone, over all ways of typing and both cuts."""
    found = {(row.method, row.questions): row for row in rows}
    margins = [
        (
            getattr(row, cut) - getattr(found[BM25, row.questions], cut),
            cut.replace("_at_", "@"),
            row.questions,
        )
        for row in rows
        if row.method == HYBRID and (BM25, row.questions) in found
        for cut in ("recall_at_1", "recall_at_5")
    ]
    if not margins:
        return ""
    margin, cut, way = min(margins)
    return f"Hybrid against BM25 alone, at its lowest: {margin:+.3f} ({cut}, {way})."


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
    quality = quality_rows(asked, options.methods, options.seed)
    tables = [
        quality_table(quality),
        worst_margin(quality),
        cost_table(cost_rows(options.squad, options.methods)),
    ]
    report = "\n\n".join([f"{len(asked.questions)} questions, {len(asked.passages)} passages.", *tables])
    print(report)
    if options.output:
        options.output.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
