"""Changed code lists that cases straddle: found, said, offered and warned of."""

from __future__ import annotations

from case_desk import a_plan, a_study, some_fields, some_records
from page_tests import open_page, words_on
from promises import drawn_pool

from matching.case_records import STANDARD_FIELDS, CaseRecord
from matching.cases import Era
from matching.plan import Covariate, CovariateKind, MatchPlan
from workbench.actions.account.plan_words import plan_in_words
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plan.code_breaks import (
    break_in_words,
    breaks_not_read_as_one,
    read_as_one,
)
from workbench.actions.cases.plans import save_plan

FACTORS = MatchPlan((Covariate("assessment_factors", CovariateKind.SET),))
SEX = Covariate("sex", CovariateKind.CATEGORY)


def a_pool(contemporary: str, historic: str):
    return drawn_pool(
        f"id assessment_factors\nA {contemporary}",
        f"id assessment_factors\nH {historic}",
    )


def test_break_is_found_where_both_sides_occur_and_gone_once_read_as_one():
    pool = a_pool("2A|18C", "18A")
    (found,) = breaks_not_read_as_one(pool, FACTORS)
    assert break_in_words(found) == "historic cases use 18A, contemporary ones 18C"
    plan = read_as_one(FACTORS, found)
    assert dict(plan.covariates[0].same_as) == {"18A": "18", "18B": "18", "18C": "18"}
    assert breaks_not_read_as_one(pool, plan) == ()


def test_no_break_is_found_where_one_side_alone_occurs():
    assert breaks_not_read_as_one(a_pool("18B", "18C|19A"), FACTORS) == ()


def test_break_in_a_field_that_is_not_compared_is_left_alone():
    assert breaks_not_read_as_one(a_pool("18B", "18A"), MatchPlan((SEX,))) == ()


def a_study_of_two_lists(path):
    """The seven cases with sex as letters now and as numbers then."""
    store, person = a_study(path)
    codes = {Era.CONTEMPORARY: "F", Era.HISTORIC: "2"}
    records = [
        CaseRecord(one.reference, one.era, {**one.facts, "sex": codes[one.era]})
        for one in some_records()
    ]
    sex = next(field for field in STANDARD_FIELDS if field.name == "sex")
    fields = [*some_fields(), sex]
    store.cases.save(person.id, fields=fields, records=records, events=[], notes=[])
    plan = a_plan()
    save_plan(store, person, a_plan(covariates=(*plan.covariates, SEX)))
    return store, person


def test_page_offers_to_read_a_changed_list_as_one_and_saves_only_when_asked(tmp_path):
    store, person = a_study_of_two_lists(tmp_path)
    app = open_page("plan_page", tmp_path / "study.sqlite", person.id)
    assert "Historic cases use 2, contemporary ones F." in words_on(app)
    app.button(key="one reading").click().run()
    assert not app.exception
    words = words_on(app)
    assert "Historic cases use 2" not in words
    assert "Not saved yet: it will be plan 2." in words
    app.button(key="save").click().run()
    (sex,) = [c for c in store.plans.current().plan.covariates if c.name == "sex"]
    assert dict(sex.same_as) == {"1": "M", "2": "F", "0": "U", "9": "U"}
    store.close()


def test_account_warns_of_a_break_until_it_is_read_as_one_and_then_says_so(tmp_path):
    store, person = a_study_of_two_lists(tmp_path)
    warned = [w["found"] for w in find_matches(store, person).account["warnings"]]
    assert any("historic cases use 2, contemporary ones F" in one for one in warned)
    plan = store.plans.current().plan
    (found,) = breaks_not_read_as_one(store.cases.case_pool(), plan)
    mapped = read_as_one(plan, found)
    save_plan(store, person, mapped)
    warned = [w["found"] for w in find_matches(store, person).account["warnings"]]
    assert not any("cases use" in one for one in warned)
    said = plan_in_words(mapped, {"sex": "Sex"})
    assert "Read as one in sex: 1 as M; 2 as F; 0 and 9 as U." in said
    store.close()
