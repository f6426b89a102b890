"""The section on how cases were chosen: what it teaches, shows, takes in and keeps."""

from __future__ import annotations

from datetime import date

import pytest
from case_desk import a_record, a_study, a_study_with_cases
from page_tests import open_page, words_on

from coding.study import Person, Role

HEADINGS = b"case_id,drawn_on,drawn_by,from,rule,replaced,note\n"
TITLE = "How the contemporary cases were chosen"


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    yield store, person, tmp_path / "study.sqlite"
    store.close()


def open_cases(study, person=None):
    _, lead, path = study
    app = open_page("cases_page", path, (person or lead).id)
    assert not app.exception
    return app


def uploader_of(app):
    (found,) = [one for one in app.file_uploader if "chosen" in one.label]
    return found


def button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def fill(app, name, words):
    """Write into the field of the form whose key begins so."""
    (field,) = [
        one
        for one in (*app.text_input, *app.text_area, *app.date_input)
        if str(one.key).startswith(f"{name} C")
    ]
    field.set_value(words)


def written_in(app, name):
    (field,) = [
        one
        for one in (*app.text_input, *app.text_area, *app.date_input)
        if str(one.key).startswith(f"{name} C")
    ]
    return field.value


def test_without_records_the_section_teaches_why_they_matter(study):
    words = words_on(open_cases(study))
    assert "None of the 3 contemporary cases has a record" in words
    assert "hand-picked cases cannot be compared fairly" in words
    for heading in ("case_id", "drawn_on", "drawn_by", "from", "rule", "replaced"):
        assert f"<code>{heading}</code>" in words


def test_study_without_contemporary_cases_has_no_such_section(tmp_path):
    store, person = a_study(tmp_path)
    words = words_on(open_cases((store, person, tmp_path / "study.sqlite")))
    assert TITLE not in words
    store.close()


def test_records_are_told_in_a_sentence_a_table_and_the_cases_without_one(study):
    store, person, _ = study
    store.sampling.add(
        person.id, [a_record("C1"), a_record("C3", replaced="C9: file closed")]
    )
    words = words_on(open_cases(study))
    assert (
        "2 of 3 contemporary cases have a record; drawn on 4 June 2024 from 1 list by "
        "1 person; 1 stands in for cases passed over."
    ) in words
    assert "Without a record: C2." in words
    assert "every 9th from a random start" in words
    assert "C9: file closed" in words
    # C3 was referred on 25 July 2024.
    assert "Drawn before the referral: C3." in words
    assert "cannot be compared fairly" not in words


def test_words_of_a_record_are_shown_as_text(study):
    store, person, _ = study
    store.sampling.add(person.id, [a_record("C1", rule="<img src=x>")])
    words = words_on(open_cases(study))
    assert "&lt;img src=x&gt;" in words
    assert "<img" not in words


def test_file_is_understood_first_and_added_by_one_button(study):
    store, *_ = study
    app = open_cases(study)
    text = HEADINGS + b"C1,2024-06-04,Kim,a list,every 9th,,\nC2,,Kim,a list,all,,\n"
    uploader_of(app).set_value([("chosen.csv", text, "text/csv")])
    app.run()
    words = words_on(app)
    assert "<b>2 records</b>: 2 new." in words
    assert "chosen.csv, row 3, column drawn_on" in words
    assert store.sampling.standing() == []
    button(app, "Add 2 records").click().run()
    assert not app.exception
    assert "Saved. How 2 cases were chosen is on record." in words_on(app)
    assert len(store.sampling.standing()) == 2
    assert not uploader_of(app).value


def test_bad_rows_are_told_with_file_row_and_column_and_nothing_can_be_added(study):
    app = open_cases(study)
    text = HEADINGS + b"C1,31/02/2024,Kim,a list,every 9th,,\nH1,,Kim,a list,,,\n"
    uploader_of(app).set_value([("chosen.csv", text, "text/csv")])
    app.run()
    words = words_on(app)
    assert "There are 3 problems" in words
    assert "chosen.csv, row 2, column drawn_on" in words
    assert "chosen.csv, row 3, column rule" in words
    assert not [one for one in app.button if one.label.startswith("Add ")]


def test_record_is_written_by_hand_for_a_case_without_one(study):
    store, person, _ = study
    store.sampling.add(person.id, [a_record("C1")])
    app = open_cases(study)
    assert app.selectbox(key="sampling case 0").value == "C2"
    assert written_in(app, "drawn by") == "Ama"
    fill(app, "drawn on", date(2024, 7, 2))
    fill(app, "drawn from", "41 referrals accepted in June 2024, Copperhithe")
    fill(app, "rule", "every 7th from a random start")
    fill(app, "replaced", "C8: file closed to researchers")
    button(app, "Save this record").click().run()
    assert not app.exception
    assert "Saved. How 1 case was chosen is on record." in words_on(app)
    assert app.selectbox(key="sampling case 1").value == "C3"
    assert store.sampling.sampling().records[1] == a_record(
        "C2",
        drawn_on="2024-07-02",
        drawn_by="Ama",
        drawn_from="41 referrals accepted in June 2024, Copperhithe",
        rule="every 7th from a random start",
        replaced="C8: file closed to researchers",
    )


def test_record_without_a_rule_is_refused_and_the_typing_kept(study):
    store, *_ = study
    app = open_cases(study)
    fill(app, "drawn from", "41 referrals")
    button(app, "Save this record").click().run()
    assert "The rule is missing." in words_on(app)
    assert written_in(app, "drawn from") == "41 referrals"
    assert store.sampling.standing() == []


def test_changed_record_is_begun_from_what_stands_and_the_former_is_shown(study):
    store, person, _ = study
    store.sampling.add(person.id, [a_record("C1")])
    app = open_cases(study)
    app.selectbox(key="sampling case 0").set_value("C1").run()
    assert "stays on file as history" in words_on(app)
    assert written_in(app, "rule") == "every 9th from a random start"
    fill(app, "rule", "every 8th from a random start")
    button(app, "Save this record").click().run()
    words = words_on(app)
    assert "1 earlier record is kept as history." in words
    assert "1 former record" in words
    assert [one.record.rule for one in store.sampling.former()] == [
        "every 9th from a random start"
    ]


def test_record_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(study):
    store, person, _ = study
    app = open_cases(study)
    theirs = a_record("C1", rule="theirs")
    store.sampling.add(person.id, [theirs])
    fill(app, "rule", "mine")
    button(app, "Save this record").click().run()
    assert "Someone else recorded how this case was chosen" in words_on(app)
    assert written_in(app, "rule") == "mine"
    assert store.sampling.sampling().records == (theirs,)
    button(app, "Save this record").click().run()
    assert not app.exception
    assert [one.record.rule for one in store.sampling.standing()] == ["mine"]
    assert [one.record.rule for one in store.sampling.former()] == ["theirs"]


@pytest.mark.parametrize("role", [Role.EMBEDDED_RESEARCHER, Role.DEBRIEF_TEAM])
def test_others_read_and_are_told_who_records(study, role):
    store, lead, _ = study
    store.sampling.add(lead.id, [a_record("C1")])
    other = store.study.add_person(lead.id, Person("", "Dee", role))
    app = open_cases(study, other)
    words = words_on(app)
    assert "1 of 3 contemporary cases has a record" in words
    assert "it is recorded by: study lead, practitioner researcher." in words
    assert not [one for one in app.file_uploader if "chosen" in one.label]
    assert not [one for one in app.button if one.label == "Save this record"]


def test_practitioner_researcher_records(study):
    store, lead, _ = study
    pat = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    app = open_cases(study, pat)
    fill(app, "rule", "every 7th")
    button(app, "Save this record").click().run()
    assert [one.recorded_by for one in store.sampling.standing()] == ["Pat"]
