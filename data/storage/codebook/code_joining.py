"""Merging one code into another, in the rows of the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from coding.codebook import Code
from data.storage.codebook.carried_along import carry_contrary
from data.storage.codebook.code_rows import (
    NOTHING_SAVED,
    known_row,
    recolour,
    wording,
)
from data.storage.codebook.kept_rows import (
    count_change,
    seals_of,
    withdraw_suggestions,
)
from data.storage.codebook.moving_codings import join_codings
from data.storage.database import refuse
from data.tables import CodeRow

_CARRIED = ("cues", "examples", "example_places")


def require_joinable(rows: Sequence[CodeRow], gone_id: str, into_id: str) -> None:
    """Refuse a code merged into itself, or where either is out of use."""
    gone, into = known_row(rows, gone_id), known_row(rows, into_id)
    if gone_id == into_id:
        refuse(
            "A code cannot be merged into itself.",
            gone.name,
            f"Choose another code. {NOTHING_SAVED}",
        )
    for row in (gone, into):
        if row.is_retired:
            refuse(
                "This code is retired.",
                row.name,
                f"Bring it back first, or choose another. {NOTHING_SAVED}",
            )


def join_codes(
    session: Session,
    rows: Sequence[CodeRow],
    gone: CodeRow,
    into: CodeRow,
    words: Code | None,
) -> dict[str, Any]:
    """What was touched, once one code is out of use and all it had is the other's.

    ``words`` is the code that stays with the words it takes over, where it does.
    """
    touched = join_codings(session, gone.id, into.id)
    touched["contrary"] = carry_contrary(session, gone.id, into.id)
    touched["suggestions"] = withdraw_suggestions(session, gone.id)
    suggested = {one["source_id"] for one in touched["suggestions"]}
    count_change(session, suggested)
    # Rows that an undo has to make anew fit the text only while it is the same.
    joined = {one["row"]["source_id"] for one in touched["joined"]}
    touched["seals"] = seals_of(session, suggested | joined)
    _adopt(rows, gone, into)
    if words is not None:
        for part, value in wording(words).items():
            if part in _CARRIED:
                setattr(into, part, value)
    gone.is_retired = True
    for row in (gone, into):
        row.version += 1
    session.flush()
    return touched


def _adopt(rows: Sequence[CodeRow], gone: CodeRow, into: CodeRow) -> None:
    """Codes under the one that goes stand under the one that stays.

    Where the one that stays lies below the other, it first takes that one's place: it
    would otherwise end up under itself.
    """
    by_id = {row.id: row for row in rows}
    above = by_id.get(into.parent_id or "")
    while above is not None and above.id != gone.id:
        above = by_id.get(above.parent_id or "")
    if above is not None:
        into.parent_id, into.position = gone.parent_id, gone.position
        recolour(rows, into)
    own = [row.position for row in rows if row.parent_id == into.id]
    last = max(own, default=-1)
    for row in sorted(rows, key=lambda one: (one.position, one.name)):
        if row.parent_id == gone.id and row.id != into.id:
            last += 1
            row.parent_id, row.position = into.id, last
            row.version += 1
            recolour(rows, row)
