"""What a text claims, as values: figures, persons, dates and document numbers, each with its scope.

The other modules of this package make them and chain.verdicts judges them; nothing is read or compared here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chain.stated import Scope
from domain.claims import Claim
from domain.figures import Comparator, Quantity


@dataclass(frozen=True, slots=True)
class ClaimScope(Scope):
    """When, where and at which level a claim holds, its own or carried over from the sentences before.

    `place_said`: in its own sentence. `below`: a district, town or commune that the claim is about, or the country.
    """

    place_said: bool = False
    below: str | None = None


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A quantity with what it measures. `base` is what a share is a share of, `own` the part of the sentence
    that is about this quantity.

    `word` is the comparator as it was written ("gần"), folded. `achieved`, `targeted` and `denied` tell how it is said.
    """

    claim: Claim
    sentence: str
    quantity: Quantity
    comparator: Comparator
    word: str
    indicator: str
    base: str
    own: str
    scope: ClaimScope
    numbers: tuple[str, ...] = ()
    achieved: bool = False
    targeted: bool = False
    denied: bool = False
    extreme: str | None = None  # "largest" or "smallest", where it is called so


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """A person with what the sentence says of them. `signs`: that they signed or issued something."""

    claim: Claim
    sentence: str
    name: str
    office: str
    signs: bool
    scope: ClaimScope
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A day, month or year on which something was issued, or by which something is due.

    `day` null where only `year` (and `month`) is said. `issues`: of a document; else a deadline.
    """

    claim: Claim
    sentence: str
    day: date | None
    year: int
    month: int | None
    issues: bool
    scope: ClaimScope
    numbers: tuple[str, ...] = ()
    posted: bool = False


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A document's number with what the sentence says of the document."""

    claim: Claim
    sentence: str
    number: str
    scope: ClaimScope


Assertion = FigureClaim | PersonClaim | DateClaim | NumberClaim
