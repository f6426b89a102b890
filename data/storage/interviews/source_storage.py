"""Storing sources: text that never changes, its turns, speakers and who they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import insert
from sqlmodel import Session, col, select

from coding.study import Participant
from coding.transcripts import SourceKind, Speaker, Transcript, Turn, text_hash
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.sources import (
    NewSource,
    SourceSummary,
    SpeakerInSource,
    SpeakerMapping,
    StoredSource,
)
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.interviews.source_summaries import read_summaries
from data.storage.study_storage import ensure_wave
from data.tables import ParticipantRow, SourceRow, SpeakerRow, TurnRow, WaveRow, new_id

_NOTHING_SAVED = "Nothing was saved."


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
            _require_new(writing.session, sources)
            known = _participants_by_pseudonym(writing.session)
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
            return _problems(session, sources)

    def summaries(self) -> list[SourceSummary]:
        """All sources with their counts, in the order of their waves, then by name.

        Numbers within names count as numbers; sources of no wave come last.
        """
        with self._database.reading() as session:
            return read_summaries(session)

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
            turns = session.exec(
                select(TurnRow)
                .where(TurnRow.source_id == source_id)
                .order_by(col(TurnRow.number))
            ).all()
            speakers = session.exec(
                select(SpeakerRow)
                .where(SpeakerRow.source_id == source_id)
                .order_by(SpeakerRow.label)
            ).all()
            wave = session.get(WaveRow, row.wave_id) if row.wave_id else None
            return StoredSource(
                row.id,
                Transcript(
                    row.name,
                    SourceKind(row.kind),
                    row.text,
                    tuple(
                        Turn(t.number, t.start, t.end, t.speaker, t.time) for t in turns
                    ),
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
        self, actor_id: str, source_id: str, mappings: Iterable[SpeakerMapping]
    ) -> None:
        """Say whom speaker labels of a source stand for, after its import."""
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            session = writing.session
            known = _participants_by_pseudonym(session)
            rows = {
                row.label: row
                for row in session.exec(
                    select(SpeakerRow).where(SpeakerRow.source_id == source_id)
                )
            }
            mapped = 0
            for mapping in mappings:
                row = rows.get(mapping.label)
                if row is None:
                    refuse(
                        "This source has no speaker of that label.",
                        "Speakers",
                        f"Open the source again. {_NOTHING_SAVED}",
                    )
                row.is_interviewer = mapping.is_interviewer
                row.participant_id = _participant_id(session, mapping, known)
                row.version += 1
                mapped += 1
            writing.record("speakers mapped", "source", source_id, count=mapped)


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
    if transcript.turns:
        session.execute(
            insert(TurnRow),
            [
                {
                    "source_id": row.id,
                    "number": turn.number,
                    "start": turn.start,
                    "end": turn.end,
                    "speaker": turn.speaker,
                    "time": turn.time,
                }
                for turn in transcript.turns
            ],
        )
    for mapping in _mapping_of_each_speaker(new):
        session.add(
            SpeakerRow(
                source_id=row.id,
                label=mapping.label,
                is_interviewer=mapping.is_interviewer,
                participant_id=_participant_id(session, mapping, known),
            )
        )
    session.flush()
    return row.id


def _mapping_of_each_speaker(new: NewSource) -> list[SpeakerMapping]:
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


def _participants_by_pseudonym(session: Session) -> dict[str, ParticipantRow]:
    return {
        row.pseudonym.casefold(): row for row in session.exec(select(ParticipantRow))
    }


def _participant_id(
    session: Session, mapping: SpeakerMapping, known: dict[str, ParticipantRow]
) -> str | None:
    one = mapping.participant
    if mapping.is_interviewer or one is None:
        return None
    if any(row.id == one.id for row in known.values()):
        return one.id
    pseudonym = one.pseudonym.strip()
    row = known.get(pseudonym.casefold())
    if row is None:
        row = ParticipantRow(id=one.id or new_id(), pseudonym=pseudonym)
        session.add(row)
        known[pseudonym.casefold()] = row
    # What the study already knows about a participant is not overwritten in passing.
    row.role = row.role or one.role
    row.team = row.team or one.team
    row.locality = row.locality or one.locality
    session.flush()
    return row.id


def _require_new(session: Session, sources: Sequence[NewSource]) -> None:
    problems = _problems(session, sources)
    if not sources:
        problems.append(
            DataProblem(
                "There is nothing to add.",
                "Add transcripts",
                f"Choose at least one file. {_NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)


def _problems(session: Session, sources: Sequence[NewSource]) -> list[DataProblem]:
    stored = session.exec(select(SourceRow.name, SourceRow.text_sha256)).all()
    by_name = {name.casefold(): name for name, _ in stored}
    by_hash = {sha256: name for name, sha256 in stored}
    problems: list[DataProblem] = _repeated_comments(sources, by_hash)
    for new in sources:
        where = new.file_name or new.transcript.name
        name = new.transcript.name.strip()
        is_comment = new.transcript.kind is SourceKind.SURVEY_COMMENT
        twin = by_hash.get(new.transcript.sha256)
        if twin is not None and not is_comment:
            problems.append(
                DataProblem(
                    f"The study already holds this text as {twin!r}.",
                    where,
                    f"Leave it out, or open the one that is there. {_NOTHING_SAVED}",
                )
            )
        elif name.casefold() in by_name:
            problems.append(
                DataProblem(
                    f"The study already has a source called "
                    f"{by_name[name.casefold()]!r}.",
                    where,
                    f"Give this one another name. {_NOTHING_SAVED}",
                )
            )
        by_name.setdefault(name.casefold(), name)
        by_hash.setdefault(new.transcript.sha256, name)
        problems += [
            DataProblem(found, where, f"{do_next} {_NOTHING_SAVED}")
            for found, do_next in _unsound_parts(new)
        ]
    return problems


def _repeated_comments(
    sources: Sequence[NewSource], by_hash: dict[str, str]
) -> list[DataProblem]:
    """A whole table of comments added a second time; single ones may well repeat.

    Two people do write "Thank you", so equal words alone are no reason to refuse.
    """
    comments = [
        one.transcript
        for one in sources
        if one.transcript.kind is SourceKind.SURVEY_COMMENT
    ]
    if len(comments) < 2 or any(one.sha256 not in by_hash for one in comments):
        return []
    return [
        DataProblem(
            f"All {len(comments)} comments are already in the study, the first as "
            f"{by_hash[comments[0].sha256]!r}.",
            sources[0].file_name or "Comments",
            f"Leave the table out, or open what is there. {_NOTHING_SAVED}",
        )
    ]


def _unsound_parts(new: NewSource) -> list[tuple[str, str]]:
    transcript = new.transcript
    found: list[tuple[str, str]] = []
    if not transcript.name.strip():
        found.append(("The source has no name.", "Give it one."))
    if not transcript.turns or not transcript.word_count:
        found.append(
            ("The file holds no words to read.", "Choose the file with the text.")
        )
    length = len(transcript.text)
    if any(not 0 <= turn.start < turn.end <= length for turn in transcript.turns):
        found.append(
            ("A turn lies outside the text.", "Add the file again as it was saved.")
        )
    if new.held_on and not _is_iso_date(new.held_on):
        found.append(("The date is not a day of the calendar.", "Correct the date."))
    if transcript.kind is SourceKind.GROUP_DISCUSSION:
        nobody = [
            mapping.label
            for mapping in _mapping_of_each_speaker(new)
            if not mapping.is_interviewer and mapping.participant is None
        ]
        if nobody:
            labels = ", ".join(nobody[:5]) + (" and others" if len(nobody) > 5 else "")
            found.append(
                (
                    f"In a group discussion each speaker stands for one participant, "
                    f"and {len(nobody)} stand for nobody yet: {labels}.",
                    "Say who each of them is.",
                )
            )
    return found


def _is_iso_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
