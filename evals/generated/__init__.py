"""Recorded answers of a language model, good and bad, and what the checks make of them.

`honest.jsonl` and `lying.jsonl` beside this file hold one answer a line: the question, what a model wrote, and
under `cites` words of the passage that each letter in brackets stands for. `measure(library)` plays them all
and gives the rates that `evals/run.py` prints (`Measured`, a frozen dataclass; `rows()` for a table).

The measure is that of ALCE (Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations"):
citation recall, the share of statements that their citations bear out, and citation precision, the share of
citations that a statement needs. In the place of its entailment model stand our own checks: every number of a
statement must stand in a quotation that it cites, and every quotation in its source.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from chain.assistant import Evidence, Turn
from chain.generation import GeneratingAssistant
from chain.knowledge import Library
from chain.models import Deadline
from domain.answers import Answer, Citation, Mode
from prompts.prompt_files import Message
from prompts.wording import Wording
from vietnamese.folding import fold
from vietnamese.numbers import NUMBER, parse_number

FOLDER = Path(__file__).parent
_PASSAGE = re.compile(r'<passage key="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_STRUCK = re.compile(r"~~.*?~~", re.DOTALL)
_NUMERAL = re.compile(rf"(?<![\d.,/]){NUMBER}(?![\d/]|[.,]\d)")


@cache
def recorded(name: str) -> tuple[dict[str, Any], ...]:
    """The recorded answers "honest" or "lying"."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def with_keys(record: dict[str, Any], prompt: str) -> str:
    """The recorded text with the keys that this prompt gives its passages. KeyError where one is missing."""
    passages = [(key, html.unescape(text)) for key, text in _PASSAGE.findall(prompt)]
    text = str(record["answer"])
    for letter, words in record["cites"].items():
        key = next((key for key, passage in passages if words in passage), None)
        if key is None:
            raise KeyError(f"{record['id']}: no passage of the prompt holds {words!r}")
        text = text.replace(f"[{letter}]", f"[{key}]")
    return text


class RecordedModel:
    """A language model that writes the recorded answer that it was last given, whatever the prompt says."""

    name = "recorded"
    host = "recorded"
    timeout_seconds = 60.0

    def __init__(self) -> None:
        self.record: dict[str, Any] = {}

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Iterator[str]:
        yield from re.findall(r".{1,9}", with_keys(self.record, messages[-1][1]), re.DOTALL)


class _RecordedAssistant(GeneratingAssistant):
    """A generating assistant that looks a question up once, however many recorded answers it has."""

    def __init__(self, library: Library, model: RecordedModel) -> None:
        super().__init__(library, Wording("vi"), model)
        self._seen: dict[Turn, tuple[Evidence, Answer]] = {}

    def _extracted(self, turn: Turn) -> tuple[Evidence, Answer]:
        if turn not in self._seen:
            self._seen[turn] = super()._extracted(turn)
        return self._seen[turn]


def play(records: Iterable[dict[str, Any]], library: Library) -> list[tuple[dict[str, Any], Answer]]:
    """Each record with the answer that the checks make of it."""
    model = RecordedModel()
    assistant = _RecordedAssistant(library, model)
    played = []
    for record in records:
        model.record = record
        played.append((record, assistant.ask(record["question"])))
    return played


def visible(answer: Answer) -> str:
    """The answer's text without what is struck out."""
    return _STRUCK.sub(" ", answer.text)


def loses(record: dict[str, Any], answer: Answer) -> bool:
    """Whether an honest answer lost anything: a sentence, a key, or its place to the extractive answer."""
    del record
    return answer.mode is not Mode.GENERATED or bool(answer.removed)


def shows_lie(record: dict[str, Any], answer: Answer) -> bool:
    """Whether the lie of a lying record is shown and not struck out."""
    if answer.mode is not Mode.GENERATED:
        return answer.fallback is None
    return _words(record["lie"]) in _words(visible(answer)) or not answer.removed


def _words(text: str) -> str:
    return re.sub(r"[\s*\u200b]+", "", fold(text))


@dataclass(frozen=True, slots=True)
class Measured:
    """Rates from 0 to 1. `unsupported_numbers` counts numbers shown that no cited quotation holds: must be 0."""

    honest: int
    lying: int
    honest_lost: float
    lies_shown: float
    citation_recall: float
    citation_precision: float
    unsupported_numbers: int

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each measure, for a table."""
        return (
            ("honest answers / that lose anything", f"{self.honest} / {self.honest_lost:.1%}"),
            ("lying answers / lies shown unmarked", f"{self.lying} / {self.lies_shown:.1%}"),
            (
                "citation recall, precision (ALCE)",
                f"{self.citation_recall:.3f}, {self.citation_precision:.3f}",
            ),
            ("unsupported numbers shown", str(self.unsupported_numbers)),
        )


def measure(library: Library) -> Measured:
    """Play every recorded answer over the plans in `library` and measure what is shown."""
    honest, lying = play(recorded("honest"), library), play(recorded("lying"), library)
    generated = [answer for _, answer in (*honest, *lying) if answer.mode is Mode.GENERATED]
    statements = [statement for answer in generated for statement in _statements(answer)]
    recalled = [_is_borne_out(text, cited) for text, cited in statements]
    precise = [
        _is_needed(text, citation, cited)
        for (text, cited), held in zip(statements, recalled, strict=True)
        if held
        for citation in cited
    ]
    return Measured(
        honest=len(honest),
        lying=len(lying),
        honest_lost=_share(loses(*pair) for pair in honest),
        lies_shown=_share(shows_lie(*pair) for pair in lying),
        citation_recall=_share(recalled),
        citation_precision=_share(precise),
        unsupported_numbers=sum(len(unsupported_numbers(answer)) for answer in generated),
    )


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0


# ----- the measure, apart from the checks of the chain -----------------------------------------------------


def _statements(answer: Answer) -> list[tuple[str, list[Citation]]]:
    """The statements that the answer shows, each with the citations that it names."""
    by_key = {citation.key: citation for citation in answer.citations}
    parts = re.split(r"(?<=\])[.;]?\s+|\n+", visible(answer))
    found = []
    for part in parts:
        if re.fullmatch(r"\*[^*]+\*", part.strip()):  # the note that the source is a digest
            continue
        keys = [int(key) for key in re.findall(r"\[(\d+)\]", part)]
        text = re.sub(r"\[\d+\]|[*#]|^\s*(?:-|\d+[.)])\s+", "", part).strip()
        if text and not text.endswith(":"):
            found.append((text, [by_key[key] for key in keys if key in by_key]))
    return found


def _numbers(text: str) -> set[Decimal]:
    return {parse_number(match.group()).normalize() for match in _NUMERAL.finditer(text)}


def _known(citations: Sequence[Citation]) -> set[Decimal]:
    """The numbers of the quotations, of where they stand, and of what the documents are."""
    known: set[Decimal] = set()
    for citation in citations:
        source, about = citation.source, citation.source.about
        texts = [
            citation.quote,
            *citation.passage.path,
            source.title,
            source.number,
            about.title if about else "",
        ]
        texts += [str(source.issued_on or ""), str(about.issued_on or "") if about else ""]
        known |= _numbers(" ".join(str(text or "") for text in texts).replace("-", " ").replace("/", " "))
        known |= _numbers(citation.quote.replace("/", " "))
    return known


def _is_borne_out(text: str, cited: Sequence[Citation]) -> bool:
    """Whether every number of the statement stands in what it cites, and every quotation in its source."""
    if not cited or any(" ".join(c.quote.split()) not in " ".join(c.passage.text.split()) for c in cited):
        return False
    return not (_scaled(text) - _known(cited) - _scaled_known(cited))


def _scaled(text: str) -> set[Decimal]:
    return _numbers(text.replace("/", " "))


def _scaled_known(cited: Sequence[Citation]) -> set[Decimal]:
    """Numbers of quotations in thousands: 592.300 tỷ may be said as 592,3 nghìn tỷ; years are not."""
    return {(number / 1000).normalize() for number in _known(cited) if number > 9999}


def _is_needed(text: str, citation: Citation, cited: Sequence[Citation]) -> bool:
    """Whether the citation bears the statement out alone, or the others do not without it."""
    others = [other for other in cited if other is not citation]
    return _is_borne_out(text, [citation]) or not _is_borne_out(text, others)


def unsupported_numbers(answer: Answer) -> list[Decimal]:
    """Numbers shown unmarked that stand in no citation of the answer, in no question and in no figure's year."""
    asked = _numbers(f"{answer.question} {answer.standalone_question}")
    years = {Decimal(year) for entry in (*answer.figures, *answer.nearest) for year in _years(entry.figure)}
    text = re.sub(r"\[\d+\]|(?m:^\s*\d+[.)]\s)", " ", visible(answer))
    known = (
        _known(answer.citations) | _scaled_known(answer.citations) | asked | {y.normalize() for y in years}
    )
    return sorted(_scaled(text) - known)


def _years(figure: Any) -> list[int]:
    return [year for year in (figure.year, *(figure.period or ()), figure.relative_to) if year is not None]
