"""Marking a passage with a code, once for each coder, and taking it away again."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from data.storage.coders.blind_passes import CODERS
from data.storage.coding_desk.step import (
    Step,
    name_of,
    refuse_here,
    refuse_unknown,
)
from data.tables import CodedSegmentRow


def mark(
    step: Step, code_id: str, start: int, end: int, suggestion_id: str | None = None
) -> None:
    """Keep the passage under the code, once for each coder."""
    require_free_id(step, start, end, code_id)
    if is_marked(step, code_id, start, end):
        return
    segment_id = step.operation.segment_id
    step.add(
        CodedSegmentRow(
            id=segment_id,
            source_id=step.source_id,
            code_id=code_id,
            start=start,
            end=end,
            coder_id=step.actor.id,
            suggestion_id=suggestion_id,
        )
    )
    step.record(
        "passage coded", "coded segment", segment_id, code=code_id, start=start, end=end
    )


def is_marked(step: Step, code_id: str, start: int, end: int) -> bool:
    """Whether this coder has this passage under this code already."""
    twin = select(col(CodedSegmentRow.id)).where(
        col(CodedSegmentRow.source_id) == step.source_id,
        col(CodedSegmentRow.code_id) == code_id,
        col(CodedSegmentRow.start) == start,
        col(CodedSegmentRow.end) == end,
        col(CodedSegmentRow.coder_id) == step.actor.id,
        col(CodedSegmentRow.layer) == CODERS,
    )
    return step.session.scalars(twin).first() is not None


def require_free_id(step: Step, start: int, end: int, code_id: str) -> None:
    """Refuse a passage that would be kept under an id that another one has.

    Asked before anything is decided: a suggestion is not accepted without its coding.
    """
    if step.session.get(CodedSegmentRow, step.operation.segment_id) and not is_marked(
        step, code_id, start, end
    ):
        refuse_unknown()


def own_segment(step: Step, what: str) -> CodedSegmentRow | None:
    """The coded segment the operation names; nothing where it is gone.

    Refused where another coder marked it: ``what`` says what only they can do.
    """
    row = step.session.get(CodedSegmentRow, step.operation.segment_id)
    if row is None or row.source_id != step.source_id:
        return None
    if row.coder_id != step.actor.id:
        refuse_here(
            f"{name_of(step, row.coder_id)} coded this passage, and only they can "
            f"{what}.",
            "Write a memo on it, or talk to them.",
        )
    if row.layer != CODERS:
        refuse_here(
            "This passage was settled together by its coders.",
            "Change it where they settled it.",
        )
    return row


def take_away(step: Step, row: CodedSegmentRow) -> None:
    """Take the code off the passage."""
    step.will_change(row)
    step.record(
        "code taken away",
        "coded segment",
        row.id,
        code=row.code_id,
        start=row.start,
        end=row.end,
    )
    step.session.delete(row)
