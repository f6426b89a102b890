"""Tables of suggesting: settings, draws, what was read through, how far to trust."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class SuggestionSettingsRow(StudyTable, table=True):
    """How suggestions are made in this study; one row, or none while nobody chose."""

    __tablename__ = "suggestion_settings"

    id: str = Field(primary_key=True)
    include_interviewers: bool = False
    most_per_passage: int = 3
    precision: float = 0.5
    changed_by: str = Field(foreign_key="person.id")
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class CodePrecisionRow(StudyTable, table=True):
    """How often suggestions of one code should be right, where it was set apart."""

    __tablename__ = "code_precision"

    code_id: str = Field(foreign_key="code.id", primary_key=True, ondelete="CASCADE")
    precision: float
    changed_by: str = Field(foreign_key="person.id")
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SuggestionDrawRow(StudyTable, table=True):
    """Transcripts drawn by chance to be coded with or without suggestions.

    ``seed`` makes the draw again. An ended draw hides nothing any longer and stays on
    file with the reason.
    """

    __tablename__ = "suggestion_draw"

    id: str = Field(default_factory=new_id, primary_key=True)
    seed: int
    drawn_by: str = Field(foreign_key="person.id")
    drawn_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_by: str | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)


class DrawnSourceRow(StudyTable, table=True):
    """A transcript of a draw, and what fell to it."""

    __tablename__ = "drawn_source"

    draw_id: str = Field(
        foreign_key="suggestion_draw.id", primary_key=True, ondelete="CASCADE"
    )
    source_id: str = Field(
        foreign_key="source.id", primary_key=True, index=True, ondelete="CASCADE"
    )
    with_suggestions: bool


class ReadThroughRow(StudyTable, table=True):
    """A coder has read a transcript from end to end: what they left, they left."""

    __tablename__ = "read_through"

    source_id: str = Field(
        foreign_key="source.id", primary_key=True, ondelete="CASCADE"
    )
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class TrustReportRow(StudyTable, table=True):
    """How right suggestions were when tried on the study's own codes.

    ``result`` holds numbers, ids and places; never a word of a source.
    """

    __tablename__ = "trust_report"

    id: str = Field(default_factory=new_id, primary_key=True)
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    engine: str
    result: dict[str, Any] = Field(sa_type=JSON)


class LearningRow(StudyTable, table=True):
    """The last time suggestions learned from what people decided; one row.

    ``lessons`` tells texts, codes and decisions apart; numbers and ids alone.
    """

    __tablename__ = "learning"

    id: str = Field(primary_key=True)
    learned_by: str = Field(foreign_key="person.id")
    learned_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    engine: str
    lessons: str
    applied: int
    turned_down: int
    read_through: int
    has_learned: bool
    in_words: str
    strengths: dict[str, Any] = Field(sa_type=JSON)
