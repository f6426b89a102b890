"""Taking a change of the codebook back, exactly or not at all.

Everything the change altered or moved must still be as it left it. What came later and
lies beside it (a passage coded with the new code, another code renamed) stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from data.codebook_records import CodeAction
from data.problems import DataProblem
from data.storage.codebook.carried_along import (
    contrary_back,
    evidence_back,
    is_written_of,
)
from data.storage.codebook.code_history import keep_change
from data.storage.codebook.code_rows import read_rows, states_of
from data.storage.codebook.kept_rows import as_row, as_values, count_change
from data.storage.codebook.moving_codings import (
    give_suggestion,
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
from data.storage.database import Writing, refuse
from data.tables import (
    CodedSegmentRow,
    CodeHistoryRow,
    CodeRow,
    MemoRow,
    SuggestionRow,
    UnplacedCodingRow,
    now,
)

_NEXT = "Undo the later change first, or change the codes by hand."
_NOTHING_DONE = "Nothing was taken back."
MADE_AS = ("created_by", "created_at")
"""What an undo keeps of a code that goes, beside its state, for it to come again."""


def why_not_undone(
    session: Session, entry: CodeHistoryRow, codes: States
) -> list[DataProblem]:
    """Everything that is no longer as the change left it; ``codes`` as they are now."""
    return [
        *problems_of_codes(entry.after, entry.before, codes, _NEXT),
        *_still_used(session, entry),
        *problems_of_codings(
            session, entry.touched, "to", codes.keys() | entry.before.keys()
        ),
    ]


def undo_change(writing: Writing, number: int, reason: str) -> None:
    """Take a change back and keep that, or refuse with all that is in the way."""
    session = writing.session
    entry = known_entry(session, number)
    if entry.undone_at is not None:
        refuse(
            "This change was taken back already.",
            "History",
            f"Open the history again. {_NOTHING_DONE}",
        )
    before = states_of(read_rows(session))
    if problems := why_not_undone(session, entry, before):
        refuse_all(problems, _NOTHING_DONE)
    touched = _as_taken_back(entry.touched)
    if made := _take_back(session, entry):
        touched["made"] = made
    entry = session.get_one(CodeHistoryRow, number)
    entry.undone_by = writing.actor.id if writing.actor else None
    entry.undone_at = now()
    writing.record("codebook change undone", "code", "", change=number)
    keep_change(
        writing,
        CodeAction.UNDONE,
        before,
        about=entry.code_ids,
        touched=touched,
        reason=reason,
        undoes=number,
    )


def known_entry(session: Session, number: int) -> CodeHistoryRow:
    """The entry of a change; refuses what is none."""
    entry = session.get(CodeHistoryRow, number)
    if entry is None or entry.action == CodeAction.UNDONE:
        refuse(
            "This change is not in the history.",
            "History",
            "Open the history again. Nothing was saved.",
        )
    return entry


def _as_taken_back(touched: dict[str, Any]) -> dict[str, Any]:
    """What an undo touched, so that its entry tells as much as the change's own."""
    back = [
        {**one, "from": one["to"], "to": one["from"]}
        for one in touched.get("moved", ())
    ]
    return {**touched, "moved": back} if touched else {}


def _take_back(session: Session, entry: CodeHistoryRow) -> dict[str, dict[str, Any]]:
    """Put codes, codings, memos and suggestions back to where they were.

    Returns who made the codes that are gone again, and when.
    """
    rows = {row.id: row for row in read_rows(session)}
    put_states(rows, entry.before)
    session.flush()
    _codings_back(session, entry)
    gone = [rows[one] for one in entry.after.keys() - entry.before.keys()]
    made = {row.id: {part: as_values(row)[part] for part in MADE_AS} for row in gone}
    # Let go of each other first: a heading cannot go before the codes under it.
    for row in gone:
        row.parent_id = None
    session.flush()
    for row in gone:
        session.delete(row)
    session.flush()
    session.expire_all()
    return made


def _codings_back(session: Session, entry: CodeHistoryRow) -> None:
    touched = entry.touched
    by_code: dict[str, list[str]] = {}
    for one in touched.get("moved", ()):
        by_code.setdefault(one["from"], []).append(one["id"])
    for code_id, ids in by_code.items():
        move_codings(session, ids, code_id)
    for one in touched.get("joined", ()):
        if one["took_suggestion"]:
            give_suggestion(session, one["kept_id"], None)
        session.add(as_row(CodedSegmentRow, one["row"]))
    for memo_id, from_id, _ in touched.get("memos", ()):
        put_memo(session, memo_id, from_id)
    # A merge alone moves these, and names the code that went first.
    if touched.get("unplaced"):
        put_unplaced(session, touched["unplaced"], entry.code_ids[0])
    if touched.get("contrary"):
        contrary_back(session, touched["contrary"], *entry.code_ids[:2])
    withdrawn = touched.get("suggestions", ())
    session.add_all(as_row(SuggestionRow, one) for one in withdrawn)
    session.flush()
    evidence_back(session, touched.get("rests", {}))
    count_change(session, sources_touched(touched))


def put_memo(session: Session, memo_id: str, about_id: str) -> None:
    """Let a memo be about another coding."""
    session.execute(
        update(MemoRow)
        .where(col(MemoRow.id) == memo_id)
        .values(about_id=about_id)
        .execution_options(synchronize_session=False)
    )


def sources_touched(touched: dict[str, Any]) -> list[str]:
    """The sources in which a change moved or took away something."""
    return [
        *(one["source_id"] for one in touched.get("moved", ())),
        *(one["row"]["source_id"] for one in touched.get("joined", ())),
        *(one["source_id"] for one in touched.get("suggestions", ())),
    ]


def _still_used(session: Session, entry: CodeHistoryRow) -> Iterable[DataProblem]:
    """Codes that would go while something hangs on them beyond what moves back."""
    gone = [one for one in entry.after if one not in entry.before]
    moved_back = {one["id"] for one in entry.touched.get("moved", ())}
    for code_id in gone:
        name = entry.after[code_id]["name"]
        carried = session.scalars(
            select(col(CodedSegmentRow.id)).where(
                col(CodedSegmentRow.code_id) == code_id
            )
        )
        under = session.scalars(
            select(col(CodeRow.id)).where(col(CodeRow.parent_id) == code_id)
        )
        if any(one not in moved_back for one in carried) or _hangs_on(session, code_id):
            # Not which of them: others' codings may be hidden from the reader.
            yield DataProblem(
                "It is in use since; passages, suggestions, memos or contrary cases "
                "hang on it.",
                name,
                "Retire it instead, or merge it into another.",
            )
        elif any(one not in gone and one not in entry.before for one in under):
            yield DataProblem("Codes were put under it since.", name, _NEXT)


def _hangs_on(session: Session, code_id: str) -> bool:
    suggested = select(func.count()).where(col(SuggestionRow.code_id) == code_id)
    written = select(func.count()).where(col(MemoRow.about_id) == code_id)
    waiting = select(func.count()).where(col(UnplacedCodingRow.code_id) == code_id)
    return is_written_of(session, code_id) or any(
        session.scalar(one) for one in (suggested, written, waiting)
    )
