"""The table of survey toplines."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, new_id


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
