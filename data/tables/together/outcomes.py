"""Tables of the logic model, and of how strong the evidence for an outcome is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class LogicModelRow(StudyTable, table=True):
    """One part of the logic model; ``number`` is how an outcome is cited, else 0.

    ``direction`` and what counts for and against it are an outcome's alone. One that
    was retired stays, with its evidence and statement.
    """

    __tablename__ = "logic_model"

    id: str = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(index=True)
    number: int = 0
    name: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    direction: str = Field(default="", sa_type=Text)
    counts_for: str = Field(default="", sa_type=Text)
    counts_against: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    position: int = 0
    is_retired: bool = False
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by: str | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class LogicModelWordsRow(StudyTable, table=True):
    """How a part of the logic model was worded before a change."""

    __tablename__ = "logic_model_words"
    __table_args__ = (UniqueConstraint("part_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    part_id: str = Field(foreign_key="logic_model.id", index=True, ondelete="CASCADE")
    number: int
    kind: str
    name: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    direction: str = Field(default="", sa_type=Text)
    counts_for: str = Field(default="", sa_type=Text)
    counts_against: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    worded_by: str = Field(foreign_key="person.id")
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class OutcomeStatementRow(StudyTable, table=True):
    """What people say of the strength of the evidence; ``id`` is the outcome's.

    ``missing_told`` lists the strands without evidence and ``limits_told`` how
    one-sided it was when the words on them were last read through; ``rested_on`` the
    evidence a final statement had when it was made final.
    """

    __tablename__ = "outcome_statement"

    id: str = Field(foreign_key="logic_model.id", primary_key=True)
    level: str = ""
    statement: str = Field(default="", sa_type=Text)
    limitations: str = Field(default="", sa_type=Text)
    missing: str = Field(default="", sa_type=Text)
    missing_told: list[Any] = Field(default_factory=list, sa_type=JSON)
    limits_told: list[Any] = Field(default_factory=list, sa_type=JSON)
    state: str = "draft"
    rested_on: list[Any] = Field(default_factory=list, sa_type=JSON)
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    final_by: str | None = Field(default=None, foreign_key="person.id")
    final_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class OutcomeStatementWordsRow(StudyTable, table=True):
    """What a statement said before a change, by whom, and until when."""

    __tablename__ = "outcome_statement_words"
    __table_args__ = (UniqueConstraint("outcome_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    outcome_id: str = Field(
        foreign_key="outcome_statement.id", index=True, ondelete="CASCADE"
    )
    number: int
    level: str = ""
    statement: str = Field(default="", sa_type=Text)
    limitations: str = Field(default="", sa_type=Text)
    missing: str = Field(default="", sa_type=Text)
    worded_by: str = Field(foreign_key="person.id")
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CounterAnswerRow(StudyTable, table=True):
    """What somebody made of a piece of evidence against an outcome.

    Answers are never changed: a later one stands before an earlier.
    """

    __tablename__ = "counter_answer"

    number: int | None = Field(default=None, primary_key=True)
    outcome_id: str = Field(foreign_key="logic_model.id", index=True)
    kind: str
    thing_id: str = Field(index=True)
    words: str = Field(sa_type=Text)
    answered_by: str = Field(foreign_key="person.id")
    answered_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
