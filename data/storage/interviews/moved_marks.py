"""Codings, suggestions and memos moved to their places in a corrected text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from coding.coded_segments import Segment
from coding.reanchoring import Fate, LaidBeside
from coding.transcripts import Transcript
from data.storage.database import insert_rows
from data.storage.interviews.source_checks import is_spoken
from data.tables import (
    CodedSegmentRow,
    MemoRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
    UnplacedCodingRow,
)


def move_codings(
    session: Session,
    source_id: str,
    laid: LaidBeside,
    corrected: Transcript,
    number: int,
) -> None:
    """Move each coding of the source, of every coder, to where its words now stand.

    One that has no place, or none with spoken words, is taken out and kept apart under
    the number of the text it stood in. Two codings of one coder under one code that
    now cover the same words both stay: each has its own history.
    """
    rows = session.exec(
        select(CodedSegmentRow).where(col(CodedSegmentRow.source_id) == source_id)
    ).all()
    placed = laid.place_all(Segment(row.start, row.end) for row in rows)
    moved: list[dict[str, Any]] = []
    left: list[CodedSegmentRow] = []
    for row, one in zip(rows, placed, strict=True):
        if one.after is not None and _holds_speech(corrected, one.after):
            moved.append(_place(row.id, one.after))
        else:
            left.append(row)
    _move(session, CodedSegmentRow, moved)
    insert_rows(
        session,
        UnplacedCodingRow,
        [
            {
                "id": row.id,
                "source_id": source_id,
                "number": number,
                "code_id": row.code_id,
                "start": row.start,
                "end": row.end,
                "coder_id": row.coder_id,
                "coded_at": row.coded_at,
                "suggestion_id": row.suggestion_id,
                "layer": row.layer,
                "settled_as": "",
            }
            for row in left
        ],
    )
    for row in left:
        session.delete(row)
    session.flush()


def move_suggestions(
    session: Session, source_id: str, laid: LaidBeside, corrected: Transcript
) -> None:
    """Move suggestions along; one that waits on words now different is withdrawn.

    What was decided is kept as it was decided. Where its words are gone it stays at
    the nearest place there is: that it was decided, and how, is still true.
    """
    rows = session.exec(
        select(SuggestionRow).where(col(SuggestionRow.source_id) == source_id)
    ).all()
    placed = laid.place_all(Segment(row.start, row.end) for row in rows)
    coded = _coded_of(rows, laid, corrected)
    starts = [turn.start for turn in corrected.turns]
    moved: list[dict[str, Any]] = []
    withdrawn: list[str] = []
    for row, one in zip(rows, placed, strict=True):
        if row.status == "open" and one.fate is not Fate.SAME_WORDS:
            withdrawn.append(row.id)
            continue
        at = one.after or _nearest(one.before, corrected)
        turn = max(bisect_right(starts, at.start) - 1, 0)
        moved.append(
            {
                **_place(row.id, at),
                "turn_number": corrected.turns[turn].number,
                **coded[row.id],
            }
        )
    _move(session, SuggestionRow, moved)
    session.execute(
        delete(SuggestionRow)
        .where(col(SuggestionRow.id).in_(withdrawn))
        .execution_options(synchronize_session=False)
    )


def _coded_of(
    rows: Sequence[SuggestionRow], laid: LaidBeside, corrected: Transcript
) -> dict[str, dict[str, Any]]:
    """Where what was coded on each suggestion now stands, by the suggestion's id.

    One that was coded on its own words is still so: both are placed by one rule.
    """
    coded = [row for row in rows if row.decided_start is not None]
    segments = [Segment(row.decided_start or 0, row.decided_end or 1) for row in coded]
    nowhere: dict[str, Any] = {"decided_start": None, "decided_end": None}
    found = {row.id: nowhere for row in rows}
    for row, one in zip(coded, laid.place_all(segments), strict=True):
        at = one.after or _nearest(one.before, corrected)
        found[row.id] = {"decided_start": at.start, "decided_end": at.end}
    return found


def move_memos(
    session: Session, source_id: str, laid: LaidBeside, corrected: Transcript
) -> None:
    """Move memos along; one whose words are gone stays at the nearest place.

    One about the source as a whole has no place.
    """
    rows = session.exec(
        select(MemoRow).where(
            col(MemoRow.source_id) == source_id, col(MemoRow.start).is_not(None)
        )
    ).all()
    segments = [Segment(row.start or 0, row.end or 1) for row in rows]
    placed = laid.place_all(segments)
    _move(
        session,
        MemoRow,
        [
            _place(row.id, one.after or _nearest(one.before, corrected))
            for row, one in zip(rows, placed, strict=True)
        ],
    )


def spoken_words_in(session: Session, source_id: str, segment: Segment) -> bool:
    """Whether at least one spoken word of the stored text lies in the passage."""
    text = session.exec(
        select(SourceRow.text).where(col(SourceRow.id) == source_id)
    ).first()
    turns = session.exec(
        select(TurnRow.start, TurnRow.end).where(col(TurnRow.source_id) == source_id)
    ).all()
    return text is not None and is_spoken(text, turns, segment)


def _holds_speech(corrected: Transcript, segment: Segment) -> bool:
    turns = [(turn.start, turn.end) for turn in corrected.turns]
    return is_spoken(corrected.text, turns, segment)


def _nearest(before: Segment, corrected: Transcript) -> Segment:
    start = min(before.start, len(corrected.text) - 1)
    return Segment(start, start + 1)


def _place(row_id: str, at: Segment) -> dict[str, Any]:
    return {"row": row_id, "start": at.start, "end": at.end}


def _move(session: Session, table: Any, moved: list[dict[str, Any]]) -> None:
    if not moved:
        return
    values: dict[str, Any] = {
        name: bindparam(f"to_{name}") for name in moved[0] if name != "row"
    }
    session.connection().execute(
        update(table).where(table.id == bindparam("row")).values(**values),
        [
            {"row": one["row"]} | {f"to_{n}": one[n] for n in one if n != "row"}
            for one in moved
        ],
    )
    session.expire_all()
