"""Rules for small numbers, written as inequalities, with four well-known ones.

A rule says which counts are hidden, what becomes of zero, whether what is shown is
rounded, and what a total is. A council's own rule is a rule like these with other
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Totals(StrEnum):
    """What stands for a total."""

    TRUE = "true"
    """The true total, hidden where it is small itself."""
    ROUNDED = "rounded"
    """The true total, rounded by itself; parts need not add up to it."""
    OF_WHAT_IS_SHOWN = "of what is shown"
    """The sum of the parts as shown, which tells nothing new."""


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """How small numbers are kept from being read or worked out.

    Counts from 1 to ``threshold`` are hidden, and 0 with them unless ``shows_zero``.
    What is shown is rounded to the nearest multiple of ``rounded_to``, where 1 leaves
    it as it is. In a group of at most ``small_group`` people "all of them" and "none of
    them" are hidden too, for they tell about each. ``hidden_as`` is what stands in a
    hidden cell; ``source`` says whose rule it is.

    Raises ``ValueError`` where the numbers cannot be a rule.
    """

    name: str
    threshold: int
    shows_zero: bool = True
    rounded_to: int = 1
    totals: Totals = Totals.TRUE
    small_group: int = 10
    hidden_as: str = "[c]"
    source: str = ""

    def __post_init__(self) -> None:
        if self.threshold < 1:
            raise ValueError("A rule hides at least the number 1.")
        if self.rounded_to < 1 or self.small_group < 0:
            raise ValueError("A rule rounds to 1 or more; a group has no size below 0.")

    def hides(self, count: int) -> bool:
        """Whether a count is hidden for being small.

        >>> DFE.hides(0), DFE.hides(1), DFE.hides(5), DFE.hides(6)
        (False, True, True, False)
        >>> OPENSAFELY.hides(0), OPENSAFELY.hides(7), ONS.hides(9), ONS.hides(10)
        (True, True, True, False)
        """
        if count == 0:
            return not self.shows_zero
        return count <= self.threshold

    def rounded(self, count: int) -> int:
        """The count as it is shown, halves upwards.

        >>> NHS.rounded(12), NHS.rounded(13), DFE.rounded(12)
        (10, 15, 12)
        """
        base = self.rounded_to
        return (2 * count + base) // (2 * base) * base

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that is shown as this number.

        Whoever reads a rounded number knows the rule as well, so that what the rule
        hides cannot stand behind a number that is shown.

        >>> NHS.behind(10), DFE.behind(12), NHS.behind(0)
        ((8, 12), (12, 12), (0, 0))
        """
        base = self.rounded_to
        least = max(0, -(-(2 * shown - base) // 2))
        counts = [n for n in range(least, shown + base) if self.rounded(n) == shown]
        visible = [n for n in counts if not self.hides(n)] or counts
        return visible[0], visible[-1]

    @property
    def in_words(self) -> str:
        """The rule in sentences, as they stand under a table.

        >>> print(DFE.in_words.replace(". ", ".\\n"))
        Counts from 1 to 5 are hidden; 0 is shown, unless that gives another away.
        In a group of up to 10 people all and none of them are hidden too.
        >>> print(OPENSAFELY.in_words.split(". ")[2])
        Totals add up what is shown
        """
        zero = (
            "0 is shown, unless that gives another away"
            if self.shows_zero
            else "0 is hidden with them"
        )
        words = f"Counts from 1 to {self.threshold} are hidden; {zero}."
        if self.rounded_to > 1:
            words += f" The rest is rounded to {self.rounded_to}."
        if self.totals is Totals.OF_WHAT_IS_SHOWN:
            words += " Totals add up what is shown."
        if self.totals is Totals.ROUNDED:
            words += " Totals are rounded by themselves, so that parts may not add up."
        if self.small_group:
            words += (
                f" In a group of up to {self.small_group} people all and none of them "
                "are hidden too."
            )
        return words


DFE = DisclosureRule(
    "DfE", 5, source="Department for Education, children's statistics: 1 to 5 hidden"
)
NHS = DisclosureRule(
    "NHS",
    7,
    rounded_to=5,
    totals=Totals.ROUNDED,
    hidden_as="*",
    source="NHS England, hospital statistics: 1 to 7 hidden, the rest to 5",
)
OPENSAFELY = DisclosureRule(
    "OpenSAFELY",
    7,
    shows_zero=False,
    rounded_to=5,
    totals=Totals.OF_WHAT_IS_SHOWN,
    hidden_as="0",
    source="OpenSAFELY: 7 or fewer to 0, the rest to 5, totals made anew",
)
ONS = DisclosureRule(
    "ONS",
    9,
    shows_zero=False,
    source="Office for National Statistics: under 10 hidden",
)
PRESETS = {rule.name: rule for rule in (DFE, NHS, OPENSAFELY, ONS)}
