"""Dates as councils write them, read into ISO text or not at all.

Read are YYYY-MM-DD and day first with strokes, hyphens or points, each with or without
a time of day. A date is never guessed: not from two digits of a year, not from a month
that comes first, not from the day number of a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.ASCII)
_ISO_STROKES = re.compile(rf"(\d{{4}})/(\d{{1,2}})/(\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", re.ASCII)
_DAY_NUMBER = re.compile(r"\d{4,6}(?:\.\d+)?", re.ASCII)
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as ISO text, or in words why the cell gives none ('' each if empty).

    ``month_could_be_first`` is true where day and month could be exchanged.
    """

    iso: str = ""
    problem: str = ""
    month_could_be_first: bool = False


def read_date(cell: str) -> ReadDate:
    """The date a cell holds, days before months.

    >>> read_date("05/03/2024").iso, read_date("2024-03-05").iso
    ('2024-03-05', '2024-03-05')
    >>> read_date("31/02/2024").problem
    'date 31/02/2024 does not exist'
    """
    text = cell.strip()
    if not text:
        return ReadDate()
    if found := _ISO.fullmatch(text) or _ISO_STROKES.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return _checked(text, year, month, day)
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(found[group]) for group in (1, 3, 4))
        swaps = day <= 12 and month <= 12 and day != month
        return _checked(text, year, month, day, month_could_be_first=swaps)
    if _SHORT_YEAR.fullmatch(text):
        return ReadDate(problem=f"date {text} has a year of two digits")
    if _DAY_NUMBER.fullmatch(text):
        return ReadDate(problem=f"{text} is a number, perhaps a spreadsheet's own")
    # What else stands there may be anything anyone typed, so it is not quoted.
    return ReadDate(problem="the cell holds something that is not a date")


def is_month_first(cell: str) -> bool:
    """Whether the cell is a date only when the month is read first.

    >>> is_month_first("03/14/2024"), is_month_first("14/03/2024")
    (True, False)
    """
    found = _DAY_FIRST.fullmatch(cell.strip())
    return bool(found) and int(found[1]) <= 12 < int(found[3]) <= 31  # type: ignore[index]


def any_month_first(cells: Iterable[str]) -> bool:
    """Whether any cell of a column shows that its months come first."""
    return any(is_month_first(cell) for cell in cells)


def _checked(
    text: str, year: int, month: int, day: int, *, month_could_be_first: bool = False
) -> ReadDate:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return ReadDate(problem=f"date {text} does not exist")
    if year < EARLIEST_YEAR:
        return ReadDate(problem=f"date {text} lies before {EARLIEST_YEAR}")
    return ReadDate(iso, month_could_be_first=month_could_be_first)
