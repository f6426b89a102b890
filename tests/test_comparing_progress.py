"""Laying out a pair for comparing, its queue, and what a form leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from progress_desk import LETTERS, a_judged_pair

from coding.codebook import Code, Codebook
from data.problems import DataRefused
from matching.progress.reading_form import ReadingForm, ReadingQuestion
from matching.progress.verdicts import ProgressArea
from workbench.actions.case_progress.comparing import (
    pair_to_compare,
    restorative_cues,
)
from workbench.actions.case_progress.judging_progress import (
    changed_form,
    save_verdicts,
)
from workbench.actions.case_progress.pair_queue import (
    PairsWaiting,
    locked_pairs,
    next_to_compare,
    pairs_waiting,
    status_in_words,
)
from workbench.actions.cases.judging import open_files

ALL = "CNHN?CNH"


@pytest.fixture
def pair(tmp_path):
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def status(pair, person):
    (one,) = locked_pairs(pair.store, person)
    return status_in_words(one, person)


def test_queue_says_where_a_pair_stands_for_each_person(pair):
    assert status(pair, pair.lead) == "Not begun"
    pair.say(pair.lead, "CN", finish=False)
    assert status(pair, pair.lead) == "2 areas judged by you so far"
    assert status(pair, pair.second) == "Waits for a second judge"
    pair.say(pair.lead, ALL)
    assert status(pair, pair.lead) == "You are through, the other judge is not"
    pair.say(pair.second, "C", finish=False)
    assert status(pair, pair.third) == "Two others judge it"
    pair.say(pair.second, ALL)
    assert status(pair, pair.third) == "Both judges through"


def test_what_waits_is_told_by_whom_it_waits_for(tmp_path):
    shut = a_judged_pair(tmp_path, opened=False)

    def waiting(made, person, *, may_judge=True):
        queue = locked_pairs(made.store, person)
        return pairs_waiting(queue, person, may_judge=may_judge)

    assert waiting(shut, shut.lead) == PairsWaiting(shut=1)
    open_files(shut.store, shut.lead, shut.store.judgements.standing()[0])
    assert waiting(shut, shut.lead) == PairsWaiting(for_person=1)
    assert waiting(shut, shut.researcher, may_judge=False) == PairsWaiting(for_others=1)
    shut.say(shut.lead, ALL)
    assert waiting(shut, shut.lead) == PairsWaiting(for_others=1)
    assert waiting(shut, shut.third) == PairsWaiting(for_person=1)
    shut.say(shut.second, "C", finish=False)
    assert waiting(shut, shut.second) == PairsWaiting(for_person=1)
    assert waiting(shut, shut.third) == PairsWaiting(for_others=1)
    shut.say(shut.second, ALL)
    assert waiting(shut, shut.lead) == PairsWaiting()
    shut.store.close()


def test_case_without_partner_is_in_no_queue_and_shut_files_are_told(tmp_path):
    shut = a_judged_pair(tmp_path, opened=False)
    (one,) = locked_pairs(shut.store, shut.lead)
    assert status_in_words(one, shut.lead) == "Files not opened"
    assert next_to_compare([one], shut.lead) is one
    assert next_to_compare([], shut.lead) is None
    with pytest.raises(DataRefused, match="is not open for these two cases"):
        pair_to_compare(shut.store, shut.lead, one)
    assert shut.store.judgements.standing()[0].opened_at is None


def test_both_sides_are_read_over_the_days_both_were_followed(tmp_path):
    pair = a_judged_pair(tmp_path, read_to="")
    (one,) = locked_pairs(pair.store, pair.lead)
    shown = pair_to_compare(pair.store, pair.lead, one)
    assert [side.name for side in shown.sides] == ["Contemporary C1", "Historic H1"]
    # C1: 14 May to 22 November 2024, 192 days; H1: 10 May to 19 December 2023, 223.
    assert [side.progress.follow_up for side in shown.sides] == [192, 223]
    assert shown.common == 192
    assert shown.into_new_practice == 0
    # 192 days are more than six months and less than twelve.
    assert shown.unseen == (ProgressArea.AT_12_MONTHS,)
    assert len(shown.asked) == 7
    pair.store.close()


def test_closed_case_is_not_treated_by_a_practice_that_began_later(pair):
    # H1 was closed on 19 December 2023; its records were read to June 2025.
    (one,) = locked_pairs(pair.store, pair.lead)

    def days_of(start):
        changed = replace(pair.store.study.read(), practice_start=start)
        pair.store.study.change(pair.lead.id, changed)
        return pair_to_compare(pair.store, pair.lead, one).into_new_practice

    assert days_of("2024-04-01") == 0
    assert days_of("2023-12-10") == 10


def test_cues_are_those_of_codes_on_restorative_practice_then_our_own():
    book = Codebook(
        (
            Code("1", "Restorative practice"),
            Code("2", "Family plans", parent_id="1", cues=("fridge plan",)),
            Code("3", "Caseloads", cues=("too many cases",)),
        )
    )
    cues = restorative_cues(book)
    assert cues[0] == "fridge plan"
    assert "family network" in cues
    assert "too many cases" not in cues


def test_every_area_that_lacks_something_is_named_at_once(pair):
    (one,) = locked_pairs(pair.store, pair.lead)
    with pytest.raises(DataRefused) as refusal:
        save_verdicts(
            pair.store,
            pair.lead,
            one.pair,
            {
                ProgressArea.FRONT_DOOR: (LETTERS["C"], ""),
                ProgressArea.FAMILY: (None, "Nan came."),
                ProgressArea.PARTNERSHIP: (LETTERS["N"], "Same school."),
            },
        )
    assert [(p.where, p.found) for p in refusal.value.problems] == [
        (
            "Front door and allocation",
            "A verdict is kept together with its reason, and none is written.",
        ),
        ("Involving the family", "A reason is written and no verdict is chosen."),
    ]
    assert pair.store.verdicts.pairs(pair.lead.id) == []


def a_row(key="", text="", helping="", choices=""):
    return {"key": key, "text": text, "help": helping, "choices": choices}


def test_question_keeps_its_key_when_worded_anew_and_a_new_one_gets_its_own():
    form = ReadingForm((ReadingQuestion("seen", "Seen?"), ReadingQuestion("b", "B?")))
    changed = changed_form(
        form,
        [
            a_row("seen", "Was the child seen alone?", "Look.", "Yes| No |"),
            a_row(),
            a_row("", "Seen?"),
        ],
    )
    assert changed.questions == (
        ReadingQuestion("seen", "Was the child seen alone?", "Look.", ("Yes", "No")),
        ReadingQuestion("seen_2", "Seen?"),
    )
