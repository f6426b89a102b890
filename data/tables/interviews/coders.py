"""Tables of several coders: who reads which source, whether blind, what they settle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class AssignmentRow(StudyTable, table=True):
    """A source given to a coder; a blind first pass ends when they say it is done."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("source_id", "coder_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    coder_id: str = Field(foreign_key="person.id", index=True)
    is_blind: bool = False
    given_by: str = Field(foreign_key="person.id")
    given_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class AssignmentStepRow(StudyTable, table=True):
    """What was done with an assignment, when and why; it stays when that is taken back.

    ``step`` is given, taken back, finished or reopened.
    """

    __tablename__ = "assignment_step"

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    coder_id: str = Field(foreign_key="person.id")
    step: str
    is_blind: bool = False
    reason: str = Field(default="", sa_type=Text)
    by_id: str = Field(foreign_key="person.id")
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class OthersReadRow(StudyTable, table=True):
    """A person has read others' codings of a source: never blind there from now on."""

    __tablename__ = "others_read"

    source_id: str = Field(
        foreign_key="source.id", primary_key=True, ondelete="CASCADE"
    )
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AgreedDecisionRow(StudyTable, table=True):
    """What was decided on the readings of one passage; taken back, it stays on file.

    ``difference_key`` names the readings, ``seen`` holds them as they were: coder,
    code, start and end. ``made_ids`` are the codings of the agreed layer it made.
    """

    __tablename__ = "agreed_decision"

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    difference_key: str = Field(index=True)
    kind: str
    decision: str
    reading_of: str | None = Field(default=None, foreign_key="person.id")
    rationale: str = Field(default="", sa_type=Text)
    seen: list[Any] = Field(default_factory=list, sa_type=JSON)
    made_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    decided_by: str = Field(foreign_key="person.id")
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    taken_back_by: str | None = Field(default=None, foreign_key="person.id")
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SettledSourceRow(StudyTable, table=True):
    """A source whose differences are settled, from when until when, and by whom."""

    __tablename__ = "settled_source"

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    closed_by: str = Field(foreign_key="person.id")
    closed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    reopened_by: str | None = Field(default=None, foreign_key="person.id")
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)
