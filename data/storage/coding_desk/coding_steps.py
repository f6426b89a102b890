"""What each kind of operation changes: one function a kind, each checks then writes.

A step that is not accepted raises before it has written anything, so that the others
of its batch can be kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from coding.palette import next_colour
from coding.study import Person
from data.codebook_records import CodeAction
from data.coding_records import CodingOperation, OperationKind
from data.problems import DataProblem, DataRefused
from data.rights import Right, may
from data.storage.codebook.code_history import keep_change, merged_into
from data.storage.codebook.code_rows import states_of
from data.storage.coders.blind_passes import CODERS
from data.storage.coders.coding_checks import require_sees_suggestions
from data.storage.database import Writing
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    OperationRow,
    PersonRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
    now,
)

_DECIDED = {
    "accepted": "accepted",
    "rejected": "rejected",
    "replaced": "coded as something else",
}


@dataclass(frozen=True)
class Step:
    """One operation about to be carried out in one source by one person."""

    writing: Writing
    actor: Person
    source_id: str
    operation: CodingOperation
    answer: OperationRow

    @property
    def session(self) -> Session:
        """The session of the transaction under way."""
        return self.writing.session

    def record(self, action: str, kind: str, about_id: str, **detail: Any) -> None:
        """Leave an audit line about something in this source."""
        self.writing.record(action, kind, about_id, source=self.source_id, **detail)


def carry_out(step: Step) -> None:
    """Do what the operation asks.

    Raises DataRefused, with nothing of it written, where the study does not accept it.
    """
    _STEPS[step.operation.kind](step)


def _code(step: Step) -> None:
    asked = step.operation
    code = _code_in_use(step, asked.code_id)
    _require_words(step, asked.start, asked.end)
    _mark(step, code, asked.start, asked.end)


def _uncode(step: Step) -> None:
    row = step.session.get(CodedSegmentRow, step.operation.segment_id)
    if row is None or row.source_id != step.source_id or row.layer != CODERS:
        return  # Already gone, which is what was asked for.
    if row.coder_id != step.actor.id:
        _refuse(
            f"{_name(step, row.coder_id)} coded this passage, and only they can take "
            "the code away.",
            "Write a memo on it, or talk to them.",
        )
    if row.suggestion_id:
        # A code taken away again was, in the end, not agreed to.
        step.session.execute(
            update(SuggestionRow)
            .where(
                col(SuggestionRow.id) == row.suggestion_id,
                col(SuggestionRow.status) == "accepted",
                col(SuggestionRow.decided_by) == step.actor.id,
            )
            .values(
                status="rejected",
                decided_at=now(),
                version=col(SuggestionRow.version) + 1,
            )
            .execution_options(synchronize_session=False)
        )
    _take_away(step, row)


def _make_code(step: Step) -> None:
    if not may(step.actor.role, Right.EDIT_CODEBOOK):
        _refuse(
            f"The role {step.actor.role.in_words.lower()} cannot "
            f"{Right.EDIT_CODEBOOK.value}.",
            "Use a code that is there, or ask an embedded researcher to add one.",
        )
    asked = step.operation
    name = " ".join(asked.code_name.split())
    if not name:
        _refuse("A code needs a name.", "Type one and press Enter.")
    rows = step.session.scalars(select(CodeRow)).all()
    twin = next((row for row in rows if row.name.casefold() == name.casefold()), None)
    if twin is not None and twin.is_retired:
        _refuse(
            f"A retired code is called {twin.name!r}.",
            "Bring it back on the Codebook page, or choose another name.",
        )
    if twin is not None:
        # Two people made it at once: what was coded with the second goes to the first.
        step.answer.made_id, step.answer.kept_id = asked.code_id, twin.id
        return
    before = states_of(rows)
    row = CodeRow(
        id=asked.code_id,
        name=name,
        colour=next_colour(row.colour for row in rows if row.parent_id is None),
        position=max((row.position for row in rows), default=-1) + 1,
        created_by=step.actor.id,
    )
    if step.session.get(CodeRow, row.id):
        _refuse_unknown()
    step.session.add(row)
    step.record("code added", "code", row.id)
    keep_change(step.writing, CodeAction.ADDED, before, about=[row.id])


def _accept(step: Step) -> None:
    suggestion = _suggestion(step)
    code = _code_in_use(step, suggestion.code_id)
    _require_free_id(step, suggestion.start, suggestion.end, code)
    _decide(step, suggestion, "accepted")
    _mark(step, code, suggestion.start, suggestion.end, suggestion.id)


def _reject(step: Step) -> None:
    _decide(step, _suggestion(step), "rejected")


def _instead(step: Step) -> None:
    suggestion = _suggestion(step)
    code = _code_in_use(step, step.operation.code_id)
    _require_free_id(step, suggestion.start, suggestion.end, code)
    if code.id == suggestion.code_id:
        _decide(step, suggestion, "accepted")
    else:
        _decide(step, suggestion, "replaced")
    _mark(step, code, suggestion.start, suggestion.end, suggestion.id)


def _reopen(step: Step) -> None:
    suggestion = _suggestion(step)
    if suggestion.status == "open":
        return
    if suggestion.decided_by != step.actor.id:
        _refuse(
            f"{_name(step, suggestion.decided_by)} decided on this suggestion, and "
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
        _take_away(step, row)
    suggestion.status = "open"
    suggestion.decided_by = suggestion.decided_at = None
    suggestion.version += 1
    step.record("suggestion reopened", "suggestion", suggestion.id)


_STEPS: dict[OperationKind, Callable[[Step], None]] = {
    OperationKind.CODE: _code,
    OperationKind.UNCODE: _uncode,
    OperationKind.MAKE_CODE: _make_code,
    OperationKind.ACCEPT: _accept,
    OperationKind.REJECT: _reject,
    OperationKind.INSTEAD: _instead,
    OperationKind.REOPEN: _reopen,
}


def _mark(
    step: Step, code: CodeRow, start: int, end: int, suggestion_id: str | None = None
) -> None:
    """Keep the passage under the code, once for each coder."""
    _require_free_id(step, start, end, code)
    if _is_marked(step, code, start, end):
        return
    segment_id = step.operation.segment_id
    step.session.add(
        CodedSegmentRow(
            id=segment_id,
            source_id=step.source_id,
            code_id=code.id,
            start=start,
            end=end,
            coder_id=step.actor.id,
            suggestion_id=suggestion_id,
        )
    )
    step.record(
        "passage coded", "coded segment", segment_id, code=code.id, start=start, end=end
    )


def _is_marked(step: Step, code: CodeRow, start: int, end: int) -> bool:
    """Whether this coder has this passage under this code already."""
    twin = select(col(CodedSegmentRow.id)).where(
        col(CodedSegmentRow.source_id) == step.source_id,
        col(CodedSegmentRow.code_id) == code.id,
        col(CodedSegmentRow.start) == start,
        col(CodedSegmentRow.end) == end,
        col(CodedSegmentRow.coder_id) == step.actor.id,
        col(CodedSegmentRow.layer) == CODERS,
    )
    return step.session.scalars(twin).first() is not None


def _require_free_id(step: Step, start: int, end: int, code: CodeRow) -> None:
    """Refuse a passage that would be kept under an id that another one has.

    Asked before anything is decided: a suggestion is not accepted without its coding.
    """
    if step.session.get(CodedSegmentRow, step.operation.segment_id) and not _is_marked(
        step, code, start, end
    ):
        _refuse_unknown()


def _take_away(step: Step, row: CodedSegmentRow) -> None:
    step.record(
        "code taken away",
        "coded segment",
        row.id,
        code=row.code_id,
        start=row.start,
        end=row.end,
    )
    step.session.delete(row)


def _decide(step: Step, suggestion: SuggestionRow, status: str) -> None:
    """Close the suggestion unless someone was quicker: exactly one person decides."""
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
        else _name(step, suggestion.decided_by)
    )
    _refuse(
        f"Already decided by {by}: {_DECIDED.get(suggestion.status, 'closed')}.",
        "Code the passage yourself if you see it differently.",
    )


def _suggestion(step: Step) -> SuggestionRow:
    require_sees_suggestions(step.session, step.actor, step.source_id)
    row = step.session.get(SuggestionRow, step.operation.suggestion_id)
    if row is None or row.source_id != step.source_id:
        _refuse(
            "This suggestion is no longer there: suggestions were made again.",
            "Go on with those shown now.",
        )
    return row


def _code_in_use(step: Step, code_id: str) -> CodeRow:
    row = step.session.get(CodeRow, code_id) or _kept_code(step, code_id)
    if row is None:
        _refuse("This code is not in the codebook.", "Choose one from the list.")
    if row.is_retired:
        # Chosen on a page that had not heard of the merge: it would have moved along.
        into = step.session.get(CodeRow, merged_into(step.session, row.id))
        if into is not None and not into.is_retired:
            return into
        _refuse(
            f"The code {row.name!r} is retired.",
            "Choose another, or bring it back on the Codebook page.",
        )
    return row


def _kept_code(step: Step, made_id: str) -> CodeRow | None:
    """The code the study kept for one this browser made too late."""
    kept_id = step.session.scalars(
        select(col(OperationRow.kept_id)).where(
            col(OperationRow.client) == step.operation.client,
            col(OperationRow.made_id) == made_id,
            col(OperationRow.kept_id) != "",
        )
    ).first()
    return step.session.get(CodeRow, kept_id) if kept_id else None


def _require_words(step: Step, start: int, end: int) -> None:
    """Refuse a passage outside the text, or with no spoken word in it."""
    length, passage = step.session.execute(
        select(
            func.length(col(SourceRow.text)),
            func.substr(col(SourceRow.text), start + 1, max(0, end - start)),
        ).where(col(SourceRow.id) == step.source_id)
    ).one()
    if not 0 <= start < end <= length:
        _refuse(
            "The passage lies outside this transcript, so it was not coded.",
            "Reload the page and select it again.",
        )
    spoken = step.session.execute(
        select(col(TurnRow.start), col(TurnRow.end)).where(
            col(TurnRow.source_id) == step.source_id,
            col(TurnRow.start) < end,
            col(TurnRow.end) > start,
        )
    )
    if not any(
        passage[max(0, first - start) : last - start].strip() for first, last in spoken
    ):
        _refuse(
            "There are no spoken words in this passage, so it was not coded.",
            "Select at least one word and apply the code again.",
        )


def _name(step: Step, person_id: str | None) -> str:
    person = step.session.get(PersonRow, person_id) if person_id else None
    return person.name if person else "Someone else"


def _refuse_unknown() -> NoReturn:
    _refuse(
        "The page sent a change under an id that is taken, so it was not saved.",
        "Reload the page and do it again.",
    )


def _refuse(found: str, do_next: str) -> NoReturn:
    raise DataRefused([DataProblem(found, "The transcript", do_next)])
