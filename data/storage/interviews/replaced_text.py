"""A source's text replaced by a corrected one, the earlier one kept."""

from __future__ import annotations

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from coding.transcripts import Transcript
from data.storage.database import Writing, insert_rows
from data.storage.finding.turn_index import index_turns
from data.tables import EarlierTextRow, SourceRow, SpeakerRow, TurnRow


def labels_in(transcript: Transcript) -> list[str]:
    """The speaker labels of a transcript in the order of speaking."""
    return list(
        dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    )


def keep_earlier_text(
    writing: Writing, source: SourceRow, actor_id: str, reason: str
) -> int:
    """The number under which the present text and its turns are kept."""
    session = writing.session
    turns = session.exec(
        select(TurnRow)
        .where(col(TurnRow.source_id) == source.id)
        .order_by(col(TurnRow.number))
    )
    last = session.exec(
        select(func.max(EarlierTextRow.number)).where(
            col(EarlierTextRow.source_id) == source.id
        )
    ).one()
    number = (last or 0) + 1
    session.add(
        EarlierTextRow(
            source_id=source.id,
            number=number,
            text=source.text,
            text_sha256=source.text_sha256,
            turns=[[t.number, t.start, t.end, t.speaker, t.time] for t in turns],
            reason=reason.strip(),
            replaced_by=actor_id,
        )
    )
    session.flush()
    return number


def save_turns(session: Session, source_id: str, transcript: Transcript) -> None:
    """Keep the turns of a source's text, and make their words findable."""
    insert_rows(
        session,
        TurnRow,
        [
            {
                "source_id": source_id,
                "number": turn.number,
                "start": turn.start,
                "end": turn.end,
                "speaker": turn.speaker,
                "time": turn.time,
            }
            for turn in transcript.turns
        ],
    )
    index_turns(session, source_id, transcript.text, transcript.turns)


def replace_text(session: Session, source: SourceRow, corrected: Transcript) -> None:
    """Put the corrected text and its turns in place; speakers stay by their label."""
    session.execute(
        delete(TurnRow)
        .where(col(TurnRow.source_id) == source.id)
        .execution_options(synchronize_session=False)
    )
    save_turns(session, source.id, corrected)
    kept = {
        row.label: row
        for row in session.exec(
            select(SpeakerRow).where(col(SpeakerRow.source_id) == source.id)
        )
    }
    stated = {one.label: one for one in corrected.speakers}
    labels = labels_in(corrected)
    for label in labels:
        if label not in kept:
            said = stated.get(label)
            session.add(
                SpeakerRow(
                    source_id=source.id,
                    label=label,
                    is_interviewer=bool(said and said.is_interviewer),
                )
            )
    for label, row in kept.items():
        if label not in labels:
            session.delete(row)
    session.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == source.id)
        .values(
            text=corrected.text,
            text_sha256=corrected.sha256,
            word_count=corrected.word_count,
            revision=col(SourceRow.revision) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    session.flush()
