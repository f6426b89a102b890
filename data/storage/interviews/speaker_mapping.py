"""Whom the speakers of a source stand for, and the participants that they name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from data.sources import NewSource, SpeakerMapping
from data.storage.database import refuse
from data.storage.people_rights.withdrawn import withdrawn_participants
from data.tables import (
    ParticipantAttributeRow,
    ParticipantRow,
    SpeakerRow,
    new_id,
)


def mapping_of_each_speaker(new: NewSource) -> list[SpeakerMapping]:
    """One mapping a label: the person's own, else what the file itself says."""
    mapped = {mapping.label: mapping for mapping in new.mappings}
    stated = {speaker.label: speaker for speaker in new.transcript.speakers}
    labels = dict.fromkeys(
        [*stated, *(turn.speaker for turn in new.transcript.turns if turn.speaker)]
    )
    return [
        mapped.get(label)
        or SpeakerMapping(
            label, is_interviewer=label in stated and stated[label].is_interviewer
        )
        for label in labels
    ]


def participants_by_pseudonym(session: Session) -> dict[str, ParticipantRow]:
    """The participants under their pseudonyms, letter case aside."""
    return {
        row.pseudonym.casefold(): row for row in session.exec(select(ParticipantRow))
    }


def participant_id(
    session: Session,
    mapping: SpeakerMapping,
    known: dict[str, ParticipantRow],
    bring_up_to_date: bool = False,
) -> str | None:
    """The id of the participant a label stands for, added where new, or nothing."""
    one = mapping.participant
    if mapping.is_interviewer or one is None:
        return None
    if one.id and any(row.id == one.id for row in known.values()):
        _require_takes_part(session, one.id, mapping.label)
        return one.id
    pseudonym = one.pseudonym.strip()
    row = known.get(pseudonym.casefold())
    if row is not None:
        _require_takes_part(session, row.id, mapping.label)
    if row is None:
        row = ParticipantRow(id=one.id or new_id(), pseudonym=pseudonym)
        session.add(row)
        known[pseudonym.casefold()] = row
    # What the study already knows about a participant is not overwritten in passing.
    for part in ("role", "team", "locality"):
        said = getattr(one, part).strip()
        if said and (bring_up_to_date or not getattr(row, part)):
            setattr(row, part, said)
    session.flush()
    for name, value in one.attributes.items():
        attribute = session.get(ParticipantAttributeRow, (row.id, name))
        if attribute is None:
            session.add(
                ParticipantAttributeRow(participant_id=row.id, name=name, value=value)
            )
        elif bring_up_to_date:
            attribute.value = value
    session.flush()
    return row.id


def map_speakers_of(
    session: Session,
    source_id: str,
    mappings: Sequence[SpeakerMapping],
    known: dict[str, ParticipantRow],
    bring_up_to_date: bool,
) -> None:
    """Say whom the labels of one stored source stand for.

    A label of somebody who withdrew goes on standing for them.
    """
    gone = withdrawn_participants(session)
    rows = {
        row.label: row
        for row in session.exec(
            select(SpeakerRow).where(SpeakerRow.source_id == source_id)
        )
    }
    for mapping in mappings:
        row = rows.get(mapping.label)
        if row is None:
            refuse(
                "This source has no speaker of that label.",
                "Speakers",
                "Open the source again. Nothing was saved.",
            )
        if row.participant_id in gone:
            continue
        row.is_interviewer = mapping.is_interviewer
        row.participant_id = participant_id(session, mapping, known, bring_up_to_date)
        row.version += 1


def _require_takes_part(session: Session, participant_id: str, label: str) -> None:
    if participant_id in withdrawn_participants(session):
        refuse(
            "This participant withdrew, so no further words can be theirs.",
            f"Speaker {label}",
            "Leave the transcript out, or have the withdrawal taken back on the page "
            "People's rights first. Nothing was saved.",
        )
