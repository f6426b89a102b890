"""Coding passages: a code added, taken away, changed, its edges moved, or made anew."""

from __future__ import annotations

from sqlalchemy import select

from coding.palette import next_colour
from data.codebook_records import CodeAction
from data.rights import Right, may
from data.storage.codebook.code_history import keep_change
from data.storage.codebook.code_rows import states_of
from data.storage.coding_desk.marking import (
    is_marked,
    mark,
    own_segment,
    take_away,
)
from data.storage.coding_desk.step import (
    KnownCode,
    Step,
    code_in_use,
    refuse_here,
    refuse_unknown,
    require_words,
)
from data.tables import CodedSegmentRow, CodeRow, SuggestionRow, now


def code(step: Step) -> None:
    """Put a code on a passage."""
    asked = step.operation
    wanted = code_in_use(step, asked.code_id)
    require_words(step, asked.start, asked.end)
    mark(step, wanted.id, asked.start, asked.end)


def uncode(step: Step) -> None:
    """Take a code away from the person's own passage."""
    row = own_segment(step, "take the code away")
    if row is None:
        return  # Already gone, which is what was asked for.
    # A code taken away again was, in the end, not agreed to.
    _decide_again(step, row, "rejected")
    take_away(step, row)


def recode(step: Step) -> None:
    """Give the person's own passage another code; its id and its memos stay."""
    row = _still_there(step, "give it another code")
    wanted = code_in_use(step, step.operation.code_id)
    if wanted.id == row.code_id:
        return
    _require_no_twin(step, wanted, row.start, row.end)
    suggestion = step.session.get(SuggestionRow, row.suggestion_id or "")
    agreed = suggestion is not None and suggestion.code_id == wanted.id
    _decide_again(step, row, "accepted" if agreed else "replaced", wanted.id)
    step.will_change(row)
    earlier, row.code_id = row.code_id, wanted.id
    step.record(
        "passage recoded", "coded segment", row.id, code=wanted.id, before=earlier
    )


def move_edges(step: Step) -> None:
    """Let the person's own passage start or end elsewhere; its id and memos stay."""
    row = _still_there(step, "move its edges")
    start, end = step.operation.start, step.operation.end
    if (row.start, row.end) == (start, end):
        return
    require_words(step, start, end)
    code_row = step.session.get(CodeRow, row.code_id)
    if code_row is not None:
        known = KnownCode(code_row.id, code_row.name, code_row.is_retired)
        _require_no_twin(step, known, start, end)
    step.will_change(row)
    _keep_edges(step, row, start, end)
    earlier = [row.start, row.end]
    row.start, row.end = start, end
    step.record(
        "edges moved", "coded segment", row.id, start=start, end=end, before=earlier
    )


def _still_there(step: Step, what: str) -> CodedSegmentRow:
    row = own_segment(step, what)
    if row is None:
        refuse_here(
            "The code was taken away from this passage meanwhile.",
            "Select the words and code them again.",
        )
    return row


def _require_no_twin(step: Step, wanted: KnownCode, start: int, end: int) -> None:
    if is_marked(step, wanted.id, start, end):
        refuse_here(
            f"These words already carry {wanted.name!r}, so nothing was changed.",
            "Remove one of the two codes instead.",
        )


def _own_decision(step: Step, row: CodedSegmentRow) -> SuggestionRow | None:
    """The suggestion behind a coding, where this person took it up."""
    suggestion = step.session.get(SuggestionRow, row.suggestion_id or "")
    if (
        suggestion is None
        or suggestion.decided_by != step.actor.id
        or suggestion.status not in ("accepted", "replaced")
    ):
        return None
    return suggestion


def _decide_again(
    step: Step, row: CodedSegmentRow, status: str, code_id: str = ""
) -> None:
    """Let the suggestion behind a coding, decided by this person, tell what came."""
    suggestion = _own_decision(step, row)
    if (
        suggestion is None
        # Where another code came instead, taking that one away says nothing of it.
        or (status == "rejected" and suggestion.status == "replaced")
        or (suggestion.status, suggestion.decided_code_id) == (status, code_id)
    ):
        return
    step.will_change(suggestion)
    suggestion.status = status
    suggestion.decided_at = now()
    suggestion.decided_code_id = code_id
    if status == "rejected":
        suggestion.decided_start = suggestion.decided_end = None
    suggestion.version += 1


def _keep_edges(step: Step, row: CodedSegmentRow, start: int, end: int) -> None:
    """Let the suggestion behind a coding tell which words were coded in the end."""
    suggestion = _own_decision(step, row)
    if suggestion is not None:
        step.will_change(suggestion)
        suggestion.decided_start, suggestion.decided_end = start, end
        suggestion.version += 1


def make_code(step: Step) -> None:
    """Add a code to the codebook, unless one of that name is there."""
    if not may(step.actor.role, Right.EDIT_CODEBOOK):
        refuse_here(
            f"The role {step.actor.role.in_words.lower()} cannot "
            f"{Right.EDIT_CODEBOOK.value}.",
            "Use a code that is there, or ask an embedded researcher to add one.",
        )
    asked = step.operation
    name = " ".join(asked.code_name.split())
    if not name:
        refuse_here("A code needs a name.", "Type one and press Enter.")
    rows = step.session.scalars(select(CodeRow)).all()
    twin = next((row for row in rows if row.name.casefold() == name.casefold()), None)
    if twin is not None and twin.is_retired:
        refuse_here(
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
        refuse_unknown()
    step.add(row)
    step.record("code added", "code", row.id)
    keep_change(step.writing, CodeAction.ADDED, before, about=[row.id])
