"""Rows as they stood: kept as plain values, compared with what is there, put back.

Taking a change back means to put the rows it touched as they were before it; that is
right only where nothing else has touched them since.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.storage.memos.memo_rows import keep_words
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    MemoRow,
    StudyTable,
    SuggestionRow,
    now,
)

Key = tuple[str, str]
Snapshot = dict[str, Any]

_TABLES: dict[str, type[StudyTable]] = {
    str(table.__tablename__): table
    for table in (CodedSegmentRow, SuggestionRow, CodeRow, MemoRow)
}
# What tells that a row is still as a change left it. A suggestion's or memo's version
# moves with every swap, so it cannot; a code's moves only when somebody works on it.
_TOLD_BY = {
    "coded_segment": ("code_id", "start", "end", "layer"),
    "suggestion": ("status", "decided_by"),
    "code": ("name", "version"),
    "memo": ("text",),
}
# Of a suggestion only the decision is a person's doing; it is never made or removed.
_KEPT = {
    "suggestion": (
        *("id", "status", "decided_by", "decided_at", "decided_start", "decided_end"),
        *("decided_code_id", "shown", "because", "because_words"),
    )
}


def key_of(row: StudyTable) -> Key:
    """The table and the id by which a row is found again."""
    return str(row.__tablename__), str(row.id)  # type: ignore[attr-defined]


def snapshot_of(row: StudyTable) -> Snapshot | None:
    """A row's values as JSON holds them; times in ISO format.

    A deleted memo stays in its table, and counts as no row here.
    """
    if isinstance(row, MemoRow) and row.is_deleted:
        return None
    columns = row.__table__.columns  # type: ignore[attr-defined]
    kept = _KEPT.get(str(row.__tablename__)) or [column.name for column in columns]
    values = ((name, getattr(row, name)) for name in kept)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values
    }


def current(session: Session, key: Key) -> StudyTable | None:
    """The row now under this key, if there is one; a deleted memo is none."""
    row = session.get(_TABLES[key[0]], key[1])
    return None if isinstance(row, MemoRow) and row.is_deleted else row


def stands_as(session: Session, key: Key, left: Snapshot | None) -> bool:
    """Whether the row is still as it was left: there or not, with what it says."""
    row = current(session, key)
    if row is None or left is None:
        return row is None and left is None
    return all(getattr(row, name) == left.get(name) for name in _TOLD_BY[key[0]])


def put_back(session: Session, key: Key, wanted: Snapshot | None) -> None:
    """Bring the row to what the snapshot says: changed, made anew, or taken out."""
    row = session.get(_TABLES[key[0]], key[1])
    if isinstance(row, MemoRow):
        _put_memo_back(session, row, wanted)
        return
    if wanted is None:
        if row is not None:
            session.delete(row)
        return
    values = _values(key, wanted)
    if row is None:
        session.add(_TABLES[key[0]](**values))
        return
    version = getattr(row, "version", None)
    for name, value in values.items():
        setattr(row, name, value)
    if version is not None:
        row.version = version + 1
    session.add(row)


def _put_memo_back(session: Session, row: MemoRow, wanted: Snapshot | None) -> None:
    """A memo's words as they were; what it said until now is kept."""
    if not row.is_deleted:
        keep_words(session, row)
    if wanted is not None:
        row.text = wanted["text"]
        row.changed_at = now()
    row.is_deleted = wanted is None
    row.version += 1
    session.add(row)


def _values(key: Key, wanted: Snapshot) -> dict[str, Any]:
    columns = _TABLES[key[0]].__table__.columns  # type: ignore[attr-defined]
    return {
        column.name: _time(wanted[column.name])
        if column.name.endswith("_at")
        else wanted[column.name]
        for column in columns
        if column.name in wanted
    }


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
