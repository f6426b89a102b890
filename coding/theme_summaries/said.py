"""What is coded in a study and who speaks where, in columns that are counted quickly.

A study of two thousand interviews holds a quarter of a million codings. As objects they
take seconds to look through, as columns of numbers a fraction of one; words are read
afterwards, for the few passages that somebody opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coding.mentions import NO_ROLE, NO_WAVE
from coding.study import Participant
from coding.transcripts import SourceKind

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOT_NAMED_ONE, OBSERVED = -1, -2
"""In place of a participant: a speaker who is mapped to nobody; an observer's notes."""


class SourceState(StrEnum):
    """How far a source is coded, as far as anybody may read it."""

    CODED = "coded"
    NOT_CODED = "not coded yet"
    BLIND = "being coded blind"


@dataclass(frozen=True, slots=True)
class HeardSource:
    """A source without its text: its wave, its day, how far it is coded, who is heard.

    ``wave`` reads ``No wave`` where it belongs to none; ``held_on`` is an ISO date or
    empty. ``people`` are the ids of the participants with a turn in it.
    """

    id: str
    name: str
    wave: str = NO_WAVE
    held_on: str = ""
    state: SourceState = SourceState.CODED
    people: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.INTERVIEW


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Codings in columns: index of code and source, start and end in code points."""

    code: Numbers
    source: Numbers
    start: Numbers
    end: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class SpokenTurns:
    """Turns that are not an interviewer's, in columns, by source and place.

    ``person`` is the index of a participant, or says that there is none.
    """

    source: Numbers
    start: Numbers
    end: Numbers
    person: Numbers


@dataclass(frozen=True, eq=False)
class SaidInStudy:
    """Sources, people and codes in order, what is coded, and who speaks where.

    ``waves`` gives the order of the waves, ``No wave`` last where a source has none.
    """

    sources: tuple[HeardSource, ...]
    people: tuple[Participant, ...]
    waves: tuple[str, ...]
    codes: tuple[str, ...]
    marks: Marks
    turns: SpokenTurns

    @cached_property
    def bases(self) -> Numbers:
        """Where each source begins when all of them are laid one after the other."""
        longest = np.zeros(len(self.sources) + 1, dtype=np.int64)
        for places in (self.marks, self.turns):
            np.maximum.at(longest[1:], places.source, places.end + 1)
        return np.cumsum(longest)

    @cached_property
    def turn_begins(self) -> Numbers:
        """Where each turn begins when all sources are laid one after the other."""
        return self.bases[self.turns.source] + self.turns.start

    @cached_property
    def turn_ends(self) -> Numbers:
        """Where each turn ends, likewise."""
        return self.bases[self.turns.source] + self.turns.end

    @cached_property
    def wave_of_source(self) -> Numbers:
        """The index of each source's wave."""
        place = {wave: at for at, wave in enumerate(self.waves)}
        return numbers([place[one.wave] for one in self.sources])

    @cached_property
    def person_index(self) -> dict[str, int]:
        """The index of each participant by id."""
        return {one.id: at for at, one in enumerate(self.people)}

    @cached_property
    def code_index(self) -> dict[str, int]:
        """The index of each code by id."""
        return {one: at for at, one in enumerate(self.codes)}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The role of each participant, ``No role`` where it is not known."""
        return tuple(one.role or NO_ROLE for one in self.people)

    def heard(self, *states: SourceState) -> Flags:
        """By wave and person: whether they are heard in a source of these states."""
        found = np.zeros((len(self.waves), len(self.people)), dtype=np.bool_)
        for wave, source in zip(self.wave_of_source, self.sources, strict=True):
            if source.state in states:
                for person in source.people:
                    found[wave, self.person_index[person]] = True
        return found


def numbers(values: Sequence[int]) -> Numbers:
    """The values as a column.

    >>> numbers([3, 4]).tolist()
    [3, 4]
    """
    return np.array(values, dtype=np.int64)


def numbers_in(text: str) -> Numbers:
    """The whole numbers of a text, a space between each two.

    >>> numbers_in("3 17 4").tolist(), numbers_in("").tolist()
    ([3, 17, 4], [])
    """
    # Far quicker than parting the text into words first.
    return np.fromstring(text, dtype=np.int64, sep=" ") if text else numbers([])
