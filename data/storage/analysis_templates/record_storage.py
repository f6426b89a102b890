"""Storing records: answers with their earlier words, drafts, quotations, moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlmodel import col

from coding.analysis_templates.drafting import DraftLine
from data.rights import Right
from data.storage.analysis_templates.interview_passages import (
    InterviewPassage,
    read_passages,
)
from data.storage.analysis_templates.record_checks import (
    link_quotations,
    open_answer,
    open_record,
    question_of,
    require_not_being_coded_blind,
    require_readable,
    sound_answer,
)
from data.storage.analysis_templates.template_records import (
    Answer,
    AnswerWords,
    EarlierAnswer,
    Record,
    RecordPlace,
    Template,
)
from data.storage.analysis_templates.template_rows import (
    as_answer,
    earlier_answers,
    keep_words,
    read_records,
    require_published,
    words_of,
)
from data.storage.coders.blind_passes import hidden_sources
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.evidence.evidence_records import (
    Holder,
    HolderKind,
)
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.tables import (
    AnalysisAnswerRow,
    AnalysisRecordRow,
    AnalysisWordsRow,
    now,
)

_ABOUT = HolderKind.TEMPLATE_ANSWER.value


class RecordStorage:
    """Reads and saves what is answered for each source."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def records(
        self, template_id: str, *, reader_id: str | None = None
    ) -> dict[str, Record]:
        """The records somebody began, by source; of hidden ones, only that they are.

        Where no reader is named, those of all sources being coded blind are hidden:
        anybody may read that. Withdrawn sources are left out.
        """
        with self._database.reading() as session:
            return read_records(
                session,
                template_id,
                hidden=hidden_sources(session, reader_id),
                gone=withdrawn_sources(session),
            )

    def record(self, place: RecordPlace, *, reader_id: str | None = None) -> Record:
        """The record of one source; one nobody began stands at the newest version."""
        with self._database.reading() as session:
            hidden = hidden_sources(session, reader_id)
            found = read_records(
                session,
                place.template_id,
                hidden=hidden,
                gone=withdrawn_sources(session),
                source_id=place.source_id,
            )
            if place.source_id in found:
                return found[place.source_id]
            newest = require_published(session, place.template_id)
            is_hidden = place.source_id in hidden
            return Record("", place, newest.number, is_hidden=is_hidden)

    def earlier(
        self, answer_id: str, *, reader_id: str | None = None
    ) -> list[EarlierAnswer]:
        """What an answer said before, newest first; nothing where it is hidden now."""
        with self._database.reading() as session:
            row = session.get(AnalysisAnswerRow, answer_id)
            if row is None:
                return []
            record = session.get_one(AnalysisRecordRow, row.record_id)
            if record.source_id in hidden_sources(session, reader_id):
                return []
            return earlier_answers(session, answer_id)

    def place_of(self, answer_id: str) -> tuple[RecordPlace, str] | None:
        """Where an answer stands: its record and question; nothing where it is gone."""
        with self._database.reading() as session:
            row = session.get(AnalysisAnswerRow, answer_id)
            if row is None:
                return None
            record = session.get_one(AnalysisRecordRow, row.record_id)
            place = RecordPlace(record.template_id, record.source_id)
            return place, row.question_id

    def passages(
        self, source_id: str, *, reader_id: str | None = None
    ) -> list[InterviewPassage]:
        """What the study says is coded in a source, in the order of its text.

        An interviewer's words aside; nothing while it is being coded blind.
        """
        with self._database.reading() as session:
            if source_id in hidden_sources(session, reader_id):
                return []
            return read_passages(session, source_id)

    def write(
        self,
        actor_id: str,
        place: RecordPlace,
        question_id: str,
        words: AnswerWords,
        *,
        seen_version: int,
        quotations: Sequence[str] = (),
    ) -> Answer:
        """The answer as saved; what it said before is kept, a draft is done with.

        ``quotations`` are coded segments it comes to rest on in the same step.
        ``seen_version`` is the version its writer saw, 0 where nobody had written.
        Raises DataRefused where someone else wrote since, where the words do not fit
        the question, and where the source may not be read by the writer now.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            record = open_record(writing, place)
            question, number = question_of(session, record, question_id)
            words = sound_answer(words, question)
            row = open_answer(session, record, question_id)
            if row.version and row.version == seen_version:
                keep_words(session, row)
            writing.change(
                row,
                seen_version,
                text=words.text,
                choice=words.choice,
                is_not_applicable=words.is_not_applicable,
                reason=words.reason,
                draft=[],
                asked_in=number,
                written_by=actor_id,
                written_at=now(),
            )
            linked = link_quotations(writing, row, place.source_id, quotations)
            writing.record(
                "answer written",
                _ABOUT,
                row.id,
                source=place.source_id,
                characters=len(words.text),
                applies=not words.is_not_applicable,
                quotations=linked,
            )
            return as_answer(row, names_of_people(session).get)

    def put_back(
        self, actor_id: str, answer: Answer, number: int, place: RecordPlace
    ) -> Answer:
        """The answer as its version of that number said it; what it says now is kept.

        Version 0 is what stood before anybody wrote: nothing.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            open_record(writing, place)
            row = session.get_one(AnalysisAnswerRow, answer.id)
            kept = session.scalars(
                select(AnalysisWordsRow).where(
                    col(AnalysisWordsRow.answer_id) == row.id,
                    col(AnalysisWordsRow.number) == number,
                )
            ).first()
            if kept is None and number:
                refuse(
                    "These earlier words are no longer kept.",
                    "The answer",
                    "Write them again. Nothing was saved.",
                )
            words = words_of(kept) if kept else AnswerWords()
            if row.version == answer.version:
                keep_words(session, row)
            writing.change(
                row,
                answer.version,
                text=words.text,
                choice=words.choice,
                is_not_applicable=words.is_not_applicable,
                reason=words.reason,
                asked_in=kept.asked_in if kept else 0,
                written_by=actor_id,
                written_at=now(),
            )
            writing.record(
                "answer put back", _ABOUT, row.id, source=place.source_id, number=number
            )
            return as_answer(row, names_of_people(session).get)

    def still_holds(self, actor_id: str, answer: Answer, place: RecordPlace) -> Answer:
        """The answer as one to its question as now worded; raises where it does not
        fit that question any longer."""
        return self.write(
            actor_id,
            place,
            answer.question_id,
            answer.words,
            seen_version=answer.version,
        )

    def draft(
        self,
        actor_id: str,
        place: RecordPlace,
        lines: Mapping[str, Sequence[DraftLine]],
    ) -> int:
        """For how many questions a draft now stands; answered ones are left alone.

        A draft is no answer and takes no version, so that it never stands in the way
        of who is writing. Raises DataRefused while anybody codes the source blind.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            require_not_being_coded_blind(session, place.source_id)
            record = open_record(writing, place)
            drafted = 0
            for question_id, chosen in lines.items():
                row = open_answer(session, record, question_id)
                if not words_of(row).is_empty:
                    continue
                row.draft = [[one.coded_id, one.why] for one in chosen]
                drafted += bool(chosen)
            session.flush()
            writing.record(
                "record drafted",
                "analysis record",
                record.id,
                source=place.source_id,
                questions=drafted,
            )
            return drafted

    def link(
        self,
        actor_id: str,
        place: RecordPlace,
        question_id: str,
        coded_ids: Sequence[str],
    ) -> Holder:
        """What the quotations are now linked to; the record is begun where it is not.

        Raises DataRefused where one is gone, of another source, or of one that is
        being coded blind.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            record = open_record(writing, place)
            row = open_answer(writing.session, record, question_id)
            linked = link_quotations(writing, row, place.source_id, coded_ids)
            writing.record(
                "evidence linked",
                _ABOUT,
                row.id,
                source=place.source_id,
                count=linked,
            )
            return Holder(HolderKind.TEMPLATE_ANSWER, row.id)

    def move(self, actor_id: str, record: Record, template: Template) -> Record:
        """The record at the newest version of its template; no answer is changed.

        Answers keep the number of the version they were given under, and those to
        retired questions stay with the record.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            require_readable(writing, record.place.source_id)
            newest = require_published(session, template.id)
            row = session.get_one(AnalysisRecordRow, record.id)
            writing.change(row, record.version, template_version_id=newest.id)
            writing.record(
                "record moved",
                "analysis record",
                row.id,
                source=row.source_id,
                version=newest.number,
            )
        return self.record(record.place, reader_id=actor_id)
