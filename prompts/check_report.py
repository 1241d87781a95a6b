"""A report of checked claims as lines for a terminal and as a Word file that an editor can keep.

Values and a `Wording` in, strings or the bytes of a .docx out. Nothing is judged here.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from domain.answers import Citation
from domain.claims import CheckedClaim, CheckReport, Verdict
from prompts.terminal import citation_line, date_text
from prompts.wording import Wording

_WIDTH = 100
_MARKS = {
    Verdict.SUPPORTED: "✓", Verdict.CONTRADICTED: "✗", Verdict.NOT_SUPPORTED: "!", Verdict.NOT_FOUND: "?",
}  # fmt: skip
_UNKNOWN = "–"
_PATH_MARK = " › "
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def summary_text(report: CheckReport, wording: Wording) -> str:
    counts = Counter(claim.verdict.value for claim in report.claims)
    return wording.text(
        "check.report.summary", claims=len(report.claims), unchecked=report.unchecked,
        **{verdict.value: counts[verdict.value] for verdict in Verdict},
    )  # fmt: skip


def verdict_text(checked: CheckedClaim, wording: Wording) -> str:
    """ "trái với văn bản (đơn vị)"."""
    verdict = wording.text(f"check.report.{checked.verdict.value}")
    if checked.reason is None:
        return verdict
    reason = wording.text(f"check.report.reason_{checked.reason.value}")
    return wording.text("check.report.with_reason", verdict=verdict, reason=reason)


def report_lines(report: CheckReport, wording: Wording) -> Iterator[str]:
    """Claim by claim: the claim, its verdict, each quotation with where it stands; the sums last."""
    for checked in report.claims:
        claim = wording.text(
            "check.report.line", mark=_MARKS[checked.verdict], claim=" ".join(checked.claim.text.split())
        )
        yield from textwrap.wrap(claim, _WIDTH, subsequent_indent="  ")
        verdict = wording.text(
            "check.report.verdict_line", verdict=verdict_text(checked, wording), note=checked.note or ""
        )
        yield from textwrap.wrap(verdict.strip(), _WIDTH, initial_indent="  ", subsequent_indent="  ")
        for citation in checked.evidence:
            yield "  " + citation_line(citation, wording)
            quote = f"“{citation.quote}”"
            yield from textwrap.wrap(quote, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        yield ""
    yield summary_text(report, wording)


def write_word(report: CheckReport, wording: Wording) -> bytes:
    """The report as a .docx: for each claim a heading with its verdict and a table for each quotation."""
    from docx import Document

    document = Document()
    title = wording.text("check.report.title")
    document.core_properties.title = title
    document.core_properties.author = ""
    document.add_heading(title, level=0)
    document.add_paragraph(summary_text(report, wording))
    for index, checked in enumerate(report.claims, start=1):
        _add_claim(document, index, checked, wording)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_claim(document: Any, index: int, checked: CheckedClaim, wording: Wording) -> None:
    document.add_heading(f"{index}. {_printable(checked.claim.text)}", level=2)
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{_MARKS[checked.verdict]} {verdict_text(checked, wording)}").bold = True
    if checked.note:
        paragraph.add_run(f". {_printable(checked.note)}")
    for citation in checked.evidence:
        facts = list(_facts(citation, wording))
        table = document.add_table(rows=len(facts), cols=2, style="Light Grid Accent 1")
        for row, (name, value) in zip(table.rows, facts, strict=True):
            row.cells[0].text, row.cells[1].text = name, _printable(value)
        document.add_paragraph()


def _facts(citation: Citation, wording: Wording) -> Iterator[tuple[str, str]]:
    """What an editor files of a quotation, by its name."""
    source, passage = citation.source, citation.passage
    number = source.number or (
        wording.text("cli.about_number", number=source.about.number)
        if source.about and source.about.number
        else None
    )
    mark = f" ({wording.text('cli.digest_mark')})" if source.is_digest else ""
    values = {
        "quotation": f"“{citation.quote}”",
        "document": source.title + mark,
        "number": number,
        "date": date_text(source.issued_on, wording) if source.issued_on else None,
        "section": _PATH_MARK.join(passage.path) or None,
        "page": str(passage.page) if passage.page else None,
        "file": source.source,
        "fingerprint": source.document_id,
    }
    for name, value in values.items():
        yield wording.text(f"check.report.{name}"), value or _UNKNOWN


def _printable(text: str) -> str:
    """Without the control characters that XML does not hold."""
    return _NOT_IN_XML.sub("", text)
