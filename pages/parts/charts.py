"""Charts of figures: an indicator over years and places, projects by capital and source of funds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from domain.figures import Figure
from pages.parts import markup, register
from prompts.wording import Wording

_INK = {"light": "#1b2422", "dark": "#e9efed"}  # the textColor of .streamlit/config.toml
_FEW = 4  # bars whose labels have room
_CHART_PIXELS = 760  # at most; a narrow screen makes it narrower
_MARKS = {"vi": {"decimal": ",", "thousands": "."}, "en": {"decimal": ".", "thousands": ","}}


def draw(figures: Sequence[Figure], words: Wording) -> None:
    series, projects = register.series(figures, words), register.projects(figures, words)
    if not series and not projects:
        st.html(markup.element("p", markup.escape(words.text("page.charts.nothing")), css="hq-note"))
    if series:
        richest = max(range(len(series)), key=lambda place: len(series[place].points))
        chosen = st.selectbox(
            words.text("page.charts.indicator"), series, index=richest, format_func=lambda one: one.name,
            key="chart-series",
        )
        with st.container(width=_CHART_PIXELS):
            st.html(markup.element("p", markup.escape(chosen.name), css="hq-claim"))
            _draw_series(chosen, words)
    if projects:
        st.html(markup.element("h2", markup.escape(words.text("page.charts.projects")), css="hq-title"))
        _draw_projects(projects)


def _draw_series(one: register.Series, words: Wording) -> None:
    """Each bar carries its value in words: nothing is told by colour alone."""
    time, group = words.text("page.charts.time"), words.text("page.charts.group")
    data = [
        {time: point.time, group: point.group, "value": point.value, "text": point.text} for point in one.points
    ]
    base = alt.Chart(_inline(data)).encode(
        x=alt.X(f"{time}:N", title=None, axis=alt.Axis(labelAngle=0)),
        xOffset=f"{group}:N",
        y=alt.Y("value:Q", title=one.unit, scale=alt.Scale(zero=True)),
        tooltip=[f"{time}:N", f"{group}:N", alt.Tooltip("text:N", title=one.unit)],
    )
    colour = alt.Color(f"{group}:N", title=None, legend=alt.Legend(orient="bottom"))
    bars = base.mark_bar(size=_bar_pixels(one)).encode(color=colour)
    ink = _INK.get(st.context.theme.type or "light", _INK["light"])
    pixels = 13 if len(one.points) <= _FEW else 11
    labels = base.mark_text(dy=-9, color=ink, fontSize=pixels).encode(text="text:N")
    _draw(bars + labels, words, one.name)


def _bar_pixels(one: register.Series) -> int:
    """Narrow enough for a phone, however many stand side by side."""
    return max(8, min(56, 170 // len(one.points)))


def _draw_projects(projects: Sequence[register.Project]) -> None:
    """Bars of our own HTML: names as long as these wrap on a phone, and can be read aloud and copied."""
    largest = max(project.value for project in projects) or 1.0
    bars = []
    for project in projects:
        share = f"width: {100 * project.value / largest:.1f}%"
        bars.append(markup.element("li", "".join((
            markup.element("span", markup.escape(project.name), css="hq-bar-name"),
            markup.element("span", "", css="hq-bar", style=share),
            markup.element("span", markup.escape(f"{project.text} · {project.funds}"), css="hq-where"),
        ))))
    st.html(markup.element("ol", "".join(bars), css="hq-bars"))


def _draw(chart: Any, words: Wording, name: str) -> None:
    """Numbers in the reader's form; the name for those who do not see the picture."""
    localised = chart.configure(locale={"number": {**_MARKS[words.language], "grouping": [3], "currency": ["", ""]}})
    st.altair_chart(localised.properties(description=name, height=300), width="stretch")


def _inline(data: list[dict[str, Any]]) -> Any:
    return alt.InlineData(values=data)  # type: ignore[no-untyped-call]
