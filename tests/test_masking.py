"""Masking the era: no date, no year, no reference, no word of the era is left."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.progress.masking import day_from_referral, is_contemporary_first, masked

REFERRAL = date(2024, 5, 14)


def test_dates_in_usual_spellings_become_days():
    text = "On 2024-05-17, 17/05/2024, 17.5.24, 17 May 2024 and the 17th of May 2024."
    assert masked(text, REFERRAL, {}) == (
        "On [day 3], [day 3], [day 3], [day 3] and the [day 3]."
    )


def test_months_years_and_days_without_a_year_are_left_out():
    text = "Closed March 2021; conference on 22 August; case opened 2019/20, now 2022."
    assert masked(text, REFERRAL, {}) == (
        "Closed [month and year]; conference on [date]; case opened [year], now [year]."
    )


def test_references_and_words_of_the_era_go():
    names = {"008812": "Case A", "00881": "Case B"}
    text = "008812 and 00881, the historic one; 0088123 is another."
    assert masked(text, REFERRAL, names) == (
        "Case A and Case B, the [era] one; 0088123 is another."
    )


def test_impossible_date_shows_no_number():
    assert masked("Due 31/02/2024.", REFERRAL, {}) == "Due [date]."


def test_ordinary_numbers_and_the_word_may_stay():
    text = "Working day 19, 4 over. She may stay 3 nights; bed 7 of 12."
    assert masked(text, REFERRAL, {}) == text


def test_days_are_counted_from_referral_both_ways():
    assert day_from_referral("2024-05-14", REFERRAL) == "day 0"
    assert day_from_referral("2024-05-04", REFERRAL) == "10 days before referral"
    assert day_from_referral("soon", REFERRAL) == "undated"


@given(st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.integers(-3000, 3000))
def test_no_year_of_any_full_date_is_left(referral, days):
    day = max(date(1990, 1, 1), min(date(2035, 1, 1), referral + timedelta(days)))
    text = (
        f"{day.isoformat()} or {day:%d/%m/%Y} or {day.day} {day:%B %Y} or {day:%B %Y}"
    )
    left = masked(text, referral, {})
    assert str(day.year) not in re.sub(r"\[[^]]*\]", "", left)


def test_order_is_the_same_again_and_mixed_over_pairs():
    drawn = [is_contemporary_first(7, f"C{n}", f"H{n}") for n in range(200)]
    assert drawn == [is_contemporary_first(7, f"C{n}", f"H{n}") for n in range(200)]
    assert drawn != [is_contemporary_first(8, f"C{n}", f"H{n}") for n in range(200)]
    assert 70 < sum(drawn) < 130


def test_without_a_referral_date_no_day_is_told_and_an_empty_reference_is_no_name():
    assert day_from_referral("2024-05-14", None) == "undated"
    assert masked("Seen 17 May 2024.", None, {"": "Case A"}) == "Seen [date]."
