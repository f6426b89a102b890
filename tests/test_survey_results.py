"""What people do with survey results: preview, save, read in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from survey_figures import FAMILIES, SECOND_WAVE, STAFF, a_topline

from coding.study import Person, Role
from data.figures.survey_toplines import Survey
from data.figures.topline_reading import read_question, waves_in
from workbench.actions.together.survey_results import (
    cautions,
    people_in_words,
    percent_in_words,
    preview_toplines,
    save_toplines,
    source_in_words,
)

_LEAD = Person("lead", "Robin Field", Role.STUDY_LEAD)


def _question(toplines, survey, *names):
    waves = [one for one in waves_in(toplines, survey) if one.name in names]
    return read_question(toplines, survey, "Q1", waves)


def test_a_preview_says_wave_by_wave_what_is_there(empty_store):
    mixed = (*STAFF, a_topline("Yes", 3, wave="Wave 2", question="Q2", base=70))
    assert [wave.in_words() for wave in preview_toplines(empty_store, mixed)] == [
        "Staff survey, Wave 1, May 2015: 1 question, 1 statement, 2 figures, base 60. "
        "New to the study.",
        "Staff survey, Wave 2, May 2016: 2 questions, 3 statements, 5 figures, bases "
        "from 70 to 80. New to the study.",
    ]


def test_a_wave_the_study_has_is_said_to_be_replaced_before_it_is(empty_store):
    save_toplines(empty_store, _LEAD, STAFF)
    corrected = (*STAFF[:2], replace(SECOND_WAVE[0], count=41))
    first, second = preview_toplines(empty_store, corrected)
    assert first.in_words().endswith("The study has the same figures already.")
    assert second.in_words().endswith(
        "The study has this wave already: saving takes out its 4 figures and puts "
        "these in their place."
    )
    assert len(empty_store.toplines.toplines()) == 6
    assert save_toplines(empty_store, _LEAD, corrected) == 3
    assert len(empty_store.toplines.toplines()) == 3


def test_people_come_with_their_base_and_per_cent_as_printed():
    assert people_in_words(a_topline("Yes", 190, 17, base=112)) == "190 of 112 people"
    assert people_in_words(a_topline("Yes", 1, base=1)) == "1 of 1 person"
    assert people_in_words(a_topline("Yes", None)) == "not given"
    assert percent_in_words(a_topline("Yes", 24, 40)) == "40%"
    assert percent_in_words(a_topline("Yes", 24, 40.5)) == "40.5%"
    assert percent_in_words(a_topline("Yes", 24)) == ""


@pytest.mark.parametrize(("base", "shown"), [(49, ""), (50, "40%")])
def test_no_percentage_is_shown_of_fewer_than_fifty_people(base, shown):
    assert percent_in_words(a_topline("Yes", 20, 40, base=base)) == shown


def test_staff_waves_side_by_side_come_with_the_assumption():
    (caution,) = cautions(
        Survey.STAFF, _question(STAFF, Survey.STAFF, "Wave 1", "Wave 2")
    )
    assert caution.startswith(
        "Staff surveys may be compared only under the report's assumption"
    )
    assert cautions(Survey.STAFF, _question(STAFF, Survey.STAFF, "Wave 1")) == ()


def test_families_do_not_stand_for_all_and_are_not_compared_over_time():
    large = cautions(
        Survey.SERVICE_USER, _question(FAMILIES, Survey.SERVICE_USER, "Wave 2")
    )
    assert len(large) == 1
    assert large[0].startswith("Service-user surveys do not represent all families")
    assert "not compared over time" in large[0]


def test_a_small_base_is_explained_by_what_one_person_would_move():
    # One of 34 is 2.9 per cent.
    _, why = cautions(
        Survey.SERVICE_USER, _question(FAMILIES, Survey.SERVICE_USER, "Wave 1")
    )
    assert why == (
        "Where fewer than 50 people answered, only counts are shown: of 34 people, one "
        "more or less would move a percentage by 3 points."
    )


def test_a_source_is_cited_or_said_to_be_missing():
    assert (
        source_in_words(_question(STAFF, Survey.STAFF, "Wave 1"))
        == "Source: Report, appendix 4."
    )
    bare = [replace(one, source="") for one in STAFF]
    assert (
        source_in_words(_question(bare, Survey.STAFF, "Wave 1"))
        == "The file names no source."
    )
