"""A line for each area over the quarters, as published: no smoothing, no trend.

A quarter without value breaks the line. Areas differ by colour and by the shape of
their marks, and every mark names its area, quarter and value when pointed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from coding.palette import PALETTE
from data.figures.indicator_series import (
    IndicatorSeries,
    is_count,
    is_percent,
    value_in_words,
)
from workbench import notices

_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")
_HEIGHT = 400
_LABELS = 10
_ABOVE, _ROOM = -8, 34  # pixels above the drawing, and room for names under the key


def draw_indicator_chart(
    series: IndicatorSeries,
    *,
    practice_start: str = "",
    waves: Sequence[tuple[str, str, str]] = (),
    described: str = "",
) -> None:
    """Draw the chart; ``described`` says in words what it shows.

    ``practice_start`` is the quarter in which the new practice began, or empty;
    ``waves`` are each wave's name with the first and last quarter it was held in.
    """
    chart = _lines(series)
    if practice_start in series.quarters:
        chart = chart + _practice_mark(practice_start)
    for wave, first, last in waves:
        held = [q for q in series.quarters if first <= q <= last]
        if held:
            chart = chart + _wave_mark(wave, held)
    st.altair_chart(
        chart.properties(height=_HEIGHT)
        .configure_view(strokeWidth=0)
        .configure_axis(labelColor=_grey(), titleColor=_grey(), labelFontSize=13)
        .configure_legend(
            labelColor=_grey(), labelFontSize=13, offset=_ROOM if waves else 18
        ),
        width="stretch",
        alt=described,
    )


def values_by_quarter(series: IndicatorSeries) -> pd.DataFrame:
    """Rows are quarters, columns areas; a gap holds nothing."""
    return pd.DataFrame(
        {
            area: [series.values.get((area, quarter)) for quarter in series.quarters]
            for area in series.areas
        },
        index=pd.Index(series.quarters, name="Quarter"),
        dtype="float64",
    )


def _lines(series: IndicatorSeries) -> Any:
    rows = [
        {
            "quarter": quarter,
            "area": area,
            "value": series.values.get((area, quarter)),
            "said": value_in_words(series.values[area, quarter], series.unit)
            if (area, quarter) in series.values
            else "no value given",
        }
        for area in series.areas
        for quarter in series.quarters
    ]
    inks = [c.ink_dark if notices.is_dark() else c.ink_light for c in PALETTE]
    areas = list(series.areas)
    encoding = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            "quarter:N",
            sort=list(series.quarters),
            scale=alt.Scale(domain=list(series.quarters)),
            axis=alt.Axis(
                title=None, labelAngle=-40, labelOverlap=True, values=_labelled(series)
            ),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(zero=True),
            axis=alt.Axis(title=_axis_title(series.unit), tickCount=5),
        ),
        color=alt.Color(
            "area:N",
            sort=areas,
            scale=alt.Scale(
                domain=areas, range=[inks[i % len(inks)] for i in range(len(areas))]
            ),
            legend=_legend(),
        ),
        shape=alt.Shape(
            "area:N",
            sort=areas,
            scale=alt.Scale(
                domain=areas,
                range=[_SHAPES[i % len(_SHAPES)] for i in range(len(areas))],
            ),
            legend=_legend(),
        ),
        tooltip=[
            alt.Tooltip("area:N", title="Area"),
            alt.Tooltip("quarter:N", title="Quarter"),
            alt.Tooltip("said:N", title="Value"),
        ],
    )
    # Without this setting a quarter that has no value would be bridged by the line.
    lines = encoding.mark_line(strokeWidth=2, invalid="break-paths-show-domains")
    return lines + encoding.mark_point(filled=True, size=55, invalid="filter")


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="top",
        columns=3,
        labelLimit=260,
        symbolSize=90,
        direction="horizontal",
    )


def _labelled(series: IndicatorSeries) -> list[str]:
    step = max(1, -(-len(series.quarters) // _LABELS))
    return list(series.quarters[::step])


def _axis_title(unit: str) -> str:
    if is_percent(unit):
        return "Per cent"
    return "Number" if is_count(unit) else unit


def _practice_mark(quarter: str) -> Any:
    ink = _grey()
    mark = alt.Chart(pd.DataFrame({"quarter": [quarter], "words": ["practice began"]}))
    rule = mark.mark_rule(strokeDash=[4, 3], color=ink).encode(x="quarter:N")
    words = mark.mark_text(align="left", dx=5, dy=4, color=ink, fontSize=12).encode(
        x="quarter:N", y=alt.value(0), text="words:N"
    )
    return rule + words


def _wave_mark(wave: str, quarters: Sequence[str]) -> Any:
    """A bar above the chart over a wave's quarters, with its name."""
    ink = _grey()
    rows = [{"quarter": quarter, "words": wave} for quarter in quarters]
    bar = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(
            strokeWidth=6,
            color=ink,
            opacity=0.55,
            point={"size": 60, "color": ink, "filled": True},
        )
        .encode(x="quarter:N", y=alt.value(_ABOVE))
    )
    words = (
        alt.Chart(pd.DataFrame(rows[:1]))
        .mark_text(align="left", dx=-4, dy=-11, color=ink, fontSize=12)
        .encode(x="quarter:N", y=alt.value(_ABOVE), text="words:N")
    )
    return bar + words


def _grey() -> str:
    return "#A9B2B9" if notices.is_dark() else "#55606A"
