"""Whose words a quotation is told to be: as near as several people share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coding.study import Participant

SOMEBODY = "Somebody who took part"
# From near to far; the last two tell least of the person.
_LEVELS = (
    ("role", "team", "locality"),
    ("role", "locality"),
    ("role", "team"),
    ("role",),
    (),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """How words may be told: all that is known, and as far as enough people share it.

    ``sharing`` is how many people of the study all that is known fits. ``coarser`` is
    '' where even *somebody who took part* fits too few.
    """

    nearest: str
    sharing: int
    coarser: str

    @property
    def is_rare(self) -> bool:
        """Whether too few share all that is known."""
        return self.nearest != self.coarser


def attribution_of(
    people: Iterable[Participant],
    everybody: Mapping[str, Participant],
    fewest: int,
) -> Attribution:
    """How the words of these people may be told.

    ``everybody`` are those who took part; at least ``fewest`` must fit what is told.
    Words of several people are told as far as all of them share it.
    """
    speaking = list(people)
    nearest, sharing, coarser = "", 0, ""
    for level in _LEVELS:
        told = {_told(one, level) for one in speaking}
        if len(told) > 1 or not speaking and level:
            continue
        (facts,) = told or {()}
        fits = sum(_told(one, level) == facts for one in everybody.values())
        words = ", ".join(one for one in facts if one) or SOMEBODY
        if not nearest:
            nearest, sharing = words, fits
        if fits >= fewest:
            coarser = words
            break
    return Attribution(nearest, sharing, coarser)


def _told(person: Participant, level: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(getattr(person, name) for name in level)
