"""Whether what a model wrote stands in the evidence that it cites, sentence by sentence.

A sentence in, a `Checked` one out. What fails is struck out with its reason; what rests on nothing is marked.
Order of the sentences matters: labels and years carry on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from chain.evidence import EvidenceSet
from chain.knowledge import Knowledge
from chain.stated import Stated, read_sentence
from chain.support.context import Context
from chain.support.marks import as_marks, balanced, is_label, keys_in, parted, with_marks, without_keys
from chain.support.mentions import Asked, is_misquoted, unheld
from chain.support.passages import CitedPassage
from chain.support.quantities import QuantityChecker
from chain.support.topics import Topics
from chain.understanding import Reading
from chain.written_numbers import plain
from domain.answers import AnswerFigure, Removed
from prompts.wording import Wording
from vietnamese.folding import fold
from vietnamese.patterns import whole_words
from vietnamese.tables import table

_PROSE_COVERAGE = 0.55  # share of a sentence's content words that the cited passages must hold
_PROSE_COVERAGE_UNCITED = 0.75  # of a sentence that names no passage, by the one that it is then given
_ON_TOPIC_COVERAGE = 0.4  # by one passage, of an uncited sentence that may stand, marked


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence after its check. `text` is what is shown; `supported` tells that it states something proven."""

    text: str
    supported: bool = False
    refusal: bool = False
    keys: tuple[int, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    removed: tuple[Removed, ...] = ()


class SentenceChecker:
    """Checks the sentences of one answer, in order."""

    def __init__(
        self,
        evidence: EvidenceSet,
        reading: Reading,
        knowledge: Knowledge,
        wording: Wording,
        english: bool = False,
    ) -> None:
        self._passages = {item.key: CitedPassage(item) for item in evidence.items}
        self._asked = Asked.of(reading)
        self._topics = Topics(knowledge)
        self._quantities = QuantityChecker(evidence, reading, knowledge, self._topics)
        self._wording = wording
        self._english = english
        self._context = Context()

    def check(self, sentence: str) -> Checked:
        """The sentence as it may be shown. White space and list marks around it stay as they are."""
        sentence = plain(sentence)
        lead, body, tail = parted(sentence)
        if not body:
            return Checked(sentence)
        checked = self._checked(lead, body)
        return replace(checked, text=lead + checked.text + tail)

    def new_paragraph(self) -> None:
        """What a paragraph said no longer holds for the next; a label goes on for its list."""
        self._context.new_paragraph()

    # ----- one sentence ----------------------------------------------------------------------------------

    def _checked(self, lead: str, body: str) -> Checked:
        named = keys_in(body)
        keys = tuple(key for key in named if key in self._passages)
        lost = tuple(self._removal(f"[{key}]", "key") for key in named if key not in self._passages)
        bare = without_keys(body)
        if not re.search(r"\w", bare):
            return Checked(as_marks(keys), keys=keys, removed=lost)
        stated = read_sentence(bare, self._english)
        if is_label(lead, bare, stated):
            return self._label(bare, stated, keys, lost)
        if _is_refusal(stated):
            return self._refusal(bare, keys, stated, lost)
        if keys:
            return self._cited(bare, stated, keys, lost)
        if lost and (stated.has_numbers or stated.names):
            return self._struck(bare, "key", lost)
        return self._uncited(bare, stated, lost)

    def _cited(self, bare: str, stated: Stated, keys: tuple[int, ...], lost: tuple[Removed, ...]) -> Checked:
        found, reason = self._support(stated, [self._passages[key] for key in keys])
        if reason:
            return self._struck(bare, reason, lost)
        return self._borne_out(bare, stated, keys, found, lost)

    def _uncited(self, bare: str, stated: Stated, lost: tuple[Removed, ...]) -> Checked:
        """A sentence without a key: it takes that of the one passage that bears it out, else it is no answer."""
        for key, passage in self._passages.items():
            found, reason = self._support(stated, [passage])
            if not reason and (found or self._coverage(stated, [passage]) >= _PROSE_COVERAGE_UNCITED):
                return self._borne_out(bare, stated, (key,), found, lost)
        nearest = max((self._coverage(stated, [p]) for p in self._passages.values()), default=0.0)
        if stated.has_numbers or stated.names or stated.quotations or stated.links:
            return self._struck(bare, "link" if stated.links else "no_citation", lost)
        if nearest < _ON_TOPIC_COVERAGE:
            return self._struck(bare, "no_citation", lost)
        mark = self._wording.text("generated.unproven")
        return Checked(f"{balanced(bare)} {mark}", removed=(*lost, self._removal(bare, "no_citation")))

    def _borne_out(
        self,
        bare: str,
        stated: Stated,
        keys: tuple[int, ...],
        figures: Sequence[AnswerFigure],
        lost: tuple[Removed, ...],
    ) -> Checked:
        self._context.carry(stated)
        text = with_marks(bare, keys)
        return Checked(text, supported=True, keys=keys, figures=tuple(figures), removed=lost)

    def _label(self, bare: str, stated: Stated, keys: tuple[int, ...], lost: tuple[Removed, ...]) -> Checked:
        """A heading or an opening line ("Đến năm 2030:"): it lends its scope to what follows."""
        passages = [self._passages[key] for key in keys] or list(self._passages.values())
        found: list[AnswerFigure] = []
        reason = unheld(stated, passages)
        if not reason and stated.quantities:
            found, reason = self._quantities.figures(stated, passages, self._context)
        self._context = Context.under(bare, stated)
        if reason:
            return self._struck(bare, reason, lost)
        text = with_marks(bare, keys)
        return Checked(text, supported=bool(found), keys=keys, figures=tuple(found), removed=lost)

    def _refusal(
        self, bare: str, keys: tuple[int, ...], stated: Stated, lost: tuple[Removed, ...]
    ) -> Checked:
        """A sentence that says that the documents do not say: it may name what the question does."""
        reason = unheld(stated, [self._passages[key] for key in keys], self._asked)
        if reason:
            return self._struck(bare, reason, lost)
        return Checked(with_marks(bare, keys), refusal=True, keys=keys, removed=lost)

    def _struck(self, bare: str, reason: str, lost: tuple[Removed, ...]) -> Checked:
        text = re.sub(r"\*\*|__", "", bare).strip()
        return Checked(f"~~{text}~~", removed=(*lost, self._removal(text, reason)))

    def _removal(self, text: str, reason: str) -> Removed:
        return Removed(text, self._wording.text(f"removed.{reason}"))

    # ----- support ---------------------------------------------------------------------------------------

    def _support(
        self, stated: Stated, passages: Sequence[CitedPassage]
    ) -> tuple[list[AnswerFigure], str | None]:
        """The figures that bear the sentence out, and the reason why it does not hold; one of them is empty."""
        if reason := unheld(stated, passages):
            return [], reason
        if is_misquoted(stated, passages):
            return [], "quotation"
        found, reason = self._quantities.figures(stated, passages, self._context)
        if reason:
            return [], reason
        if not stated.quantities and not self._is_prose_proven(stated, passages):
            return [], "no_support"
        return found, None

    def _is_prose_proven(self, stated: Stated, passages: Sequence[CitedPassage]) -> bool:
        if self._english and stated.quotations:
            return True
        return self._coverage(stated, passages) >= _PROSE_COVERAGE

    def _coverage(self, stated: Stated, passages: Sequence[CitedPassage]) -> float:
        return self._topics.coverage(stated.form, passages)


def _is_refusal(stated: Stated) -> bool:
    return bool(_refusals().search(fold(stated.form))) and not stated.quantities


@cache
def _refusals() -> re.Pattern[str]:
    return whole_words(table("generated")["refusals"]["phrases"])
