"""What is stored of a study's design: kept in versions, undone, checked, left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_source

from coding.study import Participant, Person, Role
from coding.study_design.aims import Aim, Group
from coding.study_design.topic_guides import Question
from data.people_rights.withdrawal import About, Kind, Reason
from data.problems import DataRefused
from data.sources import SpeakerMapping
from data.storage import StudyStore
from data.storage.study_design.design_records import (
    NO_WAVE_ID,
    NewGuideVersion,
    ProjectState,
    ProjectWords,
)
from workbench.actions.study_design.design_reading import read_design, what_to_know


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    add = empty_store.study.add_person
    add("lead", Person("prac", "Pat Lowe", Role.PRACTITIONER_RESEARCHER))
    add("lead", Person("di", "Di Marsh", Role.DEBRIEF_TEAM))
    empty_store.study.save_waves("lead", ["Wave 1", "Wave 2"])
    return empty_store


def _heard(store: StudyStore, name: str, wave: str, *people: Participant) -> str:
    words = "\n\n".join(f"{one.pseudonym}: Words of {name}." for one in people)
    new = a_source(name, words)
    mappings = tuple(SpeakerMapping(one.pseudonym, participant=one) for one in people)
    return store.sources.save("lead", [replace(new, wave=wave, mappings=mappings)])[0]


def test_aims_are_kept_whole_and_the_earlier_ones_stay(store: StudyStore) -> None:
    aims = store.design.aims
    assert aims.standing().number == 0
    first = [Aim(Group("Wave 1", "Parent"), 6, 6), Aim(Group("No wave"), 2)]
    kept = aims.set("di", first, seen=0)
    aims.set("lead", first[:1], seen=kept.number, reason="No time.")
    newest, older = aims.versions()
    assert (newest.aims, newest.reason, newest.set_by) == (
        tuple(first[:1]),
        "No time.",
        "Robin Field",
    )
    assert older.aims == tuple(first)
    with pytest.raises(DataRefused, match="Somebody else set aims"):
        aims.set("di", first, seen=kept.number)
    with pytest.raises(DataRefused, match="cannot change the study design"):
        aims.set("prac", first, seen=newest.number)
    with pytest.raises(DataRefused, match="no wave of this name"):
        aims.set("di", [Aim(Group("Wave 9"), 1)], seen=newest.number)
    assert len(aims.versions()) == 2


def test_a_reason_keeps_what_it_said_and_two_do_not_overwrite(store) -> None:
    aims, group = store.design.aims, Group("No wave", "Parent", "", "Hill")
    aims.give_reason("prac", group, "Nobody <b>asked</b>.")
    first = aims.reasons()[group]
    assert (first.words, first.written_by) == ("Nobody <b>asked</b>.", "Pat Lowe")
    with pytest.raises(DataRefused, match="Someone else changed"):
        aims.give_reason("di", group, "Another.", seen=0)
    aims.give_reason("di", group, "Two were ill.", seen=first.version)
    assert [one.words for one in aims.earlier_reasons(first.id)] == [
        "Nobody <b>asked</b>."
    ]
    second = aims.reasons()[group]
    aims.give_reason("di", group, " ", seen=second.version)
    assert group not in aims.reasons()
    aims.give_reason("prac", group, "Back again.")
    assert aims.reasons()[group].words == "Back again."
    assert len(aims.earlier_reasons(first.id)) == 2


def test_a_guide_grows_by_versions_with_a_reason(store: StudyStore) -> None:
    guides = store.design.guides
    wave = store.study.waves()[0].id
    asked = (Question("How long?", ("Here?",), "You"),)
    first = NewGuideVersion(asked, "2024-05-01", "", (wave, NO_WAVE_ID), ("Parent",))
    guide = guides.add("di", "Families", first)
    with pytest.raises(DataRefused) as refused:
        guides.add_version("di", guide, NewGuideVersion((), "", " "))
    assert [one.where for one in refused.value.problems] == [
        "Questions",
        "Since when",
        "Why it changed",
    ]
    later = NewGuideVersion((Question("Why?"),), "2025-01-01", "Asked enough.")
    grown = guides.add_version("lead", guide, later)
    assert [one.questions for one in grown.versions] == [asked, later.questions]
    assert grown.versions[0].waves == ("Wave 1", "No wave")
    with pytest.raises(DataRefused, match="Version 2 was added while"):
        guides.add_version("di", guide, later)
    guides.set_removed("di", guide.id, is_removed=True)
    assert guides.all() == []
    guides.set_removed("di", guide.id, is_removed=False)
    assert guides.all()[0].versions == grown.versions
    with pytest.raises(DataRefused, match="Another one has this name"):
        guides.add("di", "families", first)


def test_waves_strands_and_mini_projects_keep_what_they_said(store) -> None:
    waves, strands = store.design.waves, store.design.strands
    plan = waves.all()[0]
    with pytest.raises(DataRefused, match="ends before it starts"):
        waves.change("di", replace(plan, starts_on="2024-07-01", ends_on="2024-05-01"))
    kept = waves.change("di", replace(plan, starts_on="2024-05-01", purpose="Scope"))
    with pytest.raises(DataRefused, match="Someone else changed"):
        waves.change("di", replace(plan, purpose="Other"))
    waves.change("di", replace(kept, purpose="Scoping"))
    assert [one.words for one in waves.earlier_words(plan.wave_id)] == ["Scope"]
    with pytest.raises(DataRefused, match="Another wave has this name"):
        waves.add_wave("di", "wave 1")

    strand = strands.add("di", "Families", "To hear them")
    strand = strands.change("di", strand, "Family interviews", "To hear them")
    assert [(o.field, o.words) for o in strands.earlier_words(strand.id)] == [
        ("name", "Families")
    ]
    source = _heard(store, "One", "", Participant("", "Kim", "Parent"))
    assert strands.put_sources("di", {source: strand.id}) == {source: ""}
    assert store.design.reach.read().sources[0].strand_id == strand.id
    assert strands.put_sources("di", {source: ""}) == {source: strand.id}
    assert store.design.reach.read().sources[0].strand_id == ""

    projects = store.design.projects
    with pytest.raises(DataRefused) as refused:
        projects.add(
            "prac", ProjectWords(" ", "", "gone", "prac", "2025-02-01", "2025-01-01")
        )
    assert len(refused.value.problems) == 3
    one = projects.add("prac", ProjectWords("Fathers", "Asked?", strand.id, "prac"))
    changed = replace(one.words, state=ProjectState.UNDER_WAY, question="Who asks?")
    one = projects.change("prac", one, changed)
    assert (one.strand, one.owner, one.words.state) == (
        "Family interviews",
        "Pat Lowe",
        ProjectState.UNDER_WAY,
    )
    assert {w.words for w in projects.earlier_words(one.id)} == {"Asked?", "planned"}
    strands.set_removed("di", strand.id, is_removed=True)
    assert projects.all()[0].strand == ""


def test_withdrawn_people_count_nowhere_and_that_is_said(store: StudyStore) -> None:
    kim = Participant("", "Kim", "Parent", "", "Hill")
    lou = Participant("", "Lou", "Parent", "", "Hill")
    _heard(store, "One", "Wave 1", kim)
    _heard(store, "Two", "Wave 1", kim, lou)
    _heard(store, "Three", "Wave 2", lou)
    store.design.aims.set("di", [Aim(Group("Wave 1", "Parent"), 2, 2)], seen=0)
    (group, _) = read_design(store).reached.groups
    assert (len(group.people), len(group.interviews)) == (2, 2)
    gone = next(one for one in store.study.participants() if one.pseudonym == "Kim")
    store.withdrawals.withdraw(
        "lead",
        About(Kind.PARTICIPANT, gone.id, "Kim"),
        Reason.PERSON_ASKED,
        "2025-01-01",
    )
    design = read_design(store)
    (group, _) = design.reached.groups
    assert (len(group.people), len(group.interviews)) == (1, 1)
    assert what_to_know(design)[0] == (
        "Withdrawn and counted nowhere: 1 person and 1 source."
    )
    gone = next(one for one in store.study.participants() if one.pseudonym == "Lou")
    store.withdrawals.withdraw(
        "lead",
        About(Kind.PARTICIPANT, gone.id, "Lou"),
        Reason.PERSON_ASKED,
        "2025-01-01",
    )
    design = read_design(store)
    assert design.reached.everybody == ()
    assert "Without any source yet: Wave 1, Wave 2." in what_to_know(design)


def test_two_spellings_are_joined_on_a_word_and_parted_again(store) -> None:
    _heard(store, "One", "Wave 1", Participant("", "Kim", "social-worker"))
    _heard(store, "Two", "Wave 1", Participant("", "Lou", "Social worker"))
    aims = [Aim(Group("Wave 1", "social-worker"), 2)]
    store.design.aims.set("di", aims, seen=0)
    joining = store.design.spellings
    with pytest.raises(DataRefused):
        joining.join("di", "role", "social-worker", "Social worker")
    done = joining.join("lead", "role", "social-worker", "Social worker")
    (group,) = read_design(store).reached.groups
    assert (group.group.role, len(group.people)) == ("Social worker", 2)
    joining.part("lead", done)
    roles = {one.pseudonym: one.role for one in store.study.participants()}
    assert roles == {"Kim": "social-worker", "Lou": "Social worker"}
    assert store.design.aims.standing().aims == tuple(aims)
    store.design.aims.set(
        "di", [*aims, Aim(Group("Wave 1", "Social worker"), 1)], seen=3
    )
    with pytest.raises(DataRefused, match="two aims for one group"):
        joining.join("lead", "role", "social-worker", "Social worker")
    assert {one.role for one in store.study.participants()} == set(roles.values())
