"""Quarterly indicators: published counts and rates by area, as they were reported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One reported value: indicator, quarter ("2014/15 Q2"), area, value, unit.

    ``value`` is nothing where the source gives none; a gap is never zero. ``source``
    names the publication and table, or is empty.
    """

    indicator: str
    quarter: str
    area: str
    value: float | None
    unit: str
    source: str = ""
