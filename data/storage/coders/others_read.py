"""Who has read what others marked in a source, and so cannot code it blind any more.

Others' codings are read in the transcript itself, and wherever a passage stands with
its words: found by its code, under a theme, behind a cell, offered or linked as
evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coding.coded_segments import CodedSegment
from data.rights import Right, may
from data.storage.coders.blind_passes import readable_codings
from data.storage.database import StudyDatabase, Writing, require_person
from data.tables import CodedSegmentRow, OthersReadRow

PassagePlace = tuple[str, int, int]
"""Where a passage stands: the source's id, first and last code point."""

OTHERS_OPENED = "others' codings opened"
"""The action of the audit line; it changes nothing that a page counts."""


class OthersReadStorage:
    """Keeps, once for each source, that a person has read others' codings in it."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def may_still_read_blind(self, person_id: str, source_id: str) -> bool:
        """Whether reading others' codings here would bar a person from a blind pass."""
        with self._database.reading() as session:
            return bool(_not_read_yet(session, person_id, {source_id}))

    def note_source(self, person_id: str, source_id: str) -> None:
        """Keep that a person has opened a source that shows others' codings."""
        self._keep(person_id, {source_id})

    def note_passages(self, person_id: str, places: Iterable[PassagePlace]) -> None:
        """Keep of which sources a person is shown passages that others marked.

        One query where nothing of it is new, as on most pages drawn; one write
        otherwise, however many sources there are.
        """
        shown: dict[str, list[tuple[int, int]]] = {}
        for source_id, start, end in places:
            shown.setdefault(source_id, []).append((start, end))
        if not shown:
            return
        with self._database.reading() as session:
            new = _not_read_yet(session, person_id, shown)
            marked = (
                session.execute(
                    select(
                        col(CodedSegmentRow.source_id),
                        col(CodedSegmentRow.start),
                        col(CodedSegmentRow.end),
                    ).where(
                        col(CodedSegmentRow.source_id).in_(new),
                        col(CodedSegmentRow.coder_id) != person_id,
                        readable_codings(session, person_id),
                    )
                ).all()
                if new
                else []
            )
        by_others = {
            source_id
            for source_id, start, end in marked
            if any(start < last and end > first for first, last in shown[source_id])
        }
        self._keep(person_id, by_others)

    def _keep(self, person_id: str, source_ids: set[str]) -> None:
        if not source_ids:
            return
        with self._database.reading() as session:
            if not _not_read_yet(session, person_id, source_ids):
                return
        with self._database.writing(person_id, Right.CODE_SOURCES) as writing:
            for source_id in sorted(source_ids):
                _keep_reading(writing, source_id, person_id)


def place_of(coded: CodedSegment) -> PassagePlace:
    """Where a coded segment stands."""
    return coded.source_id, coded.segment.start, coded.segment.end


def read_at(session: Session, source_id: str, person_id: str) -> datetime | None:
    """When a person first read others' codings in a source, or nothing."""
    row = session.get(OthersReadRow, (source_id, person_id))
    return row.at if row else None


def _not_read_yet(
    session: Session, person_id: str, source_ids: Iterable[str]
) -> set[str]:
    """Of these sources those in which the person has not read others' codings.

    None for whoever does not code: they are never given a blind pass.
    """
    if not may(require_person(session, person_id).role, Right.CODE_SOURCES):
        return set()
    wanted = set(source_ids)
    read = select(col(OthersReadRow.source_id)).where(
        col(OthersReadRow.person_id) == person_id,
        col(OthersReadRow.source_id).in_(wanted),
    )
    return wanted - set(session.scalars(read))


def _keep_reading(writing: Writing, source_id: str, person_id: str) -> None:
    if read_at(writing.session, source_id, person_id) is None:
        writing.session.add(OthersReadRow(source_id=source_id, person_id=person_id))
    writing.record(OTHERS_OPENED, "source", source_id)
