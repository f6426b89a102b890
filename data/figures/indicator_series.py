"""Reading an indicator over its quarters: order, gaps, first and last, small numbers.

A quarter is written as in the financial year of English councils: "2014/15 Q2" is July
to September 2014. Nothing is smoothed, joined over a gap or extended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.figures.indicators import IndicatorValue

SMALL_NUMBER = 10
"""Counts below this are called small: one or two children more or less show."""

_PERCENT = {"percent", "per cent", "percentage", "%"}
_COUNT = {"", "count", "counts", "number"}
_QUARTER = re.compile(r"(\d{4})/(\d{2}) Q([1-4])")


@dataclass(frozen=True, slots=True)
class IndicatorSeries:
    """One indicator: its quarters without holes, its areas, and a value or a gap each.

    ``values`` holds a number for every area and quarter that has one; what is not in it
    is a gap. ``sources`` are those the values name, in their order.
    """

    indicator: str
    unit: str
    quarters: tuple[str, ...]
    areas: tuple[str, ...]
    values: Mapping[tuple[str, str], float]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaReading:
    """What one area's values say: first and last, lowest and highest, what is missing.

    First and last are the first and last quarter with a value. ``small`` counts the
    quarters whose count lies below ten; only counts are called small.
    """

    area: str
    first_quarter: str
    first: float
    last_quarter: str
    last: float
    lowest: float
    highest: float
    gaps: int
    small: int
    quarters: int


def quarter_of(day: date) -> str:
    """The quarter of the financial year a day lies in.

    >>> quarter_of(date(2014, 7, 1)), quarter_of(date(2015, 3, 31))
    ('2014/15 Q2', '2014/15 Q4')
    """
    year = day.year if day.month >= 4 else day.year - 1
    return f"{year}/{(year + 1) % 100:02d} Q{(day.month - 4) % 12 // 3 + 1}"


def quarters_in_order(quarters: Iterable[str]) -> list[str]:
    """The quarters in time order with those missing in between put in.

    What is not written as a quarter comes last, in alphabetical order.

    >>> quarters_in_order(["2014/15 Q1", "2013/14 Q3"])
    ['2013/14 Q3', '2013/14 Q4', '2014/15 Q1']
    """
    given = set(quarters)
    numbered = sorted(n for n in map(_quarter_number, given) if n is not None)
    others = sorted(q for q in given if _quarter_number(q) is None)
    if not numbered:
        return others
    return [_quarter_named(n) for n in range(numbered[0], numbered[-1] + 1)] + others


def indicator_names(values: Iterable[IndicatorValue]) -> list[str]:
    """The indicators in the order they first appear."""
    return list(dict.fromkeys(one.indicator for one in values))


def indicator_series(
    values: Sequence[IndicatorValue], indicator: str, areas: Sequence[str] = ()
) -> IndicatorSeries:
    """One indicator over its quarters, for all areas or those named.

    Areas keep the order of the file. Several units are named side by side.
    """
    wanted = [one for one in values if one.indicator == indicator]
    of_areas = [one for one in wanted if not areas or one.area in areas]
    return IndicatorSeries(
        indicator,
        " or ".join(dict.fromkeys(one.unit for one in wanted if one.unit)),
        tuple(quarters_in_order(one.quarter for one in wanted)),
        tuple(dict.fromkeys(one.area for one in of_areas)),
        {
            (one.area, one.quarter): one.value
            for one in of_areas
            if one.value is not None
        },
        tuple(dict.fromkeys(one.source for one in wanted if one.source)),
    )


def read_area(series: IndicatorSeries, area: str) -> AreaReading | None:
    """What an area's values say, or nothing where it has none at all."""
    given = [
        (quarter, series.values[area, quarter])
        for quarter in series.quarters
        if (area, quarter) in series.values
    ]
    if not given:
        return None
    numbers = [value for _, value in given]
    return AreaReading(
        area,
        given[0][0],
        given[0][1],
        given[-1][0],
        given[-1][1],
        min(numbers),
        max(numbers),
        len(series.quarters) - len(given),
        sum(1 for value in numbers if is_count(series.unit) and value < SMALL_NUMBER),
        len(given),
    )


def is_percent(unit: str) -> bool:
    """Whether a unit as a file writes it means per cent.

    >>> is_percent("Per cent"), is_percent("count")
    (True, False)
    """
    return unit.strip().casefold() in _PERCENT


def is_count(unit: str) -> bool:
    """Whether a unit as a file writes it means a plain count; no unit counts as one.

    >>> is_count("Number"), is_count(""), is_count("rate per 10,000")
    (True, True, False)
    """
    return unit.strip().casefold() in _COUNT


def value_in_words(value: float, unit: str) -> str:
    """The value as people write it, with its unit where that is not a plain count.

    >>> value_in_words(19.0, "count"), value_in_words(12.5, "percent")
    ('19', '12.5%')
    >>> value_in_words(1204.0, "count"), value_in_words(3.0, "days")
    ('1,204', '3 days')
    """
    number = f"{value:,.2f}".rstrip("0").rstrip(".")
    if is_percent(unit):
        return f"{number}%"
    return number if is_count(unit) else f"{number} {unit}"


def _quarter_number(quarter: str) -> int | None:
    written = _QUARTER.fullmatch(quarter)
    return int(written[1]) * 4 + int(written[3]) - 1 if written else None


def _quarter_named(number: int) -> str:
    year, quarter = divmod(number, 4)
    return f"{year}/{(year + 1) % 100:02d} Q{quarter + 1}"
