"""Where the turns of whole sources begin and end, kept at hand between questions.

A question about codes touches the turns of very many sources, each the same as the last
time: a row for each turn costs more than all else. They are read as a few long strings
for each source, held packed, and read again when the source has changed.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import String, cast, func, select
from sqlmodel import Session, col

from data.tables import SourceRow, TurnRow

# About 20 bytes each: twenty times the turns of a large study in 40 MB.
MOST_TURNS = 2_000_000
# Up to so many sources are named to the database; beyond, it reads those of the study.
FEW_SOURCES = 500
_BETWEEN = "\x1f"


class SourceTurns(NamedTuple):
    """The turns of a source by their starts, in code points, ends exclusive.

    ``speakers`` are places in ``labels``.
    """

    starts: array[int]
    ends: array[int]
    numbers: array[int]
    speakers: array[int]
    labels: tuple[str, ...]


Stand = tuple[int, str]
"""What moves with a source's turns: its revision and the seal of its text."""


class KeptTurns:
    """Turns of the sources asked for last; safe to share between threads."""

    def __init__(self, most: int = MOST_TURNS) -> None:
        self._most = most
        self._count = 0
        self._turn = threading.Lock()
        self._kept: OrderedDict[str, tuple[Stand, SourceTurns]] = OrderedDict()

    def of(
        self, session: Session, source_ids: Collection[str]
    ) -> dict[str, SourceTurns]:
        """The turns of these sources as the session sees them; none for one without."""
        found, missing = {}, {}
        stands = _stands(session, source_ids)
        with self._turn:
            for source_id in source_ids:
                kept = self._kept.get(source_id)
                if kept is not None and kept[0] == stands.get(source_id):
                    found[source_id] = kept[1]
                    self._kept.move_to_end(source_id)
                elif source_id in stands:
                    missing[source_id] = stands[source_id]
        read = _read(session, missing)
        with self._turn:
            for source_id, turns in read.items():
                self._keep(source_id, missing[source_id], turns)
        return {**found, **read}

    def _keep(self, source_id: str, stand: Stand, turns: SourceTurns) -> None:
        before = self._kept.pop(source_id, None)
        self._count += len(turns.starts) - (len(before[1].starts) if before else 0)
        self._kept[source_id] = stand, turns
        while self._count > self._most:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._count -= len(oldest.starts)


KEPT = KeptTurns()


def _stands(session: Session, source_ids: Collection[str]) -> dict[str, Stand]:
    query = select(
        col(SourceRow.id), col(SourceRow.revision), col(SourceRow.text_sha256)
    )
    if len(source_ids) <= FEW_SOURCES:
        query = query.where(col(SourceRow.id).in_(list(source_ids)))
    rows = session.connection().execute(query).fetchall()
    return {source: (revision, seal) for source, revision, seal in rows}


def _read(session: Session, source_ids: Collection[str]) -> dict[str, SourceTurns]:
    if not source_ids:
        return {}
    query = select(
        col(TurnRow.source_id),
        *(
            func.aggregate_strings(cast(column, String), _BETWEEN)
            for column in (col(TurnRow.start), col(TurnRow.end), col(TurnRow.number))
        ),
        func.aggregate_strings(col(TurnRow.speaker), _BETWEEN),
    ).group_by(col(TurnRow.source_id))
    if len(source_ids) <= FEW_SOURCES:
        query = query.where(col(TurnRow.source_id).in_(list(source_ids)))
    wanted = set(source_ids)
    read = {}
    for source_id, *columns in session.connection().execute(query):
        if source_id not in wanted:
            continue
        starts, ends, numbers, speakers = (one.split(_BETWEEN) for one in columns)
        if len(speakers) != len(starts):
            # A label that holds the sign between them.
            read[source_id] = _by_rows(session, source_id)
            continue
        places = (map(int, one) for one in (starts, ends, numbers))
        read[source_id] = _packed(zip(*places, speakers, strict=True))
    return read


def _by_rows(session: Session, source_id: str) -> SourceTurns:
    query = select(
        col(TurnRow.start), col(TurnRow.end), col(TurnRow.number), col(TurnRow.speaker)
    ).where(col(TurnRow.source_id) == source_id)
    return _packed(
        (start, end, number, speaker)
        for start, end, number, speaker in session.connection().execute(query)
    )


def _packed(rows: Iterable[tuple[int, int, int, str]]) -> SourceTurns:
    places: dict[str, int] = {}
    starts, ends, numbers, speakers = (array("q"), array("q"), array("q"), array("l"))
    for start, end, number, label in sorted(rows):
        starts.append(start)
        ends.append(end)
        numbers.append(number)
        speakers.append(places.setdefault(label, len(places)))
    return SourceTurns(starts, ends, numbers, speakers, tuple(places))
