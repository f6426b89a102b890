"""Taking changes back and doing them again: per coder and source, over reloads.

Every operation that changed something leaves a change with the rows it touched, before
and after. Undoing puts the rows as they were, where they still are as that change left
them; what somebody else has done to them since is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from data.codebook_records import CodeAction
from data.coding_records import (
    CodingChange,
    CodingOperation,
    OperationKind,
    TouchedRow,
)
from data.storage.codebook import code_history
from data.storage.codebook.code_history import States
from data.storage.codebook.code_rows import read_rows, states_of
from data.storage.coders.coding_checks import require_sees_suggestions
from data.storage.coding_desk.snapshots import (
    Key,
    put_back,
    snapshot_of,
    stands_as,
)
from data.storage.coding_desk.step import Step, refuse_here
from data.tables import (
    CodedSegmentRow,
    CodeHistoryRow,
    CodeRow,
    CodingChangeRow,
    MemoRow,
    SuggestionRow,
    now,
)

Touched = tuple[Key, dict[str, Any] | None, dict[str, Any] | None]


def keep_change(step: Step) -> None:
    """Keep what the operation changed; where it changed nothing, nothing is kept.

    What was undone before and not done again can no longer be done again.
    """
    if not step.touched:
        return
    session = step.session
    rows = []
    for key, (row, before) in step.touched.items():
        after = None if row in session.deleted else snapshot_of(row)
        if before != after:
            rows.append([*key, before, after])
    if not rows:
        return
    mine = _mine(step)
    last = select(func.max(col(CodingChangeRow.number))).where(mine)
    latest_undone = select(func.max(col(CodingChangeRow.undone_at))).where(mine)
    number, undone = session.execute(
        select(last.scalar_subquery(), latest_undone.scalar_subquery())
    ).one()
    if undone is not None:
        session.execute(
            delete(CodingChangeRow)
            .where(mine, col(CodingChangeRow.undone_at).is_not(None))
            .execution_options(synchronize_session="fetch")
        )
    session.add(
        CodingChangeRow(
            id=f"{step.operation.client}:{step.operation.sequence}",
            source_id=step.source_id,
            person_id=step.actor.id,
            number=(number or 0) + 1,
            kind=step.operation.kind.value,
            rows=rows,
        )
    )


def undo(step: Step) -> None:
    """Put the rows as they were before the change; done already, it stays so."""
    change = _change(step)
    if change.undone_at is None:
        _swap(step, change, [(k, after, before) for k, before, after in _rows(change)])
        change.undone_at = now()
        _record(step, change, "change taken back")


def redo(step: Step) -> None:
    """Put the rows as the change left them; never undone, it stays so."""
    change = _change(step)
    if change.undone_at is not None:
        _swap(step, change, _rows(change))
        change.undone_at = None
        _record(step, change, "change done again")


def forget_changes(session: Session, source_id: str) -> None:
    """End what can be undone in a source: in another text, places mean other words."""
    session.execute(
        delete(CodingChangeRow)
        .where(col(CodingChangeRow.source_id) == source_id)
        .execution_options(synchronize_session=False)
    )


def changes_of(
    session: Session, person_id: str, source_id: str, most: int
) -> list[CodingChange]:
    """A coder's changes to a source, oldest first: the last done, and those undone.

    Of each at most ``most``.
    """
    query = select(CodingChangeRow).where(
        col(CodingChangeRow.source_id) == source_id,
        col(CodingChangeRow.person_id) == person_id,
    )
    undone_at, number = col(CodingChangeRow.undone_at), col(CodingChangeRow.number)
    done = query.where(undone_at.is_(None)).order_by(number.desc()).limit(most)
    undone = query.where(undone_at.is_not(None)).order_by(number).limit(most)
    rows = [*session.scalars(done), *session.scalars(undone)]
    return [
        CodingChange(
            row.id,
            row.number,
            row.kind,
            row.undone_at is not None,
            tuple(TouchedRow(*one) for one in row.rows),
        )
        for row in sorted(rows, key=lambda row: row.number)
    ]


def are_on_memos(
    session: Session,
    person_id: str,
    source_id: str,
    operations: Sequence[CodingOperation],
) -> bool:
    """Whether operations write memos, or take memos of the person's back, and no more.

    A change that the person has not made is none on memos.
    """
    memos = [one for one in operations if one.kind is OperationKind.MEMO]
    others = [one for one in operations if one.kind is not OperationKind.MEMO]
    if any(one.kind not in (OperationKind.UNDO, OperationKind.REDO) for one in others):
        return False
    known = {f"{one.client}:{one.sequence}" for one in memos}
    asked = {one.change_id for one in others} - known
    query = select(col(CodingChangeRow.id)).where(
        col(CodingChangeRow.source_id) == source_id,
        col(CodingChangeRow.person_id) == person_id,
        col(CodingChangeRow.kind) == OperationKind.MEMO.value,
        col(CodingChangeRow.id).in_(asked),
    )
    return asked <= set(session.scalars(query)) if asked else True


def _mine(step: Step) -> ColumnElement[bool]:
    return (col(CodingChangeRow.source_id) == step.source_id) & (
        col(CodingChangeRow.person_id) == step.actor.id
    )


def _change(step: Step) -> CodingChangeRow:
    row = step.session.scalars(
        select(CodingChangeRow).where(
            _mine(step), col(CodingChangeRow.id) == step.operation.change_id
        )
    ).first()
    if row is None:
        refuse_here(
            "That change is no longer there to take back or do again.",
            "Make the change by hand.",
        )
    return row


def _rows(change: CodingChangeRow) -> list[Touched]:
    return [((table, one), before, after) for table, one, before, after in change.rows]


def _swap(step: Step, change: CodingChangeRow, rows: Iterable[Touched]) -> None:
    """Bring each row from its first state to its second, or refuse and change none.

    A change that cannot be swapped would stand in the way of those before it, so it is
    let go of.
    """
    rows = list(rows)
    session = step.session
    if any(key[0] == "suggestion" for key, _, _ in rows):
        require_sees_suggestions(session, step.actor, step.source_id)
    why = _why_not(step, rows)
    if not why:
        try:
            with session.begin_nested():
                codes = [key[1] for key, _, _ in rows if key[0] == "code"]
                before = states_of(read_rows(session)) if codes else {}
                for key, _, wanted in rows:
                    put_back(session, key, wanted)
                for code_id in codes:
                    _tell_history(step, code_id, before)
        except IntegrityError:
            # What the change hangs on (a code, mostly) went; or something hangs on it.
            session.expire_all()
            why = "Something it depends on has changed since, so it stays as it is."
    if why:
        session.delete(change)
        refuse_here(why, "Look at the passage, and change it by hand if you need to.")


def _tell_history(step: Step, code_id: str, before: States) -> None:
    """Tell the codebook's history of a code taken out again, or put back."""
    if code_id not in before:
        code_history.keep_change(
            step.writing, CodeAction.ADDED, before, about=[code_id]
        )
        return
    added = next(
        (
            row
            for row in step.session.scalars(
                select(CodeHistoryRow)
                .where(
                    col(CodeHistoryRow.action) == CodeAction.ADDED.value,
                    col(CodeHistoryRow.undone_at).is_(None),
                )
                .order_by(col(CodeHistoryRow.number).desc())
            )
            if row.code_ids[:1] == [code_id]
        ),
        None,
    )
    number = added.number if added else None
    if added:
        added.undone_by, added.undone_at = step.actor.id, now()
    code_history.keep_change(
        step.writing, CodeAction.UNDONE, before, about=[code_id], undoes=number
    )


def _why_not(step: Step, rows: Iterable[Touched]) -> str:
    for key, there, wanted in rows:
        if not stands_as(step.session, key, there):
            return {
                "suggestion": "The suggestion has been decided or made again since, "
                "so this cannot be taken back or done again.",
                "code": "The code has been worked on since, so it stays as it is.",
                "memo": "The memo has been changed since, so it stays as it is.",
            }.get(key[0], "The passage has changed since, so it stays as it is.")
        if key[0] == "code" and wanted is None and _is_used(step, key[1]):
            return (
                f"The code {(there or {}).get('name', '')!r} is in use by now, so it "
                "stays in the codebook."
            )
        if key[0] == "code" and wanted and _is_taken(step, wanted["name"]):
            return f"There is a code called {wanted['name']!r} by now."
        if key[0] == "coded_segment" and wanted and _is_twin(step, key[1], wanted):
            return "These words carry that code by now, so nothing was changed."
    return ""


def _is_used(step: Step, code_id: str) -> bool:
    uses = (
        select(col(CodedSegmentRow.id)).where(col(CodedSegmentRow.code_id) == code_id),
        select(col(SuggestionRow.id)).where(col(SuggestionRow.code_id) == code_id),
        select(col(CodeRow.id)).where(col(CodeRow.parent_id) == code_id),
        select(col(MemoRow.id)).where(
            col(MemoRow.about_id) == code_id, col(MemoRow.is_deleted).is_(False)
        ),
    )
    return any(step.session.scalars(one.limit(1)).first() for one in uses)


def _is_taken(step: Step, name: str) -> bool:
    names = step.session.scalars(select(col(CodeRow.name)))
    return any(one.casefold() == name.casefold() for one in names)


def _is_twin(step: Step, segment_id: str, wanted: dict[str, Any]) -> bool:
    """Whether the coder has marked the same words with the same code otherwise."""
    query = select(col(CodedSegmentRow.id)).where(
        col(CodedSegmentRow.source_id) == step.source_id,
        col(CodedSegmentRow.coder_id) == step.actor.id,
        col(CodedSegmentRow.layer) == wanted["layer"],
        col(CodedSegmentRow.code_id) == wanted["code_id"],
        col(CodedSegmentRow.start) == wanted["start"],
        col(CodedSegmentRow.end) == wanted["end"],
        col(CodedSegmentRow.id) != segment_id,
    )
    return step.session.scalars(query.limit(1)).first() is not None


def _record(step: Step, change: CodingChangeRow, action: str) -> None:
    table, about_id = change.rows[0][:2]
    step.record(action, table.replace("_", " "), about_id, change=change.id)
