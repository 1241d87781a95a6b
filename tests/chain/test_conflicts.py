"""Conflicts inside the collection: two values of one indicator, totals beside the sums of their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from chain.conflicts import Conflict, find_conflicts
from chain.knowledge import Knowledge
from ingest.pipeline import ingest
from vectorstore.embedders import load_embedder
from vectorstore.store import Store

DECISION = """Số: 12/QĐ-UBND

Bắc Giang, ngày 10 tháng 2 năm 2024

QUYẾT ĐỊNH
Về việc phê duyệt Đề án y tế số tỉnh Bắc Giang đến năm 2028

Điều 1. Mục tiêu đến năm 2028

Tỷ lệ người dân có hồ sơ sức khỏe điện tử đạt trên 95%.

Tỷ lệ trạm y tế xã dùng bệnh án điện tử đạt trên 60%.
"""
PAGE = """Bắc Giang đẩy nhanh y tế số

UBND tỉnh Bắc Giang vừa phê duyệt Đề án y tế số tỉnh Bắc Giang đến năm 2028.

Theo đó, đến năm 2028, tỷ lệ người dân có hồ sơ sức khỏe điện tử đạt trên 90%.

Đến năm 2026, tỷ lệ trạm y tế xã dùng bệnh án điện tử đạt trên 40%.
"""


@pytest.fixture
def disagreeing(tmp_path: Path) -> Knowledge:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "quyet-dinh.txt").write_text(DECISION, encoding="utf-8")
    (documents / "trang-tin.txt").write_text(PAGE, encoding="utf-8")
    store = Store.create(tmp_path / "store", lambda: load_embedder(None))
    assert not ingest([documents], store).failed
    return Knowledge(store)


def values(conflict: Conflict) -> list[str]:
    return [str(figure.quantity.value) for figure in (conflict.figure, conflict.other)]


def test_the_document_of_higher_authority_comes_first_and_two_deadlines_are_no_conflict(
    disagreeing: Knowledge,
) -> None:
    (conflict,) = find_conflicts(disagreeing)
    assert values(conflict) == ["95", "90"]
    first, second = conflict.sides(disagreeing)
    assert "95%" in first.citations[0].quote and "90%" in second.citations[0].quote


def test_a_total_that_its_rows_do_not_add_up_to(knowledge: Knowledge) -> None:
    conflict = next(conflict for conflict in find_conflicts(knowledge) if conflict.computed)
    assert values(conflict) == ["700", "700.40"]
    _, total = conflict.sides(knowledge)
    assert total.computed and len(total.citations) == 23
