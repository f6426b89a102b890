"""The cells of one sheet of an .xlsx workbook as text.

openpyxl is imported here and nowhere else, so that reading .csv stays light.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from data.importers.office_files.package_safety import MarkupWatch, check_package
from data.importers.table_limits import (
    MAX_COLUMNS,
    MAX_ROWS,
    too_many_columns,
    too_many_rows,
)
from data.problems import DataProblem, DataRefused

# openpyxl tells of styles and extensions it leaves aside; no cell depends on them.
warnings.filterwarnings("ignore", module="openpyxl")

NumberedRow = tuple[int, Sequence[str]]

LAST_ROW = 1_048_576
# A few cells far apart make openpyxl lay out everything between them.
MAX_CELLS_LAID_OUT = 10_000_000
_LOOKED_AT = 1_000


def sheet_names(file_name: str, content: bytes) -> list[str]:
    """The names of a workbook's sheets; DataRefused where it cannot be read."""
    _check_workbook(file_name, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return [sheet.title for sheet in book.worksheets]
    except Exception:
        raise DataRefused([_not_a_workbook(file_name)]) from None


def read_sheet(
    file_name: str, content: bytes, *, sheet: str | None = None
) -> tuple[str, list[NumberedRow], list[DataProblem]]:
    """The sheet's name, its filled rows with their numbers, and what to check.

    Formula cells give the value last saved with them; a cell that shows a spreadsheet
    error is a gap. Raises DataRefused where the workbook cannot be read, the sheet is
    not there, several are filled and none is named, or a formula has no saved value.
    """
    formulas = _check_workbook(file_name, content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        chosen = _choose_sheet(file_name, book, sheet)
        where = f"{file_name}, sheet {chosen}"
        unsaved = formulas.get(_member_of(book[chosen]), [])
        if unsaved:
            raise DataRefused([_formulas_without_value(where, unsaved)])
        rows, errors = _rows_of(where, book[chosen])
    except DataRefused:
        raise
    except Exception:
        # openpyxl answers a damaged workbook with whatever fault it runs into.
        raise DataRefused([_not_a_workbook(file_name)]) from None
    checks = [_error_cells(where, errors)] if errors else []
    return chosen, rows, checks


class _FormulaWatch(MarkupWatch):
    """Notes cells whose formula was stored without its result."""

    def __init__(self, where: str, unsaved: list[str]) -> None:
        super().__init__(where)
        self.unsaved = unsaved
        self.cell = ""
        self.is_text = self.has_formula = self.has_value = self.in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag.endswith("}c"):
            self.cell = attributes.get("r", "")
            self.is_text = attributes.get("t") == "str"
            self.has_formula = self.has_value = False
        elif tag.endswith("}f"):
            self.has_formula = True
        elif tag.endswith("}v"):
            self.in_value = True
            # A formula may well result in an empty text, which is then saved as one.
            self.has_value = self.is_text

    def data(self, text: str) -> None:
        """Some text of an element."""
        if self.in_value and text:
            self.has_value = True

    def end(self, tag: str) -> None:
        super().end(tag)
        self.in_value = False
        if self.has_formula and tag.endswith("}c"):
            if not self.has_value:
                self.unsaved.append(self.cell)
            self.has_formula = False


def _check_workbook(file_name: str, content: bytes) -> dict[str, list[str]]:
    formulas: dict[str, list[str]] = {}

    def watch_for(member: str, where: str) -> MarkupWatch:
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            return _FormulaWatch(where, formulas.setdefault(member, []))
        return MarkupWatch(where)

    check_package(file_name, content, watch_for)
    return formulas


def _member_of(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


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
    rows = sheet.iter_rows(max_row=_LOOKED_AT, max_col=MAX_COLUMNS, values_only=True)
    return any(value is not None for row in rows for value in row)


def _rows_of(where: str, sheet: Any) -> tuple[list[NumberedRow], list[int]]:
    rows: list[NumberedRow] = []
    errors: list[int] = []
    laid_out = 0
    for number, cells in _numbered_rows(sheet):
        laid_out += len(cells)
        if laid_out > MAX_CELLS_LAID_OUT or number > LAST_ROW:
            raise DataRefused([_too_sparse(where)])
        if not cells:
            continue
        texts = [cell_text(cell) for cell in cells]
        if not any(texts):
            continue
        if len(texts) > MAX_COLUMNS:
            if any(texts[MAX_COLUMNS:]):
                raise DataRefused([too_many_columns(where, len(texts))])
            del texts[MAX_COLUMNS:]
        if len(rows) > MAX_ROWS:
            raise DataRefused([too_many_rows(where)])
        if any(cell.data_type == "e" for cell in cells):
            errors.append(number)
        rows.append((number, texts))
    return rows, errors


def _numbered_rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    # The size a sheet declares is often wrong; without it openpyxl goes by the cells.
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(), start=1)


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
        "Save the sheet you mean as a file of its own, and add that one.",
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


def _formulas_without_value(where: str, cells: list[str]) -> DataProblem:
    shown = ", ".join(cells[:10]) + (", ..." if cells[10:] else "")
    return DataProblem(
        f"{len(cells)} formula cells were saved without their results",
        f"{where}, cell {shown}" if len(cells) == 1 else f"{where}, cells {shown}",
        "Open the workbook in a spreadsheet program, save it there, and choose it "
        "again.",
    )


def _too_sparse(where: str) -> DataProblem:
    return DataProblem(
        "single cells lie very far below or beside the table",
        where,
        "Copy the table alone into a new workbook and choose that.",
    )
