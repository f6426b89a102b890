"""The pages of findings and releases: what each person sees, and on an empty study."""

from __future__ import annotations

import threading
import time

import pytest
from page_tests import open_page, words_on
from release_study import DEE, LEAD, PRIYA, a_final_finding, a_study_to_release
from streamlit.testing.v1 import AppTest

from coding.study import Person, Role
from data.coding_records import CodingOperation, OperationKind
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.findings.finding_records import FindingWords
from workbench.actions.findings.findings_waiting import (
    FindingsWaiting,
    findings_waiting,
)
from workbench.actions.releases.preparing import ask_for_release, prepare

_MINUTE = 60  # seconds


def _look_through(page: AppTest) -> None:
    """Ask what would leave and wait until the work in the background is done."""
    page.button("prepare release").click().run()
    until = time.monotonic() + 3 * _MINUTE
    while any(one.label == "Cancel" for one in page.button):
        assert time.monotonic() < until, "looking through never ended"
        page.run()


@pytest.fixture
def study(empty_store: StudyStore, tmp_path):
    a_study_to_release(empty_store)
    return empty_store, tmp_path / "study.sqlite"


@pytest.mark.parametrize("page", ["findings_page", "releases_page"])
def test_an_empty_study_says_what_will_be_here(empty_store, tmp_path, page) -> None:
    shown = open_page(page, tmp_path / "study.sqlite")
    assert not shown.exception
    said = words_on(shown)
    assert "No finding yet." in said or "What leaves needs two people" in said


def test_a_final_finding_shows_its_words_and_can_go_back(study) -> None:
    store, path = study
    one = a_final_finding(store, ("s10-1",), against=("s31-1",))
    page = open_page("findings_page", path, DEE, finding=one.id)
    assert not page.exception
    said = words_on(page)
    for words in ("Trust grows where workers stay.", "Some saw no change.", "by Dee"):
        assert words in said
    page.button("back to draft").click().run()
    assert not page.exception
    assert not store.findings.all()[0].is_final


def test_what_is_typed_waits_while_its_evidence_is_looked_up(study) -> None:
    store, path = study
    one = store.findings.add(DEE, FindingWords("Time is short."))
    page = open_page("findings_page", path, DEE, finding=one.id)

    def strength():
        label = "How strong the evidence is, in a sentence"
        return [area for area in page.text_area if area.label == label]

    strength()[0].input("One person says so.").run()
    page.button("make final").click().run()
    assert "Something was typed and is not saved" in words_on(page)
    page.query_params["finding"] = ""
    page.run()
    assert not strength()
    page.query_params["finding"] = one.id
    page.run()
    assert strength()[0].value == "One person says so."
    page.button(f"finding {one.id}").click().run()
    assert not page.exception
    assert store.findings.all()[0].words.strength == "One person says so."
    assert "Not saved yet." not in words_on(page)


def test_what_has_to_be_answered_stands_on_the_page(study) -> None:
    store, path = study
    one = store.findings.add(DEE, FindingWords("Time is short."))
    new = NewEvidence(EvidenceKind.CODED_SEGMENT, "s10-1", Stance.AGAINST)
    store.evidence.link(DEE, one.holder, [new])
    page = open_page("findings_page", path, DEE, finding=one.id)
    said = words_on(page)
    for words in (
        "Nobody wrote how strong the evidence is.",
        "All evidence linked speaks against it, and none for it.",
        "1 piece of counter-evidence is linked and not answered.",
    ):
        assert words in said
    page.button("make final").click().run()
    assert "There are 3 problems" in words_on(page)


def test_taking_out_can_be_undone(study) -> None:
    store, path = study
    one = store.findings.add(DEE, FindingWords("Time is short."))
    page = open_page("findings_page", path, DEE, finding=one.id)
    page.button("take out").click().run()
    assert store.findings.all() == []
    page.button("bring finding back").click().run()
    assert [kept.id for kept in store.findings.all()] == [one.id]


def test_words_of_people_are_shown_as_text(study) -> None:
    store, path = study
    store.findings.add(DEE, FindingWords("<img src=x> **bold** [a](http://b)"))
    said = words_on(open_page("findings_page", path, DEE))
    assert "&lt;img src=x&gt; **bold** [a](http://b)" in said


def test_a_reader_may_not_change_and_a_practitioner_may_not_ask(study) -> None:
    store, path = study
    store.study.add_person(LEAD, Person("w", "Wyn", Role.PRACTITIONER_RESEARCHER))
    one = a_final_finding(store)
    page = open_page("findings_page", path, "w", finding=one.id)
    assert not page.exception
    assert not [b for b in page.button if b.key in ("make final", "back to draft")]
    page = open_page("releases_page", path, "w")
    assert "What leaves the study is asked for by the debrief team" in words_on(page)


def test_what_is_hidden_and_why_is_shown_to_who_asks(study) -> None:
    store, path = study
    a_final_finding(store, ("s2-1",))
    page = open_page("releases_page", path, DEE)
    _look_through(page)
    assert not page.exception
    said = words_on(page)
    assert "numbers are hidden" in said
    assert "Parent, Northwold fits 4 people of the study; Parent fits enough." in said
    assert "People who speak about Money" in said
    page.button("ask release").click().run()
    assert "Nobody decided on it yet" in words_on(page)
    assert store.releases.all(DEE) == []


def test_the_second_person_sees_the_request_and_not_what_is_hidden(study) -> None:
    store, path = study
    a_final_finding(store)
    prepared = prepare(store)
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    ask_for_release(store, store.study.person(DEE), prepared, choices, "For the board.")
    page = open_page("releases_page", path, PRIYA)
    assert not page.exception
    said = words_on(page)
    assert "Asked for by Dee" in said
    assert "People who speak about Money" not in said
    (one,) = store.releases.all(PRIYA)
    page.text_area(f"reason {one.id}").input("Not yet.")
    (back,) = [b for b in page.button if b.label == "Send it back"]
    back.click().run()
    assert store.releases.all(DEE)[0].reason == "Not yet."


def test_looking_through_can_be_cancelled_and_begun_again(study, monkeypatch) -> None:
    from workbench.widgets.releases import asking_form

    store, path = study
    a_final_finding(store, ("s2-1",))
    reports: list[str] = []
    cancelled = threading.Event()

    def prepare_once_cancelled(study, names, progress):
        def heard(done: float, words: str) -> None:
            reports.append(words)
            if words.startswith("making numbers"):
                cancelled.wait(_MINUTE)
            progress(done, words)

        return prepare(study, names, heard)

    # Set back by hand: undoing all would take the study's settings away as well.
    monkeypatch.setattr(asking_form, "prepare", prepare_once_cancelled)
    page = open_page("releases_page", path, DEE)
    page.button("prepare release").click().run()
    assert "Looking through what would leave" in words_on(page)
    page.button(f"cancel look through {DEE}").click().run()
    cancelled.set()
    until = time.monotonic() + _MINUTE
    while "cancelled. Nothing was changed." not in words_on(page):
        assert time.monotonic() < until, "nobody said that it was cancelled"
        page.run()
    assert reports[-1].startswith("making numbers")
    monkeypatch.setattr(asking_form, "prepare", prepare)
    assert page.button("prepare release").label == "Look through what would leave"
    assert store.releases.all(DEE) == []
    _look_through(page)
    assert "Ask for this release" in words_on(page)


def _waiting(store: StudyStore, person_id: str) -> FindingsWaiting:
    person = store.study.person(person_id)
    assert person is not None
    return findings_waiting(store, person)


def test_home_tells_what_waits_of_findings_and_releases(study) -> None:
    store, path = study
    a_final_finding(store)
    assert _waiting(store, DEE) == FindingsWaiting(1, not_released=1)
    prepared = prepare(store)
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    ask_for_release(store, store.study.person(DEE), prepared, choices, "For the board.")
    # Only who may let it go and did not ask for it is waited for.
    assert _waiting(store, DEE) == FindingsWaiting(1, not_released=1, for_others=1)
    assert _waiting(store, PRIYA) == FindingsWaiting(1, not_released=1, for_person=1)
    home = open_page("home_page", path, PRIYA)
    assert [one.label for one in home.button if "leave" in one.label] == [
        "Read what would leave"
    ]
    (one,) = store.releases.all(PRIYA)
    store.releases.open_file(PRIYA, one.id, ".docx")
    store.releases.release(PRIYA, one.id, "Read it.", seen=one.version)
    assert _waiting(store, DEE) == FindingsWaiting(1)
    _take_the_coding_away(store)
    assert _waiting(store, DEE) == FindingsWaiting(1, changed=1)


def _take_the_coding_away(store: StudyStore) -> None:
    (segment,) = [s for s in store.coding.settled() if s.id == "s10-1"]
    gone = CodingOperation("x", 1, OperationKind.UNCODE, segment_id=segment.id)
    store.coding.apply(PRIYA, segment.source_id, [gone])


def test_files_whose_words_were_withdrawn_are_told_in_words_not_offered(study) -> None:
    store, path = study
    a_final_finding(store)
    prepared = prepare(store)
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    ask_for_release(store, store.study.person(DEE), prepared, choices, "For the board.")
    (one,) = store.releases.all(PRIYA)
    store.releases.open_file(PRIYA, one.id, ".docx")
    store.releases.release(PRIYA, one.id, "Read it.", seen=one.version)
    page = open_page("releases_page", path, DEE)
    told = "Words in it were withdrawn since it was released"
    assert "Take findings" in words_on(page)
    assert told not in words_on(page)
    _take_the_coding_away(store)
    page.run()
    assert not page.exception
    assert told in words_on(page)
    assert "Take findings" not in words_on(page)
