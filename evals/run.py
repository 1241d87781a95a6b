"""All measurements in one run, written to evals/RESULTS.md: answers, figures, claims, checked models, retrieval.

In: the documents and questions of this folder and, where `--shared` names a folder that has them, the five
original documents, the questions on them that others wrote, and the retrieval benchmark. A section whose data
is missing says so. Of questions kept aside (held-out) only totals are shown.

usage: python -m evals.run [--shared DIR] [--output FILE] [--only SECTION …] [--failures FILE]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.interchange import JsonObject
from evals import extraction, generated, passages
from evals.answers import Grade, Judgement, judge
from evals.asking import (
    DIGESTS,
    HERE,
    OWN_DOCUMENTS,
    SHARED,
    SPLITS,
    Collection,
    ask_all,
    assistant_of,
    collections,
    groups,
    questions,
    quotes_are_checkable,
    read_lines,
    sources_of,
    store_of,
    topic_of,
)
from evals.claims import claims_section
from evals.retrieval import (
    cost_rows,
    cost_table,
    quality_rows,
    quality_table,
    read_squad,
    worst_margin,
)
from vectorstore.store import Store

_BENCHMARK = Path("benchmarks") / "xquad-vi-dev.json"
_GIVEN = "questions-dev.jsonl"  # questions on the originals that are not ours


@dataclass(frozen=True, slots=True)
class Judged:
    question: JsonObject
    answer: JsonObject
    judgement: Judgement
    split: str


# ----- answers -------------------------------------------------------------------------------------------


def judged(collection: Collection, store: Store, extra: Sequence[JsonObject] = ()) -> list[Judged]:
    """Every question of the collection's sets, and `extra` ones as a split of their own, asked and judged."""
    asked = [
        (question, split)
        for split in SPLITS
        for stem in collection.sets
        for question in questions(stem, split)
    ]
    asked += [(question, "given") for question in extra]
    answers = ask_all(assistant_of(store), (question for question, _ in asked))
    sources = sources_of(collection) if quotes_are_checkable(collection) else None
    if sources is None and not collection.names_count:
        asked = [(_without_documents(question), split) for question, split in asked]
    return [
        Judged(question, answer, judge(question, answer, sources), split)
        for (question, split), answer in zip(asked, answers, strict=True)
    ]


def _without_documents(question: JsonObject) -> JsonObject:
    return question | {"doc": [], "docs": []}


def answers_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Answers"
    yield (
        "Partly right: part of what was asked is there and nothing false is said. Refused: the program says that "
        "the plans do not say, where they do. Wrong: everything else. Which questions are held out is told in "
        "evals/README.md; nobody who works on the program reads the result of one by itself."
    )
    if shared is None or not (shared / "plans").is_dir():
        yield "The five original documents are not here (`--shared`); the digests stand for them."
    for collection in collections(shared):
        given = read_lines(shared / _GIVEN) if _is_originals(collection, shared) and shared else []
        with store_of(collection.folders) as store:
            results = judged(collection, store, given)
        failures += [f"# {collection.name}", *map(failure_lines, filter(_is_shown_failure, results))]
        yield f"### {collection.name.capitalize()}"
        if not collection.names_count:
            yield "Scored without the names of the files that a question expects: digests bear other names."
        yield split_table(results)
        yield topic_table(results)
    results = []
    for group in groups():
        with store_of(group.folders) as store:
            results += judged(group, store, [])
    failures += ["# groups", *map(failure_lines, filter(_is_shown_failure, results))]
    yield "### Three documents each of sixteen more authors, each three in a store of their own"
    yield split_table(results)
    yield topic_table(results)


def _is_originals(collection: Collection, shared: Path | None) -> bool:
    return shared is not None and collection.folders == (shared / "plans",) and (shared / _GIVEN).is_file()


def split_table(results: Sequence[Judged]) -> str:
    lines = [
        "| split | questions | right | partly right | refused | **wrong** |",
        "|---|---|---|---|---|---|",
    ]
    for split in (*SPLITS, "given"):
        grades = [result.judgement.grade for result in results if result.split == split]
        if grades:
            lines.append(f"| {split} | {len(grades)} | {_shares(grades)} |")
    return "\n".join(lines)


def _shares(grades: Sequence[Grade]) -> str:
    counts = Counter(grades)
    return " | ".join(f"{counts[grade]} ({counts[grade] / len(grades):.1%})" for grade in Grade)


def topic_table(results: Sequence[Judged]) -> str:
    """Right / partly right / refused / wrong by topic, a column a split."""
    topics = dict.fromkeys(topic_of(result.question) for result in results if result.split in SPLITS)
    lines = [
        f"| topic | {' | '.join(f'{split}: right / partly / refused / wrong' for split in SPLITS)} |",
        "|---|---|---|",
    ]
    for topic in topics:
        own = [result for result in results if topic_of(result.question) == topic]
        lines.append(f"| {topic} | {' | '.join(_four(own, split) for split in SPLITS)} |")
    return "\n".join(lines)


def _four(results: Iterable[Judged], split: str) -> str:
    counts = Counter(result.judgement.grade for result in results if result.split == split)
    return " / ".join(str(counts[grade]) for grade in Grade)


def _is_shown_failure(result: Judged) -> bool:
    return result.split != "held-out" and result.judgement.grade is not Grade.RIGHT


def failure_lines(result: Judged) -> str:
    question, answer = result.question, result.answer
    before = "".join(f" ({turn['question']})" for turn in question["history"])
    reasons = "; ".join(fault.reason for fault in result.judgement.faults)
    said = " ⏎ ".join(str(answer.get("text", "")).split("\n\n"))[:400]
    head = f"{question['id']} {result.judgement.grade.upper()}:{before} {question['question']}"
    return "\n".join(
        [head, f"    understood: {answer.get('standalone_question')}", f"    {reasons}", f"    {said}"]
    )


# ----- figures, passages, retrieval ----------------------------------------------------------------------


def figures_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Figures"
    yield "The register against figures marked by hand, matched by their place in the file."
    originals = shared / "plans" if shared else None
    for title, folder, marks in (
        ("The five original documents", originals, "plans.jsonl"),
        ("Four invented documents", OWN_DOCUMENTS, "own.jsonl"),
    ):
        yield f"### {title}"
        if folder is None or not folder.is_dir():
            yield "Not measured: the documents are not here (`--shared`)."
            continue
        found = compared(folder, HERE / "figures" / marks)
        failures += [f"# Figures: {title}", *difference_lines(found)]
        yield extraction.table(extraction.scores(found))


def compared(folder: Path, marks: Path) -> extraction.Comparison:
    with store_of([folder]) as store:
        view = store.view()
        names = {source.document_id: source.source for source in view.sources()}
        files = {name: folder / name for name in names.values()}
        figures = list(extraction.located(files, view.passages(), view.figures(), names))
    return extraction.compare(extraction.read_marks(marks), figures)


def difference_lines(found: extraction.Comparison) -> Iterator[str]:
    for mark in found.missed:
        yield f"missed: {mark.source} at {mark.start}: {mark.facts['value'] or mark.facts['date']}"
    for figure in found.invented:
        yield f"invented: {figure['source']}: {figure['value']} {figure['unit']}: {figure['indicator']}"
    for mark, figure in found.pairs:
        wrong = [field for field in extraction.FIELDS if not extraction.holds(field, mark.facts, figure)]
        if wrong:
            shown = {name: (mark.facts.get(name), figure.get(name)) for name in mark.facts if name in figure}
            differing = {name: both for name, both in shown.items() if both[0] != both[1]}
            yield f"{', '.join(wrong)}: {mark.source} at {mark.start}: {figure['indicator']}: {differing}"


def passages_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Passages for our own questions"
    yield "Whether the first passage, or the first five together, hold every part of the answer asked for."
    *_, largest = collections(shared)
    for collection in collections(shared):
        asked = [one for split in SPLITS for stem in collection.sets for one in questions(stem, split)]
        with store_of(collection.folders) as store:
            found = passages.rows(passages.store_search(store), asked, collection.names_count)
            if collection == largest:
                for method, search in passages.peers(store).items():
                    found += passages.rows(search, asked, collection.names_count, method)
        yield f"### {collection.name.capitalize()}"
        yield passages.table_of(found)


def retrieval_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Retrieval on XQuAD-vi"
    file = shared / _BENCHMARK if shared else None
    if file is None or not file.is_file():
        yield f"Not measured: {_BENCHMARK.name} is not here (`--shared`)."
        return
    asked = read_squad(file)
    quality = quality_rows(asked)
    yield f"{len(asked.questions)} questions, {len(asked.passages)} passages."
    yield quality_table(quality)
    yield worst_margin(quality)
    yield cost_table(cost_rows(file))


def generated_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Answers from a language model"
    yield (
        "Recorded answers, honest and lying, on the digests that ship, through the checks that run on every sentence. "
        "Citation recall and precision are those of ALCE, with our own checks of numbers and quotations in the place "
        "of its entailment model."
    )
    with store_of((DIGESTS,)) as store:
        rows = generated.measure(store).rows()
    yield "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def english_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    yield "## Questions in English, without a language model"
    asked = read_lines(HERE / "questions-english.jsonl")
    with store_of((DIGESTS,)) as store:
        answers = ask_all(assistant_of(store), asked)
    results = [
        Judged(question, answer, judge(_without_documents(question), answer, None), "dev")
        for question, answer in zip(asked, answers, strict=True)
    ]
    failures += ["# English", *map(failure_lines, filter(_is_shown_failure, results))]
    yield split_table(results)


Section = Callable[[Path | None, list[str]], Iterator[str]]
SECTIONS: dict[str, Section] = {
    "answers": answers_section,
    "figures": figures_section,
    "claims": claims_section,
    "generated": generated_section,
    "english": english_section,
    "passages": passages_section,
    "retrieval": retrieval_section,
}


# ----- the command ---------------------------------------------------------------------------------------


def report(names: Sequence[str], shared: Path | None, failures: list[str]) -> str:
    parts = ["# Results", "Written by `make eval`; evals/README.md says what is measured and how."]
    for name in names:
        started = time.perf_counter()
        parts += SECTIONS[name](shared, failures)
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="folder of the data that is not in the repo"
    )
    parser.add_argument(
        "--output", type=Path, help="the Markdown file to write; RESULTS.md when all is measured"
    )
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), help="these sections alone")
    parser.add_argument(
        "--failures", type=Path, help="also write what failed and why, held-out questions left out"
    )
    options = parser.parse_args()
    failures: list[str] = []
    shared = options.shared if options.shared.is_dir() else None
    text = report(options.only or list(SECTIONS), shared, failures)
    print(text)
    output = options.output or (None if options.only else HERE / "RESULTS.md")
    if output:
        output.write_text(text, "utf-8")
    if options.failures:
        options.failures.write_text("\n".join(failures) + "\n", "utf-8")


if __name__ == "__main__":
    main()
