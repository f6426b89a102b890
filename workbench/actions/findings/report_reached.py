"""Counts of who was reached, made so that they may be hidden with the report's others.

The report counts everybody who took part, comments too; aims are of people to be
interviewed. Where the two differ, each count of people is bound to its two parts, so
that nobody can work out how many left a comment alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from coding.mentions import NO_ROLE, NO_WAVE
from coding.study_design.aims import within_another
from data.disclosure.counts import Binding, CellKey, CountsTogether
from workbench.actions.findings.report_counts import (
    NO_LOCALITY,
    PEOPLE,
    Counted,
    CountsOfStudy,
    people_in,
    people_of,
    person_in_words,
)
from workbench.actions.study_design.design_reading import StudyDesign

ALL_WAVES = ""
NO_TEAM = "No team"
_NOT_FEW = 6
"""From how many people on a number is worth telling: DfE's rule shows it."""
_AT = "interviewed by team and locality"
_WAY = {True: "interviewed", False: "heard in comments alone"}


def with_reached(counts: CountsOfStudy, design: StudyDesign) -> CountsOfStudy:
    """The counts with those of people interviewed, where these are others.

    Nothing is added where nobody is aimed for, or everybody was interviewed.
    """
    if not design.aims.aims:
        return counts
    return _Building(counts, design).finished()


def interviewed_key(
    counts: CountsOfStudy, design: StudyDesign, role: str, wave: str
) -> CellKey | None:
    """The key of how many people of a role were interviewed in a wave.

    Both may be '' for all. Nothing where nobody was, and so nothing is counted.
    """
    key = _key(role, wave, is_interviewed=True)
    if key in counts.counted:
        return key
    heard = _heard(design)[True].get(wave, set())
    people = design.people
    was_heard = any(not role or (people[o].role or NO_ROLE) == role for o in heard)
    plain = _plain(role, wave)
    return plain if was_heard and plain in counts.counted else None


def reached_at(counts: CountsOfStudy, team: str, place: str) -> CellKey | None:
    """The key of how many people of a team were interviewed in a locality.

    Both may be '' for all. Nothing where they are not counted so.
    """
    if not any(key[0] == _AT for key in counts.counted):
        return None
    own = _at(team, place)
    if own in counts.counted or team:
        return own if own in counts.counted else None
    if place:
        plain = people_of("locality", place)
        return plain if plain in counts.counted else None
    everybody = _key("", ALL_WAVES, is_interviewed=True)
    return everybody if everybody in counts.counted else PEOPLE


def teams_and_places(
    counts: CountsOfStudy, design: StudyDesign
) -> tuple[list[str], list[str]]:
    """The teams and localities to tell of those interviewed, what is not known last.

    Nothing where no team is known, and where most numbers would be of few people: they
    would be hidden, and every count added makes the search for what to hide longer.
    """
    heard = _heard(design)[True].get(ALL_WAVES, set())
    people = [one for key, one in counts.participants.items() if key in heard]
    cells = Counter(
        (one.team or NO_TEAM, one.locality or NO_LOCALITY) for one in people
    )
    large = sum(number >= _NOT_FEW for number in cells.values())
    if 2 * large < len(cells) or not any(one.team for one in people):
        return [], []
    teams = {team for team, _ in cells}
    places = {place for _, place in cells}
    return (
        sorted(teams, key=lambda one: (one == NO_TEAM, one.casefold())),
        [one for one in counts.localities if one in places],
    )


def tells_all_waves(design: StudyDesign) -> bool:
    """Whether people are also told over all waves: where aims are set so, or it asks
    for no count of its own."""
    is_aimed = any(aim.group.wave == ALL_WAVES for aim in design.aims.aims)
    return is_aimed or not _heard(design)[False]


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


def _plain(role: str, wave: str) -> CellKey:
    if role and wave:
        return people_in(role, wave)
    if role:
        return people_of("role", role)
    return people_of("wave", wave) if wave else PEOPLE


def _key(role: str, wave: str, *, is_interviewed: bool) -> CellKey:
    return (_WAY[is_interviewed], role, wave)


def _at(team: str, place: str, *, is_interviewed: bool = True) -> CellKey:
    return (_AT if is_interviewed else f"not {_AT}", team, place)


def _heard(design: StudyDesign) -> dict[bool, dict[str, set[str]]]:
    """Who is heard in each wave and in all, in interviews (True) and elsewhere."""
    found: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for source in design.read.sources:
        heard = source.heard
        if heard.participant_ids:
            for wave in (heard.wave or NO_WAVE, ALL_WAVES):
                of_wave = found[heard.is_interview].setdefault(wave, set())
                of_wave |= heard.participant_ids
    return found


class _Building:
    """Counts of people interviewed and not, bound to the counts of people.

    A count is added only where a group has people of both: where nobody left a comment
    alone it is the people's own, and where nobody was interviewed there is none. Every
    count added makes the search for what to hide longer.
    """

    def __init__(self, counts: CountsOfStudy, design: StudyDesign) -> None:
        self._counts = counts
        self._people = counts.participants
        self._heard = _heard(design)
        self._waves: tuple[str, ...] = counts.waves
        self._teams, self._places = teams_and_places(counts, design)
        if self._teams or tells_all_waves(design):
            self._waves = (ALL_WAVES, *counts.waves)
        self._counted: dict[CellKey, Counted] = {}
        self._bindings: list[Binding] = []

    def finished(self) -> CountsOfStudy:
        """The counts with all that was added."""
        roles = self._counts.roles
        for role in ("", *roles):
            for wave in self._waves:
                self._add(role, wave)
        # That of those who left a comment alone follows from the others.
        for wave in self._waves:
            self._bind("", wave, [(role, wave) for role in roles])
        if ALL_WAVES in self._waves:
            for role in ("", *roles):
                parts = [(role, wave) for wave in self._counts.waves]
                self._bind(role, ALL_WAVES, parts, overlapping=True)
        if self._teams:
            self._add_places()
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
        rows = {
            one: self._rows(role, wave, is_interviewed=one) for one in (True, False)
        }
        if not (rows[True] and rows[False]):
            return
        where = ", ".join(filter(None, (role, wave)))
        keys = []
        for is_interviewed, named in rows.items():
            key = _key(role, wave, is_interviewed=is_interviewed)
            what = f"People {_WAY[is_interviewed]}{f', {where}' if where else ''}"
            self._counted[key] = Counted(what, named)
            keys.append(key)
        self._bindings.append(Binding(_plain(role, wave), tuple(keys)))

    def _add_places(self) -> None:
        """Each team in each locality, with totals that are those of the report."""
        for team in self._teams:
            for place in ("", *self._places):
                self._keep_at(team, place)
            parts = [_at(team, place) for place in self._places]
            self._bindings.append(Binding(_at(team, ""), tuple(parts)))
        totals = [self._total_at(place) for place in self._places]
        for place, total in zip(self._places, totals, strict=True):
            parts = [_at(team, place) for team in self._teams]
            self._bindings.append(Binding(total, tuple(parts)))
        own = _key("", ALL_WAVES, is_interviewed=True)
        everybody = own if own in self._counted else PEOPLE
        by_team = [_at(team, "") for team in self._teams]
        self._bindings += [
            Binding(everybody, tuple(by_team)),
            Binding(everybody, tuple(totals)),
        ]

    def _total_at(self, place: str) -> CellKey:
        """The key of those interviewed in a locality: where all who took part there
        were, it is theirs."""
        plain = people_of("locality", place)
        if not self._people_at("", place, is_interviewed=False):
            return plain
        parts = (
            self._keep_at("", place),
            self._keep_at("", place, is_interviewed=False),
        )
        self._bindings.append(Binding(plain, parts))
        return parts[0]

    def _keep_at(
        self, team: str, place: str, *, is_interviewed: bool = True
    ) -> CellKey:
        key = _at(team, place, is_interviewed=is_interviewed)
        where = ", ".join(filter(None, (team, place)))
        what = f"People {_WAY[is_interviewed]}, {where}"
        rows = self._people_at(team, place, is_interviewed=is_interviewed)
        self._counted[key] = Counted(what, rows)
        return key

    def _people_at(
        self, team: str, place: str, *, is_interviewed: bool
    ) -> tuple[str, ...]:
        interviewed = self._heard[True].get(ALL_WAVES, set())
        return tuple(
            sorted(
                person_in_words(one)
                for key, one in self._people.items()
                if (key in interviewed) is is_interviewed
                and (not team or (one.team or NO_TEAM) == team)
                and (not place or (one.locality or NO_LOCALITY) == place)
            )
        )

    def _rows(self, role: str, wave: str, *, is_interviewed: bool) -> tuple[str, ...]:
        people = self._heard[is_interviewed].get(wave, set())
        if not is_interviewed:
            people = people - self._heard[True].get(wave, set())
        return tuple(
            sorted(
                person_in_words(self._people[one])
                for one in people & self._people.keys()
                if not role or (self._people[one].role or NO_ROLE) == role
            )
        )

    def _bind(
        self,
        role: str,
        wave: str,
        parts: Iterable[tuple[str, str]],
        *,
        overlapping: bool = False,
    ) -> None:
        total = _key(role, wave, is_interviewed=True)
        if total not in self._counted:
            return
        keys = []
        for one in parts:
            own = _key(*one, is_interviewed=True)
            if own in self._counted:
                keys.append(own)
            elif self._rows(*one, is_interviewed=True):
                keys.append(_plain(*one))
        self._bindings.append(Binding(total, tuple(keys), overlapping))
