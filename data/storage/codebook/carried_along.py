"""What people wrote of a code goes along when it is merged, and comes back with it.

Contrary cases, searches for them and opposites are about a code by its id; evidence
rests on a coding by its own. What somebody took away or changed after the merge stays
as they left it: only what is still as the merge left it comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session, col

from data.storage.codebook.kept_rows import as_row, as_values, in_parts
from data.storage.evidence.evidence_records import EvidenceKind, HolderKind
from data.tables import (
    ContrarySearchRow,
    EvidenceRow,
    OppositeCodeRow,
)


def carry_contrary(session: Session, gone_id: str, into_id: str) -> dict[str, Any]:
    """What was carried, once contrary cases of one code are shown under another."""
    cases = list(session.scalars(_ids_of(_held_by_code(gone_id))))
    searches = list(session.scalars(_searches_of(gone_id)))
    _hold(session, cases, gone_id, into_id)
    _searched(session, searches, gone_id, into_id)
    return {
        "cases": cases,
        "searches": searches,
        **_carry_opposites(session, gone_id, into_id),
    }


def how_many_carried(carried: Mapping[str, Any]) -> int:
    """How many contrary cases, and searches for them, a merge carried along."""
    return len(carried.get("cases", ())) + len(carried.get("searches", ()))


def how_many_to_carry(session: Session, code_id: str) -> int:
    """How many contrary cases of a code, and searches for them, a merge would carry."""
    return sum(
        len(session.scalars(query).all())
        for query in (_ids_of(_held_by_code(code_id)), _searches_of(code_id))
    )


def contrary_back(
    session: Session, carried: Mapping[str, Any], gone_id: str, into_id: str
) -> None:
    """Show contrary cases under the code again from which a merge carried them."""
    _hold(session, carried.get("cases", ()), into_id, gone_id)
    _searched(session, carried.get("searches", ()), into_id, gone_id)
    made = [session.get(OppositeCodeRow, tuple(key)) for key in carried.get("made", ())]
    stand = [row for row in made if row is not None]
    for row in stand:
        session.delete(row)
    session.flush()
    # One that somebody took away under the other code is not marked anew.
    were_carried = {(row.code_id, row.opposite_id) for row in stand}
    for values in carried.get("opposites", ()):
        row = as_row(OppositeCodeRow, values)
        goes_to = _merged(row.code_id, row.opposite_id, gone_id, into_id)
        if goes_to in were_carried or list(goes_to) not in carried["made"]:
            session.add(row)
    session.flush()


def hand_over_evidence(
    session: Session, kept_by_gone: Mapping[str, str]
) -> dict[str, Any]:
    """What was handed over, once all that rests on codings rests on those that stay.

    ``kept_by_gone`` holds the id of the coding that stays by that of the one that goes.
    What rests on both, with no note of its own, rests on one; minutes stay as closed.
    """
    handed: dict[str, list[Any]] = {"evidence": [], "folded": []}
    for some in in_parts(list(kept_by_gone)):
        rows = session.scalars(select(EvidenceRow).where(_rests_on(some))).all()
        kept = [kept_by_gone[row.thing_id] for row in rows]
        known = {
            (row.holder_kind, row.holder_id, row.thing_id, row.stance)
            for row in session.scalars(select(EvidenceRow).where(_rests_on(kept)))
        }
        for row in rows:
            to_id = kept_by_gone[row.thing_id]
            twice = (row.holder_kind, row.holder_id, to_id, row.stance) in known
            if twice and not row.note and row.holder_kind != HolderKind.MINUTES:
                handed["folded"].append(as_values(row))
                session.delete(row)
                continue
            handed["evidence"].append([row.id, row.thing_id, to_id])
            row.thing_id = to_id
    session.flush()
    return handed if handed["evidence"] or handed["folded"] else {}


def evidence_back(session: Session, handed: Mapping[str, Any]) -> None:
    """Let evidence rest again on the codings it rested on before a merge."""
    for evidence_id, from_id, to_id in handed.get("evidence", ()):
        row = session.get(EvidenceRow, evidence_id)
        if row is not None and row.thing_id == to_id:
            row.thing_id = from_id
    for values in handed.get("folded", ()):
        session.add(as_row(EvidenceRow, values))
    session.flush()


def is_written_of(session: Session, code_id: str) -> bool:
    """Whether contrary cases, searches or opposites of a code are kept."""
    return any(
        session.scalar(query.limit(1)) is not None
        for query in (
            _ids_of(_held_by_code(code_id)),
            _searches_of(code_id),
            select(col(OppositeCodeRow.marked_by)).where(_names(code_id)),
        )
    )


def _carry_opposites(
    session: Session, gone_id: str, into_id: str
) -> dict[str, list[Any]]:
    """Opposites of a code, and those it is one of: as they were, and those made."""
    rows = session.scalars(select(OppositeCodeRow).where(_names(gone_id))).all()
    were = [as_values(row) for row in rows]
    made: list[list[str]] = []
    for row in rows:
        code_id, opposite_id = _merged(row.code_id, row.opposite_id, gone_id, into_id)
        stands = session.get(OppositeCodeRow, (code_id, opposite_id)) is not None
        # Two codes that became one are no opposites of each other.
        if code_id != opposite_id and not stands:
            session.add(
                OppositeCodeRow(
                    code_id=code_id,
                    opposite_id=opposite_id,
                    marked_by=row.marked_by,
                    marked_at=row.marked_at,
                )
            )
            made.append([code_id, opposite_id])
        session.delete(row)
        session.flush()
    return {"opposites": were, "made": made}


def _merged(
    code_id: str, opposite_id: str, gone_id: str, into_id: str
) -> tuple[str, str]:
    first, second = (
        into_id if one == gone_id else one for one in (code_id, opposite_id)
    )
    return first, second


def _hold(session: Session, ids: Sequence[str], from_id: str, to_id: str) -> None:
    for some in in_parts(ids):
        session.execute(
            update(EvidenceRow)
            .where(col(EvidenceRow.id).in_(some), _held_by_code(from_id))
            .values(holder_id=to_id)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _searched(session: Session, ids: Sequence[str], from_id: str, to_id: str) -> None:
    for some in in_parts(ids):
        session.execute(
            update(ContrarySearchRow)
            .where(
                col(ContrarySearchRow.id).in_(some),
                col(ContrarySearchRow.code_id) == from_id,
            )
            .values(code_id=to_id)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _ids_of(wanted: ColumnElement[bool]) -> Any:
    return select(col(EvidenceRow.id)).where(wanted)


def _searches_of(code_id: str) -> Any:
    of_code = col(ContrarySearchRow.code_id) == code_id
    return select(col(ContrarySearchRow.id)).where(of_code)


def _held_by_code(code_id: str) -> ColumnElement[bool]:
    return (col(EvidenceRow.holder_kind) == HolderKind.THEME.value) & (
        col(EvidenceRow.holder_id) == code_id
    )


def _rests_on(coding_ids: Sequence[str]) -> ColumnElement[bool]:
    return (col(EvidenceRow.kind) == EvidenceKind.CODED_SEGMENT.value) & (
        col(EvidenceRow.thing_id).in_(coding_ids)
    )


def _names(code_id: str) -> ColumnElement[bool]:
    return or_(
        col(OppositeCodeRow.code_id) == code_id,
        col(OppositeCodeRow.opposite_id) == code_id,
    )
