"""Reading the quotations behind a cell: the settled codings of the row's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.rows import MatrixRow
from data.storage.coders.blind_passes import settled_codings
from data.storage.finding.turn_reading import (
    SourceAbout,
    participants_by_id,
    speakers_of,
)
from data.storage.framework.framework_records import CellQuotation, MatrixShape
from data.storage.framework.row_reading import read_sources
from data.tables import CodedSegmentRow, CodeRow, SourceRow, SpeakerRow, TurnRow

_AT_ONCE = 500


def read_quotations(
    session: Session, shape: MatrixShape, row: MatrixRow, column: MatrixColumn
) -> list[CellQuotation]:
    """The quotations a cell counts; those that overlap are one, told by the widest."""
    sources = read_sources(session, shape)
    names = {one.id: one.pseudonym for one in participants_by_id(session).values()}
    codings: dict[str, list[Any]] = {}
    for source_id in _sources_of(session, row, sources):
        codings[source_id] = []
    found: list[CellQuotation] = []
    listed = list(codings)
    for at in range(0, len(listed), _AT_ONCE):
        some = listed[at : at + _AT_ONCE]
        for coding in session.execute(_codings(session, column, some)):
            codings[coding[1]].append(coding)
        for source_id in some:
            if codings[source_id]:
                found += _of_source(
                    session,
                    source_id,
                    sources[source_id],
                    codings[source_id],
                    row,
                    names,
                )
    return found


def _sources_of(
    session: Session, row: MatrixRow, sources: dict[str, SourceAbout]
) -> list[str]:
    if row.source_id:
        return [row.source_id]
    if row.wave is not None:
        return [one for one, about in sources.items() if about.wave == row.wave]
    heard = session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.participant_id))
    )
    speaking = {source for source, person in heard if person in row.person_ids}
    return [one for one in sources if one in speaking]


def _codings(
    session: Session, column: MatrixColumn, sources: Sequence[str]
) -> Select[str, str, int, int, str, Any]:
    start, end = col(CodedSegmentRow.start), col(CodedSegmentRow.end)
    return (
        select(
            col(CodedSegmentRow.id),
            col(CodedSegmentRow.source_id),
            start,
            end,
            col(CodeRow.name),
            func.substr(col(SourceRow.text), start + 1, end - start),
        )
        .join(CodeRow, col(CodeRow.id) == col(CodedSegmentRow.code_id))
        .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
        .where(
            col(CodedSegmentRow.code_id).in_(list(column.code_ids)),
            col(CodedSegmentRow.source_id).in_(sources),
            settled_codings(session),
        )
        .order_by(start, end, col(CodedSegmentRow.id))
    )


def _of_source(
    session: Session,
    source_id: str,
    about: SourceAbout,
    codings: Sequence[Any],
    row: MatrixRow,
    names: dict[str, str],
) -> list[CellQuotation]:
    turns = session.execute(
        select(
            col(TurnRow.start),
            col(TurnRow.end),
            col(TurnRow.number),
            col(TurnRow.speaker),
        )
        .where(col(TurnRow.source_id) == source_id)
        .order_by(col(TurnRow.start))
    ).all()
    speakers = speakers_of(session, [source_id])
    by_source = bool(row.source_id) or row.wave is not None
    found = []
    for together in _overlapping(codings):
        begin, end = together[0][2], max(one[3] for one in together)
        own = []
        for start, stop, number, label in turns:
            if stop <= begin or start >= end:
                continue
            is_interviewer, person = speakers.get((source_id, label), (False, ""))
            if not is_interviewer and (by_source or person in row.person_ids):
                own.append((number, names.get(person) or label or "Observer's notes"))
        if not own:
            continue
        widest = max(together, key=lambda one: one[3] - one[2])
        found.append(
            CellQuotation(
                widest[0],
                tuple(one[0] for one in together),
                source_id,
                about.name,
                about.wave,
                own[0][0],
                ", ".join(dict.fromkeys(name for _, name in own)),
                widest[4],
                widest[2],
                widest[5],
            )
        )
    return found


def _overlapping(codings: Sequence[Any]) -> list[list[Any]]:
    """Codings in the order of their start, those that overlap put together."""
    groups: list[list[Any]] = []
    ended = -1
    for one in codings:
        if groups and one[2] < ended:
            groups[-1].append(one)
        else:
            groups.append([one])
            ended = -1
        ended = max(ended, one[3])
    return groups
