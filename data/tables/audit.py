"""The audit trail: one line for each change, written in the change's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, now


class AuditLineRow(StudyTable, table=True):
    """Who did what to which thing, when. Ids and counts only, never words of a file."""

    __tablename__ = "audit_line"

    number: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    action: str = Field(index=True)
    about_kind: str = ""
    about_id: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
