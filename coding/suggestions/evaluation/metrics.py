"""The figures a method of suggesting codes is judged by.

``chances`` and ``applies`` are tables of turns (rows) by codes (columns); ``named``
says which codes were suggested in which turn. Every row counts, whoever speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]
Named = npt.NDArray[np.bool_]

NUMBER_OF_BINS = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """For each code how often it applied, was suggested, and rightly."""

    applied: npt.NDArray[np.intp]
    named: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]

    @classmethod
    def of(cls, named: Named, applies: Named) -> Counts:
        """Counted over turns."""
        return cls(
            applies.sum(axis=0), named.sum(axis=0), (named & applies).sum(axis=0)
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.applied + other.applied,
            self.named + other.named,
            self.right + other.right,
        )

    @property
    def precision(self) -> Table:
        """The share of suggestions that were right, by code; 0 where none were."""
        shares: Table = self.right / np.maximum(self.named, 1)
        return shares

    @property
    def recall(self) -> Table:
        """The share of a code's turns that were found; 0 where there were none."""
        shares: Table = self.right / np.maximum(self.applied, 1)
        return shares

    @property
    def f1(self) -> Table:
        """The harmonic mean of precision and recall, by code."""
        shares: Table = 2 * self.right / np.maximum(self.named + self.applied, 1)
        return shares

    @property
    def macro_f1(self) -> float:
        """The mean of F1 over the codes that apply anywhere; 0 where none does."""
        present = self.applied > 0
        return float(self.f1[present].mean()) if present.any() else 0.0

    @property
    def micro_f1(self) -> float:
        """F1 of all decisions taken together."""
        both = int(self.named.sum() + self.applied.sum())
        return float(2 * self.right.sum() / both) if both else 0.0


def recall_at(number: int, chances: Table, applies: Named) -> float:
    """Of each coded turn the share of its codes among the first few, averaged.

    Of equal chances the codebook's earlier code comes first. 0 where nothing is coded.

    >>> chances = np.array([[0.9, 0.5, 0.1], [0.2, 0.3, 0.4]])
    >>> applies = np.array([[True, False, True], [False, False, False]])
    >>> recall_at(1, chances, applies), recall_at(3, chances, applies)
    (0.5, 1.0)
    """
    coded = applies.any(axis=1)
    if not coded.any():
        return 0.0
    first = np.argsort(-chances[coded], axis=1, kind="stable")[:, :number]
    found = np.take_along_axis(applies[coded], first, 1).sum(axis=1)
    return float((found / applies[coded].sum(axis=1)).mean())


def calibration_error(chances: Table, applies: Named) -> float:
    """How far probabilities are from shares: of the first suggestion of each turn.

    Ten equal bins, the gap between mean probability and share right in each, weighted
    by their turns (expected calibration error; Naeini, Cooper and Hauskrecht 2015).

    >>> calibration_error(np.array([[0.75], [0.75]]), np.array([[True], [False]]))
    0.25
    """
    if not chances.size:
        return 0.0
    first = chances.argmax(axis=1)
    rows = np.arange(len(chances))
    chance, right = chances[rows, first], applies[rows, first]
    place = np.minimum((chance * NUMBER_OF_BINS).astype(int), NUMBER_OF_BINS - 1)
    gaps = [
        abs(chance[place == number].mean() - right[place == number].mean())
        * (place == number).mean()
        for number in np.unique(place)
    ]
    return float(sum(gaps))


def first_few(number: int, chances: Table, named: Named) -> Named:
    """What is left of the suggestions when each turn keeps its likeliest few."""
    order = np.argsort(-np.where(named, chances, -np.inf), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    kept: Named = named & (rank < number)
    return kept
