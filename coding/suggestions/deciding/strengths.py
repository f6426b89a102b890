"""What *very likely*, *fairly sure* and *a guess* mean in a study: learned rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.suggestion import Strength

Table = npt.NDArray[np.float64]

NUMBER_OF_BINS = 10
# Fewer say nothing of a rate: such a bin joins its neighbour.
LEAST_IN_A_BIN = 10
# Right two times in three, or one in three: what the words promise.
VERY_LIKELY_FROM = 2 / 3
FAIRLY_SURE_FROM = 1 / 3


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities from ``low`` up to ``high``: how many, and how many right."""

    low: float
    high: float
    number: int
    right: int

    @property
    def rate(self) -> float:
        """The share that was right."""
        return self.right / self.number if self.number else 0.0

    def joined_with(self, following: Bin) -> Bin:
        """This bin and the next as one."""
        return Bin(
            self.low,
            following.high,
            self.number + following.number,
            self.right + following.right,
        )


@dataclass(frozen=True, slots=True)
class LearnedStrengths:
    """Bins of probability with the share that was right in each, rising throughout."""

    bins: tuple[Bin, ...]

    @classmethod
    def fit(cls, chance: Table, right: Table) -> LearnedStrengths:
        """From the probabilities of decisions and whether the code applied.

        Ten equal bins; neighbours are joined while one is thin or where the higher
        was right less often (pooled adjacent violators; Ayer et al. 1955). None where
        there are no decisions.
        """
        place = np.minimum((chance * NUMBER_OF_BINS).astype(int), NUMBER_OF_BINS - 1)
        merged: list[Bin] = []
        for number in range(NUMBER_OF_BINS):
            inside = place == number
            low, high = number / NUMBER_OF_BINS, (number + 1) / NUMBER_OF_BINS
            merged.append(Bin(low, high, int(inside.sum()), int(right[inside].sum())))
            while len(merged) > 1 and _are_one(merged[-2], merged[-1]):
                merged[-2:] = [merged[-2].joined_with(merged[-1])]
        return cls(tuple(merged) if len(chance) else ())

    def bin_of(self, chance: float) -> Bin | None:
        """The bin a probability falls in; nothing where nothing is learned."""
        return next((one for one in self.bins if chance < one.high), None) or (
            self.bins[-1] if self.bins else None
        )

    def strength(self, chance: float) -> Strength:
        """The word for a probability, by how often such suggestions were right."""
        found = self.bin_of(chance)
        rate = found.rate if found else 0.0
        if rate >= VERY_LIKELY_FROM:
            return Strength.VERY_LIKELY
        return Strength.FAIRLY_SURE if rate >= FAIRLY_SURE_FROM else Strength.GUESS

    def rates(self) -> dict[Strength, tuple[int, int]]:
        """For each word that can fall: how many there were, how many were right."""
        found: dict[Strength, tuple[int, int]] = {}
        for one in self.bins:
            word = self.strength((one.low + one.high) / 2)
            number, right = found.get(word, (0, 0))
            found[word] = number + one.number, right + one.right
        return found


def _are_one(lower: Bin, higher: Bin) -> bool:
    thin = min(lower.number, higher.number) < LEAST_IN_A_BIN
    return thin or higher.rate < lower.rate
