"""PLAN.toml: read with every problem at once, written, and read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.cases.plan_file import read_plan, write_plan
from data.problems import DataProblem, DataRefused
from matching.cases import KnownAt
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
    Window,
    plan_hash,
)

EVERYTHING = """
id = "case_id"
exact = ["primary_need"]
different = ["family_id", "child_id"]
missing_values = ["N0", "REFU", "NOBT"]
distance = "gower"
method = "nearest"
ratio = 2
max_reuse = 0
candidates = 5
missing = "level"
caliper = 0.25
seed = 7

[window]
date = "referral_date"
min_days = 1
max_days = 548                            # 18 months
practice_start = "2015-10-01"
follow_up_days = 180

[[covariate]]
name = "age_at_referral"
kind = "number"
known = "at_referral"
weight = 2.0
range = 18
caliper = 2.0
[[covariate]]
name = "ethnicity"
kind = "category"
groups = {WBRI = "White", WIRI = "White", CHNE = "Asian"}
[[covariate]]
name = "severity"
kind = "ordered"
levels = ["low", "medium", "high"]
caliper_sd = 0.2
[[covariate]]
name = "assessment_factors"
kind = "set"
known = "during"
override = true
[covariate.same_as]
18A = "18"
18B = "18"

[narrative]
column = "referral_note"
"""

PLAN = MatchPlan(
    covariates=(
        Covariate(
            "age_at_referral",
            CovariateKind.NUMBER,
            known=KnownAt.AT_REFERRAL,
            weight=2.0,
            range=18.0,
            caliper=2.0,
        ),
        Covariate(
            "ethnicity",
            CovariateKind.CATEGORY,
            groups={"WBRI": "White", "WIRI": "White", "CHNE": "Asian"},
        ),
        Covariate(
            "severity",
            CovariateKind.ORDERED,
            levels=("low", "medium", "high"),
            caliper_in_sd=0.2,
        ),
        Covariate(
            "assessment_factors",
            CovariateKind.SET,
            known=KnownAt.DURING,
            override=True,
            same_as={"18A": "18", "18B": "18"},
        ),
    ),
    exact=("primary_need",),
    different=("family_id", "child_id"),
    missing_values=("N0", "REFU", "NOBT"),
    method=Method.NEAREST,
    ratio=2,
    max_reuse=0,
    candidates=5,
    missing=GapRule.LEVEL,
    caliper=0.25,
    seed=7,
    window=Window("referral_date", 1, 548, "2015-10-01", 180),
    narrative="referral_note",
)
LEAST = '[[covariate]]\nname = "age"\nkind = "number"\n'


def refused(text: str) -> tuple[DataProblem, ...]:
    with pytest.raises(DataRefused) as refusal:
        read_plan(text)
    return refusal.value.problems


def test_every_setting_is_read() -> None:
    assert read_plan(EVERYTHING) == PLAN


def test_the_settings_left_out_take_the_values_of_the_manual() -> None:
    plan = read_plan(LEAST)
    assert plan == MatchPlan((Covariate("age", CovariateKind.NUMBER),))
    assert (plan.id, plan.distance, plan.method) == (
        "case_id",
        Distance.GOWER,
        Method.OPTIMAL,
    )
    window = read_plan(f'{LEAST}[window]\ndate = "referred"').window
    assert window == Window("referred", 1, 548)


def test_a_date_may_stand_without_quotes() -> None:
    bare = EVERYTHING.replace('"2015-10-01"', "2015-10-01")
    assert read_plan(bare) == PLAN


def test_a_plan_written_and_read_is_the_same_plan() -> None:
    again = read_plan(write_plan(PLAN))
    assert again == PLAN
    assert plan_hash(again) == plan_hash(PLAN)
    assert write_plan(again) == write_plan(PLAN)


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8
).filter(lambda text: text.strip())
numbers = st.floats(0.001, 1e6, allow_nan=False)


@st.composite
def covariates(draw: st.DrawFn) -> Covariate:
    kind = draw(st.sampled_from(list(CovariateKind)))
    has_caliper = kind in (CovariateKind.NUMBER, CovariateKind.ORDERED)
    return Covariate(
        draw(texts),
        kind,
        known=draw(st.sampled_from([None, KnownAt.AT_REFERRAL, KnownAt.DURING])),
        weight=draw(numbers),
        range=draw(st.none() | numbers) if kind is CovariateKind.NUMBER else None,
        caliper=draw(st.none() | numbers) if has_caliper else None,
        groups=draw(st.dictionaries(texts, texts, max_size=3))
        if kind is CovariateKind.CATEGORY
        else {},
        levels=tuple(draw(st.lists(texts, min_size=2, max_size=4, unique=True)))
        if kind is CovariateKind.ORDERED
        else (),
        override=draw(st.booleans()),
    )


@given(
    st.builds(
        MatchPlan,
        st.lists(covariates(), min_size=1, max_size=3, unique_by=lambda c: c.name).map(
            tuple
        ),
        id=texts,
        exact=st.lists(texts, max_size=2).map(tuple),
        missing_values=st.lists(st.text(max_size=3), max_size=2).map(tuple),
        ratio=st.integers(1, 5),
        max_reuse=st.integers(0, 5),
        missing=st.sampled_from(list(GapRule)),
        caliper=st.none() | numbers,
        seed=st.integers(0, 10**9),
        window=st.none()
        | st.builds(Window, texts, st.integers(0, 5), st.integers(5, 900)),
        narrative=st.just("") | texts,
    )
)
def test_any_plan_written_and_read_is_the_same_plan(plan: MatchPlan) -> None:
    assert read_plan(write_plan(plan)) == plan


def test_an_unknown_setting_is_named_with_the_nearest_known_one() -> None:
    text = EVERYTHING.replace("exact =", "exactly =").replace("weight", "wieght")
    text = text.replace("min_days", "mindays").replace("column =", "colunm =")
    problems = refused(text)
    assert [(p.found, p.where) for p in problems] == [
        ("there is no setting *exactly*", "PLAN.toml, top level"),
        (
            "there is no setting *wieght*",
            "PLAN.toml, covariate *age_at_referral*",
        ),
        ("there is no setting *mindays*", "PLAN.toml, [window]"),
        ("there is no setting *colunm*", "PLAN.toml, [narrative]"),
        (
            "the column that holds the narrative is not named",
            "PLAN.toml, [narrative]",
        ),
    ]
    offers = [p.do_next.partition("?")[0] for p in problems[:3]]
    assert offers == [
        "Did you mean *exact*",
        "Did you mean *weight*",
        "Did you mean *min_days*",
    ]
    far = refused(f"zzz = 1\n{LEAST}")
    assert far[0].do_next.startswith("The settings here are id, exact")


@pytest.mark.parametrize(
    ("setting", "where"),
    [
        ("id = 3", "id"),
        ('id = " "', "id"),
        ('exact = "primary_need"', "exact"),
        ("exact = [1]", "exact"),
        ("missing_values = {}", "missing_values"),
        ('distance = "euclid"', "distance"),
        ("distance = 1", "distance"),
        ("ratio = true", "ratio"),
        ("ratio = 1.5", "ratio"),
        ('caliper = "0.2"', "caliper"),
        ("caliper = false", "caliper"),
        ("window = 5", "window"),
        ('narrative = "note"', "narrative"),
        ("narrative = {column = 5}", "[narrative] column"),
        ("window = {date = 5}", "[window] date"),
        ("window = {date = 'd', min_days = 'one'}", "[window] min_days"),
        ("window = {date = 'd', practice_start = 5}", "[window] practice_start"),
    ],
)
def test_a_value_of_another_type_is_told_by_its_place(setting: str, where: str) -> None:
    (problem,) = refused(f"{setting}\n{LEAST}")
    assert problem.where == f"PLAN.toml, {where}"


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ('kind = "numeric"', "kind"),
        ('known = "before"', "known"),
        ("known = 1", "known"),
        ('weight = "2"', "weight"),
        ("groups = {a = 1}", "groups"),
        ("groups = 1", "groups"),
        ("same_as = {18A = 18}", "same_as"),
        ("levels = 1", "levels"),
        ("override = 1", "override"),
    ],
)
def test_a_covariate_setting_of_another_type_is_told_by_its_place(
    setting: str, key: str
) -> None:
    lines = [line for line in LEAST.splitlines() if not line.startswith(f"{key} =")]
    (problem,) = refused("\n".join([*lines, setting]))
    assert problem.where == f"PLAN.toml, covariate *age*, {key}"


def test_what_a_covariate_or_window_cannot_do_without_is_asked_for() -> None:
    problems = refused("window = {}\n[[covariate]]\nweight = 2.0\n")
    assert [(p.found, p.where) for p in problems] == [
        ("the name is not given", "PLAN.toml, covariate 1 of the file"),
        ("the kind is not given", "PLAN.toml, covariate 1 of the file"),
        ("the column that holds the date is not named", "PLAN.toml, [window]"),
    ]
    assert [p.found for p in refused("covariate = 1")] == [
        "a [[covariate]] table for each covariate is needed"
    ]


def test_settings_that_no_plan_can_have_are_told_by_the_file() -> None:
    problems = refused(f"ratio = 0\n{LEAST}weight = -1\n")
    assert [p.where for p in problems] == [
        "PLAN.toml, ratio",
        "PLAN.toml, covariate *age*, weight",
        "PLAN.toml, covariates",
    ]
    assert [p.where for p in refused("")] == ["PLAN.toml, covariates"]


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    (problem,) = refused("id = 'a'\nexact = [")
    assert problem.where.startswith("PLAN.toml, ")
    (problem,) = refused("id = 'a'\nexact == 2\n")
    assert problem.where == "PLAN.toml, line 2, column 8"
    assert "Nothing was saved" in problem.do_next
