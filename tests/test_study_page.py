"""The study's page: by how many people each case is judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_tests import open_page, words_on
from two_judges import Desk, read_by_two


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path, judges=1)
    yield made
    made.store.close()


def press_save(app):
    (button,) = [one for one in app.button if one.label == "Save this"]
    button.click().run()
    assert not app.exception
    return app


def test_study_lead_asks_for_a_second_judge_and_the_change_is_kept(desk):
    app = open_page("study_page", desk.path, desk.people["Ama"].id)
    app.radio(key="judges 0").set_value(2)
    press_save(app)
    assert "How pairs are judged was saved." in words_on(app)
    assert desk.store.judging.setting().judges == 2
    assert app.radio(key="judges 1").value == 2
    # Saved once more without a change, nothing is added to the record.
    press_save(app)
    assert len(desk.store.judging.settings()) == 1


def test_others_read_the_setting_and_cannot_change_it(desk):
    app = open_page("study_page", desk.path, desk.people["Pat"].id)
    assert app.radio(key="judges 0").disabled
    assert "Only a study lead can change this." in words_on(app)
