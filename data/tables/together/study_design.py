"""Tables of a study's design: strands, mini-projects, waves, topic guides, aims."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class StrandRow(StudyTable, table=True):
    """One strand of the study; one that was taken out stays, to be brought back."""

    __tablename__ = "strand"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    purpose: str = Field(default="", sa_type=Text)
    position: int = 0
    is_removed: bool = False
    version: int = Field(default=1)


class SourceStrandRow(StudyTable, table=True):
    """The strand a source belongs to; a source without a row belongs to none."""

    __tablename__ = "source_strand"

    source_id: str = Field(
        foreign_key="source.id", primary_key=True, ondelete="CASCADE"
    )
    strand_id: str = Field(foreign_key="strand.id", index=True, ondelete="CASCADE")


class MiniProjectRow(StudyTable, table=True):
    """A named piece of work within the study."""

    __tablename__ = "mini_project"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    question: str = Field(default="", sa_type=Text)
    strand_id: str | None = Field(default=None, foreign_key="strand.id", index=True)
    owner_id: str | None = Field(default=None, foreign_key="person.id")
    starts_on: str = ""
    ends_on: str = ""
    state: str
    is_removed: bool = False
    version: int = Field(default=1)


class WavePlanRow(StudyTable, table=True):
    """When a wave was held and what for."""

    __tablename__ = "wave_plan"

    id: str = Field(default_factory=new_id, primary_key=True)
    wave_id: str = Field(foreign_key="wave.id", unique=True, ondelete="CASCADE")
    starts_on: str = ""
    ends_on: str = ""
    purpose: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class TopicGuideRow(StudyTable, table=True):
    """A topic guide by name; what it asks stands in its versions."""

    __tablename__ = "topic_guide"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    is_removed: bool = False
    version: int = Field(default=1)


class TopicGuideVersionRow(StudyTable, table=True):
    """All that a guide asked from one day on, of whom, and why it was so; not changed.

    ``questions`` lists words, prompts and heading; ``wave_ids`` and ``roles`` say what
    it is for, nothing meaning all of them.
    """

    __tablename__ = "topic_guide_version"
    __table_args__ = (UniqueConstraint("guide_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    guide_id: str = Field(foreign_key="topic_guide.id", index=True, ondelete="CASCADE")
    number: int
    made_on: str
    reason: str = Field(default="", sa_type=Text)
    questions: list[Any] = Field(sa_type=JSON)
    wave_ids: list[Any] = Field(default_factory=list, sa_type=JSON)
    roles: list[Any] = Field(default_factory=list, sa_type=JSON)
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AimsVersionRow(StudyTable, table=True):
    """All aims as they stood from one moment on; the newest stands, none is changed.

    ``aims`` lists wave (its id, "none" or ""), role, team, locality, people and
    interviews.
    """

    __tablename__ = "aims_version"

    number: int | None = Field(default=None, primary_key=True)
    aims: list[Any] = Field(sa_type=JSON)
    reason: str = Field(default="", sa_type=Text)
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ShortfallReasonRow(StudyTable, table=True):
    """Why a group was not reached as aimed for, in a person's words."""

    __tablename__ = "shortfall_reason"
    __table_args__ = (UniqueConstraint("wave_key", "role", "team", "locality"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    wave_key: str = ""
    role: str = ""
    team: str = ""
    locality: str = ""
    words: str = Field(default="", sa_type=Text)
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class DesignWordsRow(StudyTable, table=True):
    """What a field of the design said before a change, by whom it was changed, when."""

    __tablename__ = "design_words"

    id: str = Field(default_factory=new_id, primary_key=True)
    about_kind: str
    about_id: str = Field(index=True)
    field: str
    words: str = Field(sa_type=Text)
    changed_by: str = Field(foreign_key="person.id")
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
