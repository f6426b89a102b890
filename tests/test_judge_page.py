"""The page on which pairs are judged: what is read, chosen, written and saved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import (
    a_plan,
    a_record,
    a_study,
    a_study_with_cases,
    a_study_with_matches,
    ids_of,
    some_fields,
    some_records,
)
from page_tests import open_page, words_on

from coding.study import Person, Role
from matching.case_records import STANDARD_FIELDS, CaseNote
from matching.judging.judgement import Suitability
from matching.plan import Covariate, CovariateKind
from workbench.actions.cases.judging import NO_SUITABLE_MATCH
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan


@pytest.fixture
def study(tmp_path):
    store, person, _ = a_study_with_matches(tmp_path)
    yield store, person, tmp_path / "study.sqlite", ids_of(store)
    store.close()


def open_case(study, reference="C1", **address):
    _, person, path, ids = study
    app = open_page("judge_page", path, person.id, case=ids[reference], **address)
    assert not app.exception
    return app


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def box(app, label, kind="radio"):
    (found,) = [one for one in getattr(app, kind) if one.label == label]
    return found


def decide(app, value):
    box(app, "Which case suits best?").set_value(value).run()
    return app


def test_study_without_matches_says_what_will_be_here_and_where_to_begin(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("judge_page", tmp_path / "study.sqlite", person.id)
    assert "First the matches must be found." in words_on(app)
    assert [one.label for one in app.button] == ["Choose what to match"]
    store.close()


def test_first_waiting_case_opens_and_stands_in_the_address_by_id(study):
    _, person, path, ids = study
    app = open_page("judge_page", path, person.id)
    assert app.query_params["case"] == ids["C1"]
    words = words_on(app)
    assert (
        "Outcomes are hidden until you have judged. 0 of 3 judged, 2 waiting" in words
    )
    assert "Case C1" in words


def test_how_the_case_was_chosen_stands_beside_it(study):
    store, person, _, _ = study
    assert "Nobody recorded how this case was chosen." in words_on(open_case(study))
    store.sampling.add(
        person.id,
        [
            a_record("C1", rule="picked by hand", note="Known from <b>duty</b> week."),
            a_record("C2", note="Second on the list."),
        ],
    )
    words = words_on(open_case(study))
    assert "<details open><summary>How this case was chosen" in words
    assert "Known from &lt;b&gt;duty&lt;/b&gt; week." in words
    assert "Second on the list." not in words
    assert "Second on the list." in words_on(open_case(study, "C2"))


def test_candidates_come_with_rank_relations_and_no_distance(study):
    words = words_on(open_case(study))
    for expected in (
        "1st closest",
        "3rd closest",
        "12 months earlier",
        "Alike on 4 of 4",
        "primary need (Abuse or neglect)",
        "locality: Sallowby now, Ormwick then",
        "School is worried about mornings.",
        "A neighbour rang about mornings.",
    ):
        assert expected in words
    store, *_, ids = study
    listed = store.pairings.candidates(store.pairings.latest().id, ids["C1"])
    distances = [one.candidate.distance for one in listed]
    assert not [one for one in distances if one and str(one)[:6] in words]


def test_gap_is_said_as_unknown_with_the_value_that_is_known(study):
    words = words_on(open_case(study, "C2"))
    assert "UNKNOWN" in words
    assert "previous referrals: 0 now, not recorded then" in words


def test_why_others_were_ruled_out_is_counted_rule_by_rule(study):
    app = open_case(study)
    assert "Ruled out: 1 of 4. See why" in [one.label for one in app.expander]
    assert "have the same primary need" in words_on(app)


def test_what_was_ruled_out_is_said_in_one_sentence_with_what_each_rule_removed(study):
    words = words_on(open_case(study))
    assert (
        "Of 4 historic cases 4 share the primary need, 4 are in the window of 1 day to "
        "18 months, 3 are within 4 years of its age at referral."
    ) in words
    assert "Removed" in words


def test_case_without_candidate_is_told_what_one_change_would_bring(study):
    words = words_on(open_case(study, "C3"))
    assert "No candidate under this plan" in words
    assert "Nobody recorded how this case was chosen." in words
    assert "Of 4 historic cases none share the primary need." in words
    # C3 is 9.4: H1, H2 and H4 lie within four years, H3 (12.4) too, all in the window.
    assert "+4" in words
    assert "do not ask for the same primary need" in words
    assert "closest H" in words
    assert "A case without partner is a finding too" in words


def test_case_whose_nearest_miss_is_too_old_is_told_so(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    narrow = Covariate("age_at_referral", CovariateKind.NUMBER, range=18.0, caliper=0.1)
    save_plan(store, person, a_plan(covariates=(narrow,)))
    find_matches(store, person)
    case = ids_of(store)["C2"]
    app = open_page("judge_page", tmp_path / "study.sqlite", person.id, case=case)
    words = words_on(app)
    assert "Nearest miss" in words
    assert "case H3" in words
    assert "because it is more than 0.1 years from its age at referral" in words
    assert "set no limit to age at referral" in words
    store.close()


def test_ages_of_candidates_are_counted_by_their_own_day_of_referral(tmp_path):
    store, person = a_study(tmp_path)
    # Seven years and three months to the day, which twelfths of a year fall short of.
    born = {"H1": "2016-02-10"}
    records = [
        replace(one, facts={**one.facts, "date_of_birth": day})
        if (day := born.get(one.reference))
        else one
        for one in some_records()
    ]
    store.cases.save(person.id, fields=some_fields(), records=records)
    save_plan(store, person, a_plan())
    find_matches(store, person)
    path, case = tmp_path / "study.sqlite", ids_of(store)["C1"]
    expected = "age at referral: 7 years 2 months now, 7 years 3 months then"
    assert expected in words_on(open_page("judge_page", path, person.id, case=case))
    # The blind second judge reads the same.
    other = store.study.add_person(
        person.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    store.judging.set_judges(person.id, 2, seen=0)
    store.judging.begin(person.id, case)
    given = store.judging.candidates(person.id, case)
    shown = [one.historic_id for one in given.ranked]
    store.judgements.save(
        person.id,
        pairing_id=given.pairing_id,
        contemporary_id=case,
        historic_id="",
        suitability=Suitability.NOT_COMPARABLE,
        rationale="Other worries altogether.",
        verdicts=dict.fromkeys(shown, Suitability.NOT_COMPARABLE),
        shown=shown,
    )
    words = words_on(open_page("judge_page", path, other.id, case=case))
    assert "You are the second judge" in words
    assert expected in words
    assert "Nobody recorded how this case was chosen." in words
    store.close()


def test_candidate_that_may_be_a_sibling_is_listed_with_a_caution(tmp_path):
    store, person = a_study(tmp_path)
    names = {"family_id", "household"}
    fields = [f for f in STANDARD_FIELDS if f.name in names]
    families = {"C1": "F0118", "H1": "F0181"}
    records = [
        replace(
            one,
            facts={
                **one.facts,
                "household": "Mother alone",
                "family_id": families.get(one.reference, f"Z9{one.reference}77"),
            },
        )
        for one in some_records()
    ]
    store.cases.save(person.id, fields=[*some_fields(), *fields], records=records)
    save_plan(store, person, a_plan(different=("family_id",)))
    find_matches(store, person)
    path = tmp_path / "study.sqlite"
    words = words_on(open_page("judge_page", path, person.id, case=ids_of(store)["C1"]))
    assert "Case H1" in words
    caution = "May be a sibling: family references with two characters swapped"
    assert words.count(caution) == words.count("Case H1</span>") > 0
    assert "the same household and area" in words
    page = words_on(open_page("cases_page", path, person.id))
    assert "Worth a look: 1 pair of cases" in page
    assert "<b>C1</b> and <b>H1</b> may be siblings" in page
    assert "F0118" not in page
    store.close()


def test_phrases_shared_are_read_from_notes_up_to_the_referral_alone(tmp_path):
    store, person = a_study(tmp_path)
    notes = [
        CaseNote("C1", "2024-05-14", "Worried about cold mornings at the allotment."),
        CaseNote("C1", "2024-05-15", "The lighthouse keeper came."),
        CaseNote("H1", "2023-05-10", "A neighbour rang about cold mornings."),
        CaseNote("H1", "2023-05-11", "The lighthouse keeper and an allotment."),
    ]
    store.cases.save(
        person.id, fields=some_fields(), records=some_records(), notes=notes
    )
    save_plan(store, person, a_plan(narrative="referral_note"))
    find_matches(store, person)
    path = tmp_path / "study.sqlite"
    words = words_on(open_page("judge_page", path, person.id, case=ids_of(store)["C1"]))
    assert "among it “cold mornings”." in words
    assert "lighthouse" not in words
    assert "Beside the distance, not part of the rank" in words
    store.close()


def test_two_cases_stand_side_by_side_and_the_address_says_so(study):
    ids = study[3]
    app = open_case(study)
    app.button(key=f"compare {ids['H4']}").click().run()
    assert app.query_params["compare"] == ids["H4"]
    words = words_on(app)
    assert "Historic H4" in words
    assert "How they compare" in words
    assert "1st closest</h3>" not in words
    press(app, "Back to all candidates")
    assert "1st closest</h3>" in words_on(app)


def test_empty_form_is_refused_in_words_and_nothing_is_saved(study):
    store = study[0]
    app = press(open_case(study), "Save and next pair")
    words = words_on(app)
    assert "No decision has been made yet." in words
    assert "A judgement is kept together with its reason" in words
    assert store.judgements.standing() == []


def test_what_was_typed_is_kept_when_the_form_is_refused(study):
    app = open_case(study)
    box(app, "Why", "text_area").set_value("Same worries.").run()
    press(app, "Save and next pair")
    assert box(app, "Why", "text_area").value == "Same worries."


def test_nothing_is_chosen_beforehand(study):
    ids = study[3]
    app = open_case(study)
    assert box(app, "Which case suits best?").value is None
    decide(app, ids["H1"])
    assert box(app, "How well does it suit?").value is None


def test_button_on_a_card_chooses_in_the_form_too(study):
    ids = study[3]
    app = open_case(study)
    app.button(key=f"choose {ids['H4']}").click().run()
    assert box(app, "Which case suits best?").value == ids["H4"]
    assert app.button(key=f"choose {ids['H4']}").label == "✓ Chosen"


def test_starter_is_added_to_what_is_written(study):
    ids = study[3]
    app = open_case(study)
    box(app, "Why", "text_area").set_value("Both seven.").run()
    app.button(key=f"starter {ids['C1']} 0").click().run()
    assert box(app, "Why", "text_area").value == (
        "Both seven. They share … but differ in …"
    )


def test_judgement_is_saved_and_the_next_case_opens(study):
    store, person, _, ids = study
    app = decide(open_case(study), ids["H4"])
    box(app, "How well does it suit?").set_value("usable_with_care").run()
    box(app, "Why", "text_area").set_value("Same estate, a little younger.").run()
    press(app, "Save and next pair")
    (saved,) = store.judgements.standing()
    assert (saved.judgement.historic_id, saved.judgement.chosen_rank) == ("H4", 2)
    assert saved.judgement.suitability == "usable_with_care"
    assert saved.judge_id == person.id
    assert saved.seconds_taken is not None
    assert app.query_params["case"] == ids["C2"]
    assert "Saved: C1 with H4." in words_on(app)


def save_c1(study, choice):
    app = decide(open_case(study), choice)
    if choice != NO_SUITABLE_MATCH:
        box(app, "How well does it suit?").set_value("good_match").run()
    box(app, "Why", "text_area").set_value("Same estate, a little younger.").run()
    return press(app, "Save and next pair")


def test_saved_case_and_the_open_one_are_named_above_and_at_the_decision(study):
    ids = study[3]
    app = save_c1(study, ids["H4"])
    said = "Saved: C1 with H4. Now open: C2."
    assert said in words_on(app)
    assert said in words_on(app.run())
    openers = [one.key for one in app.button if one.label == "Open both files of C1"]
    assert openers == ["saved above", "saved at the decision"]
    app.button(key="saved at the decision").click().run()
    assert app.query_params["case"] == ids["C1"]
    assert "Now open" not in words_on(app)
    assert "Open both files" in [one.label for one in app.button]
    assert study[0].judgements.for_case(ids["C1"]).opened_at is None


def test_case_without_match_is_named_when_saved_and_has_no_files_to_open(study):
    app = save_c1(study, NO_SUITABLE_MATCH)
    assert "Saved: C1 has no suitable match. Now open: C2." in words_on(app)
    assert not [one for one in app.button if one.label.startswith("Open both")]


def test_bare_beginning_is_refused_on_the_page(study):
    app = decide(open_case(study), NO_SUITABLE_MATCH)
    app.button(key=f"starter {study[3]['C1']} 2").click().run()
    press(app, "Save and next pair")
    assert "at least three words of your own" in words_on(app)
    assert study[0].judgements.standing() == []


def test_no_suitable_match_asks_for_a_reason_and_not_how_well_it_suits(study):
    store = study[0]
    app = decide(open_case(study), NO_SUITABLE_MATCH)
    assert "How well does it suit?" not in [one.label for one in app.radio]
    box(app, "Why", "text_area").set_value("All from another estate.").run()
    press(app, "Save and next pair")
    (saved,) = store.judgements.standing()
    assert not saved.is_pair


def judged(study):
    store, person, _, ids = study
    return store.judgements.save(
        person.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids["C1"],
        historic_id=ids["H1"],
        suitability=Suitability.GOOD_MATCH,
        rationale="<b>Same</b> worries.",
    )


def test_judged_case_opens_both_files_only_when_asked(study):
    store, *_, ids = study
    judged(study)
    app = open_case(study)
    words = words_on(app)
    assert "&lt;b&gt;Same&lt;/b&gt; worries." in words
    assert "Moved to an aunt" not in words
    assert "Outcomes are hidden until you have judged. 1 of 3 judged" in words
    assert store.judgements.for_case(ids["C1"]).opened_at is None
    press(app, "Open both files")
    words = words_on(app)
    for expected in (
        "Moved to an aunt in another town.",
        "Attendance is up to ninety-four.",
        "Special guardianship order (RC4)",
        "Family group conference",
        "22 November 2024",
    ):
        assert expected in words
    assert "What came later is shown because this pair is judged. 1 of 3" in words
    assert "Outcomes are hidden" not in words
    assert store.judgements.for_case(ids["C1"]).opened_at is not None
    assert "Take it back and judge again" not in [one.label for one in app.button]


def test_judgement_is_taken_back_with_a_reason_and_judged_anew(study):
    store, *_, ids = study
    judged(study)
    app = open_case(study)
    press(app, "Take it back and judge again")
    assert "not said why" in words_on(app)
    box(app, "Why take it back?", "text_input").set_value("Misread.").run()
    press(app, "Take it back and judge again")
    assert store.judgements.for_case(ids["C1"]) is None
    assert box(app, "Which case suits best?").value is None


def test_case_chosen_elsewhere_is_said_and_cannot_be_chosen_again(study):
    store, person, _, ids = study
    store.judgements.save(
        person.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids["C1"],
        historic_id=ids["H2"],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )
    app = open_case(study, "C2")
    assert "Already chosen for case C1" in words_on(app)
    assert len(box(app, "Which case suits best?").options) == 2


def test_case_without_candidate_says_why(study):
    words = words_on(open_case(study, "C3"))
    assert "No candidate under this plan" in words
    assert "same primary need" in words


def test_declared_case_without_candidate_stays_not_for_its_worker(study):
    store, person, _, ids = study
    store.interests.declare(person.id, ids["C3"])
    words = words_on(open_case(study, "C3"))
    assert "C3 · Not for you to judge" in words
    assert "Nobody judges it at present: the plan finds no candidate" in words
    assert "No candidate under this plan" not in words


def test_researcher_without_the_right_reads_and_has_no_form(study):
    store, lead, path, ids = study
    other = store.study.add_person(lead.id, Person("", "Eve", Role.EMBEDDED_RESEARCHER))
    app = open_page("judge_page", path, other.id, case=ids["C1"])
    words = words_on(app)
    assert "You can read along; practitioner researchers judge." in words
    assert words.index("You can read along") < words.index("1st closest")
    labels = [one.label for one in app.button]
    for label in ("Save and next pair", "Choose this case", "✓ Chosen"):
        assert label not in labels
    assert "Your decision" not in [one.value for one in app.header]
    assert "Compare side by side" in labels


def test_address_of_a_case_that_is_not_there_opens_one_that_is(study):
    _, person, path, ids = study
    app = open_page("judge_page", path, person.id, case="nonsense")
    assert not app.exception
    assert app.query_params["case"] == ids["C1"]


@pytest.fixture
def study_with_reuse(tmp_path):
    store, person, _ = a_study_with_matches(tmp_path)
    save_plan(store, person, a_plan(max_reuse=0))
    find_matches(store, person)
    yield store, person, tmp_path / "study.sqlite", ids_of(store)
    store.close()


def choose_h2(study, reference):
    store, person, _, ids = study
    store.judgements.save(
        person.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids[reference],
        historic_id=ids["H2"],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )


def test_files_of_a_pair_wait_for_those_who_still_judge_with_its_partner(
    study_with_reuse,
):
    choose_h2(study_with_reuse, "C1")
    app = open_case(study_with_reuse, "C1")
    words = words_on(app)
    assert "Both files open here once these cases are judged too: C2." in words
    assert "Case H2 is listed for them as well" in words
    labels = [one.label for one in app.button]
    assert "Open both files" not in labels
    assert "Take it back and judge again" in labels
    choose_h2(study_with_reuse, "C2")
    app = open_case(study_with_reuse, "C1")
    assert "once these cases are judged" not in words_on(app)
    press(app, "Open both files")
    assert "As known at referral" in words_on(app)


def test_partner_the_plan_lets_several_cases_have_is_said_and_can_be_chosen(
    study_with_reuse,
):
    choose_h2(study_with_reuse, "C1")
    *_, ids = study_with_reuse
    app = open_case(study_with_reuse, "C2")
    assert "Already chosen for case C1" in words_on(app)
    assert len(box(app, "Which case suits best?").options) == 3
    decide(app, ids["H2"])
    assert box(app, "Which case suits best?").value == ids["H2"]


def test_whoever_saves_is_told_that_the_files_wait_for_others(study_with_reuse):
    *_, ids = study_with_reuse
    app = open_case(study_with_reuse, "C1")
    decide(app, ids["H2"])
    box(app, "How well does it suit?").set_value("good_match").run()
    box(app, "Why", "text_area").set_value("Same estate, same age.").run()
    press(app, "Save and next pair")
    assert (
        "Saved: C1 with H2. Now open: C2. Both files of C1 open once the others who "
        "could choose H2 are judged too."
    ) in words_on(app)
    assert "Open both files of C1" not in [one.label for one in app.button]
