"""Tables of several coders: who reads which source, and whether blind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
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
