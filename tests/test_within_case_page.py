"""The page Before and after: what it teaches, hides, takes in, shows and keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import a_study, ids_of, some_fields
from long_held import SPLIT, WHY, a_study_with_long_held
from page_tests import everything_on, open_page, words_on

from coding.study import Person, Role
from matching.case_records import CaseRecord
from matching.cases import Era
from matching.judging.judgement import Suitability

WARNING = "some improvement would have come anyway (regression to the mean)"


@pytest.fixture
def study(tmp_path):
    store, lead, pat = a_study_with_long_held(tmp_path)
    yield store, lead, pat, tmp_path / "study.sqlite"
    store.close()


@pytest.fixture
def matched(tmp_path):
    store, lead, pat = a_study_with_long_held(tmp_path, matched=True)
    yield store, lead, pat, tmp_path / "study.sqlite"
    store.close()


def open_it(study, person=None, **address):
    _, _, pat, path = study
    app = open_page("within_case_page", path, (person or pat).id, **address)
    assert not app.exception
    return app


def button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def buttons(app):
    return [one.label for one in app.button]


def case_list(app):
    (found,) = [one for one in app.selectbox if one.label == "Case"]
    return found


def choose(app, reference, why=WHY, *, confirm=True):
    """Choose the case of that reference, write why, confirm, and press the button."""
    options = case_list(app).options
    (place,) = [n for n, one in enumerate(options) if one.startswith(reference)]
    case_list(app).select_index(place).run()
    app.text_area[0].set_value(why)
    for box in app.checkbox:
        if confirm:
            box.check()
    (asked,) = [one for one in app.button if "compare" in one.label.lower()]
    asked.click().run()
    assert not app.exception
    return app


def test_study_without_cases_teaches_and_leads_to_adding_them(tmp_path):
    store, lead = a_study(tmp_path)
    app = open_page("within_case_page", tmp_path / "study.sqlite", lead.id)
    assert not app.exception
    words = words_on(app)
    assert "Here a long-held case stands beside itself" in words
    assert WARNING in app.warning[0].value.replace("\\", "")
    assert buttons(app) == ["Add cases"]
    store.close()


def test_warning_stands_before_and_after_a_case_was_chosen(study):
    app = open_it(study)
    assert len(app.warning) == 1
    assert WARNING in app.warning[0].value.replace("\\", "")
    choose(app, "L1")
    assert len(app.warning) == 1
    assert WARNING in app.warning[0].value.replace("\\", "")


def test_list_goes_by_the_day_of_referral_alone(study):
    app = open_it(study)
    # Practice began on 1 April 2024; L1 to L3 and H1 to H3 came 90 days before it.
    assert "Of 10 cases, 6 were referred at least 90 days before 1 April 2024." in (
        words_on(app)
    )
    assert [one.split(",")[0] for one in case_list(app).options] == [
        "H3",
        "H2",
        "H1",
        "L3",
        "L2",
        "L1",
    ]
    assert case_list(app).options[-1].replace("\\", "") == (
        "L1, not known whether fit: historic, referred 1 February 2023, 425 days before"
    )
    # L3 closed before the split and L2 is open: neither is told of unread cases.
    assert "closed before" not in words_on(app)
    assert not [one for one in case_list(app).options if "read" in one]
    assert "Of 6 it cannot be told yet" in words_on(app)


def test_fit_cases_come_first_the_latest_of_them_first(matched):
    options = [one.split(",")[0] for one in case_list(open_it(matched)).options]
    # Of H3 and L2 it may be told; L2 is fit. L1, H1 and H2 are listed for C1 or C2.
    assert options[0] == "L2"
    assert "L3" not in options
    assert options.index("H1") < options.index("L1")
    words = words_on(open_it(matched))
    assert "It was not held long enough after the split date." in words
    assert "closed before" not in words


def test_reading_is_confirmed_in_plain_words_or_nothing_is_opened(study):
    store, *_ = study
    app = choose(open_it(study), "L1", confirm=False)
    words = words_on(app)
    assert "It is not confirmed that the file is to be read." in words
    assert "no case that is still to be judged can choose it" in words
    assert "Read case L1, and take it out of what is still to be paired" in words
    assert not any(one.is_read for one in store.within_cases.cases())


def test_unread_case_tells_nothing_of_later(study):
    app = open_it(study)
    (place,) = [n for n, o in enumerate(case_list(app).options) if o[:2] == "L1"]
    case_list(app).select_index(place).run()
    text = everything_on(app)
    assert len(text) > 2000
    for later in ("Step up", "Zoë", "Would not read", "31 January 2025", "2025-01-31"):
        assert later not in text


def test_chosen_case_shows_both_halves_counted(study):
    store, *_ = study
    app = choose(open_it(study), "L1")
    words = words_on(app)
    # Before the split there are 425 days; after it, to the closing on 31 January 2025,
    # 30 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 31.
    (kept,) = store.within_cases.standing()
    assert kept.days_each_side == 306
    assert "Case L1 is compared with itself: 306 days on each side." in words
    assert (
        "In the 306 days before the split: 2 events and 1 note. In the 306 days from "
        "it on: 3 events and 1 note."
    ) in words
    assert "1 April 2024, the day the practice began" in words
    assert "Chosen by Pat" in words
    assert "before the file was read." in words
    assert WHY in words
    assert dict(app.query_params)["case"] == kept.case_id


def test_what_lies_in_each_half_can_be_read_and_nothing_beyond(study):
    app = choose(open_it(study), "L1")
    words = words_on(app)
    assert words.index("Would not read the letter.") < words.index("In two places.")
    assert "Zoë’s own list" in words
    assert "Beyond the span" not in words
    app.toggle(key="halves as table").set_value(True).run()
    (table,) = [one.value for one in app.dataframe]
    assert list(table["Days from the split"]) == [-138, -60, -60, 31, 31, 101, 305]
    assert list(table["Half"]) == ["Before"] * 3 + ["After"] * 4


def test_without_a_reason_nothing_is_read_or_saved(study):
    store, *_ = study
    app = choose(open_it(study), "L1", why="  ")
    assert "none is written" in words_on(app)
    assert store.within_cases.standing() == []
    assert not any(one.is_read for one in store.within_cases.cases())


def test_unfit_case_says_why_once_and_stays_shut(study):
    store, *_ = study
    app = choose(open_it(study), "L3")
    words = words_on(app)
    assert "It was not held long enough after the split date." in words
    assert "Its file was not opened, and it can be paired." in words
    assert "So it is not compared with itself." in words
    assert store.within_cases.standing() == []
    assert not any(one.is_read for one in store.within_cases.cases())


def test_case_that_a_waiting_one_could_choose_is_not_offered_to_be_read(matched):
    store, lead, *_ = matched
    ids = ids_of(store)
    app = open_it(matched, choose=ids["L1"])
    words = words_on(app)
    assert "It stays shut until case C1 is judged." in words
    assert buttons(app) == []
    store.judgements.save(
        lead.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids["C1"],
        suitability=Suitability.NOT_COMPARABLE,
        rationale="None of them is close.",
    )
    assert "Read the file and compare" in buttons(open_it(matched, choose=ids["L1"]))


def test_card_of_a_case_read_alone_says_why_it_cannot_be_chosen(matched):
    store, lead, pat, path = matched
    ids = ids_of(store)
    kept = store.judgements.save(
        lead.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids["C1"],
        suitability=Suitability.NOT_COMPARABLE,
        rationale="None of them is close.",
    )
    store.within_cases.choose(pat.id, ids["L1"], SPLIT, WHY, seen_id="")
    store.judgements.take_back(lead.id, kept.id, "Too hasty.")
    app = open_page("judge_page", path, pat.id, case=ids["C1"])
    assert not app.exception
    told = [one.value for one in app.caption]
    assert told.count("Its file was read already, so it can no longer be chosen.") == 1
    keys = [one.key for one in app.button if one.label == "Choose this case"]
    assert f"choose {ids['L1']}" not in keys
    assert f"choose {ids['H1']}" in keys


def test_later_choice_takes_the_place_and_the_earlier_is_shown(study):
    store, *_ = study
    app = choose(open_it(study), "L1")
    app.number_input(key="most days").set_value(100).run()
    choose(app, "L1", why="A shorter span, as agreed.")
    (kept,) = store.within_cases.standing()
    assert kept.days_each_side == 100
    words = words_on(app)
    assert "after the file was read." in words
    assert "Earlier choices: 1" in words
    assert "Superseded by Pat" in words


def test_comparison_is_withdrawn_with_a_reason_and_stays_on_file(study):
    store, *_ = study
    app = choose(open_it(study), "L1")
    button(app, "Withdraw").click().run()
    assert "not said why the comparison is withdrawn" in words_on(app)
    (why,) = [one for one in app.text_input if one.label == "Why withdraw it?"]
    why.set_value("The wrong sibling.")
    button(app, "Withdraw").click().run()
    assert not app.exception
    assert store.within_cases.standing() == []
    words = words_on(app)
    assert "The comparison of case L1 was withdrawn and stays on file." in words
    assert "The wrong sibling." in words


def test_several_comparisons_are_told_apart_by_address(study):
    store, _, pat, _ = study
    ids = ids_of(store)
    for reference in ("L1", "L2"):
        store.within_cases.choose(pat.id, ids[reference], SPLIT, WHY, seen_id="")
    assert "Case L1</h2>" in words_on(open_it(study))
    assert "Case L2</h2>" in words_on(open_it(study, case=ids["L2"]))


def test_role_that_only_reads_sees_comparisons_and_chooses_none(study):
    store, lead, pat, _ = study
    dee = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    store.within_cases.choose(pat.id, ids_of(store)["L1"], SPLIT, WHY, seen_id="")
    app = open_it(study, dee)
    words = words_on(app)
    assert "Case L1</h2>" in words
    assert "Your role reads; cases are chosen by: study lead, practitioner" in words
    assert buttons(app) == []


def test_study_without_practice_start_asks_for_the_day(tmp_path):
    store, lead, _ = a_study_with_long_held(tmp_path)
    store.study.change(lead.id, replace(store.study.read(), practice_start=""))
    app = open_page("within_case_page", tmp_path / "study.sqlite", lead.id)
    assert not app.exception
    assert "Choose the day to split on." in words_on(app)
    assert not [one for one in app.selectbox if one.label == "Case"]
    store.close()


def test_among_very_many_cases_one_is_found_by_its_reference(study):
    store, lead, *_ = study
    store.cases.save(
        lead.id,
        fields=some_fields(),
        records=[
            CaseRecord(f"M{n:03}", Era.HISTORIC, {"referral_date": "2023-04-01"})
            for n in range(310)
        ],
    )
    app = open_it(study)
    words = words_on(app)
    assert "Of 320 cases, 316 were referred" in words
    assert "The first 300 of 316 are listed" in words
    assert "L1" not in [one.split(",")[0] for one in case_list(app).options]
    app.text_input(key="reference sought").set_value("l1").run()
    assert [one.split(",")[0] for one in case_list(app).options] == ["L1"]
    # An address leads to a case beyond those listed too.
    app = open_it(study, choose=ids_of(store)["L2"])
    assert case_list(app).options[0].startswith("L2")
    assert "Read the file and compare" in buttons(app)


def test_spans_that_cannot_be_are_answered_in_words(study):
    app = open_it(study)
    app.number_input(key="least days").set_value(400).run()
    assert not app.exception
    assert "At least 400 and at most 365 days cannot both be." in words_on(app)
