"""The counts a report of findings prints: people, sources, judged cases.

Each count knows what it is of and the rows it was counted from; together they know how
totals and groups bind them, so that small ones can be hidden before anything leaves.
Mentions are not counted here: one mention is one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coding.mentions import NO_ROLE
from coding.study import Participant
from coding.themes import ThemeSummary
from data.disclosure.counts import Binding, CellKey, CountsTogether
from data.pairings import SavedJudgement
from data.sources import StoredSource
from data.storage import StudyStore
from matching.judging.judgement import Suitability
from workbench.actions.together import theme_reading
from workbench.actions.together.pair_report import suitability_in_words
from workbench.actions.together.theme_reading import ThemesOfStudy

NO_LOCALITY = "No locality"
PEOPLE: CellKey = ("people",)
SOURCES: CellKey = ("sources",)
CASES: CellKey = ("judged cases",)


@dataclass(frozen=True, slots=True)
class Counted:
    """One count: what it is of, and the rows it was counted from, one name each."""

    what: str
    rows: tuple[str, ...]

    @property
    def value(self) -> int:
        """How many rows there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class CountsOfStudy:
    """Every count of a report, and the groups it is told by, in order."""

    counted: Mapping[CellKey, Counted]
    together: CountsTogether
    roles: tuple[str, ...]
    waves: tuple[str, ...]
    localities: tuple[str, ...]
    themes: tuple[ThemeSummary, ...]
    verdicts: tuple[Suitability, ...]
    participants: Mapping[str, Participant]
    """Those who have a turn in a source, by id."""

    def groups(self, by: str) -> tuple[str, ...]:
        """The groups of one kind: by role, by wave or by locality."""
        return {"role": self.roles, "wave": self.waves, "locality": self.localities}[by]


def people_of(by: str, group: str) -> CellKey:
    """The key of how many people of a group took part."""
    return ("people", by, group)


def people_in(role: str, wave: str) -> CellKey:
    """The key of how many people of a role were heard in a wave."""
    return ("people", "role and wave", role, wave)


def theme_of(code_id: str, by: str = "", group: str = "") -> CellKey:
    """The key of how many people speak about a theme, of all or of a group."""
    return ("theme", code_id, by, group) if by else ("theme", code_id)


def sources_of(wave: str) -> CellKey:
    """The key of how many sources a wave has."""
    return ("sources", wave)


def cases_judged(verdict: Suitability) -> CellKey:
    """The key of how many cases were judged so."""
    return ("judged cases", verdict.value)


def read_counts(store: StudyStore) -> tuple[CountsOfStudy, ThemesOfStudy]:
    """The counts of the study as it stands, and the themes they were read from."""
    sources = theme_reading.read_sources(store)
    themes = theme_reading.summarise(store, sources, quotations=0)
    known = {one.id: one for one in store.study.participants()}
    building = _Building(known)
    building.count_people(sources, themes.waves)
    for one in themes.themes:
        building.count_theme(one)
    building.count_sources(sources)
    building.count_cases(store.judgements.standing())
    return building.finished(themes.themes), themes


class _Building:
    """Counts under way: sets of people by key, then rows, bindings and groups."""

    def __init__(self, known: Mapping[str, Participant]) -> None:
        self._known = known
        self._counted: dict[CellKey, Counted] = {}
        self._bindings: list[Binding] = []
        self._groups: dict[CellKey, CellKey] = {}
        self._taking_part: dict[str, Participant] = {}
        self._roles: tuple[str, ...] = ()
        self._waves: tuple[str, ...] = ()
        self._localities: tuple[str, ...] = ()
        self._verdicts: tuple[Suitability, ...] = ()

    def count_people(
        self, sources: Sequence[StoredSource], waves: Sequence[str]
    ) -> None:
        """People who took part, of all, by role, by wave, by both, by locality."""
        heard: dict[str, set[str]] = {wave: set() for wave in waves}
        for source in sources:
            people = theme_reading.participant_ids(source) & set(self._known)
            heard[theme_reading.wave_of(source)] |= people
        everybody = set().union(*heard.values())
        self._taking_part = {
            one.id: one for one in self._known.values() if one.id in everybody
        }
        self._waves = tuple(wave for wave in waves if heard[wave])
        self._roles = _in_order(map(self._role, everybody), NO_ROLE)
        self._localities = _in_order(map(self._locality, everybody), NO_LOCALITY)
        self._people(PEOPLE, "People who took part", everybody)
        for role in self._roles:
            of_role = {one for one in everybody if self._role(one) == role}
            self._people(people_of("role", role), f"People, {role}", of_role)
            for wave in self._waves:
                what = f"People, {role}, {wave}"
                self._people(people_in(role, wave), what, of_role & heard[wave])
        for wave in self._waves:
            self._people(people_of("wave", wave), f"People, {wave}", heard[wave])
        for place in self._localities:
            of_place = {one for one in everybody if self._locality(one) == place}
            self._people(people_of("locality", place), f"People, {place}", of_place)
        self._bind_groups(PEOPLE, people_of)
        for wave in self._waves:
            self._bind(
                people_of("wave", wave), [people_in(r, wave) for r in self._roles]
            )
        for role in self._roles:
            parts = [people_in(role, wave) for wave in self._waves]
            self._bind(people_of("role", role), parts, overlapping=True)

    def count_theme(self, theme: ThemeSummary) -> None:
        """People who speak about a theme, of all and by role, wave and locality."""
        name, code = theme.code.name, theme.code.id
        said: dict[str, set[str]] = {}
        for mention in theme.passages:
            for part in mention.parts:
                if part.participant:
                    said.setdefault(mention.wave, set()).add(part.participant.id)
        people = set().union(*said.values())
        self._people(theme_of(code), f"People who speak about {name}", people)
        self._groups[theme_of(code)] = PEOPLE
        for by, groups in self._told_by():
            for group in groups:
                of_group = (
                    said.get(group, set())
                    if by == "wave"
                    else {one for one in people if self._group(by, one) == group}
                )
                key = theme_of(code, by, group)
                self._people(key, f"People who speak about {name}, {group}", of_group)
                self._groups[key] = people_of(by, group)
        self._bind_groups(theme_of(code), lambda by, one: theme_of(code, by, one))

    def count_sources(self, sources: Sequence[StoredSource]) -> None:
        """Sources, of all and by wave."""
        by_wave: dict[str, list[str]] = {}
        for one in sources:
            named = by_wave.setdefault(theme_reading.wave_of(one), [])
            named.append(one.transcript.name)
        self._keep(SOURCES, "Sources", [n for names in by_wave.values() for n in names])
        for wave, names in by_wave.items():
            self._keep(sources_of(wave), f"Sources, {wave}", names)
        self._bind(SOURCES, [sources_of(wave) for wave in by_wave])

    def count_cases(self, judgements: Iterable[SavedJudgement]) -> None:
        """Judged cases, of all and by what was said of the pair."""
        found: dict[Suitability, list[str]] = {one: [] for one in Suitability}
        for one in judgements:
            case = one.judgement.contemporary_id
            partner = one.judgement.historic_id or "no partner"
            found[one.judgement.suitability].append(f"{case} with {partner}")
        if not any(found.values()):
            return
        self._verdicts = tuple(found)
        cases = [name for names in found.values() for name in names]
        self._keep(CASES, "Judged cases", cases)
        for verdict, names in found.items():
            words = suitability_in_words(verdict)
            self._keep(cases_judged(verdict), f"Cases judged as: {words}", names)
        self._bind(CASES, [cases_judged(one) for one in found])

    def finished(self, themes: Sequence[ThemeSummary]) -> CountsOfStudy:
        """Everything counted, as one value."""
        return CountsOfStudy(
            self._counted,
            CountsTogether(
                {key: one.value for key, one in self._counted.items()},
                tuple(self._bindings),
                self._groups,
            ),
            self._roles,
            self._waves,
            self._localities,
            tuple(themes),
            self._verdicts,
            self._taking_part,
        )

    def _told_by(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            ("role", self._roles),
            ("wave", self._waves),
            ("locality", self._localities),
        )

    def _bind_groups(self, total: CellKey, key: Callable[[str, str], CellKey]) -> None:
        # One person has one role and one locality, and may be heard in several waves.
        for by, groups in self._told_by():
            parts = [key(by, group) for group in groups]
            self._bind(total, parts, overlapping=by == "wave")

    def _bind(
        self, total: CellKey, parts: Sequence[CellKey], *, overlapping: bool = False
    ) -> None:
        if parts:
            self._bindings.append(Binding(total, tuple(parts), overlapping))

    def _people(self, key: CellKey, what: str, people: Iterable[str]) -> None:
        self._keep(key, what, [person_in_words(self._known[one]) for one in people])

    def _keep(self, key: CellKey, what: str, rows: Sequence[str]) -> None:
        self._counted[key] = Counted(what, tuple(sorted(rows)))

    def _role(self, person: str) -> str:
        return self._known[person].role or NO_ROLE

    def _locality(self, person: str) -> str:
        return self._known[person].locality or NO_LOCALITY

    def _group(self, by: str, person: str) -> str:
        return self._role(person) if by == "role" else self._locality(person)


def person_in_words(person: Participant) -> str:
    """A participant as a row of the evidence book names them."""
    facts = [one for one in (person.role, person.team, person.locality) if one]
    return f"{person.pseudonym} ({', '.join(facts)})" if facts else person.pseudonym


def _in_order(groups: Iterable[str], last: str) -> tuple[str, ...]:
    return tuple(sorted(set(groups), key=lambda one: (one == last, one.casefold())))
