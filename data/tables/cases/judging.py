"""Tables of judging by one or two people: verdicts, interests, supervision.

All of them are added to and never changed, but for the date on which somebody took
back a declared interest.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class JudgingSettingRow(StudyTable, table=True):
    """By how many judges a case is judged from here on; the highest number counts."""

    __tablename__ = "judging_setting"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    judges: int
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class VerdictRow(StudyTable, table=True):
    """What a judgement says of one candidate that its judge was shown.

    ``place`` is where the candidate stood on the judge's page, from 1.
    """

    __tablename__ = "verdict"

    judgement_id: str = Field(foreign_key="judgement.id", primary_key=True)
    historic_id: str = Field(foreign_key="case_file.id", primary_key=True)
    suitability: str
    place: int


class ListSeenRow(StudyTable, table=True):
    """Who saw the candidates of a case in order, and so never is its second judge."""

    __tablename__ = "list_seen"

    contemporary_id: str = Field(foreign_key="case_file.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class InterestRow(StudyTable, table=True):
    """A judge who says that they or their team worked a case."""

    __tablename__ = "declared_interest"

    id: str = Field(default_factory=new_id, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    declared_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_reason: str = Field(default="", sa_type=Text)


class SupervisionRow(StudyTable, table=True):
    """One step in the supervision of a judgement: comment, question, answer, sign-off.

    ``position`` counts the steps of a judgement from 1.
    """

    __tablename__ = "supervision"

    id: str = Field(default_factory=new_id, primary_key=True)
    judgement_id: str = Field(foreign_key="judgement.id", index=True)
    position: int
    step: str
    words: str = Field(default="", sa_type=Text)
    person_id: str = Field(foreign_key="person.id")
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
