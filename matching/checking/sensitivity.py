"""What other settings of a plan would have chosen: weights, distance, method, gaps.

A plan is one choice among several that could be defended. Here it is run again with
one setting changed at a time, on all cases anew: judged pairs are set aside, or nothing
could change any more. Nothing here replaces the pairing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.candidates import PreparedPool, Progress, prepare_pool
from matching.cases import CasePool
from matching.checking.changes import changed_partners
from matching.pairing import IncompleteRecords, Pairing, pair_cases
from matching.plan import Covariate, Distance, GapRule, MatchPlan, Method

_STEPS = 1000


class Setting(StrEnum):
    """Which setting of the plan was changed."""

    AS_PLANNED = "as_planned"
    GAP_RULE = "gap_rule"
    WEIGHT_DOUBLED = "weight_doubled"
    WEIGHT_HALVED = "weight_halved"
    WEIGHTS_EQUAL = "weights_equal"
    DISTANCE = "distance"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class OtherSetting:
    """One change to a plan, with the plan as changed.

    ``detail`` is the covariate whose weight was changed, or the rule for gaps,
    distance or method that took the place of the plan's own.
    """

    setting: Setting
    detail: str
    plan: MatchPlan


@dataclass(frozen=True, slots=True)
class SettingResult:
    """What one setting chose, beside what the plan chooses on the same cases.

    ``changed`` counts contemporary cases whose partners are not the plan's.
    ``total_distance`` is in the setting's own distance, ``total_as_planned`` measures
    its pairs by the plan's, nothing where a pair cannot be measured so.
    """

    setting: Setting
    detail: str
    pairs: int
    changed: int
    total_distance: float
    total_as_planned: float | None
    incomplete: IncompleteRecords


def other_settings(plan: MatchPlan) -> tuple[OtherSetting, ...]:
    """Every change that is tried, the plan as it is first.

    With the Gower distance: the four rules for gaps, each weight doubled and halved,
    all weights equal, the Mahalanobis distance, and the other method. Weights are
    only relative, so a single weighted covariate is left as it is. The Mahalanobis
    distance knows neither weights nor rules for gaps; a plan that uses it is set
    beside the Gower distance and the other method. A caliper on the whole distance
    means nothing in another distance and is dropped there.
    """
    return (OtherSetting(Setting.AS_PLANNED, "", plan), *_changes(plan))


def try_other_settings(
    pool: CasePool, plan: MatchPlan, progress: Progress | None = None
) -> tuple[SettingResult, ...]:
    """What each of :func:`other_settings` chooses on these cases, in the same order.

    ``progress`` may raise to cancel. Raises MatchingRefused where the plan cannot be
    used on these cases.
    """
    lean = replace(plan, candidates=1, narrative="")
    measured = prepare_pool(pool, lean)
    settings = other_settings(lean)
    planned: Pairing | None = None
    results = []
    for place, other in enumerate(settings):
        told = _share_of(progress, place, len(settings))
        pairing = pair_cases(pool, other.plan, progress=told)
        if planned is None:
            planned = pairing
        results.append(_result(other, pairing, planned, measured))
    if progress is not None:
        progress(
            "Trying other settings", _STEPS * len(settings), _STEPS * len(settings)
        )
    return tuple(results)


def _changes(plan: MatchPlan) -> Iterator[OtherSetting]:
    if plan.distance is Distance.GOWER:
        for rule in GapRule:
            if rule is not plan.missing:
                changed = replace(plan, missing=rule)
                yield OtherSetting(Setting.GAP_RULE, rule.value, changed)
        yield from _other_weights(plan)
    distance = (
        Distance.MAHALANOBIS if plan.distance is Distance.GOWER else Distance.GOWER
    )
    yield OtherSetting(
        Setting.DISTANCE,
        distance.value,
        replace(_with_weights_of_one(plan), distance=distance, caliper=None),
    )
    method = Method.NEAREST if plan.method is Method.OPTIMAL else Method.OPTIMAL
    yield OtherSetting(Setting.METHOD, method.value, replace(plan, method=method))


def _other_weights(plan: MatchPlan) -> Iterator[OtherSetting]:
    weighted = [one for one in plan.covariates if one.weight > 0]
    if len(weighted) < 2:
        return
    for setting, factor in (
        (Setting.WEIGHT_DOUBLED, 2.0),
        (Setting.WEIGHT_HALVED, 0.5),
    ):
        for covariate in weighted:
            yield OtherSetting(
                setting, covariate.name, _with_weight(plan, covariate, factor)
            )
    if len({one.weight for one in weighted}) > 1:
        # A covariate without weight is there for its caliper and stays so.
        equal = tuple(
            replace(one, weight=1.0) if one.weight > 0 else one
            for one in plan.covariates
        )
        yield OtherSetting(Setting.WEIGHTS_EQUAL, "", replace(plan, covariates=equal))


def _with_weight(plan: MatchPlan, covariate: Covariate, factor: float) -> MatchPlan:
    return replace(
        plan,
        covariates=tuple(
            replace(one, weight=one.weight * factor) if one is covariate else one
            for one in plan.covariates
        ),
    )


def _with_weights_of_one(plan: MatchPlan) -> MatchPlan:
    return replace(
        plan, covariates=tuple(replace(one, weight=1.0) for one in plan.covariates)
    )


def _share_of(progress: Progress | None, place: int, of: int) -> Progress | None:
    if progress is None:
        return None
    furthest = 0.0

    def told(_words: str, done: int, total: int) -> None:
        # A run has several steps that each begin at nothing; what is told only grows.
        nonlocal furthest
        furthest = max(furthest, done / total if total else 1.0)
        progress(
            f"Setting {place + 1} of {of}",
            place * _STEPS + int(furthest * _STEPS),
            of * _STEPS,
        )

    return told


def _result(
    other: OtherSetting, pairing: Pairing, planned: Pairing, measured: PreparedPool
) -> SettingResult:
    return SettingResult(
        other.setting,
        other.detail,
        len(pairing.pairs),
        len(changed_partners(_ids(planned), _ids(pairing))),
        pairing.total_distance,
        _total_by(measured, pairing),
        pairing.incomplete,
    )


def _ids(pairing: Pairing) -> list[tuple[str, str]]:
    return [(pair.contemporary_id, pair.historic_id) for pair in pairing.pairs]


def _total_by(measured: PreparedPool, pairing: Pairing) -> float | None:
    rows = {case_id: at for at, case_id in enumerate(measured.read.contemporary_ids)}
    columns = {case_id: at for at, case_id in enumerate(measured.read.historic_ids)}
    places = [(rows[one], columns[other]) for one, other in _ids(pairing)]
    if not places:
        return 0.0
    left, right = np.array(places, dtype=np.int64).T
    distances = measured.measure.distances(left, right)
    if not np.isfinite(distances).all():
        return None
    return math.fsum(distances.tolist())
