"""Who is at work stays who they are, in each window by itself."""

from __future__ import annotations

import os

from page_tests import words_on
from streamlit.testing.v1 import AppTest

from coding.study import Person, Role
from data.storage import StudyStore
from workbench import preferences


def _window() -> AppTest:
    return AppTest.from_file("../workbench/app.py", default_timeout=60).run()


def _choose(window: AppTest, person_id: str) -> None:
    window.button(key=f"i am {person_id}").click().run()


def _asks_who(window: AppTest) -> bool:
    return "Who are you?" in [title.value for title in window.title]


def test_a_reloaded_window_goes_on_as_the_only_person_at_work(
    empty_store: StudyStore,
) -> None:
    os.environ["WORKBENCH_STUDY"] = str(empty_store.database.file)
    window = _window()
    assert _asks_who(window)
    _choose(window, "lead")
    assert "Robin Field, study lead" in words_on(window)
    assert "Robin Field, study lead" in words_on(_window())


def test_no_window_ever_turns_one_person_into_another(
    empty_store: StudyStore,
) -> None:
    ben = empty_store.study.add_person("lead", Person("", "Ben", Role.DEBRIEF_TEAM))
    os.environ["WORKBENCH_STUDY"] = str(empty_store.database.file)
    robins = _window()
    _choose(robins, "lead")
    bens = _window()
    bens.button(key="change person").click().run()
    _choose(bens, ben.id)
    robins.run()
    assert "Robin Field, study lead" in words_on(robins)
    assert "Ben, debrief team" in words_on(bens)
    # With two at work a new or reloaded window asks, whoever was last first.
    again = _window()
    assert _asks_who(again)
    assert again.button[0].key == f"i am {ben.id}"


def test_a_new_day_asks_anew_with_whoever_was_last_first(
    empty_store: StudyStore,
) -> None:
    ben = empty_store.study.add_person("lead", Person("", "Ben", Role.DEBRIEF_TEAM))
    address = str(empty_store.database.file)
    os.environ["WORKBENCH_STUDY"] = address
    preferences.remember_person(address, "lead")
    window = _window()
    assert _asks_who(window)
    assert [one.key for one in window.button][:2] == ["i am lead", f"i am {ben.id}"]


def test_another_study_can_be_opened_from_any_page(empty_store: StudyStore) -> None:
    address = str(empty_store.database.file)
    os.environ["WORKBENCH_STUDY"] = address
    window = _window()
    _choose(window, "lead")
    window.button(key="another study").click().run()
    assert "Restorative Workbench" in [title.value for title in window.title]


def test_a_study_just_made_is_found_after_a_reload() -> None:
    os.environ.pop("WORKBENCH_STUDY", None)
    window = _window()
    window.text_input(key="study name").input("Winter review")
    next(one for one in window.button if one.label == "Make the study").click().run()
    assert "Winter review" in words_on(window)
    assert "Winter review" in words_on(_window())


def test_someone_taken_out_of_the_study_is_asked_again(
    empty_store: StudyStore,
) -> None:
    address = str(empty_store.database.file)
    os.environ["WORKBENCH_STUDY"] = address
    preferences.remember_person(address, "gone")
    assert _asks_who(_window())


def test_what_one_person_had_open_is_not_the_next_one_s(
    empty_store: StudyStore,
) -> None:
    ben = empty_store.study.add_person("lead", Person("", "Ben", Role.DEBRIEF_TEAM))
    os.environ["WORKBENCH_STUDY"] = str(empty_store.database.file)
    window = _window()
    _choose(window, "lead")
    window.session_state["kept source open"] = "an interview"
    window.query_params["q"] = "what was looked for"
    window.button(key="change person").click().run()
    _choose(window, ben.id)
    assert "Ben, debrief team" in words_on(window)
    assert "kept source open" not in window.session_state
    assert "q" not in window.query_params
