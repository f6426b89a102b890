"""How long coding took, told from when codings were made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

LONGEST_PAUSE = timedelta(minutes=10)
"""Longer without a coding is taken for a break, and not for work."""


def minutes_at_work(coded_at: Iterable[datetime]) -> float:
    """Minutes from coding to coding, breaks left out; 0 for fewer than two codings.

    Less than the whole work: what came before the first coding is not seen.

    >>> start = datetime(2025, 5, 3, 9, 0)
    >>> after = [0, 4, 6, 90, 92]
    >>> minutes_at_work(start + timedelta(minutes=one) for one in after)
    8.0
    """
    gaps = (after - before for before, after in pairwise(sorted(coded_at)))
    return sum(
        (gap.total_seconds() / 60 for gap in gaps if gap <= LONGEST_PAUSE), start=0.0
    )
