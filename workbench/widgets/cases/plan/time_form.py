"""How a plan keeps cases in time, as part of its form, with the days this means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from matching.case_records import CaseField
from matching.plan import MatchPlan, Window
from workbench.case_words import DAYS_IN_A_MONTH
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.plan.time_words import WITHOUT_WINDOW, time_in_words
from workbench.widgets.untrusted import as_html


def edit_window(
    base: MatchPlan,
    known: Sequence[CaseField],
    titles: Mapping[str, str],
    key: str,
    *,
    disabled: bool,
) -> Window | None:
    """The window as the form now stands; nothing where time is left out."""
    dates = [f.name for f in known if "date" in f.name and f.name != "date_of_birth"]
    if base.window:
        # Also one that a plan uses and the cases do not have.
        dates = list(dict.fromkeys([*dates, base.window.date]))
    if not dates:
        draw_quietly("No date is known at referral, so cases cannot be kept in time.")
        return None
    wanted = st.toggle(
        "Only historic cases from a span of time before",
        value=base.window is not None,
        key=f"window {key}",
        disabled=disabled,
        help="Keeps historic cases before contemporary ones, and near enough to them.",
    )
    if not wanted:
        draw_quietly(WITHOUT_WINDOW)
        return None
    now = base.window or Window(dates[0], 1, 548)
    left, middle, right = st.columns([1.6, 1, 1])
    name = left.selectbox(
        "By",
        dates,
        index=dates.index(now.date),
        format_func=lambda one: titles.get(one, one),
        key=f"window date {key}",
        disabled=disabled,
        help="The date that says which of two cases came first: nearly always the day "
        "of referral.",
    )
    least = middle.number_input(
        "Earlier by at least (days)",
        0,
        # A plan of a file may reach further than a form would offer.
        max(36500, now.min_days),
        now.min_days,
        key=f"min days {key}",
        disabled=disabled,
        help="So many days lie between the two cases at the least. 1 keeps out two "
        "cases of one day, 0 admits them.",
    )
    months = right.number_input(
        "and at most (months)",
        0.0,
        max(1200.0, _months(now.max_days)),
        _months(now.max_days),
        step=1.0,
        format="%g",
        key=f"max months {key}",
        disabled=disabled,
        help="How far back a historic case may lie. Further back brings more "
        "candidates, from a time in which more was different.",
    )
    # Months that were not touched keep the days they came from.
    most = now.max_days if months == _months(now.max_days) else _days(months)
    start, follow_up = _edit_practice(now, key, disabled=disabled)
    window = Window(name, int(least), most, start, follow_up)
    points = "".join(
        f"<li><b>{as_html(heading)}</b>: {as_html(words)}</li>"
        for heading, words in time_in_words(window)
    )
    draw_cases(f'<div class="wb-card quiet"><ul>{points}</ul></div>')
    return window


def _edit_practice(now: Window, key: str, *, disabled: bool) -> tuple[str, int | None]:
    left, right = st.columns(2)
    began = date.fromisoformat(now.practice_start) if now.practice_start else None
    start = left.date_input(
        "New practice began on",
        value=began,
        min_value=min(date(1990, 1, 1), began or date.max),
        max_value=max(date(2100, 1, 1), began or date.min),
        format="DD/MM/YYYY",
        key=f"practice start {key}",
        disabled=disabled,
        help="Historic cases lie before this day, contemporary ones on or after it.",
    )
    follow_up = right.number_input(
        "Days of follow-up before it",
        0,
        max(3650, now.follow_up_days or 0),
        now.follow_up_days,
        key=f"follow up {key}",
        disabled=disabled or start is None,
        help="So many days of the historic case pass before the new practice begins; "
        "leave empty to ask for none.",
    )
    if not isinstance(start, date):
        return "", None
    return start.isoformat(), None if follow_up is None else int(follow_up)


def _months(days: int) -> float:
    months = days / DAYS_IN_A_MONTH
    # 548 days are 18 months as people count them.
    return (
        float(round(months)) if abs(months - round(months)) < 0.05 else round(months, 1)
    )


def _days(months: float) -> int:
    return round(months * DAYS_IN_A_MONTH + 0.1)
