"""Deciding on suggestions: accepted, rejected, given another code, or opened again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from data.storage.coders.coding_checks import require_sees_suggestions
from data.storage.coding_desk.marking import mark, require_free_id, take_away
from data.storage.coding_desk.snapshots import key_of, snapshot_of
from data.storage.coding_desk.step import Step, code_in_use, name_of, refuse_here
from data.tables import CodedSegmentRow, SuggestionRow, now

_DECIDED = {
    "accepted": "accepted",
    "rejected": "rejected",
    "replaced": "coded as something else",
}


def accept(step: Step) -> None:
    """Make the suggestion the person's own coding."""
    suggestion = _suggestion(step)
    code = code_in_use(step, suggestion.code_id)
    require_free_id(step, suggestion.start, suggestion.end, code.id)
    _decide(step, suggestion, "accepted")
    mark(step, code.id, suggestion.start, suggestion.end, suggestion.id)


def reject(step: Step) -> None:
    """Close the suggestion without a coding."""
    _decide(step, _suggestion(step), "rejected")


def instead(step: Step) -> None:
    """Give the words of the suggestion another code."""
    suggestion = _suggestion(step)
    code = code_in_use(step, step.operation.code_id)
    require_free_id(step, suggestion.start, suggestion.end, code.id)
    if code.id == suggestion.code_id:
        _decide(step, suggestion, "accepted")
    else:
        _decide(step, suggestion, "replaced")
    mark(step, code.id, suggestion.start, suggestion.end, suggestion.id)


def reopen(step: Step) -> None:
    """Let a suggestion this person decided wait again; its coding goes."""
    suggestion = _suggestion(step)
    if suggestion.status == "open":
        return
    if suggestion.decided_by != step.actor.id:
        refuse_here(
            f"{name_of(step, suggestion.decided_by)} decided on this suggestion, and "
            "only they can take it back.",
            "Talk to them, or code the passage yourself.",
        )
    marked = step.session.scalars(
        select(CodedSegmentRow).where(
            col(CodedSegmentRow.suggestion_id) == suggestion.id,
            col(CodedSegmentRow.coder_id) == step.actor.id,
        )
    ).all()
    for row in marked:
        take_away(step, row)
    step.will_change(suggestion)
    suggestion.status = "open"
    suggestion.decided_by = suggestion.decided_at = None
    suggestion.version += 1
    step.record("suggestion reopened", "suggestion", suggestion.id)


def _decide(step: Step, suggestion: SuggestionRow, status: str) -> None:
    """Decide, unless someone was quicker: of two people exactly one decides."""
    as_it_was = snapshot_of(suggestion)
    done: Any = step.session.execute(
        update(SuggestionRow)
        .where(
            col(SuggestionRow.id) == suggestion.id,
            col(SuggestionRow.status) == "open",
        )
        .values(
            status=status,
            decided_by=step.actor.id,
            decided_at=now(),
            version=col(SuggestionRow.version) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    step.session.refresh(suggestion)
    if done.rowcount == 1:
        step.touched[key_of(suggestion)] = suggestion, as_it_was
        step.record(
            f"suggestion {status}",
            "suggestion",
            suggestion.id,
            code=suggestion.code_id,
        )
        return
    if suggestion.decided_by == step.actor.id and suggestion.status == status:
        return  # The same decision from another tab of theirs.
    by = (
        "you"
        if suggestion.decided_by == step.actor.id
        else name_of(step, suggestion.decided_by)
    )
    refuse_here(
        f"Already decided by {by}: {_DECIDED.get(suggestion.status, 'closed')}.",
        "Code the passage yourself if you see it differently.",
    )


def _suggestion(step: Step) -> SuggestionRow:
    require_sees_suggestions(step.session, step.actor, step.source_id)
    row = step.session.get(SuggestionRow, step.operation.suggestion_id)
    if row is None or row.source_id != step.source_id:
        refuse_here(
            "This suggestion is no longer there: suggestions were made again.",
            "Go on with those shown now.",
        )
    return row
