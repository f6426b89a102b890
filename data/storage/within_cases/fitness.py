"""Which unread cases are fit to be compared with themselves, as far as may be told.

Whether a case stayed open long enough is something of later. It is told, without days,
only of cases that nobody has still to judge with under the matches that stand, so that
no file is opened, and no case lost for pairing, only to learn that it does not serve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, select

from data.storage.cases.choosable_cases import newest_pairing
from data.storage.within_cases.held_cases import held_of
from data.storage.within_cases.reading_alone import read_cases, to_judge_before_reading
from data.tables import (
    CandidateRow,
    CaseEventRow,
    CaseFactRow,
    CaseNoteRow,
    CaseRow,
    JudgementRow,
    VerdictRow,
)
from matching.case_records import CaseEvent, CaseNote
from matching.cases import Era
from matching.within_case import HeldCase

MOST_CHECKED = 2_000
"""Cases above which no fitness is told beforehand: it is checked when one is chosen."""


def tellable(session: Session, referred_by: Collection[str]) -> list[CaseRow]:
    """Those of the cases, by id, of which it may be told whether they are fit.

    None before any matches were found: then every case has still to be judged.
    """
    pairing_id = newest_pairing(session)
    if not pairing_id or len(referred_by) > MOST_CHECKED:
        return []
    waited_for = _waited_for(session, pairing_id)
    in_pairs = set(
        session.exec(
            select(JudgementRow.historic_id).where(
                col(JudgementRow.historic_id).is_not(None)
            )
        )
    )
    read = read_cases(session)
    rows = session.exec(select(CaseRow).where(col(CaseRow.id).in_(referred_by)))
    # Most cases are in no pair and listed for nobody who waits: they need no closer
    # look, case by case.
    return [
        row
        for row in rows
        if row.id not in read
        and row.id not in waited_for
        and (
            (row.era == Era.HISTORIC.value and row.id not in in_pairs)
            or not to_judge_before_reading(session, row)
        )
    ]


def _waited_for(session: Session, pairing_id: str) -> set[str]:
    """The historic cases that are listed for a case that is not judged yet."""
    judged = select(JudgementRow.contemporary_id).where(
        col(JudgementRow.judge_number).is_not(None),
        col(JudgementRow.locked_at).is_not(None),
    )
    listed = session.exec(
        select(CandidateRow.historic_id)
        .where(
            CandidateRow.pairing_id == pairing_id,
            col(CandidateRow.contemporary_id).not_in(judged),
        )
        .distinct()
    )
    # A case between its two judges is read with the list its first judge had.
    between = session.exec(
        select(VerdictRow.historic_id)
        .join(JudgementRow, col(JudgementRow.id) == col(VerdictRow.judgement_id))
        .where(
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.contemporary_id).not_in(judged),
        )
    )
    return {*listed, *between}


def held_cases(
    session: Session, rows: Collection[CaseRow], records_read_to: str
) -> dict[str, HeldCase]:
    """What splitting asks of these cases by id, without anybody's words."""
    ids = [row.id for row in rows]
    facts: dict[tuple[str, str], str] = {}
    for case_id, name, value in session.exec(
        select(CaseFactRow.case_id, CaseFactRow.field_name, CaseFactRow.value).where(
            col(CaseFactRow.case_id).in_(ids),
            col(CaseFactRow.field_name).in_(["referral_date", "closed_date"]),
        )
    ):
        facts[case_id, name] = value
    events: dict[str, list[CaseEvent]] = defaultdict(list)
    for case_id, day, event in session.exec(
        select(CaseEventRow.case_id, CaseEventRow.date, CaseEventRow.event).where(
            col(CaseEventRow.case_id).in_(ids)
        )
    ):
        events[case_id].append(CaseEvent("", day, event))
    notes: dict[str, list[CaseNote]] = defaultdict(list)
    for case_id, day in session.exec(
        select(CaseNoteRow.case_id, CaseNoteRow.date).where(
            col(CaseNoteRow.case_id).in_(ids)
        )
    ):
        notes[case_id].append(CaseNote("", day, ""))
    return {
        row.id: held_of(
            row.reference,
            facts.get((row.id, "referral_date"), ""),
            facts.get((row.id, "closed_date"), ""),
            tuple(events[row.id]),
            tuple(notes[row.id]),
            records_read_to,
        )
        for row in rows
    }
