"""Storing how contemporary cases were chosen; former records stay on file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.sampling_records import SamplingSaved, StoredSampling
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import CaseFactRow, CaseRow, SamplingRecordRow, now
from matching.cases import Era
from matching.sampling import Sampling, SamplingRecord


class SamplingStorage:
    """Reads and saves records of how cases were chosen, one that stands for each."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(self, actor_id: str, records: Sequence[SamplingRecord]) -> SamplingSaved:
        """What was recorded: all of it in one transaction, or nothing.

        A case that has a record already keeps it as a former one. Raises DataRefused
        with every case that is not a contemporary one of the study or is named twice,
        and every day that has not come yet.
        """
        with self._database.writing(actor_id, Right.RECORD_SAMPLING) as writing:
            return add_sampling(writing, records)

    def write(
        self, actor_id: str, record: SamplingRecord, *, seen_id: str
    ) -> SamplingSaved:
        """The same for one record written by hand.

        ``seen_id`` is the record of the case that the person saw, '' where there was
        none. Raises DataRefused where another stands by now.
        """
        with self._database.writing(actor_id, Right.RECORD_SAMPLING) as writing:
            row = _standing_rows(writing.session).get(record.case_id)
            if (row.id if row else "") != seen_id:
                refuse(
                    "Someone else recorded how this case was chosen while you were "
                    "writing.",
                    f"Case {record.case_id}",
                    "Open the page again, read their record, and write yours once "
                    "more if it differs. Nothing was saved.",
                )
            return add_sampling(writing, [record])

    def sampling(self) -> Sampling:
        """Every contemporary case in order, and the records that stand."""
        with self._database.reading() as session:
            contemporary = session.exec(
                select(CaseRow.reference)
                .where(
                    CaseRow.era == Era.CONTEMPORARY.value,
                    col(CaseRow.id).not_in(withdrawn_cases(session)),
                )
                .order_by(col(CaseRow.position))
            ).all()
            standing = _read(session, stands=True)
        return Sampling(tuple(contemporary), tuple(one.record for one in standing))

    def standing(self) -> list[StoredSampling]:
        """The records that stand, in the order of the cases."""
        with self._database.reading() as session:
            return _read(session, stands=True)

    def former(self) -> list[StoredSampling]:
        """The records whose place a later one took, by case, the oldest first."""
        with self._database.reading() as session:
            return _read(session, stands=False)

    def drawn_before_referral(self) -> list[str]:
        """The cases, by reference, whose record has a day before their referral."""
        with self._database.reading() as session:
            rows = session.exec(
                select(CaseRow.reference)
                .join(SamplingRecordRow, col(SamplingRecordRow.case_id) == CaseRow.id)
                .join(CaseFactRow, col(CaseFactRow.case_id) == CaseRow.id)
                .where(
                    col(SamplingRecordRow.standing).is_not(None),
                    SamplingRecordRow.drawn_on != "",
                    CaseFactRow.field_name == "referral_date",
                    # Both are ISO text, which sorts as the days do.
                    CaseFactRow.value > SamplingRecordRow.drawn_on,
                )
                .order_by(col(CaseRow.position))
            )
            return list(rows)


def add_sampling(writing: Writing, records: Sequence[SamplingRecord]) -> SamplingSaved:
    """What was recorded within a transaction that is under way; leaves its line."""
    assert writing.actor is not None, "a record always carries who made it"
    session, actor_id = writing.session, writing.actor.id
    ids = _require_drawable(session, records)
    standing = _standing_rows(session)
    superseded = already_there = 0
    for record in records:
        former = standing.get(record.case_id)
        if former is not None and _record(former, record.case_id) == record:
            already_there += 1
            continue
        if former is not None:
            superseded += 1
            former.standing = None
            former.superseded_by = actor_id
            former.superseded_at = now()
            # Told to the database first: only one record of a case may stand.
            session.flush()
        session.add(_row(record, ids[record.case_id], actor_id))
    saved = SamplingSaved(len(records) - already_there, superseded, already_there)
    writing.record(
        "choice of cases recorded",
        "sampling",
        ids[records[0].case_id] if len(records) == 1 else "",
        count=saved.recorded,
        superseded=saved.superseded,
    )
    return saved


def _require_drawable(
    session: Session, records: Sequence[SamplingRecord]
) -> dict[str, str]:
    """The id of each case by reference; refuses records that cannot be right."""
    rows = session.exec(select(CaseRow.reference, CaseRow.id, CaseRow.era)).all()
    eras = {reference: era for reference, _, era in rows}
    times = Counter(record.case_id for record in records)
    today = date.today().isoformat()
    problems = []
    for record in records:
        where = f"Case {record.case_id}"
        era = eras.get(record.case_id)
        if era is None:
            problems.append(_not_in_the_study(where))
        elif era != Era.CONTEMPORARY.value:
            problems.append(_historic(where))
        if record.drawn_on > today:
            problems.append(_not_come_yet(where))
    problems += [_twice(f"Case {name}") for name, n in times.items() if n > 1]
    if problems:
        raise DataRefused(problems)
    return {reference: case_id for reference, case_id, _ in rows}


def _standing_rows(session: Session) -> dict[str, SamplingRecordRow]:
    """The row that stands for each case, by reference."""
    rows = session.exec(
        select(CaseRow.reference, SamplingRecordRow)
        .join(CaseRow, col(CaseRow.id) == col(SamplingRecordRow.case_id))
        .where(col(SamplingRecordRow.standing).is_not(None))
    )
    return dict(rows.all())


def _read(session: Session, *, stands: bool) -> list[StoredSampling]:
    people = names_of_people(session)
    marked = col(SamplingRecordRow.standing)
    rows = session.exec(
        select(CaseRow.reference, SamplingRecordRow)
        .join(CaseRow, col(CaseRow.id) == col(SamplingRecordRow.case_id))
        .where(marked.is_not(None) if stands else marked.is_(None))
        .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
        .order_by(col(CaseRow.position), col(SamplingRecordRow.recorded_at))
    )
    return [
        StoredSampling(
            row.id,
            _record(row, reference),
            people[row.recorded_by],
            row.recorded_at,
            people.get(row.superseded_by or "", ""),
            row.superseded_at,
        )
        for reference, row in rows
    ]


def _record(row: SamplingRecordRow, reference: str) -> SamplingRecord:
    return SamplingRecord(
        reference,
        row.drawn_on,
        row.drawn_by,
        row.drawn_from,
        row.rule,
        row.replaced,
        row.note,
    )


def _row(record: SamplingRecord, case_id: str, actor_id: str) -> SamplingRecordRow:
    return SamplingRecordRow(
        case_id=case_id,
        drawn_on=record.drawn_on,
        drawn_by=record.drawn_by,
        drawn_from=record.drawn_from,
        rule=record.rule,
        replaced=record.replaced,
        note=record.note,
        recorded_by=actor_id,
    )


def _not_in_the_study(where: str) -> DataProblem:
    return DataProblem(
        "This case is not in the study.",
        where,
        "Correct its reference, or add the case first. Nothing was saved.",
    )


def _historic(where: str) -> DataProblem:
    return DataProblem(
        "This is a historic case; historic cases are found by matching, not drawn.",
        where,
        "Name a contemporary case. Nothing was saved.",
    )


def _not_come_yet(where: str) -> DataProblem:
    return DataProblem(
        "The day it was drawn lies in the future.",
        where,
        "Correct the day. Nothing was saved.",
    )


def _twice(where: str) -> DataProblem:
    return DataProblem(
        "This case has more than one record in what is added.",
        where,
        "Keep the one that is right. Nothing was saved.",
    )
