"""The study's page: by how many people each case is judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_tests import open_page, words_on
from two_judges import Desk, read_by_two

from data.judging import JudgingStands


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


def told_before_saving(app):
    (markup,) = [
        words
        for words in map(str, (one.proto.body for one in app.get("html")))
        if "If you save" in words
    ]
    return markup


def test_what_two_judges_would_change_is_told_before_it_is_saved(desk):
    desk.reads("Pat", words="gnn", choice="H1")
    said = told_before_saving(open_page("study_page", desk.path, desk.people["Ama"].id))
    assert "If you save two judges:" in said
    assert "1 decided case stays as it is." in said
    assert "1 case nobody has judged waits for two people" in said
    assert "half-judged" not in said
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    assert desk.store.judging.stands() == JudgingStands(decided=1, unjudged=1)
    assert desk.stage("Bo") == "through"


def test_what_one_judge_would_change_is_told_before_it_is_saved(desk):
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    desk.first("Pat", words="gnn", choice="H1")
    desk.second("Bo", words="ngn", choice="H4")
    desk.first("Pat", "C2", words="gn", choice="H3")
    before = desk.store.judging.stands()
    assert before == JudgingStands(half_judged=1, differing=1)
    app = open_page("study_page", desk.path, desk.people["Ama"].id)
    said = told_before_saving(app)
    assert "If you save one judge:" in said
    assert "1 half-judged case, which waits for its second judge, is decided at" in said
    assert "1 case on which two judges differ still has to be settled." in said
    app.radio(key="judges 1").set_value(1)
    press_save(app)
    # What was told is what came of it.
    assert desk.store.judging.stands() == JudgingStands(
        decided=before.half_judged, differing=before.differing
    )


def test_others_read_the_setting_and_cannot_change_it(desk):
    app = open_page("study_page", desk.path, desk.people["Pat"].id)
    assert app.radio(key="judges 0").disabled
    assert "Only a study lead can change this." in words_on(app)
