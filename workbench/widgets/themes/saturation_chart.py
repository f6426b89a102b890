"""Codes met by order of interviews as a chart: steps for all, marks for new ones."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from workbench import notices
from workbench.actions.themes.saturation_reading import SaturationRead, day_of
from workbench.wording import counted

_HEIGHT = 260


def saturation_chart(read: SaturationRead) -> Any:
    """A step line of the codes met so far; a bar under it for those new in each."""
    rows = pd.DataFrame(
        [
            {
                "order": number,
                "interview": one.source.name,
                "day": day_of(one),
                "so far": one.so_far,
                "new": len(one.new),
            }
            for number, one in enumerate(read.interviews, start=1)
        ]
    )
    ink, bar, grey = (
        ("#7CCBD1", "#F0C070", "#A9B2B9")
        if notices.is_dark()
        else ("#0B5D66", "#8A5300", "#55606A")
    )
    shared = alt.Chart(rows, height=_HEIGHT).encode(
        x=alt.X(
            "order:Q",
            title="Interviews in order",
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        tooltip=[
            alt.Tooltip("order:Q", title="Order"),
            alt.Tooltip("interview:N", title="Interview"),
            alt.Tooltip("day:N", title="Held on"),
            alt.Tooltip("new:Q", title="New codes"),
            alt.Tooltip("so far:Q", title="So far"),
        ],
    )
    codes = alt.Y("so far:Q", title="Codes: so far (line), new (bars)")
    steps = shared.mark_line(interpolate="step-after", color=ink, strokeWidth=2)
    news = shared.mark_bar(color=bar, width={"band": 0.6}, size=6)
    drawn = news.encode(y=alt.Y("new:Q")) + steps.encode(y=codes)
    if read.result.reached is None:
        return drawn
    mark = alt.Chart(
        pd.DataFrame({"order": [read.result.reached], "words": ["threshold reached"]})
    )
    rule = mark.mark_rule(strokeDash=[4, 3], color=grey).encode(x="order:Q")
    words = mark.mark_text(align="left", dx=5, color=grey, fontSize=12).encode(
        x="order:Q", y=alt.value(10), text="words:N"
    )
    return drawn + rule + words


def chart_in_words(read: SaturationRead) -> str:
    """What the chart shows, for who cannot see it."""
    if not read.interviews:
        return "No interview is coded."
    last = read.interviews[-1]
    bringing = [
        number for number, one in enumerate(read.interviews, start=1) if one.new
    ]
    newest = f"; the last new one in interview {bringing[-1]}" if bringing else ""
    return (
        f"{counted(last.so_far, 'code')} met in "
        f"{counted(len(read.interviews), 'interview')}{newest}. "
        "The table below holds every step."
    )
