"""One store of the shipped digests for all tests of the chain, and an assistant over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chain.assistant import Assistant
from chain.knowledge import Knowledge
from ingest.pipeline import ingest
from prompts.wording import Wording
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

PLANS = Path(__file__).resolve().parents[2] / "plans"
TODAY = date(2026, 11, 22)


def assistant_on(folder: Path, name: str, text: str) -> Assistant:
    """An assistant over a store in `folder` that holds one document."""
    (folder / name).write_text(text, encoding="utf-8")
    store = Store.create(folder / "store", lambda: load_embedder(None))
    assert not ingest([folder / name], store).failed
    return Assistant(store, Wording("vi"), lambda: TODAY)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.create(tmp_path_factory.mktemp("store"), lambda: load_embedder(None))
    report = ingest([PLANS], store)
    assert len(report.added) == 5 and not report.failed
    return store


@pytest.fixture(scope="session")
def assistant(store: Store) -> Assistant:
    return Assistant(store, Wording("vi"), lambda: TODAY)


@pytest.fixture(scope="session")
def knowledge(store: Store) -> Knowledge:
    return Knowledge(store)
