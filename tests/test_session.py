"""Who is at work stays who they are, in each window by itself."""

from __future__ import annotations

import os

from page_tests import words_on
from streamlit.testing.v1 import AppTest

from coding.study import Person, Role
from data.storage import StudyStore
from workbench import preferences


def test_a_choice_in_one_window_does_not_change_another(
    empty_store: StudyStore,
) -> None:
    ben = empty_store.study.add_person("lead", Person("", "Ben", Role.DEBRIEF_TEAM))
    address = str(empty_store.database.file)
    os.environ["WORKBENCH_STUDY"] = address
    preferences.remember_person(address, "lead")
    window = AppTest.from_file("../workbench/app.py", default_timeout=60).run()
    assert "Robin Field, study lead" in words_on(window)
    preferences.remember_person(address, ben.id)
    window.run()
    assert "Robin Field, study lead" in words_on(window)
    other = AppTest.from_file("../workbench/app.py", default_timeout=60).run()
    assert "Ben, debrief team" in words_on(other)


def test_someone_taken_out_of_the_study_is_asked_again(
    empty_store: StudyStore,
) -> None:
    address = str(empty_store.database.file)
    os.environ["WORKBENCH_STUDY"] = address
    preferences.remember_person(address, "gone")
    window = AppTest.from_file("../workbench/app.py", default_timeout=60).run()
    assert "Who are you?" in [title.value for title in window.title]
