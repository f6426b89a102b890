"""Marking a passage with a code, once for each coder, and taking it away again."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, literal, select, union_all
from sqlmodel import col

from data.storage.coders.blind_passes import CODERS
from data.storage.coding_desk.step import (
    Step,
    name_of,
    refuse_here,
    refuse_unknown,
)
from data.tables import CodedSegmentRow

_IS_TWIN = and_(
    col(CodedSegmentRow.source_id) == bindparam("source"),
    col(CodedSegmentRow.code_id) == bindparam("code"),
    col(CodedSegmentRow.start) == bindparam("start"),
    col(CodedSegmentRow.end) == bindparam("end"),
    col(CodedSegmentRow.coder_id) == bindparam("coder"),
    col(CodedSegmentRow.layer) == CODERS,
)
_TWIN = select(col(CodedSegmentRow.id)).where(_IS_TWIN)
# Two look-ups by index; one with "or" would read every coding of the source.
_TWIN_OR_TAKEN = union_all(
    select(literal(True)).select_from(CodedSegmentRow).where(_IS_TWIN),
    select(literal(False))
    .select_from(CodedSegmentRow)
    .where(col(CodedSegmentRow.id) == bindparam("segment")),
)


def mark(
    step: Step, code_id: str, start: int, end: int, suggestion_id: str | None = None
) -> None:
    """Keep the passage under the code, once for each coder."""
    segment_id = step.operation.segment_id
    asked = {**_passage(step, code_id, start, end), "segment": segment_id}
    there = step.session.connection().execute(_TWIN_OR_TAKEN, asked).all()
    if any(is_twin for (is_twin,) in there):
        return
    if there:
        refuse_unknown()
    step.insert(
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
    asked = _passage(step, code_id, start, end)
    return step.session.connection().execute(_TWIN, asked).first() is not None


def _passage(step: Step, code_id: str, start: int, end: int) -> dict[str, str | int]:
    place: dict[str, str | int] = {"start": start, "end": end, "code": code_id}
    return {**place, "source": step.source_id, "coder": step.actor.id}


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
