"""Storing hypotheses: put up once, then moved only by recorded steps."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from data.rights import Right
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.debriefs.checks import (
    NOTHING_SAVED,
    next_number,
    require_day,
    require_draft,
    require_words,
)
from data.storage.debriefs.hypothesis_records import (
    STEPS,
    CounterSearch,
    Hypothesis,
    HypothesisStatus,
    HypothesisStep,
    NewStep,
)
from data.storage.debriefs.on_the_table import put_on_the_table
from data.tables import (
    CounterSearchRow,
    DebriefRow,
    HypothesisRow,
    HypothesisStepRow,
)


class HypothesisStorage:
    """Puts hypotheses up, records each step, and reads them with their history."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def put_up(
        self, actor_id: str, statement: str, reason: str, *, debrief_id: str = ""
    ) -> Hypothesis:
        """The hypothesis as kept, with the next number.

        Raises DataRefused where it says nothing, or what another one says already.
        """
        require_words(
            (statement, "Hypothesis", "Write what you think is so."),
            (reason, "Reason", "Write what made you think so."),
        )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            if debrief_id:
                require_draft(session, debrief_id)
            _require_new_wording(session, statement)
            row = HypothesisRow(
                number=next_number(session, col(HypothesisRow.number)),
                statement=statement.strip(),
                reason=reason.strip(),
                status=HypothesisStatus.PUT_UP.value,
                put_up_by=actor_id,
            )
            session.add(row)
            session.flush()
            _add_step(
                writing,
                row,
                NewStep(HypothesisStatus.PUT_UP, row.reason, "", debrief_id),
            )
            writing.record("hypothesis put up", "hypothesis", row.id)
            return _read(session, [row])[0]

    def step(self, actor_id: str, hypothesis: Hypothesis, new: NewStep) -> Hypothesis:
        """The hypothesis after a step; the way it stood stays in its history.

        *Changed* needs another wording, every other step keeps the one there is. Raises
        DataRefused where the reason is missing, the wording does not fit the step, or
        somebody else was quicker.
        """
        require_words((new.why, "Why", "Write what led to it."))
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = session.get_one(HypothesisRow, hypothesis.id)
            if new.debrief_id:
                require_draft(session, new.debrief_id)
            statement = _wording_after(session, row, new)
            writing.change(
                row,
                hypothesis.version,
                status=new.status.value,
                statement=statement,
            )
            _add_step(writing, row, new)
            writing.record(
                "hypothesis moved", "hypothesis", row.id, status=new.status.value
            )
            return _read(session, [row])[0]

    def record_search(
        self, actor_id: str, hypothesis_id: str, where: str, looked_on: str
    ) -> None:
        """Record that the actor looked for what speaks against it and found nothing."""
        require_words((where, "Where you looked", "Write what you read."))
        require_day(looked_on, "When you looked")
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get_one(HypothesisRow, hypothesis_id)
            writing.session.add(
                CounterSearchRow(
                    hypothesis_id=row.id,
                    where_looked=where.strip(),
                    looked_on=looked_on,
                    looked_by=actor_id,
                )
            )
            writing.record("counter-evidence not found", "hypothesis", row.id)

    def hypotheses(self) -> list[Hypothesis]:
        """Every hypothesis by number, given up ones too."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(HypothesisRow).order_by(col(HypothesisRow.number))
            ).all()
            return _read(session, list(rows))

    def hypothesis(self, hypothesis_id: str) -> Hypothesis | None:
        """One hypothesis with its history, or nothing."""
        with self._database.reading() as session:
            row = session.get(HypothesisRow, hypothesis_id)
            return _read(session, [row])[0] if row else None


def _require_new_wording(session: Session, statement: str) -> None:
    wanted = " ".join(statement.split()).casefold()
    for row in session.scalars(select(HypothesisRow)):
        if " ".join(row.statement.split()).casefold() == wanted:
            refuse(
                f"H{row.number} says the same.",
                "Hypothesis",
                f"Open H{row.number}, or word this one differently. {NOTHING_SAVED}",
            )


def _wording_after(session: Session, row: HypothesisRow, new: NewStep) -> str:
    if new.status not in STEPS:
        refuse(
            "A hypothesis is put up once.",
            f"H{row.number}",
            f"Choose held, changed, given up or open. {NOTHING_SAVED}",
        )
    statement = new.statement.strip() or row.statement
    is_other = " ".join(statement.split()) != " ".join(row.statement.split())
    if new.status is HypothesisStatus.CHANGED and not is_other:
        refuse(
            "It is called changed, and its wording is the same.",
            "New wording",
            f"Word it as it now reads, or choose held. {NOTHING_SAVED}",
        )
    if new.status is not HypothesisStatus.CHANGED and is_other:
        refuse(
            f"The wording is another, and it is called {new.status.value}.",
            "New wording",
            f"Choose changed, or leave the wording as it is. {NOTHING_SAVED}",
        )
    if is_other:
        require_words((statement, "New wording", "Word it as it now reads."))
        _require_new_wording(session, statement)
    return statement


def _add_step(writing: Writing, row: HypothesisRow, new: NewStep) -> None:
    assert writing.actor is not None
    writing.session.add(
        HypothesisStepRow(
            hypothesis_id=row.id,
            status=new.status.value,
            statement=row.statement,
            why=new.why.strip(),
            debrief_id=new.debrief_id or None,
            taken_by=writing.actor.id,
        )
    )
    writing.session.flush()
    if new.debrief_id:
        put_on_the_table(writing.session, new.debrief_id, row.id)


def _read(session: Session, rows: list[HypothesisRow]) -> list[Hypothesis]:
    ids = [row.id for row in rows]
    people = names_of_people(session)
    meetings = {row.id: row for row in session.scalars(select(DebriefRow))}
    steps: dict[str, list[HypothesisStep]] = {}
    for step in session.scalars(
        select(HypothesisStepRow)
        .where(col(HypothesisStepRow.hypothesis_id).in_(ids))
        .order_by(col(HypothesisStepRow.number))
    ):
        meeting = meetings.get(step.debrief_id or "")
        steps.setdefault(step.hypothesis_id, []).append(
            HypothesisStep(
                HypothesisStatus(step.status),
                step.statement,
                step.why,
                meeting.number if meeting else 0,
                meeting.held_on if meeting else "",
                people.get(step.taken_by, ""),
                step.taken_at,
            )
        )
    searches: dict[str, list[CounterSearch]] = {}
    for search in session.scalars(
        select(CounterSearchRow)
        .where(col(CounterSearchRow.hypothesis_id).in_(ids))
        .order_by(col(CounterSearchRow.looked_on), col(CounterSearchRow.recorded_at))
    ):
        searches.setdefault(search.hypothesis_id, []).append(
            CounterSearch(
                search.where_looked,
                people.get(search.looked_by, ""),
                search.looked_on,
                search.recorded_at,
            )
        )
    return [
        Hypothesis(
            row.id,
            row.number,
            row.statement,
            row.reason,
            HypothesisStatus(row.status),
            people.get(row.put_up_by, ""),
            row.put_up_at,
            row.version,
            tuple(steps.get(row.id, ())),
            tuple(searches.get(row.id, ())),
        )
        for row in rows
    ]
