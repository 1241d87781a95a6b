"""What the sentences before lend to the next one: a label's scope ("Đến năm 2030:"), a year, words.

Sentences as they are read in, the scope that one leaves to be understood out. Holds state: one for an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chain.knowledge import tokens_of
from chain.stated import Scope, Stated
from chain.understanding import Reading

_ENOUGH_WORDS = 4  # of what a sentence measures, that the next needs none from before it


@dataclass(slots=True)
class Context:
    """The label over the sentences, and the scope and words of the one before."""

    label: Scope = field(default_factory=Scope)
    label_words: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    words: tuple[str, ...] = ()

    @classmethod
    def under(cls, label: str, stated: Stated) -> Context:
        """The context below a label or heading: nothing that stood before it holds on."""
        words = tokens_of(label)
        return cls(label=stated.scope, label_words=words, words=words)

    @property
    def lent_words(self) -> tuple[str, ...]:
        return self.label_words or self.words

    def carry(self, stated: Stated) -> None:
        """Lend the sentence's scope and topic to the next one."""
        if stated.scope.timed:
            self.scope = stated.scope
        elif stated.years:
            self.scope = Scope()
        words = tuple(word for quantity in stated.quantities for word in quantity.words)
        self.words = words if len(words) >= _ENOUGH_WORDS else self.words + words

    def new_paragraph(self) -> None:
        """What a paragraph said no longer holds for the next; a label goes on for its list."""
        self.scope = Scope()

    def implied(self, scope: Scope, reading: Reading) -> Scope:
        """The scope with what its label, the sentence before and the question leave to be understood."""
        query = reading.query
        year, period = scope.year, scope.period
        if not scope.timed:
            lender = self.label if self.label.timed else self.scope
            year, period = lender.year, lender.period
            if not lender.timed and len(query.years) == 1 and not query.period and not reading.comparing:
                year = query.years[0]
        place = scope.place or self.label.place or (query.places[0] if len(query.places) == 1 else None)
        return replace(scope, year=year, period=period, place=place, level=scope.level or self.label.level)
