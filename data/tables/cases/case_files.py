"""Tables of case files: cases, fields, facts, events, notes, how they were chosen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class CaseRow(StudyTable, table=True):
    """A case by its reference, in one era."""

    __tablename__ = "case_file"

    id: str = Field(default_factory=new_id, primary_key=True)
    reference: str = Field(unique=True)
    era: str = Field(index=True)
    position: int = 0
    imported_by: str = Field(foreign_key="person.id")
    imported_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CaseFieldRow(StudyTable, table=True):
    """A column of case facts and when it is known."""

    __tablename__ = "case_field"

    name: str = Field(primary_key=True)
    title: str
    known: str
    position: int = 0
    version: int = Field(default=1)


class CaseFactRow(StudyTable, table=True):
    """One recorded value of one case, as text."""

    __tablename__ = "case_fact"

    case_id: str = Field(
        foreign_key="case_file.id", primary_key=True, ondelete="CASCADE"
    )
    field_name: str = Field(foreign_key="case_field.name", primary_key=True)
    value: str = Field(sa_type=Text)


class CaseEventRow(StudyTable, table=True):
    """Something that happened on a day in a case."""

    __tablename__ = "case_event"

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True, ondelete="CASCADE")
    date: str
    event: str
    detail: str = ""
    position: int = 0


class CaseNoteRow(StudyTable, table=True):
    """A dated note in a case file."""

    __tablename__ = "case_note"

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True, ondelete="CASCADE")
    date: str
    text: str = Field(sa_type=Text)
    position: int = 0


class SamplingRecordRow(StudyTable, table=True):
    """How a contemporary case was chosen, as somebody recorded it.

    ``standing`` is 1 for the record that stands and nothing once a later one took its
    place; two empty ones never clash, so former records stay on file.
    """

    __tablename__ = "sampling_record"
    __table_args__ = (UniqueConstraint("case_id", "standing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True, ondelete="CASCADE")
    standing: int | None = Field(default=1)
    drawn_on: str = ""
    drawn_by: str = ""
    drawn_from: str = Field(default="", sa_type=Text)
    rule: str = Field(sa_type=Text)
    replaced: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    recorded_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    superseded_by: str | None = Field(default=None, foreign_key="person.id")
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
