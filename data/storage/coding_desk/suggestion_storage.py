"""Storing suggestions: what the engine proposes, until a person decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from coding.coded_segments import Segment
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from data.coding_records import SimilarCoding, StoredSuggestion
from data.rights import Right
from data.storage.coders.blind_passes import readable_suggestions, settled_codings
from data.storage.database import StudyDatabase
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    SourceRow,
    SuggestionRow,
    TurnRow,
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

        Open suggestions of the sources named are replaced; one that is proposed again
        on the same words keeps its id, so that who is reading it can decide. What a
        person decided stays and is not proposed again: a code is left out where it was
        decided on, or is coded already, in a passage that overlaps. Sources, codes and
        retired codes that are no longer there are passed over.
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
                wanted = [
                    one
                    for one in proposed
                    if one.code_id in codes and not _is_settled(one, settled)
                ]
                _replace(session, source_id, wanted, engine)
                kept += len(wanted)
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
    """Whether the source is there; the change to it is then counted."""
    changed: Any = session.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == source_id)
        .values(revision=col(SourceRow.revision) + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)


def _replace(
    session: Session, source_id: str, wanted: Sequence[CodeSuggestion], engine: str
) -> None:
    """Bring the open suggestions of a source to those wanted."""
    waiting = {
        (row.code_id, row.start, row.end): row
        for row in session.scalars(
            select(SuggestionRow).where(
                col(SuggestionRow.source_id) == source_id,
                col(SuggestionRow.status) == "open",
            )
        )
    }
    similar = _similar_codings(session, wanted)
    new = []
    for one in wanted:
        values = _values(source_id, one, engine, similar)
        row = waiting.pop((one.code_id, one.segment.start, one.segment.end), None)
        if row is None:
            new.append(values)
            continue
        for name, value in values.items():
            if name not in ("id", "version"):
                setattr(row, name, value)
    for row in waiting.values():
        session.delete(row)
    session.flush()
    if new:
        session.execute(insert(SuggestionRow), new)


def _similar_codings(
    session: Session, wanted: Sequence[CodeSuggestion]
) -> dict[tuple[str, int, str], list[Any]]:
    """Source, start and coder of what is coded in a turn under a code, if anything."""
    asked = {
        (source, number, one.code_id)
        for one in wanted
        for source, number in one.reason.similar_turns
    }
    if not asked:
        return {}
    query = (
        select(CodedSegmentRow, col(TurnRow.number))
        .join(
            TurnRow,
            (col(TurnRow.source_id) == col(CodedSegmentRow.source_id))
            & (col(TurnRow.start) < col(CodedSegmentRow.end))
            & (col(TurnRow.end) > col(CodedSegmentRow.start)),
        )
        .where(
            col(CodedSegmentRow.code_id).in_({code for _, _, code in asked}),
            col(CodedSegmentRow.source_id).in_({source for source, _, _ in asked}),
            settled_codings(session),
        )
        .order_by(col(CodedSegmentRow.start), col(CodedSegmentRow.id))
    )
    found: dict[tuple[str, int, str], list[Any]] = {}
    for row, number in session.execute(query):
        place = row.source_id, number, row.code_id
        if place in asked:
            found.setdefault(place, [row.source_id, row.start, row.coder_id])
    return found


def _settled(session: Session, source_id: str) -> dict[str, list[Segment]]:
    """Where each code was decided on or is coded already in a source."""
    settled: dict[str, list[Segment]] = {}
    coded = select(
        col(CodedSegmentRow.code_id),
        col(CodedSegmentRow.start),
        col(CodedSegmentRow.end),
    ).where(col(CodedSegmentRow.source_id) == source_id)
    decided = select(
        col(SuggestionRow.code_id), col(SuggestionRow.start), col(SuggestionRow.end)
    ).where(
        col(SuggestionRow.source_id) == source_id,
        col(SuggestionRow.status) != "open",
    )
    for query in (coded, decided):
        for code_id, start, end in session.execute(query):
            settled.setdefault(code_id, []).append(Segment(start, end))
    return settled


def _is_settled(one: CodeSuggestion, settled: dict[str, list[Segment]]) -> bool:
    return any(one.segment.overlaps(other) for other in settled.get(one.code_id, []))


def _values(
    source_id: str,
    one: CodeSuggestion,
    engine: str,
    similar: dict[tuple[str, int, str], list[Any]],
) -> dict[str, Any]:
    reason = one.reason
    codings = [similar.get((*turn, one.code_id)) for turn in reason.similar_turns]
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
            "telling_segments": [[w.start, w.end] for w in reason.telling_segments],
            "definition_sentence": reason.definition_sentence,
            "similar_turns": [list(turn) for turn in reason.similar_turns],
            "similar_codings": [found for found in codings if found],
        },
        "probability": None if one.chance is None else float(one.chance),
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
                # Kept since codings teach; what was made before has none.
                tuple(Segment(*one) for one in reason.get("telling_segments", ())),
                reason.get("definition_sentence", ""),
                tuple((s, int(n)) for s, n in reason.get("similar_turns", ())),
            ),
            row.probability,
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
        tuple(
            SimilarCoding(source, start, coder)
            for source, start, coder in reason.get("similar_codings", ())
        ),
    )
