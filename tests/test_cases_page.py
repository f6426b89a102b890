"""The page of cases: what is taught, understood, confirmed, added and marked."""

from __future__ import annotations

import json

import pytest
from case_desk import a_study, a_study_with_cases, a_study_with_matches
from page_tests import open_page, words_on

from coding.study import Person, Role
from matching.cases import KnownAt
from workbench.actions.cases.case_files import add_cases, read_case_files

CASES = b"""case_id,era,referral_date,primary_need,closure_reason
0001,contemporary,2024-05-14,N1,RC7
0002,historic,2023-05-14,N1,RC3
"""
NOTES = b"case_id,date,text\n0001,2024-05-14,Rang school\n"
COUNCIL = b"Case Ref,Date of Referral,Team\n0007,14/05/2024,North\n"


@pytest.fixture
def study(tmp_path):
    store, person = a_study(tmp_path)
    yield store, person, tmp_path / "study.sqlite"
    store.close()


def open_cases(study):
    _, person, path = study
    app = open_page("cases_page", path, person.id)
    assert not app.exception
    return app


def upload(app, *files):
    (uploader,) = app.file_uploader
    uploader.set_value([(name, content, "text/csv") for name, content in files])
    app.run()
    assert not app.exception
    return app


def the_button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def test_study_without_cases_teaches_what_the_files_need(study):
    words = words_on(open_cases(study))
    assert "No cases yet." in words
    for heading in ("case_id", "referral_date", "primary_need", "event", "text"):
        assert heading in words


def test_what_was_understood_is_shown_before_one_button_adds_it(study):
    store, *_ = study
    app = upload(open_cases(study), ("cases.csv", CASES), ("notes.csv", NOTES))
    words = words_on(app)
    assert "1 contemporary, 1 historic" in words
    assert "Reason for closure" in words
    assert "RC7" not in words
    assert store.cases.counts().cases == 0
    the_button(app, "Add 2 cases").click().run()
    assert "Saved. 2 cases added (1 contemporary, 1 historic), 1 note." in words_on(app)
    assert set(store.cases.references()) == {"0001", "0002"}
    assert store.cases.counts().notes == 1


def test_how_cases_were_chosen_is_added_with_the_cases_by_the_same_button(study):
    store, *_ = study
    chosen = b"case_id,drawn_on,drawn_by,from,rule\n0001,2024-06-04,Kim,a list,all\n"
    app = upload(open_cases(study), ("cases.csv", CASES), ("chosen.csv", chosen))
    assert "1 record of how cases were chosen." in words_on(app)
    assert not [one for one in app.selectbox if one.label.startswith("Field for")]
    the_button(app, "Add 2 cases").click().run()
    words = words_on(app)
    assert "1 record of how cases were chosen." in words
    assert "1 of 1 contemporary case has a record" in words
    assert store.sampling.sampling().without_record == ()


def test_a_heading_an_earlier_file_brought_is_offered_for_a_near_one(study):
    store, person, _ = study
    first = b"case_id,era,Tenure\n0001,historic,rented\n"
    add_cases(store, person, read_case_files(store, [("a.csv", first)]))
    again = b"case_id,era,tenure\n0002,historic,owned\n"
    assert "Field for tenure" not in [
        one.label for one in upload(open_cases(study), ("b.csv", again)).selectbox
    ]
    near = b"case_id,era,Tenures\n0003,historic,owned\n"
    app = upload(open_cases(study), ("c.csv", near))
    assert {one.label: one.value for one in app.selectbox}["Field for Tenures"] == (
        "tenure"
    )


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n", "neither text nor a document"),
        ("letter.pdf", b"%PDF-1.7", "is a PDF"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_our_words(study, name, content, word):
    app = open_cases(study)
    app.file_uploader[0].set_value([(name, content, "application/x")])
    app.run()
    assert not app.exception
    assert word in words_on(app)


def test_headings_of_a_council_are_added_only_once_a_person_agreed(study):
    store, *_ = study
    app = upload(open_cases(study), ("council.csv", COUNCIL))
    fields = {one.label: one.value for one in app.selectbox}
    assert fields["Field for Case Ref"] == "case_id"
    assert fields["Field for Date of Referral"] == "referral_date"
    app.radio(key="era of files").set_value("historic").run()
    assert the_button(app, "Add 1 case").disabled
    app.checkbox(key="columns agreed").set_value(True).run()
    the_button(app, "Add 1 case").click().run()
    assert store.cases.references() == {"0007": "historic"}


def test_column_can_be_given_another_field_than_the_one_proposed(study):
    app = upload(open_cases(study), ("council.csv", COUNCIL))
    (team,) = [one for one in app.selectbox if one.label == "Field for Team"]
    assert team.value == ""
    team.set_value("locality").run()
    app.radio(key="era of files").set_value("contemporary").run()
    assert "Locality" in words_on(app)
    assert "Not marked yet" not in words_on(app).split("What was understood")[1]


def test_bad_rows_are_told_with_file_and_row_and_nothing_can_be_added(study):
    content = CASES.replace(b"2024-05-14", b"31/02/2024")
    app = upload(open_cases(study), ("cases.csv", content))
    words = words_on(app)
    assert "There is a problem" in words
    assert "cases.csv, row 2" in words
    assert not [one for one in app.button if one.label.startswith("Add ")]


def test_eras_by_date_begin_from_the_start_of_practice_of_the_study(study):
    app = upload(
        open_cases(study),
        ("c.csv", b"case_id,referral_date\nA,2024-03-31\nB,2024-04-01\n"),
    )
    assert not [one for one in app.button if one.label.startswith("Add ")]
    app.radio(key="era of files").set_value("by-date").run()
    assert "1 contemporary, 1 historic" in words_on(app)


def test_list_shows_what_was_known_at_referral_and_searches_in_it(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    app = open_cases((store, person, tmp_path / "study.sqlite"))
    table = app.dataframe[0].value
    assert list(table["Case"]) == ["C1", "C2", "C3", "H1", "H2", "H3", "H4"]
    assert "Reason for closure" not in table.columns
    assert table["Age at referral"][0] == "7 years 2 months"
    app.text_input(key="find").set_value("ormwick").run()
    assert list(app.dataframe[0].value["Case"]) == ["H2"]
    store.close()


def test_every_column_of_the_list_is_as_wide_as_its_words(sample_study):
    person = sample_study.study.people()[0]
    app = open_page("cases_page", sample_study.database.file, person.id)
    table = app.dataframe[0].value
    widths = json.loads(app.dataframe[0].proto.columns)
    widths.pop("_index")
    longest = {
        name: max(len(name), *map(len, table[name].astype(str))) for name in table
    }
    assert set(widths) == set(longest)
    # Letters of this size are about seven pixels wide, and cells have a margin.
    cut = {
        name: words
        for name, words in longest.items()
        if widths[name]["width"] < 7 * words + 16
    }
    assert cut == {}
    assert [name for name in widths if widths[name].get("pinned")] == ["Case"]


def test_unmarked_field_is_asked_about_and_used_from_then_on(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    app = open_cases((store, person, tmp_path / "study.sqlite"))
    (mark,) = [one for one in app.selectbox if one.label == "When Housing is known"]
    assert mark.value == KnownAt.UNMARKED
    mark.set_value(KnownAt.AT_REFERRAL).run()
    assert not app.exception
    assert "Housing is now" in words_on(app)
    assert "Housing" in app.dataframe[0].value.columns
    (closure,) = [
        one for one in app.selectbox if one.label == "When Reason for closure is known"
    ]
    assert closure.disabled
    store.close()


def test_debrief_team_reads_and_cannot_add(tmp_path):
    store, lead = a_study_with_cases(tmp_path)
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    app = open_page("cases_page", tmp_path / "study.sqlite", reader.id)
    assert not app.exception
    assert not app.file_uploader
    assert all(one.disabled for one in app.selectbox if "is known" in one.label)
    store.close()


def marks_offered(app, field):
    (mark,) = [one for one in app.selectbox if one.label == f"When {field} is known"]
    return mark.options


def test_after_matches_only_the_lead_is_offered_to_mark_as_known_earlier(tmp_path):
    store, lead, _ = a_study_with_matches(tmp_path)
    judge = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    app = open_page("cases_page", tmp_path / "study.sqlite", judge.id)
    assert marks_offered(app, "Housing") == ["Outcome", "Not marked yet"]
    assert "those who still judge; a study lead can do that." in words_on(app)
    app = open_cases((store, lead, tmp_path / "study.sqlite"))
    assert len(marks_offered(app, "Housing")) == 4
    assert "it stays on record that you did." in words_on(app)
    store.close()
