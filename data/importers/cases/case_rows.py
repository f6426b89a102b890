"""One case, event or note from one row of a table, or what keeps it from being read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from data.importers.calendar_dates import any_month_first, read_date
from data.importers.column_mapping import (
    ALL_FIELDS,
    CASE_TABLE_FIELDS,
    ColumnMapping,
    claimed_twice,
    field_name_for,
    propose_mapping,
    understood,
)
from data.importers.text_table import TextTable
from data.problems import DataProblem
from matching.case_records import DERIVED_FIELDS, CaseField
from matching.cases import Era, KnownAt

DATE_FIELDS = ("referral_date", "date_of_birth", "closed_date")


class TableKind(StrEnum):
    """The three tables of a case import."""

    CASES = "cases"
    EVENTS = "events"
    NOTES = "notes"


@dataclass(slots=True)
class PlacedTable:
    """A table told apart: its kind, our field for each heading, its own extra facts.

    ``month_first`` names date columns in which some cell only reads month first.
    """

    table: TextTable
    kind: TableKind
    columns: Mapping[str, str]
    extras: Mapping[str, CaseField] = field(default_factory=dict)
    month_first: frozenset[str] = frozenset()

    def cells(self, row: tuple[str, ...]) -> dict[str, str]:
        """Our fields with their cells, outer spaces taken off."""
        return {
            self.columns[heading]: cell.strip()
            for heading, cell in zip(self.table.headings, row, strict=True)
            if heading in self.columns
        }

    def extra_cells(self, row: tuple[str, ...]) -> dict[str, str]:
        """The file's own columns by fact name, outer spaces taken off."""
        return {
            self.extras[heading].name: cell.strip()
            for heading, cell in zip(self.table.headings, row, strict=True)
            if heading in self.extras
        }

    def heading_of(self, name: str) -> str:
        """The heading under which the file has our field."""
        return next((h for h, f in self.columns.items() if f == name), name)


def place_table(
    table: TextTable, mapping: ColumnMapping | None
) -> tuple[PlacedTable | None, list[DataProblem], list[DataProblem]]:
    """The table with its kind and columns, then its problems, then warnings.

    Events have case_id, date and event; notes case_id, date and text; any other table
    with a case_id holds cases.
    """
    columns = understood(table.headings, mapping)
    problems = claimed_twice(table.where(), columns)
    present = set(columns.values())
    kind = _kind_of(present)
    if kind is None:
        return None, [*problems, _no_case_id(table, present)], []
    asked_for = {
        TableKind.CASES: set(CASE_TABLE_FIELDS),
        TableKind.EVENTS: {"case_id", "date", "event", "detail"},
        TableKind.NOTES: {"case_id", "date", "text"},
    }[kind]
    # Fields of another kind of table, and facts a mapping named, are extra ones here.
    ours = {h: f for h, f in columns.items() if f in asked_for}
    others = [h for h in table.headings if h not in ours]
    warnings: list[DataProblem] = []
    extras: dict[str, CaseField] = {}
    if kind is TableKind.CASES:
        extras, extra_problems = _extra_facts(table, others, columns)
        problems += extra_problems
        warnings += [
            _kept_as_extra(table, h, f.name) for h, f in _renamed(extras).items()
        ]
    elif others:
        warnings.append(_columns_not_read(table, others))
    placed = PlacedTable(table, kind, ours, extras, _month_first(table, ours))
    return placed, problems, warnings


def _kind_of(present: set[str]) -> TableKind | None:
    if "case_id" not in present:
        return None
    if {"date", "event"} <= present:
        return TableKind.EVENTS
    if {"date", "text"} <= present:
        return TableKind.NOTES
    return TableKind.CASES


def _extra_facts(
    table: TextTable, headings: list[str], columns: Mapping[str, str]
) -> tuple[dict[str, CaseField], list[DataProblem]]:
    derived = {f.name for f in DERIVED_FIELDS}
    extras = {}
    for heading in headings:
        name = columns.get(heading) or field_name_for(heading)
        if name in derived:
            name = f"recorded_{name}"
        extras[heading] = CaseField(name, heading, KnownAt.UNMARKED)
    names = {heading: fact.name for heading, fact in extras.items()}
    return extras, claimed_twice(table.where(), names)


def _renamed(extras: Mapping[str, CaseField]) -> dict[str, CaseField]:
    return {h: f for h, f in extras.items() if f.name.startswith("recorded_")}


def _month_first(table: TextTable, columns: Mapping[str, str]) -> frozenset[str]:
    found = set()
    for position, heading in enumerate(table.headings):
        name = columns.get(heading)
        if name in (*DATE_FIELDS, "date") and any_month_first(
            row[position] for row in table.rows
        ):
            found.add(name)
    return frozenset(found)


def dated(
    placed: PlacedTable, number: int, name: str, cell: str
) -> tuple[str, DataProblem | None]:
    """The cell as ISO date ('' for a gap) and what is wrong with it, if anything."""
    where = placed.table.where(number, placed.heading_of(name))
    return date_at(where, cell, months_first=name in placed.month_first)


def date_at(
    where: str, cell: str, *, months_first: bool
) -> tuple[str, DataProblem | None]:
    """The cell as ISO date ('' for a gap) and what is wrong with it, if anything.

    In a column where months come first, a date that could be either is a problem.
    """
    read = read_date(cell)
    if read.problem:
        return "", DataProblem(read.problem, where, _HOW_TO_WRITE_DATES)
    if read.month_could_be_first and months_first:
        return "", DataProblem(
            f"date {cell.strip()} could have its month first, as other dates of this "
            "column do",
            where,
            _HOW_TO_WRITE_DATES,
        )
    return read.iso, None


def era_of(
    written: str, referral_date: str, asked: str | None, cutover: date | None
) -> tuple[Era | None, str]:
    """The era of a case, or nothing and in words why.

    What the file says goes first; then what was asked for; *by-date* takes referrals
    before ``cutover`` as historic and those on or after it as contemporary.
    """
    if written:
        for era in Era:
            if written.casefold() == era.value:
                return era, ""
        return None, "the era is neither contemporary nor historic"
    if asked in (Era.CONTEMPORARY.value, Era.HISTORIC.value):
        return Era(asked), ""
    if asked == "by-date" and cutover is not None:
        if not referral_date:
            return None, "without a date of referral the era cannot be told"
        early = referral_date < cutover.isoformat()
        return (Era.HISTORIC if early else Era.CONTEMPORARY), ""
    return None, "the era is missing"


def lacks_eras(placed: PlacedTable) -> bool:
    """Whether a table of cases has no column that says their eras."""
    return placed.kind is TableKind.CASES and "era" not in placed.columns.values()


def future_referral(
    placed: PlacedTable, number: int, referred: str, today: date | None
) -> list[DataProblem]:
    """The problem with a referral that cannot have happened yet, if it is one."""
    if today is None or referred <= today.isoformat():
        return []
    return [
        DataProblem(
            f"the date of referral, {referred}, lies in the future",
            placed.table.where(number, placed.heading_of("referral_date")),
            "Change the date in the file and add it again. Nothing was saved.",
        )
    ]


_OLDEST = 26
"""Years: services for disabled young people end at 25."""


def order_of_dates(
    placed: PlacedTable, number: int, facts: Mapping[str, str], today: date | None
) -> list[DataProblem]:
    """Warnings for dates that are possible but unlikely together."""
    referred, born = facts.get("referral_date", ""), facts.get("date_of_birth", "")
    closed = facts.get("closed_date", "")
    found = []
    if born and referred and (_days(born) - _days(referred)) > 300:
        found.append(
            ("date_of_birth", "the birth lies more than 300 days after the referral")
        )
    if born and referred and _days(referred) - _days(born) > _OLDEST * 365.25:
        found.append(
            (
                "date_of_birth",
                f"the birth lies more than {_OLDEST} years before the referral",
            )
        )
    if closed and referred and closed < referred:
        found.append(("closed_date", "the case closed before it was referred"))
    if today is not None and closed > today.isoformat():
        found.append(("closed_date", "the day the case closed lies in the future"))
    return [
        DataProblem(
            words,
            placed.table.where(number, placed.heading_of(name)),
            "Check the date; the case was read as it stands.",
        )
        for name, words in found
    ]


def future_date(
    placed: PlacedTable, number: int, day: str, today: date | None
) -> list[DataProblem]:
    """A warning for an event or a note whose day has not come yet."""
    if today is None or day <= today.isoformat():
        return []
    return [
        DataProblem(
            "the date lies in the future",
            placed.table.where(number, placed.heading_of("date")),
            "Check the date; the row was read as it stands.",
        )
    ]


def _days(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


_HOW_TO_WRITE_DATES = "Write it as 2024-03-05 or 05/03/2024 (day first)."


def _no_case_id(table: TextTable, present: set[str]) -> DataProblem:
    proposals = [
        f"{p.heading} may be {p.field}"
        for p in propose_mapping(table.headings, ALL_FIELDS)
        if p.field and p.field not in present
    ]
    likely = f" Perhaps: {'; '.join(proposals)}." if proposals else ""
    return DataProblem(
        "no column says which case each row is about",
        table.where(),
        "Beside the heading that names the case, choose Case reference (case_id)."
        + likely,
    )


def _kept_as_extra(table: TextTable, heading: str, name: str) -> DataProblem:
    return DataProblem(
        f"the column is kept as {name}; the field of its own name is worked out from "
        "dates and notes",
        table.where(heading=heading),
        "Nothing need be done.",
    )


def _columns_not_read(table: TextTable, headings: list[str]) -> DataProblem:
    return DataProblem(
        f"columns not read: {', '.join(headings)}",
        table.where(),
        "Nothing need be done if they are not wanted.",
    )
