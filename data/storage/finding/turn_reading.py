"""Reading turns with what a reference names: source, wave, who speaks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session, col

from coding.finding.search_words import Search
from coding.study import Participant
from coding.transcripts import SourceKind
from data.found_passages import FoundTurn, TurnsFound
from data.storage.finding.turn_search import turns_meeting
from data.storage.interviews.source_summaries import in_number_order
from data.storage.people_rights.withdrawn import (
    not_to_be_quoted,
    withdrawn_participants,
    withdrawn_sources,
)
from data.tables import (
    ParticipantAttributeRow,
    ParticipantRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
    TurnWordsRow,
    WaveRow,
)

MOST_COUNTED_OUT = 10_000
"""Turns of whose people and sources the number is told."""

natural_order = cache(in_number_order)


@dataclass(frozen=True, slots=True)
class SourceAbout:
    """What is said of a source beside its words."""

    name: str
    kind: SourceKind
    wave: str
    held_on: str


def sources_in_order(session: Session) -> dict[str, SourceAbout]:
    """What is said of every source, by the order of the waves and then by name.

    Sources that were withdrawn are left out.
    """
    rows = session.execute(
        select(
            col(SourceRow.id),
            col(SourceRow.name),
            col(SourceRow.kind),
            col(SourceRow.held_on),
            col(WaveRow.name),
            col(WaveRow.position),
        )
        .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
        .where(col(SourceRow.id).not_in(withdrawn_sources(session)))
    ).all()
    ordered = sorted(
        rows, key=lambda row: (row[5] is None, row[5] or 0, natural_order(row[1]))
    )
    return {
        source_id: SourceAbout(name, SourceKind(kind), wave or "", held_on)
        for source_id, name, kind, held_on, wave, _ in ordered
    }


def participants_by_id(session: Session) -> dict[str, Participant]:
    """Every participant with all attributes, those who withdrew left out."""
    unquoted = not_to_be_quoted(session)
    further: dict[str, dict[str, str]] = {}
    for participant_id, name, value in session.execute(
        select(
            col(ParticipantAttributeRow.participant_id),
            col(ParticipantAttributeRow.name),
            col(ParticipantAttributeRow.value),
        )
    ):
        further.setdefault(participant_id, {})[name] = value
    rows = session.execute(
        select(
            col(ParticipantRow.id),
            col(ParticipantRow.pseudonym),
            col(ParticipantRow.role),
            col(ParticipantRow.team),
            col(ParticipantRow.locality),
        ).where(col(ParticipantRow.id).not_in(withdrawn_participants(session)))
    )
    return {
        row[0]: Participant(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            further.get(row[0], {}),
            row[0] not in unquoted,
        )
        for row in rows
    }


def search_turns(session: Session, search: Search, most: int | None) -> TurnsFound:
    """The turns a search is met by, by source and number; at most so many are read,
    or all of them.

    Of more turns than are worth counting out, people and sources are not counted.
    """
    ids = turns_meeting(session, search)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    people = sources = None
    if total <= MOST_COUNTED_OUT:
        counted = session.execute(
            select(
                func.count(func.distinct(col(SpeakerRow.participant_id))),
                func.count(func.distinct(col(TurnWordsRow.source_id))),
            )
            .select_from(TurnWordsRow)
            .join(TurnRow, _same_turn())
            .join(SpeakerRow, _its_speaker(), isouter=True)
            .where(col(TurnWordsRow.id).in_(ids))
        ).one()
        people, sources = counted
    read = session.scalars(ids.limit(most)).all()
    return TurnsFound(tuple(read_turns(session, read)), total, people, sources)


def read_turns(session: Session, ids: Sequence[int]) -> list[FoundTurn]:
    """The turns of these ids of ``turn_words``, in the order of the sources."""
    people = participants_by_id(session)
    sources = sources_in_order(session)
    place = {source: n for n, source in enumerate(sources)}
    rows: list[Any] = []
    for at in range(0, len(ids), 500):
        rows += session.execute(
            select(
                col(TurnRow.source_id),
                col(TurnRow.number),
                col(TurnRow.start),
                func.substr(
                    col(SourceRow.text),
                    col(TurnRow.start) + 1,
                    col(TurnRow.end) - col(TurnRow.start),
                ),
                col(TurnRow.speaker),
                col(SpeakerRow.is_interviewer),
                col(SpeakerRow.participant_id),
            )
            .select_from(TurnWordsRow)
            .join(TurnRow, _same_turn())
            .join(SourceRow, col(SourceRow.id) == col(TurnRow.source_id))
            .join(SpeakerRow, _its_speaker(), isouter=True)
            .where(col(TurnWordsRow.id).in_(ids[at : at + 500]))
        ).all()
    rows.sort(key=lambda row: (place[row[0]], row[1]))
    return [
        FoundTurn(
            source_id,
            sources[source_id].name,
            sources[source_id].wave,
            number,
            start,
            words,
            speaker,
            bool(is_interviewer),
            people.get(participant_id or ""),
        )
        for (
            source_id,
            number,
            start,
            words,
            speaker,
            is_interviewer,
            participant_id,
        ) in rows
    ]


def speakers_of(
    session: Session, source_ids: Collection[str] | None = None
) -> dict[tuple[str, str], tuple[bool, str]]:
    """Whether interviewer, and the participant's id or "", by source and label.

    Somebody who withdrew counts as little as an interviewer.
    """
    gone = withdrawn_participants(session)
    query = select(
        col(SpeakerRow.source_id),
        col(SpeakerRow.label),
        col(SpeakerRow.is_interviewer),
        col(SpeakerRow.participant_id),
    )
    if source_ids is not None:
        query = query.where(col(SpeakerRow.source_id).in_(source_ids))
    return {
        (source_id, label): (
            (True, "")
            if participant_id in gone
            else (is_interviewer, participant_id or "")
        )
        for source_id, label, is_interviewer, participant_id in session.execute(query)
    }


def _same_turn() -> ColumnElement[bool]:
    return and_(
        col(TurnRow.source_id) == col(TurnWordsRow.source_id),
        col(TurnRow.number) == col(TurnWordsRow.number),
    )


def _its_speaker() -> ColumnElement[bool]:
    return and_(
        col(SpeakerRow.source_id) == col(TurnRow.source_id),
        col(SpeakerRow.label) == col(TurnRow.speaker),
    )
