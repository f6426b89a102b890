"""Matrices as an internal workbook: a sheet for each, and one of quotations."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from data.exporters.framework_matrix.matrix_book import (
    INTERNAL,
    BookMatrix,
    CitedQuotation,
    MatrixBook,
)
from data.exporters.safe_cells import starts_like_a_formula
from data.exporters.table_file import MOST_IN_A_CELL, mark_printed_pages
from data.exporters.word_parts import plain

QUOTATIONS, ABOUT = "Quotations", "About"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NAME_WIDTH, _CELL_WIDTH, _WORDS_WIDTH = 24, 42, 90
_HEADINGS = (
    ("No.", 8),
    ("Words", _WORDS_WIDTH),
    ("Speaker", 24),
    ("Source", 30),
    ("Turn", 8),
    ("Cited in", 40),
    ("Since it was linked", 34),
)
# The mark and the headings; the first quotation stands below them.
_ABOVE_QUOTATIONS = 2


def matrices_as_xlsx(book: MatrixBook) -> bytes:
    """The workbook; words stay words whatever they look like, and a reference such as
    [3] leads to its row on the sheet of quotations."""
    out = io.BytesIO()
    # Nothing becomes a formula, a link or a number by how it looks.
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = BookLooks(workbook)
    # Named before any is written, for cells lead to the sheet of quotations.
    names = sheet_names([one.name for one in book.matrices])
    pages = [workbook.add_worksheet(name) for name in names]
    quotations = workbook.add_worksheet(QUOTATIONS)
    about = workbook.add_worksheet(ABOUT)
    for page, matrix in zip(pages, book.matrices, strict=True):
        _write_matrix(page, matrix, looks)
    write_quotations(quotations, book.quotations, looks, INTERNAL)
    mark_printed_pages(workbook, INTERNAL)
    about.set_column(0, 0, _WORDS_WIDTH)
    lines = (INTERNAL, book.study_name, book.made_in_words, *book.notes)
    for line, words in enumerate(lines):
        looks.write(about, line, 0, words)
    workbook.close()
    return out.getvalue()


def sheet_names(names: list[str]) -> list[str]:
    """Names that a workbook accepts: short, without its signs, each once.

    >>> sheet_names(["By role: [all]", "by role  all", "Quotations"])
    ['By role all', 'by role all 2', 'Quotations 2']
    """
    taken = {QUOTATIONS.casefold(), ABOUT.casefold(), "history"}
    found = []
    for name in names:
        cleaned = " ".join(_NOT_IN_A_NAME.sub(" ", plain(name)).split()).strip("'")
        wanted = cleaned[:_LONGEST_NAME].strip() or "Matrix"
        number = 1
        while wanted.casefold() in taken:
            number += 1
            end = f" {number}"
            wanted = f"{cleaned[: _LONGEST_NAME - len(end)].strip() or 'Matrix'}{end}"
        taken.add(wanted.casefold())
        found.append(wanted)
    return found


class BookLooks:
    """The few looks that cells have, and writing words as words."""

    def __init__(self, workbook: Any) -> None:
        look = {"text_wrap": True, "valign": "top"}
        self.words = workbook.add_format(look)
        self.quoted = workbook.add_format({**look, "quote_prefix": True})
        self.heading = workbook.add_format({**look, "bold": True, "bottom": 1})
        self.name = workbook.add_format({**look, "bold": True})

    def write(
        self, page: Any, line: int, at: int, words: str, look: Any = None
    ) -> None:
        kept = plain(words)[:MOST_IN_A_CELL]
        usual = self.quoted if starts_like_a_formula(words) else self.words
        page.write_string(line, at, kept, look or usual)

    def write_citing(
        self, page: Any, line: int, at: int, words: str, references: Sequence[int]
    ) -> None:
        """Words that lead to the first of the quotations they rest on, if to any."""
        if not references:
            self.write(page, line, at, words)
            return
        kept = plain(words)[:MOST_IN_A_CELL]
        look = self.quoted if starts_like_a_formula(kept) else self.words
        first = min(references)
        page.write_url(
            line,
            at,
            f"internal:'{QUOTATIONS}'!A{first + _ABOVE_QUOTATIONS}",
            look,
            kept,
            f"To quotation [{first}]",
        )


def _write_matrix(page: Any, matrix: BookMatrix, looks: BookLooks) -> None:
    gathered = bool(matrix.gathered_by)
    page.set_landscape()
    page.repeat_rows(2)
    looks.write(page, 0, 0, INTERNAL, looks.name)
    looks.write(page, 1, 0, matrix.about)
    headings = (*((matrix.gathered_by,) if gathered else ()), "Row", *matrix.columns)
    page.set_column(0, int(gathered), _NAME_WIDTH)
    page.set_column(1 + gathered, len(headings), _CELL_WIDTH)
    for at, heading in enumerate(headings):
        looks.write(page, 2, at, heading, looks.heading)
    page.freeze_panes(3, 1 + gathered)
    for line, row in enumerate(matrix.rows, start=3):
        if gathered:
            looks.write(page, line, 0, row.group)
        looks.write(page, line, int(gathered), row.name, looks.name)
        for at, cell in enumerate(row.cells, start=1 + gathered):
            looks.write_citing(page, line, at, cell.in_words, cell.references)


def write_quotations(
    page: Any, quotations: Sequence[CitedQuotation], looks: BookLooks, mark: str
) -> None:
    """A sheet of quotations below its mark, each as far down as its number."""
    page.freeze_panes(_ABOVE_QUOTATIONS, 1)
    looks.write(page, 0, 0, mark, looks.name)
    for at, (heading, width) in enumerate(_HEADINGS):
        page.set_column(at, at, width)
        looks.write(page, _ABOVE_QUOTATIONS - 1, at, heading, looks.heading)
    for one in quotations:
        parts = (
            one.words,
            one.said_by,
            one.source,
            one.turn,
            one.cited_in,
            one.warning,
        )
        line = one.number - 1 + _ABOVE_QUOTATIONS
        looks.write(page, line, 0, f"[{one.number}]")
        for at, words in enumerate(parts, start=1):
            looks.write(page, line, at, words)
