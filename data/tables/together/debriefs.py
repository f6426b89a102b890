"""Tables of debriefs: who met, what was discussed, dissent, decisions and actions.

Whoever is named keeps their name here as it was then: minutes outlive a person's place
in the study.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class DebriefRow(StudyTable, table=True):
    """One meeting: a debrief after waves, or a learning circle in its shorter form."""

    __tablename__ = "debrief"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    form: str
    held_on: str
    notes: str = Field(default="", sa_type=Text)
    heard: str = Field(default="", sa_type=Text)
    means: str = Field(default="", sa_type=Text)
    will_try: str = Field(default="", sa_type=Text)
    who_tries: str = Field(default="", sa_type=Text)
    begun_by: str = Field(foreign_key="person.id")
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_by: str | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class DebriefWaveRow(StudyTable, table=True):
    """A wave that a debrief is about."""

    __tablename__ = "debrief_wave"

    debrief_id: str = Field(foreign_key="debrief.id", primary_key=True)
    wave_id: str = Field(foreign_key="wave.id", primary_key=True)


class DebriefAttenderRow(StudyTable, table=True):
    """Somebody who took part: a person of the study, or a guest with their role."""

    __tablename__ = "debrief_attender"

    id: str = Field(default_factory=new_id, primary_key=True)
    debrief_id: str = Field(foreign_key="debrief.id", index=True)
    person_id: str | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL"
    )
    name: str
    role: str = ""
    position: int = 0


class DebriefHypothesisRow(StudyTable, table=True):
    """A hypothesis discussed and what was agreed; how it stood when minutes closed."""

    __tablename__ = "debrief_hypothesis"

    id: str = Field(default_factory=new_id, primary_key=True)
    debrief_id: str = Field(foreign_key="debrief.id", index=True)
    hypothesis_id: str = Field(foreign_key="hypothesis.id")
    position: int = 0
    agreed: str = Field(default="", sa_type=Text)
    statement_then: str = Field(default="", sa_type=Text)
    status_then: str = ""
    version: int = Field(default=1)


class DissentRow(StudyTable, table=True):
    """What somebody did not agree with, and why, in their own words."""

    __tablename__ = "debrief_dissent"

    id: str = Field(default_factory=new_id, primary_key=True)
    debrief_id: str = Field(foreign_key="debrief.id", index=True)
    hypothesis_id: str | None = Field(default=None, foreign_key="hypothesis.id")
    person_id: str | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL"
    )
    name: str
    role: str = ""
    what: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)
    is_taken_back: bool = False
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class DebriefNoteRow(StudyTable, table=True):
    """A note to the minutes; after they were closed, the only way to add to them."""

    __tablename__ = "debrief_note"

    id: str = Field(default_factory=new_id, primary_key=True)
    debrief_id: str = Field(foreign_key="debrief.id", index=True)
    text: str = Field(sa_type=Text)
    written_by: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class DebriefDecisionRow(StudyTable, table=True):
    """A decision on the codebook that a debrief took."""

    __tablename__ = "debrief_decision"

    debrief_id: str = Field(foreign_key="debrief.id", primary_key=True)
    decision: int = Field(foreign_key="codebook_decision.number", primary_key=True)


class DebriefActionRow(StudyTable, table=True):
    """What somebody will do, by when; ``done_on`` is empty while it is open."""

    __tablename__ = "debrief_action"

    id: str = Field(default_factory=new_id, primary_key=True)
    debrief_id: str = Field(foreign_key="debrief.id", index=True)
    what: str = Field(sa_type=Text)
    owner_id: str | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL"
    )
    owner: str
    due_on: str = ""
    done_on: str = ""
    done_by: str | None = Field(default=None, foreign_key="person.id")
    position: int = 0
    version: int = Field(default=1)


class DebriefWordsRow(StudyTable, table=True):
    """What a text of a debrief said before it was changed."""

    __tablename__ = "debrief_words"
    __table_args__ = (Index(None, "about_kind", "about_id"),)

    number: int | None = Field(default=None, primary_key=True)
    about_kind: str
    about_id: str
    field: str
    words: str = Field(sa_type=Text)
    changed_by: str = Field(foreign_key="person.id")
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)
