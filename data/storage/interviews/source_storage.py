"""Storing sources: text that never changes, its turns, speakers and who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select as select_columns
from sqlmodel import col, select

from coding.study import Participant
from coding.transcripts import SourceKind, Speaker, Transcript, Turn, text_hash
from data.problems import DataProblem
from data.rights import Right
from data.sources import (
    NewSource,
    SourceSummary,
    SpeakerInSource,
    SpeakerMapping,
    StoredSource,
)
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.interviews.replaced_text import save_turns
from data.storage.interviews.source_checks import problems_of, require_new
from data.storage.interviews.source_summaries import read_summaries
from data.storage.interviews.speaker_mapping import (
    map_speakers_of,
    mapping_of_each_speaker,
    participant_id,
    participants_by_pseudonym,
)
from data.storage.study_storage import ensure_wave
from data.tables import (
    ParticipantRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
    WaveRow,
)

_TURN_COLUMNS = (
    col(TurnRow.number),
    col(TurnRow.start),
    col(TurnRow.end),
    col(TurnRow.speaker),
    col(TurnRow.time),
)


class SourceStorage:
    """Reads and saves sources, and whom their speakers stand for."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, sources: Sequence[NewSource]) -> list[str]:
        """The ids of the sources saved, all of them or none.

        A wave is found by name or added, participants likewise by pseudonym. Raises
        DataRefused with every problem where a text or a name is already in the study,
        a turn lies outside its text, or a group discussion has a speaker who stands
        for nobody.
        """
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            require_new(writing.session, sources)
            known = participants_by_pseudonym(writing.session)
            for wave in _waves_in_order(sources):
                ensure_wave(writing, wave)
            ids = [_save_one(writing, one, known) for one in sources]
            writing.record(
                "sources imported",
                "source",
                ids[0] if len(ids) == 1 else "",
                count=len(ids),
                turns=sum(len(one.transcript.turns) for one in sources),
            )
        return ids

    def problems_of(self, sources: Sequence[NewSource]) -> list[DataProblem]:
        """What would keep these sources from being saved, found before trying."""
        with self._database.reading() as session:
            return problems_of(session, sources)

    def summaries(self, *, reader_id: str | None = None) -> list[SourceSummary]:
        """All sources with their counts, in the order of their waves, then by name.

        Counts are of what the reader may see, or anybody where none is named.
        Numbers within names count as numbers; sources of no wave come last.
        """
        with self._database.reading() as session:
            return read_summaries(session, reader_id)

    def names(self) -> dict[str, str]:
        """The name of every source, by its id."""
        with self._database.reading() as session:
            rows = session.exec(select(SourceRow.id, SourceRow.name))
            return dict(rows.all())

    def text_states(self) -> dict[str, str]:
        """For each source what changes with its text, and with who of it asks."""
        with self._database.reading() as session:
            found = dict(
                session.exec(select(SourceRow.id, SourceRow.text_sha256)).all()
            )
            asking = select(SpeakerRow.source_id, SpeakerRow.label).where(
                col(SpeakerRow.is_interviewer).is_(True)
            )
            for source_id, label in sorted(session.exec(asking).all()):
                found[source_id] += f" {label}"
            return found

    def read(self, source_id: str) -> StoredSource | None:
        """The source with its text, or nothing.

        Raises DataRefused where the text is no longer the one imported: its coded
        passages would then point at other words.
        """
        with self._database.reading() as session:
            row = session.get(SourceRow, source_id)
            if row is None:
                return None
            if text_hash(row.text) != row.text_sha256:
                refuse(
                    "The text was changed outside the workbench after it was added.",
                    row.name,
                    "Restore the study from a backup made before the change.",
                )
            # Columns, not rows: a row costs several times what its values do.
            turns = [
                Turn(*values)
                for values in session.execute(
                    select_columns(*_TURN_COLUMNS)
                    .where(col(TurnRow.source_id) == source_id)
                    .order_by(col(TurnRow.number))
                )
            ]
            speakers = _in_order_of_speaking(
                session.exec(
                    select(SpeakerRow).where(SpeakerRow.source_id == source_id)
                ),
                turns,
            )
            wave = session.get(WaveRow, row.wave_id) if row.wave_id else None
            return StoredSource(
                row.id,
                Transcript(
                    row.name,
                    SourceKind(row.kind),
                    row.text,
                    tuple(turns),
                    tuple(
                        Speaker(s.label, s.is_interviewer, s.participant_id or "")
                        for s in speakers
                    ),
                ),
                wave.name if wave else "",
                row.held_on,
                row.file_name,
                row.revision,
            )

    def read_all(self) -> list[StoredSource]:
        """Every source with its text, in the order of ``summaries``."""
        listed = [summary.id for summary in self.summaries()]
        return [found for one in listed if (found := self.read(one)) is not None]

    def seal(self, source_id: str) -> str:
        """The SHA-256 of a source's text as it now stands; '' where there is none."""
        with self._database.reading() as session:
            found = session.exec(
                select(SourceRow.text_sha256).where(SourceRow.id == source_id)
            ).first()
            return found or ""

    def revision(self, source_id: str) -> int:
        """How often the source's coding has changed; 0 for a source not known."""
        with self._database.reading() as session:
            found = session.exec(
                select(SourceRow.revision).where(SourceRow.id == source_id)
            ).first()
            return found or 0

    def speakers(self, source_id: str) -> list[SpeakerInSource]:
        """The speakers of a source with the participants they stand for."""
        with self._database.reading() as session:
            people = {
                row.id: Participant(
                    row.id, row.pseudonym, row.role, row.team, row.locality
                )
                for row in session.exec(select(ParticipantRow))
            }
            rows = session.exec(
                select(SpeakerRow)
                .where(SpeakerRow.source_id == source_id)
                .order_by(SpeakerRow.label)
            ).all()
            return [
                SpeakerInSource(
                    row.label,
                    row.is_interviewer,
                    people.get(row.participant_id or ""),
                    row.version,
                )
                for row in rows
            ]

    def map_speakers(
        self,
        actor_id: str,
        mapped: Mapping[str, Sequence[SpeakerMapping]],
        *,
        bring_up_to_date: bool = False,
    ) -> None:
        """Say whom speaker labels stand for after their import, by source id.

        What is said of a participant fills gaps; with ``bring_up_to_date`` it replaces
        what the study knew. Raises DataRefused, with nothing saved, for a label that
        its source does not have.
        """
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            known = participants_by_pseudonym(writing.session)
            for source_id, mappings in mapped.items():
                map_speakers_of(
                    writing.session, source_id, mappings, known, bring_up_to_date
                )
            writing.record(
                "speakers mapped",
                "source",
                next(iter(mapped)) if len(mapped) == 1 else "",
                count=sum(len(mappings) for mappings in mapped.values()),
                sources=len(mapped),
            )


def _waves_in_order(sources: Sequence[NewSource]) -> list[str]:
    """The waves named, by the number in their name; else as they first appear."""
    waves = dict.fromkeys(one.wave.strip() for one in sources if one.wave.strip())

    def number(wave: str) -> int:
        found = re.search(r"\d+", wave)
        return int(found.group()) if found else 0

    return sorted(waves, key=number)


def _in_order_of_speaking(
    rows: Iterable[SpeakerRow], turns: Sequence[Turn]
) -> list[SpeakerRow]:
    place = {
        label: n for n, label in enumerate(dict.fromkeys(t.speaker for t in turns))
    }
    return sorted(rows, key=lambda row: (place.get(row.label, len(place)), row.label))


def _save_one(
    writing: Writing, new: NewSource, known: dict[str, ParticipantRow]
) -> str:
    session = writing.session
    transcript = new.transcript
    row = SourceRow(
        name=transcript.name.strip(),
        kind=transcript.kind.value,
        wave_id=ensure_wave(writing, new.wave.strip()).id if new.wave.strip() else None,
        held_on=new.held_on,
        file_name=new.file_name,
        text=transcript.text,
        text_sha256=transcript.sha256,
        word_count=transcript.word_count,
        imported_by=writing.actor.id if writing.actor else "",
    )
    session.add(row)
    session.flush()
    save_turns(session, row.id, transcript)
    for mapping in mapping_of_each_speaker(new):
        session.add(
            SpeakerRow(
                source_id=row.id,
                label=mapping.label,
                is_interviewer=mapping.is_interviewer,
                participant_id=participant_id(session, mapping, known),
            )
        )
    session.flush()
    return row.id
