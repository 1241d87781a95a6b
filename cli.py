"""The terminal door: `hoi`. Arguments in, results on the standard output, progress and errors beside it.

Reads arguments and settings, calls the packages and prints; decides nothing about documents or answers.
What an answer does not need is imported where it is used: a question is answered two seconds after the
process starts. Exit status: 0 done, 2 wrong usage, 1 anything else, with one line on the standard error.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import HoiError, StoreError, UsageError
from domain.questions import checked_question
from prompts.usage import Parser
from prompts.wording import Wording

if TYPE_CHECKING:
    from chain.assistant import Assistant
    from chain.checking import Checker
    from domain.answers import Answer
    from domain.documents import Source
    from domain.figures import Figure
    from settings import Settings
    from vectorstore.embedders import Embedder
    from vectorstore.store import Store, View

_DEFAULT_RESULTS = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    _speak_utf8()
    wording = Wording("vi")
    try:
        from settings import language_asked_for, load_settings

        wording = Wording(language_asked_for())
        parser = _parser(wording)
        options = parser.parse_args(arguments)
        if options.command is None:
            parser.print_help(sys.stderr)
            return 2
        settings = load_settings(store=options.store)
        wording = Wording(settings.language)
        return _run(options, settings, wording)
    except HoiError as error:
        return _fail(wording, wording.error(error))
    except KeyboardInterrupt:
        return _fail(wording, wording.text("error.interrupted"))
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _fail(wording, wording.text("error.unexpected", detail=_detail(error)))


def _run(options: argparse.Namespace, settings: Settings, wording: Wording) -> int:
    command: Callable[[Command], int] = options.run
    with contextlib.closing(_Bar(wording)) as bar:
        status = command(Command(options, settings, wording, bar))
    sys.stdout.flush()
    return status


# ---- arguments ------------------------------------------------------------------------------------------


def _parser(wording: Wording) -> argparse.ArgumentParser:
    parser = Parser(wording, prog="hoi", description=wording.text("cli.description"))
    commands = parser.add_subparsers(
        title=wording.text("help.commands"), dest="command", metavar=wording.text("help.command")
    )

    def add(name: str, run: Callable[[Command], int]) -> argparse.ArgumentParser:
        about = wording.text(f"help.{name}")
        command = commands.add_parser(name, wording=wording, help=about, description=about)
        command.add_argument("--store", metavar="DIR", type=Path, help=wording.text("help.store"))
        command.set_defaults(run=run)
        return command

    def text(key: str) -> str:
        return wording.text(f"help.{key}")

    command = add("ingest", ingest)
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=text("ingest_path"))
    command.add_argument("--prune", action="store_true", help=text("ingest_prune"))
    command.add_argument("--json", action="store_true", help=text("json"))
    command = add("documents", documents)
    command.add_argument("--json", action="store_true", help=text("json"))
    command = add("remove", remove)
    command.add_argument("documents", nargs="+", metavar="DOCUMENT", help=text("remove_document"))
    command = add("ask", ask)
    command.add_argument("words", nargs="*", metavar="QUESTION", help=text("ask_question"))
    command.add_argument("--json", action="store_true", help=text("json"))
    command.add_argument("--batch", metavar="FILE", help=text("ask_batch"))
    command = add("check", check)
    command.add_argument("file", nargs="?", default="-", metavar="FILE", help=text("check_file"))
    command.add_argument("--json", action="store_true", help=text("json"))
    command.add_argument("--docx", type=Path, metavar="FILE", help=text("check_docx"))
    command = add("search", search)
    command.add_argument("words", nargs="*", metavar="QUERY", help=text("search_query"))
    command.add_argument("--k", metavar="N", default=str(_DEFAULT_RESULTS), help=text("search_k"))
    command.add_argument("--json", action="store_true", help=text("json"))
    command.add_argument("--batch", metavar="FILE", help=text("ask_batch"))
    command = add("figures", figures)
    command.add_argument("--place", metavar="P", help=text("figures_place"))
    command.add_argument("--year", metavar="Y", type=int, help=text("figures_year"))
    command.add_argument("--conflicts", action="store_true", help=text("figures_conflicts"))
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=text("json"))
    form.add_argument("--csv", action="store_true", help=text("csv"))
    add("app", app)
    return parser


@dataclass(frozen=True, slots=True)
class Command:
    """One call of the program: its options, and what every command needs."""

    options: argparse.Namespace
    settings: Settings
    wording: Wording
    bar: _Bar

    def open_store(self) -> Store:
        """The store that the settings name. Raises StoreError store_missing."""
        from vectorstore.store import Store

        return Store.open(
            self.settings.store,
            self.load_embedder,
            lock_timeout_seconds=self.settings.lock_timeout_seconds,
            notify=self.notify,
            progress=self.bar.show,
            one_question=getattr(self.options, "batch", None) is None,
        )

    def create_store(self) -> Store:
        """The store that the settings name, made if there is none."""
        from vectorstore.store import Store

        return Store.create(
            self.settings.store,
            self.load_embedder,
            lock_timeout_seconds=self.settings.lock_timeout_seconds,
            notify=self.notify,
            progress=self.bar.show,
        )

    def bar_of(self, stage: str) -> Callable[[int, int], None]:
        """The progress bar as a callback of one stage."""
        return lambda done, total: self.bar.show(stage, done, total)

    def load_embedder(self) -> Embedder:
        from vectorstore.embedders import load_embedder

        return load_embedder(self.settings.embedder)

    def notify(self, code: str, values: Mapping[str, object]) -> None:
        self.bar.close()
        _say_aside(self.wording.text(f"notice.{code}", **values))

    def usage_error(self, key: str, **values: object) -> int:
        """Wrong usage that argparse cannot see; the exit status."""
        message = self.wording.text(f"usage.{key}", **values)
        program = f"hoi {self.options.command}"
        _say_aside(self.wording.text("usage.error", program=program, message=message))
        return 2

    def one_of_words_or_batch(self) -> bool:
        return bool(self.options.words) != (self.options.batch is not None)

    def question(self) -> str:
        return checked_question(" ".join(self.options.words), self.settings.question_max_characters)


# ---- commands: the store --------------------------------------------------------------------------------


def ingest(command: Command) -> int:
    """`hoi ingest PATH... [--prune] [--json]`. 1 where nothing else than failures came of a path."""
    from domain.interchange import report_json
    from ingest.limits import Limits
    from ingest.pipeline import ingest as ingest_paths
    from prompts.terminal import failure_lines, report_lines

    settings, options, wording = command.settings, command.options, command.wording
    file_mib = max(1, round(settings.file_max_mebibytes))
    limits = Limits(
        seconds=settings.file_timeout_seconds,
        memory_mib=settings.file_memory_mebibytes,
        file_mib=file_mib,
        unpacked_mib=max(Limits().unpacked_mib, file_mib),
    )
    store = command.create_store()
    report = ingest_paths(
        options.paths, store, prune=options.prune, progress=command.bar.show, limits=limits
    )
    command.bar.close()
    for line in failure_lines(report, wording):
        _say_aside(wording.text("cli.error", message=line))
    if options.json:
        _print_json(report_json(report, wording.error_of, wording.warning_of))
    else:
        _print_lines(report_lines(report, wording))
    nothing_worked = not (report.added or report.unchanged or report.replaced or report.removed)
    return 1 if report.failed and (nothing_worked or _named_itself(report.failed, options.paths)) else 0


def _named_itself(failed: Iterable[Any], paths: Iterable[Path]) -> bool:
    """Whether a path that the user typed is among the failures, and not only a file found in a folder."""
    typed = {name for path in paths for name in (str(path), path.name) if not path.is_dir()}
    return any(failure.source in typed for failure in failed)


def documents(command: Command) -> int:
    """`hoi documents [--json]`."""
    from domain.interchange import source_json
    from prompts.terminal import document_line

    view = command.open_store().view()
    counts = view.passage_counts()
    if command.options.json:
        _print_json([
            source_json(source) | {"passages": counts.get(source.document_id, 0)} for source in view.sources()
        ])
        return 0
    wording = command.wording
    for source in view.sources():
        print(document_line(source, counts.get(source.document_id, 0), wording))
    for entry in view.entries:
        if entry.retired_by is not None:
            print(wording.text("cli.retired_line", source=entry.source.source))
    if not view.entries:
        print(wording.text("cli.no_documents"))
    return 0


def remove(command: Command) -> int:
    """`hoi remove DOCUMENT...`: all of them or, where one is not known, none."""
    store = command.open_store()
    doomed = {source.document_id: source for source in _named(command.options.documents, store.view())}
    with store.writer() as writer:
        for document_id in doomed:
            if writer.entry(document_id):
                writer.remove(document_id)
    for source in doomed.values():
        print(command.wording.text("cli.removed_line", source=source.source))
    return 0


def _named(names: Iterable[str], view: View) -> Iterator[Source]:
    for name in names:
        found = view.named(name)
        if not found:
            raise UsageError("document_unknown", document=name)
        if len(found) > 1:
            raise UsageError("document_ambiguous", document=name, count=len(found))
        yield found[0]


# ---- commands: questions --------------------------------------------------------------------------------


def ask(command: Command) -> int:
    """`hoi ask [QUESTION] [--json] [--batch FILE]`."""
    from domain.interchange import answer_json
    from prompts.terminal import answer_lines

    if not command.one_of_words_or_batch():
        return command.usage_error("question_or_batch")
    if command.options.batch is None:
        question = command.question()
        if command.options.json:
            _print_json(answer_json(_assistant(command).ask(question)))
        else:
            shown, answer = _printed_as_it_comes(_assistant(command), question)
            _print_lines(answer_lines(answer, command.wording, shown))
        return 0
    lines = _batch_lines(command.options.batch)
    assistant = _assistant(command)

    def answered(question: str, history: Sequence[str], question_id: object) -> dict[str, Any]:
        return answer_json(assistant.ask(question, history), question_id)

    return _run_batch(lines, answered, command)


def _printed_as_it_comes(assistant: Assistant, question: str) -> tuple[str, Answer]:
    """Print the answer's text in the pieces in which it is found; the text printed, and the answer."""
    pieces: list[str] = []
    answer: Answer | None = None
    for item in assistant.stream(question):
        if isinstance(item, str):
            pieces.append(item)
            print(item, end="", flush=True)
        else:
            answer = item
    if pieces:
        print()
    assert answer is not None
    return "".join(pieces), answer


def _assistant(command: Command) -> Assistant:
    store = command.open_store()
    if not store.sources():
        raise StoreError("store_empty", folder=store.folder)
    from chain.assistant import open_assistant

    return open_assistant(store, command.settings)


def check(command: Command) -> int:
    """`hoi check [FILE|-] [--json] [--docx FILE]`: the claims of a text against the plans."""
    from domain.interchange import check_json
    from prompts.check_report import report_lines, write_word

    options, wording = command.options, command.wording
    text = _text_of(options.file)
    report = _checker(command).check(text, progress=command.bar_of("check"))
    if options.docx is not None:
        try:
            options.docx.write_bytes(write_word(report, wording))
        except OSError as error:
            raise UsageError("output_unwritable", file=options.docx, detail=error.strerror) from error
    if options.json:
        _print_json(check_json(report))
    else:
        _print_lines(report_lines(report, wording))
    return 0


def _text_of(name: str) -> str:
    """The text of a file, "-" for the standard input. Raises UsageError input_missing or input_not_utf8."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except OSError as error:
        raise UsageError("input_missing", file=name, detail=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UsageError("input_not_utf8", file=name) from error


def _checker(command: Command) -> Checker:
    from datetime import date

    from chain.checking import Checker
    from chain.knowledge import Knowledge

    store = command.open_store()
    if not store.sources():
        raise StoreError("store_empty", folder=store.folder)
    return Checker(Knowledge(store), command.wording, date.today())


def search(command: Command) -> int:
    """`hoi search [QUERY] [--k N] [--json] [--batch FILE]`."""
    from domain.interchange import search_json
    from prompts.terminal import hit_lines

    options, wording = command.options, command.wording
    if not command.one_of_words_or_batch():
        return command.usage_error("question_or_batch")
    if not (options.k.isdecimal() and int(options.k) > 0):
        return command.usage_error("positive_number", value=options.k)
    lines = None if options.batch is None else _batch_lines(options.batch)
    query = "" if lines is not None else command.question()
    store = command.open_store()
    sources = {source.document_id: source.source for source in store.sources()}

    def found(question: str, history: Sequence[str], question_id: object) -> dict[str, Any]:
        return search_json(store.search(question, int(options.k)), sources, question_id)

    if lines is not None:
        return _run_batch(lines, found, command)
    if options.json:
        _print_json(found(query, (), None))
        return 0
    hits = store.search(query, int(options.k))
    for rank, hit in enumerate(hits, start=1):
        _print_lines(hit_lines(rank, hit, sources, wording))
    if not hits:
        print(wording.text("cli.no_results"))
    return 0


def _batch_lines(name: str) -> list[bytes]:
    """The lines of a batch file, "-" for the standard input; empty ones are dropped, numbers kept."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError("input_missing", file=name, detail=error.strerror) from error
    return content.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _run_batch(
    lines: Iterable[bytes],
    answer: Callable[[str, Sequence[str], object], dict[str, Any]],
    command: Command,
) -> int:
    """One JSON object a line; a line that cannot be answered gives its error and the rest goes on."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question_id: object = None
        try:
            request = _request(line, number)
            question_id = request.get("id")
            question = checked_question(_asked(request, number), command.settings.question_max_characters)
            result = answer(question, _history(request, number), question_id)
        except HoiError as error:
            result = {"id": question_id, "error": command.wording.error(error)}
        except Exception as error:  # noqa: BLE001 - one line of a batch: it is reported, the others go on
            message = command.wording.text("error.unexpected", detail=_detail(error))
            result = {"id": question_id, "error": message}
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0


def _request(line: bytes, number: int) -> dict[str, Any]:
    try:
        request = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError("batch_line_broken", line=number, detail=error) from error
    if not isinstance(request, dict):
        raise UsageError("batch_line_broken", line=number, detail=type(request).__name__)
    return request


def _asked(request: Mapping[str, Any], number: int) -> str:
    question = request.get("question")
    if not isinstance(question, str):
        raise UsageError("batch_question_missing", line=number)
    return question


def _history(request: Mapping[str, Any], number: int) -> tuple[str, ...]:
    """The earlier questions of a conversation, oldest first."""
    history = request.get("history")
    if history is None:
        return ()
    if not isinstance(history, list):
        raise UsageError("batch_history_broken", line=number)
    asked = (turn.get("question") if isinstance(turn, dict) else None for turn in history)
    questions = tuple(question for question in asked if isinstance(question, str))
    if len(questions) < len(history):
        raise UsageError("batch_history_broken", line=number)
    return questions


# ---- commands: figures, page ----------------------------------------------------------------------------


def figures(command: Command) -> int:
    """`hoi figures [--place P] [--year Y] [--conflicts] [--json|--csv]`."""
    from domain.interchange import FIGURE_COLUMNS, figure_with_citation_json
    from prompts.terminal import figure_line

    if command.options.conflicts:
        return _conflicts(command)
    options, view = command.options, command.open_store().view()
    chosen = [figure for figure in view.figures() if _fits(figure, options.place, options.year)]
    if not (options.json or options.csv):
        for figure in chosen:
            source = view.source(figure.document_id)
            print(figure_line(figure, source, view.passage(figure.passage_id), command.wording))
        if not chosen:
            print(command.wording.text("cli.no_figures"))
        return 0

    def written(figure: Figure) -> dict[str, Any]:
        passage = view.passage(figure.passage_id)
        quote = passage.text[slice(*figure.clause)]
        return figure_with_citation_json(figure, view.source(figure.document_id), passage, quote)

    if options.json:
        _print_json([written(figure) for figure in chosen])
        return 0
    _print_csv([written(figure) for figure in chosen], FIGURE_COLUMNS)
    return 0


def _print_csv(figures: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
    import csv

    from domain.interchange import flat_figure

    sys.stdout.write("\ufeff")  # without it a spreadsheet takes UTF-8 for something else
    table = csv.DictWriter(sys.stdout, columns)
    table.writeheader()
    table.writerows(flat_figure(figure) for figure in figures)


def _conflicts(command: Command) -> int:
    """Figures that cannot both hold, in pairs; a total beside the sum of its rows."""
    from chain.conflicts import find_conflicts
    from chain.knowledge import Knowledge
    from domain.interchange import FIGURE_COLUMNS
    from prompts.conflict_report import conflict_json, conflict_lines

    options, wording = command.options, command.wording
    knowledge = Knowledge(command.open_store())
    found = [
        conflict for conflict in find_conflicts(knowledge) if _fits(conflict.figure, options.place, options.year)
    ]
    if options.json or options.csv:
        written = [conflict_json(conflict.sides(knowledge)) for conflict in found]
        if options.json:
            _print_json(written)
            return 0
        rows = [
            side | {"conflict": number}
            for number, figure in enumerate(written, start=1)
            for side in (figure, *figure.pop("conflicts_with"))
        ]
        _print_csv(rows, (*FIGURE_COLUMNS, "conflict"))
        return 0
    for conflict in found:
        _print_lines(conflict_lines(conflict.sides(knowledge), wording))
    if not found:
        print(wording.text("check.conflict.none"))
    return 0


def _fits(figure: Figure, place: str | None, year: int | None) -> bool:
    from vietnamese.folding import fold

    if place is not None and (figure.place is None or fold(figure.place) != fold(place.strip())):
        return False
    if year is None or figure.year == year:
        return True
    return figure.period is not None and figure.period[0] <= year <= figure.period[1]


_FIRST_PORT, _PORTS_TRIED = 8501, 100


def _free_port() -> int:
    """The first port of this machine, from Streamlit's usual one on, that nobody listens at."""
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    return _FIRST_PORT


def app(command: Command) -> int:
    """`hoi app`: the page, on this machine only; the process becomes Streamlit's."""
    page = Path(__file__).with_name("app.py")
    if not page.is_file():
        raise UsageError("page_missing", file=page)
    port = os.environ.get("STREAMLIT_SERVER_PORT") or str(_free_port())
    arguments = [
        sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}",
        "--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.showEmailPrompt=false",
        "--logger.hideWelcomeMessage=true",  # with it go advertisements, on the page too
    ]
    print(command.wording.text("cli.page_at", url=f"http://127.0.0.1:{port}"), flush=True)
    environment = os.environ | {"HOI_STORE": str(command.settings.store), "ANONYMIZED_TELEMETRY": "False"}
    os.execve(sys.executable, arguments, environment)


# ---- output ---------------------------------------------------------------------------------------------


class _Bar:
    """The progress bar on the standard error; none where that is not a terminal."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._bar: Any = None
        self._stage = ""

    def show(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None or self._stage != stage:
            from tqdm import tqdm

            self.close()
            name = self._wording.text(f"progress.{stage}")
            self._bar, self._stage = tqdm(total=total, desc=name, file=sys.stderr, leave=False), stage
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _fail(wording: Wording, message: str) -> int:
    _say_aside(wording.text("cli.error", message=message))
    return 1


def _say_aside(line: str) -> None:
    print(" ".join(line.split()), file=sys.stderr)


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _speak_utf8() -> None:
    """Whatever the locale says: the interface is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
