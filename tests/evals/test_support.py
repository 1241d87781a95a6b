"""Not one figure in any answer that its quotation does not hold: every question of every set is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evals.answers import judge, unsupported
from evals.asking import (
    DIGESTS,
    ON_PLANS,
    OWN_DOCUMENTS,
    SPLITS,
    Collection,
    ask_all,
    assistant_of,
    questions,
    sources_of,
    store_of,
)

COLLECTIONS = (
    Collection("digests", (DIGESTS,), ON_PLANS, names_count=False),
    Collection("invented documents", (OWN_DOCUMENTS,), ("own",)),
)


@pytest.fixture(scope="module", params=COLLECTIONS, ids=lambda collection: collection.name)
def asked(
    request: pytest.FixtureRequest,
) -> Iterator[tuple[Collection, list[tuple[dict[str, Any], dict[str, Any]]]]]:
    collection: Collection = request.param
    every = [
        one | {"split": split}
        for stem in collection.sets
        for split in SPLITS
        for one in questions(stem, split)
    ]
    with store_of(collection.folders) as store:
        yield collection, list(zip(every, ask_all(assistant_of(store), every), strict=True))


def _name(question: dict[str, Any]) -> str:
    """Its id; a question kept aside stays unnamed."""
    return question["id"] if question["split"] == "dev" else "one held out"


def test_every_figure_and_number_stands_in_a_quotation(asked) -> None:
    _, answered = asked
    found = [
        (_name(one), fault.reason)
        for one, answer in answered
        for fault in unsupported(answer, one["question"])
    ]
    assert found == []


def test_every_answer_has_a_status_of_the_interface(asked) -> None:
    _, answered = asked
    assert {answer["status"] for _, answer in answered} <= {"answered", "partial", "not_found"}


def test_every_quotation_stands_in_its_file(asked) -> None:
    collection, answered = asked
    if collection.name == "digests":
        pytest.skip("a PDF is laid out anew when it is read")
    sources = sources_of(collection)
    quotation = ("quotation is not in", "cites an unknown file")
    found = [
        (_name(one), fault.reason)
        for one, answer in answered
        for fault in judge(one, answer, sources).faults
        if fault.reason.startswith(quotation)
    ]
    assert found == []
