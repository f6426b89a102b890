"""Aims as rows of a grid, typed, pasted or from a file: checked, saved as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coding.problems import CodingRefused
from coding.study import Person
from coding.study_design.aims import Aim, AimRow, read_aims
from data.importers.interviews.aims_import import AIM_HEADINGS
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from data.storage.study_design.design_records import AimsVersion

GridRow = dict[str, str]
COLUMNS = {name: name.capitalize() for name in AIM_HEADINGS}


def rows_of_aims(aims: Iterable[Aim]) -> list[GridRow]:
    """The aims as rows of the grid, by the headings it shows."""
    return [
        {
            "Wave": aim.group.wave or "All waves",
            "Role": aim.group.role,
            "Team": aim.group.team,
            "Locality": aim.group.locality,
            "People": str(aim.people),
            "Interviews": "" if aim.interviews is None else str(aim.interviews),
        }
        for aim in aims
    ]


def as_grid_rows(rows: Iterable[AimRow]) -> list[GridRow]:
    """Rows of a file as rows of the grid, every cell as it was."""
    return [
        {COLUMNS[name]: str(getattr(row, name)) for name in AIM_HEADINGS}
        for row in rows
    ]


def save_grid(
    store: StudyStore,
    person: Person,
    rows: Sequence[Mapping[Any, Any]],
    *,
    seen: int,
    reason: str = "",
) -> AimsVersion:
    """The aims of a grid as kept. Raises DataRefused with every problem at once."""
    typed = [
        AimRow(f"Row {at}", **{name: _text(row.get(COLUMNS[name])) for name in COLUMNS})
        for at, row in enumerate(rows, start=1)
    ]
    waves = [one.name for one in store.study.waves()]
    try:
        aims = read_aims(typed, waves)
    except CodingRefused as refusal:
        raise DataRefused(
            [DataProblem(p.found, p.where, p.do_next) for p in refusal.problems]
        ) from None
    return store.design.aims.set(person.id, aims, seen=seen, reason=reason)


def aims_changes(before: AimsVersion, after: AimsVersion) -> list[str]:
    """What a version of the aims changed of the one before, a sentence each."""
    was = {aim.group: aim for aim in before.aims}
    now = {aim.group: aim for aim in after.aims}
    said = []
    for group in dict.fromkeys([*now, *was]):
        old, new = was.get(group), now.get(group)
        if old is None and new is not None:
            said.append(f"{group.in_words}: {_aim(new)}, new.")
        elif new is None and old is not None:
            said.append(f"{group.in_words}: no longer aimed for, was {_aim(old)}.")
        elif old is not None and new is not None and old != new:
            said.append(f"{group.in_words}: {_aim(new)}, was {_aim(old)}.")
    return said


def _aim(aim: Aim) -> str:
    people = f"{aim.people:,} people" if aim.people != 1 else "1 person"
    if aim.interviews is None:
        return people
    return f"{people} in {aim.interviews:,} interviews"


def _text(value: object) -> str:
    # A grid gives None, and a table of numbers its own kind of nothing.
    if value is None or value != value:  # noqa: PLR0124 - the test of not-a-number
        return ""
    return str(value)
