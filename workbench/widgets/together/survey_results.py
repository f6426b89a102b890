"""Survey results: one question at a time, with what a reader should keep in mind."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.figures.survey_toplines import Survey, SurveyTopline
from data.figures.topline_reading import (
    SurveyWave,
    question_titles,
    read_question,
    surveys_in,
    waves_in,
)
from workbench import notices, session
from workbench.actions.together import survey_results
from workbench.session import Place
from workbench.widgets.together.survey_table import draw_survey_table
from workbench.widgets.together.wave_differences import draw_wave_differences
from workbench.widgets.untrusted import as_html


def show_survey_results(place: Place, toplines: Sequence[SurveyTopline]) -> None:
    """Draw the survey and question chosen, or what will stand here one day."""
    if not toplines:
        notices.empty(
            "No survey results yet. The published answers to a staff or service-user "
            "survey will stand here, one question at a time: how many people of how "
            "many gave each answer, then the percentage."
        )
        return
    left, right = st.columns(2)
    with left:
        survey = _choose_survey(toplines)
    with right:
        waves = _choose_waves(toplines, survey)
    question, title = _choose_question(toplines, survey, waves)
    read = read_question(toplines, survey, question, waves)
    for caution in survey_results.cautions(survey, read):
        _note(caution)
    draw_survey_table(read, survey.value, title)
    _note(survey_results.source_in_words(read))
    draw_wave_differences(place, survey, read)


def _choose_survey(toplines: Sequence[SurveyTopline]) -> Survey:
    surveys = surveys_in(toplines)
    asked = session.address("survey")
    at = next((i for i, one in enumerate(surveys) if one.value == asked), 0)
    survey = st.selectbox(
        "Survey",
        surveys,
        index=at,
        format_func=lambda one: one.value,
        key="survey chosen",
    )
    if asked and survey.value != asked:
        # The same number is another question there.
        session.set_address(wave="", question="")
    session.set_address(survey=survey.value)
    return survey


def _choose_waves(
    toplines: Sequence[SurveyTopline], survey: Survey
) -> list[SurveyWave]:
    """All waves where they may be compared, else the one that is chosen."""
    waves = waves_in(toplines, survey)
    if survey.waves_compared:
        session.set_address(wave="")
        return waves
    names = [wave.name for wave in waves]
    asked = session.address("wave")
    chosen = st.selectbox(
        "Wave",
        names,
        index=_place(names, asked),
        key=f"wave chosen {survey.value}",
    )
    if asked and chosen != asked:
        session.set_address(question="")
    session.set_address(wave=chosen)
    return [wave for wave in waves if wave.name == chosen]


def _choose_question(
    toplines: Sequence[SurveyTopline], survey: Survey, waves: Sequence[SurveyWave]
) -> tuple[str, str]:
    names = [wave.name for wave in waves]
    titles = question_titles(toplines, survey, names)
    numbers = list(titles)
    chosen = st.selectbox(
        "Question",
        numbers,
        index=_place(numbers, session.address("question")),
        format_func=titles.__getitem__,
        key=f"question chosen {survey.value} {' '.join(names)}",
    )
    session.set_address(question=chosen)
    return chosen, titles[chosen]


def _place(names: Sequence[str], asked: str) -> int:
    return names.index(asked) if asked in names else 0


def _note(words: str) -> None:
    notices.draw(f'<p class="wb-lead">{as_html(words)}</p>')
