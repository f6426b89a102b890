"""Who is who: a table of participants applied to transcripts, new or already added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.speaker_labels import label_key
from coding.study import Participant, Person
from coding.transcripts import Transcript
from data.importers.interviews.attributes_import import (
    AttributeTable,
    SourceAttributes,
    read_attributes,
)
from data.problems import DataProblem, DataRefused
from data.sources import SpeakerMapping
from data.storage import StudyStore

__all__ = ["apply_attributes", "mappings_from", "read_attributes", "wave_from"]


@dataclass(frozen=True, slots=True)
class AttributesApplied:
    """What a table changed: participants, and the sources it spoke of."""

    participants: int
    sources: int


def mappings_from(
    transcript: Transcript, rows: Sequence[SourceAttributes]
) -> tuple[SpeakerMapping, ...]:
    """Whom the speakers stand for by the rows about this transcript.

    A row's speaker is the label it names, the one that equals its participant, or the
    only one who is interviewed. Raises DataRefused for rows that fit none.
    """
    answering = [one.label for one in transcript.speakers if not one.is_interviewer]
    by_key = {label_key(label): label for label in answering}
    found: list[SpeakerMapping] = []
    problems: list[DataProblem] = []
    for row in rows:
        label = by_key.get(label_key(row.speaker or row.participant))
        if label is None and not row.speaker and len(answering) == len(rows) == 1:
            label = answering[0]
        if label is None:
            problems.append(_no_speaker(row, transcript.name, answering))
        else:
            found.append(SpeakerMapping(label, participant=_participant(row)))
    if problems:
        raise DataRefused(problems)
    return tuple(found)


def wave_from(rows: Sequence[SourceAttributes]) -> str:
    """The wave that the rows about one file give it, '' where they give none."""
    return next((row.wave for row in rows if row.wave), "")


def apply_attributes(
    store: StudyStore, person: Person, table: AttributeTable
) -> AttributesApplied:
    """What the table changed in transcripts already added, found by their file names.

    Participants are brought up to date with what it says of them. Raises DataRefused,
    with nothing saved, for rows about files or speakers that the study does not have.
    """
    sources = [store.sources.read(one.id) for one in store.sources.summaries()]
    mapped: dict[str, tuple[SpeakerMapping, ...]] = {}
    problems: list[DataProblem] = []
    spoken_of: set[int] = set()
    for source in sources:
        if source is None:
            continue
        rows = table.of(source.file_name or source.transcript.name)
        spoken_of.update(row.row for row in rows)
        try:
            found = mappings_from(source.transcript, rows)
        except DataRefused as refusal:
            problems += refusal.problems
        else:
            if found:
                mapped[source.id] = found
    problems += [
        DataProblem(
            f"The study has no transcript from the file {row.file}.",
            f"Row {row.row}, file",
            "Correct the file's name, or add the transcript first. Nothing was saved.",
        )
        for row in table.rows
        if row.row not in spoken_of
    ]
    if problems:
        raise DataRefused(problems)
    people = {
        mapping.participant.pseudonym
        for mappings in mapped.values()
        for mapping in mappings
        if mapping.participant
    }
    store.sources.map_speakers(person.id, mapped, bring_up_to_date=True)
    return AttributesApplied(len(people), len(mapped))


def _participant(row: SourceAttributes) -> Participant:
    return Participant(
        "", row.participant, row.role, row.team, row.locality, dict(row.others)
    )


def _no_speaker(
    row: SourceAttributes, name: str, answering: Sequence[str]
) -> DataProblem:
    labels = ", ".join(answering[:5]) or "no speaker labels"
    return DataProblem(
        f"It is not clear which speaker of {name} the row means; there are {labels}.",
        f"Row {row.row}, speaker",
        "Write the label into a column called speaker. Nothing was saved.",
    )
