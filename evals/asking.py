"""Documents into a throwaway store, and question sets asked of it, in this process.

In: folders of documents and question files (one JSON object a line, as `hoi ask --batch` reads them). Out:
the answers as the interface gives them, in the order asked. Judges nothing.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

from chain.assistant import Assistant, open_assistant
from domain.interchange import JsonObject, answer_json
from evals.answers import Sources, plain
from evals.extraction import file_text
from ingest.pipeline import ingest
from settings import load_settings
from vectorstore.embedders import Embedder, load_embedder
from vectorstore.store import Store

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
QUESTIONS = HERE / "questions"
OWN_DOCUMENTS = HERE / "documents" / "files"
MORE_DOCUMENTS = HERE / "documents" / "more"
LATEST_DOCUMENTS = HERE / "documents" / "latest"
NEWEST_DOCUMENTS = HERE / "documents" / "newest"
FURTHER_DOCUMENTS = HERE / "documents" / "further"
GROUPS = HERE / "documents" / "groups"
DIGESTS = HERE.parent / "plans"
SPLITS = ("dev", "held-out")
# Question sets on the five documents.
ON_PLANS = ("plans", "wave2", "wave3", "wave4", "wave5", "wave6", "wave8", "wave9", "wave10", "wave11", "wave12")
TODAY = date(2026, 1, 1)  # what "năm nay" means in every run


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that questions are asked of. `sets` are the stems of the question files in questions/.

    `names_count`: whether the file names that questions expect are those of these documents.
    """

    name: str
    folders: tuple[Path, ...]
    sets: tuple[str, ...]
    names_count: bool = True


def collections(shared: Path | None) -> tuple[Collection, ...]:
    """All collections; those of the five original documents only where `shared` holds them."""
    own = Collection("four invented documents", (OWN_DOCUMENTS,), ("own",))
    more = Collection("six more, by authors who had not seen the program", (MORE_DOCUMENTS,), ("more",))
    latest = Collection("six of two further authors", (LATEST_DOCUMENTS,), ("latest",))
    newest = Collection("three each of five further authors", (NEWEST_DOCUMENTS,), ("newest",))
    further = Collection("three each of four more authors", (FURTHER_DOCUMENTS,), ("further",))
    invented, on_all = (OWN_DOCUMENTS, MORE_DOCUMENTS), (*ON_PLANS, "own", "more")
    digests = Collection("the five digests that ship", (DIGESTS,), ON_PLANS, names_count=False)
    if shared is None or not (shared / "plans").is_dir():
        return (
            digests,
            own,
            more,
            latest,
            newest,
            further,
            Collection("digests and invented documents", (DIGESTS, *invented), on_all, names_count=False),
        )
    originals = shared / "plans"
    everything = Collection("originals and invented documents together", (originals, *invented), on_all)
    plans = Collection("the five original documents", (originals,), ON_PLANS)
    return plans, digests, own, more, latest, newest, further, everything


def groups() -> tuple[Collection, ...]:
    """Three documents each of one author, with that author's questions: numbers of documents recur among them."""
    return tuple(
        Collection(f"group {folder.name}", (folder,), (f"group-{folder.name}",))
        for folder in sorted(GROUPS.iterdir())
        if folder.is_dir()
    )


def questions(stem: str, split: str) -> list[JsonObject]:
    """A set's questions of a split; none where the set has no such half."""
    file = QUESTIONS / f"{stem}-{split}.jsonl"
    return read_lines(file) if file.is_file() else []


def read_lines(file: Path) -> list[JsonObject]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def topic_of(question: JsonObject) -> str:
    """Levels, for "own-levels-03" and "levels-03"; the later waves have topics of their own."""
    name: str = question["id"]
    return name.removeprefix("own-").rsplit("-", 1)[0]


@cache
def _embedder() -> Embedder:
    return load_embedder(load_settings().embedder)


@contextlib.contextmanager
def store_of(folders: Sequence[Path]) -> Iterator[Store]:
    """A store with the documents of `folders`, gone afterwards. Raises RuntimeError where one cannot be read."""
    with tempfile.TemporaryDirectory(prefix="hoi-evals-") as folder:
        store = Store.create(Path(folder) / "store", _embedder)
        report = ingest(list(folders), store)
        if report.failed:
            failed = ", ".join(f"{failure.source} ({failure.code})" for failure in report.failed)
            raise RuntimeError(f"not ingested: {failed}")
        yield store


def assistant_of(store: Store) -> Assistant:
    return open_assistant(store, load_settings(), today=lambda: TODAY)


def ask_all(assistant: Assistant, asked: Iterable[JsonObject]) -> list[JsonObject]:
    """The answers, in order. Ids are unique within a set only, so nothing is keyed by them here."""
    return [ask(assistant, question) for question in asked]


def ask(assistant: Assistant, question: JsonObject) -> JsonObject:
    """One answer. A question that raises gives its error as an answer, as a batch does."""
    history = [turn["question"] for turn in question.get("history", [])]
    try:
        return answer_json(assistant.ask(question["question"], history), question["id"])
    except Exception as error:  # noqa: BLE001 - one question of many: reported, and judged as wrong
        print(f"{question['id']}: {type(error).__name__}: {error}", file=sys.stderr)
        return {"id": question["id"], "status": "error"}


def sources_of(collection: Collection) -> Sources:
    """The files that may be quoted. Formats whose text is laid out anew when read (PDF) cannot be checked."""
    files = [file for folder in collection.folders for file in sorted(folder.iterdir()) if file.is_file()]
    return Sources({file.name: plain(_quotable(file)) for file in files}, collection.names_count)


def _quotable(file: Path) -> str:
    """The text of a file as a reader sees it: a bold word of a page is followed by its comma without a space."""
    if file.suffix != ".html":
        return file_text(file)
    page = BeautifulSoup(file.read_text("utf-8"), "lxml")
    for inline in page.find_all(_INLINE):
        inline.unwrap()
    page.smooth()
    return unicodedata.normalize("NFC", page.get_text("\n"))


_INLINE = ["a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u"]


def quotes_are_checkable(collection: Collection) -> bool:
    return not any(file.suffix == ".pdf" for folder in collection.folders for file in folder.iterdir())
