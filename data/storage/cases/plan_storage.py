"""Storing plans: each change is a new numbered plan, none is overwritten.

Once later events and outcomes of any case were read, in a pair or alone to compare it
with itself, a plan is not changed silently: whoever changes it may know what becomes of
cases it could pair. The change needs a reason, and the plan says for good that it came
after.
"""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from data.importers.cases.plan_file import read_plan, write_plan
from data.pairings import OutcomesRead, SavedPlan
from data.rights import Right
from data.storage.database import StudyDatabase, refuse
from data.tables import CaseReadAloneRow, JudgementRow, PersonRow, PlanRow
from matching.plan import MatchPlan, plan_hash


class PlanStorage:
    """Reads and saves plans."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, plan: MatchPlan, *, reason: str = "") -> SavedPlan:
        """The plan under its number: a new one, or the newest where it is equal.

        Raises DataRefused where outcomes of any case were read, the plan is another
        than the newest, and no reason is given.
        """
        with self._database.writing(actor_id, Right.SET_PLAN) as writing:
            newest = _newest(writing.session)
            sha256 = plan_hash(plan)
            if newest is not None and newest.sha256 == sha256:
                row = newest
                writing.record("plan saved unchanged", "plan", row.id)
            else:
                read = _outcomes_read(writing.session)
                if read and not reason.strip():
                    _refuse_without_reason(read)
                row = PlanRow(
                    number=newest.number + 1 if newest else 1,
                    toml=write_plan(plan),
                    sha256=sha256,
                    saved_by=actor_id,
                    reason=reason.strip(),
                    pairs_opened=read.pairs,
                    cases_read_alone=read.cases_alone,
                )
                writing.session.add(row)
                writing.session.flush()
                writing.record(
                    "plan saved",
                    "plan",
                    row.id,
                    number=row.number,
                    sha256=sha256,
                    pairs_opened=read.pairs,
                    cases_read_alone=read.cases_alone,
                )
            return _saved(writing.session, row)

    def outcomes_read(self) -> OutcomesRead:
        """Of how many pairs and cases later events and outcomes were read by now."""
        with self._database.reading() as session:
            return _outcomes_read(session)

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


def _outcomes_read(session: Session) -> OutcomesRead:
    opened = col(JudgementRow.opened_at).is_not(None)
    pairs = session.exec(
        select(func.count(func.distinct(col(JudgementRow.contemporary_id)))).where(
            opened
        )
    ).one()
    in_pairs: set[str | None] = set()
    for both in session.exec(
        select(JudgementRow.contemporary_id, JudgementRow.historic_id).where(opened)
    ):
        in_pairs.update(both)
    alone = set(session.exec(select(CaseReadAloneRow.case_id))) - in_pairs
    return OutcomesRead(pairs, len(alone))


def _refuse_without_reason(read: OutcomesRead) -> None:
    refuse(
        f"What came later has been read for {read.in_words}, so the plan cannot be "
        "changed without saying why.",
        "What to match, why the plan is changed",
        "Write the reason; the account prints it. Nothing was saved.",
    )


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
        row.reason,
        OutcomesRead(row.pairs_opened, row.cases_read_alone),
    )
