"""Minutes on the page: begun, written, dissented from, closed, then only added to."""

from __future__ import annotations

from datetime import date

import pytest
from debrief_table import a_table, link, now_read
from page_tests import everything_on, open_page
from streamlit.testing.v1 import AppTest

from coding.study import Person, Role
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import DebriefForm, Meeting, NewAction
from data.storage.evidence.evidence_records import Stance


@pytest.fixture
def table(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    return (empty_store, *a_table(empty_store))


def _open(store: StudyStore, person: str = "di", **address: str) -> AppTest:
    app = open_page("minutes_page", store.database.file, person, **address)
    assert not app.exception
    return app


def _press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def _area(app: AppTest, label: str):
    return next(one for one in app.text_area if one.label == label)


def _labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_minutes_are_begun_with_guests(empty_store: StudyStore) -> None:
    app = _open(empty_store, "lead")
    assert "No minutes yet" in everything_on(app)
    _area(app, "Guests").input("Ms Fane, Team manager\n, Two health visitors")
    _press(app, "Begin the minutes")
    words = everything_on(app)
    assert "Ms Fane (team manager); Two health visitors." in words
    (one,) = empty_store.debriefs.debriefs()
    assert [who.name for who in one.attended] == ["Ms Fane", "Two health visitors"]


def test_closing_says_everything_that_is_missing(table) -> None:
    store, _, _ = table
    empty = store.debriefs.begin("di", Meeting(DebriefForm.DEBRIEF, "2025-06-02"))
    app = _press(_open(store, debrief=empty), "Close the minutes")
    words = everything_on(app)
    assert "There are 2 problems" in words
    assert "Nobody took part." in words
    assert "No wave is named." in words
    assert not now_read(store, empty).is_closed


def test_a_wave_without_interviews_says_so(table) -> None:
    store, _, _ = table
    (empty,) = store.study.save_waves("priya", ["Wave 9"])
    meeting = Meeting(DebriefForm.DEBRIEF, "2025-06-02", (empty.id,), ("di",))
    debrief = store.debriefs.begin("di", meeting)
    words = everything_on(_open(store, debrief=debrief))
    assert "Wave 9 has no interview in the study yet." in words


def test_a_hypothesis_is_put_up_agreed_on_and_moved_in_the_minutes(table) -> None:
    store, debrief, _ = table
    app = _open(store, debrief=debrief)
    _area(app, "Hypothesis").input("They stay.")
    _area(app, "What made you think so").input("Said twice.")
    _press(app, "Put it up")
    _area(app, "What was agreed on H1").input("To be read again.")
    _press(app, "Save what was agreed")
    (one,) = now_read(store, debrief).discussed
    assert (one.statement, one.agreed) == ("They stay.", "To be read again.")


def test_what_is_typed_waits_while_other_things_are_done(table) -> None:
    store, debrief, _ = table
    store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    app = _open(store, debrief=debrief)
    _area(app, "Notes of the debrief").input("Typed while they spoke.").run()
    assert "Not saved yet." in everything_on(app)
    # Another thing of the same minutes is changed meanwhile: the field is a new one.
    before = now_read(store, debrief)
    meeting = Meeting(DebriefForm.DEBRIEF, "2025-06-03", (), ("di",))
    store.debriefs.change_meeting("di", before, meeting)
    app.run()
    assert _area(app, "Notes of the debrief").value == "Typed while they spoke."
    # They are left: their fields go, and come back with what was typed.
    app.query_params["debrief"] = ""
    app.run()
    assert not [a for a in app.text_area if a.label == "Notes of the debrief"]
    app.query_params["debrief"] = debrief
    app.run()
    assert _area(app, "Notes of the debrief").value == "Typed while they spoke."
    _press(app, "Save what is written")
    assert now_read(store, debrief).texts.notes == "Typed while they spoke."
    assert "Not saved yet." not in everything_on(app)


def test_minutes_are_not_closed_over_words_that_are_not_saved(table) -> None:
    store, debrief, _ = table
    store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    app = _open(store, debrief=debrief)
    _area(app, "What was agreed on H1").input("To be read again.").run()
    _press(app, "Close the minutes")
    words = everything_on(app)
    assert "Something was typed and is not saved" in words
    assert "There is a problem" in words
    assert not now_read(store, debrief).is_closed
    _press(app, "Save what was agreed")
    _press(app, "Close the minutes")
    assert now_read(store, debrief).is_closed


def test_a_practitioner_who_was_there_dissents_and_changes_nothing_else(table) -> None:
    store, debrief, _ = table
    one = store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    app = _open(store, "nell", debrief=debrief)
    assert "Close the minutes" not in _labels(app)
    assert "Save what was agreed" not in _labels(app)
    _area(app, "What you do not agree with").input("Not so.")
    _area(app, "Why, in your own words").input("I was *there*.")
    _press(app, "Record the dissent")
    words = everything_on(app)
    assert "Dissent: <bdi>Nell Osei (practitioner researcher)</bdi>" in words
    assert "I was *there*." in words
    (dissent,) = now_read(store, debrief).dissents
    assert (dissent.hypothesis_id, dissent.name) == (one.id, "Nell Osei")


def test_who_was_not_there_reads_only(table) -> None:
    store, debrief, _ = table
    store.study.add_person("lead", Person("abi", "Abi", Role.PRACTITIONER_RESEARCHER))
    app = _open(store, "abi", debrief=debrief)
    assert _labels(app) == {"All minutes"}


def test_closed_minutes_offer_additions_alone(table) -> None:
    store, debrief, segment = table
    one = store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    link(store, one.id, segment, Stance.SUPPORTS)
    app = _press(_open(store, debrief=debrief), "Close the minutes")
    words = everything_on(app)
    assert "The minutes are closed." in words
    assert "It stood then as put up." in words
    assert "Evidence: 1 for, 0 against" in words
    assert _labels(app) == {
        "All minutes",
        "Record the dissent",
        "Add it",
    }
    _area(app, "Note").input("It was June.")
    _press(app, "Add it")
    assert "added on" in everything_on(app)
    assert now_read(store, debrief).notes[0].is_later


def test_actions_stand_with_owner_day_and_state(table) -> None:
    store, debrief, _ = table
    add = store.debriefs.actions.add
    add("di", debrief, NewAction("Ask two fathers", owner="Ms Fane"))
    add("di", debrief, NewAction("Read again", "nell", due_on="2025-09-01"))
    app = _open(store, "nell", debrief=debrief)
    words = everything_on(app)
    assert "Ms Fane, no date set. Open." in words
    assert "Nell Osei, by 1 September 2025. Open, past its day." in words
    # Her own alone.
    assert [b.label for b in app.button].count("Done today") == 1
    _press(app, "Done today")
    done = next(a for a in now_read(store, debrief).actions if a.owner_id == "nell")
    assert done.done_on == date.today().isoformat()
    assert "Marked as done today." in everything_on(app)


def test_open_actions_wait_on_home_the_own_ones_first(table) -> None:
    store, debrief, _ = table
    add = store.debriefs.actions.add
    add("di", debrief, NewAction("First due", "di", due_on="2025-01-01"))
    add("di", debrief, NewAction("Hers", "nell", due_on="2025-09-01"))
    app = open_page("home_page", store.database.file, "nell")
    words = everything_on(app)
    assert "2 actions open, 1 of them yours." in words
    assert words.index("Hers") < words.index("First due")
    _press(app, "Done today")
    assert "1 action open, none of them yours." in everything_on(app)


def test_a_learning_circle_has_the_short_form(table) -> None:
    store, _, _ = table
    circle = store.debriefs.begin(
        "di", Meeting(DebriefForm.LEARNING_CIRCLE, "2025-07-01", (), ("nell",))
    )
    app = _open(store, debrief=circle)
    headings = {one.value for one in app.header}
    assert "Hypotheses" not in headings
    _area(app, "What we heard").input("They wait.")
    _area(app, "What we will try").input("A call on day one.")
    _press(app, "Save what is written")
    assert now_read(store, circle).texts.will_try == "A call on day one."


def test_a_decision_on_the_codebook_is_made_by_who_may(table) -> None:
    store, debrief, _ = table
    assert "Record this decision" not in _labels(_open(store, debrief=debrief))
    app = _open(store, "priya", debrief=debrief)
    _area(app, "What was decided").input("Code turns")
    next(a for a in app.text_area if a.key.startswith("decided why")).input("Simpler")
    _press(app, "Record this decision")
    assert "D1: Code turns. Because: Simpler." in everything_on(app)
    assert now_read(store, debrief).decisions == (1,)
