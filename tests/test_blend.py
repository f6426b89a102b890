"""The rules for how sure a suggestion is, and when to be silent."""

from __future__ import annotations

import numpy as np
import pytest

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.language import blank_language
from coding.suggestions.blend import (
    Evidence,
    UsualLikeness,
    cue_likeness,
    is_seldom,
    strength_of,
)
from coding.suggestions.cues import CueHit, read_cues
from coding.suggestions.suggestion import Strength

SELDOM, NOW_AND_THEN, COMMON = (2, 200), (12, 200), (40, 200)


def a_hit(phrase: str, negation: str = "") -> CueHit:
    code = Code(id="c", name="A code", cues=(phrase,))
    (cue,) = read_cues([code], blank_language(), headings=frozenset()).cues
    return CueHit(cue, Segment(0, 5), negation)


def strength(
    *cues: tuple[str, tuple[int, int]], above: float = 0.0, negation: str = ""
) -> Strength | None:
    hits = tuple(a_hit(phrase, negation) for phrase, _ in cues)
    return strength_of(Evidence(hits, tuple(turns for _, turns in cues), above))


@pytest.mark.parametrize(
    ("cues", "above", "expected"),
    [
        ([("learning circle", SELDOM)], 1.0, Strength.VERY_LIKELY),
        ([("learning circle", NOW_AND_THEN)], 1.0, Strength.VERY_LIKELY),
        ([("learning circle", SELDOM)], 0.9, Strength.FAIRLY_SURE),
        ([("learning circle", COMMON)], 2.0, Strength.GUESS),
        ([("jargon", SELDOM)], 1.0, Strength.FAIRLY_SURE),
        ([("jargon", SELDOM)], 0.9, Strength.GUESS),
        ([("jargon", NOW_AND_THEN)], 2.0, Strength.GUESS),
        ([("jargon", COMMON)], 2.0, None),
        ([("jargon", NOW_AND_THEN), ("wording", SELDOM)], 0.0, Strength.VERY_LIKELY),
        ([("jargon", COMMON), ("wording", COMMON)], 2.0, None),
        ([("jargon", SELDOM), ("jargon", SELDOM)], 0.0, Strength.GUESS),
    ],
)
def test_phrases_and_seldom_words_weigh_most(
    cues: list[tuple[str, tuple[int, int]]], above: float, expected: Strength | None
) -> None:
    assert strength(*cues, above=above) == expected


def test_a_negated_cue_makes_a_guess_at_most() -> None:
    assert strength(("learning circle", SELDOM), above=3, negation="never") is (
        Strength.GUESS
    )


def test_without_a_cue_only_a_clearly_near_turn_with_words_shared_is_a_guess() -> None:
    def silent_or(above: float, words: tuple[str, ...], seldom: bool) -> object:
        return strength_of(Evidence((), (), above, words, seldom))

    assert silent_or(2.5, ("repeat", "asked"), False) is Strength.GUESS
    assert silent_or(2.5, ("threshold",), True) is Strength.GUESS
    assert silent_or(2.4, ("repeat", "asked"), True) is None
    assert silent_or(2.5, ("asked",), False) is None
    assert silent_or(9.0, (), False) is None


def test_a_negated_cue_counts_half() -> None:
    assert cue_likeness([a_hit("jargon")]) == 0.5
    assert cue_likeness([a_hit("jargon", "no")]) == pytest.approx(0.5 / 1.5)
    assert cue_likeness([a_hit("jargon"), a_hit("wording")]) == pytest.approx(2 / 3)


def test_in_a_small_study_no_word_is_seldom_and_no_turn_nearer_than_usual() -> None:
    assert not is_seldom(1, 29)
    assert is_seldom(3, 30)
    assert not is_seldom(4, 30)
    assert is_seldom(4, 200)
    small = UsualLikeness.of(np.array([[0.0], [1.0]]))
    assert small.above(np.array([[1.0]])).tolist() == [[0.0]]


def test_nearness_is_counted_in_standard_deviations_of_the_study() -> None:
    # Half the turns at 0 and half at 2: mean 1, standard deviation 1.
    usual = UsualLikeness.of(np.array([[0.0, 4.0], [2.0, 4.0]] * 15))
    assert usual.above(np.array([[3.0, 4.0], [0.0, 4.0]])).tolist() == [
        [2.0, 0.0],
        [-1.0, 0.0],
    ]


def test_where_all_turns_are_alike_a_small_difference_is_still_small() -> None:
    usual = UsualLikeness.of(np.zeros((40, 1)))
    assert usual.above(np.array([[0.05], [0.2]])).round(6).tolist() == [[1.0], [4.0]]


def test_a_study_without_turns_has_nothing_usual() -> None:
    usual = UsualLikeness.of(np.zeros((0, 2)))
    assert usual.above(np.array([[1.0, 2.0]])).tolist() == [[0.0, 0.0]]
