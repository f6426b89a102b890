"""Verdicts go together with what was shown; a second judge's order tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.judging.judgement import Suitability
from matching.judging.verdicts import blind_order, require_verdicts
from matching.problems import MatchingRefused

GOOD, CARE = Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE
NOT, UNSURE = Suitability.NOT_COMPARABLE, Suitability.CANNOT_TELL


def check(verdicts, **changes):
    require_verdicts(
        "C1",
        verdicts,
        **{
            "shown": ["H1", "H2"],
            "chosen": "H1",
            "suitability": GOOD,
            "every_one": True,
            **changes,
        },
    )


def test_verdicts_on_all_that_was_shown_with_the_choice_among_them_are_sound():
    check({"H1": GOOD, "H2": UNSURE})
    check({"H1": NOT, "H2": NOT}, chosen="", suitability=NOT)


def test_a_single_judge_may_leave_cards_without_verdict():
    check({}, every_one=False)
    check({"H2": NOT}, every_one=False)


def test_everything_that_does_not_go_together_is_told_at_once():
    with pytest.raises(MatchingRefused) as refused:
        check({"H1": CARE, "H9": NOT})
    assert [one.found for one in refused.value.problems] == [
        "a verdict is given on a case that was not shown",
        "1 of 2 cases shown have no verdict yet",
        "the chosen case has one verdict on its card and another in the decision",
    ]
    assert all("Nothing was saved" in one.do_next for one in refused.value.problems)


@given(
    st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=12),
    st.integers(0, 10**6),
    st.randoms(use_true_random=False),
)
def test_order_keeps_every_case_and_does_not_depend_on_the_order_given(ids, seed, mix):
    once = blind_order(ids, seed=seed, case_id="C1")
    assert sorted(once) == sorted(ids)
    again = list(ids)
    mix.shuffle(again)
    assert blind_order(again, seed=seed, case_id="C1") == once


def test_order_differs_between_cases_and_seeds():
    ids = [f"H{number}" for number in range(10)]
    orders = {
        tuple(blind_order(ids, seed=seed, case_id=case))
        for seed in (1, 2)
        for case in ("C1", "C2", "C3")
    }
    assert len(orders) == 6


def test_first_place_goes_to_each_case_about_equally_often():
    firsts = [
        blind_order(["H1", "H2", "H3", "H4"], seed=7, case_id=f"C{number}")[0]
        for number in range(400)
    ]
    # 100 each is expected with a spread of 8.7; five spreads either side.
    assert all(57 <= firsts.count(one) <= 143 for one in ("H1", "H2", "H3", "H4"))
