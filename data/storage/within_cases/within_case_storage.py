"""Storing cases compared with themselves; former and withdrawn ones stay on file."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.case_files import CaseFile
from data.rights import Right
from data.storage.case_progress.comparison_storage import read_settings
from data.storage.cases.case_reading import read_case_file
from data.storage.database import (
    StudyDatabase,
    Writing,
    names_of_people,
    refuse,
    require_person,
)
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.storage.within_cases.comparisons import (
    CaseToSplit,
    Chosen,
    WithinCaseComparison,
)
from data.storage.within_cases.fitness import held_cases, tellable
from data.storage.within_cases.held_cases import held_case
from data.storage.within_cases.reading_alone import (
    note_reading,
    read_cases,
    require_readable,
    to_judge_before_reading,
)
from data.tables import (
    CaseFactRow,
    CaseFieldRow,
    CaseRow,
    WithinCaseRow,
    now,
)
from matching.cases import Era, KnownAt
from matching.within_case import (
    Split,
    Unfit,
    WithinCasePair,
    halves,
    split_case,
    told_shut,
    unfit,
    unfit_at_referral,
)


class WithinCaseStorage:
    """Reads and saves comparisons of a case with itself, one that stands for each."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    # What may be known without opening a file

    def cases(self) -> list[CaseToSplit]:
        """Every case as known at referral, and whether it was read, in their order."""
        with self._database.reading() as session:
            referred = _referral_dates(session)
            read = read_cases(session)
            rows = session.exec(
                select(CaseRow)
                .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
                .order_by(col(CaseRow.position))
            )
            return [
                CaseToSplit(
                    row.id,
                    row.reference,
                    Era(row.era),
                    referred.get(row.id, ""),
                    row.id in read,
                )
                for row in rows
            ]

    def fitness(self, split: Split) -> dict[str, tuple[Unfit, ...]]:
        """Why each unread case of which it may be told is unfit, () where it is fit.

        By the id of the case, without days. A case that somebody has still to judge
        with is not in it, nor is any before matches were found, nor one that its day of
        referral rules out already.
        """
        with self._database.reading() as session:
            early = [
                case_id
                for case_id, day in _referral_dates(session).items()
                if not unfit_at_referral(day, split)
            ]
            rows = tellable(session, early)
            read_to = read_settings(session).records_read_to
            return {
                case_id: told_shut(unfit(held, split))
                for case_id, held in held_cases(session, rows, read_to).items()
            }

    def to_judge_first(self, case_id: str) -> list[str]:
        """The contemporary cases, by reference, that must be judged before this case
        is read alone: itself perhaps, and those that could still choose it."""
        with self._database.reading() as session:
            row = session.get(CaseRow, case_id)
            if row is None or case_id in read_cases(session):
                return []
            return to_judge_before_reading(session, row)

    # What came later

    def file(self, actor_id: str, case_id: str) -> CaseFile:
        """The whole file of a case that was read already, for anyone of the study.

        Raises DataRefused where nobody has read it yet.
        """
        with self._database.reading() as session:
            require_person(session, actor_id)
            if case_id not in read_cases(session):
                refuse(
                    "What came after the referral stays hidden until somebody compares "
                    "this case with itself, or it is part of a judged pair.",
                    "Case file",
                    "Choose the case and its split date first.",
                )
            return read_case_file(session, case_id)

    def choose(
        self, actor_id: str, case_id: str, split: Split, rationale: str, *, seen_id: str
    ) -> Chosen:
        """The comparison, saved; the case is read with it where it was not yet.

        ``seen_id`` is the comparison of the case that the person saw, '' where there
        was none; it is superseded and stays on file. A case that turns out unfit is
        not opened: why is told without days, and it can still be paired. Raises
        DataRefused without a rationale, for a case referred too late, while others
        still judge with it, and where somebody else chose meanwhile.
        """
        with self._database.writing(actor_id, Right.COMPARE_WITHIN_CASES) as writing:
            session = writing.session
            case = _case(session, case_id)
            _require_rationale(rationale)
            standing = _standing(session, case_id)
            _require_seen(standing, seen_id, case)
            _require_fit_at_referral(session, case, split)
            is_read = case_id in read_cases(session)
            if not is_read:
                require_readable(session, case)
            held = held_case(
                read_case_file(session, case_id),
                read_settings(session).records_read_to,
            )
            reasons = unfit(held, split)
            if reasons:
                writing.record(
                    "case found unfit to compare with itself",
                    "within_case",
                    case_id,
                    because=[one.because.value for one in reasons],
                )
                told = reasons if is_read else told_shut(reasons)
                return Chosen(None, told, is_read)
            if not is_read:
                note_reading(writing, case)
            _supersede(writing, standing)
            row = WithinCaseRow(
                case_id=case_id,
                split_date=split.split_date,
                least_days=split.least_days,
                most_days=split.most_days,
                days_each_side=split_case(held, split).days_each_side,
                rationale=rationale.strip(),
                chosen_before_reading=not is_read,
                chosen_by=actor_id,
            )
            session.add(row)
            session.flush()
            _record_choice(writing, row, standing)
            return Chosen(_read(session, [row])[0])

    def withdraw(self, actor_id: str, comparison_id: str, reason: str) -> None:
        """Let a comparison stand no longer; it stays on file with the reason.

        The case stays read. Raises DataRefused without a reason, and for a comparison
        that does not stand any longer.
        """
        with self._database.writing(actor_id, Right.COMPARE_WITHIN_CASES) as writing:
            row = writing.session.get(WithinCaseRow, comparison_id)
            if row is None or row.standing is None:
                refuse(
                    "This comparison does not stand any longer.",
                    "Before and after",
                    "Open the page again. Nothing was saved.",
                )
            if not reason.strip():
                refuse(
                    "It is not said why the comparison is withdrawn.",
                    "Why withdraw it?",
                    "Write a few words; they stay with the record. Nothing was saved.",
                )
            row.standing = None
            row.withdrawn_by = actor_id
            row.withdrawn_at = now()
            row.withdrawn_reason = reason.strip()
            writing.record("comparison withdrawn", "within_case", row.id)

    def standing(self) -> list[WithinCaseComparison]:
        """The comparisons that stand, in the order of the cases."""
        with self._database.reading() as session:
            return _list(session, stands=True)

    def former(self) -> list[WithinCaseComparison]:
        """Those superseded or withdrawn, by case, the oldest first."""
        with self._database.reading() as session:
            return _list(session, stands=False)

    def pairs(self) -> list[tuple[WithinCaseComparison, WithinCasePair]]:
        """The comparisons that stand, each with its two halves as they lie now.

        Their cases were read when they were chosen, so nothing unread is in them.
        """
        with self._database.reading() as session:
            return [
                (
                    one,
                    halves(
                        held_case(read_case_file(session, one.case_id)),
                        one.split_date,
                        one.days_each_side,
                    ),
                )
                for one in _list(session, stands=True)
            ]


def _list(session: Session, *, stands: bool) -> list[WithinCaseComparison]:
    marked = col(WithinCaseRow.standing)
    rows = session.exec(
        select(WithinCaseRow)
        .join(CaseRow, col(CaseRow.id) == col(WithinCaseRow.case_id))
        .where(marked.is_not(None) if stands else marked.is_(None))
        .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
        .order_by(col(CaseRow.position), col(WithinCaseRow.chosen_at))
    )
    return _read(session, list(rows))


def _referral_dates(session: Session, case_id: str = "") -> dict[str, str]:
    """The day of referral by case id, where the study marks it as known then."""
    query = (
        select(CaseFactRow.case_id, CaseFactRow.value)
        .join(CaseFieldRow, col(CaseFieldRow.name) == col(CaseFactRow.field_name))
        .where(
            CaseFieldRow.name == "referral_date",
            CaseFieldRow.known == KnownAt.AT_REFERRAL.value,
        )
    )
    if case_id:
        query = query.where(CaseFactRow.case_id == case_id)
    return dict(session.exec(query).all())


def _case(session: Session, case_id: str) -> CaseRow:
    row = session.get(CaseRow, case_id)
    if row is None:
        refuse(
            "This case is not in the study.",
            "Before and after",
            "Choose it in the list. Nothing was saved.",
        )
    return row


def _supersede(writing: Writing, row: WithinCaseRow | None) -> None:
    if row is not None and writing.actor is not None:
        row.standing = None
        row.superseded_by = writing.actor.id
        row.superseded_at = now()
        # Told to the database first: only one of a case may stand.
        writing.session.flush()


def _record_choice(
    writing: Writing, row: WithinCaseRow, former: WithinCaseRow | None
) -> None:
    writing.record(
        "case compared with itself",
        "within_case",
        row.id,
        split_date=row.split_date,
        days=row.days_each_side,
        supersedes=former.id if former else "",
    )


def _standing(session: Session, case_id: str) -> WithinCaseRow | None:
    return session.exec(
        select(WithinCaseRow).where(
            WithinCaseRow.case_id == case_id, col(WithinCaseRow.standing).is_not(None)
        )
    ).first()


def _require_rationale(rationale: str) -> None:
    if not rationale.strip():
        refuse(
            "A comparison is kept together with its reason, and none is written.",
            "Why this case",
            "Write a sentence on why it is compared with itself. Nothing was opened "
            "or saved.",
        )


def _require_seen(row: WithinCaseRow | None, seen_id: str, case: CaseRow) -> None:
    if (row.id if row else "") != seen_id:
        refuse(
            "Someone else chose or withdrew a comparison of this case meanwhile.",
            f"Case {case.reference}",
            "Open the page again, look at theirs, and choose once more if yours "
            "differs. Nothing was saved.",
        )


def _require_fit_at_referral(session: Session, case: CaseRow, split: Split) -> None:
    referred = _referral_dates(session, case.id).get(case.id, "")
    for one in unfit_at_referral(referred, split):
        refuse(
            f"This case {one.words}.",
            f"Case {case.reference}",
            "Choose another split date, ask for fewer days, or choose another case. "
            "Nothing was opened or saved.",
        )


def _read(session: Session, rows: list[WithinCaseRow]) -> list[WithinCaseComparison]:
    people = names_of_people(session)
    references = dict(
        session.exec(
            select(CaseRow.id, CaseRow.reference).where(
                col(CaseRow.id).in_({row.case_id for row in rows})
            )
        ).all()
    )
    return [
        WithinCaseComparison(
            row.id,
            row.case_id,
            references[row.case_id],
            row.split_date,
            row.least_days,
            row.most_days,
            row.days_each_side,
            row.rationale,
            row.chosen_before_reading,
            people[row.chosen_by],
            row.chosen_at,
            people.get(row.withdrawn_by or row.superseded_by or "", ""),
            row.withdrawn_at or row.superseded_at,
            row.withdrawn_reason,
        )
        for row in rows
    ]
