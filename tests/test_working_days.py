"""Working days in England, with the bank holidays that move and those proclaimed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.progress.working_days import is_working_day, working_days_after


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 8),  # moved from Monday 4 May to VE Day
        date(2021, 12, 27),  # in lieu of Christmas Day, a Saturday
        date(2021, 12, 28),  # in lieu of Boxing Day, a Sunday
        date(2022, 6, 3),  # Platinum Jubilee
        date(2022, 9, 19),  # the Queen's funeral
        date(2023, 5, 8),  # the Coronation
        date(2024, 3, 29),  # Good Friday
        date(2024, 4, 1),  # Easter Monday
    ],
)
def test_bank_holidays_of_england_are_no_working_days(day):
    assert not is_working_day(day)


def test_a_day_that_is_a_holiday_only_in_scotland_is_worked_in_england():
    assert is_working_day(date(2024, 1, 2))
    assert is_working_day(date(2024, 8, 5))


def test_forty_five_working_days_over_a_bank_holiday():
    # 14 May 2024 (Tuesday) to 17 July: 46 weekdays, less Monday 27 May.
    assert working_days_after(date(2024, 5, 14), date(2024, 7, 17)) == 45


def test_a_friday_evening_to_monday_is_one_working_day():
    assert working_days_after(date(2024, 6, 14), date(2024, 6, 17)) == 1


def test_nothing_passes_backwards():
    assert working_days_after(date(2024, 6, 14), date(2024, 6, 3)) == 0


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 9)
)
def test_spans_add_up_and_hold_no_more_than_five_days_a_week(start, days, more):
    middle = start + timedelta(days)
    end = middle + timedelta(more)
    whole = working_days_after(start, end)
    assert whole == working_days_after(start, middle) + working_days_after(middle, end)
    assert whole <= 5 * ((end - start).days // 7 + 1)
