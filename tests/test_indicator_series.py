"""Reading indicators over quarters: order, gaps, small numbers."""

from datetime import date

from data.figures.indicator_series import (
    indicator_series,
    quarter_of,
    quarters_in_order,
    read_area,
    value_in_words,
)
from data.figures.indicators import IndicatorValue


def _value(quarter, area, value, unit="count", indicator="Referrals"):
    return IndicatorValue(indicator, quarter, area, value, unit, "Table 11")


def test_the_financial_year_begins_in_april():
    assert quarter_of(date(2014, 4, 1)) == "2014/15 Q1"
    assert quarter_of(date(2014, 3, 31)) == "2013/14 Q4"
    assert quarter_of(date(2014, 12, 31)) == "2014/15 Q3"
    assert quarter_of(date(2099, 5, 1)) == "2099/00 Q1"


def test_a_quarter_nobody_reported_is_put_between_its_neighbours():
    given = ["2015/16 Q1", "2014/15 Q2"]
    assert quarters_in_order(given) == [
        "2014/15 Q2",
        "2014/15 Q3",
        "2014/15 Q4",
        "2015/16 Q1",
    ]


def test_a_period_that_is_no_quarter_comes_last_and_is_not_lost():
    assert quarters_in_order(["Spring", "2014/15 Q2"]) == ["2014/15 Q2", "Spring"]


def test_a_gap_is_neither_zero_nor_carried_forward():
    series = indicator_series(
        [
            _value("2014/15 Q1", "North", 12.0),
            _value("2014/15 Q2", "North", None),
            _value("2014/15 Q3", "North", 0.0),
        ],
        "Referrals",
    )
    assert ("North", "2014/15 Q2") not in series.values
    read = read_area(series, "North")
    assert (read.gaps, read.lowest, read.highest, read.quarters) == (1, 0.0, 12.0, 2)


def test_counts_below_ten_are_small_and_ten_is_not():
    series = indicator_series(
        [
            _value("2014/15 Q1", "North", 10.0),
            _value("2014/15 Q2", "North", 9.0),
        ],
        "Referrals",
    )
    assert read_area(series, "North").small == 1


def test_percentages_are_never_called_small():
    series = indicator_series([_value("2014/15 Q1", "N", 3.0, "percent")], "Referrals")
    assert read_area(series, "N").small == 0


def test_an_area_without_any_value_has_nothing_to_read():
    series = indicator_series([_value("2014/15 Q1", "North", None)], "Referrals")
    assert read_area(series, "North") is None


def test_areas_keep_the_order_of_the_file_and_can_be_chosen():
    values = [_value("2014/15 Q1", area, 20.0) for area in ("West", "East", "All")]
    assert indicator_series(values, "Referrals").areas == ("West", "East", "All")
    assert indicator_series(values, "Referrals", ["East"]).areas == ("East",)


def test_values_are_written_as_people_write_them():
    assert value_in_words(0.0, "percent") == "0%"
    assert value_in_words(100.0, "count") == "100"
    assert value_in_words(4.05, "days") == "4.05 days"
