"""The page of balance: words, a caution where there are few pairs, the unpaired."""

from __future__ import annotations

import time

import pytest
from case_desk import a_plan, a_study, a_study_with_matches, ids_of
from page_tests import open_page, words_on

from coding.study import Person, Role
from matching.judging.judgement import Suitability
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan


@pytest.fixture
def study(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing, tmp_path / "study.sqlite"
    store.close()


def open_balance(study):
    _, person, _, path = study
    app = open_page("balance_page", path, person.id)
    assert not app.exception
    return app


def test_study_without_matches_says_what_will_be_here(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("balance_page", tmp_path / "study.sqlite", person.id)
    assert "First the matches must be found." in words_on(app)
    store.close()


def test_few_pairs_get_a_caution_and_figures_and_neither_chart_nor_verdict(study):
    app = open_balance(study)
    words = words_on(app)
    before = words.split("How this is worked out")[0]
    for verdict in ("close enough after pairing", "In words", "look again</td>"):
        assert verdict not in before
    # sqrt(2 / 2 pairs) = 1.0
    (caution,) = app.warning
    said = caution.value.replace("\\", "")
    assert said.startswith("With 2 pairs a difference of 1.0 arises by chance alone")
    assert "Read the pairs, not the figures" in said
    assert "Age at referral" in words
    # The months of referral have their chart; the differences have none.
    charts = app.get("vega_lite_chart")
    assert len(charts) == 2
    for chart in charts:
        assert "yearmonth" in chart.proto.spec
        assert "Difference in standard deviations" not in chart.proto.spec


def test_unpaired_case_is_listed_with_its_reason_in_the_fields_words(study):
    words = words_on(open_balance(study))
    assert "has the same primary need" in words
    assert "primary_need" not in words.split("Without partner")[1].split("account")[0]


def test_balance_is_read_over_the_pairs_judges_accepted_too(study):
    store, person, pairing, _ = study
    app = open_balance(study)
    app.radio(key="balance over").set_value("Pairs that judges accepted").run()
    assert "No pair was accepted yet." in words_on(app)
    ids = ids_of(store)
    store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H4"],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )
    app.run()
    assert not app.exception
    # sqrt(2 / 1) = 1.41
    (caution,) = app.warning
    said = caution.value.replace("\\", "")
    assert said.startswith("With 1 pair a difference of 1.4 arises by chance alone")


def test_account_names_plan_run_counts_and_hash(study):
    store, *_ = study
    words = words_on(open_balance(study))
    assert "Plan 1, run 1 by Ama" in words
    assert "3 contemporary and 4 historic" in words
    assert store.plans.current().sha256[:16] in words


def test_account_tells_how_the_cases_were_chosen_where_it_was_asked(study):
    store, person, *_ = study
    assert "How they were chosen" not in words_on(open_balance(study))
    find_matches(store, person)
    assert (
        "How they were chosen: None of the 3 contemporary cases has a record"
        in words_on(open_balance(study))
    )


def button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def until(app, words):
    end = time.monotonic() + 30
    while words not in words_on(app) and time.monotonic() < end:
        app.run()
    assert not app.exception
    assert words in words_on(app)


def judge(study, one, other, suitability=Suitability.GOOD_MATCH):
    store, person, pairing, _ = study
    ids = ids_of(store)
    return store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids[one],
        historic_id=ids.get(other, ""),
        suitability=suitability,
        rationale="They share need and area.",
    )


def test_reuse_gaps_and_months_are_told(study):
    words = words_on(open_balance(study))
    assert "2 historic cases serve 2 pairs, each once" in words
    # H3 alone has no count of previous referrals, and it is C2's partner.
    assert "1 of 4 historic files, 1 of 2 as paired" in words
    assert "Contemporary cases: May 2024 to July 2024." in words
    assert "Historic cases: May 2023 to February 2024." in words


def test_months_stand_in_a_table_too(study):
    app = open_balance(study)
    app.toggle(key="months as table").set_value(True).run()
    assert "<td>September 2023</td>" in words_on(app)


def test_finding_again_says_what_changes_and_does_it_only_then(study):
    store, *_ = study
    first = store.pairings.latest()
    judge(study, "C2", "H3")
    judge(study, "C1", "", Suitability.NOT_COMPARABLE)
    app = open_balance(study)
    button(app, "Find matches again").click().run()
    until(app, "What would change")
    words = words_on(app)
    assert "1 accepted pair stays as it is: that of C2." in words
    assert "3 pairs that judges turned down are not made" in words
    assert "1 contemporary case would have no partner any longer: C1." in words
    assert store.pairings.latest() == first
    button(app, "Leave them as they are").click().run()
    assert "What would change" not in words_on(app)
    button(app, "Find matches again").click().run()
    until(app, "What would change")
    button(app, "Find them now").click().run()
    until(app, "Matches found again.")
    latest = store.pairings.latest()
    assert latest.number == 2
    pairs = [
        (p.contemporary_id, p.historic_id) for p in store.pairings.pairs(latest.id)
    ]
    assert pairs == [("C2", "H3")]


def test_change_worked_out_before_a_judgement_is_not_offered_after_it(study):
    app = open_balance(study)
    button(app, "Find matches again").click().run()
    until(app, "What would change")
    judge(study, "C2", "H3")
    app.run()
    assert "What would change" not in words_on(app)
    assert button(app, "Find matches again")


def test_case_without_match_whose_candidates_were_listed_anew_is_named(study):
    store, person, *_ = study
    save_plan(store, person, a_plan(candidates=2))
    find_matches(store, person)
    study = (store, person, store.pairings.latest(), study[3])
    judge(study, "C1", "", Suitability.NOT_COMPARABLE)
    assert "listed anew since" not in words_on(open_balance(study))
    find_matches(store, person)
    assert "candidates were listed anew since: C1." in words_on(open_balance(study))


def test_other_settings_are_tried_on_demand_and_kept_with_the_matches(study):
    store, person, pairing, path = study
    app = open_balance(study)
    assert "A plan is one choice among several." in words_on(app)
    button(app, "Try other settings").click().run()
    until(app, "other settings tried; kept with these matches.")
    words = words_on(app)
    for said in (
        "A gap in either file counts as half different (the plan)",
        "A case with a gap is not eligible",
        "Weight of age at referral doubled",
        "Weight of locality halved",
        "Mahalanobis distance instead of Gower",
        "Nearest instead of optimal",
        "Tried by Ama on",
    ):
        assert said in words
    assert "try again." not in words
    assert "a total of its own" not in words
    assert store.sensitivity.latest(pairing.id) is not None
    again = words_on(open_page("balance_page", path, person.id))
    assert "Weight of age at referral doubled" in again
    # A new run of the plan has not been tried yet.
    find_matches(store, person)
    assert "A plan is one choice among several." in words_on(open_balance(study))


def test_those_who_only_read_neither_find_again_nor_miss_the_figures(study):
    store, lead, _, path = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("balance_page", path, reader.id)
    labels = [one.label for one in app.button]
    assert "Find matches again" not in labels
    assert "2 historic cases serve 2 pairs" in words_on(app)


def test_account_is_offered_as_word_and_as_json(study):
    labels = [one.proto.label for one in open_balance(study).get("download_button")]
    assert labels == [
        "Download account as Word",
        "Account as JSON",
        "Account and tables",
    ]
