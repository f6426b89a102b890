"""Storing readings: what a person found in a file, question by question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlmodel import Session, col, select

from data.case_progress import CaseReading, CitedNote, ReadingAnswer, SavedForm
from data.storage.case_progress.compared_pairs import (
    are_both_through,
    comparing_pair,
    find_pair,
    require_opened,
)
from data.storage.case_progress.comparison_storage import (
    form_of,
    keep_form,
    newest_form,
)
from data.storage.database import StudyDatabase, Writing, refuse, require_person
from data.tables import (
    CaseNoteRow,
    CaseReadingRow,
    ComparedPairRow,
    EarlierWordsRow,
    PersonRow,
    ReadingAnswerRow,
    ReadingFormRow,
    now,
)


class ReadingStorage:
    """Reads and saves readings of case files."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def notes(
        self, reader_id: str, contemporary_id: str, historic_id: str
    ) -> dict[str, tuple[CitedNote, ...]]:
        """The notes of both files by the id of the case, in order of time.

        Raises DataRefused unless the pair is locked and its files were opened.
        """
        with self._database.reading() as session:
            require_person(session, reader_id)
            require_opened(session, contemporary_id, historic_id)
            found: dict[str, list[CitedNote]] = {contemporary_id: [], historic_id: []}
            rows = session.exec(
                select(CaseNoteRow)
                .where(col(CaseNoteRow.case_id).in_(list(found)))
                .order_by(CaseNoteRow.date, col(CaseNoteRow.position))
            )
            for row in rows:
                found[row.case_id].append(
                    CitedNote(row.id, row.case_id, row.date, row.text)
                )
            return {case_id: tuple(notes) for case_id, notes in found.items()}

    def readings(
        self, reader_id: str, contemporary_id: str, historic_id: str
    ) -> list[CaseReading]:
        """The readings of a pair's files that a person may read, one's own first.

        Others' are left in the database until two people are through with the pair.
        """
        with self._database.reading() as session:
            pair = find_pair(session, contemporary_id, historic_id)
            if pair is None:
                return []
            query = select(CaseReadingRow).where(CaseReadingRow.pair_id == pair.id)
            if not are_both_through(session, pair.id):
                query = query.where(CaseReadingRow.reader_id == reader_id)
            rows = session.exec(query.order_by(col(CaseReadingRow.begun_at))).all()
            read = [_reading(session, row) for row in rows]
            return sorted(read, key=lambda one: one.reader_id != reader_id)

    def save(
        self,
        actor_id: str,
        contemporary_id: str,
        historic_id: str,
        case_id: str,
        answers: Iterable[ReadingAnswer],
    ) -> None:
        """Save one's own answers on one file of the pair.

        The first begins a reading with the newest form, which it keeps. Each answer
        carries the version that was seen, 0 for none. Raises DataRefused for a question
        the form does not ask, a note of another case, an answer that is none of those
        offered, and where another window of the same person was quicker.
        """
        said = list(answers)
        with comparing_pair(self._database, actor_id, contemporary_id, historic_id) as (
            writing,
            pair,
        ):
            if case_id not in (contemporary_id, historic_id):
                refuse(
                    "This case is none of the two.",
                    "Case reading",
                    "Open the pair again. Nothing was saved.",
                )
            reading = _own_reading(writing, pair, case_id)
            form = form_of(
                writing.session,
                writing.session.get_one(ReadingFormRow, reading.form_id),
            )
            _require_sound(form, said, _note_ids(writing.session, case_id))
            changed = _save_answers(writing, reading, said)
            writing.record(
                "case reading saved", "compared_pair", pair.id, changed=changed
            )


def _own_reading(
    writing: Writing, pair: ComparedPairRow, case_id: str
) -> CaseReadingRow:
    """The actor's reading of a file, begun with the newest form where there is none."""
    assert writing.actor is not None
    row = writing.session.exec(
        select(CaseReadingRow).where(
            CaseReadingRow.pair_id == pair.id,
            CaseReadingRow.case_id == case_id,
            CaseReadingRow.reader_id == writing.actor.id,
        )
    ).first()
    if row is None:
        form = newest_form(writing.session)
        if not form.number:
            # Kept on first use: a later release may ship another form.
            form = keep_form(writing, form.form, 1)
        row = CaseReadingRow(
            pair_id=pair.id,
            case_id=case_id,
            form_id=form.id,
            reader_id=writing.actor.id,
        )
        writing.session.add(row)
        writing.session.flush()
    return row


def _require_sound(
    form: SavedForm, answers: Iterable[ReadingAnswer], notes: Collection[str]
) -> None:
    for one in answers:
        question = form.form.question(one.question_key)
        if question is None:
            refuse(
                f"Version {form.number} of the form does not ask this.",
                "Case reading",
                "Open the pair again. Nothing was saved.",
            )
        if question.choices and one.answer and one.answer not in question.choices:
            refuse(
                "The answer is none of those offered.",
                question.text,
                "Choose one of them. Nothing was saved.",
            )
        if not set(one.note_ids) <= set(notes):
            refuse(
                "A note is cited that is not in this case's file.",
                question.text,
                "Choose among the notes of the case. Nothing was saved.",
            )


def _save_answers(
    writing: Writing, reading: CaseReadingRow, answers: Iterable[ReadingAnswer]
) -> int:
    session = writing.session
    kept = _answer_rows(session, reading)
    changed = 0
    for one in answers:
        row = kept.get(one.question_key)
        answer, note_ids = one.answer.strip(), list(one.note_ids)
        if row is None:
            if not answer and not note_ids:
                continue
            session.add(
                ReadingAnswerRow(
                    reading_id=reading.id,
                    question_key=one.question_key,
                    answer=answer,
                    note_ids=note_ids,
                )
            )
        elif (row.answer, row.note_ids) != (answer, note_ids):
            session.add(
                EarlierWordsRow(
                    about_kind="answer",
                    about_id=row.id,
                    version=row.version,
                    content={"answer": row.answer, "note_ids": row.note_ids},
                    saved_by=reading.reader_id,
                    saved_at=row.saved_at,
                )
            )
            writing.change(
                row, one.version, saved_at=now(), answer=answer, note_ids=note_ids
            )
        else:
            continue
        changed += 1
    session.flush()
    return changed


def _answer_rows(
    session: Session, reading: CaseReadingRow
) -> Mapping[str, ReadingAnswerRow]:
    rows = session.exec(
        select(ReadingAnswerRow).where(ReadingAnswerRow.reading_id == reading.id)
    )
    return {row.question_key: row for row in rows}


def _reading(session: Session, row: CaseReadingRow) -> CaseReading:
    answers = {
        key: ReadingAnswer(key, one.answer, tuple(one.note_ids), one.version)
        for key, one in _answer_rows(session, row).items()
    }
    return CaseReading(
        row.case_id,
        row.reader_id,
        session.get_one(PersonRow, row.reader_id).name,
        form_of(session, session.get_one(ReadingFormRow, row.form_id)),
        answers,
    )


def _note_ids(session: Session, case_id: str) -> list[str]:
    return list(
        session.exec(select(CaseNoteRow.id).where(CaseNoteRow.case_id == case_id))
    )
