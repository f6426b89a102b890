"""Storing debriefs: begun, written in while they are a draft, then closed for good."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlmodel import Session, col

from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage.codebook.decision_storage import decide_in
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.debriefs.action_storage import ActionStorage
from data.storage.debriefs.checks import (
    LONGEST_LINE,
    NOTHING_SAVED,
    keep_words,
    next_number,
    require_day,
    require_draft,
    require_words,
)
from data.storage.debriefs.contribution_storage import ContributionStorage
from data.storage.debriefs.debrief_reading import read_debriefs
from data.storage.debriefs.debrief_records import (
    Attender,
    Debrief,
    DebriefForm,
    Discussed,
    Meeting,
    Texts,
)
from data.storage.debriefs.on_the_table import put_on_the_table
from data.storage.evidence.evidence_records import Holder, HolderKind
from data.storage.evidence.evidence_storage import seal_evidence
from data.tables import (
    CodebookDecisionRow,
    DebriefAttenderRow,
    DebriefDecisionRow,
    DebriefHypothesisRow,
    DebriefRow,
    DebriefWaveRow,
    HypothesisRow,
    PersonRow,
    WaveRow,
    now,
)

_TEXTS = {
    "notes": "Notes",
    "heard": "What we heard",
    "means": "What it means for practice",
    "will_try": "What we will try",
    "who_tries": "Who",
}


class DebriefStorage:
    """Begins, changes, closes and reads the records of debriefs.

    ``contributions`` keeps dissent and notes, ``actions`` what people will do.
    """

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database
        self.contributions = ContributionStorage(database)
        self.actions = ActionStorage(database)

    def begin(self, actor_id: str, meeting: Meeting) -> str:
        """The id of a new draft, with the next number."""
        require_day(meeting.held_on, "Day of the meeting")
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = DebriefRow(
                number=next_number(writing.session, col(DebriefRow.number)),
                form=meeting.form.value,
                held_on=meeting.held_on,
                begun_by=actor_id,
            )
            writing.session.add(row)
            writing.session.flush()
            _save_who_and_what(writing.session, row.id, meeting)
            writing.record(
                "debrief begun",
                "debrief",
                row.id,
                form=row.form,
                waves=len(meeting.wave_ids),
                people=len(meeting.person_ids) + len(meeting.guests),
            )
            return row.id

    def change_meeting(self, actor_id: str, debrief: Debrief, meeting: Meeting) -> None:
        """Change the day, the waves and who took part, of a draft."""
        require_day(meeting.held_on, "Day of the meeting")
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = require_draft(writing.session, debrief.id)
            writing.change(row, debrief.version, held_on=meeting.held_on)
            _save_who_and_what(writing.session, row.id, meeting)
            writing.record(
                "debrief changed",
                "debrief",
                row.id,
                people=len(meeting.person_ids) + len(meeting.guests),
            )

    def write(self, actor_id: str, debrief: Debrief, texts: Texts) -> None:
        """Write the texts of a draft; what they said before is kept."""
        require_words(
            *((getattr(texts, name), where, "") for name, where in _TEXTS.items())
        )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = require_draft(writing.session, debrief.id)
            keep_words(writing, row, row.id, tuple(_TEXTS), texts)
            said = {name: getattr(texts, name).strip() for name in _TEXTS}
            writing.change(row, debrief.version, **said)
            writing.record("debrief written", "debrief", row.id)

    # Hypotheses on the table

    def discuss(self, actor_id: str, debrief_id: str, hypothesis_id: str) -> None:
        """Put a hypothesis on the table of a draft; once there, it stays."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            require_draft(writing.session, debrief_id)
            writing.session.get_one(HypothesisRow, hypothesis_id)
            put_on_the_table(writing.session, debrief_id, hypothesis_id)
            writing.record(
                "hypothesis discussed", "debrief", debrief_id, hypothesis=hypothesis_id
            )

    def agree(self, actor_id: str, discussed: Discussed, agreed: str) -> None:
        """Write what was agreed on a hypothesis; what it said before is kept."""
        require_words((agreed, "What was agreed", ""))
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get_one(DebriefHypothesisRow, discussed.id)
            require_draft(writing.session, row.debrief_id)
            keep_words(writing, row, row.id, ("agreed",), _Agreed(agreed.strip()))
            writing.change(row, discussed.version, agreed=agreed.strip())
            writing.record(
                "agreement written",
                "debrief",
                row.debrief_id,
                hypothesis=row.hypothesis_id,
            )

    # Decisions on the codebook

    def link_decision(self, actor_id: str, debrief_id: str, number: int) -> None:
        """Say that a decision of the log was taken in this debrief."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            require_draft(writing.session, debrief_id)
            if writing.session.get(CodebookDecisionRow, number) is None:
                refuse(
                    f"There is no D{number}.",
                    "Codebook decision",
                    f"Choose one from the log. {NOTHING_SAVED}",
                )
            _link_decision(writing, debrief_id, number)

    def decide(
        self,
        actor_id: str,
        debrief_id: str,
        words: str,
        reason: str,
        code_ids: Sequence[str] = (),
    ) -> int:
        """The number of a new decision in the codebook's log, linked to the debrief.

        Needs the right to change the codebook too.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            writing.require(Right.EDIT_CODEBOOK)
            require_draft(writing.session, debrief_id)
            number = decide_in(writing, words, reason, code_ids)
            _link_decision(writing, debrief_id, number)
            return number

    # Closing and reading

    def close(self, actor_id: str, debrief: Debrief) -> None:
        """Close the minutes: from now on they are only added to.

        Each hypothesis is kept as it stands, with its evidence. Raises DataRefused,
        naming everything at once, where nobody took part, no wave is named though the
        study has some, or a learning circle says nothing.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = require_draft(session, debrief.id)
            _require_complete(session, row)
            table = session.scalars(
                select(DebriefHypothesisRow).where(
                    col(DebriefHypothesisRow.debrief_id) == row.id
                )
            ).all()
            for one in table:
                hypothesis = session.get_one(HypothesisRow, one.hypothesis_id)
                one.statement_then = hypothesis.statement
                one.status_then = hypothesis.status
                seal_evidence(
                    writing,
                    Holder(HolderKind.HYPOTHESIS, hypothesis.id),
                    Holder(HolderKind.MINUTES, one.id),
                )
            writing.change(row, debrief.version, closed_by=actor_id, closed_at=now())
            writing.record("minutes closed", "debrief", row.id, hypotheses=len(table))

    def discard(self, actor_id: str, debrief: Debrief) -> None:
        """Take away a draft that was begun by mistake; refused once it holds work."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = require_draft(writing.session, debrief.id)
            (now_read,) = read_debriefs(writing.session, [row])
            if holds_work(now_read):
                refuse(
                    "Something is written in it.",
                    f"{row.form.capitalize()} {row.number}",
                    f"Keep it, or close it as it is. {NOTHING_SAVED}",
                )
            for table in (DebriefAttenderRow, DebriefWaveRow):
                writing.session.execute(
                    delete(table).where(col(table.debrief_id) == row.id)
                )
            writing.session.delete(row)
            writing.record("debrief discarded", "debrief", row.id)

    def debriefs(self) -> list[Debrief]:
        """Every debrief and learning circle, the newest meeting first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(DebriefRow).order_by(
                    col(DebriefRow.held_on).desc(), col(DebriefRow.number).desc()
                )
            ).all()
            return read_debriefs(session, list(rows))

    def debrief(self, debrief_id: str) -> Debrief | None:
        """One debrief, or nothing."""
        with self._database.reading() as session:
            row = session.get(DebriefRow, debrief_id)
            return read_debriefs(session, [row])[0] if row else None


class _Agreed:
    """The new words of an agreement, as keeping words reads them."""

    def __init__(self, agreed: str) -> None:
        self.agreed = agreed


def holds_work(debrief: Debrief) -> bool:
    """Whether anything was written into a draft."""
    return bool(
        debrief.discussed
        or debrief.dissents
        or debrief.notes
        or debrief.decisions
        or debrief.actions
        or debrief.texts != Texts()
    )


def _save_who_and_what(session: Session, debrief_id: str, meeting: Meeting) -> None:
    waves = set(session.scalars(select(col(WaveRow.id))))
    if unknown := set(meeting.wave_ids) - waves:
        refuse(
            f"{len(unknown)} of the waves chosen are not in the study.",
            "Waves",
            f"Open the page again. {NOTHING_SAVED}",
        )
    former = {
        one.person_id or one.name: one
        for one in session.scalars(
            select(DebriefAttenderRow).where(
                col(DebriefAttenderRow.debrief_id) == debrief_id
            )
        )
    }
    for table in (DebriefAttenderRow, DebriefWaveRow):
        session.execute(delete(table).where(col(table.debrief_id) == debrief_id))
    for wave_id in dict.fromkeys(meeting.wave_ids):
        session.add(DebriefWaveRow(debrief_id=debrief_id, wave_id=wave_id))
    people = [
        _as_then(session.get(PersonRow, one), former.get(one))
        for one in dict.fromkeys(meeting.person_ids)
    ]
    guests = [
        Attender(one.name.strip(), one.role.strip())
        for one in meeting.guests
        if one.name.strip() or one.role.strip()
    ]
    for one in guests:
        require_words((one.name or one.role, "Guest", "Write who."), most=LONGEST_LINE)
    for position, attender in enumerate([*filter(None, people), *guests]):
        session.add(
            DebriefAttenderRow(
                debrief_id=debrief_id,
                person_id=attender.person_id or None,
                name=attender.name or attender.role,
                role=attender.role if attender.name else "",
                position=position,
            )
        )
    session.flush()


def _as_then(
    person: PersonRow | None, former: DebriefAttenderRow | None
) -> Attender | None:
    # Whoever stood in the record keeps the name and role they had then.
    if former is not None:
        return Attender(former.name, former.role, former.person_id or "")
    if person is None:
        return None
    role = person.role.replace("_", " ").capitalize()
    return Attender(person.name, role, person.id)


def _link_decision(writing: Writing, debrief_id: str, number: int) -> None:
    key = (debrief_id, number)
    if writing.session.get(DebriefDecisionRow, key) is None:
        writing.session.add(DebriefDecisionRow(debrief_id=debrief_id, decision=number))
        writing.session.flush()
    writing.record("decision linked", "debrief", debrief_id, decision=number)


def _require_complete(session: Session, row: DebriefRow) -> None:
    (now_read,) = read_debriefs(session, [row])
    where = f"{now_read.form.in_words} {now_read.number}"
    problems = []
    if not now_read.attended:
        problems.append(
            DataProblem(
                "Nobody took part.",
                where,
                f"Say who was there, guests too. {NOTHING_SAVED}",
            )
        )
    is_circle = now_read.form is DebriefForm.LEARNING_CIRCLE
    has_waves = session.scalar(select(WaveRow).limit(1)) is not None
    if not is_circle and has_waves and not now_read.waves:
        problems.append(
            DataProblem(
                "No wave is named.",
                where,
                f"Choose the wave or waves it was about. {NOTHING_SAVED}",
            )
        )
    if is_circle and not now_read.texts.heard:
        problems.append(
            DataProblem(
                "What we heard is empty.",
                where,
                f"Write what you heard. {NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)
