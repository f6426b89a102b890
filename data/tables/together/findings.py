"""Tables of what the study found, and of how each finding was worded before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class FindingRow(StudyTable, table=True):
    """One thing the study found; what it rests on are rows of evidence.

    ``doubts_at`` is when somebody last said that ``does_not_fit`` holds all that speaks
    against it. ``rested_on`` lists kind, id and stance of the evidence a final finding
    had when it was made final. One that was taken out stays, to be brought back.
    """

    __tablename__ = "finding"

    id: str = Field(default_factory=new_id, primary_key=True)
    statement: str = Field(sa_type=Text)
    strength: str = Field(default="", sa_type=Text)
    does_not_fit: str = Field(default="", sa_type=Text)
    doubts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    position: int = 0
    state: str = "draft"
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by: str | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    final_by: str | None = Field(default=None, foreign_key="person.id")
    final_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rested_on: list[Any] = Field(default_factory=list, sa_type=JSON)
    is_removed: bool = False
    version: int = Field(default=1)


class FindingWordsRow(StudyTable, table=True):
    """How a finding was worded before a change, by whom, and until when."""

    __tablename__ = "finding_words"
    __table_args__ = (UniqueConstraint("finding_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    finding_id: str = Field(foreign_key="finding.id", index=True, ondelete="CASCADE")
    number: int
    statement: str = Field(sa_type=Text)
    strength: str = Field(default="", sa_type=Text)
    does_not_fit: str = Field(default="", sa_type=Text)
    worded_by: str = Field(foreign_key="person.id")
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)
