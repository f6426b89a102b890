"""All answers as an internal workbook: a wide sheet and a list for each template."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from data.exporters.analysis_templates.answers_book import (
    INTERNAL,
    AnswersBook,
    BookAnswer,
    BookRecord,
    BookTemplate,
)
from data.exporters.framework_matrix.matrix_workbook import (
    ABOUT,
    QUOTATIONS,
    BookLooks,
    sheet_names,
    write_quotations,
)
from data.exporters.table_file import mark_printed_pages

_LISTED = "list"
_WIDE = (("Interview", 28), ("Wave", 12), ("Roles", 22), ("Version", 9), ("Record", 24))
_LIST = (
    *(("Interview", 28), ("Wave", 12), ("Roles", 22), ("Question", 40)),
    *(("State", 18), ("Answer chosen", 18), ("In words", 70), ("References", 16)),
    *(("Answered under version", 12), ("By", 22), ("On", 18), ("To be known", 40)),
)
_ANSWER_WIDTH, _ABOUT_WIDTH = 46, 90


def answers_as_xlsx(book: AnswersBook) -> bytes:
    """The workbook. Words stay words whatever they look like; a reference such as [3]
    leads to its row on the sheet of quotations."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = BookLooks(workbook)
    # Named before any is written, for cells lead to the sheet of quotations.
    names = sheet_names(
        [n for one in book.templates for n in (one.name, f"{one.name[:24]} {_LISTED}")]
    )
    pages = [workbook.add_worksheet(name) for name in names]
    quotations = workbook.add_worksheet(QUOTATIONS)
    about = workbook.add_worksheet(ABOUT)
    for at, template in enumerate(book.templates):
        _write_wide(pages[2 * at], template, looks)
        _write_list(pages[2 * at + 1], template, looks)
    write_quotations(quotations, book.quotations, looks, INTERNAL)
    mark_printed_pages(workbook, INTERNAL)
    _write_about(about, book, looks)
    workbook.close()
    return out.getvalue()


def _write_wide(page: Any, template: BookTemplate, looks: BookLooks) -> None:
    page.set_landscape()
    page.repeat_rows(1)
    looks.write(page, 0, 0, INTERNAL, looks.name)
    fixed = len(_WIDE)
    _write_headings(page, 1, _WIDE, looks)
    page.set_column(fixed, fixed + len(template.questions), _ANSWER_WIDTH)
    for at, (_, heading) in enumerate(template.questions, start=fixed):
        looks.write(page, 1, at, heading, looks.heading)
    last = fixed + len(template.questions)
    looks.write(page, 1, last, "No longer asked", looks.heading)
    page.freeze_panes(2, 1)
    for line, record in enumerate(template.records, start=2):
        _write_record(page, line, record, looks)
        if record.hidden:
            continue
        for at, (question, _) in enumerate(template.questions, start=fixed):
            answer = record.answers.get(question)
            if answer is None:
                looks.write(page, line, at, "(Not asked in this version)")
            else:
                _write_answer(page, line, at, answer, looks)
        retired = "\n".join(f"{one.asked}: {one.in_words}" for one in record.retired)
        looks.write(page, line, last, retired)


def _write_list(page: Any, template: BookTemplate, looks: BookLooks) -> None:
    looks.write(page, 0, 0, INTERNAL, looks.name)
    _write_headings(page, 1, _LIST, looks)
    page.freeze_panes(2, 1)
    line = 2
    for record in template.records:
        for one in (*record.answers.values(), *record.retired):
            when = f"{one.written_at:%Y-%m-%d %H:%M}" if one.written_at else ""
            under = str(one.asked_in) if one.asked_in else ""
            parts = (
                *(record.source, record.wave, record.roles, one.asked),
                *(one.state, one.choice, one.words, one.references_in_words),
                *(under, one.written_by, when, one.note),
            )
            for at, words in enumerate(parts):
                looks.write(page, line, at, words)
            line += 1


def _write_headings(
    page: Any, line: int, headings: tuple[tuple[str, int], ...], looks: BookLooks
) -> None:
    for at, (heading, width) in enumerate(headings):
        page.set_column(at, at, width)
        looks.write(page, line, at, heading, looks.heading)


def _write_record(page: Any, line: int, record: BookRecord, looks: BookLooks) -> None:
    looks.write(page, line, 0, record.source, looks.name)
    parts = (record.wave, record.roles, str(record.version), record.completeness)
    for at, words in enumerate(parts, start=1):
        looks.write(page, line, at, words)
    if record.hidden:
        looks.write(page, line, len(_WIDE), record.hidden)


def _write_answer(
    page: Any, line: int, at: int, answer: BookAnswer, looks: BookLooks
) -> None:
    said = "\n".join(part for part in (answer.in_words, answer.note) if part)
    looks.write_citing(page, line, at, said, answer.references)


def _write_about(page: Any, book: AnswersBook, looks: BookLooks) -> None:
    page.set_column(0, 0, _ABOUT_WIDTH)
    lines = [INTERNAL, book.study_name, book.made_in_words, *book.notes]
    for template in book.templates:
        lines += ["", template.name, template.about, *template.history]
    for line, words in enumerate(lines):
        looks.write(page, line, 0, words)
