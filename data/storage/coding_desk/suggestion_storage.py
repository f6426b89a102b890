"""Storing suggestions: what the engine proposes, until a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from coding.coded_segments import Segment
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from data.coding_records import StoredSuggestion
from data.rights import Right
from data.storage.coders.blind_passes import readable_suggestions
from data.storage.database import StudyDatabase
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    SourceRow,
    SuggestionRow,
    new_id,
    now,
)


class SuggestionStorage:
    """Keeps suggestions apart from codings: they count as nothing until accepted."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def replace_open(
        self,
        actor_id: str,
        suggestions: Mapping[str, Sequence[CodeSuggestion]],
        *,
        engine: str,
    ) -> int:
        """How many suggestions wait in these sources, given new ones by source id.

        Open suggestions of the sources named are replaced. What a person decided stays
        and is not proposed again: a code is left out where it was decided on, or is
        coded already, in a passage that overlaps. Sources, codes and retired codes
        that are no longer there are passed over.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            kept = 0
            codes = set(
                session.scalars(
                    select(col(CodeRow.id)).where(col(CodeRow.is_retired).is_(False))
                )
            )
            for source_id, proposed in suggestions.items():
                if not _begin(session, source_id):
                    continue
                settled = _settled(session, source_id)
                rows = [
                    _values(source_id, one, engine)
                    for one in proposed
                    if one.code_id in codes and not _is_settled(one, settled)
                ]
                if rows:
                    session.execute(insert(SuggestionRow), rows)
                kept += len(rows)
            writing.record(
                "suggestions made",
                "source",
                next(iter(suggestions)) if len(suggestions) == 1 else "",
                sources=len(suggestions),
                count=kept,
                engine=engine,
            )
        return kept

    def open_of(
        self, source_id: str, *, reader_id: str | None = None
    ) -> list[StoredSuggestion]:
        """The suggestions waiting in a source, in the order of its text."""
        return self._of(source_id, reader_id, only_open=True)

    def all_of(
        self, source_id: str, *, reader_id: str | None = None
    ) -> list[StoredSuggestion]:
        """Every suggestion of a source, decided ones too; none where hidden."""
        return self._of(source_id, reader_id, only_open=False)

    def named(
        self, ids: Collection[str], *, reader_id: str | None = None
    ) -> dict[str, StoredSuggestion]:
        """The suggestions of these ids that are still there, by id."""
        if not ids:
            return {}
        with self._database.reading() as session:
            query = select(SuggestionRow).where(
                col(SuggestionRow.id).in_(list(ids)),
                readable_suggestions(session, reader_id),
            )
            return {row.id: stored_suggestion(row) for row in session.scalars(query)}

    def waiting(self, *, reader_id: str | None = None) -> int:
        """How many suggestions wait in the study, of those the reader may see."""
        with self._database.reading() as session:
            query = (
                select(func.count())
                .select_from(SuggestionRow)
                .join(CodeRow, col(CodeRow.id) == col(SuggestionRow.code_id))
                .where(
                    col(SuggestionRow.status) == "open",
                    col(CodeRow.is_retired).is_(False),
                )
            )
            query = query.where(readable_suggestions(session, reader_id))
            return session.scalars(query).one()

    def _of(
        self, source_id: str, reader_id: str | None, *, only_open: bool
    ) -> list[StoredSuggestion]:
        query = (
            select(SuggestionRow)
            .join(CodeRow, col(CodeRow.id) == col(SuggestionRow.code_id))
            .where(col(SuggestionRow.source_id) == source_id)
            .order_by(
                col(SuggestionRow.start),
                col(SuggestionRow.end),
                col(SuggestionRow.rank),
                col(SuggestionRow.id),
            )
        )
        if only_open:
            query = query.where(
                col(SuggestionRow.status) == "open", col(CodeRow.is_retired).is_(False)
            )
        with self._database.reading() as session:
            query = query.where(readable_suggestions(session, reader_id))
            return [stored_suggestion(row) for row in session.scalars(query)]


def _begin(session: Session, source_id: str) -> bool:
    """Whether the source is there; its open suggestions are then gone."""
    changed: Any = session.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == source_id)
        .values(revision=col(SourceRow.revision) + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        return False
    session.execute(
        delete(SuggestionRow)
        .where(
            col(SuggestionRow.source_id) == source_id,
            col(SuggestionRow.status) == "open",
        )
        .execution_options(synchronize_session=False)
    )
    return True


def _settled(session: Session, source_id: str) -> dict[str, list[Segment]]:
    """Where each code was decided on or is coded already in a source."""
    settled: dict[str, list[Segment]] = {}
    for table in (SuggestionRow, CodedSegmentRow):
        rows: Iterable[tuple[str, int, int]] = session.execute(
            select(col(table.code_id), col(table.start), col(table.end)).where(
                col(table.source_id) == source_id
            )
        )
        for code_id, start, end in rows:
            settled.setdefault(code_id, []).append(Segment(start, end))
    return settled


def _is_settled(one: CodeSuggestion, settled: dict[str, list[Segment]]) -> bool:
    return any(one.segment.overlaps(other) for other in settled.get(one.code_id, []))


def _values(source_id: str, one: CodeSuggestion, engine: str) -> dict[str, Any]:
    reason = one.reason
    return {
        "id": new_id(),
        "source_id": source_id,
        "code_id": one.code_id,
        "turn_number": one.turn_number,
        "start": one.segment.start,
        "end": one.segment.end,
        "rank": one.rank,
        "strength": one.strength.value,
        "similarity": float(one.similarity),
        "reason": {
            "sentence": reason.sentence,
            "cues": list(reason.cues),
            "cue_segments": [[cue.start, cue.end] for cue in reason.cue_segments],
            "definition_words": list(reason.definition_words),
        },
        "engine": engine,
        "suggested_at": now(),
        "status": "open",
        "version": 1,
    }


def stored_suggestion(row: SuggestionRow) -> StoredSuggestion:
    """The suggestion a row holds, with what was decided."""
    reason = row.reason
    return StoredSuggestion(
        row.id,
        row.source_id,
        CodeSuggestion(
            row.code_id,
            row.turn_number,
            Segment(row.start, row.end),
            row.rank,
            Strength(row.strength),
            row.similarity,
            SuggestionReason(
                reason["sentence"],
                tuple(reason["cues"]),
                tuple(Segment(start, end) for start, end in reason["cue_segments"]),
                tuple(reason["definition_words"]),
            ),
        ),
        row.engine,
        row.suggested_at,
        row.status,
        row.decided_by or "",
        row.decided_at,
        Segment(row.decided_start, row.decided_end)
        if row.decided_start is not None and row.decided_end is not None
        else None,
        row.decided_code_id,
        row.shown,
        row.because,
        row.because_words,
        row.probability,
    )
