"""Cases compared with themselves as a study keeps them: who chose what, when, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.cases import Era
from matching.within_case import Unfit


@dataclass(frozen=True, slots=True)
class CaseToSplit:
    """A case as it may be listed by anyone: what was known at referral.

    ``is_read`` is whether what came later was read already, in a judged pair or alone;
    only then may anything of later be told of it.
    """

    id: str
    reference: str
    era: Era
    referral_date: str
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class WithinCaseComparison:
    """A comparison as chosen: people by name, the case by reference and by id.

    ``days_each_side`` is the length that was settled when it was chosen, and stays.
    ``ended_at`` is nothing while the comparison stands; after it, a comparison was
    either superseded by a later choice or withdrawn with a reason.
    """

    id: str
    case_id: str
    reference: str
    split_date: str
    least_days: int
    most_days: int
    days_each_side: int
    rationale: str
    chosen_before_reading: bool
    chosen_by: str
    chosen_at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None
    withdrawn_reason: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, and not superseded by another choice."""
        return bool(self.withdrawn_reason)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came of choosing: the comparison, or why the case turned out unfit.

    ``is_read`` is whether the file is open by now; that of an unfit case stays shut
    where it was.
    """

    comparison: WithinCaseComparison | None
    unfit: tuple[Unfit, ...] = ()
    is_read: bool = True
