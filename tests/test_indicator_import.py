"""Quarterly indicators from a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.figures.indicators import IndicatorValue
from data.importers.indicator_import import read_indicators, read_quarter
from data.problems import DataRefused

HEADINGS = "indicator,quarter,area,value,unit\n"


def values_of(*cells, unit="count"):
    rows = "".join(
        f'x,2014/15 Q1,area {i},"{cell}",{unit}\n' for i, cell in enumerate(cells)
    )
    table = read_indicators("i.csv", (HEADINGS + rows).encode())
    return [one.value for one in table]


def refusal_of(text):
    with pytest.raises(DataRefused) as caught:
        read_indicators("i.csv", text.encode())
    return [(p.where, p.found) for p in caught.value.problems]


def test_a_value_is_read_with_its_place_and_source():
    content = (
        b"table,indicator,quarter,area,value,unit\n5,Left care,2014-15 q2,N,19,count\n"
    )
    table = read_indicators("i.csv", content)
    assert table.values == (
        IndicatorValue("Left care", "2014/15 Q2", "N", 19.0, "count", "table 5"),
    )
    assert len(table) == 1
    assert table.warnings == ()


def test_numbers_are_read_as_publications_write_them():
    assert values_of("1,234", "12,345,678.5", "0", "-3", "19.25") == [
        1234.0,
        12345678.5,
        0.0,
        -3.0,
        19.25,
    ]
    assert values_of("45.5%", unit="percent") == [45.5]


def test_gaps_are_gaps_and_never_zero():
    assert values_of("", "c", ":", "z", "-", "C", "0") == [None] * 6 + [0.0]


def test_gaps_are_counted_by_their_sign():
    text = HEADINGS + "x,2014/15 Q1,a,c,count\nx,2014/15 Q1,b,C,count\n"
    (warning,) = read_indicators("i.csv", text.encode()).warnings
    assert "2 confidential (c)" in warning.found


def test_every_problem_is_told_in_order_of_rows():
    text = (
        HEADINGS + "x,2014/15 Q2,N,ask Mary,count\n"
        "x,2014 Q2,N,1,count\n"
        "x,2014/15 Q3,N,1,count\n"
        "x,2014-15 Q3,N,2,count\n"
        ',2014/15 Q3,,"1,23",count\n'
        "x,2014/15 Q4,N,45%,count\n"
        "x,2014/15 Q4,S,nan,count\n"
    )
    problems = refusal_of(text)
    assert [where for where, _ in problems] == [
        "i.csv, row 2, column value",
        "i.csv, row 3, column quarter",
        "i.csv, row 5",
        "i.csv, row 6, column indicator",
        "i.csv, row 6, column area",
        "i.csv, row 6, column value",
        "i.csv, row 7, column value",
        "i.csv, row 8, column value",
    ]
    assert problems[2][1] == "rows 4 and 5 give the same indicator, quarter and area"
    assert "Mary" not in str(problems)


def test_missing_columns_are_named_together():
    assert refusal_of("indicator,quarter,value\nx,y,1\n")[0][1].startswith(
        "there is no column area or unit"
    )
    assert "no row" in refusal_of(HEADINGS)[0][1]


@given(st.integers(1900, 2098), st.integers(1, 4))
def test_a_quarter_is_the_same_however_it_is_written(year, quarter):
    following = str(year + 1)
    expected = f"{year}/{following[2:]} Q{quarter}"
    for written in (
        expected,
        f"{year}-{following[2:]} q{quarter}",
        f"{year}/{following} Q{quarter}",
        f"Q{quarter} {year}/{following[2:]}",
    ):
        assert read_quarter(written) == expected


@pytest.mark.parametrize(
    "cell", ["", "2014", "2014 Q1", "2014/16 Q1", "2014/15 Q5", "2014/15", "Q1"]
)
def test_what_is_no_quarter_of_a_financial_year_is_not_guessed(cell):
    assert read_quarter(cell) == ""


@pytest.mark.shared_data
def test_the_published_indicators_are_read(shared_data):
    table = read_indicators(
        "indicators.csv", (shared_data / "indicators.csv").read_bytes()
    )
    assert len(table) == 825
    assert len({v.indicator for v in table}) == 11
    assert len({v.quarter for v in table}) == 15
    assert len({v.area for v in table}) == 5
    assert {v.unit for v in table} == {"count", "percent"}


@pytest.mark.parametrize(
    ("quarter", "value", "unit", "found"),
    [
        ("2014/16 Q1", "5", "count", "the two years of the quarter do not follow"),
        ("2014/15 Q5", "5", "count", "a year has the quarters 1 to 4 alone"),
        ("spring 2014", "5", "count", "the quarter is not written as 2014/15 Q2"),
        ("2014/15 Q1", "12%", "count", "the value has a per cent sign and its unit"),
        ("2014/15 Q1", "12,5", "percent", "a comma or a blank where no thousands end"),
        ("2014/15 Q1", "1 204", "count", "a comma or a blank where no thousands end"),
        ("2014/15 Q1", "about 5", "count", "neither a number nor a sign for a gap"),
    ],
)
def test_what_a_practitioner_writes_otherwise_is_told_in_words(
    quarter, value, unit, found
):
    ((_, said),) = refusal_of(f'{HEADINGS}x,{quarter},N,"{value}",{unit}\n')
    assert found in said
