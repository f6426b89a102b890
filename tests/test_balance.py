"""Balance before and after pairing, by hand and against a textbook version."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from promises import drawn_pool

from matching.balance import (
    BalanceRow,
    balance_of_pairs,
    standardised_mean_difference,
    variance_ratio,
)
from matching.cases import Case, CasePool
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, MatchPlan

POOL = drawn_pool(
    """
    id  age  sex  help  needs  severity
    A   4    F    yes   a|b    low
    B   8    M    no    a      high
    C   6    F    yes   -      medium
    """,
    """
    id  age  sex  help  needs  severity
    H1  5    F    yes   a      low
    H2  9    M    yes   b      low
    H3  1    -    no    c      high
    """,
)
LEVELS = ("low", "medium", "high")
PLAN = MatchPlan(
    (
        Covariate("age", CovariateKind.NUMBER),
        Covariate("sex", CovariateKind.CATEGORY),
        Covariate("help", CovariateKind.YES_NO),
        Covariate("needs", CovariateKind.SET),
        Covariate("severity", CovariateKind.ORDERED, levels=LEVELS),
    )
)
PAIRS = [("A", "H1"), ("B", "H2")]


def rows_of(
    pool: CasePool, pairs: list[tuple[str, str]]
) -> dict[tuple[str, str], BalanceRow]:
    return {(r.covariate, r.level): r for r in balance_of_pairs(pool, PLAN, pairs)}


def test_a_number_is_compared_over_the_contemporary_deviation() -> None:
    row = rows_of(POOL, PAIRS)["age", ""]
    # Contemporary 4, 8, 6: mean 6, deviation 2. Historic 5, 9, 1: mean 5, variance 16.
    assert row.smd_before == pytest.approx((6 - 5) / 2)
    assert row.smd_after == pytest.approx((6 - 7) / 2)
    assert row.variance_ratio_before == pytest.approx(4 / 16)
    assert row.variance_ratio_after == pytest.approx(8 / 8)


def test_each_level_is_a_share_over_known_values() -> None:
    rows = rows_of(POOL, PAIRS)
    spread = math.sqrt(2 / 3 * 1 / 3)
    row = rows["sex", "F"]
    assert row.smd_before == pytest.approx((2 / 3 - 1 / 2) / spread)
    assert row.smd_after == pytest.approx(0)
    assert row.variance_ratio_before is row.variance_ratio_after is None
    assert rows["sex", "M"].smd_before == pytest.approx((1 / 3 - 1 / 2) / spread)


def test_the_share_of_gaps_has_a_row_of_its_own() -> None:
    rows = rows_of(POOL, PAIRS)
    # No contemporary case lacks its sex, so there is no spread to divide by.
    assert rows["sex", "not known"].smd_before is None
    assert rows["sex", "not known"].smd_after == 0
    needs = rows["needs", "not known"]
    assert needs.smd_before == pytest.approx((1 / 3) / math.sqrt(1 / 3 * 2 / 3))


def test_yes_and_no_is_one_row_and_a_set_one_for_each_member() -> None:
    rows = rows_of(POOL, PAIRS)
    assert rows["help", ""].smd_after == pytest.approx((1 / 2 - 1) / math.sqrt(2 / 9))
    # Of the known sets: a in both, b in one of two, c in none.
    assert rows["needs", "b"].smd_before == pytest.approx((1 / 2 - 1 / 3) / 0.5)
    assert rows["needs", "c"].smd_before is None
    assert [level for name, level in rows if name == "needs"] == [
        "a",
        "b",
        "c",
        "not known",
    ]


def test_an_order_is_compared_by_rank() -> None:
    row = rows_of(POOL, PAIRS)["severity", ""]
    # Ranks 0, 2, 1 with deviation 1 against 0, 0, 2.
    assert row.smd_before == pytest.approx(1 - 2 / 3)
    assert row.variance_ratio_before == pytest.approx(1 / (4 / 3))


def test_a_historic_case_counts_as_often_as_it_is_used() -> None:
    row = rows_of(POOL, [("A", "H1"), ("B", "H1"), ("C", "H2")])["age", ""]
    assert row.smd_after == pytest.approx((6 - (5 + 5 + 9) / 3) / 2)


def test_without_pairs_there_are_no_figures_after() -> None:
    row = rows_of(POOL, [])["age", ""]
    assert row.smd_before == pytest.approx(0.5)
    assert row.smd_after is row.variance_ratio_after is None


def test_a_pairing_carries_its_own_balance() -> None:
    pairing = pair_cases(POOL, PLAN)
    pairs = [(p.contemporary_id, p.historic_id) for p in pairing.pairs]
    assert pairing.balance == balance_of_pairs(POOL, PLAN, pairs)
    assert len(pairing.pairs) == 3


numbers = st.lists(st.integers(-1000, 1000).map(float), min_size=2, max_size=20)


@given(numbers, numbers)
def test_figures_agree_with_the_textbook(left: list[float], right: list[float]) -> None:
    ours, theirs = np.array(left), np.array(right)
    spread = statistics.stdev(left)
    found = standardised_mean_difference(ours, theirs, spread)
    apart = statistics.mean(left) - statistics.mean(right)
    if spread and apart:
        assert found == pytest.approx(apart / spread)
        swapped = standardised_mean_difference(theirs, ours, spread)
        assert swapped == pytest.approx(-apart / spread)
    else:
        assert found in (None, pytest.approx(0.0))
    below = statistics.variance(right)
    ratio = variance_ratio(ours, theirs)
    expected = statistics.variance(left) / below if below else None
    assert ratio == (None if expected is None else pytest.approx(expected))


@given(numbers)
def test_equal_groups_are_in_balance(values: list[float]) -> None:
    group = np.array(values)
    assert standardised_mean_difference(group, group, 0.0) == 0


def test_a_change_of_units_changes_no_figure() -> None:
    def in_months(case: Case) -> Case:
        months = 12 * int(case.values["age"])
        return replace(case, values={**case.values, "age": str(months)})

    turned = CasePool(
        tuple(in_months(case) for case in POOL.contemporary),
        tuple(in_months(case) for case in POOL.historic),
        POOL.known,
    )
    years, months = rows_of(POOL, PAIRS), rows_of(turned, PAIRS)
    for figure in ("smd_before", "smd_after", "variance_ratio_before"):
        assert getattr(months["age", ""], figure) == pytest.approx(
            getattr(years["age", ""], figure)
        )


def test_one_case_has_no_deviation() -> None:
    pool = drawn_pool("id age\nA 4", "id age\nH 5")
    plan = MatchPlan((Covariate("age", CovariateKind.NUMBER),))
    (row, gaps) = balance_of_pairs(pool, plan, [("A", "H")])
    assert row == BalanceRow("age", "", None, None, None, None)
    assert gaps.level == "not known"
