"""Who was reached, counted from who is heard in which source, beside the aims.

Reached is who is heard in an interview or a group discussion; who left no more than a
comment is told apart. People come before interviews. A person heard in two waves counts
once in each of them and once in all; who withdrew is not handed in and counts nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.mentions import NO_WAVE
from coding.study import Participant
from coding.study_design.aims import (
    EVERY_WAVE,
    FACTS,
    Aim,
    Facts,
    Group,
    facts_of,
    within_another,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Who is heard in one source: participants by id; ``wave`` is '' for none.

    ``is_interview`` tells an interview or a group discussion from comments and notes.
    """

    source_id: str
    wave: str
    participant_ids: frozenset[str]
    is_interview: bool = True


class Standing(StrEnum):
    """How what was reached stands to what was aimed for; the value is shown."""

    AS_AIMED = "as aimed for"
    MORE = "more than aimed for"
    SHORT = "fewer than aimed for"
    FEWER_INTERVIEWS = "people as aimed for, fewer interviews"
    NOBODY = "nobody reached"
    NOT_AIMED = "reached, not aimed for"


@dataclass(frozen=True, slots=True)
class GroupReached:
    """A group with its aim, nothing where there was none, and who of it was reached.

    ``people`` are participants by id in the order of their pseudonyms, ``interviews``
    sources by id. ``perhaps`` are people of the wave who would belong to the group if
    what is not known about them (their team, say) were as it asks; ``elsewhere`` people
    of the group who are heard in the wave in comments or observations alone.
    """

    group: Group
    aim: Aim | None
    people: tuple[str, ...]
    interviews: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def short_of_people(self) -> int:
        """How many people are lacking; 0 where none are, or none were aimed for."""
        return max(0, self.aim.people - len(self.people)) if self.aim else 0

    @property
    def short_of_interviews(self) -> int:
        """How many interviews are lacking; 0 where none are, or none were aimed for."""
        if self.aim is None or self.aim.interviews is None:
            return 0
        return max(0, self.aim.interviews - len(self.interviews))

    @property
    def standing(self) -> Standing:
        """How what was reached stands to the aim, people first."""
        if self.aim is None:
            return Standing.NOT_AIMED
        if self.short_of_people:
            return Standing.SHORT if self.people else Standing.NOBODY
        if self.short_of_interviews:
            return Standing.FEWER_INTERVIEWS
        is_more = len(self.people) > self.aim.people
        return Standing.MORE if is_more else Standing.AS_AIMED

    @property
    def lacks(self) -> bool:
        """Whether people or interviews are lacking."""
        return bool(self.short_of_people or self.short_of_interviews)


@dataclass(frozen=True, slots=True)
class WaveReached:
    """A wave as a whole: sources of any kind, people once each, people aimed for.

    ``aimed`` is nothing where nobody is aimed for in it by name of the wave; a group
    within another one is not added to it again. ``lacking`` are people lacking in its
    groups, added up likewise, ``not_aimed`` people who belong to no group aimed for.
    """

    wave: str
    sources: int
    people: tuple[str, ...]
    interviews: int
    aimed: int | None
    lacking: int = 0
    not_aimed: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """Aims and who was reached: groups aimed for in their order, then those not.

    ``everybody`` are the people reached, each once, ``elsewhere`` those heard in
    comments or observations alone, all through. ``within`` are groups that lie in a
    wider group aimed for, ``in_several`` people who count for two aims of a wave of
    which neither lies in the other.
    """

    groups: tuple[GroupReached, ...]
    waves: tuple[WaveReached, ...]
    everybody: tuple[str, ...]
    elsewhere: tuple[str, ...]
    within: frozenset[Group]
    in_several: tuple[str, ...]

    def lacking(self) -> list[GroupReached]:
        """The groups of which people or interviews are lacking."""
        return [one for one in self.groups if one.lacks]

    def of_wave(self, wave: str) -> list[GroupReached]:
        """The groups of one wave."""
        return [one for one in self.groups if one.group.wave == wave]


def count_reached(
    aims: Sequence[Aim],
    people: Sequence[Participant],
    heard: Sequence[Heard],
    waves: Sequence[str] = (),
) -> Reached:
    """Who was reached, beside these aims.

    ``people`` are those who count, in the order they are to be listed. ``waves`` are
    the study's in their order; one without a source is told with nobody in it.
    """
    counting = _Counting(people, heard, waves)
    within = within_another(aims)
    groups = [counting.of_aim(aim) for aim in aims]
    groups += counting.not_aimed(aims, groups)
    several = counting.in_several([g for g in groups if g.aim], within)
    return Reached(
        tuple(groups),
        tuple(counting.of_wave(wave, groups) for wave in counting.waves),
        counting.ordered(counting.heard_in[EVERY_WAVE]),
        counting.ordered(counting.only_elsewhere(EVERY_WAVE)),
        frozenset(within),
        several,
    )


class _Counting:
    """Who is heard where, looked up by wave and by what is known of people."""

    def __init__(
        self,
        people: Sequence[Participant],
        heard: Sequence[Heard],
        waves: Sequence[str],
    ) -> None:
        self._facts = {one.id: facts_of(one) for one in people}
        self._order = {one.id: at for at, one in enumerate(people)}
        self._by_shape: dict[tuple[bool, ...], dict[Facts, set[str]]] = {}
        self.heard_in: dict[str, set[str]] = defaultdict(set)
        self._elsewhere: dict[str, set[str]] = defaultdict(set)
        self._interviews: dict[str, dict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._sources: dict[str, int] = defaultdict(int)
        for one in heard:
            wave = one.wave or NO_WAVE
            self._sources[wave] += 1
            for person in one.participant_ids & self._facts.keys():
                for place in (wave, EVERY_WAVE):
                    if one.is_interview:
                        self.heard_in[place].add(person)
                        self._interviews[place][person].add(one.source_id)
                    else:
                        self._elsewhere[place].add(person)
        later = [wave for wave in self._sources if wave not in (*waves, NO_WAVE)]
        self.waves = [*waves, *later, *([NO_WAVE] if self._sources[NO_WAVE] else [])]

    def ordered(self, people: Iterable[str]) -> tuple[str, ...]:
        """The people in the order they are listed in."""
        return tuple(sorted(people, key=self._order.__getitem__))

    def only_elsewhere(self, wave: str) -> set[str]:
        """Who is heard in a wave, and in no interview or group of it."""
        return self._elsewhere[wave] - self.heard_in[wave]

    def of_aim(self, aim: Aim) -> GroupReached:
        """Who of a group was reached, beside its aim."""
        people = self._who(aim.group)
        return GroupReached(
            aim.group,
            aim,
            self.ordered(people),
            self._interviews_of(aim.group.wave, people),
            self.ordered(self._perhaps(aim.group)),
            self.ordered(
                self._of_group(aim.group) & self.only_elsewhere(aim.group.wave)
            ),
        )

    def not_aimed(
        self, aims: Sequence[Aim], groups: Sequence[GroupReached]
    ) -> list[GroupReached]:
        """Who was reached and belongs to no group aimed for, told as finely as aims.

        Facts that no aim asks for are left out; without aims people are told by role.
        """
        asked = [any(aim.group.facts[at] for aim in aims) for at in range(len(FACTS))]
        if not aims:
            asked = [name == "role" for name in FACTS]
        covered: dict[str, set[str]] = defaultdict(set)
        for one in groups:
            covered[one.group.wave] |= set(one.people)
        found: dict[Group, set[str]] = defaultdict(set)
        for wave in self.waves:
            left = self.heard_in[wave] - covered[wave] - covered[EVERY_WAVE]
            for person in left:
                found[Group(wave, *_masked(self._facts[person], asked))].add(person)
        places = {wave: at for at, wave in enumerate(self.waves)}
        return [
            GroupReached(
                group,
                None,
                self.ordered(people),
                self._interviews_of(group.wave, people),
            )
            for group, people in sorted(
                found.items(), key=lambda one: (places[one[0].wave], one[0].facts)
            )
        ]

    def in_several(
        self, groups: Sequence[GroupReached], within: set[Group]
    ) -> tuple[str, ...]:
        """People who stand in two groups of a wave, neither within the other."""
        met: set[tuple[str, str]] = set()
        several = set()
        for one in groups:
            if one.group in within:
                continue
            for person in one.people:
                if (one.group.wave, person) in met:
                    several.add(person)
                met.add((one.group.wave, person))
        return self.ordered(several)

    def of_wave(self, wave: str, groups: Sequence[GroupReached]) -> WaveReached:
        """A wave as a whole."""
        own = [one for one in groups if one.group.wave == wave]
        aims = [one.aim for one in own if one.aim]
        inside = within_another(aims)
        aimed = sum(aim.people for aim in aims if aim.group not in inside)
        people = self.heard_in[wave]
        return WaveReached(
            wave,
            self._sources[wave],
            self.ordered(people),
            len(self._interviews_of(wave, people)),
            aimed if aims else None,
            sum(one.short_of_people for one in own if one.group not in inside),
            sum(len(one.people) for one in own if one.aim is None),
        )

    def _who(self, group: Group) -> set[str]:
        return self._of_group(group) & self.heard_in[group.wave]

    def _of_group(self, group: Group) -> set[str]:
        shape = tuple(bool(fact) for fact in group.facts)
        return self._of_shape(shape).get(group.facts, set())

    def _of_shape(self, shape: tuple[bool, ...]) -> Mapping[Facts, set[str]]:
        """People by the facts that groups of this shape ask for, gathered once."""
        if shape not in self._by_shape:
            gathered: dict[Facts, set[str]] = defaultdict(set)
            for person, facts in self._facts.items():
                gathered[_masked(facts, shape)].add(person)
            self._by_shape[shape] = gathered
        return self._by_shape[shape]

    def _perhaps(self, group: Group) -> set[str]:
        """People of the wave of whom one fact asked for is not known, the rest fits."""
        found: set[str] = set()
        asked = [bool(fact) for fact in group.facts]
        for at, fact in enumerate(group.facts):
            if not fact:
                continue
            gap = tuple(
                "" if at == place else other for place, other in enumerate(group.facts)
            )
            same_shape = self._of_shape(tuple(asked))
            found |= same_shape.get((gap[0], gap[1], gap[2]), set())
        if not any(asked):
            return set()
        return found & self.heard_in[group.wave]

    def _interviews_of(self, wave: str, people: Iterable[str]) -> tuple[str, ...]:
        by_person = self._interviews[wave]
        found: set[str] = set()
        for person in people:
            found |= by_person.get(person, set())
        return tuple(sorted(found))


def _masked(facts: Facts, asked: Sequence[bool]) -> Facts:
    role, team, locality = (
        fact if is_asked else "" for fact, is_asked in zip(facts, asked, strict=True)
    )
    return role, team, locality
