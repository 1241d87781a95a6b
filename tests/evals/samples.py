"""Small passages and figures for the tests of the measurements."""

from __future__ import annotations

from decimal import Decimal

from domain.documents import Passage, PassageKind
from domain.figures import Figure, Quantity, Role


def passage(ordinal: int, text: str, document: str = "d") -> Passage:
    return Passage(f"{document}-{ordinal:04}", document, ordinal, PassageKind.PROSE, (), text)


def figure_at(where: Passage, written: str) -> Figure:
    """The figure that `written` ("95%") is in a passage."""
    start = where.text.index(written)
    return Figure(
        figure_id=where.passage_id,
        document_id=where.document_id,
        passage_id=where.passage_id,
        indicator="",
        quantity=Quantity(Decimal(95), "%", Decimal(95), "%"),
        role=Role.TARGET,
        span=(start, start + len(written)),
        clause=(0, len(where.text)),
    )
