"""How far an indicator moves from one quarter to the next, before anything is read in.

No line is fitted and nothing is extended: a change is set beside the changes that the
same area shows anyway (the ordinary run of a series; Shewhart 1931 called it its
routine variation).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from data.figures.indicator_series import IndicatorSeries, quarters_in_order

FEWEST_CHANGES = 4
"""Of fewer changes nobody can say how an area ordinarily moves."""
VOLATILE, STEADY = 0.25, 0.1
"""An ordinary change of a quarter of the middle value is called volatile, one of under
a tenth steady; the borders are this workbench's own."""


@dataclass(frozen=True, slots=True)
class Movement:
    """How one area moves: its changes between neighbouring quarters, their size.

    ``ordinary`` is the median size of a change and ``middle`` the median value, both
    in the indicator's unit; ``largest`` is the largest change, with its sign, from
    ``largest_from`` to ``largest_to``. Where a quarter has no value, no change is
    counted over the gap.
    """

    area: str
    changes: int
    ordinary: float
    middle: float
    largest: float
    largest_from: str
    largest_to: str

    @property
    def share(self) -> float | None:
        """The ordinary change relative to the middle value, nothing where that is 0."""
        return self.ordinary / abs(self.middle) if self.middle else None

    @property
    def is_volatile(self) -> bool:
        """Whether an ordinary change alone is large beside the middle value."""
        return self.ordinary > 0 if self.share is None else self.share >= VOLATILE

    @property
    def is_steady(self) -> bool:
        """Whether an ordinary change is small beside the middle value."""
        return self.ordinary == 0 if self.share is None else self.share < STEADY


def movement_of(series: IndicatorSeries, area: str) -> Movement | None:
    """How an area moves, or nothing where too few neighbouring quarters have values.

    Of several largest changes the earliest is told.

    >>> values = [19, 6, 15, 6, 8]
    >>> quarters = tuple(f"2013/14 Q{n}" for n in (1, 2, 3, 4)) + ("2014/15 Q1",)
    >>> given = {("North", q): float(v) for q, v in zip(quarters, values)}
    >>> one = movement_of(IndicatorSeries("Left", "count", quarters, ("North",), given),
    ...                   "North")
    >>> one.ordinary, one.middle, one.largest, one.largest_from
    (9.0, 8.0, -13.0, '2013/14 Q1')

    The changes are 13 down, 9 up, 9 down and 2 up; the middle size is 9.
    """
    steps = []
    quarters = quarters_in_order(series.quarters)
    for before, after in zip(quarters, quarters[1:], strict=False):
        if (area, before) in series.values and (area, after) in series.values:
            change = series.values[area, after] - series.values[area, before]
            steps.append((change, before, after))
    if len(steps) < FEWEST_CHANGES:
        return None
    values = [series.values[area, q] for q in quarters if (area, q) in series.values]
    largest = max(steps, key=lambda step: abs(step[0]))
    return Movement(
        area,
        len(steps),
        float(median(abs(change) for change, _, _ in steps)),
        float(median(values)),
        *largest,
    )
