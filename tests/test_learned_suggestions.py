"""From probabilities to suggestions: thresholds, words for strength, reasons."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_study import SOURCES, learned, prepared, turns

from coding.coded_segments import Segment
from coding.suggestions.deciding.proposals import LearnedSuggestions
from coding.suggestions.deciding.strengths import LearnedStrengths
from coding.suggestions.deciding.thresholds import (
    SILENT,
    best_single_threshold,
    thresholds_for,
)
from coding.suggestions.learning.learned_codes import HeldOut
from coding.suggestions.suggestion import CodeSuggestion, Strength
from coding.transcripts import Turn


def _held(rows: int, codes: int, seed: int, rate: float) -> HeldOut:
    chance = np.random.default_rng(seed)
    scores = chance.random((rows, codes)).round(1)
    decided = (chance.random((rows, codes)) < scores * rate).astype(float)
    decided[chance.random((rows, codes)) < 0.1] = np.nan
    return HeldOut(np.arange(rows), scores, decided)


MANY = st.builds(
    _held,
    st.integers(1, 60),
    st.integers(1, 6),
    st.integers(0, 9999),
    st.sampled_from([0.05, 0.5, 1.0]),
)


@settings(max_examples=200, deadline=None)
@given(MANY, st.sampled_from([0.2, 0.5, 0.8, 1.0]))
def test_a_threshold_for_a_precision_gives_at_least_that(
    held: HeldOut, precision: float
) -> None:
    found = thresholds_for(held, precision)
    own = (held.decided == 1).sum(axis=0) >= 5
    named = (held.chance >= found.threshold) & ~np.isnan(held.decided)
    for code in np.flatnonzero(own & named.any(axis=0)):
        right = (held.decided[:, code] == 1)[named[:, code]]
        assert right.mean() >= precision
        assert found.precision[code] == right.mean()
    rare = ~own
    if (held.decided[:, rare] == 1).sum() >= 5 and named[:, rare].any():
        assert (held.decided[:, rare] == 1)[named[:, rare]].mean() >= precision


@settings(max_examples=60, deadline=None)
@given(MANY)
def test_asking_for_more_precision_brings_fewer_suggestions(held: HeldOut) -> None:
    numbers = [thresholds_for(held, p).expected(100) for p in (0.2, 0.5, 0.8)]
    assert numbers == sorted(numbers, reverse=True)


def test_thresholds_by_hand() -> None:
    chance = np.array([[0.9, 0.9, 0.8, 0.7, 0.6, 0.6, 0.5, 0.4, 0.3, 0.2]]).T
    right = np.array([[1, 1, 1, 1, 1, 0, 1, 0, 0, 0.0]]).T
    held = HeldOut(np.arange(10), chance, right)
    # Five right of six, and one wrong more for caution's sake: 5 of 7.
    found = thresholds_for(held, 0.7)
    assert found.threshold.tolist() == [0.5]  # 6 right of 7, of 8 with the one more
    assert found.precision.round(2).tolist() == [0.86]
    assert found.recall.tolist() == [1.0]
    assert found.expected(20) == 14
    assert thresholds_for(held, 0.9).threshold.tolist() == [SILENT]
    assert best_single_threshold(held) == 0.5


def test_nothing_coded_has_no_threshold() -> None:
    nothing = HeldOut(np.arange(0), np.zeros((0, 2)), np.zeros((0, 2)))
    assert (thresholds_for(nothing, 0.5).threshold == SILENT).all()
    assert best_single_threshold(nothing) == SILENT
    assert LearnedStrengths.fit(*nothing.decisions()).bins == ()
    assert LearnedStrengths.fit(*nothing.decisions()).strength(0.9) is Strength.GUESS


@settings(max_examples=100, deadline=None)
@given(MANY)
def test_likelier_is_never_rightly_less_often(held: HeldOut) -> None:
    learnt = LearnedStrengths.fit(*held.decisions())
    rates = [one.rate for one in learnt.bins]
    assert rates == sorted(rates)
    chance, right = held.decisions()
    assert sum(one.number for one in learnt.bins) == len(chance)
    assert sum(one.right for one in learnt.bins) == right.sum()
    words = [learnt.strength(chance) for chance in np.linspace(0, 1, 21)]
    order = [Strength.GUESS, Strength.FAIRLY_SURE, Strength.VERY_LIKELY]
    places = [order.index(word) for word in words]
    assert places == sorted(places)


def test_words_for_strength_say_what_was_right_how_often() -> None:
    chance = np.repeat([0.05, 0.45, 0.95], 20)
    right = np.array([0] * 19 + [1] + [1] * 9 + [0] * 11 + [1] * 18 + [0] * 2)
    learnt = LearnedStrengths.fit(chance, right)
    assert learnt.rates() == {
        Strength.GUESS: (20, 1),
        Strength.FAIRLY_SURE: (20, 9),
        Strength.VERY_LIKELY: (20, 18),
    }
    assert learnt.strength(0.97) is Strength.VERY_LIKELY


def _source(source_id: str) -> tuple[str, list[Turn]]:
    text, made = "", []
    for turn, _ in turns():
        if turn.source_id == source_id:
            text += f"{turn.speaker}: "
            made.append(
                Turn(turn.number, len(text), len(text) + len(turn.text), turn.speaker)
            )
            text += f"{turn.text}\n"
    return text, made


def _suggested(precision: float = 0.5, **more: object) -> tuple[CodeSuggestion, ...]:
    asked = LearnedSuggestions(learned(), thresholds_for(learned().held_out, precision))
    return asked.suggest("f", _source("f")[1], **more)


def test_suggestions_lie_in_their_turns_with_their_reasons() -> None:
    text, asked = _source("f")
    found = _suggested()
    assert len(found) > 5
    by_number = {turn.number: turn for turn in asked}
    for one in found:
        turn = by_number[one.turn_number]
        assert turn.start <= one.segment.start < one.segment.end <= turn.end
        assert one.chance is not None
        assert 0 <= one.chance <= 1
        assert one.reason.sentence.startswith("Because ")
        for marked in (*one.reason.cue_segments, *one.reason.telling_segments):
            assert one.segment.start <= marked.start < marked.end <= one.segment.end
        assert len(one.reason.similar_turns) == (0 if one.code_id == "unused" else 2)
        assert all(source in SOURCES[:4] for source, _ in one.reason.similar_turns)
    assert _suggested() == found


def test_a_word_learned_from_codings_is_the_reason() -> None:
    text, _ = _source("f")
    allotment = [
        one
        for one in _suggested()
        if one.code_id == "garden" and "allotment" in one.segment.quotation(text)
    ]
    assert allotment
    for one in allotment:
        words = {s.quotation(text).lower() for s in one.reason.telling_segments}
        assert "allotment" in words
        assert "‘allotment’" in one.reason.sentence
        assert not one.reason.is_explicit
        assert one.reason.definition_sentence == "Time spent outside."


def test_a_cue_makes_a_suggestion_explicit() -> None:
    cued = [one for one in _suggested() if one.reason.cues]
    assert cued
    assert all(one.reason.is_explicit for one in cued)


def test_no_more_than_asked_for_in_a_turn_the_likeliest_first() -> None:
    every = LearnedSuggestions(learned(), thresholds_for(learned().held_out, 0.0))
    found = every.suggest("f", _source("f")[1])
    for number in {one.turn_number for one in found}:
        own = [one for one in found if one.turn_number == number]
        assert [one.rank for one in own] == list(range(1, len(own) + 1))
        assert len(own) <= 3
        assert [one.similarity for one in own] == sorted(
            (one.similarity for one in own), reverse=True
        )


def test_what_a_person_decided_is_left_alone() -> None:
    found = _suggested()
    decided = [(one.code_id, one.segment) for one in found]
    again = _suggested(decided=decided)
    for one in again:
        assert not any(
            one.code_id == code and one.segment.overlaps(segment)
            for code, segment in decided
        )
    elsewhere = [(one.code_id, Segment(0, 1)) for one in found]
    assert _suggested(decided=elsewhere) == found


def test_turns_that_were_not_prepared_get_nothing() -> None:
    asked = LearnedSuggestions(learned(), thresholds_for(learned().held_out, 0.5))
    assert asked.suggest("unknown", [Turn(1, 0, 5)]) == ()
    assert asked.suggest("f", [Turn(999, 0, 5)]) == ()
    assert prepared().rows_of("unknown").tolist() == []
