"""Tables for spreadsheet programs: nothing in them is worked out."""

import csv
import io

import pytest
from openpyxl import load_workbook

from data.exporters.report_document import INTERNAL_MARK, ReportTable
from data.exporters.safe_cells import safe_cell, without_guard
from data.exporters.table_file import table_as_csv, table_as_xlsx

_TABLE = ReportTable(
    "Themes",
    ("Theme", "People"),
    (('=HYPERLINK("x")', "3"), ("Café, late", "12"), ("odd \x0bmark", "not coded")),
    number_columns=(1,),
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(start):
    assert safe_cell(f"{start}1") == f"'{start}1"


def test_a_csv_opens_with_its_accents_and_without_formulas():
    content = table_as_csv(_TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["Theme", "People"]
    assert rows[1] == ['\'=HYPERLINK("x")', "3"]
    assert rows[2] == ["Café, late", "12"]


def test_a_workbook_keeps_words_as_words_and_counts_as_numbers():
    book = load_workbook(io.BytesIO(table_as_xlsx(_TABLE, "Themes")))
    page = book["Themes"]
    assert page["A1"].value == INTERNAL_MARK
    assert page.oddHeader.left.text == INTERNAL_MARK
    assert page["A3"].value == '=HYPERLINK("x")'
    assert page["A3"].data_type == "s"
    assert page["B4"].value == 12
    assert page["A5"].value == "odd mark"
    assert page["B5"].value == "not coded"
    assert page.freeze_panes == "A3"


def test_a_table_to_be_read_in_again_begins_at_the_top_and_prints_its_mark():
    content = table_as_xlsx(_TABLE, "Themes", mark_above=False)
    page = load_workbook(io.BytesIO(content))["Themes"]
    assert page["A1"].value == "Theme"
    assert page.oddHeader.left.text == INTERNAL_MARK


def test_a_row_with_a_cell_too_few_is_not_a_table():
    with pytest.raises(ValueError, match="too few or too many"):
        ReportTable("t", ("a", "b"), (("1",),))


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"]
)
def test_a_cell_guarded_against_formulas_can_be_read_back(text):
    assert safe_cell(text) == f"'{text}"
    assert without_guard(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["'tis said", "words", ""])
def test_an_apostrophe_of_the_words_own_is_kept(text):
    assert without_guard(safe_cell(text)) == text
