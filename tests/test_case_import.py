"""Cases, events and notes: what is read as it stands, and what is refused by row."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.calendar_dates import read_date
from data.importers.cases.case_import import read_cases
from data.importers.column_mapping import ColumnMapping
from data.problems import DataRefused
from matching.case_records import CaseEvent, CaseNote
from matching.cases import Era, KnownAt

CASES = """case_id,era,referral_date,date_of_birth,primary_need,closure_reason,Team size
000123,historic,05/03/2014,2001-01-01,N1,RC7,12
0002,Contemporary,2024-02-05,,N0,,
"""
EVENTS = "case_id,date,event,detail\n000123,2014-05-01,Home visit,two workers\n"
NOTES = 'case_id,date,text\n0002,06-02-2024,"Long\nnote"\n'


def a_file(name, text):
    return name, text.encode()


def refusal_of(*files, **choices):
    with pytest.raises(DataRefused) as caught:
        read_cases([a_file(*f) for f in files], **choices)
    return [(p.where, p.found) for p in caught.value.problems]


def test_three_tables_of_one_import_are_told_apart_by_their_headings():
    batch = read_cases(
        [a_file("n.csv", NOTES), a_file("e.csv", EVENTS), a_file("c.csv", CASES)]
    )
    first, second = batch.records
    assert (first.reference, first.era) == ("000123", Era.HISTORIC)
    assert first.facts == {
        "referral_date": "2014-03-05",
        "date_of_birth": "2001-01-01",
        "primary_need": "N1",
        "closure_reason": "RC7",
        "team_size": "12",
    }
    assert (second.reference, second.era) == ("0002", Era.CONTEMPORARY)
    assert second.facts["date_of_birth"] == ""
    assert batch.events == (
        CaseEvent("000123", "2014-05-01", "Home visit", "two workers"),
    )
    assert batch.notes == (CaseNote("0002", "2024-02-06", "Long\nnote"),)
    assert batch.left_out == ()


def test_columns_nobody_asked_for_are_kept_unmarked_after_the_standard_ones():
    batch = read_cases([a_file("c.csv", CASES)])
    assert [(f.name, f.known) for f in batch.fields] == [
        ("referral_date", KnownAt.AT_REFERRAL),
        ("date_of_birth", KnownAt.AT_REFERRAL),
        ("primary_need", KnownAt.AT_REFERRAL),
        ("closure_reason", KnownAt.OUTCOME),
        ("team_size", KnownAt.UNMARKED),
    ]
    assert batch.fields[-1].title == "Team size"


def test_an_age_column_does_not_stand_in_for_the_derived_one():
    text = "case_id,era,age_at_referral\n1,historic,7\n"
    batch = read_cases([a_file("c.csv", text)])
    assert batch.records[0].facts == {"recorded_age_at_referral": "7"}
    assert "recorded_age_at_referral" in batch.warnings[0].found


def test_a_date_of_a_workbook_is_an_iso_date():
    book = openpyxl.Workbook()
    book.active.append(["case_id", "era", "referral_date", "child_id"])
    book.active.append(["07", "historic", date(2014, 3, 5), 42])
    out = io.BytesIO()
    book.save(out)
    (record,) = read_cases([("c.xlsx", out.getvalue())]).records
    assert record.facts == {"referral_date": "2014-03-05", "child_id": "42"}
    assert record.reference == "07"


def test_every_problem_is_told_at_once_in_order_of_file_and_row():
    cases = (
        "case_id,era,referral_date,closed_date\n"
        "A1,historic,2014-01-01,\n"
        "A2,historic,31/02/2024,ask Mary\n"
        ",historic,2014-01-01,\n"
        "A1,modern,2014-01-01,\n"
        "A3,,01/02/24,45292\n"
    )
    events = "case_id,date,event\nA1,2014-02-01,Visit\nZ9,,\n"
    assert refusal_of(("c.csv", cases), ("e.csv", events)) == [
        ("c.csv, row 2, column case_id", "rows 2 and 5 are both about case A1"),
        ("c.csv, row 3, column referral_date", "date 31/02/2024 does not exist"),
        (
            "c.csv, row 3, column closed_date",
            "the cell holds something that is not a date",
        ),
        ("c.csv, row 4, column case_id", "the case_id is missing"),
        ("c.csv, row 5, column case_id", "rows 2 and 5 are both about case A1"),
        ("c.csv, row 5, column era", "the era is neither contemporary nor historic"),
        (
            "c.csv, row 6, column referral_date",
            "date 01/02/24 has a year of two digits",
        ),
        (
            "c.csv, row 6, column closed_date",
            "45292 is a number, perhaps a spreadsheet's own",
        ),
        ("c.csv, row 6, column era", "the era is missing"),
        (
            "e.csv, row 3, column case_id",
            "case Z9 is neither among the cases read nor in the study",
        ),
        ("e.csv, row 3, column date", "the cell is empty"),
        ("e.csv, row 3, column event", "the cell is empty"),
    ]


def test_no_problem_quotes_what_somebody_typed_into_a_cell():
    cases = "case_id,era,referral_date\nA1,it was Mary,after Mary's birthday\n"
    problems = refusal_of(("c.csv", cases))
    assert len(problems) == 2
    assert "Mary" not in str(problems)


def test_partly_good_rows_are_kept_where_that_was_accepted():
    cases = "case_id,era,referral_date\nA1,historic,2014-01-01\nA2,historic,x\n"
    events = "case_id,date,event\nA1,2014-02-01,Visit\nA2,2014-02-01,Visit\n"
    batch = read_cases(
        [a_file("c.csv", cases), a_file("e.csv", events)], accept_partial=True
    )
    assert [r.reference for r in batch.records] == ["A1"]
    assert [e.case_reference for e in batch.events] == ["A1"]
    assert [p.where for p in batch.left_out] == [
        "c.csv, row 3, column referral_date",
        "e.csv, row 3, column case_id",
    ]
    assert "left out" in batch.left_out[1].found


def test_of_a_case_that_stands_twice_neither_row_is_taken():
    cases = "case_id,era\nA1,historic\nA2,historic\nA1,contemporary\n"
    batch = read_cases([a_file("c.csv", cases)], accept_partial=True)
    assert [r.reference for r in batch.records] == ["A2"]


def test_a_case_in_two_files_names_both():
    one = a_file("c.csv", "case_id,era\nA1,historic\n")
    other = a_file("h.csv", "case_id,era\nA1,historic\n")
    with pytest.raises(DataRefused) as caught:
        read_cases([one, other])
    assert caught.value.problems[0].found == (
        "case A1 is in c.csv, row 2 and h.csv, row 2"
    )


def test_nothing_is_taken_where_no_row_is_good_even_if_part_was_accepted():
    ((where, _),) = refusal_of(("c.csv", "case_id,era\nA1,x\n"), accept_partial=True)
    assert where == "c.csv, row 2, column era"


def test_nothing_is_taken_where_a_file_cannot_be_read_even_if_part_was_accepted():
    problems = refusal_of(
        ("c.csv", "case_id,era\nA1,historic\n"),
        ("e.csv", "case_id,date,event\nA9,2014-01-01,Visit\n"),
        ("x.csv", ""),
        accept_partial=True,
    )
    assert ("x.csv", "the file is empty") in problems


def test_events_may_belong_to_cases_already_in_the_study():
    batch = read_cases([a_file("e.csv", EVENTS)], known_references={"000123"})
    assert len(batch.events) == 1
    assert refusal_of(("e.csv", EVENTS))


def test_a_case_already_in_the_study_is_not_overwritten():
    problems = refusal_of(("c.csv", CASES), known_references={"0002"})
    assert problems == [
        ("c.csv, row 3, column case_id", "case 0002 is already in the study")
    ]


@pytest.mark.parametrize(
    ("referred", "era"),
    [("2015-09-30", Era.HISTORIC), ("2015-10-01", Era.CONTEMPORARY)],
)
def test_eras_by_date_turn_on_the_day_practice_changed(referred, era):
    text = f"case_id,referral_date\nA1,{referred}\n"
    (record,) = read_cases(
        [a_file("c.csv", text)], era="by-date", cutover=date(2015, 10, 1)
    ).records
    assert record.era is era


def test_an_era_by_date_needs_a_date_of_referral_and_a_cutover():
    text = "case_id,referral_date\nA1,\n"
    ((where, _),) = refusal_of(
        ("c.csv", text), era="by-date", cutover=date(2015, 10, 1)
    )
    assert "row 2" in where
    assert refusal_of(("c.csv", text), era="by-date")
    assert refusal_of(("c.csv", text), era="modern")


def test_the_era_asked_for_counts_where_a_row_has_none():
    text = "case_id,era\nA1,\nA2,contemporary\n"
    batch = read_cases([a_file("c.csv", text)], era="historic")
    assert [r.era for r in batch.records] == [Era.HISTORIC, Era.CONTEMPORARY]


def test_a_table_without_any_era_is_one_problem_not_one_for_each_row():
    problems = refusal_of(("c.csv", "case_id,sex\nA1,F\nA2,M\n"))
    assert problems == [("c.csv", "the table has no column era, and no era was chosen")]


def test_a_column_with_months_first_is_not_read_days_first():
    text = "case_id,era,referral_date\nA1,historic,03/14/2015\nA2,historic,04/05/2015\n"
    problems = refusal_of(("c.csv", text))
    assert [where for where, _ in problems] == [
        "c.csv, row 2, column referral_date",
        "c.csv, row 3, column referral_date",
    ]


def test_unlikely_dates_are_warned_of_and_kept():
    text = (
        "case_id,era,referral_date,date_of_birth,closed_date\n"
        "A2,historic,2014-01-01,2016-01-01,2013-01-01\n"
        "A3,historic,2014-01-01,2014-05-01,2014-01-01\n"
    )
    batch = read_cases([a_file("c.csv", text)], today=date(2026, 1, 1))
    assert [w.where for w in batch.warnings] == [
        "c.csv, row 2, column date_of_birth",
        "c.csv, row 2, column closed_date",
    ]
    assert len(batch.records) == 2


def test_dates_that_cannot_have_come_yet_and_ages_of_adults_are_pointed_out():
    cases = (
        "case_id,era,referral_date,date_of_birth,closed_date\n"
        "A1,historic,2014-01-01,1987-12-31,2026-01-02\n"
        "A2,historic,2014-01-01,1988-01-02,2026-01-01\n"
    )
    events = "case_id,date,event\nA1,2026-01-02,Review\nA1,2026-01-01,Visit\n"
    notes = "case_id,date,text\nA2,2062-01-01,Seen at home.\n"
    batch = read_cases(
        [a_file("c.csv", cases), a_file("e.csv", events), a_file("n.csv", notes)],
        today=date(2026, 1, 1),
    )
    assert [(w.where, w.found) for w in batch.warnings] == [
        (
            "c.csv, row 2, column date_of_birth",
            "the birth lies more than 26 years before the referral",
        ),
        (
            "c.csv, row 2, column closed_date",
            "the day the case closed lies in the future",
        ),
        ("e.csv, row 2, column date", "the date lies in the future"),
        ("n.csv, row 2, column date", "the date lies in the future"),
    ]
    assert (len(batch.records), len(batch.events), len(batch.notes)) == (2, 2, 1)


def test_a_referral_that_lies_in_the_future_is_refused_with_its_row():
    text = (
        "case_id,era,referral_date\n"
        "A1,contemporary,2026-01-01\n"
        "A2,contemporary,02/01/2026\n"
        "A3,contemporary,31/02/2027\n"
    )
    with pytest.raises(DataRefused) as refused:
        read_cases([a_file("c.csv", text)], today=date(2026, 1, 1))
    assert [(p.where, "future" in p.found) for p in refused.value.problems] == [
        ("c.csv, row 3, column referral_date", True),
        ("c.csv, row 4, column referral_date", False),
    ]


def test_a_confirmed_mapping_names_columns_and_values():
    text = "Ref,Need,era\nA1,Abuse or neglect,historic\n"
    mapping = ColumnMapping(
        {"ref": "case_id", "Need": "primary_need", "Gone": "sex"},
        {"primary_need": {"Abuse or neglect": "N1"}},
    )
    batch = read_cases([a_file("c.csv", text)], mapping=mapping)
    assert batch.records[0].reference == "A1"
    assert batch.records[0].facts == {"primary_need": "N1"}
    assert "Gone" in batch.warnings[0].found


def test_a_table_without_case_ids_is_refused_with_what_may_be_meant():
    with pytest.raises(DataRefused) as caught:
        read_cases([a_file("c.csv", "Case Ref,DOB\nA1,2001-01-01\n")])
    (problem,) = caught.value.problems
    assert "Case Ref may be case_id" in problem.do_next
    assert "DOB may be date_of_birth" in problem.do_next


def test_two_columns_for_one_field_are_refused_by_name():
    problems = refusal_of(
        ("c.csv", "case_id,era,Sex,gender\nA1,historic,F,F\n"),
        mapping=ColumnMapping({"gender": "sex"}),
    )
    assert problems == [("c.csv", "columns Sex and gender would both be sex")]


def test_columns_not_read_from_events_are_said():
    text = "case_id,date,event,worker\n000123,2014-05-01,Visit,JS\n"
    batch = read_cases([a_file("e.csv", text)], known_references=["000123"])
    assert batch.warnings[0].found == "columns not read: worker"


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_the_same_however_it_is_written(day):
    iso = day.isoformat()
    written = f"{day.day:02}{{0}}{day.month:02}{{0}}{day.year:04}"
    for text in (iso, f"{iso}T00:00:00", f"{iso} 00:00", *map(written.format, "/-.")):
        assert read_date(text).iso == iso


@given(st.text(max_size=12))
def test_a_cell_is_a_date_or_a_gap_or_a_problem(cell):
    read = read_date(cell)
    assert bool(read.iso) + bool(read.problem) == bool(cell.strip())
    if read.iso:
        assert date.fromisoformat(read.iso)


@pytest.mark.shared_data
def test_files_that_are_not_tables_of_cases_are_refused_in_words(shared_data):
    folder = shared_data / "trial" / "cases"
    for name, words in [
        ("cin_CIN_Census_2024.xml", "an XML file"),
        ("liia_Annex_A.xlsx", "List 1, List 2"),
        ("liia_SSDA903_episodes_testing.csv", "no column says which case"),
    ]:
        with pytest.raises(DataRefused) as caught:
            read_cases([(name, (folder / name).read_bytes())], era="historic")
        assert words in caught.value.problems[0].found
