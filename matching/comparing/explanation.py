"""Why: each covariate of a candidate in words and numbers, and each case unpaired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.candidates import PreparedPool, RankedLists, rank_for_case
from matching.comparing.covariates import (
    GAP,
    BoolArray,
    FloatArray,
    IntArray,
    ReadCovariate,
)
from matching.comparing.distance import difference, either_unknown, on_grid
from matching.eligibility import field_in_words, first_broken
from matching.plan import CovariateKind, Distance, GapRule


class Relation(StrEnum):
    """How two recorded values stand to each other, in one word.

    *Similar* is: numbers at most a tenth of the span apart, neighbouring levels,
    categories of one group, sets that share half of their members or more.
    """

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CovariateComparison:
    """One covariate of one candidate: both values, the relation, its share.

    ``share`` is the covariate's part of the Gower distance (all shares of a candidate
    add to 1, or are all 0 at distance 0); with Mahalanobis it is the difference in
    contemporary standard deviations. Values are shown as recorded, '' for a gap.
    """

    covariate: str
    relation: Relation
    contemporary_value: str
    historic_value: str
    share: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An eligible historic case as ranked for one contemporary case, rank from 1.

    ``distance`` is lower for closer. ``is_tied`` says that the next or the previous
    candidate lies at the same distance, listed or not. ``days_earlier`` is nothing
    without a window. ``narrative_likeness`` (0 to 1, higher is more alike) is nothing
    unless asked for.
    """

    contemporary_id: str
    historic_id: str
    rank: int
    distance: float
    is_tied: bool
    comparisons: tuple[CovariateComparison, ...]
    days_earlier: int | None = None
    narrative_likeness: float | None = None


@dataclass(frozen=True, slots=True)
class UnpairedCase:
    """A contemporary case without partner, always with a reason in words.

    ``nearest_id`` and ``nearest_distance`` name the closest historic case had every
    rule but exactness been set aside, where there is one; ``ruled_out_by`` the rule
    that stood in the way.
    """

    contemporary_id: str
    reason: str
    nearest_id: str = ""
    nearest_distance: float | None = None
    ruled_out_by: str = ""


NarrativeLikeness = (
    Mapping[tuple[str, str], float]
    | Callable[[Sequence[tuple[str, str]]], Sequence[float | None]]
)
"""Likeness of narratives by pair of ids, or what answers a list of such pairs."""

_SIMILAR_AT_MOST = {
    CovariateKind.NUMBER: 0.1,
    CovariateKind.CATEGORY: 0.5,
    CovariateKind.SET: 0.5,
}
_RELATIONS = (Relation.SAME, Relation.SIMILAR, Relation.DIFFERENT, Relation.UNKNOWN)


def explain_candidates(
    prepared: PreparedPool,
    lists: RankedLists,
    narrative_likeness: NarrativeLikeness | None = None,
) -> tuple[Candidate, ...]:
    """Every listed candidate with its reasons, in file order and then by rank."""
    listed = min(prepared.read.plan.candidates, lists.partners.shape[1])
    order = prepared.read.file_order
    partners = lists.partners[order]
    is_listed = partners[:, :listed] >= 0
    row, place = np.nonzero(is_listed)
    tied = _ties(lists.distances[order])[:, :listed][is_listed]
    return _explained(
        prepared,
        order[row],
        partners[row, place],
        place + 1,
        lists.distances[order][row, place],
        tied,
        narrative_likeness,
    )


def candidates_for_case(
    prepared: PreparedPool,
    contemporary_id: str,
    narrative_likeness: NarrativeLikeness | None = None,
) -> tuple[Candidate, ...]:
    """One case's candidates with their reasons, as a whole pairing would list them.

    Raises KeyError for an id that is not among the contemporary cases.
    """
    if contemporary_id not in prepared.read.contemporary_ids:
        raise KeyError(contemporary_id)
    row = prepared.read.contemporary_ids.index(contemporary_id)
    listed = prepared.read.plan.candidates
    columns, distances = rank_for_case(prepared, row, listed + 1)
    tied = _ties(distances[None, :])[0, :listed]
    columns, distances = columns[:listed], distances[:listed]
    return _explained(
        prepared,
        np.full(len(columns), row),
        columns,
        np.arange(1, len(columns) + 1),
        distances,
        tied,
        narrative_likeness,
    )


def compare_cases(
    prepared: PreparedPool, contemporary: IntArray, historic: IntArray
) -> list[tuple[CovariateComparison, ...]]:
    """Each pair of two equally long lists of places, covariate by covariate."""
    shares = prepared.measure.shares(contemporary, historic)
    columns = [
        _comparisons(read, contemporary, historic, shares[:, place])
        for place, read in enumerate(prepared.read.covariates)
    ]
    return list(zip(*columns, strict=True))


def explain_unpaired(
    prepared: PreparedPool, lists: RankedLists, chosen: Sequence[tuple[int, int]]
) -> tuple[UnpairedCase, ...]:
    """Each contemporary case without a partner, in file order, and why."""
    paired = {row for row, _ in chosen}
    rows = np.array(
        [row for row in prepared.read.file_order.tolist() if row not in paired],
        dtype=np.int64,
    )
    nearest = lists.nearest[rows]
    has_nearest = nearest >= 0
    broken = np.full(len(rows), "", dtype=object)
    broken[has_nearest] = first_broken(
        prepared.rules.all, rows[has_nearest], nearest[has_nearest]
    )
    unpaired = []
    for row, column, rule in zip(
        rows.tolist(), nearest.tolist(), broken.tolist(), strict=True
    ):
        reason, stopped_by = _reason(prepared, lists, row)
        if column < 0:
            case = UnpairedCase(
                prepared.read.contemporary_ids[row], reason, ruled_out_by=stopped_by
            )
        else:
            case = UnpairedCase(
                prepared.read.contemporary_ids[row],
                reason,
                prepared.read.historic_ids[column],
                float(lists.nearest_distances[row]),
                rule or "max_reuse",
            )
        unpaired.append(case)
    return tuple(unpaired)


def _reason(prepared: PreparedPool, lists: RankedLists, row: int) -> tuple[str, str]:
    """Why this case has no partner, and the rule that left nobody."""
    read = prepared.read
    if not read.historic_ids:
        return "There are no historic cases.", "all"
    for field in read.exact:
        if field.contemporary[row] == GAP:
            return (
                f"Its own {field_in_words(field.name)} is not known, and not known "
                "equals nothing.",
                f"exact {field.name}",
            )
    own_gaps = [
        field_in_words(c.covariate.name)
        for c in read.covariates
        if not c.contemporary_known[row]
    ]
    refuses = (
        read.plan.missing is GapRule.REFUSE
        or read.plan.distance is Distance.MAHALANOBIS
    )
    if own_gaps and refuses:
        return f"Its own record has a gap: {', '.join(own_gaps)}.", "gaps"
    before = len(read.historic_ids)
    for step, rule in enumerate(prepared.rules.all):
        left = int(lists.left[step, row])
        if left == 0:
            cases = "case" if before == 1 else "cases"
            # The count before is of cases that every earlier rule left.
            still = "" if step == 0 else " left by the rules before"
            return (
                f"Of {before} historic {cases}{still}, none {rule.words}.",
                rule.name,
            )
        before = left
    cases = "case" if before == 1 else "cases"
    return f"{before} historic {cases} could be its partner, all given to others.", (
        "max_reuse"
    )


def _explained(
    prepared: PreparedPool,
    rows: IntArray,
    columns: IntArray,
    ranks: IntArray,
    distances: FloatArray,
    tied: BoolArray,
    narrative_likeness: NarrativeLikeness | None,
) -> tuple[Candidate, ...]:
    read = prepared.read
    one = [read.contemporary_ids[row] for row in rows.tolist()]
    other = [read.historic_ids[column] for column in columns.tolist()]
    days: Sequence[int | None] = [None] * len(one)
    if read.dates is not None:
        days = (read.dates.contemporary[rows] - read.dates.historic[columns]).tolist()
    return tuple(
        map(
            Candidate,
            one,
            other,
            ranks.tolist(),
            distances.tolist(),
            tied.tolist(),
            compare_cases(prepared, rows, columns),
            days,
            _likeness(list(zip(one, other, strict=True)), narrative_likeness),
        )
    )


def _likeness(
    pairs: list[tuple[str, str]], narrative_likeness: NarrativeLikeness | None
) -> Sequence[float | None]:
    if narrative_likeness is None:
        return [None] * len(pairs)
    if isinstance(narrative_likeness, Mapping):
        return [narrative_likeness.get(pair) for pair in pairs]
    return narrative_likeness(pairs)


def _ties(distances: FloatArray) -> BoolArray:
    """Where a place of a ranked list is as far as the one before or after it."""
    tied = np.zeros(distances.shape, dtype=np.bool_)
    same = (distances[:, 1:] == distances[:, :-1]) & np.isfinite(distances[:, 1:])
    tied[:, 1:] |= same
    tied[:, :-1] |= same
    return tied


def _comparisons(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray, shares: FloatArray
) -> list[CovariateComparison]:
    apart = on_grid(difference(read, contemporary, historic))
    kind = read.covariate.kind
    # Neighbouring levels, however many levels there are.
    at_most = (
        1.0 / read.span
        if kind is CovariateKind.ORDERED
        else _SIMILAR_AT_MOST.get(kind, 0.0)
    )
    relation = np.where(apart == 0, 0, np.where(apart <= at_most + 1e-12, 1, 2))
    relation[either_unknown(read, contemporary, historic)] = 3
    name = read.covariate.name
    return [
        CovariateComparison(
            name,
            _RELATIONS[code],
            read.contemporary_text[row],
            read.historic_text[column],
            share,
        )
        for code, row, column, share in zip(
            relation.tolist(),
            contemporary.tolist(),
            historic.tolist(),
            shares.tolist(),
            strict=True,
        )
    ]
