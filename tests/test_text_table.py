"""What a table in a file says, cell by cell, and what is refused in it."""

import csv
import io
import time
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.text_table import column_letter, read_text_table
from data.problems import DataRefused


def a_workbook(*sheets):
    """The bytes of a workbook from (title, rows) pairs."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal_of(file_name, content, **choices):
    with pytest.raises(DataRefused) as caught:
        read_text_table(file_name, content, **choices)
    return caught.value.problems


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_are_kept_as_text_whatever_separates_them(mark):
    lines = [["case_id", "need"], ["000123", "NA"], ["1E5", " N1 "]]
    content = "\n".join(mark.join(line) for line in lines).encode()
    table = read_text_table("cases.csv", content)
    assert table.headings == ("case_id", "need")
    assert table.rows == (("000123", "NA"), ("1E5", " N1 "))
    assert table.row_numbers == (2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_files_are_read_without_a_warning(encoding):
    content = "id,text\n1,café – £5 ‘so’\n".encode(encoding)
    table = read_text_table("notes.csv", content)
    assert table.rows == (("1", "café – £5 ‘so’"),)
    assert table.headings == ("id", "text")
    assert table.warnings == ()


def test_a_windows_file_is_read_and_said():
    table = read_text_table("notes.csv", "id,text\n1,£5 for café\n".encode("cp1252"))
    assert table.rows == (("1", "£5 for café"),)
    assert "Windows-1252" in table.warnings[0].found


def test_a_row_keeps_its_number_after_a_cell_of_several_lines_and_an_empty_row():
    content = b'id,text\n1,"one\r\ntwo\r\n\r\nfour"\r\n\r\n2,x\r\n'
    table = read_text_table("notes.csv", content)
    assert table.rows == (("1", "one\ntwo\n\nfour"), ("2", "x"))
    assert table.row_numbers == (2, 4)


def test_a_cell_longer_than_the_csv_limit_is_read():
    long = "word " * 60_000
    table = read_text_table("notes.csv", f'id,text\n1,"{long}"\n'.encode())
    assert len(table.rows[0][1]) == 300_000


def test_the_sep_line_of_excel_is_not_a_row():
    table = read_text_table("cases.csv", b"sep=;\na;b\n1;2\n")
    assert table.headings == ("a", "b")
    assert table.row_numbers == (2,)


def test_short_rows_are_filled_and_said():
    table = read_text_table("cases.csv", b"a,b,c\n1\n1,2,3\n")
    assert table.rows == (("1", "", ""), ("1", "2", "3"))
    assert "row 2" in table.warnings[0].where


def test_all_that_is_wrong_with_headings_and_rows_is_told_at_once():
    problems = refusal_of("cases.csv", b"a,A,,d\n1,2,3,4\n1,2,3,4,5\n")
    assert [p.where for p in problems] == [
        "cases.csv, row 1",
        "cases.csv, row 1",
        "cases.csv, row 3",
    ]
    assert "columns A and B have the same heading" in problems[0].found
    assert "column C holds values" in problems[1].found


def test_a_quotation_mark_left_open_is_refused_with_its_row():
    (problem,) = refusal_of("notes.csv", b'a,b\n1,2\n3,"never closed\n4,5\n')
    assert "row 3" in problem.where


@pytest.mark.parametrize("content", [b"", b"\n\n", b" , ,\n,,\n"])
def test_a_table_with_nothing_in_it_is_refused(content):
    (problem,) = refusal_of("cases.csv", content)
    assert "empty" in problem.found or "nothing" in problem.found


def test_headings_alone_are_a_table_without_rows():
    assert read_text_table("cases.csv", b"a,b\n").rows == ()


def test_workbook_cells_become_text_without_guessing():
    content = a_workbook(
        (
            "Cases",
            [
                ["id", "born", "seen", "share", "n", "open", "gap"],
                ["000123", date(2015, 1, 2), datetime(2020, 1, 2, 9, 30)]
                + [0.1 + 0.2, 7.0, True, None],
            ],
        )
    )
    table = read_text_table("cases.xlsx", content)
    assert table.sheet == "Cases"
    assert table.rows == (
        ("000123", "2015-01-02", "2020-01-02 09:30:00", "0.3", "7", "TRUE", ""),
    )


def test_an_id_shown_with_leading_zeros_keeps_them():
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append([123])
    book.active["A2"].number_format = "000000"
    assert read_text_table("a.xlsx", saved(book)).rows == (("000123",),)


def test_a_cell_that_shows_an_error_is_a_gap_and_said():
    book = openpyxl.Workbook()
    for row in (["id", "need"], ["1", "#N/A"]):
        book.active.append(row)
    table = read_text_table("a.xlsx", saved(book))
    assert table.rows == (("1", ""),)
    assert "row 2" in table.warnings[0].where


def test_a_formula_saved_without_its_result_is_refused():
    content = a_workbook(("S", [["id", "sum"], ["1", "=1+1"]]))
    (problem,) = refusal_of("a.xlsx", content)
    assert "B2" in problem.where


def test_several_filled_sheets_are_refused_by_name_and_one_may_be_named():
    content = a_workbook(
        ("Cases", [["id"], ["1"]]), ("Old", [["id"], ["2"]]), ("Empty", [])
    )
    (problem,) = refusal_of("a.xlsx", content)
    assert problem.found == "the workbook has 2 filled sheets: Cases, Old"
    assert read_text_table("a.xlsx", content, sheet="old").rows == (("2",),)
    (problem,) = refusal_of("a.xlsx", content, sheet="New")
    assert "Cases, Old, Empty" in problem.found


def test_one_filled_sheet_among_empty_and_hidden_ones_is_read():
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append(["1"])
    book.create_sheet("Nothing")
    lists = book.create_sheet("Lists")
    lists.append(["N1"])
    lists.sheet_state = "hidden"
    assert read_text_table("a.xlsx", saved(book)).rows == (("1",),)


def test_workbook_rows_keep_the_numbers_the_spreadsheet_shows():
    content = a_workbook(("S", [[], ["id"], [], ["1"], [None], ["2"]]))
    table = read_text_table("a.xlsx", content)
    assert table.row_numbers == (4, 6)


def test_a_stray_cell_far_to_the_right_is_told_and_an_empty_styled_one_is_not():
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append(["1"])
    book.active.cell(2, 16_384).number_format = "0.00"
    assert read_text_table("a.xlsx", saved(book)).rows == (("1",),)
    book.active.cell(2, 16_384).value = "x"
    (problem,) = refusal_of("a.xlsx", saved(book))
    assert "16,384 columns" in problem.found


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(
                    codec="utf-8",
                    exclude_characters="\x00\r",
                    exclude_categories=["Cs"],
                )
            ),
            min_size=3,
            max_size=3,
        ).filter(lambda row: "".join(row).strip()),
        max_size=6,
    )
)
def test_whatever_a_csv_file_holds_comes_back_cell_for_cell(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    table = read_text_table("t.csv", out.getvalue().encode("utf-8-sig"))
    assert table.rows == tuple(tuple(row) for row in rows)


def test_twenty_thousand_rows_are_read_quickly():
    line = ",".join(f"value {i}" for i in range(15))
    content = "\n".join([",".join(f"h{i}" for i in range(15)), *[line] * 20_000])
    before = time.process_time()
    table = read_text_table("big.csv", content.encode())
    taken = time.process_time() - before
    assert len(table.rows) == 20_000
    assert taken < 15, "fifty times what is expected, of this process alone"


def test_columns_are_lettered_as_a_spreadsheet_does():
    assert [column_letter(i) for i in (0, 25, 26, 51, 52)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
    ]
