"""Milestones: days and working days to each step, limits, and the common follow-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.case_records import CaseEvent
from matching.problems import MatchingRefused
from matching.progress.milestones import (
    Counted,
    DatedFile,
    ProgressLimits,
    common_follow_up,
    days_into_new_practice,
    progress_of,
)
from matching.progress.steps import Movement, Step, movement_of, step_of


def a_file(table, referral="2024-06-11", **changes):
    events = []
    for line in table.strip().splitlines():
        day, _, event = line.strip().partition("  ")
        events.append(CaseEvent("C1", day, event.strip()))
    return replace(DatedFile(date.fromisoformat(referral), tuple(events)), **changes)


UNBORN = """
    2024-06-10  Contact
    2024-06-11  Referral
    2024-06-13  Duty visit
    2024-06-14  Strategy discussion
    2024-06-17  Assessment start
    2024-07-09  Family group conference
    2024-07-11  Initial conference
    2024-07-11  Plan start
    2024-08-08  Assessment end
    2024-10-03  Plan review
    2024-12-05  Plan review
    2024-10-03  Step down
    2025-03-14  Closure
"""


def test_days_and_working_days_to_each_step():
    progress = progress_of(a_file(UNBORN), 400)
    read = {one.step: (one.day, one.working_day) for one in progress.steps}
    assert read == {
        Step.DUTY_VISIT: (2, 2),
        Step.EARLY_HELP_ASSESSMENT: (None, None),
        Step.ASSESSMENT_START: (6, 4),
        Step.STRATEGY_DISCUSSION: (3, 3),
        Step.FAMILY_GROUP_CONFERENCE: (28, 20),
        Step.INITIAL_CONFERENCE: (30, 22),
        # 58 days hold 42 weekdays and no bank holiday.
        Step.ASSESSMENT_END: (58, 42),
        Step.PLAN_START: (30, 22),
        # 114 days hold 82 weekdays; the late summer bank holiday is none of them.
        Step.FIRST_REVIEW: (114, 81),
        # 276 days hold 198 weekdays; less August, Christmas, Boxing and New Year's Day.
        Step.CLOSURE: (276, 194),
    }


def test_conference_is_counted_from_the_strategy_discussion_and_assessment_from_day_0():
    progress = progress_of(a_file(UNBORN), 400)
    conference = progress.step(Step.INITIAL_CONFERENCE)
    assert conference.limit_words == "over 15 working days, by 4"
    assert progress.step(Step.ASSESSMENT_END).limit_words == (
        "within 45 working days, by 3"
    )


def test_limits_can_be_changed():
    progress = progress_of(a_file(UNBORN), 400, ProgressLimits(20, 19, 40))
    conference = progress.step(Step.INITIAL_CONFERENCE)
    assert conference.limit_words == "on the last of 19 working days"
    assert progress.step(Step.ASSESSMENT_END).limit_words == (
        "over 40 working days, by 2"
    )


def test_the_last_strategy_discussion_before_the_conference_starts_its_limit():
    progress = progress_of(
        a_file("""
        2024-06-12  Strategy discussion
        2024-07-01  Strategy discussion
        2024-07-05  Initial conference
        2024-07-09  Strategy discussion
        """),
        400,
    )
    conference = progress.step(Step.INITIAL_CONFERENCE)
    assert conference.limit_words == "within 15 working days, by 11"


def test_conference_without_strategy_discussion_has_no_limit_and_says_so():
    progress = progress_of(a_file("2024-07-05  Initial conference"), 400)
    words = progress.step(Step.INITIAL_CONFERENCE).limit_words
    assert words == "no strategy discussion recorded before it, so no limit applies"


def test_assessment_without_end_is_over_once_the_limit_has_passed():
    started = a_file("2024-06-12  Assessment start")
    later = replace(started, recorded=(date(2024, 8, 30),))
    assert progress_of(started, 400).step(Step.ASSESSMENT_END).limit_words == ""
    # 11 June to 30 August: 58 weekdays, less 26 August.
    assert progress_of(later, 400).step(Step.ASSESSMENT_END).limit_words == (
        "no end recorded; over 45 working days, by 12 on the last day compared"
    )


def test_file_that_goes_on_beyond_the_other_is_no_further_over_its_limit():
    started = a_file("2024-06-12  Assessment start", recorded=(date(2025, 6, 1),))
    # 80 days after 11 June is 30 August.
    assert progress_of(started, 80).step(Step.ASSESSMENT_END).limit_words == (
        "no end recorded; over 45 working days, by 12 on the last day compared"
    )
    assert progress_of(started, 30).step(Step.ASSESSMENT_END).limit_words == ""


def test_what_lies_before_the_referral_or_has_no_date_is_no_progress():
    progress = progress_of(
        a_file("2024-06-01  Duty visit\n not known  Plan start\n 2024-06-12  Contact"),
        400,
    )
    assert [one.day for one in progress.steps] == [None] * len(Step)


def test_longer_file_does_not_look_worse_for_what_came_after_the_common_follow_up():
    short = a_file("2024-08-01  Step down", closed=date(2024, 8, 10))
    long = a_file("2024-07-01  Step up\n2024-12-01  Step up\n2024-12-20  Re-referral")
    common = common_follow_up(short, long)
    assert common == 60
    counts = progress_of(long, common).counts
    assert counts[Movement.STEP_UP] == Counted(1, 1)
    assert counts[Movement.RE_REFERRAL] == Counted(0, 1)
    assert not progress_of(a_file(UNBORN), common).step(Step.CLOSURE).in_common
    assert progress_of(short, common).step(Step.CLOSURE).in_common


def test_day_up_to_which_records_were_read_lengthens_the_follow_up():
    short = a_file("2024-08-01  Step down", closed=date(2024, 8, 10))
    long = a_file("2024-12-20  Re-referral")
    until = date(2024, 10, 9)
    assert common_follow_up(short, long, until) == 120
    # A record later than that day shows that the file was read on.
    assert long.follow_up(until) == 192


def test_assessments_are_counted_by_start_or_by_a_lone_end():
    counts = progress_of(
        a_file("""
        2024-06-12  Assessment start
        2024-07-12  Assessment end
        2024-09-02  Assessment end
        2024-10-01  Single assessment started
        """),
        400,
    ).counts
    assert counts[Movement.ASSESSMENT] == Counted(3)


def test_historic_follow_up_that_runs_into_the_new_practice_is_told_in_days():
    assert days_into_new_practice(date(2023, 5, 9), 200, date(2024, 4, 15)) == 0
    assert days_into_new_practice(date(2024, 3, 1), 45, date(2024, 4, 15)) == 1


@pytest.mark.parametrize(
    ("event", "step"),
    [
        ("Initial Child Protection Conference", Step.INITIAL_CONFERENCE),
        ("ICPC", Step.INITIAL_CONFERENCE),
        ("FGC", Step.FAMILY_GROUP_CONFERENCE),
        ("Early help assessment", Step.EARLY_HELP_ASSESSMENT),
        ("Early help assessment start", None),
        ("Case closed", Step.CLOSURE),
        ("Section 47", None),
        ("Review conference", Step.FIRST_REVIEW),
    ],
)
def test_usual_names_of_steps_are_understood(event, step):
    assert step_of(event) is step


def test_usual_names_of_movements_are_understood():
    named = ("Stepped down", "Change of social worker", "Re-allocated", "Referral")
    assert [movement_of(one) for one in named] == [
        Movement.STEP_DOWN,
        Movement.CHANGE_OF_WORKER,
        Movement.CHANGE_OF_WORKER,
        None,
    ]


def test_limit_below_a_day_is_refused_and_every_one_is_named():
    with pytest.raises(MatchingRefused) as refusal:
        ProgressLimits(0, 15, -1)
    assert [one.found for one in refusal.value.problems] == [
        "the limit for the early help recommendation is 0 working days",
        "the limit for the assessment is -1 working days",
    ]


@given(
    st.lists(st.tuples(st.integers(-30, 700), st.sampled_from(["Step up", "Closure"]))),
    st.integers(0, 800),
)
def test_counts_within_and_after_add_up_to_all_from_referral_on(found, common):
    start = date(2024, 6, 11)
    events = tuple(
        CaseEvent("C1", (start + timedelta(day)).isoformat(), event)
        for day, event in found
    )
    progress = progress_of(DatedFile(start, events), common)
    ups = progress.counts[Movement.STEP_UP]
    assert ups.within + ups.after == sum(
        day >= 0 and event == "Step up" for day, event in found
    )
    closed = [day for day, event in found if event == "Closure" and day >= 0]
    assert progress.step(Step.CLOSURE).day == min(closed, default=None)


def test_steps_and_counts_have_words_for_pages():
    assert Step.FIRST_REVIEW.in_words == "First review of the plan"
    assert Movement.RE_REFERRAL.in_words == "Re-referrals"
    assert len({step.in_words for step in Step}) == len(Step)
