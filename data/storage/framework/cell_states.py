"""Cells as evidence: how each stands for whoever reads what rests on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.framework_matrix.rows import name_of_group
from coding.transcripts import text_hash
from data.storage.evidence.evidence_records import EvidenceChange, StateNow
from data.storage.framework.cell_rows import rows_withdrawn, shape_of
from data.storage.framework.hidden_cells import hidden_cells
from data.tables import (
    CodeRow,
    FrameworkCellRow,
    FrameworkMatrixRow,
    ParticipantRow,
    SourceRow,
)

_AT_ONCE = 500


def cells_now(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    """How written cells stand; those without words are left out.

    One that may not be read now shows neither its words nor where it stands.
    """
    rows: list[FrameworkCellRow] = []
    for at in range(0, len(ids), _AT_ONCE):
        rows += session.scalars(
            select(FrameworkCellRow).where(
                col(FrameworkCellRow.id).in_(list(ids[at : at + _AT_ONCE]))
            )
        )
    matrices = {
        one: session.get_one(FrameworkMatrixRow, one)
        for one in {row.matrix_id for row in rows}
    }
    hidden: set[str] = set()
    for matrix in matrices.values():
        hidden |= hidden_cells(session, matrix, shape_of(matrix), reader_id)
    names = _names(session, rows)
    gone = rows_withdrawn(session)
    found = {}
    for row in rows:
        if row.id in hidden:
            found[row.id] = StateNow(change=EvidenceChange.BEING_CODED_BLIND)
            continue
        if row.about_id in gone:
            found[row.id] = StateNow(change=EvidenceChange.WITHDRAWN)
            continue
        if not row.text:
            continue
        name = ", ".join(
            (
                names.get(row.about_id, "Whole column")
                if row.about_id
                else "Whole column",
                names.get(row.column_id, "Whole row") if row.column_id else "Whole row",
                matrices[row.matrix_id].name,
            )
        )
        is_person = matrices[row.matrix_id].rows_are == "participants" and row.about_id
        found[row.id] = StateNow(
            name,
            row.text,
            place_id=row.id,
            code_id=row.column_id,
            participant_ids=(row.about_id,) if is_person else (),
            kept={"words": text_hash(row.text)},
        )
    return found


def _names(session: Session, rows: Sequence[FrameworkCellRow]) -> dict[str, str]:
    keys = {row.about_id for row in rows}
    codes = {row.column_id for row in rows}
    names = {key: name_of_group(key) for key in keys if key.startswith("=")}
    for table, name, ids in (
        (ParticipantRow, ParticipantRow.pseudonym, keys),
        (SourceRow, SourceRow.name, keys),
        (CodeRow, CodeRow.name, codes),
    ):
        listed = sorted(ids - {""})
        for at in range(0, len(listed), _AT_ONCE):
            some = listed[at : at + _AT_ONCE]
            names |= dict(
                session.execute(
                    select(col(table.id), col(name)).where(col(table.id).in_(some))
                ).all()
            )
    return names
