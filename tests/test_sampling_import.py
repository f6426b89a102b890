"""How cases were chosen, from a table: every problem by row and column."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from data.importers.cases.sampling_import import is_sampling_table, read_sampling
from data.problems import DataRefused
from matching.cases import Era
from matching.sampling import SamplingRecord

HEADINGS = "case_id,drawn_on,drawn_by,from,rule,replaced,note\n"
ERAS = {
    "000123": Era.CONTEMPORARY,
    "C2": Era.CONTEMPORARY,
    "C3": Era.CONTEMPORARY,
    "H1": Era.HISTORIC,
}
TWO_FILES = "case C2 is in s1.csv, row 2 and s2.csv, row 2"
TODAY = date(2024, 10, 1)


def read(*texts, **more):
    files = [(f"s{n}.csv", text.encode()) for n, text in enumerate(texts, 1)]
    return read_sampling(files, eras=ERAS, today=TODAY, **more)


def refusal_of(*texts, **more):
    with pytest.raises(DataRefused) as refused:
        read(*texts, **more)
    return [(one.where, one.found) for one in refused.value.problems]


def test_record_is_read_with_its_words_as_they_stand():
    batch = read(
        HEADINGS + '000123,04/06/2024,Kim," 41 referrals, Copperhithe ",every 7th,'
        '"C9: Zoë’s file, closed",taken next\n'
    )
    assert batch.records == (
        SamplingRecord(
            "000123",
            "2024-06-04",
            "Kim",
            "41 referrals, Copperhithe",
            "every 7th",
            "C9: Zoë’s file, closed",
            "taken next",
        ),
    )
    assert batch.warnings == ()


def test_headings_are_known_in_any_order_and_spelling_and_two_may_be_absent():
    text = "Rule,FROM,Drawn By,Drawn-on,Case ID\nevery 7th,a list,Kim,2024-06-04,C2\n"
    (record,) = read(text).records
    assert record == SamplingRecord("C2", "2024-06-04", "Kim", "a list", "every 7th")


def test_workbook_is_read_as_a_table_is():
    book = openpyxl.Workbook()
    book.active.append(HEADINGS.strip().split(","))
    book.active.append(
        ["000123", date(2024, 6, 4), "Kim", "a list", "every 7th", None, None]
    )
    written = io.BytesIO()
    book.save(written)
    batch = read_sampling([("s.xlsx", written.getvalue())], eras=ERAS, today=TODAY)
    assert batch.records == (
        SamplingRecord("000123", "2024-06-04", "Kim", "a list", "every 7th"),
    )


def test_every_problem_is_told_by_row_and_column_in_order():
    problems = refusal_of(
        HEADINGS + "C77,2024-06-04,Kim,a list,every 7th,,\n"
        "H1,2024-06-04,Kim,a list,every 7th,,\n"
        "C2,31/02/2024,Kim,a list,,,\n"
        "C2,2024-10-02,Kim,a list,every 7th,,\n"
        ",2024-06-04,Kim,a list,every 7th,,\n"
    )
    assert problems == [
        (
            "s1.csv, row 2, column case_id",
            "case C77 is neither among the cases read nor in the study",
        ),
        (
            "s1.csv, row 3, column case_id",
            "case H1 is a historic case, and only contemporary cases are drawn",
        ),
        ("s1.csv, row 4, column case_id", "rows 4 and 5 are both about case C2"),
        ("s1.csv, row 4, column drawn_on", "date 31/02/2024 does not exist"),
        ("s1.csv, row 4, column rule", "the rule is missing"),
        ("s1.csv, row 5, column case_id", "rows 4 and 5 are both about case C2"),
        ("s1.csv, row 5, column drawn_on", "the day it was drawn lies in the future"),
        ("s1.csv, row 6, column case_id", "the case_id is missing"),
    ]


def test_every_problem_says_what_to_do_and_that_nothing_was_saved():
    with pytest.raises(DataRefused) as refused:
        read(HEADINGS + "C77,2024-06-04,Kim,a list,,,\n")
    assert [one.do_next for one in refused.value.problems] == [
        "Correct the id, or import the case too. Nothing was saved.",
        "Write how the case was drawn from its list, such as every 7th from a random "
        "start. Nothing was saved.",
    ]


def test_place_of_a_problem_has_the_heading_of_the_file():
    text = "Case ID,Drawn on,Drawn by,From,Rule\nC2,2024-06-04,Kim,a list,\n"
    assert refusal_of(text) == [("s1.csv, row 2, column Rule", "the rule is missing")]


def test_case_in_two_files_is_told_for_both():
    one = HEADINGS + "C2,2024-06-04,Kim,a list,every 7th,,\n"
    assert refusal_of(one, one) == [
        ("s1.csv, row 2, column case_id", TWO_FILES),
        ("s2.csv, row 2, column case_id", TWO_FILES),
    ]


def test_case_drawn_today_was_not_drawn_in_the_future():
    assert read(HEADINGS + "C2,2024-10-01,Kim,a list,every 7th,,\n").records


def test_dates_with_their_months_first_are_not_guessed():
    text = (
        HEADINGS + "C2,06/13/2024,Kim,a list,every 7th,,\n"
        "C3,06/04/2024,Kim,a list,every 7th,,\n"
    )
    assert [where for where, _ in refusal_of(text)] == [
        "s1.csv, row 2, column drawn_on",
        "s1.csv, row 3, column drawn_on",
    ]


def test_missing_columns_are_named_together_and_rows_asked_for():
    ((where, found),) = refusal_of("case_id,drawn_on,from\nC2,2024-06-04,a list\n")
    assert where == "s1.csv"
    assert found == (
        "there is no column drawn_by or rule; there are case_id, drawn_on, from"
    )
    assert refusal_of(HEADINGS) == [("s1.csv", "there is no row below the headings")]


def test_gaps_are_kept_and_pointed_out_by_column():
    batch = read(HEADINGS + "C2,,Kim,,every 7th,,\nC3,,Kim,a list,all of them,,\n")
    assert [one.drawn_on for one in batch.records] == ["", ""]
    assert [one.where for one in batch.warnings] == [
        "s1.csv, rows 2, 3, column drawn_on",
        "s1.csv, row 2, column from",
    ]


def test_problems_quote_nobodys_words():
    text = HEADINGS + "C2,ask Mary,Kim,a list,,Zoë moved away,\n"
    assert "Mary" not in str(refusal_of(text))
    assert "Zoë" not in str(refusal_of(text))


def test_good_rows_are_kept_where_that_was_asked_for():
    text = HEADINGS + "C2,2024-06-04,Kim,l,every 7th,,\nH1,2024-06-04,Kim,l,all,,\n"
    batch = read(text, accept_partial=True)
    assert [one.case_id for one in batch.records] == ["C2"]
    (left_out,) = batch.left_out
    assert left_out.where == "s1.csv, row 3, column case_id"
    assert "Nothing was saved" not in left_out.do_next


def test_unknown_case_may_be_one_that_could_not_be_read():
    text = HEADINGS + "C77,2024-06-04,Kim,a list,,,\n"
    assert refusal_of(text, cases_unread=True) == [
        ("s1.csv, row 2, column rule", "the rule is missing")
    ]


@pytest.mark.parametrize(
    ("headings", "is_one"),
    [
        (HEADINGS.strip().split(","), True),
        (["Ref", "Drawn on", "Rule"], True),
        (["case_id", "era", "referral_date", "from"], False),
        (["case_id", "date", "event", "detail"], False),
        (["case_id", "date", "text"], False),
    ],
)
def test_table_is_told_apart_by_its_headings(headings, is_one):
    assert is_sampling_table(headings) is is_one
