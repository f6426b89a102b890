"""Hypotheses as they are read: how they stand, each step, searches against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HypothesisStatus(StrEnum):
    """How a hypothesis stands; the value is how it is stored and shown."""

    PUT_UP = "put up"
    HELD = "held"
    CHANGED = "changed"
    GIVEN_UP = "given up"
    OPEN = "open"

    @property
    def in_words(self) -> str:
        """The status with what it means.

        >>> HypothesisStatus.HELD.in_words
        'Held: challenged, and it stands'
        """
        return f"{self.value.capitalize()}: {_MEANS[self]}"


_MEANS = {
    HypothesisStatus.PUT_UP: "not challenged yet",
    HypothesisStatus.HELD: "challenged, and it stands",
    HypothesisStatus.CHANGED: "challenged, and worded anew",
    HypothesisStatus.GIVEN_UP: "challenged, and it does not stand",
    HypothesisStatus.OPEN: "challenged, and not settled",
}

# What a recorded step can lead to; nothing is put up twice.
STEPS = tuple(one for one in HypothesisStatus if one is not HypothesisStatus.PUT_UP)


@dataclass(frozen=True, slots=True)
class HypothesisStep:
    """How a hypothesis stood from one moment on, who took it there, and why.

    ``debrief_number`` is 0 where it happened outside a debrief, ``held_on`` the day of
    that debrief (ISO).
    """

    status: HypothesisStatus
    statement: str
    why: str
    debrief_number: int
    held_on: str
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class CounterSearch:
    """A search for what speaks against a hypothesis that found nothing.

    ``looked_on`` is an ISO date.
    """

    where_looked: str
    looked_by: str
    looked_on: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis as it stands, with every step it took, the oldest first."""

    id: str
    number: int
    statement: str
    reason: str
    status: HypothesisStatus
    put_up_by: str
    put_up_at: datetime
    version: int = 1
    steps: tuple[HypothesisStep, ...] = ()
    searches: tuple[CounterSearch, ...] = ()

    @property
    def label(self) -> str:
        """How it is cited: H1, H2 and so on."""
        return f"H{self.number}"

    @property
    def wordings(self) -> tuple[str, ...]:
        """The wordings it had, each once, the present one last."""
        former = dict.fromkeys(
            one.statement for one in self.steps if one.statement != self.statement
        )
        return (*former, self.statement)


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step about to be recorded; ``statement`` is empty where the wording stays.

    ``debrief_id`` names the debrief in which it was taken, or is empty.
    """

    status: HypothesisStatus
    why: str
    statement: str = ""
    debrief_id: str = ""
