"""Survey toplines from a table: read as written, or every problem by row and column."""

from __future__ import annotations

import io

import openpyxl
import pytest
from survey_figures import a_topline

from data.importers.surveys.topline_import import read_toplines
from data.problems import DataRefused

HEADINGS = (
    "survey,wave,fieldwork,question,topic,statement,answer,count,percent,base,note,"
    "source"
)
PLACE = "Staff survey,Wave 1,May 2015,Q1,Workload,I have time"


def a_file(*rows, headings=HEADINGS):
    return "\n".join((headings, *rows)).encode()


def read(*rows, headings=HEADINGS):
    return read_toplines("s.csv", a_file(*rows, headings=headings))


def refusal_of(*rows, headings=HEADINGS):
    with pytest.raises(DataRefused) as caught:
        read(*rows, headings=headings)
    return [(p.where, p.found, p.do_next) for p in caught.value.problems]


def test_a_figure_is_read_with_its_place_its_base_and_its_source():
    table = read(
        f'{PLACE},Yes,24,40,60,,"Report, appendix 4"',
        f'{PLACE},No,36,60%,60,,"Report, appendix 4"',
    )
    assert table.toplines == (a_topline("Yes", 24, 40), a_topline("No", 36, 60))
    assert len(table) == 2
    assert table.warnings == ()


def test_a_spreadsheet_says_the_same_as_a_text_file():
    book = openpyxl.Workbook()
    for row in (
        HEADINGS.split(","),
        [*PLACE.split(","), "Yes", 24, 40, 60, None, "Report, appendix 4"],
        [*PLACE.split(","), "No", 36, 60, 60, None, "Report, appendix 4"],
    ):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    table = read_toplines("s.xlsx", written.getvalue())
    assert table.toplines == (a_topline("Yes", 24, 40), a_topline("No", 36, 60))


def test_only_seven_columns_are_needed():
    (one,) = read(
        "Service user survey,wave 02,Q1,Staff listened,Yes,3,3",
        headings="survey,wave,question,statement,answer,count,base",
    )
    assert (one.survey, one.wave) == ("Service-user survey", "Wave 2")
    assert (one.percent, one.topic, one.note, one.source) == (None, "", "", "")


def test_an_empty_count_is_a_gap_and_said_to_be_one():
    table = read(f"{PLACE},Yes,60,,60,,", f"{PLACE},Don't know,,,60,,")
    assert [one.count for one in table] == [60, None]
    (warning,) = table.warnings
    assert warning.found == "1 count is not given, kept as a gap and not as nobody"
    assert warning.where == "s.csv, row 3"


def test_every_problem_is_told_at_once_with_its_row_and_column():
    problems = refusal_of(
        "Staf survey,Wave 1,May 2015,Q1,Workload,I have time,Yes,24,40,60,,",
        "Staff survey,first,May 2015,Q1,Workload,I have time,Yes,24,40,60,,",
        "Staff survey,Wave 1,May 2015,,Workload,,,24,40,60,,",
        f"{PLACE},Yes,-24,140,60,,",
        f"{PLACE},Yes,2.5,many,60,,",
        f"{PLACE},Yes,24,40,,,",
        f"{PLACE},Yes,24,40,0,,",
    )
    assert [where for where, _, _ in problems] == [
        "s.csv, row 2, column survey",
        "s.csv, row 3, column wave",
        "s.csv, row 4, column question",
        "s.csv, row 4, column statement",
        "s.csv, row 4, column answer",
        "s.csv, row 5, column count",
        "s.csv, row 5, column percent",
        "s.csv, row 6, column count",
        "s.csv, row 6, column percent",
        "s.csv, row 7, column base",
        "s.csv, row 8, column base",
    ]
    assert problems[0][2] == (
        "Did you mean Staff survey? Write Staff survey or Service-user survey."
    )
    assert problems[9][1] == "the base is missing"


def test_a_survey_unlike_any_known_is_not_guessed():
    ((_, found, do_next),) = refusal_of(
        "Partners,Wave 1,May 2015,Q1,Workload,I have time,Yes,24,40,60,,"
    )
    assert found == "the survey is not one known here"
    assert do_next == "Write Staff survey or Service-user survey."


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_is_neither_nobody_nor_a_gap_until_somebody_says(dash):
    ((where, found, do_next),) = refusal_of(f"{PLACE},Yes,{dash},40,60,,")
    assert where == "s.csv, row 2, column count"
    assert found == "a dash may mean nobody or not known"
    assert do_next.startswith("Write 0 for nobody")


def test_rows_that_do_not_go_together_are_named_together():
    problems = refusal_of(
        f"{PLACE},Yes,24,40,60,,",
        f"{PLACE}.,yes,25,41,60,,",
        f"{PLACE},No,36,60,61,,",
        "Staff survey,Wave 1,June 2015,Q2,Workload,I rest,Yes,1,,60,,",
    )
    assert [(where, found) for where, found, _ in problems] == [
        (
            "s.csv, row 3, column answer",
            "rows 2 and 3 give the same answer to the same statement",
        ),
        (
            "s.csv, row 4, column base",
            "rows 2 and 4 give one statement two bases, 60 and 61",
        ),
        (
            "s.csv, row 5, column fieldwork",
            "rows 2 and 5 say differently when one wave was asked",
        ),
    ]


def test_a_count_above_its_base_needs_a_note_that_says_so():
    ((where, found, do_next),) = refusal_of(f"{PLACE},Yes,190,17,112,,")
    assert where == "s.csv, row 2, column count"
    assert found == "the count of 190 is more than the base of 112"
    assert "leave it and say so in note" in do_next
    (kept,) = read(f"{PLACE},Yes,190,17,112,Printed as 190.,")
    assert (kept.count, kept.note) == (190, "Printed as 190.")


def test_counts_that_do_not_add_up_are_pointed_out_unless_a_note_speaks_of_them():
    silent = read(f"{PLACE},Yes,24,40,60,,", f"{PLACE},No,30,50,60,,")
    (warning,) = silent.warnings
    assert warning.found == (
        "the counts of 1 statement do not add up to the base (54 of 60), and no note "
        "says why"
    )
    assert warning.where == "s.csv, row 2"
    assert warning.do_next.startswith("They are kept as they stand. Compare with the ")
    noted = read(f"{PLACE},Yes,24,40,60,Adds up to 54.,", f"{PLACE},No,30,50,60,,")
    assert noted.warnings == ()


def test_percentages_a_little_over_a_hundred_are_rounding_and_no_news():
    over = read(
        f"{PLACE},Yes,3,38,8,,", f"{PLACE},No,3,38,8,,", f"{PLACE},Unsure,2,25,8,,"
    )
    assert (sum(one.percent for one in over), over.warnings) == (101, ())


def test_a_misprinted_percentage_is_kept_and_pointed_out():
    misprinted = read(f"{PLACE},Yes,24,14,60,,", f"{PLACE},No,36,60,60,,")
    assert [one.percent for one in misprinted] == [14, 60]
    total, misfit = misprinted.warnings
    assert (total.where, misfit.where) == ("s.csv, row 2", "s.csv, row 2")
    assert "do not add up to about 100 (74)" in total.found
    assert "does not fit the count beside it (14% for 24 of 60)" in misfit.found
    noted = read(f"{PLACE},Yes,24,14,60,Printed as 14.,", f"{PLACE},No,36,60,60,,")
    assert noted.warnings == ()


def test_percentages_of_those_who_answered_fit_their_counts_too():
    table = read(f"{PLACE},Yes,20,40,60,,", f"{PLACE},No,30,60,60,,")
    (warning,) = table.warnings
    assert "(50 of 60)" in warning.found


def test_missing_columns_are_named_together():
    ((where, found, do_next),) = refusal_of(
        "Staff survey,Wave 1", headings="survey,wave"
    )
    assert where == "s.csv"
    assert found.startswith(
        "there is no column question or statement or answer or count or base"
    )
    assert do_next.startswith("Add what is missing. The headings needed are survey,")


def test_an_unknown_heading_is_answered_with_the_column_it_may_be():
    problems = refusal_of(
        "Staff survey,Wave 1,Q1,I have time,Yes,24,40,60",
        headings="survey,wave,question,statment,Response,N,%,base",
    )
    assert [(where, do_next) for where, _, do_next in problems] == [
        (
            "s.csv, column statment",
            "Did you mean statement? Rename the column to statement, or take it out.",
        ),
        (
            "s.csv, column Response",
            "Did you mean answer? Rename the column to answer, or take it out.",
        ),
        (
            "s.csv, column N",
            "Did you mean count? Rename the column to count, or take it out.",
        ),
        (
            "s.csv, column %",
            "Did you mean percent? Rename the column to percent, or take it out.",
        ),
    ]


def test_a_heading_like_no_other_is_left_out_and_said_to_be():
    table = read(f"{PLACE},Yes,60,100,60,,,7", headings=f"{HEADINGS},shade")
    assert len(table) == 1
    (warning,) = table.warnings
    assert warning.found == "the column shade is not read"


def test_two_columns_for_one_thing_are_both_named():
    ((_, found, _),) = refusal_of(
        f"{PLACE},Yes,60,100,60,,,60", headings=f"{HEADINGS},BASE "
    )
    assert "base" in found.casefold()


def test_headings_without_a_row_are_no_survey():
    ((where, found, _),) = refusal_of()
    assert (where, found) == ("s.csv", "there is no row below the headings")


def test_no_words_of_a_cell_are_repeated_in_a_problem():
    problems = refusal_of(
        "Mary,Mary,Mary,Mary,,,,Mary,Mary,Mary,Mary,Mary", f"{PLACE},Yes,1,1,1,,"
    )
    assert len(problems) == 7
    assert "Mary" not in str(problems)
