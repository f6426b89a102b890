"""Answers as evidence: how each stands for whoever reads what rests on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.storage.analysis_templates.template_rows import questions_of, words_of
from data.storage.coders.blind_passes import hidden_sources
from data.storage.evidence.evidence_records import EvidenceChange, StateNow
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.tables import (
    AnalysisAnswerRow,
    AnalysisRecordRow,
    AnalysisTemplateVersionRow,
    SourceRow,
)

_AT_ONCE = 500


def answers_now(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    """How answers stand; those nobody gave, a draft among them, are left out.

    One whose source may not be read now shows neither its words nor where it stands.
    """
    hidden = hidden_sources(session, reader_id)
    gone = withdrawn_sources(session)
    headings: dict[str, dict[str, str]] = {}
    found = {}
    for at in range(0, len(ids), _AT_ONCE):
        rows = session.execute(
            select(
                AnalysisAnswerRow,
                col(SourceRow.id),
                col(SourceRow.name),
                col(AnalysisRecordRow.template_id),
            )
            .join(
                AnalysisRecordRow,
                col(AnalysisRecordRow.id) == col(AnalysisAnswerRow.record_id),
            )
            .join(SourceRow, col(SourceRow.id) == col(AnalysisRecordRow.source_id))
            .where(col(AnalysisAnswerRow.id).in_(list(ids[at : at + _AT_ONCE])))
        )
        for row, source_id, source, template_id in rows:
            if source_id in hidden:
                found[row.id] = StateNow(change=EvidenceChange.BEING_CODED_BLIND)
                continue
            if source_id in gone:
                found[row.id] = StateNow(change=EvidenceChange.WITHDRAWN)
                continue
            words = words_of(row)
            if words.is_empty:
                continue
            if template_id not in headings:
                headings[template_id] = _headings(session, template_id)
            heading = headings[template_id].get(row.question_id, "")
            found[row.id] = StateNow(
                f"{source}, {heading}" if heading else source,
                words.in_words,
                place_id=row.id,
                kept={"words": text_hash(words.in_words)},
            )
    return found


def _headings(session: Session, template_id: str) -> dict[str, str]:
    """What each question of a template asks, as its latest version words it."""
    found: dict[str, str] = {}
    versions = session.scalars(
        select(col(AnalysisTemplateVersionRow.id))
        .where(
            col(AnalysisTemplateVersionRow.template_id) == template_id,
            col(AnalysisTemplateVersionRow.published_at).is_not(None),
        )
        .order_by(col(AnalysisTemplateVersionRow.number))
    )
    for one in versions.all():
        found |= {q.id: q.heading for q in questions_of(session, one)}
    return found
