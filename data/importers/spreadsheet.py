"""The cells of one sheet of an .xlsx workbook as text.

openpyxl is imported here and nowhere else, so that reading .csv stays light.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from data.importers import text_table
from data.problems import DataProblem, DataRefused

NumberedRow = tuple[int, Sequence[str]]


def read_sheet(
    file_name: str, content: bytes, *, sheet: str | None = None
) -> tuple[str, list[NumberedRow], list[DataProblem]]:
    """The sheet's name, its filled rows with their numbers, and what to check.

    Formula cells give the value last saved with them; a cell that shows a spreadsheet
    error is a gap. Raises DataRefused where the workbook cannot be read, the sheet is
    not there, or several are filled and none is named.
    """
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
    except Exception:
        raise DataRefused([_not_a_workbook(file_name)]) from None
    try:
        chosen = _choose_sheet(file_name, book, sheet)
        where = f"{file_name}, sheet {chosen}"
        rows, errors = _rows_of(where, book[chosen])
    finally:
        book.close()
    warnings = [_error_cells(where, errors)] if errors else []
    return chosen, rows, warnings


def _choose_sheet(file_name: str, book: Any, sheet: str | None) -> str:
    names = [s.title for s in book.worksheets]
    if sheet is not None:
        wanted = sheet.strip().casefold()
        for name in names:
            if name.strip().casefold() == wanted:
                return str(name)
        raise DataRefused([_no_such_sheet(file_name, sheet, names)])
    filled = [
        s.title for s in book.worksheets if s.sheet_state == "visible" and _is_filled(s)
    ]
    if len(filled) > 1:
        raise DataRefused([_several_sheets(file_name, filled)])
    if not filled:
        raise DataRefused([_no_filled_sheet(file_name)])
    return str(filled[0])


def _is_filled(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=50, max_col=50, values_only=True)
    return any(value is not None for row in rows for value in row)


def _rows_of(where: str, sheet: Any) -> tuple[list[NumberedRow], list[int]]:
    rows: list[NumberedRow] = []
    errors: list[int] = []
    # The size a sheet declares is often wrong; without it openpyxl reads on by cells.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > text_table.MAX_ROWS + 1:
            raise DataRefused([text_table.too_many_rows(where)])
        if len(cells) > text_table.MAX_COLUMNS:
            raise DataRefused([text_table.too_many_columns(where, len(cells))])
        texts = [cell_text(cell) for cell in cells]
        if any(cell.data_type == "e" for cell in cells):
            errors.append(number)
        if any(texts):
            rows.append((number, texts))
    return rows, errors


def cell_text(cell: Any) -> str:
    """The cell as text: ISO dates, whole numbers without a point, '' for a gap."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        # Fifteen digits are what a spreadsheet keeps and shows.
        return f"{value:.15g}"
    text = str(int(value))
    # An id formatted as 000000 shows its leading zeros, and they belong to it.
    if number_format and set(number_format) == {"0"}:
        return text.zfill(len(number_format))
    return text


def _not_a_workbook(file_name: str) -> DataProblem:
    return DataProblem(
        "the workbook cannot be opened; it is damaged or not an .xlsx file",
        file_name,
        "Open it in a spreadsheet program and save it again as .xlsx or .csv.",
    )


def _no_such_sheet(file_name: str, sheet: str, names: Sequence[str]) -> DataProblem:
    return DataProblem(
        f"there is no sheet called {sheet}; the workbook has {', '.join(names)}",
        file_name,
        "Name one of these sheets.",
    )


def _several_sheets(file_name: str, names: Sequence[str]) -> DataProblem:
    return DataProblem(
        f"the workbook has {len(names)} filled sheets: {', '.join(names)}",
        file_name,
        "Say which sheet to read, or save that sheet as a file of its own.",
    )


def _no_filled_sheet(file_name: str) -> DataProblem:
    return DataProblem(
        "no sheet of the workbook holds anything",
        file_name,
        "Check that this is the file you meant.",
    )


def _error_cells(where: str, rows: list[int]) -> DataProblem:
    shown = ", ".join(map(str, rows[:10])) + (", ..." if rows[10:] else "")
    return DataProblem(
        "cells that show a spreadsheet error (such as #N/A) were read as empty",
        f"{where}, row {shown}" if len(rows) == 1 else f"{where}, rows {shown}",
        "Correct the formulas there if the values matter.",
    )
