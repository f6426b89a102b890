"""Adding cases from files: what is understood, asked for, saved."""

from __future__ import annotations

import pytest
from case_desk import a_study

from data.problems import DataRefused
from matching.cases import KnownAt
from workbench.actions.cases.case_files import (
    add_cases,
    columns_to_confirm,
    field_choices,
    mark_field,
    needs_era,
    own_fields,
    read_case_files,
    saved_in_words,
    summary_of,
)

CASES = b"""case_id,era,referral_date,closure_reason,Tenure
0001,contemporary,2024-05-14,RC7,rented
0002,historic,2023-05-14,,owned
"""
NOTES = b"case_id,date,text\n0001,2024-05-14,Rang school\n"
COUNCIL = b"Case Ref,Date of Referral,Team\n0007,14/05/2024,North\n"


@pytest.fixture
def study(tmp_path):
    store, person = a_study(tmp_path)
    yield store, person
    store.close()


def test_files_of_one_import_are_understood_together_before_anything_is_saved(study):
    store, _ = study
    batch = read_case_files(store, [("cases.csv", CASES), ("notes.csv", NOTES)])
    summary = summary_of(batch)
    assert (summary.contemporary, summary.historic, summary.notes) == (1, 1, 1)
    assert summary.fields_known(KnownAt.OUTCOME) == ["Reason for closure"]
    assert summary.fields_known(KnownAt.UNMARKED) == ["Tenure"]
    filled = {field.name: count for field, count in summary.fields}
    assert filled["closure_reason"] == 1
    assert store.cases.counts().cases == 0


def test_added_cases_are_told_in_a_sentence_and_ids_keep_their_zeros(study):
    store, person = study
    batch = read_case_files(store, [("cases.csv", CASES), ("notes.csv", NOTES)])
    saved = add_cases(store, person, batch)
    assert saved_in_words(saved) == (
        "Saved. 2 cases added (1 contemporary, 1 historic), 1 note."
    )
    assert set(store.cases.references()) == {"0001", "0002"}


def test_case_in_the_study_is_refused_with_file_and_row(study):
    store, person = study
    add_cases(store, person, read_case_files(store, [("cases.csv", CASES)]))
    with pytest.raises(DataRefused) as refused:
        read_case_files(store, [("again.csv", CASES)])
    assert [problem.where for problem in refused.value.problems] == [
        "again.csv, row 2, column case_id",
        "again.csv, row 3, column case_id",
    ]


def test_headings_of_a_council_are_proposed_and_used_only_when_confirmed(study):
    store, _ = study
    files = [("council.csv", COUNCIL)]
    proposed = {one.heading: one.field for one in columns_to_confirm(files)}
    assert proposed == {
        "Case Ref": "case_id",
        "Date of Referral": "referral_date",
        "Team": "",
    }
    with pytest.raises(DataRefused, match="which case"):
        read_case_files(store, files, era="contemporary")
    batch = read_case_files(store, files, era="contemporary", columns=proposed)
    assert batch.records[0].reference == "0007"
    assert batch.records[0].facts == {"referral_date": "2024-05-14", "team": "North"}


def test_a_field_of_an_earlier_file_is_known_again_and_a_near_heading_proposed(study):
    store, person = study
    first = b"case_id,era,Gender now,Tenure\n0001,historic,F,rented\n"
    add_cases(store, person, read_case_files(store, [("a.csv", first)]))
    known = own_fields(store)
    assert known == {"gender_now": "Gender now", "tenure": "Tenure"}
    second = b"case_id,era,gender now,Tenures\n0002,historic,F,owned\n"
    asked = columns_to_confirm([("b.csv", second)], known)
    assert [(one.heading, one.field) for one in asked] == [("Tenures", "tenure")]
    assert field_choices(known)["tenure"] == "Tenure"
    batch = read_case_files(store, [("b.csv", second)], columns={"Tenures": "tenure"})
    assert batch.records[0].facts == {"gender_now": "F", "tenure": "owned"}


def test_a_table_without_cases_says_which_column_to_choose(study):
    store, _ = study
    with pytest.raises(DataRefused) as refused:
        read_case_files(store, [("a.csv", b"thing,other\n1,2\n")])
    (problem,) = refused.value.problems
    assert problem.found == "no column says which case each row is about"
    assert problem.do_next == (
        "Beside the heading that names the case, choose Case reference (case_id)."
    )


def test_eras_by_date_follow_the_start_of_practice(study):
    store, _ = study
    content = b"case_id,referral_date\nA,2024-03-31\nB,2024-04-01\n"
    batch = read_case_files(
        store, [("c.csv", content)], era="by-date", practice_start="2024-04-01"
    )
    assert [record.era.value for record in batch.records] == [
        "historic",
        "contemporary",
    ]


def test_era_is_asked_for_only_where_a_table_of_cases_does_not_say_it():
    assert not needs_era([("cases.csv", CASES), ("notes.csv", NOTES)], {})
    assert needs_era([("cases.csv", CASES), ("council.csv", COUNCIL)], {})
    assert not needs_era([("council.csv", COUNCIL)], {"Team": "era"})
    assert not needs_era([("broken.xlsx", b"PK\x03\x04 no")], {})


def test_every_field_of_ours_can_be_chosen_by_its_title():
    choices = field_choices()
    assert choices["case_id"] == "Case reference"
    assert choices["closed_date"] == "Date closed"
    assert choices["text"] == "Text of the note"


def test_field_marked_anew_counts_from_then_on(study):
    store, person = study
    add_cases(store, person, read_case_files(store, [("cases.csv", CASES)]))
    tenure = next(f.field for f in store.cases.fields() if f.field.title == "Tenure")
    mark_field(store, person, tenure, KnownAt.AT_REFERRAL)
    assert store.cases.case_pool().historic[0].values["tenure"] == "owned"
