"""Rows of matrices and cells: found, read as values, earlier words kept."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from coding.framework_matrix.rows import GroupedBy, RowsAre
from data.storage.database import names_of_people, refuse
from data.storage.evidence.evidence_records import Holder, HolderKind
from data.storage.framework.framework_records import (
    CellPlace,
    EarlierCell,
    Matrix,
    MatrixShape,
    WrittenCell,
)
from data.storage.people_rights.withdrawn import (
    withdrawn_participants,
    withdrawn_sources,
)
from data.tables import (
    FrameworkCellRow,
    FrameworkMatrixRow,
    FrameworkWordsRow,
    PersonRow,
)


def shape_of(row: FrameworkMatrixRow) -> MatrixShape:
    """What a matrix shows."""
    return MatrixShape(
        row.name,
        RowsAre(row.rows_are),
        row.rows_by,
        GroupedBy(row.grouped_by),
        tuple(row.column_ids),
        row.takes_comments,
    )


def as_matrix(session: Session, row: FrameworkMatrixRow) -> Matrix:
    """The row as a value, with who made it by name."""
    person = session.get(PersonRow, row.made_by)
    return Matrix(
        row.id,
        shape_of(row),
        person.name if person else "",
        row.version,
        row.is_put_away,
    )


def known_matrix(session: Session, matrix_id: str) -> FrameworkMatrixRow:
    """The matrix of that id; refuses one that is not in the study."""
    row = session.get(FrameworkMatrixRow, matrix_id)
    if row is None:
        refuse(
            "This matrix is not in the study.",
            "Themes matrix",
            "Choose one from the list. Nothing was saved.",
        )
    return row


def known_cell(session: Session, cell_id: str) -> FrameworkCellRow:
    """The cell of that id; refuses one that is not in the study."""
    row = session.get(FrameworkCellRow, cell_id)
    if row is None:
        refuse(
            "This cell is not in the study.",
            "Themes matrix",
            "Open it from its matrix. Nothing was saved.",
        )
    return row


def named(session: Session, place: CellPlace) -> FrameworkCellRow:
    """The row of a cell, made where nobody touched the cell yet."""
    row = session.scalars(
        select(FrameworkCellRow).where(
            col(FrameworkCellRow.matrix_id) == place.matrix_id,
            col(FrameworkCellRow.about_id) == place.row_key,
            col(FrameworkCellRow.column_id) == place.column_id,
        )
    ).first()
    if row is None:
        row = FrameworkCellRow(
            matrix_id=place.matrix_id,
            about_kind=known_matrix(session, place.matrix_id).rows_are,
            about_id=place.row_key,
            column_id=place.column_id,
            version=0,
        )
        session.add(row)
        session.flush()
    return row


def holder_of(row: FrameworkCellRow) -> Holder:
    """What a cell's evidence is linked to: a cell, or a summary of a row or column."""
    is_summary = not row.about_id or not row.column_id
    return Holder(HolderKind.SUMMARY if is_summary else HolderKind.CELL, row.id)


def keep_words(session: Session, row: FrameworkCellRow) -> None:
    """Keep what a cell says now, before it is changed."""
    session.add(
        FrameworkWordsRow(
            cell_id=row.id,
            number=row.version,
            text=row.text,
            is_absent=row.is_absent,
            written_by=row.written_by,
            written_at=row.written_at,
        )
    )


def written_cells(
    session: Session,
    matrix_id: str,
    hidden: Collection[str],
    only: Collection[str] | None = None,
) -> list[WrittenCell]:
    """The cells of a matrix as values; of hidden ones, only that they are there.

    Those of whoever stands withdrawn are left out, and come back with them.
    """
    people = names_of_people(session)
    query = select(
        col(FrameworkCellRow.id),
        col(FrameworkCellRow.about_id),
        col(FrameworkCellRow.column_id),
        col(FrameworkCellRow.text),
        col(FrameworkCellRow.is_absent),
        col(FrameworkCellRow.written_by),
        col(FrameworkCellRow.written_at),
        col(FrameworkCellRow.version),
    ).where(col(FrameworkCellRow.matrix_id) == matrix_id)
    if only is not None:
        query = query.where(col(FrameworkCellRow.id).in_(list(only)))
    found = []
    gone = rows_withdrawn(session)
    for cell_id, key, column, text, absent, who, when, version in session.execute(
        query
    ):
        if key in gone:
            continue
        place = CellPlace(matrix_id, key, column)
        if cell_id in hidden:
            found.append(WrittenCell(cell_id, place, version=version, is_hidden=True))
            continue
        name = people.get(who or "", "")
        found.append(WrittenCell(cell_id, place, text, absent, name, when, version))
    return found


def rows_withdrawn(session: Session) -> set[str]:
    """The keys of rows that are out of analysis: people and sources withdrawn."""
    return withdrawn_participants(session) | withdrawn_sources(session)


def earlier_words(session: Session, cell_id: str) -> list[EarlierCell]:
    """What a cell said before, newest first."""
    people = names_of_people(session)
    rows = session.scalars(
        select(FrameworkWordsRow)
        .where(col(FrameworkWordsRow.cell_id) == cell_id)
        .order_by(col(FrameworkWordsRow.number).desc())
    )
    return [
        EarlierCell(
            row.number,
            row.text,
            row.is_absent,
            people.get(row.written_by or "", ""),
            row.written_at,
            row.said_until,
        )
        for row in rows
    ]
