"""A table as a .csv or .xlsx file, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from data.exporters.report_document import ReportTable
from data.exporters.safe_cells import safe_cell, starts_like_a_formula
from data.exporters.word_parts import plain
from data.importers.text_table import column_letter

_WIDEST = 60


def table_as_csv(table: ReportTable) -> bytes:
    """The table as .csv in UTF-8 with byte-order mark, which Excel needs for accents.

    Cells that a spreadsheet would work out get an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(heading) for heading in table.headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def table_as_xlsx(
    table: ReportTable,
    sheet: str,
    more: Sequence[tuple[str, ReportTable]] = (),
    *,
    about: Sequence[str] = (),
) -> bytes:
    """The table as .xlsx: heading row fixed, words as words, counts as numbers.

    ``more`` are further sheets by name. What is said ``about`` it stands on a sheet of
    its own, a line a row. A cell that begins like a formula stays text. Characters that
    the format cannot hold are left out.
    """
    book = Workbook(write_only=True)
    for name, one in ((sheet, table), *more):
        _write_sheet(book.create_sheet(name), one)
    if about:
        last = book.create_sheet("About")
        last.column_dimensions["A"].width = _WIDEST * 2
        for line in about:
            last.append([_text_cell(last, line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(page: Any, table: ReportTable) -> None:
    page.freeze_panes = "A2"
    for position, heading in enumerate(table.headings):
        longest = max([len(heading), *(len(row[position]) for row in table.rows)])
        letter = column_letter(position)
        page.column_dimensions[letter].width = min(longest + 2, _WIDEST)
    page.append([_text_cell(page, heading, bold=True) for heading in table.headings])
    for row in table.rows:
        page.append(
            [
                _number_cell(page, cell)
                if at in table.number_columns
                else _text_cell(page, cell)
                for at, cell in enumerate(row)
            ]
        )


def _text_cell(page: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, plain(text))
    cell.data_type = "s"
    # Keeps it text when someone edits the cell later.
    cell.quotePrefix = starts_like_a_formula(text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _number_cell(page: Any, text: str) -> Any:
    try:
        return WriteOnlyCell(page, float(text) if "." in text else int(text))
    except ValueError:
        return _text_cell(page, text)
