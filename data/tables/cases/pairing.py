"""Tables of pairing: plans, pairings, candidates as shown, pairs, judgements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class PlanRow(StudyTable, table=True):
    """A plan as saved: each change is a new numbered row, none is overwritten.

    ``pairs_opened`` counts the pairs whose outcomes had been read by then, and
    ``cases_read_alone`` the cases read outside them; a plan changed after that carries
    the reason.
    """

    __tablename__ = "plan"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    toml: str = Field(sa_type=Text)
    sha256: str
    saved_by: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)
    pairs_opened: int = 0
    cases_read_alone: int = 0


class PairingRow(StudyTable, table=True):
    """One run of a plan over the cases as they then were."""

    __tablename__ = "pairing"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    plan_id: str = Field(foreign_key="plan.id", index=True)
    account: dict[str, Any] = Field(sa_type=JSON)
    balance: list[dict[str, Any]] = Field(sa_type=JSON)
    run_by: str = Field(foreign_key="person.id")
    run_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SensitivityRunRow(StudyTable, table=True):
    """What other settings chose on the cases of a pairing; a later run adds a row."""

    __tablename__ = "sensitivity_run"

    id: str = Field(default_factory=new_id, primary_key=True)
    pairing_id: str = Field(foreign_key="pairing.id", index=True, ondelete="CASCADE")
    results: list[dict[str, Any]] = Field(sa_type=JSON)
    cases_version: int
    run_by: str = Field(foreign_key="person.id")
    run_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CandidateRow(StudyTable, table=True):
    """A historic case as listed for a contemporary one, with the reasons shown."""

    __tablename__ = "candidate"

    pairing_id: str = Field(
        foreign_key="pairing.id", primary_key=True, ondelete="CASCADE"
    )
    contemporary_id: str = Field(foreign_key="case_file.id", primary_key=True)
    rank: int = Field(primary_key=True)
    historic_id: str = Field(foreign_key="case_file.id", index=True)
    distance: float
    is_tied: bool = False
    days_earlier: int | None = None
    narrative_likeness: float | None = None
    comparisons: list[dict[str, Any]] = Field(sa_type=JSON)
    is_chosen_by_plan: bool = False


class PairRow(StudyTable, table=True):
    """A pair as the plan chose it over all cases together, listed or not."""

    __tablename__ = "pair"

    pairing_id: str = Field(
        foreign_key="pairing.id", primary_key=True, ondelete="CASCADE"
    )
    contemporary_id: str = Field(foreign_key="case_file.id", primary_key=True)
    historic_id: str = Field(foreign_key="case_file.id", primary_key=True)
    distance: float | None = None


class UnpairedCaseRow(StudyTable, table=True):
    """A contemporary case that a pairing left without partner, with the reason."""

    __tablename__ = "unpaired_case"

    pairing_id: str = Field(
        foreign_key="pairing.id", primary_key=True, ondelete="CASCADE"
    )
    contemporary_id: str = Field(foreign_key="case_file.id", primary_key=True)
    reason: str
    nearest_reference: str = ""
    nearest_distance: float | None = None
    ruled_out_by: str = ""


class JudgementRow(StudyTable, table=True):
    """A person's decision on a contemporary case: a partner, or none that suits.

    ``judge_number`` is 1 for the first judge of a case, 2 for a blind second one and 3
    for the decision that reconciles the two; ``given_as`` says the same and stays.
    ``judge_number`` is nothing once the judgement was taken back; two empty ones never
    clash, so a case can be judged anew while the earlier judgement stays on record.
    ``locked_at`` stands on one judgement of a case at most: the one that decides it.
    ``agreed_with_id`` is the other judge where both decided together. ``opened_at`` is
    when later events and outcomes of the pair were first read; from then on the
    judgement stands.
    """

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("contemporary_id", "judge_number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    pairing_id: str = Field(foreign_key="pairing.id", index=True)
    contemporary_id: str = Field(foreign_key="case_file.id", index=True)
    historic_id: str | None = Field(
        default=None, foreign_key="case_file.id", index=True
    )
    judge_number: int | None = Field(default=1)
    given_as: int = Field(default=1)
    suitability: str
    rationale: str = Field(sa_type=Text)
    rank_of_chosen: int | None = None
    seconds_taken: int | None = None
    judge_id: str = Field(foreign_key="person.id")
    agreed_with_id: str | None = Field(default=None, foreign_key="person.id")
    judged_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    locked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_by: str | None = Field(default=None, foreign_key="person.id")
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_reason: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)
