"""Storing actions of debriefs: who does what by when, and when it was done."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from data.rights import Right, require_right
from data.storage.database import StudyDatabase, refuse
from data.storage.debriefs.checks import (
    LONGEST_LINE,
    NOTHING_SAVED,
    keep_words,
    require_day,
    require_draft,
    require_words,
)
from data.storage.debriefs.debrief_reading import read_actions
from data.storage.debriefs.debrief_records import DebriefAction, NewAction
from data.tables import DebriefActionRow, PersonRow


class ActionStorage:
    """Keeps actions; what they say is part of the minutes, their doing goes on."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(self, actor_id: str, debrief_id: str, new: NewAction) -> str:
        """The id of the action; it may be without a date, not without an owner."""
        _require_sound(new)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            require_draft(session, debrief_id)
            owner = session.get(PersonRow, new.owner_id) if new.owner_id else None
            of_debrief = col(DebriefActionRow.debrief_id) == debrief_id
            row = DebriefActionRow(
                debrief_id=debrief_id,
                what=new.what.strip(),
                owner_id=owner.id if owner else None,
                owner=owner.name if owner else new.owner.strip(),
                due_on=new.due_on,
                position=session.scalar(select(func.count()).where(of_debrief)) or 0,
            )
            if not row.owner:
                _refuse_nobody()
            session.add(row)
            writing.record("action agreed", "debrief", debrief_id, action_id=row.id)
            return row.id

    def change(self, actor_id: str, action: DebriefAction, new: NewAction) -> None:
        """Change an action of a draft; what it said before is kept."""
        _require_sound(new)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = session.get_one(DebriefActionRow, action.id)
            require_draft(session, row.debrief_id)
            owner = session.get(PersonRow, new.owner_id) if new.owner_id else None
            name = owner.name if owner else new.owner.strip()
            if not name:
                _refuse_nobody()
            keep_words(writing, row, row.id, ("what", "due_on"), new)
            writing.change(
                row,
                action.version,
                what=new.what.strip(),
                owner_id=owner.id if owner else None,
                owner=name,
                due_on=new.due_on,
            )
            writing.record(
                "action changed", "debrief", row.debrief_id, action_id=row.id
            )

    def mark_done(self, actor_id: str, action: DebriefAction, done_on: str) -> None:
        """Say on which day it was done, or with '' that it is open after all.

        Its owner may, and whoever writes what the study found; also after the minutes
        were closed.
        """
        require_day(done_on, "Done on", may_be_empty=True)
        with self._database.writing(actor_id, Right.CONTRIBUTE_TO_DEBRIEF) as writing:
            assert writing.actor is not None
            row = writing.session.get_one(DebriefActionRow, action.id)
            if row.owner_id != actor_id:
                require_right(writing.actor, Right.WRITE_FINDINGS)
            writing.change(
                row,
                action.version,
                done_on=done_on,
                done_by=actor_id if done_on else None,
            )
            writing.record(
                "action done" if done_on else "action opened again",
                "debrief",
                row.debrief_id,
                action_id=row.id,
            )

    def open_actions(self) -> list[DebriefAction]:
        """Every action still to be done: those due first, those without a date last."""
        with self._database.reading() as session:
            return [one for _, one in read_actions(session) if one.is_open]


def _require_sound(new: NewAction) -> None:
    require_words((new.what, "Action", "Write what will be done."), most=LONGEST_LINE)
    require_words((new.owner, "Who does it", ""), most=LONGEST_LINE)
    require_day(new.due_on, "By when", may_be_empty=True)


def _refuse_nobody() -> None:
    refuse(
        "Nobody is named.",
        "Who does it",
        f"Choose a person or write a name. {NOTHING_SAVED}",
    )
