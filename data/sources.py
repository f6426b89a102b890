"""Sources as they are saved and listed: a transcript with its wave, date and people.

``coding.transcripts`` says what a transcript is; this adds where a study keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coding.study import Participant
from coding.transcripts import SourceKind, Transcript


@dataclass(frozen=True, slots=True)
class SpeakerMapping:
    """Whom a speaker label stands for: the interviewer, a participant or nobody yet.

    A participant with an id is one the study knows; without id the participant is
    found by pseudonym, letter case aside, or added.
    """

    label: str
    is_interviewer: bool = False
    participant: Participant | None = None


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source about to be saved; ``wave`` is a wave's name or empty.

    ``held_on`` is the ISO date of the conversation or empty. Labels without a mapping
    keep what the transcript itself says about them.
    """

    transcript: Transcript
    wave: str = ""
    held_on: str = ""
    file_name: str = ""
    mappings: tuple[SpeakerMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as it is kept; ``revision`` grows whenever its coding changes."""

    id: str
    transcript: Transcript
    wave: str = ""
    held_on: str = ""
    file_name: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source in a list: what it is, who speaks, how much is coded and waiting.

    ``unmapped`` are speaker labels that stand for nobody yet.
    """

    id: str
    name: str
    kind: SourceKind
    wave: str
    held_on: str
    file_name: str
    words: int
    imported_at: datetime
    imported_by: str
    turns: int = 0
    people: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    coded_passages: int = 0
    is_coded_blind: bool = False
    waiting_suggestions: int = 0


@dataclass(frozen=True, slots=True)
class SpeakerInSource:
    """A speaker of a stored source and the participant behind the label."""

    label: str
    is_interviewer: bool
    participant: Participant | None
    version: int = 1
