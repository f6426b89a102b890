"""The page on what to match: each choice shows its effect and is saved as a plan."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from case_desk import a_plan, a_study, a_study_with_cases, ids_of
from page_tests import open_page, words_on
from promises import drawn_pool

from coding.study import Person, Role
from matching.judging.judgement import Suitability
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, Distance, MatchPlan, Window
from workbench.actions.cases import pairing
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan
from workbench.case_words import date_in_words
from workbench.widgets.cases.plan.time_words import time_in_words


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    save_plan(store, person, a_plan())
    yield store, person, tmp_path / "study.sqlite"
    store.close()


def open_plan(study):
    _, person, path = study
    app = open_page("plan_page", path, person.id)
    assert not app.exception
    return app


def box(app, label, kind):
    (found,) = [one for one in getattr(app, kind) if one.label == label]
    return found


def test_study_without_cases_is_led_to_adding_them(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("plan_page", tmp_path / "study.sqlite", person.id)
    assert "needs contemporary and historic cases first" in words_on(app)
    store.close()


def test_effect_of_the_plan_is_said_in_words(study):
    words = words_on(open_plan(study))
    assert "Of 12 possible pairs <b>5</b> are left" in words
    assert "<b>2 of 3</b> contemporary cases" in words
    assert "the same primary need" in words
    assert "This is plan 1, as saved." in words


def test_looser_rule_shows_its_effect_at_once_and_saves_nothing(study):
    store, *_ = study
    app = open_plan(study)
    box(app, "Must be the same", "multiselect").set_value([]).run()
    words = words_on(app)
    assert "<b>3 of 3</b> contemporary cases" in words
    assert "Not saved yet: it will be plan 2." in words
    assert len(store.plans.all()) == 1


def test_what_each_rule_left_is_one_sentence_in_plan_order(study):
    # C3's need is shared by nobody; H1 to H4 lie at most 440 days before C1 or C2, and
    # each within four years of age of one of them.
    assert (
        "Of 4 historic cases 4 share the primary need, 4 are in the window of 1 day to "
        "18 months, 4 are within 4 years of its age at referral. Each counts for at "
        "least one of 3 cases."
    ) in words_on(open_plan(study))


def test_one_change_is_offered_with_what_it_brings_and_tried_without_saving(study):
    store, *_ = study
    app = open_plan(study)
    words = words_on(app)
    assert "1 contemporary case without candidate" in words
    assert "do not ask for the same primary need" in words
    assert "reach back 24 months instead of 18 months" in words
    assert "allow 6 years of age at referral instead of 4 years" in words
    # Only one change helps C3, and only that can be tried.
    tried = box(app, "Try one change", "selectbox")
    assert tried.options == ["Do not ask for the same primary need"]
    box(app, "Try it", "button").click().run()
    assert not app.exception
    words = words_on(app)
    assert "<b>3 of 3</b> contemporary cases" in words
    assert "no rule needs loosening" in words
    assert "Not saved yet: it will be plan 2." in words
    assert len(store.plans.all()) == 1


def test_saving_makes_a_new_numbered_plan(study):
    store, *_ = study
    app = open_plan(study)
    box(app, "and at most (months)", "number_input").set_value(12.0).run()
    box(app, "Save without finding", "button").click().run()
    assert not app.exception
    saved = store.plans.current()
    assert (saved.number, saved.plan.window.max_days) == (2, 365)
    assert "Saved as plan 2." in words_on(app)


def test_months_that_are_not_touched_keep_their_days(study):
    store, *_ = study
    app = open_plan(study)
    assert box(app, "and at most (months)", "number_input").value == 18.0
    box(app, "Earlier by at least (days)", "number_input").set_value(30).run()
    box(app, "Save without finding", "button").click().run()
    window = store.plans.current().plan.window
    assert (window.min_days, window.max_days) == (30, 548)


def test_weight_and_field_are_set_in_the_table(study):
    store, *_ = study
    app = open_plan(study)
    (editor,) = app.data_editor
    names = list(editor.value["Field"])
    assert names[:3] == ["Age at referral", "Locality", "Previous referrals"]
    assert "Child" not in names
    assert "Reason for closure" not in names
    app.session_state[editor.key] = {
        "edited_rows": {0: {"Weight": 3.0, "Limit": 2.0}, 1: {"Use": False}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    box(app, "Save without finding", "button").click().run()
    assert not app.exception
    covariates = store.plans.current().plan.covariates
    assert [(one.name, one.weight, one.caliper) for one in covariates] == [
        ("age_at_referral", 3.0, 2.0),
        ("previous_referrals", 1.0, None),
    ]
    assert covariates[0].kind == CovariateKind.NUMBER


def test_how_partners_are_chosen_is_said_in_sentences(study):
    store, *_ = study
    app = open_plan(study)
    distance = box(app, "Difference between two cases", "radio")
    assert "Mahalanobis" in " ".join(distance.options)
    distance.set_value(Distance.MAHALANOBIS).run()
    assert not app.exception
    box(app, "Save without finding", "button").click().run()
    assert store.plans.current().plan.distance == Distance.MAHALANOBIS


def test_plan_that_cannot_be_used_is_refused_before_it_is_saved(study):
    store, *_ = study
    app = open_plan(study)
    (editor,) = app.data_editor
    app.session_state[editor.key] = {
        "edited_rows": {n: {"Use": False} for n in range(3)},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    assert "There is a problem" in words_on(app)
    box(app, "Find matches", "button").click().run()
    assert len(store.plans.all()) == 1
    assert store.pairings.latest() is None


def test_finding_matches_saves_them_and_says_what_came_out(study):
    store, *_ = study
    app = open_plan(study)
    box(app, "Find matches", "button").click().run()
    until = time.monotonic() + 20
    while "Matches found." not in words_on(app) and time.monotonic() < until:
        app.run()
    assert "2 of 3 contemporary cases have a partner" in words_on(app)
    assert store.pairings.latest().plan_number == 1


def until(app, words):
    end = time.monotonic() + 20
    while words not in words_on(app) and time.monotonic() < end:
        app.run()
    assert not app.exception
    assert words in words_on(app)


def filled(app):
    return [one.label for one in app.button if one.proto.type == "primary"]


def test_finding_over_matches_says_what_would_change_and_stores_nothing(study):
    store, person, _ = study
    first = find_matches(store, person)
    ids = ids_of(store)
    store.judgements.save(
        person.id,
        pairing_id=first.id,
        contemporary_id=ids["C2"],
        historic_id=ids["H3"],
        suitability=Suitability.GOOD_MATCH,
        rationale="They share need and area.",
    )
    app = open_plan(study)
    box(app, "Must be the same", "multiselect").set_value([]).run()
    assert filled(app) == ["Find matches"]
    box(app, "Find matches", "button").click().run()
    until(app, "What would change")
    words = words_on(app)
    assert "Plan 2 is saved and used; the present matches are of another." in words
    assert "1 accepted pair stays as it is: that of C2." in words
    assert "1 contemporary case would get a partner at last: C3." in words
    assert filled(app) == ["Find them now"]
    assert len(store.plans.all()) == 1
    assert store.pairings.latest() == first
    # Another choice in the form, and what was said of the former one is gone.
    box(app, "Must be the same", "multiselect").set_value(["locality"]).run()
    assert "What would change" not in words_on(app)
    box(app, "Must be the same", "multiselect").set_value([]).run()
    until(app, "What would change")
    box(app, "Leave them as they are", "button").click().run()
    assert "What would change" not in words_on(app)
    assert store.pairings.latest() == first
    box(app, "Find matches", "button").click().run()
    until(app, "What would change")
    box(app, "Find them now", "button").click().run()
    until(app, "Matches found.")
    assert "What would change" not in words_on(app)
    assert store.plans.current().number == 2
    assert store.pairings.latest().plan_number == 2
    assert filled(app) == ["Find matches"]


def test_finding_after_outcomes_still_needs_its_reason_once_the_change_was_seen(study):
    store, person, _ = study
    open_an_outcome(store, person)
    app = open_plan(study)
    box(app, "Must be the same", "multiselect").set_value([]).run()
    box(app, "Find matches", "button").click().run()
    until(app, "What would change")
    box(app, "Find them now", "button").click().run()
    assert "cannot be changed without saying why" in words_on(app)
    assert store.plans.current().number == 1
    app.text_area(key="plan reason").set_value("Need was coded anew.").run()
    box(app, "Find them now", "button").click().run()
    until(app, "Matches found.")
    assert store.plans.current().reason == "Need was coded anew."


def test_plan_of_a_file_is_shown_before_it_is_saved(study):
    store, *_ = study
    app = open_plan(study)
    content = (
        b'exact = ["locality"]\n'
        b'[[covariate]]\nname = "previous_referrals"\nkind = "number"\n'
    )
    app.file_uploader(key="upload plan").set_value(
        ("plan.toml", content, "application/toml")
    )
    app.run()
    box(app, "Use this plan", "button").click().run()
    assert not app.exception
    assert box(app, "Must be the same", "multiselect").value == ["locality"]
    assert "Not saved yet: it will be plan 2." in words_on(app)
    assert len(store.plans.all()) == 1


def test_debrief_team_reads_the_plan_and_cannot_save(study):
    store, lead, path = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("plan_page", path, reader.id)
    assert not app.exception
    labels = [one.label for one in app.button]
    for label in ("Find matches", "Save without finding", "Begin from it"):
        assert label not in labels
    assert "You can read along; researchers and leads choose the plan." in words_on(app)


def fields_of(app):
    kinds = ("multiselect", "toggle", "selectbox", "number_input", "date_input")
    kinds += ("radio", "text_input", "checkbox")
    return [field for kind in kinds for field in getattr(app, kind)]


def test_those_who_only_read_the_plan_find_its_fields_shut(study):
    store, lead, path = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("plan_page", path, reader.id)
    assert len(fields_of(app)) > 10
    assert [one.label for one in fields_of(app) if not one.disabled] == []
    (editor,) = app.data_editor
    assert editor.proto.disabled
    assert not app.file_uploader
    # Days of follow-up stay shut until a day is given from which they count.
    open_fields = [one.label for one in fields_of(open_plan(study)) if one.disabled]
    assert open_fields == ["Days of follow-up before it"]


def test_run_of_one_person_is_not_shown_to_another(study, monkeypatch):
    store, lead, path = study
    other = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    may_go_on = threading.Event()

    def slow(_store, _person, progress):
        progress(0.1, "comparing 3 cases")
        may_go_on.wait(20)
        progress(0.9, "saving")
        return find_matches(_store, _person)

    monkeypatch.setattr(pairing, "find_matches", slow)
    app = open_plan(study)
    box(app, "Find matches", "button").click().run()
    assert "Cancel" in [one.label for one in app.button]
    theirs = open_page("plan_page", path, other.id)
    assert "Cancel" not in [one.label for one in theirs.button]
    may_go_on.set()
    until = time.monotonic() + 20
    while "Matches found." not in words_on(app) and time.monotonic() < until:
        app.run()
    assert "Matches found." in words_on(app)
    assert "Matches found." not in words_on(theirs.run())


def open_an_outcome(store, person):
    found = find_matches(store, person)
    ids = ids_of(store)
    for one, other in (("C1", "H1"), ("C2", "")):
        store.judgements.save(
            person.id,
            pairing_id=found.id,
            contemporary_id=ids[one],
            historic_id=ids.get(other, ""),
            suitability=Suitability.GOOD_MATCH if other else Suitability.CANNOT_TELL,
            rationale="They share need and area.",
        )
    store.cases.case_file(person.id, ids["C1"])


def test_hash_of_the_plan_is_shown_whole(study):
    store, *_ = study
    words = words_on(open_plan(study))
    assert store.plans.current().sha256 in words
    assert "needs a reason" not in words


def test_change_after_outcomes_asks_for_a_reason_and_keeps_it(study):
    store, person, _ = study
    open_an_outcome(store, person)
    app = open_plan(study)
    assert "a change from here on needs a reason" in words_on(app)
    assert not app.text_area
    box(app, "Must be the same", "multiselect").set_value([]).run()
    (caution,) = app.warning
    assert caution.value.startswith("What came later has been read for 1 pair")
    box(app, "Save without finding", "button").click().run()
    assert "cannot be changed without saying why" in words_on(app)
    assert store.plans.current().number == 1
    app.text_area(key="plan reason").set_value("Need was coded anew.").run()
    box(app, "Save without finding", "button").click().run()
    saved = store.plans.current()
    assert (saved.number, saved.reason) == (2, "Need was coded anew.")
    assert (
        "Plan 2 was made after outcomes of 1 pair had been opened, with this reason: "
        "Need was coded anew."
    ) in words_on(app)


def test_every_plan_is_listed_with_its_reason_for_those_who_only_read_too(study):
    store, lead, path = study
    first = store.plans.current()
    save_plan(store, lead, a_plan(max_reuse=2), reason="Two cases share a partner")
    save_plan(store, lead, a_plan(max_reuse=3))
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("plan_page", path, reader.id)
    words = words_on(app)
    assert "All plans saved: 3" in words
    assert "Reason: Two cases share a partner." in words
    assert "No reason was written." in words
    # The hash stands with the file, for whoever holds an account against it.
    listed = words[words.index("All plans saved: 3") :]
    assert first.sha256[:16] in words
    assert first.sha256[:16] not in listed


def test_two_plans_are_compared_in_words_the_newest_with_the_one_before(study):
    store, lead, _ = study
    save_plan(store, lead, a_plan(max_reuse=2, exact=("locality",)))
    save_plan(store, lead, a_plan(max_reuse=3, exact=("locality",)))
    app = open_plan(study)
    words = words_on(app)
    assert '<td data-heading="Plan 2">2</td><td data-heading="Plan 3">3</td>' in words
    assert "<td><b>Must be the same</b></td>" not in words
    box(app, "Plan", "selectbox").set_value(1).run()
    assert not app.exception
    assert (
        "<td><b>Must be the same</b></td>"
        '<td data-heading="Plan 1">Primary need</td>'
        '<td data-heading="Plan 3">Locality</td>'
    ) in words_on(app)
    box(app, "Plan", "selectbox").set_value(3).run()
    assert "Choose two plans." in words_on(app)


def test_plans_that_differ_in_order_alone_are_said_to_pair_alike(study):
    store, lead, _ = study
    save_plan(store, lead, a_plan(covariates=a_plan().covariates[::-1]))
    words = words_on(open_plan(study))
    assert "Plan 1 and plan 2 differ in nothing but the order" in words


def test_reason_may_be_written_before_outcomes_too(study):
    store, *_ = study
    app = open_plan(study)
    assert not app.text_area
    box(app, "Must be the same", "multiselect").set_value([]).run()
    assert not app.warning
    app.text_area(key="plan reason").set_value("Need was coded anew.").run()
    box(app, "Save without finding", "button").click().run()
    assert store.plans.current().reason == "Need was coded anew."
    assert "Reason: Need was coded anew." in words_on(app)


def explained(field):
    """Whether a choice is explained: by its captions, its help or its own words."""
    return bool(getattr(field, "help", "") or getattr(field.proto, "captions", ()))


def test_every_choice_is_explained_in_a_sentence(study):
    app = open_plan(study)
    assert [one.label for one in fields_of(app) if not explained(one)] == []
    (editor,) = app.data_editor
    columns = json.loads(editor.proto.columns)
    assert [name for name in editor.value if not columns.get(name, {}).get("help")] == [
        "Field"
    ]


def test_plan_of_a_file_that_asks_for_more_than_the_form_offers_is_kept(study):
    store, person, _ = study
    plan = a_plan(
        ratio=30,
        max_reuse=2000,
        candidates=99,
        seed=-4,
        caliper=0.4,
        window=Window("referral_date", 40_000, 99_999, "1980-01-01", 9999),
    )
    saved = save_plan(store, person, plan)
    app = open_plan(study)
    assert f"This is plan {saved.number}, as saved." in words_on(app)


def test_largest_difference_and_seed_are_set_on_the_page(study):
    store, *_ = study
    app = open_plan(study)
    box(app, "Largest difference allowed in a pair", "number_input").set_value(0.25)
    box(app, "Seed", "number_input").set_value(7).run()
    box(app, "Save without finding", "button").click().run()
    assert not app.exception
    plan = store.plans.current().plan
    assert (plan.caliper, plan.seed) == (0.25, 7)


def test_what_the_window_means_is_said_with_dates_and_days(study):
    store, person, _ = study
    window = Window("referral_date", 1, 548, "2024-04-01", 180)
    save_plan(store, person, a_plan(window=window))
    words = words_on(open_plan(study))
    start = date(2024, 4, 1)
    last = start - timedelta(days=180)
    reached = last + timedelta(days=548)
    assert "(1 to 548 days, both ends included) before the contemporary one" in words
    assert f"so it came on {date_in_words(last.isoformat())} or earlier" in words
    assert (
        f"came after {date_in_words(reached.isoformat())} can have no partner" in words
    )
    assert "both files count for the same number of days" in words
    assert "The first 180 days of a historic case lie in the former practice" in words


def test_dates_said_are_those_the_rules_keep():
    """One day further on either side, and the rules leave no pair."""
    window = Window("referred", 1, 548, "2024-04-01", 180)
    plan = MatchPlan((Covariate("age", CovariateKind.NUMBER),), window=window)
    last = date(2024, 4, 1) - timedelta(days=180)
    reached = last + timedelta(days=548)
    for later, earlier, left in ((0, 0, 1), (1, 0, 0), (0, 1, 0)):
        then, now = last + timedelta(days=earlier), reached + timedelta(days=later)
        pool = drawn_pool(
            f"id referred age\nA {now.isoformat()} 7",
            f"id referred age\nH {then.isoformat()} 7",
        )
        assert len(pair_cases(pool, plan).pairs) == left
    (_, practice), *_ = time_in_words(window)[1:]
    for day in (last, reached):
        assert date_in_words(day.isoformat()) in practice


def test_plan_without_window_says_that_nothing_keeps_cases_in_time(study):
    app = open_plan(study)
    box(app, "Only historic cases from a span of time before", "toggle").set_value(
        False
    ).run()
    assert "a historic case may have come after the contemporary one" in words_on(app)


def test_limit_in_standard_deviations_of_a_file_is_shown_and_can_be_emptied(study):
    store, person, _ = study
    age, *others = a_plan().covariates
    in_sd = replace(age, caliper=None, caliper_in_sd=0.5)
    save_plan(store, person, a_plan(covariates=(in_sd, *others)))
    app = open_plan(study)
    (editor,) = app.data_editor
    assert editor.value["Limit in SD"][0] == 0.5
    app.session_state[editor.key] = {
        "edited_rows": {0: {"Limit in SD": None, "Limit": 4.0}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    box(app, "Save without finding", "button").click().run()
    assert store.plans.current().plan == a_plan()


def test_groups_are_said_and_left_out_on_the_page(study):
    store, person, _ = study
    age, area, *others = a_plan().covariates
    grouped = replace(area, groups={"Sallowby": "Town", "Ormwick": "Town"})
    save_plan(store, person, a_plan(covariates=(age, grouped, *others)))
    app = open_plan(study)
    assert "Town (Ormwick, Sallowby)" in words_on(app)
    box(app, "Leave groups out", "button").click().run()
    assert not app.exception
    assert "Half different within a group" not in words_on(app)
    box(app, "Save without finding", "button").click().run()
    assert store.plans.current().plan == a_plan()
