"""Domain values as lines of text for a person at a terminal.

Values and a `Wording` in, strings out; nothing is printed. The JSON of the same values is in
`domain.interchange`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from domain.answers import Answer, Citation, Hit
from domain.documents import Passage, Source
from domain.figures import Comparator, Figure, Quantity
from domain.interchange import plain_decimal
from domain.reports import IngestReport
from prompts.wording import Wording

_WIDTH = 100
_UNKNOWN = "–"
_PATH_MARK = " › "
_COMPARATOR_MARKS = {
    Comparator.EQUAL: "", Comparator.RANGE: "", Comparator.GREATER: "> ", Comparator.AT_LEAST: "≥ ",
    Comparator.LESS: "< ", Comparator.AT_MOST: "≤ ", Comparator.ABOUT: "≈ ",
}


def report_lines(report: IngestReport, wording: Wording) -> Iterator[str]:
    """What an ingest run did: file by file what changed, then the sums."""
    for key, sources in (("added", report.added), ("replaced", report.replaced), ("removed", report.removed)):
        for source in sources:
            yield wording.text(f"cli.list_{key}", source=source)
    for warning in report.warnings:
        values = {"source": warning.source, "page": warning.page} | dict(warning.values)
        yield wording.text("cli.list_warning", message=wording.warning_of(warning.code, values))
    yield wording.text(
        "cli.ingested", seconds=number_text(f"{report.seconds:.1f}", wording), added=len(report.added),
        unchanged=len(report.unchanged), replaced=len(report.replaced), removed=len(report.removed),
        failed=len(report.failed),
    )
    yield wording.text(
        "cli.store_holds", passages=report.passages, figures=report.figures, tables=report.tables
    )


def failure_lines(report: IngestReport, wording: Wording) -> Iterator[str]:
    """One line for each file that failed."""
    for failure in report.failed:
        yield wording.error_of(failure.code, {"source": failure.source} | dict(failure.values))


def document_line(source: Source, passages: int, wording: Wording) -> str:
    about = source.about.number if source.about and not source.number else None
    return wording.text(
        "cli.document_line",
        number=source.number or (wording.text("cli.about_number", number=about) if about else _UNKNOWN),
        title=source.title,
        kind=kind_text(source, wording),
        place=source.place or _UNKNOWN,
        date=date_text(source.issued_on, wording) if source.issued_on else _UNKNOWN,
        source=source.source,
        passages=passages,
        document_id=source.document_id[:12],
    )


def kind_text(source: Source, wording: Wording) -> str:
    kind = wording.text(f"kind.{source.kind.value}")
    return f"{kind} ({wording.text('cli.digest_mark')})" if source.is_digest else kind


def hit_lines(rank: int, hit: Hit, sources: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """A passage found, and where else the same is said; `sources` gives the `source` of each document id."""
    yield wording.text("cli.result_line", rank=rank, **_place_in_file(hit.passage, sources, wording))
    for line in hit.passage.text.splitlines():
        yield from textwrap.wrap(line, _WIDTH, initial_indent="   ", subsequent_indent="   ")
    for twin in hit.twins:
        yield "   " + wording.text("cli.twin_line", **_place_in_file(twin, sources, wording))


def _place_in_file(passage: Passage, sources: Mapping[str, str], wording: Wording) -> dict[str, str]:
    return {
        "source": sources[passage.document_id],
        "page": _page_text(passage, wording),
        "path": _path_text(passage),
    }


def answer_lines(answer: Answer, wording: Wording, shown: str = "") -> Iterator[str]:
    """The answer, its citations with their quotations, and what else could be asked.

    `shown` is the text that has been printed already; where it is not what the answer says, that follows."""
    if shown.strip() != answer.text.strip():
        if shown.strip():
            yield ""
        yield answer.text
    yield from check_lines(answer, wording)
    for citation in answer.citations:
        yield ""
        yield citation_line(citation, wording)
        quote = f"“{citation.quote}”"
        yield from textwrap.wrap(quote, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if answer.suggestions:
        yield ""
        yield wording.text("cli.suggestions")
        yield from (f"  - {suggestion}" for suggestion in answer.suggestions)


def check_lines(answer: Answer, wording: Wording) -> Iterator[str]:
    """What became of a language model's answer: that it was checked and what was found, or why it was replaced."""
    if answer.model is None:
        return
    yield ""
    if answer.fallback:
        yield wording.text("generated.fallback_line", reason=answer.fallback)
    elif answer.removed:
        yield wording.text("generated.checked_line_removed", model=answer.model, count=len(answer.removed))
    else:
        yield wording.text("generated.checked_line", model=answer.model)
    for removed in answer.removed:
        yield wording.text("generated.removed_line", text=removed.text, reason=removed.reason)


def citation_line(citation: Citation, wording: Wording) -> str:
    source = citation.source
    marks = [wording.text("cli.digest_mark")] if source.is_digest else []
    facts = [source.number, date_text(source.issued_on, wording) if source.issued_on else None, *marks]
    return wording.text(
        "cli.citation_line",
        key=citation.key,
        title=source.title,
        facts="".join(f", {fact}" for fact in facts if fact),
        path=_path_text(citation.passage),
        page=_page_text(citation.passage, wording),
        source=source.source,
    )


def figure_line(figure: Figure, source: Source, passage: Passage, wording: Wording) -> str:
    return wording.text(
        "cli.figure_line",
        value=quantity_text(figure.quantity, wording),
        indicator=figure.indicator if figure.row is None else f"{figure.row}: {figure.indicator}",
        time=_time_text(figure),
        place=figure.place or _UNKNOWN,
        source=source.source,
        page=_page_text(passage, wording),
    )


def quantity_text(quantity: Quantity, wording: Wording) -> str:
    """"> 95 %", "44,5 tỷ đồng", "01/6/2023"."""
    if quantity.value is None:
        return date_text(quantity.date, wording) if quantity.date else _UNKNOWN
    value = number_text(plain_decimal(quantity.value) or "", wording)
    if quantity.value_max is not None:
        value += "–" + number_text(plain_decimal(quantity.value_max) or "", wording)
    unit = quantity.unit if quantity.unit.startswith("%") else f" {quantity.unit}"
    return f"{_COMPARATOR_MARKS[quantity.comparator]}{value}{unit}".strip()


def number_text(plain: str, wording: Wording) -> str:
    """A plain decimal with the group and decimal marks of the language."""
    group, mark = (".", ",") if wording.language == "vi" else (",", ".")
    whole, _, rest = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", group)
    return sign + grouped + (mark + rest if rest else "")


def date_text(day: date, wording: Wording) -> str:
    """"31/3/2016" in Vietnamese, ISO in English: day and month are not to be confused."""
    return f"{day.day}/{day.month}/{day.year}" if wording.language == "vi" else day.isoformat()


def progress_name(stage: str, wording: Wording) -> str:
    return wording.text(f"progress.{stage}")


def notice_line(code: str, values: Mapping[str, object], wording: Wording) -> str:
    return wording.text(f"notice.{code}", **values)


def _path_text(passage: Passage) -> str:
    return _PATH_MARK.join(passage.path) or _UNKNOWN


def _page_text(passage: Passage, wording: Wording) -> str:
    return wording.text("cli.page_mark", page=passage.page) if passage.page else ""


def _time_text(figure: Figure) -> str:
    if figure.period:
        return f"{figure.period[0]}–{figure.period[1]}"
    return str(figure.year) if figure.year else _UNKNOWN
