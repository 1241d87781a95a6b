"""What the chain does when the answer is not there: questions asked of a store without the passages that answer them.

In: the dev questions. Each that is answered is asked once more with the passages of its answer withheld, so that
hardly any answer can be right. Out: how many are answered all the same, and the weights of chain/confidence.py, by
which answers of quoted sentences are told from such (logistic regression; right answers of the whole store against
the wrong ones of both), with what each threshold keeps and lets pass, in evals/WITHHELD.md.

usage: python -m evals.withheld [--shared DIR] [--output FILE]
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from tqdm import tqdm

import chain.prose as prose
from chain.assistant import Assistant, open_assistant
from chain.confidence import Signs, signs_of
from chain.knowledge import Library
from chain.thresholds import THRESHOLDS
from chain.understanding import Reading
from domain.answers import Answer, Citation, Hit, Status
from domain.documents import Passage, Source
from domain.figures import Figure
from domain.interchange import JsonObject, answer_json
from evals.answers import Grade, Sources, judge
from evals.asking import HERE, SHARED, TODAY, collections, groups, questions, sources_of, store_of
from evals.calibration import thresholds_set
from settings import load_settings

_TOGETHER = 12  # questions whose passages are withheld at a time; each store is counted anew
_KEPT = (0.99, 0.98, 0.95, 0.90, 0.85, 0.80)


class Withholding:
    """A library without some of its passages and their figures."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._withheld: frozenset[str] = frozenset()
        self.generation = 0

    def withhold(self, passage_ids: frozenset[str]) -> None:
        self._withheld = passage_ids
        self.generation += 1

    def refresh(self) -> bool:
        return False

    def sources(self) -> tuple[Source, ...]:
        return self._library.sources()

    def passages(self) -> tuple[Passage, ...]:
        return tuple(one for one in self._library.passages() if one.passage_id not in self._withheld)

    def figures(self) -> tuple[Figure, ...]:
        return tuple(one for one in self._library.figures() if one.passage_id not in self._withheld)

    def search(self, text: str, k: int = 10) -> tuple[Hit, ...]:
        found = self._library.search(text, k + len(self._withheld))
        return tuple(hit for hit in found if hit.passage.passage_id not in self._withheld)[:k]


@dataclass(frozen=True, slots=True)
class Case:
    """An answer, whether its passages were withheld before, and its signs where sentences are quoted."""

    withheld: bool
    grade: Grade
    status: Status
    signs: Signs | None


class Recorder:
    """Stands for `signs_of` in chain/prose.py, and keeps the signs of the last answer that quotes sentences."""

    def __init__(self) -> None:
        self.signs: Signs | None = None
        self._of: tuple[str, ...] = ()
        self.own = signs_of

    def __call__(self, reading: Reading, citations: Sequence[Citation], ahead: float) -> Signs:
        self.signs, self._of = self.own(reading, citations, ahead), _quotes(citations)
        return self.signs

    def of(self, answer: Answer) -> Signs | None:
        return self.signs if _quotes(answer.citations) == self._of and not answer.figures else None


def _quotes(citations: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(citation.quote for citation in citations)


@contextlib.contextmanager
def recorded() -> Iterator[Recorder]:
    """Answers of quoted sentences are all given, and their signs kept."""
    recorder = Recorder()
    with thresholds_set(replace(THRESHOLDS, prose_confidence=0.0, nearest_confidence=0.0)):
        vars(prose)["signs_of"] = recorder
        try:
            yield recorder
        finally:
            vars(prose)["signs_of"] = recorder.own


def cases(asked: Sequence[JsonObject], library: Withholding, assistant: Assistant, sources: Sources) -> Iterator[Case]:
    """Each question's answer, and the one without its passages where it was answered."""
    with recorded() as recorder:

        def case(question: JsonObject, withheld: bool) -> tuple[Case, Answer]:
            answer = assistant.ask(question["question"], [turn["question"] for turn in question["history"]])
            grade = judge(question, answer_json(answer, question["id"]), sources).grade
            return Case(withheld, grade, answer.status, recorder.of(answer)), answer

        answered = []
        for question in asked:
            found, answer = case(question, False)
            yield found
            if answer.status is Status.ANSWERED:
                answered.append((question, {citation.passage.passage_id for citation in answer.citations}))
        for at in range(0, len(answered), _TOGETHER):
            some = answered[at : at + _TOGETHER]
            library.withhold(frozenset().union(*(passages for _, passages in some)))
            for question, _ in some:
                yield case(question, True)[0]
        library.withhold(frozenset())


def all_cases(shared: Path | None) -> list[Case]:
    found: list[Case] = []
    single = [one for one in collections(shared) if len(one.folders) == 1 and one.names_count]
    single += groups()
    for collection in tqdm(single, disable=not sys.stderr.isatty()):
        asked = [
            question for stem in collection.sets for question in questions(stem, "dev") if question["status"] is None
        ]
        with store_of(collection.folders) as store:
            library = Withholding(store)
            assistant = open_assistant(library, load_settings(), lambda: TODAY)
            found += cases(asked, library, assistant, sources_of(collection))
    return found


def report(found: Sequence[Case]) -> str:
    quoting = [case for case in found if case.signs and case.grade in (Grade.RIGHT, Grade.WRONG)]
    signs = np.array([astuple(case.signs) for case in quoting if case.signs])
    right = np.array([case.grade is Grade.RIGHT for case in quoting])
    whole = np.array([not case.withheld for case in quoting])
    model = LogisticRegression(C=1.0, max_iter=2000)
    unseen = cross_val_predict(model, signs, right, cv=8, method="predict_proba")[:, 1]
    model.fit(signs, right)
    names = [field.name for field in fields(Signs)]
    weights = ", ".join(f"{weight:.2f}" for weight in model.coef_[0])
    counts = {
        withheld: Counter(case.grade for case in found if case.withheld is withheld) for withheld in (False, True)
    }
    lines = [
        "# Without the passages that answer",
        "Written by `python -m evals.withheld`: the dev questions, and those that are answered once more, of a store "
        "without the passages that their answers cite. What is right then stands in another document too.",
        "| passages | questions | " + " | ".join(grade.value for grade in Grade) + " |\n"
        + "|---" * (2 + len(Grade)) + "|\n"
        + "\n".join(
            f"| {'withheld' if withheld else 'all'} | {count.total()} | "
            + " | ".join(str(count[grade]) for grade in Grade) + " |"
            for withheld, count in counts.items()
        ),
        "## Answers of quoted sentences",
        f"{right.sum()} right ones and {(~right).sum()} wrong ones ({(~right & whole).sum()} of the whole store). "
        f"`_BIAS, _WEIGHTS = {model.intercept_[0]:.2f}, ({weights})` for {', '.join(names)}. The table is of "
        "eight-fold cross-validation: a threshold, the share of the right answers of the whole store that it keeps, "
        "and of the wrong answers that pass it.",
        "| threshold | right kept | wrong passed | of the whole store |\n|---|---|---|---|\n"
        + "\n".join(_row(kept, unseen, right, whole) for kept in _KEPT),
    ]
    return "\n\n".join(lines) + "\n"


def _row(kept: float, sure: np.ndarray, right: np.ndarray, whole: np.ndarray) -> str:
    threshold = float(np.quantile(sure[right & whole], 1 - kept))
    passed = sure >= threshold
    return (
        f"| {threshold:.2f} | {kept:.0%} | {(passed & ~right).sum() / max(1, (~right).sum()):.0%} | "
        f"{(passed & ~right & whole).sum()} of {(~right & whole).sum()} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with the original documents")
    parser.add_argument("--output", type=Path, default=HERE / "WITHHELD.md")
    arguments = parser.parse_args()
    shared = arguments.shared if arguments.shared.is_dir() else None
    text = report(all_cases(shared))
    arguments.output.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
