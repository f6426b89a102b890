"""The table of quarterly indicators."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, new_id


class IndicatorValueRow(StudyTable, table=True):
    """One reported value; a gap is kept as a gap."""

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator", "quarter", "area"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    indicator: str = Field(index=True)
    quarter: str
    area: str
    value: float | None = None
    unit: str = ""
    source: str = ""
    position: int = 0
