"""The timeline as drawn: one band a case, words from files as text, a table beside."""

from __future__ import annotations

import json

from data.case_files import CaseFact, CaseFile
from matching.case_records import CaseEvent, CaseField
from matching.cases import Era, KnownAt
from workbench.actions.cases.timelines import timeline_of, with_shared_end
from workbench.widgets.cases.timeline import (
    timeline_chart,
    timeline_in_words,
    timeline_table,
)

CLOSED = CaseField("closed_date", "Date closed", KnownAt.OUTCOME)


def two_timelines():
    files = [
        CaseFile(
            era.value,
            reference,
            era,
            "2024-01-01",
            (CaseFact(CLOSED, closed),),
            (
                CaseEvent(reference, "2024-01-10", "Assessment start"),
                CaseEvent(reference, "2024-02-10", "Assessment end", "Day 23"),
                CaseEvent(reference, "2024-03-01", "Step up", "To a plan"),
            ),
            (),
        )
        for era, reference, closed in (
            (Era.CONTEMPORARY, "C1", "2024-06-01"),
            (Era.HISTORIC, "H1", ""),
        )
    ]
    return with_shared_end([timeline_of(one) for one in files])


def marks_in(spec):
    return [layer["mark"] for layer in spec["layer"]]


def test_each_era_has_its_own_shape_and_colour_in_both_themes():
    for dark, inks in ((False, ("#0B5D66", "#8A5300")), (True, ("#7CCBD1", "#F0C070"))):
        spec = timeline_chart(two_timelines(), dark=dark).to_dict()
        points = {
            (mark["shape"], mark["color"])
            for mark in marks_in(spec)
            if mark["type"] == "point"
        }
        assert points == {("circle", inks[0]), ("diamond", inks[1])}


def test_bands_share_one_axis_of_months():
    spec = timeline_chart(two_timelines(), dark=False).to_dict()
    axes = [
        (
            layer["encoding"]["x"]["title"],
            tuple(layer["encoding"]["x"]["scale"]["domain"]),
        )
        for layer in spec["layer"]
    ]
    assert len(set(axes)) == 1
    assert axes[0][0] == "Months since referral"


def test_silence_says_no_record():
    spec = json.dumps(timeline_chart(two_timelines(), dark=False).to_dict())
    assert "no record" in spec


def test_table_has_every_item_and_silence_with_calendar_dates():
    table = timeline_table(two_timelines())
    of_one = table[table["Case"] == "H1"]
    assert list(of_one["What"]) == ["Assessment", "Step up", "No record"]
    assert list(of_one["Date"]) == ["10 January 2024", "1 March 2024", ""]
    assert list(of_one["Until"])[0] == "10 February 2024"
    assert list(of_one["Detail"])[:2] == ["Day 23", "To a plan"]


def test_sentence_tells_how_each_case_ended():
    assert timeline_in_words(two_timelines()) == (
        "Contemporary case C1: 2 entries, closed 152 days after referral. "
        "Historic case H1: 2 entries, no closure recorded."
    )
