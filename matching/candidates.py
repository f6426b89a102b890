"""Ranked lists: for each contemporary case its closest eligible historic cases.

The tables of distances are walked through in tiles that fit a processor's memory, and
only short lists are kept, so the memory needed grows with the number of cases and not
with the number of possible pairs. Ties are in order of historic id (as text).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from matching.cases import CasePool
from matching.comparing.covariates import (
    BoolArray,
    FloatArray,
    IntArray,
    ReadPool,
    read_pool,
)
from matching.comparing.distance import UNMEASURED, Measure, measure_of
from matching.eligibility import Block, Rules, blocks_of, exact_counts, rules_of
from matching.plan import MatchPlan
from matching.plan_check import require_sound_plan
from matching.problems import MatchingProblem

Progress = Callable[[str, int, int], None]
"""Told the step in words, how much is done and of how much; may raise to cancel."""

SHORT_LIST = 50
"""Partners kept for each case while choosing; more are measured where they matter."""

_TILE_CELLS = 1 << 18
_NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPool:
    """A pool read by a plan, with its rules and distance ready to be asked.

    Worth keeping while a person looks at one case after another.
    """

    read: ReadPool
    measure: Measure
    rules: Rules
    blocks: tuple[Block, ...]
    warnings: tuple[MatchingProblem, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """For one contemporary case: how many historic cases are left after a rule."""

    rule: str
    words: str
    historic_left: int


@dataclass(frozen=True, slots=True, eq=False)
class RankedLists:
    """The closest eligible historic cases of each contemporary case, by places.

    ``partners`` has one row for each contemporary case, closest first, filled up with
    -1; ``distances`` likewise with infinity. ``eligible`` counts all of them, listed
    or not. ``left`` counts partners after each rule; ``historic_left`` says which
    historic cases any rule left; ``passed_by_gap`` how many pairs a rule let through
    for a gap. ``nearest`` is the closest case when only exactness is asked, -1 for
    nobody.
    """

    partners: IntArray
    distances: FloatArray
    eligible: IntArray
    left: IntArray
    historic_left: BoolArray
    passed_by_gap: IntArray
    nearest: IntArray
    nearest_distances: FloatArray

    def is_whole(self, contemporary: int) -> bool:
        """Whether the list names every eligible partner of this case."""
        return bool(self.eligible[contemporary] <= self.partners.shape[1])


def prepare_pool(
    pool: CasePool, plan: MatchPlan, *, rejected: Collection[tuple[str, str]] = ()
) -> PreparedPool:
    """The pool as the plan sees it; ``rejected`` pairs (by id) are not eligible.

    Raises MatchingRefused with everything to put right in the plan, or
    UnreadableCases with every cell that is not of its kind.
    """
    warnings = require_sound_plan(plan, pool)
    read = read_pool(pool, plan)
    measure = measure_of(read)
    rules = rules_of(read, measure, rejected)
    return PreparedPool(read, measure, rules, blocks_of(read), warnings)


def count_for_case(prepared: PreparedPool, contemporary_id: str) -> list[RuleCount]:
    """How many historic cases each rule in turn leaves for one contemporary case.

    The first count, before any rule, is of all historic cases. Raises KeyError for an
    id that is not among the contemporary cases.
    """
    row = np.array([_place_of(prepared, contemporary_id)])
    columns = np.arange(len(prepared.read.historic_ids))
    passes = np.ones(len(columns), dtype=np.bool_)
    counts = [RuleCount("all", "is a historic case", len(columns))]
    for rule in prepared.rules.all:
        passes &= rule.passes(row, columns)
        counts.append(RuleCount(rule.name, rule.words, int(passes.sum())))
    return counts


def eligible_for_case(prepared: PreparedPool, contemporary: int) -> IntArray:
    """The places of all historic cases eligible for the case at this place."""
    row = np.array([contemporary])
    columns = np.arange(len(prepared.read.historic_ids))
    for rule in prepared.rules.all:
        columns = columns[rule.passes(row, columns)]
    return columns


def rank_for_case(
    prepared: PreparedPool, contemporary: int, length: int | None = None
) -> tuple[IntArray, FloatArray]:
    """The closest eligible historic cases of one case and their distances."""
    columns = eligible_for_case(prepared, contemporary)
    distances = prepared.measure.distances(np.array([contemporary]), columns)
    order = np.lexsort((columns, distances))[:length]
    return columns[order], distances[order]


def rank_candidates(
    prepared: PreparedPool, progress: Progress | None = None
) -> RankedLists:
    """Each contemporary case's closest eligible historic cases, and what rules left.

    One more than the plan lists is kept at least, so that a tie at the end of the
    list is seen.
    """
    plan = prepared.read.plan
    length = max(plan.candidates + 1, plan.ratio, SHORT_LIST)
    survey = _Survey(prepared, min(length, max(len(prepared.read.historic_ids), 1)))
    done, total = 0, sum(len(block.contemporary) for block in prepared.blocks)
    for block in prepared.blocks:
        for rows in tiles(block.contemporary, len(block.historic)):
            survey.add_tile(rows, block.historic)
            done += len(rows)
            if progress is not None:
                progress("Comparing cases", done, total)
    return survey.lists


def _place_of(prepared: PreparedPool, contemporary_id: str) -> int:
    try:
        return prepared.read.contemporary_ids.index(contemporary_id)
    except ValueError:
        raise KeyError(contemporary_id) from None


def tiles(rows: IntArray, width: int) -> Iterator[IntArray]:
    """The rows in portions whose tables of so many columns fit a processor's memory."""
    height = max(1, _TILE_CELLS // max(width, 1))
    for start in range(0, len(rows), height):
        yield rows[start : start + height]


class _Survey:
    """Fills ranked lists tile by tile."""

    def __init__(self, prepared: PreparedPool, length: int) -> None:
        self._prepared = prepared
        read, rules = prepared.read, prepared.rules
        rows, columns = len(read.contemporary_ids), len(read.historic_ids)
        count = len(rules.all)
        self.lists = RankedLists(
            partners=np.full((rows, length), _NOBODY, dtype=np.int64),
            distances=np.full((rows, length), UNMEASURED),
            eligible=np.full(rows, 0 if rules.exact else columns, dtype=np.int64),
            left=np.zeros((count, rows), dtype=np.int64),
            historic_left=np.zeros((count, columns), dtype=np.bool_),
            passed_by_gap=np.zeros(count, dtype=np.int64),
            nearest=np.full(rows, _NOBODY, dtype=np.int64),
            nearest_distances=np.full(rows, UNMEASURED),
        )
        for step, (_, partners, has_partner) in enumerate(exact_counts(read)):
            self.lists.left[step] = partners
            self.lists.historic_left[step] = has_partner
            self.lists.eligible[:] = partners

    def add_tile(self, rows: IntArray, columns: IntArray) -> None:
        down, across = rows[:, None], columns[None, :]
        passes = np.ones((len(rows), len(columns)), dtype=np.bool_)
        rules = self._prepared.rules
        for step, rule in enumerate(rules.others, start=len(rules.exact)):
            passes &= rule.passes(down, across)
            self._count(step, rows, columns, passes)
            if rule.passes_by_gap is not None:
                by_gap = passes & rule.passes_by_gap(down, across)
                self.lists.passed_by_gap[step] += np.count_nonzero(by_gap)
        distances = self._prepared.measure.distances(down, across)
        self._keep_nearest(rows, columns, distances)
        widest = self._prepared.read.plan.caliper
        if widest is not None:
            passes &= distances <= widest
            self._count(len(rules.all) - 1, rows, columns, passes)
        distances[~passes] = UNMEASURED
        self._keep_closest(rows, columns, distances)

    def _count(
        self, step: int, rows: IntArray, columns: IntArray, passes: BoolArray
    ) -> None:
        self.lists.left[step, rows] = np.count_nonzero(passes, axis=1)
        self.lists.historic_left[step, columns] |= passes.any(axis=0)
        self.lists.eligible[rows] = self.lists.left[step, rows]

    def _keep_nearest(
        self, rows: IntArray, columns: IntArray, distances: FloatArray
    ) -> None:
        best = distances.argmin(axis=1)
        found = distances[np.arange(len(rows)), best]
        measured = found < UNMEASURED
        self.lists.nearest[rows[measured]] = columns[best[measured]]
        self.lists.nearest_distances[rows[measured]] = found[measured]

    def _keep_closest(
        self, rows: IntArray, columns: IntArray, distances: FloatArray
    ) -> None:
        length = self.lists.partners.shape[1]
        if distances.shape[1] > length:
            cut = np.partition(distances, length - 1, axis=1)[:, length - 1 : length]
            row, column = np.nonzero((distances <= cut) & (distances < UNMEASURED))
        else:
            row, column = np.nonzero(distances < UNMEASURED)
        found = distances[row, column]
        order = np.lexsort((column, found, row))
        row, column, found = row[order], column[order], found[order]
        place = np.arange(len(row)) - np.searchsorted(row, row)
        listed = place < length
        at = rows[row[listed]], place[listed]
        self.lists.partners[at] = columns[column[listed]]
        self.lists.distances[at] = found[listed]
