"""Doing a change of the codebook again that was taken back, exactly or not at all.

Everything the change altered or moved must be as it was before it, and nothing may
have come that the change would have taken along. What is done again is a change of its
own: it stands in the history and can be taken back like any other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from coding.codebook_changes.merging import merge_passages
from data.codebook_records import CodeAction
from data.problems import DataProblem
from data.storage.codebook.carried_along import carry_contrary, hand_over_evidence
from data.storage.codebook.code_history import keep_change
from data.storage.codebook.code_rows import read_rows, states_of
from data.storage.codebook.kept_rows import as_row, count_change, in_parts
from data.storage.codebook.moving_codings import (
    codings_of,
    delete_codings,
    give_suggestion,
    marked_passage,
    move_codings,
    put_unplaced,
)
from data.storage.codebook.taking_back.as_left import (
    States,
    problems_of_codes,
    problems_of_codings,
    put_states,
    refuse_all,
)
from data.storage.codebook.taking_back.code_undo import (
    MADE_AS,
    known_entry,
    put_memo,
    sources_touched,
)
from data.storage.database import Writing, refuse
from data.tables import (
    CodeHistoryRow,
    CodeRow,
    MemoRow,
    SuggestionRow,
    UnplacedCodingRow,
)

_NEXT = "Change the codes by hand, as they are now."
_NOTHING_DONE = "Nothing was done again."


def why_not_redone(
    session: Session, entry: CodeHistoryRow, codes: States
) -> list[DataProblem]:
    """Everything that is no longer as it was before the change; ``codes`` as now."""
    then = {**codes, **entry.after}
    in_use = {code_id for code_id, state in then.items() if not state["is_retired"]}
    problems = [
        *problems_of_codes(entry.before, entry.after, codes, _NEXT),
        *problems_of_codings(session, entry.touched, "from", in_use),
    ]
    if entry.action in (
        CodeAction.MERGED,
        CodeAction.RETIRED,
    ) and _has_other_use(session, entry):
        # Not which of them: others' codings may be hidden from the reader.
        problems.append(
            DataProblem(
                "Passages, suggestions or memos of it came or went since.",
                entry.after[entry.code_ids[0]]["name"],
                _NEXT,
            )
        )
    return problems


def redo_change(writing: Writing, number: int, reason: str) -> int:
    """The number of the change done again, or a refusal with all that is in the way."""
    session = writing.session
    entry = known_entry(session, number)
    is_redone = select(col(CodeHistoryRow.number)).where(
        col(CodeHistoryRow.redoes) == number
    )
    if entry.undone_at is None or session.scalar(is_redone.limit(1)) is not None:
        refuse(
            "This change stands, or was done again already.",
            "History",
            f"Open the history again. {_NOTHING_DONE}",
        )
    before = states_of(read_rows(session))
    if problems := why_not_redone(session, entry, before):
        refuse_all(problems, _NOTHING_DONE)
    carried = _carry_out(session, entry)
    writing.record("codebook change done again", "code", "", change=number)
    made = keep_change(
        writing,
        CodeAction(entry.action),
        before,
        about=entry.code_ids,
        touched={**entry.touched, **carried},
        reason=reason or entry.reason,
        redoes=number,
    )
    assert made is not None, "a change that was kept altered something"
    return made.number or 0


def _carry_out(session: Session, entry: CodeHistoryRow) -> dict[str, Any]:
    """Put codes, codings, memos and suggestions to where the change put them.

    Returns what people wrote of the code that was carried along, as it is by now.
    """
    rows = {row.id: row for row in read_rows(session)}
    new = _made_anew(session, entry)
    session.add_all(new.values())
    session.flush()
    put_states(rows | new, entry.after)
    for row in new.values():
        row.version = 1
    session.flush()
    touched = entry.touched
    for memo_id, _, to_id in touched.get("memos", ()):
        put_memo(session, memo_id, to_id)
    joined = touched.get("joined", ())
    carried: dict[str, Any] = {}
    if entry.action == CodeAction.MERGED:
        carried["contrary"] = carry_contrary(session, *entry.code_ids[:2])
        carried["rests"] = hand_over_evidence(
            session, {one["row"]["id"]: one["kept_id"] for one in joined}
        )
    delete_codings(session, [one["row"]["id"] for one in joined])
    for one in joined:
        if one["took_suggestion"]:
            give_suggestion(session, one["kept_id"], one["row"]["suggestion_id"])
    by_code: dict[str, list[str]] = {}
    for one in touched.get("moved", ()):
        by_code.setdefault(one["to"], []).append(one["id"])
    for code_id, ids in by_code.items():
        move_codings(session, ids, code_id)
    if touched.get("unplaced"):
        put_unplaced(session, touched["unplaced"], entry.code_ids[1])
    for some in in_parts([one["id"] for one in touched.get("suggestions", ())]):
        session.execute(
            delete(SuggestionRow)
            .where(col(SuggestionRow.id).in_(some))
            .execution_options(synchronize_session=False)
        )
    count_change(session, sources_touched(touched))
    session.expire_all()
    return carried


def _made_anew(session: Session, entry: CodeHistoryRow) -> dict[str, CodeRow]:
    """The codes the change made, under nothing yet: those above may be new as well."""
    undo = session.scalars(
        select(CodeHistoryRow).where(col(CodeHistoryRow.undoes) == entry.number)
    ).one()
    kept: dict[str, Any] = undo.touched.get("made", {})
    told = dict(zip(MADE_AS, (entry.done_by, entry.done_at.isoformat()), strict=True))
    return {
        code_id: as_row(
            CodeRow,
            {
                **entry.after[code_id],
                "parent_id": None,
                "id": code_id,
                **kept.get(code_id, told),
            },
        )
        for code_id in entry.after.keys() - entry.before.keys()
    }


def _has_other_use(session: Session, entry: CodeHistoryRow) -> bool:
    """Whether a code that goes out of use again has other things on it than before."""
    touched, gone_id = entry.touched, entry.code_ids[0]
    waiting = select(col(SuggestionRow.id)).where(
        col(SuggestionRow.code_id) == gone_id, col(SuggestionRow.status) == "open"
    )
    suggested = {one["id"] for one in touched.get("suggestions", ())}
    if set(session.scalars(waiting)) != suggested:
        return True
    if entry.action != CodeAction.MERGED:
        return False
    moved, joined = merge_passages(
        map(marked_passage, codings_of(session, gone_id)),
        map(marked_passage, codings_of(session, entry.code_ids[1])),
    )
    if {one.id for one in moved} != {one["id"] for one in touched["moved"]}:
        return True
    if {(one.gone.id, one.kept.id, one.takes_suggestion) for one in joined} != {
        (one["row"]["id"], one["kept_id"], one["took_suggestion"])
        for one in touched["joined"]
    }:
        return True
    written = select(col(MemoRow.id), col(MemoRow.about_id)).where(
        col(MemoRow.about_id).in_([one["row"]["id"] for one in touched["joined"]])
    )
    unplaced = select(col(UnplacedCodingRow.id)).where(
        col(UnplacedCodingRow.code_id) == gone_id
    )
    memos = {(memo_id, from_id) for memo_id, from_id, _ in touched["memos"]}
    return set(map(tuple, session.execute(written))) != memos or set(
        session.scalars(unplaced)
    ) != set(touched.get("unplaced", ()))
