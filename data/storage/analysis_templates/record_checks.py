"""Inside a change: records and answers opened, and what keeps one from being saved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.analysis_templates.questions import Question
from data.problems import DataProblem, DataRefused
from data.storage.analysis_templates.template_records import AnswerWords, RecordPlace
from data.storage.analysis_templates.template_rows import (
    known_template,
    questions_of,
    require_published,
    version_rows,
)
from data.storage.coders.blind_passes import hidden_sources, sources_being_coded_blind
from data.storage.database import Writing, refuse
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from data.storage.evidence.evidence_storage import link_evidence
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.tables import (
    AnalysisAnswerRow,
    AnalysisRecordRow,
    CodedSegmentRow,
    SourceRow,
)

LONGEST_ANSWER = 10_000
LONGEST_REASON = 1_000
_NOT_SAVED = "Nothing was saved."


def open_record(writing: Writing, place: RecordPlace) -> AnalysisRecordRow:
    """The record of a source, begun at the newest version where nobody had."""
    assert writing.actor is not None, "a right was checked for a person"
    session = writing.session
    known_template(session, place.template_id)
    require_readable(writing, place.source_id)
    row = session.scalars(
        select(AnalysisRecordRow).where(
            col(AnalysisRecordRow.template_id) == place.template_id,
            col(AnalysisRecordRow.source_id) == place.source_id,
        )
    ).first()
    if row is None:
        newest = require_published(session, place.template_id)
        row = AnalysisRecordRow(
            template_id=place.template_id,
            source_id=place.source_id,
            template_version_id=newest.id,
            begun_by=writing.actor.id,
        )
        session.add(row)
        session.flush()
    return row


def open_answer(
    session: Session, record: AnalysisRecordRow, question_id: str
) -> AnalysisAnswerRow:
    """The row of an answer, made where nobody touched it yet."""
    row = session.scalars(
        select(AnalysisAnswerRow).where(
            col(AnalysisAnswerRow.record_id) == record.id,
            col(AnalysisAnswerRow.question_id) == question_id,
        )
    ).first()
    if row is None:
        question_of(session, record, question_id)
        row = AnalysisAnswerRow(record_id=record.id, question_id=question_id, version=0)
        session.add(row)
        session.flush()
    return row


def question_of(
    session: Session, record: AnalysisRecordRow, question_id: str
) -> tuple[Question, int]:
    """A question as the record's version words it, and that version's number."""
    versions = {one.id: one for one in version_rows(session, record.template_id)}
    version = versions[record.template_version_id]
    for one in questions_of(session, version.id):
        if one.id == question_id:
            return one, version.number
    return refuse(
        "The version this record is filled in does not ask this question.",
        "The question",
        "Open the record again. Nothing was saved.",
    )


def sound_answer(words: AnswerWords, question: Question) -> AnswerWords:
    """The answer tidied; raises DataRefused with everything that does not fit."""
    tidy = AnswerWords(
        words.text.strip(),
        words.choice,
        words.is_not_applicable,
        words.reason.strip() if words.is_not_applicable else "",
    )
    where = question.heading
    found = []
    if len(tidy.text) > LONGEST_ANSWER:
        over = len(tidy.text) - LONGEST_ANSWER
        said = f"The answer is longer than {LONGEST_ANSWER:,} characters."
        found.append(DataProblem(said, where, f"Shorten it by {over:,}. {_NOT_SAVED}"))
    if tidy.is_not_applicable and not tidy.reason:
        said = "It is not said why the question does not apply."
        found.append(DataProblem(said, where, f"Give the reason. {_NOT_SAVED}"))
    if len(tidy.reason) > LONGEST_REASON:
        said = f"The reason is longer than {LONGEST_REASON:,} characters."
        found.append(DataProblem(said, where, f"Shorten it. {_NOT_SAVED}"))
    offered = question.offered
    if tidy.choice and tidy.choice not in offered:
        said = "The answer chosen is not one of those the question offers now."
        found.append(DataProblem(said, where, f"Choose again. {_NOT_SAVED}"))
    if offered and tidy.text and not tidy.choice and not tidy.is_not_applicable:
        said = "Words are there, and none of the answers is chosen."
        found.append(DataProblem(said, where, f"Choose one of them. {_NOT_SAVED}"))
    if found:
        raise DataRefused(found)
    return tidy


def link_quotations(
    writing: Writing, row: AnalysisAnswerRow, source_id: str, coded: Sequence[str]
) -> int:
    """How many quotations an answer newly rests on; all are of its own interview."""
    if not coded:
        return 0
    require_not_being_coded_blind(writing.session, source_id)
    others = writing.session.scalars(
        select(col(CodedSegmentRow.source_id)).where(
            col(CodedSegmentRow.id).in_(list(coded)),
            col(CodedSegmentRow.source_id) != source_id,
        )
    ).first()
    if others is not None:
        refuse(
            "A record rests on the quotations of its own interview.",
            "Quotations",
            f"Choose one of this transcript. {_NOT_SAVED}",
        )
    evidence = [NewEvidence(EvidenceKind.CODED_SEGMENT, one) for one in coded]
    return link_evidence(writing, Holder(HolderKind.TEMPLATE_ANSWER, row.id), evidence)


def require_readable(writing: Writing, source_id: str) -> None:
    """Refuse a source that is gone, withdrawn, or coded blind by the actor."""
    assert writing.actor is not None, "a right was checked for a person"
    session = writing.session
    if session.get(SourceRow, source_id) is None:
        refuse(
            "This transcript is not in the study.",
            "The record",
            f"Choose another one from the list. {_NOT_SAVED}",
        )
    if source_id in withdrawn_sources(session):
        refuse(
            "This transcript was withdrawn, so its record is out of use.",
            "The record",
            f"It comes back with the transcript. {_NOT_SAVED}",
        )
    if source_id in hidden_sources(session, writing.actor.id):
        refuse(
            "You code this transcript blind, so its record cannot be read or written "
            "now.",
            "The record",
            f"Come back to it when its coders are through. {_NOT_SAVED}",
        )


def require_not_being_coded_blind(session: Session, source_id: str) -> None:
    """Refuse a source that anybody codes blind: its codings are not to be linked."""
    if source_id in sources_being_coded_blind(session):
        refuse(
            "This transcript is being coded blind, so its codings are not to be read "
            "or linked now.",
            "Quotations",
            f"Link them once its coders are through. {_NOT_SAVED}",
        )
