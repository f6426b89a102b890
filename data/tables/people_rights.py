"""Tables of people's rights: consent, withdrawal, erasure, keeping, backups made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class ConsentRow(StudyTable, table=True):
    """What a participant agreed to, as somebody recorded it.

    ``answers`` holds yes, no or not asked by use. ``standing`` is 1 for the record that
    stands and nothing once a later one took its place; two empty ones never clash, so
    former records stay on file.
    """

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("participant_id", "standing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    participant_id: str = Field(
        foreign_key="participant.id", index=True, ondelete="CASCADE"
    )
    standing: int | None = Field(default=1)
    answers: dict[str, str] = Field(sa_type=JSON)
    form_version: str = ""
    given_on: str = ""
    how: str = ""
    note: str = Field(default="", sa_type=Text)
    recorded_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    superseded_by: str | None = Field(default=None, foreign_key="person.id")
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WithdrawalRow(StudyTable, table=True):
    """A participant, source or case taken out of analysis, until taken back or erased.

    ``standing`` is 1 while it holds and nothing once it was taken back.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (UniqueConstraint("about_kind", "about_id", "standing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    about_kind: str
    about_id: str = Field(index=True)
    standing: int | None = Field(default=1)
    reason: str
    withdrawn_on: str
    recorded_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    taken_back_by: str | None = Field(default=None, foreign_key="person.id")
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WithdrawnWordsRow(StudyTable, table=True):
    """Words set aside from a source that others speak in, to be put back or erased.

    In the source's text stand as many spaces in their place, from ``start`` to ``end``.
    """

    __tablename__ = "withdrawn_words"

    id: str = Field(default_factory=new_id, primary_key=True)
    withdrawal_id: str = Field(
        foreign_key="withdrawal.id", index=True, ondelete="CASCADE"
    )
    source_id: str = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    start: int
    end: int
    words: str = Field(sa_type=Text)


class ErasureRow(StudyTable, table=True):
    """That something was erased: when, by whom, why, how much; nothing leads back.

    ``counts`` are of rows by table. ``pairs`` counts the judged pairs that went with a
    case, so that numbers in reports made before can be explained.
    """

    __tablename__ = "erasure"

    number: int | None = Field(default=None, primary_key=True)
    kind: str
    reason: str
    pairs: int = 0
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    erased_by: str = Field(foreign_key="person.id")
    erased_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class KeepingRuleRow(StudyTable, table=True):
    """How long something is kept: until a day, or so many years after its closing.

    ``about_kind`` is study, source kind, source or case era; ``about_id`` which of
    them. ``standing`` is 1 for the rule that holds and nothing for former ones.
    """

    __tablename__ = "keeping_rule"
    __table_args__ = (UniqueConstraint("about_kind", "about_id", "standing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    about_kind: str
    about_id: str = Field(default="", index=True)
    standing: int | None = Field(default=1)
    keep_until: str = ""
    years_after: int | None = None
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class BackupRow(StudyTable, table=True):
    """A backup that was made: where it was written, what it holds, whether it is gone.

    ``place`` is a folder of this computer, or empty for a file handed to the browser.
    """

    __tablename__ = "backup"

    id: str = Field(default_factory=new_id, primary_key=True)
    file_name: str
    place: str = ""
    sha256: str
    size: int
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    gone_by: str | None = Field(default=None, foreign_key="person.id")
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
