"""Small numbers stay hidden from a reader who reckons with everything printed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from data.disclosure.counts import Binding, CellKey, CountsTogether, cross_table
from data.disclosure.feasible_range import open_to_view
from data.disclosure.protection import (
    EarlierRelease,
    FitToLeave,
    Hidden,
    make_fit_to_leave,
)
from data.disclosure.rules import (
    DFE,
    NHS,
    ONS,
    OPENSAFELY,
    PRESETS,
    DisclosureRule,
    Totals,
)


class Attacker:
    """Reads what is printed, knows the rule and how tables are made, and nothing else.

    Written apart from the product: whole numbers by branch and bound, one variable for
    each count printed, every printed number an interval worked out by trying.
    """

    def __init__(self, printed: Mapping[CellKey, str], counts: CountsTogether, rule):
        self.keys = list(printed)
        self.place = {key: n for n, key in enumerate(self.keys)}
        self.hidden = [k for k in self.keys if printed[k] == rule.hidden_as]
        low, high = [], []
        sums = {b.total for b in counts.bindings if not b.overlapping}
        for key in self.keys:
            if (
                key in self.hidden
                or rule.totals is Totals.OF_WHAT_IS_SHOWN
                and key in sums
            ):
                low.append(0)
                high.append(np.inf)
            else:
                said = int(printed[key].replace(",", ""))
                behind = [
                    n
                    for n in range(said - 10, said + 11)
                    if n >= 0
                    and math.floor(n / rule.rounded_to + 0.5) * rule.rounded_to == said
                ]
                low.append(min(behind))
                high.append(max(behind))
        self.bounds = Bounds(low, high)
        self.constraints = []
        for one in counts.bindings:
            if rule.totals is Totals.OF_WHAT_IS_SHOWN and not one.overlapping:
                continue
            row = np.zeros(len(self.keys))
            row[self.place[one.total]] = -1
            for part in one.parts:
                row[self.place[part]] += 1
            upper = np.inf if one.overlapping else 0
            self.constraints.append(LinearConstraint(row, 0, upper))

    def least_and_greatest(self, key: CellKey) -> tuple[float, float]:
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(self.keys))
            goal[self.place[key]] = sign
            done = milp(
                goal,
                constraints=self.constraints,
                bounds=self.bounds,
                integrality=np.ones(len(self.keys)),
            )
            if done.status == 0:
                ends.append(round(done.x[self.place[key]]))
            else:
                assert done.status in (3, 4), done.message
                ends.append(sign * -np.inf)
        return ends[0], ends[1]


def printed(fit: FitToLeave) -> dict[CellKey, str]:
    return {key: fit.cell(key) for key in fit.counts.values}


def assert_nothing_can_be_worked_out(fit: FitToLeave) -> None:
    attacker = Attacker(printed(fit), fit.counts, fit.rule)
    seen = 0
    for key in attacker.hidden:
        if fit.why.get(key) in (None, Hidden.PROTECTS):
            continue  # No small number; or a nought of a total made anew.
        seen += 1
        least, greatest = attacker.least_and_greatest(key)
        assert least <= 1, (key, least, printed(fit))
        assert greatest >= fit.rule.threshold, (key, greatest, printed(fit))
    assert seen == sum(fit.rule.hides(n) for n in small_counts(fit))


def small_counts(fit: FitToLeave) -> list[int]:
    """The counts a rule hides by itself, totals made anew left out."""
    sums = {one.total for one in fit.counts.bindings if not one.overlapping}
    made = sums if fit.rule.totals is Totals.OF_WHAT_IS_SHOWN else set()
    return [n for key, n in fit.counts.values.items() if key not in made]


def tables(largest: int = 40):
    return st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, largest), min_size=width, max_size=width),
            min_size=2,
            max_size=4,
        )
    )


def named(counts: list[list[int]], of: str = "") -> CountsTogether:
    rows = [f"row {n}" for n in range(len(counts))]
    return cross_table(
        counts, rows, [f"column {n}" for n in range(len(counts[0]))], of=of
    )


@pytest.mark.parametrize("rule", PRESETS.values(), ids=lambda rule: rule.name)
@settings(max_examples=25, deadline=None)
@given(counts=tables())
def test_no_hidden_number_can_be_worked_out(rule, counts):
    assert_nothing_can_be_worked_out(make_fit_to_leave(named(counts), rule))


@settings(max_examples=25, deadline=None)
@given(
    counts=tables(12),
    threshold=st.integers(1, 12),
    base=st.sampled_from([1, 3, 5, 10]),
    zero=st.booleans(),
)
def test_no_rule_of_a_councils_own_can_be_undone(counts, threshold, base, zero):
    rule = DisclosureRule("own", threshold, shows_zero=zero, rounded_to=base)
    assert_nothing_can_be_worked_out(make_fit_to_leave(named(counts), rule))


@settings(max_examples=25, deadline=None)
@given(counts=tables(20), more=tables(20))
def test_two_tables_that_share_totals_do_not_give_each_other_away(counts, more):
    first = named(counts, "by role")
    second = named([row[: len(counts[0])] for row in more], "by wave")
    if second.values["by wave", "Total", "Total"] < 1:
        return
    shared = ("all", "Total")
    total = first.values["by role", "Total", "Total"] + 7
    both = first.joined_with(second)
    both = CountsTogether(
        {**both.values, shared: total, ("rest",): 7},
        (
            *both.bindings,
            Binding(shared, (("by role", "Total", "Total"), ("rest",))),
        ),
    )
    assert_nothing_can_be_worked_out(make_fit_to_leave(both, DFE))


def test_a_lone_small_number_takes_others_with_it():
    counts = cross_table([[3, 20], [30, 40]], ["a", "b"], ["x", "y"])
    fit = make_fit_to_leave(counts, DFE)
    hidden = {key[1:] for key in fit.why}
    assert hidden == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert fit.why["", "a", "x"] is Hidden.SMALL
    assert fit.why["", "b", "y"] is Hidden.PROTECTS
    assert fit.in_words == (
        "1 number is hidden, and 3 more so that none can be worked out."
    )


def test_what_need_not_be_hidden_is_shown():
    counts = cross_table(
        [[3, 4, 20], [3, 4, 40], [50, 60, 70]], ["a", "b", "c"], ["x", "y", "z"]
    )
    fit = make_fit_to_leave(counts, DFE)
    assert set(fit.why.values()) == {Hidden.SMALL}
    assert fit.cell(("", "c", "x")) == "50"


def test_no_number_is_hidden_where_none_is_small():
    fit = make_fit_to_leave(cross_table([[10, 20], [30, 40]], "ab", "xy"), DFE)
    assert not fit.why
    assert fit.cell(("", "Total", "Total")) == "100"
    assert fit.in_words == "No number had to be hidden."


@pytest.mark.parametrize(
    ("rule", "printed_as"),
    [
        (DFE, {0: "0", 1: "[c]", 5: "[c]", 6: "6", 12: "12"}),
        (NHS, {0: "0", 1: "*", 7: "*", 8: "10", 12: "10", 13: "15"}),
        (OPENSAFELY, {0: "0", 7: "0", 8: "10", 12: "10", 13: "15"}),
        (ONS, {0: "[c]", 9: "[c]", 10: "10", 12: "12"}),
    ],
    ids=lambda given: given.name if isinstance(given, DisclosureRule) else "",
)
def test_each_known_rule_prints_as_its_owner_does(rule, printed_as):
    for count, words in printed_as.items():
        fit = make_fit_to_leave(CountsTogether({("one",): count}), rule)
        assert fit.cell(("one",)) == words, count


def test_totals_made_anew_add_up_what_is_shown():
    counts = cross_table([[3, 21], [30, 42]], ["a", "b"], ["x", "y"])
    fit = make_fit_to_leave(counts, OPENSAFELY)
    assert fit.cell(("", "a", "x")) == "0"
    assert fit.cell(("", "a", "Total")) == "20"
    assert fit.cell(("", "Total", "x")) == "30"
    assert fit.cell(("", "Total", "Total")) == "90"
    assert not [why for why in fit.why.values() if why is Hidden.PROTECTS]


def range_of(key: CellKey, counts: CountsTogether, *, most: int) -> tuple[int, int]:
    """The least and the greatest number the hidden count can be, found by asking."""
    possible = [
        n
        for n in range(most + 1)
        if not open_to_view(counts, [key], DFE, {key: (float(n), float(n))})
    ]
    return possible[0], possible[-1]


def midwives(spoke: int, of: int) -> CountsTogether:
    return CountsTogether(
        {("spoke",): spoke, ("all",): of}, groups={("spoke",): ("all",)}
    )


@pytest.mark.parametrize(
    ("spoke", "of", "why"),
    [
        (8, 8, Hidden.ALL_OF_FEW),
        (0, 8, Hidden.NONE_OF_FEW),
        (7, 8, None),
        (11, 11, None),
        (0, 11, None),
    ],
)
def test_all_or_none_of_a_small_group_is_hidden(spoke, of, why):
    fit = make_fit_to_leave(midwives(spoke, of), DFE)
    assert fit.why.get(("spoke",)) == why


def test_all_of_a_small_group_cannot_be_read_from_the_size_of_the_group():
    assert range_of(("spoke",), midwives(8, 8), most=20) == (0, 8)


def test_a_small_difference_from_an_earlier_release_is_hidden():
    before = {("spoke",): 20}
    earlier = EarlierRelease("summer", before, before)
    fit = make_fit_to_leave(CountsTogether({("spoke",): 23}), DFE, earlier=[earlier])
    assert fit.why == {("spoke",): Hidden.DIFFERENCE}
    for count in (20, 26, 14):
        fit = make_fit_to_leave(
            CountsTogether({("spoke",): count}), DFE, earlier=[earlier]
        )
        assert not fit.why, count


def test_rounded_numbers_do_not_tell_small_differences():
    earlier = EarlierRelease("summer", {("spoke",): 20}, {("spoke",): 21}, NHS)
    fit = make_fit_to_leave(CountsTogether({("spoke",): 23}), NHS, earlier=[earlier])
    assert not fit.why


def test_a_coarse_step_hides_a_change_and_a_fine_one_does_not():
    rule = DisclosureRule("own", 5, rounded_to=2)
    earlier = EarlierRelease("summer", {("spoke",): 20}, {("spoke",): 20}, rule)
    fit = make_fit_to_leave(CountsTogether({("spoke",): 23}), rule, earlier=[earlier])
    assert fit.why == {("spoke",): Hidden.DIFFERENCE}
    # What was exact before and is rounded now tells more than two rounded numbers.
    exact = EarlierRelease("summer", {("spoke",): 22}, {("spoke",): 22}, DFE)
    fit = make_fit_to_leave(CountsTogether({("spoke",): 28}), NHS, earlier=[exact])
    assert fit.why == {("spoke",): Hidden.DIFFERENCE}


@pytest.mark.parametrize("rule", PRESETS.values(), ids=lambda rule: rule.name)
@settings(max_examples=25, deadline=None)
@given(
    counts=tables(30),
    joined=st.lists(st.integers(0, 4), min_size=16, max_size=16),
    before=st.sampled_from(list(PRESETS.values())),
)
def test_no_small_change_between_two_releases_can_be_read(rule, counts, joined, before):
    counts = [[count + 12 for count in row] for row in counts]
    first = make_fit_to_leave(named(counts), before)
    more = iter(joined)
    later = named([[count + next(more) for count in row] for row in counts])
    left = EarlierRelease("summer", first.shown, dict(first.counts.values), before)
    second = make_fit_to_leave(later, rule, earlier=[left])
    for key, was in left.shown.items():
        now = second.shown[key]
        sums = {one.total for one in later.bindings}
        if was is None or now is None or key in sums:
            continue
        behind = [
            [
                n
                for n in range(said + 11)
                if math.floor(n / made_by.rounded_to + 0.5) * made_by.rounded_to == said
                and not made_by.hides(n)
            ]
            for said, made_by in ((was, before), (now, rule))
        ]
        if not behind[0] or not behind[1]:
            continue  # A nought of totals made anew.
        changes = {abs(a - b) for a in behind[0] for b in behind[1]}
        if min(changes) > 0 and min(changes) <= rule.threshold:
            true = abs(later.values[key] - first.counts.values[key])
            assert true > rule.threshold or {1, rule.threshold} <= changes, (
                key,
                changes,
            )
    assert None not in first.shown.values()


def test_two_releases_together_give_no_hidden_number_away():
    counts = cross_table([[3, 20], [30, 40]], ["a", "b"], ["x", "y"])
    left = {("", "a", "y"): 20}
    earlier = EarlierRelease("summer", left, dict(counts.values))
    fit = make_fit_to_leave(counts, DFE, earlier=[earlier])
    assert fit.shown["", "a", "y"] == 20
    # Row a gives 3 away beside 20, so that its total has to go.
    assert fit.shown["", "a", "Total"] is None
    assert_nothing_can_be_worked_out(fit)


def test_a_small_number_that_has_left_is_said_so():
    counts = CountsTogether({("spoke",): 3})
    earlier = EarlierRelease("summer", {("spoke",): 3}, {("spoke",): 3})
    fit = make_fit_to_leave(counts, DFE, earlier=[earlier])
    assert fit.published_before == {("spoke",): "summer"}
    assert fit.cell(("spoke",)) == "[c]"


def test_overlapping_groups_bound_their_total():
    keys = [("wave 1",), ("wave 2",)]
    counts = CountsTogether(
        {keys[0]: 3, keys[1]: 12, ("any",): 13},
        (Binding(("any",), tuple(keys), overlapping=True),),
    )
    assert range_of(keys[0], counts, most=20) == (1, 13)
    assert not make_fit_to_leave(counts, DFE).why.get(keys[1])


def test_the_same_counts_in_another_order_give_the_same_release():
    counts = cross_table([[3, 20, 9], [30, 40, 2]], ["a", "b"], ["x", "y", "z"])
    backwards = CountsTogether(
        dict(reversed(counts.values.items())), tuple(reversed(counts.bindings))
    )
    first, second = (make_fit_to_leave(one, DFE) for one in (counts, backwards))
    assert first.why == second.why


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="follow"):
        CountsTogether({("a",): 3, ("t",): 4}, (Binding(("t",), (("a",),)),))
    with pytest.raises(ValueError, match="0 or more"):
        CountsTogether({("a",): -1})
    with pytest.raises(ValueError, match="not there"):
        CountsTogether({("t",): 4}, (Binding(("t",), (("a",),)),))
    with pytest.raises(ValueError, match="More are counted"):
        midwives(9, 8)
