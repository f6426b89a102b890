"""The survey results of the sample: printed figures, recomputed, odd ones noted."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from data.figures.survey_toplines import Survey, SurveyTopline
from data.importers.surveys.topline_import import read_toplines

_FILE = Path(__file__).parents[1] / "data" / "sample_study" / "survey_toplines.csv"

# The figures that cannot be right, read off the printed tables by eye.
_ODD = {
    ("Q2", "I often work over my contracted hours", "Somewhat disagree"): (6, 11),
    ("Q5", "I feel fully involved in decisions", "Somewhat disagree"): (190, 17),
    ("Q6", "I feel my organisation supports me", "Neither agree nor disagree"): (
        150,
        13,
    ),
    ("Q6", "I feel my organisation supports me", "Strongly disagree"): (92, 2),
    ("Q1", "I think families value the work I do", "Strongly agree"): (28, 24),
    ("Q10", "Which team are you part of?", "MASSH"): (3, 7),
}


@pytest.fixture(scope="module")
def toplines() -> tuple[SurveyTopline, ...]:
    return read_toplines(_FILE.name, _FILE.read_bytes()).toplines


@pytest.fixture(scope="module")
def statements(toplines) -> list[list[SurveyTopline]]:
    found: dict[tuple[str, ...], list[SurveyTopline]] = {}
    for one in toplines:
        key = (one.survey, one.wave, one.question, one.statement)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _rounded(value: Decimal, places: str = "1") -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def _agree(count: int, people: int, percent: float) -> bool:
    # Some were printed after rounding twice: 11 of 105 is 10.48, then 10.5, then 11.
    share = Decimal(100 * count) / people
    return percent in (_rounded(share), _rounded(_rounded(share, "0.1")))


def test_every_closed_question_of_both_surveys_and_both_waves_is_there(statements):
    per_wave = Counter((of[0].survey, of[0].wave) for of in statements)
    assert per_wave == {
        # Seven blocks of six, then area, role, team, years and time.
        (Survey.STAFF, "Wave 1"): 7 * 6 + 5,
        (Survey.STAFF, "Wave 2"): 6 + 6 + 10 + 4 + 6 + 10 + 5 + 5,
        # Two open questions, Q4 of each wave, are not here.
        (Survey.SERVICE_USER, "Wave 1"): 9 + 6 + 7 + 3,
        (Survey.SERVICE_USER, "Wave 2"): 7 + 1 + 1 + 3,
    }
    questions = {
        key: {of[0].question for of in statements if (of[0].survey, of[0].wave) == key}
        for key in per_wave
    }
    for wave in ("Wave 1", "Wave 2"):
        assert questions[Survey.STAFF, wave] == {f"Q{n}" for n in range(1, 13)}
        families = questions[Survey.SERVICE_USER, wave]
        assert families == {"Q1", "Q2", "Q3", "Q5", "Q6", "Q7"}


def test_each_wave_has_its_bases_fieldwork_and_source(toplines):
    bases: dict[tuple[str, str], set[int]] = {}
    for one in toplines:
        bases.setdefault((one.survey, one.wave), set()).add(one.base)
    assert bases == {
        (Survey.STAFF, "Wave 1"): {112},
        (Survey.STAFF, "Wave 2"): {105},
        (Survey.SERVICE_USER, "Wave 1"): {34},
        (Survey.SERVICE_USER, "Wave 2"): {106, 105, 104, 103, 99, 93, 42},
    }
    fieldwork = {(one.survey, one.wave): one.fieldwork[:26] for one in toplines}
    assert fieldwork == {
        (Survey.STAFF, "Wave 1"): "October to November 2015",
        (Survey.STAFF, "Wave 2"): "September to October 2016 ",
        (Survey.SERVICE_USER, "Wave 1"): "December 2015 to January 2",
        (Survey.SERVICE_USER, "Wave 2"): "August to October 2016 (ap",
    }
    assert {one.source for one in toplines} == {
        "Stockport Family Evaluation, DfE 2017, appendix 4"
    }


def test_counts_add_up_to_their_base_or_a_note_says_what_they_add_up_to(statements):
    uneven = 0
    for of in statements:
        total = sum(one.count or 0 for one in of)
        if total != of[0].base:
            uneven += 1
            said = f"add up to {total}"
            assert any(said in one.note for one in of), (of[0].question, total)
    # 30 of the first staff wave left a box empty or are odd; 2 of the second; 2 of
    # families, who could name several services.
    assert uneven == 34


def test_percentages_agree_with_their_counts_or_a_note_says_they_do_not(statements):
    agreeing = 0
    for of in statements:
        total = sum(one.count or 0 for one in of)
        people = min(total, of[0].base)
        for one in of:
            if one.percent is None or one.count is None:
                continue
            if _agree(one.count, people, one.percent):
                agreeing += 1
            else:
                assert "do not agree" in one.note, (one.statement, one.answer)
    assert agreeing > 600


def test_a_percentage_is_printed_wherever_it_is_in_the_report(toplines):
    unprinted = [one for one in toplines if one.percent is None]
    without = {(one.wave, one.question) for one in unprinted}
    # The first wave of families has counts alone, and so has one question of the
    # second, "due to low base".
    assert without == {
        *(("Wave 1", f"Q{n}") for n in (1, 2, 3, 5, 6, 7)),
        ("Wave 2", "Q3"),
    }
    assert {one.survey for one in unprinted} == {Survey.SERVICE_USER}


def test_what_cannot_be_right_is_kept_as_printed_and_said_to_be(toplines):
    for (question, begins, answer), printed in _ODD.items():
        (odd,) = [
            one
            for one in toplines
            if one.survey is Survey.STAFF
            and one.wave == "Wave 1"
            and one.question == question
            and one.statement.startswith(begins)
            and one.answer == answer
        ]
        assert (odd.count, odd.percent) == printed
        assert "do not agree" in odd.note
    above = [one.count for one in toplines if (one.count or 0) > one.base]
    assert sorted(above) == [150, 190]


def test_only_the_answer_printed_empty_is_a_gap(toplines):
    (gap,) = [one for one in toplines if one.count is None]
    assert (gap.survey, gap.wave) == (Survey.SERVICE_USER, "Wave 2")
    assert (gap.question, gap.answer) == ("Q3", "Don't know")


def test_a_few_figures_are_those_of_the_report(toplines):
    def figure(survey, wave, statement, answer):
        (one,) = [
            o
            for o in toplines
            if (o.survey, o.wave, o.answer) == (survey, wave, answer)
            and o.statement.startswith(statement)
        ]
        return one.count, one.percent, one.base

    families, staff = Survey.SERVICE_USER, Survey.STAFF
    understand = "I understand the Stockport Family way"
    assert figure(staff, "Wave 2", understand, "Strongly agree") == (52, 50, 105)
    idea = "If I have an idea or a concern"
    assert figure(staff, "Wave 1", idea, "Strongly agree") == (39, 35, 112)
    assert figure(staff, "Wave 2", idea, "Strongly agree") == (49, 47, 105)
    listened = "Staff listened"
    assert figure(families, "Wave 1", listened, "Strongly agree") == (25, None, 34)
    assert figure(families, "Wave 2", listened, "Strongly agree") == (79, 75, 105)
    assert figure(families, "Wave 2", "Have you used", "Yes") == (43, 41, 104)
