"""Tables of survey toplines, and of what is assumed where waves are compared."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class SurveyToplineRow(StudyTable, table=True):
    """One printed figure of a survey; a gap is kept as a gap."""

    __tablename__ = "survey_topline"
    __table_args__ = (
        UniqueConstraint("survey", "wave", "question", "statement", "answer"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    survey: str = Field(index=True)
    wave: str
    fieldwork: str = ""
    question: str
    topic: str = ""
    statement: str
    answer: str
    count: int | None = None
    percent: float | None = None
    base: int
    note: str = ""
    source: str = ""
    position: int = 0


class SurveyAssumptionRow(StudyTable, table=True):
    """What is assumed of a survey's waves; ``id`` is the survey's name."""

    __tablename__ = "survey_assumption"

    id: str = Field(primary_key=True)
    share: float
    source: str = Field(sa_type=Text)
    context: str = Field(default="", sa_type=Text)
    said_by: str = Field(foreign_key="person.id")
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)
