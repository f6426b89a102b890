"""Rows of aims from a small table: a .csv, an .xlsx, or cells pasted as text."""

from __future__ import annotations

from coding.study_design.aims import AimRow
from data.importers.column_mapping import claimed_twice, heading_key
from data.importers.table_problems import lacks_columns, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataRefused

AIM_HEADINGS = ("wave", "role", "team", "locality", "people", "interviews")
PASTED = "Pasted rows"
_NEEDED = ("people",)
# What an export of ours, and people, call the same columns.
_ALSO_CALLED = {
    "peopleaimedfor": "people",
    "interviewsaimedfor": "interviews",
    "aimed": "people",
    "aimedfor": "people",
    "number": "people",
}


def read_aim_rows(file_name: str, content: bytes) -> list[AimRow]:
    """The rows of a table, every cell as text with its place; nothing is judged here.

    Other columns are passed over. A workbook may be our own export, whose first sheet
    is read. Raises DataRefused where it is no table or lacks a column people.
    """
    return _rows(
        read_text_table(file_name, content, own_sheet="Aimed for and reached"),
        is_file=True,
    )


def read_pasted_rows(text: str) -> list[AimRow]:
    """The rows of pasted cells; without headings they stand as in the grid.

    >>> [row] = read_pasted_rows("Wave 1\\tParent\\t\\t\\t6")
    >>> row.role, row.people
    ('Parent', '6')
    """
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = next((one for one in ("\t", ";", ",") if one in first), "\t")
    keys = {_field(cell) for cell in first.split(mark)}
    if first and "people" not in keys:
        lines.insert(0, mark.join(AIM_HEADINGS))
    table = read_text_table(PASTED, "\n".join(lines).encode("utf-8"))
    has_own = "people" in keys
    return _rows(table, is_file=has_own)


def _rows(table: TextTable, *, is_file: bool) -> list[AimRow]:
    columns = {
        heading: _field(heading)
        for heading in table.headings
        if _field(heading) in AIM_HEADINGS
    }
    problems = claimed_twice(table.where(), columns)
    missing = [name for name in _NEEDED if name not in columns.values()]
    if missing:
        optional = [name for name in AIM_HEADINGS if name not in _NEEDED]
        problems.append(lacks_columns(table, missing, _NEEDED, optional))
    if not table.rows:
        problems.append(no_rows(table.where(), "Write one row for each group."))
    if problems:
        raise DataRefused(problems)
    found = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {
            columns[heading]: cell.strip()
            for heading, cell in zip(table.headings, row, strict=True)
            if heading in columns
        }
        place = number if is_file else number - 1
        found.append(AimRow(table.where(place), **cells))
    return [row for row in found if not row.is_empty]


def _field(heading: str) -> str:
    key = heading_key(heading)
    return _ALSO_CALLED.get(key, key)
