"""Quotations as evidence: a coded segment as it stands and as it was linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.storage.coders.blind_passes import (
    sources_being_coded_blind,
    sources_read_blind,
)
from data.storage.evidence.evidence_records import EvidenceChange, StateNow
from data.storage.interviews.kept_back import words_kept_back
from data.storage.people_rights.withdrawn import codings_in_analysis
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
)

_AT_ONCE = 500


def coded_segments_now(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    """How each coded segment stands; those that are gone are left out.

    A passage of a source that is being coded blind by the reader, or by anybody where
    there is no reader, shows neither words nor code, nor does one that was withdrawn.
    Where somebody speaks who may not be quoted, the state says so.
    """
    blind = (
        sources_being_coded_blind(session)
        if reader_id is None
        else sources_read_blind(session, reader_id)
    )
    found: dict[str, StateNow] = {}
    for at in range(0, len(ids), _AT_ONCE):
        rows = session.execute(
            select(
                CodedSegmentRow,
                col(CodeRow.name),
                col(SourceRow.name),
                func.substr(
                    col(SourceRow.text),
                    col(CodedSegmentRow.start) + 1,
                    col(CodedSegmentRow.end) - col(CodedSegmentRow.start),
                ),
                col(TurnRow.number),
                col(TurnRow.speaker),
                col(SpeakerRow.participant_id),
            )
            .join(CodeRow, col(CodeRow.id) == col(CodedSegmentRow.code_id))
            .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
            .join(
                TurnRow,
                (col(TurnRow.source_id) == col(CodedSegmentRow.source_id))
                & (col(TurnRow.start) <= col(CodedSegmentRow.start))
                & (col(TurnRow.end) > col(CodedSegmentRow.start)),
                isouter=True,
            )
            .join(
                SpeakerRow,
                (col(SpeakerRow.source_id) == col(TurnRow.source_id))
                & (col(SpeakerRow.label) == col(TurnRow.speaker)),
                isouter=True,
            )
            .where(
                col(CodedSegmentRow.id).in_(ids[at : at + _AT_ONCE]),
                codings_in_analysis(session),
            )
        ).all()
        kept_back = words_kept_back(session, (row.source_id for row, *_ in rows))
        for row, code, source, words, number, speaker, participant in rows:
            if row.source_id in blind and row.coder_id != reader_id:
                found[row.id] = StateNow(change=EvidenceChange.BEING_CODED_BLIND)
                continue
            found[row.id] = StateNow(
                name=f"{source}, turn {number}" if number else source,
                words=words,
                place_id=row.source_id,
                source_id=row.source_id,
                start=row.start,
                speaker=speaker or "",
                code_id=row.code_id,
                participant_ids=(participant,) if participant else (),
                may_be_quoted=not kept_back.hold(row.source_id, row.start, row.end),
                kept={
                    "code": row.code_id,
                    "code_name": code,
                    "source": row.source_id,
                    "words": text_hash(words),
                },
            )
        rest = [one for one in ids[at : at + _AT_ONCE] if one not in found]
        still_coded = select(col(CodedSegmentRow.id)).where(
            col(CodedSegmentRow.id).in_(rest)
        )
        for one in session.scalars(still_coded):
            found[one] = StateNow(change=EvidenceChange.WITHDRAWN)
    return found


def what_became(
    was: Mapping[str, Any], state: StateNow | None
) -> tuple[EvidenceChange | None, str]:
    """What became of a coded segment since it was linked, and nearer in words."""
    if state is None:
        return EvidenceChange.NO_LONGER_CODED, ""
    if state.change or state.kept is None:
        return state.change, ""
    if was.get("code") != state.kept["code"]:
        then, now = was.get("code_name", ""), state.kept["code_name"]
        return EvidenceChange.RECODED, f"was {then}, is {now} now" if then else ""
    if was.get("words") != state.kept["words"]:
        return EvidenceChange.MOVED, ""
    return None, ""
