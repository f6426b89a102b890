"""Which historic cases judges may still choose, and who must judge before they open.

A historic case can be chosen for several contemporary ones where the plan says so.
Whoever chooses must not know what became of it, so two rules hold together: its file
stays shut while a case that waits to be judged could still choose it, and once its
file was opened, in a pair or alone, no further case can choose it, under whatever plan.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from data.importers.cases.plan_file import read_plan
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CandidateRow,
    CaseReadAloneRow,
    CaseRow,
    JudgementRow,
    PairingRow,
    PlanRow,
    VerdictRow,
)


def newest_pairing(session: Session) -> str:
    """The id of the pairing that is judged, '' before there is one."""
    query = select(PairingRow.id).order_by(col(PairingRow.number).desc()).limit(1)
    return session.exec(query).first() or ""


def most_uses(session: Session, pairing_id: str) -> int:
    """How often the plan of a pairing uses one historic case; 0 sets no limit."""
    toml = session.exec(
        select(PlanRow.toml)
        .join(PairingRow, col(PairingRow.plan_id) == col(PlanRow.id))
        .where(PairingRow.id == pairing_id)
    ).one()
    return read_plan(toml).max_reuse


def used_up(
    session: Session,
    pairing_id: str,
    historic_ids: Collection[str],
    *,
    apart_from: str = "",
) -> set[str]:
    """Those historic cases that were chosen as often as the pairing's plan allows.

    Only locked judgements count: what a first judge chose is not told by what others
    can no longer choose. ``apart_from`` is a contemporary case that does not count.
    """
    most = most_uses(session, pairing_id)
    if not most:
        return set()
    counted = session.exec(
        select(JudgementRow.historic_id, func.count())
        .where(
            col(JudgementRow.historic_id).in_(historic_ids),
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.locked_at).is_not(None),
            JudgementRow.contemporary_id != apart_from,
        )
        .group_by(col(JudgementRow.historic_id))
    )
    return {historic for historic, uses in counted if historic and uses >= most}


def already_opened(session: Session, historic_ids: Collection[str]) -> set[str]:
    """Those historic cases of which somebody read what came later.

    In a pair that was judged, or alone, to compare the case with itself.
    """
    in_pairs = session.exec(
        select(JudgementRow.historic_id).where(
            col(JudgementRow.historic_id).in_(historic_ids),
            col(JudgementRow.opened_at).is_not(None),
        )
    )
    alone = session.exec(
        select(CaseReadAloneRow.case_id).where(
            col(CaseReadAloneRow.case_id).in_(historic_ids)
        )
    )
    return {*filter(None, in_pairs), *alone}


def not_choosable(
    session: Session, pairing_id: str, historic_ids: Collection[str]
) -> set[str]:
    """Those historic cases that no further contemporary case can choose."""
    return used_up(session, pairing_id, historic_ids) | already_opened(
        session, historic_ids
    )


def judged_first(session: Session, historic_ids: Collection[str]) -> list[str]:
    """The contemporary cases, by reference, that wait and could choose one of these.

    Until they are judged, by whomever, nothing of what came later may be read of the
    historic cases. In the order of the cases; none where no case has to wait.
    """
    pairing_id = newest_pairing(session)
    if not pairing_id:
        return []
    left = set(historic_ids) - not_choosable(session, pairing_id, historic_ids)
    judged = select(JudgementRow.contemporary_id).where(
        col(JudgementRow.judge_number).is_not(None),
        col(JudgementRow.locked_at).is_not(None),
    )
    could_choose = select(CandidateRow.contemporary_id).where(
        CandidateRow.pairing_id == pairing_id,
        col(CandidateRow.historic_id).in_(left),
        col(CandidateRow.contemporary_id).not_in(judged),
        col(CandidateRow.contemporary_id).not_in(select(CaseReadAloneRow.case_id)),
    )
    # A case between its two judges is read with the list its first judge had, and the
    # second gives a verdict on each case of it, whether it can be chosen or not.
    between = (
        select(JudgementRow.contemporary_id)
        .join(VerdictRow, col(VerdictRow.judgement_id) == col(JudgementRow.id))
        .where(
            col(VerdictRow.historic_id).in_(historic_ids),
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.contemporary_id).not_in(judged),
        )
    )
    rows = session.exec(
        select(CaseRow.reference)
        .where(col(CaseRow.id).in_(could_choose) | col(CaseRow.id).in_(between))
        .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
        .order_by(col(CaseRow.position))
    )
    return list(rows)
