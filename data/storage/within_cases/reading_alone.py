"""When a case may be read on its own, outside a pair, and what follows from it.

Whoever judges must not know what became of a case. So a case is read alone only where
nobody has still to judge with it, and from then on it is read for good: its judgements
stand, no further case can choose it, and a contemporary one that was not judged no
longer is.
"""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from data.storage.cases.choosable_cases import judged_first, newest_pairing
from data.storage.database import Writing, refuse
from data.tables import (
    CandidateRow,
    CaseReadAloneRow,
    CaseRow,
    JudgementRow,
    now,
)
from matching.cases import Era

_NAMED = 12
"""How many cases a refusal names before it counts the rest."""


def read_cases(session: Session) -> set[str]:
    """The ids of all cases of which somebody read what came later."""
    found = set(session.exec(select(CaseReadAloneRow.case_id)))
    for pair in session.exec(
        select(JudgementRow.contemporary_id, JudgementRow.historic_id).where(
            col(JudgementRow.opened_at).is_not(None)
        )
    ):
        found.update(filter(None, pair))
    return found


def to_judge_before_reading(session: Session, case: CaseRow) -> list[str]:
    """The contemporary cases, by reference, that must be judged before it is read.

    A contemporary case itself, until its judges are through or where no historic case
    is listed for it; and every case that waits and could choose it, or the partner it
    has.
    """
    judgements = _locked(session, case.id)
    historic = {row.historic_id for row in judgements if row.historic_id}
    waiting = []
    if case.era == Era.HISTORIC.value:
        historic.add(case.id)
    elif not judgements and _is_to_judge(session, case.id):
        waiting.append(case.reference)
    others = judged_first(session, historic) if historic else []
    return list(dict.fromkeys([*waiting, *others]))


def require_readable(session: Session, case: CaseRow) -> None:
    """Refuse while a judge of a case that waits would have to know nothing of it."""
    waiting = to_judge_before_reading(session, case)
    if not waiting:
        return
    if waiting == [case.reference]:
        refuse(
            "What came after the referral stays hidden until this case is judged.",
            f"Case {case.reference}",
            "Judge it first, or find matches where none were found yet. Nothing was "
            "opened or saved.",
        )
    named = ", ".join(waiting[:_NAMED])
    more = len(waiting) - _NAMED
    refuse(
        "What came after the referral stays hidden while others still judge with this "
        "case.",
        f"Case {case.reference}",
        f"Judge these first: {named}{f' and {more:,} more' if more > 0 else ''}. "
        "Nothing was opened or saved.",
    )


def note_reading(writing: Writing, case: CaseRow) -> None:
    """Keep that a case was read alone; from now on its judgements stand."""
    assert writing.actor is not None, "only people read files"
    writing.session.add(CaseReadAloneRow(case_id=case.id, read_by=writing.actor.id))
    writing.record("file read to compare within the case", "within_case", case.id)
    for row in _locked(writing.session, case.id):
        if row.opened_at is None:
            row.opened_at = now()
            row.opened_by = writing.actor.id
            row.version += 1
            writing.record("files opened", "judgement", row.id)


def _is_to_judge(session: Session, contemporary_id: str) -> bool:
    """Whether a contemporary case that is not judged waits for a judge, or may yet.

    Where the matches that stand list nobody for it and no judge has begun, nobody is
    kept from judging: reading it alone then takes it out of judging for good.
    """
    pairing_id = newest_pairing(session)
    listed = session.exec(
        select(CandidateRow.contemporary_id)
        .where(
            CandidateRow.pairing_id == pairing_id,
            CandidateRow.contemporary_id == contemporary_id,
        )
        .limit(1)
    ).first()
    begun = session.exec(
        select(JudgementRow.id).where(
            JudgementRow.contemporary_id == contemporary_id,
            col(JudgementRow.judge_number).is_not(None),
        )
    ).first()
    return not pairing_id or listed is not None or begun is not None


def _locked(session: Session, case_id: str) -> list[JudgementRow]:
    """The judgements on a case that stand with all its judges through."""
    query = select(JudgementRow).where(
        or_(
            col(JudgementRow.contemporary_id) == case_id,
            col(JudgementRow.historic_id) == case_id,
        ),
        col(JudgementRow.judge_number).is_not(None),
        col(JudgementRow.locked_at).is_not(None),
    )
    return list(session.exec(query))
