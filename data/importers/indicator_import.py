"""Quarterly indicators from a table, gaps kept as gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from data.figures.indicators import IndicatorValue
from data.importers.column_mapping import claimed_twice, heading_key
from data.importers.table_problems import lacks_columns, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused

NEEDED = ("indicator", "quarter", "area", "value", "unit")
_MORE = ("source", "table")

# How publications write that there is no value. K stands for a number that rounds to
# zero: it is not zero, and it is not known.
GAPS = {
    "": "empty",
    "c": "confidential",
    ":": "not available",
    "z": "not applicable",
    "-": "not given",
    "–": "not given",
    "..": "not available",
    "x": "not available",
    "k": "rounds to zero",
    "u": "too unreliable",
}
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})\s*Q\s*([1-4])", re.ASCII | re.I)
_OTHER_QUARTER = re.compile(r"Q\s*[05-9]|Q\s*\d\d", re.ASCII | re.I)
_OTHER_COMMA = re.compile(r"-?[\d., ]+", re.ASCII)
_QUARTER_FIRST = re.compile(
    r"Q\s*([1-4])\s*(\d{4})\s*[/-]\s*(\d{2}|\d{4})", re.ASCII | re.I
)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The values of one table in its order, and what to check; iterates over values."""

    values: tuple[IndicatorValue, ...]
    warnings: tuple[DataProblem, ...] = ()

    def __iter__(self) -> Iterator[IndicatorValue]:
        """The values in order."""
        return iter(self.values)

    def __len__(self) -> int:
        """How many values there are, gaps included."""
        return len(self.values)


def read_indicators(file_name: str, content: bytes) -> IndicatorTable:
    """The values of a .csv or .xlsx table: indicator, quarter, area, value, unit.

    A column source, or table, is kept as the source of each value. Commas between
    thousands are read; blanks and the signs publications use for no value (c, :, z, -
    and others) are gaps, never zero, and are counted in a warning. Raises DataRefused
    with every problem by row: other text for a value, a quarter not written as
    2014/15 Q2, an empty cell, an indicator twice for one quarter and area.
    """
    table = read_text_table(file_name, content)
    columns = _columns(table)
    problems: list[DataProblem] = []
    values: list[IndicatorValue] = []
    first: dict[tuple[str, str, str], int] = {}
    gaps: Counter[str] = Counter()
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {name: row[position].strip() for name, position in columns.items()}
        value, found = _value_of(table, number, cells)
        problems += found
        key = (value.indicator, value.quarter, value.area)
        earlier = first.setdefault(key, number)
        if all(key) and earlier != number:
            problems.append(_twice(table, earlier, number))
        if value.value is None:
            gaps[cells["value"].casefold()] += 1
        values.append(value)
    if not values:
        problems.append(no_rows(table.where()))
    if problems:
        raise DataRefused(problems)
    checks = [_gaps_in_words(table, gaps)] if gaps else []
    return IndicatorTable(tuple(values), (*table.warnings, *checks))


def read_quarter(cell: str) -> str:
    """The quarter as "2014/15 Q2", or '' where it is not one.

    >>> read_quarter("2014-15 q2"), read_quarter("2014/16 Q2")
    ('2014/15 Q2', '')
    """
    text = cell.strip()
    if found := _QUARTER.fullmatch(text):
        year, second, quarter = found.groups()
    elif found := _QUARTER_FIRST.fullmatch(text):
        quarter, year, second = found.groups()
    else:
        return ""
    follows = str(int(year) + 1)
    if second not in (follows, follows[-2:]):
        return ""
    return f"{year}/{follows[-2:]} Q{quarter}"


def _columns(table: TextTable) -> dict[str, int]:
    exact = {heading_key(name): name for name in (*NEEDED, *_MORE)}
    found = {
        heading: exact[heading_key(heading)]
        for heading in table.headings
        if heading_key(heading) in exact
    }
    problems = claimed_twice(table.where(), found)
    missing = [name for name in NEEDED if name not in found.values()]
    if missing:
        problems.append(lacks_columns(table, missing, NEEDED))
    if problems:
        raise DataRefused(problems)
    return {name: table.headings.index(heading) for heading, name in found.items()}


def _value_of(
    table: TextTable, number: int, cells: dict[str, str]
) -> tuple[IndicatorValue, list[DataProblem]]:
    problems = [
        DataProblem(
            "the cell is empty", table.where(number, name), "Fill in what it counts."
        )
        for name in ("indicator", "area", "unit")
        if not cells[name]
    ]
    quarter = read_quarter(cells["quarter"])
    if not quarter:
        problems.append(_not_a_quarter(table, number, cells["quarter"]))
    amount: float | None = None
    written = cells["value"]
    percent = written.endswith("%") and cells["unit"].casefold() in _PERCENT
    digits = written.removesuffix("%").strip() if percent else written
    if _NUMBER.fullmatch(digits):
        amount = float(digits.replace(",", ""))
    elif written.casefold() not in GAPS:
        problems.append(_not_a_number(table, number, written))
    return (
        IndicatorValue(
            cells["indicator"],
            quarter,
            cells["area"],
            amount,
            cells["unit"],
            _source_of(cells),
        ),
        problems,
    )


_PERCENT = {"percent", "per cent", "%", "percentage"}


def _source_of(cells: dict[str, str]) -> str:
    source, number = cells.get("source", ""), cells.get("table", "")
    named = f"table {number}" if number[:1].isdigit() else number
    return ", ".join(part for part in (source, named) if part)


def _twice(table: TextTable, earlier: int, number: int) -> DataProblem:
    return DataProblem(
        f"rows {earlier} and {number} give the same indicator, quarter and area",
        table.where(number),
        "Keep the one that is right and take out the other.",
    )


def _not_a_quarter(table: TextTable, number: int, cell: str) -> DataProblem:
    found = "the quarter is not written as 2014/15 Q2"
    if _QUARTER.fullmatch(cell) or _QUARTER_FIRST.fullmatch(cell):
        found = "the two years of the quarter do not follow each other"
    elif _OTHER_QUARTER.search(cell):
        found = "a year has the quarters 1 to 4 alone"
    return DataProblem(
        found,
        table.where(number, "quarter"),
        "Write the financial year, then Q and 1 to 4; Q1 is April to June.",
    )


def _not_a_number(table: TextTable, number: int, written: str) -> DataProblem:
    found = "the value is neither a number nor a sign for a gap (empty, c, :, z or -)"
    if written.endswith("%"):
        found = "the value has a per cent sign and its unit is not per cent"
    elif _OTHER_COMMA.fullmatch(written):
        found = "the value has a comma or a blank where no thousands end"
    return DataProblem(
        found,
        table.where(number, "value"),
        "Write digits, with a point before decimals, or leave the cell empty.",
    )


def _gaps_in_words(table: TextTable, gaps: Counter[str]) -> DataProblem:
    parts = ", ".join(
        f"{count} {GAPS[sign]}" + (f" ({sign})" if sign else "")
        for sign, count in sorted(gaps.items())
    )
    return DataProblem(
        f"gaps are kept as gaps, not as zero: {parts}",
        table.where(),
        "Nothing need be done.",
    )
