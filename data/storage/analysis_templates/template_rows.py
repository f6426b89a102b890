"""Rows of templates, records and answers: found, and read as values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.analysis_templates.drafting import DraftLine
from coding.analysis_templates.questions import AnswerKind, Question
from data.storage.analysis_templates.template_records import (
    Answer,
    AnswerWords,
    EarlierAnswer,
    Record,
    RecordPlace,
    Template,
    TemplateVersion,
)
from data.storage.codebook.code_history import merged_away
from data.storage.database import names_of_people, refuse
from data.tables import (
    AnalysisAnswerRow,
    AnalysisQuestionRow,
    AnalysisRecordRow,
    AnalysisTemplateRow,
    AnalysisTemplateVersionRow,
    AnalysisWordsRow,
)

_AT_ONCE = 500


def known_template(session: Session, template_id: str) -> AnalysisTemplateRow:
    """The template of that id; refuses one that is not in the study."""
    row = session.get(AnalysisTemplateRow, template_id)
    if row is None:
        refuse(
            "This template is not in the study.",
            "Analysis template",
            "Choose one from the list. Nothing was saved.",
        )
    return row


def version_rows(
    session: Session, template_id: str
) -> Sequence[AnalysisTemplateVersionRow]:
    """The versions of a template, oldest first."""
    return session.scalars(
        select(AnalysisTemplateVersionRow)
        .where(col(AnalysisTemplateVersionRow.template_id) == template_id)
        .order_by(col(AnalysisTemplateVersionRow.number))
    ).all()


def require_published(session: Session, template_id: str) -> AnalysisTemplateVersionRow:
    """The newest published version; refuses a template that has none."""
    published = [one for one in version_rows(session, template_id) if one.published_at]
    if not published:
        refuse(
            "No version of this template is published yet.",
            "Analysis template",
            "Publish its questions first. Nothing was saved.",
        )
    return published[-1]


def question_row(one: Question) -> dict[str, Any]:
    """A question as the columns of its row, its place aside."""
    return {
        "question_id": one.id,
        "heading": one.heading,
        "guidance": one.guidance,
        "kind": one.kind.value,
        "choices": list(one.choices),
        "for_whom": one.for_whom,
        "code_ids": list(one.code_ids),
    }


def questions_of(session: Session, version_id: str) -> list[Question]:
    """The questions of a version in their order."""
    rows = session.scalars(
        select(AnalysisQuestionRow)
        .where(col(AnalysisQuestionRow.template_version_id) == version_id)
        .order_by(col(AnalysisQuestionRow.position))
    )
    merged = merged_away(session)
    return [
        Question(
            row.question_id,
            row.heading,
            row.guidance,
            AnswerKind(row.kind),
            tuple(row.choices),
            row.for_whom,
            # A published version never changes: what it names is read as merged since.
            tuple(dict.fromkeys(merged.get(one, one) for one in row.code_ids)),
        )
        for row in rows
    ]


def as_template(session: Session, row: AnalysisTemplateRow) -> Template:
    """The row as a value, with its versions and their questions."""
    people = names_of_people(session)
    versions = tuple(
        TemplateVersion(
            one.id,
            one.number,
            tuple(questions_of(session, one.id)),
            one.note,
            people.get(one.published_by or "", ""),
            one.published_at,
            one.version,
        )
        for one in version_rows(session, row.id)
    )
    return Template(row.id, row.name, row.about, versions, row.version, row.is_put_away)


def read_records(
    session: Session,
    template_id: str,
    *,
    hidden: Collection[str],
    gone: Collection[str],
    source_id: str = "",
) -> dict[str, Record]:
    """The records of a template by source, those of hidden sources without a word.

    Sources that are ``gone`` are left out.
    """
    query = (
        select(AnalysisRecordRow, col(AnalysisTemplateVersionRow.number))
        .join(
            AnalysisTemplateVersionRow,
            col(AnalysisTemplateVersionRow.id)
            == col(AnalysisRecordRow.template_version_id),
        )
        .where(col(AnalysisRecordRow.template_id) == template_id)
    )
    if source_id:
        query = query.where(col(AnalysisRecordRow.source_id) == source_id)
    people = names_of_people(session)
    kept = [
        (row, number)
        for row, number in session.execute(query).all()
        if row.source_id not in gone
    ]
    readable = [row.id for row, _ in kept if row.source_id not in hidden]
    answers: dict[str, dict[str, Answer]] = {}
    for at in range(0, len(readable), _AT_ONCE):
        rows = session.scalars(
            select(AnalysisAnswerRow).where(
                col(AnalysisAnswerRow.record_id).in_(readable[at : at + _AT_ONCE])
            )
        )
        for one in rows:
            by_question = answers.setdefault(one.record_id, {})
            by_question[one.question_id] = as_answer(one, people.get)
    return {
        row.source_id: Record(
            row.id,
            RecordPlace(template_id, row.source_id),
            number,
            answers.get(row.id, {}),
            people.get(row.begun_by, ""),
            row.version,
            row.source_id in hidden,
        )
        for row, number in kept
    }


def words_of(row: AnalysisAnswerRow | AnalysisWordsRow) -> AnswerWords:
    """What a row answers."""
    return AnswerWords(row.text, row.choice, row.is_not_applicable, row.reason)


def as_answer(row: AnalysisAnswerRow, name_of: Any) -> Answer:
    """The row as a value, with who wrote it by name."""
    return Answer(
        row.id,
        row.question_id,
        words_of(row),
        tuple(DraftLine(coded, why) for coded, why in row.draft),
        row.asked_in,
        name_of(row.written_by or "", ""),
        row.written_at,
        row.version,
    )


def keep_words(session: Session, row: AnalysisAnswerRow) -> None:
    """Keep what an answer says now, before it is changed."""
    session.add(
        AnalysisWordsRow(
            answer_id=row.id,
            number=row.version,
            choice=row.choice,
            text=row.text,
            is_not_applicable=row.is_not_applicable,
            reason=row.reason,
            asked_in=row.asked_in,
            written_by=row.written_by,
            written_at=row.written_at,
        )
    )


def earlier_answers(session: Session, answer_id: str) -> list[EarlierAnswer]:
    """What an answer said before, newest first."""
    people = names_of_people(session)
    rows = session.scalars(
        select(AnalysisWordsRow)
        .where(col(AnalysisWordsRow.answer_id) == answer_id)
        .order_by(col(AnalysisWordsRow.number).desc())
    )
    return [
        EarlierAnswer(
            row.number,
            words_of(row),
            row.asked_in,
            people.get(row.written_by or "", ""),
            row.said_until,
        )
        for row in rows
    ]
