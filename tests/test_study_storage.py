"""Storing the study, its people, waves and participants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coding.study import Participant, Person, Role, Study
from data.problems import DataRefused
from data.storage import StudyStore


def test_a_study_is_read_back_as_it_was_founded(tmp_path: Path) -> None:
    store = StudyStore(tmp_path / "a.sqlite")
    store.study.found(Study("Autumn", "Early help", "2015-10-01", is_sample=True))
    assert store.study.read() == Study("Autumn", "Early help", "2015-10-01", True, 1)


def test_a_second_study_in_one_file_is_refused(empty_store: StudyStore) -> None:
    with pytest.raises(DataRefused, match="already holds a study"):
        empty_store.study.found(Study("Another"))
    assert empty_store.study.read().name == "Autumn review"


def test_two_people_changing_the_study_at_once_lose_nothing(
    empty_store: StudyStore,
) -> None:
    seen = empty_store.study.read()
    empty_store.study.change("lead", replace(seen, name="First"))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        empty_store.study.change("lead", replace(seen, name="Second"))
    assert empty_store.study.read().name == "First"


def test_only_a_lead_may_add_people(empty_store: StudyStore) -> None:
    added = empty_store.study.add_person(
        "lead", Person("", "Ade Bello", Role.PRACTITIONER_RESEARCHER)
    )
    with pytest.raises(DataRefused, match="practitioner researcher cannot"):
        empty_store.study.add_person(added.id, Person("", "Cy", Role.STUDY_LEAD))
    assert [one.name for one in empty_store.study.people()] == [
        "Ade Bello",
        "Robin Field",
    ]


def test_a_name_belongs_to_one_person_letter_case_aside(
    empty_store: StudyStore,
) -> None:
    with pytest.raises(DataRefused, match="already in the study"):
        empty_store.study.add_person(
            "lead", Person("", "ROBIN field ", Role.DEBRIEF_TEAM)
        )


def test_somebody_who_is_not_of_the_study_changes_nothing(
    empty_store: StudyStore,
) -> None:
    before = len(empty_store.audit.lines())
    with pytest.raises(DataRefused, match="not in the study"):
        empty_store.study.save_waves("nobody", ["Wave 1"])
    assert empty_store.study.waves() == []
    assert len(empty_store.audit.lines()) == before


def test_commands_act_under_a_name_nobody_can_choose(tmp_path: Path) -> None:
    store = StudyStore(tmp_path / "a.sqlite")
    store.study.found(Study("Autumn"))
    actor = Person("", "kim (command line)", Role.STUDY_LEAD, is_command_line=True)
    first = store.study.ensure_person(actor)
    assert store.study.ensure_person(actor) == first
    assert store.study.people() == []
    lead = store.study.add_first_person(Person("", "Kim", Role.STUDY_LEAD))
    with pytest.raises(DataRefused, match="already has people"):
        store.study.add_first_person(Person("", "Lou", Role.STUDY_LEAD))
    assert [one.id for one in store.study.people()] == [lead.id]


def test_waves_keep_their_order_and_are_added_once(empty_store: StudyStore) -> None:
    empty_store.study.save_waves("lead", ["Scoping", "Embedding"])
    empty_store.study.save_waves("lead", ["Embedding", "Early"])
    assert [one.name for one in empty_store.study.waves()] == [
        "Scoping",
        "Embedding",
        "Early",
    ]


def test_a_participant_saved_again_keeps_the_id_and_takes_the_new_facts(
    empty_store: StudyStore,
) -> None:
    as_first_met = Participant("", "Parent 4", "parent", attributes={"contact": "new"})
    now = Participant("", "Parent 4", "parent", "", "Eastmere", {"a": "b"})
    first = empty_store.study.save_participants("lead", [as_first_met])
    second = empty_store.study.save_participants("lead", [now])
    assert first[0].id == second[0].id
    assert empty_store.study.participants() == [
        Participant(
            first[0].id, "Parent 4", "parent", "", "Eastmere", attributes={"a": "b"}
        )
    ]


def test_every_change_leaves_a_line_with_who_did_it(empty_store: StudyStore) -> None:
    empty_store.study.save_waves("lead", ["Scoping"])
    newest = empty_store.audit.lines()[0]
    assert (newest.person, newest.action) == ("Robin Field", "waves saved")
    assert newest.detail == {"count": 1}


def test_a_change_without_audit_line_is_never_kept(empty_store: StudyStore) -> None:
    from data.rights import Right
    from data.tables import WaveRow

    with (
        pytest.raises(AssertionError, match="without audit line"),
        empty_store.database.writing("lead", Right.IMPORT_SOURCES) as writing,
    ):
        writing.session.add(WaveRow(name="Silent"))
    assert empty_store.study.waves() == []
