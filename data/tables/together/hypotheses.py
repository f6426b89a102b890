"""Tables of hypotheses: as they stand, each step they took, searches against them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class HypothesisRow(StudyTable, table=True):
    """A hypothesis as it stands now; ``number`` is how it is cited."""

    __tablename__ = "hypothesis"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    statement: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    status: str
    put_up_by: str = Field(foreign_key="person.id")
    put_up_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class HypothesisStepRow(StudyTable, table=True):
    """How a hypothesis stood from one moment on, and why; never changed."""

    __tablename__ = "hypothesis_step"

    number: int | None = Field(default=None, primary_key=True)
    hypothesis_id: str = Field(foreign_key="hypothesis.id", index=True)
    status: str
    statement: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    debrief_id: str | None = Field(default=None, foreign_key="debrief.id")
    taken_by: str = Field(foreign_key="person.id")
    taken_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CounterSearchRow(StudyTable, table=True):
    """A search for what speaks against a hypothesis that found nothing."""

    __tablename__ = "counter_search"

    id: str = Field(default_factory=new_id, primary_key=True)
    hypothesis_id: str = Field(foreign_key="hypothesis.id", index=True)
    where_looked: str = Field(sa_type=Text)
    looked_on: str = ""
    looked_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
