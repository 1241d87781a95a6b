"""The store's hybrid search as a LangChain retriever, for this chain and for anybody's."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from chain.knowledge import Library
from domain.answers import Hit


class PlanRetriever(BaseRetriever):
    """Passages for a question, best first. `metadata` holds the passage itself and its score.

    The twins of a hit come after it with its score: which document has authority depends on the question.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any
    k: int = 12

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        library: Library = self.library
        return [
            Document(page_content=passage.text, metadata={"passage": passage, "score": hit.score})
            for hit in library.search(query, self.k)
            for passage in (hit.passage, *hit.twins)
        ]


def hits_of(documents: list[Document]) -> tuple[Hit, ...]:
    """The documents of a `PlanRetriever` as hits."""
    return tuple(Hit(document.metadata["passage"], document.metadata["score"]) for document in documents)
