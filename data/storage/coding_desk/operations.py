"""Carrying operations out: one function a kind, each checks and then writes.

A step that is not accepted raises before it has written anything, so that the others
of its batch can be kept; only a change that can no longer be taken back is let go of.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from data.coding_records import CodingOperation, OperationKind
from data.problems import DataRefused
from data.storage.coding_desk.changes import keep_change, redo, undo
from data.storage.coding_desk.coding_steps import (
    code,
    make_code,
    move_edges,
    recode,
    uncode,
)
from data.storage.coding_desk.memo_steps import write_memo
from data.storage.coding_desk.step import Step
from data.storage.coding_desk.suggestion_steps import (
    accept,
    because,
    instead,
    reject,
    reopen,
)
from data.storage.database import Writing, insert_row, refuse
from data.tables import OperationRow, SourceRow

_STEPS: dict[OperationKind, Callable[[Step], None]] = {
    OperationKind.CODE: code,
    OperationKind.UNCODE: uncode,
    OperationKind.RECODE: recode,
    OperationKind.MOVE_EDGES: move_edges,
    OperationKind.MAKE_CODE: make_code,
    OperationKind.ACCEPT: accept,
    OperationKind.REJECT: reject,
    OperationKind.INSTEAD: instead,
    OperationKind.BECAUSE: because,
    OperationKind.REOPEN: reopen,
    OperationKind.MEMO: write_memo,
    OperationKind.UNDO: undo,
    OperationKind.REDO: redo,
}


def carry_out(step: Step) -> None:
    """Do what the operation asks, and keep how to take it back.

    Raises DataRefused, with nothing of it written, where the study does not accept it.
    """
    _STEPS[step.operation.kind](step)
    keep_change(step)


_COUNTED = (
    update(SourceRow)
    .where(col(SourceRow.id) == bindparam("source"))
    .values(revision=col(SourceRow.revision) + 1)
)


def answer(writing: Writing, source_id: str, operation: CodingOperation) -> str:
    """Carry out an operation new to the study; the words it was refused in, or ''.

    The answer is kept, to be given again when the operation comes again.
    """
    if writing.actor is None:
        raise AssertionError("coding without a coder")
    row = OperationRow(
        client=operation.client,
        sequence=operation.sequence,
        person_id=writing.actor.id,
    )
    try:
        carry_out(Step(writing, writing.actor, source_id, operation, row))
    except DataRefused as refusal:
        problem = refusal.problems[0]
        row.refused = f"{problem.found}\n{problem.do_next}"
    # Anything a step left to be written comes first: the next one asks the database.
    writing.session.flush()
    insert_row(
        writing.session,
        OperationRow,
        client=row.client,
        sequence=row.sequence,
        person_id=row.person_id,
        refused=row.refused,
        made_id=row.made_id,
        kept_id=row.kept_id,
        done_at=row.done_at,
    )
    return row.refused


def count_change(session: Session, source_id: str) -> None:
    """Count the change to the source, which also holds others' changes to it back."""
    changed = session.connection().execute(_COUNTED, {"source": source_id})
    if changed.rowcount != 1:
        refuse(
            "This source is not in the study.",
            "The transcript",
            "Open one from the Transcripts page. Nothing was saved.",
        )
