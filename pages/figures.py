"""The register of figures: a table that filters, rows that open their source, charts, downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from domain.figures import Figure, Level, Role
from pages.parts import charts, entrance, markup, phrases, register, session, source_view, states
from prompts.wording import Wording
from vectorstore.store import View

T = TypeVar("T")
_OPENED = "figure-opened"
_FILTERS = ("places", "years", "levels", "roles", "documents")
_EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def main() -> None:
    words = session.wording()
    st.html(markup.element("h1", markup.escape(words.text("page.figures.title")), css="hq-title hq-wide"))
    try:
        view = session.opened().store.view()
    except Exception as error:  # noqa: BLE001  the edge: it is told to whoever reads the page
        states.draw_problem(error)
        return
    choice = _draw_filters(view, words)
    figures = [figure for figure in view.figures() if choice.holds(figure)]
    count = words.text("page.figures.count", shown=len(figures), all=len(view.figures()))
    st.html(markup.element("p", markup.escape(count), css="hq-note"))
    if not figures:
        return
    table, drawn = st.tabs([words.text("page.figures.table"), words.text("page.figures.charts")])
    with table:
        _draw_table(view, figures, words)
        _draw_downloads(view, figures, words)
    with drawn:
        charts.draw(figures, words)


def _draw_filters(view: View, words: Wording) -> register.Choice:
    """What the reader asks for; the text stands alone, the rest behind a button, so that a phone shows both."""
    names = {source.document_id: phrases.document_name(source, words) for source in view.sources()}
    everything = view.figures()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(words.text("page.figures.search"), key="figures-text", max_chars=200)
        count = sum(len(st.session_state.get(f"figures-{name}", ())) for name in _FILTERS)
        label = words.text("page.filters.on", count=count) if count else words.text("page.filters.off")
        with st.popover(label, type="primary" if count else "secondary"):
            places = _choose("places", sorted({f.place for f in everything if f.place}), str, words)
            years = _choose("years", sorted({f.year for f in everything if f.year}), str, words)
            levels = _choose("levels", [level.value for level in Level], lambda name: words.text(
                f"page.level.{Level(name).name.lower()}"), words)
            roles = _choose("roles", [role.value for role in Role], lambda name: words.text(
                f"page.role.{name}"), words)
            documents = _choose("documents", sorted(names), lambda document: names[document], words)
            st.button(words.text("page.filters.clear"), on_click=_clear, disabled=not count)
    return register.Choice(text, places, years, levels, roles, documents)


def _clear() -> None:
    for name in _FILTERS:
        st.session_state[f"figures-{name}"] = []


def _choose(name: str, choices: list[T], shown: Callable[[T], str], words: Wording) -> tuple[T, ...]:
    return tuple(st.multiselect(
        words.text(f"page.filters.{name}"), choices, key=f"figures-{name}", format_func=shown,
        placeholder=words.text("page.filters.all"),
    ))


def _draw_table(view: View, figures: list[Figure], words: Wording) -> None:
    st.html(markup.element("p", markup.escape(words.text("page.figures.open_row")), css="hq-note"))
    event = st.dataframe(
        register.rows(view, figures, words), key="figures-table", on_select="rerun",
        selection_mode=["single-row", "single-cell"], hide_index=True, height=460,
        alt=words.text("page.figures.title"),
        column_config={words.text("page.figures.indicator"): st.column_config.TextColumn(width="large")},
    )
    selected = [*event.selection.rows, *(row for row, _ in event.selection.cells)][:1]
    figure = figures[selected[0]] if selected and selected[0] < len(figures) else None
    # The table keeps its selection: only what was selected just now opens.
    opened = (figure.figure_id, *map(str, event.selection.cells)) if figure else None
    if figure and opened != st.session_state.get(_OPENED):
        source_view.open_dialog(register.citation(view, figure), words)
    st.session_state[_OPENED] = opened


def _draw_downloads(view: View, figures: list[Figure], words: Wording) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words.text("page.figures.csv"), lambda: register.to_csv(view, figures), "so-lieu.csv", "text/csv",
            on_click="ignore",
        )
        st.download_button(
            words.text("page.figures.excel"), lambda: register.to_excel(view, figures, words), "so-lieu.xlsx",
            _EXCEL_TYPE, on_click="ignore",
        )


entrance.run(main)
