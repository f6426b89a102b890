"""Reading who takes part and who is heard where, without reading any text."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import exists, select
from sqlmodel import Session, col

from coding.study import Participant
from coding.study_design.reached import Heard
from coding.transcripts import SourceKind
from data.storage.database import StudyDatabase
from data.storage.interviews.source_summaries import in_number_order
from data.storage.people_rights.withdrawn import (
    withdrawn_participants,
    withdrawn_sources,
)
from data.storage.study_design.design_records import ReachRead, SourceReached
from data.tables import (
    ParticipantRow,
    SourceRow,
    SourceStrandRow,
    SpeakerRow,
    StrandRow,
    TurnRow,
    WaveRow,
)

_INTERVIEWS = (SourceKind.INTERVIEW.value, SourceKind.GROUP_DISCUSSION.value)


class ReachReading:
    """Reads what counting who was reached needs."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def read(self) -> ReachRead:
        """Who takes part and who has a turn in which source, as the study stands.

        A label without a turn is nobody heard. Whoever withdrew, and sources that are
        out of analysis, are left out and counted.
        """
        with self._database.reading() as session:
            gone = withdrawn_participants(session)
            sources_gone = withdrawn_sources(session)
            people = _people(session, gone)
            heard, not_named = _heard(session, {one.id for one in people}, gone)
            rows = session.execute(
                select(
                    col(SourceRow.id),
                    col(SourceRow.name),
                    col(SourceRow.kind),
                    col(SourceRow.held_on),
                    col(WaveRow.name),
                    col(StrandRow.id),
                )
                .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
                .join(
                    SourceStrandRow,
                    col(SourceStrandRow.source_id) == col(SourceRow.id),
                    isouter=True,
                )
                .join(
                    StrandRow,
                    (col(StrandRow.id) == col(SourceStrandRow.strand_id))
                    & col(StrandRow.is_removed).is_(False),
                    isouter=True,
                )
            ).all()
        read = [
            SourceReached(
                Heard(
                    source_id,
                    wave or "",
                    frozenset(heard.get(source_id, ())),
                    kind in _INTERVIEWS,
                ),
                name,
                held_on,
                strand or "",
                not_named.get(source_id, 0),
            )
            for source_id, name, kind, held_on, wave, strand in rows
            if source_id not in sources_gone
        ]
        read.sort(key=lambda one: in_number_order(one.name))
        return ReachRead(tuple(people), tuple(read), len(gone), len(sources_gone))


def _people(session: Session, gone: set[str]) -> list[Participant]:
    rows = session.execute(
        select(
            col(ParticipantRow.id),
            col(ParticipantRow.pseudonym),
            col(ParticipantRow.role),
            col(ParticipantRow.team),
            col(ParticipantRow.locality),
        )
    )
    people = [Participant(*row) for row in rows if row[0] not in gone]
    return sorted(people, key=lambda one: in_number_order(one.pseudonym))


def _heard(
    session: Session, people: set[str], gone: set[str]
) -> tuple[dict[str, set[str]], dict[str, int]]:
    has_a_turn = exists().where(
        col(TurnRow.source_id) == col(SpeakerRow.source_id),
        col(TurnRow.speaker) == col(SpeakerRow.label),
    )
    rows = session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.participant_id)).where(
            col(SpeakerRow.is_interviewer).is_(False), has_a_turn
        )
    )
    heard: dict[str, set[str]] = defaultdict(set)
    not_named: dict[str, int] = defaultdict(int)
    for source_id, participant in rows:
        if participant in people:
            heard[source_id].add(participant)
        elif participant not in gone:
            not_named[source_id] += 1
    return dict(heard), dict(not_named)
