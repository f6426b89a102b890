"""The main directions of a kernel over a study, from turns drawn as landmarks.

Nystroem's method (Williams and Seeger 2001): the kernel with a few hundred landmark
turns stands for the kernel with all, and its leading directions for its columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float32]

# Directions this much weaker than the strongest hold rounding errors.
WEAKEST = 1e-4


@dataclass(frozen=True, slots=True)
class Directions:
    """A projection: kernel with the landmarks (columns) in, coordinates out."""

    projection: Table

    @classmethod
    def fit(cls, landmark_gram: Table, most: int) -> Directions:
        """The ``most`` strongest directions of a kernel among landmarks, or fewer."""
        values, vectors = np.linalg.eigh(landmark_gram.astype(np.float64))
        strongest = np.argsort(-values, kind="stable")[:most]
        strongest = strongest[values[strongest] > WEAKEST * max(values.max(), 0)]
        # An eigenvector's sign is arbitrary; settled, to be the same everywhere.
        chosen = vectors[:, strongest]
        largest = chosen[np.abs(chosen).argmax(axis=0), np.arange(chosen.shape[1])]
        chosen = chosen * np.where(largest < 0, -1.0, 1.0)
        return cls((chosen / np.sqrt(values[strongest])).astype(np.float32))

    def transform(self, gram: Table) -> Table:
        """Coordinates of turns, from their kernel with the landmarks."""
        coordinates: Table = gram @ self.projection
        return coordinates


def drawn_landmarks(number_of_turns: int, most: int) -> npt.NDArray[np.intp]:
    """The rows of landmark turns in order, drawn alike each time."""
    drawn = np.random.default_rng(0).permutation(number_of_turns)[:most]
    return np.sort(drawn)
