"""The page on which judgements are supervised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_desk import a_study
from page_tests import open_page, words_on
from two_judges import Desk, read_by_two

from data.judging import SupervisionStep


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path, judges=1)
    yield made
    made.store.close()


def page_of(desk, who, **address):
    app = open_page("supervise_page", desk.path, desk.people[who].id, **address)
    assert not app.exception
    return app


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def test_empty_study_says_what_will_be_here_and_where_to_begin(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("supervise_page", tmp_path / "study.sqlite", person.id)
    assert "There is no judgement you can read" in words_on(app)
    assert [one.label for one in app.button] == ["See what waits to be judged"]
    store.close()


def test_who_does_not_supervise_reads_who_does_and_no_judgement(desk):
    desk.reads("Pat", words="gnn", choice="H1", rationale="Secret mornings matter.")
    for who in ("Bo", "Dee"):
        words = words_on(page_of(desk, who))
        assert "study lead, embedded researcher" in words
        assert "Secret mornings" not in words


def test_supervisor_asks_again_reads_the_answer_and_signs_off(desk):
    saved = desk.reads("Pat", words="gcn", choice="H1")
    app = page_of(desk, "Eve")
    words = words_on(app)
    assert "C1 · Pat · Not looked at" in words
    assert "Same worries, same age, same estate." in words
    assert "Usable with care" in words
    assert app.query_params["judgement"] == saved.id
    press(app, "Ask again")
    assert "Nothing was written." in words_on(app)
    (box,) = [one for one in app.text_area if one.label == "Comment or question"]
    box.set_value("Why not H4?").run()
    press(app, "Ask again")
    assert "C1 · Pat · Asked again" in words_on(app)
    pat = desk.people["Pat"].id
    desk.store.supervision.add(pat, saved.id, SupervisionStep.ANSWER, "Another estate.")
    app = page_of(desk, "Eve")
    assert "Another estate." in words_on(app)
    press(app, "Sign off")
    (one,) = desk.store.supervision.queue(desk.people["Eve"].id)
    assert one.state is SupervisionStep.SIGNED_OFF
    assert [note.step.value for note in one.notes] == [
        "asked_again",
        "answer",
        "signed_off",
    ]
    assert "0 to look at" in words_on(page_of(desk, "Eve"))


def test_own_judgement_is_read_and_not_signed_off(desk):
    desk.reads("Ama", words="gnn", choice="H1")
    app = page_of(desk, "Ama")
    assert "somebody else supervises it" in words_on(app)
    assert "Sign off" not in [one.label for one in app.button]


def test_nothing_of_later_is_on_the_page(desk):
    desk.reads("Pat", words="gnn", choice="H1")
    words = words_on(page_of(desk, "Eve"))
    for later in ("RC7", "RC4", "2024-11-22", "22 November 2024", "aunt"):
        assert later not in words
