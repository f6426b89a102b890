"""Counts and days as people write them."""

from __future__ import annotations

from datetime import date


def counted(number: int, thing: str) -> str:
    """The number with the thing in singular or plural.

    >>> counted(1, "passage"), counted(1200, "source")
    ('1 passage', '1,200 sources')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def day_in_words(iso: str) -> str:
    """The day of an ISO date as people write it.

    >>> day_in_words("2025-05-03")
    '3 May 2025'
    """
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
