"""Domain values as the JSON-able dicts of the machine-readable interface (DESIGN section 3).

Values in, dicts of plain JSON types out, keys in the order of the design; no I/O. Wording is not looked up
here: a report takes a function that turns a code and its values into a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.answers import Answer, AnswerFigure, Citation, Hit
from domain.claims import CheckedClaim, CheckReport
from domain.documents import About, Passage, Source
from domain.figures import Figure
from domain.reports import IngestReport

JsonObject = dict[str, Any]
Phrase = Callable[[str, Mapping[str, object]], str]


def json_number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where the decimal is whole, so that 95.0 is written 95."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def plain_decimal(value: Decimal | None) -> str | None:
    """The exact decimal without exponent or trailing zeros: "53000000000000", "44.5"."""
    if value is None:
        return None
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def about_json(about: About | None) -> JsonObject | None:
    if about is None:
        return None
    return {
        "number": about.number,
        "kind": about.kind.value if about.kind else None,
        "title": about.title,
        "issuer": about.issuer,
        "signer": about.signer,
        "issued_on": about.issued_on.isoformat() if about.issued_on else None,
    }


def source_json(source: Source) -> JsonObject:
    """One document as `hoi documents --json` lists it."""
    return {
        "document_id": source.document_id,
        "number": source.number,
        "title": source.title,
        "kind": source.kind.value,
        "issuer": source.issuer,
        "signer": source.signer,
        "issued_on": source.issued_on.isoformat() if source.issued_on else None,
        "place": source.place,
        "about": about_json(source.about),
        "digest": source.is_digest,
        "digest_of": source.digest_of,
        "pages": source.page_count,
        "source": source.source,
    }


def citation_json(citation: Citation) -> JsonObject:
    source, passage = citation.source, citation.passage
    return {
        "key": citation.key,
        "document_id": source.document_id,
        "number": source.number,
        "title": source.title,
        "kind": source.kind.value,
        "issuer": source.issuer,
        "issued_on": source.issued_on.isoformat() if source.issued_on else None,
        "place": source.place,
        "about": about_json(source.about),
        "digest": source.is_digest,
        "path": list(passage.path),
        "page": passage.page,
        "quote": citation.quote,
        "source": source.source,
        "passage_id": passage.passage_id,
    }


def figure_json(figure: Figure, citations: Sequence[int], computed: bool = False) -> JsonObject:
    quantity = figure.quantity
    return {
        "indicator": figure.indicator,
        "role": figure.role.value,
        "comparator": quantity.comparator.value,
        "value": json_number(quantity.value),
        "value_max": json_number(quantity.value_max),
        "unit": quantity.unit,
        "amount": plain_decimal(quantity.amount),
        "base_unit": quantity.base_unit,
        "date": quantity.date.isoformat() if quantity.date else None,
        "year": figure.year,
        "period": list(figure.period) if figure.period else None,
        "relative_to": figure.relative_to,
        "place": figure.place,
        "level": figure.level.value if figure.level else None,
        "computed": computed,
        "citations": list(citations),
    }


def answer_figure_json(answer_figure: AnswerFigure) -> JsonObject:
    return figure_json(answer_figure.figure, answer_figure.citations, answer_figure.computed)


def figure_with_citation_json(figure: Figure, source: Source, passage: Passage, quote: str) -> JsonObject:
    """A figure as `hoi figures --json` lists it: as in an answer, its one citation inline."""
    citation = Citation(key=1, source=source, passage=passage, quote=quote)
    return figure_json(figure, [citation.key]) | {"citation": citation_json(citation)}


def answer_json(answer: Answer, question_id: object = None) -> JsonObject:
    return {
        "id": question_id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status.value,
        "mode": answer.mode.value,
        "text": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "figures": [answer_figure_json(figure) for figure in answer.figures],
        "nearest": [answer_figure_json(figure) for figure in answer.nearest],
        "suggestions": list(answer.suggestions),
        "model": answer.model,
        "prompt_version": answer.prompt_version,
        "fallback": answer.fallback,
        "removed": [{"text": removed.text, "reason": removed.reason} for removed in answer.removed],
        "timings_ms": {"total": round(answer.total_ms, 3)},
    }


def check_json(report: CheckReport) -> JsonObject:
    """The report of `hoi check`."""
    return {"claims": [checked_claim_json(claim) for claim in report.claims], "unchecked": report.unchecked}


def checked_claim_json(checked: CheckedClaim) -> JsonObject:
    return {
        "claim": checked.claim.text,
        "span": list(checked.claim.span),
        "verdict": checked.verdict.value,
        "reason": checked.reason.value if checked.reason else None,
        "note": checked.note,
        "figure": answer_figure_json(checked.figure) if checked.figure else None,
        "evidence": [citation_json(citation) for citation in checked.evidence],
    }


def search_json(hits: Iterable[Hit], sources: Mapping[str, str], question_id: object = None) -> JsonObject:
    """Search results; `sources` gives the `source` of each document id."""
    return {
        "id": question_id,
        "results": [
            {
                "passage_id": hit.passage.passage_id,
                "source": sources[hit.passage.document_id],
                "score": hit.score,
                "path": list(hit.passage.path),
                "page": hit.passage.page,
                "text": hit.passage.text,
            }
            for hit in hits
        ],
    }


def report_json(report: IngestReport, error_phrase: Phrase, warning_phrase: Phrase) -> JsonObject:
    return {
        "added": list(report.added),
        "unchanged": list(report.unchanged),
        "replaced": list(report.replaced),
        "removed": list(report.removed),
        "failed": [
            {
                "source": failure.source,
                "code": failure.code,
                "message": error_phrase(failure.code, {"source": failure.source} | dict(failure.values)),
            }
            for failure in report.failed
        ],
        "warnings": [
            {
                "source": warning.source,
                "page": warning.page,
                "code": warning.code,
                "message": warning_phrase(
                    warning.code, {"source": warning.source, "page": warning.page} | dict(warning.values)
                ),
            }
            for warning in report.warnings
        ],
        "passages": report.passages,
        "figures": report.figures,
        "seconds": round(report.seconds, 3),
    }


def flat_figure(figure: JsonObject) -> dict[str, str]:
    """One row of the CSV of `hoi figures --csv` from its JSON form: every field a column.

    The inline citation's fields are prefixed "citation_", those of the plan it reports "citation_about_".
    """
    row: dict[str, str] = {}
    for name, value in figure.items():
        if name == "citation":
            row |= _prefixed("citation_", value)
        elif name not in ("citations", "rows"):
            row[name] = _cell(value)
    return row


def _prefixed(prefix: str, fields: JsonObject) -> dict[str, str]:
    row: dict[str, str] = {}
    for name, value in fields.items():
        if name == "about":
            row |= _prefixed(f"{prefix}about_", value or dict.fromkeys(_ABOUT_FIELDS))
        else:
            row[prefix + name] = _cell(value)
    return row


_ABOUT_FIELDS = ("number", "kind", "title", "issuer", "signer", "issued_on")

FIGURE_COLUMNS = (
    "indicator",
    "role",
    "comparator",
    "value",
    "value_max",
    "unit",
    "amount",
    "base_unit",
    "date",
    "year",
    "period",
    "relative_to",
    "place",
    "level",
    "computed",
    "citation_key",
    "citation_document_id",
    "citation_number",
    "citation_title",
    "citation_kind",
    "citation_issuer",
    "citation_issued_on",
    "citation_place",
    *(f"citation_about_{name}" for name in _ABOUT_FIELDS),
    "citation_digest",
    "citation_path",
    "citation_page",
    "citation_quote",
    "citation_source",
    "citation_passage_id",
)
"""The columns of `hoi figures --csv`."""


def _cell(value: object) -> str:
    """A CSV cell. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " > ".join(str(part) for part in value)
    if isinstance(value, str) and len(value) > 2 and value[0] in "=+-@\t\r":
        return "'" + value
    return str(value)
