"""Framework matrices as they are asked for and read: their cells and quotations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coding.framework_matrix.rows import GroupedBy, RowsAre

WHOLE = ""
"""In place of a row's key or a column's code: the summary of a whole column or row."""


@dataclass(frozen=True, slots=True)
class MatrixShape:
    """What a matrix shows: its name, rows, how they are gathered, its columns in order.

    ``rows_by`` says what groups are by: ``wave``, ``role``, ``team``, ``locality`` or a
    participant's attribute. Unless they are taken in, comments of surveys are left out
    of rows and counts: each is by somebody else, and would be a row of its own.
    """

    name: str
    rows_are: RowsAre = RowsAre.PARTICIPANTS
    rows_by: str = ""
    grouped_by: GroupedBy = GroupedBy.NOTHING
    column_ids: tuple[str, ...] = ()
    takes_comments: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as kept; one that was put away is on no list and keeps its cells."""

    id: str
    shape: MatrixShape
    made_by: str
    version: int = 1
    is_put_away: bool = False


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: its matrix, row and column; see ``WHOLE``."""

    matrix_id: str
    row_key: str
    column_id: str

    @property
    def is_summary(self) -> bool:
        """Whether it is the summary of a whole row or column."""
        return WHOLE in (self.row_key, self.column_id)


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell as people left it.

    ``version`` is 0 while nobody wrote in it and only evidence is linked to it.
    ``is_hidden`` says that its words may not be read now: they are of a source that is
    being coded blind.
    """

    id: str
    place: CellPlace
    text: str = ""
    is_absent: bool = False
    written_by: str = ""
    written_at: datetime | None = None
    version: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class EarlierCell:
    """What a cell said before: whose words they were, and until when it said so."""

    number: int
    text: str
    is_absent: bool
    written_by: str
    written_at: datetime | None
    said_until: datetime


@dataclass(frozen=True, slots=True)
class CellQuotation:
    """A quotation behind a cell, and the coded segments that mark it.

    Codings that overlap are one quotation; ``coded_id`` is the widest, whose words are
    shown and which is linked. ``person`` is the pseudonym, or the label as it stands.
    """

    coded_id: str
    coded_ids: tuple[str, ...]
    source_id: str
    source: str
    wave: str
    turn: int
    person: str
    code: str
    start: int
    words: str
