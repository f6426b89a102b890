"""The coded passages of one interview, as they stand beside its record."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.storage.coders.blind_passes import settled_codings
from data.storage.finding.turn_reading import participants_by_id, speakers_of
from data.tables import CodedSegmentRow, CodeRow, SourceRow, TurnRow


@dataclass(frozen=True, slots=True)
class InterviewPassage:
    """A coded passage: its code, its words, who says them, where it stands.

    Start and end are code points of the source's text, end exclusive.
    """

    coded_id: str
    code_id: str
    code: str
    words: str
    turn: int
    speaker: str
    start: int
    end: int
    coder_id: str
    participant_id: str = ""
    may_be_quoted: bool = True


def read_passages(session: Session, source_id: str) -> list[InterviewPassage]:
    """What the study says is coded in a source, an interviewer's words aside."""
    start, end = col(CodedSegmentRow.start), col(CodedSegmentRow.end)
    rows = session.execute(
        select(
            col(CodedSegmentRow.id),
            col(CodedSegmentRow.code_id),
            col(CodeRow.name),
            func.substr(col(SourceRow.text), start + 1, end - start),
            start,
            end,
            col(CodedSegmentRow.coder_id),
        )
        .join(CodeRow, col(CodeRow.id) == col(CodedSegmentRow.code_id))
        .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
        .where(
            col(CodedSegmentRow.source_id) == source_id,
            settled_codings(session),
        )
        .order_by(start, end, col(CodedSegmentRow.id))
    ).all()
    turns = session.execute(
        select(
            col(TurnRow.start),
            col(TurnRow.end),
            col(TurnRow.number),
            col(TurnRow.speaker),
        )
        .where(col(TurnRow.source_id) == source_id)
        .order_by(col(TurnRow.start))
    ).all()
    starts = [turn[0] for turn in turns]
    speakers = speakers_of(session, [source_id])
    people = participants_by_id(session)
    found = []
    for coded, code_id, code, words, begins, ends, coder in rows:
        # One that begins between turns belongs to the turn it runs into.
        at = max(0, bisect_right(starts, begins) - 1)
        if at + 1 < len(turns) and turns[at][1] <= begins:
            at += 1
        _, _, number, label = turns[at] if turns else (0, 0, 0, "")
        is_interviewer, participant = speakers.get((source_id, label), (False, ""))
        if is_interviewer:
            continue
        person = people.get(participant)
        found.append(
            InterviewPassage(
                coded,
                code_id,
                code,
                words,
                number,
                person.pseudonym if person else label,
                begins,
                ends,
                coder,
                participant,
                person.may_be_quoted if person else True,
            )
        )
    return found
