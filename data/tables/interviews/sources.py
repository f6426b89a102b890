"""Tables of what is read: sources, their speakers and turns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class SourceRow(StudyTable, table=True):
    """A source; its text is sealed by its hash and changed by corrections alone."""

    __tablename__ = "source"
    # Whether a source has changed is asked of all of them at once, and a row holds the
    # whole text: without this each is read from end to end.
    __table_args__ = (Index("ix_source_stand", "id", "revision", "text_sha256"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    kind: str
    wave_id: str | None = Field(default=None, foreign_key="wave.id", index=True)
    held_on: str = ""
    file_name: str = ""
    text: str = Field(sa_type=Text)
    text_sha256: str
    word_count: int = 0
    revision: int = 0
    imported_by: str = Field(foreign_key="person.id")
    imported_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SpeakerRow(StudyTable, table=True):
    """A speaker label of a source and the participant it stands for."""

    __tablename__ = "speaker"

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    label: str
    is_interviewer: bool = False
    participant_id: str | None = Field(
        default=None, foreign_key="participant.id", index=True
    )
    version: int = Field(default=1)


class TurnRow(StudyTable, table=True):
    """One turn of a source in code points, end exclusive."""

    __tablename__ = "turn"
    # Whose words a passage holds is answered from this index alone.
    __table_args__ = (
        Index("ix_turn_place", "source_id", "start", "end", "number", "speaker"),
    )

    source_id: str = Field(
        foreign_key="source.id", primary_key=True, ondelete="CASCADE"
    )
    number: int = Field(primary_key=True)
    start: int
    end: int
    speaker: str = ""
    time: str = ""


class EarlierTextRow(StudyTable, table=True):
    """A source's text as it was before a correction, with its turns; never changed."""

    __tablename__ = "earlier_text"

    source_id: str = Field(
        foreign_key="source.id", primary_key=True, ondelete="CASCADE"
    )
    number: int = Field(primary_key=True)
    text: str = Field(sa_type=Text)
    text_sha256: str
    turns: list[list[Any]] = Field(sa_type=JSON)
    reason: str = Field(sa_type=Text)
    replaced_by: str = Field(foreign_key="person.id")
    replaced_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class UnplacedCodingRow(StudyTable, table=True):
    """A coding that a corrected text has no place for, until its coder settles it.

    Its positions are those of the earlier text, by whose number it is told apart; its
    id is the coding's own, so that memos on it stay.
    """

    __tablename__ = "unplaced_coding"

    id: str = Field(primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    number: int
    code_id: str = Field(foreign_key="code.id")
    start: int
    end: int
    coder_id: str = Field(foreign_key="person.id", index=True)
    coded_at: datetime = Field(sa_type=UtcDateTime)
    suggestion_id: str | None = None
    layer: str = ""
    settled_as: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TurnWordsRow(StudyTable, table=True):
    """The words of a turn as they are searched: folded, a space between.

    The search index of the database is kept beside it by the database itself; a row
    that goes takes its words out of the index.
    """

    __tablename__ = "turn_words"
    __table_args__ = (UniqueConstraint("source_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(foreign_key="source.id", ondelete="CASCADE")
    number: int
    words: str = Field(sa_type=Text)
