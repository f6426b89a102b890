"""Correcting a transcript in the app: by turn, by file, and what lost its place."""

from __future__ import annotations

import pytest
from interview_desk import WORDS, a_desk, a_transcript, code_words
from page_tests import open_page, words_on

from coding.reanchoring import likely_places
from data.corrections import CorrectionEffect
from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.interviews import coding_desk, corrections
from workbench.actions.interviews.corrections import (
    effect_in_words,
    with_turns_corrected,
)
from workbench.actions.interviews.pane_operations import PaneOperation


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def test_words_of_a_turn_are_changed_and_later_turns_move() -> None:
    before = a_transcript()
    after = with_turns_corrected(before, {1: "Who was it\nthat came?"})
    said = [after.text[turn.start : turn.end] for turn in after.turns]
    assert said[0] == "Who was it that came?"
    assert said[1] == before.text[before.turns[1].start : before.turns[1].end]
    assert after.text == WORDS.replace("Who came to the house?", said[0])


def test_a_turn_without_words_or_number_is_refused_with_all_others() -> None:
    with pytest.raises(DataRefused) as refusal:
        with_turns_corrected(a_transcript(), {1: " ", 9: "Hello"})
    assert [one.found for one in refusal.value.problems] == [
        "It has no words.",
        "There is no such turn.",
    ]


def test_the_effect_is_said_in_words() -> None:
    effect = CorrectionEffect(40, 2, 1, 1, 3, 12, 13, ("Gran",), ("Mum",))
    said = " ".join(effect_in_words(effect))
    for words in (
        "40 coded passages stay on the same words",
        "2 coded passages stay on words that were themselves corrected",
        "1 coded passage was found again elsewhere",
        "3 suggestions on changed words will be withdrawn",
        "12 turns become 13",
        "New speakers: Gran",
        "No longer a speaker: Mum",
        "1 coded passage cannot be placed",
        "can no longer be undone",
    ):
        assert words in said


def test_likely_places_are_whole_words_of_the_nearest_turns_first() -> None:
    transcript = a_transcript()
    first, *_ = likely_places(
        "the same works came each week", transcript.text, transcript.turns
    )
    assert first.quotation(WORDS) == "The same worker came every week"
    assert likely_places("zzzz qqqq xxxx", transcript.text, transcript.turns) == []


def test_a_turn_is_corrected_on_the_page(desk) -> None:
    store, source, same, _ = desk
    store.coding.apply("priya", source, [code_words("The same worker", same)])
    app = open_page(
        "transcripts_page", store.database.file or "", "priya", correct=source
    )
    assert not app.exception
    app.selectbox(key=f"correct turn {source} ").set_value(2).run()
    app.text_area[0].set_value("Our same worker came every week, and she asked.").run()
    assert "1 coded passage stays on words that were themselves corrected" in (
        words_on(app)
    )
    app.button[-1].click().run()
    assert "A correction needs a reason" in words_on(app)
    next(t for t in app.text_input if t.label == "Why it is corrected").set_value(
        "Misheard"
    ).run()
    app.button[-1].click().run()
    read = store.sources.read(source)
    assert read is not None
    assert "Our same worker" in read.transcript.text
    (kept,) = store.coding.segments(source)
    assert kept.segment.quotation(read.transcript.text) == "Our same worker"


def test_somebody_who_may_not_add_transcripts_cannot_correct(desk) -> None:
    store, source, _, _ = desk
    app = open_page("transcripts_page", store.database.file or "", "di", correct=source)
    assert not app.exception
    assert "Correct P07" not in words_on(app)
    page = open_page("code_page", store.database.file or "", "di", source=source)
    assert "Correct the text" not in [one.label for one in page.button]


def test_a_passage_that_lost_its_place_is_put_back_on_the_page(desk) -> None:
    store, source, _, heard = desk
    store.coding.apply("tom", source, [code_words("and she asked", heard)])
    read = store.sources.read(source)
    assert read is not None
    changed = {2: "The same worker came every week, he did ask."}
    corrected = with_turns_corrected(read.transcript, changed)
    tom = next(one for one in store.study.people() if one.id == "tom")
    corrections.correct(store, tom, read, corrected, "Misheard")
    study = store.database.file or ""
    assert "lost its place" not in words_on(
        open_page("code_page", study, "priya", source=source)
    )
    app = open_page("code_page", study, "tom", source=source)
    assert "1 passage of yours lost its place" in words_on(app)
    # No words of the text are like those it stood on.
    assert app.radio[0].value == -1
    # Chosen in the text, not typed: only the pane can say which words.
    assert "Put it there" not in [one.label for one in app.button]
    assert "press “Put Being heard here” beside them" in words_on(app)
    (lost,) = store.corrections.unplaced("tom")
    at = corrected.text.index("he did ask")
    fields = {"lost_id": lost.id, "start": at, "end": at + 10}
    sent = [PaneOperation("browser1", 1, "place", fields)]
    coding_desk.apply_operations(store, tom, source, sent)
    # Sent again after a cut line it changes nothing and is no refusal.
    coding_desk.apply_operations(store, tom, source, sent)
    (kept,) = store.coding.segments(source)
    assert kept.segment.quotation(corrected.text) == "he did ask"
    assert kept.id == lost.id
    assert store.corrections.unplaced("tom") == []


def test_correcting_begins_at_the_turn_that_was_read_and_leads_back_there(desk) -> None:
    store, source, _, _ = desk
    study = store.database.file or ""
    app = open_page("transcripts_page", study, "priya", correct=source, turn="2")
    assert not app.exception
    assert app.selectbox(key=f"correct turn {source} 2").value == 2
    assert app.text_area[0].value.endswith("and she asked.")
    for none in ("7", "x", ""):
        app = open_page("transcripts_page", study, "priya", correct=source, turn=none)
        assert app.selectbox(key=f"correct turn {source} ").value == 1
