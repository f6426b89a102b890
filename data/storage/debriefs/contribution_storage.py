"""Storing what people add to a debrief: dissent in their own words, and notes.

Whoever took part may add, whatever their role; others need the right to write what the
study found. Closed minutes take additions, which carry their date.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from data.rights import Right, require_right
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.debriefs.checks import (
    NOTHING_SAVED,
    keep_words,
    require_debrief,
    require_draft,
    require_words,
    took_part,
)
from data.storage.debriefs.debrief_records import Attender, Dissent
from data.tables import (
    DebriefAttenderRow,
    DebriefHypothesisRow,
    DebriefNoteRow,
    DissentRow,
)


class ContributionStorage:
    """Keeps dissent and notes."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def dissent(
        self,
        actor_id: str,
        debrief_id: str,
        what: str,
        why: str,
        *,
        hypothesis_id: str = "",
        of: Attender | None = None,
    ) -> None:
        """Record that the actor, or somebody they write it down for, does not agree.

        Raises DataRefused where what or why is missing, where the actor neither took
        part nor writes findings, and where whoever dissents was not there.
        """
        require_words(
            (what, "What you do not agree with", "Write what it is."),
            (why, "Why", "Write why you see it differently."),
        )
        with self._database.writing(actor_id, Right.CONTRIBUTE_TO_DEBRIEF) as writing:
            require_debrief(writing.session, debrief_id)
            who = self._who(writing, debrief_id, of)
            if hypothesis_id:
                _require_discussed(writing, debrief_id, hypothesis_id)
            row = DissentRow(
                debrief_id=debrief_id,
                hypothesis_id=hypothesis_id or None,
                person_id=who.person_id or None,
                name=who.name,
                role=who.role,
                what=what.strip(),
                why=why.strip(),
                written_by=actor_id,
            )
            writing.session.add(row)
            writing.record("dissent recorded", "debrief", debrief_id, dissent=row.id)

    def change_dissent(
        self, actor_id: str, dissent: Dissent, what: str, why: str
    ) -> None:
        """Word a dissent anew while the minutes are a draft; former words are kept."""
        require_words(
            (what, "What you do not agree with", "Write what it is."),
            (why, "Why", "Write why you see it differently."),
        )
        with self._database.writing(actor_id, Right.CONTRIBUTE_TO_DEBRIEF) as writing:
            row = _own(writing, dissent)
            new = _Words(what.strip(), why.strip())
            keep_words(writing, row, row.id, ("what", "why"), new)
            writing.change(row, dissent.version, what=new.what, why=new.why)
            writing.record("dissent changed", "debrief", row.debrief_id, dissent=row.id)

    def take_back_dissent(self, actor_id: str, dissent: Dissent) -> None:
        """Take a dissent of one's own out of a draft; its words stay on file."""
        with self._database.writing(actor_id, Right.CONTRIBUTE_TO_DEBRIEF) as writing:
            row = _own(writing, dissent)
            writing.change(row, dissent.version, is_taken_back=True)
            writing.record(
                "dissent taken back", "debrief", row.debrief_id, dissent=row.id
            )

    def note(self, actor_id: str, debrief_id: str, text: str) -> None:
        """Add a note; to closed minutes it is an addition with its date."""
        require_words((text, "Note", "Write a sentence."))
        with self._database.writing(actor_id, Right.CONTRIBUTE_TO_DEBRIEF) as writing:
            row = require_debrief(writing.session, debrief_id)
            _require_there_or_writes(writing, debrief_id)
            writing.session.add(
                DebriefNoteRow(
                    debrief_id=debrief_id, text=text.strip(), written_by=actor_id
                )
            )
            writing.record(
                "minutes added to" if row.closed_at else "debrief note written",
                "debrief",
                debrief_id,
            )

    def _who(self, writing: Writing, debrief_id: str, of: Attender | None) -> Attender:
        assert writing.actor is not None
        attended = [
            Attender(row.name, row.role, row.person_id or "")
            for row in writing.session.scalars(
                select(DebriefAttenderRow).where(
                    col(DebriefAttenderRow.debrief_id) == debrief_id
                )
            )
        ]
        if of is None or of.person_id == writing.actor.id:
            mine = [one for one in attended if one.person_id == writing.actor.id]
            if mine:
                return mine[0]
            refuse(
                "You are not among those who took part.",
                "Dissent",
                f"Have yourself added to them, or write a memo. {NOTHING_SAVED}",
            )
        require_right(writing.actor, Right.WRITE_FINDINGS)
        if of not in attended:
            refuse(
                "Whoever dissents is not among those who took part.",
                "Dissent",
                f"Add them first. {NOTHING_SAVED}",
            )
        return of


class _Words:
    """The new words of a dissent, as keeping words reads them."""

    def __init__(self, what: str, why: str) -> None:
        self.what, self.why = what, why


def _require_there_or_writes(writing: Writing, debrief_id: str) -> None:
    assert writing.actor is not None
    if not took_part(writing.session, debrief_id, writing.actor.id):
        require_right(writing.actor, Right.WRITE_FINDINGS)


def _require_discussed(writing: Writing, debrief_id: str, hypothesis_id: str) -> None:
    found = writing.session.scalars(
        select(DebriefHypothesisRow).where(
            col(DebriefHypothesisRow.debrief_id) == debrief_id,
            col(DebriefHypothesisRow.hypothesis_id) == hypothesis_id,
        )
    ).first()
    if found is None:
        refuse(
            "This hypothesis was not discussed here.",
            "Dissent",
            f"Choose one that was. {NOTHING_SAVED}",
        )


def _own(writing: Writing, dissent: Dissent) -> DissentRow:
    assert writing.actor is not None
    row = writing.session.get_one(DissentRow, dissent.id)
    require_draft(writing.session, row.debrief_id)
    # Whoever wrote down a guest's words answers for them; nobody else does.
    owner = row.person_id or row.written_by
    if owner != writing.actor.id:
        refuse(
            "Only whose dissent it is can change it.",
            "Dissent",
            f"Write a note beside it. {NOTHING_SAVED}",
        )
    return row
