"""The page of indicators."""

import pytest
from debrief_study import INDICATORS
from page_tests import open_page, words_on

from coding.study import Person, Role


@pytest.fixture
def study(empty_store, tmp_path):
    empty_store.study.add_person(
        "lead", Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    return empty_store, tmp_path / "study.sqlite"


def _csv(*rows):
    return "\n".join(["indicator,quarter,area,value,unit", *rows]).encode()


def test_an_empty_study_takes_indicators_and_survey_results(study):
    page = open_page("indicators_page", study[1])
    assert not page.exception
    assert "No indicators yet." in words_on(page)
    labels = [one.label for one in page.file_uploader]
    assert labels == [
        "A table of indicators (.csv or .xlsx)",
        "A table of survey results (.csv or .xlsx)",
    ]


def test_a_role_that_cannot_add_is_told_who_can(study):
    page = open_page("indicators_page", study[1], "pat")
    assert len(page.get("file_uploader")) == 0
    assert "Indicators can be added by: study lead" in words_on(page)


def test_a_file_is_shown_before_it_is_saved(study):
    store, path = study
    page = open_page("indicators_page", path)
    content = _csv(
        "Referrals,2014/15 Q1,North,40,count", "Referrals,2014/15 Q2,North,c,count"
    )
    page.file_uploader[0].upload("indicators.csv", content, "text/csv").run()
    assert not page.exception
    words = words_on(page)
    assert "2 values: 1 indicator, 1 area, 2 quarters" in words
    assert "1 value not given: kept as gaps, not as zero." in words
    assert store.indicators.values() == []
    page.button(key="save indicators").click().run()
    assert not page.exception
    assert [v.value for v in store.indicators.values()] == [40.0, None]
    assert "Saved. 2 values of indicators are in the study." in words_on(page)


def test_a_file_with_wrong_rows_changes_nothing_and_says_where(study):
    store, path = study
    page = open_page("indicators_page", path)
    content = _csv(
        "Referrals,2014/15 Q1,North,40,count", "Referrals,spring,North,lots,count"
    )
    page.file_uploader[0].upload("indicators.csv", content, "text/csv").run()
    assert not page.exception
    words = words_on(page)
    assert "There are 2 problems" in words
    assert "row 3" in words
    assert store.indicators.values() == []
    assert not [b for b in page.button if b.key == "save indicators"]


def test_an_indicator_is_read_in_words_before_it_is_drawn(study):
    store, path = study
    store.indicators.save("lead", INDICATORS)
    page = open_page("indicators_page", path)
    assert not page.exception
    words = words_on(page)
    assert "North: 40 in 2014/15 Q1, 31 in 2014/15 Q3" in words
    assert "small numbers in 2 of 3 quarters: below 10, read with care" in words
    assert "Source: Table 11." in words
    assert words.index("North: 40 in") < words.index("vega")


def test_the_address_opens_an_indicator(study):
    store, path = study
    store.indicators.save("lead", INDICATORS)
    page = open_page("indicators_page", path, indicator="2")
    assert page.selectbox[0].value == "Re-referrals"
    page = open_page("indicators_page", path, indicator="99")
    assert page.selectbox[0].value == "Referrals"


def test_the_table_shows_a_gap_as_no_value(study):
    store, path = study
    store.indicators.save("lead", INDICATORS)
    page = open_page("indicators_page", path)
    page.toggle(key="indicator as table").set_value(True).run()
    (table,) = page.dataframe
    shown = table.value
    assert list(shown.index) == ["2014/15 Q1", "2014/15 Q2", "2014/15 Q3"]
    assert shown["North"].isna().tolist() == [False, True, False]
    assert shown["South"].tolist() == [7.0, 12.0, 9.0]


def test_areas_can_be_left_out_of_words_and_chart(study):
    store, path = study
    store.indicators.save("lead", INDICATORS)
    page = open_page("indicators_page", path)
    page.multiselect[0].set_value(["South"]).run()
    words = words_on(page)
    assert "South: 7 in" in words
    assert "North: 40 in" not in words
    page.multiselect[0].set_value([]).run()
    assert not page.exception
    assert "Choose at least one area." in words_on(page)
