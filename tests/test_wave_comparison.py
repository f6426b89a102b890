"""Staff waves are told apart as the evaluation did, and anything else is not compared.

The evaluation names which of its differences count at the 95 % level (appendix 1 and
footnotes 28 and 29); the rule has to say the same of each.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from survey_figures import FAMILIES, STAFF, a_topline

from coding.study import Person, Role
from data.figures.survey_toplines import Survey
from data.figures.topline_reading import read_question, waves_in
from data.figures.wave_comparison import (
    Difference,
    WaveAssumption,
    WhyNot,
    compare_waves,
    difference_needed,
)
from data.problems import DataRefused
from workbench.actions.together.wave_differences import (
    assumption_in_words,
    difference_in_words,
    differences,
)

FIFTH = WaveAssumption(0.2, "Stockport Family Evaluation, DfE 2017, appendix 1")
SCALE = ("Strongly agree", "Somewhat agree", "Somewhat disagree", "Strongly disagree")


def _two_waves(first, second, *, survey=Survey.STAFF, percents=(None, None)):
    """A statement whose answers got these counts in the two waves."""
    toplines = [
        a_topline(answer, count, percent, survey=survey, wave=wave, base=sum(counts))
        for wave, counts, percent in (
            ("Wave 1", first, percents[0]),
            ("Wave 2", second, percents[1]),
        )
        for answer, count in zip(SCALE, counts, strict=True)
    ]
    read = read_question(toplines, survey, "Q1", waves_in(toplines, survey))
    return read.statements[0]


def _compared(statement, assumption=FIFTH, survey=Survey.STAFF):
    return compare_waves(survey, statement, "Wave 1", "Wave 2", assumption)


@pytest.mark.parametrize(
    ("earlier", "later", "counts"),
    [
        # Footnote 29: a lot of cross team support, 61% then 71%.
        ((67, 110), (75, 105), False),
        # Footnote 28: enough time to learn, 54% then 43%.
        ((59, 110), (45, 105), False),
        # Called a significant decrease: teams do not work effectively, 35% then 17%.
        ((39, 111), (18, 105), True),
    ],
)
def test_the_rule_says_what_the_evaluation_says(earlier, later, counts) -> None:
    statement = _two_waves(
        (earlier[0], 0, earlier[1] - earlier[0], 0),
        (later[0], 0, later[1] - later[0], 0),
    )
    agree = _compared(statement)[0]
    assert isinstance(agree, Difference)
    assert agree.is_beyond_chance is counts


def test_the_needed_difference_holds_in_samples_drawn_without_replacement() -> None:
    """Two samples of 112 of 560 and 105 of 525 staff, half of whom agree, many times.

    Nothing changed, so about 5 in 100 pairs of samples differ by more than is needed;
    by the rule without the correction for a finite staff hardly 3 would.
    """
    draw = random.Random(2017)
    first, second = [1] * 280 + [0] * 280, [1] * 262 + [0] * 263
    beyond = 0
    for _ in range(4_000):
        a = sum(draw.sample(first, 112)) / 112
        b = sum(draw.sample(second, 105)) / 105
        beyond += abs(a - b) > difference_needed(a, 112, b, 105, 0.2)
    assert 0.04 < beyond / 4_000 < 0.065


def test_the_stated_invitations_give_the_same_as_a_fifth() -> None:
    # 493 and 588 staff were invited; each wave by its own share, by hand.
    by_hand = 1.96 * (0.25 * ((1 - 112 / 493) / 112 + (1 - 105 / 588) / 105)) ** 0.5
    assert difference_needed(0.5, 112, 0.5, 105, 0.2) == pytest.approx(
        by_hand, abs=0.001
    )


@pytest.mark.parametrize(
    ("statement", "assumption", "why"),
    [
        (_two_waves((30, 30, 20, 20), (40, 30, 20, 10)), None, WhyNot.NO_ASSUMPTION),
        (_two_waves((1, 1, 1, 0), (40, 30, 20, 10)), FIFTH, WhyNot.SMALL_BASE),
        (_two_waves((30, 30, 20, 19), (50, 45, 2, 2)), FIFTH, WhyNot.FEW),
        (
            _two_waves((30, 30, 20, 20), (40, 30, 20, 10), percents=(55, None)),
            FIFTH,
            WhyNot.DO_NOT_FIT,
        ),
    ],
)
def test_what_cannot_be_compared_is_said(statement, assumption, why) -> None:
    said = _compared(statement, assumption)
    assert [one.why for one in said] == [why] * len(said)
    assert said
    assert "compared" in difference_in_words(said[0]).lower()


def test_counts_of_more_people_than_were_asked_are_not_compared() -> None:
    statement = _two_waves((30, 30, 20, 20), (40, 30, 20, 10))
    figures = {
        name: replace(one, base=90)
        for name, one in statement.waves["Wave 1"].figures.items()
    }
    first = replace(statement.waves["Wave 1"], base=90, figures=figures)
    wrong = replace(statement, waves={**statement.waves, "Wave 1": first})
    assert [one.why for one in _compared(wrong)] == [WhyNot.SEVERAL_ANSWERS]


def test_service_users_are_never_compared_whatever_is_assumed() -> None:
    statement = _two_waves(
        (30, 30, 20, 20), (40, 30, 20, 10), survey=Survey.SERVICE_USER
    )
    assert [one.why for one in _compared(statement, FIFTH, Survey.SERVICE_USER)] == [
        WhyNot.SERVICE_USERS
    ]
    both = read_question(
        FAMILIES, Survey.SERVICE_USER, "Q1", waves_in(FAMILIES, Survey.SERVICE_USER)
    )
    assert differences(Survey.SERVICE_USER, both, FIFTH) == ()


def test_a_difference_is_told_with_people_and_what_would_be_needed() -> None:
    (one,) = differences(
        Survey.STAFF,
        read_question(STAFF, Survey.STAFF, "Q1", waves_in(STAFF, Survey.STAFF)),
        FIFTH,
    )
    # 24 of 60 and 40 of 80: 1.96 * sqrt(.8 * (.24/60 + .25/80)) is 14.8 points.
    assert one.lines[0] == (
        "Yes: 24 of 60, then 40 of 80 (10.0 points more): not to be told from chance, "
        "14.8 points are needed."
    )
    assert "Of 2 comparisons about 1 would look beyond chance" in assumption_in_words(
        FIFTH, (one,)
    )


def test_an_assumption_is_kept_with_who_said_it_and_refused_where_it_cannot_be(
    empty_store,
) -> None:
    store = empty_store.toplines
    empty_store.study.add_person(
        "lead", Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    assert store.assumption(Survey.STAFF) is None
    for survey, share, source, said in (
        (Survey.SERVICE_USER, 20, "Report", "never compared"),
        (Survey.STAFF, 0, "Report", "cannot be the share"),
        (Survey.STAFF, 100, "Report", "cannot be the share"),
        (Survey.STAFF, 20, "  ", "where the share is stated"),
    ):
        with pytest.raises(DataRefused, match=said):
            store.assume("lead", survey, share, source)
    with pytest.raises(DataRefused, match="cannot add survey results"):
        store.assume("pat", Survey.STAFF, 20, "Report")
    store.assume("lead", Survey.STAFF, 20, "Report", "Redundancies were announced.")
    kept = store.assumption(Survey.STAFF)
    assert kept is not None
    assert (kept.assumption.share, kept.version) == (0.2, 1)
    store.assume("lead", Survey.STAFF, 23, "Report", seen_version=1)
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.assume("lead", Survey.STAFF, 25, "Report", seen_version=1)
    assert store.assumption(Survey.STAFF).assumption.share == 0.23


def test_an_answer_imported_again_is_still_found_by_what_rests_on_it(
    empty_store,
) -> None:
    empty_store.toplines.save("lead", STAFF)
    before = empty_store.evidence.survey_ids()
    empty_store.toplines.save("lead", STAFF)
    assert len(before) == 6
    assert empty_store.evidence.survey_ids() == before
