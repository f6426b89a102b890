"""Tables of cases compared with themselves: which were read so, and the comparisons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class CaseReadAloneRow(StudyTable, table=True):
    """A case whose later file was read outside a pair: from then on nobody's candidate.

    It stays, whatever becomes of the comparison: what was read cannot be unread.
    """

    __tablename__ = "case_read_alone"

    case_id: str = Field(
        foreign_key="case_file.id", primary_key=True, ondelete="CASCADE"
    )
    read_by: str = Field(foreign_key="person.id")
    read_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class WithinCaseRow(StudyTable, table=True):
    """A case compared with itself around a split date, as somebody chose it.

    ``standing`` is 1 for the comparison that stands and nothing once a later one took
    its place or it was withdrawn; two empty ones never clash, so former ones stay on
    file. ``chosen_before_reading`` is whether the split was fixed before anyone read
    what came later.
    """

    __tablename__ = "within_case"
    __table_args__ = (UniqueConstraint("case_id", "standing"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True, ondelete="CASCADE")
    standing: int | None = Field(default=1)
    split_date: str
    least_days: int
    most_days: int
    days_each_side: int
    rationale: str = Field(sa_type=Text)
    chosen_before_reading: bool
    chosen_by: str = Field(foreign_key="person.id")
    chosen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    superseded_by: str | None = Field(default=None, foreign_key="person.id")
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: str | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_reason: str = Field(default="", sa_type=Text)
