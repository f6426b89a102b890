"""Records as a Word file whose references lead to their quotations."""

from __future__ import annotations

import io
from typing import Any

from data.exporters.analysis_templates.answers_book import (
    INTERNAL,
    AnswersBook,
    BookAnswer,
    BookRecord,
)
from data.exporters.framework_matrix.matrix_word import QuotationMarks, add_quotation
from data.exporters.word_parts import (
    add_furniture,
    add_heading,
    add_paragraph,
    new_document,
)


def records_as_word(book: AnswersBook) -> bytes:
    """The Word file of the records a book holds: questions, answers, quotations.

    Of records nobody began and of those not to be read now only the names are told.
    """
    title = _title(book)
    document = new_document(title, book.study_name, book.made_by, book.made_at)
    add_furniture(document, INTERNAL, book.study_name)
    add_heading(document, title, 0)
    add_paragraph(document, INTERNAL)
    for line in (book.made_in_words, *book.notes):
        add_paragraph(document, line, is_note=True)
    marks = QuotationMarks()
    for template in book.templates:
        add_heading(document, template.name, 1)
        if template.about:
            add_paragraph(document, template.about)
        shown = [one for one in template.records if one.is_begun and not one.hidden]
        for record in shown:
            _add_record(document, record, marks)
        left = [one.source for one in template.records if one not in shown]
        if left:
            words = f"Not begun or not to be read now ({len(left)}): {', '.join(left)}."
            add_paragraph(document, words, is_note=True)
    add_heading(document, "Quotations", 1)
    if not book.quotations:
        add_paragraph(document, "No quotation is linked to an answer yet.")
    for one in book.quotations:
        add_quotation(document, one, marks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _title(book: AnswersBook) -> str:
    records = [one for template in book.templates for one in template.records]
    if len(records) == 1:
        return f"Interview record: {records[0].source}"
    return "Interview records"


def _add_record(document: Any, record: BookRecord, marks: QuotationMarks) -> None:
    add_heading(document, record.source, 2)
    about = ", ".join(part for part in (record.wave, record.roles) if part)
    version = f"Version {record.version} of the questions. {record.completeness}."
    for line in (about, version):
        if line:
            add_paragraph(document, line, is_note=True)
    for number, answer in enumerate(record.answers.values(), start=1):
        _add_answer(document, f"{number}. {answer.asked}", answer, marks)
    if record.retired:
        add_paragraph(document, "No longer asked:", is_note=True)
        for answer in record.retired:
            _add_answer(document, answer.asked, answer, marks)


def _add_answer(
    document: Any, heading: str, answer: BookAnswer, marks: QuotationMarks
) -> None:
    add_heading(document, heading, 3)
    said = ". ".join(part for part in (answer.choice, answer.words) if part)
    add_paragraph(document, said or f"({answer.state})", is_note=not said)
    if answer.references:
        paragraph = document.add_paragraph("Rests on ")
        for number in answer.references:
            marks.link(paragraph, number)
            paragraph.add_run(" ")
    parts = [answer.note]
    if answer.written_at:
        when = answer.written_at.astimezone()
        parts.append(f"{answer.written_by}, {when.day} {when:%B %Y, %H:%M}.")
    if note := " ".join(part for part in parts if part):
        add_paragraph(document, note, is_note=True)
