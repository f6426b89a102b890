"""Suggesting is judged on transcripts kept out, by figures that mean what they say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from learning_study import SOURCES, applied, learned, meanings, prepared

from coding.suggestions.deciding.thresholds import thresholds_for
from coding.suggestions.evaluation.draws import drawn, most_coded
from coding.suggestions.evaluation.metrics import (
    Counts,
    calibration_error,
    first_few,
    recall_at,
)
from coding.suggestions.evaluation.own_codes import (
    learning_curve,
    report_on_own_codes,
)
from coding.suggestions.evaluation.protocol import evaluate
from coding.suggestions.learning.coded_turns import CodedTurns


def test_figures_by_hand() -> None:
    applies = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 0]], bool)
    named = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]], bool)
    counts = Counts.of(named, applies)
    assert counts.right.tolist() == [1, 2, 0]
    assert counts.precision.round(3).tolist() == [1.0, 0.667, 0.0]
    assert counts.recall.tolist() == [0.5, 1.0, 0.0]
    # By code 2/3 and 4/5; the third is named but applies nowhere.
    assert counts.macro_f1 == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert counts.micro_f1 == pytest.approx(2 * 3 / (5 + 4))
    assert (counts + counts).micro_f1 == counts.micro_f1


def test_recall_is_a_share_of_each_turns_codes() -> None:
    chances = np.array([[0.9, 0.8, 0.1, 0.0], [0.1, 0.2, 0.3, 0.4], [0.5, 0, 0, 0]])
    applies = np.array([[1, 0, 1, 1], [1, 0, 0, 0], [0, 0, 0, 0]], bool)
    assert recall_at(1, chances, applies) == pytest.approx((1 / 3 + 0) / 2)
    assert recall_at(3, chances, applies) == pytest.approx((2 / 3 + 0) / 2)
    assert recall_at(3, chances, np.zeros_like(applies)) == 0


def test_calibration_looks_at_the_first_of_each_turn() -> None:
    chances = np.array([[0.95, 0.9], [0.95, 0.1], [0.2, 0.15], [0.2, 0.25]])
    applies = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], bool)
    # Two at .95, both right: .05; one at .2 and one at .25, both wrong: .225.
    assert calibration_error(chances, applies) == pytest.approx(
        0.5 * 0.05 + 0.5 * 0.225
    )


def test_three_a_turn_are_the_likeliest_three() -> None:
    chances = np.array([[0.1, 0.5, 0.4, 0.3, 0.2]])
    named = np.array([[True, True, False, True, True]])
    assert first_few(3, chances, named).tolist() == [[False, True, False, True, True]]
    assert first_few(1, chances, named).tolist() == [[False, True, False, False, False]]


def test_draws_keep_whole_transcripts_out() -> None:
    sources = [f"t{n}" for n in range(10) for _ in range(4)]
    of = np.array(sources)
    seen = set()
    for number in range(5):
        few = drawn(sources, 2, seed=1, number=number)
        many = drawn(sources, 7, seed=1, number=number)
        assert len(set(of[few.kept_out])) == 3
        assert len(set(of[few.coded])) == 2
        assert set(of[few.coded]) < set(of[many.coded])
        assert not set(of[many.coded]) & set(of[many.kept_out])
        assert np.array_equal(few.kept_out, many.kept_out)
        again = drawn(sources, 2, seed=1, number=number)
        assert np.array_equal(few.coded, again.coded)
        seen.add(tuple(np.flatnonzero(few.kept_out)))
    assert len(seen) > 1
    assert most_coded(sources) == 7


def test_of_one_transcript_a_stretch_is_kept_out() -> None:
    draw = drawn(["a"] * 20, 1, seed=3, number=0)
    kept = np.flatnonzero(draw.kept_out)
    assert len(kept) == 6
    assert kept.tolist() == list(range(kept[0], kept[0] + 6))
    assert np.array_equal(draw.coded, ~draw.kept_out)
    assert most_coded(["a"] * 20) == 1
    assert not drawn(["a"] * 20, 0, seed=3, number=0).coded.any()


def _everything() -> CodedTurns:
    return CodedTurns.from_decisions(
        prepared(), meanings().code_ids, applied=applied(), read_through=SOURCES
    )


def test_more_coded_transcripts_suggest_better() -> None:
    ticks = itertools.count()
    told: list[float] = []
    found = evaluate(
        meanings(),
        _everything(),
        (0, 2, 4, 50),
        seed=0,
        draws=2,
        clock=lambda: float(next(ticks)),
        report=lambda done, words: told.append(done),
    )
    assert [one.coded_transcripts for one in found] == [0, 2, 4]
    none, few, many = found
    assert none.mean("recall_at_1") < few.mean("recall_at_1")
    assert many.mean("micro_f1") > 0.8
    assert many.mean("calibration_error") < none.mean("calibration_error")
    assert 0 < many.mean("share_abstained") < 1
    assert many.mean("fit_seconds") == 1  # one tick of the clock
    assert many.counts.applied.sum() == sum(d.counts.applied.sum() for d in many.draws)
    assert told == sorted(told)
    assert len(told) == 6


def test_the_same_seed_gives_the_same_figures() -> None:
    first, second = (
        evaluate(meanings(), _everything(), (2,), seed=5, draws=1, clock=lambda: 0.0)[
            0
        ].draws[0]
        for _ in range(2)
    )
    assert first.macro_f1 == second.macro_f1 > 0
    assert first.calibration_error == second.calibration_error


def test_a_studys_own_codes_are_told_with_their_errors() -> None:
    found = report_on_own_codes(learned(), thresholds_for(learned().held_out, 0.8))
    assert [one.code_id for one in found.codes] == list(meanings().code_ids)
    by_id = {one.code_id: one for one in found.codes}
    assert by_id["garden"].precision >= 0.8
    assert by_id["garden"].recall > 0.5
    assert by_id["unused"].applied == by_id["unused"].right == 0
    assert by_id["unused"].f1 == 0
    assert found.micro_f1 > 0.5
    assert sum(one.number for one in found.bins) > 300
    silent = report_on_own_codes(learned(), thresholds_for(learned().held_out, 1.1))
    assert all(one.suggested == 0 for one in silent.codes)
    missed = {o.code_id: o.missed for o in silent.codes}["garden"]
    assert len(missed) == 3
    assert [one.chance for one in missed] == sorted(one.chance for one in missed)
    every = report_on_own_codes(learned(), thresholds_for(learned().held_out, 0.0))
    wrong = {o.code_id: o.suggested_wrongly for o in every.codes}["garden"]
    assert len(wrong) == 3
    at = prepared().row_of[wrong[0].source_id, wrong[0].turn_number]
    assert learned().coded.table[at, meanings().code_ids.index("garden")] == 0


def test_a_learning_curve_doubles_its_steps() -> None:
    curve = learning_curve(learned(), seed=0, draws=1, clock=lambda: 0.0)
    assert [one.coded_transcripts for one in curve] == [0, 1, 2]
