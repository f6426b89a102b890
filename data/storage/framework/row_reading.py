"""Reading the rows of a matrix and counting its cells, in one pass over the codings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, func, null, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.counting import MatrixCounts, SpokenTurns, count_cells
from coding.framework_matrix.rows import MatrixRow, RowSource, arranged, rows_of
from coding.transcripts import SourceKind
from data.storage.coders.blind_passes import settled_codings
from data.storage.finding.turn_reading import (
    SourceAbout,
    participants_by_id,
    sources_in_order,
)
from data.storage.framework.framework_records import MatrixShape
from data.storage.interviews.source_summaries import in_number_order
from data.tables import CodedSegmentRow, SpeakerRow, TurnRow, WaveRow

_BETWEEN = " "


def read_rows(session: Session, shape: MatrixShape) -> tuple[MatrixRow, ...]:
    """The rows of a matrix in order, gathered as it asks."""
    people = sorted(
        participants_by_id(session).values(),
        key=lambda one: in_number_order(one.pseudonym),
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
    """The counts of the cells over settled codings.

    Places are put together to one text for each code and source before they leave the
    database: a quarter of a million rows would take several times as long to hand over.
    """
    codes = {code for column in columns for code in column.code_ids}
    marked = session.connection().execute(
        select(
            col(CodedSegmentRow.code_id),
            col(CodedSegmentRow.source_id),
            func.aggregate_strings(
                _place(col(CodedSegmentRow.start), col(CodedSegmentRow.end)), _BETWEEN
            ),
        )
        .where(settled_codings(session), col(CodedSegmentRow.code_id).in_(codes))
        .group_by(col(CodedSegmentRow.code_id), col(CodedSegmentRow.source_id))
    )
    passages: dict[str, dict[str, list[tuple[int, int]]]] = {}
    sources: set[str] = set()
    for code, source, places in marked.fetchall():
        passages.setdefault(code, {})[source] = _pairs(places)
        sources.add(source)
    taken = read_sources(session, shape)
    waves = {source: about.wave for source, about in taken.items()}
    spoken = _read_spoken(session, sources & set(taken))
    return count_cells(rows, columns, passages, spoken, waves)


def _read_spoken(session: Session, sources: set[str]) -> dict[str, SpokenTurns]:
    places = func.aggregate_strings(
        _place(col(TurnRow.start), col(TurnRow.end)), _BETWEEN
    )
    of_speaker = (
        select(places)
        .where(
            col(TurnRow.source_id) == col(SpeakerRow.source_id),
            col(TurnRow.speaker) == col(SpeakerRow.label),
        )
        .correlate(SpeakerRow)
        .scalar_subquery()
    )
    connection = session.connection()
    listed = connection.execute(
        select(
            col(SpeakerRow.source_id), col(SpeakerRow.participant_id), of_speaker
        ).where(col(SpeakerRow.is_interviewer).is_(False))
    ).fetchall()
    # What an observer notes stands under no label, and so on no list of speakers.
    unlisted = connection.execute(
        select(col(TurnRow.source_id), null(), places)
        .where(col(TurnRow.speaker).not_in(select(col(SpeakerRow.label))))
        .group_by(col(TurnRow.source_id))
    ).fetchall()
    turns: dict[str, list[tuple[list[int], str]]] = {}
    for source, participant, spoken in (*listed, *unlisted):
        if source in sources and spoken:
            numbers = list(map(int, spoken.split(_BETWEEN)))
            turns.setdefault(source, []).append((numbers, participant or ""))
    return {source: _spoken(those) for source, those in turns.items()}


def _spoken(turns: Sequence[tuple[list[int], str]]) -> SpokenTurns:
    if len(turns) == 1:
        ((numbers, person),) = turns
        return SpokenTurns.of_one(numbers[::2], numbers[1::2], person)
    return SpokenTurns(
        (start, end, person)
        for numbers, person in turns
        for start, end in zip(numbers[::2], numbers[1::2], strict=True)
    )


def _place(start: Mapped[int], end: Mapped[int]) -> ColumnElement[str]:
    return cast(start, String) + _BETWEEN + cast(end, String)


def _pairs(places: str) -> list[tuple[int, int]]:
    numbers = list(map(int, places.split(_BETWEEN)))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


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
