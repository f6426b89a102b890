"""The study: its people, waves and participants.

People do the work and are named; participants take part and are known by pseudonym.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person of the study does; rights follow from it."""

    STUDY_LEAD = "study_lead"
    PRACTITIONER_RESEARCHER = "practitioner_researcher"
    EMBEDDED_RESEARCHER = "embedded_researcher"
    DEBRIEF_TEAM = "debrief_team"

    @property
    def in_words(self) -> str:
        """The role in words, as pages show it.

        >>> Role.DEBRIEF_TEAM.in_words
        'Debrief team'
        """
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Study:
    """The whole piece of work.

    ``practice_start`` is the ISO date on which the new practice began, or empty;
    ``is_sample`` marks the invented study that every newcomer meets.
    """

    name: str
    description: str = ""
    practice_start: str = ""
    is_sample: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works on the study; everything they do carries their name.

    ``is_command_line`` marks the name that commands run on a computer act under; nobody
    can choose to be it in the app.
    """

    id: str
    name: str
    role: Role
    is_command_line: bool = False


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of data collection; a source may belong to none."""

    id: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who takes part, known by pseudonym, with attributes to compare by.

    ``role``, ``team`` and ``locality`` are empty where they are not known; any other
    attribute lies in ``attributes`` as text. ``may_be_quoted`` is False for somebody
    who took part and said that their words may not be quoted.
    """

    id: str
    pseudonym: str
    role: str = ""
    team: str = ""
    locality: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    may_be_quoted: bool = True
