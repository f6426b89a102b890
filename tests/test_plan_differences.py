"""Two plans compared in words: every setting that differs is said, order is not."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from case_desk import a_plan

from matching.cases import KnownAt
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
    Window,
)
from workbench.actions.cases.plan.differences import (
    PlanDifference,
    differences_of_plans,
)
from workbench.case_words import titles_of

TITLES = titles_of(())
WINDOW = Window("referral_date", 1, 548, "2024-04-01", 180)
SEX = Covariate(
    "sex",
    CovariateKind.CATEGORY,
    same_as={"1": "M", "2": "F"},
    groups={"M": "known", "F": "known"},
)
PLAN = a_plan(
    window=WINDOW,
    different=("family_id", "child_id"),
    missing_values=("N0", "REFU"),
    covariates=(*a_plan().covariates, SEX),
)

OTHER_SETTINGS = {
    "covariates": PLAN.covariates[:-1],
    "id": "reference",
    "exact": (),
    "different": ("family_id",),
    "missing_values": ("N0",),
    "distance": Distance.MAHALANOBIS,
    "method": Method.NEAREST,
    "ratio": 2,
    "max_reuse": 0,
    "candidates": 5,
    "missing": GapRule.REFUSE,
    "caliper": 0.3,
    "seed": 2,
    "window": None,
    "narrative": "referral_note",
}
OTHER_WINDOW = {
    "date": "closed_date",
    "min_days": 2,
    "max_days": 540,
    "practice_start": "2024-04-02",
    "follow_up_days": None,
}
OTHER_COVARIATE = {
    "name": "housing",
    "kind": CovariateKind.SET,
    "known": KnownAt.DURING,
    "weight": 2.0,
    "range": 3.0,
    "caliper": 1.0,
    "caliper_in_sd": 0.2,
    "groups": {"M": "known"},
    "levels": ("M", "F"),
    "override": True,
    "same_as": {"1": "M"},
}


def names_of(cls):
    return [one.name for one in fields(cls)]


@pytest.mark.parametrize("name", names_of(MatchPlan))
def test_every_setting_of_a_plan_that_differs_is_said(name):
    other = replace(PLAN, **{name: OTHER_SETTINGS[name]})
    told = differences_of_plans(PLAN, other, TITLES)
    assert told
    assert all(one.before != one.after for one in told)
    back = differences_of_plans(other, PLAN, TITLES)
    assert {(d.setting, d.after, d.before) for d in back} == {
        (d.setting, d.before, d.after) for d in told
    }


@pytest.mark.parametrize("name", names_of(Window))
def test_every_setting_of_a_window_that_differs_is_said(name):
    other = replace(PLAN, window=replace(WINDOW, **{name: OTHER_WINDOW[name]}))
    assert len(differences_of_plans(PLAN, other, TITLES)) == 1


@pytest.mark.parametrize("name", names_of(Covariate))
def test_every_setting_of_a_covariate_that_differs_is_said(name):
    changed = replace(SEX, **{name: OTHER_COVARIATE[name]})
    other = replace(PLAN, covariates=(*PLAN.covariates[:-1], changed))
    assert differences_of_plans(PLAN, other, TITLES)


def test_order_of_fields_values_and_codes_is_no_difference():
    turned = replace(
        PLAN,
        covariates=tuple(
            replace(
                one,
                same_as=dict(reversed(one.same_as.items())),
                groups=dict(reversed(one.groups.items())),
            )
            for one in reversed(PLAN.covariates)
        ),
        different=PLAN.different[::-1],
        missing_values=PLAN.missing_values[::-1],
    )
    assert turned != PLAN
    assert differences_of_plans(PLAN, turned, TITLES) == ()


def test_order_of_levels_is_a_difference():
    levels = Covariate("risk", CovariateKind.ORDERED, levels=("low", "high"))
    other = replace(levels, levels=("high", "low"))
    assert differences_of_plans(MatchPlan((levels,)), MatchPlan((other,)), {}) == (
        PlanDifference("risk: levels", "low, high", "high, low"),
    )


def test_differences_read_as_the_page_says_them():
    age, *others = PLAN.covariates
    other = replace(
        PLAN,
        exact=("primary_need", "locality"),
        covariates=(replace(age, weight=2.0, caliper=3.0), *others[1:]),
        window=replace(WINDOW, max_days=365),
    )
    assert differences_of_plans(PLAN, other, TITLES) == (
        PlanDifference("Must be the same", "Primary need", "Locality, Primary need"),
        PlanDifference(
            "Historic case earlier by",
            "1 day to 18 months (1 to 548 days)",
            "1 day to 12 months (1 to 365 days)",
        ),
        PlanDifference("Age at referral: weight", "1", "2"),
        PlanDifference("Age at referral: limit", "4 years", "3 years"),
        PlanDifference("Locality", "read as category; weight 1", "not compared"),
    )
