"""What every change to hypotheses and debriefs checks, and the words it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.problems import DataProblem, DataRefused
from data.storage.database import Writing, refuse
from data.tables import (
    DebriefAttenderRow,
    DebriefRow,
    DebriefWordsRow,
    StudyTable,
)

NOTHING_SAVED = "Nothing was saved."
LONGEST_TEXT = 20_000
LONGEST_LINE = 1_000


def require_words(*fields: tuple[str, str, str], most: int = LONGEST_TEXT) -> None:
    """Refuse, naming every one at once, fields that are empty or too long.

    A field is its words, its name and what to write there; without the last it may
    stay empty.
    """
    problems: list[DataProblem] = []
    for words, where, to_write in fields:
        if to_write and not words.strip():
            problems.append(
                DataProblem("It is empty.", where, f"{to_write} {NOTHING_SAVED}")
            )
        if len(words) > most:
            problems.append(
                DataProblem(
                    f"It has {len(words):,} characters; {most:,} can be kept.",
                    where,
                    f"Shorten it, or put part of it into a note. {NOTHING_SAVED}",
                )
            )
    if problems:
        raise DataRefused(problems)


def require_day(day: str, where: str, *, may_be_empty: bool = False) -> None:
    """Refuse what is no ISO date."""
    if not day and may_be_empty:
        return
    try:
        date.fromisoformat(day)
    except ValueError:
        refuse("There is no day.", where, f"Choose a day. {NOTHING_SAVED}")


def require_draft(session: Session, debrief_id: str) -> DebriefRow:
    """The debrief, refused where there is none or its minutes are closed."""
    row = require_debrief(session, debrief_id)
    if row.closed_at is not None:
        refuse(
            "The minutes are closed.",
            f"{row.form.capitalize()} {row.number}",
            f"Add a note or a dissent: it is kept with its date. {NOTHING_SAVED}",
        )
    return row


def require_debrief(session: Session, debrief_id: str) -> DebriefRow:
    """The debrief, refused where the study has none of that id."""
    row = session.get(DebriefRow, debrief_id)
    if row is None:
        refuse(
            "This debrief is not in the study.",
            "Minutes",
            f"Open one from the list. {NOTHING_SAVED}",
        )
    return row


def took_part(session: Session, debrief_id: str, person_id: str) -> bool:
    """Whether a person of the study is among those who took part."""
    query = select(func.count()).where(
        col(DebriefAttenderRow.debrief_id) == debrief_id,
        col(DebriefAttenderRow.person_id) == person_id,
    )
    return bool(session.scalar(query))


def next_number(session: Session, column: Any) -> int:
    """The number after the highest there is, from 1."""
    return int(session.scalar(select(func.max(column))) or 0) + 1


def keep_words(
    writing: Writing, row: StudyTable, about_id: str, fields: Sequence[str], new: Any
) -> None:
    """Keep what fields said where ``new`` says otherwise; empty words are not kept."""
    assert writing.actor is not None
    for field in fields:
        was = getattr(row, field)
        if was and was != getattr(new, field):
            writing.session.add(
                DebriefWordsRow(
                    about_kind=str(type(row).__tablename__),
                    about_id=about_id,
                    field=field,
                    words=was,
                    changed_by=writing.actor.id,
                )
            )
