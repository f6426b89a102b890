"""Who may be paired with whom: the edges of each rule, and counts after each."""

from __future__ import annotations

import pytest
from promises import drawn_pool, pairs_of

from matching.candidates import count_for_case, prepare_pool
from matching.cases import CasePool
from matching.pairing import StepCount, pair_cases
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Window,
)

AGE = Covariate("age", CovariateKind.NUMBER, range=10.0)


def eligible(pool: CasePool, plan: MatchPlan) -> dict[str, list[str]]:
    """For each contemporary case its eligible historic cases, in order of id."""
    listed: dict[str, list[str]] = {}
    for candidate in pair_cases(pool, plan).candidates:
        listed.setdefault(candidate.contemporary_id, []).append(candidate.historic_id)
    return {case: sorted(historic) for case, historic in listed.items()}


def test_exact_values_must_be_equal_and_not_known_equals_nothing() -> None:
    pool = drawn_pool(
        """
        id  need  age
        A   N1    5
        B   -     5
        C   N0    5
        D   n1    5
        """,
        """
        id  need  age
        H1  N1    5
        H2  -     5
        H3  N0    5
        """,
    )
    plan = MatchPlan((AGE,), exact=("need",), missing_values=("N0",))
    assert eligible(pool, plan) == {"A": ["H1"]}


def test_siblings_are_kept_apart_and_unknown_families_are_not() -> None:
    pool = drawn_pool(
        """
        id  family  age
        A   f1      5
        B   -       5
        """,
        """
        id  family  age
        H1  f1      5
        H2  f2      5
        H3  -       5
        """,
    )
    plan = MatchPlan((AGE,), different=("family",))
    assert eligible(pool, plan) == {"A": ["H2", "H3"], "B": ["H1", "H2", "H3"]}


IN_TIME = drawn_pool(
    """
    id  referred    age
    A   2015-10-01  5
    B   2015-09-30  5
    C   -           5
    """,
    """
    id  referred    age
    H0  2015-10-01  5
    H1  2015-09-30  5
    H2  2015-04-04  5
    H3  2015-04-05  5
    H4  2014-04-01  5
    H5  2014-03-31  5
    H6  -           5
    """,
)


def test_both_ends_of_the_window_are_included() -> None:
    plan = MatchPlan((AGE,), window=Window("referred", 1, 548))
    # From 1 April 2014 to 1 October 2015 are 548 days.
    assert eligible(IN_TIME, plan) == {
        "A": ["H1", "H2", "H3", "H4"],
        "B": ["H2", "H3", "H4", "H5"],
    }


def test_the_new_practice_starts_between_the_two_cases() -> None:
    plan = MatchPlan((AGE,), window=Window("referred", 0, 548, "2015-10-01"))
    assert eligible(IN_TIME, plan) == {"A": ["H1", "H2", "H3", "H4"]}


def test_follow_up_ends_no_later_than_the_new_practice_starts() -> None:
    plan = MatchPlan((AGE,), window=Window("referred", 1, 548, "2015-10-01", 180))
    # 180 days before 1 October 2015 is 4 April.
    assert eligible(IN_TIME, plan) == {"A": ["H2", "H4"]}


def test_days_earlier_are_told_with_a_window_and_not_without() -> None:
    plan = MatchPlan((AGE,), window=Window("referred", 1, 548))
    listed = pair_cases(IN_TIME, plan).candidates
    days = {(c.contemporary_id, c.historic_id): c.days_earlier for c in listed}
    assert (days["A", "H1"], days["A", "H4"], days["B", "H5"]) == (1, 548, 548)
    unlimited = pair_cases(IN_TIME, MatchPlan((AGE,))).candidates
    assert {c.days_earlier for c in unlimited} == {None}


AGES = drawn_pool(
    """
    id  age
    A   5
    B   9
    C   -
    """,
    """
    id  age
    H1  7
    H2  7.1
    H3  -
    """,
)


def test_a_caliper_includes_its_own_width_and_lets_a_gap_pass() -> None:
    plan = MatchPlan((Covariate("age", CovariateKind.NUMBER, caliper=2.0),))
    assert eligible(AGES, plan) == {
        "A": ["H1", "H3"],
        "B": ["H1", "H2", "H3"],
        "C": ["H1", "H2", "H3"],
    }
    step = pair_cases(AGES, plan).steps[-1]
    # A gap on either side: C with all three, A and B with H3.
    assert step == StepCount("caliper age", 8, 3, 3, passed_by_gap=5)


def test_a_caliper_may_be_in_contemporary_standard_deviations() -> None:
    # Ages 5 and 9: the standard deviation with n - 1 is the square root of 8.
    narrow = Covariate("age", CovariateKind.NUMBER, caliper_in_sd=2.0 / 8**0.5 + 1e-9)
    assert eligible(AGES, MatchPlan((narrow,)))["A"] == ["H1", "H3"]
    none = Covariate("age", CovariateKind.NUMBER, caliper_in_sd=0.0)
    assert eligible(AGES, MatchPlan((none,)))["A"] == ["H3"]


def test_a_caliper_on_an_order_counts_steps() -> None:
    pool = drawn_pool("id s\nA low", "id s\nH1 medium\nH2 high")
    levels = ("low", "medium", "high")
    plan = MatchPlan(
        (Covariate("s", CovariateKind.ORDERED, levels=levels, caliper=1.0),)
    )
    assert eligible(pool, plan) == {"A": ["H1"]}


def test_the_caliper_on_the_whole_distance_includes_its_own_width() -> None:
    pool = drawn_pool("id age\nA 5", "id age\nH1 7.5\nH2 7.6")
    assert eligible(pool, MatchPlan((AGE,), caliper=0.25)) == {"A": ["H1"]}


@pytest.mark.parametrize(
    ("rule", "distance", "expected"),
    [
        (GapRule.HALF, Distance.GOWER, {"A": 3, "B": 3, "C": 3}),
        (GapRule.LEVEL, Distance.GOWER, {"A": 3, "B": 3, "C": 3}),
        (GapRule.DROP, Distance.GOWER, {"A": 2, "B": 2}),
        (GapRule.REFUSE, Distance.GOWER, {"A": 2, "B": 2}),
        (GapRule.HALF, Distance.MAHALANOBIS, {"A": 2, "B": 2}),
    ],
)
def test_rules_for_gaps_decide_who_is_eligible(
    rule: GapRule, distance: Distance, expected: dict[str, int]
) -> None:
    plan = MatchPlan((AGE,), missing=rule, distance=distance)
    counts = {case: len(found) for case, found in eligible(AGES, plan).items()}
    assert counts == expected


def test_a_covariate_without_weight_leaves_nothing_to_measure_by() -> None:
    sex = Covariate("sex", CovariateKind.CATEGORY, weight=0.0)
    pool = drawn_pool("id age sex\nA - F\nB 4 F", "id age sex\nH 4 F")
    plan = MatchPlan((AGE, sex), missing=GapRule.DROP)
    assert eligible(pool, plan) == {"B": ["H"]}


STEPS = drawn_pool(
    """
    id  need  family  referred    age
    A   N1    f1      2015-06-01  5
    B   N2    f2      2015-06-01  5
    C   N3    f3      2015-06-01  5
    """,
    """
    id  need  family  referred    age
    H1  N1    f1      2015-01-01  5
    H2  N1    f9      2015-01-01  14
    H3  N1    f9      2015-01-01  6
    H4  N1    f9      2016-01-01  5
    H5  N2    f2      2015-01-01  5
    H6  N4    f4      2015-01-01  5
    """,
)
STEP_PLAN = MatchPlan(
    (Covariate("age", CovariateKind.NUMBER, caliper=3.0),),
    exact=("need",),
    different=("family",),
    window=Window("referred", 1, 548),
    caliper=0.5,
)


def test_each_rule_in_order_tells_what_it_left() -> None:
    pairing = pair_cases(STEPS, STEP_PLAN)
    assert pairing.steps == (
        StepCount("exact need", 4 + 1, 2, 5),
        StepCount("different family", 3, 1, 3),
        StepCount("window", 2, 1, 2),
        StepCount("caliper age", 1, 1, 1),
        StepCount("caliper", 1, 1, 1),
    )
    assert pairs_of(pairing) == {"A": "H3"}


def test_for_one_case_each_rule_tells_how_many_historic_cases_it_left() -> None:
    prepared = prepare_pool(STEPS, STEP_PLAN)
    counts = count_for_case(prepared, "A")
    assert [(c.rule, c.historic_left) for c in counts] == [
        ("all", 6),
        ("exact need", 4),
        ("different family", 3),
        ("window", 2),
        ("caliper age", 1),
        ("caliper", 1),
    ]
    assert counts[1].words == "has the same need"
    with pytest.raises(KeyError):
        count_for_case(prepared, "H1")


def test_two_exact_fields_are_counted_one_after_the_other() -> None:
    pool = drawn_pool(
        """
        id  need  area   age
        A   N1    North  5
        B   N1    -      5
        """,
        """
        id  need  area   age
        H1  N1    North  5
        H2  N1    South  5
        H3  N2    North  5
        """,
    )
    pairing = pair_cases(pool, MatchPlan((AGE,), exact=("need", "area")))
    assert pairing.steps == (
        StepCount("exact need", 4, 2, 2),
        StepCount("exact area", 1, 1, 1),
    )


@pytest.mark.parametrize(
    ("case", "reason", "nearest", "rule"),
    [
        (
            "B",
            "Of 1 historic case left by the rules before, none has another family.",
            "H5",
            "different family",
        ),
        ("C", "Of 6 historic cases, none has the same need.", "", "exact need"),
    ],
)
def test_an_unpaired_case_is_told_why_and_what_came_nearest(
    case: str, reason: str, nearest: str, rule: str
) -> None:
    unpaired = {c.contemporary_id: c for c in pair_cases(STEPS, STEP_PLAN).unpaired}
    found = unpaired[case]
    assert (found.reason, found.nearest_id, found.ruled_out_by) == (
        reason,
        nearest,
        rule,
    )
    assert (found.nearest_distance is None) == (nearest == "")


def test_reasons_name_fields_and_dates_as_people_do_and_rules_as_tables_do() -> None:
    pool = drawn_pool(
        """
        id  primary_need  referral_date  age
        A   N1            2024-05-01     5
        B   N2            2024-05-01     5
        C   -             2024-05-01     5
        """,
        """
        id  primary_need  referral_date  age
        H1  N2            2024-04-15     5
        """,
    )
    plan = MatchPlan(
        (AGE,),
        exact=("primary_need",),
        window=Window("referral_date", 0, 900, practice_start="2024-04-15"),
    )
    told = {
        one.contemporary_id: (one.reason, one.ruled_out_by)
        for one in pair_cases(pool, plan).unpaired
    }
    assert told == {
        "A": (
            "Of 1 historic case, none has the same primary need.",
            "exact primary_need",
        ),
        "B": (
            "Of 1 historic case left by the rules before, none lies before the new "
            "practice started on 15 April 2024, with the contemporary case on or after "
            "it.",
            "practice_start",
        ),
        "C": (
            "Its own primary need is not known, and not known equals nothing.",
            "exact primary_need",
        ),
    }
    words = [one.words for one in count_for_case(prepare_pool(pool, plan), "B")]
    assert "lies 0 to 900 days earlier by referral date" in words
