"""Both halves of a case on one axis of days around the split, a row for each kind."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from matching.within_case import Half, WithinCasePair
from workbench.case_words import date_in_words

_ROW = 30
# The page fits heads, axis and title into the height it is given.
_AROUND = 110
_NOTE = "Notes"
_SIDES = ("Before", "After")
_INKS = {False: ("#8A5300", "#0B5D66"), True: ("#F0C070", "#7CCBD1")}


def halves_chart(pair: WithinCasePair, *, dark: bool) -> alt.LayerChart:
    """The chart: diamonds before the split, circles from it on; notes in a last row."""
    quiet = "#76828C" if dark else "#7D8790"
    ink = "#E7E5E0" if dark else "#1F2428"
    marks = _marks(pair)
    kinds = list(dict.fromkeys(mark["what"] for mark in marks if not mark["is_note"]))
    if any(mark["is_note"] for mark in marks):
        kinds.append(_NOTE)
    days = pair.days_each_side
    x = alt.X(
        "day:Q",
        title="Days from the split",
        scale=alt.Scale(domain=[-days - 1, days], nice=False),
        axis=alt.Axis(
            grid=True,
            gridOpacity=0.3,
            tickCount=9,
            labelExpr="datum.value == 0 ? 'split' : format(datum.value, '+d')",
            labelColor=ink,
            titleColor=ink,
        ),
    )
    y = alt.Y(
        "row:N",
        title=None,
        sort=kinds,
        axis=alt.Axis(
            labelLimit=190, labelFontSize=13, labelColor=ink, ticks=False, domain=False
        ),
    )
    points = (
        _chart(marks)
        .mark_point(filled=True, size=95, opacity=0.85)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=_SIDES, range=_INKS[dark]),
                legend=None,
            ),
            shape=alt.Shape(
                "side:N",
                scale=alt.Scale(domain=_SIDES, range=["diamond", "circle"]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("detail:N", title="Detail"),
            ],
        )
    )
    split = _chart([{"day": -0.5}]).mark_rule(color=quiet, strokeWidth=2).encode(x=x)
    heads = [_head(side, x, ink) for side in _SIDES]
    chart: alt.LayerChart = (
        alt.layer(split, points, *heads)
        .properties(
            height=_ROW * max(len(kinds), 1) + _AROUND, padding={"top": 24, "left": 4}
        )
        .configure_view(strokeOpacity=0)
    )
    return chart


def _head(side: str, x: alt.X, ink: str) -> alt.Chart:
    """The name of a half over its side of the split."""
    is_before = side == _SIDES[0]
    head: alt.Chart = (
        _chart([{"day": -0.5, "side": side}])
        .mark_text(
            align="right" if is_before else "left",
            dx=-8 if is_before else 8,
            dy=-11,
            fontSize=13,
            fontWeight="bold",
        )
        .encode(x=x, y=alt.value(0), text="side:N", color=alt.value(ink))
    )
    return head


def halves_table(pair: WithinCasePair) -> pd.DataFrame:
    """Everything in both halves as a table, in order of days from the split."""
    return pd.DataFrame(
        [
            {
                "Half": mark["side"],
                "Days from the split": mark["day"],
                "Date": mark["date"],
                "What": mark["what"],
                "Detail": mark["detail"],
            }
            for mark in sorted(_marks(pair), key=lambda mark: int(mark["day"]))
        ]
    )


def _marks(pair: WithinCasePair) -> list[dict[str, Any]]:
    sides = zip(_SIDES, (pair.before, pair.after), strict=True)
    return [mark for side, half in sides for mark in _marks_of(pair, side, half)]


def _marks_of(pair: WithinCasePair, side: str, half: Half) -> list[dict[str, Any]]:
    """The events of one half, then its notes; rows go by kind, letter case aside."""
    spelt = {_plain(count.event): count.event for count in reversed(pair.event_counts)}
    events = [
        _mark(pair, side, spelt[_plain(one.event)], one.date, one.detail)
        for one in half.events
    ]
    notes = [
        {**_mark(pair, side, _NOTE, one.date, one.text), "is_note": True}
        for one in half.notes
    ]
    return [*events, *notes]


def _mark(
    pair: WithinCasePair, side: str, what: str, day: str, detail: str
) -> dict[str, Any]:
    number = pair.day_of(day)
    return {
        "day": number,
        "row": what,
        "what": what,
        "side": side,
        "date": date_in_words(day),
        "when": f"{date_in_words(day)}, day {number:+d}",
        "detail": detail,
        "is_note": False,
    }


def _plain(event: str) -> str:
    return " ".join(event.casefold().split())


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
