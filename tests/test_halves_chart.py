"""The chart of both halves: every mark on one axis of days, told apart by shape too."""

from __future__ import annotations

import json

from matching.case_records import CaseEvent, CaseNote
from matching.within_case import HeldCase, halves
from workbench.widgets.within_case.halves_chart import halves_chart, halves_table


def a_pair():
    events = (
        CaseEvent("A", "2024-04-05", "Step up", "Letter"),
        CaseEvent("A", "2024-04-10", "Plan review", ""),
        CaseEvent("A", "2024-04-15", "plan review", "First day"),
        CaseEvent("A", "2024-05-30", "Contact", "Beyond"),
    )
    notes = (CaseNote("A", "2024-04-20", "<b>Zoë’s list</b>"),)
    return halves(HeldCase("A", "2024-01-01", "", events, notes), "2024-04-15", 30)


def rows_of(chart):
    spec = chart.to_dict()
    (points,) = [one for one in spec["layer"] if one["mark"]["type"] == "point"]
    return spec["datasets"][points["data"]["name"]]


def test_each_event_and_note_is_one_mark_on_its_side():
    rows = rows_of(halves_chart(a_pair(), dark=False))
    assert [(row["day"], row["row"], row["side"]) for row in rows] == [
        (-10, "Step up", "Before"),
        (-5, "Plan review", "Before"),
        # One row for one kind, however it was spelt.
        (0, "Plan review", "After"),
        (5, "Notes", "After"),
    ]
    assert rows[2]["when"] == "15 April 2024, day +0"


def test_both_halves_share_an_axis_that_ends_where_they_do():
    spec = halves_chart(a_pair(), dark=True).to_dict()
    domains = {
        json.dumps(layer["encoding"]["x"]["scale"]["domain"]) for layer in spec["layer"]
    }
    assert domains == {"[-31, 30]"}
    (points,) = [one for one in spec["layer"] if one["mark"]["type"] == "point"]
    shape = points["encoding"]["shape"]["scale"]
    assert (shape["domain"], shape["range"]) == (
        ["Before", "After"],
        ["diamond", "circle"],
    )
    assert points["encoding"]["y"]["sort"] == ["Step up", "Plan review", "Notes"]


def test_table_says_the_same_in_order_of_days():
    table = halves_table(a_pair())
    assert list(table["Days from the split"]) == [-10, -5, 0, 5]
    assert list(table["What"]) == ["Step up", "Plan review", "Plan review", "Notes"]
    assert table["Detail"].iloc[3] == "<b>Zoë’s list</b>"
    assert table["Date"].iloc[0] == "5 April 2024"
