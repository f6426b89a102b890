"""Plans, pairings and candidates as a study keeps them: numbered, dated and named.

``matching`` says what they are; this adds who saved them, when, and the study's own
ids of the cases, which addresses use instead of references.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from matching.checking.sensitivity import SettingResult
from matching.judging.judgement import Judgement, Suitability
from matching.pairing import Candidate
from matching.plan import MatchPlan


@dataclass(frozen=True, slots=True)
class OutcomesRead:
    """Of how many pairs, and of how many cases outside them, outcomes were read.

    Both tell whoever changes a plan what became of cases it could pair. True where
    there are any.
    """

    pairs: int = 0
    cases_alone: int = 0

    def __bool__(self) -> bool:
        return bool(self.pairs or self.cases_alone)

    @property
    def in_words(self) -> str:
        """What was read, counted.

        >>> OutcomesRead(2).in_words, OutcomesRead(0, 1).in_words
        ('2 pairs', '1 case read on its own')
        >>> OutcomesRead(1, 3).in_words
        '1 pair and 3 cases read on their own'
        """
        words = []
        if self.pairs:
            words.append("1 pair" if self.pairs == 1 else f"{self.pairs} pairs")
        if self.cases_alone == 1:
            words.append("1 case read on its own")
        elif self.cases_alone:
            words.append(f"{self.cases_alone} cases read on their own")
        return " and ".join(words)


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan under its number, with its text and the hash of its settings.

    ``outcomes`` is of how many pairs and cases later events and outcomes had been read
    when it was saved; where there were any, ``reason`` always says why the plan was
    changed, and else as far as somebody wrote it.
    """

    id: str
    number: int
    plan: MatchPlan
    toml: str
    sha256: str
    saved_by: str
    saved_at: datetime
    reason: str = ""
    outcomes: OutcomesRead = OutcomesRead()

    @property
    def is_after_outcomes(self) -> bool:
        """Whether outcomes of any case had been read when the plan was made."""
        return bool(self.outcomes)


@dataclass(frozen=True, slots=True)
class SavedPairing:
    """One run of a plan: its number, its account and balance as they were written."""

    id: str
    number: int
    plan_id: str
    plan_number: int
    account: Mapping[str, Any]
    balance: tuple[Mapping[str, Any], ...]
    run_by: str
    run_at: datetime


@dataclass(frozen=True, slots=True)
class SensitivityRun:
    """What other settings chose on the cases of a pairing: who asked, when.

    ``cases_version`` is that of the cases as they then were.
    """

    pairing_id: str
    results: tuple[SettingResult, ...]
    cases_version: int
    run_by: str
    run_at: datetime


@dataclass(frozen=True, slots=True)
class ListedCandidate:
    """A candidate as it was listed, with the study's ids of both cases.

    ``is_chosen_by_plan`` marks the partner the plan chose over all cases together.
    ``accepted_for`` is the reference of another contemporary case whose judge already
    chose this historic case, '' where none did. ``may_be_chosen`` is whether the plan
    lets a further case have it and nobody has read what came later in it.
    ``is_not_yours`` is whether the person who asked declared that their team or they
    worked it.
    """

    contemporary_id: str
    historic_id: str
    candidate: Candidate
    is_chosen_by_plan: bool = False
    accepted_for: str = ""
    may_be_chosen: bool = True
    is_not_yours: bool = False


@dataclass(frozen=True, slots=True)
class UnpairedContemporary:
    """A contemporary case that the plan left without partner, and why in words."""

    contemporary_id: str
    reference: str
    reason: str
    nearest_reference: str = ""
    nearest_distance: float | None = None
    ruled_out_by: str = ""


@dataclass(frozen=True, slots=True)
class SavedJudgement:
    """A judgement as kept: the study's ids, who judged when, and whether it stands.

    ``judgement`` names cases by reference. ``seconds_taken`` runs from opening the
    case to saving. ``opened_at`` is when what came later was first read: until then
    the judge may take the judgement back, after it the judgement stands.

    ``given_as`` is 1 for a first or single judge, 2 for a blind second one, 3 for the
    decision that reconciles the two; then ``agreed_with`` names the other judge where
    both decided. ``verdicts`` are what it says of each shown candidate, by the study's
    id, in the order shown. ``is_one_of_two`` is whether the other judge is through as
    well: then neither reading is taken back, since each knows the other's.
    """

    id: str
    contemporary_id: str
    historic_id: str
    judgement: Judgement
    judge_id: str
    judged_at: datetime
    pairing_id: str
    seconds_taken: int | None = None
    locked_at: datetime | None = None
    opened_at: datetime | None = None
    taken_back_at: datetime | None = None
    taken_back_reason: str = ""
    given_as: int = 1
    agreed_with_id: str = ""
    agreed_with: str = ""
    verdicts: tuple[tuple[str, Suitability], ...] = ()
    is_one_of_two: bool = False

    @property
    def judge_ids(self) -> tuple[str, ...]:
        """Whose decision it is: the judge, and who decided together with them."""
        return tuple(filter(None, (self.judge_id, self.agreed_with_id)))

    @property
    def is_pair(self) -> bool:
        """Whether a partner was accepted and the pair is locked."""
        return self.judgement.is_accepted and self.locked_at is not None

    @property
    def may_be_taken_back(self) -> bool:
        """Whether nothing of later was read under it, and it is still blind."""
        return (
            self.opened_at is None
            and self.taken_back_at is None
            and not self.is_one_of_two
        )


class Stage(StrEnum):
    """Where a case of the queue stands for one person."""

    FIRST = "first"
    BEGUN_BY_OTHER = "begun_by_other"
    SECOND = "second"
    SAW_LIST = "saw_list"
    WAITS_FOR_SECOND = "waits_for_second"
    RECONCILE = "reconcile"
    BEING_RECONCILED = "being_reconciled"
    NOT_YOURS = "not_yours"
    THROUGH = "through"
    NO_CANDIDATE = "no_candidate"
    READS_ALONG = "reads_along"

    @property
    def is_offered(self) -> bool:
        """Whether the person has something to do here."""
        return self in (Stage.FIRST, Stage.SECOND, Stage.RECONCILE)


@dataclass(frozen=True, slots=True)
class CaseToJudge:
    """A contemporary case in the queue of the newest pairing.

    ``candidates`` is how many are listed for it; ``unpaired_because`` is in words
    where the plan found no partner; ``judgement`` is the one that decides the case once
    its judges are through. ``stage`` is where it stands for the person who asked,
    ``begun`` whether that person has seen the list, ``begun_by`` who began it before
    them, ``own`` the person's own judgement, and ``supervised`` the last word of its
    supervision.
    """

    id: str
    reference: str
    candidates: int
    unpaired_because: str = ""
    judgement: SavedJudgement | None = None
    stage: Stage = Stage.FIRST
    begun: bool = True
    begun_by: str = ""
    own: SavedJudgement | None = None
    supervised: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to judge it."""
        return self.candidates > 0 and self.judgement is None

    @property
    def is_offered(self) -> bool:
        """Whether it waits for the person who asked."""
        return self.waits and self.stage.is_offered

    @property
    def must_begin(self) -> bool:
        """Whether the person has to begin it before the list is theirs to see."""
        return self.stage is Stage.FIRST and not self.begun
