"""Matrices as a landscape Word file whose references lead to their quotations."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from data.exporters.framework_matrix.matrix_book import (
    INTERNAL,
    BookCell,
    BookMatrix,
    BookRow,
    CitedQuotation,
    MatrixBook,
)
from data.exporters.word_parts import (
    add_furniture,
    add_heading,
    add_paragraph,
    new_document,
    plain,
)

_TITLE = "Framework matrices"
_AT_ONCE = 4  # columns side by side: more cannot be read on a page
_LONG, _SHORT, _MARGIN = 29.7, 21.0, 1.8  # A4, in centimetres
_NAME_WIDTH = 4.1
_SMALL = 9.5


def matrices_as_word(book: MatrixBook) -> bytes:
    """The Word file: each matrix four columns at a time, then the quotations.

    Rows in which nothing is written are named and left out.
    """
    document = new_document(_TITLE, book.study_name, book.made_by, book.made_at)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_LONG), Cm(_SHORT)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    add_furniture(document, INTERNAL, book.study_name)
    add_heading(document, _TITLE, 0)
    add_paragraph(document, INTERNAL)
    add_paragraph(document, book.made_in_words, is_note=True)
    for note in book.notes:
        add_paragraph(document, note, is_note=True)
    marks = QuotationMarks()
    for matrix in book.matrices:
        _add_matrix(document, matrix, marks)
    add_heading(document, "Quotations", 1)
    if not book.quotations:
        add_paragraph(document, "No quotation is linked to a cell yet.")
    for one in book.quotations:
        add_quotation(document, one, marks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class QuotationMarks:
    """Bookmarks of quotations, and links to them."""

    def name(self, number: int) -> str:
        return f"quotation_{number}"

    def link(self, paragraph: Any, number: int) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), self.name(number))
        link.set(qn("w:history"), "1")
        run = paragraph.add_run(f"[{number}]")
        run.font.size, run.font.underline = Pt(_SMALL), True
        link.append(run._r)
        paragraph._p.append(link)

    def set(self, paragraph: Any, number: int) -> None:
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(kind)
            mark.set(qn("w:id"), str(number))
            if kind == "w:bookmarkStart":
                mark.set(qn("w:name"), self.name(number))
            paragraph._p.append(mark)


def _add_matrix(document: Any, matrix: BookMatrix, marks: QuotationMarks) -> None:
    add_heading(document, matrix.name, 1)
    add_paragraph(document, matrix.about, is_note=True)
    rows = [row for row in matrix.rows if row.has_words]
    if not rows:
        add_paragraph(document, "Nothing is written in this matrix yet.")
        return
    left = [row.name for row in matrix.rows if not row.has_words]
    if left:
        add_paragraph(
            document,
            f"Rows in which nothing is written yet ({len(left)}): {', '.join(left)}.",
            is_note=True,
        )
    for start in range(0, len(matrix.columns), _AT_ONCE):
        names = matrix.columns[start : start + _AT_ONCE]
        if len(matrix.columns) > _AT_ONCE:
            last = start + len(names)
            add_heading(document, f"Columns {start + 1} to {last}", 2)
        _add_table(document, names, rows, start, marks)


def _add_table(
    document: Any,
    names: Sequence[str],
    rows: Sequence[BookRow],
    start: int,
    marks: QuotationMarks,
) -> None:
    table = document.add_table(rows=1, cols=len(names) + 1, style="Table Grid")
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, ("Row", *names), strict=True):
        run = cell.paragraphs[0].add_run(plain(words))
        run.bold, run.font.size = True, Pt(_SMALL)
    _repeat(table.rows[0])
    group = ""
    for row in rows:
        if row.group and row.group != group:
            cells = table.add_row().cells
            run = cells[0].merge(cells[-1]).paragraphs[0].add_run(plain(row.group))
            run.italic, run.font.size = True, Pt(_SMALL)
        group = row.group
        cells = table.add_row().cells
        run = cells[0].paragraphs[0].add_run(plain(row.name))
        run.bold, run.font.size = True, Pt(_SMALL)
        for at, one in enumerate(row.cells[start : start + len(names)], start=1):
            _fill(cells[at], one, marks)
    wide = _LONG - 2 * _MARGIN - _NAME_WIDTH
    widths = [_NAME_WIDTH, *(wide / len(names) for _ in names)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    document.add_paragraph()


def _fill(cell: Any, one: BookCell, marks: QuotationMarks) -> None:
    paragraph = cell.paragraphs[0]
    if one.words:
        paragraph.add_run(plain(one.words)).font.size = Pt(_SMALL)
    for number in one.references:
        paragraph.add_run(" ").font.size = Pt(_SMALL)
        marks.link(paragraph, number)
    if one.state:
        state = cell.add_paragraph() if one.words else paragraph
        run = state.add_run(plain(one.state))
        run.italic, run.font.size = True, Pt(8.5)


def add_quotation(document: Any, one: CitedQuotation, marks: QuotationMarks) -> None:
    """A quotation with its number, whose it is, and where it is cited."""
    quoted = document.add_paragraph(style="Quote")
    marks.set(quoted, one.number)
    quoted.add_run(f"[{one.number}] ").bold = True
    quoted.add_run(plain(f"“{one.words}”" if one.words else "No longer to be read."))
    quoted.paragraph_format.keep_with_next = True
    turn = f", turn {one.turn}" if one.turn else ""
    said = f"{one.said_by}, {one.source}{turn}" if one.said_by else one.source
    source = document.add_paragraph(style="Quote")
    run = source.add_run(plain(f"{said}. Cited in {one.cited_in}.".lstrip(". ")))
    run.font.size = Pt(_SMALL)
    if one.warning:
        source.add_run(plain(f" {one.warning}")).font.size = Pt(_SMALL)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
