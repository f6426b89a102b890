"""Judging by one or two people as a study keeps it: who may do what, who saw what.

``matching.judging`` says what a verdict and agreement are; this adds people, dates and
what each person may see while a case is still judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from data.pairings import ListedCandidate, SavedJudgement
from matching.pairing import CovariateComparison


class GivenAs(IntEnum):
    """What part a judgement has in the decision on its case."""

    FIRST = 1
    SECOND = 2
    RECONCILED = 3

    @property
    def in_words(self) -> str:
        """The part as pages and reports name it.

        >>> GivenAs.SECOND.in_words
        'second judge'
        """
        return {1: "first judge", 2: "second judge", 3: "decided together"}[self.value]


class SupervisionStep(StrEnum):
    """What a supervisor or the judge adds to a judgement; nothing is overwritten."""

    COMMENT = "comment"
    ASKED_AGAIN = "asked_again"
    ANSWER = "answer"
    SIGNED_OFF = "signed_off"


@dataclass(frozen=True, slots=True)
class JudgingSetting:
    """By how many judges cases are judged; ``set_by`` is '' where nobody set it."""

    judges: int = 1
    number: int = 0
    set_by: str = ""
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JudgingStands:
    """How many cases of the queue are where: none is counted twice.

    ``half_judged`` have one reading and wait for the second; ``differing`` have two
    that are not yet settled; ``unjudged`` have candidates and no reading.
    """

    decided: int = 0
    half_judged: int = 0
    differing: int = 0
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class BlindCandidate:
    """A candidate as a second judge is given it: facts compared, and nothing else.

    Neither rank, distance, shares of it, ties, likeness of notes nor the plan's choice;
    the comparisons' shares are nan.
    """

    historic_id: str
    reference: str
    comparisons: tuple[CovariateComparison, ...]
    days_earlier: int | None = None
    accepted_for: str = ""
    may_be_chosen: bool = True
    is_not_yours: bool = False


@dataclass(frozen=True, slots=True)
class ListToJudge:
    """What a person is given of a case's candidates.

    ``ranked``, closest first, for a first or single judge and whoever reads along;
    ``blind`` in shuffled order for a second judge; both empty where the person may not
    see them now. ``pairing_id`` is the run the list comes from.
    """

    pairing_id: str = ""
    ranked: tuple[ListedCandidate, ...] = ()
    blind: tuple[BlindCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """A judge who says that they or their team worked a case."""

    id: str
    person_id: str
    person: str
    case_id: str
    reference: str
    declared_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True)
class SupervisionNote:
    """One step of supervision: who said what, when."""

    step: SupervisionStep
    words: str
    person: str
    person_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SupervisedJudgement:
    """A judgement that stands, with the steps of its supervision, the oldest first."""

    saved: SavedJudgement
    notes: tuple[SupervisionNote, ...] = ()

    @property
    def state(self) -> SupervisionStep | None:
        """The last step that changed where it stands; comments change nothing."""
        steps = [one.step for one in self.notes]
        decisive = [one for one in steps if one is not SupervisionStep.COMMENT]
        return decisive[-1] if decisive else None
