"""A report as a Word file."""

from __future__ import annotations

import io
from typing import Any

from data.exporters import word_contents, word_parts
from data.exporters.report_document import (
    Paragraph,
    Part,
    Picture,
    Points,
    Quotation,
    ReportDocument,
    ReportTable,
)


def report_as_word(report: ReportDocument) -> bytes:
    """The report as the content of a .docx file.

    Headings are real headings, heading rows repeat, and the mark stands above every
    page. Characters that a Word file cannot hold are left out.
    """
    document = word_parts.new_document(
        report.title, report.study_name, report.made_by, report.made_at
    )
    word_parts.add_furniture(document, report.mark, report.study_name)
    word_parts.add_heading(document, report.title, 0)
    word_parts.add_paragraph(document, report.study_name)
    word_parts.add_paragraph(document, report.made_in_words, is_note=True)
    if report.has_contents:
        word_contents.add_contents(
            document, [(one.heading, one.level) for one in report.sections]
        )
    for number, section in enumerate(report.sections, start=1):
        word_parts.add_heading(document, section.heading, section.level)
        if report.has_contents:
            word_contents.mark_heading(document.paragraphs[-1], number)
        for part in section.parts:
            _add_part(document, part)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_part(document: Any, part: Part) -> None:
    match part:
        case Paragraph():
            word_parts.add_paragraph(document, part.text, is_note=part.is_note)
        case Points():
            word_parts.add_points(document, part.points)
        case ReportTable():
            word_parts.add_table(document, part)
        case Picture():
            word_parts.add_picture(document, part.png, part.caption, part.alternative)
        case Quotation():
            word_parts.add_quotation(document, part.words, part.said_by, part.reference)
