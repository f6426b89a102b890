"""A table as it stands in a file: headings and cells, everything as text.

Reads .csv (comma, semicolon or tab) and .xlsx. Nothing is guessed: an id of 000123
stays 000123, an empty cell stays empty, and dates of a spreadsheet become ISO text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from data.importers.file_safety import FileKind, check_file
from data.importers.table_limits import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TABLE_BYTES,
    too_many_columns,
    too_many_rows,
)
from data.importers.text_encoding import decode_text
from data.problems import DataProblem, DataRefused

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table: file, sheet ('' for .csv), headings, rows of text cells.

    Every row has as many cells as there are headings. ``row_numbers`` are those the
    spreadsheet shows, the heading being row 1 where it stands first; wholly empty rows
    are left out. ``warnings`` say what to check.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    warnings: tuple[DataProblem, ...] = ()

    def where(self, row: int | None = None, heading: str = "") -> str:
        """The place in words: file, sheet, row, column heading.

        >>> TextTable("a.xlsx", "Cases", ("x",), (), ()).where(4, "x")
        'a.xlsx, sheet Cases, row 4, column x'
        """
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if row is not None:
            parts.append(f"row {row}")
        if heading:
            parts.append(f"column {heading}")
        return ", ".join(parts)


def read_text_table(
    file_name: str,
    content: bytes,
    *,
    sheet: str | None = None,
    own_sheet: str = "",
) -> TextTable:
    """The table of a .csv or .xlsx file, told apart by content.

    A workbook with several filled sheets is refused with their names unless ``sheet``
    names one, or the first is called ``own_sheet``, as in a report of our own. Raises
    DataRefused with every problem: not a table, headings missing or given twice, rows
    with more cells than headings, or past the limits.
    """
    kind = check_file(
        file_name, content, {FileKind.TEXT, FileKind.WORKBOOK}, MAX_TABLE_BYTES
    )
    if kind is FileKind.WORKBOOK:
        from data.importers.office_files.spreadsheet import read_sheet, sheet_names

        if own_sheet and sheet_names(file_name, content)[:1] == [own_sheet]:
            sheet = own_sheet
        name, rows, warnings = read_sheet(file_name, content, sheet=sheet)
        return _table(file_name, name, rows, warnings)
    decoded = decode_text(file_name, content)
    rows = list(_csv_rows(file_name, decoded.text))
    return _table(file_name, "", rows, list(decoded.warnings))


def column_letter(position: int) -> str:
    """The letter a spreadsheet gives the column, counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def base_name(file_name: str) -> str:
    """The file's own name without folders, of either kind of path.

    >>> base_name("C:\\\\data\\\\cases.csv"), base_name("data/cases.csv")
    ('cases.csv', 'cases.csv')
    """
    return PureWindowsPath(PurePosixPath(file_name).name).name


def _csv_rows(file_name: str, text: str) -> Iterator[tuple[int, Sequence[str]]]:
    if text[:4].casefold() == "sep=" and text[5:6] == "\n":
        # Excel reads this first line as an instruction and does not count it.
        delimiter, text = text[4], text[6:]
    else:
        delimiter = _delimiter_of(text)
    # The limit belongs to the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_TABLE_BYTES))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number > MAX_ROWS + 1:
                raise DataRefused([too_many_rows(file_name)])
            yield number, row
    except csv.Error:
        raise DataRefused([_broken_quotes(file_name, number + 1)]) from None


def _delimiter_of(text: str) -> str:
    """The separator that cuts the first filled line into most cells; comma on a tie."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    widths = {
        mark: len(next(csv.reader([first], delimiter=mark), [])) for mark in _DELIMITERS
    }
    return max(_DELIMITERS, key=lambda mark: widths[mark])


def _table(
    file_name: str,
    sheet: str,
    numbered: Iterable[tuple[int, Sequence[str]]],
    warnings: list[DataProblem],
) -> TextTable:
    filled = [(n, row) for n, row in numbered if any(row) and "".join(row).strip()]
    where = f"{file_name}, sheet {sheet}" if sheet else file_name
    if not filled:
        raise DataRefused([_nothing_in(where)])
    heading_row, first = filled[0]
    headings = tuple(" ".join(cell.split()) for cell in first)
    while headings and not headings[-1]:
        headings = headings[:-1]
    body = filled[1:]
    problems = _heading_problems(where, heading_row, headings, body)
    rows: list[tuple[str, ...]] = []
    width = len(headings)
    short: list[int] = []
    for number, row in body:
        if len(row) == width:
            rows.append(tuple(row))
        elif len(row) < width:
            short.append(number)
            rows.append(tuple(row) + ("",) * (width - len(row)))
        elif any(row[width:]) and "".join(row[width:]).strip():
            problems.append(_row_too_long(where, number, row, width))
        else:
            rows.append(tuple(row[:width]))
    if problems:
        raise DataRefused(problems)
    if short and not sheet:
        warnings.append(_rows_too_short(where, short, width))
    table = TextTable(
        file_name,
        sheet,
        headings,
        tuple(rows),
        tuple(number for number, _ in body),
        tuple(warnings),
    )
    return _without_empty_columns(table) if "" in headings else table


def _heading_problems(
    where: str,
    heading_row: int,
    headings: tuple[str, ...],
    body: Sequence[tuple[int, Sequence[str]]],
) -> list[DataProblem]:
    problems = []
    if len(headings) > MAX_COLUMNS:
        return [too_many_columns(where, len(headings))]
    first_seen: dict[str, int] = {}
    for position, heading in enumerate(headings):
        letter = column_letter(position)
        if not heading:
            if any(len(row) > position and row[position].strip() for _, row in body):
                problems.append(_no_heading(where, heading_row, letter))
            continue
        earlier = first_seen.setdefault(heading.casefold(), position)
        if earlier != position:
            problems.append(
                _heading_twice(
                    where, heading_row, heading, column_letter(earlier), letter
                )
            )
    return problems


def _without_empty_columns(table: TextTable) -> TextTable:
    keep = [i for i, heading in enumerate(table.headings) if heading]
    return TextTable(
        table.file,
        table.sheet,
        tuple(table.headings[i] for i in keep),
        tuple(tuple(row[i] for i in keep) for row in table.rows),
        table.row_numbers,
        table.warnings,
    )


def _nothing_in(where: str) -> DataProblem:
    return DataProblem(
        "there is nothing in it, not even headings",
        where,
        "Check that this is the file you meant.",
    )


def _no_heading(where: str, row: int, letter: str) -> DataProblem:
    return DataProblem(
        f"column {letter} holds values but has no heading",
        f"{where}, row {row}",
        "Write a heading above it, or empty the column.",
    )


def _heading_twice(
    where: str, row: int, heading: str, first: str, second: str
) -> DataProblem:
    return DataProblem(
        f"columns {first} and {second} have the same heading, {heading}",
        f"{where}, row {row}",
        "Give one of them another heading, or take it out.",
    )


def _row_too_long(
    where: str, number: int, row: Sequence[str], width: int
) -> DataProblem:
    return DataProblem(
        f"the row has {len(row)} cells and there are {width} headings",
        f"{where}, row {number}",
        "Put cells that hold a comma in quotation marks, or add the missing heading.",
    )


def _rows_too_short(where: str, numbers: list[int], width: int) -> DataProblem:
    shown = ", ".join(map(str, numbers[:10])) + (", ..." if numbers[10:] else "")
    rows = "1 row has" if len(numbers) == 1 else f"{len(numbers)} rows have"
    return DataProblem(
        f"{rows} fewer cells than the {width} headings; they count as empty",
        f"{where}, row {shown}" if len(numbers) == 1 else f"{where}, rows {shown}",
        "Check that the file was saved completely.",
    )


def _broken_quotes(file_name: str, number: int) -> DataProblem:
    return DataProblem(
        "a cell opens with a quotation mark that is never closed, or goes on after it",
        f"{file_name}, the row that begins at row {number}",
        'Write quotation marks inside a cell twice (""), or save the table again as '
        ".csv from a spreadsheet program.",
    )
