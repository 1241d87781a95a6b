"""Writing an answer down: citations with keys, figures with their citations, the lines of the text.

A `Draft` is filled by the answerers and turned into an `Answer` once. Wording comes from the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chain.cues import has_cue
from chain.knowledge import Knowledge
from chain.understanding import Reading
from domain.answers import Answer, AnswerFigure, Citation, Status
from domain.documents import Passage, Source
from domain.figures import Figure, Level, Role
from prompts.wording import Wording
from vietnamese.folding import fold
from vietnamese.quantities import format_quantity
from vietnamese.tables import table

_LONG_INDICATOR = 120  # characters; a longer one stands behind the figure
_MARKDOWN = re.compile(r"([\\`*_~\[\]<>#|])")


def plain_text(text: str) -> str:
    """Text of a document as Markdown that shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", re.sub(r"\s+", " ", text)).strip()


@dataclass
class Draft:
    """The answer under construction. Lines are paragraphs of Markdown."""

    reading: Reading
    knowledge: Knowledge
    wording: Wording
    status: Status = Status.ANSWERED
    lines: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    figures: list[AnswerFigure] = field(default_factory=list)
    nearest: list[AnswerFigure] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()

    def clear(self) -> None:
        """Drop what an attempt that does not answer has put in; the status is as at the start again."""
        for made in (self.lines, self.citations, self.figures, self.nearest):
            made.clear()
        self.status = Status.ANSWERED

    def cite(self, passage: Passage, quote: str | None = None) -> int:
        """The key of a citation of `quote` (the whole passage without one); the same one is given once."""
        quote = (quote if quote is not None else passage.text).strip()
        for citation in self.citations:
            if citation.passage.passage_id == passage.passage_id and quote in citation.quote:
                return citation.key
        key = len(self.citations) + 1
        self.citations.append(Citation(key, self.knowledge.source_of(passage), passage, quote))
        return key

    def cite_figure(self, figure: Figure) -> int:
        passage = self.knowledge.passages[figure.passage_id]
        return self.cite(passage, passage.text[slice(*figure.clause)])

    def state(self, figure: Figure) -> int:
        """Put `figure` among the answer's figures; the key of its citation."""
        key = self.cite_figure(figure)
        if all(stated.figure.figure_id != figure.figure_id for stated in self.figures):
            self.figures.append(AnswerFigure(figure, (key,)))
        return key

    def state_computed(self, figure: Figure, keys: tuple[int, ...]) -> None:
        self.figures.append(AnswerFigure(figure, keys, computed=True))

    def near(self, figure: Figure) -> int:
        """Put `figure` among the nearest; the key of its citation."""
        key = self.cite_figure(figure)
        if all(stated.figure.figure_id != figure.figure_id for stated in self.nearest):
            self.nearest.append(AnswerFigure(figure, (key,)))
        return key

    def line(self, key: str, /, **values: object) -> None:
        self.lines.append(self.wording.text(f"answer.{key}", **values))

    def finished(self) -> Answer:
        lines = list(self.lines)
        if any(citation.source.is_digest for citation in self.citations):
            lines.append(self.wording.text("answer.from_digest"))
        return Answer(
            question=self.reading.query.question,
            standalone_question=self.reading.query.standalone,
            status=self.status,
            text="\n\n".join(lines),
            citations=tuple(self.citations),
            figures=tuple(self.figures),
            nearest=tuple(self.nearest),
            suggestions=self.suggestions,
        )


# ----- phrases -------------------------------------------------------------------------------------------


def quantity_text(figure: Figure) -> str:
    return format_quantity(figure.quantity).strip()  # a mark in a table has no unit


def bold_quantity(figure: Figure) -> str:
    return f"**{quantity_text(figure)}**"


def level_text(level: Level | None, wording: Wording) -> str:
    return wording.text(f"answer.level_{level.name.lower()}") if level else ""


def time_text(figure: Figure, wording: Wording) -> str:
    """When a figure holds, in a few words; empty where nothing says so."""
    if figure.period:
        return wording.text("answer.period", first=figure.period[0], last=figure.period[1])
    if figure.year is None:
        return ""
    key = "by_year" if figure.role is not Role.RESULT and _is_deadline(figure) else "in_year"
    return wording.text(f"answer.{key}", year=figure.year)


def _is_deadline(figure: Figure) -> bool:
    return figure.year is not None and figure.year % 5 == 0


def scope_text(figure: Figure, wording: Wording) -> str:
    """Role, time, place and level: "Mục tiêu đến năm 2030, Bắc Giang, cấp xã"."""
    role = wording.text(f"answer.role_{figure.role.value}")
    parts = [" ".join(part for part in (role, time_text(figure, wording)) if part)]
    parts += [part for part in (figure.place or "", level_text(figure.level, wording)) if part]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def statement_text(figure: Figure, wording: Wording) -> str:
    """Indicator and bold quantity in the order of the source: "kinh tế số chiếm **20%** GDP của tỉnh"."""
    quantity = bold_quantity(figure)
    if figure.relative_to:
        quantity += " " + wording.text("answer.relative_to", year=figure.relative_to)
    if not figure.indicator:
        return quantity
    if figure.row is not None:
        return f"{plain_text(figure.indicator)}: {quantity}"
    at = figure.quantity_at if figure.quantity_at is not None else len(figure.indicator)
    before, after = figure.indicator[:at].strip(), _without_unit(figure.indicator[at:].strip(), figure)
    if before and not after:
        return (
            f"{quantity} – {plain_text(before)}"
            if len(before) > _LONG_INDICATOR
            else f"{plain_text(before)}: {quantity}"
        )
    if len(before) > _LONG_INDICATOR:
        return f"{quantity} – {plain_text(figure.indicator)}"
    return " ".join(part for part in (plain_text(before), quantity, plain_text(after)) if part)


def _without_unit(after: str, figure: Figure) -> str:
    """What follows the quantity, without the counted noun that the unit names already."""
    for noun in (figure.quantity.unit, figure.quantity.base_unit):  # "400 nghìn lượt" of "lượt khách"
        if noun and not noun.startswith("%") and fold(after).startswith(fold(noun)):
            return after[len(noun) :].strip()
    return after


def funds_text(figure: Figure, wording: Wording) -> str:
    """Where the money of a table row comes from, as its row says."""
    heads = {fold(word) for word in table("statements")["tables"]["funds"]}
    funds = next((cell for head, cell in figure.attributes if fold(head) in heads), "")
    return wording.text("answer.row_funds", funds=plain_text(funds)) if funds else ""


def agency_text(figure: Figure, draft: Draft) -> str:
    """Who is in charge of a table row, where the question asks for that too."""
    if not has_cue("table.agency", draft.reading.query.terms):
        return ""
    heads = [fold(word) for word in table("statements")["tables"]["agency"]]
    found = ((head, cell) for head, cell in figure.attributes if any(name in fold(head) for name in heads))
    return next((f"; {plain_text(head.lower())}: {plain_text(cell)}" for head, cell in found), "")


def plan_name(source: Source, wording: Wording) -> str:
    """The plan itself: of a page about one, the plan that it is about."""
    about = source.about
    if source.number or about is None or not about.number:
        return document_name(source, wording) if about is None or not about.title else plain_text(about.title)
    kind = f"answer.kind_{about.kind.value}" if about.kind else "answer.kind_other"
    return wording.text("answer.document_numbered", kind=wording.text(kind), number=about.number)


def document_name(source: Source, wording: Wording) -> str:
    """How an answer names a document: its number, else "trang tin về …" with the plan's number or title."""
    if source.number:
        return wording.text("answer.document_numbered", kind=kind_text(source, wording), number=source.number)
    if source.about and source.about.number:
        return wording.text("answer.document_about", number=source.about.number)
    return wording.text("answer.document_titled", kind=kind_text(source, wording), title=short(source.title))


def named_with_place(source: Source, wording: Wording) -> str:
    """A document's name with its province, where documents of several are told apart."""
    name = document_name(source, wording)
    if not source.place or fold(source.place) in fold(name):
        return name
    return wording.text("answer.document_of_place", document=name, place=source.place)


def kind_text(source: Source, wording: Wording) -> str:
    key = f"answer.kind_{source.kind.value}"
    return wording.text(key) if wording.has(key) else source.kind.value


def short(text: str, limit: int = 90) -> str:
    """At most `limit` characters, cut between words."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= limit:
        return plain_text(text)
    return plain_text(text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:")) + "…"
