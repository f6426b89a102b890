"""The table of evidence: what a cell, a hypothesis or a finding rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class EvidenceRow(StudyTable, table=True):
    """One thing that something written rests on, or that speaks against it.

    ``as_linked`` keeps how the thing stood then, as ids, positions and hashes, never
    its words, so that a later change can be told and erased words stay erased.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "holder_kind", "holder_id"),
        Index(None, "kind", "thing_id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    holder_kind: str
    holder_id: str
    kind: str
    thing_id: str
    stance: str
    note: str = Field(default="", sa_type=Text)
    position: int = 0
    as_linked: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    linked_by: str = Field(foreign_key="person.id")
    linked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
