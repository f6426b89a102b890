"""Storing declared interests: "my team or I worked this case".

Who declared one is not offered the case. A declaration can be withdrawn with a reason;
it then stays on record.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.judging import DeclaredInterest
from data.rights import Right
from data.storage.database import StudyDatabase, refuse
from data.tables import CaseRow, InterestRow, JudgementRow, PersonRow, now


class InterestStorage:
    """Reads and saves declared interests."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def declare(self, actor_id: str, case_id: str) -> None:
        """Keep that the person's team or they themselves worked a case, of either era.

        Raises DataRefused where it was declared already, and where a judgement of the
        person's rests on the case: that one must be taken back first.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            session = writing.session
            case = session.get(CaseRow, case_id)
            if case is None:
                refuse(
                    "This case is not in the study.",
                    "Judge pairs",
                    "Open the page again. Nothing was saved.",
                )
            if case_id in declared_by(session, actor_id):
                refuse(
                    "You have declared this already.",
                    f"Case {case.reference}",
                    "Nothing more is needed. Nothing was saved.",
                )
            resting = session.exec(
                select(JudgementRow.id).where(
                    col(JudgementRow.judge_number).is_not(None),
                    (col(JudgementRow.judge_id) == actor_id)
                    | (col(JudgementRow.agreed_with_id) == actor_id),
                    (col(JudgementRow.contemporary_id) == case_id)
                    | (col(JudgementRow.historic_id) == case_id),
                )
            ).first()
            if resting is not None:
                refuse(
                    "A judgement of yours rests on this case.",
                    f"Case {case.reference}",
                    "Take the judgement back first; where that is no longer possible, "
                    "tell a supervisor. Nothing was saved.",
                )
            row = InterestRow(person_id=actor_id, case_id=case_id)
            session.add(row)
            session.flush()
            writing.record("interest declared", "case_interest", row.id, case=case_id)

    def withdraw(self, actor_id: str, case_id: str, reason: str) -> None:
        """Let the person be offered the case again; the declaration stays on record.

        Raises DataRefused without a reason and where nothing was declared.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            row = writing.session.exec(
                select(InterestRow).where(
                    InterestRow.person_id == actor_id,
                    InterestRow.case_id == case_id,
                    col(InterestRow.withdrawn_at).is_(None),
                )
            ).first()
            if row is None:
                refuse(
                    "You have not declared that your team or you worked this case.",
                    "Judge pairs",
                    "Open the case again. Nothing was saved.",
                )
            if not reason.strip():
                refuse(
                    "It is not said why the declaration is withdrawn.",
                    "Why withdraw it?",
                    "Write a few words; they stay with the record. Nothing was saved.",
                )
            row.withdrawn_at = now()
            row.withdrawn_reason = reason.strip()
            writing.record(
                "interest withdrawn", "case_interest", row.id, case=row.case_id
            )

    def everyone(self) -> list[DeclaredInterest]:
        """Every declaration, withdrawn ones among them, the oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(InterestRow, PersonRow.name, CaseRow.reference)
                .join(PersonRow, col(PersonRow.id) == col(InterestRow.person_id))
                .join(CaseRow, col(CaseRow.id) == col(InterestRow.case_id))
                .order_by(col(InterestRow.declared_at), col(CaseRow.position))
            )
            return [
                DeclaredInterest(
                    row.id,
                    row.person_id,
                    name,
                    row.case_id,
                    reference,
                    row.declared_at,
                    row.withdrawn_at,
                    row.withdrawn_reason,
                )
                for row, name, reference in rows
            ]


def declared_by(session: Session, person_id: str) -> set[str]:
    """The cases, by id, of which the person says that their team or they worked it."""
    return set(
        session.exec(
            select(InterestRow.case_id).where(
                InterestRow.person_id == person_id,
                col(InterestRow.withdrawn_at).is_(None),
            )
        )
    )
