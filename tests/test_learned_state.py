"""What was learned is kept as arrays and read back the same."""

from __future__ import annotations

import io

import numpy as np
from learning_study import BOOK, coded, learned, meanings, prepared

from coding.codebook import Codebook
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.learning.state import Arrays, from_arrays, to_arrays

EVERYTHING = np.arange(len(prepared().turns))


def _kept(learnt: LearnedCodes) -> Arrays:
    file = io.BytesIO()
    np.savez(file, **to_arrays(learnt))
    file.seek(0)
    return dict(np.load(file, allow_pickle=False))


def test_read_back_it_says_and_learns_the_same() -> None:
    back = from_arrays(meanings(), _kept(learned()))
    assert back is not None
    assert np.array_equal(back.scores(EVERYTHING), learned().scores(EVERYTHING))
    one = back.with_decision(5, "late", applies=True)
    other = learned().with_decision(5, "late", applies=True)
    assert np.allclose(one.scores(EVERYTHING), other.scores(EVERYTHING), atol=1e-6)
    assert np.array_equal(
        back.held_out.chance, learned().held_out.chance, equal_nan=True
    )


def test_what_has_learned_nothing_is_kept_too() -> None:
    untaught = LearnedCodes.fit(meanings(), coded(()))
    back = from_arrays(meanings(), _kept(untaught))
    assert back is not None
    assert not back.has_learned
    assert np.array_equal(back.scores(EVERYTHING), untaught.scores(EVERYTHING))


def test_with_other_codes_it_has_to_be_learned_anew() -> None:
    fewer = CodeMeanings.fit(prepared(), Codebook(BOOK.codes[:2]))
    assert from_arrays(fewer, _kept(learned())) is None
    kept = _kept(learned())
    kept["version"] = np.array(0)
    assert from_arrays(meanings(), kept) is None
