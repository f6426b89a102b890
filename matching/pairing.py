"""Choosing partners: from a pool and a plan to pairs, candidates and the unpaired."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.balance import BalanceRow, compare_balance
from matching.candidates import (
    PreparedPool,
    Progress,
    RankedLists,
    prepare_pool,
    rank_candidates,
)
from matching.cases import CasePool
from matching.choosing.nearest import choose_nearest
from matching.choosing.optimal import choose_optimal
from matching.choosing.room import room_of
from matching.comparing.distance import whole_records
from matching.comparing.explanation import (
    Candidate,
    CovariateComparison,
    NarrativeLikeness,
    Relation,
    UnpairedCase,
    explain_candidates,
    explain_unpaired,
)
from matching.eligibility import first_broken
from matching.plan import MatchPlan, Method
from matching.problems import MatchingProblem

__all__ = [
    "Candidate",
    "CovariateComparison",
    "IncompleteRecords",
    "Pair",
    "Pairing",
    "Relation",
    "StepCount",
    "UnpairedCase",
    "pair_cases",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A contemporary case and the historic case chosen for it.

    The distance is nan for an accepted pair that this plan cannot measure for gaps.
    """

    contemporary_id: str
    historic_id: str
    distance: float


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many possible pairs were left after one rule, in the order applied.

    ``passed_by_gap`` counts those that a caliper let through for a value not known.
    """

    rule: str
    pairs_left: int
    contemporary_left: int
    historic_left: int
    passed_by_gap: int = 0


@dataclass(frozen=True, slots=True)
class IncompleteRecords:
    """Historic cases with a gap in any covariate: in the pool, and as paired.

    A rule for gaps that draws incomplete files into the pairs shows here. Paired
    cases count as often as they are used.
    """

    in_pool: int
    pool: int
    in_pairs: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """The whole result of a plan on a pool.

    ``pairs`` and ``candidates`` run by contemporary case in the file's order, then by
    distance or rank. ``short`` lists contemporary cases that got fewer partners than
    the plan's ratio, but one at least. ``locked`` are the accepted pairs that were
    kept as they were, ``rejected`` those that a person turned down and that were not
    made. ``contemporary`` and ``historic`` count the cases of the pool.
    """

    plan: MatchPlan
    pairs: tuple[Pair, ...]
    candidates: tuple[Candidate, ...]
    unpaired: tuple[UnpairedCase, ...]
    short: tuple[str, ...]
    steps: tuple[StepCount, ...]
    balance: tuple[BalanceRow, ...] = ()
    incomplete: IncompleteRecords = IncompleteRecords(0, 0, 0, 0)
    contemporary: int = 0
    historic: int = 0
    locked: tuple[tuple[str, str], ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    warnings: tuple[MatchingProblem, ...] = ()

    @property
    def total_distance(self) -> float:
        """The distances of all pairs added up, to the last digit in any order."""
        return math.fsum(p.distance for p in self.pairs if not math.isnan(p.distance))


def pair_cases(
    pool: CasePool,
    plan: MatchPlan,
    *,
    locked: Mapping[str, str] | None = None,
    rejected: Collection[tuple[str, str]] = (),
    narrative_likeness: NarrativeLikeness | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """Pair each contemporary case with its closest eligible historic cases.

    ``locked`` pairs (contemporary id to historic id) were accepted by a person and
    stay, whatever the plan says now; ``rejected`` pairs are never made. Ties go to the
    smaller historic id (as text). ``progress`` may raise to cancel: nothing is kept.
    Raises MatchingRefused with everything to put right in plan and cases.
    """
    prepared = prepare_pool(pool, plan, rejected=rejected)
    lists = rank_candidates(prepared, progress)
    room = room_of(prepared.read, locked or {})
    if plan.method is Method.OPTIMAL:
        chosen = choose_optimal(prepared, lists, room, progress)
    else:
        chosen = choose_nearest(prepared, lists, room)
    chosen = [*room.locked, *chosen]
    return Pairing(
        plan=plan,
        pairs=_pairs(prepared, chosen),
        candidates=explain_candidates(prepared, lists, narrative_likeness),
        unpaired=explain_unpaired(prepared, lists, chosen),
        short=_short(prepared, chosen),
        steps=_steps(prepared, lists),
        balance=compare_balance(prepared.read, chosen),
        incomplete=_incomplete(prepared, chosen),
        contemporary=len(pool.contemporary),
        historic=len(pool.historic),
        locked=tuple(sorted((locked or {}).items())),
        rejected=tuple(sorted(rejected)),
        warnings=(*prepared.warnings, *_kept_against_rules(prepared, room.locked)),
    )


def _pairs(
    prepared: PreparedPool, chosen: Sequence[tuple[int, int]]
) -> tuple[Pair, ...]:
    if not chosen:
        return ()
    rows, columns = np.array(chosen, dtype=np.int64).T
    distances = prepared.measure.distances(rows, columns)
    distances[~np.isfinite(distances)] = np.nan
    place_in_file = np.argsort(prepared.read.file_order)
    order = np.lexsort((columns, distances, place_in_file[rows]))
    return tuple(
        Pair(
            prepared.read.contemporary_ids[rows[at]],
            prepared.read.historic_ids[columns[at]],
            float(distances[at]),
        )
        for at in order.tolist()
    )


def _short(
    prepared: PreparedPool, chosen: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    got = np.bincount(
        np.array([row for row, _ in chosen], dtype=np.int64),
        minlength=len(prepared.read.contemporary_ids),
    )
    return tuple(
        prepared.read.contemporary_ids[row]
        for row in prepared.read.file_order.tolist()
        if 0 < got[row] < prepared.read.plan.ratio
    )


def _steps(prepared: PreparedPool, lists: RankedLists) -> tuple[StepCount, ...]:
    return tuple(
        StepCount(
            rule.name,
            int(lists.left[step].sum()),
            int(np.count_nonzero(lists.left[step])),
            int(np.count_nonzero(lists.historic_left[step])),
            int(lists.passed_by_gap[step]),
        )
        for step, rule in enumerate(prepared.rules.all)
    )


def _incomplete(
    prepared: PreparedPool, chosen: Sequence[tuple[int, int]]
) -> IncompleteRecords:
    _, whole = whole_records(prepared.read)
    used = np.array([column for _, column in chosen], dtype=np.int64)
    return IncompleteRecords(
        in_pool=int(np.count_nonzero(~whole)),
        pool=len(whole),
        in_pairs=int(np.count_nonzero(~whole[used])),
        pairs=len(used),
    )


def _kept_against_rules(
    prepared: PreparedPool, locked: Sequence[tuple[int, int]]
) -> list[MatchingProblem]:
    if not locked:
        return []
    rows, columns = np.array(locked, dtype=np.int64).T
    broken = first_broken(prepared.rules.all, rows, columns)
    return [
        MatchingProblem(
            f"this accepted pair would not be made under this plan ({rule})",
            f"Pair {prepared.read.contemporary_ids[row]} with "
            f"{prepared.read.historic_ids[column]}",
            "It is kept as judged. Withdraw the judgement if it no longer stands.",
        )
        for (row, column), rule in zip(locked, broken, strict=True)
        if rule
    ]
