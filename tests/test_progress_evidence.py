"""What a judge of progress is shown of both files: steps, counts, people, passages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from case_desk import some_events, some_notes
from progress_desk import a_judged_pair

from matching.case_records import CaseEvent, CaseNote
from matching.progress.milestones import ProgressLimits
from workbench.actions.case_progress.comparing import pair_to_compare
from workbench.actions.case_progress.pair_queue import locked_pairs
from workbench.widgets.case_progress.pair_evidence import (
    counts_markup,
    meetings_markup,
    milestones_markup,
    notes_markup,
    passages_markup,
)

REASONING = "We agreed with Mum to bring the family network together first."
HANDED_OVER = "My predecessor left and I took over the case."
EVENTS = [
    CaseEvent("C1", "2024-05-20", "Strategy discussion", "Police and school nurse"),
    CaseEvent("C1", "2024-06-10", "Initial conference", "Nan and both parents came"),
    CaseEvent("C1", "2024-07-01", "Step down", ""),
    CaseEvent("H1", "2023-06-01", "Step up", ""),
    CaseEvent("H1", "2023-08-20", "Step up", ""),
    CaseEvent("H1", "2023-09-01", "Change of social worker", ""),
]


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.setattr("case_desk.some_events", lambda: [*some_events(), *EVENTS])
    notes = [
        CaseNote("C1", "2024-06-01", REASONING),
        CaseNote("H1", "2023-09-02", HANDED_OVER),
    ]
    monkeypatch.setattr("case_desk.some_notes", lambda: [*some_notes(), *notes])
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def shown_of(pair):
    (one,) = locked_pairs(pair.store, pair.lead)
    return pair_to_compare(pair.store, pair.lead, one)


def cells(markup, heading):
    """The words in the two cells of the row under a heading."""
    row = re.search(rf'<th scope="row">{heading}</th>(.*?)</tr>', markup)
    assert row is not None
    return [
        re.sub("<[^>]+>", "", one) for one in re.findall("<td>(.*?)</td>", row.group(1))
    ]


def test_both_timelines_share_one_axis_from_the_day_of_referral(pair):
    first, second = (side.timeline for side in shown_of(pair).sides)
    assert first.last_day == second.last_day
    days = [
        {item.event: item.day for item in one.items}["Initial conference"]
        for one in (first, second)
    ]
    # 14 May to 10 June 2024, and 10 May to 1 August 2023.
    assert days == [27, 83]


def test_limits_are_those_the_study_set(pair):
    # 20 May to 10 June 2024: 15 weekdays, less the bank holiday of 27 May.
    step = "Initial child protection conference"
    assert (
        "within 15 working days, by 1"
        in cells(milestones_markup(shown_of(pair)), step)[0]
    )
    settings = pair.store.comparison.settings()
    assert settings.limits == ProgressLimits(20, 15, 45)
    changed = replace(settings, limits=ProgressLimits(20, 10, 45))
    pair.store.comparison.save_settings(pair.lead.id, changed)
    assert (
        "over 10 working days, by 4"
        in cells(milestones_markup(shown_of(pair)), step)[0]
    )


def test_steps_up_and_down_and_changes_of_worker_are_counted_for_each_case(pair):
    markup = counts_markup(shown_of(pair))
    assert cells(markup, "Steps down among the events") == ["1", "none"]
    assert cells(markup, "Steps up among the events") == ["none", "2"]
    assert cells(markup, "Changes of worker among the events") == ["none", "1"]


def test_who_took_part_is_told_as_far_as_events_say(pair):
    markup = meetings_markup(shown_of(pair))
    for expected in ("Police and school nurse", "Nan and both parents came"):
        assert expected in markup
    assert "who took part, as far as events say" in markup


def test_reasoning_and_changes_of_worker_are_quoted_and_lead_to_their_note(pair):
    shown = shown_of(pair)
    notes = notes_markup(shown)
    reasoning, workers = passages_markup(shown).split(
        "Passages that may tell of a change of worker"
    )
    for passages, words in ((reasoning, REASONING), (workers, HANDED_OVER)):
        quoted = re.search(
            rf'<blockquote>“{re.escape(words)}” <a href="#(note-[^"]+)">', passages
        )
        assert quoted is not None
        # The link leads to the note that holds these very words.
        noted = notes.partition(f'id="{quoted.group(1)}"')[2].partition("</div>")[0]
        assert words in re.sub("<[^>]+>", "", noted)
    assert HANDED_OVER not in reasoning
    assert REASONING not in workers
