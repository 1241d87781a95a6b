"""Small documents and a small embedder for tests of the store; the real indexes are behind it."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np

from domain.documents import DocumentKind, Passage, PassageKind, Source
from domain.figures import Figure, Quantity, Role
from vectorstore.store import Store
from vietnamese.folding import syllables

SENTENCES = (
    "Trên 95% doanh nghiệp thực hiện nộp thuế qua mạng.",
    "Cổng dịch vụ công cung cấp khoảng 55% dịch vụ công trực tuyến.",
    "Tổng kinh phí thực hiện quy hoạch là 700 tỷ đồng.",
    "100% xã, phường, thị trấn có cổng thông tin điện tử.",
)


class HashingEmbedder:
    """Each syllable has a random direction of its own: as small as an embedder can be."""

    def __init__(self, name: str = "hashing", dimensions: int = 32) -> None:
        self.id = f"{name}-{dimensions}"
        self.dimensions = dimensions
        self.embedded: list[str] = []

    def embed_passages(self, texts):
        self.embedded += texts
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text):
        total = np.zeros(self.dimensions)
        for syllable in syllables(text):
            seed = int.from_bytes(hashlib.sha256(f"{self.id} {syllable}".encode()).digest()[:4], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        length = np.linalg.norm(total)
        return (total / length if length else total).astype(np.float32)


Made = tuple[Source, tuple[Passage, ...], tuple[Figure, ...]]


def document(name: str, sentences=SENTENCES, **source) -> Made:
    """A document named `name` whose passages are `sentences`; its id is drawn from both."""
    document_id = hashlib.sha256(repr((name, sentences)).encode()).hexdigest()
    record = Source(document_id, **{"source": name, "title": name, "kind": DocumentKind.PLAN} | source)
    passages = tuple(
        Passage(
            f"{document_id[:16]}-{ordinal:04}",
            document_id,
            ordinal,
            PassageKind.PROSE,
            ("I. Mục tiêu",),
            text,
        )
        for ordinal, text in enumerate(sentences)
    )
    figures = tuple(
        Figure(
            f"{passage.passage_id}-0",
            document_id,
            passage.passage_id,
            "chỉ tiêu",
            Quantity(Decimal(ordinal), "%", Decimal(ordinal), "%"),
            Role.TARGET,
            (0, 1),
            (0, 2),
            year=2030,
        )
        for ordinal, passage in enumerate(passages)
    )
    return record, passages, figures


def new_store(folder: Path, embedder: object | None = None, **options) -> Store:
    chosen = embedder or HashingEmbedder()
    load: Callable[[], object] = lambda: chosen  # noqa: E731
    return Store.create(folder, load, **options)  # type: ignore[arg-type]


def put(store: Store, *documents) -> None:
    with store.writer() as writer:
        for each in documents:
            writer.put(*each)
