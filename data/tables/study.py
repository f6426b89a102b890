"""Tables of the study itself: study, people, waves, participants, settings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class StudyRow(StudyTable, table=True):
    """The one study a database holds."""

    __tablename__ = "study"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    description: str = ""
    practice_start: str = ""
    is_sample: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class PersonRow(StudyTable, table=True):
    """Someone who works on the study."""

    __tablename__ = "person"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    role: str
    is_command_line: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class WaveRow(StudyTable, table=True):
    """One round of data collection."""

    __tablename__ = "wave"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0
    version: int = Field(default=1)


class ParticipantRow(StudyTable, table=True):
    """A person who takes part, by pseudonym."""

    __tablename__ = "participant"

    id: str = Field(default_factory=new_id, primary_key=True)
    pseudonym: str = Field(unique=True)
    role: str = ""
    team: str = ""
    locality: str = ""
    version: int = Field(default=1)


class ParticipantAttributeRow(StudyTable, table=True):
    """One further fact about a participant."""

    __tablename__ = "participant_attribute"

    participant_id: str = Field(
        foreign_key="participant.id", primary_key=True, ondelete="CASCADE"
    )
    name: str = Field(primary_key=True)
    value: str
