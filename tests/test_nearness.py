"""How near turns are to codes by vectors, apart from what a study is all about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from coding.codebook import Code
from coding.language import blank_language
from coding.suggestions.nearness import NearnessToCodes
from coding.suggestions.vectors import VectorsInUse, without_vectors

# Every word of this small world has two directions: east and north.
WORDS = {"east": (1.0, 0.0), "north": (0.0, 1.0)}
EAST = Code(id="east", name="East")
NORTH = Code(id="north", name="North")


@dataclass(frozen=True)
class _Pieces:
    ids: list[int]


class _Tokenizer:
    def encode_batch(self, texts: list[str], *, add_special_tokens: bool):
        assert not add_special_tokens
        known = list(WORDS)
        return [
            _Pieces([known.index(w) for w in text.lower().split() if w in known])
            for text in texts
        ]


COMPASS = VectorsInUse(
    "compass", "By compass.", np.array([*WORDS.values()]), _Tokenizer()
)


def fitted(turns: list[str], vectors: VectorsInUse = COMPASS) -> NearnessToCodes:
    language = blank_language()
    words = [language.words_only(turn) for turn in turns]
    return NearnessToCodes(
        turns, words, (EAST, NORTH), language=language, vectors=vectors
    )


def test_in_a_small_study_a_cosine_is_taken_as_it_is() -> None:
    rows = fitted(["east"] * 29).by_vectors(["east", "east north", ""])
    diagonal = 0.5**0.5
    assert rows == pytest.approx(
        np.array([[1, 0], [diagonal, diagonal], [0, 0]]), abs=1e-6
    )


def test_what_a_whole_study_is_about_is_taken_away() -> None:
    # The mean of 20 turns east and 10 north is (2/3, 1/3). East less that is
    # (1/3, -1/3), north the opposite way; a turn without words still leads nowhere.
    rows = fitted(["east", "north", "east"] * 10).by_vectors(["east", "north", ""])
    assert rows == pytest.approx(np.array([[1, -1], [-1, 1], [0, 0]]), abs=1e-6)


def test_nearness_adds_words_and_vectors() -> None:
    near = fitted(["east"] * 5)
    words = [blank_language().words_only("east")]
    assert near.by_words(words).round(6).tolist() == [[1, 0]]
    assert near.of(["east"], words).round(6).tolist() == [[2, 0]]


def test_without_vectors_words_alone_are_left() -> None:
    near = fitted(["east"] * 40, without_vectors())
    assert near.by_vectors(["east"]).tolist() == [[0, 0]]
    words = [blank_language().words_only("east")]
    assert near.of(["east"], words).round(6).tolist() == [[1, 0]]
