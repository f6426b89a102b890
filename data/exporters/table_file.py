"""A table as a .csv or .xlsx file, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from data.exporters.report_document import INTERNAL_MARK, ReportTable
from data.exporters.safe_cells import safe_cell, starts_like_a_formula
from data.exporters.word_parts import plain

_WIDEST = 60
MOST_IN_A_CELL = 32_767


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
    mark: str = INTERNAL_MARK,
    mark_above: bool = True,
) -> bytes:
    """The table as .xlsx: heading row fixed, words as words, counts as numbers.

    ``more`` are further sheets by name. What is said ``about`` it stands on a sheet of
    its own, a line a row. The ``mark`` stands on every printed page and above every
    sheet, the latter unless the table has to begin at the top to be read in again. A
    cell that begins like a formula stays text. Characters that the format cannot hold
    are left out.
    """
    out = io.BytesIO()
    with _Book(out, mark, mark_above) as book:
        for name, one in ((sheet, table), *more):
            book.add_table(name, one)
        if about:
            book.add_lines("About", about)
    return out.getvalue()


class _Book:
    """A workbook under way, with the few looks its cells have."""

    def __init__(self, out: io.BytesIO, mark: str, mark_above: bool) -> None:
        self._mark, self._mark_above = plain(mark), mark_above
        # Nothing becomes a formula, a link or a number by how it looks.
        self._book = xlsxwriter.Workbook(out, {"in_memory": True})
        look = {"text_wrap": True, "valign": "top"}
        self._words = self._book.add_format(look)
        self._heading = self._book.add_format({**look, "bold": True})
        # Keeps it text when someone edits the cell later.
        self._quoted = self._book.add_format({**look, "quote_prefix": True})

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._book.close()

    def add_table(self, name: str, table: ReportTable) -> None:
        page, top = self._sheet(name)
        page.freeze_panes(top + 1, 0)
        for at, heading in enumerate(table.headings):
            longest = max([len(heading), *(len(row[at]) for row in table.rows)])
            page.set_column(at, at, min(longest + 2, _WIDEST))
            page.write_string(top, at, plain(heading), self._heading)
        for line, row in enumerate(table.rows, start=top + 1):
            for at, cell in enumerate(row):
                number = _number(cell) if at in table.number_columns else None
                if number is None:
                    self._write_words(page, line, at, cell)
                else:
                    page.write_number(line, at, number)

    def add_lines(self, name: str, lines: Sequence[str]) -> None:
        page, top = self._sheet(name)
        page.set_column(0, 0, _WIDEST * 2)
        for line, words in enumerate(lines, start=top):
            self._write_words(page, line, 0, words)

    def _sheet(self, name: str) -> tuple[Any, int]:
        """A new sheet and the row its own words begin at, below the mark if any."""
        page = self._book.add_worksheet(name)
        page.set_header(page_header(self._mark))
        if not self._mark_above:
            return page, 0
        page.write_string(0, 0, self._mark, self._heading)
        return page, 1

    def _write_words(self, page: Any, line: int, at: int, words: str) -> None:
        look = self._quoted if starts_like_a_formula(words) else self._words
        kept = plain(words)
        # A cell holds no more; the rest would make the file unreadable.
        page.write_string(line, at, kept[:MOST_IN_A_CELL], look)


def page_header(words: str) -> str:
    """The words as the header of every printed page of a sheet.

    An ampersand begins a code of the header; two of them print one.

    >>> page_header("Needs & wants")
    '&LNeeds && wants'
    """
    return f"&L{words.replace('&', '&&')}"


def mark_printed_pages(book: xlsxwriter.Workbook, words: str) -> None:
    """Have every sheet there is say the words above each printed page."""
    for page in book.worksheets():
        page.set_header(page_header(words))


def _number(text: str) -> float | int | None:
    if text[:1] == "0" and text[1:2].isdigit():
        # A reference such as 008846 would lose what it begins with.
        return None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return None
