"""What a plan's window means for which cases may be paired, with its dates and days."""

from __future__ import annotations

from datetime import date, timedelta

from matching.plan import Window
from workbench.case_words import date_in_words, days_in_words
from workbench.wording import counted

WITHOUT_WINDOW = (
    "Nothing keeps cases in time now: a historic case may have come after the "
    "contemporary one."
)


def time_in_words(window: Window) -> tuple[tuple[str, str], ...]:
    """One way in time, the start of the new practice and equal follow-up, in words.

    Each is a heading and what the window means for it.

    >>> from_2024 = Window("referral_date", 1, 548, "2024-04-01", 180)
    >>> [heading for heading, _ in time_in_words(from_2024)]
    ['One way in time', 'Start of the new practice', 'Equal follow-up']
    """
    return (
        ("One way in time", _one_way(window)),
        ("Start of the new practice", _practice(window)),
        ("Equal follow-up", _follow_up(window)),
    )


def _one_way(window: Window) -> str:
    if window.max_days < window.min_days:
        return "The historic case came first; the days given leave no room for any."
    never = "never after it" if window.min_days == 0 else "never on the same day"
    later = "" if window.min_days == 0 else " or after it"
    return (
        f"The historic case came first: {days_in_words(window.min_days)} to "
        f"{days_in_words(window.max_days)} ({window.min_days:,} to "
        f"{window.max_days:,} days, both ends included) before the contemporary one, "
        f"{never}{later}."
    )


def _practice(window: Window) -> str:
    if not window.practice_start:
        return (
            "No day is given, so nothing keeps historic cases before the new practice "
            "and contemporary ones in it."
        )
    start = date.fromisoformat(window.practice_start)
    said = (
        f"Every historic case came before {_day(start)}, every contemporary one on "
        "that day or after it."
    )
    asked = window.follow_up_days or 0
    last = start - timedelta(days=max(asked, 1))
    if asked:
        said += (
            f" {counted(asked, 'day')} of the historic case are over before the new "
            f"practice starts, so it came on {_day(last)} or earlier."
        )
    else:
        said += (
            " No days of follow-up are asked for, so what came later in a historic "
            "case may be the new practice's work."
        )
    return f"{said} {_latest(window, last)}"


def _latest(window: Window, last: date) -> str:
    """Up to when a contemporary case can have a partner, which the three give."""
    try:
        reached = last + timedelta(days=window.max_days)
    except OverflowError:
        return ""
    return (
        f"With at most {window.max_days:,} days between the two, a contemporary case "
        f"that came after {_day(reached)} can have no partner."
    )


def _follow_up(window: Window) -> str:
    said = (
        "When progress is compared, both files count for the same number of days from "
        "their first day on, as many as the shorter one has."
    )
    if window.practice_start and window.follow_up_days:
        return (
            f"{said} The first {counted(window.follow_up_days, 'day')} of a historic "
            "case lie in the former practice; days beyond may not."
        )
    return said


def _day(day: date) -> str:
    return date_in_words(day.isoformat())
