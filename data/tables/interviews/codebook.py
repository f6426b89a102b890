"""Tables of the codebook's past: what was changed, versions kept, decisions, pairs of
codes told apart.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class CodeHistoryRow(StudyTable, table=True):
    """One change of the codebook, with all that is needed to take it back.

    ``before`` and ``after`` hold the codes it altered by id, as they were and became; a
    code missing in one of them did not exist. ``touched`` holds the codings, memos and
    suggestions it moved or took away.
    """

    __tablename__ = "code_history"

    number: int | None = Field(default=None, primary_key=True)
    action: str
    code_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    touched: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str = Field(default="", sa_type=Text)
    done_by: str = Field(foreign_key="person.id")
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undoes: int | None = Field(default=None, foreign_key="code_history.number")
    redoes: int | None = Field(default=None, foreign_key="code_history.number")
    undone_by: str | None = Field(default=None, foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CodebookVersionRow(StudyTable, table=True):
    """The whole codebook as it stood when somebody kept it under a name."""

    __tablename__ = "codebook_version"

    number: int | None = Field(default=None, primary_key=True)
    name: str
    reason: str = Field(default="", sa_type=Text)
    codes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    history_number: int = 0
    kept_by: str = Field(foreign_key="person.id")
    kept_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CodebookDecisionRow(StudyTable, table=True):
    """A numbered decision about codes; withdrawn with a reason, never deleted."""

    __tablename__ = "codebook_decision"

    number: int | None = Field(default=None, primary_key=True)
    words: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    code_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    decided_by: str = Field(foreign_key="person.id")
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_by: str | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_reason: str = Field(default="", sa_type=Text)


class CodesToldApartRow(StudyTable, table=True):
    """Two codes that look alike and differ, as a person said; ids in order."""

    __tablename__ = "codes_told_apart"

    id: str = Field(default_factory=new_id, primary_key=True)
    first_id: str = Field(foreign_key="code.id", ondelete="CASCADE", index=True)
    second_id: str = Field(foreign_key="code.id", ondelete="CASCADE")
    told_by: str = Field(foreign_key="person.id")
    told_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
