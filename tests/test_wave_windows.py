"""When waves were held: by the study design where it has days, else by sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debrief_study import a_study_to_debrief, a_transcript

from coding.transcripts import SourceKind
from data.sources import NewSource
from workbench.actions.together.wave_windows import (
    HeldBy,
    WaveWindow,
    wave_windows,
    windows_in_words,
)

NOTHING = ("2012/13 Q1",)


@pytest.fixture
def desk(tmp_path):
    """Wave 1 with interviews of May and September 2014; Wave 2 without a day."""
    store, person = a_study_to_debrief(tmp_path)
    kind = SourceKind.INTERVIEW
    days = {"May": "2014-05-20", "September": "2014-09-02"}
    store.sources.save(
        person.id,
        [
            NewSource(
                a_transcript(name, kind, (("K", f"Yes, in {name}."),)),
                wave="Wave 1",
                held_on=day,
            )
            for name, day in days.items()
        ],
    )
    yield store, person
    store.close()


def _plan(desk, wave, starts_on="", ends_on=""):
    store, person = desk
    plan = next(one for one in store.design.waves.all() if one.wave == wave)
    store.design.waves.change(
        person.id, replace(plan, starts_on=starts_on, ends_on=ends_on)
    )


def test_without_days_in_the_design_sources_say_when_a_wave_was_held(desk):
    windows = wave_windows(desk[0])
    assert windows == (
        WaveWindow("Wave 1", "2014/15 Q1", "2014/15 Q2", HeldBy.SOURCES),
    )
    assert windows_in_words(windows, ("2014/15 Q2",)) == (
        "Interviews were held in Wave 1: 2014/15 Q1 to 2014/15 Q2. This is known from "
        "the days of sources."
    )


def test_days_of_the_design_go_before_those_of_sources_and_it_is_said(desk):
    _plan(desk, "Wave 2", "2015-01-10", "2015-06-30")
    windows = wave_windows(desk[0])
    assert windows_in_words(windows, ("2014/15 Q2", "2014/15 Q4")) == (
        "Interviews were held in Wave 1: 2014/15 Q1 to 2014/15 Q2; Wave 2: 2014/15 Q4 "
        "to 2015/16 Q1. Wave 1 is known from the days of sources; Wave 2 from the "
        "study design."
    )
    _plan(desk, "Wave 1", "2014-07-01", "2014-12-31")
    first, _ = wave_windows(desk[0])
    assert first == WaveWindow("Wave 1", "2014/15 Q2", "2014/15 Q3", HeldBy.DESIGN)
    assert windows_in_words(wave_windows(desk[0]), NOTHING).endswith(
        ": none of the quarters shown. This is known from the study design."
    )


def test_where_the_design_has_one_day_sources_say_the_other(desk):
    _plan(desk, "Wave 1", starts_on="2014-01-15")
    (one,) = wave_windows(desk[0])
    assert (one.first, one.last, one.by) == ("2013/14 Q4", "2014/15 Q2", HeldBy.BOTH)
    _plan(desk, "Wave 1", ends_on="2014-06-01")
    (one,) = wave_windows(desk[0])
    assert (one.first, one.last, one.by) == ("2014/15 Q1", "2014/15 Q1", HeldBy.BOTH)
    # No source lies on the near side of the day: it stands alone.
    _plan(desk, "Wave 1", ends_on="2013-06-01")
    (one,) = wave_windows(desk[0])
    assert (one.first, one.last, one.by) == ("2013/14 Q1", "2013/14 Q1", HeldBy.DESIGN)


def test_waves_outside_the_quarters_shown_are_said_to_be():
    windows = (
        WaveWindow("Wave 1", "2014/15 Q1", "2014/15 Q2"),
        WaveWindow("Wave 2", "2019/20 Q1", "2019/20 Q1"),
    )
    held = (
        "Interviews were held in Wave 1: 2014/15 Q1 to 2014/15 Q2; Wave 2: 2019/20 Q1"
    )
    by = "This is known from the days of sources."
    assert windows_in_words(windows, ("2014/15 Q2",)) == (
        f"{held}. Not among these quarters: Wave 2. {by}"
    )
    assert windows_in_words(windows, NOTHING) == (
        f"{held}: none of the quarters shown. {by}"
    )
    assert windows_in_words((), ("2014/15 Q2",)) == ""
