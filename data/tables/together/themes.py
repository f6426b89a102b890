"""Tables of themes: what does not fit one, and quotations chosen to show its range."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class OppositeCodeRow(StudyTable, table=True):
    """A code that somebody marked as saying the opposite of a theme or code."""

    __tablename__ = "opposite_code"

    code_id: str = Field(foreign_key="code.id", primary_key=True, ondelete="CASCADE")
    opposite_id: str = Field(
        foreign_key="code.id", primary_key=True, ondelete="CASCADE"
    )
    marked_by: str = Field(foreign_key="person.id")
    marked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ContrarySearchRow(StudyTable, table=True):
    """A search for contrary cases of a theme: where somebody looked, and when.

    ``code_id`` is the theme's. What was found is linked as evidence and not kept here.
    """

    __tablename__ = "contrary_search"

    id: str = Field(default_factory=new_id, primary_key=True)
    code_id: str = Field(foreign_key="code.id", index=True, ondelete="CASCADE")
    where_looked: str = Field(sa_type=Text)
    looked_by: str = Field(foreign_key="person.id")
    looked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ChosenQuotationRow(StudyTable, table=True):
    """Words that somebody left standing among those that show a theme's range.

    Words are kept by their place and as a hash, so that what became of them is told
    and erased words stay erased. Without a source: it was erased since.
    """

    __tablename__ = "chosen_quotation"

    id: str = Field(default_factory=new_id, primary_key=True)
    code_id: str = Field(foreign_key="code.id", index=True, ondelete="CASCADE")
    source_id: str | None = Field(
        default=None, foreign_key="source.id", ondelete="SET NULL"
    )
    start: int
    end: int
    words_sha256: str
    position: int
    chosen_by: str = Field(foreign_key="person.id")
    chosen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
