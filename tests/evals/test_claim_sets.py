"""The claims themselves: their form, their split, six for every reason; and how they are judged."""

from __future__ import annotations

from collections import Counter

from domain.claims import Reason, Verdict
from evals.asking import SPLITS, read_lines
from evals.claims import CLAIMS, Judged, matrix, split_table

LEAST_A_REASON = 6
RECORDS = {split: read_lines(CLAIMS / f"plans-{split}.jsonl") for split in SPLITS}
ALL = [record for records in RECORDS.values() for record in records]


def test_every_claim_has_a_verdict_and_its_reason_is_one_of_the_interface() -> None:
    verdicts, reasons = set(Verdict), set(Reason)
    for record in ALL:
        assert record["claim"] is None or record["claim"] in (record.get("text") or record["claim"])
        assert (record["verdict"] is None) == (record["claim"] is None)
        if record["claim"] is not None:
            assert record["verdict"] in verdicts
            assert record["reason"] is None or record["reason"] in reasons
            assert record["verdict"] != Verdict.SUPPORTED or record["reason"] is None


def test_ids_are_given_once() -> None:
    assert len({record["id"] for record in ALL}) == len(ALL)


def test_six_claims_for_every_reason() -> None:
    counted = Counter(record.get("reason") for record in ALL)
    assert all(counted[reason.value] >= LEAST_A_REASON for reason in Reason), counted


def test_a_third_is_held_out() -> None:
    assert 0.25 < len(RECORDS["held-out"]) / len(ALL) < 0.4


def test_a_false_claim_that_is_supported_is_counted() -> None:
    wrong = Judged({"id": "value-01", "verdict": "contradicted", "reason": "value"}, "supported", None)
    right = Judged({"id": "value-02", "verdict": "contradicted", "reason": "value"}, "contradicted", "unit")
    assert wrong.is_falsely_supported and not right.is_falsely_supported
    assert "| dev | 2 | 1 (50.0%) | 0 (0.0%) | 1 |" in split_table({"dev": [wrong, right]})
    assert "| contradicted | 1 | 1 | 0 | 0 | 0 |" in matrix([wrong, right])
