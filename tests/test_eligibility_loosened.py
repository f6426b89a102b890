"""What one loosening would bring: each rule relaxed alone, against whole new plans."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from promises import drawn_pool, eligible_pairs

from matching.candidates import prepare_pool
from matching.cases import CasePool
from matching.eligibility_loosened import (
    Way,
    gains_for_case,
    gains_for_study,
    loosenings_of,
    near_misses,
    rules_broken,
)
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Window,
)
from matching.problems import MatchingRefused

AGE = Covariate("age", CovariateKind.NUMBER, range=18.0, caliper=4.0)
PLAN = MatchPlan(
    (AGE,),
    exact=("need",),
    different=("family",),
    window=Window("referred", 1, 548, "2024-04-01", 180),
)
# A has H1. For B, H2 is 2 years too old, H3 twenty days too early for the window,
# H4 a sibling. For C nobody has the same need. D's only one has 120 days of follow-up.
POOL = drawn_pool(
    """
    id  need  family  referred    age
    A   N1    f1      2024-05-01  5
    B   N2    f2      2024-05-01  5
    C   N3    f3      2024-05-01  5
    D   N4    f4      2024-05-01  5
    """,
    """
    id  need  family  referred    age
    H1  N1    f9      2023-05-01  5
    H2  N2    f9      2023-05-01  11
    H3  N2    f9      2022-10-11  5
    H4  N2    f2      2023-05-01  5
    H5  N4    f9      2023-12-03  5
    """,
)


def test_every_rule_is_relaxed_alone_and_guards_never() -> None:
    plan = replace(PLAN, caliper=0.5, missing=GapRule.REFUSE)
    listed = [(one.rule, one.way, one.limit) for one in loosenings_of(plan)]
    assert listed == [
        ("exact need", Way.WITHOUT, None),
        ("different family", Way.KEPT, None),
        # 548 days are 18 months, 731 days 24.
        ("window", Way.WIDER, 731),
        ("practice_start", Way.KEPT, None),
        ("follow_up", Way.WIDER, 90),
        ("follow_up", Way.WITHOUT, None),
        ("caliper age", Way.WIDER, 6.0),
        ("caliper age", Way.WITHOUT, None),
        ("gaps", Way.WITHOUT, None),
        ("caliper", Way.WIDER, 0.75),
        ("caliper", Way.WITHOUT, None),
    ]
    kept = [one.plan for one in loosenings_of(plan) if one.way is Way.KEPT]
    assert kept == [plan, plan]


def test_for_the_study_cases_that_gain_a_first_candidate_are_named() -> None:
    gains = gains_for_study(prepare_pool(POOL, PLAN))
    told = [(g.loosening.rule, g.loosening.way, g.contemporary_ids) for g in gains]
    # Doing without the same need brings most, and yet comes after all that is wider.
    assert told == [
        ("window", Way.WIDER, ("B",)),
        ("follow_up", Way.WIDER, ("D",)),
        ("caliper age", Way.WIDER, ("B",)),
        ("exact need", Way.WITHOUT, ("B", "C", "D")),
        ("follow_up", Way.WITHOUT, ("D",)),
        ("caliper age", Way.WITHOUT, ("B",)),
        ("different family", Way.KEPT, ()),
        ("practice_start", Way.KEPT, ()),
    ]


def test_for_one_case_the_candidates_gained_are_counted_with_the_closest() -> None:
    gains = gains_for_case(prepare_pool(POOL, PLAN), "B")
    told = {
        (g.loosening.rule, g.loosening.way): (g.candidates, g.closest_id) for g in gains
    }
    assert told == {
        ("exact need", Way.WITHOUT): (1, "H1"),
        ("window", Way.WIDER): (1, "H3"),
        ("caliper age", Way.WIDER): (1, "H2"),
        ("caliper age", Way.WITHOUT): (1, "H2"),
        ("follow_up", Way.WIDER): (0, ""),
        ("follow_up", Way.WITHOUT): (0, ""),
        # The sibling would be the closest, and is not counted.
        ("different family", Way.KEPT): (0, ""),
        ("practice_start", Way.KEPT): (0, ""),
    }
    with pytest.raises(KeyError):
        gains_for_case(prepare_pool(POOL, PLAN), "H1")


def test_every_rule_between_two_cases_is_named() -> None:
    prepared = prepare_pool(POOL, PLAN)
    assert rules_broken(prepared, "A", "H1") == ()
    assert rules_broken(prepared, "A", "H2") == ("exact need", "caliper age")
    assert rules_broken(prepared, "B", "H4") == ("different family",)
    with pytest.raises(KeyError):
        rules_broken(prepared, "A", "B")


def test_near_misses_break_fewest_rules_then_lie_closest() -> None:
    prepared = prepare_pool(POOL, PLAN)
    # B is 5, as H1, H3 and H4 are, which break one rule each; H2 (11) breaks one too
    # and lies further away. H5 breaks two: need and follow-up.
    misses = near_misses(prepared, "B", most=4)
    assert [(one.historic_id, one.rules) for one in misses] == [
        ("H1", ("exact need",)),
        ("H3", ("window",)),
        ("H4", ("different family",)),
        ("H2", ("caliper age",)),
    ]
    # H1 is A's candidate, so it misses nothing.
    assert "H1" not in [m.historic_id for m in near_misses(prepared, "A", most=9)]
    with pytest.raises(KeyError):
        near_misses(prepared, "H1", most=1)


def test_what_a_judge_turned_down_comes_back_by_no_loosening() -> None:
    prepared = prepare_pool(POOL, PLAN, rejected=[("B", "H2")])
    gains = gains_for_case(prepared, "B")
    assert {g.closest_id for g in gains} == {"H1", "H3", ""}


def test_gaps_that_cannot_be_measured_are_kept_where_there_are_any() -> None:
    plan = replace(PLAN, distance=Distance.MAHALANOBIS)
    assert ("gaps", Way.KEPT) in [(o.rule, o.way) for o in loosenings_of(plan)]
    found = gains_for_study(prepare_pool(POOL, plan))
    assert "gaps" not in [one.loosening.rule for one in found]


def test_study_without_historic_cases_gains_nothing() -> None:
    nobody = CasePool(POOL.contemporary, (), POOL.known)
    gains = gains_for_study(prepare_pool(nobody, MatchPlan((AGE,), exact=("need",))))
    assert [g.contemporary_ids for g in gains] == [(), (), ()]


CELLS = st.sampled_from(["-", "1", "2", "5", "9"])
DAYS = st.sampled_from(["2022-06-01", "2023-01-01", "2023-10-01", "2024-05-01", "-"])


@st.composite
def pools(draw: st.DrawFn) -> CasePool:
    def table(prefix: str, count: int) -> str:
        lines = [
            " ".join(
                [
                    f"{prefix}{n}",
                    draw(st.sampled_from(["N1", "N2", "-"])),
                    draw(st.sampled_from(["f1", "f2", "-"])),
                    draw(DAYS),
                    draw(CELLS),
                    draw(CELLS),
                ]
            )
            for n in range(count)
        ]
        return "id need family referred age previous\n" + "\n".join(lines)

    return drawn_pool(
        table("C", draw(st.integers(1, 4))), table("H", draw(st.integers(1, 6)))
    )


PLANS = st.builds(
    MatchPlan,
    st.just(
        (
            replace(AGE, caliper=2.0),
            Covariate("previous", CovariateKind.NUMBER, range=9.0, caliper=1.0),
        )
    ),
    exact=st.sampled_from([(), ("need",)]),
    different=st.sampled_from([(), ("family",)]),
    window=st.sampled_from(
        [None, Window("referred", 1, 400), Window("referred", 1, 700, "2024-04-01", 90)]
    ),
    missing=st.sampled_from([GapRule.HALF, GapRule.LEVEL, GapRule.REFUSE]),
    caliper=st.sampled_from([None, 0.1, 0.2]),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(pools(), PLANS)
def test_gains_are_what_the_loosened_plan_itself_would_leave(
    pool: CasePool, plan: MatchPlan
) -> None:
    try:
        prepared = prepare_pool(pool, plan)
    except MatchingRefused:
        # A covariate that nobody has a value of is refused before anything is asked.
        reject()
    before = eligible_pairs(pool, plan)
    has_candidate = {one for one, _ in before}
    of_study = gains_for_study(prepared)
    assert of_study or not (plan.exact or plan.different or plan.window)
    for gain in of_study:
        after = eligible_pairs(pool, gain.loosening.plan)
        assert set(before) <= set(after)
        first = {one for one, _ in after} - has_candidate
        assert set(gain.contemporary_ids) == first, gain.loosening.rule
    for case in pool.contemporary:
        for gain in gains_for_case(prepared, case.id):
            after = eligible_pairs(pool, gain.loosening.plan)
            more = [other for one, other in set(after) - set(before) if one == case.id]
            assert gain.candidates == len(more), gain.loosening.rule
            closest = min(
                more, key=lambda o: (round(after[case.id, o], 10), o), default=""
            )
            assert gain.closest_id == closest
