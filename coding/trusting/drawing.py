"""Transcripts drawn by chance, and what a draw can say of a difference.

Only where chance decided how a transcript was coded is a difference between the two
ways one of the ways; else it may be one of the transcripts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from statistics import fmean

# As many draws as are all worked out; beyond, so many are drawn by chance.
_MOST_DRAWS = 5_000
FEWEST_A_SIDE = 3


def drawn_with(names: Sequence[str], seed: int) -> frozenset[str]:
    """The half that is coded with suggestions; of an odd number, the larger half.

    The same names and seed give the same half, whatever the order of the names.

    >>> len(drawn_with(["a", "b", "c"], 7))
    2
    """
    in_order = sorted(set(names))
    return frozenset(random.Random(seed).sample(in_order, (len(in_order) + 1) // 2))


@dataclass(frozen=True, slots=True)
class Difference:
    """Means with and without, and in what share of draws chance alone gives as much.

    ``chance`` is the share of all ways the draw could have fallen in which the two
    means differ at least as much (randomisation test; Fisher 1935): near 0 the
    difference is hardly chance, near 1 chance gives it easily.
    """

    with_mean: float
    without_mean: float
    with_count: int
    without_count: int
    chance: float


def difference(
    with_values: Sequence[float], without_values: Sequence[float], *, seed: int = 0
) -> Difference | None:
    """The difference of two sides of a draw; None with fewer than three on a side.

    All draws are worked out where there are at most 5,000, else 5,000 by chance.

    >>> difference([4.0, 5.0, 6.0], [1.0, 2.0, 3.0]).chance
    0.1
    >>> difference([4.0, 5.0], [1.0, 2.0, 3.0]) is None
    True
    """
    if min(len(with_values), len(without_values)) < FEWEST_A_SIDE:
        return None
    every = [*with_values, *without_values]
    seen = abs(fmean(with_values) - fmean(without_values))
    size, n = len(with_values), len(every)
    if comb(n, size) <= _MOST_DRAWS:
        draws = [set(one) for one in combinations(range(n), size)]
    else:
        chance = random.Random(seed)
        draws = [set(chance.sample(range(n), size)) for _ in range(_MOST_DRAWS)]
    # Sums of the same numbers in another order differ in their last digits.
    as_much = sum(_apart(every, one) >= seen - 1e-9 for one in draws)
    return Difference(
        fmean(with_values),
        fmean(without_values),
        size,
        len(without_values),
        as_much / len(draws),
    )


def _apart(values: Sequence[float], chosen: set[int]) -> float:
    one = [value for at, value in enumerate(values) if at in chosen]
    other = [value for at, value in enumerate(values) if at not in chosen]
    return abs(fmean(one) - fmean(other))
