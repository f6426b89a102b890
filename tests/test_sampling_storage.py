"""Records of choice in the store: all or nothing, and none overwritten silently."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import (
    a_record,
    a_study,
    a_study_with_cases,
    ids_of,
    some_fields,
    some_records,
)

from coding.study import Person, Role
from data.problems import DataRefused
from data.sampling_records import SamplingSaved


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    yield store, person
    store.close()


def found_by(refused):
    return [(one.where, one.found) for one in refused.value.problems]


def test_records_read_back_in_the_order_of_the_cases(study):
    store, person = study
    first, second = a_record("C2"), a_record("C1", replaced="C9: Zoë’s aunt", note="n")
    assert store.sampling.add(person.id, [first, second]) == SamplingSaved(2)
    sampling = store.sampling.sampling()
    assert sampling.contemporary == ("C1", "C2", "C3")
    assert sampling.records == (second, first)
    assert sampling.without_record == ("C3",)
    (one, _) = store.sampling.standing()
    assert (one.recorded_by, one.superseded_by, one.superseded_at) == ("Ama", "", None)


def test_later_record_takes_the_place_and_the_former_stays_with_who_and_when(study):
    store, lead = study
    pat = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    store.sampling.add(lead.id, [a_record("C1"), a_record("C2")])
    corrected = a_record("C1", rule="every 8th from a random start")
    assert store.sampling.add(pat.id, [corrected]) == SamplingSaved(1, superseded=1)
    assert store.sampling.sampling().records == (corrected, a_record("C2"))
    (former,) = store.sampling.former()
    assert former.record == a_record("C1")
    assert (former.recorded_by, former.superseded_by) == ("Ama", "Pat")
    assert former.superseded_at >= former.recorded_at


def test_case_recorded_three_times_keeps_both_former_records(study):
    store, person = study
    for rule in ("every 9th", "every 8th", "every 7th"):
        store.sampling.add(person.id, [a_record("C1", rule=rule)])
    assert [one.record.rule for one in store.sampling.former()] == [
        "every 9th",
        "every 8th",
    ]
    assert [one.record.rule for one in store.sampling.standing()] == ["every 7th"]


def test_record_that_says_the_same_changes_nothing(study):
    store, person = study
    store.sampling.add(person.id, [a_record("C1")])
    again = [a_record("C1"), a_record("C2")]
    assert store.sampling.add(person.id, again) == SamplingSaved(1, already_there=1)
    assert store.sampling.former() == []


def test_line_left_counts_and_names_the_case_by_id_and_quotes_nothing(study):
    store, person = study
    store.sampling.add(person.id, [a_record("C1", note="half-brother of a girl")])
    line = store.audit.lines()[0]
    assert (line.person, line.action) == ("Ama", "choice of cases recorded")
    assert (line.about_kind, line.about_id) == ("sampling", ids_of(store)["C1"])
    assert line.detail == {"count": 1, "superseded": 0}
    assert "brother" not in str(line)


def test_every_record_that_cannot_be_right_is_named_and_nothing_is_saved(study):
    store, person = study
    with pytest.raises(DataRefused) as refused:
        store.sampling.add(
            person.id,
            [
                a_record("C1"),
                a_record("C77"),
                a_record("H1"),
                a_record("C2", drawn_on="2199-01-01"),
                a_record("C3"),
                a_record("C3", rule="the last"),
            ],
        )
    assert found_by(refused) == [
        ("Case C77", "This case is not in the study."),
        (
            "Case H1",
            "This is a historic case; historic cases are found by matching, not drawn.",
        ),
        ("Case C2", "The day it was drawn lies in the future."),
        ("Case C3", "This case has more than one record in what is added."),
    ]
    assert all(
        one.do_next.endswith("Nothing was saved.") for one in refused.value.problems
    )
    assert store.sampling.standing() == []


@pytest.mark.parametrize("role", [Role.EMBEDDED_RESEARCHER, Role.DEBRIEF_TEAM])
def test_others_than_practitioner_researchers_and_leads_record_nothing(study, role):
    store, lead = study
    other = store.study.add_person(lead.id, Person("", "Kim", role))
    with pytest.raises(DataRefused, match="cannot record how cases were chosen") as no:
        store.sampling.add(other.id, [a_record("C1")])
    assert "study lead, practitioner researcher" in no.value.problems[0].do_next
    assert store.sampling.standing() == []


def test_record_written_while_another_was_being_written_is_refused(study):
    store, person = study
    store.sampling.add(person.id, [a_record("C1")])
    (seen,) = store.sampling.standing()
    theirs = a_record("C1", rule="every 8th")
    store.sampling.write(person.id, theirs, seen_id=seen.id)
    for stale in (seen.id, ""):
        with pytest.raises(DataRefused, match="Someone else recorded"):
            store.sampling.write(person.id, a_record("C1", rule="mine"), seen_id=stale)
    assert store.sampling.sampling().records == (theirs,)
    assert len(store.sampling.former()) == 1


def test_records_of_new_cases_are_saved_with_them_or_not_at_all(tmp_path):
    store, person = a_study(tmp_path)
    both = {"fields": some_fields(), "records": some_records()}
    with pytest.raises(DataRefused, match="historic case"):
        store.cases.save(person.id, **both, sampling=[a_record("C1"), a_record("H1")])
    assert store.cases.counts().cases == 0
    saved = store.cases.save(person.id, **both, sampling=[a_record("C1")])
    assert (saved.cases, saved.sampling.recorded) == (7, 1)
    assert store.sampling.sampling().without_record == ("C2", "C3")
    store.close()


def test_who_adds_cases_without_that_right_adds_neither_them_nor_records(tmp_path):
    store, lead = a_study(tmp_path)
    kim = store.study.add_person(lead.id, Person("", "Kim", Role.EMBEDDED_RESEARCHER))
    with pytest.raises(DataRefused, match="cannot record how cases were chosen"):
        store.cases.save(
            kim.id,
            fields=some_fields(),
            records=some_records(),
            sampling=[a_record("C1")],
        )
    assert store.cases.counts().cases == 0
    store.close()


def test_case_drawn_before_its_referral_is_pointed_out(study):
    # C1 was referred on 14 May 2024, C2 on 11 June, C3 on 25 July.
    store, person = study
    records = [
        a_record("C1", drawn_on="2024-05-13"),
        a_record("C2", drawn_on="2024-06-11"),
        a_record("C3", drawn_on=""),
    ]
    store.sampling.add(person.id, records)
    assert store.sampling.drawn_before_referral() == ["C1"]
    store.sampling.add(person.id, [replace(records[0], drawn_on="2024-06-04")])
    assert store.sampling.drawn_before_referral() == []
