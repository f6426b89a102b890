"""What stands against a plan, and when two plans are the same."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from promises import drawn_pool

from matching.cases import CasePool, KnownAt
from matching.pairing import pair_cases
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Window,
    plan_as_mapping,
    plan_hash,
)
from matching.plan_check import (
    check_plan,
    check_settings,
    require_sound_plan,
    stricter_mark,
)
from matching.problems import MatchingRefused

NUMBER = CovariateKind.NUMBER
AGE = Covariate("age", NUMBER)
PLAN = MatchPlan((AGE,))
POOL = drawn_pool("id age need\nA 5 N1\nB 6 N2", "id age need\nH 7 N1")


def places(plan: MatchPlan, pool: CasePool = POOL) -> list[str]:
    return [problem.where for problem in check_plan(plan, pool).problems]


def of(**settings) -> MatchPlan:
    """The plan with its one covariate set so."""
    return MatchPlan((replace(AGE, **settings),))


def test_a_sound_plan_has_neither_problem_nor_warning() -> None:
    check = check_plan(PLAN, POOL)
    assert (check.problems, check.warnings) == ((), ())
    assert require_sound_plan(PLAN, POOL) == ()


@pytest.mark.parametrize(
    ("plan", "where"),
    [
        (replace(PLAN, ratio=0), "Plan, ratio"),
        (replace(PLAN, max_reuse=-1), "Plan, max_reuse"),
        (replace(PLAN, candidates=0), "Plan, candidates"),
        (replace(PLAN, caliper=-0.1), "Plan, caliper"),
        (replace(PLAN, caliper=math.nan), "Plan, caliper"),
        (MatchPlan(()), "Plan, covariates"),
        (MatchPlan((AGE, AGE)), "Plan, covariate *age*"),
        (of(weight=0.0), "Plan, covariates"),
        (of(weight=-1.0), "Plan, covariate *age*, weight"),
        (of(range=0.0), "Plan, covariate *age*, range"),
        (of(caliper=-1.0), "Plan, covariate *age*, caliper"),
        (of(caliper=1.0, caliper_in_sd=0.2), "Plan, covariate *age*"),
        (of(kind=CovariateKind.SET, caliper=1.0), "Plan, covariate *age*, caliper"),
        (of(kind=CovariateKind.YES_NO, range=1.0), "Plan, covariate *age*, range"),
        (of(kind=CovariateKind.ORDERED), "Plan, covariate *age*, levels"),
        (
            of(kind=CovariateKind.ORDERED, levels=("a", "b", "a")),
            "Plan, covariate *age*, levels",
        ),
        (of(levels=("low", "high")), "Plan, covariate *age*, levels"),
        (of(groups={"a": "b"}), "Plan, covariate *age*, groups"),
        (
            replace(of(weight=2.0), distance=Distance.MAHALANOBIS),
            "Plan, covariate *age*, weight",
        ),
        (replace(PLAN, window=Window("age", -1, 5)), "Plan, window, min_days"),
        (replace(PLAN, window=Window("age", 6, 5)), "Plan, window"),
        (
            replace(PLAN, window=Window("age", 1, 5, "2015-02-30")),
            "Plan, window, practice_start",
        ),
        (
            replace(PLAN, window=Window("age", 1, 5, follow_up_days=180)),
            "Plan, window, follow_up_days",
        ),
        (
            replace(PLAN, window=Window("age", 1, 5, "2015-10-01", -180)),
            "Plan, window, follow_up_days",
        ),
    ],
)
def test_each_setting_that_no_plan_can_have_is_named(
    plan: MatchPlan, where: str
) -> None:
    assert where in [problem.where for problem in check_settings(plan)]
    assert where in places(plan)


def test_all_problems_are_told_at_once() -> None:
    plan = replace(of(weight=-1.0), ratio=0, exact=("area",))
    expected = [
        "Plan, ratio",
        "Plan, covariate *age*, weight",
        "Plan, covariates",
        "Plan, exact, *area*",
    ]
    assert places(plan) == expected
    with pytest.raises(MatchingRefused) as refusal:
        pair_cases(POOL, plan)
    assert [problem.where for problem in refusal.value.problems] == expected


def test_a_field_held_back_for_its_mark_is_not_also_called_absent() -> None:
    # A study keeps outcomes out of the cases that matching sees.
    pool = replace(POOL, known={**POOL.known, "closure_reason": KnownAt.OUTCOME})
    (problem,) = check_plan(replace(PLAN, exact=("closure_reason",)), pool).problems
    assert "is an outcome" in problem.found


def test_a_narrative_written_later_is_refused() -> None:
    later = replace(POOL, known={**POOL.known, "need": KnownAt.DURING})
    assert places(replace(PLAN, narrative="need"), later) == ["Plan, narrative, *need*"]
    assert places(replace(PLAN, narrative="need")) == []


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (KnownAt.OUTCOME, "is an outcome"),
        (KnownAt.DURING, "known only during the case"),
        (KnownAt.UNMARKED, "nobody has said yet"),
    ],
)
def test_only_what_was_known_at_referral_decides_a_pairing(
    mark: KnownAt, words: str
) -> None:
    pool = replace(POOL, known={"age": mark, "need": KnownAt.AT_REFERRAL})
    for plan in (
        PLAN,
        MatchPlan((Covariate("need", CovariateKind.CATEGORY),), exact=("age",)),
        MatchPlan((Covariate("need", CovariateKind.CATEGORY),), different=("age",)),
        MatchPlan(
            (Covariate("need", CovariateKind.CATEGORY),), window=Window("age", 1, 9)
        ),
    ):
        (problem,) = check_plan(plan, pool).problems
        assert words in problem.found


def test_a_field_that_is_not_marked_at_all_is_refused() -> None:
    assert places(PLAN, replace(POOL, known={})) == ["Plan, covariate *age*"]


def test_an_override_admits_what_was_known_during_the_case_and_nothing_later() -> None:
    during = replace(POOL, known={"age": KnownAt.DURING})
    assert places(of(override=True), during) == []
    assert places(of(override=True, known=KnownAt.DURING), POOL) == []
    assert places(of(known=KnownAt.DURING), POOL) == ["Plan, covariate *age*"]
    outcome = replace(POOL, known={"age": KnownAt.OUTCOME})
    assert places(of(override=True), outcome) == ["Plan, covariate *age*"]


def test_a_plan_cannot_talk_an_outcome_back_to_the_day_of_referral() -> None:
    outcome = replace(POOL, known={"age": KnownAt.OUTCOME})
    assert places(of(known=KnownAt.AT_REFERRAL), outcome) == ["Plan, covariate *age*"]
    assert stricter_mark(None, KnownAt.DURING) is KnownAt.DURING
    assert stricter_mark(KnownAt.OUTCOME, KnownAt.AT_REFERRAL) is KnownAt.OUTCOME


def test_a_plan_may_mark_a_field_that_the_study_has_not_marked() -> None:
    assert places(of(known=KnownAt.AT_REFERRAL), replace(POOL, known={})) == []


def test_a_column_that_is_not_there_is_named_with_the_era_that_lacks_it() -> None:
    pool = drawn_pool("id age\nA 5", "id age need\nH 7 N1")
    (problem,) = check_plan(replace(PLAN, exact=("need",)), pool).problems
    assert problem.found == "the contemporary cases have no column *need*"
    both = check_plan(replace(PLAN, narrative="note"), POOL).problems[-1]
    assert both.found == "the contemporary and the historic cases have no column *note*"
    assert both.where == "Plan, narrative, *note*"


def test_a_covariate_that_nobody_filled_is_refused() -> None:
    pool = drawn_pool("id age need\nA - N1", "id age need\nH 9 N1")
    plan = replace(PLAN, missing_values=("9",))
    (problem,) = check_plan(plan, pool).problems
    assert problem.found == "no case of either era has a known value"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (PLAN, "tells no two candidates apart"),
        (replace(PLAN, missing=GapRule.REFUSE), "no case can be paired"),
        (replace(PLAN, distance=Distance.MAHALANOBIS), "no case can be paired"),
        (replace(PLAN, exact=("age",)), "no case can be paired"),
        (
            MatchPlan((Covariate("need", CovariateKind.CATEGORY),), different=("age",)),
            "keeps no two cases apart",
        ),
    ],
)
def test_a_field_empty_in_one_era_is_warned_of_with_its_effect(
    plan: MatchPlan, words: str
) -> None:
    pool = drawn_pool("id age need\nA - N1", "id age need\nH 9 N1")
    check = check_plan(plan, pool)
    assert check.problems == ()
    assert words in check.warnings[0].found


def test_settings_that_mahalanobis_does_not_use_are_warned_of() -> None:
    plan = replace(of(range=9.0), distance=Distance.MAHALANOBIS)
    (warning,) = check_plan(plan, POOL).warnings
    assert warning.where == "Plan, covariate *age*, range"


def test_a_caliper_in_deviations_needs_two_contemporary_cases() -> None:
    one = drawn_pool("id age\nA 5\nB -", "id age\nH 7")
    assert places(of(caliper_in_sd=0.2), one) == ["Plan, covariate *age*, caliper_sd"]
    assert places(of(caliper_in_sd=0.2)) == []


def test_equal_plans_have_one_hash_and_any_change_another() -> None:
    again = MatchPlan((replace(AGE, weight=1),))
    assert plan_hash(again) == plan_hash(PLAN)
    assert len(plan_hash(PLAN)) == 64
    grouped = of(kind=CovariateKind.CATEGORY, groups={"a": "x", "b": "y"})
    turned = of(kind=CovariateKind.CATEGORY, groups={"b": "y", "a": "x"})
    assert plan_hash(grouped) == plan_hash(turned)
    changed = [
        replace(PLAN, seed=2),
        replace(PLAN, caliper=0.5),
        replace(PLAN, narrative="note"),
        replace(PLAN, window=Window("referred", 1, 548)),
        replace(PLAN, window=Window("referred", 1, 548, "2015-10-01")),
        replace(PLAN, window=Window("referred", 1, 548, "2015-10-01", 180)),
        of(override=True),
        of(known=KnownAt.AT_REFERRAL),
        of(caliper_in_sd=0.2),
        of(levels=("a", "b")),
    ]
    hashes = {plan_hash(plan) for plan in changed}
    assert len(hashes) == len(changed)
    assert plan_hash(PLAN) not in hashes


def test_the_mapping_uses_the_words_of_the_plan_file() -> None:
    plan = replace(of(caliper_in_sd=0.2), narrative="note")
    mapping = plan_as_mapping(plan)
    assert mapping["covariate"] == [
        {"name": "age", "kind": "number", "weight": 1.0, "caliper_sd": 0.2}
    ]
    assert mapping["narrative"] == {"column": "note"}
    assert "window" not in mapping
