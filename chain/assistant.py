"""The chain: question → reading → evidence → answer, as LangChain runnables.

`Assistant.ask` is all that the doors call. Extractive: no language model, the same answer every time.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from langchain_core.runnables import Runnable, RunnableLambda
from langsmith import tracing_context

from chain.attainment import answer_attainment
from chain.by_value import answer_by_value, asks_what_it_is
from chain.comparison import answer_comparison, compares_rows
from chain.cues import has_cue, superlative
from chain.drafting import Draft
from chain.duties import answer_duty
from chain.english import answered_in_english, in_vietnamese, is_english
from chain.facts import answer_card, answer_fact, answer_span, asks_when_issued, summarise
from chain.fields import answer_field
from chain.figure_answers import answer_deadline, answer_from_register, carries, is_strong, list_targets
from chain.followups import stand_alone
from chain.funds import answer_from_sources
from chain.knowledge import Knowledge, Library
from chain.nearest import answer_from_nearest, name_nearest, quote_nearest
from chain.persons import answer_person
from chain.prose import (
    answer_from_passages,
    holds_what_is_worked_on,
    named_section,
    quote_duration,
    quote_unquantified,
)
from chain.refusals import asks_contact, is_task, refuse, suggested_questions
from chain.retriever import PlanRetriever, hits_of
from chain.sections import answer_in_section, answer_section
from chain.sentences import asks_several
from chain.shares import answer_share, asks_share_of_total
from chain.tables import answer_from_table
from chain.understanding import Reading, asks_why, read_question
from chain.years import answer_which_year, asks_which_year
from domain.answers import Answer, Filters, Hit, Wanted
from prompts.wording import Wording

_HISTORY_READ = 6  # questions back; older ones no longer lend anything


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in its conversation. `history` holds the questions before, oldest first."""

    question: str
    history: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reading with the passages that the search found for it."""

    reading: Reading
    hits: tuple[Hit, ...]


class Assistant:
    """Answers questions from one store. Safe to share between threads: it holds no conversation."""

    def __init__(self, library: Library, wording: Wording, today: Callable[[], date] = date.today) -> None:
        self._library = library
        self._wording = wording
        self._today = today
        self._knowledge: Knowledge | None = None
        self.chain: Runnable[Turn, Answer] = (
            RunnableLambda(self._understand) | RunnableLambda(self._retrieve) | RunnableLambda(self._answer)
        )

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """The answer to `question`; `history` are the questions asked before, oldest first."""
        started = time.perf_counter()
        self._library.refresh()
        with tracing_context(
            enabled=False
        ):  # a variable of another program must not send questions elsewhere
            answer = self.chain.invoke(Turn(question, tuple(history), filters or Filters()))
        return replace(answer, total_ms=(time.perf_counter() - started) * 1000)

    def stream(
        self, question: str, history: Sequence[str] = (), filters: Filters | None = None
    ) -> Iterator[str | Answer]:
        """The answer's text as it is found, and the answer itself last."""
        answer = self.ask(question, history, filters)
        yield answer.text
        yield answer

    @property
    def model_host(self) -> str | None:
        """The host that questions and excerpts go to; null where nothing leaves the machine."""
        return None

    def suggestions(self) -> tuple[str, ...]:
        """Questions that the plans can answer, to begin with."""
        return suggested_questions(self._current())

    def _current(self) -> Knowledge:
        if self._knowledge is None or self._knowledge.generation != self._library.generation:
            self._knowledge = Knowledge(self._library)
        return self._knowledge

    # ----- the steps -------------------------------------------------------------------------------------

    def _understand(self, turn: Turn) -> Reading:
        knowledge = self._current()
        standalone = self._stand_alone(turn, knowledge)
        return read_question(standalone, turn.question, knowledge, self._today(), turn.filters)

    def _stand_alone(self, turn: Turn, knowledge: Knowledge) -> str:
        """The question completed from those before it, each of them completed first."""
        standing = ""
        for asked in (*turn.history[-_HISTORY_READ:], turn.question):
            previous, question = standing, in_vietnamese(asked) or asked
            standing = (
                stand_alone(
                    question,
                    previous,
                    functools.partial(self._answer_alone, previous, turn.filters),
                    knowledge,
                    self._wording,
                    self._today(),
                )
                if previous
                else question
            )
        return standing

    def _answer_alone(self, question: str, filters: Filters) -> Answer:
        reading = read_question(question, question, self._current(), self._today(), filters)
        return self._answer(self._retrieve(reading))

    def _retrieve(self, reading: Reading) -> Evidence:
        with tracing_context(enabled=False):
            found = PlanRetriever(library=self._library).invoke(reading.query.terms)
        return Evidence(reading, hits_of(found))

    def _answer(self, evidence: Evidence) -> Answer:
        if is_english(evidence.reading.query.question):
            return answered_in_english(
                Draft(evidence.reading, self._current(), Wording("en")), self._filled, evidence.hits
            )
        return self._filled(Draft(evidence.reading, self._current(), self._wording), evidence.hits)

    @staticmethod
    def _filled(draft: Draft, hits: Sequence[Hit]) -> Answer:
        if not _fill(draft, hits):
            refuse(draft)
            if not _is_other_work(draft):
                name_nearest(draft, hits)
        elif not draft.suggestions:
            draft.suggestions = suggested_questions(
                draft.knowledge, [stated.figure for stated in draft.figures]
            )
        return draft.finished()


def _is_other_work(draft: Draft) -> bool:
    """Whether the question asks for what no plan is for: a text to be written, a number to call."""
    terms = draft.reading.query.terms
    return is_task(terms) or asks_contact(terms, draft.knowledge)


def _kept(draft: Draft, answered: bool) -> bool:
    """Whether what was quoted can answer the question; the draft is empty again where it cannot."""
    if answered and not holds_what_is_worked_on(draft):
        draft.clear()
        return False
    return answered


def _fill(draft: Draft, hits: Sequence[Hit]) -> bool:
    """Ask the answerers in the order that the question suggests; the first that can answers."""
    wanted = draft.reading.query.wanted
    if _is_other_work(draft):
        return False
    if answer_span(draft) or answer_attainment(draft):
        return True
    if asks_which_year(draft.reading.query.terms):
        return answer_which_year(draft) or answer_from_passages(draft, hits)
    if asks_what_it_is(draft.reading):
        return answer_by_value(draft) or answer_from_passages(draft, hits)
    if wanted in (Wanted.PERSON, Wanted.DATE, Wanted.NUMBER, Wanted.DOCUMENT):
        terms = draft.reading.query.terms
        of_document = has_cue("wanted.number.cues", terms) or asks_when_issued(terms)
        if wanted is Wanted.DATE and of_document and answer_fact(draft):
            return True
        asks_agency = wanted is Wanted.PERSON and has_cue("table.agency", terms)
        of_rows = superlative(terms) and wanted in (Wanted.PERSON, Wanted.DOCUMENT)
        if (asks_agency or of_rows or wanted is Wanted.DATE) and answer_from_table(draft):
            return True
        if wanted is Wanted.DATE and answer_deadline(draft):
            return True
        if answer_fact(draft):
            return True
        if has_cue("about_document.written", terms) or (wanted is Wanted.DATE and superlative(terms)):
            return False  # no name in the text is that of who wrote it; no one sentence tells when most was spent
        return answer_from_passages(draft, hits) or (wanted is Wanted.PERSON and quote_nearest(draft, hits))
    asks_formal = any(has_cue(f"about_document.{name}", draft.reading.query.terms) for name in ("sent", "executed"))
    if (draft.reading.unknown_number or asks_formal) and answer_fact(draft):
        return True
    if wanted is Wanted.COMPARISON and compares_rows(draft):
        return answer_comparison(draft)
    if wanted is not Wanted.FIGURE and answer_person(draft):
        return True
    if summarise(draft):
        return True
    if not has_cue("table.agency", draft.reading.query.terms) and answer_duty(draft):
        return True
    if asks_share_of_total(draft) and answer_share(draft):
        return True
    if answer_in_section(draft):
        return True
    of_reasons = wanted is Wanted.PROSE and asks_why(draft.reading.query.terms)
    if not of_reasons and (answer_from_table(draft) or answer_from_sources(draft)):
        return True
    if wanted is Wanted.COMPARISON:
        return answer_comparison(draft) or answer_from_passages(draft, hits)
    if wanted is Wanted.FIGURE:
        if draft.reading.unit == "share" and not carries(draft) and answer_share(draft):
            return True
        of_sources = has_cue("table.funds", draft.reading.query.terms) and draft.reading.unit != "share"
        if of_sources and not has_cue("figure.how_much", draft.reading.query.terms):
            return answer_from_passages(draft, hits) or answer_from_nearest(draft, hits)
        if answer_from_register(draft) or quote_unquantified(draft, hits) or _kept(draft, quote_duration(draft, hits)):
            return True
        if named_section(draft):
            return True
        if has_cue("figure.degree", draft.reading.query.terms) and answer_from_passages(draft, hits):
            return True
        return answer_from_nearest(draft, hits) or (of_sources and answer_from_passages(draft, hits))
    if list_targets(draft) or answer_card(draft) or answer_section(draft):
        return True
    if _kept(draft, answer_field(draft)) or named_section(draft):
        return True
    if wanted is Wanted.ANYTHING:
        return answer_from_register(draft) or answer_from_passages(draft, hits)
    if (
        wanted is Wanted.LIST
        and not asks_several(draft.reading)
        and is_strong(draft)
        and answer_from_register(draft)
    ):
        return True
    if answer_from_passages(draft, hits):
        return True
    asks_kinds = wanted is Wanted.LIST and draft.reading.unit == "money"  # of what is paid for, not how much
    counts = draft.reading.unit is not None and wanted is not Wanted.PROSE and not asks_kinds
    if counts and carries(draft) and answer_from_register(draft):
        return True
    return wanted in (Wanted.LIST, Wanted.PROSE) and quote_nearest(draft, hits)


def open_assistant(library: Library, settings: object, today: Callable[[], date] = date.today) -> Assistant:
    """The assistant for a store, as the settings say (`language`, `model` …)."""
    if getattr(settings, "model", None):
        from chain.generation import open_generating

        return open_generating(library, settings, today)
    return Assistant(library, Wording(getattr(settings, "language", "vi")), today)
