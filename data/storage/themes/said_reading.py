"""Reading what is coded and who speaks where, as columns of numbers, without words.

Places are put together to one text for each code and source, and for each speaker,
before they leave the database: half a million rows would take several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from coding.mentions import NO_WAVE
from coding.study import Participant
from coding.theme_summaries.said import (
    NOT_NAMED_ONE,
    OBSERVED,
    HeardSource,
    Marks,
    Numbers,
    SaidInStudy,
    SourceState,
    SpokenTurns,
    numbers,
    numbers_in,
)
from coding.transcripts import SourceKind
from data.storage.coders.blind_passes import (
    readable_codings,
    settled_in_layers,
    sources_being_coded_blind,
)
from data.storage.finding.turn_reading import (
    SourceAbout,
    natural_order,
    participants_by_id,
    sources_in_order,
)
from data.storage.people_rights.withdrawn import withdrawn_participants
from data.tables import CodedSegmentRow, SourceRow, SpeakerRow, TurnRow, WaveRow

_BETWEEN = " "
_APART = 2**32
_AT_ONCE = 200


def read_said(session: Session) -> SaidInStudy:
    """What the study says is coded, as far as anybody may read it.

    Sources being coded blind are there as such, and nothing that is coded in them; what
    was withdrawn is not there at all.
    """
    sources = sources_in_order(session)
    people = sorted(
        participants_by_id(session).values(),
        key=lambda one: natural_order(one.pseudonym),
    )
    place = {source: at for at, source in enumerate(sources)}
    codes, marks = _read_marks(session, place)
    turns, heard = _read_turns(session, sources, place, people)
    states = _states(session)
    return SaidInStudy(
        tuple(
            HeardSource(
                one,
                about.name,
                about.wave or NO_WAVE,
                about.held_on,
                states.get(one, SourceState.NOT_CODED),
                tuple(heard.get(one, ())),
                about.kind,
            )
            for one, about in sources.items()
        ),
        tuple(people),
        _waves_in_order(session, sources),
        codes,
        marks,
        turns,
    )


def _waves_in_order(
    session: Session, sources: dict[str, SourceAbout]
) -> tuple[str, ...]:
    """The waves that have been set up, those without a source too; ``No wave`` last."""
    query = select(col(WaveRow.name)).order_by(col(WaveRow.position), col(WaveRow.name))
    waves = list(session.scalars(query))
    if any(not about.wave for about in sources.values()):
        waves.append(NO_WAVE)
    return tuple(waves)


def _states(session: Session) -> dict[str, SourceState]:
    coded = exists().where(
        col(CodedSegmentRow.source_id) == col(SourceRow.id),
        readable_codings(session, None),
    )
    query = select(col(SourceRow.id)).where(coded)
    found = dict.fromkeys(session.scalars(query), SourceState.CODED)
    blind = sources_being_coded_blind(session)
    return found | dict.fromkeys(blind, SourceState.BLIND)


def _read_marks(
    session: Session, place: dict[str, int]
) -> tuple[tuple[str, ...], Marks]:
    index: dict[str, int] = {}
    code_of, source_of, how_many, texts = [], [], [], []
    for condition, is_taken in settled_in_layers(session):
        found = session.connection().execute(
            select(
                col(CodedSegmentRow.code_id),
                col(CodedSegmentRow.source_id),
                func.aggregate_strings(
                    _place(col(CodedSegmentRow.start), col(CodedSegmentRow.end)),
                    _BETWEEN,
                ),
                func.count(),
            )
            .where(condition)
            .group_by(col(CodedSegmentRow.code_id), col(CodedSegmentRow.source_id))
        )
        # A few rows at a time: tens of thousands at once wake the collector of
        # rubbish again and again, which costs more than reading them.
        for some in found.partitions(_AT_ONCE):
            for code, source, text, number in some:
                if source in place and is_taken(source):
                    code_of.append(index.setdefault(code, len(index)))
                    source_of.append(place[source])
                    how_many.append(number)
                    texts.append(text)
    times = numbers(how_many)
    places = numbers_in(_BETWEEN.join(texts))
    return tuple(index), Marks(
        np.repeat(numbers(code_of), times),
        np.repeat(numbers(source_of), times),
        places // _APART,
        places % _APART,
    )


def _read_turns(
    session: Session,
    sources: dict[str, SourceAbout],
    place: dict[str, int],
    people: Sequence[Participant],
) -> tuple[SpokenTurns, dict[str, list[str]]]:
    """The turns of all who are no interviewers, and who is heard in each source.

    Somebody who withdrew counts as little as an interviewer.
    """
    index = {one.id: at for at, one in enumerate(people)}
    gone = withdrawn_participants(session)
    rows = [
        (place[source], _person(index, participant), spoken, turns)
        for source, participant, spoken, turns in _spoken(session)
        if source in place and spoken and participant not in gone
    ]
    observed = [
        (
            place[source],
            OBSERVED
            if sources[source].kind is SourceKind.OBSERVATION and not label
            else NOT_NAMED_ONE,
            spoken,
            turns,
        )
        for source, label, spoken, turns in _unlisted(session)
        if source in place and spoken
    ]
    heard: dict[str, list[str]] = {}
    ids = list(sources)
    for source, person, _, _ in rows:
        if person >= 0 and people[person].id not in heard.setdefault(ids[source], []):
            heard[ids[source]].append(people[person].id)
    return _turns([*rows, *observed]), heard


def _turns(rows: Sequence[tuple[int, int, str, int]]) -> SpokenTurns:
    how_many = numbers([row[3] for row in rows])
    places = numbers_in(_BETWEEN.join(row[2] for row in rows))
    source = np.repeat(numbers([row[0] for row in rows]), how_many)
    person = np.repeat(numbers([row[1] for row in rows]), how_many)
    start, end = places // _APART, places % _APART
    said = np.flatnonzero(end > start)
    order: Numbers = said[np.lexsort((start[said], source[said]))]
    return SpokenTurns(source[order], start[order], end[order], person[order])


def _person(index: dict[str, int], participant: str | None) -> int:
    return index.get(participant or "", NOT_NAMED_ONE)


def _spoken(session: Session) -> Sequence[Any]:
    """Source, participant or nothing, places and number of turns, by speaker."""
    theirs = (col(TurnRow.source_id) == col(SpeakerRow.source_id)) & (
        col(TurnRow.speaker) == col(SpeakerRow.label)
    )
    places = (
        select(func.aggregate_strings(_turn_place(), _BETWEEN))
        .where(theirs)
        .correlate(SpeakerRow)
        .scalar_subquery()
    )
    query = select(
        col(SpeakerRow.source_id), col(SpeakerRow.participant_id), places
    ).where(col(SpeakerRow.is_interviewer).is_(False))
    rows = session.connection().execute(query).fetchall()
    return [
        (source, participant, spoken, _number(spoken))
        for source, participant, spoken in rows
    ]


def _unlisted(session: Session) -> Sequence[Any]:
    """The same for labels on no list of speakers: what an observer notes has none."""
    labels = select(col(SpeakerRow.label)).distinct()
    query = (
        select(
            col(TurnRow.source_id),
            col(TurnRow.speaker),
            func.aggregate_strings(_turn_place(), _BETWEEN),
        )
        .where(col(TurnRow.speaker).not_in(labels))
        .group_by(col(TurnRow.source_id), col(TurnRow.speaker))
    )
    rows = session.connection().execute(query).fetchall()
    return [(source, label, spoken, _number(spoken)) for source, label, spoken in rows]


def _number(spoken: str | None) -> int:
    """How many places a text of places holds."""
    return spoken.count(_BETWEEN) + 1 if spoken else 0


def _turn_place() -> ColumnElement[str]:
    return _place(col(TurnRow.start), col(TurnRow.end))


def _place(start: Mapped[int], end: Mapped[int]) -> ColumnElement[str]:
    # One number for both: half as much to put together and to take apart again.
    return cast(start * _APART + end, String)
