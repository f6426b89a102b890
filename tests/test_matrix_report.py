"""Matrices as files: read back, every reference leads to its quotation."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from framework_desk import PASSAGE, MatrixDesk
from interview_desk import an_operation
from two_coders import as_coded_blind

from coding.framework_matrix.rows import GroupedBy
from data.exporters.framework_matrix.matrix_book import INTERNAL
from data.exporters.framework_matrix.matrix_workbook import sheet_names
from data.problems import DataRefused
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.framework.framework_records import WHOLE, CellPlace, MatrixShape
from workbench.actions.framework.matrix_report import (
    matrix_word_file,
    matrix_workbook,
)
from workbench.actions.together.reports import report_content, write_report

MADE = datetime(2025, 11, 3, 14, 5, tzinfo=UTC)


@pytest.fixture
def desk(empty_store) -> MatrixDesk:
    desk = MatrixDesk(empty_store)
    cell = desk.write("=One worker, every week.\x0b")
    desk.link()
    column = CellPlace(desk.matrix.id, WHOLE, desk.same)
    empty_store.framework.write("di", column, "All had one.", seen_version=0)
    empty_store.framework.link("di", column, [cell.id], EvidenceKind.CELL)
    return desk


def _workbook(desk):
    content = matrix_workbook(desk.store, "Di Marsh", MADE)
    return openpyxl.load_workbook(io.BytesIO(content))


def _words(sheet) -> list[list[str]]:
    return [[str(c.value or "") for c in row] for row in sheet.iter_rows()]


def test_each_matrix_is_a_sheet_whose_references_lead_to_quotations(desk) -> None:
    desk.store.framework.add(
        "di", MatrixShape("Second: [all]", column_ids=(desk.heard,))
    )
    book = _workbook(desk)
    assert book.sheetnames == ["By theme", "Second all", "Quotations", "About"]
    sheet = book["By theme"]
    rows = _words(sheet)
    assert rows[0][0] == INTERNAL
    assert rows[2] == ["Row", "Same worker", "Being heard", "Whole row"]
    assert rows[3][0] == "Amira"
    assert rows[3][1].startswith("=One worker, every week. [1]")
    assert "Written: 1 quotation in 1 source, thin" in rows[3][1]
    assert rows[3][2] == "Nothing coded"
    assert rows[4][0] == "Whole column"
    assert "Rests on Amira, Same worker, By theme." in rows[4][1]
    cell = sheet["B4"]
    assert cell.data_type == "s"
    assert cell.hyperlink.location == "'Quotations'!A3"
    quotation = [c.value for c in book["Quotations"][3]]
    assert quotation[:6] == [
        "[1]",
        PASSAGE,
        "Amira",
        "P07 wave 1",
        "2",
        "By theme: Amira, Same worker",
    ]
    assert book["About"]["A1"].value == INTERNAL
    for page in book:
        assert page["A1"].value == INTERNAL
        assert page.oddHeader.left.text == INTERNAL


def test_rows_gathered_have_a_column_that_says_so(desk) -> None:
    shape = MatrixShape("By role", grouped_by=GroupedBy.ROLE, column_ids=(desk.same,))
    desk.store.framework.add("di", shape)
    rows = _words(_workbook(desk)["By role"])
    assert rows[2][:3] == ["Role", "Row", "Same worker"]
    assert rows[3][:2] == ["Parent", "Amira"]


def test_the_word_file_is_landscape_and_its_references_are_links(desk) -> None:
    content = matrix_word_file(desk.store, "Di Marsh", MADE)
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert INTERNAL in section.header.paragraphs[0].text
    (table,) = document.tables
    assert [c.text for c in table.rows[0].cells][:2] == ["Row", "Same worker"]
    assert "=One worker, every week." in table.rows[1].cells[1].text
    anchors = {
        link.get(qn("w:anchor"))
        for link in document.element.body.iter(qn("w:hyperlink"))
    }
    marks = {
        mark.get(qn("w:name"))
        for mark in document.element.body.iter(qn("w:bookmarkStart"))
    }
    assert anchors == {"quotation_1"} <= marks
    text = "\n".join(one.text for one in document.paragraphs)
    assert f"[1] “{PASSAGE}”" in text
    assert "Amira, P07 wave 1, turn 2. Cited in By theme: Amira, Same worker." in text


def test_many_columns_are_told_four_at_a_time(desk) -> None:
    from coding.codebook import Code

    codes = [desk.store.codebook.add("priya", Code("", f"Code {n}")) for n in range(7)]
    wide = MatrixShape("Wide", column_ids=(desk.same, *(code.id for code in codes)))
    desk.store.framework.change("di", desk.matrix, wide)
    content = matrix_word_file(desk.store, "", MADE)
    document = Document(io.BytesIO(content))
    assert [len(one.columns) for one in document.tables] == [5, 5, 2]


def test_a_changed_quotation_says_so_in_the_file(desk) -> None:
    recode = an_operation("recode", segment_id=desk.coded, code_id=desk.heard)
    desk.store.coding.apply("priya", desk.source, [recode])
    book = _workbook(desk)
    warning = book["Quotations"]["G3"].value
    assert warning == "Quotation: recoded (was Same worker, is Being heard now)."
    assert "evidence changed" in book["By theme"]["B4"].value


def test_what_is_coded_blind_is_in_no_file(desk) -> None:
    as_coded_blind(desk.store, desk.source)
    book = _workbook(desk)
    words = "\n".join(
        cell for sheet in book.worksheets for row in _words(sheet) for cell in row
    )
    assert "being coded blind" in words
    assert "every week" not in words
    assert "All had one" not in words


def test_a_matrix_is_written_by_the_command_and_noted(desk, tmp_path) -> None:
    path = write_report(
        desk.store, "matrix", tmp_path / "m.xlsx", person=desk.store.study.person("di")
    )
    assert openpyxl.load_workbook(path).sheetnames[0] == "By theme"
    assert desk.store.audit.lines()[0].action == "report made"
    with pytest.raises(DataRefused, match=r"cannot be written as \.csv"):
        write_report(desk.store, "matrix", tmp_path / "m.csv")


def test_a_study_without_a_matrix_has_nothing_to_write(empty_store) -> None:
    with pytest.raises(DataRefused, match="no matrix yet"):
        report_content(
            empty_store, "matrix", ".docx", person=empty_store.study.person("lead")
        )


def test_sheets_have_names_that_a_workbook_accepts() -> None:
    long = "A very long name of a matrix that goes on and on"
    names = sheet_names([long, long, "'", "History", "a/b?"])
    assert len({one.casefold() for one in names}) == 5
    assert all(len(one) <= 31 for one in names)
    assert names[2:] == ["Matrix", "History 2", "a b"]
