"""Two cases on one axis of months since referral, one band each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from matching.cases import Era
from workbench.actions.cases.timelines import CaseTimeline, ItemKind, TimelineItem
from workbench.case_words import DAYS_IN_A_MONTH, date_in_words

BAND_HEIGHT = 190
_WIDTH = 900
"""About how wide the chart is drawn, to keep labels from running into each other."""
_CHARACTER = 6.4
_INKS = {
    (Era.CONTEMPORARY, False): "#0B5D66",
    (Era.HISTORIC, False): "#8A5300",
    (Era.CONTEMPORARY, True): "#7CCBD1",
    (Era.HISTORIC, True): "#F0C070",
}
_PLAIN_INKS = {False: "#3A434B", True: "#C9CED3"}
"""Where the era is masked neither colour nor shape may tell it."""
_LABEL_LINES = (0.15, 0.24, 0.33)
_BAR_LINES = (-0.13, -0.26, -0.39)
_NAME_LINE = 0.47


def timeline_chart(timelines: Sequence[CaseTimeline], *, dark: bool) -> alt.LayerChart:
    """The chart: ticks, bars, labelled points and hatched silences in each band."""
    ink = "#E7E5E0" if dark else "#1F2428"
    quiet = "#76828C" if dark else "#7D8790"
    end = max(one.last_day for one in timelines) / DAYS_IN_A_MONTH
    start = min([0, *(item.day for one in timelines for item in one.items)])
    domain = (start / DAYS_IN_A_MONTH, end * 1.03 + 0.1)
    x = alt.X(
        "month:Q",
        title="Months since referral",
        scale=alt.Scale(domain=list(domain), nice=False),
        axis=alt.Axis(tickMinStep=1, grid=True, gridOpacity=0.4),
    )
    top = len(timelines) - 0.5
    layers: list[Any] = []
    for place, one in enumerate(timelines):
        centre = len(timelines) - 1 - place
        layers += _band(one, centre, domain, x, top, dark=dark, quiet=quiet, ink=ink)
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(height=BAND_HEIGHT * len(timelines))
        .configure_view(strokeOpacity=0)
    )
    return chart


def timeline_table(timelines: Sequence[CaseTimeline]) -> pd.DataFrame:
    """Everything on the timelines as a table, in order of days since referral."""
    hidden = ["Era", "Date"] if any(one.is_masked for one in timelines) else []
    rows = [
        {
            "Case": one.reference,
            "Era": one.era.value,
            "Days since referral": item.day,
            "Date": date_in_words(item.date),
            "What": item.event,
            "Until": _until(item),
            "Detail": item.detail,
        }
        for one in timelines
        for item in one.items
    ]
    rows += [
        {
            "Case": one.reference,
            "Era": one.era.value,
            "Days since referral": begin,
            "Date": "",
            "What": "No record",
            "Until": f"day {finish}",
            "Detail": "",
        }
        for one in timelines
        for begin, finish in one.silences
    ]
    table = pd.DataFrame(rows).drop(columns=hidden)
    return table.sort_values(
        ["Days since referral", "Case"], kind="stable", ignore_index=True
    )


def timeline_in_words(timelines: Sequence[CaseTimeline]) -> str:
    """A sentence on both timelines, for those who do not see the chart."""
    return " ".join(
        f"{_case(one)}: {len(one.items)} entries, "
        + (
            f"closed {one.closed_day} days after referral."
            if one.closed_day is not None
            else "no closure recorded."
        )
        for one in timelines
    )


def _band(
    one: CaseTimeline,
    centre: int,
    domain: tuple[float, float],
    x: alt.X,
    top: float,
    *,
    dark: bool,
    quiet: str,
    ink: str,
) -> Iterable[Any]:
    colour = _PLAIN_INKS[dark] if one.is_masked else _INKS[one.era, dark]
    is_round = one.is_masked or one.era is Era.CONTEMPORARY
    shape = "circle" if is_round else "diamond"
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.5, top], nice=False))
    tooltip = ["what:N", "when:N", "detail:N"]
    closed = (one.closed_day or 0) / DAYS_IN_A_MONTH
    length = closed if one.closed_day is not None else domain[1]
    yield (
        _chart([{"month": 0.0, "to": length, "y": centre}])
        .mark_rule(color=quiet, strokeWidth=1)
        .encode(x=x, x2="to", y=y)
    )
    yield (
        _chart([{"month": domain[0], "y": centre + _NAME_LINE, "what": one.name}])
        .mark_text(
            align="left", fontSize=13, fontWeight="bold", color=colour, baseline="top"
        )
        .encode(x=x, y=y, text="what:N")
    )
    yield from _silence(one, centre, x, y, quiet)
    bars = _rows(one.items, ItemKind.BAR, centre)
    if bars:
        yield (
            _chart(bars)
            .mark_bar(color=colour, opacity=0.7, height=7, cornerRadius=2)
            .encode(x=x, x2="to", y=y, tooltip=tooltip)
        )
        yield (
            _chart(bars)
            .mark_text(align="left", dy=11, fontSize=11, color=ink, baseline="middle")
            .encode(x=x, y=y, text="what:N", tooltip=tooltip)
        )
    ticks = _rows(one.items, ItemKind.TICK, centre)
    if ticks:
        yield (
            _chart(ticks)
            .mark_tick(color=colour, thickness=2, size=16, orient="vertical")
            .encode(x=x, y=y, tooltip=tooltip)
        )
    points = _rows(one.items, ItemKind.POINT, centre)
    if points:
        yield (
            _chart(points)
            .mark_point(shape=shape, filled=True, size=110, color=colour, opacity=1)
            .encode(x=x, y=y, tooltip=tooltip)
        )
    labels = _labels(one, centre, domain)
    if labels:
        yield (
            _chart(labels)
            .mark_rule(color=quiet, strokeWidth=0.7)
            .encode(x=x, y=y, y2="foot")
        )
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (
        ("left", 3),
        ("right", -3),
    )
    for side, shift in sides:
        of_side = [label for label in labels if label["side"] == side]
        if of_side:
            yield (
                _chart(of_side)
                .mark_text(
                    align=side, dx=shift, fontSize=12, color=ink, baseline="middle"
                )
                .encode(x=x, y=y, text="what:N", tooltip=tooltip)
            )


def _silence(
    one: CaseTimeline, centre: int, x: alt.X, y: alt.Y, quiet: str
) -> Iterable[Any]:
    """Hatching drawn as strokes, since charts know no patterns, and the words."""
    strokes = []
    words = []
    for begin, finish in one.silences:
        left, right = begin / DAYS_IN_A_MONTH, finish / DAYS_IN_A_MONTH
        step = 0.18
        for n in range(int((right - left) / step)):
            at = left + n * step
            strokes.append(
                {
                    "month": at,
                    "to": at + step,
                    "y": centre - 0.09,
                    "head": centre + 0.09,
                }
            )
        words.append(
            {"month": (left + right) / 2, "y": centre - 0.13, "what": "no record"}
        )
    if strokes:
        yield (
            _chart(strokes)
            .mark_rule(color=quiet, strokeWidth=1)
            .encode(x=x, x2="to", y=y, y2="head")
        )
        yield (
            _chart(words)
            .mark_text(fontSize=11, fontStyle="italic", color=quiet, baseline="top")
            .encode(x=x, y=y, text="what:N")
        )


def _rows(
    items: Sequence[TimelineItem], kind: ItemKind, centre: int
) -> list[dict[str, Any]]:
    chosen = [item for item in items if item.kind is kind]
    names = list(dict.fromkeys(item.event for item in chosen))
    return [
        {
            "month": item.day / DAYS_IN_A_MONTH,
            "to": max(item.end_day, item.day + 1) / DAYS_IN_A_MONTH,
            "y": centre
            + (
                _BAR_LINES[names.index(item.event) % len(_BAR_LINES)]
                if kind is ItemKind.BAR
                else 0
            ),
            "what": item.event,
            "when": _when(item)
            + (f", until {_until(item)}" if kind is ItemKind.BAR else ""),
            "detail": item.detail,
        }
        for item in chosen
    ]


def _labels(
    one: CaseTimeline, centre: int, domain: Sequence[float]
) -> list[dict[str, Any]]:
    """The labels on three lines; one that finds no room is read in the table."""
    per_pixel = (domain[1] - domain[0]) / _WIDTH
    taken: list[list[tuple[float, float]]] = [[] for _ in _LABEL_LINES]
    rows = []
    for place in one.labelled:
        item = one.items[place]
        month = item.day / DAYS_IN_A_MONTH
        width = (len(item.event) * _CHARACTER + 10) * per_pixel
        # Near the right edge the words stand to the left of their point.
        side = "left" if month + width <= domain[1] else "right"
        span = (month, month + width) if side == "left" else (month - width, month)
        for line, spans in enumerate(taken):
            if all(span[1] <= left or span[0] >= right for left, right in spans):
                spans.append(span)
                rows.append(
                    {
                        "month": month,
                        "y": centre + _LABEL_LINES[line],
                        "foot": centre + 0.04,
                        "what": item.event,
                        "side": side,
                        "when": _when(item),
                        "detail": item.detail,
                    }
                )
                break
    return rows


def _until(item: TimelineItem) -> str:
    if item.kind is not ItemKind.BAR:
        return ""
    if item.is_open:
        return "no end recorded"
    return date_in_words(item.end_date) if item.end_date else f"day {item.end_day}"


def _when(item: TimelineItem) -> str:
    """The date and the day; the day alone where the date is masked."""
    return ", ".join(filter(None, (date_in_words(item.date), f"day {item.day}")))


def _case(one: CaseTimeline) -> str:
    return (
        one.reference
        if one.is_masked
        else f"{one.era.value.capitalize()} case {one.reference}"
    )


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
