"""The directions learners work in, fitted to a study's turns and blind to codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.preparing.directions import Directions, drawn_landmarks
from coding.suggestions.preparing.kernels import (
    CLOSE,
    ROUND,
    WIDE,
    Blocks,
    blocks_of,
    gram,
    rows_of,
    speaker_columns,
)
from coding.suggestions.preparing.study_turns import Rows, StudyTurn, Surroundings
from coding.suggestions.preparing.wording import Reading, Wording, WordingRows
from coding.suggestions.vectors import Matrix, VectorsInUse, unit_rows

MOST_LANDMARKS = 600
MOST_DIRECTIONS = 160
MOST_DIRECTIONS_OF_LIKENESS = 400
SPEAKERS_TOLD_APART = 6
# How fast likeness falls off with the angle between two turns.
SHARPNESS = 3.0


@dataclass(frozen=True, slots=True)
class Bases:
    """Rows of turns in the directions learners work in.

    ``close`` and ``wide`` are linear, ``curved`` bends with the angle; all three end
    with a column a speaker. ``likeness`` has rows of length 1 whose cosines say how
    alike turns are with all that surrounds them; ``meaning`` those of the words alone.
    """

    close: Matrix
    wide: Matrix
    curved: Matrix
    likeness: Matrix
    meaning: Matrix

    def kernel(self, rows: Rows, others: Rows) -> npt.NDArray[np.float64]:
        """How alike turns are for the ridge, a row by a column: from 1 to 2.

        The curved likeness and a constant, which serves as the ridge's intercept.
        """
        near = curved_likeness(self.likeness[rows], self.likeness[others])
        return near.astype(np.float64) + 1

    def first(self, number: int) -> Bases:
        """The first so many rows."""
        return Bases(*(getattr(self, name)[:number] for name in Bases.__slots__))

    def joined_with(self, other: Bases) -> Bases:
        """The rows of both, one below the other."""
        return Bases(
            *(
                np.vstack([getattr(self, name), getattr(other, name)])
                for name in Bases.__slots__
            )
        )


def curved_likeness(one: Matrix, other: Matrix) -> Matrix:
    """exp(3 (cos - 1)) of each row of one with each of the other, from 0 to 1."""
    falling: Matrix = np.exp(SHARPNESS * (one @ other.T - 1))
    return falling


class TurnBases:
    """Fitted to the turns of a study; places any turns in the same directions."""

    def __init__(self, vectors: VectorsInUse) -> None:
        self.wording = Wording(vectors)

    def fit_transform(
        self, turns: Sequence[StudyTurn], readings: Sequence[Reading]
    ) -> Bases:
        """Fit to turns in reading order, and their own rows."""
        said = self.wording.fit_transform([turn.text for turn in turns], readings)
        often = Counter(turn.speaker for turn in turns)
        ordered = sorted(often, key=lambda name: (-often[name], name))
        self.speakers = ordered[:SPEAKERS_TOLD_APART]
        blocks = self._blocks(turns, said)
        chosen = drawn_landmarks(len(turns), MOST_LANDMARKS)
        self._landmarks = rows_of(blocks, chosen)
        self._fit_directions()
        return self._rows(blocks)

    def transform(
        self, turns: Sequence[StudyTurn], readings: Sequence[Reading]
    ) -> Bases:
        """The rows of other turns, whole sources in reading order."""
        said = self.wording.transform([turn.text for turn in turns], readings)
        return self._rows(self._blocks(turns, said))

    def word_weights(self, weights: Matrix) -> Matrix:
        """What weights of ``close`` directions come to for each column of words.

        The directions are sums over words, so a linear score can be read back as one.
        """
        through = self._close.projection @ weights[: self._close.projection.shape[1]]
        found: Matrix = np.asarray(self._landmarks["words"].T @ through, np.float32)
        return found

    def _blocks(self, turns: Sequence[StudyTurn], said: WordingRows) -> Blocks:
        speakers = speaker_columns([turn.speaker for turn in turns], self.speakers)
        return blocks_of(said, Surroundings.of(turns), speakers)

    def _fit_directions(self) -> None:
        marks = self._landmarks
        close, wide = gram(marks, marks, CLOSE), gram(marks, marks, WIDE)
        self._close = Directions.fit(close, MOST_DIRECTIONS)
        self._wide = Directions.fit(wide, MOST_DIRECTIONS)
        whole = gram(marks, marks, ROUND)
        self._likeness = Directions.fit(whole, MOST_DIRECTIONS_OF_LIKENESS)
        self._likeness_of_landmarks = unit_rows(self._likeness.transform(whole))
        curved = curved_likeness(*(self._likeness_of_landmarks,) * 2)
        self._curved = Directions.fit(curved, MOST_DIRECTIONS)

    def _rows(self, blocks: Blocks) -> Bases:
        marks = self._landmarks
        speakers = blocks["speaker"][:, : len(self.speakers)]
        likeness = unit_rows(self._likeness.transform(gram(blocks, marks, ROUND)))
        curved = curved_likeness(likeness, self._likeness_of_landmarks)
        return Bases(
            np.hstack([self._close.transform(gram(blocks, marks, CLOSE)), speakers]),
            np.hstack([self._wide.transform(gram(blocks, marks, WIDE)), speakers]),
            np.hstack([self._curved.transform(curved), speakers]),
            likeness,
            blocks["meaning"],
        )
