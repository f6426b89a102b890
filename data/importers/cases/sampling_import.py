"""How the contemporary cases were chosen, from a table with one row for each case.

Everything is checked before anything is handed on, and every problem is told at once,
by file, row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data.importers.calendar_dates import any_month_first
from data.importers.cases.case_problems import case_twice, unknown_case
from data.importers.cases.case_rows import date_at
from data.importers.column_mapping import claimed_twice, heading_key
from data.importers.table_problems import lacks_columns, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused
from matching.cases import Era
from matching.sampling import SamplingRecord

NEEDED = ("case_id", "drawn_on", "drawn_by", "from", "rule")
SAMPLING_HEADINGS = (*NEEDED, "replaced", "note")
_ITS_OWN = {heading_key(name) for name in ("drawn_on", "drawn_by", "from", "rule")}


@dataclass(frozen=True, slots=True)
class SamplingBatch:
    """The records of one import, ready to be stored together.

    ``left_out`` says which rows were not taken, only where a partial import was
    accepted; ``warnings`` say what to check.
    """

    records: tuple[SamplingRecord, ...]
    left_out: tuple[DataProblem, ...] = ()
    warnings: tuple[DataProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _PlacedTable:
    """A table with the heading of each of our columns and its rows by number."""

    table: TextTable
    headings: Mapping[str, str]
    rows: Mapping[int, Mapping[str, str]]

    def where(self, number: int, name: str) -> str:
        """The place of a cell in words."""
        return self.table.where(number, self.headings[name])


@dataclass(slots=True)
class _Reading:
    """What has been read so far, with the file each problem belongs to."""

    eras: Mapping[str, Era]
    today: date | None
    cases_unread: bool
    is_unread: bool = False
    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    records: list[SamplingRecord] = field(default_factory=list)
    problems: list[tuple[int, DataProblem]] = field(default_factory=list)
    warnings: list[DataProblem] = field(default_factory=list)


def is_sampling_table(headings: Iterable[str]) -> bool:
    """Whether a table tells how cases were chosen: it has two headings of its own.

    >>> is_sampling_table(["case_id", "Drawn on", "Drawn by", "from"])
    True
    >>> is_sampling_table(["case_id", "referral_date", "rule"])
    False
    """
    return len(_ITS_OWN & {heading_key(heading) for heading in headings}) >= 2


def read_sampling(
    files: Sequence[tuple[str, bytes]],
    *,
    eras: Mapping[str, Era],
    today: date | None = None,
    accept_partial: bool = False,
    cases_unread: bool = False,
) -> SamplingBatch:
    """The records of .csv or .xlsx tables: case_id, drawn_on, drawn_by, from, rule,
    and where there are any replaced and note.

    ``eras`` names the cases of the study and of the same import. Raises DataRefused
    with every problem in order of file and row: an unknown or a historic case, a case
    twice, a day that does not exist or is after ``today``, a rule missing. With
    ``accept_partial`` good rows are kept, none perhaps, and ``left_out`` lists the
    others. ``cases_unread`` says that cases of the same import could not be read, so
    that an unknown case may be one of them.
    """
    reading = _Reading(eras, today, cases_unread)
    placed = _placed_tables(reading, files)
    for table in placed.values():
        for number, cells in table.rows.items():
            place = (table.table.file, number)
            reading.places.setdefault(cells["case_id"], []).append(place)
    for position, table in placed.items():
        _read_rows(reading, position, table)
    problems = [problem for _, problem in sorted(reading.problems, key=lambda p: p[0])]
    if problems and (not accept_partial or reading.is_unread):
        raise DataRefused(map(_nothing_saved, problems))
    return SamplingBatch(
        tuple(reading.records), tuple(problems), tuple(reading.warnings)
    )


def _placed_tables(
    reading: _Reading, files: Sequence[tuple[str, bytes]]
) -> dict[int, _PlacedTable]:
    """The tables that can be read as a whole, by the position of their file."""
    placed: dict[int, _PlacedTable] = {}
    for position, (name, content) in enumerate(files):
        try:
            placed[position] = _place(read_text_table(name, content))
        except DataRefused as refusal:
            reading.problems += [(position, problem) for problem in refusal.problems]
            reading.is_unread = True
    return placed


def _place(table: TextTable) -> _PlacedTable:
    ours = {heading_key(name): name for name in SAMPLING_HEADINGS}
    columns = {
        heading: ours[heading_key(heading)]
        for heading in table.headings
        if heading_key(heading) in ours
    }
    problems = claimed_twice(table.where(), columns)
    missing = [name for name in NEEDED if name not in columns.values()]
    if missing:
        problems.append(lacks_columns(table, missing, NEEDED, ("replaced", "note")))
    if not table.rows:
        problems.append(
            no_rows(table.where(), "Write one row for each contemporary case.")
        )
    if problems:
        raise DataRefused(problems)
    rows = {
        number: {
            columns[heading]: cell.strip()
            for heading, cell in zip(table.headings, row, strict=True)
            if heading in columns
        }
        for number, row in zip(table.row_numbers, table.rows, strict=True)
    }
    return _PlacedTable(table, {n: h for h, n in columns.items()}, rows)


def _read_rows(reading: _Reading, position: int, placed: _PlacedTable) -> None:
    months_first = any_month_first(cells["drawn_on"] for cells in placed.rows.values())
    gaps: dict[str, list[int]] = {}
    for number, cells in placed.rows.items():
        where = placed.where(number, "case_id")
        problems = _case_problems(reading, where, cells["case_id"])
        where = placed.where(number, "drawn_on")
        day, problem = date_at(where, cells["drawn_on"], months_first=months_first)
        if problem:
            problems.append(problem)
        elif reading.today and day > reading.today.isoformat():
            problems.append(_not_come_yet(where))
        if not cells["rule"]:
            problems.append(_no_rule(placed.where(number, "rule")))
        if problems:
            reading.problems += [(position, problem) for problem in problems]
            continue
        reading.records.append(_record(cells, day))
        for name in ("drawn_on", "drawn_by", "from"):
            if not cells[name]:
                gaps.setdefault(placed.headings[name], []).append(number)
    reading.warnings += placed.table.warnings
    reading.warnings += [_gap(placed.table, name, rows) for name, rows in gaps.items()]


def _record(cells: Mapping[str, str], day: str) -> SamplingRecord:
    return SamplingRecord(
        cells["case_id"],
        day,
        cells["drawn_by"],
        cells["from"],
        cells["rule"],
        cells.get("replaced", ""),
        cells.get("note", ""),
    )


def _nothing_saved(problem: DataProblem) -> DataProblem:
    # Said where the whole import is refused: rows left out of one are another matter.
    return replace(problem, do_next=f"{problem.do_next} Nothing was saved.")


def _case_problems(reading: _Reading, where: str, case_id: str) -> list[DataProblem]:
    if not case_id:
        return [_no_case(where)]
    problems = []
    era = reading.eras.get(case_id)
    if era is None and not reading.cases_unread:
        problems.append(unknown_case(where, case_id))
    if era is Era.HISTORIC:
        problems.append(_historic(where, case_id))
    if len(reading.places[case_id]) > 1:
        problems.append(case_twice(where, case_id, reading.places[case_id]))
    return problems


def _no_case(where: str) -> DataProblem:
    return DataProblem(
        "the case_id is missing",
        where,
        "Write the id of the case the row tells of.",
    )


def _historic(where: str, case_id: str) -> DataProblem:
    return DataProblem(
        f"case {case_id} is a historic case, and only contemporary cases are drawn",
        where,
        "Correct the id, or take the row out.",
    )


def _not_come_yet(where: str) -> DataProblem:
    return DataProblem(
        "the day it was drawn lies in the future",
        where,
        "Correct the day.",
    )


def _no_rule(where: str) -> DataProblem:
    return DataProblem(
        "the rule is missing",
        where,
        "Write how the case was drawn from its list, such as every 7th from a random "
        "start.",
    )


def _gap(table: TextTable, heading: str, rows: Sequence[int]) -> DataProblem:
    shown = ", ".join(map(str, rows[:10])) + (", ..." if rows[10:] else "")
    place = f"row {shown}" if len(rows) == 1 else f"rows {shown}"
    return DataProblem(
        "the cell is empty; the record is kept without it",
        f"{table.where()}, {place}, column {heading}",
        "Fill it in and add the file again if it is known.",
    )
