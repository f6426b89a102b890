"""Changed code lists that cases straddle: found, said, offered and warned of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import a_plan, a_study, some_fields, some_records
from page_tests import open_page, words_on
from promises import drawn_pool

from coding.study import Person, Role
from matching.case_records import STANDARD_FIELDS, CaseRecord
from matching.cases import Era
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, Distance, GapRule, MatchPlan
from workbench.actions.account.plan_words import plan_in_words
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plan.code_breaks import (
    break_in_words,
    break_warnings,
    breaks_not_read_as_one,
    what_keeps_apart,
)
from workbench.actions.cases.plan.common_codes import (
    common_readings,
    read_apart,
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


TWO_SEXES = drawn_pool(
    "id age sex family\nA 7 F f1\nB 9 M f2", "id age sex family\nH1 7 2 f3\nH2 9 1 f4"
)
AGE = Covariate("age", CovariateKind.NUMBER, range=10.0)


@pytest.mark.parametrize("rule", ["exact", "different"])
def test_break_in_a_field_of_a_rule_alone_is_found_and_can_be_read_as_one(rule):
    plan = MatchPlan((AGE,), **{rule: ("sex",)})
    (found,) = breaks_not_read_as_one(TWO_SEXES, plan)
    (warning,) = break_warnings(TWO_SEXES, plan)
    assert warning["where"] == f"Plan, {rule} *sex*"
    mapped = read_as_one(plan, found)
    assert breaks_not_read_as_one(TWO_SEXES, mapped) == ()
    # A and H1, B and H2 are of one sex and one age; by the codes as they stand no
    # two cases are.
    found_pairs = {
        (p.contemporary_id, p.historic_id) for p in pair_cases(TWO_SEXES, mapped).pairs
    }
    same = {("A", "H1"), ("B", "H2")}
    assert found_pairs == (same if rule == "exact" else {("A", "H2"), ("B", "H1")})
    as_it_stands = pair_cases(TWO_SEXES, plan).pairs
    assert len(as_it_stands) == (0 if rule == "exact" else 2)


def test_reading_for_a_rule_alone_changes_no_distance_and_goes_with_its_mapping():
    plan = MatchPlan((AGE,), different=("sex",))
    (found,) = breaks_not_read_as_one(TWO_SEXES, plan)
    mapped = read_as_one(plan, found)
    distances = {
        (c.contemporary_id, c.historic_id): c.distance
        for c in pair_cases(TWO_SEXES, replace(mapped, different=())).candidates
    }
    assert distances == {
        (c.contemporary_id, c.historic_id): c.distance
        for c in pair_cases(TWO_SEXES, MatchPlan((AGE,))).candidates
    }
    (reading,) = common_readings(mapped)
    assert read_apart(mapped, reading) == plan


def test_rule_is_not_read_as_one_where_that_would_do_more_than_was_asked():
    by_mahalanobis = MatchPlan((AGE,), exact=("sex",), distance=Distance.MAHALANOBIS)
    refusing = MatchPlan((AGE,), different=("sex",), missing=GapRule.REFUSE)
    for plan, why in ((by_mahalanobis, "Mahalanobis"), (refusing, "rule for gaps")):
        (found,) = breaks_not_read_as_one(TWO_SEXES, plan)
        assert why in what_keeps_apart(plan, found)
        (warning,) = break_warnings(TWO_SEXES, plan)
        assert warning["do_next"] == what_keeps_apart(plan, found)
    # An exact rule rules gaps out by itself.
    plan = MatchPlan((AGE,), exact=("sex",), missing=GapRule.REFUSE)
    (found,) = breaks_not_read_as_one(TWO_SEXES, plan)
    assert what_keeps_apart(plan, found) == ""


def test_levels_in_order_become_the_common_levels_and_come_apart_again():
    levels = ("1", "M", "2", "F")
    sex = Covariate("sex", CovariateKind.ORDERED, levels=levels)
    plan = MatchPlan((sex,))
    (found,) = breaks_not_read_as_one(TWO_SEXES, plan)
    mapped = read_as_one(plan, found)
    assert mapped.covariates[0].levels == ("M", "F")
    assert pair_cases(TWO_SEXES, mapped).total_distance == 0
    (reading,) = common_readings(mapped)
    assert read_apart(mapped, reading) == plan


def test_each_changed_list_is_said_in_words_and_taken_back_alone():
    both = replace(
        FACTORS.covariates[0],
        same_as={
            **dict.fromkeys(("18A", "18B", "18C"), "18"),
            **dict.fromkeys(("19A", "19B", "19C"), "19"),
            "2A": "2",
            "2B": "2",
        },
    )
    plan = MatchPlan((both,))
    first, second, own = common_readings(plan)
    assert first.words == (
        "18A (until 2023-24) and 18B and 18C (from 2024-25) are read as one: Physical "
        "abuse (18)",
    )
    assert own.words == ("2A and 2B are read as 2",)
    left = read_apart(plan, second)
    assert {"18A", "2B"} <= set(left.covariates[0].same_as)
    assert not {"19A", "19B", "19C"} & set(left.covariates[0].same_as)
    assert common_readings(left) == (first, own)


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
    words = words_on(app)
    assert "Historic cases use 2, contemporary ones F." in words
    assert "Codes of one meaning count as different." in words
    app.button(key="one reading").click().run()
    assert not app.exception
    words = words_on(app)
    assert "Historic cases use 2" not in words
    assert "Not saved yet: it will be plan 2." in words
    app.button(key="save").click().run()
    (sex,) = [c for c in store.plans.current().plan.covariates if c.name == "sex"]
    assert dict(sex.same_as) == {"1": "M", "2": "F", "0": "U", "9": "U"}
    store.close()


def editor_rows(app, edited):
    (editor,) = app.data_editor
    app.session_state[editor.key] = {
        "edited_rows": edited,
        "added_rows": [],
        "deleted_rows": [],
    }
    return list(editor.value["Field"])


def test_what_is_read_as_one_is_said_and_taken_back_on_the_page(tmp_path):
    store, person = a_study_of_two_lists(tmp_path)
    app = open_page("plan_page", tmp_path / "study.sqlite", person.id)
    before = store.plans.current().plan
    app.button(key="one reading").click().run()
    words = words_on(app)
    assert "2 (until 2023-24) and F (from 2024-25) are read as one: Female (F)" in words
    # Read as a number the field bears no mapping: the way out stands on the page.
    place = list(app.data_editor[0].value["Field"]).index("Sex")
    editor_rows(app, {place: {"Read as": "Number"}})
    app.run()
    assert "this is number" in words_on(app)
    (apart,) = [one for one in app.button if one.label == "Read apart"]
    apart.click().run()
    assert not app.exception
    words = words_on(app)
    assert "are read as one: Female" not in words
    assert "reads codes as one, and this is number" not in words
    editor_rows(app, {place: {"Read as": "Category"}})
    app.run()
    assert "This is plan 1, as saved." in words_on(app)
    assert store.plans.current().plan == before
    store.close()


def test_those_who_only_read_the_plan_see_what_is_read_as_one_and_change_nothing(
    tmp_path,
):
    store, lead = a_study_of_two_lists(tmp_path)
    plan = store.plans.current().plan
    (found,) = breaks_not_read_as_one(store.cases.case_pool(), plan)
    save_plan(store, lead, read_as_one(plan, found))
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("plan_page", tmp_path / "study.sqlite", reader.id)
    assert "are read as one: Female (F)" in words_on(app)
    assert "Read apart" not in [one.label for one in app.button]
    store.close()


def test_page_offers_to_read_a_list_as_one_that_only_a_rule_uses(tmp_path):
    store, person = a_study_of_two_lists(tmp_path)
    save_plan(store, person, a_plan(exact=("sex",)))
    app = open_page("plan_page", tmp_path / "study.sqlite", person.id)
    words = words_on(app)
    assert "The field must be the same, so cases of one meaning are ruled out." in words
    assert "For the rule on sex it is listed under what is compared" in words
    app.button(key="one reading").click().run()
    assert not app.exception
    assert "Listed with weight 0: rules read it" in words_on(app)
    app.button(key="save").click().run()
    (sex,) = [c for c in store.plans.current().plan.covariates if c.name == "sex"]
    assert sex.weight == 0
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
