"""Coefficients of agreement on whether a code applies, from counts of units.

Two coders and one code make four counts. All figures are of the same four and include
the units that neither marked; each answers another question, so none stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Units by who marked them: both coders, the first or second alone, neither."""

    both: int = 0
    first_only: int = 0
    second_only: int = 0
    neither: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.both + other.both,
            self.first_only + other.first_only,
            self.second_only + other.second_only,
            self.neither + other.neither,
        )

    @property
    def units(self) -> int:
        """How many units there are."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def agreed(self) -> int:
        """Units on which the coders decided alike, marked or not."""
        return self.both + self.neither

    @property
    def first(self) -> int:
        """Units the first coder marked."""
        return self.both + self.first_only

    @property
    def second(self) -> int:
        """Units the second coder marked."""
        return self.both + self.second_only

    @property
    def either(self) -> int:
        """Units that one of them or both marked."""
        return self.both + self.first_only + self.second_only

    @property
    def agreed_by_chance(self) -> float:
        """Units on which they would decide alike if each marked as often, at random.

        >>> Counts(20, 5, 10, 15).agreed_by_chance
        25.0
        """
        if not self.units:
            return 0.0
        left = (self.units - self.first) * (self.units - self.second)
        return (self.first * self.second + left) / self.units

    @property
    def both_by_chance(self) -> float:
        """Units both would mark if each marked as often, at random.

        >>> Counts(20, 5, 10, 15).both_by_chance
        15.0
        """
        return self.first * self.second / self.units if self.units else 0.0


def sum_of(counts: Iterable[Counts]) -> Counts:
    """All the counts together."""
    return sum(counts, Counts())


def share_agreed(counts: Counts) -> float | None:
    """The share of units decided alike; nothing without units.

    >>> share_agreed(Counts(20, 5, 10, 15))
    0.7
    """
    return counts.agreed / counts.units if counts.units else None


def kappa(counts: Counts) -> float | None:
    """Cohen's kappa (1960): agreement beyond chance, of what chance left open.

    (p_o - p_e) / (1 - p_e) with p_e = p_A p_B + (1 - p_A)(1 - p_B). Nothing where both
    marked every unit or none: chance then leaves nothing open.

    >>> kappa(Counts(20, 5, 10, 15))
    0.4
    >>> kappa(Counts(0, 0, 0, 9)) is None
    True
    """
    if not counts.units:
        return None
    open_to_them = counts.units - counts.agreed_by_chance
    if open_to_them <= 0:
        return None
    return (counts.agreed - counts.agreed_by_chance) / open_to_them


def alpha(tallies: Mapping[tuple[int, int], int]) -> float | None:
    """Krippendorff's alpha for marked or not (nominal; Krippendorff 2004), any coders.

    ``tallies`` hold, for each number of coders of a unit and of those who marked it,
    how many units there are; units of fewer than two coders are left out. Nothing where
    every decision is the same. With two coders, o_01 the units they differ on and n_0,
    n_1 the decisions of each kind: 1 - (n - 1) o_01 / (n_0 n_1).

    >>> round(alpha({(2, 2): 20, (2, 1): 15, (2, 0): 15}), 4)
    0.4
    """
    marked = left = 0
    differing = 0.0
    for (coders, positive), units in tallies.items():
        if coders < 2:
            continue
        marked += positive * units
        left += (coders - positive) * units
        differing += units * positive * (coders - positive) / (coders - 1)
    if not marked or not left:
        return None
    return 1 - (marked + left - 1) * differing / (marked * left)


def alpha_of_two(counts: Counts) -> float | None:
    """Krippendorff's alpha of two coders from their counts."""
    differ = counts.first_only + counts.second_only
    return alpha({(2, 2): counts.both, (2, 1): differ, (2, 0): counts.neither})


def gwet_ac1(counts: Counts) -> float | None:
    """Gwet's AC1 (2008), whose chance stays small where a code is rare or common.

    p_e = 2 q (1 - q) with q the mean share that the two marked; nothing without units.

    >>> round(gwet_ac1(Counts(20, 5, 10, 15)), 4)
    0.4059
    """
    if not counts.units:
        return None
    marked = (counts.first + counts.second) / (2 * counts.units)
    chance = 2 * marked * (1 - marked)
    return (counts.agreed / counts.units - chance) / (1 - chance)


def positive_agreement(counts: Counts) -> float | None:
    """Of what either marked, how much both did: 2a / (2a + b + c).

    Uncoded units count for nothing here. Nothing where neither marked any.

    >>> round(positive_agreement(Counts(20, 5, 10, 15)), 4)
    0.7273
    """
    marked = counts.first + counts.second
    return 2 * counts.both / marked if marked else None


def prevalence(counts: Counts) -> float | None:
    """The mean share of units that the two marked; nothing without units.

    >>> prevalence(Counts(20, 5, 10, 15))
    0.55
    """
    if not counts.units:
        return None
    return (counts.first + counts.second) / (2 * counts.units)
