"""Answers that a language model writes from the evidence, checked before they are shown.

Wraps the extractive assistant: its answer names the evidence, and takes over where the model fails, is slow,
or leaves nothing that the evidence bears out. Imported only where a model is configured.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chain.assistant import Assistant, Evidence, Turn
from chain.english import is_english
from chain.evidence import EvidenceSet, gather, written
from chain.knowledge import Knowledge, Library
from chain.matching import broken_constraints, score_figures
from chain.models import Deadline, LanguageModel, given_up
from chain.streaming import sentences
from chain.support.sentences import Checked, SentenceChecker
from chain.understanding import Reading, read_question
from domain.answers import Answer, AnswerFigure, Citation, Filters, Mode, Removed, Status, Wanted
from domain.errors import ModelError
from prompts.prompt_files import prompt
from prompts.wording import Wording
from vietnamese.places import find_places
from vietnamese.sentences import sentence_spans
from vietnamese.times import find_times

_MOST_SENTENCES = 8
_MOST_CHARACTERS = 6_000  # what a model may write before it is cut off
_LONGEST_QUESTION = 400  # of a question that a model made to stand alone
_LONGEST_QUOTE = 700
_RELEVANT_COVERAGE = 0.35  # of the question's words, below which what a model wrote is no answer to it
_CONSTRAINTS = {"year", "place", "level", "document"}


@dataclass(slots=True)
class _Written:
    """What a model wrote, sentence by sentence, after the checks."""

    sentences: list[Checked] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(sentence.text for sentence in self.sentences).strip()

    @property
    def removed(self) -> tuple[Removed, ...]:
        return tuple(removed for sentence in self.sentences for removed in sentence.removed)

    @property
    def supported(self) -> list[Checked]:
        return [sentence for sentence in self.sentences if sentence.supported]

    @property
    def refuses(self) -> bool:
        return any(sentence.refusal for sentence in self.sentences)

    @property
    def figures(self) -> tuple[AnswerFigure, ...]:
        merged: dict[str, AnswerFigure] = {}
        for sentence in self.sentences:
            for entry in sentence.figures:
                known = merged.get(entry.figure.figure_id)
                keys = tuple(dict.fromkeys((*(known.citations if known else ()), *entry.citations)))
                merged[entry.figure.figure_id] = replace(entry, citations=keys)
        return tuple(merged.values())


class GeneratingAssistant(Assistant):
    """An assistant that lets a model write, and answers itself where the model does not."""

    def __init__(
        self,
        library: Library,
        wording: Wording,
        model: LanguageModel,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(library, wording, today)
        self._model = model

    @property
    def model_host(self) -> str | None:
        """Where questions and excerpts go."""
        return self._model.host

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """The answer to `question`, from the model where what it writes holds."""
        return next(item for item in self.stream(question, history, filters) if isinstance(item, Answer))

    def stream(
        self, question: str, history: Sequence[str] = (), filters: Filters | None = None
    ) -> Iterator[str | Answer]:
        """Checked text as it comes, and the answer last; it may differ from what came, where that fails.

        Closing the iterator ends the request."""
        started = time.perf_counter()
        deadline = Deadline.after(self._model.timeout_seconds)
        self._library.refresh()
        for item in self._answered(Turn(question, tuple(history), filters or Filters()), deadline):
            if isinstance(item, Answer):
                item = replace(item, total_ms=(time.perf_counter() - started) * 1000)
            yield item

    # ----- the steps -------------------------------------------------------------------------------------

    def _answered(self, turn: Turn, deadline: Deadline) -> Iterator[str | Answer]:
        evidence, extractive = self._extracted(turn)
        try:
            if rewritten := self._rewritten(turn, extractive, deadline):
                evidence = self._retrieve(rewritten)
                extractive = self._answer(evidence)
            yield from self._generated(evidence, extractive, deadline)
        except ModelError as error:
            yield self._fallen_back(extractive, error)

    def _extracted(self, turn: Turn) -> tuple[Evidence, Answer]:
        """What is found for the question, and the answer without a model."""
        evidence = self._retrieve(self._understand(turn))
        return evidence, self._answer(evidence)

    def _generated(
        self, evidence: Evidence, extractive: Answer, deadline: Deadline
    ) -> Iterator[str | Answer]:
        """Checked sentences as they are finished, then the answer. Raises ModelError where it must fall back."""
        reading, knowledge = evidence.reading, self._current()
        english = is_english(reading.query.question)
        wording = Wording("en") if english else self._wording
        closed_set = gather(extractive, evidence.hits, score_figures(reading, knowledge), knowledge)
        file = prompt("answer", "en" if english else "vi")
        checker = SentenceChecker(closed_set, reading, knowledge, wording, english)
        messages = file.messages(**self._blanks(reading, closed_set, wording, english))
        draft = _Written()
        for checked in self._checked(messages, checker, deadline):
            draft.sentences.append(checked)
            yield checked.text
        answer = _Judge(draft, closed_set, reading, knowledge, extractive).answer()
        if any(citation.source.is_digest for citation in answer.citations):
            note = "\n\n" + wording.text("answer.from_digest")
            yield note
            answer = replace(answer, text=answer.text + note)
        yield replace(answer, model=self._model.name, prompt_version=file.version)

    def _blanks(
        self, reading: Reading, evidence: EvidenceSet, wording: Wording, english: bool
    ) -> dict[str, object]:
        blanks: dict[str, object] = {
            "most_sentences": _MOST_SENTENCES,
            "refusal": Wording("en" if english else "vi").text("generated.refusal"),
            "evidence": written(evidence, wording),
            "question": reading.query.question if english else reading.query.standalone,
        }
        return blanks | ({"standalone": reading.query.standalone} if english else {})

    def _checked(
        self, messages: Sequence[tuple[str, str]], checker: SentenceChecker, deadline: Deadline
    ) -> Iterator[Checked]:
        """The model's sentences, checked; the last one is dropped where the model was cut off in it."""
        stream = self._model.stream(messages, deadline)
        limited = _limited(stream)
        last: str | None = None
        try:
            for sentence in sentences(limited):
                if limited.cut_short:
                    sentence, last = last or "", sentence
                yield checker.check(sentence)
                if "\n\n" in sentence:
                    checker.new_paragraph()
        finally:
            _close(stream)

    def _rewritten(self, turn: Turn, extractive: Answer, deadline: Deadline) -> Reading | None:
        """The reading of a question that the model made to stand alone; null where the rules have done it."""
        english = is_english(turn.question)
        if not english and (not turn.history or extractive.status is not Status.NOT_FOUND):
            return None
        file = prompt("standalone", "en" if english else "vi")
        history = "\n".join(f"- {question}" for question in turn.history[-6:]) or "–"
        messages = file.messages(history=history, question=turn.question)
        text = "".join(_limited(self._model.stream(messages, deadline)))
        standalone = _one_question(text)
        if standalone is None or not _adds_nothing(standalone, (*turn.history, turn.question)):
            return None
        return read_question(standalone, turn.question, self._current(), self._today(), turn.filters)

    def _fallen_back(self, extractive: Answer, error: ModelError) -> Answer:
        wording = Wording("en") if is_english(extractive.question) else self._wording
        reason = wording.text(f"fallback.{error.code}", **error.values)
        removed = error.values.get("removed", ())
        return replace(
            extractive,
            model=self._model.name,
            fallback=reason,
            removed=removed if isinstance(removed, tuple) else (),
        )


# ----- the stream ----------------------------------------------------------------------------------------


class _limited(Iterator[str]):  # noqa: N801 - an iterator with one fact to tell afterwards
    """The pieces of a stream up to a length. `cut_short` tells that the model was stopped by its own limit."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._characters = 0
        self.cut_short = False

    def __next__(self) -> str:
        try:
            piece = next(self._pieces)
        except ModelError as error:
            if error.code != "cut_short":
                raise
            self.cut_short = True
            raise StopIteration from error
        self._characters += len(piece)
        if self._characters > _MOST_CHARACTERS:
            raise given_up("endless")
        return piece


def _close(stream: Iterator[str]) -> None:
    close = getattr(stream, "close", None)
    if close is not None:
        close()


def _one_question(text: str) -> str | None:
    """The one line that a model was asked for; null where it wrote something else."""
    lines = [
        line.strip(' "“”*-') for line in re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL).splitlines()
    ]
    lines = [line for line in lines if line]
    return lines[0] if len(lines) == 1 and 3 <= len(lines[0]) <= _LONGEST_QUESTION else None


def _adds_nothing(standalone: str, questions: Sequence[str]) -> bool:
    """Whether every number, year and place of `standalone` stands in the questions."""
    asked = " ".join(questions)
    digits = set(re.findall(r"\d+", asked))
    places = {place for text in (asked, _accentless_places(asked)) for place, _ in find_places(text)}
    new_years = {time.first for time in find_times(standalone)} - {time.first for time in find_times(asked)}
    return (
        set(re.findall(r"\d+", standalone)) <= digits
        and not {str(year) for year in new_years} - digits
        and {place for place, _ in find_places(standalone)} <= places
    )


def _accentless_places(text: str) -> str:
    """`text` without diacritics, so that "Bac Giang" counts beside accented words."""
    from vietnamese.folding import fold

    return fold(text)


# ----- the answer ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judge:
    """Turns what survived into an answer, or says why the extractive one is better."""

    written: _Written
    evidence: EvidenceSet
    reading: Reading
    knowledge: Knowledge
    extractive: Answer

    def answer(self) -> Answer:
        """Raises ModelError empty, refused, no_support or no_answer where nothing is left to show."""
        if not self.written.text:
            raise given_up("empty")
        if not self.written.supported:
            code = "refused" if self.written.refuses else "no_support"
            raise given_up(code, removed=self.written.removed)
        figures, nearest = self._figures()
        if not self._answers(figures):
            raise given_up("no_answer", removed=self.written.removed)
        near_miss = bool(nearest) and not figures and self._asks_for_figure()
        partial = self.written.refuses or (figures and nearest and self._several_asked(figures))
        status = Status.NOT_FOUND if near_miss else Status.PARTIAL if partial else Status.ANSWERED
        return Answer(
            question=self.reading.query.question,
            standalone_question=self.reading.query.standalone,
            status=status,
            text=self.written.text,
            mode=Mode.GENERATED,
            citations=self._citations((*figures, *nearest)),
            figures=figures,
            nearest=nearest,
            suggestions=self.extractive.suggestions,
            removed=self.written.removed,
        )

    def _figures(self) -> tuple[tuple[AnswerFigure, ...], tuple[AnswerFigure, ...]]:
        """The figures of the text that hold what the question asks for, and those of another year or place."""
        holding: list[AnswerFigure] = []
        others: list[AnswerFigure] = []
        for entry in self.written.figures:
            broken = set(broken_constraints(self.reading, entry.figure, self.knowledge))
            (others if broken & _CONSTRAINTS and not entry.computed else holding).append(entry)
        return tuple(holding), tuple(others)

    def _asks_for_figure(self) -> bool:
        return self.reading.query.wanted in (Wanted.FIGURE, Wanted.COMPARISON)

    def _several_asked(self, figures: Sequence[AnswerFigure]) -> bool:
        places = set(self.reading.query.places) - {entry.figure.place for entry in figures}
        return len(self.reading.query.places) > 1 and bool(places)

    def _answers(self, figures: Sequence[AnswerFigure]) -> bool:
        """Whether what survived speaks of what was asked."""
        if self.extractive.status is Status.NOT_FOUND and not self.extractive.nearest:
            return self._coverage() >= 2 * _RELEVANT_COVERAGE
        if self._asks_for_figure() and self.extractive.figures and not self.written.figures:
            return False
        return self._coverage() >= _RELEVANT_COVERAGE

    def _coverage(self) -> float:
        """The share of the question's words, by weight, that the passages cited hold."""
        keys = {key for sentence in self.written.supported for key in sentence.keys}
        held: set[str] = set()
        for key in keys:
            item = self.evidence.by_key[key]
            held |= self.knowledge.passage_words[item.passage.passage_id].singles
            held |= {
                word
                for figure in item.figures
                for word in self.knowledge.figure_words[figure.figure_id].around.singles
            }
        total = math.fsum(self.reading.weights.values())
        return (
            math.fsum(w for word, w in self.reading.weights.items() if word in held) / total if total else 1.0
        )

    def _citations(self, figures: Sequence[AnswerFigure]) -> tuple[Citation, ...]:
        """A citation for every key that the text still shows, with the words that bear it out."""
        shown = re.sub(r"~~.*?~~", " ", self.written.text, flags=re.DOTALL)
        keys = dict.fromkeys(int(key) for key in re.findall(r"\[(\d+)\]", shown))
        keys.update(dict.fromkeys(key for entry in figures for key in entry.citations))
        return tuple(self._citation(key, figures) for key in keys if key in self.evidence.by_key)

    def _citation(self, key: int, figures: Sequence[AnswerFigure]) -> Citation:
        item = self.evidence.by_key[key]
        spans = [
            entry.figure.clause
            for entry in figures
            if entry.figure.passage_id == item.passage.passage_id and not entry.computed
        ]
        text = item.passage.text
        if spans:
            quote = text[min(start for start, _ in spans) : max(end for _, end in spans)]
        else:
            quote = text if len(text) <= _LONGEST_QUOTE else self._best_sentences(item.passage.text, key)
        return Citation(key, item.source, item.passage, quote.strip())

    def _best_sentences(self, text: str, key: int) -> str:
        """The part of a long passage, whole sentences, that holds most of what the answer says with this key."""
        said = " ".join(sentence.text for sentence in self.written.sentences if key in sentence.keys)
        from chain.knowledge import tokens_of

        words = set(tokens_of(said))
        spans = sentence_spans(text)
        best = max(range(len(spans)), key=lambda i: len(words & set(tokens_of(text[slice(*spans[i])]))))
        first = last = best
        while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _LONGEST_QUOTE:
            last += 1
        while first > 0 and spans[last][1] - spans[first - 1][0] <= _LONGEST_QUOTE:
            first -= 1
        return text[spans[first][0] : spans[last][1]]


def open_generating(library: Library, settings: object, today: Callable[[], date]) -> GeneratingAssistant:
    """The assistant with the model that the settings name (`model`, `model_url`, `model_key`, …)."""
    from chain.models import open_model

    key = getattr(settings, "model_key", None)
    model = open_model(
        str(getattr(settings, "model", "")),
        getattr(settings, "model_url", None),
        key.get_secret_value() if key is not None else None,
        float(getattr(settings, "model_timeout_seconds", 30.0)),
    )
    return GeneratingAssistant(library, Wording(getattr(settings, "language", "vi")), model, today)
