"""Distances worked out by hand, and against textbook versions on generated values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import drawn_pool

from matching.cases import Case, CasePool, Era, KnownAt
from matching.comparing.covariates import read_pool
from matching.comparing.distance import measure_of, on_grid
from matching.plan import Covariate, CovariateKind, Distance, GapRule, MatchPlan

NUMBER, CATEGORY = CovariateKind.NUMBER, CovariateKind.CATEGORY
GROUPS = {"WBRI": "White", "WIRI": "White", "CHNE": "Asian"}


def table_of(pool: CasePool, plan: MatchPlan) -> np.ndarray:
    """Distances in order of id: one row for each contemporary case."""
    read = read_pool(pool, plan)
    rows, columns = len(pool.contemporary), len(pool.historic)
    return measure_of(read).distances(
        np.arange(rows)[:, None], np.arange(columns)[None, :]
    )


def shares_of(pool: CasePool, plan: MatchPlan) -> list[float]:
    """The shares of the first pair."""
    measure = measure_of(read_pool(pool, plan))
    return measure.shares(np.array([0]), np.array([0]))[0].tolist()


def one_pair(kind: CovariateKind, left: str, right: str, **settings) -> float:
    """The distance of two cases by a single covariate."""
    marks = {"x": KnownAt.AT_REFERRAL}
    pool = CasePool(
        (Case("A", Era.CONTEMPORARY, {"x": left}),),
        (Case("H", Era.HISTORIC, {"x": right}),),
        marks,
    )
    return float(table_of(pool, MatchPlan((Covariate("x", kind, **settings),)))[0, 0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("4", "4", 0), ("4", "7", 3 / 10), ("-0.5", "1.5", 2 / 10), ("0", "25", 1)],
)
def test_numbers_differ_by_their_difference_over_the_range_at_most_one(
    left: str, right: str, expected: float
) -> None:
    assert one_pair(NUMBER, left, right, range=10.0) == pytest.approx(expected)


def test_without_a_range_the_span_over_both_tables_counts() -> None:
    pool = drawn_pool("id age\nA 4\nB 10", "id age\nH1 6\nH2 14")
    plan = MatchPlan((Covariate("age", NUMBER),))
    # The ages run from 4 to 14.
    expected = [[2 / 10, 10 / 10], [4 / 10, 4 / 10]]
    assert table_of(pool, plan).tolist() == pytest.approx(np.array(expected))


def test_a_span_of_nothing_gives_no_difference() -> None:
    assert one_pair(NUMBER, "5", "5") == 0


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("WBRI", "WBRI", 0),
        ("WBRI", "WIRI", 0.5),
        ("WBRI", "CHNE", 1),
        ("AOTH", "BOTH", 1),
        ("AOTH", "White", 1),
    ],
)
def test_two_categories_of_one_group_count_half(
    left: str, right: str, expected: float
) -> None:
    assert one_pair(CATEGORY, left, right, groups=GROUPS) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("yes", "TRUE", 0), ("Y", "n", 1), ("1", "no", 1), ("0", "False", 0)],
)
def test_spellings_of_yes_and_no_are_told_apart(
    left: str, right: str, expected: float
) -> None:
    assert one_pair(CovariateKind.YES_NO, left, right) == expected


def test_levels_differ_by_the_steps_between_them() -> None:
    levels = ("low", "medium", "high", "very_high")
    assert one_pair(
        CovariateKind.ORDERED, "medium", "very_high", levels=levels
    ) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("AUT|LD", "LD|AUT", 0),
        ("AUT|LD", "LD|MOB", 1 - 1 / 3),
        ("AUT", "MOB", 1),
        ("|", "|", 0),
        ("|", "AUT", 1),
        ("AUT|AUT", "AUT", 0),
    ],
)
def test_sets_differ_by_one_minus_jaccard(
    left: str, right: str, expected: float
) -> None:
    assert one_pair(CovariateKind.SET, left, right) == pytest.approx(expected)


WITH_GAPS = drawn_pool(
    """
    id  age  sex
    A   4    F
    B   -    F
    C   -    -
    """,
    """
    id  age  sex
    H1  9    F
    H2  -    M
    H3  -    -
    """,
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # Weights 2 and 1; A and H1 differ by 5 of 10 in age and not in sex.
        (
            GapRule.HALF,
            [[1 / 3, 2 / 3, 1.5 / 3], [1 / 3, 2 / 3, 1.5 / 3], [1.5 / 3] * 3],
        ),
        (
            GapRule.DROP,
            [[1 / 3, 1, math.inf], [0, 1, math.inf], [math.inf] * 3],
        ),
        (
            GapRule.LEVEL,
            [[1 / 3, 1, 1], [2 / 3, 1 / 3, 1 / 3], [1, 1 / 3, 0]],
        ),
        (
            GapRule.REFUSE,
            [[1 / 3, math.inf, math.inf], [math.inf] * 3, [math.inf] * 3],
        ),
    ],
)
def test_each_rule_for_gaps_gives_the_distances_worked_out_by_hand(
    rule: GapRule, expected: list[list[float]]
) -> None:
    plan = MatchPlan(
        (Covariate("age", NUMBER, weight=2.0, range=10.0), Covariate("sex", CATEGORY)),
        missing=rule,
    )
    assert table_of(WITH_GAPS, plan) == pytest.approx(np.array(expected))


def test_values_that_mean_not_known_are_gaps() -> None:
    pool = drawn_pool("id need\nA N0", "id need\nH N0")
    plan = MatchPlan((Covariate("need", CATEGORY),), missing_values=("N0",))
    assert table_of(pool, plan)[0, 0] == 0.5


def test_shares_are_parts_of_the_distance_and_add_to_one() -> None:
    pool = drawn_pool("id age sex\nA 4 F", "id age sex\nH 9 M")
    plan = MatchPlan(
        (Covariate("age", NUMBER, weight=3.0, range=10.0), Covariate("sex", CATEGORY))
    )
    # 3 x 0.5 for age against 1 x 1 for sex.
    assert shares_of(pool, plan) == pytest.approx([1.5 / 2.5, 1 / 2.5])


def test_shares_at_distance_nothing_are_nothing() -> None:
    pool = drawn_pool("id age\nA 4", "id age\nH 4")
    assert shares_of(pool, MatchPlan((Covariate("age", NUMBER),))) == [0.0]


def test_differences_equal_on_paper_are_equal_to_the_last_digit() -> None:
    # 0.3 - 0.2 and 0.2 - 0.1 are not the same in binary fractions.
    pool = drawn_pool("id age\nA 0.2", "id age\nH1 0.3\nH2 0.1")
    first, second = table_of(pool, MatchPlan((Covariate("age", NUMBER, range=1.0),)))[0]
    assert first == second == pytest.approx(0.1)


def test_the_grid_is_finer_than_anything_that_is_read() -> None:
    assert on_grid(np.array([0.123456789012345]))[0] == pytest.approx(
        0.123456789012345, abs=3e-14
    )


def mahalanobis_plan(*covariates: Covariate) -> MatchPlan:
    return MatchPlan(covariates, distance=Distance.MAHALANOBIS)


def test_mahalanobis_of_one_number_is_the_difference_in_pooled_deviations() -> None:
    pool = drawn_pool("id age\nA 1\nB 3", "id age\nH1 10\nH2 14")
    # Squares about the means 2 and 12 add to 1 + 1 + 4 + 4; over 4 - 2 that is 5.
    deviation = math.sqrt(5)
    expected = [[9 / deviation, 13 / deviation], [7 / deviation, 11 / deviation]]
    table = table_of(pool, mahalanobis_plan(Covariate("age", NUMBER)))
    assert table == pytest.approx(np.array(expected))
    # In contemporary standard deviations (1 and 3: the square root of 2).
    assert shares_of(pool, mahalanobis_plan(Covariate("age", NUMBER))) == (
        pytest.approx([9 / math.sqrt(2)])
    )


def test_mahalanobis_measures_no_case_with_a_gap() -> None:
    plan = mahalanobis_plan(Covariate("age", NUMBER), Covariate("sex", CATEGORY))
    table = table_of(WITH_GAPS, plan)
    assert np.isfinite(table).tolist() == [[True, False, False]] + [[False] * 3] * 2


def test_a_column_that_varies_in_neither_era_has_no_weight() -> None:
    pool = drawn_pool(
        """
        id  age  area
        A   1    North
        B   3    North
        """,
        """
        id  age  area
        H1  10   South
        H2  14   South
        """,
    )
    both = mahalanobis_plan(Covariate("age", NUMBER), Covariate("area", CATEGORY))
    alone = mahalanobis_plan(Covariate("age", NUMBER))
    assert table_of(pool, both) == pytest.approx(table_of(pool, alone))
    assert shares_of(pool, both) == pytest.approx([9 / math.sqrt(2), 0.0])


values = st.fixed_dictionaries(
    {
        "age": st.integers(0, 17).map(str),
        "income": st.sampled_from(["0", "12000.5", "31000", "48000"]),
        "race": st.sampled_from(["black", "hispan", "white"]),
        "married": st.sampled_from(["0", "1"]),
        "needs": st.sampled_from(["|", "a", "a|b", "b|c"]),
        "severity": st.sampled_from(["low", "medium", "high"]),
    }
)


def records(least: int, most: int) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(values, min_size=least, max_size=most)


COVARIATES = (
    Covariate("age", NUMBER),
    Covariate("income", NUMBER),
    Covariate("race", CATEGORY),
    Covariate("married", CovariateKind.YES_NO),
    Covariate("needs", CovariateKind.SET),
    Covariate("severity", CovariateKind.ORDERED, levels=("low", "medium", "high")),
)


def as_numbers(case: dict[str, str]) -> list[float]:
    """A record as the definition's columns, written out one by one."""
    members = case["needs"].split("|")
    return [
        float(case["age"]),
        float(case["income"]),
        *(float(case["race"] == race) for race in ("black", "hispan", "white")),
        float(case["married"]),
        *(float(member in members) for member in "abc"),
        float(("low", "medium", "high").index(case["severity"])),
    ]


@settings(deadline=None, max_examples=80)
@given(records(5, 9), records(5, 9))
def test_mahalanobis_agrees_with_the_textbook(
    left: list[dict[str, str]], right: list[dict[str, str]]
) -> None:
    pool = CasePool(
        tuple(Case(f"{n}", Era.CONTEMPORARY, v) for n, v in enumerate(left)),
        tuple(Case(f"{n}", Era.HISTORIC, v) for n, v in enumerate(right)),
        dict.fromkeys(left[0], KnownAt.AT_REFERRAL),
    )
    table = table_of(pool, mahalanobis_plan(*COVARIATES))
    x = np.array([as_numbers(case) for case in left])
    y = np.array([as_numbers(case) for case in right])
    deviations = np.vstack([x - x.mean(axis=0), y - y.mean(axis=0)])
    covariance = deviations.T @ deviations / (len(left) + len(right) - 2)
    # A unit of 10,000 keeps the textbook's own inverse from losing the small columns.
    unit = np.array([1, 10_000, 1, 1, 1, 1, 1, 1, 1, 1])
    inverse = np.linalg.pinv(covariance / np.outer(unit, unit), rcond=1e-10)
    for row, one in enumerate(x / unit):
        for column, other in enumerate(y / unit):
            square = (one - other) @ inverse @ (one - other)
            in_range = covariance / np.outer(unit, unit) @ inverse @ (one - other)
            if np.allclose(in_range, one - other, atol=1e-6):
                assert table[row, column] == pytest.approx(math.sqrt(max(square, 0)))


@settings(deadline=None, max_examples=40)
@given(records(3, 6), records(3, 6))
def test_a_pair_has_one_distance_whoever_stands_beside_it(
    left: list[dict[str, str]], right: list[dict[str, str]]
) -> None:
    pool = CasePool(
        tuple(Case(f"{n}", Era.CONTEMPORARY, v) for n, v in enumerate(left)),
        tuple(Case(f"{n}", Era.HISTORIC, v) for n, v in enumerate(right)),
        dict.fromkeys(left[0], KnownAt.AT_REFERRAL),
    )
    for distance in Distance:
        plan = MatchPlan(COVARIATES, distance=distance)
        measure = measure_of(read_pool(pool, plan))
        rows, columns = np.arange(len(left)), np.arange(len(right))
        whole = measure.distances(rows[:, None], columns[None, :])
        for row in rows:
            assert (measure.distances(np.array([row]), columns) == whole[row]).all()
            for column in columns:
                alone = measure.distances(np.array([row]), np.array([column]))
                assert alone[0] == whole[row, column]
