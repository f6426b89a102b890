"""How a case was chosen: what a record must hold, and what all of them add up to."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from case_desk import a_record

from matching.problems import MatchingRefused
from matching.sampling import Sampling


def problems_of(**changes):
    with pytest.raises(MatchingRefused) as refused:
        a_record(**changes)
    return [(one.where, one.found) for one in refused.value.problems]


def test_record_is_kept_with_its_case_and_its_rule():
    assert problems_of(rule="  ") == [("How case C1 was chosen", "the rule is missing")]
    assert problems_of(case_id="") == [("How a case was chosen", "no case is named")]
    assert len(problems_of(case_id=" ", rule="")) == 2


def test_refusal_says_what_to_do_and_that_nothing_was_saved():
    with pytest.raises(MatchingRefused) as refused:
        a_record(rule="")
    (problem,) = refused.value.problems
    assert problem.do_next.endswith("random start. Nothing was saved.")


@pytest.mark.parametrize("day", ["2024-02-30", "04/06/2024", "20240604", "June"])
def test_day_it_was_drawn_is_a_date_or_not_told(day):
    (problem,) = problems_of(drawn_on=day)
    assert problem[1] == "the day it was drawn is not a date"
    assert a_record(drawn_on="").drawn_on == ""


def test_case_stands_in_where_others_were_passed_over():
    assert a_record(replaced="C9: file closed").stands_in
    assert not a_record(replaced=" ").stands_in


def test_counts_tell_lists_people_and_stand_ins_apart():
    sampling = Sampling(
        ("C1", "C2", "C3", "C4"),
        (
            a_record("C1"),
            a_record("C2", drawn_by="kim ", drawn_on="2024-09-03"),
            a_record("C4", drawn_by="Gwen", drawn_from="", drawn_on="", replaced="C9"),
        ),
    )
    assert sampling.without_record == ("C3",)
    assert asdict(sampling.counts) == {
        "contemporary": 4,
        "recorded": 3,
        "lists": 1,
        "people": 2,
        "stand_ins": 1,
        "first_drawn_on": "2024-06-04",
        "last_drawn_on": "2024-09-03",
        "by_hand": 0,
    }


@pytest.mark.parametrize(
    ("rule", "by_hand"),
    [
        ("not by the rule: taken by hand", True),
        ("Picked by hand, I knew it", True),
        ("by hand", True),
        ("hand-picked", True),
        ("every 7th, not picked by hand", False),
        ("one of the 6 by lot, slips drawn by hand", False),
        ("every 9th from a random start", False),
    ],
)
def test_case_picked_by_hand_is_told_from_a_drawn_one_by_its_rule(rule, by_hand):
    assert a_record(rule=rule).is_by_hand is by_hand
    assert Sampling(("C1",), (a_record(rule=rule),)).counts.by_hand == int(by_hand)


def test_each_case_passed_over_stands_by_itself():
    record = a_record(replaced="C8 (moved) | C9 (closed, a brother)")
    assert record.passed_over == ("C8 (moved)", "C9 (closed, a brother)")
    assert a_record(replaced=" ").passed_over == ()


def test_study_without_records_has_every_case_without_one():
    sampling = Sampling(("C1", "C2"))
    assert sampling.without_record == ("C1", "C2")
    assert (sampling.counts.recorded, sampling.counts.first_drawn_on) == (0, "")


def test_record_is_written_under_the_headings_of_its_file():
    assert a_record(note="n").as_mapping() == {
        "case_id": "C1",
        "drawn_on": "2024-06-04",
        "drawn_by": "Kim",
        "from": "46 referrals, Sallowby",
        "rule": "every 9th from a random start",
        "replaced": "",
        "note": "n",
    }
