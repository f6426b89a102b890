"""Coded segments out of the rows that keep them, bare or with words and speakers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.coded_segments import CodedSegment, Segment
from coding.study import Participant
from coding.transcripts import SourceKind
from data.coding_records import CodedPassage
from data.tables import CodedSegmentRow, SourceRow, SpeakerRow, TurnRow, WaveRow


def as_coded_segment(row: CodedSegmentRow) -> CodedSegment:
    """What a row says is coded: where, under which code, by whom, from what."""
    return CodedSegment(
        row.id,
        row.source_id,
        row.code_id,
        Segment(row.start, row.end),
        row.coder_id,
        row.coded_at,
        row.suggestion_id or "",
    )


def passages_in(
    session: Session,
    source_id: str,
    marked: Sequence[tuple[CodedSegmentRow, str, str]],
    people: Mapping[str, Participant],
    unquoted: Collection[str],
) -> list[CodedPassage]:
    """The coded passages of one source with their words, code, coder and who speaks.

    ``unquoted`` are the participants, by id, who said that they may not be quoted.
    """
    source, wave = session.execute(
        select(SourceRow, col(WaveRow.name))
        .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
        .where(col(SourceRow.id) == source_id)
    ).one()
    session.expunge(source)
    turns = session.scalars(
        select(TurnRow)
        .where(col(TurnRow.source_id) == source_id)
        .order_by(col(TurnRow.number))
    ).all()
    speakers = {
        row.label: row
        for row in session.scalars(
            select(SpeakerRow).where(col(SpeakerRow.source_id) == source_id)
        )
    }
    starts = [turn.start for turn in turns]
    silent = {
        label for label, row in speakers.items() if row.participant_id in unquoted
    }
    found = []
    for row, code, coder in marked:
        # A passage that begins between turns belongs to the turn it runs into.
        at = max(0, bisect_right(starts, row.start) - 1)
        if at + 1 < len(turns) and turns[at].end <= row.start:
            at += 1
        turn = turns[at] if turns else None
        speaker = speakers.get(turn.speaker) if turn else None
        heard = turns[at : bisect_left(starts, row.end)]
        found.append(
            CodedPassage(
                coded=as_coded_segment(row),
                quotation=source.text[row.start : row.end],
                code_name=code,
                coder=coder,
                source_name=source.name,
                kind=SourceKind(source.kind),
                wave=wave or "",
                held_on=source.held_on,
                turn_number=turn.number if turn else 0,
                speaker=turn.speaker if turn else "",
                is_interviewer=bool(speaker and speaker.is_interviewer),
                participant=people.get((speaker and speaker.participant_id) or ""),
                may_be_quoted=not any(one.speaker in silent for one in heard),
            )
        )
    return found
