"""Storing cases: adding them all at once, marking fields, reading them for matching.

What came after a referral leaves the database through one method alone,
:meth:`CaseStorage.case_file`, and that one refuses until a judgement stands and no
case that waits could still choose the same historic case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from data.case_files import (
    ALWAYS_OUTCOMES,
    CaseAtReferral,
    CaseCounts,
    CaseFile,
    CasesSaved,
    FieldInUse,
    ListedCase,
    shows_earlier,
)
from data.problems import DataProblem, DataRefused
from data.rights import Right, may, roles_in_words
from data.storage.cases.case_reading import (
    fields_of,
    read_at_referral,
    read_case_file,
    read_listing,
    read_notes_at_referral,
    read_pool,
)
from data.storage.cases.case_saving import NewCases, save_new_cases
from data.storage.cases.choosable_cases import judged_first
from data.storage.cases.judgement_rows import COMPARABLE
from data.storage.cases.sampling_storage import add_sampling
from data.storage.database import StudyDatabase, Writing, refuse, require_person
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    AuditLineRow,
    CaseEventRow,
    CaseFactRow,
    CaseFieldRow,
    CaseNoteRow,
    CaseRow,
    JudgementRow,
    PairingRow,
    now,
)
from matching.case_records import CaseEvent, CaseField, CaseNote, CaseRecord
from matching.cases import CasePool, Era, KnownAt
from matching.sampling import SamplingRecord

_NAMED = 12
"""How many cases a refusal names before it counts the rest."""


class CaseStorage:
    """Reads and saves cases, their fields, events and notes."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(
        self,
        actor_id: str,
        *,
        fields: Sequence[CaseField],
        records: Sequence[CaseRecord],
        events: Sequence[CaseEvent] = (),
        notes: Sequence[CaseNote] = (),
        sampling: Sequence[SamplingRecord] = (),
        places: Mapping[str, str] | None = None,
    ) -> CasesSaved:
        """What was added: all of it in one transaction, or nothing.

        Events, notes and records of how cases were chosen may belong to cases of this
        import or to stored ones; those stored already are counted and left as they
        are. ``places`` name the row each reference came from. Raises DataRefused with
        every case that is already stored and every event or note whose case is
        nowhere; records of choice need a right of their own.
        """
        new = NewCases(fields, records, events, notes, places or {})
        with self._database.writing(actor_id, Right.IMPORT_CASES) as writing:
            saved = save_new_cases(writing.session, actor_id, new)
            writing.record(
                "cases added",
                "case",
                cases=saved.cases,
                events=saved.events,
                notes=saved.notes,
            )
            if sampling:
                writing.require(Right.RECORD_SAMPLING)
                chosen = add_sampling(writing, sampling)
                saved = replace(saved, sampling=chosen)
        return saved

    def references(self) -> dict[str, Era]:
        """The era of every stored case by its reference."""
        with self._database.reading() as session:
            rows = session.exec(select(CaseRow.reference, CaseRow.era))
            return {reference: Era(era) for reference, era in rows}

    def counts(self) -> CaseCounts:
        """How many cases of each era, events and notes are in analysis."""
        with self._database.reading() as session:
            out = withdrawn_cases(session)
            eras = dict(
                session.exec(
                    select(CaseRow.era, func.count())
                    .where(col(CaseRow.id).not_in(out))
                    .group_by(CaseRow.era)
                ).all()
            )
            events, notes = (
                session.exec(
                    select(func.count())
                    .select_from(table)
                    .where(col(table.case_id).not_in(out))
                ).one()
                for table in (CaseEventRow, CaseNoteRow)
            )
        return CaseCounts(
            eras.get(Era.CONTEMPORARY, 0), eras.get(Era.HISTORIC, 0), events, notes
        )

    def counts_by(self, field_name: str) -> list[tuple[str, int, int]]:
        """Each value of a field known at referral, with contemporary and historic
        counts, the most frequent first; '' stands for not known."""
        with self._database.reading() as session:
            field = session.get(CaseFieldRow, field_name)
            if field is None or field.known != KnownAt.AT_REFERRAL:
                return []
            query = (
                select(CaseFactRow.value, CaseRow.era, func.count())
                .select_from(CaseRow)
                .join(
                    CaseFactRow,
                    (col(CaseFactRow.case_id) == col(CaseRow.id))
                    & (col(CaseFactRow.field_name) == field_name),
                    isouter=True,
                )
                .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
                .group_by(CaseFactRow.value, CaseRow.era)
            )
            counted: dict[str, dict[str, int]] = {}
            for value, era, count in session.exec(query):
                counted.setdefault(value or "", {})[era] = count
        rows = [
            (value, eras.get(Era.CONTEMPORARY, 0), eras.get(Era.HISTORIC, 0))
            for value, eras in counted.items()
        ]
        return sorted(rows, key=lambda row: (row[0] == "", -row[1] - row[2], row[0]))

    def version(self) -> int:
        """A number that grows whenever cases or their fields change."""
        with self._database.reading() as session:
            query = select(func.max(AuditLineRow.number)).where(
                col(AuditLineRow.about_kind).in_(["case", "case_field"])
            )
            return session.exec(query).one() or 0

    # Fields

    def fields(self) -> list[FieldInUse]:
        """The fields of the stored cases in order, and how many cases have a value."""
        with self._database.reading() as session:
            filled = dict(
                session.exec(
                    select(CaseFactRow.field_name, func.count()).group_by(
                        CaseFactRow.field_name
                    )
                ).all()
            )
            return [FieldInUse(f, filled.get(f.name, 0)) for f in fields_of(session)]

    def field_list(self) -> list[CaseField]:
        """The fields of the stored cases in order."""
        with self._database.reading() as session:
            return fields_of(session)

    def mark_field(
        self, actor_id: str, field_name: str, known: KnownAt, *, was: KnownAt
    ) -> None:
        """Say anew when a field is known; ``was`` is the mark the person saw.

        Once matches were found, only those who manage the study may mark a field as
        known earlier, since judges would then see it; the audit line says so. Raises
        DataRefused for others, where the mark moved on meanwhile, and for fields that
        say how a case ended.
        """
        with self._database.writing(actor_id, Right.IMPORT_CASES) as writing:
            row = writing.session.get(CaseFieldRow, field_name)
            if row is None:
                refuse(
                    "No stored case has this field.",
                    "Fields of the cases",
                    "Open the page again. Nothing was saved.",
                )
            if field_name in ALWAYS_OUTCOMES and known != KnownAt.OUTCOME:
                refuse(
                    "This field says how a case ended, so it stays an outcome.",
                    row.title,
                    "Keep it as it is. Nothing was saved.",
                )
            unmasks = shows_earlier(KnownAt(row.known), known) and _is_matched(
                writing.session
            )
            if unmasks:
                _require_right_to_unmask(writing, row.title)
            changed: Any = writing.session.execute(
                update(CaseFieldRow)
                .where(
                    col(CaseFieldRow.name) == field_name,
                    col(CaseFieldRow.known) == was.value,
                )
                .values(known=known.value, version=row.version + 1)
            )
            if changed.rowcount != 1:
                refuse(
                    "Someone else changed this mark while you were looking at it.",
                    row.title,
                    "Open the page again and look. Nothing was saved.",
                )
            writing.record(
                "field marked as known earlier" if unmasks else "field marked",
                "case_field",
                field_name,
                was=was.value,
                known=known,
            )

    # Reading what was known at referral

    def case_pool(
        self, *, during: Collection[str] = (), with_notes: bool = False
    ) -> CasePool:
        """All cases as they were known at referral, in the order they were added.

        Outcomes never leave the database here, nor do fields known *during* a case
        except those named. Notes up to the referral are read only where asked for.
        Cases are named by their reference.
        """
        with self._database.reading() as session:
            return read_pool(session, frozenset(during), with_notes=with_notes)

    def notes_at_referral(self, *, most: int) -> list[str]:
        """Each case's notes dated up to its referral as one text, blank ones left out.

        Of more than so many cases those at even distances, in the order they were
        added.
        """
        with self._database.reading() as session:
            return read_notes_at_referral(session, most)

    def at_referral(self, case_id: str) -> CaseAtReferral | None:
        """The case as it was known on the day of referral, or nothing."""
        with self._database.reading() as session:
            return next(iter(read_at_referral(session, [case_id])), None)

    def several_at_referral(self, case_ids: Sequence[str]) -> dict[str, CaseAtReferral]:
        """Cases as they were known on the day of referral, by id."""
        with self._database.reading() as session:
            return {case.id: case for case in read_at_referral(session, case_ids)}

    def listing(
        self, *, era: Era | None = None, search: str = "", limit: int = 500
    ) -> tuple[int, list[ListedCase]]:
        """How many cases there are, and the first of them as known at referral.

        ``search`` is looked for in the reference and in every value known at referral,
        letter case aside.
        """
        with self._database.reading() as session:
            return read_listing(session, era, search.strip(), limit)

    # Reading what came later

    def case_file(self, actor_id: str, case_id: str) -> CaseFile:
        """Everything recorded about a case, outcomes and later notes included.

        Raises DataRefused unless the case is part of a pair whose judgement is locked,
        and for anyone who is not of the study. Where the plan lets several contemporary
        cases choose the same historic one, both files of a pair stay shut until every
        case that could still choose it is judged, by whomever, and once they were
        opened no further case can choose it: nothing of later is seen by anyone who
        still judges with that case. The refusal names the cases to be judged first.

        The first reading, by someone who may judge, is kept with its time: from then
        on the judgement stands, and everyone of the study can read the file.
        """
        with self._database.reading() as session:
            judgements = _locked_judgements(session, case_id)
            if judgements and all(row.opened_at for row in judgements):
                require_person(session, actor_id)
                return read_case_file(session, case_id)
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            judgements = _locked_judgements(writing.session, case_id)
            if not judgements:
                _refuse_what_came_later()
            _require_judged_by_all(writing.session, judgements)
            _note_first_opening(writing, judgements)
            return read_case_file(writing.session, case_id)


def _is_matched(session: Session) -> bool:
    return session.exec(select(PairingRow.id).limit(1)).first() is not None


def _require_right_to_unmask(writing: Writing, title: str) -> None:
    if writing.actor is None or not may(writing.actor.role, Right.MANAGE_STUDY):
        others = roles_in_words(Right.MANAGE_STUDY)
        refuse(
            "Matches have been found, so marking a field as known earlier would show "
            "it to those who still judge.",
            title,
            f"Ask someone who can ({others}). Nothing was saved.",
        )


def _locked_judgements(session: Session, case_id: str) -> list[JudgementRow]:
    query = select(JudgementRow).where(
        (col(JudgementRow.contemporary_id) == case_id)
        | (col(JudgementRow.historic_id) == case_id),
        col(JudgementRow.suitability).in_(COMPARABLE),
        col(JudgementRow.historic_id).is_not(None),
        col(JudgementRow.locked_at).is_not(None),
        col(JudgementRow.judge_number).is_not(None),
    )
    return list(session.exec(query))


def _require_judged_by_all(
    session: Session, judgements: Iterable[JudgementRow]
) -> None:
    """Refuse while a case that waits could still choose the partner of these."""
    partners = {row.historic_id for row in judgements if row.historic_id}
    waiting = judged_first(session, partners)
    if not waiting:
        return
    named = ", ".join(waiting[:_NAMED])
    more = len(waiting) - _NAMED
    refuse(
        "What came after the referral stays hidden while others still judge with the "
        "historic case of this pair.",
        "Case file",
        f"Judge these first: {named}{f' and {more:,} more' if more > 0 else ''}; then "
        "both files open.",
    )


def _note_first_opening(writing: Writing, judgements: Iterable[JudgementRow]) -> None:
    for row in judgements:
        if row.opened_at is None:
            row.opened_at = now()
            row.opened_by = writing.actor.id if writing.actor else None
            row.version += 1
            writing.record("files opened", "judgement", row.id)


def _refuse_what_came_later() -> None:
    raise DataRefused(
        [
            DataProblem(
                "What came after the referral stays hidden until this case is part of "
                "a judged pair.",
                "Case file",
                "Judge the case first; then both files open.",
            )
        ]
    )
