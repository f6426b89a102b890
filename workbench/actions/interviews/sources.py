"""Adding transcripts and comments: understood first, then saved all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coding.speaker_labels import label_key, names_a_role, similar_labels
from coding.study import Participant, Person
from coding.transcripts import SourceKind, Speaker, Transcript
from data.importers.interviews.transcript_import import (
    CommentSource,
    CommentTable,
    ReadTranscript,
    read_comment_table,
    read_transcript,
)
from data.problems import DataProblem, DataRefused
from data.sources import NewSource, SourceSummary, SpeakerMapping
from data.storage import StudyStore
from workbench.actions.interviews.not_coded import Coded, how_coded
from workbench.wording import counted

RESPONDENT = "Respondent"
_WAVE_IN_NAME = re.compile(r"(?<![a-z])(?:wave|round|w)[ _-]*(\d{1,2})(?!\d)", re.I)
# From so many people who answer, a transcript is likelier a group than an interview.
SPEAKERS_OF_A_GROUP = 3


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was understood: its transcript, or the problems with it."""

    file_name: str
    transcript: ReadTranscript | None = None
    problems: tuple[DataProblem, ...] = ()

    @property
    def in_words(self) -> str:
        """What was understood, in one line to check.

        >>> ReadFile("P07.txt").in_words
        'cannot be added'
        """
        one = self.transcript
        if one is None:
            return "cannot be added"
        speakers = counted(len(one.speakers), "speaker")
        turns = counted(len(one.turns), "turn")
        return f"{turns}, {speakers}, {counted(one.word_count, 'word')}"


class WhoWrote(StrEnum):
    """Whom the comments of a table are counted as."""

    EACH_ONE_PERSON = "each"
    NAMED_IN_COLUMN = "column"
    NOT_KNOWN = "unknown"


def read_files(files: Iterable[tuple[str, bytes]]) -> list[ReadFile]:
    """Each file by name and content, read or refused with every problem."""
    return [read_file(name, content) for name, content in files]


def read_file(file_name: str, content: bytes) -> ReadFile:
    """One file, read or refused with every problem; nothing is saved."""
    try:
        transcript = read_transcript(file_name, content)
    except DataRefused as refusal:
        return ReadFile(file_name, problems=refusal.problems)
    return ReadFile(file_name, replace(transcript, kind=likely_kind(transcript)))


def likely_kind(transcript: Transcript) -> SourceKind:
    """The kind of source, guessed from who speaks; a person confirms it."""
    if not transcript.speakers:
        return SourceKind.OBSERVATION
    answering = [one for one in transcript.speakers if not one.is_interviewer]
    if len(answering) >= SPEAKERS_OF_A_GROUP:
        return SourceKind.GROUP_DISCUSSION
    return SourceKind.INTERVIEW


def likely_wave(file_name: str, waves: Sequence[str]) -> str:
    """The wave that a file's name speaks of, as the study calls it, '' for none.

    >>> likely_wave("P07_wave_2.docx", ["Wave 1", "Wave 2: embedding"])
    'Wave 2: embedding'
    >>> likely_wave("P07 w3.txt", []), likely_wave("P07.txt", ["Wave 1"])
    ('Wave 3', '')
    """
    said = _WAVE_IN_NAME.search(file_name)
    if said is None:
        return ""
    number = int(said.group(1))
    of_study = (
        wave
        for wave in waves
        if (own := re.search(r"\d+", wave)) and int(own.group()) == number
    )
    return next(of_study, f"Wave {number}")


def propose_mappings(
    transcript: Transcript, participants: Sequence[Participant]
) -> tuple[SpeakerMapping, ...]:
    """Whom each speaker label likely stands for, to be confirmed.

    A known pseudonym is that participant. A label that only says a role ("Parent")
    would join different people of different transcripts into one, so its participant
    is named after the transcript as well. A label that looks misspelt gets whoever the
    more frequent spelling stands for.
    """
    known = {label_key(one.pseudonym): one for one in participants}
    spelt = usual_spellings(transcript)
    found = []
    for speaker in transcript.speakers:
        label = spelt.get(speaker.label, speaker.label)
        asking = speaker.is_interviewer or _is_interviewer(transcript, label)
        participant = (
            None
            if asking
            else known.get(label_key(label))
            or _new_participant(label, transcript.name, known)
        )
        found.append(SpeakerMapping(speaker.label, asking, participant))
    return tuple(found)


def usual_spellings(transcript: Transcript) -> dict[str, str]:
    """Labels that may be misspelt, each with the more frequent label it resembles."""
    turns = turns_of_speakers(transcript)
    usual: dict[str, str] = {}
    for near in similar_labels(one.label for one in transcript.speakers):
        rare, often = sorted((near.label, near.other), key=lambda x: turns.get(x, 0))
        usual.setdefault(rare, often)
    return usual


def _is_interviewer(transcript: Transcript, label: str) -> bool:
    return any(s.label == label and s.is_interviewer for s in transcript.speakers)


def renamed(transcript: Transcript, name: str, kind: SourceKind) -> Transcript:
    """The same transcript under another name and kind."""
    return Transcript(
        name, kind, transcript.text, transcript.turns, transcript.speakers
    )


def turns_of_speakers(transcript: Transcript) -> dict[str, int]:
    """How many turns each speaker label has."""
    counts: dict[str, int] = {}
    for turn in transcript.turns:
        counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
    return counts


def import_sources(
    store: StudyStore, person: Person, sources: Sequence[NewSource]
) -> list[str]:
    """The ids of the sources saved: all of them, or none and every problem."""
    return store.sources.save(person.id, sources)


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A line of the list: one source, or all comments of one table together.

    ``opens`` is the id to read on with: of comments the first with something waiting,
    else the first not coded yet. ``not_coded`` of the ``count`` sources are not,
    ``coded_blind`` are being coded blind.
    """

    name: str
    kind: SourceKind
    held_on: str
    opens: str
    count: int = 1
    words: int = 0
    people: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    coded_passages: int = 0
    waiting_suggestions: int = 0
    not_coded: int = 0
    coded_blind: int = 0


def listed_by_wave(
    summaries: Sequence[SourceSummary],
) -> dict[str, list[ListedSource]]:
    """The lines of the list under their wave's name, "" for those of no wave."""
    groups: dict[tuple[str, str], list[SourceSummary]] = {}
    for one in summaries:
        is_comment = one.kind is SourceKind.SURVEY_COMMENT and one.file_name
        groups.setdefault((one.wave, one.file_name if is_comment else one.id), [])
        groups[(one.wave, one.file_name if is_comment else one.id)].append(one)
    listed: dict[str, list[ListedSource]] = {}
    for (wave, _), group in groups.items():
        listed.setdefault(wave, []).append(_listed(group))
    return listed


def _listed(group: Sequence[SourceSummary]) -> ListedSource:
    first = group[0]
    waiting = [one for one in group if one.waiting_suggestions]
    uncoded = [one for one in group if how_coded(one) is Coded.NOT]
    together = len(group) > 1
    return ListedSource(
        name=first.file_name if together else first.name,
        kind=first.kind,
        held_on=first.held_on,
        opens=(waiting or uncoded or [first])[0].id,
        count=len(group),
        words=sum(one.words for one in group),
        # The pseudonyms of a table's comments say nothing beyond their number.
        people=() if together else first.people,
        unmapped=() if together else first.unmapped,
        coded_passages=sum(one.coded_passages for one in group),
        waiting_suggestions=sum(one.waiting_suggestions for one in group),
        not_coded=len(uncoded),
        coded_blind=sum(1 for one in group if one.is_coded_blind),
    )


# Comments of a survey, or quotations of a report: one source a row


def read_comments(
    file_name: str, content: bytes, *, text_column: str | None = None
) -> CommentTable:
    """The comments of a .csv or .xlsx table; raises DataRefused with every problem."""
    return read_comment_table(file_name, content, text_column=text_column)


def comment_sources(
    table: CommentTable,
    file_name: str,
    *,
    who: WhoWrote = WhoWrote.EACH_ONE_PERSON,
    wave: str = "",
    wave_column: str = "",
    held_on: str = "",
) -> list[NewSource]:
    """The comments as sources to save.

    ``who`` says whom counts of people go by: a participant for each comment, the one
    its row names, or none. A wave stated in a row goes before ``wave``; it is looked
    for in the column called wave, or in ``wave_column``.
    """
    return [
        replace(
            _comment_source(one, file_name, who),
            wave=one.attributes.get(wave_column or "wave", "") or wave,
            held_on=held_on,
        )
        for one in table.sources
    ]


def columns_of(table: CommentTable) -> list[str]:
    """The names of the columns that say something about the comments."""
    return list(dict.fromkeys(name for one in table.sources for name in one.attributes))


def _comment_source(comment: CommentSource, file_name: str, who: WhoWrote) -> NewSource:
    about = comment.attributes
    transcript = comment.transcript
    named = about.get("participant", "") if who is WhoWrote.NAMED_IN_COLUMN else ""
    pseudonym = transcript.name if who is WhoWrote.EACH_ONE_PERSON else named
    participant = (
        Participant(
            "",
            pseudonym,
            about.get("role", ""),
            about.get("team", ""),
            about.get("locality", ""),
        )
        if pseudonym
        else None
    )
    label = about.get("role") or RESPONDENT
    return NewSource(
        spoken_by(transcript, label),
        file_name=file_name,
        mappings=(SpeakerMapping(label, participant=participant),),
    )


def spoken_by(transcript: Transcript, label: str) -> Transcript:
    """The transcript with all its words given to one speaker of that label."""
    return replace(
        transcript,
        turns=tuple(replace(turn, speaker=label) for turn in transcript.turns),
        speakers=(Speaker(label),),
    )


def _new_participant(
    label: str, source_name: str, known: dict[str, Participant]
) -> Participant:
    if not names_a_role(label) or any(letter.isdigit() for letter in label):
        return Participant("", label)
    pseudonym = f"{label}, {source_name}"
    return known.get(label_key(pseudonym)) or Participant("", pseudonym, role=label)
