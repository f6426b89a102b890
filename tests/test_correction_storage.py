"""A transcript corrected after it was coded keeps what was done with it."""

from __future__ import annotations

import pytest
from interview_desk import (
    WORDS,
    a_desk,
    a_suggestion,
    a_transcript,
    code_words,
    segment_of,
)

from coding.coded_segments import Segment
from data.corrections import CorrectionEffect
from data.problems import DataRefused
from data.storage import StudyStore

CORRECTED = WORDS.replace("Who came", "So who came").replace(
    ", and she asked.", ", every Monday."
)


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _correct(
    store: StudyStore, source: str, words: str = CORRECTED, **more: str
) -> CorrectionEffect:
    read = store.sources.read(source)
    assert read is not None
    return store.corrections.correct(
        more.get("actor", "priya"),
        source,
        a_transcript(words=words),
        more.get("reason", "Misheard on the recording"),
        seen_sha256=more.get("seen", read.transcript.sha256),
    )


def test_codings_of_every_coder_follow_their_words(desk) -> None:
    store, source, same, heard = desk
    coding = code_words("The same worker", same)
    store.coding.apply("priya", source, [coding])
    store.coding.apply("tom", source, [code_words("came every week", heard)])
    effect = _correct(store, source)
    assert (effect.codings, effect.not_placed) == (2, 0)
    words = {
        one.coder_id: one.segment.quotation(CORRECTED)
        for one in store.coding.segments(source)
    }
    assert words == {"priya": "The same worker", "tom": "came every week"}
    assert coding.segment_id in {one.id for one in store.coding.segments(source)}
    corrected = store.sources.read(source)
    assert corrected is not None
    assert corrected.transcript.text == CORRECTED
    assert [t.number for t in corrected.transcript.turns] == [1, 2]


def test_what_was_said_of_the_effect_is_what_is_done(desk) -> None:
    store, source, same, heard = desk
    codings = [code_words("she asked", heard), code_words("The same worker", same)]
    store.coding.apply("priya", source, codings)
    said = store.corrections.effect_of(source, a_transcript(words=CORRECTED))
    assert len(store.coding.segments(source)) == 2
    assert _correct(store, source) == said
    assert (said.same_words, said.not_placed) == (1, 1)


def test_a_coding_without_a_place_waits_for_its_own_coder(desk) -> None:
    store, source, _, heard = desk
    coding = code_words("she asked", heard)
    store.coding.apply("tom", source, [coding])
    _correct(store, source)
    assert store.coding.segments(source) == []
    assert store.corrections.unplaced("priya") == []
    (left,) = store.corrections.unplaced("tom", source)
    assert (left.quotation, left.code_name) == ("she asked", "Being heard")
    assert (left.turn_number, left.speaker) == (2, "Mum")
    with pytest.raises(DataRefused):
        store.corrections.place("priya", left.id, segment_of("Monday", CORRECTED))
    with pytest.raises(DataRefused, match="no spoken words"):
        store.corrections.place("tom", left.id, Segment(0, 4))
    store.corrections.place("tom", left.id, segment_of("Monday", CORRECTED))
    (again,) = store.coding.segments(source)
    assert again.id == coding.segment_id
    assert again.coder_id == "tom"
    assert again.segment.quotation(CORRECTED) == "Monday"
    assert store.corrections.unplaced("tom") == []
    with pytest.raises(DataRefused, match="does not wait"):
        store.corrections.let_go("tom", left.id)


def test_a_coding_let_go_is_no_longer_listed(desk) -> None:
    store, source, _, heard = desk
    store.coding.apply("tom", source, [code_words("she asked", heard)])
    _correct(store, source)
    (left,) = store.corrections.unplaced("tom")
    store.corrections.let_go("tom", left.id)
    assert store.corrections.unplaced("tom") == []
    assert store.coding.segments(source) == []


def test_the_earlier_text_stays_readable(desk) -> None:
    store, source, _, _ = desk
    before = store.sources.read(source)
    _correct(store, source)
    _correct(store, source, WORDS, reason="It was right before")
    first, second = store.corrections.earlier_texts(source)
    assert (first.number, first.reason) == (1, "Misheard on the recording")
    assert (second.number, second.replaced_by) == (2, "Priya Wetherall")
    kept = store.corrections.earlier_text(source, 1)
    assert before is not None
    assert kept is not None
    assert (kept.text, kept.turns) == (WORDS, before.transcript.turns)
    assert store.corrections.earlier_text(source, 3) is None


def test_speakers_keep_whom_they_stand_for(desk) -> None:
    store, source, _, _ = desk
    corrected = WORDS + "\nGran: I saw it too."
    effect = _correct(store, source, corrected)
    assert (effect.new_speakers, effect.speakers_gone) == (("Gran",), ())
    people = {one.label: one.participant for one in store.sources.speakers(source)}
    assert people["Mum"] is not None
    assert people["Mum"].pseudonym == "Amira"
    assert people["Gran"] is None
    _correct(store, source, WORDS)
    labels = [one.label for one in store.sources.speakers(source)]
    assert labels == ["Interviewer", "Mum"]


def test_suggestions_on_changed_words_are_withdrawn_and_decisions_kept(desk) -> None:
    store, source, same, heard = desk
    proposed = [
        a_suggestion("The same worker came every week", same),
        a_suggestion("she asked", heard, rank=2),
    ]
    store.suggestions.replace_open("priya", {source: proposed}, engine="test")
    effect = _correct(store, source)
    assert effect.suggestions_withdrawn == 1
    (left,) = store.suggestions.open_of(source)
    assert left.suggestion.segment == segment_of(
        "The same worker came every week", CORRECTED
    )
    assert left.suggestion.turn_number == 2


@pytest.mark.parametrize(
    ("words", "more", "found"),
    [
        (WORDS, {}, "the one that is there"),
        (CORRECTED, {"reason": " "}, "needs a reason"),
        (CORRECTED, {"seen": "0" * 64}, "Someone else corrected"),
        (CORRECTED, {"actor": "di"}, "cannot add transcripts"),
        ("Interviewer: \n", {}, "no words to read"),
    ],
)
def test_what_cannot_take_its_place_changes_nothing(desk, words, more, found) -> None:
    store, source, same, _ = desk
    store.coding.apply("priya", source, [code_words("The same worker", same)])
    with pytest.raises(DataRefused, match=found):
        _correct(store, source, words, **more)
    kept = store.sources.read(source)
    assert kept is not None
    assert kept.transcript.text == WORDS
    assert store.corrections.earlier_texts(source) == []
    assert len(store.coding.segments(source)) == 1
