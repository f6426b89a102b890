"""Reading debriefs whole, one query for each kind of thing they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.study import Wave
from data.storage.database import names_of_people
from data.storage.debriefs.debrief_records import (
    Attender,
    Debrief,
    DebriefAction,
    DebriefForm,
    DebriefNote,
    Discussed,
    Dissent,
    Texts,
)
from data.storage.debriefs.hypothesis_records import HypothesisStatus
from data.tables import (
    DebriefActionRow,
    DebriefAttenderRow,
    DebriefDecisionRow,
    DebriefHypothesisRow,
    DebriefNoteRow,
    DebriefRow,
    DebriefWaveRow,
    DissentRow,
    HypothesisRow,
    WaveRow,
)


def read_debriefs(session: Session, rows: Sequence[DebriefRow]) -> list[Debrief]:
    """The debriefs of these rows in their order."""
    ids = [row.id for row in rows]
    closed = {row.id: row.closed_at for row in rows}
    people = names_of_people(session)
    waves = _waves(session, ids)
    attended = _attended(session, ids)
    discussed = _discussed(session, ids, closed)
    dissents = _dissents(session, ids, closed, people)
    notes = _notes(session, ids, closed, people)
    decisions = _decisions(session, ids)
    actions = read_actions(session)
    return [
        Debrief(
            row.id,
            row.number,
            DebriefForm(row.form),
            row.held_on,
            Texts(row.notes, row.heard, row.means, row.will_try, row.who_tries),
            people.get(row.begun_by, ""),
            people.get(row.closed_by or "", ""),
            row.closed_at,
            row.version,
            waves.get(row.id, ()),
            attended.get(row.id, ()),
            discussed.get(row.id, ()),
            dissents.get(row.id, ()),
            notes.get(row.id, ()),
            decisions.get(row.id, ()),
            tuple(one for _, one in actions if one.debrief_id == row.id),
            _carried(row, actions),
        )
        for row in rows
    ]


def read_actions(session: Session) -> list[tuple[str, DebriefAction]]:
    """Every action with the day of its meeting; those due first, undated ones last."""
    rows = session.execute(
        select(DebriefActionRow, col(DebriefRow.number), col(DebriefRow.held_on))
        .join(DebriefRow, col(DebriefRow.id) == col(DebriefActionRow.debrief_id))
        .order_by(
            col(DebriefActionRow.due_on) == "",
            col(DebriefActionRow.due_on),
            col(DebriefRow.held_on),
            col(DebriefActionRow.position),
        )
    )
    return [
        (
            held_on,
            DebriefAction(
                row.id,
                row.what,
                row.owner,
                row.due_on,
                row.done_on,
                row.debrief_id,
                number,
                row.version,
                row.owner_id or "",
            ),
        )
        for row, number, held_on in rows
    ]


def _carried(
    row: DebriefRow, actions: Sequence[tuple[str, DebriefAction]]
) -> tuple[DebriefAction, ...]:
    """Actions of earlier meetings that were not done before the day of this one."""
    return tuple(
        one
        for held_on, one in actions
        if (held_on, one.debrief_number) < (row.held_on, row.number)
        and (not one.done_on or one.done_on >= row.held_on)
    )


def _grouped(pairs: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _waves(session: Session, ids: Sequence[str]) -> dict[str, tuple[Wave, ...]]:
    rows = session.execute(
        select(col(DebriefWaveRow.debrief_id), WaveRow)
        .join(WaveRow, col(WaveRow.id) == col(DebriefWaveRow.wave_id))
        .where(col(DebriefWaveRow.debrief_id).in_(ids))
        .order_by(col(WaveRow.position), col(WaveRow.name))
    )
    return _grouped((one, Wave(row.id, row.name, row.position)) for one, row in rows)


def _attended(session: Session, ids: Sequence[str]) -> dict[str, tuple[Attender, ...]]:
    rows = session.scalars(
        select(DebriefAttenderRow)
        .where(col(DebriefAttenderRow.debrief_id).in_(ids))
        .order_by(col(DebriefAttenderRow.position))
    )
    return _grouped(
        (row.debrief_id, Attender(row.name, row.role, row.person_id or ""))
        for row in rows
    )


def _discussed(
    session: Session, ids: Sequence[str], closed: dict[str, datetime | None]
) -> dict[str, tuple[Discussed, ...]]:
    rows = session.execute(
        select(DebriefHypothesisRow, HypothesisRow)
        .join(
            HypothesisRow,
            col(HypothesisRow.id) == col(DebriefHypothesisRow.hypothesis_id),
        )
        .where(col(DebriefHypothesisRow.debrief_id).in_(ids))
        .order_by(col(DebriefHypothesisRow.position))
    )
    return _grouped(
        (
            row.debrief_id,
            Discussed(
                row.id,
                row.hypothesis_id,
                hypothesis.number,
                row.statement_then if closed[row.debrief_id] else hypothesis.statement,
                HypothesisStatus(
                    row.status_then if closed[row.debrief_id] else hypothesis.status
                ),
                row.agreed,
                row.version,
            ),
        )
        for row, hypothesis in rows
    )


def _dissents(
    session: Session,
    ids: Sequence[str],
    closed: dict[str, datetime | None],
    people: dict[str, str],
) -> dict[str, tuple[Dissent, ...]]:
    rows = session.scalars(
        select(DissentRow)
        .where(
            col(DissentRow.debrief_id).in_(ids),
            col(DissentRow.is_taken_back).is_(False),
        )
        .order_by(col(DissentRow.written_at), col(DissentRow.id))
    )
    return _grouped(
        (
            row.debrief_id,
            Dissent(
                row.id,
                row.hypothesis_id or "",
                row.name,
                row.role,
                row.what,
                row.why,
                people.get(row.written_by, ""),
                row.written_at,
                _is_later(row.written_at, closed[row.debrief_id]),
                row.version,
                row.person_id or "",
                row.written_by,
            ),
        )
        for row in rows
    )


def _notes(
    session: Session,
    ids: Sequence[str],
    closed: dict[str, datetime | None],
    people: dict[str, str],
) -> dict[str, tuple[DebriefNote, ...]]:
    rows = session.scalars(
        select(DebriefNoteRow)
        .where(col(DebriefNoteRow.debrief_id).in_(ids))
        .order_by(col(DebriefNoteRow.written_at), col(DebriefNoteRow.id))
    )
    return _grouped(
        (
            row.debrief_id,
            DebriefNote(
                row.text,
                people.get(row.written_by, ""),
                row.written_at,
                _is_later(row.written_at, closed[row.debrief_id]),
            ),
        )
        for row in rows
    )


def _decisions(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, ...]]:
    rows = session.execute(
        select(col(DebriefDecisionRow.debrief_id), col(DebriefDecisionRow.decision))
        .where(col(DebriefDecisionRow.debrief_id).in_(ids))
        .order_by(col(DebriefDecisionRow.decision))
    )
    return _grouped(rows)


def _is_later(written_at: datetime, closed_at: datetime | None) -> bool:
    return closed_at is not None and written_at > closed_at
