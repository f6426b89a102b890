"""Pieces of a Word file: page furniture, headings, tables and quotations.

Words are cleaned of what XML cannot hold before they are set; everything else about a
participant's words stays as it was.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from data.exporters.report_document import ReportTable

_INK = RGBColor(0x0B, 0x5D, 0x66)
_AMBER = RGBColor(0x8A, 0x53, 0x00)
_GREY = RGBColor(0x55, 0x60, 0x6A)
_LANGUAGE = "en-GB"
_TEXT_WIDTH = 16.4  # centimetres between the margins of A4
_KEPT_WHOLE = 12  # rows up to which a table is kept on one page
_LETTER, _PADDING = 0.205, 0.45  # centimetres of one bold letter, and beside cells
_LONGEST_WORD, _WIDEST_CELL = 24, 150  # letters that count towards a column's width

# XML 1.0 holds tab, line ends and these ranges only; Word refuses a file with more.
_NOT_IN_XML = re.compile(
    "[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF]"
)


def plain(text: str) -> str:
    """The text without the characters that XML cannot hold.

    >>> plain("we\\x00 listened\\x0b")
    'we listened'
    """
    return _NOT_IN_XML.sub("", text)


def new_document(title: str, subject: str, author: str, made_at: datetime) -> Any:
    """An empty A4 document in British English with house styles and its own title."""
    document = Document()
    about = document.core_properties
    about.title, about.subject, about.author = plain(title), plain(subject), author
    about.last_modified_by, about.comments, about.keywords = author, "", ""
    about.language = _LANGUAGE
    about.created = about.modified = made_at.replace(tzinfo=None)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2)
    _set_styles(document)
    return document


def add_furniture(document: Any, mark: str, study_name: str) -> None:
    """The mark and the study's name above every page, page numbers below."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    run = head.add_run(plain(mark))
    run.bold, run.font.color.rgb, run.font.size = True, _AMBER, Pt(9)
    run = head.add_run(f"   {plain(study_name)}")
    run.font.color.rgb, run.font.size = _GREY, Pt(9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_grey(foot, "Page ")
    _add_field(foot, "PAGE")
    _add_grey(foot, " of ")
    _add_field(foot, "NUMPAGES")


def add_heading(document: Any, text: str, level: int) -> None:
    """A heading that Word's navigation and screen readers know as one."""
    document.add_heading(plain(text), level)


def add_paragraph(document: Any, text: str, *, is_note: bool = False) -> None:
    """A paragraph; line breaks in it are kept."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(plain(text))
    if is_note:
        run.font.size, run.font.color.rgb = Pt(9.5), _GREY


def add_points(document: Any, points: tuple[str, ...]) -> None:
    """A bulleted list."""
    for point in points:
        document.add_paragraph(plain(point), style="List Bullet")


def add_quotation(document: Any, words: str, said_by: str, reference: str) -> None:
    """The words, indented, and under them who said them and where they stand."""
    quoted = document.add_paragraph(style="Quote")
    quoted.add_run(plain(f"“{words}”"))
    quoted.paragraph_format.keep_with_next = True
    source = document.add_paragraph(style="Quote")
    source.paragraph_format.space_after = Pt(10)
    run = source.add_run(plain(said_by))
    run.bold, run.font.size = True, Pt(9.5)
    run = source.add_run(plain(f"   {reference}"))
    run.font.size, run.font.color.rgb = Pt(9.5), _GREY


def add_picture(document: Any, png: bytes, caption: str, alternative: str) -> None:
    """A picture as wide as the text, described for who cannot see it, and a caption."""
    shape = document.add_picture(io.BytesIO(png), width=Cm(_TEXT_WIDTH))
    about = shape._inline.docPr
    about.set("descr", plain(alternative))
    about.set("title", plain(caption))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(plain(caption), style="Caption")


def add_table(document: Any, table: ReportTable) -> None:
    """A table with caption above, heading row repeated on every page it runs over."""
    caption = document.add_paragraph(plain(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    _describe(grid, table.caption)
    grid.autofit = False
    _fill_row(grid.rows[0], table.headings, table.number_columns, is_heading=True)
    _mark_row(grid.rows[0], "w:tblHeader")
    for cells in table.rows:
        row = grid.add_row()
        _fill_row(row, cells, table.number_columns)
        _mark_row(row, "w:cantSplit")
    if len(table.rows) <= _KEPT_WHOLE:
        _keep_whole(grid)
    for column, width in zip(grid.columns, _column_widths(table), strict=True):
        column.width = width
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(4)


def _set_styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), _LANGUAGE)
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = (
            "Calibri",
            Pt(size),
            _INK,
        )
        # The template's headings name a theme font, which would win over ours.
        fonts = style.element.rPr.rFonts
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    styles["Caption"].font.size, styles["Caption"].font.color.rgb = Pt(10), _GREY
    quote = styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0x1F, 0x24, 0x28)
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.paragraph_format.space_after = Pt(2)


def _fill_row(
    row: Any,
    cells: tuple[str, ...],
    numbers: tuple[int, ...],
    *,
    is_heading: bool = False,
) -> None:
    for position, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(plain(text))
        run.font.size = Pt(9.5)
        run.bold = is_heading
        if position in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep_whole(grid: Any) -> None:
    for row in grid.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _column_widths(table: ReportTable) -> list[Any]:
    """Widths that add to the page's: every word fits, long cells get what is left."""
    needed, wanted = [], []
    for position, heading in enumerate(table.headings):
        cells = [heading, *(row[position] for row in table.rows)]
        word = max(len(word) for cell in cells for word in (cell.split() or [""]))
        needed.append(_LETTER * min(word, _LONGEST_WORD) + _PADDING)
        wanted.append(min(max(len(cell) for cell in cells), _WIDEST_CELL) + 1)
    left = max(_TEXT_WIDTH - sum(needed), 0)
    shares = [n + left * w / sum(wanted) for n, w in zip(needed, wanted, strict=True)]
    return [Cm(_TEXT_WIDTH * share / sum(shares)) for share in shares]


def _mark_row(row: Any, mark: str) -> None:
    element = OxmlElement(mark)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _describe(grid: Any, words: str) -> None:
    # What a screen reader says before it reads the cells.
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), plain(words))
    grid._tbl.tblPr.append(description)


def _add_grey(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _GREY
    return run


def _add_field(paragraph: Any, instruction: str) -> None:
    # Each piece is a run of its own, so that the number keeps the foot's size.
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("end", "")):
        run = _add_grey(paragraph, "")
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)
        if kind == "separate":
            _add_grey(paragraph, "1")
