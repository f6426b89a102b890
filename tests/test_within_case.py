"""A case compared with itself: who is fit, how it is split, and what never happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matching.case_records import CaseEvent, CaseNote
from matching.problems import MatchingRefused
from matching.within_case import (
    REGRESSION_TO_THE_MEAN,
    EventCount,
    HeldCase,
    Split,
    UnfitBecause,
    halves,
    split_case,
    unfit,
    unfit_at_referral,
)

SPLIT = Split("2024-04-15", least_days=90, most_days=365)


def an_event(day: str, event: str = "Plan review", detail: str = "") -> CaseEvent:
    return CaseEvent("007051", day, event, detail)


def a_note(day: str, text: str = "Seen at school.") -> CaseNote:
    return CaseNote("007051", day, text)


def a_case(
    referred: str = "2023-01-16",
    closed: str = "2025-06-13",
    events: tuple[CaseEvent, ...] = (an_event("2024-03-07"), an_event("2024-08-22")),
    notes: tuple[CaseNote, ...] = (),
) -> HeldCase:
    return HeldCase("007051", referred, closed, events, notes)


def reasons(case: HeldCase, split: Split = SPLIT) -> list[tuple[UnfitBecause, str]]:
    return [(one.because, one.words) for one in unfit(case, split)]


def test_halves_are_as_long_as_asked_for_and_meet_at_the_split():
    pair = split_case(a_case(), SPLIT)
    assert pair.days_each_side == 365
    assert (pair.before.first_day, pair.before.last_day) == ("2023-04-16", "2024-04-14")
    assert (pair.after.first_day, pair.after.last_day) == ("2024-04-15", "2025-04-14")
    assert (pair.before.days_open, pair.after.days_open) == (365, 365)


def test_shorter_side_sets_the_length_of_both():
    # Referred 100 days before the split; open after it for 425 days.
    soon = (an_event("2024-03-07"), an_event("2024-05-02"))
    by_before = split_case(a_case(referred="2024-01-06", events=soon), SPLIT)
    assert by_before.days_each_side == 100
    assert by_before.before.first_day == "2024-01-06"
    # Closed on 13 July: April has 16 days from the 15th, May 31, June 30, July 13.
    closed = a_case(
        closed="2024-07-13", events=(an_event("2024-03-07"), an_event("2024-07-13"))
    )
    by_after = split_case(closed, SPLIT)
    assert by_after.days_each_side == 16 + 31 + 30 + 13
    assert by_after.after.last_day == "2024-07-13"
    assert by_after.before.first_day == "2024-01-16"


def test_event_on_the_split_date_lies_after_and_on_its_eve_before():
    case = a_case(
        events=(an_event("2024-04-14", "Contact"), an_event("2024-04-15", "Visit"))
    )
    pair = split_case(case, SPLIT)
    assert [one.event for one in pair.before.events] == ["Contact"]
    assert [one.event for one in pair.after.events] == ["Visit"]
    assert [pair.day_of(day) for day in ("2024-04-14", "2024-04-15", "2024-04-16")] == [
        -1,
        0,
        1,
    ]


def test_what_lies_beyond_the_halves_or_has_no_day_is_in_neither():
    case = a_case(
        events=(
            an_event("2023-04-15", "Beyond"),
            an_event("2023-04-16", "First day"),
            an_event("2025-04-14", "Last day"),
            an_event("2025-04-15", "Beyond"),
            an_event("", "Beyond"),
        ),
        notes=(a_note("2023-04-15"), a_note("2024-04-15", "Zoë’s own list.")),
    )
    pair = split_case(case, SPLIT)
    assert [one.event for one in pair.before.events] == ["First day"]
    assert [one.event for one in pair.after.events] == ["Last day"]
    assert pair.before.notes == ()
    assert [one.text for one in pair.after.notes] == ["Zoë’s own list."]


def test_events_are_counted_by_kind_whatever_their_letters():
    case = a_case(
        events=(
            an_event("2024-03-01", "Plan review"),
            an_event("2024-03-02", "plan  Review"),
            an_event("2024-03-03", "Step up"),
            an_event("2024-05-01", "Plan review"),
            an_event("2024-05-02", "Contact"),
        )
    )
    assert split_case(case, SPLIT).event_counts == (
        EventCount("Plan review", 2, 1),
        EventCount("Contact", 0, 1),
        EventCount("Step up", 1, 0),
    )


def test_mapping_holds_counts_and_nobodys_words():
    case = a_case(notes=(a_note("2024-05-02", "Melanie sang."),))
    assert split_case(case, SPLIT).as_mapping() == {
        "case": "007051",
        "split_date": "2024-04-15",
        "days_each_side": 365,
        "first_day": "2023-04-16",
        "last_day": "2025-04-14",
        "events": [{"event": "Plan review", "before": 1, "after": 1}],
        "notes": {"before": 0, "after": 1},
    }


def test_case_without_closing_counts_as_open_until_its_last_record():
    # From 15 April to the last note on 23 July: 16 + 31 + 30 + 23 days.
    case = a_case(
        closed="",
        events=(an_event("2024-03-07"), an_event("2024-05-02")),
        notes=(a_note("2024-07-23"),),
    )
    assert split_case(case, SPLIT).days_each_side == 100


def test_open_case_is_followed_up_to_the_day_the_records_were_read():
    case = replace(a_case(closed=""), records_read_to="2024-12-31")
    # From 15 April to the last day of 2024: 16 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31.
    assert split_case(case, SPLIT).days_each_side == 261
    # A day before the last record (22 August) says nothing new: 16 + 31 + 30 + 31 + 22.
    early = replace(case, records_read_to="2024-05-01")
    assert split_case(early, SPLIT).days_each_side == 130
    # Nor does it reopen a case that was closed.
    closed = replace(case, closed_date="2024-08-22")
    assert split_case(closed, SPLIT).days_each_side == 130


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (a_case(), []),
        (
            a_case(referred=""),
            [(UnfitBecause.NO_REFERRAL_DATE, "has no date of referral")],
        ),
        (
            a_case(referred="2024-04-15"),
            [
                (
                    UnfitBecause.TOO_SHORT_BEFORE,
                    "was referred on or after the split date",
                )
            ],
        ),
        (
            a_case(referred="2024-01-17"),
            [
                (
                    UnfitBecause.TOO_SHORT_BEFORE,
                    "was referred 89 days before the split date; 90 are asked for",
                )
            ],
        ),
        (
            a_case(
                referred="2024-01-16",
                events=(an_event("2024-03-07"), an_event("2024-05-02")),
            ),
            [],
        ),
        (
            a_case(closed="2024-07-12"),
            [
                (
                    UnfitBecause.TOO_SHORT_AFTER,
                    "was closed on day 89 from the split date; 90 are asked for",
                )
            ],
        ),
        (
            a_case(closed="2024-02-01"),
            [(UnfitBecause.TOO_SHORT_AFTER, "was closed before the split date")],
        ),
        (
            a_case(closed="", events=(an_event("2024-03-07"),)),
            [
                (
                    UnfitBecause.TOO_SHORT_AFTER,
                    "was last recorded before the split date",
                )
            ],
        ),
        (
            a_case(events=(an_event("2024-03-07"),)),
            [
                (
                    UnfitBecause.NOTHING_AFTER,
                    "has no event recorded in the 365 days from the split",
                )
            ],
        ),
        (
            a_case(events=(an_event("2023-04-15"), an_event("2024-08-22"))),
            [
                (
                    UnfitBecause.NOTHING_BEFORE,
                    "has no event recorded in the 365 days before the split",
                )
            ],
        ),
    ],
)
def test_each_unfit_case_has_its_reason(case, expected):
    assert reasons(case) == expected


def test_every_reason_is_told_at_once_and_refused_in_words():
    case = a_case(referred="2024-03-01", closed="2024-04-20")
    with pytest.raises(MatchingRefused) as refused:
        split_case(case, SPLIT)
    assert [one.found for one in refused.value.problems] == [
        "This case was referred 45 days before the split date; 90 are asked for.",
        "This case was closed on day 6 from the split date; 90 are asked for.",
    ]
    assert {one.where for one in refused.value.problems} == {"Case 007051"}


def test_what_is_known_at_referral_never_asks_how_long_the_case_stayed_open():
    assert unfit_at_referral("2023-01-16", SPLIT) == ()
    (one,) = unfit_at_referral("soon", SPLIT)
    assert one.because is UnfitBecause.NO_REFERRAL_DATE


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"split_date": ""}, ["Split date"]),
        ({"split_date": "2024-02-30"}, ["Split date"]),
        ({"least_days": 0}, ["Days on each side"]),
        ({"most_days": 89}, ["Days on each side"]),
        ({"split_date": "soon", "most_days": 1}, ["Split date", "Days on each side"]),
    ],
)
def test_split_that_cannot_be_is_refused(changes, where):
    told = {"split_date": "2024-04-15", "least_days": 90, "most_days": 365, **changes}
    with pytest.raises(MatchingRefused) as refused:
        Split(**told)
    assert [one.where for one in refused.value.problems] == where


def test_warning_names_what_it_warns_of():
    assert "regression to the mean" in REGRESSION_TO_THE_MEAN
    assert "would have come anyway" in REGRESSION_TO_THE_MEAN


# Promises, on generated cases

DAY_ZERO = date(2024, 4, 15)
days = some.integers(-700, 700).map(lambda n: (DAY_ZERO + timedelta(n)).isoformat())
kinds = some.sampled_from(["Contact", "contact", "Step up", "Plan review"])
events = some.lists(some.builds(CaseEvent, some.just("A"), days, kinds), max_size=20)
notes = some.lists(
    some.builds(CaseNote, some.just("A"), days, some.text(max_size=3)), max_size=8
)
cases = some.builds(
    HeldCase,
    some.just("A"),
    days,
    some.one_of(days, some.just("")),
    events.map(tuple),
    notes.map(tuple),
)
splits = some.builds(
    lambda day, least, more: Split(day, least, least + more),
    some.integers(-200, 200).map(lambda n: (DAY_ZERO + timedelta(n)).isoformat()),
    some.integers(1, 120),
    some.integers(0, 400),
)


def days_of(half):
    first, last = date.fromisoformat(half.first_day), date.fromisoformat(half.last_day)
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@given(cases, splits)
def test_a_case_is_split_fairly_or_refused_with_a_reason(case, split):
    if unfit(case, split):
        with pytest.raises(MatchingRefused):
            split_case(case, split)
        return
    pair = split_case(case, split)
    before, after = days_of(pair.before), days_of(pair.after)
    # Equally long, next to each other, within what was asked for.
    assert len(before) == len(after) == pair.days_each_side
    assert split.least_days <= pair.days_each_side <= split.most_days
    assert (after[0] - before[-1]).days == 1
    assert after[0] == split.day
    # The case was open on every day of both.
    assert before[0] >= date.fromisoformat(case.referral_date)
    assert after[-1] <= case.last_open_day
    # As long as both sides can bear.
    if pair.days_each_side < split.most_days:
        one_more = timedelta(days=1)
        assert (
            before[0] - one_more < date.fromisoformat(case.referral_date)
            or after[-1] + one_more > case.last_open_day
        )
    assert pair.before.events
    assert pair.after.events


@given(cases, days, some.integers(1, 400))
def test_nothing_lies_in_both_halves_or_outside_and_nothing_inside_is_lost(
    case, split_date, n
):
    pair = halves(case, split_date, n)
    for half in (pair.before, pair.after):
        span = {day.isoformat() for day in days_of(half)}
        assert len(span) == n
        inside = [one for one in case.events if one.date in span]
        assert sorted(map(repr, half.events)) == sorted(map(repr, inside))
        noted = [one for one in case.notes if one.date in span]
        assert sorted(map(repr, half.notes)) == sorted(map(repr, noted))
    assert {one.date for one in pair.before.events}.isdisjoint(
        one.date for one in pair.after.events
    )
    assert all(pair.day_of(one.date) < 0 for one in pair.before.events)
    assert all(pair.day_of(one.date) >= 0 for one in pair.after.events)
    assert sum(one.before for one in pair.event_counts) == len(pair.before.events)
    assert sum(one.after for one in pair.event_counts) == len(pair.after.events)


@given(cases, splits, some.randoms())
def test_order_of_the_records_changes_nothing(case, split, chance):
    shuffled = list(case.events)
    chance.shuffle(shuffled)
    other = HeldCase(
        "A", case.referral_date, case.closed_date, tuple(shuffled), case.notes[::-1]
    )
    assert unfit(other, split) == unfit(case, split)
    if not unfit(case, split):
        one, two = split_case(other, split), split_case(case, split)
        assert [(e.date, e.event) for e in one.before.events] == [
            (e.date, e.event) for e in two.before.events
        ]
        assert one.after == two.after
