"""Where answers end and refusals begin, measured: each threshold of chain/thresholds.py moved by itself.

In: the dev questions. Out: for every threshold and each value tried, how many answers are right, refused and
wrong, as tables in evals/CALIBRATION.md. The others keep their value meanwhile, so the tables say what one
step costs, not which combination is best.

usage: python -m evals.calibration [--shared DIR] [--output FILE] [--only THRESHOLD …]
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from chain.assistant import Assistant
from chain.thresholds import THRESHOLDS, Thresholds
from domain.interchange import JsonObject
from evals.answers import Grade, judge
from evals.asking import HERE, SHARED, Collection, ask_all, assistant_of, collections, questions, store_of

_STEPS = (-0.10, -0.05, 0.0, 0.05, 0.10)
_COUNTS = ("right", "partly right", "refused", "wrong", "near misses and refusals broken")


@dataclass(frozen=True, slots=True)
class Trial:
    """What one value of one threshold makes of the dev questions. `broken` counts questions that ought to
    be refused and were answered; they are among the wrong."""

    threshold: str
    value: float
    grades: Mapping[Grade, int]
    broken: int


@contextlib.contextmanager
def thresholds_set(thresholds: Thresholds) -> Iterator[None]:
    """The chain with other thresholds: every module of it that holds them is given these for a while."""
    holders = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("chain.") and getattr(module, "THRESHOLDS", None) is THRESHOLDS
    ]
    for module in holders:
        vars(module)["THRESHOLDS"] = thresholds
    try:
        yield
    finally:
        for module in holders:
            vars(module)["THRESHOLDS"] = THRESHOLDS


def values_tried(name: str) -> list[float]:
    """The value in use, and two steps either way that stay between 0 and 1."""
    own: float = getattr(THRESHOLDS, name)
    return [round(own + step, 4) for step in _STEPS if 0.0 <= own + step <= 1.0]


def trials(
    names: Sequence[str], asked: Sequence[tuple[Collection, Assistant, Sequence[JsonObject]]]
) -> Iterator[Trial]:
    for name in names:
        for value in values_tried(name):
            with thresholds_set(replace(THRESHOLDS, **{name: value})):
                yield _trial(name, value, asked)


def _trial(
    name: str, value: float, asked: Sequence[tuple[Collection, Assistant, Sequence[JsonObject]]]
) -> Trial:
    grades: Counter[Grade] = Counter()
    broken = 0
    for _, assistant, sets in asked:
        for question, answer in zip(sets, ask_all(assistant, sets), strict=True):
            grade = judge(question, answer).grade
            grades[grade] += 1
            broken += question["status"] == "not_found" and grade is not Grade.RIGHT
    return Trial(name, value, grades, broken)


def table(found: Sequence[Trial]) -> str:
    lines = [f"| value | {' | '.join(_COUNTS)} |", "|" + "---|" * (len(_COUNTS) + 1)]
    for trial in found:
        in_use = getattr(THRESHOLDS, trial.threshold)
        value = f"**{trial.value:g}**" if trial.value == in_use else f"{trial.value:g}"
        counts = " | ".join(str(trial.grades[grade]) for grade in Grade)
        lines.append(f"| {value} | {counts} | {trial.broken} |")
    return "\n".join(lines)


def _calibrated_on(shared: Path | None) -> list[Collection]:
    """One collection for each question set: the digests only where the originals are missing."""
    single = [collection for collection in collections(shared) if len(collection.folders) == 1]
    seen: dict[tuple[str, ...], Collection] = {}
    for collection in single:
        seen.setdefault(collection.sets, collection)
    return list(seen.values())


def report(names: Sequence[str], shared: Path | None) -> str:
    chosen = _calibrated_on(shared)
    with contextlib.ExitStack() as stack:
        asked = []
        for collection in chosen:
            store = stack.enter_context(store_of(collection.folders))
            sets = [question for stem in collection.sets for question in questions(stem, "dev")]
            if not collection.names_count:
                sets = [question | {"doc": [], "docs": []} for question in sets]
            asked.append((collection, assistant_of(store), sets))
        total = sum(len(sets) for *_, sets in asked)
        parts = [
            "# Calibration",
            "Written by `python -m evals.calibration`. Each threshold of `chain/thresholds.py` is moved by "
            "itself and the dev questions asked again; the value in use is bold. A threshold stands well where "
            "a step in either direction makes more answers wrong, or refuses more without making fewer wrong.",
            f"{total} questions over: {'; '.join(collection.name for collection, *_ in asked)}.",
        ]
        for name in names:
            parts += [f"## {name}", table(list(trials([name], asked)))]
            print(name, file=sys.stderr)
    return "\n\n".join(parts) + "\n"


def main() -> None:
    every = [field.name for field in fields(Thresholds)]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="folder of the data that is not in the repo"
    )
    parser.add_argument("--output", type=Path, default=HERE / "CALIBRATION.md")
    parser.add_argument("--only", nargs="+", choices=every, default=every, help="these thresholds alone")
    options = parser.parse_args()
    shared = options.shared if options.shared.is_dir() else None
    options.output.write_text(report(options.only, shared), "utf-8")


if __name__ == "__main__":
    main()
