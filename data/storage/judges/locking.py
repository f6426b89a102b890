"""Which judgement decides a case, and when it is locked.

A case is through with its judges when its only judge has judged, when two blind judges
say the same, or when their difference was reconciled. Exactly one judgement of a case
is then locked, and all that follows (accepted pairs, open files, counts) asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from data.judging import GivenAs, JudgingSetting
from data.storage.cases.choosable_cases import newest_pairing, not_choosable
from data.tables import JudgementRow, JudgingSettingRow, PersonRow, now


def judging_setting(session: Session) -> JudgingSetting:
    """The setting that counts; a single judge where nobody set it."""
    found = session.exec(
        select(JudgingSettingRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(JudgingSettingRow.set_by))
        .order_by(col(JudgingSettingRow.number).desc())
        .limit(1)
    ).first()
    if found is None:
        return JudgingSetting()
    row, name = found
    return JudgingSetting(row.judges, row.number, name, row.set_at)


def readings_of(session: Session, contemporary_id: str) -> dict[int, JudgementRow]:
    """The judgements of a case that were not taken back, by the part they have."""
    rows = session.exec(
        select(JudgementRow).where(
            JudgementRow.contemporary_id == contemporary_id,
            col(JudgementRow.judge_number).is_not(None),
        )
    )
    return {row.given_as: row for row in rows}


def locked_of(rows: Iterable[JudgementRow]) -> JudgementRow | None:
    """The one judgement among those of a case that decides it, or nothing."""
    return next((row for row in rows if row.locked_at is not None), None)


def says_the_same(first: JudgementRow, second: JudgementRow) -> bool:
    """Whether two judges chose alike and call the choice by the same word."""
    return (first.historic_id, first.suitability) == (
        second.historic_id,
        second.suitability,
    )


def settle(session: Session, contemporary_id: str) -> JudgementRow | None:
    """The judgement that now decides a case, locked; nothing while judges are at work.

    Call it after every change to the judgements of a case.
    """
    session.flush()
    rows = readings_of(session, contemporary_id)
    deciding = _deciding(session, rows)
    for row in rows.values():
        if row is deciding and row.locked_at is None:
            row.locked_at = now()
        elif row is not deciding and row.locked_at is not None:
            row.locked_at = None
            row.version += 1
    session.flush()
    return deciding


def _deciding(session: Session, rows: dict[int, JudgementRow]) -> JudgementRow | None:
    first, second = rows.get(GivenAs.FIRST), rows.get(GivenAs.SECOND)
    if GivenAs.RECONCILED in rows:
        return rows[GivenAs.RECONCILED]
    if first is None:
        return None
    if second is not None:
        return first if says_the_same(first, second) and _free(session, first) else None
    if first.locked_at is not None or judging_setting(session).judges == 1:
        return first
    return None


def _free(session: Session, row: JudgementRow) -> bool:
    """Whether the partner can still be had: another case may have got it meanwhile."""
    if row.historic_id is None or row.locked_at is not None:
        return True
    return not not_choosable(session, newest_pairing(session), [row.historic_id])
