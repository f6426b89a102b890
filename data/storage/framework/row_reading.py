"""Reading the rows of a matrix and counting its cells, in one pass over the codings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.counting import MatrixCounts, count_cells
from coding.framework_matrix.rows import MatrixRow, RowSource, arranged, rows_of
from coding.transcripts import SourceKind
from data.storage.finding.turn_reading import (
    SourceAbout,
    natural_order,
    participants_by_id,
    sources_in_order,
)
from data.storage.framework.framework_records import MatrixShape
from data.storage.themes.said_reading import read_said
from data.tables import SpeakerRow, WaveRow


def read_rows(session: Session, shape: MatrixShape) -> tuple[MatrixRow, ...]:
    """The rows of a matrix in order, gathered as it asks."""
    people = sorted(
        participants_by_id(session).values(),
        key=lambda one: natural_order(one.pseudonym),
    )
    waves = read_waves(session)
    sources = _read_sources(session, shape)
    rows = rows_of(shape.rows_are, shape.rows_by, people, sources, waves=waves)
    return arranged(rows, shape.grouped_by, waves)


def read_waves(session: Session) -> list[str]:
    """The names of the waves in their order."""
    query = select(col(WaveRow.name)).order_by(col(WaveRow.position), col(WaveRow.name))
    return list(session.scalars(query))


def read_sources(session: Session, shape: MatrixShape) -> dict[str, SourceAbout]:
    """The sources a matrix takes in, in order: all, or all but survey comments."""
    return {
        source_id: about
        for source_id, about in sources_in_order(session).items()
        if shape.takes_comments or about.kind is not SourceKind.SURVEY_COMMENT
    }


def read_counts(
    session: Session,
    shape: MatrixShape,
    rows: Sequence[MatrixRow],
    columns: Sequence[MatrixColumn],
) -> MatrixCounts:
    """The counts of the cells over settled codings."""
    said = read_said(session)
    taken = None
    if not shape.takes_comments:
        taken = {
            one.id for one in said.sources if one.kind is not SourceKind.SURVEY_COMMENT
        }
    return count_cells(rows, columns, said, taken)


def _read_sources(session: Session, shape: MatrixShape) -> list[RowSource]:
    speaking: dict[str, list[str]] = {}
    rows = session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.participant_id))
        .where(
            col(SpeakerRow.participant_id).is_not(None),
            col(SpeakerRow.is_interviewer).is_(False),
        )
        .order_by(col(SpeakerRow.label))
    )
    for source_id, participant in rows:
        speaking.setdefault(source_id, []).append(participant or "")
    return [
        RowSource(
            source_id,
            about.name,
            about.wave,
            tuple(dict.fromkeys(speaking.get(source_id, ()))),
        )
        for source_id, about in read_sources(session, shape).items()
    ]
