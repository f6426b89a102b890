"""Listing sources with their counts, without reading any of their text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from coding.transcripts import SourceKind
from data.sources import SourceSummary
from data.storage.coders.blind_passes import (
    readable_codings,
    readable_suggestions,
    sources_being_coded_blind,
)
from data.storage.people_rights.withdrawn import (
    withdrawn_participants,
    withdrawn_sources,
)
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    ParticipantRow,
    PersonRow,
    SourceRow,
    SpeakerRow,
    SuggestionRow,
    TurnRow,
    WaveRow,
)


def read_summaries(
    session: Session, reader_id: str | None = None
) -> list[SourceSummary]:
    """All sources with their counts, by the order of the waves and then by name.

    Passages and suggestions are counted as far as the reader may see them. Sources and
    people that were withdrawn are left out.
    """
    turns = _count(session, col(TurnRow.source_id))
    coded = _count(
        session, col(CodedSegmentRow.source_id), readable_codings(session, reader_id)
    )
    waiting = _waiting(session, readable_suggestions(session, reader_id))
    people, unmapped = _people(session)
    blind = sources_being_coded_blind(session)
    rows = session.execute(
        select(
            col(SourceRow.id),
            col(SourceRow.name),
            col(SourceRow.kind),
            col(SourceRow.held_on),
            col(SourceRow.file_name),
            col(SourceRow.word_count),
            col(SourceRow.imported_at),
            col(PersonRow.name),
            col(WaveRow.name),
            col(WaveRow.position),
        )
        .join(PersonRow, col(PersonRow.id) == col(SourceRow.imported_by))
        .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
        .where(col(SourceRow.id).not_in(withdrawn_sources(session)))
    ).all()
    listed = [
        (
            (position is None, position or 0, in_number_order(name)),
            SourceSummary(
                id=source_id,
                name=name,
                kind=SourceKind(kind),
                wave=wave or "",
                held_on=held_on,
                file_name=file_name,
                words=words,
                imported_at=imported_at,
                imported_by=imported_by,
                turns=turns.get(source_id, 0),
                people=tuple(sorted(people[source_id], key=in_number_order)),
                unmapped=tuple(sorted(unmapped[source_id])),
                coded_passages=coded.get(source_id, 0),
                is_coded_blind=source_id in blind,
                waiting_suggestions=waiting.get(source_id, 0),
            ),
        )
        for (
            source_id,
            name,
            kind,
            held_on,
            file_name,
            words,
            imported_at,
            imported_by,
            wave,
            position,
        ) in rows
    ]
    return [summary for _, summary in sorted(listed, key=lambda pair: pair[0])]


def _count(
    session: Session, source_id: Any, *where: ColumnElement[bool]
) -> dict[str, int]:
    query = select(source_id, func.count()).where(*where).group_by(source_id)
    return dict(session.execute(query).all())


def _waiting(session: Session, readable: ColumnElement[bool]) -> dict[str, int]:
    query = (
        select(col(SuggestionRow.source_id), func.count())
        .join(CodeRow, col(CodeRow.id) == col(SuggestionRow.code_id))
        .where(col(SuggestionRow.status) == "open", col(CodeRow.is_retired).is_(False))
        .where(readable)
        .group_by(col(SuggestionRow.source_id))
    )
    return dict(session.execute(query).all())


def _people(
    session: Session,
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    people: dict[str, set[str]] = defaultdict(set)
    unmapped: dict[str, set[str]] = defaultdict(set)
    query = select(
        col(SpeakerRow.source_id),
        col(SpeakerRow.label),
        col(SpeakerRow.is_interviewer),
        col(ParticipantRow.pseudonym),
    ).join(
        ParticipantRow,
        col(ParticipantRow.id) == col(SpeakerRow.participant_id),
        isouter=True,
    )
    gone = withdrawn_participants(session)
    rows = session.execute(query.add_columns(col(ParticipantRow.id)))
    for source_id, label, is_interviewer, pseudonym, participant_id in rows:
        if participant_id in gone:
            continue
        if pseudonym is not None:
            people[source_id].add(pseudonym)
        elif not is_interviewer:
            unmapped[source_id].add(label)
    return people, unmapped


def in_number_order(name: str) -> list[tuple[int, int, str]]:
    """A sort key under which "Comment 2" comes before "Comment 10"."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"(\d+)", name)
        if part
    ]
