"""Tables of analysis templates: versioned questions, a record for each interview."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class AnalysisTemplateRow(StudyTable, table=True):
    """A template by name. One that was put away keeps its versions and records."""

    __tablename__ = "analysis_template"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    about: str = Field(default="", sa_type=Text)
    is_put_away: bool = False
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class AnalysisTemplateVersionRow(StudyTable, table=True):
    """The questions of a template as published, or, unpublished, the next ones.

    A template has one unpublished version at most; a published one never changes.
    """

    __tablename__ = "analysis_template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    template_id: str = Field(foreign_key="analysis_template.id", ondelete="CASCADE")
    number: int
    note: str = Field(default="", sa_type=Text)
    published_by: str | None = Field(default=None, foreign_key="person.id")
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class AnalysisQuestionRow(StudyTable, table=True):
    """A question as one version words it; ``question_id`` is the same in all."""

    __tablename__ = "analysis_question"
    __table_args__ = (UniqueConstraint("template_version_id", "question_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    template_version_id: str = Field(
        foreign_key="analysis_template_version.id", ondelete="CASCADE"
    )
    question_id: str = Field(default_factory=new_id)
    position: int
    heading: str = Field(sa_type=Text)
    guidance: str = Field(default="", sa_type=Text)
    kind: str
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    for_whom: str = Field(default="", sa_type=Text)
    code_ids: list[str] = Field(default_factory=list, sa_type=JSON)


class AnalysisRecordRow(StudyTable, table=True):
    """The record of one source under a template, at the version it is filled in."""

    __tablename__ = "analysis_record"
    __table_args__ = (
        UniqueConstraint("template_id", "source_id"),
        Index(None, "source_id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    template_id: str = Field(foreign_key="analysis_template.id", ondelete="CASCADE")
    source_id: str = Field(foreign_key="source.id", ondelete="CASCADE")
    template_version_id: str = Field(foreign_key="analysis_template_version.id")
    begun_by: str = Field(foreign_key="person.id")
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class AnalysisAnswerRow(StudyTable, table=True):
    """The answer to one question in a record.

    ``draft`` lists the coded segments the machine chose, each as its id and why; their
    words are read where they stand. One that has only a draft or evidence has version
    0, and nobody wrote it. ``asked_in`` is the number of the version it answers.
    """

    __tablename__ = "analysis_answer"
    __table_args__ = (UniqueConstraint("record_id", "question_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    record_id: str = Field(foreign_key="analysis_record.id", ondelete="CASCADE")
    question_id: str
    choice: str = Field(default="", sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    is_not_applicable: bool = False
    reason: str = Field(default="", sa_type=Text)
    draft: list[Any] = Field(default_factory=list, sa_type=JSON)
    asked_in: int = 0
    written_by: str | None = Field(default=None, foreign_key="person.id")
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=0)


class AnalysisWordsRow(StudyTable, table=True):
    """What an answer said before it was changed: whose words, since when, until when.

    ``number`` is the answer's version that said so.
    """

    __tablename__ = "analysis_words"
    __table_args__ = (UniqueConstraint("answer_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    answer_id: str = Field(foreign_key="analysis_answer.id", ondelete="CASCADE")
    number: int
    choice: str = Field(default="", sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    is_not_applicable: bool = False
    reason: str = Field(default="", sa_type=Text)
    asked_in: int = 0
    written_by: str | None = Field(default=None, foreign_key="person.id")
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)
