"""Taking a change of the codebook back, exactly or not at all.

Everything the change altered or moved must still be as it left it. What came later and
lies beside it (a passage coded with the new code, another code renamed) stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from data.problems import DataProblem, DataRefused
from data.storage.codebook.code_rows import read_rows, states_of
from data.storage.codebook.kept_rows import (
    as_row,
    count_change,
    in_parts,
    seals_of,
)
from data.storage.codebook.moving_codings import move_codings, put_unplaced
from data.tables import (
    CodedSegmentRow,
    CodeHistoryRow,
    CodeRow,
    MemoRow,
    SuggestionRow,
    UnplacedCodingRow,
)

_NEXT = (
    "Undo the later change first, or change the codes by hand. Nothing was taken back."
)


def require_unchanged(session: Session, entry: CodeHistoryRow) -> None:
    """Refuse, naming everything that is no longer as the change left it."""
    now = states_of(read_rows(session))
    problems = [
        *_changed_codes(entry, now),
        *_names_taken(entry, now),
        *_still_used(session, entry),
        *_changed_codings(session, entry.touched),
    ]
    if problems:
        raise DataRefused(problems)


def take_back(session: Session, entry: CodeHistoryRow) -> None:
    """Put codes, codings, memos and suggestions back to where they were."""
    rows = {row.id: row for row in read_rows(session)}
    for code_id, state in entry.before.items():
        row = rows[code_id]
        for part, value in state.items():
            setattr(row, part, value)
        row.version += 1
    session.flush()
    _codings_back(session, entry)
    gone = [rows[one] for one in entry.after.keys() - entry.before.keys()]
    # Let go of each other first: a heading cannot go before the codes under it.
    for row in gone:
        row.parent_id = None
    session.flush()
    for row in gone:
        session.delete(row)
    session.flush()
    session.expire_all()


def _codings_back(session: Session, entry: CodeHistoryRow) -> None:
    touched = entry.touched
    by_code: dict[str, list[str]] = {}
    for one in touched.get("moved", ()):
        by_code.setdefault(one["from"], []).append(one["id"])
    for code_id, ids in by_code.items():
        move_codings(session, ids, code_id)
    for one in touched.get("joined", ()):
        if one["took_suggestion"]:
            session.execute(
                update(CodedSegmentRow)
                .where(col(CodedSegmentRow.id) == one["kept_id"])
                .values(suggestion_id=None)
                .execution_options(synchronize_session=False)
            )
        session.add(as_row(CodedSegmentRow, one["row"]))
    for memo_id, from_id, _ in touched.get("memos", ()):
        session.execute(
            update(MemoRow)
            .where(col(MemoRow.id) == memo_id)
            .values(about_id=from_id)
            .execution_options(synchronize_session=False)
        )
    # A merge alone moves these, and names the code that went first.
    if touched.get("unplaced"):
        put_unplaced(session, touched["unplaced"], entry.code_ids[0])
    withdrawn = touched.get("suggestions", ())
    session.add_all(as_row(SuggestionRow, one) for one in withdrawn)
    sources = [one["source_id"] for one in touched.get("moved", ())]
    sources += [one["row"]["source_id"] for one in touched.get("joined", ())]
    sources += [one["source_id"] for one in withdrawn]
    session.flush()
    count_change(session, sources)


def _changed_codes(
    entry: CodeHistoryRow, now: Mapping[str, Mapping[str, Any]]
) -> Iterable[DataProblem]:
    for code_id, state in entry.after.items():
        name = state["name"]
        if code_id not in now:
            yield DataProblem("It is no longer in the codebook.", name, _NEXT)
        elif now[code_id] != state:
            yield DataProblem(f"It was {_how(state, now[code_id])} since.", name, _NEXT)


def _how(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if then["is_retired"] != now["is_retired"]:
        return "retired" if now["is_retired"] else "brought back"
    if then["name"] != now["name"]:
        return "renamed"
    if (then["parent_id"], then["position"]) != (now["parent_id"], now["position"]):
        return "moved"
    return "changed"


def _names_taken(
    entry: CodeHistoryRow, now: Mapping[str, Mapping[str, Any]]
) -> Iterable[DataProblem]:
    """Names that would stand twice; those of the codes put back are free again."""
    others = {
        state["name"].casefold()
        for code_id, state in now.items()
        if code_id not in entry.after
    }
    for state in entry.before.values():
        if state["name"].casefold() in others:
            yield DataProblem("Another code has this name now.", state["name"], _NEXT)


def _still_used(session: Session, entry: CodeHistoryRow) -> Iterable[DataProblem]:
    """Codes that would go while something hangs on them beyond what moves back."""
    gone = list(entry.after.keys() - entry.before.keys())
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
        if any(one not in moved_back for one in carried):
            yield DataProblem(
                "Passages carry this code since, and would lose it.",
                name,
                "Retire it instead, or merge it into another. Nothing was taken back.",
            )
        elif any(one not in gone and one not in entry.before for one in under):
            yield DataProblem("Codes were put under it since.", name, _NEXT)
        elif _hangs_on(session, code_id):
            yield DataProblem(
                "Suggestions, memos or passages without a place hang on it since.",
                name,
                "Retire it instead. Nothing was taken back.",
            )


def _hangs_on(session: Session, code_id: str) -> bool:
    suggested = select(func.count()).where(col(SuggestionRow.code_id) == code_id)
    written = select(func.count()).where(col(MemoRow.about_id) == code_id)
    waiting = select(func.count()).where(col(UnplacedCodingRow.code_id) == code_id)
    return any(session.scalar(one) for one in (suggested, written, waiting))


def _changed_codings(
    session: Session, touched: Mapping[str, Any]
) -> Iterable[DataProblem]:
    now: dict[str, CodedSegmentRow] = {}
    ids = [one["id"] for one in touched.get("moved", ())]
    ids += [one["kept_id"] for one in touched.get("joined", ())]
    for some in in_parts(ids):
        query = select(CodedSegmentRow).where(col(CodedSegmentRow.id).in_(some))
        now |= {row.id: row for row in session.scalars(query)}
    lost = sum(
        one["id"] not in now or now[one["id"]].code_id != one["to"]
        for one in touched.get("moved", ())
    )
    lost += sum(_is_altered(one, now) for one in touched.get("joined", ()))
    memos = [one[0] for one in touched.get("memos", ())]
    there = set()
    for some in in_parts(memos):
        there |= set(
            session.scalars(select(col(MemoRow.id)).where(col(MemoRow.id).in_(some)))
        )
    if lost or len(there) != len(memos):
        yield DataProblem(
            "Passages or memos it moved were changed or taken away since.",
            "Its passages",
            _NEXT,
        )
    if _is_corrected(session, touched):
        yield DataProblem(
            "A transcript it touched was corrected since.",
            "Its passages",
            "Change the codes by hand. Nothing was taken back.",
        )


def _is_altered(one: Mapping[str, Any], now: Mapping[str, CodedSegmentRow]) -> bool:
    """Whether the passage that took the other in is no longer as it became."""
    kept, gone = now.get(one["kept_id"]), one["row"]
    if kept is None or (kept.start, kept.end) != (gone["start"], gone["end"]):
        return True
    return bool(one["took_suggestion"]) and kept.suggestion_id != gone["suggestion_id"]


def _is_corrected(session: Session, touched: Mapping[str, Any]) -> bool:
    seals = touched.get("seals", {})
    return bool(seals) and seals_of(session, seals) != seals
