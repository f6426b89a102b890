"""Learned scores are believed no further than transcripts held out bear them out."""

from __future__ import annotations

import numpy as np
import pytest

from coding.suggestions.learning.blending import Blend
from coding.suggestions.learning.learners import PLACE_OF_LIKENESS, Scores

TURNS, CODES, FOLDS = 200, 6, 5
TOLD, TAUGHT = 6, 9
FOLD = np.arange(TURNS) % FOLDS
HELD_OUT = [fold == FOLD for fold in range(FOLDS)]
# One turn in five is coded, with one code.
CHANCE = np.random.default_rng(5)
CODE = np.where(CHANCE.random(TURNS) < 0.2, CHANCE.integers(0, CODES, TURNS), -1)
APPLIES = (CODE[:, None] == np.arange(CODES)).astype(float)
IS_CODED = CODE >= 0


def scores(*, told: np.ndarray, taught: np.ndarray) -> Scores:
    """Scores in which one of each kind says something and the rest nothing."""
    empty = np.zeros((TURNS, CODES))
    of_told, of_taught = [empty] * TOLD, [empty] * TAUGHT
    of_told[PLACE_OF_LIKENESS] = told
    of_taught[-1] = taught
    examples = np.full((TURNS, CODES), 8.0)
    return Scores(np.stack(of_told, -1), np.stack(of_taught, -1), examples)


def noise(by: float) -> np.ndarray:
    return CHANCE.normal(0, by, (TURNS, CODES))


def right_first(chance: np.ndarray) -> float:
    return float((chance[IS_CODED].argmax(axis=1) == CODE[IS_CODED]).mean())


def coded_over_uncoded(chance: np.ndarray) -> float:
    level = chance.sum(axis=1)
    return float((level[IS_CODED][:, None] > level[~IS_CODED][None]).mean())


@pytest.fixture(scope="module")
def told_orders() -> Scores:
    """Cues and definitions order codes well; codings say only which turns are coded."""
    says_which = APPLIES + noise(0.45) + CHANCE.normal(0, 2, (TURNS, 1))
    says_whether = 4.0 * IS_CODED[:, None] + noise(1.5)
    return scores(told=says_which, taught=says_whether)


def test_codings_that_tell_coded_turns_leave_the_order_of_codes(
    told_orders: Scores,
) -> None:
    by_told = right_first(told_orders.told[..., PLACE_OF_LIKENESS])
    assert 0.6 < by_told < 0.9
    blend, held_out = Blend.fit(told_orders, APPLIES, HELD_OUT)
    for chance in (held_out, blend.predict(told_orders)):
        assert right_first(chance) > by_told - 0.1
        assert coded_over_uncoded(chance) > 0.95


def test_codings_that_tell_codes_apart_overturn_the_order() -> None:
    taught = scores(told=noise(1.0), taught=4 * APPLIES + noise(1.0))
    blend, held_out = Blend.fit(taught, APPLIES, HELD_OUT)
    assert right_first(taught.told[..., PLACE_OF_LIKENESS]) < 0.4
    for chance in (held_out, blend.predict(taught)):
        assert right_first(chance) > 0.9


def test_level_and_order_together_are_still_a_probability(told_orders: Scores) -> None:
    _, held_out = Blend.fit(told_orders, APPLIES, HELD_OUT)
    assert ((held_out > 0) & (held_out < 1)).all()
    assert held_out.mean() == pytest.approx(APPLIES.mean(), abs=0.01)
