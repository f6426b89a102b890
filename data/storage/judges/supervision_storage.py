"""Storing the supervision of judgements: comments, questions, answers, sign-offs.

Steps are only ever added. A judgement that was taken back keeps its steps; the one
given anew begins without any.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from coding.study import Person
from data.judging import SupervisedJudgement, SupervisionNote, SupervisionStep
from data.rights import Right, may
from data.storage.cases.judgement_rows import saved_judgements
from data.storage.database import StudyDatabase, refuse, require_person
from data.storage.judges.queue_reading import hidden_from
from data.tables import CaseRow, JudgementRow, PersonRow, SupervisionRow


class SupervisionStorage:
    """Reads and saves the supervision of judgements."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def queue(self, actor_id: str) -> list[SupervisedJudgement]:
        """The judgements a supervisor may read, in the order of the cases.

        Taken back ones are left out, and those of cases the person may still have to
        judge blind. Empty for anyone who does not supervise.
        """
        with self._database.reading() as session:
            person = require_person(session, actor_id)
            if not may(person.role, Right.SUPERVISE_JUDGEMENTS):
                return []
            rows = session.exec(
                select(JudgementRow)
                .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
                .where(col(JudgementRow.judge_number).is_not(None))
                .order_by(col(CaseRow.position), col(JudgementRow.judge_number))
            ).all()
            hidden = hidden_from(session, person)
            return _supervised(
                session, [row for row in rows if row.contemporary_id not in hidden]
            )

    def of_own(self, actor_id: str, judgement_id: str) -> tuple[SupervisionNote, ...]:
        """The steps on a judgement, for those who made it; for others none."""
        with self._database.reading() as session:
            row = session.get(JudgementRow, judgement_id)
            if row is None or actor_id not in (row.judge_id, row.agreed_with_id):
                return ()
            return _supervised(session, [row])[0].notes

    def add(
        self, actor_id: str, judgement_id: str, step: SupervisionStep, words: str = ""
    ) -> None:
        """Add a step: by a supervisor, or the answer of whoever made the judgement.

        Words are needed for all but a sign-off. Raises DataRefused without them, for a
        judgement that was taken back, for one's own judgement (somebody else supervises
        it), and for an answer of anyone else.
        """
        is_answer = step is SupervisionStep.ANSWER
        right = Right.JUDGE_PAIRS if is_answer else Right.SUPERVISE_JUDGEMENTS
        with self._database.writing(actor_id, right) as writing:
            session = writing.session
            row = session.get(JudgementRow, judgement_id)
            if row is None or row.judge_number is None:
                refuse(
                    "This judgement does not stand any longer.",
                    "Supervise",
                    "Open the page again. Nothing was saved.",
                )
            assert writing.actor is not None, "a right was checked for a person"
            _require_part(session, writing.actor, row, is_answer=is_answer)
            if not words.strip() and step is not SupervisionStep.SIGNED_OFF:
                refuse(
                    "Nothing was written.",
                    "Your answer" if is_answer else "Comment",
                    "Write a few words; they stay with the judgement. "
                    "Nothing was saved.",
                )
            last = session.exec(
                select(func.max(SupervisionRow.position)).where(
                    SupervisionRow.judgement_id == judgement_id
                )
            ).one()
            session.add(
                SupervisionRow(
                    judgement_id=judgement_id,
                    position=(last or 0) + 1,
                    step=step.value,
                    words=words.strip(),
                    person_id=actor_id,
                )
            )
            writing.record(
                "judgement supervised", "judgement", judgement_id, step=step.value
            )


def _require_part(
    session: Session, actor: Person, row: JudgementRow, *, is_answer: bool
) -> None:
    is_own = actor.id in (row.judge_id, row.agreed_with_id)
    if is_answer and not is_own:
        refuse(
            "Only whoever made the judgement answers.",
            "Your answer",
            "Write a comment instead, if you supervise. Nothing was saved.",
        )
    if not is_answer and is_own:
        refuse(
            "This is a judgement of your own, and somebody else supervises it.",
            "Supervise",
            "Ask another supervisor. Nothing was saved.",
        )
    if not is_answer and row.contemporary_id in hidden_from(session, actor):
        refuse(
            "You may still have to judge this case without knowing of this judgement.",
            "Supervise",
            "Leave it to another supervisor. Nothing was saved.",
        )


def _supervised(
    session: Session, rows: Sequence[JudgementRow]
) -> list[SupervisedJudgement]:
    notes: dict[str, list[SupervisionNote]] = {}
    for row, name in session.exec(
        select(SupervisionRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(SupervisionRow.person_id))
        .where(col(SupervisionRow.judgement_id).in_([one.id for one in rows]))
        .order_by(col(SupervisionRow.position))
    ):
        notes.setdefault(row.judgement_id, []).append(
            SupervisionNote(
                SupervisionStep(row.step), row.words, name, row.person_id, row.at
            )
        )
    return [
        SupervisedJudgement(saved, tuple(notes.get(saved.id, ())))
        for saved in saved_judgements(session, rows)
    ]
