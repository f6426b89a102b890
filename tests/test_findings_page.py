"""The pages of findings and releases: what each person sees, and on an empty study."""

from __future__ import annotations

import pytest
from page_tests import open_page, words_on
from release_study import DEE, LEAD, PRIYA, a_final_finding, a_study_to_release

from coding.study import Person, Role
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.findings.finding_records import FindingWords


@pytest.fixture
def study(empty_store: StudyStore, tmp_path):
    a_study_to_release(empty_store)
    return empty_store, tmp_path / "study.sqlite"


@pytest.mark.parametrize("page", ["findings_page", "releases_page"])
def test_an_empty_study_says_what_will_be_here(empty_store, tmp_path, page) -> None:
    shown = open_page(page, tmp_path / "study.sqlite")
    assert not shown.exception
    said = words_on(shown)
    assert "No finding yet." in said or "Nobody but one person" in said


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
    page.button("prepare release").click().run()
    assert not page.exception
    said = words_on(page)
    assert "numbers are hidden" in said
    assert "Parent, Northwold fits 4 people of the study; Parent fits enough." in said
    assert "People who speak about Money" in said
    page.button("ask release").click().run()
    assert "Nobody decided on it yet" in words_on(page)
    assert store.releases.all(DEE) == []


def test_the_second_person_sees_the_request_and_not_what_is_hidden(study) -> None:
    from workbench.actions.releases.preparing import ask_for_release, prepare

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
