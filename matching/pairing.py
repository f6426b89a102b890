"""Choosing partners: from a pool and a plan to pairs, candidates and the unpaired."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.plan import MatchPlan


class Relation(StrEnum):
    """How two recorded values stand to each other, in one word."""

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
    candidate lies at the same distance. ``days_earlier`` is nothing without a window.
    ``narrative_likeness`` (0 to 1, higher is more alike) is nothing unless asked for.
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
class Pair:
    """A contemporary case and the historic case chosen for it."""

    contemporary_id: str
    historic_id: str
    distance: float


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


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many possible pairs were left after one rule, in the order applied."""

    rule: str
    pairs_left: int
    contemporary_left: int
    historic_left: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """The whole result of a plan on a pool.

    ``candidates`` run by contemporary case in the file's order, then by rank.
    ``short`` lists contemporary cases that got fewer partners than the plan's ratio.
    """

    plan: MatchPlan
    pairs: tuple[Pair, ...]
    candidates: tuple[Candidate, ...]
    unpaired: tuple[UnpairedCase, ...]
    short: tuple[str, ...]
    steps: tuple[StepCount, ...]

    @property
    def total_distance(self) -> float:
        """The distances of all pairs added up."""
        return sum(pair.distance for pair in self.pairs)
