"""Who says a theme and who does not, people before mentions, by wave, role, locality.

That somebody does not say it is told only of those whose sources are all coded: silence
in a source nobody has coded is not known yet, and nobody is silent in a wave in which
they took no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coding.mentions import NO_ROLE, NO_WAVE
from coding.theme_summaries.counting import SaidMentions, mentions_by, sayers
from coding.theme_summaries.said import Flags, Numbers, SaidInStudy, SourceState

NO_LOCALITY = "No locality"


class GroupedBy(StrEnum):
    """What people are gathered by; the value is how a table names it."""

    WAVE = "wave"
    ROLE = "role"
    LOCALITY = "locality"


class Standing(StrEnum):
    """How a person stands to a theme, in a wave or over the whole study."""

    SAYS = "say it"
    SILENT = "were heard and do not say it"
    NOT_CODED = "are not known yet: not all of theirs is coded"
    BLIND = "are left out while theirs is coded blind"
    NOT_HEARD = "took no part"


@dataclass(frozen=True, slots=True)
class GroupSays:
    """One wave, role or locality: its people by standing, and the mentions.

    People are the ids of participants in the study's order. In a wave everybody of the
    study has a standing, in a role or locality those who are of it.
    """

    group: str
    people: dict[Standing, tuple[str, ...]]
    mentions: int

    def number(self, standing: Standing) -> int:
        """How many people stand so."""
        return len(self.people[standing])

    @property
    def says(self) -> int:
        """How many people say it."""
        return self.number(Standing.SAYS)

    @property
    def known(self) -> int:
        """Of how many it is known: who says it, and who was heard and does not."""
        return self.says + self.number(Standing.SILENT)


class WhoSays:
    """Who says each of several themes; made once, asked for one theme at a time."""

    def __init__(self, said: SaidInStudy, mentions: SaidMentions) -> None:
        self.said, self.mentions = said, mentions
        self.sayers: Flags = sayers(said, mentions)
        self._coded = said.heard(SourceState.CODED)
        self._not_coded = said.heard(SourceState.NOT_CODED)
        self._blind = said.heard(SourceState.BLIND)
        self._counts: dict[GroupedBy, Numbers] = {}

    def over_all(self, theme: int) -> GroupSays:
        """Everybody who was heard, over all waves together."""
        everybody = np.arange(len(self.said.people))
        return GroupSays(
            "",
            self._standings(theme, None, everybody),
            int(self.mentions.counted()[theme]),
        )

    def by(self, theme: int, by: GroupedBy) -> tuple[GroupSays, ...]:
        """The groups in order: waves as the study has them, others by name."""
        everybody = np.arange(len(self.said.people))
        counts = self.mentions_by(by)[theme]
        if by is GroupedBy.WAVE:
            return tuple(
                GroupSays(wave, self._standings(theme, at, everybody), int(counts[at]))
                for at, wave in enumerate(self.said.waves)
            )
        groups, of_person = groups_of_people(self.said, by)
        return tuple(
            GroupSays(
                group,
                self._standings(theme, None, np.flatnonzero(of_person == at)),
                int(counts[at]),
            )
            for at, group in enumerate(groups)
        )

    def known(self, theme: int) -> tuple[Flags, Flags]:
        """By wave and person: who says it, and of whom it is known either way."""
        says = self.sayers[theme]
        return says, says | (self._coded & ~self._not_coded & ~self._blind)

    def _standings(
        self, theme: int, wave: int | None, members: Numbers
    ) -> dict[Standing, tuple[str, ...]]:
        says = _of_wave(self.sayers[theme], wave)[members]
        coded = _of_wave(self._coded, wave)[members]
        not_coded = _of_wave(self._not_coded, wave)[members]
        blind = _of_wave(self._blind, wave)[members]
        stands = {
            Standing.SAYS: says,
            Standing.SILENT: ~says & coded & ~not_coded & ~blind,
            Standing.NOT_CODED: ~says & not_coded,
            Standing.BLIND: ~says & blind & ~not_coded,
            Standing.NOT_HEARD: ~(says | coded | not_coded | blind),
        }
        return {
            standing: self._ids(members[flags]) for standing, flags in stands.items()
        }

    def _ids(self, people: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.said.people[int(one)].id for one in people)

    def mentions_by(self, by: GroupedBy) -> Numbers:
        """By theme and group: in how many mentions somebody of the group speaks."""
        if by not in self._counts:
            self._counts[by] = self._count(by)
        return self._counts[by]

    def _count(self, by: GroupedBy) -> Numbers:
        mentions = self.mentions
        if by is GroupedBy.WAVE:
            waves = self.said.wave_of_source[mentions.source[mentions.part_mention]]
            return mentions_by(mentions, waves, len(self.said.waves))
        groups, of_person = groups_of_people(self.said, by)
        # One place more, for parts in which nobody who is named speaks.
        of_part = np.append(of_person, -1)[np.maximum(mentions.part_person, -1)]
        return mentions_by(mentions, of_part, len(groups))


def groups_of_people(
    said: SaidInStudy, by: GroupedBy
) -> tuple[tuple[str, ...], Numbers]:
    """The roles or localities in order, what is not known last; each person's index."""
    if by is GroupedBy.ROLE:
        of_person: Sequence[str] = said.roles
    else:
        of_person = [one.locality or NO_LOCALITY for one in said.people]
    last = (NO_ROLE, NO_LOCALITY, NO_WAVE)
    groups = sorted(set(of_person), key=lambda g: (g in last, g.casefold(), g))
    place = {group: at for at, group in enumerate(groups)}
    return tuple(groups), np.array([place[one] for one in of_person], dtype=np.int64)


def _of_wave(flags: Flags, wave: int | None) -> Flags:
    """The people flagged in one wave, or in any."""
    return np.asarray(flags.any(axis=0) if wave is None else flags[wave])
