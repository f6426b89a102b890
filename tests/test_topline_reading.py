"""Reading a survey by question: statements, answers, and the waves they stand in."""

from __future__ import annotations

from survey_figures import FAMILIES, SECOND_WAVE, STAFF, a_topline

from data.figures.survey_toplines import Survey
from data.figures.topline_reading import (
    SurveyWave,
    question_titles,
    read_question,
    surveys_in,
    waves_in,
)

_WAVES = (SurveyWave("Wave 1", "May 2015"), SurveyWave("Wave 2", "May 2016"))


def _staff_question(*toplines, question="Q1"):
    return read_question(toplines or STAFF, Survey.STAFF, question, _WAVES)


def test_surveys_and_waves_stand_in_their_own_order_whichever_file_came_first():
    newest_first = [*FAMILIES, *SECOND_WAVE, *STAFF]
    assert surveys_in(newest_first) == [Survey.STAFF, Survey.SERVICE_USER]
    assert waves_in(newest_first, Survey.STAFF) == list(_WAVES)
    late = a_topline("Yes", 1, wave="Wave 10", fieldwork="June 2024")
    assert [wave.name for wave in waves_in([late, *STAFF], Survey.STAFF)] == [
        "Wave 1",
        "Wave 2",
        "Wave 10",
    ]


def test_a_statement_of_both_waves_is_one_row_and_new_ones_come_after():
    question = _staff_question()
    assert [one.statement for one in question.statements] == [
        "I have time",
        "I am listened to",
    ]
    time, listened = question.statements
    assert {wave: inside.base for wave, inside in time.waves.items()} == {
        "Wave 1": 60,
        "Wave 2": 80,
    }
    assert time.waves["Wave 2"].figures["Yes"].count == 40
    assert list(listened.waves) == ["Wave 2"]
    assert question.sources == ("Report, appendix 4",)


def test_punctuation_alone_makes_no_other_statement():
    question = _staff_question(
        a_topline("Yes", 1, statement="If I have an idea I say so"),
        a_topline("Yes", 2, statement="If I have an idea, I say so", wave="Wave 2"),
    )
    assert len(question.statements) == 1
    assert list(question.statements[0].waves) == ["Wave 1", "Wave 2"]


def test_answers_one_wave_does_not_list_are_not_made_up():
    question = _staff_question(
        *STAFF, a_topline("Don't know", 0, 0, wave="Wave 2", base=80)
    )
    time = question.statements[0]
    assert time.answers == ("Yes", "No", "Don't know")
    assert "Don't know" not in time.waves["Wave 1"].figures


def test_questions_are_titled_by_number_and_topic_or_by_their_own_words():
    titles = question_titles(
        [
            a_topline("Yes", 1, question="Q10", topic="", statement="Which team?"),
            a_topline("Yes", 1, question="Q2", topic="Time and Resources"),
            a_topline("Yes", 1, question="Q2", topic="time and resources"),
            a_topline("Yes", 1, question="Q2", topic="Tools", wave="Wave 2"),
            *FAMILIES,
        ],
        Survey.STAFF,
        ["Wave 1", "Wave 2"],
    )
    assert titles == {
        "Q2": "Q2 Time and Resources / Tools",
        "Q10": "Q10 Which team?",
    }


def test_a_note_of_one_answer_names_it_and_one_of_the_statement_comes_first():
    question = _staff_question(
        a_topline("Yes", 190, note="Printed as 190."),
        a_topline("No", 36, note="Adds up to 227."),
        a_topline("Don't know", 1, note="Adds up to 227."),
    )
    assert question.statements[0].waves["Wave 1"].notes == (
        "Adds up to 227.",
        "Yes: Printed as 190.",
    )


def test_fewer_than_fifty_people_are_a_small_base():
    question = _staff_question(
        a_topline("Yes", 10, base=49), a_topline("Yes", 10, base=50, wave="Wave 2")
    )
    waves = question.statements[0].waves
    assert (waves["Wave 1"].is_small, waves["Wave 2"].is_small) == (True, False)
    assert question.smallest_base == 49


def test_families_are_not_compared_over_time_and_staff_may_be():
    assert Survey.STAFF.waves_compared
    assert not Survey.SERVICE_USER.waves_compared
