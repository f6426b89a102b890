"""The judging page where two people judge: begin, read blind, reconcile, supervise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_tests import open_page, words_on
from two_judges import Desk, read_by_two

from data.judging import SupervisionStep
from data.pairings import Stage


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path, judges=1)
    yield made
    made.store.close()


def page_of(desk, who, case="C1", **address):
    address = {"case": desk.ids[case], **address}
    app = open_page("judge_page", desk.path, desk.people[who].id, **address)
    assert not app.exception
    return app


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def say(app, desk, case, historic, verdict):
    app.button(
        key=f"verdict {desk.ids[case]} {desk.ids[historic]} {verdict}"
    ).click().run()
    assert not app.exception
    return app


def test_nobody_sees_the_order_before_they_begin(desk):
    app = page_of(desk, "Pat")
    words = words_on(app)
    assert "Begin as the first judge?" in words
    assert "Nobody recorded how this case was chosen." in words
    assert "1st closest" not in words
    assert "Case H1" not in words
    press(app, "Begin as first judge")
    assert "1st closest" in words_on(app)
    assert desk.stage("Ama") == "begun_by_other"
    other = words_on(page_of(desk, "Ama"))
    assert "Pat has begun this case as the first judge" in other
    assert "1st closest" not in other


def test_page_says_how_many_of_those_waiting_are_for_the_person(desk):
    everything = words_on(page_of(desk, "Pat"))
    assert "0 of 3 judged, 2 waiting, 1 without candidate." in everything
    assert "of those waiting" not in everything
    desk.first("Pat")
    after = words_on(page_of(desk, "Pat"))
    assert "2 waiting, 1 without candidate. 1 of those waiting is for you." in after


def test_a_verdict_on_each_card_is_asked_and_all_that_lacks_is_told_at_once(desk):
    desk.begin("Pat")
    app = page_of(desk, "Pat")
    say(app, desk, "C1", "H1", "good_match")
    press(app, "Save and next pair")
    words = words_on(app)
    assert "2 of 3 cases shown have no verdict yet." in words
    assert "No decision has been made yet." in words
    assert desk.store.judging.readings(desk.people["Pat"].id, desk.ids["C1"]) == []


def test_keys_are_on_the_first_card_without_verdict_and_move_on(desk):
    desk.begin("Pat")
    app = page_of(desk, "Pat")

    def with_keys():
        return {
            one.key.split()[2]
            for one in app.button
            if (one.key or "").startswith("verdict ") and one.proto.shortcut
        }

    assert with_keys() == {desk.ids["H1"]}
    keys = [
        one.proto.shortcut.lower()
        for one in app.button
        if (one.key or "").startswith(f"verdict {desk.ids['C1']} {desk.ids['H1']}")
    ]
    assert keys == ["1", "2", "3", "4"]
    named = {one.label: one.proto.shortcut.lower() for one in app.button}
    assert [named[one] for one in ("Next card", "Undo verdict", "Redo verdict")] == [
        "j",
        "z",
        "y",
    ]
    say(app, desk, "C1", "H1", "cannot_tell")
    assert with_keys() == {desk.ids["H4"]}
    press(app, "Next card")
    assert with_keys() == {desk.ids["H2"]}


def test_verdicts_are_undone_and_redone(desk):
    desk.begin("Pat")
    app = page_of(desk, "Pat")
    say(app, desk, "C1", "H1", "good_match")
    say(app, desk, "C1", "H1", "not_comparable")
    assert "Your verdict: Not comparable." in words_on(app)
    press(app, "Undo verdict")
    assert "Your verdict: Good match." in words_on(app)
    press(app, "Undo verdict")
    assert "Your verdict" not in words_on(app)
    press(app, "Redo verdict")
    press(app, "Redo verdict")
    assert "Your verdict: Not comparable." in words_on(app)


def judge_on_page(app, desk, verdicts, choice):
    for historic, verdict in verdicts.items():
        say(app, desk, "C1", historic, verdict)
    app.button(key=f"choose {desk.ids[choice]}").click().run()
    (why,) = [one for one in app.text_area if one.label == "Why"]
    why.set_value("Same worries, same estate.").run()
    return press(app, "Save and next pair")


def test_first_judges_reading_is_kept_and_waits_for_the_second(desk):
    desk.begin("Pat")
    app = judge_on_page(
        page_of(desk, "Pat"),
        desk,
        {"H1": "usable_with_care", "H4": "not_comparable", "H2": "cannot_tell"},
        "H1",
    )
    assert "Saved: C1 with H1. Now open: C2." in words_on(app)
    (saved,) = desk.store.judging.readings(desk.people["Pat"].id, desk.ids["C1"])
    assert [value.value for _, value in saved.verdicts] == [
        "usable_with_care",
        "not_comparable",
        "cannot_tell",
    ]
    assert saved.judgement.suitability == "usable_with_care"
    assert desk.store.judgements.standing() == []
    words = words_on(page_of(desk, "Pat"))
    assert "Waits for the second judge" in words
    assert "Open both files" not in words
    assert "Take it back and judge again" in words


def test_second_judge_reads_without_order_measure_or_the_first_decision(desk):
    desk.first("Ama", words="gnn", choice="H1", rationale="The twin-like mornings.")
    app = page_of(desk, "Pat")
    words = words_on(app)
    assert "You are the second judge of this case." in words
    for told in (
        "closest",
        "Alike on",
        "How much each makes of the difference",
        "The plan gives",
        "twin",
    ):
        assert told not in words, told
    assert "Ama" not in words
    assert "locality: Sallowby now, Ormwick then" in words
    app = judge_on_page(
        app,
        desk,
        {"H1": "good_match", "H4": "not_comparable", "H2": "not_comparable"},
        "H1",
    )
    assert desk.stage("Pat") == "through"
    words = words_on(page_of(desk, "Pat"))
    assert "How each of the two judges read it" in words
    assert "twin-like mornings" in words
    assert "Ama, first judge" in words
    assert "Open both files" in words


def test_second_judge_compares_side_by_side_without_measure(desk):
    desk.first("Ama", words="gnn", choice="H1")
    app = page_of(desk, "Pat", compare=desk.ids["H4"])
    words = words_on(app)
    assert "Historic H4" in words
    assert "closest" not in words


def test_readings_that_differ_stand_side_by_side_and_are_settled(desk):
    desk.first("Ama", words="ggn", choice="H1", rationale="Same mornings.")
    desk.second("Pat", words="ggn", choice="H4", rationale="Same age to the month.")
    app = page_of(desk, "Pat")
    words = words_on(app)
    assert "Ama chose case H1, Pat chose case H4." in words
    assert "Same mornings." in words
    assert "Same age to the month." in words
    press(app, "Save for both of us")
    assert "No decision has been made yet." in words_on(app)
    (choice,) = [o for o in app.radio if o.label == "Which case do you settle on?"]
    choice.set_value(desk.ids["H4"]).run()
    (suits,) = [o for o in app.radio if o.label == "How well does it suit?"]
    suits.set_value("usable_with_care").run()
    (why,) = [one for one in app.text_area if one.label == "Why"]
    why.set_value("The age weighs more than the estate.").run()
    press(app, "Save for both of us")
    (decided,) = desk.store.judgements.standing()
    assert (decided.given_as, decided.agreed_with) == (3, "Ama")
    words = words_on(page_of(desk, "Ama"))
    assert "Judged by Pat together with Ama" in words


def test_interest_is_declared_on_the_page_and_the_queue_passes_over(desk):
    app = page_of(desk, "Pat")
    app.button(key=f"declare {desk.ids['C1']}").click().run()
    words = words_on(app)
    assert "Kept: case C1 is not for you to judge." in words
    app = open_page("judge_page", desk.path, desk.people["Pat"].id)
    assert app.query_params["case"] == desk.ids["C2"]
    assert "C1 · Not for you to judge" in words_on(app)
    assert "C1 · Waiting" in words_on(page_of(desk, "Bo"))


def test_historic_case_of_ones_team_is_not_to_be_judged_by_them_alone(alone):
    app = page_of(alone, "Pat")
    app.button(key=f"declare {alone.ids['H4']}").click().run()
    assert "Not for you to judge: you declared" in words_on(app)
    keys = [one.key for one in app.button]
    assert f"choose {alone.ids['H4']}" not in keys
    assert f"choose {alone.ids['H1']}" in keys
    (radio,) = [one for one in app.radio if one.label == "Which case suits best?"]
    assert len(radio.options) == 3
    assert "Not for you to judge" not in words_on(page_of(alone, "Bo"))


def test_one_judge_may_give_verdicts_and_need_not(alone):
    app = page_of(alone, "Pat")
    say(app, alone, "C1", "H4", "usable_with_care")
    app.button(key=f"choose {alone.ids['H4']}").click().run()
    assert "You called it usable with care." in words_on(app)
    (why,) = [one for one in app.text_area if one.label == "Why"]
    why.set_value("Same worries, same estate.").run()
    press(app, "Save and next pair")
    (saved,) = alone.store.judgements.standing()
    assert saved.judgement.suitability == "usable_with_care"
    assert [one for one, _ in saved.verdicts] == [alone.ids["H4"]]


def test_what_was_taken_back_can_be_filled_in_again(alone):
    saved = alone.reads(
        "Pat", words="gnn", choice="H1", rationale="Same mornings, same school."
    )
    alone.store.judgements.take_back(alone.people["Pat"].id, saved.id, "A slip.")
    app = page_of(alone, "Pat")
    (radio,) = [one for one in app.radio if one.label == "Which case suits best?"]
    assert radio.value is None
    press(app, "Fill in what I took back")
    (why,) = [one for one in app.text_area if one.label == "Why"]
    assert why.value == "Same mornings, same school."
    press(app, "Save and next pair")
    (again,) = alone.store.judgements.standing()
    assert again.id != saved.id
    assert len(again.verdicts) == 3
    # Nobody else is offered what somebody took back.
    labels = [one.label for one in page_of(alone, "Bo", "C2").button]
    assert "Fill in what I took back" not in labels


def test_judge_reads_what_supervision_asks_and_answers_it(alone):
    saved = alone.reads("Pat", words="gnn", choice="H1")
    alone.store.supervision.add(
        alone.people["Eve"].id,
        saved.id,
        SupervisionStep.ASKED_AGAIN,
        "Is the estate <b>really</b> the same?",
    )
    app = page_of(alone, "Pat")
    words = words_on(app)
    assert "C1 · Pair, asked again" in words
    assert "Is the estate &lt;b&gt;really&lt;/b&gt; the same?" in words
    (answer,) = [one for one in app.text_area if one.label == "Your answer"]
    answer.set_value("Yes, both on Mill Lane.").run()
    press(app, "Send the answer")
    notes = alone.store.supervision.of_own(alone.people["Pat"].id, saved.id)
    assert [one.words for one in notes][-1] == "Yes, both on Mill Lane."
    assert "really" not in words_on(page_of(alone, "Bo"))


def test_every_stage_is_a_word_in_the_queue(desk):
    from workbench.actions.cases import judging

    said = set(judging._STAGES) | {Stage.THROUGH, Stage.NO_CANDIDATE}
    assert said == set(Stage)
