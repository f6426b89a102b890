"""Several coders as they are listed: who codes what, what differs, what was settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coding.agreement.differences import Difference, DifferenceKind
from coding.coded_segments import CodedSegment


@dataclass(frozen=True, slots=True)
class Assignment:
    """A source given to a coder; ``finished_at`` is set once they say it is done."""

    id: str
    source_id: str
    coder_id: str
    coder: str
    is_blind: bool
    given_by: str
    given_at: datetime
    finished_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class AssignmentStep:
    """What was done with an assignment: given, taken back, finished or reopened."""

    source_id: str
    coder: str
    step: str
    is_blind: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceCoders:
    """Who codes a source, by person id.

    ``coders`` are through: assigned and finished, or not assigned and with passages of
    their own. ``waiting`` are assigned and still at work; ``is_blind`` while one of
    them reads blind.
    """

    source_id: str
    coders: tuple[str, ...]
    waiting: tuple[str, ...] = ()
    is_blind: bool = False

    @property
    def can_be_compared(self) -> bool:
        """Whether several coders are through and nobody is at work on it."""
        return len(self.coders) > 1 and not self.waiting


class Decision(StrEnum):
    """What can be settled about the readings of a passage."""

    SAME = "same"
    READING = "reading"
    BOTH = "both"
    NEITHER = "neither"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SeenReading:
    """One coder's coding as it was when a decision was made."""

    coder_id: str
    code_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgreedDecision:
    """What was decided on one passage, by whom, when and why.

    ``reading_of`` names the coder (by id) whose reading was taken, where one was.
    """

    id: str
    source_id: str
    key: str
    kind: DifferenceKind
    decision: Decision
    reading_of: str
    rationale: str
    seen: tuple[SeenReading, ...]
    made_ids: tuple[str, ...]
    decided_by: str
    decided_at: datetime
    taken_back_by: str = ""
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settling:
    """A source between its coders: passages compared, decisions, what is agreed.

    ``differences`` hold every passage marked, those read alike too. ``decisions`` are
    those that stand, by the key of their readings; ``outdated`` those whose readings
    have changed since. ``agreed`` is the layer they make.
    """

    source_id: str
    coders: tuple[str, ...]
    differences: tuple[Difference, ...]
    decisions: dict[str, AgreedDecision]
    outdated: tuple[AgreedDecision, ...]
    agreed: tuple[CodedSegment, ...]
    closed_by: str = ""
    closed_at: datetime | None = None

    @property
    def alike(self) -> tuple[Difference, ...]:
        """The passages that all coders marked the same."""
        return tuple(d for d in self.differences if d.kind is DifferenceKind.SAME)

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The passages they read differently, decided or not."""
        return tuple(d for d in self.differences if d.kind is not DifferenceKind.SAME)

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """The differences nobody has decided on."""
        return tuple(d for d in self.differing if d.key not in self.decisions)

    @property
    def not_taken_over(self) -> tuple[Difference, ...]:
        """The passages read alike that are not in the agreed layer yet."""
        return tuple(d for d in self.alike if d.key not in self.decisions)

    @property
    def is_closed(self) -> bool:
        """Whether what was settled stands for the source."""
        return self.closed_at is not None
