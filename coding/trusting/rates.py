"""How often suggestions were right, counted from what people decided, and in words.

A rate is never told without how many it rests on, and a rate over few is called so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

FEW = 10
"""Below this many decisions a rate may be anything, and is told with that warning."""
_Z = 1.96


class Outcome(StrEnum):
    """What became of a suggestion."""

    AS_IT_WAS = "as it was"
    OTHER_EDGES = "with other edges"
    ANOTHER_CODE = "with another code"
    REJECTED = "rejected"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion and what became of it; ``because`` is a rejection's set reason."""

    outcome: Outcome
    because: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many suggestions there were, by what became of them.

    Right are those accepted, as they were or with other edges: the code was the one.
    """

    counts: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def proposed(self) -> int:
        """All there were."""
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        """Those a person has decided on."""
        return self.proposed - self.counts[Outcome.WAITING]

    @property
    def right(self) -> int:
        """Those whose code was taken over."""
        return self.counts[Outcome.AS_IT_WAS] + self.counts[Outcome.OTHER_EDGES]

    @property
    def in_words(self) -> str:
        """How often it was right, with what that rests on."""
        return rate_in_words(self.right, self.decided)


def tally(decided: Iterable[Decided]) -> Tally:
    """The suggestions counted; no reason given counts under ''.

    >>> tally([Decided(Outcome.REJECTED, "opposite")]).reasons["opposite"]
    1
    """
    found = Tally()
    for one in decided:
        found.counts[one.outcome] += 1
        if one.outcome is Outcome.REJECTED:
            found.reasons[one.because] += 1
    return found


def tallies(decided: Sequence[tuple[Hashable, Decided]]) -> dict[Hashable, Tally]:
    """A tally for each group, in the order in which groups first come."""
    groups: dict[Hashable, list[Decided]] = {}
    for group, one in decided:
        groups.setdefault(group, []).append(one)
    return {group: tally(listed) for group, listed in groups.items()}


def rate_in_words(right: int, decided: int) -> str:
    """The rate as a sentence of counts, with how far it can be trusted.

    >>> rate_in_words(0, 0)
    'None decided yet.'
    >>> rate_in_words(3, 4)
    '3 of 4 like this were accepted: too few to go by.'
    >>> rate_in_words(14, 20)
    '14 of 20 like this were accepted; of many, between 5 and 9 in 10 would be.'
    """
    if not decided:
        return "None decided yet."
    said = (
        f"{right} of {decided} like this {'was' if decided == 1 else 'were'} accepted"
    )
    if decided < FEW:
        return f"{said}: too few to go by."
    low, high = (round(10 * one) for one in likely_range(right, decided))
    between = f"about {low}" if low == high else f"between {low} and {high}"
    return f"{said}; of many, {between} in 10 would be."


def likely_range(right: int, decided: int) -> tuple[float, float]:
    """Between which shares the true rate lies, 19 times in 20 (Wilson 1927).

    Of at least one decision; both ends from 0 to 1.

    >>> tuple(round(one, 2) for one in likely_range(14, 20))
    (0.48, 0.85)
    """
    share, z2 = right / decided, _Z * _Z
    middle = share + z2 / (2 * decided)
    spread = _Z * sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided))
    whole = 1 + z2 / decided
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
