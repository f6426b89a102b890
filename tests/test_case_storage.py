"""Cases in the store: all or nothing, fields marked, nothing of later shown early."""

from __future__ import annotations

import itertools

import pytest
from case_desk import (
    a_study,
    a_study_with_cases,
    a_study_with_matches,
    ids_of,
    some_events,
    some_fields,
    some_notes,
    some_records,
)

from coding.study import Person, Role
from data.problems import DataRefused
from data.storage.cases import case_reading
from matching.case_records import CaseEvent, CaseField, CaseNote, CaseRecord
from matching.cases import Era, KnownAt


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    yield store, person
    store.close()


def test_saved_cases_are_counted_by_era(tmp_path):
    store, person = a_study(tmp_path)
    saved = store.cases.save(
        person.id,
        fields=some_fields(),
        records=some_records(),
        events=some_events(),
        notes=some_notes(),
    )
    assert (saved.contemporary, saved.historic) == (3, 4)
    assert (saved.events, saved.notes, saved.already_there) == (3, 4, 0)
    assert [f.title for f in saved.unmarked_fields] == ["Housing"]
    counts = store.cases.counts()
    assert (counts.contemporary, counts.historic, counts.cases) == (3, 4, 7)
    assert store.audit.lines()[0].detail == {"cases": 7, "events": 3, "notes": 4}


def test_case_already_stored_is_refused_with_its_row_and_nothing_is_saved(study):
    store, person = study
    again = [
        CaseRecord("C9", Era.CONTEMPORARY, {}),
        CaseRecord("H2", Era.HISTORIC, {}),
    ]
    with pytest.raises(DataRefused) as refused:
        store.cases.save(
            person.id,
            fields=[],
            records=again,
            places={"H2": "more.csv, row 3"},
        )
    (problem,) = refused.value.problems
    assert problem.where == "more.csv, row 3"
    assert problem.found == "Case H2 is already in the study."
    assert store.cases.counts().cases == 7


def test_event_of_an_unknown_case_is_refused_without_its_words(study):
    store, person = study
    with pytest.raises(DataRefused) as refused:
        store.cases.save(
            person.id,
            fields=[],
            records=[],
            events=[CaseEvent("C77", "2024-01-01", "Court", "secret words")],
        )
    (problem,) = refused.value.problems
    assert problem.where == "Case C77"
    assert "secret" not in str(refused.value)


def test_events_added_again_are_counted_and_not_doubled(study):
    store, person = study
    more = [*some_events(), CaseEvent("H2", "2023-07-09", "Duty visit")]
    saved = store.cases.save(person.id, fields=[], records=[], events=more)
    assert (saved.events, saved.already_there) == (1, 3)
    assert store.cases.counts().events == 4


def test_person_without_the_right_adds_nothing(study):
    store, lead = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    with pytest.raises(DataRefused, match="cannot add cases"):
        store.cases.save(
            reader.id, fields=[], records=[CaseRecord("C9", Era.CONTEMPORARY, {})]
        )
    assert store.cases.counts().cases == 7


def test_pool_holds_what_was_known_at_referral_and_no_outcome(study):
    store, _ = study
    pool = store.cases.case_pool(with_notes=True)
    first = pool.contemporary[0]
    assert first.id == "C1"
    assert first.values["referral_note"] == "School is worried about mornings."
    assert float(first.values["age_at_referral"]) == pytest.approx(2640 / 365.25)
    assert [case.id for case in pool.historic] == ["H1", "H2", "H3", "H4"]
    later = {"closed_date", "closure_reason", "housing"}
    for case in (*pool.contemporary, *pool.historic):
        assert not later & set(case.values)
    assert pool.known["closure_reason"] == KnownAt.OUTCOME


def test_field_known_during_a_case_enters_the_pool_only_when_named(study):
    store, person = study
    store.cases.mark_field(person.id, "housing", KnownAt.DURING, was=KnownAt.UNMARKED)
    assert "housing" not in store.cases.case_pool().contemporary[0].values
    named = store.cases.case_pool(during=["housing"]).contemporary[0]
    assert named.values["housing"] == "rented"


def test_outcome_never_enters_the_pool_even_when_named(study):
    store, _ = study
    pool = store.cases.case_pool(during=["closure_reason", "housing"])
    assert "closure_reason" not in pool.contemporary[0].values
    assert "housing" not in pool.contemporary[0].values


def test_case_at_referral_shows_gaps_and_leaves_out_later_notes(study):
    store, _ = study
    case = store.cases.at_referral(ids_of(store)["H3"])
    titles = {fact.field.title: fact.value for fact in case.facts}
    assert titles["Previous referrals"] == ""
    assert titles["Primary need"] == "N1"
    assert not {"Reason for closure", "Date closed", "Housing"} & set(titles)
    first = store.cases.at_referral(ids_of(store)["C1"])
    assert [note.date for note in first.notes] == ["2024-05-14"]


def test_field_marked_at_referral_is_shown_and_leaves_an_audit_line(study):
    store, person = study
    store.cases.mark_field(
        person.id, "housing", KnownAt.AT_REFERRAL, was=KnownAt.UNMARKED
    )
    assert store.cases.at_referral(ids_of(store)["C1"]).value("housing") == "rented"
    line = store.audit.lines()[0]
    assert (line.action, line.about_id) == ("field marked", "housing")
    assert line.detail == {"was": "unmarked", "known": "at_referral"}


def test_mark_that_moved_on_meanwhile_is_not_overwritten(study):
    store, person = study
    store.cases.mark_field(person.id, "housing", KnownAt.OUTCOME, was=KnownAt.UNMARKED)
    with pytest.raises(DataRefused, match="Someone else changed this mark"):
        store.cases.mark_field(
            person.id, "housing", KnownAt.AT_REFERRAL, was=KnownAt.UNMARKED
        )
    marks = {f.field.name: f.field.known for f in store.cases.fields()}
    assert marks["housing"] == KnownAt.OUTCOME


def test_reason_for_closure_cannot_be_marked_as_known_at_referral(study):
    store, person = study
    with pytest.raises(DataRefused, match="stays an outcome"):
        store.cases.mark_field(
            person.id, "closure_reason", KnownAt.AT_REFERRAL, was=KnownAt.OUTCOME
        )


def test_later_file_does_not_change_a_mark_given_in_the_study(study):
    store, person = study
    store.cases.mark_field(person.id, "housing", KnownAt.DURING, was=KnownAt.UNMARKED)
    store.cases.save(
        person.id,
        fields=[CaseField("housing", "Housing", KnownAt.UNMARKED)],
        records=[CaseRecord("C9", Era.CONTEMPORARY, {"housing": "owned"})],
    )
    marks = {f.field.name: (f.field.known, f.filled) for f in store.cases.fields()}
    assert marks["housing"] == (KnownAt.DURING, 8)


def test_whole_case_file_is_refused_before_any_judgement(study):
    store, person = study
    for case_id in ids_of(store).values():
        with pytest.raises(DataRefused, match="stays hidden"):
            store.cases.case_file(person.id, case_id)


def test_search_looks_at_references_and_at_what_was_known_at_referral_only(study):
    store, _ = study
    found, cases = store.cases.listing(search="sallowby")
    assert found == 4
    assert [c.reference for c in cases] == ["C1", "C3", "H1", "H4"]
    assert store.cases.listing(search="RC7") == (0, [])
    assert store.cases.listing(search="h", era=Era.HISTORIC, limit=2)[0] == 4
    assert store.cases.listing(search="100%")[0] == 0


def test_values_are_counted_by_era_only_for_what_was_known_at_referral(study):
    store, _ = study
    assert store.cases.counts_by("primary_need") == [("N1", 2, 4), ("N4", 1, 0)]
    assert store.cases.counts_by("previous_referrals")[-1] == ("", 0, 1)
    assert store.cases.counts_by("closure_reason") == []


def test_notes_of_later_do_not_leave_the_database(study, monkeypatch):
    store, _ = study
    fetched = []

    def kept(reference, date, text):
        fetched.append((reference, date))
        return CaseNote(reference, date, text)

    monkeypatch.setattr(case_reading, "CaseNote", kept)
    store.cases.case_pool(with_notes=True)
    store.cases.several_at_referral(list(ids_of(store).values()))
    assert ("C1", "2024-05-14") in fetched
    assert ("C1", "2024-11-18") not in fetched


def test_notes_at_referral_are_of_each_case_up_to_its_day_and_evenly_taken(study):
    store, _ = study
    every = [
        "School is worried about mornings.",
        "A neighbour rang about mornings.",
    ]
    assert store.cases.notes_at_referral(most=100) == every
    # Of seven cases every second, fourth or seventh; C1 and H1 are first and fourth.
    assert store.cases.notes_at_referral(most=4) == every[:1]
    assert store.cases.notes_at_referral(most=1) == every[:1]


def test_notes_of_a_case_whose_referral_date_is_held_back_are_held_back_too(study):
    store, person = study
    store.cases.mark_field(
        person.id, "referral_date", KnownAt.DURING, was=KnownAt.AT_REFERRAL
    )
    assert store.cases.at_referral(ids_of(store)["C1"]).notes == ()
    assert store.cases.notes_at_referral(most=100) == []
    first = store.cases.case_pool(with_notes=True).contemporary[0]
    assert first.values["referral_note"] == ""


EARLIER = [
    (KnownAt.OUTCOME, KnownAt.AT_REFERRAL),
    (KnownAt.OUTCOME, KnownAt.DURING),
    (KnownAt.DURING, KnownAt.AT_REFERRAL),
    (KnownAt.UNMARKED, KnownAt.AT_REFERRAL),
    (KnownAt.UNMARKED, KnownAt.DURING),
]


def a_matched_study(tmp_path, known):
    """A study with matches, its housing marked, and a practitioner researcher."""
    store, lead, _ = a_study_with_matches(tmp_path)
    if known != KnownAt.UNMARKED:
        store.cases.mark_field(lead.id, "housing", known, was=KnownAt.UNMARKED)
    judge = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    return store, lead, judge


@pytest.mark.parametrize(("was", "known"), EARLIER)
def test_after_matches_only_the_lead_marks_a_field_as_known_earlier(
    tmp_path, was, known
):
    store, lead, judge = a_matched_study(tmp_path, was)
    with pytest.raises(DataRefused) as refused:
        store.cases.mark_field(judge.id, "housing", known, was=was)
    (problem,) = refused.value.problems
    assert problem.found == (
        "Matches have been found, so marking a field as known earlier would show it "
        "to those who still judge."
    )
    assert problem.where == "Housing"
    assert problem.do_next == "Ask someone who can (study lead). Nothing was saved."
    assert store.cases.at_referral(ids_of(store)["C1"]).value("housing") == ""
    store.cases.mark_field(lead.id, "housing", known, was=was)
    line = store.audit.lines()[0]
    assert (line.action, line.about_id) == ("field marked as known earlier", "housing")
    assert line.detail == {"was": was.value, "known": known.value}
    store.close()


def test_after_matches_a_field_is_marked_as_known_later_by_researchers_too(tmp_path):
    store, _, judge = a_matched_study(tmp_path, KnownAt.AT_REFERRAL)
    steps = [KnownAt.AT_REFERRAL, KnownAt.DURING, KnownAt.OUTCOME, KnownAt.UNMARKED]
    for was, known in itertools.pairwise(steps):
        store.cases.mark_field(judge.id, "housing", known, was=was)
        assert store.audit.lines()[0].action == "field marked"
    # And not back again by way of no mark at all.
    with pytest.raises(DataRefused, match="Matches have been found"):
        store.cases.mark_field(
            judge.id, "housing", KnownAt.AT_REFERRAL, was=KnownAt.UNMARKED
        )
    store.close()


def test_before_matches_a_researcher_marks_a_field_as_known_earlier(study):
    store, lead = study
    judge = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    store.cases.mark_field(judge.id, "housing", KnownAt.OUTCOME, was=KnownAt.UNMARKED)
    store.cases.mark_field(
        judge.id, "housing", KnownAt.AT_REFERRAL, was=KnownAt.OUTCOME
    )
    assert store.cases.at_referral(ids_of(store)["C1"]).value("housing") == "rented"
