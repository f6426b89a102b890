"""Choosing what to match: a sensible start, and the effect of a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import a_plan, a_study, a_study_with_cases

from data.problems import DataRefused
from matching.cases import Case, CasePool, Era, KnownAt
from matching.plan import CovariateKind
from matching.problems import MatchingRefused
from workbench.actions.cases.plans import (
    effect_of,
    likely_kinds,
    plan_to_edit,
    pool_for,
    read_plan_file,
    save_plan,
    suggested_plan,
    usable_fields,
)


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    yield store, person
    store.close()


def test_only_fields_known_at_referral_can_be_chosen(study):
    store, person = study
    assert [field.name for field in usable_fields(store)] == [
        "age_at_referral",
        "referral_date",
        "date_of_birth",
        "locality",
        "primary_need",
        "previous_referrals",
    ]
    store.cases.mark_field(
        person.id, "housing", KnownAt.AT_REFERRAL, was=KnownAt.UNMARKED
    )
    assert usable_fields(store)[-1].name == "housing"


def test_suggested_plan_uses_what_the_cases_have_and_pairs_them(study):
    store, _ = study
    plan = suggested_plan(store)
    assert plan.exact == ("primary_need",)
    assert plan.different == ()
    assert [one.name for one in plan.covariates] == [
        "age_at_referral",
        "locality",
        "previous_referrals",
    ]
    assert (plan.window.min_days, plan.window.max_days) == (1, 548)
    assert plan.window.practice_start == "2024-04-01"
    assert plan.narrative == "referral_note"
    assert effect_of(pool_for(store, plan), plan).paired == 2


def test_study_without_cases_still_has_a_plan_to_begin_with(tmp_path):
    store, _ = a_study(tmp_path)
    plan = suggested_plan(store)
    assert (plan.exact, plan.window) == ((), None)
    store.close()


def test_effect_counts_possible_pairs_and_cases_with_a_candidate(study):
    store, _ = study
    plan = a_plan()
    effect = effect_of(pool_for(store, plan), plan)
    # Three contemporary by four historic; C1 may have three and C2 two of them.
    assert (effect.possible, effect.left) == (12, 5)
    assert (effect.with_candidate, effect.contemporary) == (2, 3)
    assert [case.contemporary_id for case in effect.unpaired] == ["C3"]


def test_looser_rule_leaves_more(study):
    store, _ = study
    plan = replace(a_plan(), exact=(), window=None)
    assert effect_of(pool_for(store, plan), plan).with_candidate == 3


def test_plan_on_an_outcome_is_refused_in_words(study):
    store, _ = study
    plan = a_plan(exact=("closure_reason",))
    with pytest.raises(MatchingRefused, match="outcome"):
        effect_of(pool_for(store, plan), plan)


def test_saved_plan_is_the_one_to_go_on_from(study):
    store, person = study
    save_plan(store, person, a_plan())
    assert plan_to_edit(store) == a_plan()


def test_plan_file_with_an_unknown_setting_is_refused_by_name():
    with pytest.raises(DataRefused, match="exakt"):
        read_plan_file("plan.toml", b'exakt = ["need"]\n')


def test_kind_of_a_field_is_proposed_from_how_its_values_read():
    def case(**values):
        return Case("x", Era.HISTORIC, values)

    pool = CasePool(
        (),
        (
            case(earnings="0", married="1", codes="AUT|LD", race="black", age="7.5"),
            case(earnings="9930.0", married="0", codes="LD", race="white", age=""),
            case(earnings="12", married="1", codes="", race="N0", age="9"),
        ),
    )
    assert likely_kinds(pool) == {
        "earnings": CovariateKind.NUMBER,
        "married": CovariateKind.YES_NO,
        "codes": CovariateKind.SET,
        "race": CovariateKind.CATEGORY,
        "age": CovariateKind.NUMBER,
    }
