"""What a memo can be about or lead to, to choose from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from data.storage.memos.memo_records import MemoKind, Thing, ToldThing
from data.storage.memos.memo_things import tell_things
from data.storage.memos.readable_memos import readable_memos
from data.tables import (
    CaseRow,
    CodebookDecisionRow,
    CodeRow,
    JudgementRow,
    MemoRow,
    ParticipantRow,
    SourceRow,
)

# There is one study, so it needs no id of its own.
THE_STUDY = Thing(MemoKind.STUDY, "study")


def choices(session: Session, kind: str, reader_id: str, most: int) -> list[ToldThing]:
    """Things of a kind in words, in the order their own pages list them.

    Contemporary cases come before historic ones, pairs are those judged, codes those
    in use. Passages are chosen while reading.
    """
    if kind == MemoKind.STUDY:
        things = [THE_STUDY]
    else:
        query = _query(session, kind, reader_id)
        things = [Thing(kind, str(one)) for one in session.scalars(query.limit(most))]
    told = tell_things(session, things, reader_id)
    return [told[one] for one in things]


def _query(session: Session, kind: str, reader_id: str) -> Select[Any]:
    in_use = col(CodeRow.is_retired).is_(False)
    parents = select(col(CodeRow.parent_id)).where(
        col(CodeRow.parent_id).is_not(None), in_use
    )
    codes = select(col(CodeRow.id)).where(in_use).order_by(col(CodeRow.position))
    return {
        MemoKind.SOURCE: select(col(SourceRow.id)).order_by(col(SourceRow.name)),
        MemoKind.CODE: codes,
        MemoKind.THEME: codes.where(col(CodeRow.id).in_(parents)),
        MemoKind.PARTICIPANT: select(col(ParticipantRow.id)).order_by(
            col(ParticipantRow.pseudonym)
        ),
        MemoKind.CASE: select(col(CaseRow.id)).order_by(
            col(CaseRow.era), col(CaseRow.position)
        ),
        MemoKind.PAIR: select(col(JudgementRow.id))
        .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
        .where(
            col(JudgementRow.locked_at).is_not(None),
            col(JudgementRow.historic_id).is_not(None),
        )
        .order_by(col(CaseRow.position)),
        MemoKind.DECISION: select(col(CodebookDecisionRow.number)).order_by(
            col(CodebookDecisionRow.number).desc()
        ),
        MemoKind.MEMO: select(col(MemoRow.id))
        .where(readable_memos(session, reader_id))
        .order_by(col(MemoRow.written_at).desc()),
    }[MemoKind(kind)]
