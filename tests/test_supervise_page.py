"""The page on which judgements are supervised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_desk import a_study
from page_tests import open_page, words_on
from two_judges import CARE, Desk, read_by_two

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


def settled(desk):
    """C1 read by two who differ and settle it; C2 waits for its second judge."""
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    first = desk.first("Pat", words="gnn", choice="H1", rationale="Mornings alike.")
    second = desk.second("Bo", words="ngn", choice="H4", rationale="One estate.")
    desk.store.supervision.add(
        desk.people["Eve"].id, first.id, SupervisionStep.COMMENT, "Clearly put."
    )
    decided = desk.store.reconciling.save(
        desk.people["Pat"].id,
        desk.ids["C1"],
        historic_id=desk.ids["H4"],
        suitability=CARE,
        rationale="The estate says more.",
    )
    desk.first("Pat", "C2", words="gn", choice="H3")
    return first, second, decided


def test_settled_case_stands_once_with_its_earlier_readings_as_history(desk):
    first, second, decided = settled(desk)
    app = page_of(desk, "Eve")
    words = words_on(app)
    assert "2 cases judged, 2 to look at." in words
    (box,) = [one for one in app.selectbox if one.label == "Judgement"]
    assert [one.split(" · ")[0] for one in box.options] == ["C1", "C2"]
    assert app.query_params["judgement"] == decided.id
    (history,) = [one for one in app.expander if "earlier" in one.label]
    assert history.label == "2 earlier readings of case C1"
    assert not history.proto.expanded
    kept = words_on(history)
    for said in ("Mornings alike.", "One estate.", "Clearly put."):
        assert said in kept
        assert words.count(said) == kept.count(said)
    assert "The estate says more." not in kept
    press(app, "Sign off")
    assert "2 cases judged, 1 to look at." in words_on(app)
    # A link to an earlier reading opens the decision that took its place.
    for earlier in (first, second):
        app = page_of(desk, "Eve", judgement=earlier.id)
        assert app.query_params["judgement"] == decided.id


def test_both_readings_stand_while_a_case_is_not_settled(desk):
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    desk.first("Pat", words="gnn", choice="H1")
    desk.second("Bo", words="ngn", choice="H4")
    app = page_of(desk, "Eve")
    (box,) = [one for one in app.selectbox if one.label == "Judgement"]
    assert len(box.options) == 2
    assert "1 case judged, 1 to look at." in words_on(app)
    assert not [one for one in app.expander if "earlier" in one.label]


def test_second_judge_does_not_sign_off_what_both_decided(desk):
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    desk.first("Pat", words="gnn", choice="H1")
    desk.second("Ama", words="gnn", choice="H1")
    app = page_of(desk, "Ama")
    assert "somebody else supervises it" in words_on(app)


def test_nothing_of_later_is_on_the_page(desk):
    desk.reads("Pat", words="gnn", choice="H1")
    words = words_on(page_of(desk, "Eve"))
    for later in ("RC7", "RC4", "2024-11-22", "22 November 2024", "aunt"):
        assert later not in words
