"""Counts of who was reached, made so that they may be hidden with the report's others.

The report counts everybody who took part, comments too; aims are of people to be
interviewed. Where the two differ, each count of people is bound to its two parts, so
that nobody can work out how many left a comment alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coding.mentions import NO_ROLE, NO_WAVE
from coding.study_design.aims import within_another
from data.disclosure.counts import Binding, CellKey, CountsTogether
from workbench.actions.findings.report_counts import (
    PEOPLE,
    Counted,
    CountsOfStudy,
    people_in,
    people_of,
    person_in_words,
)
from workbench.actions.study_design.design_reading import StudyDesign

ALL_WAVES = ""
_WAY = {True: "interviewed", False: "heard in comments alone"}


def with_reached(counts: CountsOfStudy, design: StudyDesign) -> CountsOfStudy:
    """The counts with those of people interviewed, where these are others.

    Nothing is added where nobody is aimed for, or everybody was interviewed.
    """
    if not design.aims.aims or not design.reached.elsewhere and not _differ(design):
        return counts
    building = _Building(counts, design)
    return building.finished()


def interviewed_key(counts: CountsOfStudy, role: str, wave: str) -> CellKey | None:
    """The key of how many people of a role were interviewed in a wave.

    Both may be '' for all; nothing where nobody of the role took part in the wave.
    """
    key = _key(role, wave, is_interviewed=True)
    if key in counts.counted:
        return key
    has_own = any(one[0] == _WAY[True] for one in counts.counted)
    plain = _plain(role, wave)
    return plain if plain in counts.counted and not has_own else None


def aimed_for(design: StudyDesign, role: str, wave: str) -> int | None:
    """How many people of a role a wave aims for; nothing where none are.

    A group within another of the same role and wave is not added to it again.
    """
    own = [
        aim
        for aim in design.aims.aims
        if (aim.group.role, aim.group.wave) == (role, wave)
    ]
    inside = within_another(own)
    return sum(one.people for one in own if one.group not in inside) if own else None


def _differ(design: StudyDesign) -> bool:
    return any(one.elsewhere for one in design.reached.groups)


def _plain(role: str, wave: str) -> CellKey:
    if role and wave:
        return people_in(role, wave)
    if role:
        return people_of("role", role)
    return people_of("wave", wave) if wave else PEOPLE


def _key(role: str, wave: str, *, is_interviewed: bool) -> CellKey:
    return (_WAY[is_interviewed], role, wave)


class _Building:
    """Counts of people interviewed and not, bound to the counts of people."""

    def __init__(self, counts: CountsOfStudy, design: StudyDesign) -> None:
        self._counts = counts
        self._people = counts.participants
        self._heard: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
        for source in design.read.sources:
            heard = source.heard
            for wave in (heard.wave or NO_WAVE, ALL_WAVES):
                found = self._heard[heard.is_interview].setdefault(wave, set())
                found |= heard.participant_ids & self._people.keys()
        self._counted: dict[CellKey, Counted] = {}
        self._bindings: list[Binding] = []

    def finished(self) -> CountsOfStudy:
        """The counts with all that was added."""
        for role in ("", *self._counts.roles):
            for wave in (ALL_WAVES, *self._counts.waves):
                self._add(role, wave)
        for wave in (ALL_WAVES, *self._counts.waves):
            self._bind("", wave, [(role, wave) for role in self._counts.roles])
        for role in ("", *self._counts.roles):
            parts = [(role, wave) for wave in self._counts.waves]
            self._bind(role, ALL_WAVES, parts, overlapping=True)
        values = dict(self._counts.together.values)
        values |= {key: one.value for key, one in self._counted.items()}
        return replace(
            self._counts,
            counted={**self._counts.counted, **self._counted},
            together=CountsTogether(
                values,
                (*self._counts.together.bindings, *self._bindings),
                self._counts.together.groups,
            ),
        )

    def _add(self, role: str, wave: str) -> None:
        interviewed = self._heard[True].get(wave, set())
        alone = self._heard[False].get(wave, set()) - interviewed
        for is_interviewed, people in ((True, interviewed), (False, alone)):
            rows = sorted(
                person_in_words(self._people[one])
                for one in people
                if not role or (self._people[one].role or NO_ROLE) == role
            )
            where = ", ".join(filter(None, (role, wave)))
            what = f"People {_WAY[is_interviewed]}{f', {where}' if where else ''}"
            key = _key(role, wave, is_interviewed=is_interviewed)
            self._counted[key] = Counted(what, tuple(rows))
        both = tuple(_key(role, wave, is_interviewed=one) for one in (True, False))
        self._bindings.append(Binding(_plain(role, wave), both))

    def _bind(
        self,
        role: str,
        wave: str,
        parts: Iterable[tuple[str, str]],
        *,
        overlapping: bool = False,
    ) -> None:
        """Bind a total to its parts, those interviewed and those not apart.

        Who left a comment alone in one wave may be interviewed in another, so that
        over waves only those interviewed are bound.
        """
        for is_interviewed in (True,) if overlapping else (True, False):
            keys = tuple(_key(*one, is_interviewed=is_interviewed) for one in parts)
            total = _key(role, wave, is_interviewed=is_interviewed)
            if keys:
                self._bindings.append(Binding(total, keys, overlapping))
