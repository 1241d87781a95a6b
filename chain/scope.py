"""Which passages a question may mean: those of the documents, kinds and places that it names or is filtered by."""

from __future__ import annotations

from chain.knowledge import Knowledge
from chain.understanding import Reading
from domain.documents import Passage, PassageKind

_NO_PROSE = (PassageKind.TABLE_ROW, PassageKind.FRONT_MATTER)


def is_meant(passage: Passage, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a passage is of a document and a place that the question may mean."""
    source, query = knowledge.source_of(passage), reading.query
    if reading.sources and source.document_id not in {known.document_id for known in reading.sources}:
        return False
    if query.filters.documents and source.document_id not in query.filters.documents:
        return False
    if query.filters.kinds and source.kind.value not in query.filters.kinds:
        return False
    return not query.places or source.place is None or source.place in query.places


def is_running_text(passage: Passage) -> bool:
    """Whether a passage is text with sentences: no row of a table, no letterhead."""
    return passage.kind not in _NO_PROSE
