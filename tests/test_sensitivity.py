"""What other settings of a plan would have chosen, on tables checked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import drawn_pool

from matching.cases import Case, CasePool, Era, KnownAt
from matching.checking.sensitivity import (
    Setting,
    other_settings,
    try_other_settings,
)
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
)
from matching.problems import MatchingRefused

AGE = Covariate("age", CovariateKind.NUMBER, range=10.0)
AREA = Covariate("area", CovariateKind.CATEGORY)

# Alike in age but not in area, or the other way round.
TORN = drawn_pool(
    """
    id  age  area
    A   10   N
    """,
    """
    id  age  area
    H1  10   S
    H2  18   N
    """,
)

# Greedy takes 13 for A first and leaves B with 10; together 12 and 13 are nearer.
GREED = drawn_pool(
    """
    id  age
    A   12
    B   13
    """,
    """
    id  age
    H1  13
    H2  10
    """,
)


def by_setting(pool, plan, **told):
    return {
        (one.setting, one.detail): one for one in try_other_settings(pool, plan, **told)
    }


def test_each_weight_is_doubled_and_halved_and_the_pairs_that_change_are_counted():
    # As planned H1 is (0 + 1) / 2 = 0.5 and H2 (0.8 + 0) / 2 = 0.4 away.
    found = by_setting(TORN, MatchPlan((AGE, AREA)))
    planned = found[Setting.AS_PLANNED, ""]
    assert (planned.pairs, planned.changed) == (1, 0)
    assert planned.total_distance == pytest.approx(0.4)
    assert planned.total_as_planned == pytest.approx(0.4)
    # Age counting twice: H1 (0 + 1) / 3, H2 (1.6 + 0) / 3.
    doubled = found[Setting.WEIGHT_DOUBLED, "age"]
    assert doubled.changed == 1
    assert doubled.total_distance == pytest.approx(1 / 3)
    assert doubled.total_as_planned == pytest.approx(0.5)
    assert found[Setting.WEIGHT_DOUBLED, "area"].changed == 0
    assert found[Setting.WEIGHT_HALVED, "age"].changed == 0
    assert found[Setting.WEIGHT_HALVED, "area"].changed == 1


def test_equal_weights_are_tried_only_where_the_plans_are_not_equal():
    heavy = Covariate("age", CovariateKind.NUMBER, range=10.0, weight=3.0)
    # Age counting three times: H1 1 / 4, H2 2.4 / 4; equal weights choose H2.
    found = by_setting(TORN, MatchPlan((heavy, AREA)))
    assert found[Setting.WEIGHTS_EQUAL, ""].changed == 1
    assert (Setting.WEIGHTS_EQUAL, "") not in by_setting(TORN, MatchPlan((AGE, AREA)))


def test_nearest_instead_of_optimal_costs_distance_and_changes_pairs():
    found = by_setting(GREED, MatchPlan((AGE,)))
    nearest = found[Setting.METHOD, "nearest"]
    # A takes H1 (0.1) and leaves B with H2 (0.3); optimal is 0.2 + 0.
    assert (nearest.pairs, nearest.changed) == (2, 2)
    assert nearest.total_distance == pytest.approx(0.4)
    assert found[Setting.AS_PLANNED, ""].total_distance == pytest.approx(0.2)


def test_mahalanobis_is_told_in_its_own_distance_and_in_the_plans():
    found = by_setting(GREED, MatchPlan((AGE,), caliper=0.3))
    other = found[Setting.DISTANCE, "mahalanobis"]
    # One number alone: the same order of closeness, so the same pairs.
    assert (other.pairs, other.changed) == (2, 0)
    assert other.total_as_planned == pytest.approx(0.2)
    # Within the eras (0.5 + 4.5) / 2 = 2.5 is the variance.
    assert other.total_distance == pytest.approx(2 / 2.5**0.5)


def test_each_rule_for_gaps_tells_pairs_and_incomplete_records():
    pool = drawn_pool(
        """
        id  age
        A   10
        """,
        """
        id  age
        H1  -
        H2  16
        """,
    )
    found = by_setting(pool, MatchPlan((AGE,)))
    # Half a difference for the gap is nearer than 0.6; every other rule takes H2.
    half = found[Setting.AS_PLANNED, ""].incomplete
    assert (half.in_pool, half.pool, half.in_pairs, half.pairs) == (1, 2, 1, 1)
    for rule in (GapRule.DROP, GapRule.LEVEL, GapRule.REFUSE):
        one = found[Setting.GAP_RULE, rule.value]
        assert (one.pairs, one.changed) == (1, 1), rule
        assert (one.incomplete.in_pairs, one.incomplete.pairs) == (0, 1), rule
        assert one.total_as_planned == pytest.approx(0.6), rule


def test_plan_that_cannot_be_used_is_refused():
    with pytest.raises(MatchingRefused):
        try_other_settings(GREED, MatchPlan((AREA,)))


def test_plan_by_mahalanobis_is_set_beside_gower_and_the_other_method():
    plan = MatchPlan((AGE, AREA), distance=Distance.MAHALANOBIS)
    assert [(one.setting, one.detail) for one in other_settings(plan)] == [
        (Setting.AS_PLANNED, ""),
        (Setting.DISTANCE, "gower"),
        (Setting.METHOD, "nearest"),
    ]


def test_progress_never_runs_back_and_may_stop_the_work():
    told = []
    try_other_settings(
        TORN, MatchPlan((AGE, AREA)), lambda words, done, of: told.append(done / of)
    )
    assert told == sorted(told)
    assert told[-1] == 1.0

    class StoppedError(Exception):
        pass

    def stop(words, done, of):
        raise StoppedError

    with pytest.raises(StoppedError):
        try_other_settings(TORN, MatchPlan((AGE,)), stop)


def a_pool(left, right):
    def cases(era, ages):
        return tuple(
            Case(f"{era.value[0]}{place}", era, {"age": str(age)})
            for place, age in enumerate(ages)
        )

    known = {"age": KnownAt.AT_REFERRAL}
    return CasePool(cases(Era.CONTEMPORARY, left), cases(Era.HISTORIC, right), known)


AGES = st.lists(st.integers(0, 18), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(AGES, AGES)
def test_no_setting_pairs_closer_than_the_optimum_by_the_plans_own_measure(left, right):
    plan = MatchPlan((AGE,), method=Method.OPTIMAL)
    planned, *others = try_other_settings(a_pool(left, right), plan)
    assert planned.changed == 0
    assert planned.total_as_planned == pytest.approx(planned.total_distance)
    assert planned.pairs == min(len(left), len(right))
    for one in others:
        if one.pairs == planned.pairs:
            assert one.total_as_planned >= planned.total_distance - 1e-9
