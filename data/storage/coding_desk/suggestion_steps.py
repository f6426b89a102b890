"""Deciding on suggestions: accepted, rejected, given another code, or opened again.

A decision keeps what was made of the suggestion and how its person saw it, so that how
often the machine was right can be told later, whatever becomes of the coding.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from coding.suggestions.suggestion import Strength
from data.coding_records import RejectedBecause, Shown
from data.storage.coders.coding_checks import require_sees_suggestions
from data.storage.coding_desk.marking import mark, require_free_id, take_away
from data.storage.coding_desk.snapshots import key_of, snapshot_of
from data.storage.coding_desk.step import (
    Step,
    code_in_use,
    name_of,
    refuse_here,
    require_words,
)
from data.tables import CodedSegmentRow, SuggestionRow, now

_DECIDED = {
    "accepted": "accepted",
    "rejected": "rejected",
    "replaced": "coded as something else",
}


def accept(step: Step) -> None:
    """Make the suggestion the person's own coding, on its words or those they chose."""
    suggestion = _suggestion(step)
    code = code_in_use(step, suggestion.code_id)
    start, end = _edges(step, suggestion)
    require_free_id(step, start, end, code.id)
    _decide(step, suggestion, "accepted", (start, end, code.id))
    mark(step, code.id, start, end, suggestion.id)


def reject(step: Step) -> None:
    """Close the suggestion without a coding."""
    _decide(step, _suggestion(step), "rejected")


def because(step: Step) -> None:
    """Keep why the person rejected a suggestion: a set reason, words, or both."""
    suggestion = _suggestion(step)
    if suggestion.status != "rejected" or suggestion.decided_by != step.actor.id:
        refuse_here(
            "The reason was not kept: you have not rejected this suggestion.",
            "Reject it first.",
        )
    reason = step.operation.reason
    if reason and reason not in set(RejectedBecause):
        refuse_here("This reason is not on the list.", "Choose one that is.")
    words = step.operation.text.strip()
    if (reason, words) == (suggestion.because, suggestion.because_words):
        return
    step.will_change(suggestion)
    suggestion.because, suggestion.because_words = reason, words
    suggestion.version += 1
    step.record("reason for rejecting", "suggestion", suggestion.id, reason=reason)


def instead(step: Step) -> None:
    """Give the words of the suggestion, or those chosen, another code."""
    suggestion = _suggestion(step)
    code = code_in_use(step, step.operation.code_id)
    start, end = _edges(step, suggestion)
    require_free_id(step, start, end, code.id)
    status = "accepted" if code.id == suggestion.code_id else "replaced"
    _decide(step, suggestion, status, (start, end, code.id))
    mark(step, code.id, start, end, suggestion.id)


def _edges(step: Step, suggestion: SuggestionRow) -> tuple[int, int]:
    """The words to code: the suggestion's own, unless its person moved the edges."""
    start, end = step.operation.start, step.operation.end
    if (start, end) == (0, 0):
        return suggestion.start, suggestion.end
    require_words(step, start, end)
    return start, end


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
    suggestion.decided_start = suggestion.decided_end = None
    suggestion.decided_code_id = suggestion.shown = ""
    suggestion.because = suggestion.because_words = ""
    suggestion.version += 1
    step.record("suggestion reopened", "suggestion", suggestion.id)


def _decide(
    step: Step,
    suggestion: SuggestionRow,
    status: str,
    coded: tuple[int | None, int | None, str] = (None, None, ""),
) -> None:
    """Decide, unless someone was quicker: of two people exactly one decides."""
    as_it_was = snapshot_of(suggestion)
    folded = suggestion.strength == Strength.GUESS.value
    shown = Shown.AMONG_GUESSES if folded else Shown.IN_TEXT
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
            decided_start=coded[0],
            decided_end=coded[1],
            decided_code_id=coded[2],
            shown=step.operation.shown or shown.value,
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
