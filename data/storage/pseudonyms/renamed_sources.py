"""Names replaced in the texts of sources, now and as they were before corrections.

Every mark keeps its words: codings of all coders, suggestions, memos, codings that
wait for a place. Where the words are is known for certain, so nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from coding.pseudonyms.replacing import ReplacedWords, replaced_transcript
from coding.transcripts import SourceKind, Speaker, Transcript, Turn, text_hash
from data.storage.coding_desk.changes import forget_changes
from data.storage.database import Writing
from data.storage.interviews.moved_marks import (
    move_codings,
    move_memos,
    move_suggestions,
)
from data.storage.interviews.replaced_text import replace_text
from data.tables import (
    AgreedDecisionRow,
    EarlierTextRow,
    SourceRow,
    SpeakerRow,
    SuggestionRow,
    TurnRow,
    UnplacedCodingRow,
)

Label = Callable[[str], str]


def stored_transcript(session: Session, row: SourceRow) -> Transcript:
    """A source's text with its turns and speakers, inside a transaction."""
    turns = session.exec(
        select(TurnRow)
        .where(col(TurnRow.source_id) == row.id)
        .order_by(col(TurnRow.number))
    )
    speakers = session.exec(
        select(SpeakerRow).where(col(SpeakerRow.source_id) == row.id)
    )
    return Transcript(
        row.name,
        SourceKind(row.kind),
        row.text,
        tuple(Turn(t.number, t.start, t.end, t.speaker, t.time) for t in turns),
        tuple(
            Speaker(s.label, s.is_interviewer, s.participant_id or "") for s in speakers
        ),
    )


def rename_source(
    writing: Writing, row: SourceRow, said: ReplacedWords, label: Label
) -> None:
    """Put a source's replaced text in place with all that was marked in it.

    What can be undone at the coding desk ends there, as after a correction.
    """
    session = writing.session
    changed = replaced_transcript(stored_transcript(session, row), said, label)
    move_codings(session, row.id, said, changed, 0)
    move_suggestions(session, row.id, said, changed)
    move_memos(session, row.id, said, changed)
    _move_decisions(session, row.id, said)
    _move_cues(session, row.id, said)
    forget_changes(session, row.id)
    _rename_speakers(session, row.id, label)
    replace_text(session, row, changed)
    session.expire(row)


def rename_earlier(
    writing: Writing, row: EarlierTextRow, said: ReplacedWords, label: Label
) -> None:
    """The same for a text before a correction, and the codings that wait for it."""
    session = writing.session
    row.turns = [
        [number, said.start_of(start), said.end_of(end), label(speaker), when]
        for number, start, end, speaker, when in row.turns
    ]
    row.text, row.text_sha256 = said.after, text_hash(said.after)
    session.add(row)
    waiting = session.exec(
        select(UnplacedCodingRow).where(
            col(UnplacedCodingRow.source_id) == row.source_id,
            col(UnplacedCodingRow.number) == row.number,
        )
    )
    for one in waiting:
        one.start, one.end = said.start_of(one.start), said.end_of(one.end)
        session.add(one)
    session.flush()


def moves_positions(said: dict[str, ReplacedWords]) -> Callable[[dict[str, Any]], Any]:
    """Moves the positions of plain values that name a passage of a replaced source."""

    def moved(value: dict[str, Any]) -> dict[str, Any]:
        words = said.get(str(value.get("source_id", "")))
        start, end = value.get("start"), value.get("end")
        if words is None or not isinstance(start, int) or not isinstance(end, int):
            return value
        return {**value, "start": words.start_of(start), "end": words.end_of(end)}

    return moved


def _rename_speakers(session: Session, source_id: str, label: Label) -> None:
    """Labels that become one are one speaker: the one who stands for somebody stays."""
    rows = session.exec(
        select(SpeakerRow).where(col(SpeakerRow.source_id) == source_id)
    ).all()
    kept: dict[str, SpeakerRow] = {}
    for row in sorted(rows, key=lambda one: one.participant_id is None):
        renamed = label(row.label)
        if renamed in kept:
            session.delete(row)
        else:
            kept[renamed] = row
            session.execute(
                update(SpeakerRow)
                .where(col(SpeakerRow.id) == row.id)
                .values(label=renamed)
                .execution_options(synchronize_session="fetch")
            )
    session.flush()


def _move_cues(session: Session, source_id: str, said: ReplacedWords) -> None:
    for row in session.exec(
        select(SuggestionRow).where(col(SuggestionRow.source_id) == source_id)
    ):
        cues = row.reason.get("cue_segments", [])
        moved = [[said.start_of(start), said.end_of(end)] for start, end in cues]
        if moved != cues:
            row.reason = {**row.reason, "cue_segments": moved}
            session.add(row)
    session.flush()


def _move_decisions(session: Session, source_id: str, said: ReplacedWords) -> None:
    for row in session.exec(
        select(AgreedDecisionRow).where(col(AgreedDecisionRow.source_id) == source_id)
    ):
        row.seen = [
            [coder, code, said.start_of(start), said.end_of(end)]
            for coder, code, start, end in row.seen
        ]
        session.add(row)
    session.flush()
