"""How many partners each case may still be given, accepted pairs being fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.comparing.covariates import IntArray, ReadPool
from matching.problems import MatchingProblem, MatchingRefused

Chosen = list[tuple[int, int]]
"""Pairs by places, contemporary first."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Partners wanted by each contemporary case, uses left of each historic case.

    ``locked`` are accepted pairs by places: they stay, and are never chosen again.
    """

    wanted: IntArray
    uses_left: IntArray
    locked: Chosen


def room_of(read: ReadPool, locked: Mapping[str, str]) -> Room:
    """The room the plan gives, less what the accepted pairs already take.

    Raises MatchingRefused for an accepted pair whose cases are not both there.
    """
    rows = {case_id: place for place, case_id in enumerate(read.contemporary_ids)}
    columns = {case_id: place for place, case_id in enumerate(read.historic_ids)}
    gone = [
        MatchingProblem(
            "an accepted pair names a case that is not among the cases",
            f"Pair {one} with {other}",
            "Import the case again, or withdraw the judgement.",
        )
        for one, other in sorted(locked.items())
        if one not in rows or other not in columns
    ]
    if gone:
        raise MatchingRefused(gone)
    pairs = [(rows[one], columns[other]) for one, other in sorted(locked.items())]
    plan = read.plan
    # Without a limit a case is still used at most once by each contemporary case.
    uses = plan.max_reuse or len(rows)
    wanted = np.full(len(rows), plan.ratio, dtype=np.int64)
    uses_left = np.full(len(columns), uses, dtype=np.int64)
    for row, column in pairs:
        wanted[row] -= 1
        uses_left[column] = max(uses_left[column] - 1, 0)
    return Room(wanted, uses_left, pairs)
