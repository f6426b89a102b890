"""Tables of framework matrices: what each shows, and the cells people write in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class FrameworkMatrixRow(StudyTable, table=True):
    """A matrix by name: what its rows are, which codes its columns, in which order.

    ``rows_by`` names what groups are by. One that was put away keeps all its cells.
    """

    __tablename__ = "framework_matrix"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    rows_are: str
    rows_by: str = ""
    grouped_by: str = ""
    column_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    takes_comments: bool = False
    is_put_away: bool = False
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class FrameworkCellRow(StudyTable, table=True):
    """What people wrote in one cell, or that it is not in the interview.

    ``about_id`` is the key of its row: a participant's or source's id, with which the
    cell is erased, or ``=`` and a group's value; ``about_kind`` says which.
    ``column_id`` is a code's. One of them empty is the summary of a whole column or
    row. A cell that has only evidence linked to it has version 0, and nobody wrote it.
    """

    __tablename__ = "framework_cell"
    __table_args__ = (UniqueConstraint("matrix_id", "about_id", "column_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    matrix_id: str = Field(foreign_key="framework_matrix.id", ondelete="CASCADE")
    about_kind: str
    about_id: str
    column_id: str
    text: str = Field(default="", sa_type=Text)
    is_absent: bool = False
    written_by: str | None = Field(default=None, foreign_key="person.id")
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=0)


class FrameworkWordsRow(StudyTable, table=True):
    """What a cell said before it was changed: whose words, since when, until when.

    ``number`` is the cell's version that said so.
    """

    __tablename__ = "framework_words"
    __table_args__ = (UniqueConstraint("cell_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    cell_id: str = Field(foreign_key="framework_cell.id", ondelete="CASCADE")
    number: int
    text: str = Field(sa_type=Text)
    is_absent: bool = False
    written_by: str | None = Field(default=None, foreign_key="person.id")
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)
