"""The register of figures as readers look at it: filtered, grouped for charts, written out.

A view of the store in; figures, rows and groups out. No Streamlit.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.answers import Citation
from domain.figures import Figure, Role
from domain.interchange import FIGURE_COLUMNS, figure_with_citation_json, flat_figure
from pages.parts import phrases
from prompts.wording import Wording
from vectorstore.store import View
from vietnamese.folding import fold

_FUNDS = "nguon von"  # the folded head of the column that names the source of funds


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader filters by; empty tuples and texts do not filter."""

    text: str = ""
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def holds(self, figure: Figure) -> bool:
        return (
            _among(figure.place, self.places)
            and _among(figure.level and figure.level.value, self.levels)
            and _among(figure.role.value, self.roles)
            and _among(figure.document_id, self.documents)
            and (not self.years or any(_in(figure, year) for year in self.years))
            and all(word in fold(f"{figure.row or ''} {figure.indicator}") for word in fold(self.text).split())
        )


def _among(value: object, chosen: Sequence[object]) -> bool:
    return not chosen or value in chosen


def _in(figure: Figure, year: int) -> bool:
    """Whether a year is the figure's own or lies in its period."""
    if figure.period:
        return figure.period[0] <= year <= figure.period[1]
    return figure.year == year


def label(figure: Figure) -> str:
    """What a figure is of; for a cell of a table the name of its row."""
    return figure.row or figure.indicator


def citation(view: View, figure: Figure) -> Citation:
    passage = view.passage(figure.passage_id)
    quote = passage.text if passage.cells else passage.text[slice(*figure.clause)]
    return Citation(1, view.source(figure.document_id), passage, quote)


def rows(view: View, figures: Iterable[Figure], words: Wording) -> list[dict[str, str]]:
    """One row a figure, every cell as the reader reads it, under heads in the reader's language."""
    return [_row(view, figure, words) for figure in figures]


def _row(view: View, figure: Figure, words: Wording) -> dict[str, str]:
    source, passage = view.source(figure.document_id), view.passage(figure.passage_id)
    cells = {
        "value": phrases.amount(figure.quantity, words),
        "indicator": label(figure),
        "time": phrases.time_of(figure, words),
        "level": words.text(f"page.level.{figure.level.name.lower()}") if figure.level else "",
        "place": figure.place or "",
        "role": words.text(f"page.role.{figure.role.value}"),
        "document": phrases.document_name(source, words),
        "page": str(passage.page or ""),
    }
    return {words.text(f"page.figures.{name}"): cell for name, cell in cells.items()}


def to_csv(view: View, figures: Iterable[Figure]) -> bytes:
    """As `hoi figures --csv`: a column for each field of the interface, UTF-8 with a mark for spreadsheets."""
    written = io.StringIO()
    table = csv.DictWriter(written, FIGURE_COLUMNS)
    table.writeheader()
    table.writerows(_flat_rows(view, figures))
    return ("\ufeff" + written.getvalue()).encode("utf-8")


def to_excel(view: View, figures: Sequence[Figure], words: Wording) -> bytes:
    """The rows as shown, the value as a number in a column of its own so that it can be reckoned with."""
    import xlsxwriter

    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    shown = rows(view, figures, words)
    heads = [*(shown[0] if shown else ()), words.text("page.figures.number"), words.text("page.figures.unit"),
             words.text("page.figures.quote")]
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    for position, (figure, row) in enumerate(zip(figures, shown, strict=True), start=1):
        value = figure.quantity.value
        quote = citation(view, figure).quote
        sheet.write_row(position, 0, [
            *row.values(), "" if value is None else float(value), figure.quantity.unit, quote,
        ])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(shown), 1), len(heads) - 1)
    sheet.set_column(1, 1, 60)
    book.close()
    return written.getvalue()


def _flat_rows(view: View, figures: Iterable[Figure]) -> Iterator[dict[str, str]]:
    for figure in figures:
        cited = citation(view, figure)
        yield flat_figure(figure_with_citation_json(figure, cited.source, cited.passage, cited.quote))


@dataclass(frozen=True, slots=True)
class Point:
    """One bar of a chart: `group` is what is compared (a place, a level), `time` a year or period."""

    time: str
    group: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """The same indicator at several times or for several places, in one unit."""

    name: str
    unit: str
    points: tuple[Point, ...]


def series(figures: Iterable[Figure], words: Wording) -> tuple[Series, ...]:
    """Indicators with at least two points to compare; the same figure told by two documents counts once."""
    alike: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        has_time = figure.year is not None or figure.period is not None
        if figure.quantity.amount is not None and figure.row is None and has_time:
            alike[fold(figure.indicator), figure.quantity.base_unit].append(figure)
    made = (_series(group, words) for group in alike.values())
    return tuple(sorted((one for one in made if len(one.points) > 1), key=lambda one: fold(one.name)))


def _series(group: Sequence[Figure], words: Wording) -> Series:
    """Values in the unit of the first figure, whatever unit the others are written in."""
    first = group[0].quantity
    scale = first.amount / first.value if first.amount and first.value else Decimal(1)
    points = {
        (time, who): Point(time, who, float((figure.quantity.amount or 0) / scale),
                           phrases.amount(figure.quantity, words))
        for figure in reversed(group)
        for time, who in [(_time(figure), _who(figure, words))]
    }
    name = group[0].indicator[:1].upper() + group[0].indicator[1:]
    return Series(name, first.unit, tuple(points[key] for key in sorted(points)))


def _time(figure: Figure) -> str:
    return f"{figure.period[0]}–{figure.period[1]}" if figure.period else str(figure.year)


def _who(figure: Figure, words: Wording) -> str:
    level = words.text(f"page.level.{figure.level.name.lower()}") if figure.level else ""
    return ", ".join(filter(None, (figure.place or "–", level)))


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    funds: str
    value: float
    text: str


def projects(figures: Iterable[Figure], words: Wording) -> tuple[Project, ...]:
    """Rows of tables that give money, the largest first, with their source of funds."""
    found = [
        Project(figure.row, _funds(figure), float(figure.quantity.value), phrases.amount(figure.quantity, words))
        for figure in figures
        if figure.row and figure.role is Role.BUDGET and figure.quantity.value is not None
    ]
    return tuple(sorted(found, key=lambda project: -project.value))


def _funds(figure: Figure) -> str:
    return next((cell for head, cell in figure.attributes if _FUNDS in fold(head)), "–")
