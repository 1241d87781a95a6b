"""The store without the passages that answer."""

from __future__ import annotations

from pathlib import Path

from chain.assistant import open_assistant
from domain.answers import Status
from evals.answers import Grade
from evals.asking import TODAY, Collection, sources_of, store_of
from evals.withheld import Withholding, cases
from settings import load_settings

PLAN = """KẾ HOẠCH
chuyển đổi số tỉnh Hà Nam năm 2024

1. Đến cuối năm 2024, 85% trường học dùng học bạ số.

2. Thư viện tỉnh mở cửa phòng đọc trực tuyến cho người khiếm thị.
"""
QUESTION = {
    "id": "schools-01",
    "kind": "figure",
    "question": "Bao nhiêu phần trăm trường học ở Hà Nam dùng học bạ số?",
    "all": ["85%"],
    "any": [],
    "no": [],
    "doc": [],
    "docs": [],
    "status": None,
    "figures": [],
    "history": [],
    "no_figures": [],
}


def test_what_is_answered_is_asked_again_without_its_passages(tmp_path: Path):
    (tmp_path / "ha-nam.txt").write_text(PLAN, encoding="utf-8")
    with store_of([tmp_path]) as store:
        library = Withholding(store)
        assistant = open_assistant(library, load_settings(), lambda: TODAY)
        whole, without = cases([QUESTION], library, assistant, sources_of(Collection("one", (tmp_path,), ())))
        assert (whole.withheld, whole.grade, whole.status) == (False, Grade.RIGHT, Status.ANSWERED)
        assert without.withheld
        assert without.grade is not Grade.RIGHT
        assert len(library.passages()) == len(store.passages()), "nothing stays withheld"
