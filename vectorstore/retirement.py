"""Which digests have had their original ingested, and are therefore retired.

Source records in, original by digest out. The rule, applied to all documents anew at every commit, so that
removing the original brings its digest back:

- a digest never stands for another digest;
- place and date of issue must not contradict each other (a null contradicts nothing);
- a document with a number of its own is matched by that number alone: "472/QĐ-UBND" of another province or
  year is another document;
- a page has no number of its own. It is the original where its title is that of the digest's original
  (most syllables shared), or else where both report the same plan: the same `about` number, or, where
  neither page gives one, the same `about` title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from domain.documents import Source
from vietnamese.folding import fold, syllables

_SAME_TITLE = 0.6  # shared syllables, of those in either title


def originals_of_digests(sources: Iterable[Source]) -> Mapping[str, str]:
    """The document id of the original for each digest whose original is among `sources`."""
    every = tuple(sources)
    originals = [source for source in every if not source.is_digest]
    found: dict[str, str] = {}
    for digest in every:
        if not digest.is_digest:
            continue
        likeness = {original.document_id: _likeness(digest, original) for original in originals}
        best = max(likeness, key=lambda document_id: (likeness[document_id], document_id), default=None)
        if best is not None and likeness[best] > 0:
            found[digest.document_id] = best
    return found


def _likeness(digest: Source, original: Source) -> float:
    """How surely `original` is the digest's original; 0 where it is another document."""
    if _differ(digest.place, original.place) or _differ(digest.issued_on, original.issued_on):
        return 0.0
    if digest.number or original.number:
        return 2.0 if _number(digest.number) == _number(original.number) else 0.0
    if digest.kind != original.kind or _differ(_about_number(digest), _about_number(original)):
        return 0.0
    shared = _shared(digest.title, original.title)
    if shared >= _SAME_TITLE:
        return 1.0 + shared
    return 1.0 if _report_the_same_plan(digest, original) else 0.0


def _report_the_same_plan(digest: Source, original: Source) -> bool:
    if digest.about is None or original.about is None or _differ(digest.about.kind, original.about.kind):
        return False
    if digest.about.number or original.about.number:
        return _about_number(digest) == _about_number(original)
    return _shared(digest.about.title or "", original.about.title or "") >= _SAME_TITLE


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _number(number: str | None) -> str | None:
    """A document number without case, marks, spaces and leading zeros."""
    return re.sub(r"\s+", "", fold(number)).lstrip("0") if number else None


def _about_number(source: Source) -> str | None:
    return _number(source.about.number) if source.about else None


def _shared(one: str, other: str) -> float:
    first, second = set(syllables(one)), set(syllables(other))
    return len(first & second) / len(first | second) if first and second else 0.0
