"""Tables of what leaves the study: the rule for small numbers, and releases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class DisclosureRuleRow(StudyTable, table=True):
    """The rule for small numbers from when it was set; the newest one stands."""

    __tablename__ = "disclosure_rule"

    number: int | None = Field(default=None, primary_key=True)
    rule: dict[str, Any] = Field(sa_type=JSON)
    reason: str = Field(default="", sa_type=Text)
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReleaseRow(StudyTable, table=True):
    """One request that something may leave the study, and what became of it.

    ``rule`` is the rule used. ``counts`` lists for each count its key, the number
    behind it, what is shown (nothing where hidden) and why. ``choices`` lists what was
    decided on each piece of words. ``rests_on`` keeps findings with their version and
    evidence as it stood, as ids and hashes. ``opened_by`` names who opened the files.
    """

    __tablename__ = "release"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    state: str = Field(index=True)
    rule_number: int = 0
    rule: dict[str, Any] = Field(sa_type=JSON)
    counts: list[Any] = Field(default_factory=list, sa_type=JSON)
    choices: list[Any] = Field(default_factory=list, sa_type=JSON)
    rests_on: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    opened_by: list[str] = Field(default_factory=list, sa_type=JSON)
    purpose: str = Field(default="", sa_type=Text)
    asked_by: str = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class ReleaseFileRow(StudyTable, table=True):
    """A file of a release, byte for byte as it was read before it left.

    The hash stays when the content is let go of.
    """

    __tablename__ = "release_file"
    __table_args__ = (UniqueConstraint("release_id", "ending"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    release_id: str = Field(foreign_key="release.id", index=True, ondelete="CASCADE")
    ending: str
    name: str
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    sha256: str
    size: int
