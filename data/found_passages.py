"""What is found in a study: turns by their words, passages by their codes.

``coding.finding`` says what a search or a relation between codes means; this adds where
in the study a thing stands and by what it can be narrowed down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coding.finding.code_relations import Relation
from coding.study import Participant
from coding.transcripts import SourceKind


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """What passages are narrowed down by; an empty part narrows nothing down.

    ``waves`` are names, "" for sources of no wave. ``roles``, ``localities``, ``teams``
    and ``attributes`` are those of participants who speak in a passage; "" stands for
    not known. With ``coder_ids`` only what these coders marked counts, on both sides
    of a relation.
    """

    waves: tuple[str, ...] = ()
    kinds: tuple[SourceKind, ...] = ()
    coder_ids: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_about_people(self) -> bool:
        """Whether it asks who speaks, so that passages by nobody named fall away."""
        return bool(self.roles or self.localities or self.teams or self.attributes)

    def people_among(self, participants: Iterable[Participant]) -> frozenset[str]:
        """The ids of the participants who meet everything asked of them."""
        return frozenset(one.id for one in participants if self._meets(one))

    def _meets(self, one: Participant) -> bool:
        asked = [
            (self.roles, one.role),
            (self.localities, one.locality),
            (self.teams, one.team),
            *(
                (values, one.attributes.get(name, ""))
                for name, values in self.attributes.items()
            ),
        ]
        return all(value in values for values, value in asked if values)


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """Which passages are looked for; ids of codes, headings resolved to what they hold.

    ``within`` is the most words between, for :attr:`Relation.NEAR` alone.
    """

    first: tuple[str, ...]
    relation: Relation = Relation.ALONE
    second: tuple[str, ...] = ()
    within: int = 20
    narrowed: PassageFilter = field(default_factory=PassageFilter)


class FoundPassage(NamedTuple):
    """A passage found: where it stands, its codes and coders, who speaks in it.

    ``participant_ids`` are those who speak in it and meet the filter; interviewers are
    never among them. ``by_interviewer_alone`` is true where nobody else speaks.
    ``turn_number`` is the turn it begins in, 0 where the source has no turns.
    """

    source_id: str
    start: int
    end: int
    code_ids: frozenset[str]
    coder_ids: frozenset[str]
    participant_ids: tuple[str, ...]
    by_interviewer_alone: bool
    turn_number: int


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """What a query found, in the order of the sources and of their text.

    ``people`` are the participants who speak in any of the passages; ``by_nobody`` is
    how many are passages in which no participant of the study speaks.
    """

    passages: Sequence[FoundPassage] = ()
    people: frozenset[str] = frozenset()
    by_nobody: int = 0


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage with its words and everything that a reference names."""

    found: FoundPassage
    words: str
    source_name: str
    kind: SourceKind
    wave: str
    held_on: str
    participants: tuple[Participant, ...]
    codes: tuple[str, ...]
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTurn:
    """A turn with its words as they stand, who speaks it, and its source.

    ``start`` is the code point of the source at which ``words`` begin.
    """

    source_id: str
    source_name: str
    wave: str
    number: int
    start: int
    words: str
    speaker: str
    is_interviewer: bool
    participant: Participant | None


@dataclass(frozen=True, slots=True)
class TurnsFound:
    """The turns a search found: how many in all, by how many people, and those read.

    ``people`` counts the participants who speak any of the ``total`` turns, in so many
    ``sources``; of very many turns both are nothing: not counted.
    """

    turns: tuple[FoundTurn, ...]
    total: int
    people: int | None
    sources: int | None


@dataclass(frozen=True, slots=True)
class CellCount:
    """One number of a table: how many people, and in how many passages."""

    people: int
    passages: int


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Choices of codes by the groups of one attribute, people first.

    ``cells`` has a row for each choice, a cell for each of ``groups``; ``totals``
    counts each choice over all groups. ``took_part`` is how many people of each group
    speak in any source. "" is the group of those of whom it is not known.
    """

    groups: tuple[str, ...]
    took_part: tuple[int, ...]
    cells: tuple[tuple[CellCount, ...], ...]
    totals: tuple[CellCount, ...]
