"""What can be withdrawn and erased, why, and what stands withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Whose or which material is meant; the value is also how it is stored."""

    PARTICIPANT = "participant"
    SOURCE = "source"
    CASE = "case"

    @property
    def in_words(self) -> str:
        """The kind in words."""
        return self.value.capitalize()


class Reason(StrEnum):
    """Why something is withdrawn or erased: one of few, so that no words are kept."""

    PERSON_ASKED = "the person asked"
    PARENT_ASKED = "a parent or carer asked"
    NO_CONSENT = "consent was missing or unclear"
    KEEPING_ENDED = "the time for keeping it is over"
    WRONG_MATERIAL = "it should not have been added"
    COURT_OR_COUNCIL = "a court or the council ordered it"

    @property
    def in_words(self) -> str:
        """The reason as a page lists it."""
        return self.value[0].upper() + self.value[1:]


@dataclass(frozen=True, slots=True)
class About:
    """One participant, source or case, with the name people know it by."""

    kind: Kind
    id: str
    label: str

    @property
    def in_words(self) -> str:
        """Kind and name."""
        return f"{self.kind.in_words} {self.label}"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That something is out of analysis since a day, and who recorded it.

    ``taken_back_at`` is set once it was put back in.
    """

    id: str
    about: About
    reason: Reason
    withdrawn_on: str
    recorded_by: str
    recorded_at: datetime
    taken_back_at: datetime | None = None
    taken_back_by: str = ""
