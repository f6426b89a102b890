"""Moving codings from one code to another: for a merge all of them, for a split some.

Nobody's reading is lost: a passage that its coder has under both codes becomes one,
which takes over memos and, where it came from none, the suggestion of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from coding.codebook_changes.merging import MarkedPassage, merge_passages
from coding.codebook_changes.splitting import settled_places
from data.storage.codebook.carried_along import hand_over_evidence
from data.storage.codebook.kept_rows import as_values, count_change, in_parts
from data.storage.coders.blind_passes import CODERS
from data.tables import CodedSegmentRow, MemoRow, UnplacedCodingRow


def codings_of(session: Session, code_id: str) -> list[CodedSegmentRow]:
    """Every coding of a code, of every coder and layer, in a fixed order."""
    query = (
        select(CodedSegmentRow)
        .where(col(CodedSegmentRow.code_id) == code_id)
        .order_by(col(CodedSegmentRow.coded_at), col(CodedSegmentRow.id))
    )
    return list(session.scalars(query))


def marked_passages(
    session: Session, code_id: str, readable: ColumnElement[bool]
) -> list[MarkedPassage]:
    """The passages of a code that meet a condition, as merging needs them."""
    query = select(CodedSegmentRow).where(
        col(CodedSegmentRow.code_id) == code_id, readable
    )
    return [marked_passage(row) for row in session.scalars(query)]


def join_codings(session: Session, gone_id: str, into_id: str) -> dict[str, Any]:
    """What was touched, once every coding of one code stands under another."""
    rows = {row.id: row for row in codings_of(session, gone_id)}
    staying = {row.id: row for row in codings_of(session, into_id)}
    moved, joined = merge_passages(
        map(marked_passage, rows.values()), map(marked_passage, staying.values())
    )
    touched: dict[str, Any] = {
        "moved": [_moved(rows[one.id], gone_id, into_id) for one in moved],
        "joined": [
            {
                "row": as_values(rows[one.gone.id]),
                "kept_id": one.kept.id,
                "took_suggestion": one.takes_suggestion,
            }
            for one in joined
        ],
        "memos": [],
    }
    for one in joined:
        touched["memos"] += _hand_over_memos(session, one.gone.id, one.kept.id)
    touched["rests"] = hand_over_evidence(
        session, {one.gone.id: one.kept.id for one in joined}
    )
    # What one coding lets go of another takes: never both at once.
    delete_codings(session, [one.gone.id for one in joined])
    for one in joined:
        if one.takes_suggestion:
            give_suggestion(session, one.kept.id, one.gone.suggestion_id)
    move_codings(session, [one.id for one in moved], into_id)
    touched["unplaced"] = _move_unplaced(session, gone_id, into_id)
    count_change(session, {row.source_id for row in rows.values()})
    session.expire_all()
    return touched


def divide_codings(
    session: Session, code_id: str, parts: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What was touched, once the codings named stand under the code they go to.

    ``parts`` holds ids of coders' own codings by the id of the new code. What coders
    settled together follows where all that was chosen of that place goes one way.
    """
    rows = {row.id: row for row in codings_of(session, code_id)}
    goes_to = {one: new_id for new_id, ids in parts.items() for one in ids}
    ways: dict[tuple[str, int, int], list[int]] = {}
    numbers = {new_id: number for number, new_id in enumerate(parts)}
    for one, new_id in goes_to.items():
        ways.setdefault(_place(rows[one]), []).append(numbers[new_id])
    settled = settled_places(ways)
    new_ids = list(parts)
    for row in rows.values():
        if row.layer != CODERS and _place(row) in settled:
            goes_to[row.id] = new_ids[settled[_place(row)]]
    touched = {"moved": [_moved(rows[one], code_id, to) for one, to in goes_to.items()]}
    for new_id in parts:
        move_codings(
            session, [one for one, to in goes_to.items() if to == new_id], new_id
        )
    count_change(session, {rows[one].source_id for one in goes_to})
    session.expire_all()
    return touched


def move_codings(session: Session, ids: Iterable[str], to_id: str) -> None:
    """Put codings under another code; everything else about them stays."""
    for some in in_parts(list(ids)):
        session.execute(
            update(CodedSegmentRow)
            .where(col(CodedSegmentRow.id).in_(some))
            .values(code_id=to_id)
            .execution_options(synchronize_session=False)
        )


def delete_codings(session: Session, ids: Sequence[str]) -> None:
    """Take codings away that live on in another one."""
    for some in in_parts(ids):
        session.execute(
            delete(CodedSegmentRow)
            .where(col(CodedSegmentRow.id).in_(some))
            .execution_options(synchronize_session=False)
        )


def marked_passage(row: CodedSegmentRow) -> MarkedPassage:
    """A coding as merging needs it."""
    return MarkedPassage(
        row.id,
        row.source_id,
        row.coder_id,
        row.start,
        row.end,
        row.layer,
        row.suggestion_id or "",
    )


def _hand_over_memos(session: Session, from_id: str, to_id: str) -> list[list[str]]:
    ids = session.scalars(
        select(col(MemoRow.id)).where(col(MemoRow.about_id) == from_id)
    ).all()
    session.execute(
        update(MemoRow)
        .where(col(MemoRow.about_id) == from_id)
        .values(about_id=to_id)
        .execution_options(synchronize_session=False)
    )
    return [[one, from_id, to_id] for one in ids]


def _move_unplaced(session: Session, from_id: str, to_id: str) -> list[str]:
    """Codings that a corrected text left without a place wait under the other code."""
    is_of_code = col(UnplacedCodingRow.code_id) == from_id
    ids = list(session.scalars(select(col(UnplacedCodingRow.id)).where(is_of_code)))
    put_unplaced(session, ids, to_id)
    return ids


def put_unplaced(session: Session, ids: Sequence[str], to_id: str) -> None:
    """Put codings without a place under another code."""
    for some in in_parts(ids):
        session.execute(
            update(UnplacedCodingRow)
            .where(col(UnplacedCodingRow.id).in_(some))
            .values(code_id=to_id)
            .execution_options(synchronize_session=False)
        )


def give_suggestion(
    session: Session, coding_id: str, suggestion_id: str | None
) -> None:
    """Let a coding come from a suggestion, or from none."""
    session.execute(
        update(CodedSegmentRow)
        .where(col(CodedSegmentRow.id) == coding_id)
        .values(suggestion_id=suggestion_id)
        .execution_options(synchronize_session=False)
    )


def _moved(row: CodedSegmentRow, from_id: str, to_id: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "source_id": row.source_id,
        "coder_id": row.coder_id,
        "layer": row.layer,
        "from": from_id,
        "to": to_id,
    }


def _place(row: CodedSegmentRow) -> tuple[str, int, int]:
    return row.source_id, row.start, row.end
