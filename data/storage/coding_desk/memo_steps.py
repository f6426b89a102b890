"""Writing a memo on words while reading: new, changed, or taken out when emptied."""

from __future__ import annotations

from data.rights import Right, may
from data.storage.coding_desk.step import (
    Step,
    refuse_here,
    refuse_unknown,
    require_words,
)
from data.storage.memos.memo_records import MemoKind
from data.storage.memos.memo_rows import keep_words
from data.tables import CodedSegmentRow, MemoRow, now


def write_memo(step: Step) -> None:
    """Keep the person's memo on a coded segment or a passage as it now reads."""
    asked = step.operation
    if not may(step.actor.role, Right.WRITE_MEMOS):
        refuse_here(
            f"The role {step.actor.role.in_words.lower()} cannot "
            f"{Right.WRITE_MEMOS.value}.",
            "Ask the study lead.",
        )
    row = step.session.get(MemoRow, asked.memo_id)
    if row is not None and row.author_id != step.actor.id:
        refuse_here(
            "Only its author can change a memo.", "Write one of your own beside it."
        )
    if row is not None and row.source_id != step.source_id:
        refuse_unknown()
    text = asked.text.strip()
    if row is None and text:
        row = _new(step, text)
        step.add(row)
        step.record("memo written", row.about_kind, row.about_id, memo=row.id)
    elif row is not None and row.is_deleted:
        if text:
            step.will_change(row)
            row.text, row.is_deleted = text, False
            row.version += 1
            step.record("memo written", row.about_kind, row.about_id, memo=row.id)
    elif row is not None and not text:
        step.will_change(row)
        keep_words(step.session, row)
        row.is_deleted = True
        row.version += 1
        step.record("memo taken out", row.about_kind, row.about_id, memo=row.id)
    elif row is not None and row.text != text:
        step.will_change(row)
        keep_words(step.session, row)
        row.text, row.changed_at = text, now()
        row.version += 1
        step.record("memo changed", row.about_kind, row.about_id, memo=row.id)


def _new(step: Step, text: str) -> MemoRow:
    asked = step.operation
    segment = step.session.get(CodedSegmentRow, asked.segment_id or "")
    if segment is not None and segment.source_id == step.source_id:
        kind, about_id = MemoKind.CODED_SEGMENT.value, segment.id
    else:
        # Also where the code was taken away meanwhile: the thought is on the words.
        kind, about_id = MemoKind.PASSAGE.value, step.source_id
        require_words(step, asked.start, asked.end)
    return MemoRow(
        id=asked.memo_id,
        about_kind=kind,
        about_id=about_id,
        text=text,
        author_id=step.actor.id,
        source_id=step.source_id,
        start=asked.start if segment is None else segment.start,
        end=asked.end if segment is None else segment.end,
    )
