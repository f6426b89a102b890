"""Who has read what others marked in a source, and so cannot code it blind any more."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from data.rights import Right, may
from data.storage.database import Writing, require_person
from data.tables import OthersReadRow


def read_at(session: Session, source_id: str, person_id: str) -> datetime | None:
    """When a person first opened a source that showed others' codings, or nothing."""
    row = session.get(OthersReadRow, (source_id, person_id))
    return row.at if row else None


def would_be_first(session: Session, source_id: str, person_id: str) -> bool:
    """Whether reading others' codings there would end that a person may code it blind.

    Whoever does not code is never given a blind pass.
    """
    if read_at(session, source_id, person_id) is not None:
        return False
    return may(require_person(session, person_id).role, Right.CODE_SOURCES)


def keep_reading(writing: Writing, source_id: str, person_id: str) -> None:
    """Keep, once, that a person has opened a source that shows others' codings."""
    if read_at(writing.session, source_id, person_id) is None:
        writing.session.add(OthersReadRow(source_id=source_id, person_id=person_id))
    writing.record("others' codings opened", "source", source_id)
