"""Reading judgements back: those that decide a case, and those around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from data.judging import GivenAs
from data.pairings import SavedJudgement
from data.storage.database import names_of_people
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import CaseRow, JudgementRow, VerdictRow
from matching.judging.judgement import Judgement, Suitability

COMPARABLE = tuple(one.value for one in Suitability if one.is_comparable)
"""What a judgement says of a partner that makes both a pair."""


def standing_judgements(
    session: Session, contemporary_id: str | None = None
) -> list[SavedJudgement]:
    """The judgements that decide a case, one each, in the order of the cases.

    A case whose judges are not through yet has none here, nor has a pair of which one
    case was withdrawn.
    """
    out = withdrawn_cases(session)
    query = (
        select(JudgementRow)
        .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
        .where(
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.locked_at).is_not(None),
            col(JudgementRow.contemporary_id).not_in(out),
            col(JudgementRow.historic_id).is_(None)
            | col(JudgementRow.historic_id).not_in(out),
        )
        .order_by(col(CaseRow.position))
    )
    if contemporary_id is not None:
        query = query.where(JudgementRow.contemporary_id == contemporary_id)
    return saved_judgements(session, list(session.exec(query)))


def accepted_pairs(judgements: Iterable[SavedJudgement]) -> dict[str, str]:
    """The historic case judges accepted for each contemporary one, by reference."""
    return {
        one.judgement.contemporary_id: one.judgement.historic_id
        for one in judgements
        if one.is_pair
    }


def accepted_elsewhere(
    session: Session, historic_ids: Sequence[str], contemporary_id: str
) -> dict[str, str]:
    """Which of these historic cases judges chose for another contemporary case: its
    reference by the id of the historic one."""
    rows = session.exec(
        select(JudgementRow.historic_id, CaseRow.reference)
        .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
        .where(
            col(JudgementRow.historic_id).in_(historic_ids),
            JudgementRow.contemporary_id != contemporary_id,
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.locked_at).is_not(None),
            col(JudgementRow.suitability).in_(COMPARABLE),
        )
        .order_by(col(CaseRow.position))
    )
    return {historic: reference for historic, reference in rows if historic}


def saved_judgements(
    session: Session, rows: Sequence[JudgementRow]
) -> list[SavedJudgement]:
    """Rows as domain values, with names, references and verdicts."""
    people = names_of_people(session)
    wanted = {row.contemporary_id for row in rows}
    through = _with_both(session, wanted)
    wanted |= {row.historic_id for row in rows if row.historic_id}
    references = dict(
        session.exec(
            select(CaseRow.id, CaseRow.reference).where(col(CaseRow.id).in_(wanted))
        ).all()
    )
    verdicts = _verdicts(session, [row.id for row in rows])
    return [
        SavedJudgement(
            id=row.id,
            contemporary_id=row.contemporary_id,
            historic_id=row.historic_id or "",
            judgement=Judgement(
                references[row.contemporary_id],
                references.get(row.historic_id or "", ""),
                Suitability(row.suitability),
                row.rationale,
                people[row.judge_id],
                row.rank_of_chosen,
            ),
            judge_id=row.judge_id,
            judged_at=row.judged_at,
            pairing_id=row.pairing_id,
            seconds_taken=row.seconds_taken,
            locked_at=row.locked_at,
            opened_at=row.opened_at,
            taken_back_at=row.taken_back_at,
            taken_back_reason=row.taken_back_reason,
            given_as=row.given_as,
            agreed_with_id=row.agreed_with_id or "",
            agreed_with=people.get(row.agreed_with_id or "", ""),
            verdicts=tuple(verdicts.get(row.id, ())),
            is_one_of_two=(
                row.judge_number in (GivenAs.FIRST, GivenAs.SECOND)
                and row.contemporary_id in through
            ),
        )
        for row in rows
    ]


def _with_both(session: Session, contemporary_ids: Iterable[str]) -> set[str]:
    """Those cases of which a second judge is through as well."""
    rows = session.exec(
        select(JudgementRow.contemporary_id).where(
            col(JudgementRow.contemporary_id).in_(contemporary_ids),
            JudgementRow.judge_number == GivenAs.SECOND,
        )
    )
    return set(rows)


def _verdicts(
    session: Session, judgement_ids: Sequence[str]
) -> dict[str, list[tuple[str, Suitability]]]:
    found: dict[str, list[tuple[str, Suitability]]] = {}
    rows = session.exec(
        select(VerdictRow)
        .where(col(VerdictRow.judgement_id).in_(judgement_ids))
        .order_by(col(VerdictRow.place), col(VerdictRow.historic_id))
    )
    for row in rows:
        found.setdefault(row.judgement_id, []).append(
            (row.historic_id, Suitability(row.suitability))
        )
    return found
