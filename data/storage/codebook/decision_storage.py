"""Storing what was decided on codes: numbered decisions, codes told apart."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from coding.codebook_changes.likeness import pair_key
from data.codebook_records import CodebookDecision
from data.rights import Right
from data.storage.codebook.code_rows import NOTHING_SAVED, known_row, read_rows
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.tables import CodebookDecisionRow, CodesToldApartRow, now


class DecisionStorage:
    """Keeps decisions for good: one that holds no longer is withdrawn with a reason."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def decide(
        self, actor_id: str, words: str, reason: str, code_ids: Sequence[str] = ()
    ) -> int:
        """The number of the decision as kept; refused where it says nothing."""
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            return decide_in(writing, words, reason, code_ids)

    def withdraw(self, actor_id: str, number: int, reason: str) -> None:
        """Say that a decision no longer holds, and why; it stays in the log."""
        if not reason.strip():
            refuse(
                "There is no reason.",
                f"D{number}",
                f"Write why it no longer holds. {NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            row = writing.session.get(CodebookDecisionRow, number)
            if row is None or row.withdrawn_at is not None:
                refuse(
                    "This decision is not in force.",
                    f"D{number}",
                    f"Open the decisions again. {NOTHING_SAVED}",
                )
            row.withdrawn_by, row.withdrawn_at = actor_id, now()
            row.withdrawn_reason = reason.strip()
            writing.record("decision withdrawn", "codebook decision", str(number))

    def decisions(self) -> list[CodebookDecision]:
        """Every decision, withdrawn ones too, by number."""
        query = select(CodebookDecisionRow).order_by(col(CodebookDecisionRow.number))
        with self._database.reading() as session:
            people = names_of_people(session)
            return [
                CodebookDecision(
                    row.number or 0,
                    row.words,
                    row.reason,
                    tuple(row.code_ids),
                    people.get(row.decided_by, ""),
                    row.decided_at,
                    people.get(row.withdrawn_by or "", ""),
                    row.withdrawn_at,
                    row.withdrawn_reason,
                )
                for row in session.scalars(query)
            ]

    def tell_apart(self, actor_id: str, one_id: str, other_id: str) -> None:
        """Remember that two codes differ though they look alike; once is enough."""
        first, second = pair_key(one_id, other_id)
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            known_row(rows, first)
            known_row(rows, second)
            said = select(CodesToldApartRow).where(
                col(CodesToldApartRow.first_id) == first,
                col(CodesToldApartRow.second_id) == second,
            )
            if writing.session.scalars(said).first() is None:
                writing.session.add(
                    CodesToldApartRow(
                        first_id=first, second_id=second, told_by=actor_id
                    )
                )
            writing.record("codes told apart", "code", first, other=second)

    def told_apart(self) -> set[tuple[str, str]]:
        """The pairs of codes that a person said differ, ids in order."""
        query = select(
            col(CodesToldApartRow.first_id), col(CodesToldApartRow.second_id)
        )
        with self._database.reading() as session:
            return {(first, second) for first, second in session.execute(query)}


def decide_in(
    writing: Writing, words: str, reason: str, code_ids: Sequence[str]
) -> int:
    """The number of a decision, kept inside a change that checked the right."""
    assert writing.actor is not None
    if not words.strip():
        refuse(
            "The decision has no words.",
            "Decision",
            f"Write what was decided. {NOTHING_SAVED}",
        )
    if not reason.strip():
        refuse(
            "The decision has no reason.",
            "Reason",
            f"Write why it was decided so. {NOTHING_SAVED}",
        )
    rows = read_rows(writing.session)
    ids = list(dict.fromkeys(code_ids))
    for code_id in ids:
        known_row(rows, code_id)
    row = CodebookDecisionRow(
        words=words.strip(),
        reason=reason.strip(),
        code_ids=ids,
        decided_by=writing.actor.id,
    )
    writing.session.add(row)
    writing.session.flush()
    writing.record(
        "codebook decided", "codebook decision", str(row.number), codes=len(ids)
    )
    return row.number or 0
