"""Storing plans: each change is a new numbered plan, none is overwritten."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.importers.plan_file import read_plan, write_plan
from data.pairings import SavedPlan
from data.rights import Right
from data.storage.database import StudyDatabase
from data.tables import PersonRow, PlanRow
from matching.plan import MatchPlan, plan_hash


class PlanStorage:
    """Reads and saves plans."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, plan: MatchPlan) -> SavedPlan:
        """The plan under its number: a new one, or the newest where it is equal."""
        with self._database.writing(actor_id, Right.SET_PLAN) as writing:
            newest = _newest(writing.session)
            sha256 = plan_hash(plan)
            if newest is not None and newest.sha256 == sha256:
                row = newest
                writing.record("plan saved unchanged", "plan", row.id)
            else:
                row = PlanRow(
                    number=newest.number + 1 if newest else 1,
                    toml=write_plan(plan),
                    sha256=sha256,
                    saved_by=actor_id,
                )
                writing.session.add(row)
                writing.session.flush()
                writing.record(
                    "plan saved", "plan", row.id, number=row.number, sha256=sha256
                )
            return _saved(writing.session, row)

    def current(self) -> SavedPlan | None:
        """The plan saved last, or nothing."""
        with self._database.reading() as session:
            row = _newest(session)
            return _saved(session, row) if row else None

    def find(self, plan_id: str) -> SavedPlan | None:
        """The plan of that id, or nothing."""
        with self._database.reading() as session:
            row = session.get(PlanRow, plan_id)
            return _saved(session, row) if row else None

    def all(self) -> list[SavedPlan]:
        """Every plan, the newest first."""
        with self._database.reading() as session:
            rows = session.exec(select(PlanRow).order_by(col(PlanRow.number).desc()))
            return [_saved(session, row) for row in rows.all()]


def _newest(session: Session) -> PlanRow | None:
    query = select(PlanRow).order_by(col(PlanRow.number).desc()).limit(1)
    return session.exec(query).first()


def _saved(session: Session, row: PlanRow) -> SavedPlan:
    person = session.get(PersonRow, row.saved_by)
    return SavedPlan(
        row.id,
        row.number,
        read_plan(row.toml, f"Plan {row.number}"),
        row.toml,
        row.sha256,
        person.name if person else "",
        row.saved_at,
    )
