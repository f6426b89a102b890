"""Facts of cases in words: ages in completed months, as people count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.case_records import age_at_referral
from workbench.case_words import age_in_words, value_in_words
from workbench.wording import counted

DAYS = st.dates(date(2005, 1, 1), date(2024, 12, 31))


def in_words(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [counted(years, "year")] if years else []
    parts += [counted(rest, "month")] if rest or not years else []
    return " ".join(parts)


def completed_by_counting(born: date, day: date) -> int:
    """Days of the month on which another month was full, counted one by one."""
    full = 0
    one = born + timedelta(days=1)
    while one <= day:
        after = one + timedelta(days=1)
        # A month whose last day comes before the day of birth is full with the next.
        late = one.day == 1 and (one - timedelta(days=1)).day < born.day
        full += one.day == born.day or late
        one = after
    return full


@given(DAYS, DAYS)
def test_age_is_counted_in_completed_months_of_the_calendar(one, other):
    born, day = sorted((one, other))
    age = age_at_referral(born.isoformat(), day.isoformat())
    assert age_in_words(age, day.isoformat()) == in_words(
        completed_by_counting(born, day)
    )


@pytest.mark.parametrize(
    ("born", "referred", "said"),
    [
        ("2023-10-02", "2024-04-24", "6 months"),
        ("2019-05-14", "2024-05-14", "5 years"),
        ("2019-05-15", "2024-05-14", "4 years 11 months"),
        ("2024-05-01", "2024-05-14", "0 months"),
        ("2024-08-20", "2024-05-14", "unborn, due in 3 months"),
        ("2024-05-20", "2024-05-14", "unborn, due in less than a month"),
    ],
)
def test_month_that_has_not_ended_is_not_counted(born, referred, said):
    age = age_at_referral(born, referred)
    assert value_in_words("age_at_referral", age, referred=referred) == said


def test_age_without_a_day_of_referral_is_not_rounded_up_by_more_than_a_day():
    assert age_in_words("7.24") == "7 years 2 months"
    assert age_in_words("7.25") == "7 years 3 months"
    assert age_in_words(age_at_referral("2019-05-14", "2024-05-14")) == "5 years"
    assert age_in_words("seven", "2024-05-14") == "seven"
