"""What people do with indicators: preview, save, read in words."""

from dataclasses import replace

import pytest
from debrief_study import INDICATORS

from coding.study import Person, Role
from data.figures.indicator_series import indicator_series
from data.figures.indicators import IndicatorValue
from data.importers.indicator_import import read_indicators
from data.problems import DataRefused
from workbench.actions.together.indicators import (
    areas_in_words,
    cautions,
    movements_in_words,
    practice_quarter,
    preview_indicators,
    save_indicators,
    series_in_words,
    source_in_words,
)

_LEAD = Person("lead", "Robin Field", Role.STUDY_LEAD)


def _series(name="Referrals", values=INDICATORS):
    return indicator_series(values, name)


def test_a_preview_says_what_is_there_and_what_would_change(empty_store):
    preview = preview_indicators(empty_store, INDICATORS)
    assert preview.in_words() == (
        "8 values: 2 indicators, 2 areas, 3 quarters (2014/15 Q1 to 2014/15 Q3). "
        "1 value not given: kept as gaps, not as zero."
    )
    assert preview.change_in_words() == "8 new."


def test_a_second_import_says_what_it_replaces(empty_store):
    save_indicators(empty_store, _LEAD, INDICATORS)
    changed = (replace(INDICATORS[0], value=41.0), *INDICATORS[1:3])
    preview = preview_indicators(empty_store, changed)
    assert preview.change_in_words() == (
        "0 new, 1 put in place of an earlier number, 2 the same as before."
    )
    save_indicators(empty_store, _LEAD, changed)
    assert len(empty_store.indicators.values()) == 8
    assert empty_store.indicators.values()[0].value == 41.0


def test_first_and_last_stand_with_the_span_between_and_the_gaps():
    assert areas_in_words(_series()) == (
        "North: 40 in 2014/15 Q1, 31 in 2014/15 Q3; lowest 31, highest 40; 1 quarter "
        "without a value.",
        "South: 7 in 2014/15 Q1, 9 in 2014/15 Q3; lowest 7, highest 12 (small numbers "
        "in 2 of 3 quarters: below 10, read with care).",
    )


def test_an_area_with_one_value_or_none_says_so():
    one = (INDICATORS[4],)
    assert areas_in_words(_series(values=one)) == (
        "South: 12 in 2014/15 Q2, the only value.",
    )
    none = (INDICATORS[1],)
    assert areas_in_words(_series(values=none)) == ("North: no value in any quarter.",)


def test_a_percentage_comes_with_the_warning_that_its_base_is_not_known():
    (caution,) = cautions(_series("Re-referrals"))
    assert "does not say how many children" in caution
    assert cautions(_series()) == ()


def test_a_name_and_a_unit_that_disagree_are_pointed_out():
    said = cautions(
        _series(
            "Number of moves",
            [replace(INDICATORS[6], indicator="Number of moves", unit="%")],
        )
    )
    assert any("name says number and the unit says per cent" in one for one in said)


def test_the_practice_start_is_named_by_its_quarter():
    assert practice_quarter("2014-07-01") == "2014/15 Q2"
    assert practice_quarter("") == ""
    words = series_in_words(_series(), "2014/15 Q2")
    assert words == (
        "Referrals (counts), 2014/15 Q1 to 2014/15 Q3, 2 areas. The new practice "
        "began in 2014/15 Q2."
    )
    assert "began" not in series_in_words(_series())
    later = series_in_words(_series(), "2019/20 Q1")
    assert "began in 2019/20 Q1, after the quarters shown" in later
    assert "began in 2012/13 Q4, before" in series_in_words(_series(), "2012/13 Q4")


def test_a_source_is_cited_or_said_to_be_missing():
    assert source_in_words(_series()) == "Source: Table 11."
    bare = [replace(INDICATORS[0], source="")]
    assert source_in_words(_series(values=bare)) == "The file names no source."


def test_a_role_without_the_right_changes_nothing(empty_store):
    empty_store.study.add_person(
        "lead", Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    pat = Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    with pytest.raises(DataRefused):
        save_indicators(empty_store, pat, INDICATORS)
    assert empty_store.indicators.values() == []


@pytest.mark.shared_data
def test_the_published_indicators_are_read_whole(empty_store, shared_data):
    content = (shared_data / "indicators.csv").read_bytes()
    preview = preview_indicators(
        empty_store, read_indicators("indicators.csv", content).values
    )
    assert preview.in_words() == (
        "825 values: 11 indicators, 5 areas, 15 quarters (2012/13 Q4 to 2016/17 Q2). "
        "None is missing."
    )
    series = indicator_series(
        preview.values, "Number of children ceasing to be in care during the period"
    )
    assert areas_in_words(series)[2] == (
        "Bramhall & Cheadle: 1 in 2012/13 Q4, 3 in 2016/17 Q2; lowest 1, highest 9 "
        "(small numbers: below 10, read with care)."
    )


def _steps(values, unit="count"):
    quarters = [f"{y}/{y % 100 + 1} Q{q}" for y in (2014, 2015) for q in (1, 2, 3, 4)]
    return indicator_series(
        [
            IndicatorValue("Referrals", quarter, "North", value, unit)
            for quarter, value in zip(quarters, values, strict=False)
        ],
        "Referrals",
    )


def test_how_far_an_area_moves_anyway_is_said_in_words():
    # Changes: 30 up, 10 down, 10 up, 20 down; the middle size is 15, the middle 110.
    assert movements_in_words(_steps([100, 130, 120, 130, 110])) == (
        "North, moves: from one quarter to the next it usually changes by 15, at most "
        "by 30 (up, 2014/15 Q1 to 2014/15 Q2); its middle value is 120.",
    )
    (volatile,) = movements_in_words(_steps([4, 1, 5, 2, 4]))
    assert volatile.startswith("North, volatile: ")
    (steady,) = movements_in_words(_steps([50.0, 50.5, 50.0, 51.0, 50.5], "percent"))
    assert steady.startswith("North, steady: from one quarter to the next it usually")
    assert "changes by 0.5 points, at most by 1 points" in steady
    (same,) = movements_in_words(_steps([7, 7, 7, 7, 7]))
    assert "usually changes by 0, never by more" in same


def test_no_change_is_counted_over_a_gap():
    (said,) = movements_in_words(_steps([10, 12, None, 90, 91]))
    assert said.startswith("North: too few neighbouring quarters have values")
    whole = movements_in_words(_steps([10, 12, 11, None, 90, 91, 90, 92]))
    assert "at most by 2" in whole[0]
