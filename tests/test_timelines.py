"""Timelines: days since referral, bars from start to end, silences, eight labels."""

from __future__ import annotations

from data.case_files import CaseFact, CaseFile
from matching.case_records import CaseEvent, CaseField, CaseNote
from matching.cases import Era, KnownAt
from workbench.actions.cases.timelines import ItemKind, timeline_of, with_shared_end

CLOSED = CaseField("closed_date", "Date closed", KnownAt.OUTCOME)


def a_file(*events, closed="", notes=(), referral="2024-01-01", reference="C1"):
    return CaseFile(
        "id",
        reference,
        Era.CONTEMPORARY,
        referral,
        (CaseFact(CLOSED, closed),),
        tuple(CaseEvent(reference, *event) for event in events),
        tuple(CaseNote(reference, day, "words") for day in notes),
    )


def drawn(timeline):
    return [(item.kind, item.event, item.day, item.end_day) for item in timeline.items]


def test_start_and_end_of_an_episode_are_one_bar_with_both_details():
    timeline = timeline_of(
        a_file(
            ("2024-01-11", "Assessment start", "By Jo"),
            ("2024-02-20", "Assessment end", "Working day 28"),
        )
    )
    assert drawn(timeline) == [(ItemKind.BAR, "Assessment", 10, 50)]
    assert timeline.items[0].detail == "By Jo; Working day 28"
    assert not timeline.items[0].is_open


def test_episode_named_only_at_its_end_begins_with_the_event_of_that_name():
    timeline = timeline_of(
        a_file(("2024-01-06", "Section 47"), ("2024-01-16", "Section 47 end"))
    )
    assert drawn(timeline) == [(ItemKind.BAR, "Section 47", 5, 15)]


def test_two_episodes_of_a_name_each_have_their_own_end():
    timeline = timeline_of(
        a_file(
            ("2024-01-02", "Plan start"),
            ("2024-01-12", "Plan end"),
            ("2024-02-01", "Plan start"),
            closed="2024-03-01",
        )
    )
    assert drawn(timeline) == [
        (ItemKind.BAR, "Plan", 1, 11),
        (ItemKind.BAR, "Plan", 31, 60),
    ]
    assert timeline.items[1].is_open


def test_end_without_a_start_is_not_lost():
    timeline = timeline_of(a_file(("2024-01-12", "Plan end")))
    assert drawn(timeline) == [(ItemKind.TICK, "Plan end", 11, 11)]


def test_decisions_are_points_and_contacts_are_ticks():
    timeline = timeline_of(
        a_file(
            ("2023-12-31", "Contact"),
            ("2024-01-02", "Duty visit"),
            ("2024-02-01", "Initial conference"),
            ("2024-05-01", "Step down"),
        )
    )
    assert drawn(timeline) == [
        (ItemKind.TICK, "Contact", -1, -1),
        (ItemKind.TICK, "Duty visit", 1, 1),
        (ItemKind.POINT, "Initial conference", 31, 31),
        (ItemKind.POINT, "Step down", 121, 121),
    ]


def test_at_most_eight_labels_and_the_closure_always_has_one():
    events = [(f"2024-01-{day:02}", "Strategy discussion") for day in range(2, 14)]
    timeline = timeline_of(a_file(*events, ("2024-02-01", "Closure")))
    assert len(timeline.labelled) == 8
    assert "Closure" in [timeline.items[place].event for place in timeline.labelled]


def test_long_time_without_any_record_is_a_silence_and_notes_break_it():
    events = [("2024-01-02", "Duty visit"), ("2024-07-01", "Plan review")]
    assert timeline_of(a_file(*events)).silences == ((1, 182),)
    # 1 April is day 91: ninety days of silence and ninety-one are not yet too long.
    broken = timeline_of(a_file(*events, notes=["2024-04-01"]))
    assert broken.silences == ()


def test_closed_case_is_not_silent_after_its_closure():
    timeline = timeline_of(a_file(("2024-01-02", "Duty visit"), closed="2024-02-01"))
    assert (timeline.closed_day, timeline.last_day) == (31, 31)
    assert timeline.silences == ()


def test_open_case_is_silent_to_the_end_of_the_shared_axis():
    short = timeline_of(a_file(("2024-01-02", "Duty visit")))
    long = timeline_of(a_file(closed="2024-12-31", reference="H1"))
    both = with_shared_end([short, long])
    assert [one.last_day for one in both] == [365, 365]
    assert both[0].silences == ((1, 365),)


def test_undated_referral_has_no_timeline():
    assert timeline_of(a_file(("2024-01-02", "Duty visit"), referral="")) is None


def test_undated_event_is_left_out_of_the_axis_only():
    timeline = timeline_of(a_file(("soon", "Duty visit"), ("2024-01-02", "Contact")))
    assert [item.event for item in timeline.items] == ["Contact"]
