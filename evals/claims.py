"""Claims with the verdict that a careful reader gives them, against `hoi check`: shares and a confusion matrix.

In: evals/claims/<set>-<split>.jsonl, an object a line: `claim`, `verdict`, `reason`; `text` where the claim
stands in one (then `claim` is the part of it that is judged; null where the text has nothing to check).
Out: Markdown. What the two documents of a conflict say is judged by the one with authority.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chain.checking import Checker
from chain.knowledge import Knowledge
from domain.claims import CheckReport, Verdict
from domain.interchange import JsonObject
from evals.asking import DIGESTS, HERE, SPLITS, TODAY, read_lines, store_of
from prompts.wording import Wording
from vectorstore.store import Store

CLAIMS = HERE / "claims"
_GIVEN = "claims-dev.jsonl"  # claims on the originals that are not ours
_NOTHING = "nothing"
_GRAVEST = (Verdict.CONTRADICTED, Verdict.NOT_SUPPORTED, Verdict.NOT_FOUND, Verdict.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Judged:
    """An expected verdict and reason beside those that came out; "nothing" where nothing was checked."""

    record: JsonObject
    verdict: str
    reason: str | None

    @property
    def expected(self) -> str:
        return self.record["verdict"] or _NOTHING

    @property
    def is_right(self) -> bool:
        return self.verdict == self.expected

    @property
    def is_falsely_supported(self) -> bool:
        return self.verdict == Verdict.SUPPORTED and not self.is_right

    @property
    def topic(self) -> str:
        return str(self.record["id"]).rsplit("-", 1)[0]


def judge(record: JsonObject, checker: Checker) -> Judged:
    """The gravest verdict among the claims that begin in the part that is judged."""
    text = unicodedata.normalize("NFC", record.get("text") or record["claim"])
    part = unicodedata.normalize("NFC", record["claim"] or text)
    begin = text.index(part)
    found = claims_in(checker.check(text), (begin, begin + len(part)))
    for verdict in _GRAVEST:
        for claim_verdict, reason in found:
            if claim_verdict == verdict:
                return Judged(record, verdict.value, reason)
    return Judged(record, _NOTHING, None)


def claims_in(report: CheckReport, part: tuple[int, int]) -> list[tuple[Verdict, str | None]]:
    """Verdicts and reasons of the claims whose middle lies in `part`, or that hold the middle of `part`."""
    middle = sum(part) / 2
    return [
        (checked.verdict, checked.reason.value if checked.reason else None)
        for checked in report.claims
        if part[0] <= sum(checked.claim.span) / 2 <= part[1]
        or checked.claim.span[0] <= middle <= checked.claim.span[1]
    ]


def judge_all(records: Iterable[JsonObject], store: Store) -> list[Judged]:
    checker = Checker(Knowledge(store), Wording("vi"), TODAY)
    return [judge(record, checker) for record in records]


# ----- the report ----------------------------------------------------------------------------------------


def claims_section(shared: Path | None, failures: list[str]) -> Iterator[str]:
    """The part of the results on claims, as Markdown paragraphs; what failed of the dev sets in `failures`."""
    yield "## Claims"
    yield (
        "`hoi check` on claims with the verdict of a careful reader. A held-out claim is one in three of each "
        "topic. Falsely supported: a claim that does not hold and came out as supported."
    )
    originals = shared / "plans" if shared and (shared / "plans").is_dir() else None
    for title, folder in (
        ("The five original documents", originals),
        ("The five digests that ship", DIGESTS),
    ):
        yield f"### {title}"
        if folder is None:
            yield "Not measured: the documents are not here (`--shared`)."
            continue
        with store_of([folder]) as store:
            results = {
                split: judge_all(read_lines(CLAIMS / f"plans-{split}.jsonl"), store) for split in SPLITS
            }
            if shared and folder == originals and (shared / _GIVEN).is_file():
                results["given"] = judge_all(read_lines(shared / _GIVEN), store)
        failures += [f"# Claims: {title}", *failure_lines(results)]
        yield split_table(results)
        yield matrix([one for judged in results.values() for one in judged])
        yield topic_table([one for judged in results.values() for one in judged])


def split_table(results: dict[str, list[Judged]]) -> str:
    lines = [
        "| split | claims | right verdict | right verdict and reason | **falsely supported** |",
        "|---|---|---|---|---|",
    ]
    for split, judged in results.items():
        right = [one for one in judged if one.is_right]
        reasoned = [one for one in right if "reason" not in one.record or one.record["reason"] == one.reason]
        false = sum(one.is_falsely_supported for one in judged)
        count = len(judged)
        lines.append(
            f"| {split} | {count} | {len(right)} ({len(right) / count:.1%}) "
            f"| {len(reasoned)} ({len(reasoned) / count:.1%}) | {false} |"
        )
    return "\n".join(lines)


def matrix(judged: Sequence[Judged]) -> str:
    """Rows: what is right; columns: what came out."""
    names = [*(verdict.value for verdict in Verdict), _NOTHING]
    counts = Counter((one.expected, one.verdict) for one in judged)
    lines = [f"| right \\ came out | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for expected in names:
        lines.append(f"| {expected} | {' | '.join(str(counts[expected, got]) for got in names)} |")
    return "\n".join(lines)


def topic_table(judged: Sequence[Judged]) -> str:
    lines = ["| topic | claims | right verdict |", "|---|---|---|"]
    for topic in dict.fromkeys(one.topic for one in judged):
        own = [one for one in judged if one.topic == topic]
        lines.append(f"| {topic} | {len(own)} | {sum(one.is_right for one in own)} |")
    return "\n".join(lines)


def failure_lines(results: dict[str, list[Judged]]) -> Iterator[str]:
    """Claims that came out wrong, or for another reason; held-out ones are not shown."""
    for split, judged in results.items():
        if split == "held-out":
            continue
        for one in judged:
            reasoned = "reason" not in one.record or one.record["reason"] == one.reason
            if not one.is_right or not reasoned:
                yield (
                    f"{one.record['id']}: {one.expected} {one.record.get('reason')}, came out {one.verdict} "
                    f"{one.reason}: {one.record['claim']}"
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, help="folder of the data that is not in the repo")
    options = parser.parse_args()
    failures: list[str] = []
    print("\n\n".join(claims_section(options.shared, failures)))
    print("\n".join(failures))


if __name__ == "__main__":
    main()
