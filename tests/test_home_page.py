"""Home: the first screen, the tasks, and the way to a first study."""

from __future__ import annotations

import os

from page_tests import open_page, words_on
from progress_desk import a_judged_pair
from streamlit.testing.v1 import AppTest
from template_desk import TemplateDesk

from coding.study import Person, Role
from data.storage import StudyStore
from workbench.actions.cases.judging import open_files
from workbench.actions.templates.records_waiting import (
    RecordsWaiting,
    records_waiting,
)


def test_home_lists_every_task_and_marks_one(empty_store: StudyStore) -> None:
    app = open_page("home_page", empty_store.database.file)
    assert not app.exception
    words = words_on(app)
    assert "Autumn review" in words
    assert "Prepare the debrief" in words
    assert "Cannot start yet" in words
    assert "Find matches first." in words
    assert [button.label for button in app.button] == ["Add cases"]


def test_the_debrief_team_is_led_elsewhere(empty_store: StudyStore) -> None:
    person = empty_store.study.add_person("lead", Person("", "Di", Role.DEBRIEF_TEAM))
    app = open_page("home_page", empty_store.database.file, person.id)
    assert [button.label for button in app.button] == ["Add indicators"]


def test_without_a_study_home_offers_the_sample_and_a_new_one() -> None:
    os.environ.pop("WORKBENCH_STUDY", None)
    app = AppTest.from_file("../workbench/app.py", default_timeout=60).run()
    assert not app.exception
    assert [button.label for button in app.button] == [
        "Open the sample study",
        "Make the study",
    ]
    app.text_input(key="study name").input("Winter review")
    app.button[1].click().run()
    assert not app.exception
    assert "Who are you?" in [title.value for title in app.title]
    app.text_input(key="first name").input("Ama Owusu")
    next(one for one in app.button if one.label == "Start").click().run()
    assert "Winter review" in [title.value for title in app.title]
    assert "Ama Owusu, study lead" in words_on(app)


def test_a_study_that_cannot_be_opened_is_answered_in_words(tmp_path) -> None:
    spoilt = tmp_path / "spoilt.sqlite"
    spoilt.write_bytes(b"not a study at all" * 100)
    os.environ["WORKBENCH_STUDY"] = str(spoilt)
    app = AppTest.from_file("../workbench/app.py", default_timeout=60).run()
    os.environ.pop("WORKBENCH_STUDY")
    assert not app.exception
    assert "not a study" in words_on(app)


def test_home_says_whom_the_comparing_of_progress_waits_for(tmp_path) -> None:
    shut = a_judged_pair(tmp_path, opened=False)

    def words(person: Person) -> str:
        return words_on(open_page("home_page", shut.path, person.id))

    assert "The files of 1 pair are not opened yet" in words(shut.lead)
    open_files(shut.store, shut.lead, shut.store.judgements.standing()[0])
    assert "1 waiting for you" in words(shut.lead)
    assert "1 waiting for you" not in words(shut.researcher)
    assert "1 pair waits for other judges." in words(shut.researcher)
    shut.store.close()


def test_interviews_without_a_complete_record_wait_on_home(empty_store) -> None:
    store = empty_store
    assert records_waiting(store, store.study.person("lead")) == RecordsWaiting()
    desk = TemplateDesk(store)
    di = store.study.person("di")
    assert records_waiting(store, di) == RecordsWaiting(templates=1, wanted=1)
    words = words_on(open_page("home_page", store.database.file, "di"))
    assert "Fill in interview records" in words
    assert "0 of 1 record complete" in words
    desk.write("", question=desk.worker, choice="Yes")
    assert records_waiting(store, di).begun == 1
    desk.write("She told them what she had kept back.")
    found = records_waiting(store, di)
    assert (found.complete, found.begun, found.waiting) == (1, 0, 0)
    app = open_page("home_page", store.database.file, "di")
    assert not app.exception
    assert "1 of 1 record complete" in words_on(app)
    # Whoever codes it blind is not asked for what they may not read now.
    store.study.add_person("lead", Person("eve", "Eve", Role.EMBEDDED_RESEARCHER))
    store.coders.give("lead", [desk.source], "eve", blind=True)
    eve = records_waiting(store, store.study.person("eve"))
    assert (eve.hidden, eve.complete, eve.waiting) == (1, 0, 0)
