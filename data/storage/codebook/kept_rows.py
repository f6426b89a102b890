"""Rows as plain values that history can keep, and back into rows just as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from data.tables import SourceRow, StudyTable, SuggestionRow

Row = TypeVar("Row", bound=StudyTable)
_AT_ONCE = 500


def as_values(row: StudyTable) -> dict[str, Any]:
    """A row as values JSON can hold; times as ISO text."""
    columns = type(row).__table__.columns.keys()  # type: ignore[attr-defined]
    values = {name: getattr(row, name) for name in columns}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def as_row(table: type[Row], values: Mapping[str, Any]) -> Row:
    """The row those values were made from; columns made since keep their default."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    made = {}
    for name, value in values.items():
        if name not in columns:
            continue
        is_time = "at" in name.split("_") and isinstance(value, str)
        made[name] = datetime.fromisoformat(value) if is_time else value
    return table(**made)


def withdraw_suggestions(session: Session, code_id: str) -> list[dict[str, Any]]:
    """The open suggestions of a code, as values; they are then gone."""
    is_open = (col(SuggestionRow.code_id) == code_id) & (
        col(SuggestionRow.status) == "open"
    )
    kept = [
        as_values(row) for row in session.scalars(select(SuggestionRow).where(is_open))
    ]
    if kept:
        session.execute(
            delete(SuggestionRow)
            .where(is_open)
            .execution_options(synchronize_session=False)
        )
        session.expire_all()
    return kept


def count_change(session: Session, source_ids: Iterable[str]) -> None:
    """Let those who have the sources open learn that something in them changed."""
    for some in in_parts(sorted(set(source_ids))):
        session.execute(
            update(SourceRow)
            .where(col(SourceRow.id).in_(some))
            .values(revision=col(SourceRow.revision) + 1)
            .execution_options(synchronize_session=False)
        )


def seals_of(session: Session, source_ids: Iterable[str]) -> dict[str, str]:
    """The seal of each source's text: another one means that it was corrected."""
    found: dict[str, str] = {}
    for some in in_parts(sorted(set(source_ids))):
        query = select(col(SourceRow.id), col(SourceRow.text_sha256))
        found |= dict(session.execute(query.where(col(SourceRow.id).in_(some))).all())
    return found


def in_parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """The ids some hundred at a time: a database takes only so many in one question."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
