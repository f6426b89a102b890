"""Hypotheses: read with what speaks for and against them, moved by recorded steps."""

from __future__ import annotations

import pytest
from debrief_table import a_table, link
from interview_desk import an_operation
from page_tests import everything_on, open_page
from streamlit.testing.v1 import AppTest

from data.storage import StudyStore
from data.storage.debriefs.hypothesis_records import Hypothesis, HypothesisStatus
from data.storage.evidence.evidence_records import Stance
from workbench.actions.debriefs.hypotheses import holder_of

SAID = "Families feel heard where *one* worker stays"
NOBODY = "Nobody has looked for what speaks against it."


@pytest.fixture
def table(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    return (empty_store, *a_table(empty_store))


def _put_up(store: StudyStore) -> Hypothesis:
    return store.hypotheses.put_up("di", SAID, "Three parents said so.")


def _open(store: StudyStore, person: str = "di", **address: str) -> AppTest:
    app = open_page("hypotheses_page", store.database.file, person, **address)
    assert not app.exception
    return app


def _press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def _area(app: AppTest, label: str):
    return next(one for one in app.text_area if one.label == label)


def test_an_empty_study_says_what_will_be_here(table) -> None:
    store, _, _ = table
    words = everything_on(_open(store, "nell"))
    assert "No hypothesis yet" in words
    assert "Put it up" not in words


def test_a_hypothesis_is_put_up_on_the_page(table) -> None:
    store, _, _ = table
    app = _open(store)
    _area(app, "Hypothesis").input(SAID)
    _press(app, "Put it up")
    assert "What made you think so" in everything_on(app)
    assert "It is empty." in everything_on(app)
    assert store.hypotheses.hypotheses() == []
    _area(app, "What made you think so").input("Three parents.")
    _press(app, "Put it up")
    (one,) = store.hypotheses.hypotheses()
    assert (one.statement, one.reason) == (SAID, "Three parents.")
    words = everything_on(app)
    assert "Put up as H1." in words
    assert NOBODY in words


def test_evidence_is_found_by_a_word_and_linked_with_its_note(table) -> None:
    store, _, segment = table
    one = _put_up(store)
    app = _open(store, hypothesis=one.id)
    find = next(i for i in app.text_input if i.label == "Words in the passage")
    find.input("worker").run()
    assert "1 coded passage by 1 person." in everything_on(app)
    note = next(i for i in app.text_input if i.label.startswith("What it shows"))
    note.input("Every week, she says.").run()
    _press(app, "Against")
    words = everything_on(app)
    assert "Linked as speaking against it: P07 wave 1, turn 2" in words
    assert "Linked already." in words
    assert NOBODY not in words
    (evidence,) = store.evidence.of(_holder(one), reader_id="di")
    assert (evidence.thing_id, evidence.stance, evidence.note) == (
        segment,
        Stance.AGAINST,
        "Every week, she says.",
    )
    _press(app, "Take away")
    assert store.evidence.of(_holder(one), reader_id="di") == []


def _holder(one: Hypothesis):
    return holder_of(one.id)


def test_evidence_that_changed_is_told_and_read_again(table) -> None:
    store, _, segment = table
    one = _put_up(store)
    link(store, one.id, segment, Stance.SUPPORTS)
    (source,) = [s.id for s in store.sources.summaries()]
    heard = next(
        c.id for c in store.codebook.codebook().codes if c.name != "Same worker"
    )
    store.coding.apply(
        "priya", source, [an_operation("recode", segment_id=segment, code_id=heard)]
    )
    app = _open(store, hypothesis=one.id)
    assert "recoded (was Same worker, is Being heard now)" in everything_on(app)
    _press(app, "Read again: still holds")
    words = everything_on(app)
    assert "Kept as it now stands." in words
    assert "Since it was linked" not in words


def test_a_step_needs_a_choice_and_a_reason(table) -> None:
    store, _, _ = table
    one = _put_up(store)
    app = _open(store, hypothesis=one.id)
    _press(app, "Record this step")
    assert "Nothing is chosen." in everything_on(app)
    step = next(r for r in app.radio if r.label.startswith("How H1 stands"))
    step.set_value(HypothesisStatus.CHANGED)
    _area(app, "New wording, if it changed").input("Families feel heard where asked")
    _area(app, "Why").input("Two had three workers.")
    _press(app, "Record this step")
    words = everything_on(app)
    assert "H1 is changed now; how it stood is kept." in words
    assert "Changed: challenged, and worded anew." in words
    assert SAID in words


def test_a_search_that_found_nothing_takes_the_warning_away(table) -> None:
    store, _, _ = table
    one = _put_up(store)
    app = _open(store, hypothesis=one.id)
    assert NOBODY in everything_on(app)
    _area(app, "Where you looked for what speaks against it").input("All parents.")
    _press(app, "Looked for and not found")
    words = everything_on(app)
    assert NOBODY not in words
    assert "Looked for and not found: Di Marsh" in words
    assert "Where: All parents." in words


def test_who_only_reads_is_offered_nothing_to_change(table) -> None:
    store, _, segment = table
    one = _put_up(store)
    link(store, one.id, segment, Stance.SUPPORTS)
    app = _open(store, "nell", hypothesis=one.id)
    labels = {button.label for button in app.button}
    assert labels == {"All hypotheses", "Show in the room"}
    assert "The same worker came every week" in everything_on(app)


def test_the_room_shows_one_at_a_time_with_both_sides(table) -> None:
    store, debrief, segment = table
    one = _put_up(store)
    link(store, one.id, segment, Stance.SUPPORTS)
    store.hypotheses.put_up("di", "<b>Another</b>", "Reading.")
    app = _open(store, view="room")
    words = everything_on(app)
    assert "For (1)" in words
    assert "Against (0)" in words
    assert NOBODY in words
    assert "Another" not in words
    assert "1 of 2 hypotheses" in words
    _press(app, "Next")
    words = everything_on(app)
    assert "&lt;b&gt;Another&lt;/b&gt;" in words or "<b>Another</b>" in words
    assert next(b for b in app.button if b.label == "Next").disabled
    # Of one debrief only what lies on its table.
    store.debriefs.discuss("di", debrief, one.id)
    app = _open(store, view="room", debrief=debrief)
    assert "1 of 1 hypothesis" in everything_on(app)
