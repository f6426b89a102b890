"""Groups of people that a study aims for, and how many of each.

A group names wave, role, team and locality; what it leaves empty may be anything. Words
are compared as they are written: what is spelt in two ways is two things until a person
says otherwise (``spellings.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from coding.mentions import NO_WAVE
from coding.problems import CodingProblem, CodingRefused
from coding.study import Participant

EVERY_WAVE = ""
"""A group of this wave is aimed for over the whole study."""
MOST_AIMED = 100_000
FACTS = ("role", "team", "locality")
Facts = tuple[str, str, str]
"""Role, team and locality, '' for one that is not asked for or not known."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom an aim is for; an empty field may be anything.

    ``wave`` is a wave's name, ``No wave`` for sources that belong to none, or '' for
    the study as a whole.
    """

    wave: str = EVERY_WAVE
    role: str = ""
    team: str = ""
    locality: str = ""

    @property
    def facts(self) -> Facts:
        """Role, team and locality."""
        return self.role, self.team, self.locality

    @property
    def who(self) -> str:
        """The group without its wave.

        >>> Group("Wave 1", "Social worker", locality="North").who, Group("Wave 1").who
        ('Social worker, North', 'Anybody')
        """
        return ", ".join(filter(None, self.facts)) or "Anybody"

    @property
    def in_words(self) -> str:
        """The group with its wave.

        >>> Group("Wave 1", "Parent").in_words, Group(role="Parent").in_words
        ('Parent, Wave 1', 'Parent, all waves')
        """
        return f"{self.who}, {self.wave or 'all waves'}"

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Wave, role, team and locality."""
        return (self.wave, *self.facts)


@dataclass(frozen=True, slots=True)
class Aim:
    """How many people of a group are aimed for, and interviews where these are too."""

    group: Group
    people: int
    interviews: int | None = None


@dataclass(frozen=True, slots=True)
class AimRow:
    """One row as a person typed it or a file holds it; everything is text.

    ``where`` is its place as they see it: "Row 3" or "aims.csv, row 3".
    """

    where: str
    wave: str = ""
    role: str = ""
    team: str = ""
    locality: str = ""
    people: str = ""
    interviews: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        said = (self.wave, *self.facts, self.people, self.interviews)
        return not any(one.strip() for one in said)

    @property
    def facts(self) -> Facts:
        """Role, team and locality as typed."""
        return self.role, self.team, self.locality


def facts_of(person: Participant) -> Facts:
    """Role, team and locality of a participant."""
    return person.role, person.team, person.locality


def read_aims(rows: Sequence[AimRow], waves: Sequence[str]) -> list[Aim]:
    """The aims of these rows in their order; empty rows are passed over.

    ``waves`` are the study's; a wave may be written in another letter case, and nothing
    or "all waves" stands for the whole study. Raises CodingRefused with every problem
    of every row at once: a number that is missing, negative, in words, a share or no
    whole number, a wave the study does not have, a group that stands twice.
    """
    known = {wave.casefold(): wave for wave in waves}
    known |= {NO_WAVE.casefold(): NO_WAVE, "": EVERY_WAVE, "all waves": EVERY_WAVE}
    problems: list[CodingProblem] = []
    aims: list[Aim] = []
    places: dict[Group, str] = {}
    for row in rows:
        if row.is_empty:
            continue
        wave = _tidy(row.wave)
        if wave.casefold() not in known:
            problems.append(_unknown_wave(row, wave, waves))
        facts = [_tidy(fact) for fact in row.facts]
        group = Group(known.get(wave.casefold(), wave), *facts)
        people = _whole(row, "people", row.people, problems, may_be_empty=False)
        interviews = _whole(row, "interviews", row.interviews, problems)
        if group in places:
            problems.append(_twice(row, group, places[group]))
        places.setdefault(group, row.where)
        aims.append(Aim(group, people or 0, interviews))
    if problems:
        raise CodingRefused(problems)
    return aims


def within_another(aims: Iterable[Aim]) -> set[Group]:
    """The groups that lie in a wider one that is aimed for too.

    >>> whole, part = Group("Wave 1", "Parent"), Group("Wave 1", "Parent", "", "North")
    >>> within_another([Aim(whole, 6), Aim(part, 2)]) == {part}
    True
    """
    groups = {aim.group.parts: aim.group for aim in aims}
    return {
        group
        for parts, group in groups.items()
        if any(wider in groups for wider in _wider(parts))
    }


def _wider(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The parts with one or more of them left open, the fewest first."""
    filled = [at for at, part in enumerate(parts) if part]
    for number in range(1, len(filled) + 1):
        for left_open in combinations(filled, number):
            yield tuple(
                "" if at in left_open else part for at, part in enumerate(parts)
            )


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _whole(
    row: AimRow,
    column: str,
    typed: str,
    problems: list[CodingProblem],
    *,
    may_be_empty: bool = True,
) -> int | None:
    """The number typed, or nothing after its problem was noted."""
    words = _tidy(typed)
    if not words:
        if not may_be_empty:
            problems.append(_number_problem(row, column, "there is no number"))
        return None
    # A spreadsheet writes a whole number as 6.0 where its column holds others.
    digits = words.removesuffix(".0").replace(",", "")
    if digits.isascii() and digits.isdecimal():
        if (number := int(digits)) <= MOST_AIMED:
            return number
        found = f"more than {MOST_AIMED:,} cannot be aimed for"
    elif words.endswith("%"):
        found = "it is a share, and people are counted"
    elif digits.startswith(("-", "−")):
        found = "it is below zero"
    elif any(sign.isdigit() for sign in words):
        found = "it is not a whole number"
    else:
        found = "it is in words, and a number is needed"
    problems.append(_number_problem(row, column, found))
    return None


def _number_problem(row: AimRow, column: str, found: str) -> CodingProblem:
    return CodingProblem(
        found,
        f"{row.where}, {column}",
        f"Write how many {column} are aimed for, such as 6. Nothing was saved.",
    )


def _unknown_wave(row: AimRow, wave: str, waves: Sequence[str]) -> CodingProblem:
    there_are = ", ".join([*waves, NO_WAVE])
    return CodingProblem(
        f"the study has no wave called {wave}",
        f"{row.where}, wave",
        f"Write one of {there_are}, or leave it empty for all waves. "
        "Nothing was saved.",
    )


def _twice(row: AimRow, group: Group, first: str) -> CodingProblem:
    return CodingProblem(
        f"{group.in_words} stands in {first} already",
        row.where,
        "Keep one of the two rows. Nothing was saved.",
    )
