"""Which cells may not be read now: those of sources that are being coded blind.

What people wrote of a source says how others coded it. While somebody codes it blind,
its cells are hidden from them, and from what anybody may read.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from data.storage.coders.blind_passes import hidden_sources
from data.storage.evidence.evidence_records import EvidenceKind, HolderKind
from data.storage.framework.framework_records import WHOLE, MatrixShape
from data.storage.framework.row_reading import read_rows
from data.tables import (
    CodedSegmentRow,
    EvidenceRow,
    FrameworkCellRow,
    FrameworkMatrixRow,
    SourceRow,
    SpeakerRow,
    WaveRow,
)


def hidden_cells(
    session: Session, matrix: FrameworkMatrixRow, shape: MatrixShape, reader: str | None
) -> set[str]:
    """The ids of the cells of a matrix that may not be read now.

    Those of rows that such a source speaks for and the summaries over all rows, if any
    is one of these, linked or not; those that rest on a quotation of such a source, and
    summaries that rest on such cells.
    """
    sources = hidden_sources(session, reader)
    if not sources:
        return set()
    keys = _rows_heard_in(session, shape, sources)
    rows = session.execute(
        select(col(FrameworkCellRow.id), col(FrameworkCellRow.about_id)).where(
            col(FrameworkCellRow.matrix_id) == matrix.id
        )
    ).all()
    over_all = {WHOLE} if keys else set()
    hidden = {cell_id for cell_id, key in rows if key in keys | over_all}
    hidden |= set(
        session.scalars(
            select(col(EvidenceRow.holder_id))
            .join(CodedSegmentRow, col(CodedSegmentRow.id) == col(EvidenceRow.thing_id))
            .where(
                _of_cells(),
                col(EvidenceRow.kind) == EvidenceKind.CODED_SEGMENT.value,
                col(CodedSegmentRow.source_id).in_(sources),
            )
        )
    )
    resting = session.execute(
        select(col(EvidenceRow.holder_id), col(EvidenceRow.thing_id)).where(
            _of_cells(), col(EvidenceRow.kind) == EvidenceKind.CELL.value
        )
    ).all()
    while found := {h for h, cell in resting if cell in hidden} - hidden:
        hidden |= found
    return hidden


def _of_cells() -> ColumnElement[bool]:
    kinds = [HolderKind.CELL.value, HolderKind.SUMMARY.value]
    return col(EvidenceRow.holder_kind).in_(kinds)


def _rows_heard_in(
    session: Session, shape: MatrixShape, sources: Iterable[str]
) -> set[str]:
    """The keys of rows for which somebody speaks in one of the sources."""
    listed = list(sources)
    people = set(
        session.scalars(
            select(col(SpeakerRow.participant_id)).where(
                col(SpeakerRow.source_id).in_(listed)
            )
        )
    )
    waves = set(
        session.scalars(
            select(col(WaveRow.name))
            .join(SourceRow, col(SourceRow.wave_id) == col(WaveRow.id))
            .where(col(SourceRow.id).in_(listed))
        )
    )
    return {
        one.key
        for one in read_rows(session, shape)
        if one.source_id in listed
        or (one.wave is not None and one.wave in waves)
        or (not one.source_id and one.wave is None and one.person_ids & people)
    }
