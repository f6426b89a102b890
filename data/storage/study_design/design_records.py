"""The parts of a study's design as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coding.study import Participant
from coding.study_design.aims import Aim, Group
from coding.study_design.reached import Heard
from coding.study_design.topic_guides import Question
from coding.study_design.wave_times import WaveTime

NO_WAVE_ID = "none"
"""What stands for *no wave* where a wave's id would stand."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A strand of the study: its name and what it is for."""

    id: str
    name: str
    purpose: str = ""
    version: int = 1


class ProjectState(StrEnum):
    """How far a mini-project is; the value is stored and shown."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    FINISHED = "finished"
    GIVEN_UP = "given up"

    @property
    def in_words(self) -> str:
        """The state as a choice names it.

        >>> ProjectState.UNDER_WAY.in_words
        'Under way'
        """
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """What is said of a mini-project; days are ISO dates, '' where not known."""

    name: str
    question: str = ""
    strand_id: str = ""
    owner_id: str = ""
    starts_on: str = ""
    ends_on: str = ""
    state: ProjectState = ProjectState.PLANNED


@dataclass(frozen=True, slots=True)
class MiniProject:
    """A named piece of work, with the names of its strand and owner as they now are."""

    id: str
    words: ProjectWords
    strand: str = ""
    owner: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class WavePlan:
    """A wave with its time and purpose; version 0 before anything was said of it."""

    wave_id: str
    wave: str
    starts_on: str = ""
    ends_on: str = ""
    purpose: str = ""
    version: int = 0

    @property
    def time(self) -> WaveTime:
        """From when until when it was held."""
        return WaveTime(self.wave, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class NewGuideVersion:
    """A version to be kept; ``wave_ids`` (one may be ``none``) and ``roles``, nothing
    for all of them."""

    questions: tuple[Question, ...]
    made_on: str
    reason: str = ""
    wave_ids: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideVersion:
    """What a guide asked from one day on, of whom, and why it was changed."""

    number: int
    questions: tuple[Question, ...]
    made_on: str
    reason: str
    waves: tuple[str, ...]
    wave_ids: tuple[str, ...]
    roles: tuple[str, ...]
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TopicGuide:
    """A topic guide with every version, the first first; it has one at least."""

    id: str
    name: str
    versions: tuple[GuideVersion, ...]
    version: int = 1

    @property
    def newest(self) -> GuideVersion:
        """The version that stands."""
        return self.versions[-1]

    def for_wave(self, wave: str) -> GuideVersion | None:
        """The newest version that is for a wave, nothing where none is.

        A version that names no wave is for all.
        """
        fitting = [v for v in self.versions if not v.waves or wave in v.waves]
        return fitting[-1] if fitting else None


@dataclass(frozen=True, slots=True)
class AimsVersion:
    """All aims as they stood from one moment on; number 0 where none were ever set."""

    number: int
    aims: tuple[Aim, ...]
    reason: str = ""
    set_by: str = ""
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShortfallReason:
    """Why a group was not reached as aimed for."""

    id: str
    group: Group
    words: str
    written_by: str
    written_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class EarlierDesignWords:
    """What a field said before a change."""

    field: str
    words: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SourceReached:
    """A source as it counts: who is heard in it, its wave, strand and day."""

    heard: Heard
    name: str
    held_on: str
    strand_id: str
    not_named: int


@dataclass(frozen=True, slots=True)
class ReachRead:
    """Who takes part and who is heard where, without anybody who withdrew.

    ``withdrawn`` and ``withdrawn_sources`` are how many people and sources that left
    out.
    """

    people: tuple[Participant, ...]
    sources: tuple[SourceReached, ...]
    withdrawn: int = 0
    withdrawn_sources: int = 0

    @property
    def heard(self) -> tuple[Heard, ...]:
        """Who is heard in each source."""
        return tuple(one.heard for one in self.sources)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of sources by id."""
        return {one.heard.source_id: one.name for one in self.sources}
